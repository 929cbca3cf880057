/** A session: follows changes of settings, knows how a run ended, and can go back to any step. */
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Experiment, experiment as schema } from '../../src/catalog/experiment.ts';
import type { Device } from '../../src/compute/program.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { openSession, type Session } from '../../src/engine/session.ts';
import { parse } from '../../src/settings/index.ts';
import { descent, experimentOf, smallGan } from '../catalog/given.ts';

const adam = { generator: { kind: 'adam' }, discriminator: { kind: 'adam' } };
const gan = { game: smallGan, ...adam };
const open = (differences: Readonly<Record<string, unknown>>) =>
  openSession(experimentOf(differences), reference);

/** The session's experiment with some of it replaced, as an experiment file would have it. */
function changed(session: Session, differences: Readonly<Record<string, unknown>>): Experiment {
  return experimentOf({ ...session.experiment, ...differences });
}

describe('a live change', () => {
  test('of a learning rate keeps the point and the moments, and counts from the next step on', () => {
    const session = open(gan);
    session.advance(5);
    const before = session.checkpoint().state;
    session.change(changed(session, { generator: { kind: 'adam', learningRate: 0.5 } }));
    expect(session.state).toEqual(before);
    expect(session.run).toBe(0);
    session.advance(1);
    const moved = Math.abs(session.state.point[0] - before.point[0]);
    expect(moved).toBeGreaterThan(0.01); // Adam moves at about the rate
    expect(session.state.memory.generator.meanWeight).toBeCloseTo(0.5 ** 6, 15);
  });

  test('that asks a rule for more memory keeps what it has: AMSGrad switched on goes on with the moments', () => {
    const plain = { kind: 'adam', learningRate: 0.01 };
    const of = (amsgrad: boolean) =>
      experimentOf({ game: 'bilinear', generator: { ...plain, amsgrad }, discriminator: plain });
    const session = openSession(of(false), reference);
    session.advance(50);
    const mean = (session.state.memory.generator.mean as Float64Array).slice();
    session.change(of(true));
    expect(session.state.memory.generator.mean).toEqual(mean);
    expect(session.state.memory.generator.largest).toHaveLength(1);
    session.advance(50);
    expect(session.outcome.kind).toBe('running');
    expect(session.state.step).toBe(100);
  });

  test('of the kind of one rule empties the memory of that rule only', () => {
    const session = open(gan);
    session.advance(5);
    const before = session.checkpoint().state;
    session.change(changed(session, { generator: { kind: 'momentum' } }));
    expect(session.state.point).toEqual(before.point);
    expect(session.state.step).toBe(5);
    expect(session.state.memory.discriminator).toEqual(before.memory.discriminator);
    expect(session.state.memory.generator).toEqual({ velocity: new Float64Array(session.scene.split) });
    expect(session.advance(2)).toBe(2);
  });

  test('of the kind of scheme keeps the memories of the rules', () => {
    const session = open(gan);
    session.advance(3);
    const before = session.checkpoint().state;
    session.change(changed(session, { scheme: { kind: 'optimistic' } }));
    expect(session.state.memory.generator).toEqual(before.memory.generator);
    expect(session.state.memory.scheme).toMatchObject({ steps: 0 });
    expect(session.advance(2)).toBe(2);
  });

  test.each([
    ['batch size', { ...smallGan, batchSize: 7 }],
    ['loss', { ...smallGan, loss: { kind: 'minimax' } }],
    ['latent noise', { ...smallGan, latent: 'uniform' }],
  ])('of the %s keeps the point and the memories', (_, game) => {
    const session = open(gan);
    session.advance(3);
    const before = session.checkpoint().state;
    session.change(changed(session, { game }));
    expect(session.state).toEqual(before);
    expect(session.run).toBe(0);
    expect(session.advance(2)).toBe(2);
    expect(session.state.step).toBe(5);
  });

  test('of a dial of the game needs no other program', () => {
    const session = open({ game: { kind: 'bilinear' }, ...descent(0.1) });
    session.advance(1);
    const { scene } = session;
    session.change(changed(session, { game: { kind: 'bilinear', strength: 2 } }));
    expect(session.scene).toBe(scene);
    const [theta, phi] = session.state.point;
    session.advance(1);
    expect([...session.state.point]).toEqual([theta - 0.1 * (2 * phi), phi + 0.1 * (2 * theta)]);
  });

  test('of the device keeps the run', () => {
    const other: Device = { ...reference, name: 'other' };
    const session = open(gan);
    session.advance(3);
    const before = session.checkpoint().state;
    session.change(session.experiment, other);
    expect(session.scene.device.name).toBe('other');
    expect(session.state).toEqual(before);
    expect(session.run).toBe(0);
    session.change(changed(session, { game: { ...smallGan, batchSize: 5 } }));
    expect(session.scene.device.name).toBe('other');
  });

  test('that changes nothing changes nothing', () => {
    const session = open(gan);
    session.advance(3);
    const { state, scene } = session;
    session.change(parse(schema, structuredClone(session.experiment)).values);
    expect(session.state).toBe(state);
    expect(session.scene).toBe(scene);
  });

  test('of a rule begins anew what a scheme remembers of both rules', () => {
    const game = { kind: 'bilinear' };
    const scheme = { kind: 'extragradient', moments: 'separate' };
    const before = experimentOf({ game, scheme, generator: 'adam', discriminator: 'adam' });
    const after = experimentOf({ game, scheme, generator: 'sgd', discriminator: 'adam' });
    const memoryOf = (session: Session) => session.state.memory.scheme;
    const [session, fresh] = [openSession(before, reference), openSession(after, reference)];
    expect(JSON.stringify(memoryOf(session))).toContain('squareWeight');
    session.advance(5);
    expect(memoryOf(session)).not.toEqual(memoryOf(openSession(before, reference)));
    session.change(after);
    expect(session.state.step).toBe(5);
    expect(memoryOf(session)).toEqual(memoryOf(fresh));
  });
});

