/** The real Schur form of a small dense matrix, its diagonal blocks in an order of choice, and its eigenvectors. */
import { requireSquare } from './matrix.ts';

/**
 * A = Q T Q', all n x n and row-major. Q is orthogonal; T is zero below its diagonal blocks: of one row for a
 * real eigenvalue, of two rows [[a, b], [c, a]], b c < 0, for a conjugate pair a +- sqrt(b c).
 */
export interface Schur {
  readonly n: number;
  readonly t: Float64Array;
  readonly q: Float64Array;
  /** False when the iteration gave up: T is not finished then. */
  readonly converged: boolean;
}

/** QR sweeps allowed for one eigenvalue before giving up: a few are usual. */
const SWEEPS_PER_EIGENVALUE = 60;
/** Every so many sweeps without a new eigenvalue, a shift out of the usual order breaks cycles. */
const EXCEPTIONAL_EVERY = 10;
/** A swap of neighbours may disturb T by so many roundings of its entries (Bai and Demmel 1993). */
const SWAP_ROUNDINGS = 30;
/** Vectors are scaled down beyond this, so that nothing overflows. */
const HUGE = 1e100;

/**
 * The real Schur form: Householder reduction to Hessenberg form and Francis's double-shift QR (Golub and Van
 * Loan, 7.4 and 7.5), with the transformations gathered in Q. For finite matrices of some dozen rows: every
 * transformation acts on whole rows.
 */
export function realSchur(matrix: Float64Array, n: number): Schur {
  requireSquare(matrix, n);
  const t = matrix.slice();
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  for (let k = 0; k + 2 < n; k++) {
    const column = Array.from({ length: n - k - 1 }, (_, i) => t[(k + 1 + i) * n + k]);
    const reflection = reflectionOf(column);
    if (!reflection) continue;
    reflect(t, q, n, k + 1, reflection);
    for (let i = k + 2; i < n; i++) t[i * n + k] = 0;
  }
  return { n, t, q, converged: iterate(t, q, n) };
}

/** How many rows the diagonal block has that begins in row `at`. */
export const blockAt = ({ t, n }: Pick<Schur, 't' | 'n'>, at: number): 1 | 2 =>
  at + 1 < n && t[(at + 1) * n + at] !== 0 ? 2 : 1;

/** The eigenvalue of the block that begins in row `at`; of a pair the one with the positive imaginary part. */
export function eigenvalueAt(schur: Pick<Schur, 't' | 'n'>, at: number): readonly [re: number, im: number] {
  const { t, n } = schur;
  const here = at * n + at;
  if (blockAt(schur, at) === 1) return [t[here], 0];
  return [t[here], Math.sqrt(Math.abs(t[here + 1])) * Math.sqrt(Math.abs(t[here + n]))];
}

/**
 * Brings the blocks into falling order of `key`, in place: neighbours are swapped by orthogonal
 * transformations (Bai and Demmel 1993). Keys that differ by rounding count as equal; neighbours that are too
 * close to be swapped stay as they are.
 */
export function sortSchur(schur: Schur, key: (re: number, im: number) => number): void {
  const { n, t } = schur;
  const tie = n * Number.EPSILON * largestOf(t);
  const keyAt = (at: number) => key(...eigenvalueAt(schur, at));
  for (let at = 0, next = 0; at < n; at = next) {
    next = at + blockAt(schur, at);
    for (let to = at; to > 0; ) {
      const before = to >= 2 && t[(to - 1) * n + to - 2] !== 0 ? to - 2 : to - 1;
      if (!(keyAt(to) > keyAt(before) + tie) || !swap(schur, before)) break;
      to = before;
    }
  }
}

/**
 * The eigenvector of T, of length one, for the eigenvalue of the block that begins in row `at` (of a pair, the
 * one with the positive imaginary part): T y = lambda y, y zero below the block.
 */
