/** Symplectic gradient adjustment on the grid of its paper. */
import type { Preset } from '../kinds.ts';

export const symplectic: Preset = {
  name: 'symplectic',
  label: 'Symplectic gradient adjustment',
  summary: 'Sixteen Gaussians, the rotation of the field braked.',
  source: 'Balduzzi et al. 2018 (arXiv:1802.05642), section 4.2; a sixth of the width, half the batch',
  experiment: {
    game: {
      kind: 'gan',
      dataset: {
        kind: 'grid',
        side: 4,
        distance: 1,
        spread: 0.02,
      },
      batchSize: 128,
      latentSize: 64,
      generatorNetwork: {
        hidden: [64, 64, 64, 64, 64, 64],
        activation: 'relu',
      },
      discriminatorNetwork: {
        hidden: [64, 64, 64, 64, 64, 64],
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
    adjustment: {
      kind: 'sga',
      weight: 1,
    },
  },
};