describe('any other change begins anew', () => {
  test.each([
    ['seed', { seed: 1 }],
    ['game', { game: { kind: 'bilinear' } }],
    ['latent size', { game: { ...smallGan, latentSize: 3 } }],
    ['data of another dimension', { game: { ...smallGan, dataset: { kind: 'line' } } }],
    [
      'widths',
      { game: { ...smallGan, generatorNetwork: { kind: 'dense', hidden: [4], activation: 'tanh' } } },
    ],
    ['loss that needs another discriminator', { game: { ...smallGan, loss: { kind: 'began' } } }],
    ['first mean square', { generator: { kind: 'rmsprop', initialSquare: 1 } }],
  ])('%s', (_, differences) => {
    const session = open({ game: smallGan, generator: { kind: 'rmsprop' }, discriminator: { kind: 'adam' } });
    session.advance(3);
    const next = changed(session, differences);
    session.change(next);
    expect(session.run).toBe(1);
    expect(session.state).toEqual(openSession(next, reference).state);
  });
});

describe('a run that overflows', () => {
  // theta - phi = rate F grows by |1 + 10 i| each step: past 1e308 after some 306 steps.
  const explosive = { game: { kind: 'bilinear', strength: 10 }, ...descent(1) };

  test('ends as diverged with the step and the player, and keeps the whole last finite state', () => {
    const session = open(explosive);
    const taken = session.advance(10_000);
    if (session.outcome.kind !== 'diverged') throw new Error('expected a divergence');
    expect(['generator', 'discriminator']).toContain(session.outcome.player);
    expect(session.state.step).toBe(session.outcome.step - 1);
    expect(taken).toBe(session.state.step);
    const witness = open(explosive);
    witness.advance(taken);
    expect(witness.outcome.kind).toBe('running');
    expect(session.state).toEqual(witness.state);
    expect(session.advance(10)).toBe(0);
    expect(session.trace.take().path.every(Number.isFinite)).toBe(true);
  });

  test('leaves no infinities in the memories of the rules', () => {
    const rule = { kind: 'momentum', learningRate: 10, momentum: 0.9 };
    const session = open({
      game: { kind: 'quadratic', attraction: -5 },
      generator: rule,
      discriminator: rule,
    });
    session.advance(10_000);
    expect(session.outcome.kind).toBe('diverged');
    const { generator, discriminator } = session.state.memory;
    for (const { velocity } of [generator, discriminator]) {
      expect([...(velocity as Float64Array)].every(Number.isFinite)).toBe(true);
    }
  });

  test('names the player whose parameters overflowed', () => {
    const only = (generator: number, discriminator: number) =>
      open({
        game: { kind: 'quadratic', attraction: -5, rotation: 0 },
        ...descent(generator, discriminator),
      });
    for (const [session, player] of [
      [only(10, 0), 'generator'],
      [only(0, 10), 'discriminator'],
    ] as const) {
      session.advance(10_000);
      expect(session.outcome).toMatchObject({ kind: 'diverged', player });
    }
  });

  test('can be taken up again with gentler settings, from the last finite state', () => {
    const session = open(explosive);
    session.advance(10_000);
    const game = { kind: 'bilinear', strength: 0.5 };
    session.change(changed(session, { game, scheme: { kind: 'extragradient' }, ...descent(0.1) }));
    expect(session.outcome).toEqual({ kind: 'running' });
    expect(session.advance(100)).toBe(100);
  });

  test('replays from a restart', () => {
    const session = open(explosive);
    session.advance(10_000);
    const { outcome } = session;
    session.restart();
    expect(session.outcome).toEqual({ kind: 'running' });
    session.advance(10_000);
    expect(session.outcome).toEqual(outcome);
  });
});

