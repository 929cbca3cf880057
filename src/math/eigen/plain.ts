/** The eigenvalues of a matrix of modest size, or where there is no WebAssembly: unblocked, in plain TypeScript. */
import { balance } from './balance.ts';
import { within } from './progress.ts';

/** QR sweeps allowed for one eigenvalue before giving up: a few are usual, LAPACK allows 30. */
const SWEEPS_PER_EIGENVALUE = 60;
/** Every so many sweeps without a new eigenvalue, a shift out of the usual order breaks cycles. */
const EXCEPTIONAL_EVERY = 10;
/** Of the whole, the share that is the reduction to Hessenberg form. */
const REDUCTION = 0.4;

/**
 * The eigenvalues of the n x n matrix h, which is overwritten, into re and im; returns whether all were found.
 * Yields progress within [0, 1].
 *
 * Balancing, reduction to Hessenberg form by Householder reflections, and Francis's implicit double-shift QR
 * (1961), after Golub and Van Loan, Matrix Computations, 7.4 and 7.5.
 */
export function* solvePlain(
  h: Float64Array,
  n: number,
  re: Float64Array,
  im: Float64Array,
): Generator<number, boolean, void> {
  for (const _ of balance(h, n, n)) yield 0;
  yield* within(reduceToHessenberg(h, n), 0, REDUCTION);
  return yield* within(iterateFrancis(h, n, re, im), REDUCTION, 1);
}

/** A similarity by Householder reflections after which a[i][j] is 0 for i > j + 1. Yields the share that is done. */
export function* reduceToHessenberg(a: Float64Array, n: number): Generator<number, void, void> {
  const v = new Float64Array(n);
  const product = new Float64Array(n);
  for (let k = 0; k + 2 < n; k++) {
    let largest = 0;
    for (let i = k + 2; i < n; i++) largest = Math.max(largest, Math.abs(a[i * n + k]));
    if (largest === 0) continue;
    largest = Math.max(largest, Math.abs(a[(k + 1) * n + k]));
    let sum = 0;
    for (let i = k + 1; i < n; i++) {
      v[i] = a[i * n + k] / largest;
      sum += v[i] * v[i];
    }
    // I - tau v v' sends the column to (length, 0, ..., 0); the sign avoids cancellation.
    const length = v[k + 1] > 0 ? -Math.sqrt(sum) : Math.sqrt(sum);
    const tau = (length - v[k + 1]) / length;
    const first = v[k + 1] - length;
    v[k + 1] = 1;
    for (let i = k + 2; i < n; i++) v[i] /= first;

    a[(k + 1) * n + k] = length * largest;
    for (let i = k + 2; i < n; i++) a[i * n + k] = 0;
    product.fill(0, k + 1);
    for (let i = k + 1; i < n; i++) {
      for (let j = k + 1; j < n; j++) product[j] += v[i] * a[i * n + j];
    }
    for (let i = k + 1; i < n; i++) {
      const scale = tau * v[i];
      for (let j = k + 1; j < n; j++) a[i * n + j] -= scale * product[j];
    }
    for (let i = 0; i < n; i++) {
      let along = 0;
      for (let j = k + 1; j < n; j++) along += a[i * n + j] * v[j];
      along *= tau;
      for (let j = k + 1; j < n; j++) a[i * n + j] -= along * v[j];
    }
    yield 1 - ((n - k) / n) ** 2;
  }
}

/**
 * Francis's QR on a Hessenberg matrix, which is overwritten. Eigenvalues are split off at the lower end;
 * only the rows and columns of the block at work are updated, since no vectors are wanted. Yields the share that is done; returns
 * whether all were found.
 */
function* iterateFrancis(
  h: Float64Array,
  n: number,
  re: Float64Array,
  im: Float64Array,
): Generator<number, boolean, void> {
  let norm = 0;
  for (let i = 0; i < h.length; i++) norm = Math.max(norm, Math.abs(h[i]));
  let end = n - 1;
  let sweeps = 0;
  while (end >= 0) {
    const start = startOfBlock(h, n, end, norm);
    if (start === end) {
      re[end] = h[end * n + end];
      im[end] = 0;
      end -= 1;
      sweeps = 0;
    } else if (start === end - 1) {
      splitPair(h, n, start, re, im);
      end -= 2;
      sweeps = 0;
    } else {
      if (sweeps === SWEEPS_PER_EIGENVALUE) return false;
      sweeps++;
      sweepDoubleShift(h, n, start, end, sweeps);
      yield 1 - ((end + 1) / n) ** 2;
    }
  }
  return true;
}

/** The first row of the unreduced block that ends at `end`: the subdiagonal entry above it is negligible. */
function startOfBlock(h: Float64Array, n: number, end: number, norm: number): number {
  let start = end;
  for (; start > 0; start--) {
    const here = start * n + start;
    const around = Math.abs(h[here]) + Math.abs(h[here - n - 1]) || norm;
    if (Math.abs(h[here - 1]) <= Number.EPSILON * around) {
      h[here - 1] = 0;
      break;
    }
  }
  return start;
}

