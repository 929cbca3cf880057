/** A run whose device is lost goes on with another from its last whole step, and its past stays. */
import { expect, test } from 'vitest';
import type { Device } from '../../src/compute/program.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { chooseDevice } from '../../src/engine/choose.ts';
import { openSession } from '../../src/engine/session.ts';
import { experimentOf, smallGan } from '../catalog/given.ts';

const gan = experimentOf({ game: smallGan, scheme: { kind: 'extragradient' } });

/** The reference on a card that is lost after so many runs of its programs. */
function fragile(runs: number, name = 'fragile'): Device {
  let left = runs;
  return {
    ...reference,
    name,
    get isLost() {
      return left < 0;
    },
    compile(outputs) {
      const program = reference.compile(outputs);
      return {
        ...program,
        run(given) {
          left -= 1;
          if (left < 0) throw new Error('the card is gone');
          return program.run(given);
        },
      };
    },
  };
}

/** In an extragradient step the field is read twice: odd numbers of runs end in the middle of one. */
test.each([0, 1, 20, 21, 99])('after %i readings of the field', (runs) => {
  const device = fragile(runs);
  const session = openSession(gan, device);
  expect(() => session.advance(60)).toThrow('the card is gone');
  const step = Math.floor(runs / 2);
  expect(session.state.step).toBe(step);

  session.rescue(reference);
  expect(session.state.step).toBe(step);
  expect(session.scene.device).toBe(reference);
  session.advance(60 - step);
  const alone = openSession(gan, reference);
  alone.advance(60);
  expect(session.state).toEqual(alone.state);
  expect(session.run).toBe(0);
  expect(session.trace.take().losses).toEqual(alone.trace.take().losses);

  session.goTo(3);
  session.advance(0);
  const early = openSession(gan, reference);
  early.advance(3);
  expect(session.state).toEqual(early.state);
  expect(session.past.furthest).toBe(60);
});

test('on the way to a step of the past the way goes on', () => {
  const device = fragile(121);
  const session = openSession(gan, device);
  session.advance(60);
  session.goTo(33);
  expect(() => session.advance(0)).toThrow('the card is gone');
  session.rescue(reference);
  session.advance(0);
  expect(session.state.step).toBe(33);
  expect(session.past.furthest).toBe(60);
});

test('a device that was lost is not chosen by itself again, and another one is measured', async () => {
  let left = 1e9;
  const card = { ...fragile(1e9, 'wasm') };
  Object.defineProperty(card, 'isLost', { get: () => left < 0 });
  const open = async (name: string) => (name === 'wasm' ? card : reference);
  const first = await chooseDevice(gan, open, ['wasm', 'reference']);
  expect(first.device).toBe(card);
  left = -1;
  const second = await chooseDevice(gan, open, ['wasm', 'reference']);
  expect(second.device).toBe(reference);
  expect(second.measured.map(({ device }) => device)).toEqual(['reference']);
});