test.each([1, 31, 32, 33, 63, 64, 65, 100])(
  'a run that fails in step %i stands where an unbroken one stood',
  (last) => {
    const experiment = experimentOf({
      game: 'bilinear',
      generator: { kind: 'adam', learningRate: 0.01 },
      discriminator: { kind: 'adam', learningRate: 0.01 },
    });
    const whole = openSession(experiment, reference);
    whole.advance(last - 1);
    const failing = openSession(experiment, failsAtReading(last));
    try {
      failing.advance(last + 10);
    } catch {
      // The device breaks down in that step.
    }
    expect(failing.state).toEqual(whole.state);
  },
);

/** The oracle, whose programs throw once, at their n-th run together. */
function failsAtReading(n: number): Device {
  let runs = 0;
  return {
    ...reference,
    compile(outputs) {
      const program = reference.compile(outputs);
      return {
        ...program,
        run(given) {
          runs += 1;
          if (runs === n) throw new Error('the device broke down');
          return program.run(given);
        },
      };
    },
  };
}

/** The reference, with something that happens before each run of a program. */
const deviceThat = (acts: () => void): Device => ({
  ...reference,
  compile(outputs) {
    const program = reference.compile(outputs);
    return {
      ...program,
      run(given) {
        acts();
        return program.run(given);
      },
    };
  },
});

test('a step that throws leaves the run as it was before that step', () => {
  let calls = 0;
  const failing = deviceThat(() => {
    if (++calls === 8) throw new Error('the device is lost');
  });
  const differences = { ...gan, scheme: { kind: 'extragradient' } }; // step 4 fails between its two readings
  const session = openSession(experimentOf(differences), failing);
  expect(() => session.advance(10)).toThrow('the device is lost');
  const witness = open(differences);
  witness.advance(3);
  expect(session.state).toEqual(witness.state);
  session.advance(1);
  witness.advance(1);
  expect(session.state).toEqual(witness.state);
});

