/** All eigenvalues of a small dense matrix: without the kernels, which are not worth loading for it. */
import { solvePlain } from './eigen/plain.ts';
import { finish, within } from './eigen/progress.ts';
import { bringNearOne, isFiniteEverywhere, takeBack } from './eigen/scale.ts';
import { blockOf, irreducibleBlocks } from './eigen/split.ts';
import { requireSquare } from './matrix.ts';

/** Eigenvalue i is re[i] + sqrt(-1) im[i]. */
export interface Eigenvalues {
  re: Float64Array;
  im: Float64Array;
  /** False when the input was not finite or the iteration gave up; what was not found is NaN. */
  converged: boolean;
}

/** What `eigenvalues` answers, for matrices of few rows: up to 20, bit for bit. The matrix is left untouched. */
export function smallEigenvalues(matrix: Float64Array, n: number): Eigenvalues {
  requireSquare(matrix, n);
  return finish(eigenvaluesOf(matrix.slice(), n, solvePlain));
}

/** The eigenvalues of a matrix that may be overwritten: those of its irreducible blocks, one after the other. */
export function* eigenvaluesOf(
  a: Float64Array,
  n: number,
  solveBlock: typeof solvePlain,
): Generator<number, Eigenvalues, void> {
  const re = new Float64Array(n).fill(Number.NaN);
  const im = new Float64Array(n).fill(Number.NaN);
  if (!isFiniteEverywhere(a)) return { re, im, converged: false };
  yield 0;
  const times = bringNearOne(a);
  yield 0;
  const blocks = yield* irreducibleBlocks(a, n);
  const work = blocks.reduce((sum, { length: m }) => sum + m ** 3, 0);
  let converged = true;
  let done = 0;
  let at = 0;
  for (const block of blocks) {
    const m = block.length;
    const solution = solveBlock(blockOf(a, n, block), m, re.subarray(at, at + m), im.subarray(at, at + m));
    const found = yield* within(solution, done, done + m ** 3 / work);
    converged &&= found;
    done += m ** 3 / work;
    at += m;
  }
  takeBack(re, times);
  takeBack(im, times);
  return { re, im, converged };
}
