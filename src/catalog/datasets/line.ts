/** Gaussians on a line: data of one dimension, where everything can be seen. */
import { group, numbers } from '../../settings/index.ts';
import { defineDataset } from '../kinds.ts';
import { balancedSetting, extentOf, fillMixture, spreadSetting } from './mixture.ts';

export const line = defineDataset({
  name: 'line',
  label: 'Gaussians on a line',
  summary: 'Equal Gaussians in one dimension; at −2 and 2 in the study of landscapes.',
  source: 'Berard et al. 2020 (arXiv:1906.04848), section 5.1',
  dimension: 1,
  settings: group({
    centres: numbers({
      label: 'centres',
      summary: 'Of the Gaussians.',
      default: [-2, 2],
      min: -100,
      max: 100,
      length: [1, 32],
    }),
    spread: spreadSetting(1),
    balanced: balancedSetting,
  }),
  extent: ({ centres, spread }) => extentOf(Math.max(0.1, ...centres.map(Math.abs)), spread),
  modes: ({ centres, spread }) => ({ centres: Float64Array.from(centres, Math.fround), spread }),
  fill: (streams, count, { centres, spread, balanced }, out) =>
    fillMixture(streams, Float64Array.from(centres), 1, spread, balanced, count, out),
});
