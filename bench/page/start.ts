/** Opens the built page as for the first time, and waits until its picture moves. */
import type { Browser } from 'playwright';
import type { Asked, Served } from './serve.ts';
import { inTab } from './tab.ts';

/** What the page asks the server for when its picture has moved: all that was asked for before, it waited for. */
const MOVED = 'moved';

export interface Start {
  /** From opening the address to the first picture of samples, and to the first one in which they have moved. */
  readonly pictureMs: number;
  readonly movingMs: number;
  /** What was asked for until then. */
  readonly asked: readonly Asked[];
}

/** In the page: looks at where the first dot of a picture is drawn. */
function watchDots(moved: string): void {
  const page = window as unknown as { picture?: number; moving?: number };
  const { drawImage } = CanvasRenderingContext2D.prototype;
  let first: number | undefined;
  let frame = 0;
  CanvasRenderingContext2D.prototype.drawImage = function (
    this: CanvasRenderingContext2D,
    ...given: never[]
  ) {
    const [stamp, x, , width] = given as unknown as [unknown, number, number, number];
    const isDot = stamp instanceof ImageBitmap && width < 40 && this.canvas.matches('.picture-canvas');
    if (isDot && page.moving === undefined && performance.now() - frame > 5) {
      frame = performance.now();
      if (first === undefined) {
        first = x;
        page.picture = frame;
      } else if (x !== first) {
        page.moving = frame;
        void fetch(moved).catch(() => {});
      }
    }
    return (drawImage as (...given: never[]) => void).apply(this, given);
  };
}

export const startPage = (browser: Browser, { address, asked, forget }: Served): Promise<Start> =>
  inTab(browser, async (page) => {
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.addInitScript(watchDots, MOVED);
    forget();
    await page.goto(address);
    await page.waitForFunction(() => 'moving' in window, undefined, { polling: 50, timeout: 20_000 });
    const [pictureMs, movingMs] = await page.evaluate(() => {
      const { picture, moving } = window as unknown as { picture: number; moving: number };
      return [picture, moving];
    });
    const all = asked();
    const end = all.findIndex(({ file }) => file === `/${MOVED}`);
    if (errors.length > 0) throw new Error(`the page fails: ${errors.join('; ')}`);
    return { pictureMs, movingMs, asked: end < 0 ? all : all.slice(0, end) };
  });

export const bytesOf = (asked: readonly Asked[]): number => asked.reduce((sum, { bytes }) => sum + bytes, 0);
