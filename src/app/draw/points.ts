/** Samples in the plane: real ones as small squares, generated ones as dots that glide to where they are. */
import { type Palette, strokeOf } from './palette.ts';
import type { Frame2D } from './plane.ts';
import { layShape, type Shape } from './shapes.ts';
import { stamps } from './stamp.ts';

/** Time in which generated dots cover 63 % of the way to the newest reading. */
const GLIDE_MS = 60;

export interface Glide {
  aim(positions: Float64Array): void;
  /** Lets time pass; true while something still moves noticeably. */
  advance(elapsedMs: number): boolean;
  readonly shown: Float64Array;
  clear(): void;
}

/** Positions that follow their newest reading smoothly; they begin where they first are. */
export function openGlide(): Glide {
  let target: Float64Array = new Float64Array(0);
  let shown: Float64Array = new Float64Array(0);
  let isMoving = false;
  return {
    get shown() {
      return shown;
    },
    aim(positions) {
      if (positions === target) return;
      if (positions.length !== shown.length) shown = positions.slice();
      target = positions;
      isMoving = true;
    },
    advance(elapsedMs) {
      if (!isMoving) return false;
      const share = 1 - Math.exp(-elapsedMs / GLIDE_MS);
      let most = 0;
      for (let i = 0; i < shown.length; i++) {
        const gap = target[i] - shown[i];
        if (!Number.isFinite(gap)) continue;
        shown[i] += share * gap;
        most = Math.max(most, Math.abs(gap));
      }
      isMoving = (1 - share) * most > 1e-3;
      return isMoving;
    },
    clear() {
      target = new Float64Array(0);
      shown = target;
      isMoving = false;
    },
  };
}

/** Small squares, half transparent: a dense cloud looks denser. */
export function drawReal(
  context: CanvasRenderingContext2D,
  frame: Frame2D,
  positions: Float64Array,
  palette: Palette,
  size: number,
): void {
  context.fillStyle = palette.discriminator;
  context.globalAlpha = 0.6;
  for (let i = 0; i < positions.length; i += 2) {
    context.fillRect(frame.x(positions[i]) - size / 2, frame.y(positions[i + 1]) - size / 2, size, size);
  }
  context.globalAlpha = 1;
}

export interface DotMark {
  readonly shape: Shape;
  readonly colour: string;
}

/** How far a shape of half-width 1 reaches. */
const LARGEST_REACH = 1.4;
/** A dot lies on one of so many places within a pixel, along each axis: finer is not seen. */
const WITHIN = 4;

/**
 * Dots with a rim of paper, so that each stays visible on every ground. On the page they are blended here, into one
 * layer that is laid down at once: a browser takes ten times as long for as many small pictures.
 */
