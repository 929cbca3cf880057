/** The hinge: the discriminator cares only for scores within its margin. */
import { build } from '../../expr/index.ts';
import { group } from '../../settings/index.ts';
import { defineLoss } from '../kinds.ts';

export const hinge = defineLoss({
  name: 'hinge',
  label: 'hinge',
  summary: 'The discriminator cares only for scores on the wrong side of ±1; the generator raises its own.',
  source: 'Lim & Ye 2017 (arXiv:1705.02894); Miyato et al. 2018 (arXiv:1802.05957), equations 16 and 17',
  formula: 'L_D = E relu(1 − s_real) + E relu(1 + s_fake),  L_G = −E s_fake',
  zeroSum: false,
  settings: group({}),
  write({ real, fake, mean }) {
    const { relu, neg, sub, add, constant } = build;
    const one = constant(1);
    return [neg(mean(fake)), add(mean(relu(sub(one, real))), mean(relu(add(one, fake))))];
  },
  // In the middle of the margin; any common score within ±1 costs the discriminator the same.
  atEquilibrium: () => [0, 2],
});
