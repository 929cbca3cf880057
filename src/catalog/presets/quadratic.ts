/** Attraction against rotation: the rate decides. */
import type { Preset } from '../kinds.ts';

export const quadratic: Preset = {
  name: 'quadratic',
  label: 'Quadratic: attraction against rotation',
  summary: 'Converges below a rate of 0.3846, spirals out above: move the rates and see.',
  source: 'Mescheder et al. 2017 (arXiv:1705.10461), lemma 4',
  experiment: {
    game: { kind: 'quadratic' },
    generator: { kind: 'sgd', learningRate: 0.1 },
    discriminator: { kind: 'sgd', learningRate: 0.1 },
  },
};
