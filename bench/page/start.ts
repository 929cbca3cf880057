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

/** In the page: looks at the layer of samples that is laid down on a picture, whether it is another one than the first. */
function watchSamples(moved: string): void {
  const page = window as unknown as { picture?: number; moving?: number };
  const { drawImage } = CanvasRenderingContext2D.prototype;
  let first: number | undefined;
  CanvasRenderingContext2D.prototype.drawImage = function (
    this: CanvasRenderingContext2D,
    ...given: never[]
  ) {
    const [layer] = given as unknown as [unknown];
    // Nothing else is laid down as large as the picture itself.
    if (
      page.moving === undefined &&
      layer instanceof HTMLCanvasElement &&
      this.canvas.matches('.picture-canvas') &&
      layer.width === this.canvas.width &&
      layer.height === this.canvas.height
    ) {
      const context = layer.getContext('2d') as CanvasRenderingContext2D;
      const { data } = context.getImageData(0, 0, layer.width, layer.height);
      const pixels = new Uint32Array(data.buffer);
      // A number that says which pixels there are; 0 where there are none.
      let sum = 0;
      for (let i = 0; i < pixels.length; i++) if (pixels[i] !== 0) sum = (31 * sum + i + pixels[i]) | 0;
      if (first === undefined && sum !== 0) {
        first = sum;
        page.picture = performance.now();
      } else if (first !== undefined && sum !== first) {
        page.moving = performance.now();
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
    await page.addInitScript(watchSamples, MOVED);
    forget();
    await page.goto(address);
    await page.waitForFunction(() => 'moving' in window, undefined, { polling: 50, timeout: 60_000 });
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
