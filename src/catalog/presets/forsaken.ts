/** Extragradient on the game whose equilibrium is forsaken. */
import type { Preset } from '../kinds.ts';

export const forsaken: Preset = {
  name: 'forsaken',
  label: 'Forsaken',
  summary: 'A stable equilibrium that most methods never reach from here: they end on a cycle around it.',
  source: 'Hsieh et al. 2021 (arXiv:2006.09065), section 5',
  experiment: {
    game: 'forsaken',
    scheme: 'extragradient',
    generator: {
      kind: 'sgd',
      learningRate: 0.05,
    },
    discriminator: {
      kind: 'sgd',
      learningRate: 0.05,
    },
  },
};