export function eigenvectorAt(schur: Schur, at: number): { re: Float64Array; im: Float64Array } {
  const { n, t } = schur;
  const [re, im] = eigenvalueAt(schur, at);
  const y = { re: new Float64Array(n), im: new Float64Array(n) };
  const last = at + blockAt(schur, at) - 1;
  const [b, c] = [t[at * n + last], t[last * n + at]];
  y.re[at] = 1;
  if (last > at && Math.abs(b) >= Math.abs(c)) y.im[last] = im / b;
  else if (last > at) {
    y.re[at] = 0;
    y.im[at] = im / c;
    y.re[last] = 1;
  }
  // No divisor is smaller than rounding: the answer is that of a matrix which is that near.
  const least = Number.EPSILON * (largestOf(t) || 1);
  const right = new Float64Array(4);
  for (let i = at - 1; i >= 0; i--) {
    const first = i > 0 && t[i * n + i - 1] !== 0 ? i - 1 : i;
    right.fill(0);
    for (let row = first; row <= i; row++) {
      for (let k = i + 1; k <= last; k++) {
        right[2 * (row - first)] -= t[row * n + k] * y.re[k];
        right[2 * (row - first) + 1] -= t[row * n + k] * y.im[k];
      }
    }
    if (first === i) {
      [y.re[i], y.im[i]] = divide(right[0], right[1], t[i * n + i] - re, -im, least);
    } else {
      // [[a, b], [c, d]] y = right, a and d complex, by Cramer's rule.
      const a = t[first * n + first] - re;
      const d = t[i * n + i] - re;
      const [above, below] = [t[first * n + i], t[i * n + first]];
      const detRe = a * d - im * im - above * below;
      const detIm = -im * (a + d);
      const smallest = least * (Math.abs(above) + Math.abs(below));
      const [r0, i0, r1, i1] = right;
      const top: [number, number] = [r0 * d + i0 * im - above * r1, i0 * d - r0 * im - above * i1];
      const bottom: [number, number] = [a * r1 + im * i1 - below * r0, a * i1 - im * r1 - below * i0];
      [y.re[first], y.im[first]] = divide(...top, detRe, detIm, smallest);
      [y.re[i], y.im[i]] = divide(...bottom, detRe, detIm, smallest);
    }
    if (Math.max(largestOf(y.re), largestOf(y.im)) > HUGE) scale(y, 1 / HUGE);
    i = first;
  }
  scale(y, 1 / Math.max(largestOf(y.re), largestOf(y.im)));
  let sum = 0;
  for (let i = 0; i <= last; i++) sum += y.re[i] * y.re[i] + y.im[i] * y.im[i];
  scale(y, 1 / Math.sqrt(sum));
  return y;
}

function scale({ re, im }: { re: Float64Array; im: Float64Array }, by: number): void {
  for (let i = 0; i < re.length; i++) {
    re[i] *= by;
    im[i] *= by;
  }
}

/** (a + i b) / (c + i d), the divisor taken as `least` where it is smaller. */
function divide(a: number, b: number, c: number, d: number, least: number): [number, number] {
  const size = Math.hypot(c, d);
  if (!(size > least)) return [a / least, b / least];
  const [x, y] = [c / size, d / size];
  return [(a * x + b * y) / size, (b * x - a * y) / size];
}

function largestOf(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  return largest;
}

/** I - tau v v', v[0] = 1, which sends the column to a multiple of (1, 0, ..., 0); none where it is one already. */
interface Reflection {
  readonly v: readonly number[];
  readonly tau: number;
}

function reflectionOf(column: readonly number[]): Reflection | undefined {
  const largest = largestOf(column);
  let sum = 0;
  for (let i = 1; i < column.length; i++) sum += (column[i] / largest) ** 2;
  if (!(sum > 0)) return undefined;
  const first = column[0] / largest;
  const root = Math.sqrt(first * first + sum);
  const length = first > 0 ? -root : root; // the sign avoids cancellation
  const divisor = (first - length) * largest;
  return { v: column.map((x, i) => (i === 0 ? 1 : x / divisor)), tau: (length - first) / length };
}

