/** Divergences of histograms and of Gaussians: closed forms, limits, and what is not measured. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frechet, frechetOfClouds, gaussianOf, rootSymmetric } from '../../../src/math/clouds/frechet.ts';
import {
  countsOnGrid,
  divergences,
  gridDivergences,
  modeDivergences,
} from '../../../src/math/clouds/histogram.ts';
import { frobeniusNorm, multiply, transpose } from '../../../src/math/matrix.ts';
import { moved, normals, square, turned } from './given.ts';

describe('histograms of modes', () => {
  test.each([
    [1, 0.4969],
    [4, 0.2158],
    [5, 0.1518],
    [6, 0.0956],
    [7, 0.0454],
    [8, 0],
  ])('%i of eight hit equally: reverse KL ln(8 / m), JS %d', (m, js) => {
    const found = modeDivergences(Float64Array.from({ length: 8 }, (_, k) => (k < m ? 50 : 0)));
    expect(found.kl).toBeCloseTo(Math.log(8 / m), 14);
    expect(found.js).toBeCloseTo(js, 4);
  });

  test('hits in the proportion of the weights are no distance away, whatever these are', () => {
    const found = modeDivergences(Float64Array.of(10, 30, 60), Float64Array.of(1, 3, 6));
    expect(found).toEqual({ kl: 0, js: 0 });
  });

  test('without a hit there is nothing to tell', () => {
    expect(modeDivergences(new Float64Array(8))).toEqual({ kl: Number.NaN, js: Number.NaN });
  });

  test('the reverse KL of even draws has the bias (K - 1) / 2N', () => {
    let mean = 0;
    for (let seed = 0; seed < 400; seed++) {
      const hits = new Float64Array(8);
      for (const x of normals(500, 1, seed)) hits[(Math.abs(Math.floor(x * 1e4)) % 8) as number] += 1;
      mean += modeDivergences(hits).kl / 400;
    }
    // A chi-squared of 7 degrees over 2N: its mean of 400 scatters by sqrt(14) / 1000 / 20.
    expect(Math.abs(mean - 7 / 1000)).toBeLessThan((5 * Math.sqrt(14)) / 1000 / 20);
  });
});

describe('divergences', () => {
  const histogram = fc.array(fc.nat(20), { minLength: 4, maxLength: 4 }).map((x) => Float64Array.from(x));

  test('KL at least 0, JS symmetric, of [0, ln 2], at most a quarter of both KLs', () => {
    fc.assert(
      fc.property(histogram, histogram, (p, q) => {
        const [there, back] = [divergences(p, q), divergences(q, p)];
        if (p.every((x) => x === 0) || q.every((x) => x === 0)) {
          expect(there.js).toBeNaN();
          return;
        }
        expect(there.kl).toBeGreaterThanOrEqual(0);
        expect(there.js).toBeGreaterThanOrEqual(0);
        expect(there.js).toBeLessThanOrEqual(Math.LN2);
        expect(Math.abs(there.js - back.js)).toBeLessThan(1e-15);
        // Lin 1991, theorem 3: JS is at most a quarter of the sum of both KLs.
        expect(there.js).toBeLessThanOrEqual((there.kl + back.kl) / 4 + 1e-15);
      }),
    );
  });

  test('disjoint histograms: KL infinite, JS ln 2', () => {
    expect(divergences(Float64Array.of(1, 0), Float64Array.of(0, 1))).toEqual({
      kl: Number.POSITIVE_INFINITY,
      js: Math.LN2,
    });
  });

  test('cells that differ in number are refused', () => {
    expect(() => divergences(new Float64Array(2), new Float64Array(3))).toThrow('got 2, 3');
    expect(() => divergences(new Float64Array(0), new Float64Array(0))).toThrow(RangeError);
  });
});

describe('on a grid', () => {
  test('positions fall into the cell that holds them, and past the box into one more', () => {
    const cloud = Float64Array.of(-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, 5, 0, 0, -1.1);
    expect(Array.from(countsOnGrid(cloud, 2, 1, 2))).toEqual([1, 1, 0, 1, 2]);
    expect(Array.from(countsOnGrid(Float64Array.of(-1, 0, 0.99, 1), 1, 1, 2))).toEqual([1, 2, 1]);
  });

  test('the same cloud is no distance away; one elsewhere covers nothing', () => {
    const cloud = normals(1000, 2, 1);
    const same = gridDivergences(cloud, cloud, 2, 4, 64);
    expect(same).toEqual({ kl: 0, js: 0, uncovered: 0 });
    // Where 1 / 1000 or more meets nothing but the pseudo-mass, ln(1e-3 / 1e-6) and more is paid.
    const away = gridDivergences(cloud, moved(cloud, [100, 0]), 2, 4, 64);
    expect(away.uncovered).toBe(1);
    expect(away.kl).toBeGreaterThan(Math.log(1000));
    expect(away.js).toBeGreaterThan(0.98 * Math.LN2);
    expect(away.js).toBeLessThanOrEqual(Math.LN2);
  });

  test('half of the cells covered: KL ln 2 on those, and the pseudo-mass on the others, by hand', () => {
    const real = Float64Array.of(-0.5, 0.5);
    const fake = Float64Array.of(-0.5, -0.5);
    const { kl, js, uncovered } = gridDivergences(real, fake, 1, 1, 2);
    const [a, b, total] = [0.5 + 1e-6, 1e-6, 1 + 3e-6];
    expect(kl).toBeCloseTo((a * Math.log(a / (1 + b)) + a * Math.log(a / b)) / total, 12);
    expect(js).toBeCloseTo(0.75 * Math.log(4 / 3), 4);
    expect(uncovered).toBe(0.5);
  });

  test('what is not finite, or no grid', () => {
    const broken = Float64Array.of(0, Number.NaN);
    expect(gridDivergences(broken, square, 2, 1, 4)).toEqual({
      kl: Number.NaN,
      js: Number.NaN,
      uncovered: Number.NaN,
    });
    expect(() => gridDivergences(square, square, 2, 0, 4)).toThrow(RangeError);
    expect(() => gridDivergences(square, square, 2, 1, 0)).toThrow(RangeError);
  });
});

describe('the Fréchet distance of Gaussians', () => {
  const gaussian = (mean: number[], covariance: number[]) => ({
    mean: Float64Array.from(mean),
    covariance: Float64Array.from(covariance),
  });

  test('a number known beforehand', () => {
    const found = frechet(gaussian([0, 0], [2, 0.5, 0.5, 1]), gaussian([1, -1], [1, 0, 0, 3]));
    expect(found).toBeCloseTo(2.8088529, 7);
  });

  test('in the plane tr √A = √(tr A + 2 √det A)', () => {
    const part = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.array(part, { minLength: 8, maxLength: 8 }), (x) => {
        const [s, t] = [x.slice(0, 4), x.slice(4)].map((m) => {
          const root = Float64Array.from(m);
          return multiply(root, transpose(root, 2), 2);
        });
        const product = multiply(s, t, 2);
        const determinant = (m: Float64Array) => m[0] * m[3] - m[1] * m[2];
        const trace = product[0] + product[3];
        const root = Math.sqrt(Math.max(0, trace + 2 * Math.sqrt(Math.max(0, determinant(product)))));
        const expected = s[0] + s[3] + t[0] + t[3] - 2 * root;
        const zero = new Float64Array(2);
        const found = frechet({ mean: zero, covariance: s }, { mean: zero, covariance: t });
        // The root of a determinant that is zero but for rounding: the root of 1e-15 or so.
        expect(Math.abs(found - expected)).toBeLessThan(1e-6);
      }),
    );
  });

  test('diagonal covariances: the squared differences of their roots', () => {
    const diagonal = (values: number[]) =>
      values.flatMap((x, i) => values.map((_, j) => (i === j ? x * x : 0)));
    const found = frechet(gaussian([0, 0, 0], diagonal([1, 2, 0])), gaussian([0, 3, 0], diagonal([2, 5, 7])));
    expect(found).toBeCloseTo(9 + 1 + 9 + 49, 12);
  });

  test('0 at equality, symmetric, a move adds its square, a turn of both changes nothing', () => {
    const [a, b] = [normals(200, 2, 1), normals(300, 2, 2).map((x, i) => (i % 2 === 0 ? 3 * x : x))];
    expect(frechetOfClouds(a, a, 2)).toBeLessThan(1e-14);
    expect(frechetOfClouds(a, b, 2)).toBeCloseTo(frechetOfClouds(b, a, 2), 13);
    expect(frechetOfClouds(a, moved(a, [3, 4]), 2)).toBeCloseTo(25, 12);
    expect(frechetOfClouds(turned(a, 1), turned(b, 1), 2)).toBeCloseTo(frechetOfClouds(a, b, 2), 12);
  });

  test.each([1, 2, 5, 40])('the root of a covariance of %i dimensions, times itself, is it', (n) => {
    const { covariance } = gaussianOf(normals(2 * n, n, 3), n);
    const root = rootSymmetric(covariance, n);
    const again = multiply(root, root, n).map((x, i) => x - covariance[i]);
    expect(frobeniusNorm(again)).toBeLessThan(1e-13 * n * frobeniusNorm(covariance));
    expect(frobeniusNorm(root.map((x, i) => x - transpose(root, n)[i]))).toBeLessThan(1e-13 * n);
  });

  test('means and covariances, over count - 1', () => {
    const { mean, covariance } = gaussianOf(Float64Array.of(0, 0, 2, 0, 0, 2, 2, 2), 2);
    expect(Array.from(mean)).toEqual([1, 1]);
    expect(Array.from(covariance)).toEqual([4 / 3, 0, 0, 4 / 3]);
  });

  test('a flat cloud has a distance; one position, or one not finite, has none', () => {
    const flat = Float64Array.from(normals(20, 2, 4), (x, i) => (i % 2 === 0 ? x : 0));
    expect(frechetOfClouds(flat, normals(20, 2, 5), 2)).toBeGreaterThan(0);
    expect(frechetOfClouds(Float64Array.of(1, 2), square, 2)).toBeNaN();
    expect(frechetOfClouds(Float64Array.of(1, Number.NaN), square, 2)).toBeNaN();
    expect(() => frechet(gaussian([0], [1]), gaussian([0, 0], [1, 0, 0, 1]))).toThrow('got 1 and 2');
  });
});
