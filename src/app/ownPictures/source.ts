/** Files as a source of pictures: read once, then made into squares of whatever size is chosen, in short pieces. */

import type { Images } from '../../catalog/images/library.ts';
import { MOST_OWN, OWN_SIDES } from '../../catalog/images/ownNames.ts';
import { readBinaries } from '../../catalog/images/readers/binaries.ts';
import { foldersOf } from '../../catalog/images/readers/folder.ts';
import { type Frames, MOST_BYTES, Unreadable } from '../../catalog/images/readers/frames.ts';
import { type Decoded, guessTile, onWhite, readSheet } from '../../catalog/images/readers/sheet.ts';
import { toSquare } from '../../catalog/images/readers/squares.ts';
import type { ImageSize } from '../../catalog/kinds.ts';
import { ownStrings } from './strings.ts';

const say = ownStrings.file;

/** A file with the folders that it lay in. */
export interface PictureFile {
  readonly file: File;
  readonly path: string;
}

export interface Choice extends ImageSize {
  /** The side of a sheet's tiles. */
  readonly tile?: number;
}

export interface Made {
  readonly images: Images;
  /** What was done that is not plain to see, in sentences. */
  readonly notes: readonly string[];
}

export interface Source {
  readonly title: string;
  /** What the pictures seem to be. */
  readonly guess: Choice;
  /** The largest tile that can be cut, for a sheet. */
  readonly largestTile?: number;
  /** Rejects with Unreadable, or as `signal` says. */
  make(choice: Choice, onProgress: (share: number) => void, signal: AbortSignal): Promise<Made>;
}

/** Decoded sheets of more pixels take more memory than a set may. */
const MOST_PIXELS = MOST_BYTES / 4;
/** Larger pictures are brought to so many pixels by the browser first: four for each that is left, and more. */
const LARGE = 256;
/** The page's thread is held for no longer at a time, twice over for what one piece may take. */
const PIECE_MS = 12;
/** Pixels of a sheet that are copied at once. */
const STRIP = 1 << 19;
/** Channels that differ by more than what JPEG makes of grey are colours. */
const COLOURED = 12;

const PICTURE = /\.(png|jpe?g|webp|gif|bmp|avif)$/i;
/** Names of sets in the forms that are known, and of folders' own files. */
const SET = /([.-]idx[13]-ubyte|\.idx[13]?|\.bin|-ubyte)(\.gz)?$/i;
const HIDDEN = /^(\.|thumbs\.db$|desktop\.ini$|__MACOSX)/i;

const isPicture = ({ name, type }: Pick<File, 'name' | 'type'>) =>
  PICTURE.test(name) || (type.startsWith('image/') && !/svg/.test(type));

/** By name and type alone: pictures, and sets of them as IDX or CIFAR files. */
export const isPicturesFile = (file: Pick<File, 'name' | 'type'>): boolean =>
  isPicture(file) || SET.test(file.name);

