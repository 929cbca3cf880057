/** All eigenvalues of the Jacobian and what they say of descent: rotation, stability, the largest step. */
import { startEigenvalues, startEigenvaluesSymmetric } from '../math/eigenvalues.ts';
import { denseMatrix } from '../math/jacobian.ts';
import { part } from '../math/work.ts';
import { group, number } from '../settings/index.ts';
import { matrixSettings } from './choices.ts';
import { matrixAt } from './matrices.ts';
import { defineLongProbe } from './probe.ts';

/** Rows of the largest matrix that is read in full: the work grows with their cube, the memory with their square. */
export const MOST_ROWS = 2500;
/**
 * Eigenvalues of at most this share of the largest one count as zero: what rounding to float32 leaves of the
 * exact zeros that unused units and symmetries of scale have.
 */
export const ZERO_SHARE = 1e-6;

export const spectrum = defineLongProbe({
  name: 'spectrum',
  label: 'spectrum',
  summary: `All eigenvalues of the Jacobian, of at most ${MOST_ROWS} rows, and what they say: share that pushes away, share that mostly turns, the largest step of simultaneous descent.`,
  cost: 'long',
  settings: group({
    ...matrixSettings,
    tolerance: number({
      label: 'tolerance',
      summary: 'Stable and stationary: all real parts above it, and the length of the field below it.',
      default: 1e-3,
      min: 0,
      max: 1,
      scale: 'log',
      zero: true,
    }),
  }),
  fits: () => true,
  *work(moment, settings) {
    const { step } = moment;
    const matrixThere = matrixAt(moment, settings);
    const { size, symmetric, fieldNorm } = matrixThere;
    const about = { step, matrix: settings.matrix, size, fieldNorm };
    if (size > MOST_ROWS) {
      const tooLarge = `${size} rows are too many to find all eigenvalues: at most ${MOST_ROWS} are read.`;
      return { ...about, tooLarge };
    }
    const products = denseMatrix(matrixThere, size);
    let matrix = products.next();
    // Products come first; in a large matrix the eigenvalues take most of the time.
    const share = Math.min(0.9, 1 / (1 + size / 500));
    for (; !matrix.done; matrix = products.next()) yield share * matrix.value;
    const rotation = yield* rotationOf(matrix.value, size, share);
    const found = yield* eigenvaluesInPieces(matrix.value, size, symmetric, share);
    return { ...about, ...summaryOf(found, rotation, fieldNorm, settings.tolerance) };
  },
});

/** Rows and columns of a tile: what is read across and down then stays in the cache. */
const TILE = 32;

/** ||(J - J') / 2|| / ||J|| in the Frobenius norm; NaN where J is zero. */
function* rotationOf(matrix: Float64Array, n: number, progress: number) {
  let largest = 0;
  for (let i = 0; i < matrix.length; i++) largest = Math.max(largest, Math.abs(matrix[i]));
  let whole = 0;
  let turning = 0;
  for (let row = 0; row < n; row += TILE) {
    for (let column = 0; column < n; column += TILE) {
      for (let i = row; i < Math.min(n, row + TILE); i++) {
        for (let j = column; j < Math.min(n, column + TILE); j++) {
          const entry = matrix[i * n + j] / largest; // no square overflows
          const apart = 0.5 * (entry - matrix[j * n + i] / largest);
          whole += entry * entry;
          turning += apart * apart;
        }
      }
    }
    yield progress;
  }
  return Math.sqrt(turning / whole);
}

function* eigenvaluesInPieces(matrix: Float64Array, size: number, symmetric: boolean, from: number) {
  if (!symmetric) return yield* part(startEigenvalues(matrix, size), from, 1 - from);
  const re = yield* part(startEigenvaluesSymmetric(matrix, size), from, 1 - from);
  return { re, im: new Float64Array(size), converged: re.every(Number.isFinite) };
}

/** What an eigenvalue problem's answer says; null where no eigenvalue has a say. */
function summaryOf(
  { re, im, converged }: { re: Float64Array; im: Float64Array; converged: boolean },
  rotation: number,
  fieldNorm: number,
  tolerance: number,
) {
  const size = re.length;
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, Math.hypot(re[i], im[i]));
  const zeroBelow = ZERO_SHARE * largest;
  let zeros = 0;
  let negative = 0;
  let rotational = 0;
  let largestStep = Number.POSITIVE_INFINITY;
  let largestRatio = 0;
  const range = { minReal: Number.POSITIVE_INFINITY, maxReal: Number.NEGATIVE_INFINITY, maxImaginary: 0 };
  for (let i = 0; i < size; i++) {
    const modulus = Math.hypot(re[i], im[i]);
    range.minReal = Math.min(range.minReal, re[i]);
    range.maxReal = Math.max(range.maxReal, re[i]);
    range.maxImaginary = Math.max(range.maxImaginary, Math.abs(im[i]));
    if (modulus <= zeroBelow) {
      zeros++;
      continue;
    }
    // A real part that is nothing but rounding pushes neither way.
    if (re[i] < -zeroBelow) negative++;
    if (Math.abs(im[i]) > Math.abs(re[i])) rotational++;
    if (re[i] > zeroBelow) largestStep = Math.min(largestStep, (2 * re[i]) / modulus ** 2);
    largestRatio = Math.max(largestRatio, Math.abs(im[i]) / Math.abs(re[i]));
  }
  const told = (value: number) => (converged && Number.isFinite(value) ? value : null);
  const isStationary = fieldNorm <= tolerance;
  return {
    re,
    im,
    converged,
    /** Eigenvalues with |lambda| <= zeroBelow, counted neither as negative nor as rotational. */
    zeros,
    zeroBelow,
    /** Shares of all eigenvalues: with Re < 0, with |Im| > |Re|. */
    shareNegative: told(negative / size),
    shareRotational: told(rotational / size),
    /** Simultaneous descent shrinks every part with Re > 0 below this step: min 2 Re / |lambda|^2 over those. */
    largestStep: told(largestStep),
    /** max |Im / Re|; null where one is infinite. */
    largestRatio: told(largestRatio),
    minReal: told(range.minReal),
    maxReal: told(range.maxReal),
    maxImaginary: told(range.maxImaginary),
    /** ||(J - J') / 2|| / ||J|| in the Frobenius norm: 0 for a potential, 1 for a pure rotation. */
    rotation: told(rotation),
    tolerance,
    isStationary,
    /** A locally stable stationary point (Berard et al. 2020): ||F|| <= tolerance and all Re > tolerance. */
    isLocallyStable: converged && isStationary && range.minReal > tolerance,
  };
}
