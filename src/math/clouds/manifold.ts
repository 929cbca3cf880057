/** Fidelity and variety apart: precision, recall, density and coverage by balls around nearest neighbours. */
import { PAUSE_EVERY, part, type Work } from '../work.ts';
import { countOf, isMeasurable, squaredDistances } from './cloud.ts';

export interface Fidelity {
  /** The share of generated positions inside the ball of some real one. */
  readonly precision: number;
  /** The share of real positions inside the ball of some generated one. */
  readonly recall: number;
  /** In how many real balls a generated position lies, over k, on average; 1 is expected, more is possible. */
  readonly density: number;
  /** The share of real positions whose ball holds a generated one. */
  readonly coverage: number;
}

/**
 * The ball of a position reaches to its k-th nearest neighbour among the others of its own cloud; on the edge
 * is inside, or outside when `strict`. Precision and recall: Kynkäänniemi et al. 2019 (arXiv:1904.06991),
 * section 2; density and coverage: Naeem et al. 2020 (arXiv:2002.09797), section 3, whose code is strict. Clouds of any counts above k; throws a RangeError otherwise.
 */
export function* fidelity(
  real: Float64Array,
  generated: Float64Array,
  dimension: number,
  k: number,
  strict = false,
): Work<Fidelity> {
  const reals = countOf(real, dimension);
  const fakes = countOf(generated, dimension);
  if (!Number.isInteger(k) || k < 1 || k >= Math.min(reals, fakes)) {
    throw new RangeError(
      `k is a whole number from 1, below the counts of both clouds, ${reals} and ${fakes}; got ${k}.`,
    );
  }
  if (!isMeasurable(real) || !isMeasurable(generated)) {
    return { precision: Number.NaN, recall: Number.NaN, density: Number.NaN, coverage: Number.NaN };
  }
  // Squared throughout: the order is the same, and equal distances stay equal.
  const realReach = yield* part(squaredReaches(real, dimension, k), 0, 1 / 3);
  const fakeReach = yield* part(squaredReaches(generated, dimension, k), 1 / 3, 1 / 3);
  const squares = new Float64Array(fakes);
  /** In how many real balls each generated position lies. */
  const within = new Int32Array(fakes);
  let recalled = 0;
  let covered = 0;
  let since = 0;
  for (let i = 0; i < reals; i++) {
    squaredDistances(real, i, generated, dimension, squares);
    const reach = realReach[i];
    let isRecalled = false;
    let isCovered = false;
    for (let j = 0; j < fakes; j++) {
      const square = squares[j];
      if (strict ? square < reach : square <= reach) {
        within[j] += 1;
        isCovered = true;
      }
      if (strict ? square < fakeReach[j] : square <= fakeReach[j]) isRecalled = true;
    }
    if (isRecalled) recalled += 1;
    if (isCovered) covered += 1;
    since += fakes;
    if (since >= PAUSE_EVERY) {
      since = 0;
      yield (2 + (i + 1) / reals) / 3;
    }
  }
  let precise = 0;
  let total = 0;
  for (const balls of within) {
    if (balls > 0) precise += 1;
    total += balls;
  }
  return {
    precision: precise / fakes,
    recall: recalled / reals,
    density: total / (k * fakes),
    coverage: covered / reals,
  };
}

/** The squared distance of each position to its k-th nearest other one. */
function* squaredReaches(cloud: Float64Array, dimension: number, k: number): Work<Float64Array> {
  const count = countOf(cloud, dimension);
  const squares = new Float64Array(count);
  const nearest = new Float64Array(k);
  const reaches = new Float64Array(count);
  let since = 0;
  for (let i = 0; i < count; i++) {
    squaredDistances(cloud, i, cloud, dimension, squares);
    squares[i] = Number.POSITIVE_INFINITY; // itself
    reaches[i] = smallest(squares, nearest);
    since += count;
    if (since >= PAUSE_EVERY) {
      since = 0;
      yield (i + 1) / count;
    }
  }
  return reaches;
}

/** The nearest.length-th smallest value; `nearest` is working storage. */
function smallest(values: Float64Array, nearest: Float64Array): number {
  const last = nearest.length - 1;
  nearest.fill(Number.POSITIVE_INFINITY);
  for (let j = 0; j < values.length; j++) {
    const value = values[j];
    if (!(value < nearest[last])) continue;
    let at = last;
    for (; at > 0 && nearest[at - 1] > value; at--) nearest[at] = nearest[at - 1];
    nearest[at] = value;
  }
  return nearest[last];
}
