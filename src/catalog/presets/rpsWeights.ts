/** Multiplicative weights in a matrix game. */
import type { Preset } from '../kinds.ts';

export const rpsWeights: Preset = {
  name: 'rpsWeights',
  label: 'Rock, paper, scissors: multiplicative weights',
  summary:
    'The learning rule with the best guarantees on average; its last strategy still runs to the border.',
  source: 'Bailey & Piliouras 2018: multiplicative weights in zero-sum games',
  experiment: {
    game: {
      kind: 'rockPaperScissors',
      parameters: 'mirror',
    },
    generator: {
      kind: 'sgd',
      learningRate: 0.1,
    },
    discriminator: {
      kind: 'sgd',
      learningRate: 0.1,
    },
    averaging: 'uniform',
  },
};
