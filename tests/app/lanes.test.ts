/** The lanes of a race: what is shared and what is each lane's own, and how they are kept together. */
import { describe, expect, test, vi } from 'vitest';
import { laneName } from '../../src/app/method.ts';
import { loadNamed } from '../../src/app/named.ts';
import { openPace, type Runner } from '../../src/app/pace.ts';
import type { Page } from '../../src/app/page.ts';
import { speeds } from '../../src/app/speeds.ts';
import {
  change,
  duplicateLane,
  isHeard,
  MOST_LANES,
  moveLane,
  openStore,
  playAlone,
  removeLane,
  takeMethod,
} from '../../src/app/store.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { defaults, parse, set } from '../../src/settings/index.ts';
import type { Frame } from '../../src/worker/protocol.ts';
import { frameAt } from './frames.ts';
import { counting, openModel } from './opened.ts';

await loadNamed();

const standard = defaults(schema);
const open = () => openStore({ experiments: [standard], device: 'auto', problems: [], theme: 'auto' });

/** The page with a worker whose readings of the path's angle take two frames where `takesMore` says so. */
function openReading(
  address: string,
  takesMore: (step: number) => boolean,
): { page: Page; isThere(step: number): Promise<void> } {
  const { page } = openModel(`${address}&panels=+pathAngle`, () => {
    const worker = counting();
    /** The step at which the reading that is at work was begun: it is dropped when it is not watched. */
    let begun: number | undefined;
    return {
      ...worker,
      async frame(command) {
        const frame = await (worker.frame as Required<typeof worker>['frame'])(command);
        const isFirst = begun === undefined;
        begun = command.watch.some(({ probe }) => probe === 'pathAngle') ? (begun ?? frame.step) : undefined;
        if (begun === undefined) return frame;
        if (isFirst && takesMore(frame.step)) return { ...frame, working: { pathAngle: 0.5 } };
        const readings = { pathAngle: { step: begun } } as unknown as Frame['readings'];
        begun = undefined;
        return { ...frame, readings };
      },
    };
  });
  return {
    page,
    isThere: (step) =>
      vi.waitFor(() => {
        expect(page.isResting).toBe(true);
        expect([page.record.frame?.step, page.record.latest.pathAngle?.step]).toEqual([step, step]);
      }),
  };
}

test('a long reading that was begun before the last step is begun again where the run rests', async () => {
  const { page, isThere } = openReading('preset=bilinear', () => true);
  await isThere(0);
  page.step();
  page.step();
  await isThere(2);
  page.step();
  await isThere(3);
});

test('a long reading asked for with the next step is not taken for the one that has just come', async () => {
  // A game whose picture asks for no second look by itself.
  const { page, isThere } = openReading('game=randomQuadratic', (step) => step === 2);
  await isThere(0);
  page.step();
  page.step(); // it is asked for as soon as the first one is answered
  await isThere(2);
});

test('lanes whose pictures are of different heights come to rest', async () => {
  let asked = 0;
  const { page } = openModel('lane2.scheme=extragradient', () => {
    const worker = counting();
    return {
      ...worker,
      frame(command) {
        asked += 1;
        return (worker.frame as Required<typeof worker>['frame'])(command);
      },
    };
  });
  const [first, second] = page.store.getState().lanes;
  const atRest = () => vi.waitFor(() => expect(page.isResting).toBe(true));
  const paint = async () => {
    page.setAspect(1.03, first.id);
    page.setAspect(0.89, second.id);
    await atRest();
  };
  await atRest();
  await paint();
  const before = asked;
  for (let i = 0; i < 3; i++) await paint();
  expect(asked).toBe(before);
  page.setAspect(1.5, second.id); // as its picture shows more, more is looked at
  await atRest();
  expect(asked).toBeGreaterThan(before);
});

test('a lane is called by all that it plays with', () => {
  const adam = parse(schema, { scheme: 'alternating' }).values;
  expect(laneName(adam)).toBe('Alternating, Adam');
  expect(laneName(set(schema, adam, 'generator', 'sgd'))).toBe('Alternating, SGD and Adam');
  const consensus = set(schema, set(schema, adam, 'adjustment', 'consensus'), 'averaging', 'uniform');
  expect(laneName(consensus)).toBe('Alternating, Adam + Consensus + Uniform average');
});

