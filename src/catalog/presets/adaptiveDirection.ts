/** Grafting the other way round. */
import type { Preset } from '../kinds.ts';

export const adaptiveDirection: Preset = {
  name: 'adaptiveDirection',
  label: 'SGD’s size, Adam’s direction',
  summary: 'Grafting the other way: steps as long as plain ones, along Adam’s direction.',
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
        kind: 'sgd',
        learningRate: 0.1,
      },
      direction: {
        kind: 'adam',
        learningRate: 0.001,
        beta1: 0.5,
        beta2: 0.999,
      },
    },
    discriminator: {
      kind: 'graft',
      magnitude: {
        kind: 'sgd',
        learningRate: 0.1,
      },
      direction: {
        kind: 'adam',
        learningRate: 0.001,
        beta1: 0.5,
        beta2: 0.999,
      },
    },
  },
};
