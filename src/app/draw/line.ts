/** Samples on a line: real and generated ones as densities, the discriminator as a curve over them. */
import { ticks } from 'd3';
import { short } from '../format.ts';
import { type Palette, strokeOf } from './palette.ts';

const BINS = 72;

/** Where the line is drawn: from -extent to extent across, densities and the curve upwards. */
export interface LineFrame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly base: number;
  readonly extent: number;
  x(value: number): number;
}

export function lineFrame(width: number, height: number, extent: number, em: number): LineFrame {
  const [left, right] = [1.2 * em, width - 3 * em];
  return {
    left,
    right,
    top: 3.2 * em,
    base: height - 2.4 * em,
    extent,
    x: (value) => left + ((value / extent + 1) / 2) * (right - left),
  };
}

/** The share of positions in each bin of [-extent, extent]; what lies beyond is in none. */
export function binned(positions: Float64Array, extent: number, bins = BINS): Float64Array {
  const shares = new Float64Array(bins);
  for (const value of positions) {
    const bin = Math.floor(((value / extent + 1) / 2) * bins);
    if (bin >= 0 && bin < bins) shares[bin] += 1 / positions.length;
  }
  return shares;
}

/** Ticks along the line and the discriminator's scale at the right. */
export function drawLineAxes(
  context: CanvasRenderingContext2D,
  frame: LineFrame,
  palette: Palette,
  withScale: boolean,
): void {
  const em = palette.textSize;
  const { left, right, top, base, extent, x } = frame;
  context.lineWidth = 1;
  context.font = `${0.7 * em}px ${palette.sans}`;
  context.fillStyle = palette.muted;
  context.textBaseline = 'top';
  context.textAlign = 'center';
  for (const tick of ticks(-extent, extent, (right - left) / (6 * em))) {
    context.strokeStyle = palette.line;
    context.beginPath();
    context.moveTo(Math.round(x(tick)) + 0.5, top);
    context.lineTo(Math.round(x(tick)) + 0.5, base);
    context.stroke();
    context.fillText(short(tick), x(tick), base + 0.9 * em);
  }
  context.strokeStyle = palette.muted;
  context.beginPath();
  context.moveTo(left, Math.round(base) + 0.5);
  context.lineTo(right, Math.round(base) + 0.5);
  context.stroke();
  if (!withScale) return;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const share of [0, 0.5, 1]) {
    const y = base - share * (base - top);
    context.fillText(short(share), right + 0.4 * em, y);
    if (share !== 0.5) continue;
    context.setLineDash([5, 4]);
    context.strokeStyle = palette.muted;
    context.beginPath();
    context.moveTo(left, y);
    context.lineTo(right, y);
    context.stroke();
    context.setLineDash([]);
  }
}

/** A density as a filled staircase; `full` is the share that reaches the top. */
export function drawDensity(
  context: CanvasRenderingContext2D,
  { left, right, top, base }: LineFrame,
  shares: Float64Array,
  full: number,
  colour: string,
  palette: Palette,
): void {
  const step = (right - left) / shares.length;
  const y = (share: number) => base - Math.min(1, share / full) * (base - top);
  context.beginPath();
  context.moveTo(left, base);
  for (const [bin, share] of shares.entries()) {
    context.lineTo(left + bin * step, y(share));
    context.lineTo(left + (bin + 1) * step, y(share));
  }
  context.lineTo(right, base);
  context.fillStyle = colour;
  context.globalAlpha = 0.28;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = colour;
  context.lineWidth = 1.6 * strokeOf(palette);
  context.lineJoin = 'round';
  context.stroke();
}

/** The chance that the discriminator gives a position of being real, from 0 at the base to 1 at the top. */
export function drawChance(
  context: CanvasRenderingContext2D,
  frame: LineFrame,
  logits: Float64Array,
  extent: number,
  palette: Palette,
): void {
  const { base, top, x, left, right } = frame;
  context.save();
  context.beginPath();
  context.rect(left, top - 2, right - left, base - top + 4);
  context.clip();
  context.beginPath();
  for (let i = 0; i < logits.length; i++) {
    if (!Number.isFinite(logits[i])) continue;
    const chance = 1 / (1 + Math.exp(-logits[i]));
    context.lineTo(x(extent * ((2 * i) / (logits.length - 1) - 1)), base - chance * (base - top));
  }
  context.strokeStyle = palette.ink;
  context.lineWidth = 2 * strokeOf(palette);
  context.lineJoin = 'round';
  context.stroke();
  context.restore();
}

/** A triangle below the line at each mode: filled where the generator has found it. */
export function drawLineModes(
  context: CanvasRenderingContext2D,
  { x, base }: LineFrame,
  centres: Float64Array,
  found: (mode: number) => boolean,
  palette: Palette,
): void {
  const size = 0.36 * palette.textSize;
  for (const [k, centre] of centres.entries()) {
    context.beginPath();
    context.moveTo(x(centre), base + 2);
    context.lineTo(x(centre) + size, base + 2 + 1.6 * size);
    context.lineTo(x(centre) - size, base + 2 + 1.6 * size);
    context.closePath();
    context.fillStyle = found(k) ? palette.ink : palette.paper;
    context.fill();
    context.strokeStyle = palette.ink;
    context.lineWidth = 1.3 * strokeOf(palette);
    context.stroke();
  }
}
