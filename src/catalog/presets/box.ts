/** The constrained bilinear game of the extragradient study. */
import type { Preset } from '../kinds.ts';

export const box: Preset = {
  name: 'box',
  label: 'Bilinear in a box',
  summary:
    'A rotation whose second player may not leave [−1, 1]: averaging and extragradient find the middle.',
  source: 'Gidel et al. 2019 (arXiv:1802.10551), section 3.1 and its notebook',
  experiment: {
    game: {
      kind: 'bilinear',
      start: [2, 0.5],
    },
    scheme: 'extragradient',
    generator: {
      kind: 'sgd',
      learningRate: 0.1,
    },
    discriminator: {
      kind: 'sgd',
      learningRate: 0.1,
    },
    constraint: {
      kind: 'box',
      bound: 1,
      whose: 'discriminator',
    },
    averaging: 'uniform',
  },
};
