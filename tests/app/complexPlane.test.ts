/** Windows over the complex plane show all that is asked for, and do not shiver; places in maps are those drawn. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { windowFor } from '../../src/app/draw/complexPlane.ts';
import { placeIn } from '../../src/app/draw/stabilityMap.ts';

const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 9 });

test('a window shows every eigenvalue and the origin', () => {
  fc.assert(
    fc.property(numbers, numbers, fc.double({ min: 0.3, max: 3, noNaN: true }), (re, im, aspect) => {
      const count = Math.min(re.length, im.length);
      const marks = { re: re.slice(0, count), im: im.slice(0, count) };
      const { centre, halfWidth } = windowFor([marks], aspect, undefined);
      for (let i = 0; i < count; i++) {
        expect(Math.abs(marks.re[i] - centre)).toBeLessThanOrEqual(halfWidth);
        expect(Math.abs(marks.im[i]) * aspect).toBeLessThanOrEqual(halfWidth);
      }
      expect(Math.abs(centre)).toBeLessThanOrEqual(halfWidth);
    }),
  );
});

test('a window stays while it shows all, and follows what has become much smaller or larger', () => {
  const first = windowFor([{ re: [0, 1], im: [1, -1] }], 1, undefined);
  expect(windowFor([{ re: [0, 0.9], im: [1.1, -1.1] }], 1, first)).toBe(first);
  expect(windowFor([{ re: [0, 3], im: [0, 0] }], 1, first).halfWidth).toBeGreaterThan(first.halfWidth);
  expect(windowFor([{ re: [0, 0.01], im: [0, 0] }], 1, first).halfWidth).toBeLessThan(0.1);
  expect(windowFor([{ re: [Number.NaN], im: [1] }], 1, first)).not.toBe(undefined);
});

test('a place in the stability map is the cell that is drawn there', () => {
  const map = { rates: Float64Array.of(0.01, 0.1, 1), values: Float64Array.of(1, 2) };
  const painting = { width: 300, height: 200, palette: { textSize: 16 } };
  const found = new Set<string>();
  for (let x = 0; x < 300; x += 5) {
    for (let y = 0; y < 200; y += 5) {
      const place = placeIn(map, painting, x, y);
      if (place) found.add(`${place.rate} ${place.value}`);
    }
  }
  expect(found.size).toBe(6);
  expect(placeIn(map, painting, 299, 199)).toBeUndefined();
  expect(placeIn(map, painting, 60, 20)).toEqual({ rate: 0.01, value: 2 });
  expect(placeIn(map, painting, 60, 165)).toEqual({ rate: 0.01, value: 1 });
});
