/** Where the device is to be chosen by measuring, the first pictures come before that, and the run goes on with the other. */
import { afterEach, expect, test, vi } from 'vitest';
import { readData } from '../../src/cli/data.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { openSession } from '../../src/engine/session.ts';
import { connect } from '../../src/worker/client.ts';
import { serve } from '../../src/worker/host.ts';
import { AUTO, type FrameCommand, type Wire } from '../../src/worker/protocol.ts';
import { experimentOf, smallGan } from '../catalog/given.ts';

const first = { ...reference, name: 'first' };
const chosen = { ...reference, name: 'chosen' };
const measured = [
  { device: 'chosen', msPerStep: 1 },
  { device: 'first', msPerStep: 2 },
];

vi.mock('../../src/engine/choose.ts', async (load) => ({
  ...(await load<typeof import('../../src/engine/choose.ts')>()),
  firstDevice: async () => first,
  chooseDevice: async () => ({ device: chosen, measured }),
}));

const gan = experimentOf({ game: smallGan });
const ask = (steps: number): Omit<FrameCommand, 'type'> => ({
  steps,
  budgetMs: 10_000,
  workMs: 0,
  watch: [{ probe: 'point' }],
});

const ports: MessagePort[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const port of ports.splice(0)) port.close();
});

function open() {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serve(port1 as unknown as Wire, readData);
  return connect(port2 as unknown as Wire);
}

test('a second after it began, a run goes on with the device that was measured, from where it is', async () => {
  const client = open();
  client.run({ experiment: gan, device: AUTO });
  expect(await client.frame(ask(3))).toMatchObject({ step: 3, device: 'first', measured: [] });
  vi.advanceTimersByTime(999);
  expect(await client.frame(ask(1))).toMatchObject({ step: 4, device: 'first', measured: [] });
  vi.advanceTimersByTime(1);
  const frame = await client.frame(ask(3));
  expect(frame).toMatchObject({ run: 0, step: 7, device: 'chosen', measured });
  const alone = openSession(gan, reference);
  alone.advance(7);
  expect(frame.readings.point).toEqual(alone.state.point);
  alone.dispose();
});

test('who asks for a device by its name meanwhile keeps it', async () => {
  const client = open();
  client.run({ experiment: gan, device: AUTO });
  await client.frame(ask(1));
  client.run({ experiment: gan, device: 'reference' });
  await client.frame(ask(1));
  vi.advanceTimersByTime(5000);
  expect(await client.frame(ask(1))).toMatchObject({ step: 3, device: 'reference', measured: [] });
});
