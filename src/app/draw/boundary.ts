/** The line on which a discriminator is undecided. */
import { contours } from 'd3';
import type { Frame2D } from './plane.ts';

/** Values [row of y upwards, column of x] on a square about the origin of this half-width. */
export interface Grid {
  readonly values: Float64Array;
  readonly resolution: number;
  readonly extent: number;
}

/** Lays the path along which a grid of logits is zero: where both sides have the same chance. */
export function drawBoundary(
  context: CanvasRenderingContext2D,
  frame: Frame2D,
  { values, resolution, extent }: Grid,
): void {
  const { coordinates } = contours()
    .size([resolution, resolution])
    .contour(values as unknown as number[], 0);
  const step = (2 * extent) / (resolution - 1);
  const last = resolution - 0.5;
  context.beginPath();
  for (const ring of coordinates.flat()) {
    let isDown = false;
    for (const [i, j] of ring) {
      // The frame of the grid closes the rings; it is no boundary of the discriminator.
      const isEdge = i <= 0.5 || j <= 0.5 || i >= last || j >= last;
      const x = frame.x((i - 0.5) * step - extent);
      const y = frame.y((j - 0.5) * step - extent);
      if (isDown && !isEdge) context.lineTo(x, y);
      else context.moveTo(x, y);
      isDown = !isEdge;
    }
  }
}
