/** Points that somebody pasted. */
import { group, numbers } from '../../settings/index.ts';
import { defineDataset } from '../kinds.ts';
import { pairsOf } from './gaussians.ts';
import { noiseSetting } from './noise.ts';

export const points = defineDataset({
  name: 'points',
  label: 'Pasted points',
  summary: 'A finite set of points, drawn from at random, with a little jitter if wanted.',
  source: 'given by hand',
  settings: group({
    values: numbers({
      label: 'points',
      summary: 'x and y of each, one after the other.',
      default: [0, 1, 0.87, -0.5, -0.87, -0.5, 0, 0],
      min: -1e6,
      max: 1e6,
      length: [2, 4000],
    }),
    noise: noiseSetting(0.02),
  }),
  extent: ({ values, noise }) => {
    let largest = 0.1;
    for (const value of values) largest = Math.max(largest, Math.abs(value));
    return 1.25 * (largest + 4 * noise);
  },
  fill(streams, count, { values, noise }, out) {
    const pairs = pairsOf(values);
    streams('data').normals(out);
    const chosen = streams('data.mode').integers(new Int32Array(count), pairs.length / 2);
    for (let i = 0; i < out.length; i++) {
      out[i] = Math.fround(pairs[2 * chosen[i >> 1] + (i & 1)] + noise * out[i]);
    }
  },
});
