/** Pictures of one's own: what each reader makes of its files, good and bad, and the form in which a set is kept. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import '../loaded.ts';
import { type Images, imagesOf } from '../../src/catalog/images/library.ts';
import { own } from '../../src/catalog/images/own.ts';
import { nameOf, packOwn, unpackOwn } from '../../src/catalog/images/ownFile.ts';
import { nameOfOwn, notHere, ownFileOf, sizeOfOwn } from '../../src/catalog/images/ownNames.ts';
import { readBinaries } from '../../src/catalog/images/readers/binaries.ts';
import { readCifar } from '../../src/catalog/images/readers/cifar.ts';
import { foldersOf } from '../../src/catalog/images/readers/folder.ts';
import { unzipped } from '../../src/catalog/images/readers/frames.ts';
import { readIdx } from '../../src/catalog/images/readers/idx.ts';
import { type Decoded, guessTile, readSheet } from '../../src/catalog/images/readers/sheet.ts';
import { toSquare } from '../../src/catalog/images/readers/squares.ts';
import { fileOf, storedSets } from '../../src/catalog/images/stored.ts';
import { readData } from '../../src/cli/data.ts';
import { prepare } from '../../src/engine/prepare.ts';
import { stream } from '../../src/math/random.ts';
import { parse } from '../../src/settings/index.ts';
import { experimentOf } from './given.ts';

const word = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const idx = (count: number, height: number, width: number, pixels: ArrayLike<number>) =>
  Uint8Array.from([0, 0, 8, 3, ...word(count), ...word(height), ...word(width), ...Array.from(pixels)]);
const idxLabels = (labels: readonly number[]) =>
  Uint8Array.from([0, 0, 8, 1, ...word(labels.length), ...labels]);
const noise = (length: number, seed = 1) => stream(seed, 'noise').integers(new Int32Array(length), 256);
const named = (name: string, bytes: Uint8Array) => ({ name, bytes });

describe('IDX', () => {
  const pixels = noise(3 * 4 * 5);
  const file = named('train-images-idx3-ubyte', idx(3, 4, 5, pixels));

  test('holds pictures row by row, and labels beside them', async () => {
    const frames = await readBinaries([named('labels', idxLabels([2, 0, 1])), file]);
    expect(frames).toMatchObject({ count: 3, width: 5, height: 4, channels: 1, classes: ['0', '1', '2'] });
    expect([...frames.labels!]).toEqual([2, 0, 1]);
    for (let i = 0; i < 3; i++) {
      expect([...frames.picture(i)]).toEqual([...pixels.subarray(20 * i, 20 * (i + 1))]);
    }
    expect(readIdx(file).labels).toBeUndefined();
  });

  test('reads the same when it is gzipped', async () => {
    const frames = await readBinaries([named('train.gz', new Uint8Array(gzipSync(file.bytes)))]);
    expect([...frames.picture(2)]).toEqual([...readIdx(file).picture(2)]);
  });

  test('a bad file is answered with what was expected and found', async () => {
    const said = (...files: { name: string; bytes: Uint8Array }[]) =>
      readBinaries(files).then(
        () => 'nothing',
        (error: Error) => error.message,
      );
    expect(await said(named('a', file.bytes.slice(0, -1)))).toBe(
      'a: expected 76 bytes for the 3 pictures of 5 × 4 that it promises, but found 75.',
    );
    expect(await said(file, named('b', idxLabels([1, 2])))).toBe(
      'b: expected 3 labels, one for each picture of train-images-idx3-ubyte, but found 2.',
    );
    expect(await said(named('c', idxLabels([1, 2])))).toMatch(
      /^c: expected an IDX file of grey pictures.*but found labels: choose the file of their pictures together/,
    );
    expect(await said(named('d', idx(1, 0, 5, [])))).toMatch(/^d: expected pictures of 1 to 1024 pixels/);
    expect(await said(named('floats', Uint8Array.of(0, 0, 13, 3, 0, 0, 0, 1)))).toMatch(
      /begins with 00 00 08 03, but found the first bytes 00 00 0d 03\.$/,
    );
    expect(await said(named('e', new TextEncoder().encode('words')))).toMatch(
      /^e: expected an IDX file .*, but found 5 bytes of something else\.$/,
    );
    expect(await said(named('f', new Uint8Array()))).toMatch(/but found an empty file\.$/);
    expect(await said(file, file)).toMatch(/expected one IDX file of pictures.*found 2 of pictures and 0/);
    expect(await said(named('g.gz', new Uint8Array(gzipSync(file.bytes)).slice(0, -12)))).toBe(
      'g.gz: expected a gzip file, but found one that is cut short or broken.',
    );
  });

  test('what unpacks to too much is not unpacked', async () => {
    const bomb = named('bomb.gz', new Uint8Array(gzipSync(new Uint8Array(3e6))));
    await expect(unzipped(bomb, 1e6)).rejects.toThrow('bomb.gz: expected at most 1 MB once unpacked');
  });
});

describe('CIFAR', () => {
  const planes = Uint8Array.from(noise(2 * 3072, 2));
  const batch = (labels: readonly (readonly number[])[]) =>
    Uint8Array.from(labels.flatMap((own, i) => [...own, ...planes.subarray(3072 * i, 3072 * (i + 1))]));

  test('holds planes of red, green and blue; channels stand beside each other afterwards', async () => {
    const frames = await readBinaries([named('data_batch_1.bin', batch([[3], [9]]))]);
    expect(frames).toMatchObject({ count: 2, width: 32, height: 32, channels: 3 });
    expect(frames.classes?.[frames.labels![0]]).toBe('cat');
    const picture = frames.picture(1);
    for (const i of [0, 1, 500, 1023]) {
      expect([...picture.subarray(3 * i, 3 * i + 3)]).toEqual([
        planes[3072 + i],
        planes[3072 + 1024 + i],
        planes[3072 + 2048 + i],
      ]);
    }
  });

  test('of two labels the fine one counts; batches add up', () => {
    const frames = readCifar([
      named('a', batch([[1, 88]])),
      named(
        'b',
        batch([
          [19, 4],
          [0, 99],
        ]),
      ),
    ]);
    expect([...frames.labels!]).toEqual([88, 4, 99]);
    expect(frames.count).toBe(3);
  });

  test('a bad file is answered with what was expected and found', () => {
    expect(() => readCifar([named('short.bin', batch([[1]]).slice(1))])).toThrow(
      'short.bin: expected a CIFAR batch: 3073 or 3074 bytes a picture, with labels up to 9, or 19 and 99, but found 3072 bytes.',
    );
    expect(() => readCifar([named('a', batch([[12]]))])).toThrow('but found labels beyond');
    expect(() => readCifar([named('a', batch([[1]])), named('b', batch([[1, 2]]))])).toThrow(
      'b: expected a batch of the kind of a, but found the other kind.',
    );
  });
});

/** A sheet of `columns` x `rows` tiles, each drawn by `pixel`. */
function sheetOf(
  tile: number,
  columns: number,
  rows: number,
  pixel: (at: number, x: number, y: number) => number,
): Decoded {
  const [width, height] = [columns * tile, rows * tile];
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = Math.floor(y / tile) * columns + Math.floor(x / tile);
      data.fill(pixel(at, x % tile, y % tile), 4 * (y * width + x), 4 * (y * width + x) + 3);
    }
  }
  return { width, height, data };
}

