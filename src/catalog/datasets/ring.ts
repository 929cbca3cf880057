/** Gaussians on a circle: the standard test for mode collapse. */
import { elementary } from '../../expr/index.ts';
import { group, integer, number } from '../../settings/index.ts';
import { defineDataset } from '../kinds.ts';
import { balancedSetting, extentOf, fillMixture, spreadSetting } from './mixture.ts';

export const ring = defineDataset({
  name: 'ring',
  label: 'Ring of Gaussians',
  summary: 'Equal Gaussians on a circle. A generator that collapses leaves some of them out.',
  source:
    'Metz et al. 2017 (arXiv:1611.02163), section 3.1; Mescheder et al. 2017 (arXiv:1705.10461), section 6.1',
  settings: group({
    modes: integer({
      label: 'modes',
      summary: 'How many Gaussians.',
      default: 8,
      min: 1,
      max: 100,
    }),
    radius: number({
      label: 'radius',
      summary: 'Of the circle.',
      default: 1,
      min: 0.1,
      max: 10,
    }),
    spread: spreadSetting(0.05),
    balanced: balancedSetting,
  }),
  extent: ({ radius, spread }) => extentOf(radius, spread),
  modes: (settings) => ({ centres: centresOf(settings), spread: settings.spread }),
  fill: (streams, count, settings, out) =>
    fillMixture(streams, centresOf(settings), 2, settings.spread, settings.balanced, count, out),
});

function centresOf({ modes, radius }: { modes: number; radius: number }): Float64Array {
  const centres = new Float64Array(2 * modes);
  for (let k = 0; k < modes; k++) {
    const angle = (2 * Math.PI * k) / modes;
    centres[2 * k] = Math.fround(radius * elementary.cos(angle));
    centres[2 * k + 1] = Math.fround(radius * elementary.sin(angle));
  }
  return centres;
}
