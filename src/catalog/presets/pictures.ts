/** GANs on small pictures: the default that fills with digits, its collapse, and the remedies. */
import type { Preset } from '../kinds.ts';

const adam = (learningRate: number, beta1 = 0.5, beta2 = 0.999) => ({
  kind: 'adam',
  learningRate,
  beta1,
  beta2,
});
const dense = (more: object = {}) => ({
  kind: 'dense',
  hidden: [128, 128],
  activation: 'leakyRelu',
  ...more,
});
/** DCGAN's layers, with a quarter of the channels or less. */
const convolutional = (channels: number, more: object = {}) => ({ kind: 'convolutional', channels, ...more });
/** R1 with its usual weight. */
const r1 = { kind: 'zeroCentred', weight: 10 };
const digits = {
  kind: 'images',
  dataset: 'digits8',
  generatorNetwork: dense(),
  discriminatorNetwork: dense(),
};
const both = (rule: object) => ({ generator: rule, discriminator: rule });

export const digitsPlain: Preset = {
  name: 'digits',
  label: 'Digits',
  summary:
    'A small GAN that draws all ten digits within 2,000 steps, some seconds: Adam, and a penalty on the slope (R1).',
  source: 'found here; the penalty: Mescheder et al. 2018 (arXiv:1801.04406)',
  experiment: { game: { ...digits, penalty: r1 }, ...both(adam(0.001)) },
};

export const digitsCollapse: Preset = {
  name: 'digitsCollapse',
  label: 'Digits that collapse',
  summary: 'No penalty, twice the rate and heavy momentum: every picture becomes the same.',
  source: 'found here',
  experiment: {
    game: {
      ...digits,
      penalty: 'none',
      generatorNetwork: dense({ activation: 'relu' }),
      discriminatorNetwork: dense({ activation: 'relu' }),
    },
    ...both(adam(0.002, 0.9)),
  },
};

export const digitsConvolutional: Preset = {
  name: 'digitsConvolutional',
  label: 'Digits, convolutional',
  summary: 'DCGAN’s layers at 8 × 8: the generator grows its pictures from 2 × 2.',
  source: 'Radford et al. 2016 (arXiv:1511.06434), with a quarter of the channels and R1',
  heavy: true,
  experiment: {
    game: {
      ...digits,
      penalty: r1,
      generatorNetwork: convolutional(16),
      discriminatorNetwork: convolutional(16, { normalisation: 'none' }),
    },
    ...both(adam(0.001)),
  },
};

export const digitsWganGp: Preset = {
  name: 'digitsWganGp',
  label: 'Digits: WGAN-GP',
  summary: 'A critic with slopes near one, five steps of it for each of the generator.',
  source: 'Gulrajani et al. 2017 (arXiv:1704.00028), algorithm 1',
  experiment: {
    game: { ...digits, loss: 'wasserstein', penalty: { kind: 'gradientPenalty', weight: 10 } },
    scheme: { kind: 'alternating', discriminatorSteps: 5 },
    ...both(adam(0.0005, 0.5, 0.9)),
  },
};

export const digitsSpectral: Preset = {
  name: 'digitsSpectral',
  label: 'Digits: spectral norm',
  summary: 'No layer of the discriminator stretches; hinge loss, and its rate four times the generator’s.',
  source: 'Miyato et al. 2018 (arXiv:1802.05957); the rates: Heusel et al. 2017 (arXiv:1706.08500)',
  experiment: {
    game: { ...digits, penalty: 'none', loss: 'hinge', discriminatorNetwork: dense({ spectral: true }) },
    generator: adam(0.0005, 0, 0.9),
    discriminator: adam(0.002, 0, 0.9),
  },
};

export const digitsNormalised: Preset = {
  name: 'digitsNormalised',
  label: 'Digits: normalised steps',
  summary: 'Steps of one length whatever the gradient’s is; race it against Adam and plain descent.',
  source: 'the rule: Jelassi et al. 2022 (arXiv:2210.04319)',
  experiment: {
    game: { ...digits, penalty: r1 },
    ...both({ kind: 'normalized', learningRate: 0.05 }),
  },
};

export const digitsUnrolled: Preset = {
  name: 'digitsUnrolled',
  label: 'Digits, unrolled',
  summary:
    'Against a discriminator of sixteen units the generator settles on few classes; looking five of its steps ahead, it draws more of them.',
  source: 'Metz et al. 2017 (arXiv:1611.02163), whose discriminators are small as well; found here',
  experiment: {
    game: { ...digits, penalty: 'none', discriminatorNetwork: dense({ hidden: [16] }) },
    foresight: { kind: 'unrolled', steps: 5, rate: 0.001, rule: { kind: 'adam', beta1: 0.5 } },
    ...both(adam(0.001)),
  },
};

/** LA-GAN's MNIST, at half the size with an eighth of the channels. */
export const lookaheadGame = {
  kind: 'images',
  dataset: 'mnist14',
  penalty: 'none',
  batchSize: 50,
  latentSize: 64,
  generatorNetwork: convolutional(16),
  discriminatorNetwork: convolutional(16),
};

export const mnistLookahead: Preset = {
  name: 'mnistLookahead',
  label: 'MNIST: lookahead',
  summary: 'A convolutional GAN without any penalty; every hundred steps, half of the way back.',
  source:
    'Chavdarova et al. 2021 (arXiv:2006.14567), MNIST, at half the size with an eighth of the channels and a tenth of the steps between',
  heavy: true,
  experiment: {
    game: lookaheadGame,
    scheme: 'alternating',
    lookahead: { kind: 'lookahead', steps: 100, fraction: 0.5 },
    ...both(adam(0.001, 0.05)),
  },
};

export const mnistConvolutional: Preset = {
  name: 'mnistConvolutional',
  label: 'MNIST, 28 × 28',
  summary: 'DCGAN at the size of MNIST itself: a tenth of a second a step, or a graphics card.',
  source: 'Radford et al. 2016 (arXiv:1511.06434), with a quarter of the channels and R1',
  heavy: true,
  experiment: {
    game: {
      kind: 'images',
      dataset: 'mnist28',
      latentSize: 64,
      penalty: r1,
      generatorNetwork: convolutional(32),
      discriminatorNetwork: convolutional(32, { normalisation: 'none' }),
    },
    ...both(adam(0.0005)),
  },
};

export const clothes: Preset = {
  name: 'clothes',
  label: 'Clothes',
  summary: 'Ten kinds of clothes at 14 × 14, by the default of the digits.',
  source: 'found here; the data: Xiao et al. 2017 (arXiv:1708.07747)',
  experiment: { game: { ...digits, dataset: 'fashion14', penalty: r1 }, ...both(adam(0.001)) },
};

export const stackedDigits: Preset = {
  name: 'stackedDigits',
  label: 'Stacked digits',
  summary:
    'Three digits as the colours of one picture: a thousand modes, of which one can count how many are found.',
  source: 'Metz et al. 2017 (arXiv:1611.02163), section 3.3, with digits of 8 × 8',
  experiment: { game: { ...digits, dataset: 'stacked', penalty: r1 }, ...both(adam(0.001)) },
};
