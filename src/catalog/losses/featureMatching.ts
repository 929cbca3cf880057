/** Feature matching: the generator matches the mean of the discriminator's last hidden layer. */
import { build } from '../../expr/index.ts';
import { group, pick } from '../../settings/index.ts';
import { defineLoss } from '../kinds.ts';
import { discriminatorCrossEntropy, realLabel, unsureLoss, unsureScore } from './crossEntropy.ts';

export const featureMatching = defineLoss({
  name: 'featureMatching',
  label: 'feature matching',
  summary: 'The generator matches the mean features that the discriminator sees in real samples.',
  source: 'Salimans et al. 2016 (arXiv:1606.03498), section 3.1; absolute differences: its code',
  formula: 'L_D = E sp(−s_real) + E sp(s_fake),  L_G = ‖E f(real) − E f(fake)‖²',
  zeroSum: false,
  needs: ['features'],
  settings: group({
    realLabel,
    norm: pick({
      label: 'distance',
      summary: 'Between the mean features.',
      default: 'squared',
      options: { squared: 'squared Euclidean, as in the paper', absolute: 'mean absolute, as in its code' },
    }),
  }),
  write(scores, { norm }, stage) {
    const { mean, sub, square, abs, sum } = build;
    const { real, fake, features } = scores;
    // A discriminator without layers has nothing else to compare than its scores.
    const difference = features
      ? sub(mean(features.real, [0]), mean(features.fake, [0]))
      : sub(scores.mean(real), scores.mean(fake));
    return [
      norm === 'squared' ? sum(square(difference)) : mean(abs(difference)),
      discriminatorCrossEntropy(scores, stage),
    ];
  },
  atEquilibrium: ({ realLabel: label }) => [0, unsureLoss(label)],
  level: ({ realLabel: label }) => unsureScore(label),
});
