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

/** Dots with a rim of paper, so that each stays visible on every ground: one drawn dot, stamped. */
export function openDots() {
  let key = '';
  const canvas = new OffscreenCanvas(1, 1);
  const stamp = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  /** What is stamped: a browser copies a canvas each time that it lays one down, but not this. */
  let dot: ImageBitmap | undefined;
  let side = 0;

  function prepare(palette: Palette, radius: number, ratio: number, { shape, colour }: DotMark): ImageBitmap {
    const wanted = [shape, colour, palette.paper, radius, ratio].join();
    if (dot && wanted === key) return dot;
    key = wanted;
    side = 2 * Math.ceil(LARGEST_REACH * radius + 2);
    canvas.width = side * ratio;
    canvas.height = side * ratio;
    stamp.setTransform(ratio, 0, 0, ratio, 0, 0);
    stamp.clearRect(0, 0, side, side);
    const middle = side / 2;
    const { paper } = palette;
    const draw = (context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D) => {
      layShape(context, shape, middle, middle, radius);
      context.strokeStyle = paper;
      context.lineWidth = 1.6;
      context.stroke();
      context.fillStyle = colour;
      context.fill();
    };
    draw(stamp);
    dot?.close();
    dot = canvas.transferToImageBitmap();
    stamps.set(dot, draw);
    return dot;
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
      const bitmap = prepare(palette, radius, devicePixelRatio, mark);
      for (let i = 0; i < positions.length; i += 2) {
        const x = frame.x(positions[i]) - side / 2;
        const y = frame.y(positions[i + 1]) - side / 2;
        if (x < frame.width && y < frame.height && x > -side && y > -side) {
          context.drawImage(bitmap, x, y, side, side);
        }
      }
    },
  };
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
