/** Gaussians on a square lattice: many modes, for counting. */
import { group, integer, number } from '../../settings/index.ts';
import { defineDataset } from '../kinds.ts';
import { balancedSetting, extentOf, fillMixture, spreadSetting } from './mixture.ts';

export const grid = defineDataset({
  name: 'grid',
  label: 'Grid of Gaussians',
  summary: 'Equal Gaussians on a square lattice: 25 of them in the VEEGAN and PacGAN studies.',
  source:
    'Srivastava et al. 2017 (arXiv:1705.07761), section 4; Lin et al. 2018 (arXiv:1712.04086), section 4.1',
  settings: group({
    side: integer({
      label: 'side',
      summary: 'Gaussians along a side.',
      default: 5,
      min: 1,
      max: 12,
    }),
    distance: number({
      label: 'distance',
      summary: 'Between neighbours.',
      default: 2,
      min: 0.05,
      max: 10,
    }),
    spread: spreadSetting(0.05),
    balanced: balancedSetting,
  }),
  extent: ({ side, distance, spread }) =>
    extentOf(Math.max(distance / 2, ((side - 1) / 2) * distance), spread),
  modes: (settings) => ({ centres: centresOf(settings), spread: settings.spread }),
  fill: (streams, count, settings, out) =>
    fillMixture(streams, centresOf(settings), 2, settings.spread, settings.balanced, count, out),
});

function centresOf({ side, distance }: { side: number; distance: number }): Float64Array {
  const centres = new Float64Array(2 * side * side);
  for (let k = 0; k < side * side; k++) {
    centres[2 * k] = Math.fround(distance * ((k % side) - (side - 1) / 2));
    centres[2 * k + 1] = Math.fround(distance * (Math.floor(k / side) - (side - 1) / 2));
  }
  return centres;
}
