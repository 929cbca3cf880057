/** The first WGAN, whose critic is kept in a box. */
import type { Preset } from '../kinds.ts';
import { criticToy, eightGaussians, PAPER_WIDTH, QUARTER_WIDTH, toySource } from './criticToy.ts';

function clipped(width: number) {
  const rmsprop = {
    kind: 'rmsprop',
    learningRate: 5e-5,
    decay: 0.9,
    epsilon: 1e-10,
    epsilonInside: 'inside',
    initialSquare: 1,
  };
  return {
    ...criticToy(eightGaussians, width),
    generator: rmsprop,
    discriminator: rmsprop,
    constraint: { kind: 'box', bound: 0.01, whose: 'discriminator' },
  };
}

export const wganClipping: Preset = {
  name: 'wganClipping',
  label: 'WGAN: clipped weights',
  summary:
    'The same toy with the critic’s weights clipped instead, which in the paper makes its values too simple.',
  source: `${toySource}; a quarter of the width`,
  experiment: clipped(QUARTER_WIDTH),
};

export const wganClippingFull: Preset = {
  name: 'wganClippingFull',
  label: 'WGAN: clipped weights, full size',
  summary: 'The same with the widths of the paper.',
  source: toySource,
  heavy: true,
  experiment: clipped(PAPER_WIDTH),
};
