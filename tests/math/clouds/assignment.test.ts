/** Exact transport: against every permutation, sorted lines, prices that prove it, and closed forms. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignment, meanCost, wasserstein } from '../../../src/math/clouds/assignment.ts';
import { stream } from '../../../src/math/random.ts';
import { finish } from '../../../src/math/work.ts';
import { clouds, double, moved, normals, square, turned } from './given.ts';

/** The least total cost over all permutations. */
function leastByAll(costs: Float64Array, n: number): number {
  const visit = (row: number, taken: number): number => {
    if (row === n) return 0;
    let least = Number.POSITIVE_INFINITY;
    for (let j = 0; j < n; j++) {
      if (taken & (1 << j)) continue;
      least = Math.min(least, costs[row * n + j] + visit(row + 1, taken | (1 << j)));
    }
    return least;
  };
  return visit(0, 0);
}

const isPermutation = (columns: Int32Array) =>
  columns
    .slice()
    .sort()
    .every((column, i) => column === i);

describe('the cheapest pairing', () => {
  test('costs what the best of all permutations does, ties and negative costs included', () => {
    const cost = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1, max: 1, noNaN: true }));
    const matrices = fc
      .integer({ min: 1, max: 7 })
      .chain((n) => fc.array(cost, { minLength: n * n, maxLength: n * n }));
    fc.assert(
      fc.property(matrices, (values) => {
        const n = Math.sqrt(values.length);
        const costs = Float64Array.from(values);
        const columns = finish(assignment(costs, n));
        expect(isPermutation(columns)).toBe(true);
        // Rounding of sums of seven costs of at most 3.
        expect(Math.abs(n * meanCost(costs, columns) - leastByAll(costs, n))).toBeLessThan(1e-13);
      }),
      { numRuns: 300 },
    );
  });

  test('costs what whole numbers of any size do: nothing is lost to the increments of the auction', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 36, maxLength: 36 }), (values) => {
        const costs = Float64Array.from(values);
        const columns = finish(assignment(costs, 6));
        expect(Math.round(6 * meanCost(costs, columns))).toBe(leastByAll(costs, 6));
      }),
    );
  });

  test.each([2, 30, 300])('on a line, %i places are paired in order for a convex cost', (n) => {
    const [a, b] = [normals(n, 1, 1).sort(), normals(n, 1, 2).sort()];
    const costs = Float64Array.from({ length: n * n }, (_, i) => (a[Math.floor(i / n)] - b[i % n]) ** 2);
    expect(finish(assignment(costs, n))).toEqual(Int32Array.from({ length: n }, (_, i) => i));
  });

  test('no swap of two or three columns is cheaper, at 200 rows of random costs', () => {
    const n = 200;
    const costs = stream(3, 'costs').uniforms(new Float64Array(n * n));
    const columns = finish(assignment(costs, n));
    expect(isPermutation(columns)).toBe(true);
    const cost = (i: number, j: number) => costs[i * n + columns[j]];
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) {
        const two = cost(i, i) + cost(j, j);
        expect(cost(i, j) + cost(j, i)).toBeGreaterThanOrEqual(two - 1e-15);
        const k = (i + j) % n;
        if (k === i || k === j) continue;
        expect(cost(i, j) + cost(j, k) + cost(k, i)).toBeGreaterThanOrEqual(two + cost(k, k) - 1e-14);
      }
    }
    // Random costs of [0, 1): the expected total tends to pi²/6 (Aldous 2001), with a deviation near n^-½.
    expect(Math.abs(n * meanCost(costs, columns) - Math.PI ** 2 / 6)).toBeLessThan(5 / Math.sqrt(n));
  });

  test('equal costs, and one row', () => {
    expect(isPermutation(finish(assignment(new Float64Array(100).fill(7), 10)))).toBe(true);
    expect(Array.from(finish(assignment(Float64Array.of(5), 1)))).toEqual([0]);
  });

  test('in pieces it is what it is at once, and its progress rises to at most 1', () => {
    const [a, b] = [normals(300, 2, 4), moved(normals(300, 2, 5), [20, 0])];
    const work = wasserstein(a, b, 2);
    const told: number[] = [];
    let step = work.next();
    for (; !step.done; step = work.next()) told.push(step.value);
    expect(step.value).toEqual(finish(wasserstein(a, b, 2)));
    expect(told.length).toBeGreaterThan(10);
    expect(told).toEqual(told.slice().sort((x, y) => x - y));
    expect(told[0]).toBeGreaterThan(0);
    expect(told[told.length - 1]).toBeLessThanOrEqual(1);
  });

  test('what is no square of finite costs is refused', () => {
    expect(() => finish(assignment(new Float64Array(5), 2))).toThrow(/2 x 2.*got 5/);
    expect(() => finish(assignment(new Float64Array(0), 0))).toThrow(RangeError);
    expect(() => finish(assignment(Float64Array.of(1, 2, Number.NaN, 4), 2))).toThrow(/finite/);
  });
});

