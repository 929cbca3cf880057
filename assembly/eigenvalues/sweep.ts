/**
 * Small-bulge multishift QR (Braman, Byers and Mathias 2002, part I; LAPACK's dlaqr5): a chain of bulges, each of
 * two shifts, is chased down the diagonal some rows at a time. Only the window around the chain is kept up to date
 * while it moves; its reflectors are kept, and then applied to the far part of those rows and columns, a strip that
 * stays in the cache at a time.
 */
import { at, BULGES, reflectors, STRIP, shiftIm, shiftRe, stride, strip } from './layout';
import { length, reflectColumns, reflectRows, reflectThree, tau, v1, v2 } from './reflector';

/** Rows between neighbours of the chain: reflectors at work at the same time touch different rows. */
const SPACING: i32 = 3;
const STRIP_STRIDE: usize = 8 * STRIP;

/** The active block, the chain, and the times [since, until) of the present piece. */
let first: i32 = 0;
let last: i32 = 0;
let chain: i32 = 0;
let since: i32 = 0;
let until: i32 = 0;
/** Rows of the present piece that reflectors touch: the window is these, and one more. */
let low: i32 = 0;
let high: i32 = 0;

/** The column that the bulge clears at this time; its reflector acts on the three rows after it. */
function columnOf(bulge: i32, time: i32): i32 {
  return first - 1 + time - SPACING * bulge;
}

function reflectorAt(bulge: i32, time: i32): usize {
  return reflectors + 24 * ((time - since) * BULGES + bulge);
}

/** Begins a sweep of `bulges` bulges over [start, end]; returns the number of times it takes. */
export function begin(start: i32, end: i32, bulges: i32): i32 {
  first = start;
  last = end;
  chain = bulges;
  return end - start + SPACING * (bulges - 1);
}

/**
 * Puts shifts out of the usual order in place of those that did not help: for every two rows from the last one up,
 * the eigenvalues of [[a, s], [-0.4375 s, a]], with s the size of the subdiagonal there (LAPACK's dlaqr0). Returns
 * how many there are.
 */
export function exceptionalShifts(start: i32, end: i32, most: i32): i32 {
  let count = 0;
  for (let i = end; i >= start + 2 && count + 2 <= most; i -= 2) {
    const size = abs(load<f64>(at(i, i - 1))) + abs(load<f64>(at(i - 1, i - 2)));
    const middle = 0.75 * size + load<f64>(at(i, i));
    const turn = sqrt<f64>(0.4375) * size;
    store<f64>(shiftRe + 8 * count, middle);
    store<f64>(shiftRe + 8 * count, middle, 8);
    store<f64>(shiftIm + 8 * count, turn);
    store<f64>(shiftIm + 8 * count, -turn, 8);
    count += 2;
  }
  return count;
}

/** The first column of (H - shift)(H - other shift) for a bulge, up to a factor (LAPACK's dlaqr1). */
function introduce(bulge: i32): void {
  const here = at(first, first);
  const re1 = load<f64>(shiftRe + 16 * bulge);
  const re2 = load<f64>(shiftRe + 16 * bulge, 8);
  const im1 = load<f64>(shiftIm + 16 * bulge);
  const im2 = load<f64>(shiftIm + 16 * bulge, 8);
  const h00 = load<f64>(here);
  const h01 = load<f64>(here, 8);
  const h10 = load<f64>(here + stride);
  const h11 = load<f64>(here + stride, 8);
  const h21 = load<f64>(here + 2 * stride, 8);
  const size = abs(h00 - re2) + abs(im2) + abs(h10) + abs(h21);
  if (size === 0) {
    reflectThree(0, 0, 0);
    return;
  }
  const below = h10 / size;
  const x = (h00 - re1) * ((h00 - re2) / size) - im1 * (im2 / size) + below * h01;
  reflectThree(x, below * (h00 + h11 - re1 - re2), below * h21);
}

/** Moves the chain through times [from, to) within its window. */
export function chase(from: i32, to: i32): void {
  since = from;
  until = to;
  low = max(first, columnOf(chain - 1, from) + 1);
  high = min(last, columnOf(0, to - 1) + 3);
  const right = min(last, high + 1);
  for (let time = from; time < to; time++) {
    for (let bulge = 0; bulge < chain; bulge++) {
      const k = columnOf(bulge, time);
      if (k < first - 1) break;
      if (k > last - 2) continue;
      if (k === first - 1) {
        introduce(bulge);
      } else {
        const column = at(k + 1, k);
        const three = k + 3 <= last;
        reflectThree(
          load<f64>(column),
          load<f64>(column + stride),
          three ? load<f64>(column + 2 * stride) : 0,
        );
        store<f64>(column, length);
        store<f64>(column + stride, 0);
        if (three) store<f64>(column + 2 * stride, 0);
      }
      const kept = reflectorAt(bulge, time);
      store<f64>(kept, tau);
      store<f64>(kept, v1, 8);
      store<f64>(kept, v2, 16);
      reflectRows(at(k + 1, k + 1), stride, right - k, tau, v1, v2);
      reflectColumns(at(low, k + 1), stride, min(k + 4, last) - low + 1, tau, v1, v2);
    }
  }
}

