/** Grafting: the size of one rule, the direction of another. */
import type { Preset } from '../kinds.ts';

export const adaptiveSize: Preset = {
  name: 'adaptiveSize',
  label: 'Adam’s size, SGD’s direction',
  summary: 'Grafting: steps as long as Adam’s, along the plain gradient. Is it the size that helps?',
  source: 'the question of Agarwal et al. 2020 (arXiv:2002.11803) and Jelassi et al. 2022, on a ring',
  experiment: {
    game: {
      kind: 'gan',
      dataset: {
        kind: 'ring',
        radius: 1,
        spread: 0.05,
      },
      batchSize: 256,
      latentSize: 4,
      generatorNetwork: {
        hidden: [64, 64],
        activation: 'relu',
      },
      discriminatorNetwork: {
        hidden: [64, 64],
        activation: 'relu',
      },
    },
    scheme: 'alternating',
    generator: {
      kind: 'graft',
      magnitude: {
        kind: 'adam',
        learningRate: 0.001,
        beta1: 0.5,
        beta2: 0.999,
      },
      direction: {
        kind: 'sgd',
        learningRate: 0.1,
      },
    },
    discriminator: {
      kind: 'graft',
      magnitude: {
        kind: 'adam',
        learningRate: 0.001,
        beta1: 0.5,
        beta2: 0.999,
      },
      direction: {
        kind: 'sgd',
        learningRate: 0.1,
      },
    },
  },
};
