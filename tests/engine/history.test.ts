/** A run's past: every step of it can be gone back to, bit for bit, and on from there. */
import { describe, expect, test } from 'vitest';
import type { Experiment } from '../../src/catalog/experiment.ts';
import type { Device } from '../../src/compute/program.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import type { Checkpoint } from '../../src/engine/checkpoint.ts';
import { openDevice } from '../../src/engine/devices.ts';
import { openObserver } from '../../src/engine/frame.ts';
import { openHistory } from '../../src/engine/history.ts';
import { openSession, type Session } from '../../src/engine/session.ts';
import type { State } from '../../src/engine/step.ts';
import { descent, experimentOf, smallGan } from '../catalog/given.ts';

const adam = (learningRate = 0.01) => ({ kind: 'adam', learningRate });
const spectral = { ...smallGan, discriminatorNetwork: { ...smallGan.discriminatorNetwork, spectral: true } };

/** Settings from a step on; all of them may change while a run goes on. */
type Story = readonly (readonly [step: number, differences: Readonly<Record<string, unknown>>])[];
const stories: Readonly<Record<string, Story>> = {
  'rates, a rule and the scheme of a GAN with Adam': [
    [0, { game: smallGan, generator: adam(), discriminator: adam() }],
    [23, { game: smallGan, generator: adam(0.03), discriminator: adam() }],
    [47, { game: smallGan, generator: adam(0.03), discriminator: adam(), scheme: 'extragradient' }],
    [64, { game: smallGan, generator: { kind: 'momentum' }, discriminator: adam(), scheme: 'optimistic' }],
  ],
  'batch size and loss, with lookahead and averaging': [
    [0, { game: smallGan, lookahead: 'lookahead', averaging: 'ema', generator: adam() }],
    [
      31,
      { game: { ...smallGan, batchSize: 7 }, lookahead: 'lookahead', averaging: 'ema', generator: adam() },
    ],
    [33, { game: { ...smallGan, loss: 'minimax' }, lookahead: 'lookahead', generator: adam() }],
  ],
  'a game that remembers': [
    [0, { game: spectral, generator: adam(), discriminator: adam() }],
    [40, { game: spectral, generator: adam(0.002), discriminator: adam(), scheme: 'alternating' }],
  ],
};
const LENGTH = 120;

const finished = (session: Session, step: number) => {
  session.goTo(step);
  session.advance(0);
};
/** All that is the same whenever it is computed: seconds are not. */
const bits = (session: Session): Checkpoint => {
  const { experiment, state } = session.checkpoint();
  return structuredClone({ experiment, state });
};

/** Plays a story; the run at every step, after the changes there. */
function passed(story: Story, device: Device): { session: Session; at: Checkpoint[] } {
  const [[, first], ...later] = story.map(([step, given]) => [step, experimentOf(given)] as const);
  const session = openSession(first, device);
  const at: Checkpoint[] = [];
  for (let step = 0; step <= LENGTH; step++) {
    const next = later.find(([from]) => from === step)?.[1];
    if (next) session.change(next);
    at.push(bits(session));
    session.advance(1);
  }
  expect(session.run).toBe(0);
  return { session, at };
}

for (const device of ['reference', 'wasm']) {
  describe(`on ${device}`, () => {
    test.each(Object.entries(stories))('every step is come to again: %s', async (_, story) => {
      const { session, at } = passed(story, await openDevice(device));
      for (const step of [119, 0, 24, 23, 22, 47, 65, 64, 1, 33, 32, 31, 40, 90, 120]) {
        finished(session, step);
        expect(session.state.step).toBe(step);
        expect(bits(session)).toEqual(at[step]);
      }
      expect(session.past).toMatchObject({ begin: 0, furthest: LENGTH + 1, forks: 0 });
    });

    test.each(Object.entries(stories))('and goes on from there as it did: %s', async (_, story) => {
      const { session, at } = passed(story, await openDevice(device));
      finished(session, 70);
      session.advance(LENGTH - 70);
      expect(bits(session)).toEqual(at[LENGTH]); // nothing was changed after step 64
      expect(session.past.forks).toBe(1);
      finished(session, 10);
      expect(bits(session)).toEqual(at[10]);
      session.advance(20);
      session.change(at[50].experiment); // what was changed later is forgotten
      expect(session.past.settings.map(({ step }) => step)).toEqual([0, 30]);
      expect(session.past.furthest).toBe(30);
    });
  });
}