/** The similarity of T by a reflection of the rows from `at` on, gathered in Q. T is zero left of column `at` - 1. */
function reflect(t: Float64Array, q: Float64Array, n: number, at: number, reflection: Reflection): void {
  if (reflection.v.length === 3) {
    reflectThree(t, q, n, at, reflection);
    return;
  }
  const { v, tau } = reflection;
  const count = v.length;
  for (let j = Math.max(0, at - 1); j < n; j++) {
    let along = 0;
    for (let i = 0; i < count; i++) along += v[i] * t[(at + i) * n + j];
    along *= tau;
    for (let i = 0; i < count; i++) t[(at + i) * n + j] -= along * v[i];
  }
  for (const matrix of [t, q]) {
    for (let row = at; row < n * n; row += n) {
      let along = 0;
      for (let i = 0; i < count; i++) along += v[i] * matrix[row + i];
      along *= tau;
      for (let i = 0; i < count; i++) matrix[row + i] -= along * v[i];
    }
  }
}

/** `reflect` for the three rows of a sweep, where the time goes. */
function reflectThree(t: Float64Array, q: Float64Array, n: number, at: number, { v, tau }: Reflection): void {
  const [, v1, v2] = v;
  const row0 = at * n;
  const row1 = row0 + n;
  const row2 = row1 + n;
  for (let j = Math.max(0, at - 1); j < n; j++) {
    const along = tau * (t[row0 + j] + v1 * t[row1 + j] + v2 * t[row2 + j]);
    t[row0 + j] -= along;
    t[row1 + j] -= along * v1;
    t[row2 + j] -= along * v2;
  }
  // A sweep leaves nothing below the row that it is about to clear.
  const end = Math.min(n, at + 4) * n;
  for (let here = at; here < end; here += n) {
    const along = tau * (t[here] + v1 * t[here + 1] + v2 * t[here + 2]);
    t[here] -= along;
    t[here + 1] -= along * v1;
    t[here + 2] -= along * v2;
  }
  for (let here = at; here < n * n; here += n) {
    const along = tau * (q[here] + v1 * q[here + 1] + v2 * q[here + 2]);
    q[here] -= along;
    q[here + 1] -= along * v1;
    q[here + 2] -= along * v2;
  }
}

/** The similarity of T by [[c, s], [-s, c]] in rows `at` and `at + 1`, gathered in Q. */
function rotate(t: Float64Array, q: Float64Array, n: number, at: number, c: number, s: number): void {
  const [upper, lower] = [at * n, (at + 1) * n];
  for (let j = 0; j < n; j++) {
    const [x, y] = [t[upper + j], t[lower + j]];
    t[upper + j] = c * x + s * y;
    t[lower + j] = c * y - s * x;
  }
  for (const matrix of [t, q]) {
    for (let here = at; here < n * n; here += n) {
      const [x, y] = [matrix[here], matrix[here + 1]];
      matrix[here] = c * x + s * y;
      matrix[here + 1] = c * y - s * x;
    }
  }
}

/** Francis's QR on a Hessenberg matrix; eigenvalues are split off at the lower end. */
function iterate(t: Float64Array, q: Float64Array, n: number): boolean {
  const norm = largestOf(t);
  let sweeps = 0;
  for (let end = n - 1; end > 0; ) {
    let start = end;
    for (; start > 0; start--) {
      const here = start * n + start;
      const around = Math.abs(t[here]) + Math.abs(t[here - n - 1]) || norm;
      if (Math.abs(t[here - 1]) <= Number.EPSILON * around) {
        t[here - 1] = 0;
        break;
      }
    }
    if (start >= end - 1) {
      if (start === end - 1) standardize(t, q, n, start);
      end = start - 1;
      sweeps = 0;
    } else {
      if (sweeps === SWEEPS_PER_EIGENVALUE) return false;
      sweeps++;
      sweep(t, q, n, start, end, sweeps % EXCEPTIONAL_EVERY === 0);
    }
  }
  return true;
}

