/** Questions that are on their way while something else is chosen: what comes of them, and of who waits for them. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { loadNamed } from '../../src/app/named.ts';
import { speeds } from '../../src/app/speeds.ts';
import { change, duplicateLane, openPanel, removeLane, takeMethod } from '../../src/app/store.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { set } from '../../src/settings/index.ts';
import type { Frame } from '../../src/worker/protocol.ts';
import { type OpenedModel, openPatient, turn } from './opened.ts';

await loadNamed();
afterEach(() => void vi.restoreAllMocks());

const plane = 'preset=bilinear';
const race = 'preset=bilinear&lane2.scheme=extragradient&selected=1';
const full = speeds.length - 1;
const atFullSpeed = { plane: full, samples: full };
const watches = (questions: readonly { command: { watch: readonly { probe: string }[] } }[], name: string) =>
  questions.filter(({ command }) => command.watch.some(({ probe }) => probe === name)).length;
const rateOf = ({ store }: OpenedModel['page']) =>
  (store.getState().experiment.generator as { learningRate: number }).learningRate;
const laneOf = ({ store }: OpenedModel['page'], i = 0) => store.getState().lanes[i];
const stepOf = (page: OpenedModel['page'], i = 0) => page.recordOf(laneOf(page, i)).frame?.step;

/** A clock that stands still until it is put forward. */
function ownClock(): { forward(ms: number): void } {
  let now = 1000;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  return {
    forward(ms) {
      now += ms;
    },
  };
}

describe('a checkpoint', () => {
  test('comes to all who asked for it', async () => {
    const { page, workers } = openPatient(plane);
    const steps: number[] = [];
    for (let i = 0; i < 2; i++) page.checkpoint().then(({ state }) => steps.push(state.step));
    await workers[0].rest();
    expect(steps).toEqual([0, 0]);
  });

  test('has the settings that were chosen before it was asked for, whatever is on its way', async () => {
    const { page, workers } = openPatient(plane);
    const [worker] = workers;
    await worker.rest();
    page.step();
    await worker.open?.answer();
    // The state that is kept in case that the worker is lost.
    expect(worker.open?.command.checkpoint).toBe(true);
    change(page.store, 'generator.learningRate', 0.5);
    const checkpoint = page.checkpoint();
    await worker.rest();
    expect((await checkpoint).experiment.generator).toMatchObject({ learningRate: 0.5 });
  });

  test('of a lane that is taken away is not waited for: another one can be branched', async () => {
    const { page, workers } = openPatient(race);
    const { store } = page;
    for (const worker of workers) await worker.rest();
    page.time.branch();
    removeLane(store, store.getState().selected);
    await turn();
    page.time.branch();
    await workers[1].rest();
    expect(store.getState().lanes).toHaveLength(2);
  });

  test('of a run that begins anew is not the run’s that was to be branched', async () => {
    const { page, workers } = openPatient(plane);
    await workers[0].rest();
    page.step();
    await workers[0].rest();
    const branched = page.time.branch();
    page.restart();
    await workers[0].rest();
    await branched;
    expect(page.store.getState().lanes).toHaveLength(1);
  });
});

describe('on the way to a step of the past', () => {
  /** A run of twenty steps whose rate became another after ten. */
  async function openChanged() {
    const opened = openPatient(plane);
    const { page, workers } = opened;
    const [worker] = workers;
    for (let i = 0; i < 10; i++) page.step();
    await worker.rest();
    change(page.store, 'generator.learningRate', 0.5);
    for (let i = 0; i < 10; i++) page.step();
    await worker.rest();
    expect([stepOf(page), rateOf(page)]).toEqual([20, 0.5]);
    return { page, worker };
  }

  test('one arrives at the step that was asked for last, and its settings are shown', async () => {
    const { page, worker } = await openChanged();
    const { store } = page;
    page.time.goTo(15);
    page.time.goTo(5);
    expect(worker.open?.command.goTo).toBe(15);
    await worker.open?.answer();
    expect([stepOf(page), store.getState().seeking, rateOf(page)]).toEqual([15, 5, 0.5]);
    await worker.rest();
    expect([stepOf(page), store.getState().seeking, rateOf(page)]).toEqual([5, undefined, 0.1]);
  });

  test('a refusal, or an end, ends it as well', async () => {
    for (const times of [1, 2]) {
      const { page, worker } = await openChanged();
      page.time.goTo(5);
      for (let i = 0; i < times; i++) await worker.open?.refuse('it cannot be done');
      await worker.rest();
      expect(laneOf(page).failure).toBe(times === 2 ? 'it cannot be done' : undefined);
      expect(page.store.getState().seeking).toBeUndefined();
    }
  });

  test('a lane that begins another run is not waited for', async () => {
    const { page, workers } = openPatient(plane);
    const { store } = page;
    duplicateLane(store);
    for (const worker of workers) await worker.rest();
    page.step();
    for (const worker of workers) await worker.rest();
    page.time.goTo(0);
    takeMethod(store, 'extraAdam'); // for the copy: from its start
    for (const worker of workers) await worker.rest();
    expect(store.getState().seeking).toBeUndefined();
  });
});

