/** Normal quantiles against tables and against the density's integral. */
import { expect, test } from 'vitest';
import { normalQuantile } from '../../src/math/normal.ts';

test('are those of the tables', () => {
  const table: [number, number][] = [
    [0.5, 0],
    [0.841344746068543, 1],
    [0.975, 1.959963984540054],
    [0.995, 2.575829303548901],
    [0.999, 3.090232306167814],
    [1e-6, -4.753424308822899],
  ];
  for (const [p, z] of table) expect(Math.abs(normalQuantile(p) - z)).toBeLessThan(1e-8);
});

test('hold the probability between them, by Simpson’s rule', () => {
  const density = (z: number) => Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI);
  for (const [p, q] of [
    [0.001, 0.02],
    [0.02, 0.03],
    [0.3, 0.7],
    [0.9, 0.98],
    [0.97, 0.999],
  ]) {
    const [a, b] = [normalQuantile(p), normalQuantile(q)];
    const pieces = 200;
    const h = (b - a) / pieces;
    let sum = density(a) + density(b);
    for (let i = 1; i < pieces; i++) sum += (i % 2 === 0 ? 2 : 4) * density(a + i * h);
    expect(Math.abs((sum * h) / 3 - (q - p))).toBeLessThan(1e-9);
  }
});

test('are odd about one half, and infinite at the ends', () => {
  for (const p of [0.01, 0.2, 0.4999]) expect(normalQuantile(1 - p)).toBeCloseTo(-normalQuantile(p), 12);
  expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
  expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
});
