/** The plane of an analytic game: where each step leads as short streams, the path, and its landmarks. */
import { ticks } from 'd3';
import type { Equilibrium } from '../../catalog/kinds.ts';
import { short } from '../format.ts';
import type { Trail } from '../record.ts';
import { type Palette, strokeOf } from './palette.ts';
import type { Frame2D } from './plane.ts';
import { layShape, type Shape } from './shapes.ts';
import { stamps } from './stamp.ts';

/** Of the field: values [row of phi upwards, column of theta, 2] on a square about the origin. */
export interface FieldReading {
  readonly extent: number;
  readonly resolution: number;
  readonly values: Float64Array;
}

/** Distance between two streams, in ems of the page's text. */
const SPACING_EM = 2.1;
/** Pixels in one stretch of a stream. */
const STRIDE = 3;

/** -F between the points of the grid, [theta, phi], written into `out`; false outside. */
function descentAt(
  { extent, resolution, values }: FieldReading,
  theta: number,
  phi: number,
  out: Float64Array,
): boolean {
  const column = ((theta / extent + 1) * (resolution - 1)) / 2;
  const row = ((phi / extent + 1) * (resolution - 1)) / 2;
  if (!(column >= 0 && row >= 0 && column <= resolution - 1 && row <= resolution - 1)) return false;
  const i = Math.min(resolution - 2, Math.floor(column));
  const j = Math.min(resolution - 2, Math.floor(row));
  const u = column - i;
  const v = row - j;
  for (let axis = 0; axis < 2; axis++) {
    const at = 2 * (j * resolution + i) + axis;
    const above = at + 2 * resolution;
    const low = values[at] + u * (values[at + 2] - values[at]);
    const high = values[above] + u * (values[above + 2] - values[above]);
    out[axis] = -(low + v * (high - low));
  }
  return true;
}

/** The streams as a picture of their own, drawn anew only when the field, the view or the colours change. */
export function openStreams() {
  const canvas = document.createElement('canvas');
  const layer = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  let drawn: readonly unknown[] = [];
  return (context: CanvasRenderingContext2D, frame: Frame2D, field: FieldReading, palette: Palette): void => {
    const { width, height, scale } = frame;
    const ratio = devicePixelRatio;
    const wanted = [field, palette, width, height, scale, ratio];
    if (wanted.some((each, i) => each !== drawn[i])) {
      drawn = wanted;
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      layer.setTransform(ratio, 0, 0, ratio, 0, 0);
      drawStreams(layer, frame, field, palette);
      stamps.set(canvas, (other) => drawStreams(other, frame, field, palette));
    }
    context.drawImage(canvas, 0, 0, width, height);
  };
}

/** Short streams along -F on an even grid of the picture; longer and darker where the push is stronger. */
function drawStreams(
  context: CanvasRenderingContext2D,
  frame: Frame2D,
  field: FieldReading,
  palette: Palette,
): void {
  const spacing = SPACING_EM * palette.textSize;
  const columns = Math.ceil(frame.width / spacing);
  const rows = Math.ceil(frame.height / spacing);
  const push = new Float64Array(2);
  const strengths = new Float64Array(columns * rows);
  let strongest = 0;
  const place = (index: number) => {
    const row = Math.floor(index / columns);
    const shift = row % 2 === 0 ? 0.25 : 0.75;
    const x = ((index % columns) + shift) * (frame.width / columns);
    return [x, (row + 0.5) * (frame.height / rows)] as const;
  };
  for (let index = 0; index < strengths.length; index++) {
    const [theta, phi] = frame.at(...place(index));
    if (!descentAt(field, theta, phi, push)) continue;
    const strength = Math.hypot(push[0], push[1]);
    if (!Number.isFinite(strength)) continue; // at a pole
    strengths[index] = strength;
    strongest = Math.max(strongest, strength);
  }
  if (!(strongest > 0)) return;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = palette.field;
  context.fillStyle = palette.field;
  for (let index = 0; index < strengths.length; index++) {
    if (!(strengths[index] > 0)) continue;
    // Compressed: the square root lets weak pushes be seen beside strong ones.
    const share = Math.sqrt(strengths[index] / strongest);
    drawStream(
      context,
      frame,
      field,
      place(index),
      spacing * (0.25 + 0.7 * share),
      0.3 + 0.7 * share,
      palette,
    );
  }
  context.globalAlpha = 1;
}

