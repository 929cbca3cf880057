/** Lines over a run: thousands of rows binned to the pixels there are, with level lines and a cursor. */
import type { Axis, Clock } from '../clock.ts';
import { short } from '../format.ts';
import type { Series } from '../record.ts';
import { type Across, acrossScale, drawAcross, drawCursor, drawSelection } from './across.ts';
import { type Palette, strokeOf } from './palette.ts';
import { layShape, type Shape } from './shapes.ts';
import { ticksOf, upwards, type ValueScale } from './valueScale.ts';

export interface ChartLine {
  readonly series: Series;
  /** Which column of the series. */
  readonly column: number;
  /** How its steps lie on the axis; without it, as steps. */
  readonly clock?: Clock;
  readonly colour: string;
  readonly marker: Shape;
  readonly width?: number;
  readonly dash?: readonly number[];
  /** Values are divided by this before they are drawn. */
  readonly unit?: number;
  /** Filled down to the axis. */
  readonly isArea?: boolean;
  /** Drawn as a staircase: values that hold until they change. */
  readonly isStair?: boolean;
  /** Measured now and then, not at every step: where it was not for far longer than beside, nothing is known, and nothing is drawn. */
  readonly isSampled?: boolean;
}

export interface ChartLevel {
  readonly value: number;
  readonly colour: string;
  /** Written below the line where it ends. */
  readonly label?: string;
}

/** Where values may lie by chance, as a stripe. */
export interface ChartBand {
  readonly low: number;
  readonly high: number;
  readonly colour: string;
}

export interface ChartOptions {
  readonly lines: readonly ChartLine[];
  readonly levels: readonly ChartLevel[];
  readonly bands?: readonly ChartBand[];
  /** On a log scale values of either sign make it a symmetric one. */
  readonly scale: 'linear' | 'log';
  /** A fixed range; without it, that of what is drawn. */
  readonly range?: readonly [least: number, most: number];
  readonly formatTick?: (value: number) => string;
  readonly across: Across;
  /** Where the run stands in its past, on that axis: what is drawn of its future is faint. */
  readonly present?: number;
}

export interface ChartArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where the lines are drawn, in pixels. */
export function chartArea(width: number, height: number, em: number): ChartArea {
  return { left: 3.1 * em, right: width - 0.9 * em, top: 0.7 * em, bottom: height - 1.5 * em };
}

