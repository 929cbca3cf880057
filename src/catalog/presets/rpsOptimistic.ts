/** Optimistic multiplicative weights in a matrix game. */
import type { Preset } from '../kinds.ts';

export const rpsOptimistic: Preset = {
  name: 'rpsOptimistic',
  label: 'Rock, paper, scissors: optimistic weights',
  summary: 'Counting the last payoff twice and the one before off brings the strategies to the middle.',
  source: 'Daskalakis & Panageas 2019 (arXiv:1807.04252)',
  experiment: {
    game: {
      kind: 'rockPaperScissors',
      parameters: 'mirror',
    },
    scheme: 'optimistic',
    generator: {
      kind: 'sgd',
      learningRate: 0.1,
    },
    discriminator: {
      kind: 'sgd',
      learningRate: 0.1,
    },
  },
};
