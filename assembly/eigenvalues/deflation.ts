/**
 * Aggressive early deflation (Braman, Byers and Mathias 2002, part II; LAPACK's dlaqr2): the lower right corner of
 * the active block is brought to Schur form, which leaves a spike in the column before it. Eigenvalues whose entry
 * of the spike is negligible are found; the others are excellent shifts.
 */
import { moveUp } from './exchange';
import { iterate } from './francis';
import {
  another,
  at,
  block,
  im,
  left,
  re,
  STRIP,
  shiftIm,
  shiftRe,
  stride,
  transposed,
  vector,
  vectors,
  WINDOW_STRIDE,
} from './layout';
import { product, SET } from './product';
import { length, reflectLong, tau } from './reflector';
import { readEigenvalues } from './standard';
import { addMultiple, dot } from './vectors';

let window: i32 = 0;
let kept: i32 = 0;
let shifts: i32 = 0;

function blockAt(i: i32, j: i32): usize {
  return block + i * WINDOW_STRIDE + 8 * j;
}

function transposedAt(i: i32, j: i32): usize {
  return transposed + i * WINDOW_STRIDE + 8 * j;
}

/** How many shifts the last call left: conjugate pairs, or pairs of real numbers, side by side. */
export function shiftCount(): i32 {
  return shifts;
}

/** rows x columns at `to` become (I - tau v v') of them. */
function reflectLeft(to: usize, rows: i32, columns: i32, v: usize, t: f64): void {
  const sums = another;
  memory.fill(sums, 0, 8 * columns);
  for (let i = 0; i < rows; i++) addMultiple(sums, to + i * WINDOW_STRIDE, load<f64>(v + 8 * i), columns);
  for (let i = 0; i < rows; i++)
    addMultiple(to + i * WINDOW_STRIDE, sums, -t * load<f64>(v + 8 * i), columns);
}

/** rows x columns at `to` become them times I - tau v v'. */
function reflectRight(to: usize, rows: i32, columns: i32, v: usize, t: f64): void {
  for (let i = 0; i < rows; i++) {
    const row = to + i * WINDOW_STRIDE;
    addMultiple(row, v, -t * dot(row, v, columns), columns);
  }
}

/** Makes the first `kept` rows of the window a Hessenberg matrix again, the spike being `scale` times z's first column. */
function restore(): void {
  const v = vector;
  for (let i = 0; i < kept; i++) store<f64>(v + 8 * i, load<f64>(transposedAt(i, 0)));
  reflectLong(v, kept);
  let t = tau;
  reflectLeft(block, kept, kept, v, t);
  reflectRight(block, kept, kept, v, t);
  reflectLeft(transposed, kept, window, v, t);
  for (let k = 0; k + 2 < kept; k++) {
    const count = kept - k - 1;
    for (let i = 0; i < count; i++) store<f64>(v + 8 * i, load<f64>(blockAt(k + 1 + i, k)));
    reflectLong(v, count);
    t = tau;
    store<f64>(blockAt(k + 1, k), length);
    for (let i = 1; i < count; i++) store<f64>(blockAt(k + 1 + i, k), 0);
    if (t === 0) continue;
    reflectLeft(blockAt(k + 1, k + 1), count, count, v, t);
    reflectRight(blockAt(0, k + 1), kept, count, v, t);
    reflectLeft(transposedAt(k + 1, 0), count, window, v, t);
  }
}

/** Pairs the eigenvalues of rows [begin, end) of the window as shifts; of an odd number of real ones, one is left out. */
function collectShifts(begin: i32, end: i32): void {
  shifts = 0;
  let waiting = -1;
  for (let i = end - 1; i >= begin; i--) {
    const isPair = i > begin && load<f64>(blockAt(i, i - 1)) !== 0;
    if (isPair) {
      readEigenvalues(block, WINDOW_STRIDE, i - 1, i + 1, shiftRe + 8 * shifts, shiftIm + 8 * shifts);
      shifts += 2;
      i--;
    } else if (waiting < 0) {
      waiting = i;
    } else {
      store<f64>(shiftRe + 8 * shifts, load<f64>(blockAt(waiting, waiting)));
      store<f64>(shiftRe + 8 * shifts, load<f64>(blockAt(i, i)), 8);
      store<f64>(shiftIm + 8 * shifts, 0);
      store<f64>(shiftIm + 8 * shifts, 0, 8);
      shifts += 2;
      waiting = -1;
    }
  }
}

