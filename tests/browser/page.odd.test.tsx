/** What is rare and still must not break the page: poles, overflow, underflow, players without a turn, a hidden tab, the quickest hand. */
import { expect, onTestFinished, test } from 'vitest';
import { say } from '../../src/app/access/strings.ts';
import { openPool } from '../../src/worker/start.ts';
import { canvases, openPage, pass, pastStep, pixelsOf, until } from './openPage.tsx';

/** Everything that was thrown in the page while the test ran. */
function thrown(): string[] {
  const found: string[] = [];
  const note = (event: ErrorEvent) => found.push(event.message);
  addEventListener('error', note);
  onTestFinished(() => removeEventListener('error', note));
  return found;
}

const sgd = 'generator=sgd&discriminator=sgd';

test.each([
  ['a game that overflows at once', `game=typed&game.first=exp(exp(3*x*y))&${sgd}`],
  ['a game that grows beyond all measure', `game=typed&game.first=x^9*y^3&${sgd}&generator.learningRate=5`],
  ['a game with a pole', `game=typed&game.first=y/x&${sgd}`],
  ['a game that is nothing', `game=typed&game.first=0&${sgd}`],
  ['a run that ends in zero itself', `game=bilinear&scheme=proximal&${sgd}`],
  ['consensus that arrives', `game=bilinear&adjustment=consensus&${sgd}`],
  ['a generator that never moves', 'game.frozen=generator&game.batchSize=8'],
  ['players who answer by themselves', 'game=rockPaperScissors&game.parameters=direct&scheme=bestResponse'],
  ['fictitious play', 'game=rockPaperScissors&game.parameters=direct&scheme=fictitiousPlay'],
])('%s is drawn and told', async (_, address) => {
  const errors = thrown();
  const opened = await openPage(address);
  await opened.screen.getByRole('slider', { name: 'Speed' }).fill('5');
  const { record } = opened.model;
  await until(() => {
    const isOver = record.frame?.outcome.kind === 'diverged';
    expect(isOver || (record.frame?.step ?? 0) > 300).toBe(true);
    expect(opened.text('verdict').trim()).not.toBe('');
  });
  await pass(24); // some more pictures and charts
  opened.model.pause();
  expect(opened.text('verdict')).not.toMatch(/NaN|Infinity|undefined/);
  expect(errors).toEqual([]);
});

test('losses of 1e300 and of 1e-300 have axes', async () => {
  const errors = thrown();
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  await until(() => expect(opened.text('verdict')).toContain('At the start'));
  const { record } = opened.model;
  const frame = record.frame!;
  for (const [i, size] of [
    1e300,
    1.7e308,
    1e-300,
    5e-324,
    0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ].entries()) {
    record.losses.add(i + 1, size, -size);
    record.distance.add(i + 1, size);
    const path = Float64Array.from([size, -size]);
    record.add({ ...frame, step: i + 1, path }, performance.now());
    await pass(8);
  }
  await until(() => expect(canvases().length).toBeGreaterThan(1)); // charts come after the picture
  const [, losses] = canvases();
  await until(() => expect(pixelsOf(losses, 'line')).toBeGreaterThan(100)); // the grid
  expect(errors).toEqual([]);
});

test('a hidden tab asks for nothing, and goes on when it is seen again', async () => {
  const open = openPool();
  let questions = 0;
  const start = () => {
    const client = open();
    const frame: typeof client.frame = (command) => {
      questions += 1;
      return client.frame(command);
    };
    return { ...client, frame };
  };
  const opened = await openPage('preset=bilinear', { start });
  await pastStep(opened, 5);
  let visibility: DocumentVisibilityState = 'hidden';
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility });
  onTestFinished(() => {
    delete (document as { visibilityState?: unknown }).visibilityState;
  });
  document.dispatchEvent(new Event('visibilitychange'));
  await until(() => expect(opened.model.isResting).toBe(true)); // what was asked before is answered
  const { step } = opened.model.record.frame!;
  const before = questions;
  expect(before).toBeGreaterThan(0);
  await pass(20);
  expect(questions).toBe(before);
  expect(opened.model.record.frame!.step).toBe(step);
  expect(opened.model.store.getState().playing).toBe(true);
  visibility = 'visible';
  document.dispatchEvent(new Event('visibilitychange'));
  await pastStep(opened, step + 3);
});

/** Acts as soon as an element is in the document: before React, or the browser, comes to do anything else. */
const asItComes = <T,>(selector: string, act: (element: HTMLElement) => T): Promise<T> =>
  new Promise((resolve) => {
    const watcher = new MutationObserver(() => {
      const element = document.querySelector<HTMLElement>(selector);
      if (!element) return;
      watcher.disconnect();
      resolve(act(element));
    });
    watcher.observe(document.body, { childList: true, subtree: true });
  });

const strike = (key: string, more: KeyboardEventInit = {}): boolean =>
  !document.body.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }),
  );

test('what is there acts at once: on keys, on a double click, as a dialog, with the focus', async () => {
  const small = 'game.batchSize=16&game.generatorNetwork.hidden=8&game.discriminatorNetwork.hidden=8';
  const undone = asItComes('.undo', () => strike('z', { ctrlKey: true }));
  const restored = asItComes('[data-panel=losses][data-wide]', () => strike('Escape'));
  const { model, screen } = await openPage(`${small}&game.dataset=gaussians&wide=losses`, {
    startsPlaying: false,
  });
  const { getState } = model.store;
  const centres = () =>
    (getState().experiment.game as unknown as { dataset: { centres: number[] } }).dataset.centres;
  const before = centres().length;
  const added = asItComes('.spread-handle', () => {
    const canvas = document.querySelector('.picture-canvas')!;
    canvas.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
    return centres().length;
  });
  expect(await undone).toBe(true);
  await restored;
  expect(getState().wide).toBeUndefined();
  expect(await added).toBe(before + 2);

  const isOpen = (element: HTMLElement) => (element as HTMLDialogElement).open;
  const shared = asItComes('.share-dialog', isOpen);
  await screen.getByRole('button', { name: 'Share' }).click();
  expect(await shared).toBe(true);
  await screen.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  const helped = asItComes('.dialog', isOpen);
  await screen.getByRole('button', { name: say.open }).click();
  expect(await helped).toBe(true);
  await screen.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

  const focused = asItComes('.pad', (pad) => document.activeElement === pad);
  await screen.getByRole('button', { name: 'Draw data' }).click();
  expect(await focused).toBe(true);

  for (let i = 0; i < 20; i++) model.step();
  await until(() => expect(model.record.frame?.step).toBe(20));
  const quieted = asItComes('.listen-words', () => strike('Escape'));
  const listen = screen.getByRole('button', { name: say.listen.name('Losses') });
  await listen.click();
  expect(await quieted).toBe(true);
  await expect.element(listen).toHaveAttribute('aria-pressed', 'false');
});

test('in the plane, a press or a key before the first painting moves the start', async () => {
  const hand = asItComes('.picture-canvas', (canvas) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    canvas.dispatchEvent(
      new PointerEvent('pointermove', {
        bubbles: true,
        buttons: 1,
        pointerType: 'mouse',
        clientX: left + width * 0.25,
        clientY: top + height * 0.5,
      }),
    );
  });
  const { model } = await openPage('preset=bilinear', { startsPlaying: false });
  await hand;
  const start = () => (model.store.getState().experiment.game as unknown as { start: number[] }).start;
  expect(start()[0]).toBeLessThan(0);
  expect(start()[1]).toBeCloseTo(0, 1);
});
