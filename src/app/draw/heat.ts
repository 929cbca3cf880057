/** The discriminator's view: its logits as a smooth map of two hues, with the line where it is undecided. */
import type { Channels, Palette } from './palette.ts';
import type { Frame2D } from './plane.ts';

/** Pixels of the small picture between two points of the grid; the browser smooths the rest. */
const FINER = 2;
/** Time in which the map covers 63 % of the way to the newest reading. */
const GLIDE_MS = 90;
/** Colours between certainly fake and certainly real. */
const SHADES = 256;

/** The line comes after the first pictures: what finds it is a library of its own. */
const LINE_AFTER_MS = 800;
let lay: typeof import('./boundary.ts').drawBoundary | undefined;
let isComing = false;

function haveLineCome(): void {
  if (isComing) return;
  isComing = true;
  setTimeout(async () => {
    // Where it cannot be loaded, the colours still say where the line is.
    const loaded = await import('./boundary.ts').catch(() => undefined);
    lay = loaded?.drawBoundary;
  }, LINE_AFTER_MS);
}

export interface Heat {
  /** Takes a new reading: logits [row of y upwards, column of x] of a square of this half-width. */
  aim(logits: Float64Array, resolution: number, extent: number): void;
  /** Lets time pass; true while the map still moves. */
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
  let shades: Uint8ClampedArray = new Uint8ClampedArray(0);
  const canvas = document.createElement('canvas');
  const small = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;

  function paint(palette: Palette): void {
    if (painted !== palette) {
      shades = shadesOf(palette);
      painted = palette;
    }
    const side = (resolution - 1) * FINER + 1;
    if (canvas.width !== side) {
      canvas.width = side;
      canvas.height = side;
    }
    const image = small.createImageData(side, side);
    const { data } = image;
    for (let row = 0; row < side; row++) {
      // Rows of the grid go up, rows of a picture down.
      const up = (side - 1 - row) / FINER;
      const low = Math.min(resolution - 2, Math.floor(up));
      const v = up - low;
      for (let column = 0; column < side; column++) {
        const across = column / FINER;
        const left = Math.min(resolution - 2, Math.floor(across));
        const u = across - left;
        const at = low * resolution + left;
        const below = shown[at] + u * (shown[at + 1] - shown[at]);
        const above = shown[at + resolution] + u * (shown[at + resolution + 1] - shown[at + resolution]);
        const shade = Math.round((SHADES - 1) / (1 + Math.exp(-(below + v * (above - below)))));
        const to = 4 * (row * side + column);
        data[to] = shades[3 * shade];
        data[to + 1] = shades[3 * shade + 1];
        data[to + 2] = shades[3 * shade + 2];
        data[to + 3] = 255;
      }
    }
    small.putImageData(image, 0, 0);
    isDrawn = true;
  }

  return {
    aim(logits, newResolution, newExtent) {
      if (logits === target) return;
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
      if (!target || !isMoving) return false;
      const share = 1 - Math.exp(-elapsedMs / GLIDE_MS);
      let most = 0;
      for (let i = 0; i < shown.length; i++) {
        const gap = target[i] - shown[i];
        const step = Number.isFinite(gap) ? share * gap : 0;
        shown[i] += step;
        most = Math.max(most, Math.abs(gap));
      }
      isDrawn = false;
      isMoving = most > 0.02;
      return isMoving;
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
      haveLineCome();
      if (!lay) return;
      lay(context, frame, { values: shown, resolution, extent });
      context.strokeStyle = palette.muted;
      context.globalAlpha = 0.75;
      context.lineWidth = 1.25;
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

/** From fake over undecided to real, [SHADES, 3]; steeper near the middle, where players decide. */
export function shadesOf({ fake, undecided, real }: Pick<Palette, 'fake' | 'undecided' | 'real'>) {
  const shades = new Uint8ClampedArray(3 * SHADES);
  const mix = (from: Channels, to: Channels, share: number, channel: number) =>
    from[channel] + share * (to[channel] - from[channel]);
  for (let i = 0; i < SHADES; i++) {
    const lean = (2 * i) / (SHADES - 1) - 1;
    const share = Math.abs(lean) ** 0.8;
    for (let channel = 0; channel < 3; channel++) {
      shades[3 * i + channel] = mix(undecided, lean < 0 ? fake : real, share, channel);
    }
  }
  return shades;
}
