/** Formulas while they are typed: names that are not whole yet, numbers that come back, and what coordinates are called. */
import { expect, test } from 'vitest';
import { coordinateNames } from '../../src/app/facts.ts';
import { isBeingNamed, takeFormula } from '../../src/app/formula/typing.ts';
import { linesOf } from '../../src/app/inside.ts';
import { loadNamed } from '../../src/app/named.ts';
import { change } from '../../src/app/store.ts';
import { openUndo } from '../../src/app/undo.ts';
import { experimentOf } from '../catalog/given.ts';
import { openModel } from './opened.ts';

await loadNamed();

test.each([
  ['x*y + the|', true],
  ['x*y + theta|', false],
  ['x*y + t|', true],
  ['x*y + thet|*y', true],
  ['r|te*x', true], // a letter is missing in the middle
  ['|ate*x', true],
  ['rate|*x', false], // known already
  ['x*y + γ|', true],
  ['α|*x', false],
  ['alpha|*x', false],
  ['2k|*x', true],
  ['2e5|*x', false],
  ['x*y + sin|', false],
  ['x*y + e|', false],
  ['new*x*|y', false], // not at the caret
  ['x*y + |', false],
])('a word that may go on is no name yet: %s', (marked, isHeld) => {
  const game = { first: 'rate*x*y', second: 'α*x*y' };
  expect(isBeingNamed(marked.replace('|', ''), marked.indexOf('|'), game)).toBe(isHeld);
});

test('a number is what it was set to when its name comes back into a formula, until something else is opened', () => {
  const { page } = openModel('game=typed&game.first=rate*x*y&game.rate=8&game.second=0.5*x*y');
  const undo = openUndo(page, () => 0);
  const game = () => page.store.getState().experiment.game as unknown as Record<string, unknown>;
  takeFormula(page, 'first', 'rat*x*y');
  expect(game()).toMatchObject({ first: 'rat*x*y', rat: 1 });
  expect(game()).not.toHaveProperty('rate');
  takeFormula(page, 'first', 'rate*x*y');
  expect(game()).toMatchObject({ first: 'rate*x*y', rate: 8 });
  // In the other formula, too; what was set last counts.
  change(page.store, 'game.rate', 3);
  takeFormula(page, 'first', 'x*y');
  takeFormula(page, 'second', 'rate*x*y');
  expect(game()).toMatchObject({ rate: 3 });
  undo.undo();
  expect(game()).toMatchObject({ first: 'x*y', second: '0.5*x*y' });
  expect(game()).not.toHaveProperty('rate');
  page.open({ ...page.wanted(), paused: true });
  takeFormula(page, 'first', 'rate*x*y');
  expect(game()).toMatchObject({ rate: 1 });
});

test('coordinates are called as the formulas call them: in a game of one’s own x and y, elsewhere θ and φ', () => {
  const names = (game: Readonly<Record<string, unknown>> | string) =>
    coordinateNames(experimentOf({ game }).game).join();
  expect(names('bilinear')).toBe('θ,φ');
  expect(names({ kind: 'typed', first: 'x*y' })).toBe('x,y');
  expect(names({ kind: 'typed', first: 'beta*x*y + theta2*x' })).toBe('x,y');
  for (const first of ['θ*y', 'x*φ', 'theta*phi']) expect(names({ kind: 'typed', first }), first).toBe('θ,φ');

  const event = {
    kind: 'move',
    player: 'generator',
    scale: 1,
    from: { at: Float64Array.of(1, 2) },
    to: { at: Float64Array.of(0.5, 2) },
    vector: { at: Float64Array.of(-0.5, 0) },
  };
  const reading = { events: [event], from: event.from, rates: [0.1, 0.1], remembered: [] };
  const line = (game: Readonly<Record<string, unknown>> | string) =>
    linesOf(reading as unknown as Parameters<typeof linesOf>[0], experimentOf({ game }))[0].formula;
  expect(line('bilinear')).toMatch(/^θ⁺ = θ \+ Δ_θ = /);
  expect(line({ kind: 'typed', first: 'x*y' })).toMatch(/^x⁺ = x \+ Δ_x = /);
});
