/** Shortens a gradient whose largest entry is above a bound; its direction stays. */
import { group } from '../../settings/index.ts';
import { defineClipping } from '../kinds.ts';
import { bound, whose } from './byNorm.ts';

export const byLargest = defineClipping({
  name: 'byLargest',
  label: 'by largest entry',
  summary: 'Shortens a gradient until its largest entry is the bound: the direction stays.',
  source: 'the ℓ∞ clipping asked for in the reviews of Mescheder et al. 2017',
  formula: 'g ← g · min(1, c / ‖g‖∞)',
  settings: group({ bound, whose }),
  joint: (settings) => settings.whose === 'joint',
  clip(gradient, { bound: most }) {
    let largest = 0;
    for (let i = 0; i < gradient.length; i++) largest = Math.max(largest, Math.abs(gradient[i]));
    if (!(largest > most)) return;
    const factor = most / largest;
    for (let i = 0; i < gradient.length; i++) gradient[i] *= factor;
  },
});
