/** Files of sets of pictures by what they hold: IDX or CIFAR, gzipped or not. */
import { isCifar, readCifar } from './cifar.ts';
import { type Frames, type Named, Unreadable, unzipped } from './frames.ts';
import { isIdx, isIdxLabels, readIdx } from './idx.ts';

const KNOWN = 'an IDX file (00 00 08 03 and on), a CIFAR batch, or gzip of one of these';

/** Reads one set: an IDX file of pictures with or without one of labels, or batches of CIFAR. Rejects with Unreadable. */
export async function readBinaries(packed: readonly Named[]): Promise<Frames> {
  const files: Named[] = [];
  for (const file of packed) files.push(await unzipped(file));
  for (const { name, bytes } of files) {
    if (bytes.length === 0) throw new Unreadable(name, KNOWN, 'an empty file');
    if (!isIdx(bytes) && !isCifar(bytes)) {
      throw new Unreadable(name, KNOWN, `${bytes.length} bytes of something else`);
    }
  }
  // A batch may begin with zeros too, but hardly with these.
  const labels = files.filter(({ bytes }) => isIdxLabels(bytes));
  const pictures = files.filter(({ bytes }) => !isIdxLabels(bytes));
  if (pictures.length === 0) return readIdx(labels[0]); // which says what is missing
  if (pictures.every(({ bytes }) => isCifar(bytes) && !isPictures(bytes))) {
    if (labels.length > 0) {
      throw new Unreadable(labels[0].name, 'no file of labels beside CIFAR batches', 'one');
    }
    return readCifar(pictures);
  }
  if (pictures.length > 1 || labels.length > 1) {
    const found = `${pictures.length} of pictures and ${labels.length} of labels`;
    throw new Unreadable(pictures[0].name, 'one IDX file of pictures, and at most one of labels', found);
  }
  return readIdx(pictures[0], labels[0]);
}

const isPictures = (bytes: Uint8Array) => isIdx(bytes) && bytes[2] === 8 && bytes[3] === 3;
