/** Weights from one normal distribution, whatever the layer's size. */
import { group, number } from '../../settings/index.ts';
import { defineInitialiser } from '../kinds.ts';

export const normal = defineInitialiser({
  name: 'normal',
  label: 'normal',
  summary: 'Normal with one standard deviation for every layer; 0.02 in DCGAN.',
  source: 'Radford et al. 2016 (arXiv:1511.06434), section 4',
  settings: group({
    deviation: number({
      label: 'standard deviation',
      summary: 'Of every first weight.',
      default: 0.02,
      min: 0.0001,
      max: 10,
      scale: 'log',
      live: false,
    }),
  }),
  fill(stream, _inputs, _outputs, { deviation }, out) {
    stream.normals(out);
    for (let i = 0; i < out.length; i++) out[i] *= deviation;
  },
});
