/** The discriminator's view: its logits as a smooth map of two hues, with the line where it is undecided. */
import { type Channels, type Palette, strokeOf } from './palette.ts';
import type { Frame2D } from './plane.ts';

/** Pixels of the small picture between two points of the grid; the browser smooths the rest. */
const FINER = 2;
/** Time in which the map covers 63 % of the way to the newest reading. */
const GLIDE_MS = 90;
/** Logits beyond are drawn as the bound, where the probability is a third of a thousandth from its end. */
const MOST_LOGIT = 8;
/** Length of the table from logits to colours: the probability changes by a thousandth in each, at most. */
const LOGITS = 4096;
const PER_LOGIT = (LOGITS - 1) / (2 * MOST_LOGIT);

/** The line comes after the first pictures: what finds it is a library of its own. */
const LINE_AFTER_MS = 800;
let lay: typeof import('./boundary.ts').drawBoundary | undefined;
let isComing = false;
/** A picture that rests meanwhile is drawn once more when it has come. */
let isAwaited = false;

function haveLineCome(): void {
  if (isComing) return;
  isComing = true;
  isAwaited = true;
  setTimeout(async () => {
    // Where it cannot be loaded, the colours still say where the line is.
    const loaded = await import('./boundary.ts').catch(() => undefined);
    lay = loaded?.drawBoundary;
    isAwaited = false;
  }, LINE_AFTER_MS);
}

export interface Heat {
  /** Takes a new reading: logits [row of y upwards, column of x] of a square of this half-width. */
  aim(logits: Float64Array, resolution: number, extent: number): void;
  /** Lets time pass; true while the map still moves, or its line is on its way. */
  advance(elapsedMs: number): boolean;
  draw(context: CanvasRenderingContext2D, frame: Frame2D, palette: Palette): void;
  clear(): void;
}

export function openHeat(): Heat {
  let target: Float64Array | undefined;
  let shown = new Float64Array(0);
  let resolution = 0;
  let extent = 1;
  let isMoving = false;
  let isDrawn = false;
  let painted: Palette | undefined;
  let colours = new Uint32Array(0);
  let image: ImageData | undefined;
  const canvas = document.createElement('canvas');
  const small = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;

  function paint(palette: Palette): void {
    if (painted !== palette) {
      colours = coloursOf(palette);
      painted = palette;
    }
    const side = (resolution - 1) * FINER + 1;
    if (canvas.width !== side) {
      canvas.width = side;
      canvas.height = side;
    }
    if (image?.width !== side) image = small.createImageData(side, side);
    const pixels = new Uint32Array(image.data.buffer);
    const line = new Float64Array(resolution + 1); // one more for the last column, of which it is no part
    for (let row = 0; row < side; row++) {
      // Rows of the grid go up, rows of a picture down.
      const up = (side - 1 - row) / FINER;
      const low = resolution * Math.min(resolution - 2, Math.floor(up));
      const v = up - low / resolution;
      for (let i = 0; i < resolution; i++) {
        const below = shown[low + i];
        line[i] = below + v * (shown[low + resolution + i] - below);
      }
      for (let column = 0; column < side; column++) {
        const left = Math.floor(column / FINER);
        const value = line[left] + (column / FINER - left) * (line[left + 1] - line[left]);
        const logit = Math.max(-MOST_LOGIT, Math.min(MOST_LOGIT, value));
        pixels[row * side + column] = colours[((logit + MOST_LOGIT) * PER_LOGIT + 0.5) | 0];
      }
    }
    small.putImageData(image, 0, 0);
    isDrawn = true;
  }

  return {
    aim(logits, newResolution, newExtent) {
      if (logits === target) return;
      haveLineCome();
      if (newResolution !== resolution || newExtent !== extent || !target) {
        shown = logits.slice();
        isDrawn = false;
      }
      target = logits;
      resolution = newResolution;
      extent = newExtent;
      isMoving = true;
    },
    advance(elapsedMs) {
      if (!target || !isMoving) return isAwaited;
      const share = 1 - Math.exp(-elapsedMs / GLIDE_MS);
      let most = 0;
      for (let i = 0; i < shown.length; i++) {
        const gap = target[i] - shown[i];
        if (!Number.isFinite(gap)) continue;
        shown[i] += share * gap;
        most = Math.max(most, Math.abs(gap));
      }
      isDrawn = false;
      isMoving = (1 - share) * most > 0.02;
      return isMoving || isAwaited;
    },
    draw(context, frame, palette) {
      if (!target) return;
      if (!isDrawn || painted !== palette) paint(palette);
      // The grid's outer points lie on the edge of the square, in the middle of their pixels.
      const side = canvas.width;
      const cell = (2 * extent * frame.scale) / (side - 1);
      const left = frame.x(-extent) - cell / 2;
      const top = frame.y(extent) - cell / 2;
      context.imageSmoothingEnabled = true;
      context.imageSmoothingQuality = 'low';
      context.drawImage(canvas, left, top, cell * side, cell * side);
      if (!lay) return;
      lay(context, frame, { values: shown, resolution, extent });
      context.strokeStyle = palette.muted;
      context.globalAlpha = 0.75;
      context.lineWidth = 1.25 * strokeOf(palette);
      context.setLineDash([5, 4]);
      context.stroke();
      context.setLineDash([]);
      context.globalAlpha = 1;
    },
    clear() {
      target = undefined;
    },
  };
}

/** The colour of a logit: from fake over undecided to real, steeper near the middle, where players decide. */
function colourOf(logit: number, { fake, undecided, real }: HeatPalette): Channels {
  const lean = Math.tanh(logit / 2); // 2 sigmoid(logit) - 1
  const end = lean < 0 ? fake : real;
  const share = Math.abs(lean) ** 0.8;
  const mix = (channel: 0 | 1 | 2) => undecided[channel] + share * (end[channel] - undecided[channel]);
  return [mix(0), mix(1), mix(2)];
}

type HeatPalette = Pick<Palette, 'fake' | 'undecided' | 'real'>;

/** The colours of logits from -MOST_LOGIT to MOST_LOGIT, [LOGITS] of four bytes each, as pixels of a picture are. */
export function coloursOf(palette: HeatPalette): Uint32Array<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(4 * LOGITS).fill(255);
  for (let i = 0; i < LOGITS; i++)
    bytes.set(colourOf(MOST_LOGIT * ((2 * i) / (LOGITS - 1) - 1), palette), 4 * i);
  return new Uint32Array(bytes.buffer);
}
