/** Bars and stripes: patterns that can be counted. */
import { group, integer, type Values } from '../../settings/index.ts';
import { defineImageSet } from '../kinds.ts';
import { late } from '../late.ts';
import { sideSetting, sizeOf } from './side.ts';

const settings = group({
  side: sideSetting,
  lines: integer({
    label: 'lines',
    summary: 'Each way; n of them make 2ⁿ⁺¹ − 2 patterns.',
    default: 4,
    min: 1,
    max: 7,
    live: true,
  }),
});
export type Bars = Values<typeof settings>;

export const bars = defineImageSet({
  name: 'bars',
  label: 'Bars and stripes',
  summary: 'Lines across or lines down, each white or black: patterns that can be counted.',
  source: 'MacKay 2003, Information Theory, Inference and Learning Algorithms, section 43.1',
  settings,
  size: sizeOf,
  classes: (settings) => late().classesOfBars(settings),
  fill: (...given) => late().fillBars(...given),
  recognise: (...given) => late().recogniseBars(...given),
});
