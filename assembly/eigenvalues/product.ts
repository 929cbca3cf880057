/** Products of row-major matrices in tiles of 4 x 4, eight accumulators of two lanes each. */

/** What becomes of a product C: it replaces what was there, is added to it, or taken from it. */
export const SET: i32 = 0;
export const ADD: i32 = 1;
export const SUBTRACT: i32 = 2;

/** Rows of the left factor that pass together over the right one: with INNER, what the cache next to the core holds. */
const ROWS: i32 = 48;
const INNER: i32 = 128;
/** A tile whose part is wanted; see `product`. */
const scratch: usize = memory.data(128, 16);

function finish(to: usize, sum: v128, mode: i32): void {
  if (mode === SUBTRACT) sum = f64x2.sub(v128.load(to), sum);
  else if (mode === ADD) sum = f64x2.add(v128.load(to), sum);
  v128.store(to, sum);
}

/** C [4 x 4] from A [4 x inner] B [inner x 4]; strides in bytes. */
function tile(c: usize, cs: usize, a: usize, as: usize, b: usize, bs: usize, inner: i32, mode: i32): void {
  let c00 = f64x2.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  let a1 = a + as;
  let a2 = a1 + as;
  let a3 = a2 + as;
  let k = inner;
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    b += bs;
    let x = v128.load_splat<f64>(a);
    c00 = f64x2.add(c00, f64x2.mul(x, b0));
    c01 = f64x2.add(c01, f64x2.mul(x, b1));
    x = v128.load_splat<f64>(a1);
    c10 = f64x2.add(c10, f64x2.mul(x, b0));
    c11 = f64x2.add(c11, f64x2.mul(x, b1));
    x = v128.load_splat<f64>(a2);
    c20 = f64x2.add(c20, f64x2.mul(x, b0));
    c21 = f64x2.add(c21, f64x2.mul(x, b1));
    x = v128.load_splat<f64>(a3);
    c30 = f64x2.add(c30, f64x2.mul(x, b0));
    c31 = f64x2.add(c31, f64x2.mul(x, b1));
    a += 8;
    a1 += 8;
    a2 += 8;
    a3 += 8;
  }
  finish(c, c00, mode);
  finish(c + 16, c01, mode);
  c += cs;
  finish(c, c10, mode);
  finish(c + 16, c11, mode);
  c += cs;
  finish(c, c20, mode);
  finish(c + 16, c21, mode);
  c += cs;
  finish(c, c30, mode);
  finish(c + 16, c31, mode);
}

/** The part of a tile that lies within C, `rows` x `columns`; its factors may be read past their ends. */
function partOfTile(
  c: usize,
  cs: usize,
  a: usize,
  as: usize,
  b: usize,
  bs: usize,
  inner: i32,
  mode: i32,
  rows: i32,
  columns: i32,
): void {
  tile(scratch, 32, a, as, b, bs, inner, SET);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const to = c + i * cs + 8 * j;
      const sum = load<f64>(scratch + 32 * i + 8 * j);
      if (mode === SET) store<f64>(to, sum);
      else if (mode === ADD) store<f64>(to, load<f64>(to) + sum);
      else store<f64>(to, load<f64>(to) - sum);
    }
  }
}

/** C [rows x columns] from A [rows x inner] B [inner x columns]; strides in bytes. C overlaps neither. */
export function product(
  c: usize,
  cs: usize,
  a: usize,
  as: usize,
  b: usize,
  bs: usize,
  rows: i32,
  columns: i32,
  inner: i32,
  mode: i32,
): void {
  for (let k = 0; k < inner; k += INNER) {
    const depth = min(INNER, inner - k);
    const how = k > 0 && mode === SET ? ADD : mode;
    for (let top = 0; top < rows; top += ROWS) {
      const bottom = min(rows, top + ROWS);
      for (let j = 0; j < columns; j += 4) {
        const from = b + k * bs + 8 * j;
        for (let i = top; i < bottom; i += 4) {
          const to = c + i * cs + 8 * j;
          const by = a + i * as + 8 * k;
          if (i + 4 <= bottom && j + 4 <= columns) tile(to, cs, by, as, from, bs, depth, how);
          else partOfTile(to, cs, by, as, from, bs, depth, how, min(4, bottom - i), min(4, columns - j));
        }
      }
    }
  }
}
