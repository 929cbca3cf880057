/** The named races, in menu order: one game, the same random numbers, several optimizers. */
import type { Race } from '../kinds.ts';
import { digitsPlain, lookaheadGame } from '../presets/pictures.ts';

const sgd = (learningRate: number) => ({ kind: 'sgd', learningRate });
const both = (rule: object) => ({ generator: rule, discriminator: rule });
const alternating = { scheme: 'alternating' };
const extragradient = { scheme: 'extragradient' };
const optimistic = { scheme: 'optimistic' };

const turning: Race = {
  name: 'turningRace',
  label: 'Out, around, in',
  summary:
    'On a pure rotation simultaneous descent spirals out and alternating descent goes around; looking ahead and remembering lead in.',
  source: 'Gidel et al. 2019 (arXiv:1802.10551), section 3; Daskalakis et al. 2018 (arXiv:1711.00141)',
  experiment: { game: { kind: 'bilinear' }, ...both(sgd(0.2)) },
  lanes: [alternating, extragradient, optimistic],
};

const collapse: Race = {
  name: 'collapseRace',
  label: 'Collapse, and two remedies',
  summary:
    'Three times Adam with β₁ = 0.9. As it is, it leaps from mode to mode for thousands of steps; extragradient and consensus find all eight.',
  source: 'found here; the remedies: arXiv:1802.10551 and arXiv:1705.10461',
  experiment: both({ kind: 'adam', beta1: 0.9 }),
  lanes: [extragradient, { adjustment: 'consensus', 'adjustment.control.weight': 1 }],
};

const smallest: Race = {
  name: 'diracRace',
  label: 'The smallest GAN, four ways',
  summary:
    'One real point, one generated point. Plain descent leaves, taking turns circles, looking ahead and consensus arrive.',
  source: 'Mescheder et al. 2018 (arXiv:1801.04406), figure 3',
  experiment: { game: { kind: 'dirac' }, ...both(sgd(0.2)) },
  lanes: [alternating, extragradient, { adjustment: 'consensus', 'adjustment.control.weight': 1 }],
};

const weights: Race = {
  name: 'weightsRace',
  label: 'Rock, paper, scissors: run, average, optimism',
  summary:
    'Multiplicative weights run to the border while their average goes to the middle; counting the last payoff twice leads the run itself there.',
  source: 'Bailey & Piliouras 2018; Daskalakis & Panageas 2019 (arXiv:1807.04252)',
  experiment: { game: { kind: 'rockPaperScissors', parameters: 'mirror' }, ...both(sgd(0.3)) },
  lanes: [{ averaging: 'uniform' }, optimistic],
};

const noise: Race = {
  name: 'noiseRace',
  label: 'A rotation seen through noise',
  summary:
    'On one of a hundred terms at a time, extragradient gets nowhere; plain descent that keeps going back comes closer.',
  source: 'Chavdarova et al. 2021 (arXiv:2006.14567), section 5.1',
  experiment: {
    game: { kind: 'stochasticBilinear', batchSize: 1 },
    scheme: 'extragradient',
    ...both(sgd(0.005)),
  },
  lanes: [
    {
      scheme: 'simultaneous',
      'generator.learningRate': 0.05,
      'discriminator.learningRate': 0.05,
      lookahead: 'lookahead',
      'lookahead.steps': 2450,
      'lookahead.fraction': 0.3,
    },
  ],
};

const lengths: Race = {
  name: 'lengthsRace',
  label: 'Digits: the length of the steps',
  summary:
    'Adam, steps of one length along the gradient, and plain descent: the second comes nearer to Adam.',
  source: 'Jelassi et al. 2022 (arXiv:2210.04319), on digits of 8 × 8 with R1',
  experiment: digitsPlain.experiment,
  lanes: [
    {
      generator: 'normalized',
      discriminator: 'normalized',
      'generator.learningRate': 0.05,
      'discriminator.learningRate': 0.05,
    },
    {
      generator: 'sgd',
      discriminator: 'sgd',
      'generator.learningRate': 0.05,
      'discriminator.learningRate': 0.05,
    },
  ],
};

const goingBack: Race = {
  name: 'lookaheadRace',
  label: 'MNIST: going back, or averaging',
  summary:
    'Adam with long steps and no penalty: its pictures come nearer to real ones when it goes half of the way back every ten steps, or when a running average is judged.',
  source: 'Chavdarova et al. 2021 (arXiv:2006.14567), MNIST at half the size, with thrice the rate',
  experiment: {
    game: lookaheadGame,
    scheme: 'alternating',
    ...both({ kind: 'adam', learningRate: 0.003, beta1: 0.5 }),
  },
  lanes: [
    { lookahead: 'lookahead', 'lookahead.steps': 10, 'lookahead.fraction': 0.5 },
    { averaging: 'ema', 'averaging.decay': 0.99 },
  ],
};

export const races: readonly Race[] = [collapse, turning, smallest, weights, noise, lengths, goingBack];