/** One implicit double-shift step on the block [start, end] of three rows or more. */
function sweep(
  t: Float64Array,
  q: Float64Array,
  n: number,
  start: number,
  end: number,
  exceptional: boolean,
): void {
  const last = end * n + end;
  // The shifts' sum and product: of the eigenvalues of the lower right corner, or LAPACK's way out of cycles.
  let sum = t[last] + t[last - n - 1];
  let product = t[last] * t[last - n - 1] - t[last - 1] * t[last - n];
  if (exceptional) {
    const size = Math.abs(t[last - 1]) + Math.abs(t[last - n - 2]);
    const corner = t[last] + 0.75 * size;
    sum = 2 * corner;
    product = corner * corner + 0.4375 * size * size;
  }
  const here = start * n + start;
  const below = t[here + n];
  let column = [
    t[here] * (t[here] - sum) + product + t[here + 1] * below,
    below * (t[here] + t[here + n + 1] - sum),
    below * t[here + 2 * n + 1],
  ];
  for (let k = start; k < end; k++) {
    const rows = Math.min(3, end - k + 1);
    if (k > start) column = Array.from({ length: rows }, (_, i) => t[(k + i) * n + k - 1]);
    const reflection = reflectionOf(column);
    if (!reflection) continue;
    reflect(t, q, n, k, reflection);
    if (k > start) for (let i = 1; i < rows; i++) t[(k + i) * n + k - 1] = 0;
  }
}

/**
 * Rotates the block of rows `at` and `at + 1` so that it is triangular, or has equal diagonal entries and
 * off-diagonal ones of different signs (LAPACK's dlanv2).
 */
function standardize(t: Float64Array, q: Float64Array, n: number, at: number): void {
  const here = at * n + at;
  const [a, b, c, d] = [t[here], t[here + 1], t[here + n], t[here + n + 1]];
  if (c === 0) return;
  const half = 0.5 * (a - d);
  const larger = Math.max(Math.abs(b), Math.abs(c));
  const smaller = Math.min(Math.abs(b), Math.abs(c)) * (b < 0 ? -1 : 1) * (c < 0 ? -1 : 1);
  const size = Math.max(Math.abs(half), larger);
  const discriminant = (half / size) * half + (larger / size) * smaller;
  if (discriminant >= 4 * Number.EPSILON * size) {
    // Two real ones: the first vector is (z, c).
    const root = Math.sqrt(size) * Math.sqrt(discriminant);
    const z = half + (half < 0 ? -root : root);
    const length = Math.hypot(c, z);
    rotate(t, q, n, at, z / length, c / length);
    t[here + n] = 0;
    return;
  }
  if (a !== d) {
    // Makes the diagonal entries equal.
    const across = b + c;
    const length = Math.hypot(across, a - d);
    const cosine = Math.sqrt(0.5 * (1 + Math.abs(across) / length));
    rotate(t, q, n, at, cosine, (-half / (length * cosine)) * (across < 0 ? -1 : 1));
    const middle = 0.5 * (t[here] + t[here + n + 1]);
    t[here] = middle;
    t[here + n + 1] = middle;
  }
  const [above, beneath] = [t[here + 1], t[here + n]];
  if (beneath === 0 || above * beneath < 0) return;
  // Equal up to rounding, and real after all.
  const [s, r] = [Math.sqrt(Math.abs(above)), Math.sqrt(Math.abs(beneath))];
  const length = Math.hypot(s, r);
  rotate(t, q, n, at, s / length, (above < 0 ? -r : r) / length);
  t[here + n] = 0;
}

/**
 * Swaps the block that begins in row `at` with the one after it; false, and nothing is changed, where they are
 * too close. [Y; I] with T11 Y - Y T22 = -T12 spans the space of the second block: reflections bring it first.
 */
