/** The methods made against rotation: they look ahead, look back, or bend the field. */
import type { Method } from '../kinds.ts';
import { adam, alternating, both, rmsprop, sgd } from './both.ts';

/** The discriminator that an unrolling generator foresees: by its own rule. */
const unrolled = (steps: number) => ({
  kind: 'unrolled',
  steps,
  rate: 1e-4,
  rule: { kind: 'adam', beta1: 0.5, beta2: 0.999 },
});

export const rotation: readonly Method[] = [
  {
    name: 'extraGradient',
    label: 'ExtraGradient',
    summary: 'A trial step, and then the real one with the field found there.',
    source: 'Korpelevich 1976; Gidel et al. 2019 (arXiv:1802.10551), equations 9 and 10',
    optimizer: { scheme: 'extragradient', ...both(sgd(0.1)) },
  },
  {
    name: 'extraAdam',
    label: 'ExtraAdam',
    summary: 'Extragradient by Adam, one set of moments for both of its steps.',
    source: 'Gidel et al. 2019 (arXiv:1802.10551), algorithm 4 and the rates of its code',
    optimizer: {
      scheme: { kind: 'extragradient', moments: 'shared' },
      generator: adam(5e-5, 0.5, 0.9),
      discriminator: adam(5e-4, 0.5, 0.9),
    },
  },
  {
    name: 'extraAdamSeparate',
    label: 'ExtraAdam, separate moments',
    summary: 'Extragradient by Adam, the trial step with moments of its own.',
    source: 'code of Chavdarova et al. 2021 (arXiv:2006.14567)',
    optimizer: {
      scheme: { kind: 'extragradient', moments: 'separate' },
      generator: adam(5e-5, 0.5, 0.9),
      discriminator: adam(5e-4, 0.5, 0.9),
    },
  },
  {
    name: 'pastExtraAdam',
    label: 'Past-ExtraAdam',
    summary: 'Extrapolation from the past by Adam: one reading of the field a step.',
    source: 'Gidel et al. 2019 (arXiv:1802.10551), section 3.2 and the rates of its code',
    optimizer: {
      scheme: 'pastExtragradient',
      generator: adam(5e-5, 0.5, 0.9),
      discriminator: adam(5e-4, 0.5, 0.9),
    },
  },
  {
    name: 'omd',
    label: 'OMD, OGDA',
    summary: 'Twice this step minus the last: converges on rotations for one reading a step.',
    source: 'Popov 1980; Daskalakis et al. 2018 (arXiv:1711.00141), equation 5',
    optimizer: { scheme: 'optimistic', ...both(sgd(0.1)) },
  },
  {
    name: 'omwu',
    label: 'OMWU',
    summary:
      'Optimistic multiplicative weights, on a matrix game with game.parameters=mirror: the run itself converges.',
    source: 'Rakhlin & Sridharan 2013; Daskalakis & Panageas 2019 (arXiv:1807.04252)',
    optimizer: { scheme: 'optimistic', ...both(sgd(0.1)) },
  },
  {
    name: 'optimisticAdam',
    label: 'Optimistic Adam',
    summary: 'Adam’s direction, twice, minus the last one.',
    source: 'Daskalakis et al. 2018 (arXiv:1711.00141), algorithm 1, with its rate for images',
    optimizer: {
      scheme: 'simultaneous',
      ...both({ kind: 'optimisticAdam', learningRate: 1e-4, beta1: 0.5, beta2: 0.9 }),
    },
  },
  {
    name: 'prediction',
    label: 'Prediction',
    summary: 'The discriminator answers to where the generator will be if it goes on.',
    source: 'Yadav et al. 2018 (arXiv:1705.07364), equation 6, with the Adam of its toy',
    optimizer: { scheme: 'prediction', ...both(adam(0.001, 0.9)) },
  },
  {
    name: 'conOpt',
    label: 'ConOpt',
    summary: 'Both players also shorten the joint gradient, ten times as eagerly.',
    source: 'Mescheder et al. 2017 (arXiv:1705.10461), algorithm 2, γ and rule of its toy',
    optimizer: {
      scheme: 'simultaneous',
      ...both(rmsprop(1e-4)),
      adjustment: { kind: 'consensus', control: { kind: 'fixed', weight: 10 } },
    },
  },
  {
    name: 'sga',
    label: 'SGA',
    summary: 'The field turned by its own rotational part, the sign aligned.',
    source: 'Balduzzi et al. 2018 (arXiv:1802.05642), algorithm 1, rule of its toy',
    optimizer: {
      scheme: 'simultaneous',
      ...both(rmsprop(1e-4)),
      adjustment: { kind: 'sga', weight: 1, align: true },
    },
  },
  {
    name: 'locallyStable',
    label: 'Locally stable',
    summary: 'The generator also shortens the discriminator’s gradient.',
    source: 'Nagarajan & Kolter 2017 (arXiv:1706.04156), equation 5, η and rule of its toy',
    optimizer: {
      scheme: alternating(),
      ...both(adam(1e-4)),
      adjustment: { kind: 'locallyStable', weight: 0.5 },
    },
  },
  {
    name: 'cgd',
    label: 'CGD',
    summary: 'Both players step to the Nash point of the local bilinear game.',
    source: 'Schäfer & Anandkumar 2019 (arXiv:1905.12103), algorithm 1, rate of its first figures',
    optimizer: { scheme: { kind: 'competitive', linear: false }, ...both(sgd(0.2)) },
  },
  {
    name: 'lcgd',
    label: 'LCGD',
    summary: 'Competitive descent to first order: each corrects for the other’s next step.',
    source: 'Schäfer & Anandkumar 2019 (arXiv:1905.12103), section 2',
    optimizer: { scheme: { kind: 'competitive', linear: true }, ...both(sgd(0.2)) },
  },
  {
    name: 'proximal',
    label: 'Proximal point',
    summary: 'The step whose end has the field that leads there: what the others approximate.',
    source: 'Martinet 1970; Rockafellar 1976; for games: Mokhtari et al. 2020 (arXiv:1901.08511)',
    optimizer: { scheme: 'proximal', ...both(sgd(0.1)) },
  },
  {
    name: 'unrolled5',
    label: 'Unrolled, K = 5',
    summary: 'The generator looks five Adam steps of the discriminator ahead, and learns through them.',
    source: 'Metz et al. 2017 (arXiv:1611.02163), section 3.1',
    optimizer: {
      scheme: alternating(),
      ...both({ ...adam(1e-4), epsilonMode: 'hat' }),
      foresight: unrolled(5),
    },
  },
  {
    name: 'unrolled10',
    label: 'Unrolled, K = 10',
    summary: 'The generator looks ten Adam steps of the discriminator ahead, and learns through them.',
    source: 'Metz et al. 2017 (arXiv:1611.02163), section 3.1',
    optimizer: {
      scheme: alternating(),
      ...both({ ...adam(1e-4), epsilonMode: 'hat' }),
      foresight: unrolled(10),
    },
  },
  {
    name: 'svre',
    label: 'SVRE with restarts',
    summary: 'Variance-reduced extragradient that goes to its average now and then: for finite data.',
    source: 'Chavdarova et al. 2019 (arXiv:1904.08598), algorithm 1 and section 4',
    optimizer: {
      scheme: { kind: 'svre', epoch: 100 },
      ...both(sgd(0.1)),
      // With probability 0.1 for each epoch.
      averaging: { kind: 'uniform', restart: 0.001 },
    },
  },
];
