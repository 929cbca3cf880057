/** What the generator does with its latent space, and where the discriminator would have its samples go. */
import { type Palette, strokeOf } from './palette.ts';
import type { Frame2D } from './plane.ts';

/** Positions [rows, columns, 2] of a regular grid of latent points, as the generator maps it. */
export interface Manifold {
  readonly rows: number;
  readonly columns: number;
  readonly positions: Float64Array;
}

/** The image of the grid: its lines along rows and columns. */
export function drawManifold(
  context: CanvasRenderingContext2D,
  frame: Frame2D,
  { rows, columns, positions }: Manifold,
  palette: Palette,
): void {
  const lay = (row: number, column: number) => {
    const at = 2 * (row * columns + column);
    context.lineTo(frame.x(positions[at]), frame.y(positions[at + 1]));
  };
  const stroke = (count: number, length: number, place: (line: number, i: number) => void) => {
    for (let line = 0; line < count; line++) {
      context.beginPath();
      for (let i = 0; i < length; i++) place(line, i);
      context.stroke();
    }
  };
  context.strokeStyle = palette.generator;
  context.lineWidth = 0.9 * strokeOf(palette);
  context.lineJoin = 'round';
  context.globalAlpha = 0.7;
  stroke(rows, columns, lay);
  if (rows > 1) stroke(columns, rows, (column, row) => lay(row, column));
  context.globalAlpha = 1;
}

/** Samples whose arrows are drawn. */
const MOST_ARROWS = 160;
/** The longest arrow, in type sizes; the others are as long as their share of its push. */
const LONGEST = 2.6;

/** Arrows from samples to where their own loss would have them move; lengths compare within one picture. */
export function drawPushes(
  context: CanvasRenderingContext2D,
  frame: Frame2D,
  { positions, pushes }: { readonly positions: Float64Array; readonly pushes: Float64Array },
  palette: Palette,
): void {
  const count = Math.min(MOST_ARROWS, positions.length / 2);
  let longest = 0;
  for (let i = 0; i < count; i++) {
    const length = Math.hypot(pushes[2 * i], pushes[2 * i + 1]);
    if (Number.isFinite(length)) longest = Math.max(longest, length);
  }
  if (longest === 0) return;
  const unit = (LONGEST * palette.textSize) / longest;
  const head = 0.28 * palette.textSize;
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.1 * strokeOf(palette);
  context.globalAlpha = 0.75;
  context.beginPath();
  for (let i = 0; i < count; i++) {
    const [x, y] = [frame.x(positions[2 * i]), frame.y(positions[2 * i + 1])];
    const [right, down] = [unit * pushes[2 * i], -unit * pushes[2 * i + 1]];
    const length = Math.hypot(right, down);
    if (!(length > 1.5)) continue;
    const [toX, toY] = [x + right, y + down];
    const angle = Math.atan2(down, right);
    const barb = Math.min(head, 0.5 * length);
    context.moveTo(x, y);
    context.lineTo(toX, toY);
    for (const side of [-0.5, 0.5]) {
      context.moveTo(toX, toY);
      context.lineTo(toX - barb * Math.cos(angle + side), toY - barb * Math.sin(angle + side));
    }
  }
  context.stroke();
  context.globalAlpha = 1;
}