describe('time and place', () => {
  test('no further step begins when the budget is used up', () => {
    // A clock that only the device moves: each reading of the field takes 3 ms.
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
    onTestFinished(() => clock.mockRestore());
    const slow = deviceThat(() => {
      now += 3;
    });
    const session = openSession(experimentOf({ ...gan, scheme: 'simultaneous' }), slow);
    expect(session.advance(1_000_000, 20)).toBe(7); // the seventh begins after 18 ms
    expect([session.state.step, session.seconds]).toEqual([7, 0.021]);
    expect(session.advance(10, 0)).toBe(0);
    expect(session.advance(0)).toBe(0);
    expect(session.state.step).toBe(7);
  });

  test('a clock that never moves takes exactly the steps that were asked for', () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    expect(open({ game: { kind: 'bilinear' }, ...descent(0.1) }).advance(1000, 5)).toBe(1000);
    clock.mockRestore();
  });

  test('however a run is cut into advances, it is the same run', () => {
    const whole = open(gan);
    whole.advance(12);
    const cut = open(gan);
    for (const steps of [1, 5, 0, 4, 2]) cut.advance(steps);
    expect(cut.state).toEqual(whole.state);
  });

  test('a restart replays the same run bit for bit', () => {
    const session = open(gan);
    session.advance(7);
    const first = session.checkpoint().state;
    const losses = session.trace.take().losses;
    session.restart();
    expect(session.run).toBe(1);
    session.advance(7);
    expect(session.checkpoint().state).toEqual(first);
    expect(session.trace.take().losses).toEqual(losses);
  });

  test('evaluations count the pair F as one and a half of it as a half', () => {
    const count = (scheme: Record<string, unknown>) => {
      const session = open({ ...gan, scheme });
      session.advance(4);
      return session.state.evaluations;
    };
    expect(count({ kind: 'simultaneous' })).toBe(4);
    expect(count({ kind: 'alternating', discriminatorSteps: 5 })).toBe(12);
    expect(count({ kind: 'extragradient' })).toBe(8);
    expect(count({ kind: 'optimistic' })).toBe(4);
  });
});

describe('a checkpoint', () => {
  test('survives the wire and goes on as if nothing had happened, in this session or another', () => {
    const session = open({ ...gan, scheme: { kind: 'optimistic' } });
    session.advance(4);
    const kept = structuredClone(session.checkpoint());
    session.advance(5);
    const end = session.checkpoint().state;
    const other = open({ game: { kind: 'dirac' } });
    for (const each of [session, other]) {
      each.restore(kept);
      expect(each.checkpoint()).toEqual(kept);
      each.advance(5);
      expect(each.state).toEqual(end);
      expect(each.seconds).toBeGreaterThan(kept.seconds ?? Number.NaN); // those before it count
      each.goTo(4);
      each.advance(0);
      expect(each.seconds).toBeGreaterThanOrEqual(kept.seconds ?? Number.NaN);
    }
  });

  test('shares no storage with the run', () => {
    const session = open(gan);
    const kept = session.checkpoint();
    const copy = structuredClone(kept);
    session.advance(3);
    expect(kept).toEqual(copy);
    session.restore(kept);
    session.advance(3);
    expect(kept).toEqual(copy);
  });

  test('that does not fit is refused in a sentence, and the run is as it was', () => {
    const session = open(gan);
    session.advance(3);
    const before = session.checkpoint();
    const { scene, run } = session;
    const { experiment, state } = open({ game: { kind: 'bilinear' }, ...descent(0.1) }).checkpoint();
    const misfits = [
      { experiment: before.experiment, state },
      { experiment, state: before.state },
      { experiment, state: { ...state, memory: { ...state.memory, scheme: { last: new Float64Array(2) } } } },
      { experiment, state: {} as never },
    ];
    for (const misfit of misfits) {
      expect(() => session.restore(misfit)).toThrow(/^This checkpoint does not fit its experiment: .+\.$/);
      expect(session.checkpoint()).toEqual(before);
      expect(session.scene).toBe(scene);
      expect(session.run).toBe(run);
    }
    expect(session.advance(2)).toBe(2);
  });
});

