/** Mode coverage: how many components of a mixture the generator has found, and how well it hits them. */

import type { Modes } from '../catalog/kinds.ts';
import { modeDivergences } from '../math/clouds/histogram.ts';
import { group, integer } from '../settings/index.ts';
import { perfectScores, REPLICATES } from './perfect.ts';
import { defineProbe, finish } from './probe.ts';
import { generated, samplesPicture } from './samples.ts';

/** A sample is of high quality within this many standard deviations of a centre (VEEGAN; PacGAN's code). */
const HIGH_QUALITY = 3;
/** A mode counts as covered when it receives at least this share of all samples, at high quality. */
const COVERED_SHARE = 0.01;

export interface ModeCount {
  /** Modes with at least one high-quality sample. */
  readonly captured: number;
  /** Modes with at least 1 % of all samples, at high quality: what the page calls found. */
  readonly covered: number;
  readonly total: number;
  /** Share of samples of high quality, in [0, 1]. A perfect generator in the plane scores 1 - e^-4.5. */
  readonly highQuality: number;
  /** KL(mode histogram of high-quality samples || the modes' own shares), in nats; NaN without any. */
  readonly reverseKL: number;
  /** The Jensen-Shannon divergence of the same two, in nats, at most ln 2; NaN without any. */
  readonly js: number;
  /** High-quality samples nearest to each mode. */
  readonly histogram: Float64Array;
}

/** Counts modes among positions [count, dimension] (Srivastava et al. 2017, section 4; Lin et al. 2018). */
export function countModes(
  positions: Float64Array,
  { centres, spread, shares }: Modes,
  dimension = 2,
): ModeCount {
  const total = centres.length / dimension;
  const count = positions.length / dimension;
  const histogram = new Float64Array(total);
  let good = 0;
  for (let i = 0; i < count; i++) {
    let nearest = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < total; k++) {
      let square = 0;
      for (let axis = 0; axis < dimension; axis++) {
        square += (positions[dimension * i + axis] - centres[dimension * k + axis]) ** 2;
      }
      if (square < least) {
        least = square;
        nearest = k;
      }
    }
    if (Math.sqrt(least) < HIGH_QUALITY * spread) {
      histogram[nearest] += 1;
      good += 1;
    }
  }
  let captured = 0;
  let covered = 0;
  for (const hits of histogram) {
    if (hits > 0) captured += 1;
    if (hits >= COVERED_SHARE * count) covered += 1;
  }
  const { kl, js } = modeDivergences(histogram, shares);
  return { captured, covered, total, highQuality: good / count, reverseKL: kl, js, histogram };
}

export const modes = defineProbe({
  name: 'modes',
  label: 'modes',
  summary:
    'Components of the mixture that the generator has found, share of samples near one, reverse KL and JS, each beside what perfect samples score.',
  cost: 'forward',
  settings: group({
    count: integer({
      label: 'samples',
      summary: 'How many samples the count rests on.',
      default: 2500,
      min: 100,
      max: 10_000,
      scale: 'log',
    }),
  }),
  fits: (scene) => scene.model.picture.kind === 'samples' && scene.model.picture.modes !== undefined,
  read(moment, { count }) {
    const { modes, dimension } = samplesPicture(moment.scene);
    const measured = (positions: Float64Array) => countModes(positions, modes as Modes, dimension);
    // biome-ignore lint/correctness/useYield: a count takes no time worth a pause
    const score = function* (perfect: Float64Array) {
      const { captured, covered, highQuality, reverseKL, js } = measured(perfect);
      return { captured, covered, highQuality, reverseKL, js };
    };
    const replicates = REPLICATES;
    const floor = finish(perfectScores(moment, 'modes', { count, replicates }, score));
    return { ...measured(generated(moment, count)), floor, samples: count, replicates };
  },
});
