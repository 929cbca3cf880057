/** Relativistic losses: real samples are to look more real than generated ones. */
import { build } from '../../expr/index.ts';
import { group, toggle } from '../../settings/index.ts';
import { defineLoss } from '../kinds.ts';

export const relativistic = defineLoss({
  name: 'relativistic',
  label: 'relativistic',
  summary: 'Real samples are to look more real than generated ones, in pairs or against the average.',
  source: 'Jolicoeur-Martineau 2019 (arXiv:1807.00734), equations 7 (pairs) and 9 (average)',
  formula: 'L_D = E sp(−(s_real − s_fake)),  L_G = E sp(−(s_fake − s_real))',
  zeroSum: false,
  settings: group({
    average: toggle({
      label: 'against the average',
      summary: 'Compare each sample with the mean of the other kind (RaSGAN).',
      default: false,
      live: true,
    }),
  }),
  write({ real, fake, mean }, { average }) {
    const { softplus, neg, sub, add } = build;
    if (!average) {
      return [mean(softplus(neg(sub(fake, real)))), mean(softplus(neg(sub(real, fake))))];
    }
    const realAbove = sub(real, mean(fake));
    const fakeAbove = sub(fake, mean(real));
    return [
      add(mean(softplus(neg(fakeAbove))), mean(softplus(realAbove))),
      add(mean(softplus(neg(realAbove))), mean(softplus(fakeAbove))),
    ];
  },
  atEquilibrium: ({ average }) => (average ? [2 * Math.LN2, 2 * Math.LN2] : [Math.LN2, Math.LN2]),
});
