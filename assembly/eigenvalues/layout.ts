/**
 * Where everything lies in the one memory: addresses are bytes, entries are doubles, matrices are row-major.
 * Every row has room for an entry or more past its end, and every matrix for four rows, so that tiles of four
 * may read (never write) a little too far.
 */

/** Columns reduced together on the way to Hessenberg form. */
export const PANEL: i32 = 24;
/** The largest deflation window. */
export const WINDOW: i32 = 128;
/** Bytes from one row of a window to the next: four entries more than fit, against cache conflicts. */
export const WINDOW_STRIDE: usize = 8 * (WINDOW + 4);
/** Bytes from one row of `left` to the next: a cache line more than fits, against cache conflicts. */
export const LEFT_STRIDE: usize = 8 * (2 * PANEL + 8);
/** Bulges chased together at most, and how many rows they move before the far rows follow. */
export const BULGES: i32 = 32;
export const MOVES: i32 = 96;
/** Rows or columns of the far part that are brought up to date together. */
export const STRIP: i32 = 32;

const PAGE_BYTES: usize = 65536;
/** Rows that a tile may read past the end. */
const SLACK: i32 = 4;

/** The order of the matrix, and the bytes from one of its rows to the next. */
export let order: i32 = 0;
export let stride: usize = 0;

/** The matrix itself; it becomes its Hessenberg form, then less and less of a triangular one. */
export let matrix: usize = 0;
/** [order x 2 PANEL]: Y beside V of a panel; later STRIP rows of a product with a window, on their way. */
export let left: usize = 0;
/** [2 PANEL x order]: V' above W' of a panel. */
export let right: usize = 0;
/** T of the compact form I - V T V' of a panel's reflectors, [PANEL x PANEL]. */
export let triangle: usize = 0;
/** A small product, [PANEL x PANEL]. */
export let small: usize = 0;
/** Two vectors of the order's length. */
export let vector: usize = 0;
export let another: usize = 0;
/** The eigenvalues found. */
export let re: usize = 0;
export let im: usize = 0;
/** A deflation window, the transpose of its Schur vectors, and the vectors themselves. */
export let block: usize = 0;
export let transposed: usize = 0;
export let vectors: usize = 0;
/** The shifts of the next sweep, in pairs. */
export let shiftRe: usize = 0;
export let shiftIm: usize = 0;
/** (tau, v1, v2) of each move of each bulge, [MOVES x BULGES x 3]. */
export let reflectors: usize = 0;
/** A strip of the far part. */
export let strip: usize = 0;

let end: usize = 0;

function take(doubles: usize): usize {
  const address = end;
  end = (end + 8 * doubles + 63) & ~63;
  return address;
}

/** Lays out the memory for a matrix of this order and returns the matrix's address. */
export function open(size: i32): usize {
  order = size;
  // A row more than a power of two long keeps a column's entries out of one another's cache lines.
  let rowLength = (size + SLACK + 7) & ~7;
  if (rowLength % 64 === 0) rowLength += 8;
  stride = 8 * rowLength;
  end = (__heap_base + 63) & ~63;
  matrix = take(rowLength * (size + SLACK));
  left = take(max((LEFT_STRIDE >> 3) * (size + SLACK), (WINDOW_STRIDE >> 3) * STRIP));
  right = take(rowLength * (2 * PANEL + SLACK));
  triangle = take(PANEL * (PANEL + SLACK));
  small = take(PANEL * (PANEL + SLACK));
  vector = take(rowLength);
  another = take(rowLength);
  re = take(size);
  im = take(size);
  block = take((WINDOW_STRIDE >> 3) * (WINDOW + SLACK));
  transposed = take((WINDOW_STRIDE >> 3) * (WINDOW + SLACK));
  vectors = take((WINDOW_STRIDE >> 3) * (WINDOW + SLACK));
  shiftRe = take(2 * WINDOW);
  shiftIm = take(2 * WINDOW);
  reflectors = take(3 * MOVES * BULGES);
  strip = take(STRIP * (3 * BULGES + MOVES + 8));
  const used = <usize>memory.size() * PAGE_BYTES;
  memory.fill(matrix, 0, min(end, used) - matrix); // what an earlier matrix left; fresh pages are zero
  const pages = <i32>((end + PAGE_BYTES - 1) / PAGE_BYTES);
  const more = pages - memory.size();
  if (more > 0 && memory.grow(more) < 0) return 0;
  return matrix;
}

export function rowBytes(): usize {
  return stride;
}

export function realParts(): usize {
  return re;
}

export function imaginaryParts(): usize {
  return im;
}

/** The address of entry (i, j) of the matrix. */
export function at(i: i32, j: i32): usize {
  return matrix + i * stride + 8 * j;
}
