/** Keeps parameters in a box; on the discriminator alone, it is the weight clipping of WGAN. */
import { group, number, pick } from '../../settings/index.ts';
import { defineConstraint } from '../kinds.ts';

export const box = defineConstraint({
  name: 'box',
  label: 'Box',
  summary: 'Every parameter is kept in [−c, c]. On the discriminator alone: the weight clipping of WGAN.',
  source:
    'projected steps: Gidel et al. 2019 (arXiv:1802.10551), section 3; WGAN: Arjovsky et al. 2017 (arXiv:1701.07875), algorithm 1',
  formula: 'wᵢ ← clip(wᵢ, −c, c)',
  settings: group({
    bound: number({
      label: 'bound c',
      summary: 'The largest size of a parameter; 0.01 in WGAN.',
      default: 1,
      min: 1e-4,
      max: 1e4,
      scale: 'log',
    }),
    whose: pick({
      label: 'whose',
      summary: 'Which players’ parameters.',
      default: 'both',
      options: { both: 'both players’', discriminator: 'the discriminator’s', generator: 'the generator’s' },
    }),
  }),
  project(point, split, { bound, whose }, player) {
    const begin = whose === 'discriminator' || player === 'discriminator' ? split : 0;
    const end = whose === 'generator' || player === 'generator' ? split : point.length;
    for (let i = begin; i < end; i++) point[i] = Math.max(-bound, Math.min(bound, point[i]));
  },
});