describe('a store of lanes', () => {
  test('plays pictures with the rules of networks where a formula was played before, and with those of a GAN', () => {
    const sgd = { generator: { kind: 'sgd', learningRate: 0.1 }, discriminator: 'sgd' };
    for (const [game, isKept] of [
      ['bilinear', false],
      ['gan', true],
    ] as const) {
      const before = parse(schema, { game, ...sgd, scheme: 'extragradient' }).values;
      const experiments = [before, set(schema, before, 'scheme', 'alternating')] as const;
      const store = openStore({ experiments, device: 'auto', problems: [], theme: 'auto' });
      change(store, 'game', 'images');
      for (const [i, { experiment }] of store.getState().lanes.entries()) {
        const { generator, discriminator } = isKept ? before : standard;
        expect(experiment).toMatchObject({ generator, discriminator, scheme: experiments[i].scheme });
        expect(experiment.game.kind).toBe('images');
      }
    }
  });

  test('has the selected lane’s experiment at hand, whichever it is', () => {
    const store = open();
    duplicateLane(store);
    change(store, 'scheme', 'extragradient');
    const { lanes, experiment, selected } = store.getState();
    expect(lanes.map((lane) => lane.experiment.scheme.kind)).toEqual(['simultaneous', 'extragradient']);
    expect([selected, experiment]).toEqual([lanes[1].id, lanes[1].experiment]);
    store.setState({ selected: lanes[0].id });
    expect(store.getState().experiment).toBe(lanes[0].experiment);
  });

  test('plays one game with one seed in all lanes, and an optimizer in each', () => {
    const store = open();
    duplicateLane(store);
    takeMethod(store, 'extraAdam');
    change(store, 'game', 'bilinear');
    change(store, 'game.strength', 2);
    change(store, 'seed', 7);
    const [first, second] = store.getState().lanes.map((lane) => lane.experiment);
    expect(second.game).toBe(first.game);
    expect([first.seed, second.seed]).toEqual([7, 7]);
    expect(first.scheme).toEqual(standard.scheme);
    expect(second.scheme.kind).toBe('extragradient');
  });

  test('gives each lane a colour of its own, six at most, and takes back those that are free', () => {
    const store = open();
    for (let i = 0; i < 8; i++) duplicateLane(store);
    const { lanes } = store.getState();
    expect(lanes).toHaveLength(MOST_LANES);
    expect(new Set(lanes.map(({ colour }) => colour)).size).toBe(MOST_LANES);
    removeLane(store, lanes[2].id);
    duplicateLane(store);
    expect(new Set(store.getState().lanes.map(({ colour }) => colour)).size).toBe(MOST_LANES);
    expect(new Set(store.getState().lanes.map(({ id }) => id)).size).toBe(MOST_LANES);
  });

  test('removes, reorders and plays alone; the last lane stays', () => {
    const store = open();
    duplicateLane(store);
    duplicateLane(store);
    const ids = () => store.getState().lanes.map(({ id }) => id);
    const [a, b, c] = ids();
    moveLane(store, c, -1);
    expect(ids()).toEqual([a, c, b]);
    moveLane(store, a, -1);
    expect(ids()).toEqual([a, c, b]);
    store.setState({ selected: c });
    removeLane(store, c);
    expect([ids(), store.getState().selected]).toEqual([[a, b], b]);
    playAlone(store, standard);
    expect(ids()).toEqual([b]);
    removeLane(store, b);
    expect(ids()).toEqual([b]);
  });

  test('a solo outdoes what is muted', () => {
    const [lane, other] = [
      { ...open().getState().lanes[0], isMuted: true },
      { ...open().getState().lanes[0], id: 5 },
    ];
    expect([isHeard({}, lane), isHeard({}, other)]).toEqual([false, true]);
    expect([isHeard({ solo: lane.id }, lane), isHeard({ solo: lane.id }, other)]).toEqual([true, false]);
  });
});

test('lanes that wait at the step to stop at are there when the last one comes, and no further', async () => {
  const answers: (() => void)[] = [];
  const { page } = openModel('preset=bilinear&lane2.scheme=extragradient', () => {
    let step = 0;
    return {
      frame: ({ steps }) =>
        new Promise((resolve) => {
          answers.push(() => {
            step += steps;
            resolve(frameAt(step, { seconds: 0.001 * step }));
          });
        }),
    };
  });
  const steps = () => page.store.getState().lanes.map((lane) => page.recordOf(lane).frame?.step);
  page.store.setState({
    stops: { step: 3 },
    speed: { plane: speeds.length - 1, samples: speeds.length - 1 },
  });
  page.play();
  for (let i = 0; i < 40 && (page.store.getState().playing || answers.length > 0); i++) {
    answers.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  }
  expect(page.store.getState().playing).toBe(false);
  expect(steps()).toEqual([3, 3]);
});

