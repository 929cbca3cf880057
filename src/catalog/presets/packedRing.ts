/** Packing on the data of VEEGAN and PacGAN. */
import type { Preset } from '../kinds.ts';

export const packedRing: Preset = {
  name: 'packedRing',
  label: 'PacGAN: ring',
  summary: 'The discriminator judges two samples at a time, so that it can see when they are too alike.',
  source:
    'Lin et al. 2018 (arXiv:1712.04086), section 4.1; data of VEEGAN (arXiv:1705.07761); narrower, no maxout',
  experiment: {
    game: {
      kind: 'gan',
      dataset: {
        kind: 'ring',
        radius: 1,
        spread: 0.01,
      },
      batchSize: 100,
      latentSize: 2,
      regularisation: {
        packing: 2,
      },
      generatorNetwork: {
        hidden: [128, 128],
        activation: 'relu',
        initialiser: {
          kind: 'normal',
          deviation: 0.02,
        },
        normalisation: 'batch',
      },
      discriminatorNetwork: {
        hidden: [128, 128],
        activation: 'leakyRelu',
      },
    },
    generator: {
      kind: 'adam',
      learningRate: 0.0001,
      beta1: 0.8,
      beta2: 0.999,
    },
    discriminator: {
      kind: 'adam',
      learningRate: 0.0001,
      beta1: 0.8,
      beta2: 0.999,
    },
  },
};
