/** Sliced, energy and kernel distances of clouds: closed forms, and what every distance holds. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wasserstein } from '../../../src/math/clouds/assignment.ts';
import { countOf, medianDistance, shuffled } from '../../../src/math/clouds/cloud.ts';
import { energyDistance } from '../../../src/math/clouds/energy.ts';
import { fidelity } from '../../../src/math/clouds/manifold.ts';
import { BANDWIDTHS, meanDiscrepancy } from '../../../src/math/clouds/mmd.ts';
import { sliced } from '../../../src/math/clouds/sliced.ts';
import { stream } from '../../../src/math/random.ts';
import { finish, type Work } from '../../../src/math/work.ts';
import { clouds, double, moved, normals, square, turned } from './given.ts';

type Cloud = Float64Array;

/** Every distance that is symmetric, at least 0, and 0 at equality; none asks for equal counts. */
const distances: Record<string, (a: Cloud, b: Cloud, dimension: number) => Work<number>> = {
  *slicedW1(a, b, dimension) {
    return (yield* sliced(a, b, dimension, 16)).w1;
  },
  *slicedW2Squared(a, b, dimension) {
    return (yield* sliced(a, b, dimension, 16)).w2Squared;
  },
  energy: energyDistance,
  *mmd(a, b, dimension) {
    return (yield* meanDiscrepancy(a, b, dimension, BANDWIDTHS)).biased;
  },
};

describe.each(Object.entries(distances))('%s', (_, distance) => {
  test('is 0 at equality in any order, at least 0, symmetric, and the same after a move', () => {
    fc.assert(
      fc.property(clouds(1, 20), ({ a, b, dimension }) => {
        const d = (x: Cloud, y: Cloud) => finish(distance(x, y, dimension));
        const there = d(a, b);
        expect(Math.abs(d(a, shuffled(a, dimension, stream(0, 'order'))))).toBeLessThan(1e-13);
        expect(there).toBeGreaterThan(-1e-13);
        expect(Math.abs(there - d(b, a))).toBeLessThan(1e-12);
        // Rounding of places up to 20, in squared distances of up to some hundred.
        expect(Math.abs(there - d(moved(a, [8]), moved(b, [8])))).toBeLessThan(1e-11);
      }),
    );
  });

  test('every position twice changes nothing: clouds of different counts are measured by shares', () => {
    const [a, b] = [normals(30, 2, 1), moved(normals(20, 2, 2), [1, 0])];
    const twice = new Float64Array([...a, ...a]);
    expect(finish(distance(twice, b, 2))).toBeCloseTo(finish(distance(a, b, 2)), 13);
  });

  test('in pieces it is what it is at once', () => {
    const [a, b] = [normals(1500, 2, 1), normals(1500, 2, 2)];
    const work = distance(a, b, 2);
    const told: number[] = [];
    let step = work.next();
    for (; !step.done; step = work.next()) told.push(step.value);
    expect(step.value).toBe(finish(distance(a, b, 2)));
    expect(told).toEqual(told.slice().sort((x, y) => x - y));
    expect(told.every((progress) => progress > 0 && progress <= 1)).toBe(true);
  });
});

