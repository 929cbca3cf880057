/** Small classifiers, one for each stored set: what pictures are counted and compared with. */
import { build, type Expr } from '../../expr/index.ts';
import type { ImageSize } from '../kinds.ts';

/** One hidden layer with relu, on means of `pool` x `pool` pixels. */
export interface Classifier {
  /** The side of the pictures that it looks at, before they are pooled. */
  readonly side: number;
  readonly pool: number;
  readonly hidden: number;
  readonly classes: number;
  /** Weights [inputs, hidden], biases [hidden], weights [hidden, classes], biases [classes]. */
  readonly values: readonly [Float64Array, Float64Array, Float64Array, Float64Array];
  /** The share of pictures that it names rightly, of so many that it was not trained with. */
  readonly accuracy: number;
  readonly tested: number;
  readonly trained: number;
}

const LARGEST_BYTE = 127;
const PARTS = 4;
/** Characters of a wrong line that are shown. */
const MOST_QUOTED = 40;

const shapesOf = ({ side, pool, hidden, classes }: Omit<Classifier, 'values'>) =>
  [[(side / pool) ** 2, hidden], [hidden], [hidden, classes], [classes]] as const;
const sizeOf = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);

/** A file of a classifier: what it is as a line of JSON, then its weights, a signed byte each. */
export function writeClassifier({ values, ...about }: Classifier): Uint8Array {
  const scales = values.map((part) => Math.max(...part.map(Math.abs)) / LARGEST_BYTE || 1);
  const line = new TextEncoder().encode(`${JSON.stringify({ ...about, scales })}\n`);
  const bytes = values.map((part, i) => Int8Array.from(part, (value) => Math.round(value / scales[i])));
  const file = new Uint8Array(line.length + bytes.reduce((sum, { length }) => sum + length, 0));
  file.set(line);
  let at = line.length;
  for (const part of bytes) {
    file.set(new Uint8Array(part.buffer), at);
    at += part.length;
  }
  return file;
}

/** Throws an Error that says what was expected where the bytes are no classifier. */
export function readClassifier(file: string, bytes: Uint8Array): Classifier {
  const end = bytes.indexOf(10);
  const { scales, ...about } = firstLine(file, bytes.subarray(0, Math.max(0, end)));
  let at = end + 1;
  const values = shapesOf(about).map((shape, i) => {
    const part = new Int8Array(bytes.slice(at, at + sizeOf(shape)).buffer);
    at += sizeOf(shape);
    return Float64Array.from(part, (value) => value * scales[i]);
  });
  if (at !== bytes.length) throw new Error(`${file} should have ${at} bytes, but has ${bytes.length}`);
  return { ...about, values: values as readonly Float64Array[] as Classifier['values'] };
}

/** What a classifier's file says of itself. Where a file is not there, many a host sends a page that says so. */
function firstLine(file: string, bytes: Uint8Array): Omit<Classifier, 'values'> & { scales: number[] } {
  const line = new TextDecoder().decode(bytes);
  try {
    const about = JSON.parse(line);
    const numbers = [about.side, about.pool, about.hidden, about.classes, ...about.scales];
    if (about.scales.length === PARTS && numbers.every((value) => value > 0)) return about;
  } catch {
    // It is said below.
  }
  const found = line === '' ? 'no such line' : `“${line.slice(0, MOST_QUOTED)}”`;
  throw new Error(
    `${file} should begin with a line of JSON that says what the classifier is, but has ${found}`,
  );
}

/**
 * Pictures [count, side side channels] -> the hidden layer before its relu [count, hidden] and logits
 * [count, classes]; each channel of several counts as a picture of its own: [count channels, ...].
 */
export function classify(
  pictures: Expr,
  { side: found, channels }: ImageSize,
  { side, pool }: Pick<Classifier, 'side' | 'pool'>,
  [weights, biases, lastWeights, lastBiases]: readonly Expr[],
): { features: Expr; logits: Expr } {
  const { reshape, transpose, mean, matmul, add, relu } = build;
  const count = pictures.shape[0] * channels;
  const pixels = reshape(pictures, [pictures.shape[0], found * found, channels]);
  const own = reshape(channels === 1 ? pixels : transpose(pixels, [0, 2, 1]), [count, found * found]);
  const apart =
    found === side ? own : matmul(own, build.constant(resampling(found, side), [found * found, side * side]));
  const short = side / pool;
  const pooled =
    pool === 1
      ? apart
      : reshape(mean(reshape(apart, [count, short, pool, short, pool]), [2, 4]), [count, short * short]);
  const features = add(matmul(pooled, weights), biases);
  return { features, logits: add(matmul(relu(features), lastWeights), lastBiases) };
}

/** The values of a classifier as constants of an expression. */
export const constantsOf = (classifier: Classifier): Expr[] =>
  shapesOf(classifier).map((shape, i) => build.constant(classifier.values[i], shape));

/** Its values as inputs, to be trained. */
export const inputsOf = (about: Omit<Classifier, 'values'>): Expr[] =>
  shapesOf(about).map((shape, i) => build.input(`part ${i}`, shape));

/** The matrix [from from, to to] that makes means over areas of pictures with `from` pixels a side. */
function resampling(from: number, to: number): Float64Array {
  /** How much of a new pixel an old one covers, along one side. */
  const share = (old: number, fresh: number) =>
    (to / from) *
    Math.max(0, Math.min((fresh + 1) * (from / to), old + 1) - Math.max(fresh * (from / to), old));
  const matrix = new Float64Array(from * from * to * to);
  for (let y = 0; y < from; y++) {
    for (let x = 0; x < from; x++) {
      for (let v = 0; v < to; v++) {
        for (let u = 0; u < to; u++) {
          matrix[(y * from + x) * to * to + v * to + u] = share(y, v) * share(x, u);
        }
      }
    }
  }
  return matrix;
}
