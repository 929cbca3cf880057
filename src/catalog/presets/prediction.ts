/** The prediction method on the ring of its paper. */
import type { Preset } from '../kinds.ts';

export const prediction: Preset = {
  name: 'prediction',
  label: 'Prediction',
  summary: 'The discriminator answers to where the generator is about to be.',
  source: 'Yadav et al. 2018 (arXiv:1705.07364), section 5.2; networks and rates of its code',
  experiment: {
    game: {
      kind: 'gan',
      dataset: {
        kind: 'ring',
        radius: 1,
        spread: 0.01,
      },
      loss: 'minimax',
      batchSize: 512,
      latentSize: 2,
      generatorNetwork: {
        hidden: [128, 128],
        activation: 'tanh',
        initialiser: 'orthogonal',
        firstBias: 0.1,
      },
      discriminatorNetwork: {
        hidden: [128, 128],
        activation: 'tanh',
        initialiser: 'orthogonal',
        firstBias: 0.1,
      },
    },
    scheme: 'prediction',
    generator: {
      kind: 'adam',
      learningRate: 0.001,
      beta1: 0.9,
      beta2: 0.999,
    },
    discriminator: {
      kind: 'adam',
      learningRate: 0.001,
      beta1: 0.9,
      beta2: 0.999,
    },
  },
};
