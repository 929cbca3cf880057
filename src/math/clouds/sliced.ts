/** Sliced Wasserstein distances: the mean over directions of the exact distances along a line. */
import { cosineNear, sineNear, stream } from '../random.ts';
import { PAUSE_EVERY, type Work } from '../work.ts';
import { countOf, isMeasurable } from './cloud.ts';

export interface Sliced {
  /** The mean over directions of W1 of the projections. */
  readonly w1: number;
  /** The mean over directions of W2 squared of the projections. */
  readonly w2Squared: number;
}

/**
 * Sliced W1 and W2 squared of two clouds, of any counts, each position with the same weight (Rabin et al.
 * 2012, "Wasserstein barycenter and its application to texture mixing"; Bonneel et al. 2015).
 *
 * In the plane the directions are `directions` equally spaced angles, the middles of equal parts of the half
 * circle; in more dimensions that many fixed random ones. On a line there is one, and the distances are exact.
 */
export function* sliced(
  a: Float64Array,
  b: Float64Array,
  dimension: number,
  directions: number,
): Work<Sliced> {
  const countA = countOf(a, dimension);
  const countB = countOf(b, dimension);
  if (!Number.isInteger(directions) || directions < 1) {
    throw new RangeError(`Directions are a whole number from 1; got ${directions}.`);
  }
  if (!isMeasurable(a) || !isMeasurable(b)) return { w1: Number.NaN, w2Squared: Number.NaN };
  const along = dimension === 1 ? Float64Array.of(1) : directionsOf(dimension, directions);
  const lines = along.length / dimension;
  const placesA = new Float64Array(countA);
  const placesB = new Float64Array(countB);
  const sums = new Float64Array(2);
  let since = 0;
  for (let line = 0; line < lines; line++) {
    project(a, along, line, dimension, placesA);
    project(b, along, line, dimension, placesB);
    addDistances(placesA.sort(), placesB.sort(), sums);
    since += (countA + countB) * SORTING;
    if (since >= PAUSE_EVERY) {
      since = 0;
      yield (line + 1) / lines;
    }
  }
  return { w1: sums[0] / lines, w2Squared: sums[1] / lines };
}

/** Elementary operations to project and sort a place: about the comparisons that some thousand places need. */
const SORTING = 20;

/** [directions, dimension], row-major, of length one. */
function directionsOf(dimension: number, directions: number): Float64Array {
  const out = new Float64Array(directions * dimension);
  if (dimension === 2) {
    for (let line = 0; line < directions; line++) {
      const quarters = (2 * (line + 0.5)) / directions;
      // The nearest quarter turn is taken off, so that the rest is one that the polynomials are made for.
      const turn = Math.round(quarters);
      const rest = (quarters - turn) * (Math.PI / 2);
      const cosine = cosineNear(rest);
      const sine = sineNear(rest);
      out[2 * line] = turn === 0 ? cosine : turn === 1 ? -sine : -cosine;
      out[2 * line + 1] = turn === 0 ? sine : turn === 1 ? cosine : -sine;
    }
    return out;
  }
  stream(0, 'directions').normals(out);
  for (let line = 0; line < directions; line++) {
    let square = 0;
    for (let axis = 0; axis < dimension; axis++) square += out[line * dimension + axis] ** 2;
    const length = Math.sqrt(square);
    for (let axis = 0; axis < dimension; axis++) out[line * dimension + axis] /= length;
  }
  return out;
}

function project(
  cloud: Float64Array,
  along: Float64Array,
  line: number,
  dimension: number,
  out: Float64Array,
): void {
  for (let i = 0; i < out.length; i++) {
    let place = 0;
    for (let axis = 0; axis < dimension; axis++) {
      place += cloud[dimension * i + axis] * along[dimension * line + axis];
    }
    out[i] = place;
  }
}

/**
 * Adds W1 and W2 squared of two ascending rows of places to `sums`: mass is moved in order (Peyré and Cuturi
 * 2019, remark 2.30). Mass is counted in parts of 1 / (count of a * count of b), so that no part is rounded.
 */
function addDistances(a: Float64Array, b: Float64Array, sums: Float64Array): void {
  let i = 0;
  let j = 0;
  let leftA = b.length;
  let leftB = a.length;
  let first = 0;
  let second = 0;
  while (i < a.length) {
    const moved = Math.min(leftA, leftB);
    const distance = Math.abs(a[i] - b[j]);
    first += moved * distance;
    second += moved * distance * distance;
    leftA -= moved;
    leftB -= moved;
    if (leftA === 0) {
      i += 1;
      leftA = b.length;
    }
    if (leftB === 0) {
      j += 1;
      leftB = a.length;
    }
  }
  const parts = a.length * b.length;
  sums[0] += first / parts;
  sums[1] += second / parts;
}
