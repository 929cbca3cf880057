/** Inside a step, drawn: the point and one arrow for each thing that the step does, as near as they lie. */
import { ticks } from 'd3';
import { short } from '../format.ts';
import type { Inside, InsideEvent } from '../inside.ts';
import { type Palette, strokeOf } from './palette.ts';
import type { Frame2D } from './plane.ts';
import { layShape, type Shape } from './shapes.ts';

interface Arrow {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly look: 'gradient' | 'change' | 'trial' | 'move' | 'back';
  readonly player: InsideEvent['player'];
}

const pair = (at: Float64Array) => [at[0], at[1]] as const;

/** The arrow of an event, if there is something to draw. */
function arrowOf(event: InsideEvent, { events, rates }: Inside, i: number): Arrow | undefined {
  const { kind, player, from, to, vector } = event;
  const along = (start: Float64Array, by: readonly [number, number]) =>
    [start[0] + by[0], start[1] + by[1]] as const;
  if ((kind === 'reading' || kind === 'adjusted') && from?.at && vector?.at) {
    // As far as plain descent would go.
    const step = [-rates[0] * vector.at[0], -rates[1] * vector.at[1]] as const;
    return { from: pair(from.at), to: along(from.at, step), look: 'gradient', player };
  }
  if (kind === 'change' && vector?.at) {
    const start = events.slice(0, i).findLast((one) => one.kind === 'reading' || one.kind === 'adjusted');
    if (!start?.from?.at) return undefined;
    return { from: pair(start.from.at), to: along(start.from.at, pair(vector.at)), look: 'change', player };
  }
  if (!from?.at || !to?.at) return undefined;
  const look = kind === 'trial' || kind === 'move' ? kind : 'back';
  return { from: pair(from.at), to: pair(to.at), look, player };
}

/** Share of the picture that is left free around what is drawn. */
const MARGIN = 0.22;

/** The numbers of both axes in the same measure, around all that the step does, so that nothing moves but arrows. */
function frameOf(arrows: readonly Arrow[], start: readonly number[], width: number, height: number): Frame2D {
  const points = [start, ...arrows.flatMap(({ from, to }) => [from, to])].filter((point) =>
    point.every(Number.isFinite),
  );
  const across = points.map(([x]) => x);
  const up = points.map(([, y]) => y);
  const [left, right, low, high] = [
    Math.min(...across),
    Math.max(...across),
    Math.min(...up),
    Math.max(...up),
  ];
  const least = Math.max(Math.abs(start[0]), Math.abs(start[1])) * 1e-9 || 1e-9;
  const room = 1 - 2 * MARGIN;
  const scale = Math.min(
    (room * width) / Math.max(right - left, least),
    (room * height) / Math.max(high - low, least),
  );
  const [x0, y0] = [(left + right) / 2, (low + high) / 2];
  return {
    width,
    height,
    scale,
    x: (value) => width / 2 + scale * (value - x0),
    y: (value) => height / 2 - scale * (value - y0),
    at: (x, y) => [x0 + (x - width / 2) / scale, y0 + (height / 2 - y) / scale],
  };
}

/** How strongly events are drawn: those before, the present one, those to come. */
const STRENGTH = { past: 0.55, present: 1, future: 0.14 } as const;

export interface InsideDrawing {
  readonly reading: Inside;
  /** The event that is looked at, from 0. */
  readonly at: number;
  /** How far its arrow has grown, in [0, 1]. */
  readonly grown: number;
  readonly shape: Shape;
}

export function drawInside(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { reading, at, grown, shape }: InsideDrawing,
  palette: Palette,
): void {
  const here = reading.from?.at;
  if (!here) return;
  const arrows = reading.events.map((event, i) => arrowOf(event, reading, i));
  const drawn = arrows.filter((arrow) => arrow !== undefined);
  const frame = frameOf(drawn, [...here], width, height);
  drawGrid(context, frame, palette);
  arrows.forEach((arrow, i) => {
    if (!arrow) return;
    context.globalAlpha = i < at ? STRENGTH.past : i === at ? STRENGTH.present : STRENGTH.future;
    drawArrow(context, frame, arrow, i === at ? grown : 1, i === at, palette);
  });
  context.globalAlpha = 1;
  const unit = strokeOf(palette);
  const named = new Set<string>();
  /** Names a point once, beyond it as seen from another. */
  const name = (point: Float64Array, from: Float64Array, text: string) => {
    if (named.has(text)) return;
    named.add(text);
    label(context, frame, point, from, text, palette);
  };
  reading.events.forEach(({ kind, from, to, player }, i) => {
    if (!to?.at || i > at || (i === at && grown < 1)) return;
    if (kind === 'trial') {
      ring(context, frame, to.at, palette, unit);
      if (player === 'both' && from?.at) name(to.at, from.at, 'w̃');
    }
  });
  layShape(context, shape, frame.x(here[0]), frame.y(here[1]), 0.36 * palette.textSize);
  context.fillStyle = palette.lane;
  context.fill();
  name(here, reading.to?.at ?? here, 'w');
  const isDone = at >= reading.events.length - 1 && grown >= 1;
  if (isDone && reading.to?.at) {
    layShape(context, shape, frame.x(reading.to.at[0]), frame.y(reading.to.at[1]), 0.36 * palette.textSize);
    context.fillStyle = palette.paper;
    context.fill();
    context.strokeStyle = palette.lane;
    context.lineWidth = 2 * unit;
    context.stroke();
    name(reading.to.at, here, 'w⁺');
  }
}

