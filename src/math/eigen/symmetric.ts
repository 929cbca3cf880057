/** The eigenvalues of a symmetric matrix: reduction to a tridiagonal one, and implicit QR on that. */
import type { Kernels } from './kernels.ts';
import { reduceToHessenberg } from './plain.ts';

/** Rows that are brought up to date before the caller may pause. */
const ROWS = 48;
/** Of the whole, the share that is the reduction. */
export const TRIDIAGONAL_SHARE = 0.9;
/** QR sweeps allowed for one eigenvalue before giving up: two are usual. */
const SWEEPS_PER_EIGENVALUE = 60;
/** Sweeps before the caller may pause. */
const SWEEPS_AT_ONCE = 4;

/** A symmetric tridiagonal matrix: n entries on the diagonal, and n - 1 and a zero beside it. */
export interface Tridiagonal {
  readonly diagonal: Float64Array;
  readonly beside: Float64Array;
}

/** The band of a matrix with `stride` entries a row; the neighbour of a diagonal entry is `away` from it. */
function bandOf(a: Float64Array, n: number, stride: number, away: number): Tridiagonal {
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    diagonal[i] = a[i * (stride + 1)];
    if (i + 1 < n) beside[i] = a[i * (stride + 1) + away];
  }
  return { diagonal, beside };
}

/** The reduction of a full symmetric matrix, which is overwritten. Yields the share that is done. */
export function* tridiagonalizePlain(a: Float64Array, n: number): Generator<number, Tridiagonal, void> {
  yield* reduceToHessenberg(a, n); // a symmetric matrix in Hessenberg form is tridiagonal
  return bandOf(a, n, n, n);
}

/** The same by compiled kernels, which read the upper triangle. */
export function* tridiagonalizeBlocked(kernels: Kernels, n: number): Generator<number, Tridiagonal, void> {
  const { run, panel: width } = kernels;
  for (let panel = 0; panel + 2 < n; panel += width) {
    const columns = Math.min(width, n - 2 - panel);
    const done = (share: number) => 1 - ((n - panel - share * columns) / n) ** 3;
    for (let row = 0; row < columns; row++) {
      run.tridiagonalizeRow(panel, row);
      yield done(row / columns / 2);
    }
    for (let row = panel + columns; row < n; row += ROWS) {
      run.updateSymmetric(panel, row, Math.min(row + ROWS, n));
      yield done(1 / 2);
    }
  }
  return bandOf(kernels.matrix, n, kernels.stride, 1);
}

/**
 * Implicit QR on a symmetric tridiagonal matrix, which is overwritten: the eigenvalues end on the diagonal,
 * unordered. Yields the share that is done; returns whether all were found.
 */
export function* iterateTridiagonal({ diagonal: d, beside }: Tridiagonal): Generator<number, boolean, void> {
  const n = d.length;
  const squares = beside.map((x) => x * x);
  let size = 0;
  for (let i = 0; i < n; i++) size = Math.max(size, Math.abs(d[i]), Math.abs(beside[i]));
  let sweeps = 0;
  let total = 0;
  for (let end = n - 1; end > 0; ) {
    let start = end;
    for (; start > 0; start--) {
      const negligible = Number.EPSILON * (Math.abs(d[start]) + Math.abs(d[start - 1]) || size);
      if (squares[start - 1] <= negligible * negligible) {
        squares[start - 1] = 0;
        break;
      }
    }
    if (start === end) {
      end--;
      sweeps = 0;
      continue;
    }
    if (sweeps === SWEEPS_PER_EIGENVALUE) return false;
    sweeps++;
    sweepSquares(d, squares, start, end);
    if (++total % SWEEPS_AT_ONCE === 0) yield 1 - ((end + 1) / n) ** 2;
  }
  return true;
}

/**
 * One QR step on rows [start, end] with Wilkinson's shift, the eigenvalue of the lower right corner nearest its last
 * entry. Only the squares of the entries beside the diagonal are needed, and no square root in the loop: the rational
 * variant of Pal, Walker and Kahan (Parlett, The Symmetric Eigenvalue Problem, 8.15; LAPACK's dsterf).
 */
function sweepSquares(d: Float64Array, squares: Float64Array, start: number, end: number): void {
  const beside = Math.sqrt(squares[end - 1]);
  const half = (d[end - 1] - d[end]) / (2 * beside);
  const root = Math.sqrt(half * half + 1);
  const shift = d[end] - beside / (half >= 0 ? half + root : half - root);
  let c = 1; // squares of the cosine and sine of a rotation
  let s = 0;
  let gamma = d[start] - shift;
  let p = gamma * gamma;
  for (let i = start; i < end; i++) {
    const square = squares[i];
    const r = p + square;
    if (i > start) squares[i - 1] = s * r;
    const before = c;
    c = p / r;
    s = square / r;
    const kept = gamma;
    const next = d[i + 1];
    gamma = c * (next - shift) - s * kept;
    d[i] = kept + (next - gamma);
    p = c === 0 ? before * square : (gamma * gamma) / c;
  }
  squares[end - 1] = s * p;
  d[end] = shift + gamma;
}