/** One stream through a pixel: half of its length behind, half ahead, with a head. */
function drawStream(
  context: CanvasRenderingContext2D,
  frame: Frame2D,
  field: FieldReading,
  [x, y]: readonly [number, number],
  length: number,
  alpha: number,
  palette: Palette,
): void {
  const push = new Float64Array(2);
  const walk = (sign: 1 | -1) => {
    const way: [number, number][] = [[x, y]];
    let [px, py] = [x, y];
    for (let gone = 0; gone < length / 2; gone += STRIDE) {
      if (!descentAt(field, ...frame.at(px, py), push)) break;
      const size = Math.hypot(push[0], push[1]);
      if (!(size > 0)) break;
      px += (sign * STRIDE * push[0]) / size;
      py -= (sign * STRIDE * push[1]) / size;
      way.push([px, py]);
    }
    return way;
  };
  const ahead = walk(1);
  const way = [...walk(-1).reverse(), ...ahead.slice(1)];
  if (way.length < 3) return;
  context.globalAlpha = alpha;
  context.lineWidth = 1.15 * strokeOf(palette);
  context.beginPath();
  for (const [i, [px, py]] of way.entries()) {
    if (i === 0) context.moveTo(px, py);
    else context.lineTo(px, py);
  }
  context.stroke();
  const [tipX, tipY] = way[way.length - 1];
  const [beforeX, beforeY] = way[way.length - 2];
  const angle = Math.atan2(tipY - beforeY, tipX - beforeX);
  const head = 3.2 * strokeOf(palette);
  context.beginPath();
  context.moveTo(tipX + head * Math.cos(angle), tipY + head * Math.sin(angle));
  for (const turn of [2.4, -2.4]) {
    context.lineTo(tipX + head * Math.cos(angle + turn), tipY + head * Math.sin(angle + turn));
  }
  context.fill();
}

/** Zero lines, ticks and the names of the axes, each in its player's colour and with its shape. */
export function drawAxes(context: CanvasRenderingContext2D, frame: Frame2D, palette: Palette): void {
  const { width, height } = frame;
  const em = palette.textSize;
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(0, Math.round(frame.y(0)) + 0.5);
  context.lineTo(width, Math.round(frame.y(0)) + 0.5);
  context.moveTo(Math.round(frame.x(0)) + 0.5, 0);
  context.lineTo(Math.round(frame.x(0)) + 0.5, height);
  context.stroke();

  context.font = `${0.72 * em}px ${palette.sans}`;
  context.fillStyle = palette.muted;
  const [least, lowest] = frame.at(0, height);
  const [most, highest] = frame.at(width, 0);
  const label = labelOn(context, palette);
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  for (const tick of ticks(least, most, width / (7 * em))) {
    const x = frame.x(tick);
    if (x > 2 * em && x < width - 2 * em) label(short(tick), x, height - 0.3 * em);
  }
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const tick of ticks(lowest, highest, height / (5 * em))) {
    const y = frame.y(tick);
    if (y > 2 * em && y < height - 2 * em) label(short(tick), 0.5 * em, y);
  }
}

/** Writes on a rim of paper. */
const labelOn =
  (context: CanvasRenderingContext2D, palette: Palette) => (text: string, x: number, y: number) => {
    context.strokeStyle = palette.paper;
    context.lineWidth = 0.19 * palette.textSize;
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  };

