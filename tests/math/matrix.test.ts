/** Dense matrices: the laws that products, transposes, parts and solutions keep. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  antisymmetricPart,
  frobeniusNorm,
  identity,
  multiply,
  solve,
  symmetricPart,
  transpose,
} from '../../src/math/matrix.ts';
import { stream } from '../../src/math/random.ts';

const randomMatrix = (n: number, seed: number) => stream(seed, 'matrix', n).normals(new Float64Array(n * n));
const difference = (a: Float64Array, b: Float64Array) => frobeniusNorm(a.map((value, i) => value - b[i]));

const sized = fc.record({ n: fc.integer({ min: 0, max: 12 }), seed: fc.nat() });

describe('matrices', () => {
  test('row-major: the product of two examples, worked by hand', () => {
    const product = multiply(new Float64Array([1, 2, 3, 4]), new Float64Array([0, 1, 1, 1]), 2);
    expect(Array.from(product)).toEqual([2, 3, 4, 7]);
  });

  test('products: identity, associativity, and the transpose of a product', () => {
    fc.assert(
      fc.property(sized, ({ n, seed }) => {
        const [a, b, c] = [randomMatrix(n, seed), randomMatrix(n, seed + 1), randomMatrix(n, seed + 2)];
        expect(multiply(a, identity(n), n)).toEqual(a);
        // n^2 products of a few units, each rounded to 2.2e-16.
        const tolerance = 1e-14 * (1 + n * n * n);
        expect(difference(multiply(multiply(a, b, n), c, n), multiply(a, multiply(b, c, n), n))).toBeLessThan(
          tolerance,
        );
        expect(
          difference(transpose(multiply(a, b, n), n), multiply(transpose(b, n), transpose(a, n), n)),
        ).toBeLessThan(tolerance);
      }),
    );
  });

  test('the two parts add up, are what they are called, and are orthogonal', () => {
    fc.assert(
      fc.property(sized, ({ n, seed }) => {
        const a = randomMatrix(n, seed);
        const potential = symmetricPart(a, n);
        const rotation = antisymmetricPart(a, n);
        expect(transpose(potential, n)).toEqual(potential);
        expect(
          difference(
            transpose(rotation, n),
            rotation.map((x) => -x),
          ),
        ).toBe(0);
        expect(
          difference(
            potential.map((x, i) => x + rotation[i]),
            a,
          ),
        ).toBeLessThan(1e-14 * (1 + n));
        expect(Math.hypot(frobeniusNorm(potential), frobeniusNorm(rotation))).toBeCloseTo(
          frobeniusNorm(a),
          12,
        );
      }),
    );
  });

  test('solve undoes multiply, for one or many right-hand sides', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(), (n, seed) => {
        // n on the diagonal keeps the condition number small, so the answer is good to rounding.
        const a = randomMatrix(n, seed).map((x, i) => x + (i % (n + 1) === 0 ? 3 * n : 0));
        const x = randomMatrix(n, seed + 1);
        expect(difference(solve(a, n, multiply(a, x, n)), x)).toBeLessThan(1e-12);
        const column = x.filter((_, i) => i % n === 0);
        const image = multiply(a, x, n).filter((_, i) => i % n === 0);
        expect(difference(solve(a, n, image), column)).toBeLessThan(1e-12);
      }),
    );
  });

  test('solve leaves a small residual on any random matrix, and its input alone', () => {
    for (let seed = 0; seed < 20; seed++) {
      const n = 30;
      const a = randomMatrix(n, seed);
      const kept = a.slice();
      const b = randomMatrix(n, seed + 100);
      const x = solve(a, n, b);
      // Backward stability: the residual is a few roundings of |A| |X|, whatever the condition.
      expect(difference(multiply(a, x, n), b)).toBeLessThan(1e-14 * n * frobeniusNorm(a) * frobeniusNorm(x));
      expect(a).toEqual(kept);
    }
  });

  test('solve pivots, and takes rows of any scale', () => {
    const b = new Float64Array([2, 3]);
    expect(Array.from(solve(new Float64Array([0, 1, 1, 0]), 2, b))).toEqual([3, 2]);
    expect(Array.from(solve(new Float64Array([2 ** -100, 0, 0, 2 ** 100]), 2, b))).toEqual([
      2 ** 101,
      3 * 2 ** -100,
    ]);
  });

  test.each([
    ['zero', [0]],
    ['equal rows', [1, 2, 1, 2]],
    ['a multiple that rounds', [0.1, 0.3, 0.2, 0.6]],
    ['not a number', [Number.NaN, 1, 1, 1]],
  ])('solve says that a matrix is singular: %s', (_, entries) => {
    const n = Math.sqrt(entries.length);
    expect(() => solve(new Float64Array(entries), n, new Float64Array(n))).toThrow(/singular/);
  });

  test('the norm neither overflows nor underflows', () => {
    expect(frobeniusNorm(new Float64Array([3e200, 4e200]))).toBeCloseTo(5e200, -190);
    expect(frobeniusNorm(new Float64Array([3e-200, 4e-200]))).toBeCloseTo(5e-200, 210);
    expect(frobeniusNorm(new Float64Array(4))).toBe(0);
    expect(frobeniusNorm(new Float64Array([1, Number.NaN]))).toBeNaN();
    expect(frobeniusNorm(new Float64Array([1, Number.NEGATIVE_INFINITY]))).toBe(Number.POSITIVE_INFINITY);
  });

  test('other shapes are refused', () => {
    expect(() => multiply(new Float64Array(4), new Float64Array(3), 2)).toThrow(RangeError);
    expect(() => transpose(new Float64Array(3), 2)).toThrow(RangeError);
    expect(() => solve(identity(2), 2, new Float64Array(3))).toThrow(RangeError);
  });
});
