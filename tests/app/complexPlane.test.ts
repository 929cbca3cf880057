/** Windows over the complex plane show all that is asked for, and do not shiver; places in maps are those drawn. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { presetExperiment } from '../../src/app/address.ts';
import { hasNumbers, placesOn, windowFor } from '../../src/app/draw/complexPlane.ts';
import type { Palette } from '../../src/app/draw/palette.ts';
import { cellOf, drawMap, isChoiceIn, placeIn, rateOf } from '../../src/app/draw/stabilityMap.ts';
import { loadNamed } from '../../src/app/named.ts';
import type { Experiment } from '../../src/catalog/experiment.ts';

await loadNamed();
const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 9 });

test('a window shows every eigenvalue whole, with room for its mark, and the origin', () => {
  fc.assert(
    fc.property(numbers, numbers, fc.integer({ min: 150, max: 1200 }), (re, im, width) => {
      const count = Math.min(re.length, im.length);
      const marks = { re: re.slice(0, count), im: im.slice(0, count) };
      const picture = { width, height: 180, room: 6 };
      // Also where it is the one from before, which showed only a part of them.
      const before = windowFor([{ re: re.slice(0, 1), im: im.slice(0, 1) }], picture, undefined);
      for (const view of [windowFor([marks], picture, undefined), windowFor([marks], picture, before)]) {
        const { x, y } = placesOn(view, picture);
        const slack = 1e-6;
        for (let i = 0; i < count; i++) {
          expect(Math.abs(x(marks.re[i]) - width / 2)).toBeLessThanOrEqual(width / 2 - 6 + slack);
          expect(Math.abs(y(marks.im[i]) - 90)).toBeLessThanOrEqual(90 - 6 + slack);
        }
        expect(Math.abs(x(0) - width / 2)).toBeLessThanOrEqual(width / 2);
      }
    }),
  );
});

test('a window stays while it shows all, and follows what has become much smaller or larger', () => {
  const square = { width: 100, height: 100, room: 6 };
  const first = windowFor([{ re: [0, 1], im: [1, -1] }], square, undefined);
  expect(windowFor([{ re: [0, 0.9], im: [1.1, -1.1] }], square, first)).toBe(first);
  expect(windowFor([{ re: [0, 0.9], im: [1.1, -1.1] }], { ...square, width: 200 }, first)).not.toBe(first); // of another shape
  expect(windowFor([{ re: [0, 3], im: [0, 0] }], square, first).halfWidth).toBeGreaterThan(first.halfWidth);
  expect(windowFor([{ re: [0, 0.01], im: [0, 0] }], square, first).halfWidth).toBeLessThan(0.1);
  // What is no number is not looked for.
  expect(windowFor([{ re: [0, Number.NaN, 1], im: [1, 5, Number.NaN] }], square, undefined)).toEqual(
    windowFor([{ re: [0], im: [1] }], square, undefined),
  );
  expect(windowFor([{ re: [Number.NaN], im: [1] }], square, undefined).halfWidth).toBeGreaterThan(0);
});

test('zeros alone are seen in a plane of ordinary size; where there is no number, there is none', () => {
  const square = { width: 100, height: 100, room: 6 };
  const zeros = { re: [0, 0], im: [0, 0] };
  const { halfWidth } = windowFor([zeros], square, undefined);
  expect(halfWidth).toBeGreaterThan(0.5);
  expect(halfWidth).toBeLessThan(2);
  expect(hasNumbers([zeros])).toBe(true);
  const none = { re: new Float64Array(0), im: new Float64Array(0) };
  expect(hasNumbers([])).toBe(false);
  expect(hasNumbers([none, { re: [Number.NaN, 1], im: [0, Number.POSITIVE_INFINITY] }])).toBe(false);
  expect(hasNumbers([none, { re: [Number.NaN, 1], im: [0, 2] }])).toBe(true);
});

test('a place in the stability map is the cell that is drawn there', () => {
  const map = {
    rates: Float64Array.of(0.01, 0.1, 1),
    values: Float64Array.of(1, 2),
    radius: Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
  };
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
  expect(placeIn(map, painting, 60, 20)).toEqual({ rate: 0.01, value: 2, radius: 0.4 });
  expect(placeIn(map, painting, 60, 165)).toEqual({ rate: 0.01, value: 1, radius: 0.1 });
});

test('what is chosen is marked in its place between the cells of the stability map', () => {
  const values = Float64Array.of(0, 0.5, 1, 4);
  expect([0, 0.25, 0.5, 1, 2, 4].map((value) => cellOf(values, value))).toEqual([0, 0.5, 1, 2, 2.5, 3]);
  expect([-1, 5].map((value) => cellOf(values, value))).toEqual([-0.5, 3.5]);
  expect(cellOf(Float64Array.of(2), 3)).toBe(0);
});

test('a choice lies in the stability map up to half a cell beyond it, also by the rate of a grafted rule', () => {
  const quadratic = presetExperiment('quadratic') as Experiment;
  const at = (rate: number, attraction: number) =>
    ({
      ...quadratic,
      generator: { kind: 'sgd', learningRate: rate },
      game: { ...quadratic.game, attraction },
    }) as Experiment;
  const linear = {
    path: 'game.attraction',
    rates: Float64Array.of(0.01, 0.1, 1),
    values: Float64Array.of(0, 1, 2),
  };
  expect([0.0032, 0.01, 1, 3.1].map((rate) => isChoiceIn(linear, at(rate, 1)))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect([0.003, 3.3].map((rate) => isChoiceIn(linear, at(rate, 1)))).toEqual([false, false]);
  expect([-0.4, 2.4].map((value) => isChoiceIn(linear, at(0.1, value)))).toEqual([true, true]);
  expect([-0.6, 2.6].map((value) => isChoiceIn(linear, at(0.1, value)))).toEqual([false, false]);
  const log = { ...linear, values: Float64Array.of(0.1, 1, 10) };
  expect([0, 0.04, 20].map((value) => isChoiceIn(log, at(0.1, value)))).toEqual([true, true, true]);
  expect([0.02, 40].map((value) => isChoiceIn(log, at(0.1, value)))).toEqual([false, false]);
  expect(isChoiceIn({ ...linear, path: 'game.none' }, at(0.1, 1))).toBe(false);

  const grafted = presetExperiment('adaptiveSize') as Experiment;
  expect(rateOf(grafted)).toBe(
    (grafted.generator as { magnitude: { learningRate: number } }).magnitude.learningRate,
  );
});

test('over both rates the axes are named, and no number stands below the name', () => {
  const written: { text: string; from: number; to: number }[] = [];
  const broad = (text: string) => 6 * text.length;
  const context = new Proxy({ measureText: (text: string) => ({ width: broad(text) }) } as never, {
    get: (set: Record<string, unknown>, name: string) =>
      set[name] ??
      ((text: unknown, x: number) => {
        if (name !== 'fillText') return;
        const width = broad(String(text));
        const from = x - { left: 0, center: width / 2, right: width }[set.textAlign as 'left'];
        written.push({ text: String(text), from, to: from + width });
      }),
  });
  const rates = Float64Array.from({ length: 16 }, (_, i) => 0.003 * 32 ** (i / 7.5));
  drawMap(
    context as unknown as CanvasRenderingContext2D,
    300,
    200,
    { rates, values: rates, radius: new Float64Array(256).fill(2), path: 'discriminator.learningRate' },
    presetExperiment('bilinear') as Experiment,
    { textSize: 16, real: [0, 0, 0], fake: [0, 0, 0], sans: '' } as unknown as Palette,
  );
  const name = written.find(({ text }) => text === 'generator’s rate');
  expect(name?.to).toBeLessThanOrEqual(300);
  const numbers = written.slice(
    written.findIndex(({ text }) => text === '0.01'),
    written.indexOf(name!),
  );
  expect(numbers.length).toBeGreaterThan(0);
  for (const { to } of numbers) expect(to).toBeLessThan(name!.from);
});
