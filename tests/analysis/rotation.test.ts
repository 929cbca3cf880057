/** The period of a run, against series and games whose period is known. */
import { describe, expect, test } from 'vitest';
import { rotation, rotationOf } from '../../src/analysis/rotation.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { momentOf } from '../../src/engine/frame.ts';
import { openSession } from '../../src/engine/session.ts';
import { stream } from '../../src/math/random.ts';
import { descent, experimentOf } from '../catalog/given.ts';

const series = (count: number, at: (i: number) => number) =>
  Float64Array.from({ length: count }, (_, i) => at(i));

describe('the period of a series', () => {
  test.each([7, 10.5, 33.3, 100])('of a sine of %d steps is that, at full strength', (period) => {
    const found = rotationOf([series(1000, (i) => Math.sin((2 * Math.PI * i) / period + 1))]);
    expect(Math.abs((found.period as number) - period)).toBeLessThan(0.02 * period);
    expect(found.strength).toBeGreaterThan(0.95);
  });

  test('is not moved by growth, decay, offset or drift', () => {
    for (const growth of [1.003, 0.997]) {
      const found = rotationOf([series(1000, (i) => 5 + growth ** i * Math.sin((2 * Math.PI * i) / 40))]);
      expect(found.period).toBeCloseTo(40, 0);
      expect(found.strength).toBeGreaterThan(0.9);
    }
    const drifting = rotationOf([series(1000, (i) => 0.01 * i + Math.sin((2 * Math.PI * i) / 40))]);
    expect(drifting.period).toBeCloseTo(40, 0);
  });

  test('under noise as large as itself is found, at half strength', () => {
    const noise = stream(1, 'test.noise').normals(new Float64Array(2000));
    const found = rotationOf([series(2000, (i) => Math.SQRT2 * Math.sin((2 * Math.PI * i) / 50) + noise[i])]);
    expect(Math.abs((found.period as number) - 50)).toBeLessThan(2);
    expect(found.strength).toBeGreaterThan(0.4);
    expect(found.strength).toBeLessThan(0.6);
  });

  test('of noise, of a line, of a constant, of a decay and of too few is none', () => {
    const none = { period: null, strength: 0 };
    for (const seed of [0, 1, 2, 3, 4]) {
      const noise = stream(seed, 'test.noise').normals(new Float64Array(1024));
      expect(rotationOf([noise])).toEqual(none);
    }
    expect(rotationOf([series(500, (i) => 3 + 0.1 * i)])).toEqual(none);
    expect(rotationOf([series(500, () => 0.7)])).toEqual(none);
    expect(rotationOf([series(500, (i) => Math.exp(-i / 200))])).toEqual(none);
    expect(rotationOf([series(8, (i) => Math.sin(i))])).toEqual(none);
  });
});

describe('the period of a run', () => {
  const readAfter = (steps: number, differences: Record<string, unknown>, window = 1024) => {
    const session = openSession(experimentOf(differences), reference);
    session.advance(steps);
    return rotation.read(momentOf(session), { window });
  };

  test('of the bilinear game is half a turn of arctan(rate a) a step: V = theta phi repeats twice in a turn', () => {
    const rate = 0.1;
    const { period, strength, steps } = readAfter(600, {
      game: { kind: 'bilinear', strength: 1 },
      scheme: { kind: 'simultaneous' },
      ...descent(rate),
    });
    expect(period).toBeCloseTo(Math.PI / Math.atan(rate), 0);
    expect(strength).toBeGreaterThan(0.95);
    expect(steps).toBe(600);
  });

  test('counts the newest steps only, and is none before the first', () => {
    const bilinear = { game: { kind: 'bilinear' }, ...descent(0.1) };
    expect(readAfter(600, bilinear, 100).steps).toBe(100);
    expect(readAfter(0, bilinear)).toEqual({ period: null, strength: 0, steps: 0 });
  });
});