function swap(schur: Schur, at: number): boolean {
  const { n, t, q } = schur;
  const first = blockAt(schur, at);
  const second = blockAt(schur, at + first);
  const rows = first + second;
  if (rows === 2) {
    // The usual case: (t12, t22 - t11) is the second eigenvector.
    const here = at * n + at;
    const [across, apart] = [t[here + 1], t[here + n + 1] - t[here]];
    const length = Math.hypot(across, apart);
    rotate(t, q, n, at, across / length, apart / length);
    t[here + n] = 0;
    return true;
  }
  const y = spaceOfSecond(t, n, at, first, second);
  const reflections: Reflection[] = [];
  for (let k = 0; k < second; k++) {
    const reflection = reflectionOf(y[k].slice(k)) ?? { v: new Array(rows - k).fill(0), tau: 0 };
    reflections.push(reflection);
    const { v, tau } = reflection;
    for (let j = k; j < second; j++) {
      const along = tau * v.reduce((sum, x, i) => sum + x * y[j][k + i], 0);
      v.forEach((x, i) => {
        y[j][k + i] -= along * x;
      });
    }
  }
  // First on a copy of the two blocks alone, to see whether rounding allows it.
  const blocks = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) blocks[i * rows + j] = t[(at + i) * n + at + j];
  }
  const most = SWAP_ROUNDINGS * Number.EPSILON * largestOf(blocks);
  const turned = new Float64Array(rows * rows);
  for (const [k, reflection] of reflections.entries()) reflect(blocks, turned, rows, k, reflection);
  for (let i = second; i < rows; i++) {
    for (let j = 0; j < second; j++) if (!(Math.abs(blocks[i * rows + j]) <= most)) return false;
  }
  for (const [k, reflection] of reflections.entries()) reflect(t, q, n, at + k, reflection);
  for (let i = second; i < rows; i++) for (let j = 0; j < second; j++) t[(at + i) * n + at + j] = 0;
  if (second === 2) standardize(t, q, n, at);
  if (first === 2) standardize(t, q, n, at + second);
  return true;
}

/** The columns of [Y; I]: T11 Y - Y T22 = -T12, at most four equations, by elimination with full pivoting. */
function spaceOfSecond(t: Float64Array, n: number, at: number, first: number, second: number): number[][] {
  const count = first * second;
  const middle = at + first;
  const entry = (i: number, j: number) => t[(at + i) * n + at + j];
  // Unknown i + first * j is Y[i][j].
  const system = Array.from({ length: count }, (_, row) => {
    const [i, j] = [row % first, Math.floor(row / first)];
    const line = new Array<number>(count + 1).fill(0);
    for (let k = 0; k < first; k++) line[k + first * j] += entry(i, k);
    for (let k = 0; k < second; k++) line[i + first * k] -= t[(middle + k) * n + middle + j];
    line[count] = -entry(i, first + j);
    return line;
  });
  const least = Number.EPSILON * Math.max(...system.map((line) => largestOf(line.slice(0, count)))) || 1e-300;
  const order = Array.from({ length: count }, (_, i) => i);
  for (let k = 0; k < count; k++) {
    let [row, column] = [k, k];
    for (let i = k; i < count; i++) {
      for (let j = k; j < count; j++) {
        if (Math.abs(system[i][j]) > Math.abs(system[row][column])) [row, column] = [i, j];
      }
    }
    [system[k], system[row]] = [system[row], system[k]];
    [order[k], order[column]] = [order[column], order[k]];
    for (const line of system) [line[k], line[column]] = [line[column], line[k]];
    if (Math.abs(system[k][k]) < least) system[k][k] = least;
    for (let i = k + 1; i < count; i++) {
      const factor = system[i][k] / system[k][k];
      for (let j = k; j <= count; j++) system[i][j] -= factor * system[k][j];
    }
  }
  const solution = new Array<number>(count).fill(0);
  for (let k = count - 1; k >= 0; k--) {
    let sum = system[k][count];
    for (let j = k + 1; j < count; j++) sum -= system[k][j] * solution[order[j]];
    solution[order[k]] = sum / system[k][k];
  }
  return Array.from({ length: second }, (_, j) => [
    ...solution.slice(first * j, first * (j + 1)),
    ...Array.from({ length: second }, (_, k) => (k === j ? 1 : 0)),
  ]);
}
