/** Weights that preserve lengths: a random orthogonal matrix. */
import { group } from '../../settings/index.ts';
import { defineInitialiser } from '../kinds.ts';
import { gain } from './gain.ts';

export const orthogonal = defineInitialiser({
  name: 'orthogonal',
  label: 'orthogonal',
  summary: 'A random matrix with orthonormal rows or columns, times gain; 0.8 for unrolled GANs.',
  source: 'Saxe et al. 2014 (arXiv:1312.6120)',
  settings: group({ gain: gain(1) }),
  fill(stream, inputs, outputs, { gain: factor }, out) {
    stream.normals(out);
    // Gram-Schmidt, twice for rounding, along whichever side has fewer vectors.
    const byRow = inputs <= outputs;
    const vectors = byRow ? inputs : outputs;
    const length = byRow ? outputs : inputs;
    const start = byRow ? outputs : 1;
    const step = byRow ? 1 : outputs;
    const product = (a: number, b: number) => {
      let sum = 0;
      for (let i = 0; i < length; i++) sum += out[a * start + i * step] * out[b * start + i * step];
      return sum;
    };
    for (let v = 0; v < vectors; v++) {
      for (let pass = 0; pass < 2; pass++) {
        for (let u = 0; u < v; u++) {
          const along = product(u, v);
          for (let i = 0; i < length; i++) out[v * start + i * step] -= along * out[u * start + i * step];
        }
        const size = Math.sqrt(product(v, v));
        for (let i = 0; i < length; i++) out[v * start + i * step] /= size;
      }
    }
    for (let i = 0; i < out.length; i++) out[i] *= factor;
  },
});
