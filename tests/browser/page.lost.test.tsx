/** A graphics card or a worker that is lost ends in a sentence, and the run goes on without it. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { page as browser } from 'vitest/browser';
import { count } from '../../src/app/format.ts';
import type { RunRecord } from '../../src/app/record.ts';
import { changeLane } from '../../src/app/store.ts';
import { connect } from '../../src/worker/client.ts';
import { LINE, type Wire } from '../../src/worker/protocol.ts';
import { openPool, type RunClient } from '../../src/worker/start.ts';
import { expectAccessible } from './audit.ts';
import type { Loss } from './losingWorker.ts';
import { openPage, pastStep, rest, until } from './openPage.tsx';

/** The way of `openPool`, with workers that can be told to lose their card: so many of them, in turns. */
function openLosing(size = 1): { start: () => RunClient; lose(how: Loss): void } {
  const workers = Array.from(
    { length: size },
    () => new Worker(new URL('./losingWorker.ts', import.meta.url), { type: 'module' }),
  );
  onTestFinished(() => {
    for (const worker of workers) worker.terminate();
  });
  let started = 0;
  return {
    start() {
      const { port1, port2 } = new MessageChannel();
      workers[started++ % size].postMessage(LINE, [port2]);
      const client = connect(port1 as unknown as Wire);
      return { ...client, stop: client.close };
    },
    lose(how) {
      for (const worker of workers) worker.postMessage(how);
    },
  };
}

/** [step, generator, discriminator] of all steps. */
function lossesOf({ record: { losses } }: { readonly record: RunRecord }): number[][] {
  const [steps, generator, discriminator] = losses.columns;
  return Array.from({ length: losses.length }, (_, i) => [steps[i], generator[i], discriminator[i]]);
}

const game =
  'game.batchSize=64&game.generatorNetwork.hidden=16&game.discriminatorNetwork.hidden=16&scheme=extragradient';

/** Convolutions, batch norm, and the state of a spectral norm, which has to survive as well. */
const pictures = [
  'game=images&game.dataset=bars&game.batchSize=8&game.penalty=none',
  'game.generatorNetwork=convolutional&game.generatorNetwork.channels=2',
  'game.discriminatorNetwork=convolutional&game.discriminatorNetwork.channels=2',
  'game.discriminatorNetwork.spectral=on&scheme=alternating',
].join('&');

/** Losses of this many steps on a device, with what happens before one of them. */
async function walk(
  device: string,
  steps: number,
  lossAt?: { step: number; how: Loss },
  played: string = game,
) {
  const { start, lose } = openLosing();
  const opened = await openPage(`${played}&device=${device}`, { start, startsPlaying: false });
  for (let step = 1; step <= steps; step++) {
    if (lossAt?.step === step - 1) lose(lossAt.how);
    opened.model.step();
    await until(() => expect(opened.model.record.frame?.step).toBe(step));
    expect(opened.model.store.getState()).toMatchObject({ failure: undefined, refusal: undefined });
  }
  return opened;
}

/** Two devices round apart by 2^-24 in each operation; ten steps of this game make no more than this of it. */
const APART = 1e-3;