describe('another run', () => {
  test('takes none of the steps that were asked of the one before', async () => {
    const { page, workers } = openPatient(plane);
    await workers[0].rest();
    for (let i = 0; i < 3; i++) page.step();
    page.restart();
    await workers[0].rest();
    expect(stepOf(page)).toBe(0);

    for (const mover of ['generator', 'discriminator', 'generator'] as const) page.step(mover);
    for (let i = 0; i < 2; i++) await workers[0].open?.refuse('it cannot be done');
    expect(laneOf(page).failure).toBe('it cannot be done');
    page.revive();
    await workers[1].rest();
    expect(workers[1].asked.filter(({ command }) => command.mover)).toEqual([]);
  });

  test('is not told what was refused to the one before', async () => {
    const { page, workers } = openPatient(plane);
    await workers[0].rest();
    change(page.store, 'game', 'gan');
    page.loadPreset('bilinear');
    await workers[0].open?.refuse('it cannot be done');
    await workers[0].rest();
    expect([laneOf(page).refusal, stepOf(page)]).toEqual([undefined, 0]);
  });

  test('of another game shows nothing of the game before, which may still be answered', async () => {
    const { page, workers } = openPatient(plane);
    const [worker] = workers;
    await worker.rest();
    page.step();
    change(page.store, 'game', 'gan');
    await worker.open?.answer();
    expect(page.record.frame).toBeUndefined();
    await worker.rest();
    expect(page.record.frame).toMatchObject({ step: 0 });
  });

  test('of all lanes of a race begins in all of them, whichever is there first', async () => {
    const { page, workers } = openPatient(race);
    page.store.setState({ speed: { plane: 4, samples: 4 } });
    for (let i = 0; i < 20; i++) page.step();
    for (const worker of workers) await worker.rest();
    expect([stepOf(page, 0), stepOf(page, 1)]).toEqual([20, 20]);
    change(page.store, 'seed', 7);
    for (let round = 0; round < 2; round++) for (const worker of workers) await worker.rest();
    expect([stepOf(page, 0), stepOf(page, 1)]).toEqual([0, 0]);
  });
});

describe('what is refused', () => {
  test('twice ends the run; another wish in between does not', async () => {
    const { page, workers } = openPatient(plane);
    const [worker] = workers;
    await worker.rest();
    change(page.store, 'generator.learningRate', 0.5);
    change(page.store, 'generator.learningRate', 0.6);
    await worker.open?.refuse('not the first');
    await worker.open?.refuse('nor the second');
    expect(laneOf(page)).toMatchObject({ failure: undefined, refusal: 'nor the second' });
    await worker.open?.refuse('nor that again');
    expect(laneOf(page).failure).toBe('nor that again');
  });
});