function drawGrid(context: CanvasRenderingContext2D, frame: Frame2D, palette: Palette): void {
  const em = palette.textSize;
  const [left, top] = frame.at(0, 0);
  const [right, bottom] = frame.at(frame.width, frame.height);
  context.font = `${0.68 * em}px ${palette.sans}`;
  context.strokeStyle = palette.line;
  context.fillStyle = palette.muted;
  context.lineWidth = strokeOf(palette);
  const spacing = 6 * em;
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  for (const value of ticks(left, right, Math.max(2, frame.width / spacing))) {
    const x = frame.x(value);
    if (x < 3.2 * em) continue;
    line(context, x, 0, x, frame.height - 1.1 * em);
    context.fillText(short(value, 6), x, frame.height);
  }
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const value of ticks(bottom, top, Math.max(2, frame.height / (0.7 * spacing)))) {
    const y = frame.y(value);
    if (y > frame.height - 1.6 * em || y < 0.5 * em) continue;
    line(context, 3.2 * em, y, frame.width, y);
    context.fillText(short(value, 6), 0.1 * em, y);
  }
}

function line(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

const dashes: Record<Arrow['look'], readonly number[]> = {
  gradient: [2, 4],
  change: [],
  trial: [],
  move: [],
  back: [6, 4],
};
const widths: Record<Arrow['look'], number> = { gradient: 2, change: 1.4, trial: 2, move: 3.4, back: 2.2 };

function drawArrow(
  context: CanvasRenderingContext2D,
  frame: Frame2D,
  { from, to, look, player }: Arrow,
  grown: number,
  isPresent: boolean,
  palette: Palette,
): void {
  const [x1, y1] = [frame.x(from[0]), frame.y(from[1])];
  const [x2, y2] = [x1 + grown * (frame.x(to[0]) - x1), y1 + grown * (frame.y(to[1]) - y1)];
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (!(length > 0.5)) return;
  const unit = strokeOf(palette);
  const colours = { gradient: palette.ink, change: palette.ink, back: palette.warning };
  const own = look === 'trial' || look === 'move' ? palette.lane : colours[look];
  const colour = player === 'both' ? own : palette[player];
  const width = widths[look] * unit * (isPresent ? 1.25 : 1);
  const head = Math.min(length, (5 + 2 * width) * 0.9);
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = width;
  context.lineCap = 'butt';
  context.setLineDash([...dashes[look]].map((dash) => dash * unit));
  line(context, x1, y1, x2 - 0.7 * head * ux, y2 - 0.7 * head * uy);
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(x2, y2);
  context.lineTo(x2 - head * ux + 0.5 * head * uy, y2 - head * uy - 0.5 * head * ux);
  context.lineTo(x2 - head * ux - 0.5 * head * uy, y2 - head * uy + 0.5 * head * ux);
  context.closePath();
  context.fill();
}

function ring(
  context: CanvasRenderingContext2D,
  frame: Frame2D,
  at: Float64Array,
  palette: Palette,
  unit: number,
): void {
  context.beginPath();
  context.arc(frame.x(at[0]), frame.y(at[1]), 0.34 * palette.textSize, 0, 2 * Math.PI);
  context.fillStyle = palette.paper;
  context.fill();
  context.strokeStyle = palette.lane;
  context.lineWidth = 1.6 * unit;
  context.stroke();
}

function label(
  context: CanvasRenderingContext2D,
  frame: Frame2D,
  point: Float64Array,
  from: Float64Array,
  text: string,
  palette: Palette,
): void {
  const em = palette.textSize;
  const [x, y] = [frame.x(point[0]), frame.y(point[1])];
  const [across, down] = [x - frame.x(from[0]), y - frame.y(from[1])];
  const length = Math.hypot(across, down) || 1;
  const away = (1.05 * em) / length;
  context.font = `italic ${em}px ${palette.serif}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.strokeStyle = palette.paper;
  context.lineWidth = 3;
  context.strokeText(text, x + away * across, y + away * down);
  context.fillStyle = palette.ink;
  context.fillText(text, x + away * across, y + away * down);
}
