/**
 * Reduction to Hessenberg form, PANEL columns at a time (Quintana-Orti and van de Geijn 2006; LAPACK's dgehrd
 * and dlahr2). With the reflectors of a panel as Q = I - V T V' and Y = A V T, A becomes Q'(A - Y V'): half of
 * the work of finding V reads the matrix once a column, all the rest are products.
 */
import {
  another,
  at,
  LEFT_STRIDE,
  left,
  order,
  PANEL,
  right,
  small,
  stride,
  triangle,
  vector,
} from './layout';
import { ADD, product, SET, SUBTRACT } from './product';
import { length, reflectLong, tau } from './reflector';
import { addMultiple, dot, timesVector } from './vectors';

const TRIANGLE_STRIDE: usize = 8 * PANEL;

function leftAt(i: i32, j: i32): usize {
  return left + i * LEFT_STRIDE + 8 * j;
}

function rightAt(i: i32, j: i32): usize {
  return right + i * stride + 8 * j;
}

function triangleAt(i: i32, j: i32): usize {
  return triangle + i * TRIANGLE_STRIDE + 8 * j;
}

/** How many columns the panel that begins at column k has. */
function widthAt(k: i32): i32 {
  return min(PANEL, order - 2 - k);
}

/** Column k + j of the panel that begins at k: brings it up to date, finds its reflector, and Y's column j. */
export function reduceColumn(k: i32, j: i32): void {
  const column = k + j;
  const top = k + 1;
  const width = widthAt(k);
  const x = vector;
  for (let i = top; i < order; i++) store<f64>(x + 8 * i, load<f64>(at(i, column)));
  if (j > 0) {
    // x -= Y (row of V), then x -= V T' V' x.
    timesVector(another + 8 * top, leftAt(top, 0), LEFT_STRIDE, leftAt(column, width), order - top, j);
    addMultiple(x + 8 * top, another + 8 * top, -1, order - top);
    const sums = small;
    for (let l = 0; l < j; l++) {
      store<f64>(sums + 8 * l, dot(rightAt(l, top + l), x + 8 * (top + l), order - top - l));
    }
    for (let l = j - 1; l >= 0; l--) {
      let sum: f64 = 0;
      for (let q = 0; q <= l; q++) sum += load<f64>(triangleAt(q, l)) * load<f64>(sums + 8 * q);
      store<f64>(sums + 8 * l, sum);
    }
    timesVector(another + 8 * top, leftAt(top, width), LEFT_STRIDE, sums, order - top, j);
    addMultiple(x + 8 * top, another + 8 * top, -1, order - top);
  }
  const first = column + 1;
  const count = order - first;
  const v = x + 8 * first;
  for (let i = top; i < first; i++) store<f64>(at(i, column), load<f64>(x + 8 * i));
  reflectLong(v, count);
  const scale = tau;
  store<f64>(at(first, column), length);
  for (let i = first + 1; i < order; i++) store<f64>(at(i, column), 0);

  const kept = rightAt(j, 0);
  memory.fill(kept + 8 * top, 0, 8 * j);
  memory.copy(kept + 8 * first, v, 8 * count);
  for (let i = top; i < first; i++) store<f64>(leftAt(i, width + j), 0);
  for (let i = first; i < order; i++) store<f64>(leftAt(i, width + j), load<f64>(x + 8 * i));

  // Y e_j = tau (A v - Y V' v), T e_j = (-tau T V' v, tau).
  if (scale === 0) {
    for (let l = 0; l <= j; l++) store<f64>(triangleAt(l, j), 0);
    for (let i = top; i < order; i++) store<f64>(leftAt(i, j), 0);
    return;
  }
  const y = another;
  timesVector(y + 8 * top, at(top, first), stride, kept + 8 * first, order - top, count);
  const sums = small;
  for (let l = 0; l < j; l++) store<f64>(sums + 8 * l, dot(rightAt(l, first), kept + 8 * first, count));
  const correction = vector;
  timesVector(correction + 8 * top, leftAt(top, 0), LEFT_STRIDE, sums, order - top, j);
  for (let i = top; i < order; i++) {
    store<f64>(leftAt(i, j), scale * (load<f64>(y + 8 * i) - load<f64>(correction + 8 * i)));
  }
  for (let l = 0; l < j; l++) {
    let sum: f64 = 0;
    for (let q = l; q < j; q++) sum += load<f64>(triangleAt(l, q)) * load<f64>(sums + 8 * q);
    store<f64>(triangleAt(l, j), -scale * sum);
  }
  store<f64>(triangleAt(j, j), scale);
}

/** Rows [begin, end), all above the panel's reflectors: A -= (A V T) V'. */
export function updateTop(k: i32, begin: i32, end: i32): void {
  const top = k + 1;
  const width = widthAt(k);
  const y = leftAt(begin, 0);
  product(
    y,
    LEFT_STRIDE,
    at(begin, top),
    stride,
    leftAt(top, width),
    LEFT_STRIDE,
    end - begin,
    width,
    order - top,
    SET,
  );
  for (let i = begin; i < end; i++) {
    for (let j = width - 1; j >= 0; j--) {
      let sum: f64 = 0;
      for (let q = 0; q <= j; q++) sum += load<f64>(leftAt(i, q)) * load<f64>(triangleAt(q, j));
      store<f64>(leftAt(i, j), sum);
    }
  }
  product(
    at(begin, top),
    stride,
    y,
    LEFT_STRIDE,
    rightAt(0, top),
    stride,
    end - begin,
    order - top,
    width,
    SUBTRACT,
  );
}

/** Adds rows [begin, end) of the rest to V' A, which becomes the lower half of `right`. */
export function gather(k: i32, begin: i32, end: i32): void {
  const width = widthAt(k);
  const rest = k + width;
  const mode = begin === k + 1 ? SET : ADD;
  product(
    rightAt(width, rest),
    stride,
    rightAt(0, begin),
    stride,
    at(begin, rest),
    stride,
    width,
    order - rest,
    end - begin,
    mode,
  );
}

/** From V' A to W' = T' V' (A - Y V'). */
export function prepare(k: i32): void {
  const top = k + 1;
  const width = widthAt(k);
  const rest = k + width;
  const count = order - rest;
  product(
    small,
    TRIANGLE_STRIDE,
    rightAt(0, top),
    stride,
    leftAt(top, 0),
    LEFT_STRIDE,
    width,
    width,
    order - top,
    SET,
  );
  product(
    rightAt(width, rest),
    stride,
    small,
    TRIANGLE_STRIDE,
    rightAt(0, rest),
    stride,
    width,
    count,
    width,
    SUBTRACT,
  );
  for (let j = width - 1; j >= 0; j--) {
    const to = rightAt(width + j, rest);
    const own = load<f64>(triangleAt(j, j));
    for (let i = 0; i < count; i++) store<f64>(to + 8 * i, own * load<f64>(to + 8 * i));
    for (let q = 0; q < j; q++) addMultiple(to, rightAt(width + q, rest), load<f64>(triangleAt(q, j)), count);
  }
}

/** Rows [begin, end) of the rest: A -= Y V' + V W'. */
export function updateRest(k: i32, begin: i32, end: i32): void {
  const width = widthAt(k);
  const rest = k + width;
  product(
    at(begin, rest),
    stride,
    leftAt(begin, 0),
    LEFT_STRIDE,
    rightAt(0, rest),
    stride,
    end - begin,
    order - rest,
    2 * width,
    SUBTRACT,
  );
}
