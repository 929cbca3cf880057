/** IDX, the form of MNIST and its kin: a file of pictures, and beside it one of their labels. */
import { MOST_CLASSES } from '../ownNames.ts';
import { type Frames, type Named, Unreadable } from './frames.ts';

// Two zeros, the type of an entry (8: an unsigned byte), and the number of axes; sizes follow, most significant first.
const PICTURES = 0x00000803;
const LABELS = 0x00000801;
const PICTURES_AT = 16;
const LABELS_AT = 8;
/** Pictures of more pixels along a side are no small ones. */
const MOST_PIXELS = 1024;

const word = (bytes: Uint8Array, at: number) =>
  bytes.length >= at + 4 ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(at) : -1;

export const isIdx = (bytes: Uint8Array): boolean => bytes[0] === 0 && bytes[1] === 0 && bytes.length > 4;
export const isIdxLabels = (bytes: Uint8Array): boolean => word(bytes, 0) === LABELS;

/** Throws Unreadable where a file is not what its first bytes say, or says what cannot be used. */
export function readIdx(file: Named, labelled?: Named): Frames {
  const { name, bytes } = file;
  if (word(bytes, 0) !== PICTURES) {
    const found =
      word(bytes, 0) === LABELS
        ? 'labels: choose the file of their pictures together with it'
        : `the first bytes ${hex(bytes)}`;
    throw new Unreadable(name, `an IDX file of grey pictures, which begins with 00 00 08 03`, found);
  }
  const [count, height, width] = [word(bytes, 4), word(bytes, 8), word(bytes, 12)];
  const isUsable = count >= 1 && height >= 1 && width >= 1 && height <= MOST_PIXELS && width <= MOST_PIXELS;
  if (!isUsable) {
    const found = `${count} of ${width} × ${height}`;
    throw new Unreadable(name, `pictures of 1 to ${MOST_PIXELS} pixels a side`, found);
  }
  const size = width * height;
  const expected = PICTURES_AT + count * size;
  if (bytes.length !== expected) {
    const wanted = `${expected} bytes for the ${count} pictures of ${width} × ${height} that it promises`;
    throw new Unreadable(name, wanted, `${bytes.length}`);
  }
  return {
    count,
    width,
    height,
    channels: 1,
    picture: (at) => bytes.subarray(PICTURES_AT + at * size, PICTURES_AT + (at + 1) * size),
    ...(labelled && labelsOf(labelled, file, count)),
    notes: [],
  };
}

function labelsOf({ name, bytes }: Named, pictures: Named, count: number) {
  const promised = word(bytes, 4);
  if (promised !== count) {
    throw new Unreadable(name, `${count} labels, one for each picture of ${pictures.name}`, `${promised}`);
  }
  if (bytes.length !== LABELS_AT + count) {
    throw new Unreadable(name, `${LABELS_AT + count} bytes for ${count} labels`, `${bytes.length}`);
  }
  const labels = bytes.subarray(LABELS_AT);
  let largest = 0;
  for (const label of labels) largest = Math.max(largest, label);
  return { labels, classes: Array.from({ length: Math.min(MOST_CLASSES, largest + 1) }, (_, i) => `${i}`) };
}

const hex = (bytes: Uint8Array) =>
  Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
