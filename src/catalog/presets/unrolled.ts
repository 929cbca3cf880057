/** The toy of unrolled GANs, and how far its generator looks ahead. */
import type { Preset } from '../kinds.ts';

const source =
  'Metz et al. 2017 (arXiv:1611.02163), section 3.1; sizes and rates as Nagarajan & Kolter’s code gives them';

/** The ring, the networks and both players' Adam, as the paper has them. */
const ring = {
  game: {
    kind: 'gan',
    dataset: {
      kind: 'ring',
      radius: 2,
      spread: 0.02,
    },
    loss: 'minimax',
    batchSize: 512,
    latentSize: 256,
    generatorNetwork: {
      hidden: [128, 128],
      activation: 'relu',
      initialiser: {
        kind: 'orthogonal',
        gain: 0.8,
      },
    },
    discriminatorNetwork: {
      hidden: [128],
      inputScale: 0.25,
      activation: 'relu',
      initialiser: {
        kind: 'orthogonal',
        gain: 0.8,
      },
    },
  },
  scheme: 'alternating',
  generator: {
    kind: 'adam',
    learningRate: 0.0001,
    beta1: 0.5,
    beta2: 0.999,
    epsilonMode: 'hat',
  },
  discriminator: {
    kind: 'adam',
    learningRate: 0.0001,
    beta1: 0.5,
    beta2: 0.999,
    epsilonMode: 'hat',
  },
};

/** K Adam steps of the discriminator, foreseen and differentiated through. */
const ahead = (steps: number) => ({
  kind: 'unrolled',
  steps,
  rate: 0.0001,
  rule: { kind: 'adam', beta1: 0.5 },
});

export const unrolled0: Preset = {
  name: 'unrolled0',
  label: 'Unrolled ring: K = 0',
  summary: 'The ring of the unrolling paper without unrolling, which there leads from mode to mode.',
  source,
  experiment: ring,
};

export const unrolled5: Preset = {
  name: 'unrolled5',
  label: 'Unrolled ring: K = 5',
  summary: 'The generator looks five Adam steps of the discriminator ahead, and learns through them.',
  source,
  experiment: { ...ring, foresight: ahead(5) },
};

export const unrolled10: Preset = {
  name: 'unrolled10',
  label: 'Unrolled ring: K = 10',
  summary:
    'The generator looks ten Adam steps of the discriminator ahead, which in the paper spreads it over all modes.',
  source,
  experiment: { ...ring, foresight: ahead(10) },
};
