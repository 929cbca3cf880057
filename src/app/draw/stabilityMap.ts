/** The map of stable settings: learning rate across, another number upwards, the present choice marked. */
import { scaleLog } from 'd3';
import type { Experiment } from '../../catalog/experiment.ts';
import { get } from '../../settings/index.ts';
import { short } from '../format.ts';
import { panelStrings } from '../panels/strings.ts';
import { chartArea } from './chart.ts';
import { type Palette, strokeOf } from './palette.ts';
import { layShape } from './shapes.ts';

export interface MapReading {
  readonly path: string;
  readonly rates: Float64Array;
  readonly values: Float64Array;
  /** Per step, [row of the value, column of the rate]. */
  readonly radius: Float64Array;
}

/** A radius so far below 1 is as dark as it gets: halved in seven steps. */
const FAST = 0.1;

/** The generator's learning rate: that of a grafted rule is where its length comes from. */
export const rateOf = ({ generator }: Pick<Experiment, 'generator'>): number =>
  'magnitude' in generator ? generator.magnitude.learningRate : generator.learningRate;

/** So far beyond the outermost cells, in cells, a choice still counts as theirs: it is rounded. */
const MARGIN = 0.5;

/** Whether what is chosen now lies in the map. */
export function isChoiceIn(
  { path, rates, values }: Pick<MapReading, 'path' | 'rates' | 'values'>,
  experiment: Experiment,
): boolean {
  const now = get(experiment, path);
  return typeof now === 'number' && isAmong(rates, rateOf(experiment)) && isAmong(values, now);
}

function isAmong(all: Float64Array, value: number): boolean {
  const last = all.length - 1;
  // Nothing lies below zero on a log scale, where the first step is shorter than all others.
  const isLog = all[0] > 0 && all[1] - all[0] < all[last] - all[last - 1];
  if (isLog && value === 0) return true;
  const along = isLog ? Math.log : (each: number) => each;
  const margin = last === 0 ? 0 : (MARGIN * (along(all[last]) - along(all[0]))) / last;
  return along(value) >= along(all[0]) - margin && along(value) <= along(all[last]) + margin;
}

/** The rate, the value and the spectral radius of a step under a pixel of the picture; undefined outside of the map. */
export function placeIn(
  { rates, values, radius }: Pick<MapReading, 'rates' | 'values' | 'radius'>,
  { width, height, palette }: { width: number; height: number; palette: Pick<Palette, 'textSize'> },
  x: number,
  y: number,
): { readonly rate: number; readonly value: number; readonly radius: number } | undefined {
  const { left, right, top, bottom } = chartArea(width, height, palette.textSize);
  const across = (x - left) / (right - left);
  const up = (bottom - y) / (bottom - top);
  if (!(across >= 0 && across <= 1 && up >= 0 && up <= 1)) return undefined;
  const column = Math.min(rates.length - 1, Math.floor(across * rates.length));
  const row = Math.min(values.length - 1, Math.floor(up * values.length));
  return { rate: rates[column], value: values[row], radius: radius[row * rates.length + column] };
}

export function drawMap(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { rates, values, radius, path }: MapReading,
  experiment: Experiment,
  palette: Palette,
): void {
  const em = palette.textSize;
  const { left, right, top, bottom } = chartArea(width, height, em);
  const [across, up] = [(right - left) / rates.length, (bottom - top) / values.length];
  for (let row = 0; row < values.length; row++) {
    for (let column = 0; column < rates.length; column++) {
      const value = radius[row * rates.length + column];
      const [r, g, b] = value < 1 ? palette.real : palette.fake;
      const strength = Math.min(1, Math.abs(Math.log(value)) / FAST);
      context.globalAlpha = Number.isFinite(value) ? 0.25 + 0.75 * strength : 1;
      context.fillStyle = Number.isNaN(value) ? palette.line : `rgb(${r} ${g} ${b})`;
      context.fillRect(left + column * across, bottom - (row + 1) * up, across + 0.5, up + 0.5);
    }
  }
  context.globalAlpha = 1;
  drawEdge(context, { rates, values, radius }, { left, bottom, across, up }, palette);

  context.font = `${0.7 * em}px ${palette.sans}`;
  context.fillStyle = palette.muted;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  const every = Math.max(1, Math.ceil((2 * em) / up));
  for (let row = 0; row < values.length; row += every) {
    context.fillText(short(values[row]), left - 0.45 * em, bottom - (row + 0.5) * up);
  }
  context.textBaseline = 'top';
  context.textAlign = 'center';
  const name = panelStrings.dynamics.rate(path);
  const nameFrom = right - context.measureText(name).width;
  const scale = scaleLog([rates[0], rates[rates.length - 1]], [left + across / 2, right - across / 2]);
  for (const tick of scale.ticks(4).filter((each) => Math.log10(each) % 1 === 0)) {
    const reach = context.measureText(short(tick)).width / 2 + 0.4 * em;
    // The name of the axis stands where it ends.
    if (scale(tick) + reach <= nameFrom) context.fillText(short(tick), scale(tick), bottom + 0.4 * em);
  }
  context.textAlign = 'right';
  context.fillText(name, right, bottom + 0.4 * em);

  const now = get(experiment, path);
  if (typeof now !== 'number') return;
  const column = cellOf(rates, rateOf(experiment));
  const row = cellOf(values, now);
  layShape(context, 'diamond', left + (column + 0.5) * across, bottom - (row + 0.5) * up, 0.4 * em);
  context.fillStyle = palette.ink;
  context.fill();
  context.strokeStyle = palette.paper;
  context.lineWidth = 1.5 * strokeOf(palette);
  context.stroke();
}

/** The line between cells that are stable and those that are not. */
function drawEdge(
  context: CanvasRenderingContext2D,
  { rates, values, radius }: Pick<MapReading, 'rates' | 'values' | 'radius'>,
  { left, bottom, across, up }: { left: number; bottom: number; across: number; up: number },
  palette: Palette,
): void {
  const isStable = (row: number, column: number) => radius[row * rates.length + column] < 1;
  context.beginPath();
  for (let row = 0; row < values.length; row++) {
    for (let column = 0; column < rates.length; column++) {
      const [x, y] = [left + (column + 1) * across, bottom - (row + 1) * up];
      if (column + 1 < rates.length && isStable(row, column) !== isStable(row, column + 1)) {
        context.moveTo(x, y);
        context.lineTo(x, y + up);
      }
      if (row + 1 < values.length && isStable(row, column) !== isStable(row + 1, column)) {
        context.moveTo(x - across, y);
        context.lineTo(x, y);
      }
    }
  }
  context.strokeStyle = palette.discriminator;
  context.lineWidth = 1.5 * strokeOf(palette);
  context.stroke();
}

/**
 * Where a value lies among the cells' ascending ones, as an index with a fraction: what is chosen stands in its true place,
 * on its side of the edge, and at most half a cell beyond the outermost.
 */
export function cellOf(values: Float64Array, wanted: number): number {
  const last = values.length - 1;
  const next = values.findIndex((value) => value >= wanted);
  if (last === 0 || next === 0) return last === 0 || wanted === values[0] ? 0 : -0.5;
  if (next < 0) return last + 0.5;
  const [below, above] = [values[next - 1], values[next]];
  return (
    next -
    1 +
    (below > 0 ? Math.log(wanted / below) / Math.log(above / below) : (wanted - below) / (above - below))
  );
}
