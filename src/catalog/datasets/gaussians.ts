/** A few Gaussians wherever one wants them. */
import { group, numbers } from '../../settings/index.ts';
import { defineDataset } from '../kinds.ts';
import { balancedSetting, extentOf, fillMixture, spreadSetting } from './mixture.ts';

/** As many as one can tell apart. */
export const MOST_GAUSSIANS = 32;

export const gaussians = defineDataset({
  name: 'gaussians',
  label: 'Gaussians anywhere',
  summary: 'Gaussians at given centres; two equal ones by default.',
  source: 'two modes: Schäfer & Anandkumar 2019 (arXiv:1905.12103), section 4',
  settings: group({
    centres: numbers({
      label: 'centres',
      summary: 'x and y of each Gaussian, one after the other.',
      default: [1, 0, Math.SQRT1_2, Math.SQRT1_2],
      min: -100,
      max: 100,
      length: [2, 2 * MOST_GAUSSIANS],
    }),
    weights: numbers({
      label: 'weights',
      summary: 'How often each is drawn, beside the others; those without a weight have 1.',
      default: [],
      min: 0,
      max: 100,
      length: [0, MOST_GAUSSIANS],
    }),
    spread: spreadSetting(0.1),
    balanced: balancedSetting,
  }),
  extent: ({ centres, spread }) => extentOf(Math.max(0.1, ...centres.map(Math.abs)), spread),
  modes: (settings) => ({
    centres: pairsOf(settings.centres),
    spread: settings.spread,
    shares: sharesOf(settings),
  }),
  fill: (streams, count, settings, out) => {
    const { centres, spread, balanced } = settings;
    fillMixture(streams, pairsOf(centres), 2, spread, balanced, count, out, sharesOf(settings));
  },
});

/** Each Gaussian's share of all samples; undefined where all have the same. */
function sharesOf({
  centres,
  weights,
}: {
  centres: readonly number[];
  weights: readonly number[];
}): Float64Array | undefined {
  const count = Math.ceil(centres.length / 2);
  const own = Float64Array.from({ length: count }, (_, k) => weights[k] ?? 1);
  const total = own.reduce((sum, weight) => sum + weight, 0);
  // With nothing but zeros, all count alike.
  if (total === 0 || own.every((weight) => weight === own[0])) return undefined;
  return own.map((weight) => weight / total);
}

/** By the list of numbers, which never changes. */
const known = new WeakMap<readonly number[], Float64Array>();

/** A last number without a partner counts as an x at y = 0. Not to be written to. */
export function pairsOf(values: readonly number[]): Float64Array {
  let pairs = known.get(values);
  if (!pairs) {
    pairs = new Float64Array(2 * Math.ceil(values.length / 2));
    for (let i = 0; i < values.length; i++) pairs[i] = Math.fround(values[i]);
    known.set(values, pairs);
  }
  return pairs;
}
