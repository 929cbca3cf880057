/** A density that somebody drew: weights on a square grid. */
import { group, number, numbers } from '../../settings/index.ts';
import { defineDataset } from '../kinds.ts';

/** The most cells along a side. */
export const MOST_SIDE = 32;
/** A small face, so that there is something to see before anybody draws. */
const FACE = [
  0, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 0, 0,
  0, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0,
];

export const drawn = defineDataset({
  name: 'drawn',
  label: 'Drawn density',
  summary: 'Weights on a square grid, uniform within each cell.',
  source: 'drawn by hand',
  settings: group({
    weights: numbers({
      label: 'weights',
      summary: 'Of the cells, row by row from the lower left; as many as the square of the side.',
      default: FACE,
      min: 0,
      max: 1000,
      length: [1, MOST_SIDE ** 2],
    }),
    reach: number({
      label: 'reach',
      summary: 'Half the width of the square.',
      default: 1,
      min: 0.01,
      max: 1000,
      scale: 'log',
    }),
  }),
  extent: ({ reach }) => 1.3 * reach,
  fill(streams, count, { weights, reach }, out) {
    const side = sideOf(weights);
    streams('data.place').uniforms(out);
    const levels = streams('data.mode').uniforms(new Float64Array(count));
    const ends = endsOf(weights);
    for (let i = 0; i < count; i++) {
      const cell = cellAt(ends, levels[i]);
      out[2 * i] = Math.fround(reach * ((2 * ((cell % side) + out[2 * i])) / side - 1));
      out[2 * i + 1] = Math.fround(reach * ((2 * (Math.floor(cell / side) + out[2 * i + 1])) / side - 1));
    }
  },
});

/** Cells along a side of the grid; the last ones of its last row may be left out, and weigh nothing. */
export const sideOf = (weights: readonly number[]): number => Math.ceil(Math.sqrt(weights.length));

/** By the list of weights, which never changes: where each cell ends on the line from 0 to 1. */
const known = new WeakMap<readonly number[], Float64Array>();

function endsOf(weights: readonly number[]): Float64Array {
  let ends = known.get(weights);
  if (!ends) {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    ends = new Float64Array(weights.length);
    let sum = 0;
    for (let cell = 0; cell < weights.length; cell++) {
      // With nothing drawn, every cell counts.
      sum += total > 0 ? weights[cell] / total : 1 / weights.length;
      ends[cell] = sum;
    }
    known.set(weights, ends);
  }
  return ends;
}

/** The first cell that ends beyond a level; the last one where rounding leaves none. */
function cellAt(ends: Float64Array, level: number): number {
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] <= level) low = middle + 1;
    else high = middle;
  }
  return low;
}