/** Two moves of one bulge on four rows, one after the other: `row` is the first, `count` is even. */
function reflectTwice(row: usize, rowStride: usize, count: i32, kept: usize, next: usize): void {
  const t = v128.load_splat<f64>(kept);
  const a = v128.load_splat<f64>(kept, 8);
  const b = v128.load_splat<f64>(kept, 16);
  const tt = v128.load_splat<f64>(next);
  const aa = v128.load_splat<f64>(next, 8);
  const bb = v128.load_splat<f64>(next, 16);
  let row1 = row + rowStride;
  let row2 = row1 + rowStride;
  let row3 = row2 + rowStride;
  for (let k = count; k > 0; k -= 2) {
    const x = v128.load(row);
    let y = v128.load(row1);
    let z = v128.load(row2);
    const w = v128.load(row3);
    let along = f64x2.mul(t, f64x2.add(f64x2.add(x, f64x2.mul(a, y)), f64x2.mul(b, z)));
    v128.store(row, f64x2.sub(x, along));
    y = f64x2.sub(y, f64x2.mul(a, along));
    z = f64x2.sub(z, f64x2.mul(b, along));
    along = f64x2.mul(tt, f64x2.add(f64x2.add(y, f64x2.mul(aa, z)), f64x2.mul(bb, w)));
    v128.store(row1, f64x2.sub(y, along));
    v128.store(row2, f64x2.sub(z, f64x2.mul(aa, along)));
    v128.store(row3, f64x2.sub(w, f64x2.mul(bb, along)));
    row += 16;
    row1 += 16;
    row2 += 16;
    row3 += 16;
  }
}

/** All reflectors of the piece on the rows of a strip; its row `low` is at `rows`. */
function applyAll(rows: usize, rowStride: usize, count: i32): void {
  const even = count & ~1;
  for (let time = since; time < until; time += 2) {
    for (let bulge = 0; bulge < chain; bulge++) {
      const k = columnOf(bulge, time);
      const row = rows + (k + 1 - low) * rowStride;
      const kept = reflectorAt(bulge, time);
      const isNow = k >= first - 1 && k <= last - 2;
      const isNext = time + 1 < until && k + 1 >= first - 1 && k + 1 <= last - 2;
      if (isNow && isNext && even === count) {
        reflectTwice(row, rowStride, count, kept, kept + 24 * BULGES);
        continue;
      }
      if (isNow) reflectRows(row, rowStride, count, load<f64>(kept), load<f64>(kept, 8), load<f64>(kept, 16));
      const next = kept + 24 * BULGES;
      if (isNext) {
        reflectRows(
          row + rowStride,
          rowStride,
          count,
          load<f64>(next),
          load<f64>(next, 8),
          load<f64>(next, 16),
        );
      }
    }
  }
}

/** The first column, and the end of the rows, of the far part of the present piece. */
export function farColumn(): i32 {
  return min(last, high + 1) + 1;
}

export function farRow(): i32 {
  return low;
}

/** Columns [from, to), right of the window. */
export function updateRight(from: i32, to: i32): void {
  for (let j = from; j < to; j += STRIP) applyAll(at(low, j), stride, min(STRIP, to - j));
}

/** Rows [from, to), above the window: turned into rows of a strip, and back. */
export function updateAboveChain(from: i32, to: i32): void {
  const count = high - low + 2;
  for (let i = from; i < to; i += STRIP) {
    const rows = min(STRIP, to - i);
    const even = (rows + 1) & ~1;
    for (let r = 0; r < even; r += 2) {
      let row = at(i + r, low);
      let to = strip + 8 * r;
      for (let j = 0; j < count; j += 2) {
        const upper = v128.load(row);
        const lower = v128.load(row + stride);
        v128.store(to, v128.shuffle<f64>(upper, lower, 0, 2));
        v128.store(to + STRIP_STRIDE, v128.shuffle<f64>(upper, lower, 1, 3));
        row += 16;
        to += 2 * STRIP_STRIDE;
      }
    }
    applyAll(strip, STRIP_STRIDE, even);
    for (let r = 0; r < rows; r++) {
      const row = at(i + r, low);
      for (let j = 0; j < high - low + 1; j++) {
        store<f64>(row + 8 * j, load<f64>(strip + j * STRIP_STRIDE + 8 * r));
      }
    }
  }
}
