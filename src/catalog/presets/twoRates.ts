/** The two time-scale rule on a GAN. */
import type { Preset } from '../kinds.ts';

export const twoRates: Preset = {
  name: 'twoRates',
  label: 'TTUR',
  summary: 'A discriminator four times as fast as the generator, instead of several steps a turn.',
  source: 'Heusel et al. 2017 (arXiv:1706.08500): the two time-scale update rule, on a ring',
  experiment: {
    game: {
      kind: 'gan',
    },
    generator: {
      kind: 'adam',
      learningRate: 0.0001,
      beta1: 0.5,
      beta2: 0.999,
    },
    discriminator: {
      kind: 'adam',
      learningRate: 0.0004,
      beta1: 0.5,
      beta2: 0.999,
    },
  },
};
