/** A density as it is painted: levels on a square grid, strokes of a brush or an eraser, and the weights they become. */
import { sideOf } from '../../catalog/datasets/drawn.ts';
import { countsOnGrid } from '../../math/clouds/histogram.ts';

/** Levels are whole numbers up to this: one digit each in a link. */
export const HIGHEST = 9;

/** Cells along a side that can be chosen. */
export const SIDES = [8, 16, 24, 32] as const;
/** A brush on fewer cells than this makes steps that nobody means. */
export const COARSE = 16;
export const USUAL_SIDE = 24;

export interface Brush {
  /** Half its width, in cells. */
  readonly radius: number;
  /** Up to which share of the highest level it paints, or how much of it it erases: in (0, 1]. */
  readonly strength: number;
  readonly erases: boolean;
}

/** A place on the grid, in cells from its lower left corner. */
export type Place = readonly [across: number, up: number];

/**
 * Weights as levels [side, side] from 0 to 9, row by row from the lower left, on another grid if asked: a cell has
 * the mean of what it covers. Weights that are no levels, or fill a small part of their range, are scaled.
 */
export function levelsOf(weights: readonly number[], side: number): Float64Array {
  const own = sideOf(weights);
  const levels = new Float64Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      levels[row * side + column] = meanOver(weights, own, column / side, row / side, 1 / side);
    }
  }
  const largest = levels.reduce((most, level) => Math.max(most, level), 0);
  const areLevels = largest > 1 && largest <= HIGHEST && weights.every(Number.isInteger);
  return areLevels || largest === 0 ? levels : levels.map((level) => (HIGHEST * level) / largest);
}

/** The mean weight over the square of this size with its lower left corner at (x, y), all in shares of the side. */
function meanOver(weights: readonly number[], side: number, x: number, y: number, size: number): number {
  let sum = 0;
  let area = 0;
  for (let row = Math.floor(y * side + 1e-9); row < (y + size) * side - 1e-9; row++) {
    const high = Math.min((y + size) * side, row + 1) - Math.max(y * side, row);
    for (let column = Math.floor(x * side + 1e-9); column < (x + size) * side - 1e-9; column++) {
      const wide = Math.min((x + size) * side, column + 1) - Math.max(x * side, column);
      sum += wide * high * (weights[row * side + column] ?? 0);
      area += wide * high;
    }
  }
  return sum / area;
}

/** Positions [count, 2] as levels: how often they fall into each cell of the square [-reach, reach]. */
export function levelsOfCloud(positions: Float64Array, reach: number, side: number): Float64Array {
  const counts = countsOnGrid(positions, 2, reach, side).subarray(0, side * side);
  const largest = counts.reduce((most, n) => Math.max(most, n), 1);
  return counts.map((n) => Math.round((HIGHEST * n) / largest));
}

/** Moves a brush in a straight line, in place. What it has passed twice is as if it had passed once. */
export function paint(levels: Float64Array, side: number, from: Place, to: Place, brush: Brush): void {
  const { radius, strength, erases } = brush;
  // However thin, a brush fills the cell in whose middle it stands.
  const reach = Math.max(radius, 0.5) + 0.5;
  const [left, right] = [Math.min(from[0], to[0]) - reach, Math.max(from[0], to[0]) + reach];
  const [low, high] = [Math.min(from[1], to[1]) - reach, Math.max(from[1], to[1]) + reach];
  for (let row = Math.max(0, Math.floor(low)); row < Math.min(side, high); row++) {
    for (let column = Math.max(0, Math.floor(left)); column < Math.min(side, right); column++) {
      // A soft edge, one cell wide.
      const cover = Math.min(1, reach - distanceTo(from, to, column + 0.5, row + 0.5));
      if (cover <= 0) continue;
      const at = row * side + column;
      levels[at] = erases
        ? Math.min(levels[at], HIGHEST * (1 - strength * cover))
        : Math.max(levels[at], HIGHEST * strength * cover);
    }
  }
}

/** From a position to the nearest one on the line between two places. */
function distanceTo(from: Place, to: Place, x: number, y: number): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const square = dx * dx + dy * dy;
  const along = square > 0 ? ((x - from[0]) * dx + (y - from[1]) * dy) / square : 0;
  const near = Math.min(1, Math.max(0, along));
  return Math.hypot(x - from[0] - near * dx, y - from[1] - near * dy);
}

/** The setting that levels become. */
export const weightsOf = (levels: Float64Array): number[] => Array.from(levels, Math.round);
