/** What the mixtures of Gaussians share: their settings and their exact sampler. */
import { number, toggle } from '../../settings/index.ts';
import type { Streams } from '../kinds.ts';

export const spreadSetting = (standard: number) =>
  number({
    label: 'spread',
    summary: 'Standard deviation of each Gaussian.',
    default: standard,
    min: 0.0001,
    max: 2,
    scale: 'log',
    live: false,
  });

export const balancedSetting = toggle({
  label: 'balanced',
  summary: 'Take the Gaussians in turn, so that each has its share of every batch.',
  default: true,
  live: false,
});

/** Half the width of a picture of data that reach this far: past four deviations a sample in 3,000 lies. */
export const extentOf = (reach: number, spread: number) => 1.25 * (reach + 4 * spread);

/** Samples [count, dimension] of equal Gaussians at `centres` [modes, dimension]. */
export function fillMixture(
  streams: Streams,
  centres: Float64Array,
  dimension: number,
  spread: number,
  balanced: boolean,
  count: number,
  out: Float64Array,
): void {
  const modes = centres.length / dimension;
  streams('data').normals(out);
  const chosen = new Int32Array(count);
  const choices = streams('data.mode');
  if (balanced) {
    // In turn from anywhere, so that batches that do not divide evenly favour no mode in the long run.
    const [first] = choices.integers(new Int32Array(1), modes);
    for (let i = 0; i < count; i++) chosen[i] = (first + i) % modes;
  } else choices.integers(chosen, modes);
  for (let i = 0; i < count; i++) {
    for (let axis = 0; axis < dimension; axis++) {
      const at = dimension * i + axis;
      out[at] = Math.fround(centres[dimension * chosen[i] + axis] + spread * out[at]);
    }
  }
}
