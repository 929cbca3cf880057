/** Gratings: waves in a few directions. */
import { group, integer, number, type Values } from '../../settings/index.ts';
import { defineImageSet } from '../kinds.ts';
import { late } from '../late.ts';
import { sideSetting, sizeOf } from './side.ts';

const settings = group({
  side: sideSetting,
  directions: integer({
    label: 'directions',
    summary: 'Evenly spaced over half a turn.',
    default: 4,
    min: 1,
    max: 16,
    live: true,
  }),
  waves: number({
    label: 'waves',
    summary: 'Across a picture.',
    default: 2,
    min: 0.5,
    max: 8,
    live: true,
  }),
});
export type Gratings = Values<typeof settings>;

export const gratings = defineImageSet({
  name: 'gratings',
  label: 'Gratings',
  summary: 'Waves of one length in a few directions, shifted at random.',
  source: 'made here; the stimuli of Hubel and Wiesel 1959',
  settings,
  size: sizeOf,
  classes: ({ directions }) =>
    Array.from({ length: directions }, (_, i) => `${Math.round((180 * i) / directions)}°`),
  fill: (...given) => late().fillGratings(...given),
  recognise: (...given) => late().recogniseGratings(...given),
});