describe('a sheet', () => {
  test.each([8, 12, 14, 16, 28])(
    'seems to be made of tiles of %i, whether they have margins or meet',
    (tile) => {
      // Bright blobs in dark margins, as digits are.
      const blobs = sheetOf(tile, 10, 6, (at, x, y) =>
        Math.hypot(x - tile / 2 + 0.5, y - tile / 2 + 0.5) < tile / 2.7
          ? 90 + ((at * 53 + x * y * 7) % 160)
          : 0,
      );
      expect(guessTile(blobs)).toBe(tile);
      // Flat discs: nothing changes across their middle either.
      const discs = sheetOf(tile, 10, 5, (at, x, y) =>
        Math.hypot(x - tile / 2 + 0.5, y - tile / 2 + 0.5) < tile / 3 ? 60 + ((at * 53) % 190) : 0,
      );
      expect(guessTile(discs)).toBe(tile);
      // Smooth pictures that have nothing to do with each other, as photographs.
      const photos = sheetOf(
        tile,
        6,
        10,
        (at, x, y) => ((at * 97) % 200) + (20 * x) / tile + (30 * y) / tile,
      );
      expect(guessTile(photos)).toBe(tile);
    },
  );

  test.each(storedSets.map(({ name, side }) => [name, side] as const))(
    'of %s seems to be made of tiles of %i',
    (name, side) => {
      const { pixels } = imagesOf(fileOf(name));
      const sheet = sheetOf(side, 12, 9, (at, x, y) => pixels[(at * side + y) * side + x]);
      expect(guessTile(sheet)).toBe(side);
    },
  );

  test('is cut row by row, on white; what is left over and plain tiles at the end are told of', () => {
    const sheet = sheetOf(8, 3, 2, (at, x, y) => (at < 4 ? 10 * at + x + y : 0));
    const frames = readSheet('sheet.png', sheet, 8);
    expect(frames).toMatchObject({ count: 4, width: 8, height: 8, channels: 3 });
    expect(frames.notes).toEqual(['2 plain tiles at the end are left out.']);
    expect([...frames.picture(3).subarray(0, 6)]).toEqual([30, 30, 30, 31, 31, 31]);
    (sheet.data as Uint8ClampedArray)[3] = 51; // a fifth of black, the rest is white
    expect([...readSheet('sheet.png', sheet, 8).picture(0).subarray(0, 3)]).toEqual([204, 204, 204]);
    expect(readSheet('sheet.png', sheet, 7).notes[0]).toBe(
      '3 columns and 2 rows of pixels are left over at the edges.',
    );
    expect(() => readSheet('small.png', sheet, 28)).toThrow(
      'small.png: expected at least one tile of 28 × 28, but found a picture of 24 × 16.',
    );
  });
});

