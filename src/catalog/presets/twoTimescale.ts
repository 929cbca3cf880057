/** The toy of the two time-scale rule. */
import type { Preset } from '../kinds.ts';

export const twoTimescale: Preset = {
  name: 'twoTimescale',
  label: 'Two time scales',
  summary: 'A steep and a shallow direction under noise: equal rates keep the steep one from settling.',
  source: 'Heusel et al. 2017 (arXiv:1706.08500), appendix A3; start and rates of its code',
  experiment: {
    game: 'twoTimescale',
    generator: {
      kind: 'sgd',
      learningRate: 0.01,
    },
    discriminator: {
      kind: 'sgd',
      learningRate: 0.01,
    },
  },
};
