/** The joint point itself. */
import { group } from '../settings/index.ts';
import { defineProbe } from './probe.ts';

export const point = defineProbe({
  name: 'point',
  label: 'point',
  summary: 'All parameters, the generator’s first.',
  cost: 'free',
  settings: group({}),
  fits: () => true,
  read: (moment) => moment.point.slice(),
});
