/** The mixture on a line of the study of optimisation landscapes. */
import type { Preset } from '../kinds.ts';

export const landscape: Preset = {
  name: 'landscape',
  label: 'Landscape: two Gaussians on a line',
  summary: 'Data of one dimension: everything that the discriminator believes can be seen.',
  source: 'Berard et al. 2020 (arXiv:1906.04848), section 5.1 and its code',
  experiment: {
    game: {
      kind: 'gan',
      dataset: 'line',
      batchSize: 100,
      latentSize: 100,
      generatorNetwork: {
        hidden: [100],
        activation: 'relu',
      },
      discriminatorNetwork: {
        hidden: [100],
        activation: 'relu',
      },
    },
    generator: {
      kind: 'sgd',
      learningRate: 0.01,
    },
    discriminator: {
      kind: 'sgd',
      learningRate: 0.1,
    },
  },
};