describe('a picture brought to a square', () => {
  const square = (
    width: number,
    height: number,
    channels: 1 | 3,
    pixels: Uint8Array,
    side: number,
    to: 1 | 3,
  ) => {
    const out = new Uint8Array(side * side * to);
    toSquare({ width, height, channels }, pixels, { side, channels: to }, out, 0);
    return out;
  };

  test('is itself at its own size', () => {
    const pixels = Uint8Array.from(noise(14 * 14 * 3));
    expect(square(14, 14, 3, pixels, 14, 3)).toEqual(pixels);
  });

  test('has the means of what its pixels cover: by whole pixels, and the same mean by shares of them', () => {
    const pixels = Uint8Array.from(noise(28 * 28));
    const half = square(28, 28, 1, pixels, 14, 1);
    expect(half[15]).toBe(Math.round((pixels[58] + pixels[59] + pixels[86] + pixels[87]) / 4));
    const mean = (all: Uint8Array) => all.reduce((sum, value) => sum + value, 0) / all.length;
    for (const side of [8, 14, 16, 32]) {
      // Each pixel is rounded by a half at most, evenly.
      expect(mean(square(28, 28, 1, pixels, side, 1))).toBeCloseTo(mean(pixels), 0);
    }
  });

  test('is cropped to its middle', () => {
    const wide = Uint8Array.from({ length: 12 * 8 }, (_, i) => (i % 12 < 2 || i % 12 >= 10 ? 255 : 100));
    expect(new Set(square(12, 8, 1, wide, 8, 1))).toEqual(new Set([100]));
  });

  test('turns grey as bright as its colours look, and grey becomes three colours', () => {
    const red = Uint8Array.from({ length: 8 * 8 * 3 }, (_, i) => (i % 3 === 0 ? 200 : 0));
    expect(square(8, 8, 3, red, 8, 1)[0]).toBe(Math.round(0.299 * 200));
    expect([...square(8, 8, 1, new Uint8Array(64).fill(7), 8, 3).subarray(0, 3)]).toEqual([7, 7, 7]);
  });
});

test('folders are labels, in the order of their names, where there are several', () => {
  expect(foldersOf(['all/dog/1.png', 'all/cat/2.png', 'all/dog/10.png'])).toEqual({
    labels: Uint8Array.of(1, 0, 1),
    classes: ['cat', 'dog'],
  });
  expect(foldersOf(['all/1.png', 'all/2.png'])).toBeUndefined();
  expect(foldersOf(Array.from({ length: 300 }, (_, i) => `${i}/a.png`))).toBeUndefined();
});

describe('a set that is kept', () => {
  const images: Images = {
    side: 14,
    channels: 3,
    count: 5,
    pixels: Uint8Array.from(noise(5 * 14 * 14 * 3)),
    labels: Uint8Array.of(0, 1, 2, 1, 0),
    classes: ['a', 'b', 'c'],
  };
  const bytes = packOwn(images);

  test('is read back as it was, and is named by its size and its checksum', async () => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const set = await nameOf(images, bytes);
    expect(set).toBe(`14-colour-${sha256.slice(0, 12)}`);
    expect(sizeOfOwn(set)).toEqual({ side: 14, channels: 3 });
    expect(unpackOwn(ownFileOf(set), bytes)).toEqual(images);
    expect(parse(own.settings, { set }).values.set).toBe(set);
    expect(parse(own.settings, { set: '15-grey-0' }).problems).toHaveLength(1);
  });

  test('that is damaged or of another size is answered with what was expected and found', () => {
    const file = ownFileOf(nameOfOwn(images, '0123456789abcdef'));
    expect(() => unpackOwn(file, bytes.slice(0, -1))).toThrow(/should have \d+ bytes, but has \d+/);
    expect(() => unpackOwn(ownFileOf('28-grey-0123456789ab'), bytes)).toThrow(
      'should have pictures of 28 × 28 × 1, but has some of 14 × 14 × 3',
    );
    expect(() => unpackOwn(file, Uint8Array.of(1, 2, 3))).toThrow(
      'should have a line that says what it holds',
    );
  });

  test('is played with where it is kept, a class of it alone too; elsewhere a sentence says where it is', async () => {
    const set = await nameOf(images, bytes);
    const experiment = experimentOf({ game: { kind: 'images', dataset: { kind: 'own', set } } });
    await expect(prepare(experiment, readData)).rejects.toThrow(
      'pictures of your own are kept in the browser where they were dropped',
    );
    expect(notHere(set)).toContain(`the pictures ${set} are in the browser where they were dropped`);
    await prepare(experiment, async (file) => {
      expect(file).toBe(ownFileOf(set));
      return bytes;
    });
    const { values } = parse(own.settings, { set, only: [1] });
    const out = new Float64Array(20 * 14 * 14 * 3);
    const labels = new Float64Array(20);
    own.fill((purpose) => stream(1, purpose), 20, values, out, labels);
    expect(new Set(labels)).toEqual(new Set([1]));
    const first = [...out.subarray(0, 588)];
    const among = [1, 3].map((i) => [...images.pixels.subarray(588 * i, 588 * (i + 1))]);
    expect(among).toContainEqual(first.map((value) => Math.round(127.5 * (value + 1))));
  });
});
