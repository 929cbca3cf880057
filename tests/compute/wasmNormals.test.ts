/** The vectorised draws: bit for bit those of the named streams. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openNormals } from '../../src/compute/wasm/normals.ts';
import { stream } from '../../src/math/random.ts';

const normals = openNormals();

/** The place of the first number that differs in any bit; -1 if there is none. */
const firstDifference = (one: Float64Array, other: Float64Array) =>
  one.findIndex((value, i) => !Object.is(value, other[i]));

test('normals are those of the stream with the same key, bit for bit', () => {
  const word = fc.integer({ min: 0, max: 0xffffffff });
  fc.assert(
    fc.property(
      fc.maxSafeNat(),
      word,
      word,
      fc.integer({ min: 0, max: 5000 }),
      (seed, step, draw, length) => {
        const named = stream(seed, 'latent', step, draw);
        const found = new Float64Array(length);
        normals(named.key, found);
        expect(firstDifference(found, named.normals(new Float64Array(length)))).toBe(-1);
      },
    ),
    { numRuns: 200 },
  );
});

test('so are a million of them, from one stream', () => {
  const named = stream(1, 'data');
  const found = new Float64Array(1 << 20);
  normals(named.key, found);
  expect(firstDifference(found, named.normals(new Float64Array(found.length)))).toBe(-1);
});
