/** The outer eigenvalues of a large matrix that is only known by its products: Krylov-Schur. */
import type { Stream } from './random.ts';
import { blockAt, eigenvalueAt, eigenvectorAt, realSchur, type Schur, sortSchur } from './schur.ts';
import { isFiniteVector, norm, type Vector } from './vector.ts';

/** Which eigenvalues come first. Of the imaginary parts, the size counts. */
export type Wanted = 'magnitude' | 'largestReal' | 'smallestReal' | 'largestImaginary';

export interface LeadingOptions {
  readonly wanted: Wanted;
  /** How many; a conjugate pair stays together, so that there may be one more. */
  readonly count: number;
  /** A pair (lambda, v), ||v|| = 1, is good enough when ||A v - lambda v|| is at most this times the largest
   * |lambda| met. */
  readonly tolerance: number;
  /** Of the space that is searched, `count` + 3 at least; 2 `count` + 1 is usual. */
  readonly dimensions: number;
  /** After how many restarts it ends with what it has. */
  readonly restarts: number;
  /** Where start vectors come from: the first one, and another each time a space turns out to be invariant. */
  readonly start: (draw: number) => Stream;
}

export interface Leading {
  /** Eigenvalue i is re[i] + sqrt(-1) im[i], the most wanted one first, of a pair the positive imaginary part. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** ||A v - lambda v|| for the vector of length one that belongs to it. */
  readonly residuals: Float64Array;
  /** How many of them, from the first one on, are good enough. */
  readonly converged: number;
  readonly products: number;
  /** False when a product was not finite, or the small problem could not be solved: nothing was found then. */
  readonly finite: boolean;
  /** The eigenvector of eigenvalue i, of length one. */
  vector(i: number): { readonly re: Vector; readonly im: Vector };
}

const keys: Readonly<Record<Wanted, (re: number, im: number) => number>> = {
  magnitude: Math.hypot,
  largestReal: (re) => re,
  smallestReal: (re) => -re,
  largestImaginary: (_, im) => Math.abs(im),
};

/**
 * Orthogonalising is repeated when it leaves less than this of a vector (Daniel et al. 1976, eta = 1/sqrt 2). Much
 * less is not enough: what is left along earlier vectors would grow from restart to restart.
 */
const ENOUGH_LEFT = Math.SQRT1_2;
/** What is left of a vector of length one when rounding is all there is left. */
const NOTHING = 1e-13;
/** How many entries of all vectors are combined at a time: what is read then stays in the first-level cache. */
const CHUNK = 128;

/**
 * The most wanted eigenvalues of A, by products only. `apply(v, out)` writes A v; `v` and `out` are good until
 * it returns. Yields its progress in [0, 1] after every product, and within a restart.
 *
 * Krylov-Schur (Stewart 2001) in real arithmetic: the space is built by Arnoldi's method, orthogonalised once or
 * twice; a restart keeps the Schur vectors of the most wanted Ritz values. An invariant space is continued with
 * another start vector, which also finds further copies of multiple eigenvalues. With as many dimensions as A
 * has, all eigenvalues are found.
 */
