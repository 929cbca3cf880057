/** The energy distance: how much farther two clouds are from each other than each is from itself. */
import { part, type Work } from '../work.ts';
import { countOf, isMeasurable, sumBetween, sumWithin } from './cloud.ts';

/**
 * 2 E|X - Y| - E|X - X'| - E|Y - Y'| over all pairs, those of a position with itself included, so that it is
 * at least 0 and 0 for equal clouds (Székely and Rizzo 2013, "Energy statistics"). Clouds of any counts.
 */
export function* energyDistance(a: Float64Array, b: Float64Array, dimension: number): Work<number> {
  const countA = countOf(a, dimension);
  const countB = countOf(b, dimension);
  if (!isMeasurable(a) || !isMeasurable(b)) return Number.NaN;
  const between = yield* part(sumBetween(a, b, dimension, sumOfRoots, 1), 0, 0.5);
  const withinA = yield* part(sumWithin(a, dimension, sumOfRoots, 1), 0.5, 0.25);
  const withinB = yield* part(sumWithin(b, dimension, sumOfRoots, 1), 0.75, 0.25);
  return (2 * between) / (countA * countB) - withinA / countA ** 2 - withinB / countB ** 2;
}

function sumOfRoots(squares: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < squares.length; j++) sum += Math.sqrt(squares[j]);
  return sum;
}
