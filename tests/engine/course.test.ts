/** A run that follows a course is the run that the course was read off, bit for bit. */
import { describe, expect, test } from 'vitest';
import type { Alone, Course } from '../../src/catalog/course.ts';
import type { Experiment } from '../../src/catalog/experiment.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { openDevice } from '../../src/engine/devices.ts';
import { openSession, type Session } from '../../src/engine/session.ts';
import { players } from '../../src/math/field.ts';
import { descent, experimentOf, smallGan } from '../catalog/given.ts';

const adam = (learningRate = 0.01) => ({ kind: 'adam', learningRate });
const gan = (differences: object = {}) =>
  experimentOf({ game: smallGan, generator: adam(), discriminator: adam(), ...differences });

/** What somebody does with a run: at a step, settings are chosen, or a player moves alone. */
type Deed = readonly [step: number, what: Experiment | (typeof players)[number]];

const deeds: readonly Deed[] = [
  [17, gan({ generator: adam(0.03) })],
  [30, players[0]],
  [31, players[0]],
  // At one step, away from Adam and back: its moments are lost.
  [40, gan({ generator: { kind: 'sgd', learningRate: 0.1 } })],
  [40, gan({ generator: adam(0.02) })],
  [55, gan({ generator: adam(0.02), scheme: 'extragradient', averaging: 'ema' })],
  [55, players[1]],
  [70, gan({ game: { ...smallGan, dataset: 'grid', batchSize: 7 }, generator: adam(0.02) })],
];
const END = 90;

/** Plays these deeds, and what they left at every step, after all that was done there. */
function played(all: readonly Deed[], session: Session) {
  const at = [];
  for (let step = 0; step <= END; step++) {
    const here = all.filter(([when]) => when === step).map(([, what]) => what);
    for (const what of here) if (typeof what === 'object') session.change(what);
    at.push(bits(session));
    session.advance(
      1,
      undefined,
      here.find((what) => typeof what === 'string'),
    );
  }
  return at;
}

const bits = (session: Session) => {
  const { experiment, state } = session.checkpoint();
  return structuredClone({ experiment, state });
};

const courseOf = ({ past, alone }: Session): Course => ({
  settings: past.settings.map(({ step, experiment }) => ({
    step,
    experiment,
  })) as unknown as Course['settings'],
  alone,
});

describe.each(['reference', 'wasm'])('on %s', (name) => {
  test('every step of a run with changes and steps of one player is come to again', async () => {
    const device = await openDevice(name);
    const first = openSession(gan(), device);
    const at = played(deeds, first);
    const course = courseOf(first);
    expect(course.settings.map(({ step }) => step)).toEqual([0, 17, 40, 40, 55, 70]);
    expect(course.alone).toHaveLength(2);

    const again = openSession(course.settings[0].experiment, device);
    again.follow(course);
    for (let step = 0; step <= END; step++) {
      expect(bits(again), `step ${step}`).toEqual(at[step]);
      again.advance(1);
    }
    expect(courseOf(again)).toEqual(course);

    // In one go, and after going back and on from there, as often as one likes.
    const whole = openSession(course.settings[0].experiment, device);
    whole.follow(course);
    whole.advance(END);
    expect(bits(whole)).toEqual(at[END]);
    for (const step of [60, 20, 40]) {
      whole.goTo(step);
      whole.advance(END - step);
      expect(bits(whole), `on from ${step}`).toEqual(at[END]);
    }
    expect(courseOf(whole)).toEqual(course);

    // From a checkpoint in the middle, too.
    const middle = openSession(gan(), device);
    middle.restore({ experiment: at[45].experiment, state: at[45].state });
    middle.follow(course);
    middle.advance(END - 45);
    expect(bits(middle)).toEqual(at[END]);
    middle.restart();
    middle.advance(END);
    expect(bits(middle)).toEqual(at[END]);
    expect(middle.past.settings).toHaveLength(6);
  });
});

