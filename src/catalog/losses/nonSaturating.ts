/** The GAN loss of practice: the generator maximises the chance of being taken for real. */
import { build } from '../../expr/index.ts';
import { group } from '../../settings/index.ts';
import { defineLoss } from '../kinds.ts';
import { discriminatorCrossEntropy, realLabel, unsureLoss, unsureScore } from './crossEntropy.ts';

export const nonSaturating = defineLoss({
  name: 'nonSaturating',
  label: 'non-saturating',
  summary: 'The generator maximises the chance of being taken for real: strong gradients while it is bad.',
  source: 'Goodfellow et al. 2014 (arXiv:1406.2661), end of section 3',
  formula: 'L_D = E sp(−s_real) + E sp(s_fake),  L_G = E sp(−s_fake)',
  zeroSum: false,
  settings: group({ realLabel }),
  write: (scores, _settings, stage) => [
    scores.mean(build.softplus(build.neg(scores.fake))),
    discriminatorCrossEntropy(scores, stage),
  ],
  atEquilibrium: ({ realLabel: label }) => [Math.log(2 / label), unsureLoss(label)],
  level: ({ realLabel: label }) => unsureScore(label),
});
