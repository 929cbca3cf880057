/** Accuracy and special values of the float64 functions that are the same on every machine. */
import { describe, expect, test } from 'vitest';
import * as elementary from '../../src/expr/ops/elementary.ts';
import { Choices } from './choices.ts';

const UNIT = 2 ** -53;

/** 100,000 numbers between two ends. */
const between = (low: number, high: number) =>
  new Choices([1]).values([100_000]).map((value) => low + ((value + 1) / 2) * (high - low));

/** 100,000 positive numbers of every size. */
const everySize = between(-740, 709).map(Math.exp);

const sigmoid = (x: number) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)));
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/**
 * One unit of 2^-53 more than the largest relative error that was found among a million points. The oracle
 * is itself wrong by up to 2 units (those of sigmoid and softplus, made of two of its values, by 4).
 */
describe('agrees with Math to a few units of 2^-53', () => {
  test.each<[string, (x: number) => number, (x: number) => number, Float64Array, number]>([
    ['exp', elementary.exp, Math.exp, between(-708, 709), 3],
    ['exp of small numbers', elementary.exp, Math.exp, between(-1, 1), 3],
    ['expm1', elementary.expm1, Math.expm1, between(-3, 3), 5],
    ['expm1 of tiny numbers', elementary.expm1, Math.expm1, between(-1e-5, 1e-5), 1],
    ['log', elementary.log, Math.log, everySize, 3],
    ['log near 1', elementary.log, Math.log, between(0.5, 2), 3],
    ['log1p', elementary.log1p, Math.log1p, between(-0.9, 3), 3],
    ['log1p of tiny numbers', elementary.log1p, Math.log1p, between(-1e-5, 1e-5), 3],
    ['tanh', elementary.tanh, Math.tanh, between(-20, 20), 7],
    ['tanh of tiny numbers', elementary.tanh, Math.tanh, between(-1e-3, 1e-3), 5],
    ['sigmoid', elementary.sigmoid, sigmoid, between(-700, 40), 4],
    ['softplus', elementary.softplus, softplus, between(-700, 40), 5],
    ['sin', elementary.sin, Math.sin, between(-20, 20), 3],
    ['sin of large angles', elementary.sin, Math.sin, between(-1.6e6, 1.6e6), 3],
    ['cos', elementary.cos, Math.cos, between(-20, 20), 3],
    ['cos of large angles', elementary.cos, Math.cos, between(-1.6e6, 1.6e6), 3],
  ])('%s', (_, f, oracle, points, units) => {
    let worst = 0;
    for (const x of points) worst = Math.max(worst, Math.abs(f(x) / oracle(x) - 1) / UNIT);
    expect(worst).toBeLessThanOrEqual(units);
  });

  test('exp and log below the smallest normal number, to one step of what can be said there', () => {
    for (const x of between(-745, -708.5).subarray(0, 1000)) {
      expect(Math.abs(elementary.exp(x) - Math.exp(x))).toBeLessThanOrEqual(Number.MIN_VALUE);
    }
    for (const x of [Number.MIN_VALUE, 3 * Number.MIN_VALUE, 1e-310, 2.2e-308]) {
      expect(Math.abs(elementary.log(x) / Math.log(x) - 1)).toBeLessThanOrEqual(2 * UNIT);
    }
  });

  test('sin and cos near multiples of pi/2, where little of the angle is left', () => {
    for (let k = 1; k < 1_000_000; k += 997) {
      const x = (k * Math.PI) / 2;
      for (const [f, oracle] of [
        [elementary.sin, Math.sin],
        [elementary.cos, Math.cos],
      ]) {
        expect(Math.abs(f(x) / oracle(x) - 1)).toBeLessThanOrEqual(4 * UNIT);
      }
    }
  });
});

test.each<[string, (x: number) => number, number[], number[]]>([
  [
    'exp',
    elementary.exp,
    [0, -0, Infinity, -Infinity, NaN, 709.782712893384, 709.782712893385, -745.13, -745.14, 1e300, -1e300],
    [1, 1, Infinity, 0, NaN, Math.exp(709.782712893384), Infinity, Number.MIN_VALUE, 0, Infinity, 0],
  ],
  ['expm1', elementary.expm1, [0, -0, Infinity, -Infinity, NaN], [0, -0, Infinity, -1, NaN]],
  [
    'log',
    elementary.log,
    [1, 0, -0, Infinity, -1, -Infinity, NaN, Math.E],
    [0, -Infinity, -Infinity, Infinity, NaN, NaN, NaN, 1],
  ],
  ['log1p', elementary.log1p, [0, -0, -1, Infinity, NaN], [0, -0, -Infinity, Infinity, NaN]],
  ['tanh', elementary.tanh, [0, -0, Infinity, -Infinity, NaN, 1e-320], [0, -0, 1, -1, NaN, 1e-320]],
  ['sigmoid', elementary.sigmoid, [0, -0, Infinity, -Infinity, NaN, 800, -800], [0.5, 0.5, 1, 0, NaN, 1, 0]],
  [
    'softplus',
    elementary.softplus,
    [0, Infinity, -Infinity, NaN, 800, -800],
    [Math.LN2, Infinity, 0, NaN, 800, 0],
  ],
  ['sin', elementary.sin, [0, -0, Infinity, -Infinity, NaN, 1e-320], [0, -0, NaN, NaN, NaN, 1e-320]],
  ['cos', elementary.cos, [0, -0, Infinity, -Infinity, NaN], [1, 1, NaN, NaN, NaN]],
])('%s of special values', (_, f, arguments_, values) => {
  expect(arguments_.map(f)).toEqual(values);
});

test('tanh and sin are odd and cos is even, exactly', () => {
  for (const x of between(0, 30).subarray(0, 1000)) {
    expect(elementary.tanh(-x)).toBe(-elementary.tanh(x));
    expect(elementary.sin(-x)).toBe(-elementary.sin(x));
    expect(elementary.cos(-x)).toBe(elementary.cos(x));
  }
});
