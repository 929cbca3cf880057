/** Rates that rise linearly at the beginning. */
import { group } from '../../settings/index.ts';
import { defineSchedule } from '../kinds.ts';
import { stepsSetting } from './steps.ts';

export const warmUp = defineSchedule({
  name: 'warmUp',
  label: 'Warm-up',
  summary: 'Rises linearly to the full rate, then stays.',
  source: 'Goyal et al. 2017 (arXiv:1706.02677), section 2.2',
  formula: 'η · min(1, (t + 1) / steps)',
  settings: group({ steps: stepsSetting('length', 'Until the full rate is reached.', 1000) }),
  factor: (step, { steps }) => Math.min(1, (step + 1) / steps),
});
