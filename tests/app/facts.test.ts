/** What the page takes for granted of games before anything is computed. */
import { expect, test } from 'vitest';
import { factsOf, MIDDLE } from '../../src/app/facts.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { games } from '../../src/catalog/games/index.ts';
import { entryDefaults, set } from '../../src/settings/index.ts';
import { experimentOf, sceneOf } from '../catalog/given.ts';

test('every entry of a point has a name of its own', () => {
  for (const game of games) {
    const { names, sizes } = factsOf(entryDefaults(game) as Parameters<typeof factsOf>[0]);
    expect(names.length).toBe(sizes.generator + sizes.discriminator);
  }
});

test('a game is written down once, however often its settings are read anew', () => {
  const read = () => factsOf(experimentOf({ game: { kind: 'bilinear', strength: 2 } }).game);
  expect(read()).toBe(read());
  expect(factsOf(experimentOf({ game: { kind: 'bilinear', strength: 3 } }).game)).not.toBe(read());
});

test('in the one game that is drawn in the triangle, nobody gains by leaving its middle', () => {
  const drawn = games.filter(
    (game) => factsOf(entryDefaults(game) as Parameters<typeof factsOf>[0]).picture.kind === 'simplex',
  );
  expect(drawn.map(({ name }) => name)).toEqual(['rockPaperScissors']);
  const middle = [MIDDLE, MIDDLE, MIDDLE];
  for (const payoff of ['difference', 'wins', 'ownWins']) {
    const game = { kind: 'rockPaperScissors', parameters: 'direct', payoff };
    const scene = sceneOf(experimentOf({ game }));
    const worths = scene.field(0, 0, 0).at(Float64Array.from([...middle, ...middle]));
    for (const player of [worths.subarray(0, 3), worths.subarray(3)]) {
      for (const worth of player) expect(worth).toBeCloseTo(player[0], 12);
    }
  }
});

test('the level drawn beside the losses follows the slider of the real label', () => {
  const begin = experimentOf({});
  const moved = set(schema, begin, 'game.loss.realLabel', 0.8);
  expect(factsOf(begin.game).lossesAtEquilibrium).toEqual([Math.LN2, 2 * Math.LN2]);
  const [generator, discriminator] = factsOf(moved.game).lossesAtEquilibrium ?? [];
  // Its best answer is the chance 0.4: -ln 0.4, and -0.8 ln 0.4 - 1.2 ln 0.6.
  expect(generator).toBeCloseTo(-Math.log(0.4), 14);
  expect(discriminator).toBeCloseTo(-0.8 * Math.log(0.4) - 1.2 * Math.log(0.6), 14);
});
