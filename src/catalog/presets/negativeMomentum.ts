/** Negative momentum on a ring. */
import type { Preset } from '../kinds.ts';

export const negativeMomentum: Preset = {
  name: 'negativeMomentum',
  label: 'Negative momentum',
  summary: 'Alternating steps whose momentum points backwards, which damps rotation.',
  source: 'Gidel et al. 2019 (arXiv:1807.04740), section 5 and its code',
  experiment: {
    game: {
      kind: 'gan',
      dataset: {
        kind: 'ring',
        radius: Math.SQRT2,
        spread: 0.05 / Math.SQRT2,
      },
      loss: 'minimax',
      batchSize: 128,
      latentSize: 8,
      generatorNetwork: {
        hidden: [256, 256, 256],
        activation: 'relu',
        initialiser: { kind: 'normal', deviation: 0.02 },
      },
      discriminatorNetwork: {
        hidden: [256, 256, 256],
        activation: 'relu',
        initialiser: { kind: 'normal', deviation: 0.02 },
      },
    },
    scheme: 'alternating',
    generator: {
      kind: 'momentum',
      learningRate: 0.01,
      momentum: -0.5,
    },
    discriminator: {
      kind: 'momentum',
      learningRate: 0.01,
      momentum: -0.5,
    },
  },
};
