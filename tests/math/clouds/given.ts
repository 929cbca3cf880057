/** Clouds to measure: the square and its double, whose distances have closed forms, and drawn ones. */
import fc from 'fast-check';
import { stream } from '../../../src/math/random.ts';

/** The corners of the unit square, and of the square of side two: the goldens are of these. */
export const square = Float64Array.of(0, 0, 1, 0, 0, 1, 1, 1);
export const double = square.map((x) => 2 * x);

/** Standard normals [count, dimension]. */
export const normals = (count: number, dimension: number, seed: number) =>
  stream(seed, 'cloud').normals(new Float64Array(count * dimension));

/** A cloud moved by a vector. */
export const moved = (cloud: Float64Array, by: readonly number[]) =>
  cloud.map((x, i) => x + by[i % by.length]);

/** A cloud of the plane turned by an angle around the origin. */
export function turned(cloud: Float64Array, angle: number): Float64Array {
  const out = new Float64Array(cloud.length);
  for (let i = 0; i < cloud.length; i += 2) {
    out[i] = Math.cos(angle) * cloud[i] - Math.sin(angle) * cloud[i + 1];
    out[i + 1] = Math.sin(angle) * cloud[i] + Math.cos(angle) * cloud[i + 1];
  }
  return out;
}

const place = fc.double({ min: -10, max: 10, noNaN: true });

/** Clouds of one dimension of 1 to 3 and of `least` to `most` positions; of the same count if asked. */
export const clouds = (least: number, most: number, sameCount = false) =>
  fc
    .record({
      dimension: fc.integer({ min: 1, max: 3 }),
      counts: fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most })),
      // Whole numbers make ties, which drawn doubles never do.
      value: fc.constantFrom(place, fc.integer({ min: -2, max: 2 }) as fc.Arbitrary<number>),
    })
    .chain(({ dimension, counts: [first, second], value }) => {
      const cloud = (count: number) =>
        fc
          .array(value, { minLength: count * dimension, maxLength: count * dimension })
          .map((values) => Float64Array.from(values));
      return fc.record({
        dimension: fc.constant(dimension),
        a: cloud(first),
        b: cloud(sameCount ? first : second),
      });
    });
