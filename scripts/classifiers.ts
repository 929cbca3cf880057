/**
 * `npm run classifiers`: trains the small classifier of every stored set with Saddle's own core, and writes
 * it to `public/data`. The same numbers on every machine; NAME ... trains only those.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import {
  type Classifier,
  classify,
  constantsOf,
  inputsOf,
  readClassifier,
  writeClassifier,
} from '../src/catalog/images/classifier.ts';
import type { Images } from '../src/catalog/images/library.ts';
import { shapes } from '../src/catalog/images/shapes.ts';
import { classifierFileOf, fileOf, storedSets } from '../src/catalog/images/stored.ts';
import { unpackImages } from '../src/catalog/images/unpack.ts';
import { adam } from '../src/catalog/rules/adam.ts';
import type { Device } from '../src/compute/program.ts';
import { wasmDevice } from '../src/compute/wasm/wasm.ts';
import { build, grad } from '../src/expr/index.ts';
import { stream } from '../src/math/random.ts';
import { parse } from '../src/settings/index.ts';

const FOLDER = new URL('../public/data/', import.meta.url);
/** Each fifth picture is kept to test with. */
const TEST_EVERY = 5;
const BATCH = 64;
const STEPS = 16_000;
const RATE = 0.002;
/** Over the number of pictures: the fewer there are, the more the weights are held back. */
const DECAY = 0.15;
const HIDDEN = { 8: 48, 14: 56, 28: 56 } as const;
/** Pictures are moved by up to so many pixels, and blurred with noise: what a generator makes is not as clean. */
const NOISE = 0.15;

async function train(images: Images, about: Omit<Classifier, 'values'>, device: Device): Promise<Classifier> {
  const inputs = inputsOf(about);
  const size = images.side * images.side;
  const pictures = build.input('pictures', [BATCH, size]);
  const wanted = build.input('wanted', [BATCH, about.classes]);
  const { logits } = classify(pictures, images, about, inputs);
  const decay = inputs.reduce(
    (sum, part) => build.add(sum, build.sum(build.square(part))),
    build.constant(0),
  );
  const loss = build.add(
    build.neg(build.scale(build.sum(build.mul(wanted, build.logSoftmax(logits))), 1 / BATCH)),
    build.scale(decay, DECAY / about.trained),
  );
  const gradients = grad(loss, inputs);
  const program = device.compile(
    Object.fromEntries([['loss', loss], ...gradients.map((each, i) => [`${i}`, each] as const)]),
  );
  const values = inputs.map(({ shape }, i) => {
    const part = new Float64Array(shape.reduce((product, extent) => product * extent, 1));
    if (shape.length === 2) {
      stream(0, `init.${i}`).normals(part);
      for (let k = 0; k < part.length; k++) part[k] *= Math.sqrt(2 / shape[0]);
    }
    return part;
  });
  const usual = parse(adam.settings, {}).values;
  const memories = values.map((part) => adam.init(part.length, usual));
  const learnt = Array.from({ length: images.count }, (_, i) => i).filter((i) => i % TEST_EVERY !== 0);
  const batch = new Float64Array(BATCH * size);
  const targets = new Float64Array(BATCH * about.classes);
  const most = images.side >= 28 ? 2 : 1;
  for (let step = 0; step < STEPS; step++) {
    const picks = stream(0, 'data', step).integers(new Int32Array(BATCH), learnt.length);
    const moves = stream(0, 'move', step).integers(new Int32Array(2 * BATCH), 2 * most + 1);
    stream(0, 'noise', step).normals(batch);
    targets.fill(0);
    for (let i = 0; i < BATCH; i++) {
      const from = learnt[picks[i]];
      targets[i * about.classes + images.labels[from]] = 1;
      place(images, from, moves[2 * i] - most, moves[2 * i + 1] - most, (k, value) => {
        batch[i * size + k] = NOISE * batch[i * size + k] + value;
      });
    }
    const given = {
      pictures: batch,
      wanted: targets,
      ...Object.fromEntries(values.map((part, i) => [`part ${i}`, part])),
    };
    const results = program.run(given);
    const learningRate = RATE * (1 - step / STEPS);
    values.forEach((part, i) => {
      const change = new Float64Array(part.length);
      adam.update(results[`${i}`].slice(), memories[i], { ...usual, learningRate }, change, {
        point: part,
        layerEnds: [part.length],
      });
      for (let k = 0; k < part.length; k++) part[k] += change[k];
    });
  }
  return { ...about, values: values as unknown as Classifier['values'] };
}

