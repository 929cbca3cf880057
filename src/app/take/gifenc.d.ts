/** What is used of gifenc, which has no types of its own. */
declare module 'gifenc' {
  type Palette = number[][];
  /** At most so many colours of pixels [count, 4]. */
  export function quantize(rgba: Uint8Array | Uint8ClampedArray, maxColors: number): Palette;
  /** The index of the nearest colour for each pixel. */
  export function applyPalette(rgba: Uint8Array | Uint8ClampedArray, palette: Palette): Uint8Array;
  export function GIFEncoder(): {
    writeFrame(
      index: Uint8Array,
      width: number,
      height: number,
      /** `delay` in milliseconds; `repeat` 0 is forever. */
      options: { palette: Palette; delay: number; repeat?: number },
    ): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  };
}
