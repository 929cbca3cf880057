/** Weights scaled for layers of rectifiers. */
import { group } from '../../settings/index.ts';
import { defineInitialiser } from '../kinds.ts';
import { gain } from './gain.ts';

export const he = defineInitialiser({
  name: 'he',
  label: 'He',
  summary: 'Normal with variance 2 / inputs, times gain²: keeps the size of signals through relu.',
  source: 'He et al. 2015 (arXiv:1502.01852), equation 10',
  settings: group({ gain: gain(1) }),
  fill(stream, inputs, outputs, { gain: factor }, out, fans = { inputs, outputs }) {
    const spread = factor * Math.sqrt(2 / fans.inputs);
    stream.normals(out);
    for (let i = 0; i < out.length; i++) out[i] *= spread;
  },
});
