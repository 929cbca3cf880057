/** What is observed of generated pictures: closed forms first, then small runs. */
import { describe, expect, test } from 'vitest';
import '../loaded.ts';
import { latentWalk, walk } from '../../src/analysis/latentWalk.ts';
import { nearestPictures } from '../../src/analysis/nearestPictures.ts';
import { inceptionScore, pictureClasses, spreadOf } from '../../src/analysis/pictureClasses.ts';
import { momentsOf, pictureMoments } from '../../src/analysis/pictureMoments.ts';
import { fixedLatents, pictures, picturesOf, realPictures } from '../../src/analysis/pictures.ts';
import { finish } from '../../src/analysis/probe.ts';
import { build, type Expr } from '../../src/expr/index.ts';
import { defaults } from '../../src/settings/index.ts';
import { experimentOf, sceneOf, smallImages } from '../catalog/given.ts';

function momentOf(differences: object = {}) {
  const experiment = experimentOf({ game: { ...smallImages, ...differences } });
  const scene = sceneOf(experiment);
  return { scene, experiment, point: scene.initialPoint(0), step: 7 };
}

describe('inception score and spread', () => {
  test('of the table of four pictures and three classes: 1.2698406', () => {
    // METHODS F7, by hand: exp of the mean divergence from the mean of the rows.
    const rows = [0.7, 0.2, 0.1, 0.1, 0.8, 0.1, 0.2, 0.2, 0.6, 0.25, 0.25, 0.5];
    expect(inceptionScore(rows, 3).mean).toBeCloseTo(1.2698406, 7);
  });

  test('is 1 where all pictures are alike or nothing is told, and the number of classes at best', () => {
    const sure = (labels: number[]) => labels.flatMap((label) => [0, 1, 2].map((k) => (k === label ? 1 : 0)));
    expect(inceptionScore(sure([1, 1, 1, 1]), 3).mean).toBeCloseTo(1, 12);
    expect(inceptionScore(new Array(12).fill(1 / 3), 3).mean).toBeCloseTo(1, 12);
    const best = inceptionScore(sure([0, 1, 2, 0, 1, 2, 0, 1, 2]), 3, 3);
    expect(best.mean).toBeCloseTo(3, 12);
    expect(best.deviation).toBeCloseTo(0, 12);
  });

  test('entropy, variation and unevenness of an even and of a collapsed histogram', () => {
    expect(spreadOf([5, 5, 5, 5])).toEqual({ entropy: Math.log(4), variation: 0, unevenness: 0 });
    const { entropy, variation, unevenness } = spreadOf([8, 0, 0, 0]);
    expect(entropy).toBeCloseTo(0, 12);
    expect(variation).toBeCloseTo(3 / 4, 12);
    expect(unevenness).toBeCloseTo(Math.sqrt(9 / 16 + 3 / 16), 12);
  });
});

describe('a walk through latent space', () => {
  test('begins and ends at its ends, and keeps to the sphere between points of one length', () => {
    const [a, b] = [Float64Array.of(3, 0, 0), Float64Array.of(0, 0, 3)];
    const way = walk(a, b, 5);
    expect([...way.subarray(0, 3)]).toEqual([3, 0, 0]);
    for (let i = 0; i < 3; i++) expect(way[12 + i]).toBeCloseTo(b[i], 12);
    for (let k = 0; k < 5; k++) expect(Math.hypot(...way.subarray(3 * k, 3 * k + 3))).toBeCloseTo(3, 12);
    expect(way[6]).toBeCloseTo(3 * Math.SQRT1_2, 12); // half way: 45 degrees
  });

  test('is straight between a point and itself, and between opposite ones', () => {
    const a = Float64Array.of(1, 2);
    expect([...walk(a, a, 3)]).toEqual([1, 2, 1, 2, 1, 2]);
    const turned = walk(
      a,
      a.map((value) => -value),
      3,
    );
    expect(Math.hypot(turned[2], turned[3])).toBeCloseTo(0, 12);
  });

  test('shows the very pictures at its ends', () => {
    const moment = momentOf();
    const { pictures: way } = latentWalk.read(moment, { from: 2, to: 5, count: 4 });
    const { generated } = pictures.read(moment, { count: 8, real: 1 });
    const size = generated.length / 8;
    for (let k = 0; k < size; k++) {
      expect(way[k]).toBeCloseTo(generated[2 * size + k], 12);
      expect(way[3 * size + k]).toBeCloseTo(generated[5 * size + k], 12);
    }
  });
});

test('pictures are the same at every step for one point, and scored as the discriminator sees them', () => {
  const moment = momentOf();
  const first = pictures.read(moment, { count: 6, real: 4 });
  expect(pictures.read({ ...moment, step: 99 }, { count: 6, real: 4 })).toEqual(first);
  expect(first.generated).toEqual(picturesOf(moment, fixedLatents(moment, 6)));
  expect(first.scores).toHaveLength(6);
  expect(first.realScores).toHaveLength(4);
  expect(new Set(first.scores).size).toBe(6);
});

