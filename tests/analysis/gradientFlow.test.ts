/** The flow beside the run: what it keeps, and that it shows the run's own next steps. */
import { describe, expect, test } from 'vitest';
import { gradientFlow } from '../../src/analysis/gradientFlow.ts';
import { finish } from '../../src/analysis/probe.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { momentOf } from '../../src/engine/frame.ts';
import { openSession } from '../../src/engine/session.ts';
import { addScaled, norm } from '../../src/math/vector.ts';
import { defaults, type Values } from '../../src/settings/index.ts';
import { descent, experimentOf, smallGan } from '../catalog/given.ts';

type Settings = Values<typeof gradientFlow.settings>;
const usual: Settings = defaults(gradientFlow.settings);

function read(differences: Record<string, unknown>, settings: Partial<Settings> = {}, steps = 0) {
  const session = openSession(experimentOf(differences), reference);
  session.advance(steps);
  const reading = finish(gradientFlow.work(momentOf(session), { ...usual, ...settings }));
  return { session, reading };
}

describe('on the bilinear game', () => {
  const rate = 0.1;
  const { reading } = read({ game: { kind: 'bilinear' }, ...descent(rate) }, { time: 10, steps: 50 });
  const radius = (positions: Float64Array, i: number) => Math.hypot(positions[2 * i], positions[2 * i + 1]);

  test('the flow keeps its radius', () => {
    const { positions, times } = reading.flow;
    for (let i = 0; i < times.length; i++)
      expect(Math.abs(radius(positions, i) - Math.SQRT2)).toBeLessThan(1e-8);
    expect(times[0]).toBe(0);
    expect(times[times.length - 1]).toBe(10);
    expect(times.length).toBeLessThanOrEqual(256);
  });

  test('simultaneous descent spirals out by √(1 + rate²) a step', () => {
    const { positions, steps } = reading.run;
    expect([...steps]).toEqual(Array.from({ length: 51 }, (_, k) => k));
    for (let k = 0; k < steps.length; k++) {
      expect(radius(positions, k)).toBeCloseTo(Math.SQRT2 * (1 + rate * rate) ** (k / 2), 12);
    }
  });
});

test('on an attraction the flow decays by e^(-s t), turned by the rotation', () => {
  const { reading } = read(
    { game: { kind: 'quadratic', attraction: 0.2, rotation: 1, start: [2, 0] } },
    { time: 3, steps: 0 },
  );
  const last = reading.flow.times.length - 1;
  const [x, y] = reading.flow.positions.subarray(2 * last);
  expect(x).toBeCloseTo(2 * Math.exp(-0.6) * Math.cos(3), 8);
  expect(y).toBeCloseTo(2 * Math.exp(-0.6) * Math.sin(3), 8);
  expect(reading.run.steps.length).toBe(0);
});

test('a time that is no multiple of h is met all the same', () => {
  const { reading } = read({ game: { kind: 'bilinear', start: [1, 0] } }, { time: 0.025, h: 0.01 });
  expect([...reading.flow.times]).toEqual([0, 0.01, 0.02, 0.025]);
  expect(reading.flow.positions[6]).toBeCloseTo(Math.cos(0.025), 12);
});

test('on a GAN the steps beside it are those that the run then takes', () => {
  const { session, reading } = read(
    { game: smallGan, scheme: { kind: 'extragradient' } },
    { time: 0.1, steps: 8 },
    5,
  );
  const here = session.state.point.slice();
  const { steps, distances, positions, away } = reading.run;
  expect(reading.plane).toBe('stepAndField');
  for (let k = 0; k < steps.length; k++) {
    expect(norm(addScaled(session.state.point.slice(), here, -1))).toBe(distances[k]);
    const inPlane = Math.hypot(positions[2 * k], positions[2 * k + 1]);
    expect(Math.hypot(inPlane, away[k])).toBeCloseTo(distances[k], 12);
    session.advance(1);
  }
  expect(steps.length).toBe(9);
});

test('a run that diverges is shown up to there', () => {
  const { reading } = read({ game: { kind: 'bilinear' }, ...descent(10) }, { time: 1, steps: 500 });
  expect(reading.run.steps.length).toBeLessThan(500);
  for (const each of reading.run.positions) expect(Number.isFinite(each)).toBe(true);
});
