/** Each player by a rule of its own. */
import type { Preset } from '../kinds.ts';

export const mixedRules: Preset = {
  name: 'mixedRules',
  label: 'Adam against SGD',
  summary: 'An Adam generator and a plain discriminator, a practitioner’s recipe.',
  source: 'GANHacks (Chintala et al. 2016), item 9',
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
      kind: 'adam',
      learningRate: 0.001,
      beta1: 0.5,
      beta2: 0.999,
    },
    discriminator: {
      kind: 'sgd',
      learningRate: 0.1,
    },
  },
};
