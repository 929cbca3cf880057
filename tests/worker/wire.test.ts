/** The wire: a host and a client over a real message channel. */
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Watch } from '../../src/analysis/probe.ts';
import { readData } from '../../src/cli/data.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { openSession } from '../../src/engine/session.ts';
import { type Client, connect } from '../../src/worker/client.ts';
import { serve } from '../../src/worker/host.ts';
import { type Command, type FrameCommand, LINE, type Wire } from '../../src/worker/protocol.ts';
import { openPool } from '../../src/worker/start.ts';
import { descent, experimentOf, smallGan } from '../catalog/given.ts';

const device = 'reference';
const gan = experimentOf({ game: smallGan });
const bilinear = experimentOf({ game: { kind: 'bilinear' }, ...descent(0.1) });
const ask = (steps: number, watch: readonly Watch[] = []): Omit<FrameCommand, 'type'> => ({
  steps,
  budgetMs: 10_000,
  workMs: 0,
  watch,
});
const point: Watch = { probe: 'point' };
const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 5 });

const channels: MessageChannel[] = [];
afterEach(() => {
  for (const { port1, port2 } of channels.splice(0)) {
    port1.close();
    port2.close();
  }
});

function open(): { client: Client; sent: { message: unknown; transfer: Transferable[] }[] } {
  const channel = new MessageChannel();
  channels.push(channel);
  const sent: { message: unknown; transfer: Transferable[] }[] = [];
  const hostEnd: Wire = {
    postMessage(message, transfer = []) {
      channel.port1.postMessage(message, transfer);
      sent.push({ message, transfer });
    },
    addEventListener: (type, listener) => channel.port1.addEventListener(type, listener as never),
    start: () => channel.port1.start(),
  };
  serve(hostEnd, readData);
  return { client: connect(channel.port2 as unknown as Wire), sent };
}

/** What a session on its own would have come to. */
function alone(experiment: typeof gan, steps: number) {
  const session = openSession(experiment, reference);
  session.advance(steps);
  return session;
}

