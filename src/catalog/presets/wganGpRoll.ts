/** The toy of the gradient penalty: Swiss roll. */
import type { Preset } from '../kinds.ts';

export const wganGpRoll: Preset = {
  name: 'wganGpRoll',
  label: 'WGAN-GP: Swiss roll',
  summary: 'A critic with slopes near one, five steps of it for each of the generator.',
  source: 'Gulrajani et al. 2017 (arXiv:1704.00028), figure 1b and its toy code; a quarter of the width',
  experiment: {
    game: {
      kind: 'gan',
      dataset: {
        kind: 'swissRoll',
      },
      penalty: {
        kind: 'gradientPenalty',
        weight: 0.1,
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
      kind: 'adam',
      learningRate: 0.0001,
      beta1: 0.5,
      beta2: 0.9,
    },
    discriminator: {
      kind: 'adam',
      learningRate: 0.0001,
      beta1: 0.5,
      beta2: 0.9,
    },
  },
};
