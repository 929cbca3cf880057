/** What is rare and still must not break the page: poles, overflow, underflow, players without a turn, a hidden tab. */
import { expect, onTestFinished, test } from 'vitest';
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