export function openDots() {
  let key = '';
  let side = 0;
  let lay = (_: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D) => {};
  /** One drawn dot, stamped where the layer would be too coarse: each stamp can be drawn anew at any size. */
  let dot: ImageBitmap | undefined;
  /** The pixels of a dot at each place within a pixel, and how many of them there are along each axis. */
  let cuts: Uint32Array[] = [];
  let pixels = 0;
  const canvas = document.createElement('canvas');
  const layer = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  let image: ImageData | undefined;

  function prepare(palette: Palette, radius: number, ratio: number, { shape, colour }: DotMark): void {
    const { paper } = palette;
    const wanted = [shape, colour, paper, radius, ratio].join();
    if (wanted === key) return;
    key = wanted;
    side = 2 * Math.ceil(LARGEST_REACH * radius + 2);
    pixels = Math.ceil(side * ratio) + 1;
    const middle = side / 2;
    lay = (context) => {
      layShape(context, shape, middle, middle, radius);
      context.strokeStyle = paper;
      context.lineWidth = 1.6;
      context.stroke();
      context.fillStyle = colour;
      context.fill();
    };
    dot?.close();
    dot = undefined;
    cuts = Array.from({ length: WITHIN ** 2 }, (_, i) => {
      const cut = new OffscreenCanvas(pixels, pixels).getContext('2d', { willReadFrequently: true });
      if (!cut) return new Uint32Array(pixels ** 2);
      cut.setTransform(ratio, 0, 0, ratio, (i % WITHIN) / WITHIN, Math.floor(i / WITHIN) / WITHIN);
      lay(cut);
      return new Uint32Array(cut.getImageData(0, 0, pixels, pixels).data.buffer);
    });
  }

  function stamp(context: CanvasRenderingContext2D, frame: Frame2D, positions: Float64Array): void {
    if (!dot) {
      const small = new OffscreenCanvas(side * devicePixelRatio, side * devicePixelRatio);
      const one = small.getContext('2d') as OffscreenCanvasRenderingContext2D;
      one.scale(devicePixelRatio, devicePixelRatio);
      lay(one);
      dot = small.transferToImageBitmap();
      stamps.set(dot, lay);
    }
    for (let i = 0; i < positions.length; i += 2) {
      const x = frame.x(positions[i]) - side / 2;
      const y = frame.y(positions[i + 1]) - side / 2;
      if (x < frame.width && y < frame.height && x > -side && y > -side) {
        context.drawImage(dot, x, y, side, side);
      }
    }
  }

  function blend(context: CanvasRenderingContext2D, frame: Frame2D, positions: Float64Array): void {
    const ratio = devicePixelRatio;
    const [width, height] = [Math.round(frame.width * ratio), Math.round(frame.height * ratio)];
    if (width === 0 || height === 0) return;
    if (image?.width !== width || image.height !== height) {
      canvas.width = width;
      canvas.height = height;
      image = layer.createImageData(width, height);
    }
    const ground = new Uint32Array(image.data.buffer);
    ground.fill(0);
    for (let i = 0; i < positions.length; i += 2) {
      const right = Math.round((frame.x(positions[i]) - side / 2) * ratio * WITHIN);
      const down = Math.round((frame.y(positions[i + 1]) - side / 2) * ratio * WITHIN);
      const [column, row] = [Math.floor(right / WITHIN), Math.floor(down / WITHIN)];
      const cut = cuts[right - column * WITHIN + WITHIN * (down - row * WITHIN)];
      const first = Math.max(0, -column);
      const end = Math.min(pixels, width - column);
      for (let y = Math.max(0, -row); y < Math.min(pixels, height - row); y++) {
        let to = (row + y) * width + column + first;
        for (let from = y * pixels + first; from < y * pixels + end; from++, to++)
          ground[to] = over(cut[from], ground[to]);
      }
    }
    layer.putImageData(image, 0, 0);
    context.drawImage(canvas, 0, 0, frame.width, frame.height);
  }

  return {
    draw(
      context: CanvasRenderingContext2D,
      frame: Frame2D,
      positions: Float64Array,
      palette: Palette,
      radius: number,
      /** Whose they are, where several race. */
      mark: DotMark = { shape: 'circle', colour: palette.generator },
    ): void {
      prepare(palette, radius, devicePixelRatio, mark);
      // What is taken away is drawn at another scale, or as shapes.
      if (context.canvas.isConnected) blend(context, frame, positions);
      else stamp(context, frame, positions);
    },
  };
}

/** A pixel over another one: bytes of red, green, blue and opacity from the lowest, colours not multiplied by it. */
export function over(above: number, below: number): number {
  const opacity = above >>> 24;
  const rest = ((below >>> 24) * (255 - opacity)) / 255;
  if (opacity === 0) return below;
  if (rest === 0) return above;
  const sum = opacity + rest;
  const [mine, theirs] = [opacity / sum, rest / sum];
  const red = (above & 255) * mine + (below & 255) * theirs + 0.5;
  const green = ((above >>> 8) & 255) * mine + ((below >>> 8) & 255) * theirs + 0.5;
  const blue = ((above >>> 16) & 255) * mine + ((below >>> 16) & 255) * theirs + 0.5;
  return (((sum + 0.5) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** A ring around each mode: closed where the generator has found it, broken where it has not. */
export function drawModes(
  context: CanvasRenderingContext2D,
  frame: Frame2D,
  modes: { centres: Float64Array; spread: number },
  found: (mode: number) => boolean,
  palette: Palette,
): void {
  const radius = 3 * modes.spread * frame.scale + 3;
  for (let k = 0; 2 * k < modes.centres.length; k++) {
    const isFound = found(k);
    context.beginPath();
    context.arc(frame.x(modes.centres[2 * k]), frame.y(modes.centres[2 * k + 1]), radius, 0, 2 * Math.PI);
    context.setLineDash(isFound ? [] : [2, 4]);
    context.strokeStyle = palette.ink;
    context.globalAlpha = isFound ? 0.85 : 0.5;
    context.lineWidth = (isFound ? 1.6 : 1.2) * strokeOf(palette);
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}
