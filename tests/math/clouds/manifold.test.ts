/** Precision, recall, density and coverage: closed forms, and the failures they tell apart. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fidelity } from '../../../src/math/clouds/manifold.ts';
import { finish } from '../../../src/math/work.ts';
import { clouds, double, moved, normals, square } from './given.ts';

describe('the square and its double, k = 2', () => {
  test('the edge of a ball is inside', () => {
    expect(finish(fidelity(square, double, 2, 2))).toEqual({
      precision: 0.75,
      recall: 1,
      density: 0.625,
      coverage: 0.75,
    });
  });

  test('strictly, the edge is outside', () => {
    expect(finish(fidelity(square, double, 2, 2, true))).toEqual({
      precision: 0.25,
      recall: 1,
      density: 0.125,
      coverage: 0.25,
    });
  });
});

/** Straight from the definitions, with all distances at hand. */
function byDefinition(real: Float64Array, fake: Float64Array, dimension: number, k: number, strict: boolean) {
  const points = (cloud: Float64Array) =>
    Array.from({ length: cloud.length / dimension }, (_, i) =>
      cloud.slice(i * dimension, (i + 1) * dimension),
    );
  const square = (x: Float64Array, y: Float64Array) => {
    let sum = 0;
    for (let axis = 0; axis < dimension; axis++) sum += (x[axis] - y[axis]) ** 2;
    return sum;
  };
  const reaches = (all: Float64Array[]) =>
    all.map(
      (x, i) =>
        all
          .filter((_, j) => j !== i)
          .map((y) => square(x, y))
          .sort((p, q) => p - q)[k - 1],
    );
  const [reals, fakes] = [points(real), points(fake)];
  const [realReach, fakeReach] = [reaches(reals), reaches(fakes)];
  const inside = (distance: number, reach: number) => (strict ? distance < reach : distance <= reach);
  const share = (many: readonly boolean[]) => many.filter(Boolean).length / many.length;
  const held = fakes.map((y) => reals.filter((x, i) => inside(square(x, y), realReach[i])).length);
  return {
    precision: share(held.map((balls) => balls > 0)),
    recall: share(reals.map((x) => fakes.some((y, j) => inside(square(x, y), fakeReach[j])))),
    density: held.reduce((sum, balls) => sum + balls) / (k * fakes.length),
    coverage: share(reals.map((x, i) => inside(Math.min(...fakes.map((y) => square(x, y))), realReach[i]))),
  };
}

test('is what the definitions say, on any two clouds', () => {
  fc.assert(
    fc.property(
      clouds(4, 15),
      fc.integer({ min: 1, max: 3 }),
      fc.boolean(),
      ({ a, b, dimension }, k, strict) => {
        expect(finish(fidelity(a, b, dimension, k, strict))).toEqual(
          byDefinition(a, b, dimension, k, strict),
        );
      },
    ),
    { numRuns: 300 },
  );
});

describe('k = 5', () => {
  const real = normals(400, 2, 1);

  test('a cloud against itself has everything: density is near 1, for each ball holds its own k and itself', () => {
    const found = finish(fidelity(real, real, 2, 5));
    expect(found).toMatchObject({ precision: 1, recall: 1, coverage: 1 });
    expect(found.density).toBe(6 / 5);
  });

  test('in expectation perfect samples have density 1 and coverage 1 - 2^-5', () => {
    // Naeem et al. 2020, section 3: E density = 1, E coverage = 1 - (M-1)...(M-k)/(2M-1)...(2M-k).
    let density = 0;
    let coverage = 0;
    for (let seed = 0; seed < 20; seed++) {
      const found = finish(fidelity(normals(400, 2, 100 + seed), normals(400, 2, 200 + seed), 2, 5));
      density += found.density / 20;
      coverage += found.coverage / 20;
    }
    // One set scatters by some 0.04 and 0.01; the mean of twenty by less than a quarter of it.
    expect(Math.abs(density - 1)).toBeLessThan(0.05);
    expect(Math.abs(coverage - (1 - 2 ** -5))).toBeLessThan(0.0125);
  });

  test('samples of one part are precise and recall little; scattered ones the other way round', () => {
    const narrow = finish(
      fidelity(
        real,
        normals(400, 2, 2).map((x) => 0.1 * x),
        2,
        5,
      ),
    );
    expect(narrow.precision).toBe(1);
    expect(narrow.recall).toBeLessThan(0.1);
    expect(narrow.coverage).toBeLessThan(0.2);
    const wide = finish(
      fidelity(
        real,
        normals(400, 2, 2).map((x) => 10 * x),
        2,
        5,
      ),
    );
    expect(wide.precision).toBeLessThan(0.1);
    expect(wide.recall).toBe(1);
  });

  test('all samples in one place, and none near', () => {
    const collapsed = finish(fidelity(real, new Float64Array(800), 2, 5));
    expect(collapsed.precision).toBe(1);
    expect(collapsed.recall).toBe(0);
    const away = { precision: 0, recall: 0, density: 0, coverage: 0 };
    expect(finish(fidelity(real, moved(real, [100, 0]), 2, 5))).toEqual(away);
  });

  test('in pieces it is what it is at once', () => {
    const [a, b] = [normals(1500, 2, 1), normals(1500, 2, 2)];
    const work = fidelity(a, b, 2, 5);
    const told: number[] = [];
    let step = work.next();
    for (; !step.done; step = work.next()) told.push(step.value);
    expect(step.value).toEqual(finish(fidelity(a, b, 2, 5)));
    expect(told.length).toBeGreaterThan(4);
    expect(told).toEqual(told.slice().sort((x, y) => x - y));
  });

  test('k counts others, so it is below both counts', () => {
    for (const k of [0, 1.5, 4, Number.NaN])
      expect(() => finish(fidelity(square, double, 2, k))).toThrow(`got ${k}`);
  });
});
