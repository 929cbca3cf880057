/** Where no equilibrium is known beforehand, distances are to the nearest point of rest that a search finds. */
import { expect, test } from 'vitest';
import { factsOf } from '../../src/app/facts.ts';
import { foundIn, nearestFound } from '../../src/app/found.ts';
import { panels } from '../../src/app/panels.ts';
import { change } from '../../src/app/store.ts';
import { openPlaying, rest, until } from './playing.ts';

test('the nearest is a point, or where a curve comes nearest', () => {
  const points = [{ at: [3, 0] }, { at: [0, 4] }];
  const curves = [Float64Array.of(-2, -1, -2, 1, 2, 5)];
  expect(nearestFound({ points, curves: [] }, 2, 1)?.point).toEqual([3, 0]);
  expect(nearestFound({ points, curves }, -3, 0.5)?.point).toEqual([-2, 0.5]); // within a piece
  expect(nearestFound({ points: [], curves }, -3, -7)?.point).toEqual([-2, -1]); // at its end
  expect(nearestFound({ points: [], curves: [] }, 0, 0)).toBeUndefined();
});

test('a search of one batch, or of a field that is zero everywhere, tells no distance', () => {
  const reading = { sampled: false, everywhere: false, points: [], curves: [] } as never as Parameters<
    typeof foundIn
  >[0];
  expect(foundIn(reading)).toBe(reading);
  expect(foundIn({ ...reading, sampled: true })).toBeNull();
  expect(foundIn({ ...reading, everywhere: true })).toBeNull();
});

// (x - 1)²/2 + (y + 1)²/2 for each: at rest in (1, -1), a tenth of the way with each step.
const own =
  'game=typed&game.first=(x-1)^2/2&game.second=(y%2B1)^2/2&game.start=2,0&generator=sgd&discriminator=sgd&generator.learningRate=0.1&discriminator.learningRate=0.1';

test('a game of one’s own has a distance and a sentence of where it converges, also of steps before the search', async () => {
  const page = openPlaying(own, false);
  const { record, store } = page;
  expect(store.getState().problems).toEqual([]);
  const { experiment } = store.getState();
  expect(factsOf(experiment.game).equilibria).toEqual([]);
  const panel = panels.find(({ name }) => name === 'distance');
  expect(panel?.fits(factsOf(experiment.game), experiment, 1)).toBe(true);
  for (let i = 0; i < 20; i++) page.step();
  await until(() => expect(store.getState().readout.step).toBe(20));
  await until(() => expect(record.distance.length).toBe(21)); // the start as well
  await rest(page);
  const [steps, distances] = record.distance.columns;
  for (let i = 0; i <= 20; i++) {
    expect(steps[i]).toBe(i);
    expect(distances[i]).toBeCloseTo(Math.SQRT2 * 0.9 ** i, 9);
  }
  await until(() =>
    expect(store.getState().readout.sentence).toMatch(
      /^The distance to the nearest point of rest found shrinks by 10\s% a step: closing in\.$/,
    ),
  );
});

test('a game without a point of rest says that none was found', async () => {
  const page = openPlaying('game=typed&game.first=x&game.second=y&generator=sgd&discriminator=sgd', false);
  page.step();
  page.step();
  await until(() => expect(page.record.latest.equilibria).toBeDefined());
  page.step();
  await until(() => expect(page.store.getState().readout.sentence).toContain('no point of rest was found'));
  expect(page.record.distance.length).toBe(0);
});

test('where the game becomes another before the first step, nothing stays of the one before', async () => {
  const page = openPlaying(own, false);
  const { record, store } = page;
  const distance = () => Array.from(record.distance.columns[1].subarray(0, record.distance.length));
  await until(() => expect(distance()).toEqual([Math.SQRT2])); // from (2, 0) to (1, -1)
  change(store, 'game.first', '(x-5)^2/2');
  await until(() => expect(distance()).toEqual([expect.closeTo(Math.sqrt(10), 9)])); // to (5, -1)
});
