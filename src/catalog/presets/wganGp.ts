/** The toys of the gradient penalty. */
import type { Preset } from '../kinds.ts';

const source = 'Gulrajani et al. 2017 (arXiv:1704.00028), figure 1b and its toy code; a quarter of the width';

const toy = (dataset: Readonly<Record<string, unknown>>) => ({
  game: {
    kind: 'gan',
    dataset,
    penalty: {
      kind: 'gradientPenalty',
      weight: 0.1,
    },
    loss: 'wasserstein',
    batchSize: 256,
    latentSize: 2,
    generatorNetwork: {
      hidden: [128, 128, 128],
      activation: 'relu',
      initialiser: 'he',
    },
    discriminatorNetwork: {
      hidden: [128, 128, 128],
      activation: 'relu',
      initialiser: 'he',
    },
  },
  scheme: {
    kind: 'alternating',
    discriminatorSteps: 5,
  },
  generator: {
    kind: 'adam',
    learningRate: 0.0001,
    beta1: 0.5,
    beta2: 0.9,
  },
  discriminator: {
    kind: 'adam',
    learningRate: 0.0001,
    beta1: 0.5,
    beta2: 0.9,
  },
});

export const wganGpRing: Preset = {
  name: 'wganGpRing',
  label: 'WGAN-GP: eight Gaussians',
  summary: 'A critic with slopes near one, five steps of it for each of the generator.',
  source,
  experiment: toy({
    kind: 'ring',
    radius: Math.SQRT2,
    spread: 0.02 / Math.SQRT2,
  }),
};

export const wganGpGrid: Preset = {
  name: 'wganGpGrid',
  label: 'WGAN-GP: 25 Gaussians',
  summary: 'A critic with slopes near one, five steps of it for each of the generator.',
  source,
  experiment: toy({
    kind: 'grid',
    distance: 1 / Math.SQRT2,
    spread: 0.05 / Math.SQRT2 / 2,
  }),
};

export const wganGpRoll: Preset = {
  name: 'wganGpRoll',
  label: 'WGAN-GP: Swiss roll',
  summary: 'A critic with slopes near one, five steps of it for each of the generator.',
  source,
  experiment: toy({
    kind: 'swissRoll',
  }),
};
