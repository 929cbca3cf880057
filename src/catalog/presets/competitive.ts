/** Competitive gradient descent on the two modes of its paper. */
import type { Preset } from '../kinds.ts';

export const competitive: Preset = {
  name: 'competitive',
  label: 'Competitive gradient descent',
  summary: 'Two Gaussians: each player steps to the Nash equilibrium of a local model of the game.',
  source:
    'Schäfer & Anandkumar 2019 (arXiv:1905.12103), section 4.2; a quarter of the width and latent size, half the batch',
  experiment: {
    game: {
      kind: 'gan',
      dataset: 'gaussians',
      loss: 'minimax',
      batchSize: 128,
      latentSize: 128,
      generatorNetwork: {
        hidden: [32, 32, 32, 32, 32],
        biases: false,
        activation: 'relu',
        initialiser: {
          kind: 'orthogonal',
          gain: 0.8,
        },
      },
      discriminatorNetwork: {
        hidden: [32, 32, 32, 32, 32],
        biases: false,
        activation: 'relu',
        initialiser: {
          kind: 'orthogonal',
          gain: 0.8,
        },
      },
    },
    scheme: 'competitive',
    generator: {
      kind: 'rmsprop',
      learningRate: 0.025,
      decay: 0.9,
      epsilon: 1e-10,
      epsilonInside: 'inside',
      initialSquare: 1,
    },
    discriminator: {
      kind: 'rmsprop',
      learningRate: 0.025,
      decay: 0.9,
      epsilon: 1e-10,
      epsilonInside: 'inside',
      initialSquare: 1,
    },
  },
};
