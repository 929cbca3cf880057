/** The methods that go part of the way back, or judge a run by an average of its points. */
import type { Method } from '../kinds.ts';
import { adam, alternating, both, sgd } from './both.ts';

/** As on CIFAR: five discriminator steps a turn, no momentum. */
const altAdam = { scheme: alternating(5), ...both(adam(2e-4, 0, 0.9)) };

export const smoothing: readonly Method[] = [
  {
    name: 'laGda',
    label: 'LA-GDA',
    summary: 'Lookahead over simultaneous descent: six steps forward, half of the way back.',
    source: 'Chavdarova et al. 2021 (arXiv:2006.14567), algorithm 1, k of its bilinear game',
    optimizer: {
      scheme: 'simultaneous',
      ...both(sgd(0.1)),
      lookahead: { kind: 'lookahead', steps: 6, fraction: 0.5 },
    },
  },
  {
    name: 'laAltGan',
    label: 'LA-AltGAN',
    summary: 'Lookahead over alternating Adam, half of the way back every five rounds.',
    source: 'Chavdarova et al. 2021 (arXiv:2006.14567), its settings on CIFAR-10',
    optimizer: { ...altAdam, lookahead: { kind: 'lookahead', steps: 5, fraction: 0.5 } },
  },
  {
    name: 'laExtraGrad',
    label: 'LA-ExtraGrad',
    summary: 'Lookahead over ExtraAdam with separate moments, half of the way back every 5000 steps.',
    source: 'Chavdarova et al. 2021 (arXiv:2006.14567), its settings on CIFAR-10',
    optimizer: {
      scheme: { kind: 'extragradient', moments: 'separate' },
      ...both(adam(2e-4, 0, 0.9)),
      lookahead: { kind: 'lookahead', steps: 5000, fraction: 0.5 },
    },
  },
  {
    name: 'nla',
    label: 'NLA-AltGAN',
    summary: 'A lookahead of five rounds, itself looked ahead of every 10,000.',
    source: 'Chavdarova et al. 2021 (arXiv:2006.14567), section 4.1',
    optimizer: {
      ...altAdam,
      lookahead: { kind: 'nested', steps: 5, slowSteps: 10_000, fraction: 0.5 },
    },
  },
  {
    name: 'emaAdam',
    label: 'EMA on Adam',
    summary: 'Alternating Adam, judged by a moving average of its points, which the run does not feel.',
    source: 'Yazıcı et al. 2019 (arXiv:1806.04498), equation 1, β = 0.9999',
    optimizer: {
      scheme: alternating(),
      ...both(adam(2e-4)),
      averaging: { kind: 'ema', decay: 0.9999 },
    },
  },
];
