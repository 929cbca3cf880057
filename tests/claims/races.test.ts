/** What is claimed of the named races: what each lane does, in one go with the others. */
import { describe, expect, test } from 'vitest';
import '../loaded.ts';
import { pictureClasses } from '../../src/analysis/pictureClasses.ts';
import { finish } from '../../src/analysis/probe.ts';
import { races } from '../../src/catalog/races/index.ts';
import { lanesOf } from '../../src/catalog/races/lanes.ts';
import { momentOf } from '../../src/engine/frame.ts';
import type { Session } from '../../src/engine/session.ts';
import { after, type Differences, ending, PATIENCE_MS, seeds } from './runs.ts';

const lanes = (name: string) =>
  lanesOf(races.find((race) => race.name === name)!) as readonly unknown[] as readonly Differences[];

/** How far the point, or the average that is judged, is from the game's equilibrium. */
function distance({ state, scene }: Session): number {
  const [{ point }] = scene.model.equilibria;
  return Math.hypot(...state.point.map((value, i) => value - point[i]));
}

/** The distance of each lane after so many steps, as a share of what it began with. */
const shares = (name: string, steps: number, seed = 0) =>
  lanes(name).map((lane) => after(steps, seed, lane, distance) / after(0, seed, lane, distance));

test('on a rotation: out, around, in, and in', () => {
  const [simultaneous, alternating, extragradient, optimistic] = shares('turningRace', 300);
  expect(simultaneous).toBeGreaterThan(100);
  expect(alternating).toBeGreaterThan(0.9);
  expect(alternating).toBeLessThan(1.2);
  expect(extragradient).toBeLessThan(0.01);
  expect(optimistic).toBeLessThan(0.01);
});

test('the smallest GAN: out, around, in, and in', () => {
  const [simultaneous, alternating, extragradient, consensus] = shares('diracRace', 1000);
  expect(simultaneous).toBeGreaterThan(2);
  expect(alternating).toBeGreaterThan(0.9);
  expect(alternating).toBeLessThan(1.1);
  expect(extragradient).toBeLessThan(0.02);
  expect(consensus).toBeLessThan(0.02);
});

test.each(seeds)('through noise: nowhere, and closer, seed %i', (seed) => {
  const [extragradient, lookahead] = shares('noiseRace', 20_000, seed);
  expect(Math.abs(extragradient - 1)).toBeLessThan(0.1);
  expect(lookahead).toBeLessThan(0.5);
});

describe.each(seeds)('seed %i', (seed) => {
  test('Adam with a heavy memory loses the modes, and either remedy finds all eight', {
    timeout: PATIENCE_MS,
  }, () => {
    const [plain, extragradient, consensus] = lanes('collapseRace').map((lane, i) =>
      ending(`collapseRace, lane ${i + 1}`, lane, 5000, seed),
    );
    expect(plain.modes).toBeLessThanOrEqual(3);
    expect(extragradient.modes).toBe(8);
    expect(consensus.modes).toBe(8);
  });

  test('steps of one length come nearer to Adam than plain descent does', { timeout: PATIENCE_MS }, () => {
    const [adam, normalised, plain] = lanes('lengthsRace').map((lane) =>
      after(4000, seed, lane, (session) => {
        const { frechet, inception } = finish(pictureClasses.work(momentOf(session), { count: 1000 }));
        return { frechet: frechet as number, inception: inception as number };
      }),
    );
    expect(normalised.frechet).toBeLessThan(0.7 * plain.frechet);
    expect(normalised.inception).toBeGreaterThan(plain.inception + 0.3);
    expect(adam.inception).toBeGreaterThan(normalised.inception);
  });
});

describe.each(seeds)('seed %i', (seed) => {
  test('going back, or averaging, brings the pictures of a GAN with long steps nearer to real ones', {
    timeout: PATIENCE_MS,
  }, () => {
    const distances = lanes('lookaheadRace').map((lane, i) =>
      after(400, seed, lane, (session) => {
        const frechet = () =>
          finish(pictureClasses.work(momentOf(session), { count: 1000 })).frechet as number;
        const early = frechet();
        session.advance(400);
        const late = frechet();
        console.log(`lookaheadRace, lane ${i + 1}, seed ${seed}: ${early.toFixed(1)}, ${late.toFixed(1)}`);
        return early + late;
      }),
    );
    const [plain, lookahead, average] = distances;
    expect(lookahead).toBeLessThan(0.87 * plain);
    expect(average).toBeLessThan(0.8 * plain);
  });
});
