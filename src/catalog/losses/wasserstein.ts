/** The Wasserstein loss: a critic's mean difference, to be used with a bound on the critic's slope. */
import { build } from '../../expr/index.ts';
import { group } from '../../settings/index.ts';
import { defineLoss } from '../kinds.ts';

export const wasserstein = defineLoss({
  name: 'wasserstein',
  label: 'Wasserstein',
  summary:
    'Zero-sum: the mean difference of a critic. Needs weight clipping or a gradient penalty to mean a distance.',
  source: 'Arjovsky et al. 2017 (arXiv:1701.07875), equation 2',
  formula: 'L_D = E s_fake − E s_real,  L_G = −E s_fake',
  zeroSum: true,
  needs: ['boundedSlope'],
  settings: group({}),
  write({ real, fake, mean }) {
    const { neg, sub } = build;
    return [neg(mean(fake)), sub(mean(fake), mean(real))];
  },
  // The critic's level is free, so only its own loss has a value at equilibrium.
  atEquilibrium: () => undefined,
});
