/** Square grids of the plane, at which discriminators are asked: their settings, and their points. */
import { integer, number } from '../settings/index.ts';

/** The settings of a grid of `resolution` points along a side, at most `most`. */
export const squareSettings = (resolution: number, most: number) => ({
  extent: number({
    label: 'extent',
    summary: 'Half the width; 0 takes the data’s.',
    default: 0,
    min: 0,
    max: 1e6,
  }),
  resolution: integer({
    label: 'resolution',
    summary: 'Points along a side.',
    default: resolution,
    min: 2,
    max: most,
  }),
});

/** A square grid of the plane [rows of y, columns of x, 2], rows upwards; in one dimension, points of the line. */
export function positionsOf(dimension: 1 | 2, extent: number, resolution: number): Float64Array {
  const count = dimension === 2 ? resolution * resolution : resolution;
  const positions = new Float64Array(dimension * count);
  const place = (index: number) => extent * ((2 * index) / (resolution - 1) - 1);
  for (let i = 0; i < count; i++) {
    positions[dimension * i] = place(i % resolution);
    if (dimension === 2) positions[2 * i + 1] = place(Math.floor(i / resolution));
  }
  return positions;
}
