/** The locally stable regulariser on the ring of the unrolling paper. */
import type { Preset } from '../kinds.ts';

export const locallyStable: Preset = {
  name: 'locallyStable',
  label: 'Locally stable GAN',
  summary: 'The ring of the unrolling paper, the generator also shrinking the discriminator’s gradient.',
  source:
    'Nagarajan & Kolter 2017 (arXiv:1706.04156), section 5, with η = 0.5; half the width and batch, a quarter of the latent size',
  experiment: {
    game: {
      kind: 'gan',
      dataset: {
        kind: 'ring',
        radius: 2,
        spread: 0.02,
      },
      loss: 'minimax',
      batchSize: 256,
      latentSize: 64,
      generatorNetwork: {
        hidden: [64, 64],
        activation: 'relu',
        initialiser: {
          kind: 'orthogonal',
          gain: 0.8,
        },
      },
      discriminatorNetwork: {
        hidden: [64],
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
    },
    discriminator: {
      kind: 'adam',
      learningRate: 0.0001,
      beta1: 0.5,
      beta2: 0.999,
    },
    adjustment: {
      kind: 'locallyStable',
      weight: 0.5,
    },
  },
};