test('the nearest of real pictures to a generated one is the one that a plain search finds, at its distance', () => {
  const moment = momentOf();
  const { pictures: real } = realPictures(moment, 40);
  const size = real.length / 40;
  const found = finish(nearestPictures.work(moment, { first: 0, count: 3, among: 40 }));
  for (let i = 0; i < 3; i++) {
    const own = found.generated.subarray(i * size, (i + 1) * size);
    const all = Array.from({ length: 40 }, (_, k) =>
      Math.sqrt(own.reduce((sum, value, at) => sum + (value - real[k * size + at]) ** 2, 0) / size),
    );
    expect(found.distances[i]).toBeCloseTo(Math.min(...all), 12);
    const at = all.indexOf(Math.min(...all));
    expect(found.nearest.subarray(i * size, (i + 1) * size)).toEqual(
      real.subarray(at * size, (at + 1) * size),
    );
  }
});

test('a picture that was learnt by heart is found among all that are stored, whether or not it is ever drawn', () => {
  const moment = momentOf({ dataset: { kind: 'digits8' } });
  const { picture } = moment.scene.model;
  if (picture.kind !== 'images') throw new Error('no pictures');
  const { count, copy } = picture.stored!();
  expect(count).toBe(1797);
  const { pictures: drawn } = realPictures(moment, 1000);
  const rows = new Set(Array.from({ length: 1000 }, (_, k) => drawn.subarray(64 * k, 64 * k + 64).join()));
  const learnt = new Float64Array(64);
  const isDrawn = (i: number) => {
    copy(i, learnt, 0);
    return rows.has(learnt.join());
  };
  expect([...Array(count).keys()].findLast((i) => !isDrawn(i))).toBeGreaterThan(0); // and there it is
  const generate = ({ shape: [rows] }: Expr) =>
    build.constant(
      Float64Array.from({ length: 64 * rows }, (_, k) => learnt[k % 64]),
      [rows, 64],
    );
  const model = { ...moment.scene.model, picture: { ...picture, generate } };
  const byHeart = { ...moment, scene: { ...moment.scene, model } };
  const found = finish(nearestPictures.work(byHeart, { first: 0, count: 2, among: 1000 }));
  expect(found.among).toBe(1797);
  expect([...found.distances]).toEqual([0, 0]);
  expect(found.nearest.subarray(64)).toEqual(learnt);
});

test('mean and variance of rows, by hand', () => {
  const { mean, variance, meanVariance } = momentsOf(Float64Array.of(0, 2, 4, 2), 2);
  expect([...mean]).toEqual([2, 2]);
  expect([...variance]).toEqual([4, 0]);
  expect(meanVariance).toBe(2);
  expect(pictureMoments.read(momentOf(), { count: 20 }).real.meanVariance).toBeGreaterThan(0.1);
});

describe('classes', () => {
  const settings = { ...defaults(pictureClasses.settings), count: 300 };

  test('of real pictures are even, cover everything, and are near to as many others', () => {
    const moment = momentOf({ dataset: { kind: 'digits8' } });
    const { floor, accuracy, tested, classes, samples } = finish(pictureClasses.work(moment, settings));
    expect(samples).toBe(300);
    expect(classes).toBe(10);
    expect(floor.covered.mean).toBe(10);
    expect(floor.entropy.mean).toBeGreaterThan(0.97 * Math.log(10));
    expect(floor.inception.mean).toBeGreaterThan(7);
    expect(floor.inception.low).toBeLessThan(floor.inception.mean);
    expect(floor.frechet.mean).toBeGreaterThan(0); // of as many samples, never 0
    expect(tested).toBe(360);
    expect(accuracy).toBeGreaterThan(0.95);
  });

  test('are read as arrays of their own each time: whoever has a reading may give it away', () => {
    const moment = momentOf();
    const read = () => finish(pictureClasses.work(moment, settings));
    const [first, second] = [read(), read()];
    expect(second).toEqual(first);
    structuredClone(first, { transfer: [first.histogram.buffer, first.realHistogram.buffer] });
    expect(second.realHistogram.length).toBe(14);
    expect(read()).toEqual(second);
  });

  test('of an untrained generator are few, uneven and far away', () => {
    const found = finish(pictureClasses.work(momentOf({ dataset: { kind: 'digits8' } }), settings));
    expect(found.histogram.reduce((sum, hits) => sum + hits, 0)).toBe(300);
    expect(found.entropy).toBeLessThan(found.floor.entropy.mean);
    expect(found.frechet).toBeGreaterThan(10 * found.floor.frechet.mean);
  });

  test('are told by a rule where there is one, which is never wrong', () => {
    const found = finish(pictureClasses.work(momentOf(), settings));
    expect(found).toMatchObject({ accuracy: 1, tested: 0, classes: 14, frechet: null, inception: null });
    expect(found.floor.covered.mean).toBe(14);
  });

  test('of stacked digits are a thousand', () => {
    const found = finish(pictureClasses.work(momentOf({ dataset: { kind: 'stacked' } }), settings));
    expect(found.classes).toBe(1000);
    expect(found.floor.covered.mean).toBeGreaterThan(200); // of 300 pictures
    expect(found.inception).toBeNull();
  });
});
