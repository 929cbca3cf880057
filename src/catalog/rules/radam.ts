/** Rectified Adam: plain momentum until the scale can be trusted. */
import { group, pick } from '../../settings/index.ts';
import { defineRule } from '../kinds.ts';
import { beta1, beta2, epsilon } from './betas.ts';
import { learningRate } from './learningRate.ts';

export const radam = defineRule({
  name: 'radam',
  label: 'RAdam',
  summary: 'Adam whose scale is switched on when its variance is small enough, and rectified until then.',
  source:
    'Liu et al. 2020 (arXiv:1908.03265), algorithm 2; later threshold and ε-hat: code of Chavdarova et al. 2021',
  formula: 'ρₜ > 4:  w ← w − η rₜ m̂ / (√v̂ + ε);  else  w ← w − η m̂',
  linear: false,
  settings: group({
    learningRate: learningRate(0.001),
    beta1: beta1(0.5),
    beta2,
    epsilon,
    threshold: pick({
      label: 'adapts from',
      summary: 'The length ρₜ of the average at which the scale is trusted.',
      default: 'four',
      options: { four: 'ρₜ > 4, as in the paper', five: 'ρₜ ≥ 5 and ε-hat, as in LA-GAN’s code' },
    }),
  }),
  init: (size) => ({
    mean: new Float64Array(size),
    square: new Float64Array(size),
    steps: 0,
    meanWeight: 1,
    squareWeight: 1,
  }),
  update(gradient, memory, settings, change) {
    const { learningRate: rate, beta1: b1, beta2: b2, epsilon: eps, threshold } = settings;
    const { mean, square } = memory;
    memory.steps += 1;
    memory.meanWeight *= b1;
    memory.squareWeight *= b2;
    const most = 2 / (1 - b2) - 1;
    const length = most - (2 * memory.steps * memory.squareWeight) / (1 - memory.squareWeight);
    const adapts = threshold === 'five' ? length >= 5 : length > 4;
    const rectified = adapts
      ? Math.sqrt(((length - 4) * (length - 2) * most) / ((most - 4) * (most - 2) * length))
      : 1;
    const step = (-rate * rectified) / (1 - memory.meanWeight);
    const scale = 1 / Math.sqrt(1 - memory.squareWeight);
    const added = threshold === 'five' ? eps * scale : eps;
    for (let i = 0; i < gradient.length; i++) {
      const g = gradient[i];
      const m = b1 * mean[i] + (1 - b1) * g;
      const v = b2 * square[i] + (1 - b2) * g * g;
      mean[i] = m;
      square[i] = v;
      const root = adapts ? Math.sqrt(v) * scale + added : 1;
      change[i] = root === 0 ? 0 : (step * m) / root;
    }
  },
});
