/** The Fréchet distance of two Gaussians: W2 squared between them, and the distance behind FID. */
import { eigenvaluesSymmetric } from '../eigenvalues.ts';
import { multiply, requireSquare, symmetricPart } from '../matrix.ts';
import { isFiniteVector, type Vector } from '../vector.ts';
import { countOf, isMeasurable } from './cloud.ts';

export interface Gaussian {
  /** [dimension] */
  readonly mean: Vector;
  /** [dimension, dimension], symmetric, without negative eigenvalues. */
  readonly covariance: Float64Array;
}

/** The mean and the covariance, over count - 1, of a cloud; NaN in it for a single position. */
export function gaussianOf(cloud: Float64Array, dimension: number): Gaussian {
  const count = countOf(cloud, dimension);
  const mean = new Float64Array(dimension);
  const covariance = new Float64Array(dimension * dimension);
  for (let i = 0; i < count; i++) {
    for (let axis = 0; axis < dimension; axis++) mean[axis] += cloud[dimension * i + axis] / count;
  }
  const off = new Float64Array(dimension);
  for (let i = 0; i < count; i++) {
    for (let axis = 0; axis < dimension; axis++) off[axis] = cloud[dimension * i + axis] - mean[axis];
    for (let row = 0; row < dimension; row++) {
      for (let column = 0; column <= row; column++) {
        covariance[row * dimension + column] += off[row] * off[column];
      }
    }
  }
  for (let row = 0; row < dimension; row++) {
    for (let column = 0; column <= row; column++) {
      covariance[row * dimension + column] /= count - 1;
      covariance[column * dimension + row] = covariance[row * dimension + column];
    }
  }
  return { mean, covariance };
}

/** The Fréchet distance of the Gaussians with the means and covariances of two clouds of any counts. */
export function frechetOfClouds(a: Float64Array, b: Float64Array, dimension: number): number {
  const [first, second] = [gaussianOf(a, dimension), gaussianOf(b, dimension)];
  return isMeasurable(a) && isMeasurable(b) ? frechet(first, second) : Number.NaN;
}

/**
 * |m1 - m2|² + tr(S1 + S2 - 2 (S1 S2)^½) (Dowson and Landau 1982; Heusel et al. 2017, arXiv:1706.08500). The
 * trace of the root is that of (S1^½ S2 S1^½)^½, whose eigenvalues are real, singular covariances included:
 * nothing is added to a diagonal. NaN when something is not finite. Most of the work is the root of the first
 * covariance: whoever compares many with one gives it.
 */
export function frechet(a: Gaussian, b: Gaussian, knownRoot?: Float64Array): number {
  const n = a.mean.length;
  if (b.mean.length !== n) {
    throw new RangeError(`Gaussians to compare have the same dimension; got ${n} and ${b.mean.length}.`);
  }
  requireSquare(a.covariance, n);
  requireSquare(b.covariance, n);
  if (![a.mean, a.covariance, b.mean, b.covariance].every(isFiniteVector)) return Number.NaN;
  const root = knownRoot ?? rootSymmetric(a.covariance, n);
  const between = symmetricPart(multiply(multiply(root, b.covariance, n), root, n), n);
  let distance = 0;
  for (let i = 0; i < n; i++) {
    distance += (a.mean[i] - b.mean[i]) ** 2 + a.covariance[i * n + i] + b.covariance[i * n + i];
  }
  // Below zero by rounding only, both of them.
  for (const value of eigenvaluesSymmetric(between, n)) distance -= 2 * Math.sqrt(Math.max(0, value));
  return Math.max(0, distance);
}

/** Sweeps of Jacobi's method: it converges quadratically, some six do for a hundred rows. */
const SWEEPS = 50;

/**
 * The symmetric root of a symmetric n x n matrix without negative eigenvalues, finite; those that rounding made
 * negative count as 0. Jacobi's method (Golub and Van Loan, Matrix Computations, 8.5).
 */
export function rootSymmetric(matrix: Float64Array, n: number): Float64Array {
  const a = symmetricPart(matrix, n);
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  for (let sweep = 0, turned = true; turned && sweep < SWEEPS; sweep++) {
    turned = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) if (turnAway(a, vectors, n, p, q)) turned = true;
    }
  }
  const out = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const root = Math.sqrt(Math.max(0, a[k * n + k]));
    for (let i = 0; i < n; i++) {
      const along = root * vectors[i * n + k];
      for (let j = 0; j < n; j++) out[i * n + j] += along * vectors[j * n + k];
    }
  }
  return out;
}

/** Turns axes p and q so that entry (p, q) becomes 0; false when it is next to nothing already. */
function turnAway(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): boolean {
  const off = a[p * n + q];
  const [first, second] = [a[p * n + p], a[q * n + q]];
  if (Math.abs(off) <= Number.EPSILON * Math.sqrt(Math.abs(first)) * Math.sqrt(Math.abs(second))) {
    a[p * n + q] = 0;
    a[q * n + p] = 0;
    return false;
  }
  const ratio = (second - first) / (2 * off);
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.sqrt(1 + ratio * ratio));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = tangent * cosine;
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[k * n + p], a[k * n + q]];
    a[k * n + p] = cosine * x - sine * y;
    a[k * n + q] = sine * x + cosine * y;
    const [v, w] = [vectors[k * n + p], vectors[k * n + q]];
    vectors[k * n + p] = cosine * v - sine * w;
    vectors[k * n + q] = sine * v + cosine * w;
  }
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[p * n + k], a[q * n + k]];
    a[p * n + k] = cosine * x - sine * y;
    a[q * n + k] = sine * x + cosine * y;
  }
  return true;
}
