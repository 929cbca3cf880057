/** RMSProp: each coordinate divided by the root of its recent mean square. */
import { group, number, pick } from '../../settings/index.ts';
import { defineRule } from '../kinds.ts';
import { learningRate } from './learningRate.ts';

export const rmsprop = defineRule({
  name: 'rmsprop',
  label: 'RMSProp',
  summary: 'Divides each coordinate by the root of its recent mean square, so all move at about the rate.',
  source: 'Tieleman & Hinton 2012, lecture 6.5',
  formula: 'v ← ρ v + (1 − ρ) g²;  w ← w − η g / √(v + ε)   (or / (√v + ε))',
  linear: false,
  settings: group({
    learningRate: learningRate(0.001),
    decay: number({
      label: 'decay ρ',
      summary: 'The share of the old mean square that is kept.',
      default: 0.9,
      min: 0,
      max: 0.9999,
    }),
    epsilon: number({
      label: 'epsilon ε',
      summary: 'Keeps the division safe where gradients vanish.',
      default: 1e-8,
      min: 0,
      max: 10,
      scale: 'log',
      zero: true,
    }),
    epsilonInside: pick({
      label: 'epsilon is added',
      summary: 'TensorFlow adds it under the root, PyTorch to the root.',
      default: 'outside',
      options: { outside: 'to the root: √v + ε', inside: 'under the root: √(v + ε)' },
    }),
    initialSquare: number({
      label: 'first mean square',
      summary:
        'The mean square before the first step. TensorFlow 1 starts at 1, which damps the early steps.',
      default: 0,
      min: 0,
      max: 1,
      live: false,
    }),
  }),
  init: (size, { initialSquare }) => ({ square: new Float64Array(size).fill(initialSquare) }),
  update(gradient, { square }, { learningRate: rate, decay, epsilon, epsilonInside }, change) {
    const inside = epsilonInside === 'inside';
    for (let i = 0; i < gradient.length; i++) {
      const g = gradient[i];
      const v = decay * square[i] + (1 - decay) * g * g;
      square[i] = v;
      const root = inside ? Math.sqrt(v + epsilon) : Math.sqrt(v) + epsilon;
      change[i] = root === 0 ? 0 : (-rate * g) / root; // 0/0: no gradient yet, no move
    }
  },
});
