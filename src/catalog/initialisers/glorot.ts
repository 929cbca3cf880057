/** Weights scaled to keep the size of signals in both directions (Xavier). */
import { group, pick } from '../../settings/index.ts';
import { defineInitialiser } from '../kinds.ts';
import { gain } from './gain.ts';

export const glorot = defineInitialiser({
  name: 'glorot',
  label: 'Glorot',
  summary: 'Variance 2 / (inputs + outputs), times gain².',
  source: 'Glorot & Bengio 2010, equations 12 and 16',
  settings: group({
    gain: gain(1),
    shape: pick({
      label: 'distribution',
      summary: 'Of each weight, with the same variance.',
      default: 'uniform',
      options: { uniform: 'uniform', normal: 'normal' },
      live: false,
    }),
  }),
  fill(stream, inputs, outputs, { gain: factor, shape }, out, fans = { inputs, outputs }) {
    const variance = (factor * factor * 2) / (fans.inputs + fans.outputs);
    if (shape === 'normal') {
      const spread = Math.sqrt(variance);
      stream.normals(out);
      for (let i = 0; i < out.length; i++) out[i] *= spread;
    } else {
      const bound = Math.sqrt(3 * variance);
      stream.uniforms(out);
      for (let i = 0; i < out.length; i++) out[i] = bound * (2 * out[i] - 1);
    }
  },
});
