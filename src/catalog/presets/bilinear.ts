/** The purest rotation, under the plainest method: it spirals out. */
import type { Preset } from '../kinds.ts';

export const bilinear: Preset = {
  name: 'bilinear',
  label: 'Bilinear: spiralling out',
  summary: 'The plainest method on the purest rotation. Every step leads a little further out.',
  source: 'Gidel et al. 2019 (arXiv:1802.10551), section 3',
  experiment: {
    game: { kind: 'bilinear' },
    generator: { kind: 'sgd', learningRate: 0.1 },
    discriminator: { kind: 'sgd', learningRate: 0.1 },
  },
};
