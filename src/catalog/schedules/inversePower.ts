/** Rates that fall like a power of the time, as in domain-adversarial training. */
import { elementary } from '../../expr/index.ts';
import { group, number } from '../../settings/index.ts';
import { defineSchedule } from '../kinds.ts';
import { stepsSetting } from './steps.ts';

export const inversePower = defineSchedule({
  name: 'inversePower',
  label: 'Inverse power',
  summary: 'Falls like a power of the progress p, which goes from 0 to 1: the annealing of DANN.',
  source: 'Ganin et al. 2016 (arXiv:1505.07818), section 5.2.2',
  formula: 'η / (1 + α t / steps)^β',
  settings: group({
    alpha: number({
      label: 'α',
      summary: 'How soon it sets in.',
      default: 10,
      min: 0,
      max: 1000,
      scale: 'log',
      zero: true,
    }),
    beta: number({ label: 'β', summary: 'The power.', default: 0.75, min: 0, max: 3 }),
    steps: stepsSetting('length', 'At which the progress is 1.', 10_000),
  }),
  factor: (step, { alpha, beta, steps }) => elementary.exp(-beta * elementary.log1p((alpha * step) / steps)),
});