describe('a run over the wire', () => {
  test('is the run that a session takes on its own', async () => {
    const { client } = open();
    client.run({ experiment: gan, device });
    const frame = await client.frame(ask(5, [point, { probe: 'losses' }]));
    expect(frame).toMatchObject({ run: 0, step: 5, evaluations: 5, device, outcome: { kind: 'running' } });
    expect(frame.readings.point).toEqual(alone(gan, 5).state.point);
    expect([...frame.losses.step]).toEqual([0, 1, 2, 3, 4]);
  });

  test('answers each question once and in order, without waiting for the last answer', async () => {
    const { client } = open();
    client.run({ experiment: bilinear, device });
    const frames = await Promise.all([1, 2, 0, 3].map((steps) => client.frame(ask(steps))));
    expect(frames.map(({ step }) => step)).toEqual([1, 3, 3, 6]);
    expect(frames.map(({ path }) => path.length / 2)).toEqual([2, 2, 0, 3]); // the first with the start
  });

  test('hands its arrays over instead of copying them', async () => {
    const { client, sent } = open();
    client.run({ experiment: gan, device });
    const names = ['losses', 'modes', 'samples', 'discriminator', 'point', 'gradientNorms'];
    const watch = names.map((probe) => ({ probe }));
    await client.frame(ask(2));
    await client.frame(ask(0, watch)); // waits for the code of all of them
    expect(sent).toHaveLength(2);
    const arrays: Float64Array[] = [];
    const collect = (value: unknown): void => {
      if (value instanceof Float64Array) arrays.push(value);
      else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
    };
    collect(sent[1].message);
    expect(arrays).toHaveLength(9);
    for (const array of arrays) expect(array.buffer.byteLength).toBe(0); // detached: the other end has it
    // and what the run still needs was not among them:
    expect((await client.frame(ask(1, [point]))).readings.point).toEqual(alone(gan, 3).state.point);
  });

  test('a live change keeps the count of steps and changes the next ones', async () => {
    const { client } = open();
    client.run({ experiment: bilinear, device });
    await client.frame(ask(1));
    client.run({ experiment: experimentOf({ ...bilinear, ...descent(0.5) }), device });
    const frame = await client.frame(ask(1, [point]));
    expect(frame).toMatchObject({ run: 0, step: 2 });
    const [theta, phi] = [1 - 0.1, 1 + 0.1];
    expect([...(frame.readings.point ?? [])]).toEqual([theta - 0.5 * phi, phi + 0.5 * theta]);
  });

  test('a run that goes on trains while nobody asks, and comes to the same steps', async () => {
    const { client } = open();
    client.run({ experiment: gan, device });
    const onward = { ...ask(Number.MAX_SAFE_INTEGER), goesOn: true, budgetMs: 1 };
    const first = await client.frame(onward);
    expect(first.step).toBeGreaterThan(0);
    // The host goes on before anybody can hear of its frame: nothing has to be waited for.
    const rest = await client.frame(ask(0, [point]));
    expect(rest.step).toBeGreaterThan(first.step);
    expect(rest.losses.step[0]).toBe(first.losses.step.length); // none is missing between the frames
    expect(rest.readings.point).toEqual(alone(gan, rest.step).state.point);
    expect((await client.frame(ask(0))).step).toBe(rest.step); // who only looks lets it rest
  });

  test('a run that goes on takes no more steps than it may, counted from the last frame', async () => {
    const { client } = open();
    client.run({ experiment: bilinear, device });
    // A clock that goes on by a millisecond when it is read: in a piece of training there are a few steps, on any machine.
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => ++now);
    onTestFinished(() => clock.mockRestore());
    // Without a budget no step is promised; who is patient gets all, and with them those of the time between.
    const hasty = (steps: number) => ({ ...ask(steps), goesOn: true, budgetMs: 0 });
    const patient = (steps: number) => ({ ...ask(steps), goesOn: true });
    expect((await client.frame(hasty(100))).step).toBe(0);
    expect((await client.frame(patient(100))).step).toBe(100);
    const { step } = await client.frame(hasty(100));
    expect((await client.frame(patient(200 - step))).step).toBe(200);
    // Those that the run before took meanwhile are not counted for a fresh one.
    await client.frame(hasty(Number.MAX_SAFE_INTEGER));
    client.run({ experiment: bilinear, device, fresh: true });
    expect((await client.frame(patient(7))).step).toBe(7);
    // A single step is one more, from where the run stands.
    expect((await client.frame(ask(1))).step).toBe(8);
  });

  test('a change reaches a run that goes on at once', async () => {
    const { client } = open();
    client.run({ experiment: gan, device });
    await client.frame({ ...ask(Number.MAX_SAFE_INTEGER), goesOn: true, budgetMs: 1 });
    client.run({ experiment: bilinear, device });
    expect(await client.frame(ask(2))).toMatchObject({ run: 1, step: 2 });
  });

  test('a run that begins in the place of one that goes on waits until it is asked', async () => {
    const { client } = open();
    client.run({ experiment: bilinear, device });
    const onward = { ...ask(Number.MAX_SAFE_INTEGER), goesOn: true };
    await client.frame({ ...onward, budgetMs: 1 });
    const last = client.frame(onward);
    client.run({ experiment: bilinear, device, fresh: true });
    await last;
    for (let i = 0; i < 3; i++) await new Promise((resolve) => setTimeout(resolve));
    expect(await client.frame(ask(0))).toMatchObject({ run: 1, step: 0 });
  });

  test('a change that is not live begins another run', async () => {
    const { client } = open();
    client.run({ experiment: bilinear, device });
    await client.frame(ask(3));
    client.run({ experiment: gan, device });
    expect(await client.frame(ask(1))).toMatchObject({ run: 1, step: 1 });
  });

  test('fresh begins the same run again', async () => {
    const { client } = open();
    client.run({ experiment: gan, device });
    const first = await client.frame(ask(3, [point]));
    client.run({ experiment: gan, device, fresh: true });
    const again = await client.frame(ask(3, [point]));
    expect(again.run).not.toBe(first.run);
    expect(again.step).toBe(3);
    expect(again.readings).toEqual(first.readings);
    expect(again.losses).toEqual(first.losses);
  });

  test('a checkpoint goes on, also where nothing was played before', async () => {
    const checkpoint = alone(gan, 4).checkpoint();
    for (const before of [undefined, bilinear]) {
      const { client } = open();
      if (before) client.run({ experiment: before, device });
      client.run({ experiment: gan, device, checkpoint });
      const frame = await client.frame(ask(3, [point]));
      expect(frame.step).toBe(7);
      expect(frame.readings.point).toEqual(alone(gan, 7).state.point);
    }
  });

  test('a checkpoint goes on with the settings that come with it', async () => {
    const { client } = open();
    const experiment = experimentOf({ ...bilinear, ...descent(0.5) });
    client.run({ experiment, device, checkpoint: alone(bilinear, 1).checkpoint() });
    const frame = await client.frame(ask(1, [point]));
    const [theta, phi] = [1 - 0.1, 1 + 0.1];
    expect([...(frame.readings.point ?? [])]).toEqual([theta - 0.5 * phi, phi + 0.5 * theta]);
  });

  test('one player’s step moves that player alone, and the frames say so', async () => {
    const { client } = open();
    client.run({ experiment: bilinear, device });
    const first = await client.frame({ ...ask(1, [point]), mover: 'discriminator' });
    expect([...(first.readings.point ?? [])]).toEqual([1, 1 + 0.1]);
    expect(first).toMatchObject({ step: 1, alone: [{ step: 0, steps: 1, player: 'discriminator' }] });
    const second = await client.frame({ ...ask(1, [point]), mover: 'generator' });
    expect([...(second.readings.point ?? [])]).toEqual([1 - 0.1 * (1 + 0.1), 1 + 0.1]);
    expect(second.alone).toHaveLength(2);
    expect((await client.frame(ask(1))).alone).toHaveLength(2);
  });

  test('a hand that leads takes a run off its course', async () => {
    const quick = experimentOf({ ...bilinear, ...descent(0.5) });
    const course = {
      settings: [
        { step: 0, experiment: bilinear },
        { step: 3, experiment: quick },
      ],
      alone: [],
    } as const;
    for (const mover of [undefined, 'generator'] as const) {
      const { client } = open();
      client.run({ experiment: bilinear, device, course });
      await client.frame({ ...ask(1), mover });
      const { settings } = await client.frame(ask(5));
      expect(settings?.these.at(-1)?.experiment).toEqual(mover ? undefined : quick);
    }
  });

  test('goes back to a step of its past before it takes others, in as many frames as that needs', async () => {
    const { client } = open();
    client.run({ experiment: gan, device });
    const first = await client.frame(ask(60, [point]));
    expect(first.settings).toEqual({ after: 0, these: [{ step: 0, experiment: gan }] });
    const back = await client.frame({ ...ask(0, [point]), goTo: 17 });
    expect(back).toMatchObject({ run: 0, step: 17, begin: 0, furthest: 60, forks: 0 });
    expect(back.settings).toBeUndefined();
    expect(back.goal).toBeUndefined();
    expect(back.readings.point).toEqual(alone(gan, 17).state.point);
    let frame = await client.frame({ ...ask(0, [point]), budgetMs: 0, goTo: 58 });
    expect(frame).toMatchObject({ goal: 58, furthest: 60 });
    expect(frame.readings).toEqual({}); // nobody wished to see the way
    while (frame.goal !== undefined) frame = await client.frame({ ...ask(0), budgetMs: 0.05 });
    expect(frame).toMatchObject({ step: 58, furthest: 60 });
    const on = await client.frame({ ...ask(3, [point]), goTo: 20 });
    expect(on).toMatchObject({ step: 23, furthest: 23, forks: 1 });
    expect(on.readings.point).toEqual(alone(gan, 23).state.point);
  });

  test('gives a checkpoint of any step, with which another run begins: a branch', async () => {
    const first = open();
    first.client.run({ experiment: gan, device });
    const { losses } = await first.client.frame(ask(60));
    const { checkpoint } = await first.client.frame({ ...ask(0), goTo: 25, checkpoint: true });
    const branch = open();
    branch.client.run({ experiment: gan, device, checkpoint });
    const frame = await branch.client.frame(ask(10, [point]));
    expect(frame).toMatchObject({ step: 35, begin: 25 });
    expect(frame.losses.generator).toEqual(losses.generator.slice(25, 35));
    expect(frame.readings.point).toEqual(alone(gan, 35).state.point);
    // The first run keeps what it gave away.
    const same = await first.client.frame(ask(10, [point]));
    expect(same.readings.point).toEqual(frame.readings.point);
  });

  test('another device goes on with the run', async () => {
    const { client } = open();
    client.run({ experiment: bilinear, device });
    await client.frame(ask(3));
    client.run({ experiment: bilinear, device: 'tfjs-cpu' });
    const frame = await client.frame(ask(2, [point]));
    expect(frame).toMatchObject({ run: 0, step: 5, device: 'tfjs-cpu' });
    const expected = alone(bilinear, 5).state.point;
    for (const i of [0, 1]) expect(frame.readings.point?.[i]).toBeCloseTo(expected[i], 6);
  });
});

