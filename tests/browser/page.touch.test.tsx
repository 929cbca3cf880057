/** The page under a finger: what is tapped, dragged and drawn, and whether everything is broad enough for it. */
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { page as browser } from 'vitest/browser';
import { loaded, openPage, pass, pastStep, rest, until } from './openPage.tsx';
import { overlapping } from './overlapping.ts';
import { protocol } from './protocol.ts';

beforeEach(async () => {
  await browser.viewport(420, 860);
  await protocol().send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 1 });
  onTestFinished(async () => {
    await protocol().send('Emulation.setTouchEmulationEnabled', { enabled: false });
  });
});

/** A finger goes along places of an element, in shares of its box from the upper left. */
async function touch(element: Element, ...way: readonly (readonly [number, number])[]): Promise<void> {
  await loaded(); // what comes above it would move it
  element.scrollIntoView({ block: 'center' });
  let box = element.getBoundingClientRect();
  await until(async () => {
    const before = box;
    await pass(2);
    box = element.getBoundingClientRect();
    expect([box.left, box.top, box.width, box.height]).toEqual([
      before.left,
      before.top,
      before.width,
      before.height,
    ]);
  });
  // Tests run in a frame, maybe a smaller one, of the page that the protocol speaks of.
  const around = window.frameElement?.getBoundingClientRect() ?? new DOMRect(0, 0, innerWidth);
  const scale = around.width / innerWidth;
  const points = way.map(([x, y]) => [
    {
      x: around.left + scale * (box.left + x * box.width),
      y: around.top + scale * (box.top + y * box.height),
    },
  ]);
  const send = (type: string, touchPoints: object[]) =>
    protocol().send('Input.dispatchTouchEvent', { type, touchPoints });
  await send('touchStart', points[0]);
  for (const next of points.slice(1)) await send('touchMove', next);
  await send('touchEnd', []);
}

/** From one place to another in small moves. */
const swipe = (element: Element, from: readonly [number, number], to: readonly [number, number]) => {
  const moves = 8;
  const way = Array.from({ length: moves + 1 }, (_, i) => {
    const share = i / moves;
    return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])] as const;
  });
  return touch(element, ...way);
};

test('a finger launches in the plane, takes a place in the map and looks closer in a chart', async () => {
  const opened = await openPage('preset=quadratic&panels=+stabilityMap');
  const { store, record } = opened.model;
  expect(matchMedia('(pointer: coarse)').matches).toBe(true);
  await pastStep(opened, 20);
  const game = () => store.getState().experiment.game as unknown as Record<string, number[]>;
  const { run } = record.frame!;
  await touch(document.querySelector('.picture-canvas')!, [0.25, 0.5]);
  await until(() => expect(game().start[0]).toBeLessThan(-0.1));
  await until(() => expect(record.frame?.run).toBe(run + 1));

  await until(() => expect(record.latest.stabilityMap?.reading.radius.length).toBe(256));
  const map = '[data-panel=stabilityMap] canvas[role=application]';
  await until(() => expect(document.querySelector(map)).not.toBeNull());
  const rate = () => (store.getState().experiment.generator as { learningRate: number }).learningRate;
  const before = rate();
  await touch(document.querySelector(map)!, [0.3, 0.5]);
  await until(() => expect(rate()).toBeLessThan(before));

  await rest(opened);
  await swipe(document.querySelector('[data-panel=losses] canvas')!, [0.4, 0.5], [0.7, 0.5]);
  await until(() => expect(store.getState().zoom).toBeDefined());
});

test('a finger draws data and drags a Gaussian', async () => {
  const quick = 'game.batchSize=16&game.generatorNetwork.hidden=8&game.discriminatorNetwork.hidden=8';
  const opened = await openPage(`${quick}&game.dataset=gaussians`);
  await pastStep(opened, 5);
  const data = () =>
    (opened.model.store.getState().experiment.game as unknown as { dataset: Record<string, unknown> })
      .dataset;
  const handle = opened.screen.getByRole('button', { name: /^Gaussian 1 of 2/ });
  await expect.element(handle).toBeVisible();
  const [x] = data().centres as number[];
  await swipe(handle.element(), [0.5, 0.5], [-1, 0.5]);
  await until(() => expect((data().centres as number[])[0]).toBeLessThan(x - 0.05));

  await opened.screen.getByRole('button', { name: 'Draw data' }).click();
  await until(() => expect(document.querySelector('.pad-canvas')).not.toBeNull());
  await opened.screen.getByRole('button', { name: 'Clear' }).click();
  await swipe(document.querySelector('.pad-canvas')!, [0.2, 0.2], [0.8, 0.2]);
  await until(() => {
    const weights = (data().weights ?? []) as number[];
    const side = Math.sqrt(weights.length);
    const rows = weights.flatMap((weight, i) => (weight > 0 ? [Math.floor(i / side) / side] : []));
    expect(rows.length).toBeGreaterThan(side / 2);
    expect(Math.min(...rows)).toBeGreaterThan(0.6);
  });
});

test('a finger makes a column wider', async () => {
  await browser.viewport(1180, 820);
  const opened = await openPage('preset=bilinear&paused');
  await until(() => expect(document.querySelector('.column.game:not([aria-busy])')).not.toBeNull());
  await until(() => expect(document.querySelector('.column-splitter.of-game')).not.toBeNull());
  const edge = document.querySelector('.column-splitter.of-game') as HTMLElement;
  expect(edge.offsetWidth).toBeGreaterThanOrEqual(24);
  const usual = (document.querySelector('.column.game') as HTMLElement).offsetWidth;
  await swipe(edge, [0.5, 0.5], [3.5, 0.5]);
  await until(() => expect(opened.model.store.getState().widths.game).toBeGreaterThan(115));
  expect((document.querySelector('.column.game') as HTMLElement).offsetWidth).toBeGreaterThan(1.15 * usual);
});

test('with a finger nothing is smaller than a finger needs, nor in the way of something else', async () => {
  const opened = await openPage('preset=bilinear&lane2.scheme=extragradient&panels=+inside', {
    startsPlaying: false,
  });
  await until(() => expect(document.querySelector('.measurements canvas')).not.toBeNull());
  await until(() => expect(document.querySelector('.shelf[aria-busy]')).toBeNull());
  expect(opened.model.store.getState().lanes.length).toBe(2);
  const boxes = (selector: string) =>
    [...document.querySelectorAll<HTMLElement>(selector)]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1); // not what is only said
  const tell = ({ element, box }: { element: HTMLElement; box: DOMRect }) =>
    `${Math.round(box.width)} x ${Math.round(box.height)}: ${element.outerHTML.slice(0, 120)}`;
  const small = (selector: string, least: number) =>
    boxes(selector)
      .filter(({ box }) => box.height < least - 0.5 || box.width < least - 0.5)
      .map(tell);
  // WCAG 2.5.8 asks for 24 pixels of everything that stands by itself; what is pressed often has 44.
  const controls = 'button:not(.to-setting), select, summary, input, [role=separator], [role=slider]';
  expect(boxes(controls).length).toBeGreaterThan(30);
  expect(small(controls, 24)).toEqual([]);
  const lower = ({ box }: { box: DOMRect }) => box.height < 43.5;
  expect(boxes('.transport button, button.legend-entry, select').filter(lower).map(tell)).toEqual([]);
  expect(small('button.sign, button.tiny, button.enlarge', 44)).toEqual([]);
  await until(() => expect(document.querySelector('[data-panel=inside] .take-panel')).not.toBeNull());
  expect(overlapping()).toEqual([]);
});
