/** Sliders: every position is a value in range, every value has its place, and arrow keys always move on. */
import { expect, test } from 'vitest';
import { leastPositive, nudge, positionOf, stepOf, TRACK, valueAt } from '../../src/app/controls/scale.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { presets } from '../../src/catalog/presets/index.ts';
import { integer, type NumberSetting, number, parse, walk } from '../../src/settings/index.ts';

const words = { label: 'a', summary: 'A number.' };
const rate = number({ ...words, default: 0.001, min: 0, max: 10, scale: 'log', zero: true });

/** Every number that the catalog's presets show. */
const declared = presets
  .flatMap(({ experiment }) => walk(schema, parse(schema, experiment).values))
  .filter(({ setting }) => setting.type === 'number' || setting.type === 'integer')
  .map(({ path, setting }) => [path, setting as NumberSetting] as const);

test.each(declared)('%s: positions give values in range, in order', (_path, setting) => {
  let last = Number.NEGATIVE_INFINITY;
  for (let position = 0; position <= TRACK; position++) {
    const value = valueAt(setting, position);
    expect(value).toBeGreaterThanOrEqual(Math.max(last, setting.min));
    expect(value).toBeLessThanOrEqual(setting.max);
    last = value;
  }
  expect(valueAt(setting, 0)).toBe(setting.min);
  expect(valueAt(setting, TRACK)).toBe(setting.max);
});

test.each(declared)(
  '%s: the default lies on the track, where it reads back nearly the same',
  (_path, setting) => {
    const position = positionOf(setting, setting.default);
    const again = positionOf(setting, valueAt(setting, position));
    // An integer range shorter than the track, and two digits on a log scale, move by their own grain.
    expect(Math.abs(again - position)).toBeLessThanOrEqual(TRACK / 20);
  },
);

test.each(declared)('%s: an arrow key moves the value, until the end', (_path, setting) => {
  if (setting.default < setting.max)
    expect(nudge(setting, setting.default, 1)).toBeGreaterThan(setting.default);
  if (setting.default > setting.min)
    expect(nudge(setting, setting.default, -1)).toBeLessThan(setting.default);
  expect(nudge(setting, setting.max, 1)).toBe(setting.max);
  expect(nudge(setting, setting.min, -1)).toBe(setting.min);
});

test('a log scale with zero has zero at its end, and the smallest rate beside it', () => {
  expect(valueAt(rate, 0)).toBe(0);
  expect(positionOf(rate, 0)).toBe(0);
  expect(leastPositive(rate)).toBe(1e-5);
  expect(nudge(rate, 0, 1)).toBe(1e-5);
  expect(nudge(rate, 1e-5, -1)).toBe(0);
  expect(valueAt(rate, positionOf(rate, 0.01))).toBe(0.01);
});

test('steps of a linear scale are 1, 2 or 5 times a power of ten', () => {
  expect(stepOf(number({ ...words, default: 0, min: -5, max: 5 }))).toBe(0.05);
  expect(stepOf(number({ ...words, default: 0, min: 0, max: 1 }))).toBe(0.005);
  expect(stepOf(number({ ...words, default: 0, min: 0, max: 10, step: 0.3 }))).toBe(0.3);
});

test('an integer moves by one', () => {
  const size = integer({ ...words, default: 128, min: 1, max: 4096, scale: 'log' });
  expect(nudge(size, 128, 1)).toBe(129);
  expect(valueAt(size, 0)).toBe(1);
});
