/** Devices are measured after the first pictures: then the run goes on with another one, unless it stands in its past. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { readData } from '../../src/cli/data.ts';
import { openDevice } from '../../src/engine/devices.ts';
import { connect } from '../../src/worker/client.ts';
import { serve } from '../../src/worker/host.ts';
import { AUTO, type FrameCommand, type Wire } from '../../src/worker/protocol.ts';
import { descent, experimentOf } from '../catalog/given.ts';

const chosen = 'tfjs-cpu';
vi.mock('../../src/engine/choose.ts', async (load) => ({
  ...(await load<typeof import('../../src/engine/choose.ts')>()),
  firstDevice: () => openDevice('reference'),
  chooseDevice: async () => ({ device: await openDevice(chosen), measured: [] }),
}));

const bilinear = experimentOf({ game: { kind: 'bilinear' }, ...descent(0.1) });
const ask = (steps: number, goTo?: number): Omit<FrameCommand, 'type'> => ({
  steps,
  goTo,
  budgetMs: 10_000,
  workMs: 0,
  watch: [],
});

test('a run that is looked at in its past is moved when it is at its end again, and forgets nothing', async () => {
  await openDevice(chosen); // its code takes no time later
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => {
    port1.close();
    port2.close();
  });
  serve(port1 as unknown as Wire, readData);
  const client = connect(port2 as unknown as Wire);
  client.run({ experiment: bilinear, device: AUTO });
  expect(await client.frame(ask(20))).toMatchObject({ step: 20, device: 'reference' });
  expect(await client.frame(ask(0, 5))).toMatchObject({ step: 5, furthest: 20 });
  vi.advanceTimersByTime(1000);
  expect(await client.frame(ask(0))).toMatchObject({ step: 5, furthest: 20, forks: 0, device: 'reference' });
  expect(await client.frame(ask(0, 20))).toMatchObject({ step: 20, furthest: 20, device: 'reference' });
  vi.advanceTimersByTime(1000);
  expect(await client.frame(ask(1))).toMatchObject({ run: 0, step: 21, forks: 0, device: chosen });
});
