/** A spiral: one curved ridge without modes. */
import { elementary } from '../../expr/index.ts';
import { group } from '../../settings/index.ts';
import { defineDataset } from '../kinds.ts';
import { noiseSetting } from './noise.ts';

/** Divides the roll to about unit size, as in the source. */
const SCALE = 7.5;

export const swissRoll = defineDataset({
  name: 'swissRoll',
  label: 'Swiss roll',
  summary: 'Points along a spiral of one and a half turns.',
  source: 'Gulrajani et al. 2017 (arXiv:1704.00028), figure 1b and its code; Marsland 2009',
  settings: group({ noise: noiseSetting(0.25) }),
  extent: ({ noise }) => (15 + 4 * noise) / SCALE,
  fill(streams, count, { noise }, out) {
    streams('data').normals(out);
    const place = streams('data.place').uniforms(new Float64Array(count));
    for (let i = 0; i < count; i++) {
      const t = 1.5 * Math.PI * (1 + 2 * place[i]);
      out[2 * i] = Math.fround((t * elementary.cos(t) + noise * out[2 * i]) / SCALE);
      out[2 * i + 1] = Math.fround((t * elementary.sin(t) + noise * out[2 * i + 1]) / SCALE);
    }
  },
});
