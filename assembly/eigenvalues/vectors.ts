/** Sums over long rows: dot products, matrix times vector, and multiples of one row added to another. */

function across(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}

/** x' y, `count` entries each. */
export function dot(x: usize, y: usize, count: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let k = count;
  for (; k >= 8; k -= 8) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(x), v128.load(y)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(x, 16), v128.load(y, 16)));
    s2 = f64x2.add(s2, f64x2.mul(v128.load(x, 32), v128.load(y, 32)));
    s3 = f64x2.add(s3, f64x2.mul(v128.load(x, 48), v128.load(y, 48)));
    x += 64;
    y += 64;
  }
  let sum = across(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
  for (; k > 0; k--) {
    sum += load<f64>(x) * load<f64>(y);
    x += 8;
    y += 8;
  }
  return sum;
}

/** to += scale x. */
export function addMultiple(to: usize, x: usize, scale: f64, count: i32): void {
  const s = f64x2.splat(scale);
  let k = count;
  for (; k >= 4; k -= 4) {
    v128.store(to, f64x2.add(v128.load(to), f64x2.mul(s, v128.load(x))));
    v128.store(to, f64x2.add(v128.load(to, 16), f64x2.mul(s, v128.load(x, 16))), 16);
    to += 32;
    x += 32;
  }
  for (; k > 0; k--) {
    store<f64>(to, load<f64>(to) + scale * load<f64>(x));
    to += 8;
    x += 8;
  }
}

/** y = A x, A [rows x columns] with `stride` bytes a row: A is read once, four rows at a time. */
export function timesVector(y: usize, a: usize, stride: usize, x: usize, rows: i32, columns: i32): void {
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    let a0 = a + i * stride;
    let a1 = a0 + stride;
    let a2 = a1 + stride;
    let a3 = a2 + stride;
    let from = x;
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let k = columns;
    for (; k >= 2; k -= 2) {
      const part = v128.load(from);
      s0 = f64x2.add(s0, f64x2.mul(v128.load(a0), part));
      s1 = f64x2.add(s1, f64x2.mul(v128.load(a1), part));
      s2 = f64x2.add(s2, f64x2.mul(v128.load(a2), part));
      s3 = f64x2.add(s3, f64x2.mul(v128.load(a3), part));
      a0 += 16;
      a1 += 16;
      a2 += 16;
      a3 += 16;
      from += 16;
    }
    let y0 = across(s0);
    let y1 = across(s1);
    let y2 = across(s2);
    let y3 = across(s3);
    for (; k > 0; k--) {
      const value = load<f64>(from);
      y0 += load<f64>(a0) * value;
      y1 += load<f64>(a1) * value;
      y2 += load<f64>(a2) * value;
      y3 += load<f64>(a3) * value;
      a0 += 8;
      a1 += 8;
      a2 += 8;
      a3 += 8;
      from += 8;
    }
    const to = y + 8 * i;
    store<f64>(to, y0);
    store<f64>(to, y1, 8);
    store<f64>(to, y2, 16);
    store<f64>(to, y3, 24);
  }
  for (; i < rows; i++) store<f64>(y + 8 * i, dot(a + i * stride, x, columns));
}
