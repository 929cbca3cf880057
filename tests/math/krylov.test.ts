/** GMRES: what it solves, and what it says of what it cannot. */
import { describe, expect, test } from 'vitest';
import { gmres, ritzValues } from '../../src/math/krylov.ts';
import { stream } from '../../src/math/random.ts';
import { addScaled, norm, type Vector } from '../../src/math/vector.ts';

/** v -> A v of a row-major matrix. */
const product = (matrix: Vector, n: number) => (v: Vector, out: Vector) => {
  for (let i = 0; i < n; i++) {
    out[i] = 0;
    for (let j = 0; j < n; j++) out[i] += matrix[i * n + j] * v[j];
  }
};
const normals = (size: number, purpose: string) =>
  stream(3, `test.${purpose}`).normals(new Float64Array(size));
const diagonal = (...values: number[]) => {
  const matrix = new Float64Array(values.length ** 2);
  values.forEach((value, i) => {
    matrix[i * values.length + i] = value;
  });
  return matrix;
};
function missed(matrix: Vector, n: number, x: Vector, b: Vector): number {
  const result = new Float64Array(n);
  product(matrix, n)(x, result);
  return norm(addScaled(result, b, -1)) / norm(b);
}

describe('gmres', () => {
  test.each([1, 2, 7, 30])('solves a random system of size %d in at most as many products', (n) => {
    const matrix = normals(n * n, `matrix${n}`);
    const b = normals(n, `right${n}`);
    const kept = b.slice();
    const { x, residual, products } = gmres(product(matrix, n), b, n, 1e-13);
    expect(missed(matrix, n, x, b)).toBeLessThan(1e-9);
    expect(residual).toBeLessThan(1e-9);
    expect(products).toBeLessThanOrEqual(n);
    expect(b).toEqual(kept);
  });

  test('solves indefinite and skew systems, where conjugate gradients would fail', () => {
    const indefinite = diagonal(3, -2, 1, -0.5);
    const b = Float64Array.of(1, 1, 1, 1);
    const { x } = gmres(product(indefinite, 4), b, 4, 1e-14);
    [1 / 3, -1 / 2, 1, -2].forEach((value, i) => {
      expect(x[i]).toBeCloseTo(value, 12);
    });
    const skew = gmres(product(Float64Array.of(0, 1, -1, 0), 2), Float64Array.of(1, 2), 2, 1e-14).x;
    expect(skew[0]).toBeCloseTo(-2, 14);
    expect(skew[1]).toBeCloseTo(1, 14);
  });

  test('says its true residual when it is stopped early, and that falls with every product', () => {
    const n = 20;
    const matrix = normals(n * n, 'early');
    const b = normals(n, 'earlyRight');
    let before = 1;
    for (let most = 1; most < n; most++) {
      const { x, residual, products } = gmres(product(matrix, n), b, most, 0);
      expect(products).toBe(most);
      expect(residual).toBeCloseTo(missed(matrix, n, x, b), 9);
      expect(residual).toBeLessThanOrEqual(before + 1e-12);
      before = residual;
    }
  });

  test('needs as many products as there are different eigenvalues, and none beyond its tolerance', () => {
    const matrix = diagonal(2, 2, 5, 5, 5, 7);
    const b = new Float64Array(6).fill(1);
    expect(gmres(product(matrix, 6), b, 6, 1e-12).products).toBe(3);
    expect(gmres(product(diagonal(4, 4, 4), 3), new Float64Array(3).fill(1), 3, 1e-12).products).toBe(1);
    expect(gmres(product(matrix, 6), b, 6, 0.99).products).toBeLessThan(3);
  });

  test('on a singular system gives the best that its space has, finite', () => {
    const zero = gmres(product(new Float64Array(9), 3), Float64Array.of(1, 2, 3), 3, 1e-12);
    expect([...zero.x]).toEqual([0, 0, 0]);
    expect(zero.residual).toBe(1);
    const half = gmres(product(diagonal(2, 0), 2), Float64Array.of(1, 1), 2, 1e-12);
    expect(half.x.every(Number.isFinite)).toBe(true);
    expect(half.residual).toBeCloseTo(missed(diagonal(2, 0), 2, half.x, Float64Array.of(1, 1)), 12);
    expect(half.residual).toBeCloseTo(Math.SQRT1_2, 12);
    expect(norm(half.x)).toBeLessThan(2); // and does not run off along what A does not see
    const consistent = gmres(product(diagonal(2, 0), 2), Float64Array.of(1, 0), 2, 1e-12);
    expect([...consistent.x]).toEqual([0.5, 0]);
  });

  test('answers a right side of zero by zero, and one that is not finite by itself', () => {
    const none = gmres(product(diagonal(1, 1), 2), new Float64Array(2), 5, 1e-12);
    expect([...none.x, none.residual, none.products]).toEqual([0, 0, 0, 0]);
    const infinite = gmres(
      product(diagonal(1, 1), 2),
      Float64Array.of(Number.POSITIVE_INFINITY, 1),
      5,
      1e-12,
    );
    expect(infinite.x[0]).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('Ritz values', () => {
  test('of a full space are the eigenvalues', () => {
    const rotation = ritzValues(product(Float64Array.of(0.2, 3, -3, 0.2), 2), Float64Array.of(1, 0), 2);
    expect([...rotation.re].every((value) => Math.abs(value - 0.2) < 1e-12)).toBe(true);
    expect([...rotation.im].map(Math.abs).every((value) => Math.abs(value - 3) < 1e-12)).toBe(true);
  });

  test('of a small space lie in the range of a symmetric matrix, and an invariant space ends early', () => {
    const matrix = diagonal(1, 2, 3, 4, 5, 9);
    const { re, im } = ritzValues(product(matrix, 6), new Float64Array(6).fill(1), 3);
    expect(re.length).toBe(3);
    for (const value of re) expect(value > 1 && value < 9).toBe(true);
    for (const value of im) expect(Math.abs(value)).toBeLessThan(1e-12);
    const two = ritzValues(product(diagonal(2, 2, 5), 3), new Float64Array(3).fill(1), 3);
    expect([...two.re].sort()).toHaveLength(2);
    expect(ritzValues(product(matrix, 6), new Float64Array(6), 3).re.length).toBe(0);
  });
});
