/** How the share of each mode changed: one row for each mode, time across. */
import type { Clock } from '../clock.ts';
import type { Series } from '../record.ts';
import { type Across, acrossScale, drawAcross, drawCursor, drawSelection } from './across.ts';
import { APART_EM, chartArea, isJump } from './chart.ts';
import type { Palette } from './palette.ts';

export interface ModesOverRun {
  readonly histograms: Series;
  /** Samples that each histogram rests on. */
  readonly samples: number;
  readonly clock: Clock;
  readonly across: Across;
}

export function drawModeHistory(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { histograms: { columns, length }, samples, clock, across }: ModesOverRun,
  palette: Palette,
): void {
  const em = palette.textSize;
  const area = chartArea(width, height, em);
  const modes = columns.length - 1;
  const up = (area.bottom - area.top) / modes;
  const scale = acrossScale(across, area);
  const along = clock.along(across.axis);
  const within = (pixel: number) => Math.max(area.left, Math.min(area.right, pixel));
  const x = (step: number) => within(scale(along(step)));
  const end = within(scale(clock.end(across.axis)));
  // Further away from where it was counted, nothing is known of a mode.
  const reach = APART_EM * em;
  const [red, green, blue] = palette.fake;
  context.fillStyle = palette.line;
  context.globalAlpha = 0.4;
  context.fillRect(area.left, area.top, area.right - area.left, area.bottom - area.top);
  for (let i = 0; i < length; i++) {
    const from = x(columns[0][i]);
    const next = i + 1 < length ? x(columns[0][i + 1]) : end;
    const goesOn = i + 1 < length && !isJump(columns[0], length, i, i + 1);
    const to = goesOn ? next : Math.min(next, from + reach);
    if (to <= area.left || from >= area.right) continue;
    for (let mode = 0; mode < modes; mode++) {
      // As much as its share would be if all modes had the same is full colour.
      const share = Math.min(1, (columns[mode + 1][i] * modes) / samples);
      if (share === 0) continue;
      context.globalAlpha = 0.12 + 0.88 * share;
      context.fillStyle = share > 0.08 ? palette.generator : `rgb(${red} ${green} ${blue})`;
      context.fillRect(from, area.bottom - (mode + 1) * up, Math.max(0.6, to - from), Math.max(0.8, up - 1));
    }
  }
  context.globalAlpha = 1;
  context.font = `${0.7 * em}px ${palette.sans}`;
  context.fillStyle = palette.muted;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  const every = Math.max(1, Math.ceil((1.1 * em) / up));
  for (let mode = 0; mode < modes; mode += every) {
    context.fillText(String(mode + 1), area.left - 0.45 * em, area.bottom - (mode + 0.5) * up);
  }
  drawAcross(context, area, across, palette);
  drawSelection(context, area, across, palette);
  drawCursor(context, area, across, palette);
}
