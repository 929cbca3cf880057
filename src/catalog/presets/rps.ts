/** Gradient descent in a matrix game. */
import type { Preset } from '../kinds.ts';

export const rps: Preset = {
  name: 'rps',
  label: 'Rock, paper, scissors: descent',
  summary: 'Two strategies chase each other outwards until they play almost one action at a time.',
  source: 'Balduzzi et al. 2018 (arXiv:1802.05642) on rotation; the game: von Neumann & Morgenstern 1944',
  experiment: {
    game: {
      kind: 'rockPaperScissors',
    },
    generator: {
      kind: 'sgd',
      learningRate: 0.3,
    },
    discriminator: {
      kind: 'sgd',
      learningRate: 0.3,
    },
  },
};
