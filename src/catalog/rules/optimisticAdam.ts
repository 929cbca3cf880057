/** The published forms of Adam with optimism, which are not one method. */
import { group, number, pick, toggle } from '../../settings/index.ts';
import { defineRule } from '../kinds.ts';
import { beta1, beta2, epsilon } from './betas.ts';
import { learningRate } from './learningRate.ts';

export const optimisticAdam = defineRule({
  name: 'optimisticAdam',
  label: 'Optimistic Adam',
  summary:
    'Adam’s direction, twice, minus the one before. Three published codes differ in which one that is.',
  source:
    'Daskalakis et al. 2018 (arXiv:1711.00141), algorithm 1; lag 2: its released code; own strength of optimism: Mokhtari et al. 2020 (arXiv:1901.08511), as in optax',
  formula: 'r = m̂ / (√v̂ + ε);  w ← w − η r − o (r − r₋)',
  linear: false,
  settings: group({
    learningRate: learningRate(0.001),
    beta1: beta1(0.5),
    beta2,
    epsilon,
    variant: pick({
      label: 'variant',
      summary: 'Which earlier direction is subtracted.',
      default: 'lag1',
      options: {
        lag1: 'the last one; nothing before the first step (algorithm 1)',
        lag2: 'from the moments two steps back, with the present bias correction (the authors’ released code)',
        optax: 'the last one; the first step is plain (optax)',
      },
    }),
    optimism: number({
      label: 'optimism o / η',
      summary: 'The weight of the correction, in units of the rate.',
      default: 1,
      min: 0,
      max: 100,
      scale: 'log',
      zero: true,
    }),
    nesterov: toggle({
      label: 'Nadam numerator',
      summary: 'Looks ahead along the mean gradient, as optax does unless told otherwise.',
      default: false,
    }),
  }),
  init: (size) => ({
    mean: new Float64Array(size),
    square: new Float64Array(size),
    last: new Float64Array(size),
    // For lag 2: the moments before the last step, and those one step earlier.
    mean1: new Float64Array(size),
    square1: new Float64Array(size),
    meanWeight: 1,
    squareWeight: 1,
    steps: 0,
  }),
  update(gradient, memory, settings, change) {
    const { learningRate: rate, beta1: b1, beta2: b2, epsilon: eps, variant, nesterov } = settings;
    const { mean, square, last, mean1, square1 } = memory;
    const isFirst = memory.steps === 0;
    memory.steps = 1;
    memory.meanWeight *= b1;
    memory.squareWeight *= b2;
    const meanBias = 1 - memory.meanWeight;
    const meanBiasNext = 1 - memory.meanWeight * b1;
    const scale = 1 / Math.sqrt(1 - memory.squareWeight);
    const optimism = rate * settings.optimism;
    const direction = (m: number, v: number) => {
      const root = Math.sqrt(v) * scale + eps;
      return root === 0 ? 0 : m / root;
    };
    for (let i = 0; i < gradient.length; i++) {
      const g = gradient[i];
      const oldMean = mean[i];
      const oldSquare = square[i];
      const m = b1 * oldMean + (1 - b1) * g;
      const v = b2 * oldSquare + (1 - b2) * g * g;
      mean[i] = m;
      square[i] = v;
      const numerator = nesterov ? (b1 * m) / meanBiasNext + ((1 - b1) * g) / meanBias : m / meanBias;
      const now = direction(numerator, v);
      let before: number;
      if (variant === 'lag2') {
        before = direction(mean1[i] / meanBias, square1[i]);
        mean1[i] = oldMean;
        square1[i] = oldSquare;
      } else before = isFirst && variant === 'optax' ? now : last[i];
      last[i] = now;
      change[i] = -rate * now - optimism * (now - before);
    }
  },
});
