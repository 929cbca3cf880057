/** How far the generated samples are from real ones, by six distances, beside what perfect samples score. */
import { wasserstein } from '../math/clouds/assignment.ts';
import { medianDistance } from '../math/clouds/cloud.ts';
import { energyDistance } from '../math/clouds/energy.ts';
import { frechetOfClouds } from '../math/clouds/frechet.ts';
import { BANDWIDTHS, meanDiscrepancy } from '../math/clouds/mmd.ts';
import { sliced } from '../math/clouds/sliced.ts';
import { part } from '../math/work.ts';
import { group, integer, number } from '../settings/index.ts';
import { besideFloor, perfectScores, replicatesSetting } from './perfect.ts';
import { defineLongProbe, type Work } from './probe.ts';
import { generated, realSamples, samplesPicture } from './samples.ts';

export type Distances = {
  /** Exact W1, in the data's unit. */
  readonly w1: number;
  /** Exact W2, in the data's unit. */
  readonly w2: number;
  /** The mean over directions of W1 along each. */
  readonly slicedW1: number;
  /** The root of the mean over directions of W2 squared along each. */
  readonly slicedW2: number;
  /** In the data's unit. */
  readonly energy: number;
  /** MMD squared over all pairs: at least 0. */
  readonly mmdSquared: number;
  /** MMD squared without the pairs of a sample with itself: around 0 for perfect samples, often below it. */
  readonly mmdSquaredUnbiased: number;
  /** W2 squared of the Gaussians with both clouds' means and covariances: the distance behind FID. */
  readonly frechet: number;
};

/** All distances from real samples to generated ones, of the same count. */
export function* distancesOf(
  real: Float64Array,
  fake: Float64Array,
  dimension: number,
  directions: number,
  bandwidths: readonly number[],
): Work<Distances> {
  const exact = yield* part(wasserstein(real, fake, dimension), 0, 0.6);
  const along = yield* part(sliced(real, fake, dimension, directions), 0.6, 0.1);
  const energy = yield* part(energyDistance(real, fake, dimension), 0.7, 0.1);
  const mmd = yield* part(meanDiscrepancy(real, fake, dimension, bandwidths), 0.8, 0.2);
  return {
    w1: exact.w1,
    w2: Math.sqrt(exact.w2Squared),
    slicedW1: along.w1,
    slicedW2: Math.sqrt(along.w2Squared),
    energy,
    mmdSquared: mmd.biased,
    mmdSquaredUnbiased: mmd.unbiased,
    frechet: frechetOfClouds(real, fake, dimension),
  };
}

export const distances = defineLongProbe({
  name: 'distances',
  label: 'distances to the data',
  summary:
    'W1 and W2 (exact and sliced), energy distance, MMD² and Fréchet distance between generated and real samples, each beside what perfect samples score.',
  cost: 'long',
  settings: group({
    count: integer({
      label: 'samples',
      summary: 'How many of each: exact transport takes up to the cube of it.',
      default: 256,
      min: 2,
      max: 512,
      scale: 'log',
    }),
    directions: integer({
      label: 'directions',
      summary: 'Along how many the sliced distances are taken.',
      default: 64,
      min: 1,
      max: 1024,
      scale: 'log',
    }),
    bandwidth: number({
      label: 'bandwidth',
      summary: 'Of the kernel; 0 takes five, of 0.1 to 2 times the median distance of real samples.',
      default: 0,
      min: 0,
      max: 1e6,
    }),
    replicates: replicatesSetting,
  }),
  fits: (scene) => scene.model.picture.kind === 'samples',
  *work(moment, settings) {
    const { count, directions, bandwidth, replicates } = settings;
    const { dimension, extent } = samplesPicture(moment.scene);
    const real = realSamples(moment, count);
    const fake = generated(moment, count);
    const scale = medianDistance(real, dimension) || extent; // 0 where the data are one point
    const bandwidths = bandwidth > 0 ? [bandwidth] : BANDWIDTHS.map((times) => times * scale);
    const compare = (samples: Float64Array) => distancesOf(real, samples, dimension, directions, bandwidths);
    const floor = perfectScores(moment, 'distances', settings, compare);
    const { figures, floor: perfect } = yield* besideFloor(compare(fake), floor);
    return { step: moment.step, ...figures, floor: perfect, samples: count, replicates };
  },
});
