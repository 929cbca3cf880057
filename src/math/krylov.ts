/** Linear systems with an operator that is only known by its products: GMRES. */
import { addScaled, dot, norm, type Vector } from './vector.ts';

export interface Solution {
  /** The solution, or the best one in the space that was searched. */
  readonly x: Vector;
  /** ||b - A x|| / ||b||, as GMRES itself keeps it. */
  readonly residual: number;
  /** Products with A. */
  readonly products: number;
}

/**
 * Minimises ||b - A x|| over the Krylov space span{b, A b, ..., A^(iterations-1) b}, by GMRES without restart
 * (Saad & Schultz 1986; modified Gram-Schmidt, Givens rotations).
 *
 * `apply(v, out)` writes A v. Stops when the residual is at most `tolerance` times ||b||, when the space is
 * invariant, or after `iterations`. A zero or non-finite right side is answered by itself.
 */
export function gmres(
  apply: (v: Vector, out: Vector) => void,
  b: Vector,
  iterations: number,
  tolerance: number,
): Solution {
  const size = b.length;
  const x = new Float64Array(size);
  const start = norm(b);
  if (!(start > 0) || !Number.isFinite(start)) {
    if (!(start === 0)) x.set(b);
    return { x, residual: 0, products: 0 };
  }
  const most = Math.min(iterations, size);
  const basis: Vector[] = [b.map((value) => value / start)];
  const columns: Float64Array[] = []; // of the triangular factor
  const cosines: number[] = [];
  const sines: number[] = [];
  const right = new Float64Array(most + 1);
  right[0] = start;
  let products = 0;
  while (products < most && Math.abs(right[products]) > tolerance * start) {
    const k = products;
    const next = new Float64Array(size);
    apply(basis[k], next);
    products += 1;
    const before = norm(next);
    const column = new Float64Array(k + 2);
    for (let i = 0; i <= k; i++) {
      column[i] = dot(next, basis[i]);
      addScaled(next, basis[i], -column[i]);
    }
    const length = norm(next);
    column[k + 1] = length;
    for (let i = 0; i < k; i++) {
      const top = column[i];
      column[i] = cosines[i] * top + sines[i] * column[i + 1];
      column[i + 1] = cosines[i] * column[i + 1] - sines[i] * top;
    }
    const rotated = Math.sqrt(column[k] * column[k] + column[k + 1] * column[k + 1]);
    if (rotated === 0 || !Number.isFinite(rotated)) {
      products = k; // A is singular on this space, or overflows: what was found so far is the answer
      break;
    }
    cosines[k] = column[k] / rotated;
    sines[k] = column[k + 1] / rotated;
    column[k] = rotated;
    right[k + 1] = -sines[k] * right[k];
    right[k] = cosines[k] * right[k];
    columns.push(column);
    if (length <= 1e-14 * before) break; // the space is invariant: the solution lies in it
    basis.push(next.map((value) => value / length));
  }
  const used = columns.length;
  const weights = new Float64Array(used);
  for (let i = used - 1; i >= 0; i--) {
    let sum = right[i];
    for (let j = i + 1; j < used; j++) sum -= columns[j][i] * weights[j];
    weights[i] = sum / columns[i][i];
  }
  for (let i = 0; i < used; i++) addScaled(x, basis[i], weights[i]);
  return { x, residual: Math.abs(right[used]) / start, products };
}
