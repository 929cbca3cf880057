/**
 * Reduction of a symmetric matrix to tridiagonal form, PANEL columns at a time (Dongarra, Sorensen and Hammarling
 * 1989; LAPACK's dlatrd). Only entries on and right of the diagonal are read and kept up to date: with V the
 * reflectors of a panel, A becomes A - V W' - W V'.
 */
import { another, at, LEFT_STRIDE, left, order, PANEL, right, small, stride, vector } from './layout';
import { product, SUBTRACT } from './product';
import { length, reflectLong, tau } from './reflector';
import { addMultiple, dot, timesVector } from './vectors';

function leftAt(i: i32, j: i32): usize {
  return left + i * LEFT_STRIDE + 8 * j;
}

function rightAt(i: i32, j: i32): usize {
  return right + i * stride + 8 * j;
}

function widthAt(k: i32): i32 {
  return min(PANEL, order - 2 - k);
}

/** y = A x for the symmetric A whose upper triangle, [size x size], begins at a: each entry is read once. */
function timesSymmetric(y: usize, a: usize, x: usize, size: i32): void {
  memory.fill(y, 0, 8 * size);
  for (let i = 0; i < size; i++) {
    const row = a + i * (stride + 8);
    const own = load<f64>(x + 8 * i);
    const scale = f64x2.splat(own);
    let sum = f64x2.splat(0);
    let more = sum;
    let from = row + 8;
    let by = x + 8 * (i + 1);
    let to = y + 8 * (i + 1);
    let k = size - i - 1;
    for (; k >= 4; k -= 4) {
      const p = v128.load(from);
      const q = v128.load(from, 16);
      sum = f64x2.add(sum, f64x2.mul(p, v128.load(by)));
      more = f64x2.add(more, f64x2.mul(q, v128.load(by, 16)));
      v128.store(to, f64x2.add(v128.load(to), f64x2.mul(scale, p)));
      v128.store(to, f64x2.add(v128.load(to, 16), f64x2.mul(scale, q)), 16);
      from += 32;
      by += 32;
      to += 32;
    }
    sum = f64x2.add(sum, more);
    let total = load<f64>(row) * own + f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
    for (; k > 0; k--) {
      const entry = load<f64>(from);
      total += entry * load<f64>(by);
      store<f64>(to, load<f64>(to) + own * entry);
      from += 8;
      by += 8;
      to += 8;
    }
    store<f64>(y + 8 * i, load<f64>(y + 8 * i) + total);
  }
}

/** Row k + j of the panel that begins at k: brings it up to date, finds its reflector, and W's column j. */
export function tridiagonalizeRow(k: i32, j: i32): void {
  const row = k + j;
  const width = widthAt(k);
  // `left` is [V W], `right` is [W; V]', each a panel wide.
  const x = at(row, 0);
  for (let l = 0; l < j; l++) {
    addMultiple(x + 8 * row, rightAt(l, row), -load<f64>(leftAt(row, l)), order - row);
    addMultiple(x + 8 * row, rightAt(width + l, row), -load<f64>(leftAt(row, width + l)), order - row);
  }
  const first = row + 1;
  const count = order - first;
  const v = rightAt(width + j, 0);
  memory.fill(v + 8 * row, 0, 8);
  memory.copy(v + 8 * first, x + 8 * first, 8 * count);
  reflectLong(v + 8 * first, count);
  const t = tau;
  store<f64>(x + 8 * first, length);
  memory.fill(v + 8 * (k + 1), 0, 8 * (first - k - 1));

  // w = tau (A v - V W' v - W V' v), then w -= (tau / 2) (w' v) v.
  const w = rightAt(j, 0);
  memory.fill(w + 8 * (k + 1), 0, 8 * (order - k - 1));
  if (t !== 0) {
    timesSymmetric(w + 8 * first, at(first, first), v + 8 * first, count);
    const sums = small;
    for (let l = 0; l < j; l++) {
      store<f64>(sums + 8 * l, dot(rightAt(l, first), v + 8 * first, count));
      store<f64>(sums + 8 * (j + l), dot(rightAt(width + l, first), v + 8 * first, count));
    }
    timesVector(another + 8 * first, leftAt(first, 0), LEFT_STRIDE, sums, count, j);
    timesVector(vector + 8 * first, leftAt(first, width), LEFT_STRIDE, sums + 8 * j, count, j);
    for (let i = first; i < order; i++) {
      const sum = load<f64>(w + 8 * i) - load<f64>(another + 8 * i) - load<f64>(vector + 8 * i);
      store<f64>(w + 8 * i, t * sum);
    }
    const along = dot(w + 8 * first, v + 8 * first, count);
    addMultiple(w + 8 * first, v + 8 * first, -0.5 * t * along, count);
  }
  for (let i = k + 1; i < order; i++) {
    store<f64>(leftAt(i, j), load<f64>(v + 8 * i));
    store<f64>(leftAt(i, width + j), load<f64>(w + 8 * i));
  }
}

/** Rows [begin, end) of the rest, from the diagonal on: A -= V W' + W V'. */
export function updateSymmetric(k: i32, begin: i32, end: i32): void {
  const width = widthAt(k);
  product(
    at(begin, begin),
    stride,
    leftAt(begin, 0),
    LEFT_STRIDE,
    rightAt(0, begin),
    stride,
    end - begin,
    order - begin,
    2 * width,
    SUBTRACT,
  );
}
