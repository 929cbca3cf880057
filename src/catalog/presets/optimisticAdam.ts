/** Optimistic Adam on a GAN. */
import type { Preset } from '../kinds.ts';

export const optimisticAdam: Preset = {
  name: 'optimisticAdam',
  label: 'Optimistic Adam',
  summary: 'Each Adam step counts twice, and the one before is taken back.',
  source: 'Daskalakis et al. 2018 (arXiv:1711.00141), algorithm 1',
  experiment: {
    game: {
      kind: 'gan',
    },
    generator: {
      kind: 'optimisticAdam',
      learningRate: 0.0005,
    },
    discriminator: {
      kind: 'optimisticAdam',
      learningRate: 0.0005,
    },
  },
};
