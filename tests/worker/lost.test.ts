/** A graphics card that is lost while a run is played: whoever meets the loss, and when, the page is told of it. */
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { readData } from '../../src/cli/data.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { openSession } from '../../src/engine/session.ts';
import { type Client, connect } from '../../src/worker/client.ts';
import { serve } from '../../src/worker/host.ts';
import type { FrameCommand, Wire } from '../../src/worker/protocol.ts';
import { experimentOf, smallGan } from '../catalog/given.ts';
import { card, cards, nextCardLasts } from './card.ts';

vi.mock('../../src/engine/devices.ts', async (load) => (await import('./card.ts')).withCards(await load()));

const gan = experimentOf({ game: smallGan, scheme: { kind: 'extragradient' } });
const ask = (steps: number): Omit<FrameCommand, 'type'> => ({
  steps,
  budgetMs: 10_000,
  workMs: 0,
  watch: [{ probe: 'point' }],
});
const alone = (steps: number) => {
  const session = openSession(gan, reference);
  session.advance(steps);
  return session.state.point;
};

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

function openClient(): Client {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serve(port1 as unknown as Wire, readData);
  return connect(port2 as unknown as Wire);
}

/** A run that has taken seven steps on a card. */
async function openOnCard(): Promise<Client> {
  const client = openClient();
  client.run({ experiment: gan, device: card });
  expect(await client.frame(ask(7))).toMatchObject({ step: 7, device: card });
  return client;
}

test.each([
  ['that says so', false],
  ['that only says so when it is asked', true],
])('a run that is sent elsewhere tells of a card %s', async (_, isSilent) => {
  const client = await openOnCard();
  cards[0].lose(isSilent);
  client.run({ experiment: gan, device: 'reference' });
  const frame = await client.frame(ask(3));
  expect(frame).toMatchObject({ run: 0, step: 10, forks: 0, device: 'reference' });
  expect(frame.lost).toEqual({ device: card, step: 7, by: 'reference' });
  expect(frame.readings.point).toEqual(alone(10));
  // Once; and the way back leads over no card.
  const back = await client.frame({ ...ask(0), goTo: 3 });
  expect(back.lost).toBeUndefined();
  expect(back).toMatchObject({ step: 3, furthest: 10, device: 'reference' });
  expect(back.readings.point).toEqual(alone(3));
});

test('a card that is there is left without a word', async () => {
  const client = await openOnCard();
  client.run({ experiment: gan, device: 'reference' });
  const frame = await client.frame(ask(3));
  expect(frame).toMatchObject({ run: 0, step: 10, device: 'reference' });
  expect(frame.lost).toBeUndefined();
});

test('a run that gets another card of the same name has lost nothing, nor has one that begins anew', async () => {
  const client = await openOnCard();
  cards[0].lose();
  client.run({ experiment: gan, device: card });
  const frame = await client.frame(ask(3));
  expect(frame).toMatchObject({ run: 0, step: 10, device: card });
  expect(frame.lost).toBeUndefined();
  expect(cards).toHaveLength(2);
  expect(await client.frame({ ...ask(0), goTo: 3 })).toMatchObject({ step: 3, device: card });

  cards[1].lose();
  client.run({ experiment: gan, device: 'reference', fresh: true });
  const fresh = await client.frame(ask(2));
  expect(fresh).toMatchObject({ step: 2, device: 'reference' });
  expect(fresh.lost).toBeUndefined();
});

test('steps that a card took before it was lost count among those that were asked for', async () => {
  const client = await openOnCard();
  cards[0].loseAfter(5);
  const { lost, step } = await client.frame(ask(10));
  expect(lost).toMatchObject({ device: card, step: 9 }); // two readings a step
  expect(step).toBe(17);
});

test('nor does a run that goes on take more steps than it may, where its card is lost among the first', async () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0); // there is always time for one more
  onTestFinished(() => clock.mockRestore());
  const client = openClient();
  nextCardLasts(5);
  client.run({ experiment: gan, device: card });
  const first = await client.frame({ ...ask(10), goesOn: true });
  expect(first.lost).toMatchObject({ device: card, step: 2 });
  expect(first.step).toBe(2);
  expect((await client.frame({ ...ask(8), goesOn: true })).step).toBe(10);
});
