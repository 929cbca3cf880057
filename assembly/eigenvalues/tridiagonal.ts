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

/**
 * y = A x for the symmetric A whose upper triangle, [size x size], begins at a: each entry is read once, two rows at
 * a time.
 */
function timesSymmetric(y: usize, a: usize, x: usize, size: i32): void {
  memory.fill(y, 0, 8 * size);
  let i = 0;
  for (; i + 2 <= size; i += 2) {
    let row = a + i * (stride + 8);
    const corner = row + stride + 8;
    const beside = load<f64>(row, 8);
    const x0 = load<f64>(x + 8 * i);
    const x1 = load<f64>(x + 8 * i, 8);
    const scale0 = f64x2.splat(x0);
    const scale1 = f64x2.splat(x1);
    let sum0 = f64x2.splat(0);
    let sum1 = sum0;
    const first = load<f64>(row);
    row += 16;
    let next = corner + 8;
    let from = x + 8 * (i + 2);
    let to = y + 8 * (i + 2);
    let k = size - i - 2;
    for (; k >= 2; k -= 2) {
      const p = v128.load(row);
      const q = v128.load(next);
      const part = v128.load(from);
      sum0 = f64x2.add(sum0, f64x2.mul(p, part));
      sum1 = f64x2.add(sum1, f64x2.mul(q, part));
      v128.store(to, f64x2.add(f64x2.add(v128.load(to), f64x2.mul(scale0, p)), f64x2.mul(scale1, q)));
      row += 16;
      next += 16;
      from += 16;
      to += 16;
    }
    let y0 = f64x2.extract_lane(sum0, 0) + f64x2.extract_lane(sum0, 1) + first * x0 + beside * x1;
    let y1 = f64x2.extract_lane(sum1, 0) + f64x2.extract_lane(sum1, 1) + beside * x0 + load<f64>(corner) * x1;
    if (k > 0) {
      const p = load<f64>(row);
      const q = load<f64>(next);
      y0 += p * load<f64>(from);
      y1 += q * load<f64>(from);
      store<f64>(to, load<f64>(to) + x0 * p + x1 * q);
    }
    const here = y + 8 * i;
    store<f64>(here, load<f64>(here) + y0);
    store<f64>(here, load<f64>(here, 8) + y1, 8);
  }
  if (i < size) {
    const here = y + 8 * i;
    store<f64>(here, load<f64>(here) + load<f64>(a + i * (stride + 8)) * load<f64>(x + 8 * i));
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
