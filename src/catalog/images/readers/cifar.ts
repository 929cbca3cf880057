/** The binary batches of CIFAR-10 and CIFAR-100: a label or two, then red, green and blue planes of 32 × 32. */
import { type Frames, type Named, Unreadable } from './frames.ts';

const SIDE = 32;
const PLANE = SIDE * SIDE;
/** Krizhevsky 2009; by the number of bytes of labels before each picture. */
const kinds = [
  { labels: 1, most: [9] },
  { labels: 2, most: [19, 99] },
] as const;
const CIFAR_10 = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
] as const;

const recordOf = (labels: number) => labels + 3 * PLANE;

/** The bytes of labels a picture; undefined where the file is no batch. */
function labelsIn(bytes: Uint8Array): 1 | 2 | undefined {
  return kinds.find(({ labels, most }) => {
    const record = recordOf(labels);
    if (bytes.length === 0 || bytes.length % record !== 0) return false;
    for (let at = 0; at < bytes.length; at += record) {
      if (most.some((limit, i) => bytes[at + i] > limit)) return false;
    }
    return true;
  })?.labels;
}

/** By its length and its labels: a batch has no mark of its own. */
export const isCifar = (bytes: Uint8Array): boolean => labelsIn(bytes) !== undefined;

/** Throws Unreadable where a file is no batch, or batches are not of one kind. */
export function readCifar(files: readonly Named[]): Frames {
  const [first] = files;
  const labelled = labelsIn(first.bytes);
  for (const { name, bytes } of files) {
    const own = labelsIn(bytes);
    if (own === undefined) {
      const expected = `a CIFAR batch: ${recordOf(1)} or ${recordOf(2)} bytes a picture, with labels up to 9, or 19 and 99`;
      const isWhole = bytes.length > 0 && kinds.some(({ labels }) => bytes.length % recordOf(labels) === 0);
      throw new Unreadable(name, expected, isWhole ? 'labels beyond' : `${bytes.length} bytes`);
    }
    if (own !== labelled)
      throw new Unreadable(name, `a batch of the kind of ${first.name}`, 'the other kind');
  }
  const before = labelled as 1 | 2;
  const record = recordOf(before);
  const places = files.flatMap(({ bytes }) =>
    Array.from({ length: bytes.length / record }, (_, i) => ({ bytes, from: i * record })),
  );
  return {
    count: places.length,
    width: SIDE,
    height: SIDE,
    channels: 3,
    picture(at) {
      const { bytes, from } = places[at];
      const pixels = new Uint8Array(3 * PLANE);
      for (let channel = 0; channel < 3; channel++) {
        const plane = from + before + channel * PLANE;
        for (let i = 0; i < PLANE; i++) pixels[3 * i + channel] = bytes[plane + i];
      }
      return pixels;
    },
    // The last byte before the pixels: the fine label, of two.
    labels: Uint8Array.from(places, ({ bytes, from }) => bytes[from + before - 1]),
    classes: before === 1 ? CIFAR_10 : Array.from({ length: 100 }, (_, i) => `${i}`),
    notes: [],
  };
}
