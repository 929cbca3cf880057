/** Eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's rotations. */
import { identity, requireSquare } from './matrix.ts';

export interface SymmetricEigen {
  /** Descending. */
  readonly values: Float64Array;
  /** Row k, [k n, k n + n), is the unit eigenvector of value k; together they are orthonormal. */
  readonly vectors: Float64Array;
}

/** Sweeps over all pairs: convergence is quadratic, six to ten are usual. */
const SWEEPS = 60;

/**
 * All eigenvalues and eigenvectors of a symmetric n x n row-major matrix, which is left untouched; both are NaN
 * where it is not finite. For n of some tens: a sweep takes about 4 n³ multiplications.
 *
 * Cyclic Jacobi (Golub and Van Loan, Matrix Computations, 8.5). Throws a RangeError on another shape.
 */
export function eigenSymmetric(matrix: Float64Array, n: number): SymmetricEigen {
  requireSquare(matrix, n);
  if (!matrix.every(Number.isFinite)) {
    return {
      values: new Float64Array(n).fill(Number.NaN),
      vectors: new Float64Array(n * n).fill(Number.NaN),
    };
  }
  const a = matrix.slice();
  const rows = identity(n);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let turned = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const beside = a[p * n + q];
        // Too small to change either diagonal entry.
        if (Math.abs(beside) <= (Number.EPSILON / 4) * Math.sqrt(Math.abs(a[p * n + p] * a[q * n + q])))
          continue;
        turned = true;
        const ratio = (a[q * n + q] - a[p * n + p]) / (2 * beside);
        const tangent = Math.sign(ratio || 1) / (Math.abs(ratio) + Math.hypot(1, ratio));
        const cosine = 1 / Math.hypot(1, tangent);
        const sine = tangent * cosine;
        for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q, cosine, sine);
        for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k, cosine, sine);
        for (let k = 0; k < n; k++) turn(rows, p * n + k, q * n + k, cosine, sine);
        a[p * n + q] = 0;
        a[q * n + p] = 0;
      }
    }
    if (!turned) break;
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j * n + j] - a[i * n + i]);
  const vectors = new Float64Array(n * n);
  order.forEach((from, k) => {
    vectors.set(rows.subarray(from * n, from * n + n), k * n);
  });
  return { values: Float64Array.from(order, (i) => a[i * n + i]), vectors };
}

function turn(values: Float64Array, i: number, j: number, cosine: number, sine: number): void {
  const first = values[i];
  const second = values[j];
  values[i] = cosine * first - sine * second;
  values[j] = sine * first + cosine * second;
}
