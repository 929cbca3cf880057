/** The stochastic bilinear game: a rotation that is only seen through noise. */
import type { Preset } from '../kinds.ts';

const game = { kind: 'stochasticBilinear', batchSize: 1 };

export const noisyBilinear: Preset = {
  name: 'noisyBilinear',
  label: 'Noisy rotation: extragradient',
  summary: 'On one of a hundred terms at a time, extragradient gets nowhere.',
  source: 'Chavdarova et al. 2021 (arXiv:2006.14567), section 5.1',
  experiment: {
    game,
    scheme: 'extragradient',
    generator: { kind: 'sgd', learningRate: 0.005 },
    discriminator: { kind: 'sgd', learningRate: 0.005 },
  },
};

export const noisyLookahead: Preset = {
  name: 'noisyLookahead',
  label: 'Noisy rotation: lookahead',
  summary: 'Plain descent that takes most of every 2450 steps back comes closer, noise and all.',
  source: 'Chavdarova et al. 2021 (arXiv:2006.14567), section 5.1',
  experiment: {
    game,
    scheme: 'simultaneous',
    generator: { kind: 'sgd', learningRate: 0.05 },
    discriminator: { kind: 'sgd', learningRate: 0.05 },
    lookahead: { kind: 'lookahead', steps: 2450, fraction: 0.3 },
  },
};
