/** A period is found where there is one, and nowhere else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { periodOf } from '../../src/math/period.ts';
import { stream } from '../../src/math/random.ts';

const noise = (seed: number, length: number) => stream(seed, 'noise').normals(new Float64Array(length));
const series = (length: number, at: (i: number) => number) => Float64Array.from({ length }, (_, i) => at(i));

describe('a period', () => {
  test('of a sine is found within 5 %, whatever its phase, level, trend and a tenth of noise', () => {
    const drawn = fc.record({
      length: fc.integer({ min: 80, max: 4096 }),
      // Eight entries a turn at least, five turns at least in what is looked at.
      place: fc.double({ min: 0, max: 1, noNaN: true }),
      phase: fc.double({ min: 0, max: 7, noNaN: true }),
      level: fc.double({ min: -10, max: 10, noNaN: true }),
      trend: fc.double({ min: -1, max: 1, noNaN: true }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(drawn, ({ length, place, phase, level, trend, seed }) => {
        const period = 8 * (Math.min(length / 5, 800) / 8) ** place;
        const extra = noise(seed, length);
        const x = series(
          length,
          (i) => level + (trend * i) / length + Math.sin((2 * Math.PI * i) / period + phase) + 0.1 * extra[i],
        );
        expect(Math.abs((periodOf(x)?.period ?? Number.NaN) / period - 1)).toBeLessThan(0.05);
      }),
      { numRuns: 200 },
    );
  });

  test('is not found in noise, nor in a random walk', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 4096 }), fc.boolean(), (seed, length, adds) => {
        const x = noise(seed, length);
        if (adds) for (let i = 1; i < length; i++) x[i] += x[i - 1];
        expect(periodOf(x)).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  test('is not found in what is constant, settles, drifts, or is not finite', () => {
    for (const length of [10, 500, 4000]) {
      expect(periodOf(series(length, () => Math.LN2))).toBeUndefined();
      expect(periodOf(series(length, (i) => Math.exp((-5 * i) / length)))).toBeUndefined();
      expect(periodOf(series(length, (i) => i))).toBeUndefined();
      expect(periodOf(series(length, (i) => (i === 8 ? Number.NaN : Math.sin(i))))).toBeUndefined();
    }
    expect(periodOf(new Float64Array(0))).toBeUndefined();
  });

  test('of a growing or dying swing comes with what the swing is multiplied by in a turn', () => {
    for (const rate of [0.995, 1, 1.005]) {
      const found = periodOf(series(2000, (i) => rate ** i * Math.cos(i / 5)));
      expect(found?.period).toBeCloseTo(10 * Math.PI, 0);
      // The straight trend that is taken off leaves a few per cent.
      expect(Math.abs((found?.growth ?? 0) / rate ** (10 * Math.PI) - 1)).toBeLessThan(0.03);
    }
  });

  test('with a second wave within it is the whole one', () => {
    const found = periodOf(series(4000, (i) => Math.sin(i / 20) + 1.2 * Math.sin(i / 10 + 1)));
    expect(found?.period).toBeCloseTo(40 * Math.PI, 0);
  });
});
