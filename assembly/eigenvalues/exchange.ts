/** Exchanging neighbours on the diagonal of a real Schur form (Bai and Demmel 1993; LAPACK's dlaexc, dtrexc). */
import { reflectLong, tau } from './reflector';
import { blockSize, standardize } from './standard';

/** An exchange whose blocks end up farther from zero than this, in roundings of their size, is not made. */
const ROUNDINGS: f64 = 20;

/** [4 x 5]: the equations for X; [4 x 4]: the blocks tried out; [2 x 4]: two reflectors; their factors. */
const equations: usize = memory.data(160, 16);
const trial: usize = memory.data(128, 16);
const axes: usize = memory.data(64, 16);
const factors: usize = memory.data(16, 16);

/** `rows` rows of `count` entries become (I - tau v v') of them. */
function reflectFewRows(row: usize, stride: usize, rows: i32, count: i32, v: usize, t: f64): void {
  for (let j = 0; j + 1 < count; j += 2) {
    let along = v128.load(row + 8 * j);
    for (let i = 1; i < rows; i++) {
      along = f64x2.add(
        along,
        f64x2.mul(v128.load_splat<f64>(v + 8 * i), v128.load(row + i * stride + 8 * j)),
      );
    }
    along = f64x2.mul(along, f64x2.splat(t));
    for (let i = 0; i < rows; i++) {
      const here = row + i * stride + 8 * j;
      v128.store(here, f64x2.sub(v128.load(here), f64x2.mul(v128.load_splat<f64>(v + 8 * i), along)));
    }
  }
  if (count & 1) {
    const last = row + 8 * (count - 1);
    let along: f64 = 0;
    for (let i = 0; i < rows; i++) along += load<f64>(v + 8 * i) * load<f64>(last + i * stride);
    along *= t;
    for (let i = 0; i < rows; i++) {
      const here = last + i * stride;
      store<f64>(here, load<f64>(here) - load<f64>(v + 8 * i) * along);
    }
  }
}

/** `columns` columns of `count` rows become them times I - tau v v'. */
function reflectFewColumns(column: usize, stride: usize, columns: i32, count: i32, v: usize, t: f64): void {
  for (let i = 0; i < count; i++) {
    const row = column + i * stride;
    let along: f64 = 0;
    for (let j = 0; j < columns; j++) along += load<f64>(row + 8 * j) * load<f64>(v + 8 * j);
    along *= t;
    for (let j = 0; j < columns; j++) {
      store<f64>(row + 8 * j, load<f64>(row + 8 * j) - along * load<f64>(v + 8 * j));
    }
  }
}

/** X [p x q], row-major, of T11 X - X T22 = T12, by elimination with complete pivoting, in place of the right side. */
function solveSylvester(t: usize, ts: usize, p: i32, q: i32): void {
  const size = p * q;
  let largest: f64 = 0;
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < q; j++) {
      const row = equations + 40 * (i * q + j);
      for (let k = 0; k < size; k++) store<f64>(row + 8 * k, 0);
      for (let k = 0; k < p; k++) {
        const to = row + 8 * (k * q + j);
        store<f64>(to, load<f64>(to) + load<f64>(t + i * ts + 8 * k));
      }
      for (let k = 0; k < q; k++) {
        const to = row + 8 * (i * q + k);
        store<f64>(to, load<f64>(to) - load<f64>(t + (p + k) * ts + 8 * (p + j)));
      }
      for (let k = 0; k < size; k++) largest = max(largest, abs(load<f64>(row + 8 * k)));
      store<f64>(row + 32, load<f64>(t + i * ts + 8 * (p + j)));
    }
  }
  const least = max(f64.EPSILON * largest, 1e-290);
  // The order of the unknowns after exchanging columns, two bits each.
  let orders: i32 = 0b11100100;
  for (let k = 0; k < size; k++) {
    let row = k;
    let column = k;
    for (let i = k; i < size; i++) {
      for (let j = k; j < size; j++) {
        if (abs(load<f64>(equations + 40 * i + 8 * j)) > abs(load<f64>(equations + 40 * row + 8 * column))) {
          row = i;
          column = j;
        }
      }
    }
    for (let j = 0; j < 5; j++) {
      const kept = load<f64>(equations + 40 * k + 8 * j);
      store<f64>(equations + 40 * k + 8 * j, load<f64>(equations + 40 * row + 8 * j));
      store<f64>(equations + 40 * row + 8 * j, kept);
    }
    for (let i = 0; i < size; i++) {
      const kept = load<f64>(equations + 40 * i + 8 * k);
      store<f64>(equations + 40 * i + 8 * k, load<f64>(equations + 40 * i + 8 * column));
      store<f64>(equations + 40 * i + 8 * column, kept);
    }
    const difference = ((orders >> (2 * k)) ^ (orders >> (2 * column))) & 3;
    orders ^= (difference << (2 * k)) ^ (difference << (2 * column));
    const pivotAt = equations + 40 * k + 8 * k;
    // Equal eigenvalues: any solution of a neighbouring equation will do, the trial judges it.
    if (abs(load<f64>(pivotAt)) < least) store<f64>(pivotAt, least);
    for (let i = k + 1; i < size; i++) {
      const scale = load<f64>(equations + 40 * i + 8 * k) / load<f64>(pivotAt);
      for (let j = k; j < 5; j++) {
        if (j >= size && j < 4) continue;
        const to = equations + 40 * i + 8 * j;
        store<f64>(to, load<f64>(to) - scale * load<f64>(equations + 40 * k + 8 * j));
      }
    }
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = load<f64>(equations + 40 * i + 32);
    for (let j = i + 1; j < size; j++) {
      sum -= load<f64>(equations + 40 * i + 8 * j) * load<f64>(equations + 40 * j + 32);
    }
    store<f64>(equations + 40 * i + 32, sum / load<f64>(equations + 40 * i + 8 * i));
  }
  // Back into the order of X, in the first column.
  for (let k = 0; k < size; k++) {
    store<f64>(equations + 40 * ((orders >> (2 * k)) & 3), load<f64>(equations + 40 * k + 32));
  }
}

