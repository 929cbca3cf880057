/**
 * A cloud: positions [count, dimension], row-major in a Float64Array. Here are its shape and the distances
 * between two of them; the files beside this one say how far apart two clouds are.
 *
 * Every measure is NaN when a position is not finite, as those of a diverged generator are.
 */
import type { Stream } from '../random.ts';
import { PAUSE_EVERY, type Work } from '../work.ts';

/** Positions beyond this have squared distances that overflow; they count as not finite. */
const FARTHEST = 2 ** 500;

/** How many positions a cloud holds. Throws a RangeError unless it is one position or more. */
export function countOf(cloud: Float64Array, dimension: number): number {
  if (!Number.isInteger(dimension) || dimension < 1) {
    throw new RangeError(`A dimension is a whole number from 1; got ${dimension}.`);
  }
  const count = cloud.length / dimension;
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(
      `A cloud of dimension ${dimension} has a multiple of it, from 1; got ${cloud.length}.`,
    );
  }
  return count;
}

/** Whether every coordinate is a number whose square is one as well. */
export function isMeasurable(cloud: Float64Array): boolean {
  for (let i = 0; i < cloud.length; i++) if (!(Math.abs(cloud[i]) <= FARTHEST)) return false;
  return true;
}

/** The squared Euclidean distance from position i of `a` to position j of `b`. */
export function squaredDistance(
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  dimension: number,
): number {
  let square = 0;
  for (let axis = 0; axis < dimension; axis++) {
    const difference = a[dimension * i + axis] - b[dimension * j + axis];
    square += difference * difference;
  }
  return square;
}

/** Writes the squared distances from position i of `a` to the first out.length positions of `b`. */
export function squaredDistances(
  a: Float64Array,
  i: number,
  b: Float64Array,
  dimension: number,
  out: Float64Array,
): void {
  if (dimension !== 2) {
    for (let j = 0; j < out.length; j++) out[j] = squaredDistance(a, i, b, j, dimension);
    return;
  }
  const x = a[2 * i];
  const y = a[2 * i + 1];
  for (let j = 0; j < out.length; j++) {
    const dx = x - b[2 * j];
    const dy = y - b[2 * j + 1];
    out[j] = dx * dx + dy * dy;
  }
}

/**
 * The median of the distances between different positions of a cloud, at most the first 512 of them: the
 * scale of a kernel (Gretton et al. 2012, JMLR 13, section 8). NaN for a single position.
 */
export function medianDistance(cloud: Float64Array, dimension: number): number {
  const count = Math.min(countOf(cloud, dimension), 512);
  if (count < 2 || !isMeasurable(cloud)) return Number.NaN;
  const squares = new Float64Array((count * (count - 1)) / 2);
  for (let i = 1, at = 0; i < count; at += i, i++) {
    squaredDistances(cloud, i, cloud, dimension, squares.subarray(at, at + i));
  }
  squares.sort();
  const half = squares.length / 2;
  return (Math.sqrt(squares[Math.ceil(half) - 1]) + Math.sqrt(squares[Math.floor(half)])) / 2;
}

/**
 * Sums `of(squared distances of one position of a to all of b)` over the positions of `a`; `operations` is how
 * many elementary ones `of` takes for a distance.
 */
export function* sumBetween(
  a: Float64Array,
  b: Float64Array,
  dimension: number,
  of: (squares: Float64Array) => number,
  operations: number,
): Work<number> {
  const count = countOf(a, dimension);
  const squares = new Float64Array(countOf(b, dimension));
  let sum = 0;
  let since = 0;
  for (let i = 0; i < count; i++) {
    squaredDistances(a, i, b, dimension, squares);
    sum += of(squares);
    since += operations * squares.length;
    if (since >= PAUSE_EVERY) {
      since = 0;
      yield (i + 1) / count;
    }
  }
  return sum;
}

/** Sums `of(squared distances)` over all ordered pairs of two different positions of a cloud. */
export function* sumWithin(
  cloud: Float64Array,
  dimension: number,
  of: (squares: Float64Array) => number,
  operations: number,
): Work<number> {
  const count = countOf(cloud, dimension);
  const squares = new Float64Array(count);
  let sum = 0;
  let since = 0;
  for (let i = 1; i < count; i++) {
    const before = squares.subarray(0, i);
    squaredDistances(cloud, i, cloud, dimension, before);
    sum += of(before);
    since += operations * i;
    if (since >= PAUSE_EVERY) {
      since = 0;
      yield (i / count) ** 2;
    }
  }
  return 2 * sum;
}

/** The same positions in another order, a new cloud (Fisher and Yates; Durstenfeld 1964). */
export function shuffled(cloud: Float64Array, dimension: number, order: Stream): Float64Array {
  const count = countOf(cloud, dimension);
  const out = cloud.slice();
  const choices = order.integers(new Int32Array(count), 2 ** 31);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor((choices[i] / 2 ** 31) * (i + 1));
    for (let axis = 0; axis < dimension; axis++) {
      const kept = out[dimension * i + axis];
      out[dimension * i + axis] = out[dimension * j + axis];
      out[dimension * j + axis] = kept;
    }
  }
  return out;
}