export function* leadingEigenvalues(
  apply: (v: Vector, out: Vector) => void,
  size: number,
  { wanted, count, tolerance, dimensions, restarts, start }: LeadingOptions,
): Generator<number, Leading, void> {
  const most = Math.min(size, Math.max(dimensions, count + 3));
  const few = Math.min(count, size);
  /** A V = V S + v[most] b', the vectors of V being the first rows of `basis`. */
  const basis = new Float64Array((most + 1) * size);
  const row = (at: number) => basis.subarray(at * size, (at + 1) * size);
  const small = new Float64Array(most * most);
  const b = new Float64Array(most);
  const along = new Float64Array(most);
  const correction = new Float64Array(most);
  let draws = 0;
  let kept = 0;
  let products = 0;
  let progress = 0;

  /** Takes out of row `at` what lies along the earlier ones, into `along`; the length that is left. */
  function orthogonalise(at: number): number {
    const next = row(at);
    const before = norm(next);
    dots(basis, size, at, next, along);
    subtract(basis, size, at, next, along);
    let left = norm(next);
    if (left < ENOUGH_LEFT * before) {
      dots(basis, size, at, next, correction);
      subtract(basis, size, at, next, correction);
      for (let i = 0; i < at; i++) along[i] += correction[i];
      left = norm(next);
    }
    return left > NOTHING * before ? left : 0;
  }

  function drawInto(at: number): void {
    let left = 0;
    while (left === 0) {
      start(draws++).normals(row(at));
      left = orthogonalise(at);
    }
    scale(row(at), 1 / left);
  }

  if (few === 0) return nothing(products, true);
  drawInto(0);
  for (let restart = 0; ; restart++) {
    let left = 0;
    for (let k = kept; k < most; k++) {
      const next = row(k + 1);
      apply(row(k), next);
      products++;
      if (!isFiniteVector(next)) return nothing(products, false);
      if (k === kept) for (let i = 0; i < k; i++) small[k * most + i] = b[i];
      else small[k * most + k - 1] = left;
      left = orthogonalise(k + 1);
      for (let i = 0; i <= k; i++) small[i * most + k] = along[i];
      if (left > 0) scale(next, 1 / left);
      else if (k + 1 < size) drawInto(k + 1);
      const expected = products / (most + restarts * Math.max(1, most - keptOf(few, most)));
      progress = Math.max(progress, Math.min(0.99, expected));
      yield progress;
    }
    const schur = realSchur(small, most);
    if (!schur.converged) return nothing(products, false);
    sortSchur(schur, keys[wanted]);
    for (let i = 0; i < most; i++) b[i] = left * schur.q[(most - 1) * most + i];
    const found = readOff(schur, b, few);
    const limit = tolerance * found.largest;
    let good = 0;
    while (good < found.re.length && found.residuals[good] <= limit) good++;
    if (good === found.re.length || restart >= restarts) {
      const { re, im, residuals, rows } = found;
      const vector = (i: number) => vectorOf(schur, basis, size, rows[i], im[i] < 0);
      return { re, im, residuals, converged: good, products, finite: true, vector };
    }
    progress = Math.max(progress, good / found.re.length);
    yield progress;

    kept = keptOf(found.re.length, most);
    if (schur.t[kept * most + kept - 1] !== 0) kept += kept + 1 < most ? 1 : -1; // pairs stay together
    combine(basis, size, most, schur.q, kept);
    row(kept).set(row(most));
    small.fill(0);
    for (let i = 0; i < kept; i++) {
      for (let j = 0; j < kept; j++) small[i * most + j] = schur.t[i * most + j];
    }
  }
}

/** How many of the Schur vectors survive a restart: the wanted ones and half of the others. */
const keptOf = (count: number, most: number) => Math.min(most - 1, count + ((most - count) >> 1));

function nothing(products: number, finite: boolean): Leading {
  const none = () => new Float64Array(0);
  return {
    re: none(),
    im: none(),
    residuals: none(),
    converged: 0,
    products,
    finite,
    vector(i) {
      throw new RangeError(`There is no eigenvalue ${i}: none was found.`);
    },
  };
}

/** The first `count` eigenvalues, or one more, with their residuals |b' y| and the rows where their blocks begin. */
function readOff(schur: Schur, b: Float64Array, count: number) {
  const re: number[] = [];
  const im: number[] = [];
  const residuals: number[] = [];
  const rows: number[] = [];
  let largest = 0;
  for (let at = 0; at < schur.n; at += blockAt(schur, at)) {
    const [real, imaginary] = eigenvalueAt(schur, at);
    largest = Math.max(largest, Math.hypot(real, imaginary));
    if (re.length >= count) continue;
    const y = eigenvectorAt(schur, at);
    let [x, z] = [0, 0];
    for (let i = 0; i < schur.n; i++) {
      x += b[i] * y.re[i];
      z += b[i] * y.im[i];
    }
    for (const sign of blockAt(schur, at) === 2 ? [1, -1] : [1]) {
      re.push(real);
      im.push(imaginary === 0 ? 0 : sign * imaginary);
      residuals.push(Math.hypot(x, z));
      rows.push(at);
    }
  }
  return {
    re: Float64Array.from(re),
    im: Float64Array.from(im),
    residuals: Float64Array.from(residuals),
    rows,
    largest,
  };
}

/** V Q y. */
function vectorOf(schur: Schur, basis: Float64Array, size: number, at: number, conjugate: boolean) {
  const { n, q } = schur;
  const y = eigenvectorAt(schur, at);
  const out = { re: new Float64Array(size), im: new Float64Array(size) };
  for (let j = 0; j < n; j++) {
    let [re, im] = [0, 0];
    for (let i = 0; i < n; i++) {
      re += q[j * n + i] * y.re[i];
      im += q[j * n + i] * y.im[i];
    }
    if (conjugate) im = -im;
    for (let k = 0; k < size; k++) {
      out.re[k] += re * basis[j * size + k];
      out.im[k] += im * basis[j * size + k];
    }
  }
  return out;
}

