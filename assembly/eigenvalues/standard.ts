/** The standard form of 2 x 2 blocks of a real Schur form, and their eigenvalues (LAPACK's dlanv2). */

/** The rotation that `rotation` found. */
let cosine: f64 = 1;
let sine: f64 = 0;

/** Rows i and i + 1, `count` entries each: (c x + s y, c y - s x). */
function rotateRows(row: usize, stride: usize, count: i32): void {
  for (let j = 0; j < count; j++) {
    const here = row + 8 * j;
    const x = load<f64>(here);
    const y = load<f64>(here + stride);
    store<f64>(here, cosine * x + sine * y);
    store<f64>(here + stride, cosine * y - sine * x);
  }
}

function rotateColumns(column: usize, stride: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const here = column + i * stride;
    const x = load<f64>(here);
    const y = load<f64>(here, 8);
    store<f64>(here, cosine * x + sine * y);
    store<f64>(here, cosine * y - sine * x, 8);
  }
}

function signOf(x: f64): f64 {
  return x < 0 ? -1 : 1;
}

/** sqrt(x x + y y) for entries that are not extreme. */
function norm(x: f64, y: f64): f64 {
  const scale = max(abs(x), abs(y));
  if (scale === 0) return 0;
  const p = x / scale;
  const q = y / scale;
  return scale * sqrt<f64>(p * p + q * q);
}

/**
 * Rotates rows and columns i, i + 1 of the quasi-triangular t so that the block there is either triangular or
 * [[a, b], [c, a]] with b c < 0. With z = 0 only the block itself is rotated; else also the rest of t [size x
 * size], and rows i, i + 1 of z.
 */
export function standardize(t: usize, ts: usize, size: i32, z: usize, zs: usize, i: i32): void {
  const here = t + i * (ts + 8);
  let a = load<f64>(here);
  let b = load<f64>(here, 8);
  let c = load<f64>(here + ts);
  let d = load<f64>(here + ts, 8);
  cosine = 1;
  sine = 0;
  if (c === 0) return;
  if (b === 0) {
    cosine = 0;
    sine = 1;
    const kept = d;
    d = a;
    a = kept;
    b = -c;
    c = 0;
  } else if (a - d !== 0 || b < 0 === c < 0) {
    const gap = a - d;
    const half = 0.5 * gap;
    const larger = max(abs(b), abs(c));
    const smaller = min(abs(b), abs(c)) * signOf(b) * signOf(c);
    const scale = max(abs(half), larger);
    const discriminant = (half / scale) * half + (larger / scale) * smaller;
    if (discriminant >= 4 * f64.EPSILON * scale) {
      const far = half + signOf(half) * sqrt<f64>(scale) * sqrt<f64>(discriminant);
      a = d + far;
      d -= (larger / far) * smaller;
      const long = norm(c, far);
      cosine = far / long;
      sine = c / long;
      b -= c;
      c = 0;
    } else {
      // Complex, or real and almost equal: first make the diagonal equal.
      const sum = b + c;
      const long = norm(sum, gap);
      cosine = sqrt<f64>(0.5 * (1 + abs(sum) / long));
      sine = -(half / (long * cosine)) * signOf(sum);
      const aa = a * cosine + b * sine;
      const bb = b * cosine - a * sine;
      const cc = c * cosine + d * sine;
      const dd = d * cosine - c * sine;
      b = bb * cosine + dd * sine;
      c = cc * cosine - aa * sine;
      const middle = 0.5 * (aa * cosine + cc * sine + (dd * cosine - bb * sine));
      a = middle;
      d = middle;
      if (c !== 0 && b === 0) {
        b = -c;
        c = 0;
        const kept = cosine;
        cosine = -sine;
        sine = kept;
      } else if (c !== 0 && b < 0 === c < 0) {
        const rootB = sqrt<f64>(abs(b));
        const rootC = sqrt<f64>(abs(c));
        const part = rootB * rootC * signOf(c);
        const inverse: f64 = 1 / sqrt<f64>(abs(b + c));
        a = middle + part;
        d = middle - part;
        b -= c;
        c = 0;
        const kept = cosine * rootB * inverse - sine * rootC * inverse;
        sine = cosine * rootC * inverse + sine * rootB * inverse;
        cosine = kept;
      }
    }
  }
  if (z !== 0 && sine !== 0) {
    rotateRows(here + 16, ts, size - i - 2);
    rotateColumns(t + 8 * i, ts, i);
    rotateRows(z + i * zs, zs, size);
  }
  store<f64>(here, a);
  store<f64>(here, b, 8);
  store<f64>(here + ts, c);
  store<f64>(here + ts, d, 8);
}

/** How many rows the diagonal block has that begins at row i of a quasi-triangular matrix of `size` rows. */
export function blockSize(t: usize, ts: usize, size: i32, i: i32): i32 {
  return i + 1 < size && load<f64>(t + i * (ts + 8) + ts) !== 0 ? 2 : 1;
}

/** The eigenvalues of rows [begin, end) of a quasi-triangular matrix, one number each in re and im. */
export function readEigenvalues(t: usize, ts: usize, begin: i32, end: i32, re: usize, im: usize): void {
  for (let i = begin; i < end; i++) {
    const here = t + i * (ts + 8);
    store<f64>(re, load<f64>(here));
    store<f64>(im, 0);
    if (blockSize(t, ts, end, i) === 2) {
      const turn = sqrt<f64>(abs(load<f64>(here, 8))) * sqrt<f64>(abs(load<f64>(here + ts)));
      store<f64>(im, turn);
      re += 8;
      im += 8;
      store<f64>(re, load<f64>(here + ts, 8));
      store<f64>(im, -turn);
      i++;
    }
    re += 8;
    im += 8;
  }
}
