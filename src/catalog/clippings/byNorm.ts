/** Shortens a gradient that is longer than a bound; its direction stays. */
import { norm } from '../../math/vector.ts';
import { group, number, pick } from '../../settings/index.ts';
import { defineClipping } from '../kinds.ts';

export const bound = number({
  label: 'bound c',
  summary: 'What is longer is shortened to it.',
  default: 1,
  min: 1e-6,
  max: 1e6,
  scale: 'log',
});

export const whose = pick({
  label: 'whose length',
  summary: 'Of each player’s gradient, or of both together.',
  default: 'each',
  options: {
    each: 'each player’s own',
    joint: 'the joint gradient’s; each its own where the players move one at a time',
  },
});

export const byNorm = defineClipping({
  name: 'byNorm',
  label: 'by norm',
  summary:
    'Shortens a longer gradient to the bound. On a rotation, the square of the radius then grows linearly: no convergence.',
  source:
    'Pascanu et al. 2013 (arXiv:1211.5063), algorithm 1; per player: the ClipOptimizer of Mescheder et al. 2017',
  formula: 'g ← g · min(1, c / ‖g‖₂)',
  settings: group({ bound, whose }),
  joint: (settings) => settings.whose === 'joint',
  clip(gradient, { bound: most }) {
    const length = norm(gradient);
    if (!(length > most)) return;
    const factor = most / length;
    for (let i = 0; i < gradient.length; i++) gradient[i] *= factor;
  },
});