describe('what cannot be done', () => {
  test('a question before anything is played fails in a sentence', async () => {
    await expect(open().client.frame(ask(1))).rejects.toThrow('nothing is being played yet');
  });

  test('an unknown device fails in a sentence with the choices; the run before it goes on', async () => {
    const { client } = open();
    client.run({ experiment: bilinear, device });
    await client.frame(ask(3));
    client.run({ experiment: gan, device: 'abacus' });
    await expect(client.frame(ask(1))).rejects.toThrow(/abacus.*reference, wasm/);
    expect(await client.frame(ask(1))).toMatchObject({ run: 0, step: 4, device });
  });

  test('while nothing else is played, every answer says why', async () => {
    const { client } = open();
    client.run({ experiment: gan, device: 'abacus' });
    for (let question = 0; question < 2; question++) {
      await expect(client.frame(ask(1))).rejects.toThrow('abacus');
    }
    client.run({ experiment: gan, device });
    expect(await client.frame(ask(1))).toMatchObject({ step: 1 });
  });

  test('a checkpoint that does not fit fails in a sentence; the run before it goes on', async () => {
    const { client } = open();
    client.run({ experiment: bilinear, device });
    await client.frame(ask(2));
    const checkpoint = { experiment: gan, state: alone(bilinear, 1).checkpoint().state };
    client.run({ experiment: gan, device, checkpoint });
    await expect(client.frame(ask(1))).rejects.toThrow('This checkpoint does not fit its experiment');
    const frame = await client.frame(ask(1, [point]));
    expect(frame.readings.point).toEqual(alone(bilinear, 3).state.point);

    const empty = open();
    empty.client.run({ experiment: gan, device, checkpoint });
    await expect(empty.client.frame(ask(1))).rejects.toThrow('This checkpoint does not fit its experiment');
    await expect(empty.client.frame(ask(1))).rejects.toThrow('This checkpoint does not fit its experiment');
  });

  test('an exception while playing answers its own question only', async () => {
    const { client } = open();
    client.run({ experiment: gan, device });
    const broken = vi.spyOn(performance, 'now').mockImplementationOnce(() => {
      throw new Error('no clock');
    });
    await expect(client.frame(ask(1))).rejects.toThrow('no clock');
    broken.mockRestore();
    const frame = await client.frame(ask(2, [point]));
    expect(frame.readings.point).toEqual(alone(gan, 2).state.point);
  });

  test('a question that cannot be sent fails, and the others keep their answers', async () => {
    const { client } = open();
    client.run({ experiment: bilinear, device });
    const unsendable = { probe: 'point', settings: { count: () => 1 } };
    const questions = [ask(1), ask(1, [unsendable]), ask(2)].map((question) => client.frame(question));
    const [first, second, third] = await Promise.allSettled(questions);
    expect(first).toMatchObject({ status: 'fulfilled', value: { step: 1 } });
    expect(second.status).toBe('rejected');
    expect(third).toMatchObject({ status: 'fulfilled', value: { step: 3 } });
  });

  test('an answer that cannot be read fails its question, and the next one is answered', async () => {
    const heard = new EventTarget();
    const wire = {
      postMessage() {},
      addEventListener: (type: string, listener: never) => heard.addEventListener(type, listener),
    };
    const client = connect(wire);
    const questions = [client.frame(ask(1)), client.frame(ask(1))];
    heard.dispatchEvent(new Event('messageerror'));
    heard.dispatchEvent(new MessageEvent('message', { data: { type: 'frame', frame: { step: 2 } } }));
    await expect(questions[0]).rejects.toThrow('could not be read');
    expect(await questions[1]).toMatchObject({ step: 2 });
  });

  test('when the other end is gone, open questions and all later ones fail', async () => {
    const { client } = open();
    client.run({ experiment: gan, device });
    const open1 = client.frame(ask(1));
    const open2 = client.frame(ask(1));
    client.fail({ message: 'the worker has stopped' });
    for (const question of [open1, open2, client.frame(ask(1))]) {
      await expect(question).rejects.toThrow('the worker has stopped');
    }
  });
});

