/** Householder reflections I - tau v v', v = (1, ...): making them, and applying those of three rows. */
import { dot } from './vectors';

/** A sum of squares below this has lost digits to underflow, so entries are enlarged first; both powers of two. */
const TINY_SQUARE: f64 = 1e-250;
const ENLARGE: f64 = <f64>(1 << 30) * <f64>(1 << 30) * <f64>(1 << 30) * <f64>(1 << 30);

/** What `reflectThree` and `reflectLong` made. */
export let tau: f64 = 0;
export let v1: f64 = 0;
export let v2: f64 = 0;
/** What the reflection makes of the first entry; the others become zero. */
export let length: f64 = 0;

/** The reflection that sends (x, y, z) to (length, 0, 0), in tau, v1, v2. */
export function reflectThree(x: f64, y: f64, z: f64): void {
  let scale: f64 = 1;
  let below = y * y + z * z;
  let sum = x * x + below;
  while (sum < TINY_SQUARE && scale < 1e300) {
    if (y === 0 && z === 0) break;
    x *= ENLARGE;
    y *= ENLARGE;
    z *= ENLARGE;
    scale *= ENLARGE;
    below = y * y + z * z;
    sum = x * x + below;
  }
  if (below === 0) {
    tau = 0;
    v1 = 0;
    v2 = 0;
    length = x / scale;
    return;
  }
  const root = x > 0 ? -sqrt<f64>(sum) : sqrt<f64>(sum); // the sign avoids cancellation
  const inverse: f64 = 1 / (x - root);
  tau = (root - x) / root;
  v1 = y * inverse;
  v2 = z * inverse;
  length = root / scale;
}

/** The same for `count` contiguous entries at x, which v replaces; tau and length are left to be read. */
export function reflectLong(x: usize, count: i32): void {
  let largest: f64 = 0;
  for (let i = 1; i < count; i++) largest = max(largest, abs(load<f64>(x + 8 * i)));
  const first = load<f64>(x);
  if (largest === 0) {
    tau = 0;
    length = first;
    store<f64>(x, 1);
    return;
  }
  largest = max(largest, abs(first));
  for (let i = 0; i < count; i++) store<f64>(x + 8 * i, load<f64>(x + 8 * i) / largest);
  const norm = sqrt<f64>(dot(x, x, count));
  const start = load<f64>(x);
  const root = start > 0 ? -norm : norm;
  tau = (root - start) / root;
  length = root * largest;
  store<f64>(x, 1);
  const divisor = start - root;
  for (let i = 1; i < count; i++) store<f64>(x + 8 * i, load<f64>(x + 8 * i) / divisor);
}

/** Rows r, r + 1, r + 2, `count` entries each from address `row` on, become (I - tau v v') of them. */
export function reflectRows(row: usize, stride: usize, count: i32, t: f64, a: f64, b: f64): void {
  let row1 = row + stride;
  let row2 = row1 + stride;
  const tt = f64x2.splat(t);
  const aa = f64x2.splat(a);
  const bb = f64x2.splat(b);
  let k = count;
  for (; k >= 2; k -= 2) {
    const x = v128.load(row);
    const y = v128.load(row1);
    const z = v128.load(row2);
    const along = f64x2.mul(tt, f64x2.add(f64x2.add(x, f64x2.mul(aa, y)), f64x2.mul(bb, z)));
    v128.store(row, f64x2.sub(x, along));
    v128.store(row1, f64x2.sub(y, f64x2.mul(aa, along)));
    v128.store(row2, f64x2.sub(z, f64x2.mul(bb, along)));
    row += 16;
    row1 += 16;
    row2 += 16;
  }
  if (k > 0) {
    const x = load<f64>(row);
    const y = load<f64>(row1);
    const z = load<f64>(row2);
    const along = t * (x + a * y + b * z);
    store<f64>(row, x - along);
    store<f64>(row1, y - a * along);
    store<f64>(row2, z - b * along);
  }
}

/** Columns c, c + 1, c + 2 of `count` rows, c at `column` in the first, become them times I - tau v v'. */
export function reflectColumns(column: usize, stride: usize, count: i32, t: f64, a: f64, b: f64): void {
  const tt = f64x2.splat(t);
  const aa = f64x2.splat(a);
  const bb = f64x2.splat(b);
  let k = count;
  // Two rows at a time, turned so that a lane is a row.
  for (; k >= 2; k -= 2) {
    const next = column + stride;
    const upper = v128.load(column);
    const lower = v128.load(next);
    const x = v128.shuffle<f64>(upper, lower, 0, 2);
    const y = v128.shuffle<f64>(upper, lower, 1, 3);
    const z = v128.load64_lane(next, v128.load64_zero(column, 16), 1, 16);
    const along = f64x2.mul(tt, f64x2.add(f64x2.add(x, f64x2.mul(aa, y)), f64x2.mul(bb, z)));
    const u = f64x2.sub(x, along);
    const v = f64x2.sub(y, f64x2.mul(aa, along));
    const w = f64x2.sub(z, f64x2.mul(bb, along));
    v128.store(column, v128.shuffle<f64>(u, v, 0, 2));
    v128.store(next, v128.shuffle<f64>(u, v, 1, 3));
    v128.store64_lane(column, w, 0, 16);
    v128.store64_lane(next, w, 1, 16);
    column = next + stride;
  }
  if (k > 0) {
    const x = load<f64>(column);
    const y = load<f64>(column, 8);
    const z = load<f64>(column, 16);
    const along = t * (x + a * y + b * z);
    store<f64>(column, x - along);
    store<f64>(column, y - a * along, 8);
    store<f64>(column, z - b * along, 16);
  }
}
