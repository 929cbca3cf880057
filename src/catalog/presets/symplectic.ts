/** Symplectic gradient adjustment on the grid of its paper. */
import type { Preset } from '../kinds.ts';

const source = 'Balduzzi et al. 2018 (arXiv:1802.05642), section 4.2';

function grid(width: number, batchSize: number) {
  const network = { hidden: [width, width, width, width, width, width], activation: 'relu' };
  const rmsprop = {
    kind: 'rmsprop',
    learningRate: 0.0001,
    decay: 0.9,
    epsilon: 1e-10,
    epsilonInside: 'inside',
    initialSquare: 1,
  };
  return {
    game: {
      kind: 'gan',
      dataset: { kind: 'grid', side: 4, distance: 1, spread: 0.02 },
      batchSize,
      latentSize: 64,
      generatorNetwork: network,
      discriminatorNetwork: network,
    },
    generator: rmsprop,
    discriminator: rmsprop,
    adjustment: { kind: 'sga', weight: 1 },
  };
}

export const symplectic: Preset = {
  name: 'symplectic',
  label: 'Symplectic gradient adjustment',
  summary: 'Sixteen Gaussians, the rotation of the field braked.',
  source: `${source}; a sixth of the width, half the batch`,
  experiment: grid(64, 128),
};

export const symplecticFull: Preset = {
  name: 'symplecticFull',
  label: 'Symplectic gradient adjustment, full size',
  summary: 'The same with the sizes of the paper.',
  source,
  heavy: true,
  experiment: grid(384, 256),
};
