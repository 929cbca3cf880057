/** Domain-adversarial training on its toy. */
import type { Preset } from '../kinds.ts';

export const domains: Preset = {
  name: 'domains',
  label: 'Domain adaptation: two moons',
  summary:
    'A classifier of moons is made blind to a turn by 35 degrees, and then classifies the turned ones better.',
  source: 'Ganin et al. 2016 (arXiv:1505.07818), section 5.1.1; λ, rate and width of the code',
  experiment: {
    game: {
      kind: 'domains',
    },
    generator: {
      kind: 'sgd',
      learningRate: 0.05,
    },
    discriminator: {
      kind: 'sgd',
      learningRate: 0.05,
    },
  },
};
