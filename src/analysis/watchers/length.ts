/** The length of a vector whose squares may leave the range of numbers. */
import type { Vector } from '../../math/vector.ts';

/** The entry farthest from 0; NaN or infinite where one is. */
export function largestOf(vector: Vector): number {
  let largest = 0;
  for (const value of vector) {
    const size = Math.abs(value);
    if (!(size <= largest)) largest = size;
    if (Number.isNaN(size)) return Number.NaN;
  }
  return largest;
}

/** Euclidean, as long as it is itself within the range. */
export function lengthOf(vector: Vector): number {
  const largest = largestOf(vector);
  if (!(largest > 0) || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (const value of vector) sum += (value / largest) ** 2;
  return largest * Math.sqrt(sum);
}