describe('a pace', () => {
  const runner = (
    step: number,
    perStep = 1,
    stepsPerSecond = 1000,
    pending = 0,
  ): Runner & { asked: number } => {
    const frame = { step, evaluations: step * perStep, seconds: step / stepsPerSecond } as Frame;
    const made = {
      record: { frame },
      asked: 0,
      playback: {
        pending,
        step(count: number) {
          made.asked += count;
        },
      },
    };
    return made;
  };
  const full = speeds[speeds.length - 1];
  const at = (mode: 'steps' | 'evaluations' | 'seconds', runs: readonly Runner[], speed = full) =>
    openPace({ mode: () => mode, runs: () => runs, speed: () => speed });

  test('alone is not held back', () => {
    const only = runner(10);
    expect(at('steps', [only]).allowed(only)).toBe(Number.MAX_SAFE_INTEGER);
  });

  test('of steps lets nobody further ahead of the last one than the slowest goes in a twentieth of a second', () => {
    const [fast, slow] = [runner(200, 1, 5000), runner(160, 1, 1000)];
    const pace = at('steps', [fast, slow]);
    expect(pace.allowed(fast)).toBe(10);
    expect(pace.allowed(slow)).toBe(50);
    const ahead = runner(300);
    expect(at('steps', [ahead, slow]).allowed(ahead)).toBeLessThanOrEqual(0);
  });

  test('of steps at a walk goes step by step', () => {
    const [first, last] = [runner(11), runner(10)];
    const pace = at('steps', [first, last], speeds[0]);
    expect([pace.allowed(first), pace.allowed(last)]).toEqual([0, 1]);
  });

  test('of gradient evaluations gives a step of two readings half as many', () => {
    const [one, two] = [runner(1000, 1), runner(500, 2)];
    const pace = at('evaluations', [one, two]);
    expect(pace.allowed(one)).toBe(2 * pace.allowed(two));
  });

  test('of gradient evaluations at a walk gives everybody a step in turn, whatever it costs', () => {
    for (const [one, two] of [
      [10, 5],
      [11, 5],
      [12, 5],
      [10, 6],
    ]) {
      const runs = [runner(one, 1), runner(two, 2)];
      const pace = at('evaluations', runs, speeds[0]);
      const allowed = runs.map((run) => pace.allowed(run));
      // Nobody is more than the dearest step ahead of the last one, and somebody may go on.
      expect(Math.max(...allowed)).toBeGreaterThan(0);
      expect(allowed).toEqual([
        2 + Math.min(one, 2 * two) - one,
        1 + Math.floor((Math.min(one, 2 * two) - 2 * two) / 2),
      ]);
    }
  });

  test('of seconds waits for those who have computed for less', () => {
    const [ahead, behind] = [runner(1000, 1, 1000), runner(1000, 1, 5000)];
    const pace = at('seconds', [ahead, behind]);
    expect(pace.allowed(ahead)).toBe(0);
    expect(pace.allowed(behind)).toBe(Number.MAX_SAFE_INTEGER);
  });

  test('at rest brings those behind up to the first', () => {
    const runs = [runner(120), runner(100), runner(110)];
    at('steps', runs).align();
    expect(runs.map(({ asked }) => asked)).toEqual([0, 20, 10]);
  });

  test('at rest counts the steps that were asked for already, and leaves alone who is farther behind than lanes may be', () => {
    const underway = runner(100, 1, 1000, 15);
    const far = runner(19); // twice the 50 steps of a twentieth of a second, and one more
    const near = runner(20);
    at('steps', [runner(120), underway, far, near]).align();
    expect([underway.asked, far.asked, near.asked]).toEqual([5, 0, 100]);
    const others = [runner(120), runner(100)];
    for (const mode of ['evaluations', 'seconds'] as const) at(mode, others).align();
    expect(others.map(({ asked }) => asked)).toEqual([0, 0]);
  });

  test('a lane that has joined is on its way to the step of the first one, by whatever lanes are kept together', () => {
    const [first, late] = [runner(1000, 2, 1000), runner(100, 1, 500)];
    for (const [mode, there] of [
      ['steps', 1000],
      ['evaluations', 2000],
      ['seconds', 500], // in the second that the first one has computed
    ] as const) {
      const pace = at(mode, [first, late]);
      expect(pace.catchesUp(late)).toBeUndefined();
      pace.join(late);
      expect(pace.catchesUp(late), mode).toBe(there);
      expect(pace.allowed(late)).toBe(there - 100);
      expect(pace.catchesUp(first)).toBeUndefined();
    }
  });

  test('waits for nobody who waits himself at the step where all are to stop', () => {
    const [first, last] = [runner(500), runner(100)];
    const waiting = openPace({
      mode: () => 'steps',
      runs: () => [first, last],
      speed: () => full,
      waits: (lane) => lane === last,
    });
    expect(waiting.allowed(first)).toBe(Number.MAX_SAFE_INTEGER);
    expect(at('steps', [first, last]).allowed(first)).toBeLessThan(0);
  });
});
