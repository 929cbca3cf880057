/** Gradient descent for games, and what the rules make of it: momentum, adaptive scales, paces, rates. */
import type { Method } from '../kinds.ts';
import { adam, alternating, both, sgd } from './both.ts';

export const descent: readonly Method[] = [
  {
    name: 'simGda',
    label: 'SimGDA',
    summary: 'Both players descend at once: the plainest method, which spirals out of every pure rotation.',
    source: 'simultaneous gradient descent-ascent; Mescheder et al. 2017 (arXiv:1705.10461), algorithm 1',
    optimizer: { scheme: 'simultaneous', ...both(sgd(0.1)) },
  },
  {
    name: 'altGda',
    label: 'AltGDA',
    summary: 'The players descend in turn, the discriminator first: on a rotation this circles.',
    source: 'Goodfellow et al. 2014 (arXiv:1406.2661), algorithm 1',
    optimizer: { scheme: alternating(), ...both(sgd(0.1)) },
  },
  {
    name: 'negativeMomentum',
    label: 'Negative momentum',
    summary: 'In turn, each reversing half of its last step: the momentum that brakes a rotation.',
    source: 'Gidel et al. 2019 (arXiv:1807.04740), section 5: β = −½ with alternating steps',
    optimizer: { scheme: alternating(), ...both({ kind: 'momentum', learningRate: 0.1, momentum: -0.5 }) },
  },
  {
    name: 'ttur',
    label: 'TTUR',
    summary: 'Adam with two rates: the discriminator learns at four times the rate of the generator.',
    source: 'Heusel et al. 2017 (arXiv:1706.08500); the rates as in Zhang et al. 2019 (arXiv:1805.08318)',
    optimizer: { scheme: alternating(), generator: adam(1e-4, 0, 0.9), discriminator: adam(4e-4, 0, 0.9) },
  },
  {
    name: 'adamEpsilon1',
    label: 'Adam with ε = 1',
    summary: 'So large an ε turns Adam into gradient descent with an averaged gradient.',
    source: 'practitioners’ advice; the documentation of TensorFlow’s Adam names 1.0 and 0.1',
    optimizer: { scheme: 'simultaneous', ...both({ ...adam(0.1), epsilon: 1 }) },
  },
  {
    name: 'adamAgainstSgd',
    label: 'Adam against SGD',
    summary: 'The generator learns by Adam, the discriminator by plain descent.',
    source: 'GANHacks (Chintala et al. 2016), item 9',
    optimizer: { scheme: alternating(), generator: adam(0.001), discriminator: sgd(0.1) },
  },
  {
    name: 'nSgda',
    label: 'nSGDA',
    summary: 'Each player steps exactly its rate along its gradient: both move at the same pace.',
    source: 'Jelassi et al. 2022 (arXiv:2210.04319)',
    optimizer: { scheme: 'simultaneous', ...both({ kind: 'normalized', learningRate: 0.01 }) },
  },
  {
    name: 'lnSgda',
    label: 'l-nSGDA',
    summary: 'Each layer steps exactly the rate along its gradient.',
    source: 'Jelassi et al. 2022 (arXiv:2210.04319)',
    optimizer: {
      scheme: 'simultaneous',
      ...both({ kind: 'normalized', learningRate: 0.01, whose: 'layerwise' }),
    },
  },
  {
    name: 'adaLr',
    label: 'AdaLR',
    summary: 'Steps as long as Adam’s along the plain gradient: is it the length that helps?',
    source: 'Agarwal et al. 2020 (arXiv:2002.11803), layer by layer; in GANs: Jelassi et al. 2022',
    optimizer: {
      scheme: alternating(),
      ...both({ kind: 'graft', magnitude: adam(0.001), direction: sgd(0.1), whose: 'layerwise' }),
    },
  },
  {
    name: 'adaDir',
    label: 'AdaDir',
    summary: 'Steps as long as plain ones along Adam’s direction: or is it the direction?',
    source: 'Agarwal et al. 2020 (arXiv:2002.11803), layer by layer; in GANs: Jelassi et al. 2022',
    optimizer: {
      scheme: alternating(),
      ...both({ kind: 'graft', magnitude: sgd(0.1), direction: adam(0.001), whose: 'layerwise' }),
    },
  },
  {
    name: 'wgan',
    label: 'WGAN',
    summary: 'RMSProp with a clipped critic that moves five times a step, and a hundred times at first.',
    source: 'Arjovsky et al. 2017 (arXiv:1701.07875), algorithm 1; the hundred: its released code',
    optimizer: {
      scheme: { ...alternating(5), pace: 'wgan' },
      ...both({ kind: 'rmsprop', learningRate: 5e-5, decay: 0.99 }),
      constraint: { kind: 'box', bound: 0.01, whose: 'discriminator' },
    },
  },
  {
    name: 'dann',
    label: 'DANN’s schedule',
    summary: 'Momentum descent whose rate falls with the progress, as published for gradient reversal.',
    source: 'Ganin et al. 2016 (arXiv:1505.07818), section 5.2.2: 0.01 / (1 + 10 p)^0.75, momentum 0.9',
    optimizer: {
      scheme: 'simultaneous',
      ...both({ kind: 'momentum', learningRate: 0.01, momentum: 0.9 }),
      schedule: { kind: 'inversePower', alpha: 10, beta: 0.75 },
    },
  },
  {
    name: 'mwu',
    label: 'MWU',
    summary:
      'Multiplicative weights, on a matrix game with game.parameters=mirror; the average converges, the run does not.',
    source: 'Freund & Schapire 1999; Bailey & Piliouras 2018',
    optimizer: { scheme: 'simultaneous', ...both(sgd(0.1)), averaging: 'uniform' },
  },
];
