/** A frame: where a run stands and what the watched probes read, nothing else. */
import { expect, test } from 'vitest';
import type { Device } from '../../src/compute/program.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { takeFrame } from '../../src/engine/frame.ts';
import { openSession } from '../../src/engine/session.ts';
import { descent, experimentOf, smallGan } from '../catalog/given.ts';

const bilinear = experimentOf({ game: { kind: 'bilinear' }, ...descent(0.1) });
const gan = experimentOf({ game: smallGan });

test('only watched probes are read: an unwatched run compiles nothing for them', () => {
  let compiled = 0;
  const counting: Device = {
    ...reference,
    compile(outputs) {
      compiled += 1;
      return reference.compile(outputs);
    },
  };
  const session = openSession(gan, counting);
  expect(takeFrame(session, []).readings).toEqual({});
  expect(compiled).toBe(0);
  const { readings } = takeFrame(session, [{ probe: 'samples' }, { probe: 'losses' }]);
  expect(Object.keys(readings)).toEqual(['samples', 'losses']);
  expect(compiled).toBe(2);
});

test('unknown probes and those that do not fit the game are left out', () => {
  const watched = ['nonsense', 'samples', 'modes', 'discriminator', 'toString', 'point'];
  const { readings } = takeFrame(
    openSession(bilinear, reference),
    watched.map((probe) => ({ probe })),
  );
  expect(readings).toEqual({ point: Float64Array.of(1, 1) });
});

test('settings of a probe are mended, never thrown about', () => {
  const session = openSession(bilinear, reference);
  const settings = { resolution: 3.4, centre: 'here', extent: -1, unknown: true };
  const { vectorField } = takeFrame(session, [{ probe: 'vectorField', settings }]).readings;
  expect(vectorField).toMatchObject({ resolution: 3, centre: Float64Array.of(0, 0) });
});

test('counts, losses and path are those since the last frame', () => {
  const session = openSession(bilinear, reference);
  const first = takeFrame(session, []);
  expect(first).toMatchObject({ run: 0, step: 0, evaluations: 0, products: 0, device: 'reference' });
  expect([...first.path]).toEqual([1, 1]);
  session.advance(2);
  const second = takeFrame(session, []);
  expect(second).toMatchObject({ step: 2, evaluations: 2 });
  // V = theta phi, met before each step: at (1, 1), then at (0.9, 1.1).
  expect([...second.losses.generator]).toEqual([1, 0.9 * 1.1]);
  expect([...second.losses.discriminator]).toEqual([-1, -0.9 * 1.1]);
  expect([...second.path.subarray(0, 2)]).toEqual([0.9, 1.1]);
  expect(second.path.length).toBe(4);
  expect(takeFrame(session, []).losses.step.length).toBe(0);
});

test('after a divergence readings are those of the last finite point', () => {
  const session = openSession(
    experimentOf({ game: { kind: 'bilinear', strength: 10 }, ...descent(1) }),
    reference,
  );
  session.advance(10_000);
  const frame = takeFrame(session, [{ probe: 'point' }]);
  expect(frame.outcome).toMatchObject({ kind: 'diverged', step: frame.step + 1 });
  expect(frame.readings.point?.every(Number.isFinite)).toBe(true);
});

test('with averaging probes read the average, and the path is that of the run', () => {
  const averaged = experimentOf({ game: { kind: 'bilinear' }, averaging: 'uniform', ...descent(0.1) });
  const session = openSession(averaged, reference);
  session.advance(50);
  const { path, readings } = takeFrame(session, [{ probe: 'point' }, { probe: 'distance' }]);
  const means = [0, 1].map((axis) => {
    const values = path.filter((_, i) => i % 2 === axis);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  });
  expect(path.length).toBe(2 * 51);
  for (const axis of [0, 1]) expect(readings.point?.[axis]).toBeCloseTo(means[axis], 12);
  expect(readings.distance).toBeCloseTo(Math.hypot(...means), 12);
  expect(readings.distance).not.toBeCloseTo(Math.hypot(...path.slice(-2)), 3);
});
