/** A density that somebody drew: weights on a square grid. */
import { group, numbers } from '../../settings/index.ts';
import { defineDataset } from '../kinds.ts';

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
      length: [1, 1024],
      live: false,
    }),
  }),
  extent: () => 1.3,
  fill(streams, count, { weights }, out) {
    const side = Math.ceil(Math.sqrt(weights.length));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    streams('data.place').uniforms(out);
    const levels = streams('data.mode').uniforms(new Float64Array(count));
    const ends = new Float64Array(weights.length);
    let sum = 0;
    weights.forEach((weight, cell) => {
      // With nothing drawn, every cell counts.
      sum += total > 0 ? weight / total : 1 / weights.length;
      ends[cell] = sum;
    });
    for (let i = 0; i < count; i++) {
      let cell = 0;
      while (cell < ends.length - 1 && ends[cell] <= levels[i]) cell += 1;
      out[2 * i] = Math.fround((2 * ((cell % side) + out[2 * i])) / side - 1);
      out[2 * i + 1] = Math.fround((2 * (Math.floor(cell / side) + out[2 * i + 1])) / side - 1);
    }
  },
});
