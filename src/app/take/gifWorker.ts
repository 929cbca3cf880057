/** Makes a GIF of pictures as they come, away from the page's thread; answers each with how long the file is by now. */
import { applyPalette, GIFEncoder, quantize } from 'gifenc';

/** A picture to add, or the wish for the file. */
export type GifCommand =
  | {
      readonly type: 'picture';
      readonly pixels: Uint8ClampedArray;
      readonly width: number;
      readonly height: number;
      readonly delayMs: number;
    }
  | { readonly type: 'finish' };
export type GifAnswer =
  | { readonly type: 'added' }
  | { readonly type: 'finished'; readonly bytes: Uint8Array<ArrayBuffer> };

/** As many as the format can have. */
const COLOURS = 256;

const wire = self as unknown as {
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  postMessage(answer: GifAnswer, transfer?: Transferable[]): void;
};
const gif = GIFEncoder();

wire.addEventListener('message', ({ data }) => {
  const command = data as GifCommand;
  if (command.type === 'finish') {
    gif.finish();
    const bytes = gif.bytes();
    wire.postMessage({ type: 'finished', bytes }, [bytes.buffer]);
    return;
  }
  const { pixels, width, height, delayMs } = command;
  const palette = quantize(pixels, COLOURS);
  gif.writeFrame(applyPalette(pixels, palette), width, height, { palette, delay: delayMs, repeat: 0 });
  wire.postMessage({ type: 'added' });
});
