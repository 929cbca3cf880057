/** What lies across every chart: the axis with its ticks and units, the cursor, and a part being selected. */
import { scaleLinear } from 'd3';
import type { Axis } from '../clock.ts';
import { laterStrings } from '../laterStrings.ts';
import { rounded, type Span } from '../zoom.ts';
import type { ChartArea } from './chart.ts';
import { type Palette, strokeOf } from './palette.ts';

export interface Across {
  readonly axis: Axis;
  /** The part that is seen. */
  readonly span: Span;
  /** What is pointed at. */
  readonly cursor?: number;
  readonly selection?: Span;
}

export const acrossScale = ({ span }: Across, area: ChartArea) => scaleLinear(span, [area.left, area.right]);

/** The place on the axis under a pixel. */
export function placeAt({ axis, span }: Pick<Across, 'axis' | 'span'>, area: ChartArea, x: number): number {
  const share = Math.max(0, Math.min(1, (x - area.left) / (area.right - area.left)));
  return rounded(span[0] + share * (span[1] - span[0]), axis);
}

export function drawAcross(
  context: CanvasRenderingContext2D,
  area: ChartArea,
  across: Across,
  palette: Palette,
): void {
  const em = palette.textSize;
  const x = acrossScale(across, area);
  context.font = `${0.7 * em}px ${palette.sans}`;
  context.textBaseline = 'top';
  context.fillStyle = palette.muted;
  const ticks = x
    .ticks(Math.max(2, (area.right - area.left) / (7 * em)))
    .filter((tick) => across.axis === 'seconds' || Number.isInteger(tick));
  let free = 0;
  // From the right: the last one has its unit, and those before it make room.
  for (const [i, tick] of [...ticks].reverse().entries()) {
    const words = laterStrings.axis.tick(tick, across.axis, i === 0, x.domain()[1] - x.domain()[0]);
    const half = context.measureText(words).width / 2;
    const at = Math.min(x(tick), area.right + 0.8 * em - half);
    if (i > 0 && at + half > free - 0.4 * em) continue;
    free = at - half;
    context.textAlign = 'center';
    context.fillText(words, at, area.bottom + 0.4 * em);
  }
}

/** The part that is being selected, as a stripe. */
export function drawSelection(
  context: CanvasRenderingContext2D,
  area: ChartArea,
  across: Across,
  palette: Palette,
): void {
  if (!across.selection) return;
  const [from, to] = across.selection.map(acrossScale(across, area));
  context.fillStyle = palette.ink;
  context.globalAlpha = 0.12;
  context.fillRect(from, area.top, to - from, area.bottom - area.top);
  context.globalAlpha = 1;
}

/** A line with its place in words; the pixel at which it stands, if it is seen. */
export function drawCursor(
  context: CanvasRenderingContext2D,
  area: ChartArea,
  across: Across,
  palette: Palette,
): number | undefined {
  const { cursor, span, axis } = across;
  if (cursor === undefined || cursor < span[0] || cursor > span[1]) return undefined;
  const em = palette.textSize;
  const at = Math.round(acrossScale(across, area)(cursor)) + 0.5;
  context.strokeStyle = palette.ink;
  context.lineWidth = strokeOf(palette);
  context.globalAlpha = 0.6;
  context.beginPath();
  context.moveTo(at, area.top);
  context.lineTo(at, area.bottom);
  context.stroke();
  context.globalAlpha = 1;
  const isRight = at > (area.left + area.right) / 2;
  context.font = `${0.7 * em}px ${palette.sans}`;
  context.textAlign = isRight ? 'right' : 'left';
  context.textBaseline = 'top';
  context.strokeStyle = palette.page;
  context.lineWidth = 4;
  context.lineJoin = 'round';
  const words = laterStrings.axis.place(cursor, axis);
  const beside = at + (isRight ? -0.4 : 0.4) * em;
  context.strokeText(words, beside, 0);
  context.fillStyle = palette.ink;
  context.fillText(words, beside, 0);
  return at;
}