test('a session gives back what its scenes hold', () => {
  let held = 0;
  const counting: Device = {
    ...reference,
    compile(outputs) {
      held += 1;
      return { ...reference.compile(outputs), dispose: () => void held-- };
    },
  };
  const session = openSession(experimentOf(gan), counting);
  for (let batchSize = 2; batchSize < 8; batchSize++) {
    session.change(changed(session, { game: { ...smallGan, batchSize } }));
    session.advance(1);
    expect(held).toBe(1);
  }
  session.dispose();
  expect(held).toBe(0);
});

describe('what a run has left behind', () => {
  test('its own next step is the one that it takes, and the run does not notice', () => {
    for (const kind of ['gan', 'bilinear'] as const) {
      const session = openSession(experimentOf({ game: kind, generator: 'adam' }), reference);
      session.advance(3);
      const soFar = session.soFar();
      const state = soFar.state();
      soFar.next(state);
      soFar.next(state);
      expect(session.state.step).toBe(3);
      session.advance(2);
      expect(state.point).toEqual(session.state.point);
    }
  });

  test('has a state of at most 32 steps ago, from which it gets here again', () => {
    const session = openSession(experimentOf({ game: 'gan', generator: 'adam' }), reference);
    expect(session.soFar().earlier().step).toBe(0);
    for (const steps of [1, 31, 1, 7]) {
      session.advance(steps);
      const soFar = session.soFar();
      const state = soFar.earlier();
      expect(state.step).toBeLessThan(session.state.step);
      expect(state.step).toBeGreaterThanOrEqual(session.state.step - 32);
      while ((state.step as number) < session.state.step) soFar.next(state);
      expect(state).toEqual(session.state);
    }
  });

  test('other experiments take steps from it too, their dials turned and turned back', () => {
    const of = (strength: number, rate: number) =>
      experimentOf({ game: { kind: 'bilinear', strength }, scheme: 'simultaneous', ...descent(rate) });
    const session = openSession(of(1, 0.1), reference);
    session.advance(3);
    const soFar = session.soFar();
    for (const steps of [soFar, soFar.elsewhere(of(1, 0.1))]) {
      const state = steps.begin(of(5, 0.2), Float64Array.of(1, 1));
      steps.next(state, of(5, 0.2));
      expect([...(state.point as Float64Array)]).toEqual([1 - 0.2 * 5, 1 + 0.2 * 5]);
      expect(state.step).toBe(4);
    }
    const witness = openSession(of(1, 0.1), reference);
    witness.advance(8);
    session.advance(5);
    expect(session.state).toEqual(witness.state);
  });

  test('is of one moment: a state that is asked for late is refused', () => {
    const session = openSession(experimentOf({ game: 'bilinear' }), reference);
    const soFar = session.soFar();
    session.advance(1);
    expect(() => soFar.state()).toThrow('before the first yield');
    expect(() => soFar.earlier()).toThrow('before the first yield');
  });
});

test('what probes note of a run stays with it through live changes, and goes when it begins anew', () => {
  const session = open(gan);
  session.soFar().notes.set('mine', 1);
  session.advance(2);
  session.change(changed(session, { generator: { kind: 'adam', learningRate: 0.5 } }));
  expect(session.soFar().notes.get('mine')).toBe(1);
  const { notes } = session.soFar();
  session.restart();
  expect(session.soFar().notes.size).toBe(0);
  expect(notes.get('mine')).toBe(1);
});

test('going back takes steps of one player alone again as such, and a new future forgets those that came after', () => {
  const session = openSession(experimentOf({ game: 'bilinear', ...descent(0.1) }), reference);
  session.advance(3);
  session.advance(2, undefined, 'generator');
  session.advance(60);
  const there = session.state.point.slice();
  session.goTo(4);
  session.advance(0);
  expect(session.state.step).toBe(4);
  session.goTo(65);
  session.advance(0);
  expect(session.state.point).toEqual(there);
  expect(session.alone).toEqual([{ step: 3, steps: 2, player: 'generator' }]);
  session.goTo(4);
  session.advance(1);
  expect(session.alone).toEqual([{ step: 3, steps: 1, player: 'generator' }]);
});
