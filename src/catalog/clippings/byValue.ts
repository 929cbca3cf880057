/** Bounds every entry of a gradient. */
import { group } from '../../settings/index.ts';
import { defineClipping } from '../kinds.ts';
import { bound } from './byNorm.ts';

export const byValue = defineClipping({
  name: 'byValue',
  label: 'by value',
  summary: 'Each entry on its own: clip(g, −c, c). The direction changes.',
  source: 'Mikolov 2012, thesis, section 3.2.2',
  formula: 'gᵢ ← clip(gᵢ, −c, c)',
  settings: group({ bound }),
  joint: () => false,
  clip(gradient, { bound: most }) {
    for (let i = 0; i < gradient.length; i++) gradient[i] = Math.max(-most, Math.min(most, gradient[i]));
  },
});
