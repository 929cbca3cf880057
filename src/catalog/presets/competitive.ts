/** Competitive gradient descent on the two modes of its paper. */
import type { Preset } from '../kinds.ts';

const source = 'Schäfer & Anandkumar 2019 (arXiv:1905.12103), section 4.2';

function twoModes(width: number, batchSize: number, latentSize: number) {
  const network = {
    hidden: [width, width, width, width, width],
    biases: false,
    activation: 'relu',
    initialiser: { kind: 'orthogonal', gain: 0.8 },
  };
  const rmsprop = {
    kind: 'rmsprop',
    learningRate: 0.025,
    decay: 0.9,
    epsilon: 1e-10,
    epsilonInside: 'inside',
    initialSquare: 1,
  };
  return {
    game: {
      kind: 'gan',
      dataset: 'gaussians',
      loss: 'minimax',
      batchSize,
      latentSize,
      generatorNetwork: network,
      discriminatorNetwork: network,
    },
    scheme: 'competitive',
    generator: rmsprop,
    discriminator: rmsprop,
  };
}

export const competitive: Preset = {
  name: 'competitive',
  label: 'Competitive gradient descent',
  summary: 'Two Gaussians: each player steps to the Nash equilibrium of a local model of the game.',
  source: `${source}; a quarter of the width and latent size, half the batch`,
  experiment: twoModes(32, 128, 128),
};

export const competitiveFull: Preset = {
  name: 'competitiveFull',
  label: 'Competitive gradient descent, full size',
  summary: 'The same with the sizes of the paper.',
  source,
  heavy: true,
  experiment: twoModes(128, 256, 512),
};
