/** Labelled points of one domain as plus and minus signs, and unlabelled ones of the other as dots. */
import { type Palette, strokeOf } from './palette.ts';
import type { Frame2D } from './plane.ts';

interface Points {
  readonly positions: Float64Array;
  readonly labels: Float64Array;
}

/** Label 1 as a plus, label 0 as a minus, with a rim of paper so that each stays visible on every ground. */
export function drawSigns(
  context: CanvasRenderingContext2D,
  frame: Frame2D,
  { positions, labels }: Points,
  palette: Palette,
): void {
  const size = 0.3 * palette.textSize;
  for (const [colour, width] of [
    [palette.paper, 4],
    [palette.discriminator, 2],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width * strokeOf(palette);
    context.lineCap = 'round';
    context.beginPath();
    for (let i = 0; i < labels.length; i++) {
      const x = frame.x(positions[2 * i]);
      const y = frame.y(positions[2 * i + 1]);
      context.moveTo(x - size, y);
      context.lineTo(x + size, y);
      if (labels[i] <= 0.5) continue;
      context.moveTo(x, y - size);
      context.lineTo(x, y + size);
    }
    context.stroke();
  }
  context.lineCap = 'butt';
}