describe('a worker', () => {
  class FakeWorker extends EventTarget {
    static all: FakeWorker[] = [];
    readonly received: Command[] = [];
    terminated = false;
    constructor() {
      super();
      FakeWorker.all.push(this);
    }
    postMessage(line: unknown, [port]: [MessagePort]): void {
      expect(line).toBe(LINE);
      port.onmessage = ({ data }) => this.received.push(data);
    }
    terminate(): void {
      this.terminated = true;
    }
  }
  afterEach(() => vi.unstubAllGlobals());

  function openFake(size: number) {
    FakeWorker.all = [];
    vi.stubGlobal('Worker', FakeWorker);
    return openPool(size);
  }

  test('that dies fails the open questions of all its runs with its reason, and is replaced', async () => {
    const open = openFake(1);
    const [first, second] = [open(), open()];
    expect(FakeWorker.all).toHaveLength(1);
    const [worker] = FakeWorker.all;
    first.run({ experiment: gan, device });
    const questions = Promise.allSettled([first.frame(ask(1)), second.frame(ask(1))]);
    await until(() => expect(worker.received.map(({ type }) => type)).toEqual(['run', 'frame', 'frame']));
    worker.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
    for (const answer of await questions) {
      expect(answer).toMatchObject({
        status: 'rejected',
        reason: { message: expect.stringContaining('out of memory') },
      });
    }
    open();
    expect(FakeWorker.all).toHaveLength(2);
  });

  test('is replaced as well where what it sends cannot be read, or where one of its runs found it stuck', async () => {
    const open = openFake(1);
    const [first, second] = [open(), open()];
    const [worker] = FakeWorker.all;
    worker.dispatchEvent(new Event('messageerror'));
    expect([worker.terminated, first.isGone(), second.isGone()]).toEqual([true, true, true]);
    const [third, fourth] = [open(), open()];
    const question = expect(fourth.frame(ask(1))).rejects.toThrow('it did not answer');
    third.stop(true);
    await question;
    expect(FakeWorker.all[1].terminated).toBe(true);
    expect([third.isGone(), fourth.isGone()]).toEqual([true, true]);
    open();
    expect(FakeWorker.all).toHaveLength(3);
  });

  test('is shared when there are more runs than cores, and ends with the last of its runs', async () => {
    const open = openFake(2);
    const clients = [open(), open(), open()];
    expect(FakeWorker.all).toHaveLength(2);
    const [shared, own] = FakeWorker.all;
    const question = expect(clients[0].frame(ask(1))).rejects.toThrow('stopped');
    clients[0].stop();
    expect(shared.terminated).toBe(false);
    await until(() => expect(shared.received.map(({ type }) => type)).toContain('close'));
    await question;
    await expect(clients[0].frame(ask(1))).rejects.toThrow('stopped');
    clients[1].stop();
    expect(own.terminated).toBe(true);
    clients[2].stop();
    expect(shared.terminated).toBe(true);
  });
});
