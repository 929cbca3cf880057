/** Generators that learn a variance, a covariance or a whole Gaussian from a critic of squares. */
import type { Preset } from '../kinds.ts';

export const variance: Preset = {
  name: 'variance',
  label: 'Learning a variance',
  summary: 'Extragradient finds the deviation that plain descent turns about and leaves.',
  source: 'Daskalakis et al. 2018 (arXiv:1711.00141), section 5, in one dimension',
  experiment: {
    game: 'variance',
    scheme: 'extragradient',
    generator: { kind: 'sgd', learningRate: 0.05 },
    discriminator: { kind: 'sgd', learningRate: 0.05 },
  },
};

export const covariance: Preset = {
  name: 'covariance',
  label: 'Learning a covariance',
  summary: 'Optimistic descent finds the covariance; without its memory the same rate keeps turning.',
  source: 'Daskalakis et al. 2018 (arXiv:1711.00141), section 5',
  experiment: {
    game: 'covariance',
    scheme: 'optimistic',
    generator: { kind: 'sgd', learningRate: 0.05 },
    discriminator: { kind: 'sgd', learningRate: 0.05 },
  },
};

export const gaussianGan: Preset = {
  name: 'gaussianGan',
  label: 'A GAN that converges',
  summary: 'A Gaussian against a quadratic discriminator: here even plain simultaneous descent settles.',
  source: 'Nagarajan & Kolter 2017 (arXiv:1706.04156), where the data have full support',
  experiment: {
    game: 'gaussianGan',
    scheme: 'simultaneous',
    generator: { kind: 'sgd', learningRate: 0.05 },
    discriminator: { kind: 'sgd', learningRate: 0.05 },
  },
};
