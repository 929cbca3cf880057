/** The cure of the smallest GAN that does not converge. */
import type { Preset } from '../kinds.ts';

export const diracR1: Preset = {
  name: 'diracR1',
  label: 'Dirac-GAN with R1',
  summary: 'The slope of the discriminator is penalised at the data, and the smallest GAN converges.',
  source: 'Mescheder et al. 2018 (arXiv:1801.04406), section 4.1; rate and weight of its authors’ notebook',
  experiment: {
    game: {
      kind: 'dirac',
      penalty: {
        kind: 'zeroCentred',
        weight: 0.3,
      },
    },
    generator: {
      kind: 'sgd',
      learningRate: 0.2,
    },
    discriminator: {
      kind: 'sgd',
      learningRate: 0.2,
    },
  },
};