const bilinear = (rate: number, rest: object = {}) =>
  experimentOf({ game: 'bilinear', ...descent(rate), ...rest });
const from = (step: number, experiment: Experiment) => ({ step, experiment });
const alone: Alone = { step: 12, steps: 2, player: 'discriminator' };
const course: Course = {
  settings: [from(0, bilinear(0.1)), from(10, bilinear(0.2)), from(20, bilinear(0.3))],
  alone: [alone],
};
function opened(): Session {
  const session = openSession(bilinear(0.1), reference);
  session.follow(course);
  return session;
}
const steps = ({ past }: Session) => past.settings.map(({ step }) => step);

describe('a course', () => {
  test('counts as soon as its step is come to, and is part of the past from then on', () => {
    const session = opened();
    session.advance(9);
    expect([steps(session), session.alone]).toEqual([[0], []]);
    session.advance(1);
    expect(session.experiment).toEqual(bilinear(0.2));
    session.advance(3);
    expect(session.alone).toEqual([{ ...alone, steps: 1 }]);
    session.advance(20);
    expect([steps(session), session.alone]).toEqual([[0, 10, 20], [alone]]);
  });

  test('ends where another way is gone: what lies behind stays, what is ahead no longer comes', () => {
    const session = opened();
    session.advance(15);
    session.change(bilinear(0.05));
    session.follow(undefined);
    session.advance(30);
    expect(steps(session)).toEqual([0, 10, 15]);
    session.goTo(11);
    session.advance(30);
    expect([steps(session), session.alone]).toEqual([[0, 10], []]);
  });

  test('goes on, on another device, and to the end of it after the first one is lost', async () => {
    const wasm = await openDevice('wasm');
    const session = opened();
    session.advance(15);
    session.move(wasm);
    session.goTo(3);
    session.move(reference); // on the way: there it is played already
    session.advance(30);
    expect(steps(session)).toEqual([0, 10, 20]);
    session.rescue(wasm);
    session.goTo(5);
    session.advance(30);
    expect(steps(session)).toEqual([0, 10, 20]);
    expect(session.scene.device).toBe(wasm);
  });

  test('begins another run where it is given to one, with the settings of its own beginning', () => {
    const session = openSession(experimentOf({ game: 'dirac', ...descent(0.1) }), reference);
    session.advance(5);
    session.follow(course);
    session.restart();
    session.advance(30);
    const straight = opened();
    straight.advance(30);
    expect(session.state).toEqual(straight.state);
  });

  test('passes over what no run can go on with', () => {
    const session = openSession(bilinear(0.1), reference);
    const other = experimentOf({ game: 'dirac', ...descent(0.1) });
    session.follow({ ...course, settings: [...course.settings, from(25, other), from(28, bilinear(0.4))] });
    session.advance(40);
    expect(steps(session)).toEqual([0, 10, 20, 28]);
    expect([session.run, session.state.step, session.experiment]).toEqual([0, 40, bilinear(0.4)]);
  });

  test('of loss that needs other parameters is passed over, too: the networks stay', () => {
    const session = openSession(gan(), reference);
    const began = gan({ game: { ...smallGan, loss: 'began' } });
    session.follow({
      settings: [from(0, gan()), from(5, began), from(8, gan({ generator: adam(0.1) }))],
      alone: [],
    });
    session.advance(10);
    expect([session.run, session.state.step, steps(session)]).toEqual([0, 10, [0, 8]]);
  });
});

test('a restart on the way to a step of the past begins with what counts there', () => {
  const session = openSession(bilinear(0.1), reference);
  session.advance(40);
  session.change(bilinear(0.2));
  session.advance(400);
  session.goTo(100);
  session.restart();
  session.advance(20);
  const straight = openSession(bilinear(0.2), reference);
  straight.advance(20);
  expect(session.state).toEqual(straight.state);
});
