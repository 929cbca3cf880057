/** Linear systems and eigenvalues of an operator that is only known by its products: GMRES, Arnoldi. */
import { type Eigenvalues, smallEigenvalues } from './smallEigenvalues.ts';
import { addScaled, dot, norm, type Vector } from './vector.ts';

/** What is left of a vector of length one when rounding is all there is left. */
const NOTHING = 1e-13;

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
 * invariant, or after `iterations`. A zero or non-finite right side is answered by itself. `apply` may not
 * solve another system: the working storage is kept from one solution to the next.
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
  const { basis, columns, cosines, sines, right, weights } = spaceFor(size, most);
  basis[0].set(b);
  scaleBy(basis[0], 1 / start);
  right.fill(0);
  right[0] = start;
  let used = 0;
  let products = 0;
  while (used < most && Math.abs(right[used]) > tolerance * start) {
    const k = used;
    const next = basis[k + 1];
    apply(basis[k], next);
    products += 1;
    const before = norm(next);
    const column = columns[k];
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
    // A is singular on this space, up to rounding, or overflows: what was found so far is the answer.
    if (!(rotated > NOTHING * before) || !Number.isFinite(rotated)) break;
    cosines[k] = column[k] / rotated;
    sines[k] = column[k + 1] / rotated;
    column[k] = rotated;
    right[k + 1] = -sines[k] * right[k];
    right[k] = cosines[k] * right[k];
    used += 1;
    if (length <= NOTHING * before) break; // the space is invariant: the solution lies in it
    scaleBy(next, 1 / length);
  }
  for (let i = used - 1; i >= 0; i--) {
    let sum = right[i];
    for (let j = i + 1; j < used; j++) sum -= columns[j][i] * weights[j];
    weights[i] = sum / columns[i][i];
  }
  for (let i = 0; i < used; i++) addScaled(x, basis[i], weights[i]);
  return { x, residual: Math.abs(right[used]) / start, products };
}

function scaleBy(vector: Vector, factor: number): void {
  for (let i = 0; i < vector.length; i++) vector[i] *= factor;
}

interface Space {
  readonly size: number;
  readonly basis: Vector[];
  /** Of the triangular factor. */
  readonly columns: Float64Array[];
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
  readonly right: Float64Array;
  readonly weights: Float64Array;
}

/** The working storage of the last solution: the next one, of the same size, begins in it. */
let last: Space | undefined;

function spaceFor(size: number, most: number): Space {
  if (last?.size === size && last.columns.length >= most) return last;
  const vectors = (count: number, length: number) =>
    Array.from({ length: count }, () => new Float64Array(length));
  last = {
    size,
    basis: vectors(most + 1, size),
    columns: vectors(most, most + 1),
    cosines: new Float64Array(most),
    sines: new Float64Array(most),
    right: new Float64Array(most + 1),
    weights: new Float64Array(most),
  };
  return last;
}

/**
 * The eigenvalues of A on the Krylov space span{b, A b, ..., A^(dimensions-1) b}: Arnoldi's Ritz values, which
 * find the outer eigenvalues first. Fewer where the space is invariant; none for a zero or non-finite b.
 */
export function ritzValues(
  apply: (v: Vector, out: Vector) => void,
  b: Vector,
  dimensions: number,
): Eigenvalues {
  const start = norm(b);
  const most = start > 0 && Number.isFinite(start) ? Math.min(dimensions, b.length) : 0;
  const basis: Vector[] = most > 0 ? [b.map((value) => value / start)] : [];
  const columns: Float64Array[] = [];
  while (columns.length < most) {
    const k = columns.length;
    const next = new Float64Array(b.length);
    apply(basis[k], next);
    const before = norm(next);
    const column = new Float64Array(most + 1);
    // Twice: once leaves rounding that spoils small spaces (Kahan, after Parlett, "twice is enough").
    for (let pass = 0; pass < 2; pass++) {
      for (let i = 0; i <= k; i++) {
        const along = dot(next, basis[i]);
        column[i] += along;
        addScaled(next, basis[i], -along);
      }
    }
    const length = norm(next);
    column[k + 1] = length;
    columns.push(column);
    if (!(length > NOTHING * before)) break;
    basis.push(next.map((value) => value / length));
  }
  const n = columns.length;
  const hessenberg = new Float64Array(n * n);
  for (let j = 0; j < n; j++) for (let i = 0; i < n; i++) hessenberg[i * n + j] = columns[j][i];
  return smallEigenvalues(hessenberg, n);
}
