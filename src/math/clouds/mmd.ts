/** The maximum mean discrepancy of two clouds under a Gaussian kernel, or the mean of several. */
import { part, type Work } from '../work.ts';
import { countOf, isMeasurable, sumBetween, sumWithin } from './cloud.ts';

/** Bandwidths as multiples of a scale: fine structure and coarse in one number. */
export const BANDWIDTHS: readonly number[] = [0.1, 0.2, 0.5, 1, 2];

export interface Discrepancy {
  /** Over all pairs: at least 0, and 0 for equal clouds. */
  readonly biased: number;
  /** Without the pairs of a position with itself: its mean is 0 for equal distributions, so it may be below. */
  readonly unbiased: number;
}

/**
 * MMD squared of two clouds of any counts (Gretton et al. 2012, JMLR 13, equations 5 and 3). The kernel is the
 * mean of exp(-|x - y|² / 2σ²) over the bandwidths σ. Throws a RangeError unless these are positive numbers.
 */
export function* meanDiscrepancy(
  a: Float64Array,
  b: Float64Array,
  dimension: number,
  bandwidths: readonly number[],
): Work<Discrepancy> {
  const m = countOf(a, dimension);
  const n = countOf(b, dimension);
  if (bandwidths.length === 0 || !bandwidths.every((sigma) => sigma > 0)) {
    throw new RangeError(`Bandwidths are positive numbers, one or more; got [${bandwidths.join(', ')}].`);
  }
  if (!isMeasurable(a) || !isMeasurable(b)) return { biased: Number.NaN, unbiased: Number.NaN };
  const factors = Float64Array.from(bandwidths, (sigma) => -1 / (2 * sigma * sigma));
  const kernels = (squares: Float64Array) => sumOfKernels(squares, factors);
  const operations = EXPONENTIAL * factors.length;
  const between = yield* part(sumBetween(a, b, dimension, kernels, operations), 0, 0.5);
  const withinA = yield* part(sumWithin(a, dimension, kernels, operations), 0.5, 0.25);
  const withinB = yield* part(sumWithin(b, dimension, kernels, operations), 0.75, 0.25);
  const cross = (2 * between) / (m * n);
  return {
    // The kernel of a position with itself is 1.
    biased: (withinA + m) / m ** 2 + (withinB + n) / n ** 2 - cross,
    // One position alone has no other: 0 / 0, NaN.
    unbiased: withinA / (m * (m - 1)) + withinB / (n * (n - 1)) - cross,
  };
}

/** Elementary operations in the time of an exponential. */
const EXPONENTIAL = 4;

function sumOfKernels(squares: Float64Array, factors: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < factors.length; k++) {
    const factor = factors[k];
    for (let j = 0; j < squares.length; j++) sum += Math.exp(factor * squares[j]);
  }
  return sum / factors.length;
}
