/** Gradient descent: the gradient times the rate. */
import { group } from '../../settings/index.ts';
import { defineRule } from '../kinds.ts';
import { learningRate } from './learningRate.ts';

export const sgd = defineRule({
  name: 'sgd',
  label: 'SGD',
  summary: 'Moves against the gradient, with a step proportional to its length.',
  source: 'Robbins & Monro 1951',
  formula: 'w ← w − η g',
  linear: true,
  filter: () => ({ memory: 0, now: 1, past: 0 }),
  settings: group({ learningRate: learningRate(0.1) }),
  init: () => ({}),
  update(gradient, _memory, { learningRate: rate }, change) {
    for (let i = 0; i < gradient.length; i++) change[i] = -rate * gradient[i];
  },
});
