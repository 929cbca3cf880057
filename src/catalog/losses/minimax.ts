/** The original zero-sum GAN loss, which saturates for the generator. */
import { build } from '../../expr/index.ts';
import { group } from '../../settings/index.ts';
import { defineLoss } from '../kinds.ts';
import { discriminatorCrossEntropy, realLabel, unsureLoss, unsureScore } from './crossEntropy.ts';

export const minimax = defineLoss({
  name: 'minimax',
  label: 'minimax',
  summary:
    'Zero-sum: the generator minimises the chance that it is found out. Its gradient fades when it is.',
  source: 'Goodfellow et al. 2014 (arXiv:1406.2661), equation 1',
  formula: 'L_D = E sp(−s_real) + E sp(s_fake),  L_G = −E sp(s_fake)',
  zeroSum: true,
  settings: group({ realLabel }),
  write: (scores, _settings, stage) => [
    build.neg(scores.mean(build.softplus(scores.fake))),
    discriminatorCrossEntropy(scores, stage),
  ],
  atEquilibrium: ({ realLabel: label }) => [-Math.log(2 / (2 - label)), unsureLoss(label)],
  level: ({ realLabel: label }) => unsureScore(label),
});
