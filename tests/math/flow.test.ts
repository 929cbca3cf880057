/** The flow of a field against its closed forms, and its order. */
import { expect, test } from 'vitest';
import type { Field } from '../../src/math/field.ts';
import { flowOf } from '../../src/math/flow.ts';

/** F(w) = J w of two parameters. */
const linear = (a: number, b: number, c: number, d: number) =>
  ({
    size: 2,
    split: 1,
    at(point: Float64Array, out: Float64Array) {
      const [x, y] = point;
      out[0] = a * x + b * y;
      out[1] = c * x + d * y;
      return out;
    },
  }) as unknown as Field;

function flown(field: Field, time: number, h: number): Float64Array {
  const point = Float64Array.of(1, 0.5);
  const move = flowOf(field);
  for (let k = 0; k < Math.round(time / h); k++) move(point, h);
  return point;
}

test('a rotation keeps its radius and turns by its speed', () => {
  const point = flown(linear(0, 1, -1, 0), 10, 0.01);
  expect(Math.hypot(...point)).toBeCloseTo(Math.hypot(1, 0.5), 10);
  // theta' = -phi, phi' = theta: a turn by 10 radians.
  expect(point[0]).toBeCloseTo(Math.cos(10) - 0.5 * Math.sin(10), 8);
  expect(point[1]).toBeCloseTo(Math.sin(10) + 0.5 * Math.cos(10), 8);
});

test('an attraction decays by its rate', () => {
  const point = flown(linear(2, 0, 0, 0.5), 1, 0.01);
  expect(point[0]).toBeCloseTo(Math.exp(-2), 8);
  expect(point[1]).toBeCloseTo(0.5 * Math.exp(-0.5), 8);
});

test('half the step length leaves a sixteenth of the error: order 4', () => {
  const error = (h: number) => Math.abs(flown(linear(1, 0, 0, 1), 1, h)[0] - Math.exp(-1));
  for (const h of [0.2, 0.1]) {
    expect(error(h) / error(h / 2)).toBeGreaterThan(14);
    expect(error(h) / error(h / 2)).toBeLessThan(19);
  }
});
