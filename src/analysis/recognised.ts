/** Of which classes pictures are, as a small classifier or a rule tells. */
import { classify, constantsOf } from '../catalog/images/classifier.ts';
import { classifierOf } from '../catalog/images/library.ts';
import type { Scene } from '../catalog/scene.ts';
import { build } from '../expr/index.ts';
import { imagesPicture } from './pictures.ts';
import type { Moment } from './probe.ts';

/** A class counts as covered from this share of all pictures on, where there are fewer than a hundred. */
const COVERED_SHARE = 0.01;
/** From so many classes on, one picture does. */
const MANY_CLASSES = 100;

/** What is known of a set of pictures: their classes, and where a classifier tells, its layer and probabilities. */
export interface Judged {
  readonly labels: Int32Array;
  readonly features?: Float64Array;
  readonly probabilities?: Float64Array;
  readonly width: number;
}

/** Whether something tells the classes of this game's pictures. */
export const tellsClasses = ({ model: { picture } }: Scene): boolean =>
  picture.kind === 'images' && (picture.classifier !== undefined || picture.recognise !== undefined);

/** The classes of `count` pictures [count, side side channels]. */
export function look({ scene, point }: Moment, pictures: Float64Array, count: number): Judged {
  const { side, channels, classifier, recognise } = imagesPicture(scene);
  if (classifier === undefined) {
    return { labels: recognise?.(pictures, count) ?? new Int32Array(count), width: 0 };
  }
  const net = classifierOf(classifier);
  const program = scene.program(`classes ${classifier} ${count}`, () => {
    const given = build.input('pictures', [count, side * side * channels]);
    const { features, logits } = classify(given, { side, channels }, net, constantsOf(net));
    return { features, probabilities: build.softmax(logits) };
  });
  const found = program.run(point, { pictures });
  const probabilities = found.probabilities.slice();
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    for (let channel = 0; channel < channels; channel++) {
      const at = (i * channels + channel) * net.classes;
      const row = probabilities.subarray(at, at + net.classes);
      labels[i] = net.classes * labels[i] + row.indexOf(Math.max(...row));
    }
  }
  return {
    labels,
    features: found.features.slice(),
    // The classes of several channels together are too many to average over.
    probabilities: channels === 1 ? probabilities : new Float64Array(0),
    width: channels * net.hidden,
  };
}

/** How many pictures are of each class. */
export function histogramOf(labels: ArrayLike<number>, classes: number): Float64Array {
  const histogram = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) histogram[labels[i]] += 1;
  return histogram;
}

/** The classes, by their numbers, that so many of `count` pictures are of that they count as found. */
export function foundIn(histogram: Float64Array, count: number): number[] {
  const least = histogram.length < MANY_CLASSES ? COVERED_SHARE * count : 1;
  return [...histogram.keys()].filter((label) => histogram[label] >= least);
}
