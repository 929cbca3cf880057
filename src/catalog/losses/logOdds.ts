/** The generator of reverse KL: it maximises the logit itself. */
import { build } from '../../expr/index.ts';
import { group } from '../../settings/index.ts';
import { defineLoss } from '../kinds.ts';
import { discriminatorCrossEntropy, realLabel, unsureLoss, unsureScore } from './crossEntropy.ts';

export const logOdds = defineLoss({
  name: 'logOdds',
  label: 'log-odds (KL)',
  summary:
    'The generator maximises the logit itself: with the best discriminator it descends KL(generated ‖ real).',
  source: 'Sønderby et al. 2017 (arXiv:1610.04490), equation 5; “KL” in the code of Mescheder et al. 2017',
  formula: 'L_D = E sp(−s_real) + E sp(s_fake),  L_G = −E s_fake',
  zeroSum: false,
  settings: group({ realLabel }),
  write: (scores, _settings, stage) => [
    build.neg(scores.mean(scores.fake)),
    discriminatorCrossEntropy(scores, stage),
  ],
  atEquilibrium: ({ realLabel: label }) => [-unsureScore(label), unsureLoss(label)],
  level: ({ realLabel: label }) => unsureScore(label),
});