/** What the axes are: over paths and marks, which would cover it. */
export function nameAxes(
  context: CanvasRenderingContext2D,
  frame: Frame2D,
  palette: Palette,
  names: { readonly theta: string; readonly phi: string },
): void {
  const em = palette.textSize;
  const label = labelOn(context, palette);
  context.font = `600 ${0.8 * em}px ${palette.sans}`;
  context.lineJoin = 'round';
  context.textAlign = 'right';
  context.textBaseline = 'bottom';
  context.fillStyle = palette.generator;
  label(names.theta, frame.width - 0.6 * em, frame.y(0) - 0.35 * em);
  context.textAlign = 'left';
  context.textBaseline = 'top';
  context.fillStyle = palette.discriminator;
  label(names.phi, frame.x(0) + 0.5 * em, 0.5 * em);
}

/** Pieces in which the tail of a path fades. */
const FADES = 28;

/** The newest pixels of a path that are drawn: what is older lies below them, and would cost a picture's time. */
const LONGEST_TRAIL = 12_000;

/** The first point of the part of a path that is drawn. */
function beginOf(trail: Trail, frame: Frame2D): number {
  let length = 0;
  let at = trail.length - 1;
  let [x, y] = [frame.x(trail.theta(at)), frame.y(trail.phi(at))];
  while (at > 0 && length < LONGEST_TRAIL) {
    at -= 1;
    const [beforeX, beforeY] = [frame.x(trail.theta(at)), frame.y(trail.phi(at))];
    // Far outside, nothing is painted however far it goes.
    length += Math.min(frame.width, Math.abs(beforeX - x) + Math.abs(beforeY - y));
    x = beforeX;
    y = beforeY;
  }
  return at;
}

