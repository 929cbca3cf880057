/** Lookahead over alternating Adam. */
import type { Preset } from '../kinds.ts';

export const lookahead: Preset = {
  name: 'lookahead',
  label: 'Lookahead–minmax',
  summary: 'Alternating Adam, and every few steps half of the way back: the rotation averages out.',
  source: 'Chavdarova et al. 2021 (arXiv:2006.14567), algorithm 1, on a ring',
  experiment: {
    game: {
      kind: 'gan',
    },
    scheme: 'alternating',
    generator: {
      kind: 'adam',
      learningRate: 0.001,
      beta1: 0.5,
      beta2: 0.999,
    },
    discriminator: {
      kind: 'adam',
      learningRate: 0.001,
      beta1: 0.5,
      beta2: 0.999,
    },
    lookahead: {
      kind: 'lookahead',
      steps: 5,
      fraction: 0.5,
    },
  },
};
