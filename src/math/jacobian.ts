/** Dense matrices of what is only known by its products, in pieces: the Jacobian of a field. */
import type { Field } from './field.ts';
import type { Vector } from './vector.ts';

/** So many columns are written together: a cache line of the row-major matrix. */
const TOGETHER = 8;

/**
 * The n x n row-major matrix of `apply(v, out)`, which writes A v: n products, one for each column. Yields the
 * share that is done after every product.
 */
export function* denseMatrix(
  apply: (v: Vector, out: Vector) => void,
  n: number,
): Generator<number, Float64Array, void> {
  const matrix = new Float64Array(n * n);
  const unit = new Float64Array(n);
  const columns = Array.from({ length: Math.min(n, TOGETHER) }, () => new Float64Array(n));
  for (let first = 0; first < n; first += TOGETHER) {
    const count = Math.min(TOGETHER, n - first);
    for (let k = 0; k < count; k++) {
      unit[first + k] = 1;
      apply(unit, columns[k]);
      unit[first + k] = 0;
      yield (first + k + 1) / n;
    }
    for (let i = 0; i < n; i++) for (let k = 0; k < count; k++) matrix[i * n + first + k] = columns[k][i];
  }
  return matrix;
}

/** J(w), size x size: entry i * size + j is dF_i / dw_j. */
export const denseJacobian = (field: Field, point: Vector): Generator<number, Float64Array, void> =>
  denseMatrix((v, out) => field.jvp(point, v, out), field.size);
