/** Sets of pictures: what their files hold, what is made, and what tells their classes apart. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import '../loaded.ts';
import { bars } from '../../src/catalog/images/bars.ts';
import {
  classify,
  constantsOf,
  readClassifier,
  writeClassifier,
} from '../../src/catalog/images/classifier.ts';
import { imageSets } from '../../src/catalog/images/index.ts';
import { classifierOf, imagesOf } from '../../src/catalog/images/library.ts';
import { fileOf, storedSets } from '../../src/catalog/images/stored.ts';
import { packedLength, unpackImages } from '../../src/catalog/images/unpack.ts';
import type { ImageSet } from '../../src/catalog/kinds.ts';
import { readData } from '../../src/cli/data.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { missingFiles, prepare } from '../../src/engine/prepare.ts';
import { build } from '../../src/expr/index.ts';
import { stream } from '../../src/math/random.ts';
import { parse } from '../../src/settings/index.ts';
import { experimentOf, sceneOf } from './given.ts';

const all = imageSets as readonly unknown[] as readonly ImageSet[];

function draw(set: ImageSet, count: number, differences: object = {}, seed = 4) {
  const { values, problems } = parse(set.settings, differences);
  expect(problems).toEqual([]);
  const { side, channels } = set.size(values);
  const size = side * side * channels;
  const pictures = new Float64Array(count * size);
  const labels = new Float64Array(count);
  set.fill((purpose) => stream(seed, purpose), count, values, pictures, labels);
  return { values, size, side, channels, pictures, labels, classes: set.classes(values) };
}

describe.each(storedSets.map((set) => [set.name, set] as const))('the file of %s', (name, set) => {
  const bytes = readFileSync(new URL(`../../public/data/${fileOf(name)}`, import.meta.url));

  test('unpacks to the published checksum, and to that many pictures of that size', () => {
    const content = gunzipSync(bytes);
    expect(createHash('sha256').update(content).digest('hex')).toBe(set.checksum);
    expect(content).toHaveLength(packedLength(set));
    expect(Math.max(...content.subarray(0, set.count))).toBe(set.classes.length - 1);
    const images = imagesOf(fileOf(name));
    expect(images.labels).toEqual(new Uint8Array(content.subarray(0, set.count)));
    const at = 12_345 % images.pixels.length;
    const pair = content[set.count + (at >> 1)];
    expect(images.pixels[at]).toBe(17 * (at % 2 ? pair & 15 : pair >> 4));
  });

  test('has its attribution beside it', () => {
    const licences = readFileSync(new URL('../../public/data/LICENSES.md', import.meta.url), 'utf8');
    const row = licences.split('\n').find((line) => line.includes(`\`${fileOf(name)}\``));
    expect(row).toContain(set.licence);
  });

  test('is told apart by its classifier as often as that says', () => {
    const net = classifierOf(`${name}.classifier.bin`);
    const images = imagesOf(fileOf(name));
    // Those that it was not trained with: each fifth.
    const kept = Array.from({ length: net.tested }, (_, i) => 5 * i);
    const size = images.side ** 2;
    const pictures = Float64Array.from(
      { length: kept.length * size },
      (_, k) => images.pixels[kept[Math.floor(k / size)] * size + (k % size)] / 127.5 - 1,
    );
    const given = build.input('pictures', [kept.length, size]);
    const { logits } = classify(given, images, net, constantsOf(net));
    const found = reference.compile({ logits }).run({ pictures }).logits;
    const right = kept.filter((index, i) => {
      const row = found.subarray(i * net.classes, (i + 1) * net.classes);
      return row.indexOf(Math.max(...row)) === images.labels[index];
    }).length;
    // float64 here, float32 where it was counted: one picture may fall on the other side.
    expect(Math.abs(right / kept.length - net.accuracy)).toBeLessThanOrEqual(1.001 / kept.length);
    expect(net.accuracy).toBeGreaterThan(0.6);
  });
});

test('what is no such file is told, with what was expected', async () => {
  const [set] = storedSets;
  await expect(unpackImages('digits8.bin', new Uint8Array(10), set)).rejects.toThrow(
    'digits8.bin should be a gzip file of 1797 pictures',
  );
  const whole = readFileSync(new URL('../../public/data/mnist14.bin', import.meta.url));
  await expect(unpackImages('digits8.bin', whole, set)).rejects.toThrow('should unpack to 59301 bytes');
});

test('only what is played with is read, and once', async () => {
  const experiment = experimentOf({ game: { kind: 'images', dataset: { kind: 'digits8' } } });
  expect(missingFiles(experiment)).toEqual([]); // read for these tests already
  await prepare(experiment, () => Promise.reject(new Error('it is there')));
  expect(missingFiles(experimentOf({ game: { kind: 'images', dataset: { kind: 'bars' } } }))).toEqual([]);
  await expect(readData('nothing.bin')).rejects.toThrow();
});

describe.each(all.map((set) => [set.name, set] as const))('%s', (_name, set) => {
  test('draws the same again from the same streams, others from others, in [-1, 1] and float32', () => {
    const { pictures, labels } = draw(set, 20);
    expect(draw(set, 20).pictures).toEqual(pictures);
    expect(draw(set, 20, {}, 5).pictures).not.toEqual(pictures);
    expect(pictures.every((value) => value === Math.fround(value))).toBe(true);
    expect(Math.min(...pictures)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...pictures)).toBeLessThanOrEqual(1);
    expect(draw(set, 20).labels).toEqual(labels);
  });

  test('a draw of labels too changes no picture, and every class comes up', () => {
    const { values, pictures, size } = draw(set, 100);
    const again = new Float64Array(100 * size);
    set.fill((purpose) => stream(4, purpose), 100, values, again);
    expect(again.every((value, i) => value === pictures[i])).toBe(true);
    const { labels, classes } = draw(set, 3000);
    if (classes.length === 0) return; // nothing is known of them
    const found = new Set(labels);
    expect(Math.max(...found)).toBeLessThan(classes.length);
    expect(found.size).toBeGreaterThan(0.9 * classes.length); // of a thousand, some are rare
    expect(new Set(classes).size).toBe(classes.length);
  });

  test('its classes can be told apart', () => {
    const { values, pictures, labels, side, channels, size } = draw(set, 300);
    if (set.classes(values).length === 0) return;
    const file = set.classifier?.(values);
    let right = 0;
    if (file !== undefined) {
      const net = classifierOf(file);
      const { logits } = classify(build.input('x', [300, size]), { side, channels }, net, constantsOf(net));
      const found = reference.compile({ logits }).run({ x: pictures }).logits;
      for (let i = 0; i < 300; i++) {
        let label = 0;
        for (let channel = 0; channel < channels; channel++) {
          const row = found.subarray(
            (i * channels + channel) * net.classes,
            (i * channels + channel + 1) * net.classes,
          );
          label = net.classes * label + row.indexOf(Math.max(...row));
        }
        if (label === labels[i]) right += 1;
      }
      // What it was trained with is among them: it does better than on what it was not.
      expect(right / 300).toBeGreaterThan(net.accuracy ** channels - 0.05);
    } else {
      const found = set.recognise?.(pictures, 300, values);
      expect(found).toEqual(Int32Array.from(labels));
    }
  });
});

test.each(['8', '14', '16', '28'])('made sets have any side: %s', (side) => {
  for (const name of ['bars', 'shapes', 'gratings']) {
    const set = all.find((each) => each.name === name)!;
    const { pictures, labels, values, size } = draw(set, 200, { side });
    expect(size).toBe(Number(side) ** 2);
    if (set.recognise) expect(set.recognise(pictures, 200, values)).toEqual(Int32Array.from(labels));
    expect(new Set(pictures).size).toBeGreaterThan(1);
  }
});

test('bars and stripes are as many as their formula says, each of them another picture', () => {
  for (let lines = 1; lines <= 5; lines++) {
    const { pictures, labels, size, classes } = draw(bars as unknown as ImageSet, 3000, {
      side: '16',
      lines,
    });
    const seen = new Map<string, number>();
    for (let i = 0; i < 3000; i++) {
      const key = pictures.subarray(i * size, (i + 1) * size).join();
      expect(seen.get(key) ?? labels[i]).toBe(labels[i]);
      seen.set(key, labels[i]);
    }
    expect(classes).toHaveLength(2 ** (lines + 1) - 2);
    expect(seen.size).toBe(classes.length);
  }
});

test('stored sets can be narrowed to some classes and to some pictures', () => {
  const digits = all.find(({ name }) => name === 'digits8')!;
  const { labels } = draw(digits, 300, { only: [3, 8] });
  expect(new Set(labels)).toEqual(new Set([3, 8]));
  const { pictures, size } = draw(digits, 300, { most: 5 });
  const different = new Set(
    Array.from({ length: 300 }, (_, i) => pictures.subarray(i * size, (i + 1) * size).join()),
  );
  expect(different.size).toBe(5);
});

test('a classifier is read back as it was written, to the size of a byte', () => {
  const net = classifierOf('digits8.classifier.bin');
  const again = readClassifier('again', writeClassifier(net));
  expect(again).toMatchObject({ side: 8, pool: 1, hidden: net.hidden, accuracy: net.accuracy });
  net.values.forEach((part, i) => {
    const step = Math.max(...part.map(Math.abs)) / 127;
    const off = part.map((value, k) => Math.abs(again.values[i][k] - value));
    expect(Math.max(...off)).toBeLessThan(0.51 * step);
  });
  expect(() => readClassifier('short', writeClassifier(net).slice(0, -1))).toThrow('short should have');
});

test.each([
  ['a page of a host that has no such file', '<!doctype html>\n<title>Home</title>', '“<!doctype html>”'],
  ['JSON of something else', '{"side":8}\n', '“{"side":8}”'],
  ['nothing', '', 'no such line'],
])('%s is no classifier, and the answer says what was found', (_, text, found) => {
  expect(() => readClassifier('a.bin', new TextEncoder().encode(text))).toThrow(
    `a.bin should begin with a line of JSON that says what the classifier is, but has ${found}`,
  );
});

test('the game of pictures plays all of them, and its generator stays within [-1, 1]', () => {
  for (const { name } of all) {
    const scene = sceneOf(experimentOf({ game: { kind: 'images', batchSize: 4, dataset: { kind: name } } }));
    const { picture } = scene.model;
    if (picture.kind !== 'images') throw new Error('no picture');
    const size = picture.side ** 2 * picture.channels;
    expect(picture.fake.shape).toEqual([4, size]);
    const latent = new Float64Array(4 * picture.latentSize).fill(100);
    const program = scene.program('test', () => ({
      x: picture.generate(build.input('z', [4, picture.latentSize])),
    }));
    const { x } = program.run(scene.initialPoint(0), { z: latent });
    expect(Math.max(...x.map(Math.abs))).toBeLessThanOrEqual(1);
  }
});
