/** AdaGrad: each coordinate divided by the root of the sum of all its squares. */
import { group } from '../../settings/index.ts';
import { defineRule } from '../kinds.ts';
import { epsilon } from './betas.ts';
import { learningRate } from './learningRate.ts';

export const adagrad = defineRule({
  name: 'adagrad',
  label: 'AdaGrad',
  summary: 'Divides each coordinate by the root of the sum of all its squares: steps only shrink.',
  source: 'Duchi et al. 2011, equation 1 (diagonal)',
  formula: 'v ← v + g²;  w ← w − η g / (√v + ε)',
  linear: false,
  settings: group({ learningRate: learningRate(0.01), epsilon }),
  init: (size) => ({ sum: new Float64Array(size) }),
  update(gradient, { sum }, { learningRate: rate, epsilon: eps }, change) {
    for (let i = 0; i < gradient.length; i++) {
      const g = gradient[i];
      sum[i] += g * g;
      const root = Math.sqrt(sum[i]) + eps;
      change[i] = root === 0 ? 0 : (-rate * g) / root;
    }
  },
});
