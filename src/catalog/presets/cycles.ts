/** Games that end on a cycle, whatever the method. */
import type { Preset } from '../kinds.ts';

export const almostBilinear: Preset = {
  name: 'almostBilinear',
  label: 'Almost bilinear',
  summary: 'A rotation about a point that repels: small steps of extragradient end on a cycle.',
  source: 'Hsieh et al. 2021 (arXiv:2006.09065), example 5.2',
  experiment: {
    game: 'almostBilinear',
    scheme: 'extragradient',
    generator: { kind: 'sgd', learningRate: 0.05 },
    discriminator: { kind: 'sgd', learningRate: 0.05 },
  },
};

export const marketCycle: Preset = {
  name: 'marketCycle',
  label: 'No way to settle',
  summary: 'The only point where both gradients vanish is the worst for both: extragradient circles it.',
  source: 'Letcher 2021 (arXiv:2005.12649), section 4',
  experiment: {
    game: 'marketCycle',
    scheme: 'extragradient',
    generator: { kind: 'sgd', learningRate: 0.05 },
    discriminator: { kind: 'sgd', learningRate: 0.05 },
  },
};
