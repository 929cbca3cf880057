/** Which classes generated pictures are of, as a small classifier or a rule tells, beside real ones. */

import { classifierOf } from '../catalog/images/library.ts';
import type { Scene } from '../catalog/scene.ts';
import { isMeasurable } from '../math/clouds/cloud.ts';
import { frechet, type Gaussian, gaussianOf, rootSymmetric } from '../math/clouds/frechet.ts';
import { group, integer } from '../settings/index.ts';
import { fixedLatents, imagesPicture, picturesOf, realPictures } from './pictures.ts';
import { defineLongProbe, type Moment, type Work } from './probe.ts';
import { foundIn, histogramOf, type Judged, look, tellsClasses } from './recognised.ts';

/** Pictures that are generated and looked at between two pauses. */
const AT_A_TIME = 50;
/** Parts over which the inception score is averaged (Salimans et al. 2016). */
const SPLITS = 10;

/** Figures that real pictures have as well. */
const scores = ['covered', 'entropy', 'variation', 'unevenness', 'inception', 'frechet'] as const;

export const pictureClasses = defineLongProbe({
  name: 'pictureClasses',
  label: 'classes',
  summary:
    'How many generated pictures are of each class, with entropy, inception score and Fréchet distance by a small classifier, beside what as many real pictures score.',
  cost: 'long',
  settings: group({
    count: integer({
      label: 'pictures',
      summary: 'How many the figures rest on.',
      default: 1000,
      min: 100,
      max: 10_000,
      scale: 'log',
    }),
  }),
  fits: tellsClasses,
  *work(moment, { count }) {
    const { classes, classifier } = imagesPicture(moment.scene);
    const own = yield* judge(moment, count, 'generated');
    const real = yield* realOnes(moment, count);
    const { accuracy, tested } =
      classifier === undefined ? { accuracy: 1, tested: 0 } : classifierOf(classifier);
    const { best } = real;
    return {
      step: moment.step,
      samples: count,
      classes: classes.length,
      ...figuresOf(own, classes.length, real.layer),
      /** The classes of as many real pictures, and what they score: the line to reach. */
      realHistogram: best.histogram.slice(),
      floor: Object.fromEntries(
        scores.map((name) => {
          const mean = best[name] ?? Number.NaN;
          const off = name === 'inception' ? (best.inceptionDeviation ?? 0) : 0;
          return [name, { mean, low: mean - off, high: mean + off }];
        }),
      ),
      /** How often the classifier is right, of so many real pictures that it was not trained with; 1 of 0 for a rule. */
      accuracy,
      tested,
    };
  },
});

/** Real pictures are judged once for each scene and seed: what training may reach, and what it is compared with. */
const known = new WeakMap<Scene, { key: string; real: RealOnes }>();
interface RealOnes {
  /** What as many of them score, compared with as many others. */
  readonly best: ReturnType<typeof figuresOf>;
  /** The classifier's layer on the others. */
  readonly layer?: Layer;
}
/** A Gaussian with the root of its covariance, which takes most of the time of a distance from it. */
type Layer = Gaussian & { readonly root: Float64Array };

function* realOnes(moment: Moment, count: number): Work<RealOnes> {
  const key = `${moment.experiment.seed} ${count}`;
  const mine = known.get(moment.scene);
  if (mine?.key === key) return mine.real;
  const { labels, features, probabilities, width } = yield* judge(moment, 2 * count, 'real');
  const classes = imagesPicture(moment.scene).classes.length;
  let layer: Layer | undefined;
  if (features) {
    const gaussian = gaussianOf(features.subarray(count * width), width);
    layer = { ...gaussian, root: rootSymmetric(gaussian.covariance, width) };
  }
  yield 0.95;
  const first: Judged = {
    labels: labels.subarray(0, count),
    features: features?.subarray(0, count * width),
    probabilities: probabilities?.subarray(0, probabilities.length / 2),
    width,
  };
  const real = { best: figuresOf(first, classes, layer), layer };
  known.set(moment.scene, { key, real });
  return real;
}