describe('sliced Wasserstein distances', () => {
  test('the square and its double, at 4096 angles', () => {
    const { w1, w2Squared } = finish(sliced(square, double, 2, 4096));
    expect(w1).toBeCloseTo(0.543389, 6);
    // The mean of |u|² moved by |x|²: half of W2 squared, by symmetry, at any number of angles.
    expect(w2Squared).toBeCloseTo(0.5, 10);
  });

  test('a moved cloud: W1 is 2 / pi of the move, W2 squared half of its square', () => {
    const cloud = normals(50, 2, 3);
    const { w1, w2Squared } = finish(sliced(cloud, moved(cloud, [3, 4]), 2, 4096));
    expect(w1).toBeCloseTo((2 / Math.PI) * 5, 5); // the midpoint rule at a kink: (pi / 4096)² of it
    expect(w2Squared).toBeCloseTo(12.5, 8);
  });

  test('on a line it is exact: the sorted differences, and the pairing', () => {
    const [a, b] = [normals(200, 1, 4), moved(normals(200, 1, 5), [0.3])];
    const [x, y] = [a.slice().sort(), b.slice().sort()];
    const differences = Array.from(x, (place, i) => Math.abs(place - y[i]));
    const { w1, w2Squared } = finish(sliced(a, b, 1, 1));
    expect(w1).toBeCloseTo(differences.reduce((sum, d) => sum + d) / 200, 13);
    expect(w2Squared).toBeCloseTo(differences.reduce((sum, d) => sum + d * d, 0) / 200, 13);
    const exact = finish(wasserstein(a, b, 1));
    expect(exact.w1).toBeCloseTo(w1, 13);
    expect(exact.w2Squared).toBeCloseTo(w2Squared, 13);
  });

  test('on a line, of different counts: the area between the distribution functions', () => {
    fc.assert(
      fc.property(clouds(1, 12), ({ a, b, dimension }) => {
        if (dimension !== 1) return;
        const places = [...a, ...b].sort((x, y) => x - y);
        const share = (cloud: Cloud, at: number) => cloud.filter((x) => x <= at).length / cloud.length;
        let area = 0;
        for (let i = 1; i < places.length; i++) {
          const gap = Math.abs(share(a, places[i - 1]) - share(b, places[i - 1]));
          area += gap * (places[i] - places[i - 1]);
        }
        expect(Math.abs(finish(sliced(a, b, 1, 1)).w1 - area)).toBeLessThan(1e-12);
      }),
      { numRuns: 300 },
    );
  });

  test('turning both clouds by a step between two angles changes nothing', () => {
    const [a, b] = [normals(40, 2, 6), normals(40, 2, 7)];
    const there = finish(sliced(turned(a, Math.PI / 8), turned(b, Math.PI / 8), 2, 16));
    expect(there.w1).toBeCloseTo(finish(sliced(a, b, 2, 16)).w1, 9); // the angles' sines are good to 1e-11
  });

  test('is at most the exact one, and in three dimensions a third of W2 squared for a move', () => {
    const [a, b] = [normals(100, 2, 8), moved(normals(100, 2, 9), [1, 1])];
    const exact = finish(wasserstein(a, b, 2));
    expect(finish(sliced(a, b, 2, 64)).w1).toBeLessThanOrEqual(exact.w1);
    const cloud = normals(20, 3, 10);
    const { w2Squared } = finish(sliced(cloud, moved(cloud, [0, 0, 3]), 3, 4096));
    // 9 E u² over the sphere: 4096 random directions know it to 9 * 0.3 / 64.
    expect(Math.abs(w2Squared - 3)).toBeLessThan((5 * 9 * 0.3) / 64);
  });
});

describe('energy distance', () => {
  test('the square and its double', () => {
    expect(finish(energyDistance(square, double, 2))).toBeCloseTo(0.618034, 6);
  });

  test('on a line it is twice the area between the squared distribution functions', () => {
    // Of one place at 0 against one at d: 2 d.
    expect(finish(energyDistance(Float64Array.of(0), Float64Array.of(3), 1))).toBe(6);
  });

  test('turning both clouds changes nothing', () => {
    const [a, b] = [normals(40, 2, 6), normals(30, 2, 7)];
    const there = finish(energyDistance(turned(a, 1), turned(b, 1), 2));
    expect(there).toBeCloseTo(finish(energyDistance(a, b, 2)), 13);
  });
});