/**
 * Exchanges the p x p block at row i of the Schur form t [size x size] with the q x q one after it, by reflections
 * that also turn the rows of z. Returns whether it did.
 */
function exchange(t: usize, ts: usize, z: usize, zs: usize, size: i32, i: i32, p: i32, q: i32): bool {
  const here = t + i * (ts + 8);
  const both = p + q;
  solveSylvester(here, ts, p, q);
  // The columns of [-X; I] span the invariant subspace of the lower block.
  let largest: f64 = 0;
  for (let k = 0; k < both; k++) {
    for (let l = 0; l < both; l++) {
      const entry = load<f64>(here + k * ts + 8 * l);
      largest = max(largest, abs(entry));
      store<f64>(trial + 32 * k + 8 * l, entry);
    }
  }
  for (let l = 0; l < q; l++) {
    const v = axes + 32 * l;
    for (let k = 0; k < p; k++) store<f64>(v + 8 * k, -load<f64>(equations + 40 * (k * q + l)));
    for (let k = 0; k < q; k++) store<f64>(v + 8 * (p + k), k === l ? 1 : 0);
  }
  for (let l = 0; l < q; l++) {
    const v = axes + 32 * l + 8 * l;
    reflectLong(v, both - l);
    store<f64>(factors + 8 * l, tau);
    if (l + 1 < q) reflectFewColumns(axes + 32, 32, both, 1, axes, tau);
    reflectFewRows(trial + 32 * l, 32, both - l, both, v, tau);
    reflectFewColumns(trial + 8 * l, 32, both - l, both, v, tau);
  }
  for (let k = q; k < both; k++) {
    for (let l = 0; l < q; l++) {
      if (!(abs(load<f64>(trial + 32 * k + 8 * l)) <= ROUNDINGS * f64.EPSILON * largest)) return false;
    }
  }
  for (let l = 0; l < q; l++) {
    const v = axes + 32 * l + 8 * l;
    const t1 = load<f64>(factors + 8 * l);
    reflectFewRows(here + l * ts, ts, both - l, size - i, v, t1);
    reflectFewColumns(t + 8 * (i + l), ts, both - l, i + both, v, t1);
    reflectFewRows(z + (i + l) * zs, zs, both - l, size, v, t1);
  }
  for (let k = q; k < both; k++) for (let l = 0; l < q; l++) store<f64>(here + k * ts + 8 * l, 0);
  if (q === 2) standardize(t, ts, size, z, zs, i);
  if (p === 2) standardize(t, ts, size, z, zs, i + q);
  return true;
}

/** Moves the block that begins at row `from` up to row `to`; returns whether it arrived. */
export function moveUp(t: usize, ts: usize, z: usize, zs: usize, size: i32, from: i32, to: i32): bool {
  const rows = blockSize(t, ts, size, from);
  while (from > to) {
    const above = from >= 2 && load<f64>(t + (from - 1) * (ts + 8) - 8) !== 0 ? 2 : 1;
    if (!exchange(t, ts, z, zs, size, from - above, above, rows)) return false;
    from -= above;
    // What was a pair may have become two numbers, which go on one after the other.
    if (rows === 2 && blockSize(t, ts, size, from) === 1) {
      return moveUp(t, ts, z, zs, size, from, to) && moveUp(t, ts, z, zs, size, from + 1, to + 1);
    }
  }
  return true;
}