function* judge(moment: Moment, count: number, whose: 'generated' | 'real'): Work<Judged> {
  const picture = imagesPicture(moment.scene);
  const { side, channels, latentSize } = picture;
  const size = side * side * channels;
  const latents = whose === 'generated' ? fixedLatents(moment, count) : undefined;
  const real = latents ? undefined : realPictures(moment, count).pictures;
  const parts: Judged[] = [];
  for (let from = 0; from < count; from += AT_A_TIME) {
    const to = Math.min(count, from + AT_A_TIME);
    const pictures = latents
      ? picturesOf(moment, latents.subarray(from * latentSize, to * latentSize))
      : (real as Float64Array).subarray(from * size, to * size);
    parts.push(look(moment, pictures, to - from));
    yield (0.9 * to) / count;
  }
  return {
    labels: Int32Array.from(joined(parts.map(({ labels }) => labels))),
    features: parts[0].features && joined(parts.map(({ features = [] }) => features)),
    probabilities: parts[0].probabilities && joined(parts.map(({ probabilities = [] }) => probabilities)),
    width: parts[0].width,
  };
}

function joined(parts: readonly ArrayLike<number>[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** All figures of a set of pictures, compared with what the classifier's layer is on real ones. */
function figuresOf(judged: Judged, classes: number, layer?: Layer) {
  const histogram = histogramOf(judged.labels, classes);
  const { probabilities, features, width } = judged;
  const inception = probabilities?.length ? inceptionScore(probabilities, classes, SPLITS) : undefined;
  return {
    histogram,
    covered: foundIn(histogram, judged.labels.length).length,
    ...spreadOf(histogram),
    inception: inception?.mean ?? null,
    inceptionDeviation: inception?.deviation ?? null,
    frechet: features && layer ? distanceFrom(layer, features, width) : null,
  };
}

function distanceFrom(layer: Layer, features: Float64Array, width: number): number {
  return isMeasurable(features) ? frechet(layer, gaussianOf(features, width), layer.root) : Number.NaN;
}

/** Of a histogram: its entropy in nats, its total variation and its l2 distance from evenness. */
export function spreadOf(histogram: ArrayLike<number>) {
  const hits = Array.from(histogram);
  const count = hits.reduce((sum, each) => sum + each, 0);
  const shares = hits.map((each) => each / count);
  const off = shares.map((share) => share - 1 / hits.length);
  return {
    entropy: -shares.reduce((sum, share) => sum + (share > 0 ? share * Math.log(share) : 0), 0),
    variation: off.reduce((sum, each) => sum + Math.abs(each), 0) / 2,
    unevenness: Math.sqrt(off.reduce((sum, each) => sum + each * each, 0)),
  };
}

/**
 * exp(E KL(p(y|x) || p(y))) over probabilities [count, classes] (Salimans et al. 2016, arXiv:1606.03498, section 4):
 * the mean over parts of the set, and the standard deviation of the parts.
 */
export function inceptionScore(probabilities: ArrayLike<number>, classes: number, splits = 1) {
  const count = probabilities.length / classes;
  const scores = Array.from({ length: splits }, (_, split) => {
    const from = Math.floor((split * count) / splits);
    const to = Math.floor(((split + 1) * count) / splits);
    const mean = new Float64Array(classes);
    for (let i = from; i < to; i++) {
      for (let k = 0; k < classes; k++) mean[k] += probabilities[i * classes + k] / (to - from);
    }
    let divergence = 0;
    for (let i = from; i < to; i++) {
      for (let k = 0; k < classes; k++) {
        const p = probabilities[i * classes + k];
        if (p > 0) divergence += (p * Math.log(p / mean[k])) / (to - from);
      }
    }
    return Math.exp(divergence);
  });
  const mean = scores.reduce((sum, score) => sum + score / splits, 0);
  const deviation = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2 / splits, 0));
  return { mean, deviation };
}
