/** Inside a step: the numbers that are told are those of the step that the run takes. */
import { expect, test } from 'vitest';
import { anatomy } from '../../src/analysis/anatomy.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { momentOf } from '../../src/engine/frame.ts';
import { openSession } from '../../src/engine/session.ts';
import { norm } from '../../src/math/vector.ts';
import { descent, experimentOf, smallGan } from '../catalog/given.ts';

const open = (differences: Readonly<Record<string, unknown>>) =>
  openSession(experimentOf(differences), reference);

test('a game of two parameters is told by its coordinates', () => {
  const session = open({ game: 'bilinear', scheme: 'extragradient', ...descent(0.5) });
  const { events, rates, from, to, step, remembered } = anatomy.read(momentOf(session), {});
  expect([step, rates, remembered]).toEqual([0, [0.5, 0.5], []]);
  expect([...(from?.at ?? [])]).toEqual([1, 1]);
  expect([...(to?.at ?? [])]).toEqual([0.25, 1.25]);
  expect(events.map(({ kind }) => kind)).toEqual(['reading', 'change', 'trial', 'reading', 'change', 'move']);
  expect(events.map(({ isPlain }) => isPlain)).toEqual([false, true, false, false, true, false]);
  const [first, , trial, second, , move] = events;
  expect([...(trial.to?.at ?? [])]).toEqual([0.5, 1.5]);
  expect([...(second.from?.at ?? [])]).toEqual([0.5, 1.5]);
  expect([...(move.displacement?.at ?? [])]).toEqual([-0.75, 0.25]);
  // From (1, -1) to (1.5, -0.5): atan(1/2) of the way round.
  expect(first.angle).toBeNaN();
  expect(second.angle).toBeCloseTo((Math.atan(0.5) * 180) / Math.PI, 10);
});

test('what the optimizer remembers is told as it is before the step', () => {
  const session = open({ game: 'bilinear', scheme: 'optimistic', ...descent(0.5) });
  session.advance(1);
  const { remembered } = anatomy.read(momentOf(session), {});
  expect(remembered.map(({ part, name, values }) => [part, name, [...values]])).toEqual([
    ['scheme', 'last', [-0.5, 0.5]],
    ['scheme', 'beforeLast', [-0.5, 0.5]],
  ]);
});

test('a GAN is told by lengths: of the whole step, of its parts, and of each reading', () => {
  const session = open({ game: smallGan, scheme: 'extragradient' });
  session.advance(2);
  const before = session.state.point.slice();
  const { events, displacement } = anatomy.read(momentOf(session), {});
  const here = session.scene.field(0, 2, 0).at(before);
  expect(events[0].vector?.length.joint).toBe(norm(here));
  expect(events[0].vector?.at).toBeNull();
  expect(events[3].angle).toBeGreaterThan(0);
  session.advance(1);
  const moved = session.state.point.map((value, i) => value - before[i]);
  expect(displacement?.length.joint).toBe(norm(moved));
});

test('a step of hundreds of turns is told from its beginning, and how much is left out', () => {
  const scheme = { kind: 'alternating', discriminatorSteps: 100 };
  const { events, leftOut } = anatomy.read(momentOf(open({ game: 'bilinear', scheme })), {});
  expect([events.length, leftOut]).toEqual([64, 303 - 64]);
});

test('there is nothing inside the step of a run that has ended, or of none', () => {
  const session = open({ game: { kind: 'quadratic', attraction: -5, start: [1, 0] }, ...descent(10) });
  session.advance(10_000);
  expect(session.outcome.kind).toBe('diverged');
  const moment = momentOf(session);
  expect(anatomy.read(moment, {}).events).toEqual([]);
  expect(anatomy.read({ ...moment, run: undefined }, {}).events).toEqual([]);
});
