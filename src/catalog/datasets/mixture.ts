/** What the mixtures of Gaussians share: their settings and their exact sampler. */
import type { Stream } from '../../math/random.ts';
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
  });

export const balancedSetting = toggle({
  label: 'balanced',
  summary: 'Take the Gaussians in turn, so that each has its share of every batch.',
  default: true,
});

/** Half the width of a picture of data that reach this far: past four deviations a sample in 3,000 lies. */
export const extentOf = (reach: number, spread: number) => 1.25 * (reach + 4 * spread);

/** Samples [count, dimension] of Gaussians at `centres` [modes, dimension]: equal ones, unless `shares` are given. */
export function fillMixture(
  streams: Streams,
  centres: Float64Array,
  dimension: number,
  spread: number,
  balanced: boolean,
  count: number,
  out: Float64Array,
  shares?: Float64Array,
): void {
  const modes = centres.length / dimension;
  streams('data').normals(out);
  const chosen = new Int32Array(count);
  const choices = streams('data.mode');
  if (shares) chooseByShares(choices, shares, balanced, chosen);
  else if (balanced) {
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

/** Modes by their shares: each sample by itself, or evenly spaced from anywhere, which gives each its share. */
function chooseByShares(choices: Stream, shares: Float64Array, balanced: boolean, chosen: Int32Array): void {
  const count = chosen.length;
  const levels = choices.uniforms(new Float64Array(balanced ? 1 : count));
  for (let i = 0; i < count; i++) {
    const level = balanced ? (i + levels[0]) / count : levels[i];
    let sum = shares[0];
    let mode = 0;
    // Rounding may leave the sum of all below 1: a mode of no share is never the one that is left.
    for (let next = 1; next < shares.length && level >= sum; next++) {
      sum += shares[next];
      if (shares[next] > 0) mode = next;
    }
    chosen[i] = mode;
  }
}
