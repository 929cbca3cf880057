/** Lines over steps: thousands of rows binned to the pixels there are, with level lines and a cursor. */
import { scaleLinear, scaleLog } from 'd3';
import { short } from '../format.ts';
import type { Series } from '../record.ts';
import { strings } from '../strings.ts';
import { type Palette, strokeOf } from './palette.ts';
import { layShape, type Shape } from './shapes.ts';

export interface ChartLine {
  readonly series: Series;
  /** Which column of the series. */
  readonly column: number;
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
  readonly scale: 'linear' | 'log';
  /** A fixed range; without it, that of what is drawn. */
  readonly range?: readonly [least: number, most: number];
  readonly formatTick?: (value: number) => string;
  readonly lastStep: number;
  readonly cursor?: number;
  /** Where the run stands in its past: what is drawn of its future is faint. */
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

/** The step under a pixel. */
export const stepAt = (area: ChartArea, x: number, lastStep: number): number =>
  Math.round(Math.max(0, Math.min(1, (x - area.left) / (area.right - area.left))) * Math.max(1, lastStep));

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
}

/** One bin for each pixel that has rows: mean, least and most of what is finite. */
export function binned({ series, column, unit = 1 }: ChartLine, xOf: (step: number) => number): Bins {
  const bins: Bins = { x: [], mean: [], least: [], most: [] };
  const [steps] = series.columns;
  const values = series.columns[column];
  let pixel = Number.NaN;
  let sum = 0;
  let count = 0;
  for (let i = 0; i < series.whole; i++) {
    const value = values[i] / unit;
    if (!Number.isFinite(value)) continue;
    const x = Math.round(xOf(steps[i]));
    const last = bins.x.length - 1;
    if (x !== pixel) {
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
  }
  return bins;
}

export function drawChart(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  options: ChartOptions,
  palette: Palette,
): void {
  const em = palette.textSize;
  const area = chartArea(width, height, em);
  const x = scaleLinear([0, Math.max(1, options.lastStep)], [area.left, area.right]);
  const drawn = options.lines.map((line) => ({ line, bins: binned(line, x) }));
  const [least, most] = options.range ?? rangeOf(options, drawn);
  const y = (options.scale === 'log' ? scaleLog : scaleLinear)([least, most], [area.bottom, area.top]).clamp(
    true,
  );
  const format = options.formatTick ?? ((value: number) => short(value));

  // Ticks and grid.
  context.font = `${0.7 * em}px ${palette.sans}`;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  context.lineWidth = 1;
  for (const tick of ticksOf(
    options.scale,
    least,
    most,
    Math.max(2, (area.bottom - area.top) / (2.4 * em)),
  )) {
    const at = Math.round(y(tick)) + 0.5;
    context.strokeStyle = palette.line;
    context.beginPath();
    context.moveTo(area.left, at);
    context.lineTo(area.right, at);
    context.stroke();
    context.fillStyle = palette.muted;
    context.fillText(format(tick), area.left - 0.45 * em, at);
  }
  context.textBaseline = 'top';
  for (const tick of x.ticks(Math.max(2, (area.right - area.left) / (6 * em)))) {
    if (!Number.isInteger(tick)) continue;
    context.textAlign = x(tick) > area.right - 1.5 * em ? 'right' : 'center';
    context.fillStyle = palette.muted;
    context.fillText(tick >= 1e4 ? `${short(tick / 1e3)}k` : String(tick), x(tick), area.bottom + 0.4 * em);
  }

  context.save();
  context.beginPath();
  context.rect(area.left, 0, width - area.left, area.bottom + 1);
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
  context.restore();
  if (options.present !== undefined) drawPresent(context, x(options.present), area, palette);

  if (options.cursor !== undefined && options.cursor <= options.lastStep) {
    const at = Math.round(x(options.cursor)) + 0.5;
    context.strokeStyle = palette.ink;
    context.lineWidth = 1;
    context.globalAlpha = 0.6;
    context.beginPath();
    context.moveTo(at, area.top);
    context.lineTo(at, area.bottom);
    context.stroke();
    context.globalAlpha = 1;
    const isRight = at > (area.left + area.right) / 2;
    context.textAlign = isRight ? 'right' : 'left';
    context.textBaseline = 'top';
    context.strokeStyle = palette.page;
    context.lineWidth = 4;
    context.lineJoin = 'round';
    const words = strings.charts.stepAt(options.cursor);
    const beside = at + (isRight ? -0.4 : 0.4) * em;
    context.strokeText(words, beside, 0);
    context.fillStyle = palette.ink;
    context.fillText(words, beside, 0);
    for (const { series, column, colour, marker, unit = 1 } of options.lines) {
      const row = rowAt(series, options.cursor);
      if (row >= 0)
        drawMarker(
          context,
          marker,
          at,
          y(series.columns[column][row] / unit),
          colour,
          palette,
          4 * strokeOf(palette),
        );
    }
  }
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

type Axis = (value: number) => number;

/** The range from least to most of one pixel's rows, behind the line of their means. */
function drawBand(
  context: CanvasRenderingContext2D,
  { colour, isArea }: ChartLine,
  { x, least, most, mean }: Bins,
  y: Axis,
  { bottom }: ChartArea,
): void {
  if (x.length < 2) return;
  context.beginPath();
  for (let i = 0; i < x.length; i++) context.lineTo(x[i], y(isArea ? mean[i] : most[i]));
  for (let i = x.length - 1; i >= 0; i--) context.lineTo(x[i], isArea ? bottom : y(least[i]));
  context.fillStyle = colour;
  context.globalAlpha = isArea ? 0.13 : 0.22;
  context.fill();
  context.globalAlpha = 1;
}

function drawLine(
  context: CanvasRenderingContext2D,
  { colour, dash, isStair, marker, width = 1.6 }: ChartLine,
  { x, mean }: Bins,
  y: Axis,
  palette: Palette,
): void {
  if (x.length === 0) return;
  context.beginPath();
  for (let i = 0; i < x.length; i++) {
    if (isStair && i > 0) context.lineTo(x[i], y(mean[i - 1]));
    context.lineTo(x[i], y(mean[i]));
  }
  context.strokeStyle = colour;
  context.lineWidth = width * strokeOf(palette);
  context.lineJoin = 'round';
  context.setLineDash(dash ? [...dash] : []);
  context.stroke();
  context.setLineDash([]);
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
  context.lineWidth = 1.5;
  context.stroke();
}

function drawLevels(
  context: CanvasRenderingContext2D,
  levels: readonly ChartLevel[],
  y: Axis,
  area: ChartArea,
  least: number,
  most: number,
  palette: Palette,
): void {
  const em = palette.textSize;
  for (const { value, colour, label } of levels) {
    if (value < least || value > most) continue;
    const at = y(value);
    context.strokeStyle = colour;
    context.lineWidth = 1.2;
    context.setLineDash([2, 3]);
    context.beginPath();
    context.moveTo(area.left, at);
    context.lineTo(area.right, at);
    context.stroke();
    context.setLineDash([]);
    if (!label) continue;
    context.font = `${0.68 * em}px ${palette.sans}`;
    context.textAlign = 'right';
    context.textBaseline = 'top';
    context.fillStyle = colour;
    context.fillText(label, area.right - 0.6 * em, at + 0.3 * em);
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

/** On a log scale whole powers of ten as long as they are not too many, and thinned ones beyond. */
function ticksOf(scale: 'linear' | 'log', least: number, most: number, wanted: number): number[] {
  if (scale === 'linear') return scaleLinear([least, most], [0, 1]).ticks(wanted);
  const low = Math.ceil(Math.log10(least) - 1e-9);
  const high = Math.floor(Math.log10(most) + 1e-9);
  if (high - low < 1)
    return scaleLog([least, most], [0, 1])
      .ticks(wanted)
      .filter((_, i, all) => i % Math.ceil(all.length / wanted) === 0);
  const every = Math.ceil((high - low + 1) / wanted);
  const powers: number[] = [];
  for (let power = low; power <= high; power += every) powers.push(10 ** power);
  return powers;
}