const bilinear = (rate = 0.1) => experimentOf({ game: 'bilinear', ...descent(rate) });

describe('going back', () => {
  test('forgets nothing until the run goes on from there', () => {
    const session = openSession(bilinear(), reference);
    session.advance(50);
    session.change(bilinear(0.2));
    session.advance(50);
    const { state } = bits(session);
    finished(session, 20);
    expect(session.experiment).toEqual(bilinear());
    finished(session, 1000);
    expect(bits(session).state).toEqual(state);
    expect(session.experiment).toEqual(bilinear(0.2));
    finished(session, 20);
    session.advance(5);
    expect(session.past).toMatchObject({ furthest: 25, forks: 1 });
    expect(session.past.settings).toHaveLength(1);
    finished(session, 100);
    expect(session.state.step).toBe(25);
  });

  test('and changing something there forgets what came after, and begins no other run', () => {
    const session = openSession(bilinear(), reference);
    session.advance(50);
    finished(session, 20);
    session.change(bilinear(0.3));
    expect(session.past).toMatchObject({ furthest: 20, forks: 1 });
    expect(session.run).toBe(0);
    const straight = openSession(bilinear(), reference);
    straight.advance(20);
    straight.change(bilinear(0.3));
    for (const run of [session, straight]) run.advance(9);
    expect(session.state).toEqual(straight.state);
  });

  test('goes in slices, however short, and says where it is going', () => {
    const session = openSession(experimentOf({ game: smallGan, generator: adam() }), reference);
    session.advance(300);
    finished(session, 77);
    const there = bits(session);
    finished(session, 300);
    session.goTo(77);
    let slices = 0;
    while (session.goal !== undefined) {
      expect(session.goal).toBe(77);
      expect(session.advance(0, 0.05)).toBe(0);
      slices += 1;
    }
    expect(slices).toBeGreaterThan(1);
    expect(bits(session)).toEqual(there);
  });

  test('takes new steps only when it is there', () => {
    const session = openSession(bilinear(), reference);
    session.advance(90);
    session.goTo(31);
    expect(session.advance(3)).toBe(3);
    expect(session.state.step).toBe(34);
  });

  test('can be thought better of on the way, and settings chosen on the way count from its end', () => {
    const session = openSession(bilinear(), reference);
    session.advance(90);
    session.goTo(31);
    session.goTo(70);
    session.change(bilinear(0.5));
    session.change(bilinear()); // as they were there: nothing to change
    session.advance(0);
    expect(session.past).toMatchObject({ furthest: 90, forks: 0 });
    session.goTo(31);
    session.change(bilinear(0.5));
    expect(session.past.furthest).toBe(90);
    session.advance(0);
    expect(session.state.step).toBe(31);
    expect(session.past.settings.map(({ step }) => step)).toEqual([0, 31]);
    expect(session.past.furthest).toBe(31);
  });

  test('is possible after a divergence, which is still there at the end', () => {
    const session = openSession(experimentOf({ game: 'quadratic', ...descent(10) }), reference);
    session.advance(100_000);
    const { outcome } = session;
    expect(outcome.kind).toBe('diverged');
    const last = session.state.step;
    finished(session, 10);
    expect(session.outcome.kind).toBe('running');
    finished(session, last);
    expect(session.outcome).toEqual(outcome);
    finished(session, 10);
    session.change(experimentOf({ game: 'quadratic', ...descent(0.1) }));
    expect(session.advance(100)).toBe(100);
    expect(session.outcome.kind).toBe('running');
  });

  test('ends where the run began: a restart, another game and a checkpoint leave no past', () => {
    const session = openSession(bilinear(), reference);
    session.advance(50);
    const checkpoint = session.checkpoint();
    session.restart();
    expect(session.past).toMatchObject({ begin: 0, furthest: 0 });
    session.advance(9);
    session.change(experimentOf({ game: 'quadratic', ...descent(0.1) }));
    expect(session.past).toMatchObject({ begin: 0, furthest: 0 });
    session.restore(checkpoint);
    session.advance(7);
    finished(session, 3);
    expect(session.state).toEqual(checkpoint.state);
    expect(session.past).toMatchObject({ begin: 50, furthest: 57 });
  });

  test('comes upon another device where the run was moved to it', async () => {
    const wasm = await openDevice('wasm');
    const experiment = experimentOf({ game: smallGan, generator: adam() });
    const session = openSession(experiment, reference);
    session.advance(40);
    session.change(experiment, wasm);
    session.advance(40);
    const end = bits(session);
    finished(session, 30);
    expect(session.scene.device).toBe(reference);
    finished(session, 80);
    expect(session.scene.device).toBe(wasm);
    expect(bits(session)).toEqual(end);
  });
});

