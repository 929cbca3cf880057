/** Eigenvalues in numbers: pairs told once, the leading ones first, each where its dot is. */
import { expect, test } from 'vitest';
import { panelStrings } from '../../src/app/panels/strings.ts';
import { dotsOf, leadingFirst, toldOf } from '../../src/app/panels/toldEigenvalues.ts';
import { linesOf, nearestDot } from '../../src/app/panels/useDots.ts';

const say = panelStrings.eigenvalues;

test('conjugate pairs are told once, equal ones are counted, and rounding is no part of a number', () => {
  const re = [1e-17, 1e-17, 2, 2, 0.5, 0.5, 0.5, 0.5];
  const im = [1, -1, 0, 0, 3, -3, 3, -3];
  const told = toldOf({ re, im }, (i) => i / 10);
  expect(told).toEqual([
    { re: 0, im: 1, times: 1, modulus: 0 },
    { re: 2, im: 0, times: 2, modulus: 0.2 },
    { re: 0.5, im: 3, times: 2, modulus: 0.4 },
  ]);
  // Where the field overflows there is nothing to tell, however many there would be.
  const lost = [Number.NaN, Number.NaN, Number.POSITIVE_INFINITY, 3];
  expect(toldOf({ re: lost, im: lost }, () => undefined)).toEqual([
    { re: 3, im: 3, times: 1, modulus: undefined },
  ]);
  // One of a pair, where only some of all were found.
  expect(toldOf({ re: [1], im: [-2] }, () => undefined)).toEqual([
    { re: 1, im: 2, times: 1, modulus: undefined },
  ]);
});

test('what a step leaves most of comes first; where that is not known, the largest', () => {
  const pair = (modulus?: number) => toldOf({ re: [1, 3, 2], im: [0, 0, 0] }, (i) => modulus && modulus - i);
  expect(leadingFirst(pair(5)).map(({ re }) => re)).toEqual([1, 3, 2]);
  expect(leadingFirst(pair()).map(({ re }) => re)).toEqual([3, 2, 1]);
});

test('numbers say on which side of 1 they lie, and words name the eigenvalue and its modulus', () => {
  expect(say.dot(0.5, -1, 0.99998)).toBe('λ = 0.5 ± 1i; |μ| = 0.99998: inside the region');
  expect(say.dot(0, 1, 1.00499)).toBe('λ = 0 ± 1i; |μ| = 1.005: outside the region');
  expect(say.dot(-2, 0, undefined)).toBe('λ = −2');
  expect(say.list.modulus(1 - 1e-7)).toBe('0.9999999');
  expect(say.list.place(1, false)).toBe('on the edge of the region');
  expect(say.stepDot(0.6, 0.8)).toBe('μ = 0.6 ± 0.8i; |μ| = 1: on the edge of the circle');
});

test('a dot is meant by who points near it, and keys go through dots from the leading one on', () => {
  const dots = dotsOf(
    { re: [1, 0, 0, Number.NaN], im: [0, -2, 2, 0] },
    { x: (re) => 100 + 10 * re, y: (im) => 50 - 10 * im },
    (i) => String(i),
    (i) => (i === 0 ? 0 : 1),
  );
  expect(dots.map(({ words }) => words)).toEqual(['2', '1', '0']);
  expect(nearestDot(dots, 108, 51, 10)?.words).toBe('0');
  expect(nearestDot(dots, 101, 33, 10)?.words).toBe('2');
  expect(nearestDot(dots, 130, 51, 10)).toBeUndefined();
});

test('a label takes as many lines as it needs', () => {
  expect(linesOf('one two three', (text) => text.length, 7)).toEqual(['one two', 'three']);
  expect(linesOf('one two three', (text) => text.length, 99)).toEqual(['one two three']);
});

test('what is drawn is named by the rates that it is times: one, each player’s own, or the generator’s', () => {
  const drawn = (ratio: number, ofBoth: boolean) => {
    const of = { rate: 0.05, ratio, ofBoth };
    return [say.at(true, of, 7).split('; ')[0], say.reach(0.2, of)];
  };
  const alike = ['of 0.05 · J, at the equilibrium', 'Rate times the largest |λ| is 0.2.'];
  expect(drawn(1, true)).toEqual(alike);
  expect(drawn(1, false)).toEqual(alike);
  expect(drawn(4, true)).toEqual([
    'of J, each player’s rows times its rate (0.05 and 0.2), at the equilibrium',
    'The largest is 0.2 in size.',
  ]);
  expect(drawn(4, false)).toEqual([
    'of 0.05 · J, the generator’s rate, at the equilibrium',
    'The generator’s rate times the largest |λ| is 0.2.',
  ]);
  expect(say.below(0.3, 1)).toBe('It is stable up to a rate of 0.3,');
  expect(say.below(0.3, 4)).toContain('a generator’s rate of 0.3, the discriminator’s 4 times that,');
});
