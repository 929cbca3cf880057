/** Symmetric eigenvectors: closed forms, then what eigenvectors are. */
import { describe, expect, test } from 'vitest';
import { eigenvaluesSymmetric } from '../../src/math/eigenvalues.ts';
import { eigenSymmetric } from '../../src/math/jacobi.ts';
import { stream } from '../../src/math/random.ts';
import { dot } from '../../src/math/vector.ts';

test('a two by two matrix has the values and directions of its closed form', () => {
  const { values, vectors } = eigenSymmetric(Float64Array.of(2, 1, 1, 2), 2);
  expect(values[0]).toBeCloseTo(3, 14);
  expect(values[1]).toBeCloseTo(1, 14);
  expect(Math.abs(vectors[0])).toBeCloseTo(Math.SQRT1_2, 14);
  expect(vectors[0] * vectors[1]).toBeCloseTo(0.5, 14);
  expect(vectors[2] * vectors[3]).toBeCloseTo(-0.5, 14);
});

test('a diagonal matrix is put in order', () => {
  const { values, vectors } = eigenSymmetric(Float64Array.of(1, 0, 0, 0, -4, 0, 0, 0, 3), 3);
  expect([...values]).toEqual([3, 1, -4]);
  expect([...vectors]).toEqual([0, 0, 1, 1, 0, 0, 0, 1, 0]);
});

describe.each([1, 2, 5, 17, 30])('a random matrix of %i rows', (n) => {
  const drawn = stream(3, 'test.symmetric', n).normals(new Float64Array(n * n));
  const matrix = drawn.map((_, at) => drawn[at] + drawn[(at % n) * n + Math.floor(at / n)]);
  const { values, vectors } = eigenSymmetric(matrix, n);
  const row = (k: number) => vectors.subarray(k * n, k * n + n);

  test('has the values of the tridiagonal algorithm, descending', () => {
    const expected = eigenvaluesSymmetric(matrix, n).reverse();
    for (let k = 0; k < n; k++) expect(Math.abs(values[k] - expected[k])).toBeLessThan(1e-13 * (1 + n));
  });

  test('has orthonormal vectors that it only stretches', () => {
    for (let k = 0; k < n; k++) {
      for (let i = 0; i < n; i++) {
        expect(dot(row(k), row(i))).toBeCloseTo(k === i ? 1 : 0, 13);
        expect(dot(matrix.subarray(i * n, i * n + n), row(k))).toBeCloseTo(values[k] * row(k)[i], 12);
      }
    }
  });
});

test('of rank one and of zeros, the rest is zero; what is not finite has none', () => {
  const { values } = eigenSymmetric(Float64Array.of(1, 2, 2, 4), 2);
  expect(values[0]).toBeCloseTo(5, 14);
  expect(values[1]).toBeCloseTo(0, 14);
  expect([...eigenSymmetric(new Float64Array(9), 3).values]).toEqual([0, 0, 0]);
  expect(eigenSymmetric(Float64Array.of(1, Number.NaN, 0, 1), 2).values).toEqual(
    Float64Array.of(Number.NaN, Number.NaN),
  );
});