describe('what is observed', () => {
  test('of losses and points is that of then: what the run leaves behind is as it was', () => {
    const session = openSession(bilinear(), reference);
    session.advance(40);
    const recent = session.soFar().losses();
    const points = session.soFar().points();
    session.advance(10_000);
    finished(session, 40);
    // Of the newest thousands of losses, those are left that were met on the way here.
    const again = session.soFar().losses();
    expect(again.from + again.generator.length).toBe(40);
    expect([...again.generator]).toEqual([...recent.generator].slice(again.from));
    const steps = points.map(({ step }) => step);
    const known = session.soFar().points();
    for (const { step } of known) expect(step).toBeLessThanOrEqual(40);
    // The first and the present one at least.
    const same = known.filter(({ step }) => steps.includes(step));
    expect(same.length).toBeGreaterThan(1);
    for (const { step, point } of same) expect(point).toEqual(points[steps.indexOf(step)].point);
  });

  test('tells each loss once, however often its step is taken', () => {
    const session = openSession(bilinear(), reference);
    const observer = openObserver();
    const frame = () => observer.frame(session, [], 0);
    session.advance(30);
    expect([...frame().losses.step]).toHaveLength(30);
    finished(session, 20);
    const back = frame();
    expect(back).toMatchObject({ step: 20, furthest: 30, forks: 0 });
    expect(back.losses.step).toHaveLength(0);
    expect([...back.path.slice(-2)]).toEqual([...session.state.point]);
    session.advance(5);
    const on = frame();
    expect([...on.losses.step]).toEqual([20, 21, 22, 23, 24]);
    expect(on).toMatchObject({ furthest: 25, forks: 1 });
  });

  test('tells changes of settings as they come, and as they are forgotten', () => {
    const session = openSession(bilinear(), reference);
    const told = () => {
      const news = session.past.news();
      return news && [news.after, ...news.these.map(({ step }) => step)];
    };
    expect(told()).toEqual([0, 0]);
    expect(told()).toBeUndefined();
    for (const rate of [0.2, 0.3]) {
      session.advance(10);
      session.change(bilinear(rate));
    }
    expect(told()).toEqual([1, 10, 20]);
    session.change(bilinear(0.4)); // dragged on at the same step: one change
    expect(told()).toEqual([2, 20]);
    session.advance(1);
    finished(session, 15);
    expect(told()).toBeUndefined();
    session.advance(1);
    expect(told()).toEqual([2]);
  });
});

describe('what is kept', () => {
  const state = (step: number, size: number) =>
    ({
      step,
      point: new Float64Array(size),
      memory: {},
      states: {},
      evaluations: 0,
      products: 0,
    }) as unknown as State;
  const longRun = (size: number, length: number) => {
    const history = openHistory(state(0, size), {} as Experiment, reference);
    const one = state(0, size);
    for (one.step = 1; one.step <= length; one.step++) history.pass(one, 0);
    return history;
  };

  test('is at most 24 copies, evenly over the run, so that no way back is long', () => {
    for (const length of [10, 23, 24, 25, 1000, 99_999]) {
      const history = longRun(2, length);
      expect(history.copies).toBeLessThanOrEqual(24);
      for (let step = 0; step <= length; step += Math.max(1, Math.floor(length / 50))) {
        expect(step - history.keptBefore(step).step).toBeLessThanOrEqual(length / 11);
      }
    }
  });

  test('includes what the game itself remembers', () => {
    const session = openSession(experimentOf({ game: spectral }), reference);
    expect(Object.keys(session.state.states)).not.toHaveLength(0);
  });

  test('is less where copies are large: 64 MB', () => {
    expect(longRun(2 ** 20, 200).copies).toBeLessThanOrEqual(8);
    expect(longRun(2 ** 23, 20).copies).toBeLessThanOrEqual(2);
  });
});
