/** The toy of The Numerics of GANs without its cure. */
import type { Preset } from '../kinds.ts';

export const numerics: Preset = {
  name: 'numerics',
  label: 'Numerics: simultaneous',
  summary: 'The ring of the consensus paper under plain simultaneous RMSProp, which leaves modes out.',
  source: 'Mescheder et al. 2017 (arXiv:1705.10461), section 6.1; sizes and rates of the authors’ notebook',
  experiment: {
    game: {
      kind: 'gan',
      dataset: {
        kind: 'ring',
        radius: 1,
        spread: 0.01,
      },
      batchSize: 512,
      latentSize: 16,
      generatorNetwork: {
        hidden: [16, 16, 16, 16],
        activation: 'relu',
      },
      discriminatorNetwork: {
        hidden: [16, 16, 16, 16],
        activation: 'relu',
      },
    },
    generator: {
      kind: 'rmsprop',
      learningRate: 0.0001,
      decay: 0.9,
      epsilon: 1e-10,
      epsilonInside: 'inside',
      initialSquare: 1,
    },
    discriminator: {
      kind: 'rmsprop',
      learningRate: 0.0001,
      decay: 0.9,
      epsilon: 1e-10,
      epsilonInside: 'inside',
      initialSquare: 1,
    },
  },
};
