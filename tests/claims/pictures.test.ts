/** What is claimed of GANs on small pictures. */
import { describe, expect, test } from 'vitest';
import '../loaded.ts';
import { pictureClasses } from '../../src/analysis/pictureClasses.ts';
import { finish } from '../../src/analysis/probe.ts';
import { momentOf } from '../../src/engine/frame.ts';
import { after, type Differences, PATIENCE_MS, preset, seeds } from './runs.ts';

/** What is found in 1,000 pictures of a run, or in more of them, and what its steps took; printed beside the bounds. */
function classesOf(label: string, steps: number, seed: number, differences: Differences, count = 1000) {
  return after(steps, seed, differences, (session) => {
    const found = finish(pictureClasses.work(momentOf(session), { count }));
    const { covered, entropy, frechet, inception, floor } = found;
    console.log(
      `${label}, seed ${seed}, step ${session.state.step}: ${covered} classes (real ${floor.covered.mean}), entropy ${entropy.toFixed(3)} (real ${floor.entropy.mean.toFixed(3)}), inception score ${inception?.toFixed(2)}, Fréchet distance ${frechet?.toFixed(1)}, ${session.seconds.toFixed(1)} s`,
    );
    return { ...found, frechet: frechet as number, inception: inception as number };
  });
}

describe.each(seeds)('seed %i', (seed) => {
  // Two minutes of a slow core are time for thirty times as many: `npm run bench:page -- --only digits` says how long it takes.
  test('the digits fill with all ten classes, evenly, within 2,000 steps', { timeout: PATIENCE_MS }, () => {
    const { covered, entropy, floor, inception, frechet } = classesOf('digits', 2000, seed, preset('digits'));
    expect(covered).toBe(10);
    expect(entropy).toBeGreaterThan(0.97 * floor.entropy.mean);
    // The small classifier reads them: real digits score 8.8, an untrained generator 1.8; the distance began at 250.
    expect(inception).toBeGreaterThan(5.9);
    expect(frechet).toBeLessThan(15);
  });

  test('without a penalty, at twice the rate and with heavy momentum, they collapse; a penalty, which is advised then, finds all', {
    timeout: PATIENCE_MS,
  }, () => {
    const collapse = preset('digitsCollapse');
    expect(classesOf('digitsCollapse', 4000, seed, collapse).covered).toBeLessThanOrEqual(4);
    const penalised = { ...collapse, game: { ...(collapse.game as object), penalty: 'zeroCentred' } };
    expect(classesOf('the same with zeroCentred', 1500, seed, penalised).covered).toBe(10);
  });

  test('against a small discriminator, looking five of its steps ahead draws more classes', {
    timeout: PATIENCE_MS,
  }, () => {
    const ahead = classesOf('digitsUnrolled', 3000, seed, preset('digitsUnrolled'));
    const without = classesOf('without', 3000, seed, preset('digitsUnrolled', { foresight: 'none' }));
    expect(without.covered).toBeLessThanOrEqual(5);
    expect(ahead.covered).toBeGreaterThan(without.covered);
    expect(ahead.entropy).toBeGreaterThan(without.entropy + 0.4);
  });

  test.each([
    // preset, steps, at least so many classes, at most such a Fréchet distance; of so many pictures
    ['digitsWganGp', 800, 10, 10, 1000],
    ['digitsSpectral', 1000, 10, 40, 1000],
    ['clothes', 1000, 10, 35, 1000],
    // As many real ones show 900 to 925.
    ['stackedDigits', 1000, 770, 110, 2500],
  ] as const)(
    '%s: after %i steps %i classes',
    { timeout: PATIENCE_MS },
    (name, steps, least, most, count) => {
      const { covered, frechet } = classesOf(name, steps, seed, preset(name), count);
      expect(covered).toBeGreaterThanOrEqual(least);
      expect(frechet).toBeLessThan(most);
    },
  );
});

// Convolutions take their time: one seed, and no more steps than show that it learns.
test.each([
  ['digitsConvolutional', 1000, 10, 60],
  ['mnistLookahead', 500, 10, 45],
  ['mnistConvolutional', 200, 9, 120],
] as const)('%s: after %i steps %i classes', { timeout: PATIENCE_MS }, (name, steps, least, most) => {
  const untrained = classesOf(name, 0, 0, preset(name));
  const { covered, frechet } = classesOf(name, steps, 0, preset(name));
  expect(covered).toBeGreaterThanOrEqual(least);
  expect(frechet).toBeLessThan(most);
  expect(frechet).toBeLessThan(untrained.frechet / 2);
});