function scale(vector: Vector, by: number): void {
  for (let i = 0; i < vector.length; i++) vector[i] *= by;
}

/** out[j] = <row j of the basis, v> for the first `count` rows; four rows at once, so that v is read less often. */
function dots(basis: Float64Array, size: number, count: number, v: Vector, out: Float64Array): void {
  const whole = count - (count % 4);
  for (let j = 0; j < whole; j += 4) {
    const b0 = j * size;
    const b1 = b0 + size;
    const b2 = b1 + size;
    const b3 = b2 + size;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let i = 0; i < size; i++) {
      const x = v[i];
      s0 += x * basis[b0 + i];
      s1 += x * basis[b1 + i];
      s2 += x * basis[b2 + i];
      s3 += x * basis[b3 + i];
    }
    out[j] = s0;
    out[j + 1] = s1;
    out[j + 2] = s2;
    out[j + 3] = s3;
  }
  for (let j = whole; j < count; j++) {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += v[i] * basis[j * size + i];
    out[j] = sum;
  }
}

/** v -= sum over the first `count` rows of by[j] times row j; four rows at once. */
function subtract(basis: Float64Array, size: number, count: number, v: Vector, by: Float64Array): void {
  const whole = count - (count % 4);
  for (let j = 0; j < whole; j += 4) {
    const b0 = j * size;
    const b1 = b0 + size;
    const b2 = b1 + size;
    const b3 = b2 + size;
    const [c0, c1, c2, c3] = [by[j], by[j + 1], by[j + 2], by[j + 3]];
    for (let i = 0; i < size; i++) {
      v[i] -= c0 * basis[b0 + i] + c1 * basis[b1 + i] + (c2 * basis[b2 + i] + c3 * basis[b3 + i]);
    }
  }
  for (let j = whole; j < count; j++) {
    for (let i = 0; i < size; i++) v[i] -= by[j] * basis[j * size + i];
  }
}

/**
 * The first `count` rows of Q' V, in place of those of V; Q is `rows` x `rows`. Two new rows are summed from four
 * old ones at once, so that each number read is used twice.
 */
function combine(basis: Float64Array, size: number, rows: number, q: Float64Array, count: number): void {
  const even = count + (count % 2);
  const whole = rows + ((4 - (rows % 4)) % 4);
  // Q', padded with zeros; the missing rows are read as the first one, times zero.
  const weights = new Float64Array(even * whole);
  for (let j = 0; j < count; j++) for (let k = 0; k < rows; k++) weights[j * whole + k] = q[k * rows + j];
  const out = new Float64Array(even * CHUNK);
  for (let from = 0; from < size; from += CHUNK) {
    const length = Math.min(CHUNK, size - from);
    out.fill(0);
    for (let j = 0; j < even; j += 2) {
      const first = out.subarray(j * CHUNK, j * CHUNK + length);
      const second = out.subarray((j + 1) * CHUNK, (j + 1) * CHUNK + length);
      for (let k = 0; k < whole; k += 4) {
        const at = j * whole + k;
        const [w0, w1, w2, w3] = [weights[at], weights[at + 1], weights[at + 2], weights[at + 3]];
        const to = at + whole;
        const [x0, x1, x2, x3] = [weights[to], weights[to + 1], weights[to + 2], weights[to + 3]];
        const b0 = k * size + from;
        const b1 = (k + 1 < rows ? k + 1 : 0) * size + from;
        const b2 = (k + 2 < rows ? k + 2 : 0) * size + from;
        const b3 = (k + 3 < rows ? k + 3 : 0) * size + from;
        for (let i = 0; i < length; i++) {
          const v0 = basis[b0 + i];
          const v1 = basis[b1 + i];
          const v2 = basis[b2 + i];
          const v3 = basis[b3 + i];
          first[i] += w0 * v0 + w1 * v1 + (w2 * v2 + w3 * v3);
          second[i] += x0 * v0 + x1 * v1 + (x2 * v2 + x3 * v3);
        }
      }
    }
    for (let j = 0; j < count; j++) {
      for (let i = 0; i < length; i++) basis[j * size + from + i] = out[j * CHUNK + i];
    }
  }
}
