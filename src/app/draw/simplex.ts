/** The triangle of mixed strategies: its corners are pure actions, its points mixtures of them. */
import type { Series } from '../record.ts';
import { type Palette, strokeOf } from './palette.ts';

export interface Triangle {
  readonly corners: readonly (readonly [x: number, y: number])[];
  /** The pixel of probabilities. */
  at(first: number, second: number, third: number): readonly [x: number, y: number];
}

/** The largest equilateral triangle that leaves room for the names of its corners. */
export function triangleIn(width: number, height: number, em: number): Triangle {
  const [across, down] = [width - 7 * em, height - 6.5 * em];
  const side = Math.max(1, Math.min(across, (2 * down) / Math.sqrt(3)));
  const high = (side * Math.sqrt(3)) / 2;
  const top = (height - high) / 2 + 0.4 * em;
  const corners = [
    [width / 2, top],
    [width / 2 + side / 2, top + high],
    [width / 2 - side / 2, top + high],
  ] as const;
  return {
    corners,
    at(...shares) {
      let [x, y] = [0, 0];
      for (const [i, share] of shares.entries()) {
        x += share * corners[i][0];
        y += share * corners[i][1];
      }
      return [x, y];
    },
  };
}

/** The triangle, a light net of quarters, and the names of the actions. */
export function drawTriangle(
  context: CanvasRenderingContext2D,
  triangle: Triangle,
  actions: readonly string[],
  palette: Palette,
): void {
  const em = palette.textSize;
  const { corners, at } = triangle;
  context.lineJoin = 'round';
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.beginPath();
  for (const share of [0.25, 0.5, 0.75]) {
    const rest = 1 - share;
    for (const [from, to] of [
      [at(share, rest, 0), at(share, 0, rest)],
      [at(rest, share, 0), at(0, share, rest)],
      [at(rest, 0, share), at(0, rest, share)],
    ]) {
      context.moveTo(...from);
      context.lineTo(...to);
    }
  }
  context.stroke();
  context.beginPath();
  for (const corner of corners) context.lineTo(...corner);
  context.closePath();
  context.strokeStyle = palette.muted;
  context.lineWidth = 1.4 * strokeOf(palette);
  context.stroke();
  context.font = `600 ${0.85 * em}px ${palette.sans}`;
  context.fillStyle = palette.ink;
  context.textAlign = 'center';
  for (const [i, [x, y]] of corners.entries()) {
    context.textBaseline = i === 0 ? 'bottom' : 'top';
    context.fillText(actions[i], x, y + (i === 0 ? -0.5 : 0.5) * em);
  }
}

/** Rows that are drawn of a trail, and the pieces in which it fades. */
const TRAIL_ROWS = 2400;
const FADES = 24;
/** Readings that are further apart than this many steps are points, not a line. */
const LONGEST_STRIDE = 40;

/** Where a player has been, oldest faintest. `column` is its first probability in the series. */
export function drawStrategyTrail(
  context: CanvasRenderingContext2D,
  { at }: Triangle,
  series: Series,
  column: number,
  colour: string,
  palette: Palette,
): void {
  const { columns, length } = series;
  const begin = Math.max(0, length - TRAIL_ROWS);
  const count = length - begin;
  if (count < 2) return;
  const place = (row: number) => at(columns[column][row], columns[column + 1][row], columns[column + 2][row]);
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = 1.7 * strokeOf(palette);
  context.lineJoin = 'round';
  const pieces = Math.min(FADES, count - 1);
  for (let piece = 0; piece < pieces; piece++) {
    const from = begin + Math.floor((piece * (count - 1)) / pieces);
    const to = begin + Math.floor(((piece + 1) * (count - 1)) / pieces);
    context.globalAlpha = 0.12 + 0.78 * ((piece + 1) / pieces) ** 1.8;
    context.beginPath();
    context.moveTo(...place(from));
    for (let row = from + 1; row <= to; row++) {
      const [x, y] = place(row);
      if (columns[0][row] - columns[0][row - 1] <= LONGEST_STRIDE) context.lineTo(x, y);
      else {
        context.moveTo(x - 0.5, y);
        context.lineTo(x + 0.5, y);
      }
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** Where a player is: the first as a circle, the second as a square. */
export function drawStrategy(
  context: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  shape: 'circle' | 'square',
  colour: string,
  palette: Palette,
): void {
  const size = 0.4 * palette.textSize;
  context.beginPath();
  if (shape === 'circle') context.arc(x, y, size, 0, 2 * Math.PI);
  else context.rect(x - size, y - size, 2 * size, 2 * size);
  context.fillStyle = colour;
  context.fill();
  context.strokeStyle = palette.paper;
  context.lineWidth = 1.8 * strokeOf(palette);
  context.stroke();
}
