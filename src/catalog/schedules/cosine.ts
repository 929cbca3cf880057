/** Rates that fall along half a cosine. */
import { elementary } from '../../expr/index.ts';
import { group, number } from '../../settings/index.ts';
import { defineSchedule } from '../kinds.ts';
import { stepsSetting } from './steps.ts';

export const cosine = defineSchedule({
  name: 'cosine',
  label: 'Cosine',
  summary: 'Falls from the full rate to a last share of it along half a cosine, then stays.',
  source: 'Loshchilov & Hutter 2017 (arXiv:1608.03983), equation 5, without restarts',
  formula: 'η · (last + (1 − last)(1 + cos(π t / steps)) / 2)',
  settings: group({
    steps: stepsSetting('length', 'Until the last share is reached.', 10_000),
    last: number({ label: 'last share', summary: 'Of the full rate.', default: 0, min: 0, max: 1 }),
  }),
  factor(step, { steps, last }) {
    const progress = Math.min(1, step / steps);
    return last + (1 - last) * 0.5 * (1 + elementary.cos(Math.PI * progress));
  },
});