/**
 * Looks at the last `size` rows of the active block [start, end]. Returns how many eigenvalues were found; they
 * stand in `re` and `im` at the last rows, which leave the active block. What is above the window is brought up
 * to date by `updateAbove`, where anything was found.
 */
export function deflate(start: i32, end: i32, size: i32): i32 {
  window = size;
  const top = end - size + 1;
  let spike: f64 = top > start ? load<f64>(at(top, top - 1)) : 0;
  for (let i = 0; i < size; i++) {
    memory.fill(blockAt(i, 0), 0, WINDOW_STRIDE);
    memory.fill(transposedAt(i, 0), 0, WINDOW_STRIDE);
    const first = max(0, i - 1);
    memory.copy(blockAt(i, first), at(top + i, top + first), 8 * (size - first));
    store<f64>(transposedAt(i, i), 1);
  }
  const failed = iterate(block, WINDOW_STRIDE, size, transposed, WINDOW_STRIDE);

  // From the last eigenvalue up: one that cannot be split off is moved out of the way, to the top.
  kept = size;
  let barrier = failed;
  while (barrier < kept) {
    const i = kept - 1;
    const isPair = i > barrier && load<f64>(blockAt(i, i - 1)) !== 0;
    const first = isPair ? i - 1 : i;
    let around = abs(load<f64>(blockAt(i, i)));
    let entry = abs(spike * load<f64>(transposedAt(i, 0)));
    if (isPair) {
      around += sqrt<f64>(abs(load<f64>(blockAt(i, i - 1)))) * sqrt<f64>(abs(load<f64>(blockAt(i - 1, i))));
      entry = max(entry, abs(spike * load<f64>(transposedAt(i - 1, 0))));
    }
    if (around === 0) around = abs(spike);
    if (entry <= f64.EPSILON * around) {
      kept = first;
    } else {
      if (!moveUp(block, WINDOW_STRIDE, transposed, WINDOW_STRIDE, size, first, barrier)) break;
      barrier += kept - first;
    }
  }
  if (kept === 0) spike = 0;
  collectShifts(failed, kept);
  const found = size - kept;
  if (found === 0) return 0;
  readEigenvalues(block, WINDOW_STRIDE, kept, size, re + 8 * (top + kept), im + 8 * (top + kept));
  if (kept > 1 && spike !== 0) restore();
  if (top > start) store<f64>(at(top, top - 1), kept === 0 ? 0 : spike * load<f64>(transposedAt(0, 0)));
  for (let i = 0; i < kept; i++) {
    const first = max(0, i - 1);
    memory.copy(at(top + i, top + first), blockAt(i, first), 8 * (kept - first));
    for (let j = 0; j < size; j++)
      store<f64>(vectors + j * WINDOW_STRIDE + 8 * i, load<f64>(transposedAt(i, j)));
  }
  return found;
}

/** Rows [begin, end) above the window that `deflate` left, whose first row is `top`. */
export function updateAbove(begin: i32, end: i32, top: i32): void {
  if (kept === 0) return;
  const rows = left;
  for (let i = begin; i < end; i += STRIP) {
    const count = min(STRIP, end - i);
    product(rows, WINDOW_STRIDE, at(i, top), stride, vectors, WINDOW_STRIDE, count, kept, window, SET);
    for (let r = 0; r < count; r++) memory.copy(at(i + r, top), rows + r * WINDOW_STRIDE, 8 * kept);
  }
}

/** All eigenvalues of the block [start, end], which is small; returns how many were not found, from `start` on. */
export function finishBlock(start: i32, end: i32): i32 {
  const here = at(start, start);
  const failed = iterate(here, stride, end - start + 1, 0, 0);
  readEigenvalues(
    here,
    stride,
    failed,
    end - start + 1,
    re + 8 * (start + failed),
    im + 8 * (start + failed),
  );
  return failed;
}
