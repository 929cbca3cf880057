/** A few Gaussians wherever one wants them. */
import { group, numbers } from '../../settings/index.ts';
import { defineDataset } from '../kinds.ts';
import { balancedSetting, extentOf, fillMixture, spreadSetting } from './mixture.ts';

export const gaussians = defineDataset({
  name: 'gaussians',
  label: 'Gaussians anywhere',
  summary: 'Equal Gaussians at given centres; two of them by default.',
  source: 'two modes: Schäfer & Anandkumar 2019 (arXiv:1905.12103), section 4',
  settings: group({
    centres: numbers({
      label: 'centres',
      summary: 'x and y of each Gaussian, one after the other.',
      default: [1, 0, Math.SQRT1_2, Math.SQRT1_2],
      min: -100,
      max: 100,
      length: [2, 64],
      live: false,
    }),
    spread: spreadSetting(0.1),
    balanced: balancedSetting,
  }),
  extent: ({ centres, spread }) => extentOf(Math.max(0.1, ...centres.map(Math.abs)), spread),
  modes: ({ centres, spread }) => ({ centres: pairsOf(centres), spread }),
  fill: (streams, count, { centres, spread, balanced }, out) =>
    fillMixture(streams, pairsOf(centres), 2, spread, balanced, count, out),
});

/** A last number without a partner counts as an x at y = 0. */
export function pairsOf(values: readonly number[]): Float64Array {
  const pairs = new Float64Array(2 * Math.ceil(values.length / 2));
  for (let i = 0; i < values.length; i++) pairs[i] = Math.fround(values[i]);
  return pairs;
}