/** The two eigenvalues of the 2 x 2 block at rows i, i + 1, without cancellation in the real case. */
function splitPair(h: Float64Array, n: number, i: number, re: Float64Array, im: Float64Array): void {
  const d = h[(i + 1) * n + i + 1];
  const half = 0.5 * (h[i * n + i] - d);
  const across = h[i * n + i + 1] * h[(i + 1) * n + i];
  const discriminant = half * half + across;
  if (discriminant >= 0) {
    const far = half >= 0 ? half + Math.sqrt(discriminant) : half - Math.sqrt(discriminant);
    re[i] = d + far;
    re[i + 1] = far === 0 ? d : d - across / far;
    im[i] = 0;
    im[i + 1] = 0;
  } else {
    re[i] = d + half;
    re[i + 1] = re[i];
    im[i] = Math.sqrt(-discriminant);
    im[i + 1] = -im[i];
  }
}

/**
 * One implicit double-shift step on the block [start, end] of three rows or more. The two shifts are the
 * eigenvalues of [[s1, .], [., s2]] whose off-diagonal product is `across`: of the lower right corner, or
 * LAPACK's exceptional choice near one end or the other.
 */
function sweepDoubleShift(h: Float64Array, n: number, start: number, end: number, sweeps: number): void {
  const last = end * n + end;
  let s1 = h[last];
  let s2 = h[last - n - 1];
  let across = h[last - 1] * h[last - n];
  if (sweeps % EXCEPTIONAL_EVERY === 0) {
    const low = sweeps % (2 * EXCEPTIONAL_EVERY) === 0 ? start : end - 2;
    const size = Math.abs(h[(low + 1) * n + low]) + Math.abs(h[(low + 2) * n + low + 1]);
    const corner = low === start ? h[start * n + start] : h[last];
    s1 = corner + 0.75 * size;
    s2 = s1;
    across = -0.4375 * size * size;
  }

  // The first column of (H - shift)(H - other shift), up to a factor, has three entries. The sweep may
  // begin at any row `top` above which two subdiagonal entries are small enough together.
  let top = end - 2;
  let x = 0;
  let y = 0;
  let z = 0;
  for (; ; top--) {
    const here = top * n + top;
    const below = h[here + n];
    x = ((h[here] - s1) * (h[here] - s2) - across) / below + h[here + 1];
    y = h[here] - s1 + (h[here + n + 1] - s2);
    z = h[here + 2 * n + 1];
    const size = Math.abs(x) + Math.abs(y) + Math.abs(z);
    if (size > 0) {
      x /= size;
      y /= size;
      z /= size;
    }
    if (top === start) break;
    const around = Math.abs(h[here - n - 1]) + Math.abs(h[here]) + Math.abs(h[here + n + 1]);
    if (Math.abs(h[here - 1]) * (Math.abs(y) + Math.abs(z)) <= Number.EPSILON * Math.abs(x) * around) break;
  }

  for (let k = top; k < end; k++) {
    const three = k + 2 <= end;
    if (k > top) {
      x = h[k * n + k - 1];
      y = h[(k + 1) * n + k - 1];
      z = three ? h[(k + 2) * n + k - 1] : 0;
    }
    const size = Math.abs(x) + Math.abs(y) + Math.abs(z);
    if (size === 0) continue;
    const p = x / size;
    const q = y / size;
    const r = z / size;
    const root = Math.sqrt(p * p + q * q + r * r);
    const length = p > 0 ? -root : root;
    const tau = (length - p) / length;
    const v1 = q / (p - length);
    const v2 = r / (p - length);
    if (k > top) {
      h[k * n + k - 1] = length * size;
      h[(k + 1) * n + k - 1] = 0;
      if (three) h[(k + 2) * n + k - 1] = 0;
    } else if (k > start) {
      h[k * n + k - 1] *= 1 - tau;
    }
    reflect(h, n, k, start, end, tau, v1, v2);
  }
}

/** The similarity by I - tau v v', v = (1, v1, v2) at rows k, k + 1, k + 2, within the block [start, end]. */
function reflect(
  h: Float64Array,
  n: number,
  k: number,
  start: number,
  end: number,
  tau: number,
  v1: number,
  v2: number,
): void {
  const three = k + 2 <= end;
  const row0 = k * n;
  const row1 = row0 + n;
  const row2 = row1 + n;
  const lastRow = Math.min(k + 3, end);
  if (three) {
    for (let j = k; j <= end; j++) {
      const along = tau * (h[row0 + j] + v1 * h[row1 + j] + v2 * h[row2 + j]);
      h[row0 + j] -= along;
      h[row1 + j] -= along * v1;
      h[row2 + j] -= along * v2;
    }
    for (let i = start; i <= lastRow; i++) {
      const at = i * n + k;
      const along = tau * (h[at] + v1 * h[at + 1] + v2 * h[at + 2]);
      h[at] -= along;
      h[at + 1] -= along * v1;
      h[at + 2] -= along * v2;
    }
  } else {
    for (let j = k; j <= end; j++) {
      const along = tau * (h[row0 + j] + v1 * h[row1 + j]);
      h[row0 + j] -= along;
      h[row1 + j] -= along * v1;
    }
    for (let i = start; i <= lastRow; i++) {
      const at = i * n + k;
      const along = tau * (h[at] + v1 * h[at + 1]);
      h[at] -= along;
      h[at + 1] -= along * v1;
    }
  }
}
