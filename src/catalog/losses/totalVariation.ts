/** A bounded critic: the logit through tanh. */
import { build } from '../../expr/index.ts';
import { group } from '../../settings/index.ts';
import { defineLoss } from '../kinds.ts';

export const totalVariation = defineLoss({
  name: 'totalVariation',
  label: 'total variation',
  summary: 'Zero-sum: the discriminator’s tanh is to differ between real and generated.',
  source: '“TV” in the code of Mescheder et al. 2017; f-GAN: Nowozin et al. 2016 (arXiv:1606.00709), table 6',
  formula: 'L_D = E tanh s_fake − E tanh s_real,  L_G = −E tanh s_fake',
  zeroSum: true,
  settings: group({}),
  write({ real, fake, mean }) {
    const { tanh, neg, sub } = build;
    return [neg(mean(tanh(fake))), sub(mean(tanh(fake)), mean(tanh(real)))];
  },
  // As for every critic, the level of the scores is free, so only its own loss has a value at equilibrium.
  atEquilibrium: () => undefined,
});
