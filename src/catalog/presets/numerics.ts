/** The toy of The Numerics of GANs, without its cure and with it. */
import type { Preset } from '../kinds.ts';

const source =
  'Mescheder et al. 2017 (arXiv:1705.10461), section 6.1; sizes and rates of the authors’ notebook';

const toy = {
  game: {
    kind: 'gan',
    dataset: {
      kind: 'ring',
      radius: 1,
      spread: 0.01,
    },
    batchSize: 512,
    latentSize: 16,
    generatorNetwork: {
      hidden: [16, 16, 16, 16],
      activation: 'relu',
    },
    discriminatorNetwork: {
      hidden: [16, 16, 16, 16],
      activation: 'relu',
    },
  },
  generator: {
    kind: 'rmsprop',
    learningRate: 0.0001,
    decay: 0.9,
    epsilon: 1e-10,
    epsilonInside: 'inside',
    initialSquare: 1,
  },
  discriminator: {
    kind: 'rmsprop',
    learningRate: 0.0001,
    decay: 0.9,
    epsilon: 1e-10,
    epsilonInside: 'inside',
    initialSquare: 1,
  },
};

export const numerics: Preset = {
  name: 'numericsRing',
  label: 'Numerics: simultaneous',
  summary: 'The ring of the consensus paper under plain simultaneous RMSProp, which leaves modes out.',
  source,
  experiment: toy,
};

export const numericsConsensus: Preset = {
  name: 'numericsConsensus',
  label: 'Numerics: consensus',
  summary:
    'The same ring with both players also descending the length of the field: it comes to cover all eight modes.',
  source,
  experiment: { ...toy, adjustment: { kind: 'consensus', control: { kind: 'fixed', weight: 10 } } },
};