/** Reads what has to be read once. Rejects with Unreadable; `onProgress` is told a share in [0, 1]. */
export async function openSource(
  all: readonly PictureFile[],
  onProgress: (share: number) => void,
): Promise<Source> {
  const files = all.filter(({ file }) => !HIDDEN.test(file.name));
  const title = titleOf(files);
  if (files.length === 0) throw new Unreadable(say.folder, say.kinds, say.empty);
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  if (bytes > MOST_BYTES) {
    throw new Unreadable(files.length > 1 ? say.together : title, say.most(MOST_BYTES), say.megabytes(bytes));
  }
  const pictures = files.filter(({ file }) => isPicture(file));
  const others = files.filter(({ file }) => !isPicture(file));
  const notes = others.length > 0 ? [say.leftOut(others.length, others[0].file.name)] : [];
  if (pictures.length > 1) return folderSource(title, pictures, notes);
  if (pictures.length === 1) return sheetSource(title, pictures[0].file, notes, onProgress);
  const named = [];
  for (const [i, { file }] of others.entries()) {
    named.push({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
    onProgress((i + 1) / others.length);
  }
  const frames = await readBinaries(named);
  const { width, height, channels } = frames;
  return {
    title,
    guess: { side: sideFor(Math.min(width, height)), channels },
    make: (choice, onMade, signal) => squares(frames, choice, onMade, signal),
  };
}

function titleOf(files: readonly PictureFile[]): string {
  const [first] = files;
  if (!first) return '';
  const folder = first.path.includes('/') ? first.path.split('/')[0] : undefined;
  return folder ?? (files.length === 1 ? first.file.name : say.several(files.length));
}

/** The largest side that they need not be blown up to. */
const sideFor = (pixels: number) => OWN_SIDES.findLast((side) => side <= pixels) ?? OWN_SIDES[0];

/** Pictures of one size, brought to another. */
async function squares(
  frames: Frames,
  { side, channels }: Choice,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Made> {
  const breathe = openBreath();
  const count = Math.min(frames.count, MOST_OWN);
  const size = side * side * channels;
  const pixels = new Uint8Array(count * size);
  for (let i = 0; i < count; i++) {
    toSquare(frames, frames.picture(i), { side, channels }, pixels, i * size);
    if (await breathe()) onProgress(i / count);
    signal.throwIfAborted();
  }
  const notes = [
    ...frames.notes,
    ...(frames.count > count ? [say.tooMany(frames.count)] : []),
    ...(frames.width !== frames.height ? [say.cropped] : []),
  ];
  const labels = frames.labels?.slice(0, count) ?? new Uint8Array(count);
  return { images: { side, channels, count, pixels, labels, classes: frames.classes ?? [] }, notes };
}

async function sheetSource(
  title: string,
  file: File,
  notes: readonly string[],
  onProgress: (share: number) => void,
): Promise<Source> {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Unreadable(file.name, say.picture, say.other);
  });
  const { width, height } = bitmap;
  if (width * height > MOST_PIXELS) {
    bitmap.close();
    throw new Unreadable(file.name, say.pixels(MOST_PIXELS), say.sized(width, height));
  }
  const sheet: Decoded = { width, height, data: new Uint8ClampedArray(4 * width * height) };
  const rows = Math.max(1, Math.floor(STRIP / width));
  const breathe = openBreath();
  for (let top = 0; top < height; top += rows) {
    const high = Math.min(rows, height - top);
    (sheet.data as Uint8ClampedArray).set(pixelsOf(bitmap, 0, top, width, high), 4 * top * width);
    if (await breathe()) onProgress(top / height);
  }
  bitmap.close();
  const tile = guessTile(sheet);
  return {
    title,
    guess: { side: sideFor(tile), channels: isColoured(sheet) ? 3 : 1, tile },
    largestTile: Math.min(width, height),
    async make(choice, onMade, signal) {
      const made = await squares(readSheet(file.name, sheet, choice.tile ?? tile), choice, onMade, signal);
      return { ...made, notes: [...notes, ...made.notes] };
    },
  };
}

async function folderSource(
  title: string,
  files: readonly PictureFile[],
  notes: readonly string[],
): Promise<Source> {
  const used = [...files]
    .sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }))
    .slice(0, MOST_OWN);
  let first: Decoded | undefined;
  for (const { file } of used) {
    first = await decode(file);
    if (first) break;
  }
  if (!first) throw new Unreadable(used[0].file.name, say.picture, say.other);
  return {
    title,
    guess: { side: sideFor(Math.min(first.width, first.height)), channels: isColoured(first) ? 3 : 1 },
    async make({ side, channels }, onProgress, signal) {
      const breathe = openBreath();
      const size = side * side * channels;
      const pixels = new Uint8Array(used.length * size);
      const decoded: PictureFile[] = [];
      const broken: string[] = [];
      for (const [i, one] of used.entries()) {
        const picture = await decode(one.file);
        if (picture) {
          const { width, height } = picture;
          const opaque = new Uint8Array(3 * width * height);
          for (let pixel = 0; pixel < width * height; pixel++) onWhite(picture, pixel, opaque, 3 * pixel);
          toSquare({ width, height, channels: 3 }, opaque, { side, channels }, pixels, decoded.length * size);
          decoded.push(one);
        } else broken.push(one.file.name);
        if (await breathe()) onProgress(i / used.length);
        signal.throwIfAborted();
      }
      const count = decoded.length;
      const { labels = new Uint8Array(count), classes = [] } =
        foldersOf(decoded.map(({ path }) => path)) ?? {};
      return {
        images: { side, channels, count, pixels: pixels.slice(0, count * size), labels, classes },
        notes: [
          ...notes,
          ...(broken.length > 0 ? [say.broken(broken.length, broken[0])] : []),
          ...(files.length > MOST_OWN ? [say.tooMany(files.length)] : []),
        ],
      };
    },
  };
}

/** The middle square of a picture; undefined where it cannot be decoded. */
async function decode(file: File): Promise<Decoded | undefined> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return undefined;
  }
  const least = Math.min(bitmap.width, bitmap.height);
  const [left, top] = [(bitmap.width - least) >> 1, (bitmap.height - least) >> 1];
  if (least > LARGE) {
    const whole = bitmap;
    bitmap = await createImageBitmap(whole, left, top, least, least, {
      resizeWidth: LARGE,
      resizeHeight: LARGE,
      resizeQuality: 'high',
    });
    whole.close();
    const data = pixelsOf(bitmap, 0, 0, LARGE, LARGE);
    bitmap.close();
    return { width: LARGE, height: LARGE, data };
  }
  const data = pixelsOf(bitmap, left, top, least, least);
  bitmap.close();
  return { width: least, height: least, data };
}

/** Part of a picture, four bytes a pixel. */
function pixelsOf(bitmap: ImageBitmap, left: number, top: number, width: number, height: number) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
  context.drawImage(bitmap, -left, -top);
  return context.getImageData(0, 0, width, height).data;
}

function isColoured({ data }: Decoded): boolean {
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] === 0) continue;
    if (Math.abs(data[i] - data[i + 1]) > COLOURED || Math.abs(data[i + 1] - data[i + 2]) > COLOURED)
      return true;
  }
  return false;
}

/** Lets the page go on where it has been held for long enough; says whether it did. */
function openBreath(): () => Promise<boolean> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < PIECE_MS) return false;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
    return true;
  };
}
