/** Gradient descent with momentum: Polyak's heavy ball, and Nesterov's look-ahead. Negative momentum is legal. */
import { group, number, toggle } from '../../settings/index.ts';
import { defineRule } from '../kinds.ts';
import { learningRate } from './learningRate.ts';

export const momentum = defineRule({
  name: 'momentum',
  label: 'SGD with momentum',
  summary:
    'Keeps part of its last step. In a game positive momentum speeds up the rotation; negative momentum brakes it.',
  source: 'Polyak 1964; Nesterov 1983; negative momentum: Gidel et al. 2019 (arXiv:1807.04740)',
  formula: 'u ← β u + g;  w ← w − η u   (Nesterov: w ← w − η (g + β u))',
  linear: true,
  settings: group({
    learningRate: learningRate(0.1),
    momentum: number({
      label: 'momentum β',
      summary: 'The share of the last step that is kept; below 0 it is reversed.',
      default: 0.9,
      min: -0.99,
      max: 0.999,
    }),
    nesterov: toggle({ label: 'Nesterov', summary: 'Look ahead along the momentum.', default: false }),
  }),
  // Polyak: g + beta u. Nesterov: g + beta (g + beta u).
  filter: ({ momentum: beta, nesterov }) => ({
    memory: beta,
    now: nesterov ? 1 + beta : 1,
    past: nesterov ? beta * beta : beta,
  }),
  init: (size) => ({ velocity: new Float64Array(size) }),
  update(gradient, { velocity }, { learningRate: rate, momentum: beta, nesterov }, change) {
    for (let i = 0; i < gradient.length; i++) {
      const moved = beta * velocity[i] + gradient[i];
      velocity[i] = moved;
      change[i] = -rate * (nesterov ? gradient[i] + beta * moved : moved);
    }
  },
});
