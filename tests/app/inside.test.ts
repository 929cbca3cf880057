/** Inside a step, in words: every event of every optimizer has a title and a formula with numbers. */
import { describe, expect, test } from 'vitest';
import { anatomy } from '../../src/analysis/anatomy.ts';
import { formulasOf, linesOf, rememberedWords } from '../../src/app/inside.ts';
import { rules } from '../../src/catalog/rules/index.ts';
import { schemes } from '../../src/catalog/schemes/index.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { momentOf } from '../../src/engine/frame.ts';
import { openSession } from '../../src/engine/session.ts';
import { descent, experimentOf, smallGan } from '../catalog/given.ts';

/** The lines of the step after so many. */
function linesAfter(steps: number, differences: Readonly<Record<string, unknown>>) {
  const experiment = experimentOf(differences);
  const session = openSession(experiment, reference);
  session.advance(steps);
  const reading = anatomy.read(momentOf(session), {});
  return { lines: linesOf(reading, experiment), remembered: rememberedWords(reading), experiment };
}
const formulas = (steps: number, differences: Readonly<Record<string, unknown>>) =>
  linesAfter(steps, { game: 'bilinear', ...descent(0.1), ...differences }).lines.map(
    ({ formula }) => formula,
  );

describe('every scheme with every rule', () => {
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
  test.each(names(schemes).flatMap((scheme) => names(rules).map((rule) => [scheme, rule])))(
    '%s with %s has words and numbers for all that it does',
    (scheme, rule) => {
      for (const game of ['bilinear', smallGan]) {
        const { lines, experiment } = linesAfter(2, {
          game,
          scheme,
          generator: rule,
          discriminator: rule,
          lookahead: { kind: 'lookahead', steps: 3 },
          averaging: 'uniform',
          constraint: { kind: 'box', bound: 0.5 },
        });
        expect(lines.length).toBeGreaterThan(1);
        for (const { title, formula } of lines) {
          expect(title).toMatch(/^\p{Lu}/u);
          expect(formula).toMatch(/\d/);
          expect(`${title} ${formula}`).not.toMatch(/undefined|NaN|\(\)|–/);
        }
        for (const { title, formula } of formulasOf(experiment)) {
          expect(title).not.toBe('');
          expect(formula).not.toBe('');
        }
      }
    },
  );
});

test('each player’s own turn is told by that player’s numbers', () => {
  expect(formulas(0, { scheme: 'alternating' })).toEqual([
    'F_φ(w) = F_φ(1, 1) = −1',
    '−η g_φ = −0.1 · (−1) = 0.1',
    'φ⁺ = φ − η F_φ(w) = 1 − 0.1 · (−1) = 1.1',
    'F_θ(w) = F_θ(1, 1.1) = 1.1',
    '−η g_θ = −0.1 · 1.1 = −0.11',
    'θ⁺ = θ − η F_θ(w) = 1 − 0.1 · 1.1 = 0.89',
  ]);
});

test('a field that is bent is no longer called F', () => {
  const adjustment = { kind: 'consensus', control: { kind: 'fixed', weight: 2 } };
  expect(formulas(0, { scheme: 'simultaneous', adjustment })).toEqual([
    'F(w) = F(1, 1) = (1, −1)',
    'J′ · (1, −1) = (1, 1)',
    'g = (3, 1)',
    '−η g = −0.1 · (3, 1) = (−0.3, −0.1)',
    'w⁺ = w − η g = (1, 1) − 0.1 · (3, 1) = (0.7, 0.9)',
  ]);
});

test('what is remembered has its name in the formula', () => {
  expect(formulas(1, { scheme: 'pastExtragradient' })[0]).toBe(
    'w̃ = w + last change = (0.9, 1.1) + (−0.1, 0.1) = (0.8, 1.2)',
  );
  expect(formulas(1, { scheme: 'optimistic' }).at(-1)).toBe(
    'w⁺ = w + 2Δ − last change = (0.9, 1.1) + 2 · (−0.11, 0.09) − (−0.1, 0.1) = (0.78, 1.18)',
  );
  expect(linesAfter(1, { game: 'bilinear', generator: 'momentum', discriminator: 'sgd' }).remembered).toBe(
    'Remembered from before: generator’s velocity 1.',
  );
});

test('rates that differ are not written as one, and other rules say their change', () => {
  expect(formulas(0, { scheme: 'simultaneous', ...descent(0.1, 0.2) })).toEqual([
    'F(w) = F(1, 1) = (1, −1)',
    'g = (1, −1) → Δ = (−0.1, 0.2)',
    'w⁺ = w + Δ = (1, 1) + (−0.1, 0.2) = (0.9, 1.2)',
  ]);
  const normalized = { kind: 'normalized', learningRate: 0.1 };
  expect(formulas(0, { scheme: 'simultaneous', generator: normalized })[1]).toMatch(/^g = .* → Δ = /);
});