describe('W1 and W2 squared', () => {
  test('the square and its double', () => {
    const { w1, w2Squared } = finish(wasserstein(square, double, 2));
    expect(w1).toBeCloseTo((2 + Math.SQRT2) / 4, 15);
    expect(w1).toBeCloseTo(0.853553, 6);
    expect(w2Squared).toBe(1);
  });

  test('a cloud that is moved is as far as it was moved', () => {
    fc.assert(
      fc.property(clouds(1, 40), fc.double({ min: -5, max: 5, noNaN: true }), ({ a, dimension }, by) => {
        const { w1, w2Squared } = finish(wasserstein(a, moved(a, [by]), dimension));
        const length = Math.abs(by) * Math.sqrt(dimension);
        // Places up to 15 are rounded to 2e-15; a root of a sum of squares of such keeps that.
        expect(Math.abs(w1 - length)).toBeLessThan(1e-13);
        expect(Math.abs(w2Squared - length ** 2)).toBeLessThan(1e-12);
      }),
    );
  });

  test('0 at equality in any order, symmetric, W1 squared at most W2 squared', () => {
    fc.assert(
      fc.property(clouds(1, 30, true), ({ a, b, dimension }) => {
        const backwards = new Float64Array(a.length);
        for (let i = 0; i < a.length; i += dimension) {
          backwards.set(a.subarray(i, i + dimension), a.length - dimension - i);
        }
        // Pairs whose costs differ by less than the rounding of sums of costs are as good as one another.
        const here = finish(wasserstein(a, backwards, dimension));
        expect(here.w1).toBeLessThan(1e-13);
        expect(here.w2Squared).toBeLessThan(1e-12);
        const there = finish(wasserstein(a, b, dimension));
        const back = finish(wasserstein(b, a, dimension));
        expect(Math.abs(there.w1 - back.w1)).toBeLessThan(1e-12);
        expect(Math.abs(there.w2Squared - back.w2Squared)).toBeLessThan(1e-11);
        expect(there.w1 ** 2).toBeLessThanOrEqual(there.w2Squared + 1e-11);
      }),
    );
  });

  test('moving and turning both clouds changes nothing, and W1 holds the triangle', () => {
    const [a, b, c] = [normals(60, 2, 1), normals(60, 2, 2), normals(60, 2, 3)];
    const away = (cloud: Float64Array) => moved(turned(cloud, 0.7), [3, -1]);
    const here = finish(wasserstein(a, b, 2));
    const there = finish(wasserstein(away(a), away(b), 2));
    expect(there.w1).toBeCloseTo(here.w1, 13);
    expect(there.w2Squared).toBeCloseTo(here.w2Squared, 13);
    const w1 = (x: Float64Array, y: Float64Array) => finish(wasserstein(x, y, 2)).w1;
    expect(w1(a, c)).toBeLessThanOrEqual(w1(a, b) + w1(b, c));
  });

  test('a cloud fallen into one position is at its mean distance from that', () => {
    const cloud = normals(512, 2, 6);
    let mean = 0;
    for (let i = 0; i < cloud.length; i += 2) mean += Math.hypot(cloud[i], cloud[i + 1]) / 512;
    expect(finish(wasserstein(cloud, new Float64Array(1024), 2)).w1).toBeCloseTo(mean, 12);
  });
});
