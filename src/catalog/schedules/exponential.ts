/** Rates that shrink by a fixed factor every so many steps. */
import { elementary } from '../../expr/index.ts';
import { group, number } from '../../settings/index.ts';
import { defineSchedule } from '../kinds.ts';
import { stepsSetting } from './steps.ts';

export const exponential = defineSchedule({
  name: 'exponential',
  label: 'Exponential',
  summary: 'Multiplies the rates by a factor every so many steps, smoothly.',
  source: 'exponential decay, as in TensorFlow and Keras',
  formula: 'η · factor^(t / steps)',
  settings: group({
    factor: number({
      label: 'factor',
      summary: 'After so many steps.',
      default: 0.5,
      min: 0.001,
      max: 2,
      scale: 'log',
    }),
    steps: stepsSetting('in', 'After which the factor has been applied once.', 1000),
  }),
  factor: (step, { factor, steps }) => elementary.exp((elementary.log(factor) * step) / steps),
});
