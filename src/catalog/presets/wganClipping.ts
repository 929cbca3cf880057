/** The first WGAN, whose critic is kept in a box. */
import type { Preset } from '../kinds.ts';

export const wganClipping: Preset = {
  name: 'wganClipping',
  label: 'WGAN: clipped weights',
  summary:
    'The same toy with the critic’s weights clipped instead, which in the paper makes its values too simple.',
  source: 'Gulrajani et al. 2017 (arXiv:1704.00028), figure 1b and its toy code; a quarter of the width',
  experiment: {
    game: {
      kind: 'gan',
      dataset: {
        kind: 'ring',
        radius: Math.SQRT2,
        spread: 0.02 / Math.SQRT2,
      },
      loss: 'wasserstein',
      batchSize: 256,
      latentSize: 2,
      generatorNetwork: {
        hidden: [128, 128, 128],
        activation: 'relu',
        initialiser: 'he',
      },
      discriminatorNetwork: {
        hidden: [128, 128, 128],
        activation: 'relu',
        initialiser: 'he',
      },
    },
    scheme: {
      kind: 'alternating',
      discriminatorSteps: 5,
    },
    generator: {
      kind: 'rmsprop',
      learningRate: 5e-5,
      decay: 0.9,
      epsilon: 1e-10,
      epsilonInside: 'inside',
      initialSquare: 1,
    },
    discriminator: {
      kind: 'rmsprop',
      learningRate: 5e-5,
      decay: 0.9,
      epsilon: 1e-10,
      epsilonInside: 'inside',
      initialSquare: 1,
    },
    constraint: {
      kind: 'box',
      bound: 0.01,
      whose: 'discriminator',
    },
  },
};
