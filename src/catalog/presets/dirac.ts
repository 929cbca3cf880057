/** The smallest GAN that does not converge. */
import type { Preset } from '../kinds.ts';

export const dirac: Preset = {
  name: 'dirac',
  label: 'Dirac-GAN: the smallest GAN',
  summary: 'One real point, one generated point, and still it does not settle: every step leads further out.',
  source: 'Mescheder et al. 2018 (arXiv:1801.04406); rate and steps of its authors’ notebook',
  experiment: {
    game: { kind: 'dirac' },
    generator: { kind: 'sgd', learningRate: 0.2 },
    discriminator: { kind: 'sgd', learningRate: 0.2 },
  },
};