describe('what is observed', () => {
  test('of a lane that is over is read once more, and again when a panel is opened, while the others play', async () => {
    const { page, workers } = openPatient(race);
    const [over, other] = workers;
    page.store.setState({ speed: atFullSpeed });
    for (const worker of workers) await worker.rest();
    page.play();
    const ended = { outcome: { kind: 'diverged', step: 2, player: 'generator' } } as const;
    await over.open?.answer({ ...ended, step: 1, furthest: 1 });
    const asked = over.asked.length;
    while (over.open && over.asked.length < asked + 20) await over.open.answer({ ...ended, step: 1 });
    expect(over.asked.length).toBe(asked);
    await other.open?.answer();
    expect(page.store.getState().playing).toBe(true);
    openPanel(page.store, 'pathAngle', true);
    expect(over.open?.command.watch).toContainEqual(expect.objectContaining({ probe: 'pathAngle' }));
  });

  test('at rest is read once, however long the readings take that began together', async () => {
    const clock = ownClock();
    const { page, workers } = openPatient(`${plane}&panels=+pathAngle,+stabilityMap`);
    const [worker] = workers;
    /** Frames that a reading takes. */
    const takes = { pathAngle: 3, stabilityMap: 5 };
    const begun = new Map<string, number>();
    const read: string[] = [];
    for (let i = 0; worker.open && i < 40; i++) {
      const working: Record<string, number> = {};
      const readings: Record<string, object> = {};
      for (const [name, frames] of Object.entries(takes)) {
        if (watches([worker.open], name) === 0) continue;
        const at = (begun.get(name) ?? 0) + 1;
        begun.set(name, at % frames);
        if (at < frames) working[name] = at / frames;
        else {
          readings[name] = { step: 0 };
          read.push(name);
        }
      }
      clock.forward(2100);
      await worker.open.answer({ working, readings: readings as Frame['readings'] });
    }
    expect(read).toEqual(['pathAngle', 'stabilityMap']);
    expect(page.isResting).toBe(true);
  });

  test('quickly is read with each frame that takes longer than until it is due', async () => {
    const clock = ownClock();
    const { page, workers } = openPatient('');
    const [worker] = workers;
    page.store.setState({ speed: atFullSpeed });
    await worker.rest();
    page.play();
    const before = worker.asked.length;
    for (let i = 0; i < 6; i++) {
      clock.forward(100);
      const readings = watches(worker.asked.slice(-1), 'discriminator') > 0 ? { discriminator: {} } : {};
      await worker.open?.answer({ readings: readings as Frame['readings'] });
    }
    const asked = worker.asked.slice(before);
    expect(asked.length).toBeGreaterThan(5);
    expect(watches(asked, 'discriminator')).toBe(asked.length);
  });

  test('by code that is still on its way is asked for until it is there', async () => {
    ownClock();
    const { page, workers } = openPatient('');
    const [worker] = workers;
    await worker.rest();
    page.step();
    await worker.open?.answer({ working: { notices: 0 } });
    expect(watches(worker.asked.slice(-1), 'notices')).toBe(1);
  });

  test('once for each experiment is not searched for again while it is on its way to the record', async () => {
    const { page, workers } = openPatient(plane);
    const [worker] = workers;
    page.store.setState({ speed: atFullSpeed });
    page.play();
    expect(watches(worker.asked, 'equilibria')).toBe(1);
    const equilibria = { points: [], curves: [], sampled: false, everywhere: false };
    await worker.open?.answer({ readings: { equilibria } as unknown as Frame['readings'] });
    for (let i = 0; i < 3; i++) await worker.open?.answer();
    expect(watches(worker.asked, 'equilibria')).toBe(1);
  });

  test('of a game that was left says nothing of the next one', async () => {
    const { page, workers } = openPatient('game=typed&game.first=(x-1)^2&game.second=(y%2B1)^2');
    const [worker] = workers;
    page.store.setState({ speed: atFullSpeed });
    page.play();
    change(page.store, 'game.first', '(x-5)^2');
    const equilibria = { points: [{ at: [1, -1] }], curves: [], sampled: false, everywhere: false };
    await worker.open?.answer({ readings: { equilibria } as unknown as Frame['readings'] });
    await worker.open?.answer();
    expect([stepOf(page), page.record.distance.length]).toEqual([10, 0]);
  });

  test('when somebody wants it is read as often as that, also while the run plays', async () => {
    const { page, workers } = openPatient('panels=+eigenvalues');
    const [worker] = workers;
    const { store } = page;
    store.setState({ speed: atFullSpeed });
    await worker.rest();
    page.play();
    for (let i = 0; i < 2; i++) {
      store.setState({ wantsSpectrum: true });
      for (let k = 0; k < 2 && watches(worker.asked.slice(-1), 'spectrum') === 0; k++)
        await worker.open?.answer();
      expect(watches(worker.asked.slice(-1), 'spectrum')).toBe(1);
      await worker.open?.answer({ readings: { spectrum: { step: 0 } } as unknown as Frame['readings'] });
      expect(store.getState().wantsSpectrum).toBe(false);
    }
  });
});

test('who waits for a lane of the race that is taken away goes on', async () => {
  const { page, workers } = openPatient(race);
  const [quick, slow] = workers;
  page.store.setState({ speed: atFullSpeed });
  for (const worker of workers) await worker.rest();
  page.play();
  await quick.rest();
  expect([quick.open, slow.open?.command.steps]).toEqual([undefined, 1]);
  removeLane(page.store, laneOf(page, 1).id);
  expect(quick.open?.command.steps).toBeGreaterThan(1);
});

test('who does otherwise than the run that was shared has a link without it at once', () => {
  const { page, address } = openPatient(`${plane}&history=1!10:generator.learningRate:0.3`);
  page.store.setState({ axis: 'evaluations' });
  expect(address()).toContain('history');
  change(page.store, 'discriminator.learningRate', 0.4);
  expect(address()).not.toContain('history');
});

test('what is opened in the place of a lane that does not answer is played by another worker', () => {
  const { page, workers } = openPatient(plane);
  page.store.setState(({ lanes }) => ({ lanes: lanes.map((lane) => ({ ...lane, isSilent: true })) }));
  const experiment = set(schema, page.store.getState().experiment, 'game', 'gan');
  page.open({ ...page.wanted(), experiments: [experiment], courses: undefined });
  expect(workers).toHaveLength(2);
  expect(laneOf(page).isSilent).toBeUndefined();
});
