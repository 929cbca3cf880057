/** Adam: momentum over a running scale, both freed of the bias of their first steps. */
import { group, number, pick, toggle } from '../../settings/index.ts';
import { defineRule } from '../kinds.ts';
import { learningRate } from './learningRate.ts';

export const adam = defineRule({
  name: 'adam',
  label: 'Adam',
  summary: 'Momentum divided by the root of the recent mean square; all coordinates move at about the rate.',
  source: 'Kingma & Ba 2015 (arXiv:1412.6980), algorithm 1; ε-hat: end of its section 2',
  formula: 'm ← β₁m + (1−β₁)g;  v ← β₂v + (1−β₂)g²;  w ← w − η m̂ / (√v̂ + ε)',
  linear: false,
  settings: group({
    learningRate: learningRate(0.001),
    beta1: number({
      label: 'β₁',
      summary: 'The share of the old mean gradient that is kept. GANs often use 0.5 or 0; below 0 is legal.',
      default: 0.5,
      min: -0.99,
      max: 0.999,
    }),
    beta2: number({
      label: 'β₂',
      summary: 'The share of the old mean square that is kept.',
      default: 0.999,
      min: 0,
      max: 0.99999,
    }),
    epsilon: number({
      label: 'epsilon ε',
      summary: 'Large values turn Adam into momentum SGD with rate η / ε.',
      default: 1e-8,
      min: 0,
      max: 10,
      scale: 'log',
      zero: true,
    }),
    epsilonMode: pick({
      label: 'epsilon convention',
      summary: 'Where the bias correction of the scale is applied: before or after epsilon is added.',
      default: 'standard',
      options: {
        standard: 'the paper’s algorithm, PyTorch: √v̂ + ε',
        hat: 'TensorFlow 1, Keras: the rate carries the correction, √v + ε̂',
      },
    }),
    biasCorrectSquare: toggle({
      label: 'correct the scale’s bias',
      summary: 'Some published notebooks leave this correction out.',
      default: true,
    }),
  }),
  init: (size) => ({
    mean: new Float64Array(size),
    square: new Float64Array(size),
    // β₁^t and β₂^t as repeated products: exactly rounded, hence the same everywhere.
    meanWeight: 1,
    squareWeight: 1,
  }),
  update(gradient, memory, settings, change) {
    const { learningRate: rate, beta1, beta2, epsilon } = settings;
    const { mean, square } = memory;
    memory.meanWeight *= beta1;
    memory.squareWeight *= beta2;
    const meanBias = 1 - memory.meanWeight;
    const squareBias = settings.biasCorrectSquare ? 1 - memory.squareWeight : 1;
    // √(v/b) + ε, and √v/√b + ε̂/√b, both as √v·scale + added.
    const scale = 1 / Math.sqrt(squareBias);
    const added = settings.epsilonMode === 'hat' ? epsilon * scale : epsilon;
    const step = -rate / meanBias;
    for (let i = 0; i < gradient.length; i++) {
      const g = gradient[i];
      const m = beta1 * mean[i] + (1 - beta1) * g;
      const v = beta2 * square[i] + (1 - beta2) * g * g;
      mean[i] = m;
      square[i] = v;
      const root = Math.sqrt(v) * scale + added;
      change[i] = root === 0 ? 0 : (step * m) / root; // 0/0: no gradient yet, no move
    }
  },
});
