/** The best discriminator that there could be against this generator, and how far the present one is from it. */
import type { Modes } from '../catalog/kinds.ts';
import { group, integer, number } from '../settings/index.ts';
import { scoresAt } from './discriminator.ts';
import { defineLongProbe } from './probe.ts';
import { evaluationStreams, generated, samplesPicture } from './samples.ts';
import { positionsOf, squareSettings } from './square.ts';

/** Kernels evaluated between two looks at the clock: about a millisecond's. */
const PIECE = 50_000;
/** Losses whose best discriminator is the log ratio of the densities. */
const OF_RATIO: ReadonlySet<string> = new Set(['nonSaturating', 'minimax']);

/**
 * Goodfellow et al. 2014 (arXiv:1406.2661), proposition 1 and theorem 1: against a fixed generator the best logit
 * is s*(x) = ln p_data(x) - ln p_g(x), and with U(s) = E_data[-sp(-s)] + E_g[-sp(s)]
 *   U(s*) = 2 JS(p_data, p_g) - 2 ln 2,   U(s) <= U(s*) for every s.
 *
 * The data are a mixture of Gaussians, known exactly. p_g is estimated from `count` generated samples by a Gaussian
 * kernel of bandwidth h (Parzen 1962); so that a perfect generator does not look wrong, the data's density is
 * blurred by the same kernel, which only adds h² to its variances. U is taken on `count` other samples of each:
 * `divergence` = ln 2 + U(s*) / 2 therefore estimates a lower bound of JS, in [.., ln 2], and may fall below 0 by
 * chance. `own` is ln 2 + U(s) / 2 of the discriminator's own score, the divergence that it has found, where its
 * loss is of this kind (1 its label for real, and samples judged one by one); `gap` is what it misses, above 0 but for the estimate. `error`
 * is the mean of |sigma(s) - sigma(s*)| over both sets of samples.
 */
export const optimalDiscriminator = defineLongProbe({
  name: 'optimalDiscriminator',
  label: 'best discriminator',
  summary:
    'The logit ln p_data − ln p_g on a grid, p_g estimated; the divergence it sees, and what the present one misses.',
  cost: 'long',
  settings: group({
    ...squareSettings(32, 96),
    count: integer({
      label: 'samples',
      summary: 'For the estimate of p_g; as many others, real and generated, judge.',
      default: 500,
      min: 50,
      max: 2000,
      scale: 'log',
    }),
    bandwidth: number({
      label: 'bandwidth h',
      summary: 'Standard deviation of the kernel; 0 takes that of the data’s Gaussians.',
      default: 0,
      min: 0,
      max: 10,
    }),
  }),
  fits: (scene) => scene.model.picture.kind === 'samples' && scene.model.picture.modes !== undefined,
  *work(moment, settings) {
    const { scene, experiment, point, step } = moment;
    const { resolution, count } = settings;
    const picture = samplesPicture(scene);
    const { dimension } = picture;
    const modes = picture.modes as Modes;
    const extent = settings.extent || picture.extent;
    const bandwidth = settings.bandwidth || modes.spread;

    const drawn = generated(moment, 2 * count);
    const kernels = drawn.subarray(0, dimension * count);
    const fake = drawn.subarray(dimension * count);
    const real = new Float64Array(dimension * count);
    picture.fillReal(evaluationStreams(moment), count, real);
    const grid = positionsOf(dimension, extent, resolution);
    const positions = [grid, real, fake];
    const ownScores = [real, fake].map((each) => scoresAt(scene, point, each));

    const blurred = Math.hypot(modes.spread, bandwidth);
    const perPiece = Math.max(1, Math.ceil(PIECE / (count + modes.centres.length / dimension)));
    const total = (grid.length + real.length + fake.length) / dimension;
    const best: Float64Array[] = [];
    let made = 0;
    for (const each of positions) {
      const logits = new Float64Array(each.length / dimension);
      best.push(logits);
      for (let i = 0; i < logits.length; i++) {
        const at = each.subarray(i * dimension, (i + 1) * dimension);
        logits[i] = logMixture(at, modes.centres, blurred, modes.shares) - logMixture(at, kernels, bandwidth);
        if (++made % perPiece === 0) yield made / total;
      }
    }
    const [logits, onReal, onFake] = best;
    const { game } = experiment;
    const isOfRatio =
      game.kind === 'gan' &&
      game.regularisation.packing === 1 &&
      OF_RATIO.has(game.loss.kind) &&
      (game.loss as { realLabel?: number }).realLabel === 1;
    const divergence = foundBy(onReal, onFake);
    const own = isOfRatio ? foundBy(ownScores[0], ownScores[1]) : null;
    return {
      step,
      extent,
      resolution,
      logits, // [row of y, column of x], rows upwards; in one dimension, along the line
      divergence,
      own,
      gap: own === null ? null : divergence - own,
      error: isOfRatio ? (apart(ownScores[0], onReal) + apart(ownScores[1], onFake)) / (2 * count) : null,
      count,
      bandwidth,
    } as {
      step: number;
      extent: number;
      resolution: number;
      logits: Float64Array;
      divergence: number;
      own: number | null;
      gap: number | null;
      error: number | null;
      count: number;
      bandwidth: number;
    };
  },
});

/**
 * ln of the density at a position of Gaussians of deviation `spread` at `centres` [count, dimension]: equal ones,
 * unless their `shares` are given.
 */
export function logMixture(
  at: Float64Array,
  centres: Float64Array,
  spread: number,
  shares?: Float64Array,
): number {
  const dimension = at.length;
  const count = centres.length / dimension;
  const scale = 1 / (2 * spread * spread);
  let least = Number.POSITIVE_INFINITY;
  // The largest term is taken out of the sum as it is met: far away all of them are too small for a double.
  let sum = 0;
  for (let k = 0; k < count; k++) {
    let square = 0;
    for (let axis = 0; axis < dimension; axis++) square += (at[axis] - centres[dimension * k + axis]) ** 2;
    square *= scale;
    if (shares) square -= Math.log(shares[k] * count); // infinitely far where the share is 0
    if (square === Number.POSITIVE_INFINITY) continue;
    if (square < least) {
      sum = sum * Math.exp(square - least) + 1;
      least = square;
    } else sum += Math.exp(least - square);
  }
  return Math.log(sum / count) - least - dimension * Math.log(spread * Math.sqrt(2 * Math.PI));
}

const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** ln 2 + U(s) / 2 of scores on real and on generated samples: the divergence that a discriminator has found. */
function foundBy(onReal: Float64Array, onFake: Float64Array): number {
  let loss = 0;
  for (const score of onReal) loss += softplus(-score) / onReal.length;
  for (const score of onFake) loss += softplus(score) / onFake.length;
  return Math.LN2 - loss / 2;
}

/** The sum of differences of two judgements' probabilities. */
function apart(a: Float64Array, b: Float64Array): number {
  const sigma = (x: number) => 1 / (1 + Math.exp(-x));
  return a.reduce((sum, score, i) => sum + Math.abs(sigma(score) - sigma(b[i])), 0);
}