test.each([
  ['told', 'points', game],
  ['silent', 'points', game],
  ['told', 'pictures', pictures],
] as const)(
  'the run goes on from the step at which its graphics card was lost, and says so (%s, %s)',
  async (how, _, played) => {
    const opened = await walk('tfjs-webgl', 10, { step: 6, how }, played);
    const { model } = opened;
    const notice = opened.screen.getByRole('alert');
    await expect.element(notice).toHaveTextContent('The graphics card was lost at step 6.');
    await expect.element(notice).toHaveTextContent('goes on from there with WebAssembly');
    expect(model.record.frame).toMatchObject({ run: 0, step: 10, device: 'wasm', forks: 0 });
    expect(opened.address()).toContain('device=wasm');
    await expectAccessible();

    const found = lossesOf(model);
    expect(found.map(([step]) => step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    // Its past is still there to be gone through.
    model.time.goTo(2);
    await until(() => expect(model.record.frame?.step).toBe(2));
    model.time.goTo(10);
    await until(() => expect(model.record.frame?.step).toBe(10));
    model.close();
    await opened.screen.unmount();

    const other = await walk('wasm', 10, undefined, played);
    const expected = lossesOf(other.model);
    for (const [i, row] of found.entries()) {
      for (const [k, value] of row.entries()) {
        expect(Math.abs(value - expected[i][k]), `step ${i}`).toBeLessThan(APART);
      }
    }
  },
);

test('who wants the graphics card back is given it, and the sentence goes', async () => {
  const opened = await walk('tfjs-webgl', 4, { step: 3, how: 'told' });
  await opened.screen.getByRole('button', { name: 'Try the graphics card again' }).click();
  await until(() => expect(opened.model.record.frame?.device).toBe('tfjs-webgl'));
  expect(opened.screen.getByRole('alert').query()).toBeNull();
  opened.model.step();
  await until(() => expect(opened.model.record.frame?.step).toBe(5));
  expect(opened.model.record.frame).toMatchObject({ run: 0, device: 'tfjs-webgl' });
});

/** Steps that lanes are shown to have taken, and their runs. */
const recordsOf = ({ model }: Awaited<ReturnType<typeof openPage>>) =>
  model.store.getState().lanes.map((lane) => model.recordOf(lane));

test.each([
  ['told', 'one worker', 1],
  ['told', 'a worker each', 2],
  ['silent', 'a worker each', 2],
] as const)(
  'two lanes that play at full speed go on where their card was lost, and it is said whose it was (%s, %s)',
  async (how, _, size) => {
    const { start, lose } = openLosing(size);
    const opened = await openPage(`${game}&device=tfjs-webgl&lane2.scheme=simultaneous&speed=full`, {
      start,
    });
    const { store } = opened.model;
    await until(() => {
      for (const { frame } of recordsOf(opened)) expect(frame?.step).toBeGreaterThan(3);
    });
    const before = recordsOf(opened).map(({ frame }) => frame!.step);
    lose(how);
    await until(() => {
      for (const { frame } of recordsOf(opened)) expect(frame?.device).toBe('wasm');
    });
    const at = recordsOf(opened).map(({ frame }) => frame!.step);
    await until(() => {
      for (const [i, { frame }] of recordsOf(opened).entries())
        expect(frame!.step).toBeGreaterThan(at[i] + 5);
    });
    await rest(opened);
    // Each of them is told of with its own step, whichever met the loss first.
    const lost = store.getState().lanes.map((lane) => lane.lost);
    for (const [i, each] of lost.entries()) {
      expect(each).toMatchObject({ device: 'tfjs-webgl', by: 'wasm' });
      expect(each!.step).toBeGreaterThanOrEqual(before[i]);
      expect(each!.step).toBeLessThanOrEqual(at[i]);
    }
    const [first, second] = lost.map((each) => `The graphics card was lost at step ${count(each!.step)}.`);
    await expect
      .element(opened.screen.getByRole('alert'))
      .toHaveTextContent(new RegExp(`Extragradient[^:]*: ${first}.*Simultaneous[^:]*: ${second}`));
    for (const record of recordsOf(opened)) {
      expect(record.frame).toMatchObject({ run: 0, forks: 0 });
      // No step is missing, and none was taken twice.
      expect(lossesOf({ record }).map(([step]) => step)).toEqual([...Array(record.frame!.step).keys()]);
    }
    expect(store.getState()).toMatchObject({ device: 'wasm', failure: undefined, refusal: undefined });
  },
);

test('a worker that ends takes no run with it: its lanes go on from the last steps that were kept', async () => {
  const workers: Worker[] = [];
  class Watched extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      workers.push(this);
    }
  }
  vi.stubGlobal('Worker', Watched);
  onTestFinished(() => void vi.unstubAllGlobals());
  const link =
    'game.batchSize=16&device=wasm&speed=twenty&lane2.scheme=extragradient&lane3.scheme=optimistic';
  const opened = await openPage(link, { start: openPool(2) });
  const { model } = opened;
  await pastStep(opened, 100);
  await rest(opened);
  const paused = recordsOf(opened).map(({ frame }) => frame!.step);
  const runs = recordsOf(opened).map(({ frame }) => frame!.run);
  model.play();
  await pastStep(opened, paused[0] + 40);
  expect(workers).toHaveLength(2);
  // As a browser ends one that has no memory left: the first and the third lane's.
  workers[0].terminate();
  workers[0].dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
  // The selected lane is another one: whose worker it was is said all the same.
  model.store.setState(({ lanes }) => ({ selected: lanes[1].id }));
  const notice = opened.screen.getByRole('alert');
  await expect.element(notice).toHaveTextContent(/Simultaneous, Adam: .*out of memory/);
  expect(model.store.getState().playing).toBe(false);
  await opened.screen.getByRole('button', { name: /^Go on/ }).click();
  expect(notice.query()).toBeNull();
  await until(() =>
    expect(recordsOf(opened).map(({ frame }) => frame!.begin > 0)).toEqual([true, false, true]),
  );
  const goal = Math.max(...recordsOf(opened).map(({ frame }) => frame!.furthest)) + 40;
  model.play();
  await until(() => {
    for (const { frame } of recordsOf(opened)) expect(frame!.step).toBeGreaterThan(goal);
  });
  expect(workers).toHaveLength(3);
  const records = recordsOf(opened);
  for (const at of [0, 2]) expect(records[at].frame!.begin).toBeGreaterThanOrEqual(paused[at]);
  expect(records[1].frame).toMatchObject({ begin: 0, run: runs[1] });
  const found = records.map((record) => lossesOf({ record }).slice(0, goal));
  model.close();
  await opened.screen.unmount();

  const undisturbed = await openPage(link);
  await until(() => {
    for (const { frame } of recordsOf(undisturbed)) expect(frame?.step).toBeGreaterThan(goal);
  });
  const expected = recordsOf(undisturbed).map((record) => lossesOf({ record }).slice(0, goal));
  expect(found).toEqual(expected);

  // One that does not answer may be waited for.
  await rest(undisturbed);
  const { store } = undisturbed.model;
  changeLane(store, store.getState().lanes[1].id, { isSilent: true, kept: 7 });
  const silence = undisturbed.screen.getByRole('alert');
  await expect.element(silence).toHaveTextContent(/Extragradient, Adam: There has been no answer/);
  await expect.element(silence.getByRole('button', { name: 'Go on from step 7' })).toBeVisible();
  await browser.viewport(360, 740);
  await until(() => {
    const { right, height } = silence.element().getBoundingClientRect();
    expect(right).toBeLessThanOrEqual(innerWidth);
    expect(silence.element().scrollWidth).toBeLessThanOrEqual(innerWidth);
    expect(height).toBeLessThan(370);
  });
  await silence.getByRole('button', { name: 'Wait' }).click();
  await until(() => expect(silence.query()).toBeNull());
});
