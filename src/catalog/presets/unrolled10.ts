/** The toy of unrolled GANs, 10 steps ahead. */
import type { Preset } from '../kinds.ts';

export const unrolled10: Preset = {
  name: 'unrolled10',
  label: 'Unrolled ring: K = 10',
  summary:
    'The generator looks ten Adam steps of the discriminator ahead, which in the paper spreads it over all modes.',
  source:
    'Metz et al. 2017 (arXiv:1611.02163), section 3.1; sizes and rates as Nagarajan & Kolter’s code gives them',
  experiment: {
    game: {
      kind: 'gan',
      dataset: {
        kind: 'ring',
        radius: 2,
        spread: 0.02,
      },
      loss: 'minimax',
      batchSize: 512,
      latentSize: 256,
      generatorNetwork: {
        hidden: [128, 128],
        activation: 'relu',
        initialiser: {
          kind: 'orthogonal',
          gain: 0.8,
        },
      },
      discriminatorNetwork: {
        hidden: [128],
        inputScale: 0.25,
        activation: 'relu',
        initialiser: {
          kind: 'orthogonal',
          gain: 0.8,
        },
      },
    },
    scheme: 'alternating',
    generator: {
      kind: 'adam',
      learningRate: 0.0001,
      beta1: 0.5,
      beta2: 0.999,
      epsilonMode: 'hat',
    },
    discriminator: {
      kind: 'adam',
      learningRate: 0.0001,
      beta1: 0.5,
      beta2: 0.999,
      epsilonMode: 'hat',
    },
    foresight: {
      kind: 'unrolled',
      steps: 10,
      rate: 0.0001,
      rule: {
        kind: 'adam',
        beta1: 0.5,
      },
    },
  },
};
