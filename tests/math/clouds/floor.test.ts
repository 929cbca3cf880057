/** What perfect samples score: moments and percentiles by hand, and the same numbers in pieces as at once. */
import { describe, expect, test } from 'vitest';
import { energyDistance } from '../../../src/math/clouds/energy.ts';
import { floorOf, floors } from '../../../src/math/clouds/floor.ts';
import { finish, type Work } from '../../../src/math/work.ts';
import { normals } from './given.ts';

// biome-ignore lint/correctness/useYield: a score that is told at once
function* first(cloud: Float64Array): Work<{ first: number; negative: number }> {
  return { first: cloud[0], negative: -cloud[0] };
}

test('mean, deviation and percentiles of the scores 0 to 100', () => {
  const floor = finish(floors(101, (replicate) => Float64Array.of((37 * replicate) % 101), first));
  expect(floor.first.mean).toBeCloseTo(50, 12);
  expect(floor.first.low).toBeCloseTo(5, 12);
  expect(floor.first.high).toBeCloseTo(95, 12);
  expect(floor.first.deviation).toBeCloseTo(Math.sqrt((101 * 102) / 12), 12); // of 0 .. n - 1, by n - 1
  expect(floor.negative).toMatchObject({ low: -floor.first.high, high: -floor.first.low });
});

test('one replicate has no deviation, and one that is not finite leaves nothing known', () => {
  expect(floorOf(Float64Array.of(3))).toEqual({ mean: 3, deviation: Number.NaN, low: 3, high: 3 });
  const unknown = { mean: Number.NaN, deviation: Number.NaN, low: Number.NaN, high: Number.NaN };
  expect(floorOf(Float64Array.of(1, Number.NaN, 3))).toEqual(unknown);
  expect(() => finish(floors(0, () => Float64Array.of(1), first))).toThrow('got 0');
});

describe('the energy distance of perfect samples', () => {
  const count = 50;
  const real = normals(count, 2, 0);
  const score = function* (cloud: Float64Array): Work<{ energy: number }> {
    return { energy: yield* energyDistance(real, cloud, 2) };
  };
  const draw = (replicate: number) => normals(count, 2, 1 + replicate);

  test('in pieces it is what it is at once, and progress rises to 1', () => {
    const work = floors(20, draw, score);
    const told: number[] = [];
    let step = work.next();
    for (; !step.done; step = work.next()) told.push(step.value);
    expect(step.value).toEqual(finish(floors(20, draw, score)));
    expect(told).toEqual(told.slice().sort((x, y) => x - y));
    expect(told[told.length - 1]).toBe(1);
  });

  test('nine in ten fresh perfect samples lie inside the band, within five binomial deviations', () => {
    const { energy } = finish(floors(200, draw, score));
    const fresh = 200;
    let inside = 0;
    for (let i = 0; i < fresh; i++) {
      const value = finish(energyDistance(real, normals(count, 2, 1000 + i), 2));
      if (value >= energy.low && value <= energy.high) inside += 1;
    }
    // The band itself rests on 200 scores, so its two ends scatter as much again.
    expect(Math.abs(inside / fresh - 0.9)).toBeLessThan(5 * Math.sqrt((2 * 0.9 * 0.1) / fresh));
  });
});
