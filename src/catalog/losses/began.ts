/** BEGAN: the discriminator is an auto-encoder, and a controller balances how well it rebuilds either kind. */
import { build } from '../../expr/index.ts';
import { group, number } from '../../settings/index.ts';
import { defineLoss } from '../kinds.ts';

export const began = defineLoss({
  name: 'began',
  label: 'BEGAN',
  summary:
    'The discriminator rebuilds its input, real ones well, generated ones badly, held in balance by a controller.',
  source: 'Berthelot et al. 2017 (arXiv:1703.10717), equation 13',
  formula:
    'L_D = ℓ(real) − k ℓ(fake),  L_G = ℓ(fake),  k ← k + λ (γ ℓ(real) − ℓ(fake)) within [0, 1],  ℓ(x) = |x − D(x)|',
  zeroSum: false,
  judges: 'reconstruction',
  needs: ['reconstruction'],
  settings: group({
    diversity: number({
      label: 'diversity γ',
      summary: 'The wanted ratio of both reconstruction errors.',
      default: 0.5,
      min: 0,
      max: 2,
    }),
    gain: number({
      label: 'gain λ',
      summary: 'How fast the balance k follows.',
      default: 0.001,
      min: 0,
      max: 1,
      scale: 'log',
      zero: true,
    }),
  }),
  write({ real, fake, mean }, _settings, stage) {
    const { neg, sub, add, mul, minimum, maximum, constant } = build;
    const onReal = neg(mean(real)); // a score is the negative error of reconstruction
    const onFake = neg(mean(fake));
    const balance = stage.state('balance', [], (_stream, _shape, out) => out.fill(0));
    const error = sub(mul(stage.dial('loss.diversity'), onReal), onFake);
    const moved = add(balance, mul(stage.dial('loss.gain'), error));
    stage.follow(balance, minimum(constant(1), maximum(constant(0), moved)));
    return [onFake, sub(onReal, mul(balance, onFake))];
  },
  atEquilibrium: () => undefined,
});
