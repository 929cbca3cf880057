/** All eigenvalues of a dense real matrix, without eigenvectors: for Jacobians and update maps. */
import { solveBlocked } from './eigen/blocked.ts';
import { closeKernels, type Kernels, openKernels } from './eigen/kernels.ts';
import { solvePlain } from './eigen/plain.ts';
import { finish, within } from './eigen/progress.ts';
import { bringNearOne, isFiniteEverywhere, modulus, takeBack } from './eigen/scale.ts';
import {
  iterateTridiagonal,
  TRIDIAGONAL_SHARE,
  type Tridiagonal,
  tridiagonalizeBlocked,
  tridiagonalizePlain,
} from './eigen/symmetric.ts';
import { requireSquare } from './matrix.ts';
import { type Eigenvalues, eigenvaluesOf } from './smallEigenvalues.ts';

export type { Eigenvalues } from './smallEigenvalues.ts';

/**
 * From so many rows on the kernels are used: twice as fast here as plain TypeScript. They win from 10 rows on, but
 * are not worth compiling for a few small matrices.
 */
const LEAST_COMPILED = 21;
/** Rows copied before the caller may pause. */
const ROWS_AT_ONCE = 128;

/**
 * The n eigenvalues of a real n x n row-major matrix, which is left untouched. A conjugate pair stands
 * side by side, positive imaginary part first; otherwise the order means nothing.
 *
 * Where zeros make the matrix block triangular, up to the order of its rows, the blocks are solved alone, each by
 * balancing, reduction to Hessenberg form and implicit QR with two shifts; for larger matrices by compiled
 * kernels, with many shifts and early deflation (Braman, Byers and Mathias 2002). The answer is exact for a
 * matrix within a modest multiple of 2.2e-16 of the balanced one; an eigenvalue of an m-fold Jordan block
 * therefore carries an error near the m-th root of that. Throws a RangeError on another shape.
 */
export function eigenvalues(matrix: Float64Array, n: number): Eigenvalues {
  return finish(startEigenvalues(matrix, n));
}

/**
 * The same, to be resumed: each `next` works for some milliseconds at most (at n up to 2500) and yields progress
 * within [0, 1], which never falls; the end returns the answer, bit for bit that of `eigenvalues`. The matrix
 * is copied here and may change afterwards. Several may be open at once; one that is given up early by `return`
 * lets go of its memory.
 */
export function startEigenvalues(matrix: Float64Array, n: number): Generator<number, Eigenvalues, void> {
  requireSquare(matrix, n);
  return eigenvaluesOf(matrix.slice(), n, solveBlock);
}

/** The eigenvalues of one block, m x m, into re and im; returns whether all were found. */
function* solveBlock(
  a: Float64Array,
  m: number,
  re: Float64Array,
  im: Float64Array,
): Generator<number, boolean, void> {
  const kernels = m >= LEAST_COMPILED ? openKernels(m) : undefined;
  if (!kernels) return yield* solvePlain(a, m, re, im);
  try {
    yield* copyRows(a, m, kernels);
    const found = yield* solveBlocked(kernels, m);
    re.set(kernels.re);
    im.set(kernels.im);
    return found;
  } finally {
    closeKernels(kernels);
  }
}

/** The largest modulus of an eigenvalue; 0 when n is 0, NaN when `eigenvalues` did not converge. */
export function spectralRadius(matrix: Float64Array, n: number): number {
  const { re, im, converged } = eigenvalues(matrix, n);
  if (!converged) return Number.NaN;
  let radius = 0;
  for (let i = 0; i < n; i++) radius = Math.max(radius, modulus(re[i], im[i]));
  return radius;
}

/**
 * The n eigenvalues of a symmetric n x n row-major matrix, ascending; only its lower triangle is read and
 * nothing is overwritten. All NaN when an entry read is not finite or the iteration gave up.
 *
 * Householder reduction to a tridiagonal matrix, then implicit QR with Wilkinson's shift (Golub and Van
 * Loan, 8.3). Throws a RangeError on another shape.
 */
export function eigenvaluesSymmetric(matrix: Float64Array, n: number): Float64Array {
  return finish(startEigenvaluesSymmetric(matrix, n));
}

/** The same, to be resumed as `startEigenvalues` is. */
export function startEigenvaluesSymmetric(
  matrix: Float64Array,
  n: number,
): Generator<number, Float64Array, void> {
  requireSquare(matrix, n);
  return symmetricOf(matrix.slice(), n);
}

/** The same for a matrix that may be overwritten. */
function* symmetricOf(a: Float64Array, n: number): Generator<number, Float64Array, void> {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) a[j * n + i] = a[i * n + j];
    if (i % ROWS_AT_ONCE === 0) yield 0;
  }
  if (!isFiniteEverywhere(a)) return new Float64Array(n).fill(Number.NaN);
  yield 0;
  const times = bringNearOne(a);
  yield 0;
  const band = yield* within(tridiagonalOf(a, n), 0, TRIDIAGONAL_SHARE);
  const converged = yield* within(iterateTridiagonal(band), TRIDIAGONAL_SHARE, 1);
  if (!converged) return band.diagonal.fill(Number.NaN);
  takeBack(band.diagonal, times);
  return band.diagonal.sort();
}

function* tridiagonalOf(a: Float64Array, n: number): Generator<number, Tridiagonal, void> {
  const kernels = n >= LEAST_COMPILED ? openKernels(n) : undefined;
  if (!kernels) return yield* tridiagonalizePlain(a, n);
  try {
    yield* copyRows(a, n, kernels);
    return yield* tridiagonalizeBlocked(kernels, n);
  } finally {
    closeKernels(kernels);
  }
}

/** Hands a matrix to the kernels. Yields 0 now and then. */
function* copyRows(a: Float64Array, n: number, { matrix, stride }: Kernels): Generator<number, void, void> {
  for (let i = 0; i < n; i++) {
    matrix.set(a.subarray(i * n, i * n + n), i * stride);
    if (i % ROWS_AT_ONCE === 0) yield 0;
  }
}