/** A picture's values in [-1, 1], moved by some pixels; black where nothing is. */
function place(
  images: Images,
  index: number,
  dx: number,
  dy: number,
  put: (k: number, value: number) => void,
): void {
  const { side, pixels } = images;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [u, v] = [x - dx, y - dy];
      const isIn = u >= 0 && v >= 0 && u < side && v < side;
      put(y * side + x, isIn ? pixels[index * side * side + v * side + u] / 127.5 - 1 : -1);
    }
  }
}

/** The share of those kept to test with that it names rightly. */
function test(images: Images, classifier: Classifier, device: Device): number {
  const kept = Array.from({ length: images.count }, (_, i) => i).filter((i) => i % TEST_EVERY === 0);
  const size = images.side * images.side;
  const pictures = new Float64Array(kept.length * size);
  kept.forEach((index, i) => {
    place(images, index, 0, 0, (k, value) => {
      pictures[i * size + k] = value;
    });
  });
  const { logits } = classify(
    build.input('pictures', [kept.length, size]),
    images,
    classifier,
    constantsOf(classifier),
  );
  const found = device.compile({ logits }).run({ pictures }).logits;
  let right = 0;
  kept.forEach((index, i) => {
    const row = found.subarray(i * classifier.classes, (i + 1) * classifier.classes);
    if (row.indexOf(Math.max(...row)) === images.labels[index]) right += 1;
  });
  return right / kept.length;
}

const device = await wasmDevice('plain');
const chosen = process.argv.slice(2);
/** Shapes are made: as many as a stored set might have. */
function drawnShapes(): Images {
  const settings = parse(shapes.settings, {}).values;
  const image = shapes.size(settings);
  const count = 5000;
  const pictures = new Float64Array(count * image.side ** 2);
  const labels = new Float64Array(count);
  shapes.fill((purpose) => stream(1, purpose), count, settings, pictures, labels);
  const pixels = Uint8Array.from(pictures, (value) => Math.round(127.5 * (value + 1)));
  return { ...image, count, pixels, labels: Uint8Array.from(labels), classes: shapes.classes(settings) };
}

const readStored = (set: (typeof storedSets)[number]) =>
  unpackImages(set.name, new Uint8Array(readFileSync(new URL(fileOf(set.name), FOLDER))), set);

const sets = [
  ...storedSets.map((set) => ({ name: set.name, read: () => readStored(set) })),
  { name: shapes.name, read: async () => drawnShapes() },
];
for (const set of sets) {
  if (chosen.length > 0 && !chosen.includes(set.name)) continue;
  const images = await set.read();
  const tested = Math.ceil(images.count / TEST_EVERY);
  const about = {
    side: images.side,
    pool: images.side === 28 ? 2 : 1,
    hidden: HIDDEN[images.side as keyof typeof HIDDEN],
    classes: images.classes.length,
    accuracy: 0,
    tested,
    trained: images.count - tested,
  };
  const trained = await train(images, about, device);
  // As it is read back: in bytes.
  const accuracy = test(images, readClassifier(set.name, writeClassifier(trained)), device);
  const file = writeClassifier({ ...trained, accuracy: Math.round(1e4 * accuracy) / 1e4 });
  writeFileSync(new URL(classifierFileOf(set.name), FOLDER), file);
  process.stdout.write(`${set.name}: ${(100 * accuracy).toFixed(1)} % of ${tested}, ${file.length} bytes\n`);
}