/** The path, oldest faintest. */
export function drawTrail(
  context: CanvasRenderingContext2D,
  frame: Frame2D,
  trail: Trail,
  palette: Palette,
): void {
  const count = trail.length;
  if (count < 2) return;
  context.strokeStyle = palette.lane;
  context.lineWidth = 1.9 * strokeOf(palette);
  context.lineJoin = 'round';
  context.lineCap = 'butt';
  const begin = beginOf(trail, frame);
  const steps = count - 1 - begin;
  const pieces = Math.min(FADES, steps);
  for (let piece = 0; piece < pieces; piece++) {
    const from = begin + Math.floor((piece * steps) / pieces);
    const to = begin + Math.floor(((piece + 1) * steps) / pieces);
    context.globalAlpha = 0.25 + 0.75 * ((piece + 1) / pieces) ** 1.6;
    context.beginPath();
    let lastX = frame.x(trail.theta(from));
    let lastY = frame.y(trail.phi(from));
    context.moveTo(lastX, lastY);
    for (let i = from + 1; i <= to; i++) {
      const x = frame.x(trail.theta(i));
      const y = frame.y(trail.phi(i));
      // Steps that are closer than half a pixel are one line.
      if (i < to && Math.abs(x - lastX) + Math.abs(y - lastY) < 0.5) continue;
      context.lineTo(x, y);
      lastX = x;
      lastY = y;
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** Fainter than the end of a path's tail. */
const GHOST = 0.32;

/** Paths from other starts, each from a dot on. */
export function drawGhosts(
  context: CanvasRenderingContext2D,
  frame: Pick<Frame2D, 'x' | 'y'>,
  paths: readonly Float64Array[],
  palette: Palette,
): void {
  context.globalAlpha = GHOST;
  context.strokeStyle = palette.lane;
  context.fillStyle = palette.lane;
  context.lineWidth = 1.2 * strokeOf(palette);
  context.lineJoin = 'round';
  for (const path of paths) {
    context.beginPath();
    let [lastX, lastY] = [frame.x(path[0]), frame.y(path[1])];
    context.moveTo(lastX, lastY);
    for (let i = 2; i < path.length; i += 2) {
      const [x, y] = [frame.x(path[i]), frame.y(path[i + 1])];
      if (Math.abs(x - lastX) + Math.abs(y - lastY) < 0.5) continue;
      context.lineTo(x, y);
      [lastX, lastY] = [x, y];
    }
    context.stroke();
    context.beginPath();
    context.arc(frame.x(path[0]), frame.y(path[1]), 0.2 * palette.textSize, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}

/** A cross in a ring at each equilibrium, with its name. */
export function drawEquilibria(
  context: CanvasRenderingContext2D,
  frame: Pick<Frame2D, 'x' | 'y'>,
  equilibria: readonly Equilibrium[],
  palette: Palette,
): void {
  const em = palette.textSize;
  for (const { point, label } of equilibria) {
    const x = frame.x(point[0]);
    const y = frame.y(point[1]);
    const size = 0.34 * em;
    context.strokeStyle = palette.ink;
    context.fillStyle = palette.paper;
    context.lineWidth = 1.6 * strokeOf(palette);
    context.beginPath();
    context.arc(x, y, size * 1.35, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
    context.beginPath();
    context.moveTo(x - size * 0.7, y - size * 0.7);
    context.lineTo(x + size * 0.7, y + size * 0.7);
    context.moveTo(x + size * 0.7, y - size * 0.7);
    context.lineTo(x - size * 0.7, y + size * 0.7);
    context.stroke();
    context.font = `${0.76 * em}px ${palette.sans}`;
    context.textAlign = 'left';
    context.textBaseline = 'top';
    context.fillStyle = palette.ink;
    context.strokeStyle = palette.paper;
    context.lineWidth = 0.19 * em;
    context.strokeText(label, x + 0.65 * em, y + 0.4 * em);
    context.fillText(label, x + 0.65 * em, y + 0.4 * em);
  }
}

/** The start as an open ring, the present point as a filled one. */
export function drawEnds(
  context: CanvasRenderingContext2D,
  frame: Frame2D,
  start: readonly number[] | undefined,
  point: readonly [number, number] | undefined,
  palette: Palette,
  shape: Shape = 'circle',
): void {
  const em = palette.textSize;
  if (start) {
    context.beginPath();
    context.arc(frame.x(start[0]), frame.y(start[1]), 0.42 * em, 0, 2 * Math.PI);
    context.fillStyle = palette.paper;
    context.fill();
    context.strokeStyle = palette.lane;
    context.lineWidth = 2 * strokeOf(palette);
    context.stroke();
  }
  if (point) {
    layShape(context, shape, frame.x(point[0]), frame.y(point[1]), 0.42 * em);
    context.fillStyle = palette.lane;
    context.fill();
    context.strokeStyle = palette.paper;
    context.lineWidth = 2 * strokeOf(palette);
    context.stroke();
  }
}

/** The average of the points passed as an open diamond. */
export function drawAverage(
  context: CanvasRenderingContext2D,
  frame: Frame2D,
  point: ArrayLike<number>,
  palette: Palette,
): void {
  const size = 0.52 * palette.textSize;
  const [x, y] = [frame.x(point[0]), frame.y(point[1])];
  context.beginPath();
  context.moveTo(x, y - size);
  context.lineTo(x + size, y);
  context.lineTo(x, y + size);
  context.lineTo(x - size, y);
  context.closePath();
  context.fillStyle = palette.paper;
  context.globalAlpha = 0.7;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = palette.lane;
  context.lineWidth = 2 * strokeOf(palette);
  context.stroke();
}

/** A word at the foot of the picture. */
export function drawNote(
  context: CanvasRenderingContext2D,
  { width, height }: Frame2D,
  text: string,
  palette: Palette,
): void {
  const em = palette.textSize;
  context.font = `600 ${0.8 * em}px ${palette.sans}`;
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  context.strokeStyle = palette.paper;
  context.lineWidth = 4;
  context.strokeText(text, width / 2, height - 1.8 * em);
  context.fillStyle = palette.lane;
  context.fillText(text, width / 2, height - 1.8 * em);
}
