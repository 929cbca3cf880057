/** Draws from the pictures of a stored set. */
import type { StoredPictures, Streams } from '../kinds.ts';
import type { Images } from './library.ts';

/** Of which pictures is drawn: by set, what was last asked for. */
const choices = new WeakMap<Images, { key: string; chosen: Int32Array }>();

export function chosen(images: Images, only: readonly number[], most: number): Int32Array {
  const key = `${only.join()};${most}`;
  const known = choices.get(images);
  if (known?.key === key) return known.chosen;
  const of = (wanted: readonly number[]) => {
    const found: number[] = [];
    for (let i = 0; i < images.count && (most === 0 || found.length < most); i++) {
      if (wanted.length === 0 || wanted.includes(images.labels[i])) found.push(i);
    }
    return found;
  };
  const some = of(only);
  const found = Int32Array.from(some.length > 0 ? some : of([]));
  choices.set(images, { key, chosen: found });
  return found;
}

/** Fills pictures [count, ...] with some of the chosen ones, each as likely as the other. */
export function fillFrom(
  images: Images,
  among: Int32Array,
  streams: Streams,
  purpose: string,
  count: number,
  out: Float64Array,
  labels?: Float64Array,
): void {
  const size = sizeOf(images);
  const picks = streams(purpose).integers(new Int32Array(count), among.length);
  for (let i = 0; i < count; i++) {
    const from = among[picks[i]];
    copyPicture(images, from, out, i * size);
    if (labels) labels[i] = images.labels[from];
  }
}

/** The chosen pictures themselves. */
export const storedIn = (images: Images, among: Int32Array): StoredPictures => ({
  count: among.length,
  copy: (i, out, at) => copyPicture(images, among[i], out, at),
});

function copyPicture(images: Images, from: number, out: Float64Array, at: number): void {
  const { pixels } = images;
  const size = sizeOf(images);
  for (let k = 0; k < size; k++) out[at + k] = Math.fround(pixels[from * size + k] / 127.5 - 1);
}

const sizeOf = ({ side, channels }: Images): number => side * side * channels;
