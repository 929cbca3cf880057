/**
 * Francis's implicit double-shift QR (1961) on one small Hessenberg block, after Golub and Van Loan, Matrix
 * Computations, 7.5; alone for the eigenvalues, or to the real Schur form with its vectors.
 */
import { length, reflectColumns, reflectRows, reflectThree, tau, v1, v2 } from './reflector';
import { standardize } from './standard';

/** QR sweeps allowed for one eigenvalue before giving up: a few are usual, LAPACK allows 30. */
const SWEEPS_PER_EIGENVALUE: i32 = 60;
/** Every so many sweeps without a new eigenvalue, a shift out of the usual order breaks cycles. */
const EXCEPTIONAL_EVERY: i32 = 10;

/**
 * Brings the Hessenberg block [size x size] at h to quasi-triangular form: its diagonal has numbers, and 2 x 2
 * blocks [[a, b], [c, a]] with b c < 0. Returns how many leading rows did not converge.
 *
 * With z = 0 only the diagonal blocks mean anything afterwards; else h becomes the Schur form Q' h Q, and z
 * [size x size] becomes Q' z.
 */
export function iterate(h: usize, hs: usize, size: i32, z: usize, zs: usize): i32 {
  const next = hs + 8;
  let norm: f64 = 0;
  for (let i = 0; i < size; i++) {
    for (let j = max(0, i - 1); j < size; j++) norm = max(norm, abs(load<f64>(h + i * hs + 8 * j)));
  }
  let end = size - 1;
  let sweeps = 0;
  while (end >= 0) {
    let start = end;
    for (; start > 0; start--) {
      const here = h + start * next;
      const around = abs(load<f64>(here)) + abs(load<f64>(here - next));
      if (abs(load<f64>(here - 8)) <= f64.EPSILON * (around === 0 ? norm : around)) {
        store<f64>(here - 8, 0);
        break;
      }
    }
    if (start >= end - 1) {
      if (start < end) standardize(h, hs, size, z, zs, start);
      end = start - 1;
      sweeps = 0;
    } else {
      if (sweeps === SWEEPS_PER_EIGENVALUE) return end + 1;
      sweeps++;
      sweep(h, hs, size, z, zs, start, end, sweeps);
    }
  }
  return 0;
}

/** One double-shift step on rows [start, end], three or more. */
function sweep(h: usize, hs: usize, size: i32, z: usize, zs: usize, start: i32, end: i32, sweeps: i32): void {
  const next = hs + 8;
  const last = h + end * next;
  // The two shifts are the eigenvalues of [[s1, .], [., s2]] whose off-diagonal product is `product`.
  let s1 = load<f64>(last);
  let s2 = load<f64>(last - next);
  let product = load<f64>(last - 8) * load<f64>(last - hs);
  if (sweeps % EXCEPTIONAL_EVERY === 0) {
    const low = sweeps % (2 * EXCEPTIONAL_EVERY) === 0 ? start : end - 2;
    const corner = h + low * next;
    const sum = abs(load<f64>(corner + hs)) + abs(load<f64>(corner + hs + next));
    s1 = 0.75 * sum + (low === start ? load<f64>(corner) : load<f64>(last));
    s2 = s1;
    product = -0.4375 * sum * sum;
  }

  // The first column of (H - shift)(H - other shift), up to a factor, has three entries. The sweep may
  // begin at any row `top` above which two subdiagonal entries are small enough together.
  let top = end - 2;
  let x: f64 = 0;
  let y: f64 = 0;
  let w: f64 = 0;
  for (; ; top--) {
    const here = h + top * next;
    const own = load<f64>(here);
    x = ((own - s1) * (own - s2) - product) / load<f64>(here + hs) + load<f64>(here + 8);
    y = own - s1 + (load<f64>(here + next) - s2);
    w = load<f64>(here + hs + next);
    const sum = abs(x) + abs(y) + abs(w);
    if (sum > 0) {
      x /= sum;
      y /= sum;
      w /= sum;
    }
    if (top === start) break;
    const around = abs(load<f64>(here - next)) + abs(own) + abs(load<f64>(here + next));
    if (abs(load<f64>(here - 8)) * (abs(y) + abs(w)) <= f64.EPSILON * abs(x) * around) break;
  }

  const firstRow = z === 0 ? start : 0;
  const lastColumn = z === 0 ? end : size - 1;
  for (let k = top; k < end; k++) {
    const here = h + k * next;
    const three = k + 2 <= end;
    if (k > top) {
      x = load<f64>(here - 8);
      y = load<f64>(here + hs - 8);
      w = three ? load<f64>(here + 2 * hs - 8) : 0;
    }
    reflectThree(x, y, w);
    if (k > top) {
      store<f64>(here - 8, length);
      store<f64>(here + hs - 8, 0);
      if (three) store<f64>(here + 2 * hs - 8, 0);
    } else if (k > start) {
      store<f64>(here - 8, load<f64>(here - 8) * (1 - tau));
    }
    if (tau === 0) continue;
    // In the last step v2 is zero: the row and the column past the block stay as they are.
    reflectRows(here, hs, lastColumn - k + 1, tau, v1, v2);
    reflectColumns(h + firstRow * hs + 8 * k, hs, min(k + 3, end) - firstRow + 1, tau, v1, v2);
    if (z !== 0) reflectRows(z + k * zs, zs, size, tau, v1, v2);
  }
}