/** The row of a series at a step, or just before it; -1 before the first. */
export function rowAt({ columns, length }: Series, step: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (columns[0][middle] <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

interface Bins {
  readonly x: number[];
  readonly mean: number[];
  readonly least: number[];
  readonly most: number[];
  /** Whether nothing was measured between a bin and the one before it. */
  readonly gap: boolean[];
}

/** Rows that are further apart than this, in ems, are not taken for a line where there are so many times more steps between them than beside them. */
export const APART_EM = 2.5;
const UNUSUAL = 16;

/**
 * Whether nothing is known between two rows of what is measured now and then: they are the only ones, or far more steps
 * lie between them than between the rows on both sides. A run that goes faster is measured at more steps from each other.
 */
export function isJump(steps: ArrayLike<number>, length: number, before: number, row: number): boolean {
  const missed = steps[row] - steps[before];
  const between = (i: number) => (i > 0 && i < length ? steps[i] - steps[i - 1] : 0);
  const beside = Math.max(between(before), between(row + 1));
  return missed > 1 && (beside === 0 || missed > UNUSUAL * beside);
}

/**
 * One bin for each pixel that has rows: mean, least and most of what is finite. There is a gap where rows lie more than
 * `apart` pixels from each other, unless they are of neighbouring steps, or of a series that goes on evenly.
 */
export function binned(
  { series, column, unit = 1, isSampled }: ChartLine,
  xOf: (step: number) => number,
  apart = Number.POSITIVE_INFINITY,
): Bins {
  const bins: Bins = { x: [], mean: [], least: [], most: [], gap: [] };
  const [steps] = series.columns;
  const values = series.columns[column];
  let pixel = Number.NaN;
  let before = -1;
  let sum = 0;
  let count = 0;
  const between = (i: number) =>
    i > 0 && i < series.whole ? steps[i] - steps[i - 1] : Number.POSITIVE_INFINITY;
  const isGap = (i: number) => {
    if (isSampled) return isJump(steps, series.whole, before, i);
    const missed = steps[i] - steps[before];
    return missed > 1 && missed > UNUSUAL * Math.min(between(before), between(i + 1));
  };
  for (let i = 0; i < series.whole; i++) {
    const value = values[i] / unit;
    if (!Number.isFinite(value)) continue;
    const x = Math.round(xOf(steps[i]));
    const last = bins.x.length - 1;
    if (x !== pixel) {
      bins.gap.push(x - pixel > apart && isGap(i));
      pixel = x;
      sum = value;
      count = 1;
      bins.x.push(x);
      bins.mean.push(value);
      bins.least.push(value);
      bins.most.push(value);
    } else {
      sum += value;
      count += 1;
      bins.mean[last] = sum / count;
      bins.least[last] = Math.min(bins.least[last], value);
      bins.most[last] = Math.max(bins.most[last], value);
    }
    before = i;
  }
  return bins;
}

/** The bins between two pixels, and with `beyond` one more on either side, so that lines reach the edges. */
export function cut(bins: Bins, left: number, right: number, beyond = 0): Bins {
  let from = bins.x.findIndex((x) => x >= left);
  if (from < 0) from = bins.x.length;
  let to = bins.x.findIndex((x) => x > right);
  if (to < 0) to = bins.x.length;
  const kept = <T>(values: T[]) => values.slice(Math.max(0, from - beyond), to + beyond);
  return {
    x: kept(bins.x),
    mean: kept(bins.mean),
    least: kept(bins.least),
    most: kept(bins.most),
    gap: kept(bins.gap),
  };
}

/** The bins that are joined, each from one to before another. */
function* piecesOf({ x, gap }: Bins): Generator<readonly [from: number, to: number]> {
  let from = 0;
  for (let i = 1; i <= x.length; i++) {
    if (i < x.length && !gap[i]) continue;
    yield [from, i];
    from = i;
  }
}

/** Pixels further out than this are drawn here: lines to them are cut off long before. */
const FAR = 1e5;

/** Draws the chart; the scale that it has become. */
export function drawChart(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  options: ChartOptions,
  palette: Palette,
): ValueScale {
  const em = palette.textSize;
  const area = chartArea(width, height, em);
  const { across } = options;
  const x = acrossScale(across, area);
  const drawn = options.lines.map((line) => {
    const along = alongOf(line, across.axis);
    const all = binned(line, (step) => Math.max(-FAR, Math.min(FAR, x(along(step)))), APART_EM * em);
    return { line, bins: cut(all, area.left, area.right, 1), inside: cut(all, area.left, area.right) };
  });
  const within = drawn.map(({ inside, bins }) => ({ bins: inside.x.length > 0 ? inside : bins }));
  const isSigned = within.some(({ bins }) => bins.least.some((value) => value < 0));
  const scale = options.scale === 'log' && isSigned ? 'symmetric' : options.scale;
  const evenly = { scale: scale === 'log' ? scale : 'linear', levels: options.levels } as const;
  const [least, most] = options.range ?? rangeOf(evenly, within);
  const y: Upwards = upwards(scale, [least, most], area.bottom, area.top);
  const format = options.formatTick ?? ((value: number) => short(value));

  // Ticks and grid.
  context.font = `${0.7 * em}px ${palette.sans}`;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  context.lineWidth = 1;
  // Before anything is measured, or known beforehand, there is nothing to read off.
  const isMeasured =
    options.range !== undefined || options.levels.length > 0 || within.some(({ bins }) => bins.x.length > 0);
  const wanted = Math.max(2, (area.bottom - area.top) / (2.4 * em));
  for (const tick of isMeasured ? ticksOf(scale, least, most, wanted) : []) {
    const at = Math.round(y(tick)) + 0.5;
    context.strokeStyle = palette.line;
    context.beginPath();
    context.moveTo(area.left, at);
    context.lineTo(area.right, at);
    context.stroke();
    context.fillStyle = palette.muted;
    context.fillText(format(tick), area.left - 0.45 * em, at);
  }
  drawAcross(context, area, across, palette);

  context.save();
  context.beginPath();
  // A mark at the end of a run is seen whole, what lies beyond a zoomed part is not.
  context.rect(area.left, 0, area.right - area.left + 5 * strokeOf(palette), area.bottom + 1);
  context.clip();
  for (const { low, high, colour } of options.bands ?? []) {
    context.fillStyle = colour;
    context.globalAlpha = 0.16;
    context.fillRect(area.left, y(high), area.right - area.left, Math.max(1, y(low) - y(high)));
    context.globalAlpha = 1;
  }
  for (const { line, bins } of drawn) drawBand(context, line, bins, y, area);
  drawLevels(context, options.levels, y, area, least, most, palette);
  for (const { line, bins } of drawn) drawLine(context, line, bins, y, palette);
  nameLevels(context, options.levels, y, area, least, most, palette);
  context.restore();
  if (options.present !== undefined) drawPresent(context, x(options.present), area, palette);

  drawSelection(context, area, across, palette);
  const at = drawCursor(context, area, across, palette);
  if (at === undefined || across.cursor === undefined) return scale;
  for (const line of options.lines) {
    const { series, column, clock, colour, marker, unit = 1 } = line;
    if (across.cursor > (clock?.end(across.axis) ?? Number.POSITIVE_INFINITY)) continue;
    const row = rowAt(series, clock?.stepAt(across.axis, across.cursor) ?? across.cursor);
    if (row < 0) continue;
    const value = series.columns[column][row] / unit;
    // What was measured now and then is marked where it was.
    const place = line.isSampled ? x(alongOf(line, across.axis)(series.columns[0][row])) : at;
    if (place < area.left - 1) continue;
    drawMarker(context, marker, place, y(value), colour, palette, 4 * strokeOf(palette));
  }
  return scale;
}

/** How much of the future is covered. */
const VEIL = 0.68;

function drawPresent(
  context: CanvasRenderingContext2D,
  at: number,
  { right, top, bottom }: ChartArea,
  palette: Palette,
): void {
  context.fillStyle = palette.page;
  context.globalAlpha = VEIL;
  context.fillRect(at, 0, Math.max(0, right + palette.textSize - at), bottom);
  context.globalAlpha = 1;
  context.fillStyle = palette.ink;
  context.fillRect(Math.round(at) - 0.75, top, 1.5, bottom - top);
}

const alongOf = ({ clock }: ChartLine, axis: Axis): ((step: number) => number) =>
  clock ? clock.along(axis) : (step) => step;

type Upwards = (value: number) => number;

/** The range from least to most of one pixel's rows, behind the line of their means. */
function drawBand(
  context: CanvasRenderingContext2D,
  { colour, isArea }: ChartLine,
  bins: Bins,
  y: Upwards,
  { bottom }: ChartArea,
): void {
  const { x, least, most, mean } = bins;
  if (x.length < 2) return;
  context.beginPath();
  for (const [from, to] of piecesOf(bins)) {
    context.moveTo(x[from], y(isArea ? mean[from] : most[from]));
    for (let i = from + 1; i < to; i++) context.lineTo(x[i], y(isArea ? mean[i] : most[i]));
    for (let i = to - 1; i >= from; i--) context.lineTo(x[i], isArea ? bottom : y(least[i]));
  }
  context.fillStyle = colour;
  context.globalAlpha = isArea ? 0.13 : 0.22;
  context.fill();
  context.globalAlpha = 1;
}

/** Half the width of what was measured between two gaps. */
const DOT = 2;

function drawLine(
  context: CanvasRenderingContext2D,
  { colour, dash, isStair, marker, width = 1.6 }: ChartLine,
  bins: Bins,
  y: Upwards,
  palette: Palette,
): void {
  const { x, mean } = bins;
  if (x.length === 0) return;
  const alone: number[] = [];
  context.beginPath();
  for (const [from, to] of piecesOf(bins)) {
    if (to - from === 1) alone.push(from);
    context.moveTo(x[from], y(mean[from]));
    for (let i = from + 1; i < to; i++) {
      if (isStair) context.lineTo(x[i], y(mean[i - 1]));
      context.lineTo(x[i], y(mean[i]));
    }
  }
  context.strokeStyle = colour;
  context.lineWidth = width * strokeOf(palette);
  context.lineJoin = 'round';
  context.setLineDash(dash ? [...dash] : []);
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = colour;
  for (const i of alone) {
    const at = y(mean[i]);
    if (!Number.isFinite(at)) continue;
    context.beginPath();
    context.arc(x[i], at, DOT * strokeOf(palette), 0, 2 * Math.PI);
    context.fill();
  }
  const last = x.length - 1;
  drawMarker(context, marker, x[last], y(mean[last]), colour, palette, 3.6 * strokeOf(palette));
}

function drawMarker(
  context: CanvasRenderingContext2D,
  marker: ChartLine['marker'],
  x: number,
  y: number,
  colour: string,
  palette: Palette,
  size: number,
): void {
  if (!Number.isFinite(y)) return;
  layShape(context, marker, x, y, size);
  context.fillStyle = colour;
  context.fill();
  context.strokeStyle = palette.page;
  context.lineWidth = 1.5 * strokeOf(palette);
  context.stroke();
}

function drawLevels(
  context: CanvasRenderingContext2D,
  levels: readonly ChartLevel[],
  y: Upwards,
  area: ChartArea,
  least: number,
  most: number,
  palette: Palette,
): void {
  for (const { value, colour } of levels) {
    if (value < least || value > most) continue;
    const at = y(value);
    context.strokeStyle = colour;
    context.lineWidth = 1.2 * strokeOf(palette);
    context.setLineDash([2, 3]);
    context.beginPath();
    context.moveTo(area.left, at);
    context.lineTo(area.right, at);
    context.stroke();
    context.setLineDash([]);
  }
}

/** The names of levels, over the lines, on a rim of the page: curves go behind them. */
function nameLevels(
  context: CanvasRenderingContext2D,
  levels: readonly ChartLevel[],
  y: Upwards,
  { right }: ChartArea,
  least: number,
  most: number,
  palette: Palette,
): void {
  const em = palette.textSize;
  context.font = `${0.68 * em}px ${palette.sans}`;
  context.textAlign = 'right';
  context.textBaseline = 'top';
  context.lineJoin = 'round';
  context.strokeStyle = palette.page;
  context.lineWidth = 0.3 * em;
  for (const { value, colour, label } of levels) {
    if (!label || value < least || value > most) continue;
    const at = [right - 0.6 * em, y(value) + 0.3 * em] as const;
    context.strokeText(label, ...at);
    context.fillStyle = colour;
    context.fillText(label, ...at);
  }
}

/** A range of numbers beyond this could not be measured: its length would overflow. */
const LARGEST = 4e307;
/** Below this, a log scale would lose its digits and its end. */
const LEAST_ON_LOG = 1e-300;
/** A linear range shorter than this is none. */
const LEAST_RANGE = 1e-290;

/** From the least to the most of what is drawn, levels included, with some air. */
export function rangeOf(
  { scale, levels }: Pick<ChartOptions, 'scale' | 'levels'>,
  drawn: readonly { bins: Pick<Bins, 'x' | 'least' | 'most'> }[],
): [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const { bins } of drawn) {
    for (let i = 0; i < bins.x.length; i++) {
      if (scale === 'log' && !(bins.least[i] >= LEAST_ON_LOG)) continue;
      least = Math.min(least, bins.least[i]);
      most = Math.max(most, bins.most[i]);
    }
  }
  for (const { value } of levels) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  least = Math.max(least, -LARGEST);
  most = Math.min(most, LARGEST);
  if (!(least <= most)) return scale === 'log' ? [0.1, 10] : [0, 1];
  if (scale === 'log') return least === most ? [least / 2, most * 2] : [least / 1.15, most * 1.15];
  const air = most - least > LEAST_RANGE ? 0.08 * (most - least) : Math.max(0.5, Math.abs(most) * 0.5);
  return [least - air, most + air];
}
