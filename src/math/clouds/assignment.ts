/** The cheapest pairing of two sets of equal size, and from it the exact Wasserstein distances of two clouds. */
import { isFiniteVector } from '../vector.ts';
import { PAUSE_EVERY, part, type Work } from '../work.ts';
import { countOf, isMeasurable, squaredDistances } from './cloud.ts';

export interface Wasserstein {
  /** W1: the mean distance that the cheapest transport moves a position. */
  readonly w1: number;
  /** W2 squared: the mean squared distance of the cheapest transport by that cost. */
  readonly w2Squared: number;
}

/**
 * The exact Wasserstein distances between two clouds [count, dimension] of the same count, each position
 * with weight 1/count: an optimal transport is then a pairing (Birkhoff). Takes 8 count² bytes and time of
 * order count³ at worst: meant for some hundred positions. Throws a RangeError unless the counts agree.
 */
export function* wasserstein(a: Float64Array, b: Float64Array, dimension: number): Work<Wasserstein> {
  const count = countOf(a, dimension);
  if (countOf(b, dimension) !== count) {
    throw new RangeError(`Clouds to pair have the same count; got ${count} and ${countOf(b, dimension)}.`);
  }
  if (!isMeasurable(a) || !isMeasurable(b)) return { w1: Number.NaN, w2Squared: Number.NaN };
  const costs = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    squaredDistances(a, i, b, dimension, costs.subarray(i * count, (i + 1) * count));
  }
  const w2Squared = meanCost(costs, yield* part(assignment(costs, count), 0, 0.5));
  for (let i = 0; i < costs.length; i++) costs[i] = Math.sqrt(costs[i]);
  const w1 = meanCost(costs, yield* part(assignment(costs, count), 0.5, 0.5));
  return { w1, w2Squared };
}

/** The mean of costs[i, columnOf[i]]. */
export function meanCost(costs: Float64Array, columnOf: Int32Array): number {
  const n = columnOf.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += costs[i * n + columnOf[i]];
  return sum / n;
}

/** The auction's first increment, as a share of the range of the costs. */
const FIRST_INCREMENT = 0.1;
/** Each round of the auction has this share of the increment of the round before. */
const NEXT_INCREMENT = 0.2;
/** Rounds: with more, they take longer than the paths that they spare; measured on 512 positions. */
const ROUNDS = 5;
/** Bids of a round, for each row: a round that is not settled by then does not pay. */
const BIDS_PER_ROW = 10;

/** The auction's share of the time, for those who watch the progress. */
const AUCTION_SHARE = 0.3;

/** What the search keeps: a pairing in the making and the columns' rebates. */
interface Pairing {
  readonly n: number;
  /** [n, n], row-major, finite. */
  readonly costs: Float64Array;
  /** To a row, a column costs its entry less the rebate. */
  readonly rebates: Float64Array;
  /** -1 where there is none yet. */
  readonly columnOf: Int32Array;
  readonly rowOf: Int32Array;
}

/**
 * The column of each row in a pairing of least total cost, for finite costs [n, n], row-major. Exact up to
 * the rounding of sums of costs; at most of order n³.
 *
 * Shortest augmenting paths (Jonker and Volgenant, Computing 38, 1987), which are exact from any rebates and
 * short from good ones: those come from an auction with falling increments (Bertsekas, Annals of Operations
 * Research 14, 1988), broken off early.
 */
export function* assignment(costs: Float64Array, n: number): Work<Int32Array> {
  if (!Number.isInteger(n) || n < 1 || costs.length !== n * n) {
    throw new RangeError(`Costs of ${n} rows are ${n} x ${n}, from 1; got ${costs.length}.`);
  }
  if (!isFiniteVector(costs)) throw new RangeError('Costs to pair by are finite; got one that is not.');
  const columnOf = new Int32Array(n);
  const rowOf = new Int32Array(n);
  const pairing: Pairing = { n, costs, rebates: new Float64Array(n), columnOf, rowOf };
  let increment = FIRST_INCREMENT * rangeOf(costs);
  for (let round = 1; round <= ROUNDS && increment > 0; round++) {
    auction(pairing, increment);
    increment *= NEXT_INCREMENT;
    yield (AUCTION_SHARE * round) / ROUNDS;
  }
  const free = pairCheapest(pairing);
  const space = pathSpace(n);
  let since = 0;
  for (let k = 0; k < free.length; k++) {
    since += n * augment(pairing, free[k], space);
    if (since >= PAUSE_EVERY) {
      since = 0;
      yield AUCTION_SHARE + ((1 - AUCTION_SHARE) * (k + 1)) / free.length;
    }
  }
  return columnOf;
}

