/** A sheet of pictures: one picture, cut into square tiles row by row. */
import { type Frames, Unreadable } from './frames.ts';

/** A decoded picture: four bytes a pixel, the last its opacity. */
export interface Decoded {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray | Uint8Array;
}

/** Tiles of fewer pixels along a side say nothing, of more are no small pictures. */
export const SMALLEST_TILE = 4;
export const LARGEST_TILE = 256;
/** A guess is checked along every line, but not in every pixel of large sheets. */
const PROBED = 256;
/** A larger size is meant only where its seams are that much clearer: those of true tiles are among its own. */
const AS_CLEAR = 0.8;
/** What is added to differences from pixel to pixel, so that flat ones can be compared: a bit of noise. */
const NOISE = 0.5;

/** Opaque red, green and blue of a pixel, on white, into `out` from `to` on. */
export function onWhite({ data }: Decoded, pixel: number, out: Uint8Array, to: number): void {
  const opacity = data[4 * pixel + 3];
  for (let channel = 0; channel < 3; channel++) {
    out[to + channel] = Math.round((data[4 * pixel + channel] * opacity + 255 * (255 - opacity)) / 255);
  }
}

/**
 * The side of the tiles that a sheet seems to be made of: the smallest that divides both sides and whose seams stand
 * out, as margins in which nothing happens or as edges where pictures meet. The shorter side where there is none.
 */
export function guessTile(sheet: Decoded): number {
  const { width, height } = sheet;
  const axes = [linesOf(sheet, true), linesOf(sheet, false)];
  let best = { tile: Math.min(LARGEST_TILE, width, height), clear: 0 };
  for (let tile = SMALLEST_TILE; tile <= Math.min(LARGEST_TILE, width, height); tile++) {
    if (width % tile !== 0 || height % tile !== 0 || (width / tile) * (height / tile) < 2) continue;
    const meeting = contrast(
      axes.map(({ steps }) => steps),
      tile,
    );
    const margins = -contrast(
      axes.map(({ activity }) => activity),
      tile,
    );
    const clear = Math.max(0, meeting, margins);
    if (clear * AS_CLEAR > best.clear) best = { tile, clear };
  }
  return best.tile;
}

interface Lines {
  /** Mean difference from one line of pixels to the next. */
  readonly steps: Float64Array;
  /** With that, how much happens along both lines. */
  readonly activity: Float64Array;
}

/** Of the lines between two columns (or rows) of pixels. */
function linesOf({ width, height, data }: Decoded, isAcross: boolean): Lines {
  const [length, other] = isAcross ? [width, height] : [height, width];
  const [step, stride] = isAcross ? [4, 4 * width] : [4 * width, 4];
  const skip = Math.max(1, Math.floor(other / PROBED));
  const steps = new Float64Array(length);
  const along = new Float64Array(length);
  const difference = (a: number, b: number) =>
    Math.abs(data[a] - data[b]) +
    Math.abs(data[a + 1] - data[b + 1]) +
    Math.abs(data[a + 2] - data[b + 2]) +
    Math.abs(data[a + 3] - data[b + 3]);
  for (let line = 0; line < length; line++) {
    let counted = 0;
    for (let k = 0; k < other; k += skip) {
      const at = line * step + k * stride;
      if (line > 0) steps[line] += difference(at, at - step);
      if (k > 0) along[line] += difference(at, at - stride);
      counted += 1;
    }
    steps[line] /= counted;
    along[line] /= counted;
  }
  const activity = steps.map((value, line) => value + along[line] + along[Math.max(0, line - 1)]);
  return { steps, activity };
}

/** The logarithm of what there is at the seams of such tiles over what there is everywhere. */
function contrast(axes: readonly Float64Array[], tile: number): number {
  let [sum, count, all, lines] = [0, 0, 0, 0];
  for (const axis of axes) {
    for (let line = 1; line < axis.length; line++) {
      all += axis[line];
      lines += 1;
      if (line % tile === 0) {
        sum += axis[line];
        count += 1;
      }
    }
  }
  return Math.log((sum / Math.max(1, count) + NOISE) / (all / Math.max(1, lines) + NOISE));
}

/** Cuts a sheet; tiles of one colour at its end are left out, as a last row is seldom full. Throws Unreadable. */
export function readSheet(name: string, sheet: Decoded, tile: number): Frames {
  const [columns, rows] = [Math.floor(sheet.width / tile), Math.floor(sheet.height / tile)];
  if (columns * rows < 1) {
    const found = `a picture of ${sheet.width} × ${sheet.height}`;
    throw new Unreadable(name, `at least one tile of ${tile} × ${tile}`, found);
  }
  const picture = (at: number): Uint8Array => {
    const pixels = new Uint8Array(3 * tile * tile);
    const [left, top] = [(at % columns) * tile, Math.floor(at / columns) * tile];
    for (let i = 0; i < tile * tile; i++) {
      onWhite(sheet, (top + Math.floor(i / tile)) * sheet.width + left + (i % tile), pixels, 3 * i);
    }
    return pixels;
  };
  const isPlain = (at: number) => {
    const pixels = picture(at);
    return pixels.every((value, i) => value === pixels[i % 3]);
  };
  let count = columns * rows;
  while (count > 1 && isPlain(count - 1)) count -= 1;
  const [restX, restY] = [sheet.width - columns * tile, sheet.height - rows * tile];
  const rest =
    restX + restY > 0 ? [`${restX} columns and ${restY} rows of pixels are left over at the edges.`] : [];
  const plain =
    count < columns * rows ? [`${columns * rows - count} plain tiles at the end are left out.`] : [];
  return { count, width: tile, height: tile, channels: 3, picture, notes: [...rest, ...plain] };
}
