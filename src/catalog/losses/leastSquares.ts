/** Least squares: scores are to hit labels. */
import { build } from '../../expr/index.ts';
import { group, number } from '../../settings/index.ts';
import { defineLoss } from '../kinds.ts';

const label = (name: string, summary: string, standard: number) =>
  number({ label: name, summary, default: standard, min: -10, max: 10 });

export const leastSquares = defineLoss({
  name: 'leastSquares',
  label: 'least squares',
  summary: 'Scores are to hit labels: a for generated, b for real, c for what the generator wants.',
  source: 'Mao et al. 2017 (arXiv:1611.04076), section 3.2: labels (−1, 1, 0) or (0, 1, 1)',
  formula: 'L_D = ½E(s_real − b)² + ½E(s_fake − a)²,  L_G = ½E(s_fake − c)²',
  zeroSum: false,
  settings: group({
    fakeLabel: label('label a', 'The discriminator’s target for generated samples.', 0),
    realLabel: label('label b', 'The discriminator’s target for real samples.', 1),
    generatorLabel: label('label c', 'The generator’s target for its samples.', 1),
  }),
  write({ real, fake, mean }, _settings, stage) {
    const { square, sub, add, scale } = build;
    const half = (scores: typeof real, path: string) =>
      scale(mean(square(sub(scores, stage.dial(path)))), 0.5);
    return [
      half(fake, 'loss.generatorLabel'),
      add(half(real, 'loss.realLabel'), half(fake, 'loss.fakeLabel')),
    ];
  },
  atEquilibrium({ fakeLabel: a, realLabel: b, generatorLabel: c }) {
    const score = (a + b) / 2;
    return [0.5 * (score - c) ** 2, 0.5 * (score - b) ** 2 + 0.5 * (score - a) ** 2];
  },
  // The best answer to equal distributions.
  level: ({ fakeLabel: a, realLabel: b }) => (a + b) / 2,
});
