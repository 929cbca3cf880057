/** All parameters of both players as bars from zero, with the equilibrium's value marked on each. */
import { ticks } from 'd3';
import { short } from '../format.ts';
import { type Palette, strokeOf } from './palette.ts';

export interface Bars {
  /** Parameters of both players, the generator's first. */
  readonly values: Float64Array;
  readonly split: number;
  readonly names: readonly string[];
  readonly equilibrium?: readonly number[];
  readonly hidden: { readonly generator: boolean; readonly discriminator: boolean };
  /** Value at the right end. */
  readonly extent: number;
}

/** The room that names take, in ems; rows lower than this are not named. */
const NAMES_EM = 7;
const NAMED_ROW_EM = 0.95;

/** Smaller numbers have no digits left to make ticks of. */
const LEAST_EXTENT = 1e-290;

/** The extent that shows these values and grows or shrinks in even steps only, so that bars keep their scale. */
export function barExtent(
  current: number,
  values: ArrayLike<number>,
  equilibrium?: readonly number[],
): number {
  let most = 0;
  for (const all of [values, equilibrium ?? []]) {
    for (let i = 0; i < all.length; i++) {
      if (Number.isFinite(all[i])) most = Math.max(most, Math.abs(all[i]));
    }
  }
  if (most < LEAST_EXTENT) return current > 0 ? current : 1;
  const fits = current >= 1.05 * most && current <= 4 * most;
  return fits ? current : Math.min(1.5 * most, Number.MAX_VALUE);
}

export function drawBars(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { values, split, names, equilibrium, hidden, extent }: Bars,
  palette: Palette,
): void {
  const em = palette.textSize;
  const [top, bottom] = [2.9 * em, height - 2 * em];
  const row = (bottom - top) / values.length;
  const named = row >= NAMED_ROW_EM * em;
  const left = named ? Math.min(NAMES_EM * em, width / 4) : em;
  const right = width - em;
  // Far values keep to the picture's edge.
  const x = (value: number) =>
    (left + right) / 2 + (Math.max(-1.05, Math.min(1.05, value / extent)) * (right - left)) / 2;

  context.font = `${0.7 * em}px ${palette.sans}`;
  context.textBaseline = 'top';
  context.textAlign = 'center';
  context.lineWidth = 1;
  for (const tick of ticks(-extent, extent, (right - left) / (7 * em))) {
    context.strokeStyle = tick === 0 ? palette.muted : palette.line;
    context.beginPath();
    context.moveTo(Math.round(x(tick)) + 0.5, top);
    context.lineTo(Math.round(x(tick)) + 0.5, bottom);
    context.stroke();
    context.fillStyle = palette.muted;
    context.fillText(short(tick), x(tick), bottom + 0.5 * em);
  }

  const thick = Math.max(1, Math.min(0.62 * row, 1.1 * em));
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (let i = 0; i < values.length; i++) {
    const player = i < split ? 'generator' : 'discriminator';
    const y = top + (i + 0.5) * row;
    if (named) {
      context.fillStyle = palette.muted;
      context.fillText(names[i], left - 0.5 * em, y, left - 0.6 * em);
    }
    if (hidden[player] || !Number.isFinite(values[i])) continue;
    context.fillStyle = palette[player];
    context.globalAlpha = 0.85;
    context.fillRect(Math.min(x(0), x(values[i])), y - thick / 2, Math.abs(x(values[i]) - x(0)), thick);
    context.globalAlpha = 1;
    if (thick < 5) continue;
    const size = Math.min(0.3 * em, thick / 2);
    context.beginPath();
    if (player === 'generator') context.arc(x(values[i]), y, size, 0, 2 * Math.PI);
    else context.rect(x(values[i]) - size, y - size, 2 * size, 2 * size);
    context.fill();
    context.strokeStyle = palette.paper;
    context.lineWidth = 1.4 * strokeOf(palette);
    context.stroke();
  }
  if (equilibrium) {
    context.strokeStyle = palette.ink;
    context.lineWidth = 2 * strokeOf(palette);
    context.beginPath();
    for (const [i, value] of equilibrium.entries()) {
      const y = top + (i + 0.5) * row;
      const half = Math.max(1, Math.min(0.42 * row, 0.8 * em));
      context.moveTo(x(value), y - half);
      context.lineTo(x(value), y + half);
    }
    context.stroke();
  }
}
