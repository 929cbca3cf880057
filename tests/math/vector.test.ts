/** Vectors: the five plain loops everything else is made of. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { half } from '../../src/math/field.ts';
import { addScaled, copyOf, dot, isFiniteVector, norm } from '../../src/math/vector.ts';

test('dot, norm and addScaled on numbers that are exact', () => {
  const a = new Float64Array([1, 2, 2]);
  expect(dot(a, new Float64Array([3, 4, -5]))).toBe(1);
  expect(norm(a)).toBe(3);
  const into = new Float64Array([1, 1, 1]);
  expect(addScaled(into, a, -0.5)).toBe(into);
  expect(Array.from(into)).toEqual([0.5, 0, 0]);
});

test('a copy is equal and separate, also of a view', () => {
  fc.assert(
    fc.property(fc.float64Array(), (a) => {
      const view = a.subarray(1);
      const copy = copyOf(view);
      expect(copy).toEqual(view);
      expect(copy.buffer).not.toBe(view.buffer);
    }),
  );
});

test('one entry that is not finite is enough', () => {
  expect(isFiniteVector(new Float64Array([1, -2, 0]))).toBe(true);
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    expect(isFiniteVector(new Float64Array([1, bad, 0]))).toBe(false);
  }
});

test('the halves of a joint vector are views: the generator first', () => {
  const joint = new Float64Array([1, 2, 3]);
  expect(Array.from(half(joint, 1, 'generator'))).toEqual([1]);
  half(joint, 1, 'discriminator').fill(0);
  expect(Array.from(joint)).toEqual([1, 0, 0]);
});
