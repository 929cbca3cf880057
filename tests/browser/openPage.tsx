/** Opens the page in a test as a person's browser would, with a worker of its own, and closes it afterwards. */
import { expect, onTestFinished, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { App } from '../../src/app/App.tsx';
import { loadNamed } from '../../src/app/named.ts';
import { openPage as openModel, type Page, type PageOptions } from '../../src/app/page.ts';
import { openPool } from '../../src/worker/start.ts';
import { protocol } from './protocol.ts';

export interface OpenedPage {
  readonly model: Page;
  readonly screen: Awaited<ReturnType<typeof render>>;
  /** The last text that the address bar was given. */
  address(): string;
  /** Whole steps taken, as the page shows them. */
  shownStep(): number;
  /** The text of an element by its test name. */
  text(testId: string): string;
}

export async function openPage(address = '', options: Partial<PageOptions> = {}): Promise<OpenedPage> {
  await loadNamed();
  await pointAway(); // where a test before has left the mouse, a chart may come to lie
  let written = address;
  const model = openModel({
    address,
    start: openPool(),
    startsPlaying: true,
    onAddress: (text) => {
      written = text;
    },
    ...options,
  });
  const screen = await render(<App page={model} />);
  onTestFinished(() => {
    model.close();
    delete document.documentElement.dataset.theme;
  });
  const text = (testId: string) => screen.getByTestId(testId).element().textContent ?? '';
  return {
    model,
    screen,
    address: () => written,
    shownStep: () => Number(text('step').replaceAll(',', '')),
    text,
  };
}

/** The mouse points at nothing on the page. */
export const pointAway = () =>
  protocol().send('Input.dispatchMouseEvent', { type: 'mouseMoved', x: -1, y: -1 });

const patience = { timeout: 30_000, interval: 50 };
export const until = (check: () => void) => vi.waitFor(check, patience);

/** Waits until the page shows this step or a later one. */
export async function pastStep({ shownStep }: OpenedPage, step: number): Promise<void> {
  await until(() => expect(shownStep()).toBeGreaterThanOrEqual(step));
}

/** Pauses, and waits until what is shown is where the runs stand. */
export async function rest({ model }: OpenedPage): Promise<void> {
  model.pause();
  await until(() => expect(model.isResting).toBe(true));
}

/** Lets so many animation frames pass: what the page does by itself, it does meanwhile, however slow the machine. */
export async function pass(frames: number): Promise<void> {
  for (let i = 0; i < frames; i++) await new Promise(requestAnimationFrame);
}

/** Frames after which the canvas that is painted least often would have been painted again. */
const STILL_FRAMES = 30;

/** Waits until nothing is painted any more: what glides, grows or is loaded to be drawn has arrived. */
export async function settle(): Promise<void> {
  const paintings = vi.spyOn(CanvasRenderingContext2D.prototype, 'clearRect');
  try {
    await vi.waitFor(async () => {
      paintings.mockClear();
      await pass(STILL_FRAMES);
      expect(paintings).not.toHaveBeenCalled();
    }, patience);
  } finally {
    paintings.mockRestore();
  }
}

/** What is loaded when it is first shown has come. */
export const loaded = () => until(() => expect(document.querySelector('[aria-busy=true]')).toBeNull());

/** How many pixels of a canvas have this colour of the style sheet. */
export const pixelsOf = (canvas: HTMLCanvasElement, name: string): number => placesOf(canvas, name).length;

/** The pixels of a canvas that have this colour of the style sheet: across and down. */
export function placesOf(canvas: HTMLCanvasElement, name: string): (readonly [x: number, y: number])[] {
  const probe = document.createElement('canvas').getContext('2d')!;
  probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`);
  probe.fillRect(0, 0, 1, 1);
  const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
  const { width } = canvas;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, canvas.height);
  const found: (readonly [number, number])[] = [];
  for (let i = 0; i < data.length; i += 4) {
    if (data[i] === red && data[i + 1] === green && data[i + 2] === blue && data[i + 3] === 255)
      found.push([(i / 4) % width, Math.floor(i / 4 / width)]);
  }
  return found;
}

export const canvases = () => [...document.querySelectorAll('canvas')];