describe('maximum mean discrepancy', () => {
  test.each([
    [1, 0.278111, -0.066062],
    [2, 0.110287, -0.045985],
  ])('the square and its double, bandwidth %d', (sigma, biased, unbiased) => {
    const found = finish(meanDiscrepancy(square, double, 2, [sigma]));
    expect(found.biased).toBeCloseTo(biased, 6);
    expect(found.unbiased).toBeCloseTo(unbiased, 6);
  });

  test('several bandwidths give the mean of each', () => {
    const both = finish(meanDiscrepancy(square, double, 2, [1, 2]));
    expect(both.biased).toBeCloseTo((0.278111 + 0.110287) / 2, 6);
    expect(both.unbiased).toBeCloseTo((-0.066062 - 0.045985) / 2, 6);
  });

  test('the unbiased one has mean 0 for equal distributions, within five standard errors', () => {
    const values = Array.from({ length: 200 }, (_, i) => {
      const [a, b] = [normals(20, 2, 2 * i), normals(20, 2, 2 * i + 1)];
      return finish(meanDiscrepancy(a, b, 2, [1])).unbiased;
    });
    const mean = values.reduce((sum, x) => sum + x) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
    expect(Math.abs(mean)).toBeLessThan((5 * deviation) / Math.sqrt(values.length));
  });

  test('one position alone has a biased value only', () => {
    const { biased, unbiased } = finish(meanDiscrepancy(Float64Array.of(0), Float64Array.of(1), 1, [1]));
    expect(biased).toBeCloseTo(2 - 2 * Math.exp(-0.5), 15);
    expect(unbiased).toBeNaN();
  });

  test('bandwidths are positive', () => {
    for (const sigmas of [[], [0], [1, -1], [Number.NaN]]) {
      expect(() => finish(meanDiscrepancy(square, double, 2, sigmas))).toThrow(RangeError);
    }
  });
});

test('the median distance within a cloud', () => {
  expect(medianDistance(Float64Array.of(0, 1, 3), 1)).toBe(2);
  expect(medianDistance(square, 2)).toBe(1); // four sides, two diagonals
  expect(medianDistance(Float64Array.of(4), 1)).toBeNaN();
});

test('a shuffled cloud holds the same positions in an order that every position is first in at times', () => {
  const cloud = Float64Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? i / 2 : -i));
  const firsts = new Set<number>();
  for (let seed = 0; seed < 100; seed++) {
    const other = shuffled(cloud, 2, stream(seed, 'order'));
    expect(Array.from(other).sort()).toEqual(Array.from(cloud).sort());
    for (let i = 0; i < 6; i++) expect(other[2 * i + 1]).toBe(-2 * other[2 * i] - 1);
    firsts.add(other[0]);
  }
  expect(firsts.size).toBe(6);
});

describe('what is no pair of clouds', () => {
  const measures: Record<string, (a: Cloud, b: Cloud, dimension: number) => Work<unknown>> = {
    ...distances,
    wasserstein,
    fidelity: (a, b, dimension) => fidelity(a, b, dimension, 1),
  };

  test.each(Object.entries(measures))(
    '%s refuses empty clouds, broken rows and no dimension',
    (_, measure) => {
      const [none, some] = [new Float64Array(0), normals(4, 2, 1)];
      expect(() => finish(measure(none, some, 2))).toThrow(RangeError);
      expect(() => finish(measure(some, none, 2))).toThrow(RangeError);
      expect(() => finish(measure(some, new Float64Array(7), 2))).toThrow(/got 7/);
      for (const dimension of [0, 1.5, -1])
        expect(() => finish(measure(some, some, dimension))).toThrow(/dimension/);
    },
  );

  test.each(Object.entries(measures))('%s of a diverged generator is NaN, told at once', (_, measure) => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, -1e300]) {
      const broken = normals(64, 2, 1);
      broken[77] = bad;
      const fine = normals(64, 2, 2);
      for (const value of [finish(measure(broken, fine, 2)), finish(measure(fine, broken, 2))]) {
        const figures = typeof value === 'number' ? [value] : Object.values(value as Record<string, number>);
        expect(figures.every(Number.isNaN)).toBe(true);
      }
    }
  });

  test.each(Object.entries(measures))('%s of far, finite positions is a number', (_, measure) => {
    const far = normals(64, 2, 1).map((x) => 1e120 * x);
    const value = finish(measure(far, normals(64, 2, 2), 2));
    const figures = typeof value === 'number' ? [value] : Object.values(value as Record<string, number>);
    expect(figures.some(Number.isNaN)).toBe(false);
  });

  test('clouds to pair have the same count', () => {
    expect(() => finish(wasserstein(normals(3, 2, 1), normals(4, 2, 1), 2))).toThrow(/3 and 4/);
    expect(countOf(normals(3, 2, 1), 2)).toBe(3);
  });
});
