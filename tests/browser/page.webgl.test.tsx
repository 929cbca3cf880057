/** While WebGL trains in its worker, the page's own thread has nothing of it, and answers. */
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { openPage, pastStep, rest, until } from './openPage.tsx';

const game = [
  'game=images&game.dataset=bars&game.batchSize=8&game.latentSize=4',
  'game.generatorNetwork=convolutional&game.generatorNetwork.channels=4',
  'game.discriminatorNetwork=convolutional&game.discriminatorNetwork.channels=4',
  'device=tfjs-webgl',
].join('&');

test('no context of WebGL is opened on the page’s thread, and keys act between two steps', async () => {
  const canvas = vi.spyOn(HTMLCanvasElement.prototype, 'getContext');
  const offscreen = vi.spyOn(OffscreenCanvas.prototype, 'getContext');
  const opened = await openPage(game);
  const { model } = opened;
  await pastStep(opened, 3);
  expect(model.record.frame).toMatchObject({ device: 'tfjs-webgl', outcome: { kind: 'running' } });
  await userEvent.keyboard(' ');
  await until(() => expect(model.store.getState().playing).toBe(false));
  await rest(opened);
  const asked = [...canvas.mock.calls, ...offscreen.mock.calls].map(([kind]) => kind as string);
  expect(asked.length).toBeGreaterThan(0);
  expect(new Set(asked)).toEqual(new Set(['2d']));
});
