/** Extragradient with Adam. */
import type { Preset } from '../kinds.ts';

export const extraAdam: Preset = {
  name: 'extraAdam',
  label: 'ExtraAdam',
  summary: 'Adam at a point ahead: extrapolate, read there, step from where one was.',
  source: 'Gidel et al. 2019 (arXiv:1802.10551), algorithm 4',
  experiment: {
    game: {
      kind: 'gan',
      loss: 'wasserstein',
      penalty: 'gradientPenalty',
    },
    scheme: 'extragradient',
    generator: {
      kind: 'adam',
      learningRate: 0.0005,
      beta1: 0.5,
      beta2: 0.9,
    },
    discriminator: {
      kind: 'adam',
      learningRate: 0.0005,
      beta1: 0.5,
      beta2: 0.9,
    },
  },
};