function rangeOf(values: Float64Array): number {
  let least = values[0];
  let most = values[0];
  for (let i = 1; i < values.length; i++) {
    if (values[i] < least) least = values[i];
    if (values[i] > most) most = values[i];
  }
  return most - least;
}

/**
 * A round of the auction: each row without a column takes its cheapest and lowers that one's rebate until it
 * is dearer than the second cheapest by the increment; who held it goes next.
 */
function auction({ n, costs, rebates, rowOf }: Pairing, increment: number): void {
  rowOf.fill(-1);
  let bids = BIDS_PER_ROW * n;
  for (let row = 0; row < n; row++) {
    for (let bidder = row; bidder >= 0 && bids > 0; bids--) {
      let first = 0;
      let least = Number.POSITIVE_INFINITY;
      let next = Number.POSITIVE_INFINITY;
      for (let j = 0; j < n; j++) {
        const cost = costs[bidder * n + j] - rebates[j];
        if (cost < next) {
          if (cost < least) {
            next = least;
            least = cost;
            first = j;
          } else next = cost;
        }
      }
      if (n > 1) rebates[first] -= next - least + increment;
      const before = rowOf[first];
      rowOf[first] = bidder;
      bidder = before;
    }
  }
}

/** Pairs each row with its cheapest column where that is free; returns the rows left over. */
function pairCheapest({ n, costs, rebates, columnOf, rowOf }: Pairing): Int32Array {
  columnOf.fill(-1);
  rowOf.fill(-1);
  const free = new Int32Array(n);
  let left = 0;
  for (let i = 0; i < n; i++) {
    let cheapest = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let j = 0; j < n; j++) {
      const cost = costs[i * n + j] - rebates[j];
      if (cost < least) {
        least = cost;
        cheapest = j;
      }
    }
    if (rowOf[cheapest] < 0) {
      rowOf[cheapest] = i;
      columnOf[i] = cheapest;
    } else free[left++] = i;
  }
  return free.subarray(0, left);
}

function pathSpace(n: number) {
  return { lengths: new Float64Array(n), from: new Int32Array(n), columns: new Int32Array(n) };
}

/**
 * Pairs one more row by a shortest path to a free column (Dijkstra over reduced costs); returns how many rows
 * it looked at. `columns` holds the columns that are finished, [0, low), those at the present least length,
 * [low, up), and all others.
 */
function augment(
  { n, costs, rebates, columnOf, rowOf }: Pairing,
  start: number,
  { lengths, from, columns }: ReturnType<typeof pathSpace>,
): number {
  for (let j = 0; j < n; j++) {
    lengths[j] = costs[start * n + j] - rebates[j];
    from[j] = start;
    columns[j] = j;
  }
  let low = 0;
  let up = 0;
  let finished = 0;
  let least = 0;
  let end = -1;
  while (end < 0) {
    if (up === low) {
      finished = low;
      least = lengths[columns[up++]];
      for (let k = up; k < n; k++) {
        const j = columns[k];
        const length = lengths[j];
        if (length > least) continue;
        if (length < least) {
          up = low;
          least = length;
        }
        columns[k] = columns[up];
        columns[up++] = j;
      }
      for (let k = low; k < up && end < 0; k++) if (rowOf[columns[k]] < 0) end = columns[k];
      if (end >= 0) break;
    }
    const through = columns[low++];
    const row = rowOf[through];
    const less = costs[row * n + through] - rebates[through] - least;
    for (let k = up; k < n; k++) {
      const j = columns[k];
      const length = costs[row * n + j] - rebates[j] - less;
      if (length >= lengths[j]) continue;
      lengths[j] = length;
      from[j] = row;
      if (length > least) continue;
      if (rowOf[j] < 0) {
        end = j;
        break;
      }
      columns[k] = columns[up];
      columns[up++] = j;
    }
  }
  for (let k = 0; k < finished; k++) rebates[columns[k]] += lengths[columns[k]] - least;
  for (let row = -1; row !== start; ) {
    row = from[end];
    rowOf[end] = row;
    const before = columnOf[row];
    columnOf[row] = end;
    end = before;
  }
  return low + 1;
}
