/** Dense matrices of what is only known by its products, in pieces: the Jacobian of a field. */
import type { Field } from './field.ts';
import type { Vector } from './vector.ts';

/** So many columns are written together: a cache line of the row-major matrix. */
const TOGETHER = 8;

/** What is known of a matrix A: A v, and, where that costs less, A v for several v at once. */
export interface Products {
  apply(v: Vector, out: Vector): void;
  readonly together?: {
    readonly count: number;
    products(vectors: readonly Vector[], outs: readonly Vector[]): void;
  };
}

/**
 * The n x n row-major matrix of these products, one for each column. Yields the share that is done after every
 * product, or every few that are made together.
 */
export function* denseMatrix(
  { apply, together }: Products,
  n: number,
): Generator<number, Float64Array, void> {
  if (together) return yield* denseTogether(together, n);
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

function* denseTogether(
  { count, products }: NonNullable<Products['together']>,
  n: number,
): Generator<number, Float64Array, void> {
  const matrix = new Float64Array(n * n);
  const units = Array.from({ length: count }, () => new Float64Array(n));
  const columns = Array.from({ length: count }, () => new Float64Array(n));
  for (let first = 0; first < n; first += count) {
    units.forEach((unit, k) => {
      unit.fill(0);
      if (first + k < n) unit[first + k] = 1;
    });
    products(units, columns);
    const last = Math.min(n, first + count);
    for (let i = 0; i < n; i++) for (let j = first; j < last; j++) matrix[i * n + j] = columns[j - first][i];
    yield last / n;
  }
  return matrix;
}

/** J(w), size x size: entry i * size + j is dF_i / dw_j. */
export const denseJacobian = (field: Field, point: Vector): Generator<number, Float64Array, void> =>
  denseMatrix(productsOf(field, point), field.size);

/** Products with the Jacobian of a field at a point. */
export const productsOf = (field: Field, point: Vector): Products => ({
  apply: (v, out) => field.jvp(point, v, out),
  together: field.together && {
    count: field.together.count,
    products: (vectors, outs) => field.together?.products(point, vectors, outs),
  },
});
