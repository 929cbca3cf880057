/** What is measured of samples, beside what perfect ones score: the sampler itself, collapsed ones, and failures. */
import { describe, expect, test } from 'vitest';
import { distances } from '../../src/analysis/distances.ts';
import { divergence } from '../../src/analysis/divergence.ts';
import { fidelity } from '../../src/analysis/fidelity.ts';
import { modes } from '../../src/analysis/modes.ts';
import { finish, type LongProbe, type Moment, type Reading } from '../../src/analysis/probe.ts';
import { realSamples } from '../../src/analysis/samples.ts';
import type { Modes, SamplesPicture } from '../../src/catalog/kinds.ts';
import type { Scene } from '../../src/catalog/scene.ts';
import { medianDistance } from '../../src/math/clouds/cloud.ts';
import type { Floor } from '../../src/math/clouds/floor.ts';
import { stream } from '../../src/math/random.ts';
import { defaults } from '../../src/settings/index.ts';
import { experimentOf, sceneOf, smallGan } from '../catalog/given.ts';

const COUNT = 128;

const experimentWith = (dataset: Readonly<Record<string, unknown>>) =>
  experimentOf({ game: { ...smallGan, dataset }, scheme: { kind: 'simultaneous' } });
/** Taken in turn, the modes have their share in each batch, which perfect samples need not have. */
const experiment = experimentWith({ kind: 'ring', balanced: true });
const scene = sceneOf(experiment);
const pictureOf = (of: Scene) => of.model.picture as SamplesPicture;

/** A moment whose generator gives these positions, whatever it is asked. */
const momentOf = (positions: Float64Array, of = scene, at = experiment): Moment => ({
  scene: Object.assign(Object.create(of), { program: () => ({ run: () => ({ positions }) }) }),
  point: of.initialPoint(0),
  experiment: at,
  step: 7,
});

/** Independent perfect samples: each drawn by itself. */
function sampled(set: number, count = COUNT, of = scene): Float64Array {
  const { dimension, fillReal } = pictureOf(of);
  const out = new Float64Array(dimension * count);
  for (let i = 0; i < count; i++) {
    const one = out.subarray(dimension * i, dimension * (i + 1));
    fillReal((purpose) => stream(99, `test.${purpose}`, set, i), 1, one);
  }
  return out;
}

/** Perfect samples of the first mode only. */
function collapsed(count = COUNT): Float64Array {
  const { centres, spread } = pictureOf(scene).modes as Modes;
  const out = stream(98, 'collapsed').normals(new Float64Array(2 * count));
  return out.map((x, i) => centres[i % 2] + spread * x);
}

interface Read {
  readonly figures: Readonly<Record<string, number>>;
  readonly floor: Readonly<Record<string, Floor>>;
  readonly reading: Readonly<Record<string, Reading>>;
}

const probesToTest: Record<string, (moment: Moment, replicates?: number) => Read> = {
  ...Object.fromEntries(
    [distances, fidelity, divergence].map((one) => {
      const probe = one as unknown as LongProbe;
      return [
        one.name,
        (moment: Moment, replicates = 20) => {
          const settings = { ...defaults(probe.settings), count: COUNT, replicates };
          return readOf(finish(probe.work(moment, settings)));
        },
      ];
    }),
  ),
  modes: (moment) => readOf(modes.read(moment, { count: COUNT })),
};

/** All figures that a probe compares with perfect samples. */
const figuresOf: Readonly<Record<string, readonly string[]>> = {
  distances: ['w1', 'w2', 'slicedW1', 'slicedW2', 'energy', 'mmdSquared', 'mmdSquaredUnbiased', 'frechet'],
  fidelity: ['precision', 'recall', 'density', 'coverage'],
  divergence: ['kl', 'js', 'uncovered'],
  modes: ['captured', 'covered', 'highQuality', 'reverseKL', 'js'],
};

function readOf(reading: Reading): Read {
  const all = reading as Record<string, Reading>;
  const floor = all.floor as unknown as Record<string, Floor>;
  const figures = Object.fromEntries(Object.keys(floor).map((name) => [name, all[name] as number]));
  return { figures, floor, reading: all };
}

describe.each(Object.entries(probesToTest))('%s', (name, read) => {
  test('of the data’s own sampler lies inside the band of perfect samples about as often as it says', () => {
    const sets = 40;
    const inside: Record<string, number> = {};
    const positions = new Float64Array(2 * COUNT);
    const moment = momentOf(positions); // one scene, whose floors are scored once
    for (let set = 0; set < sets; set++) {
      positions.set(sampled(set));
      const { figures, floor } = read(moment, 100);
      for (const figure in figures) {
        const { low, high } = floor[figure];
        inside[figure] ??= 0;
        if (figures[figure] >= low && figures[figure] <= high) inside[figure] += 1;
      }
    }
    expect(Object.keys(inside)).toEqual(figuresOf[name]);
    // Nine in ten, or more where figures are counts and tie; five binomial deviations, 9.5 of 40, below.
    for (const figure in inside) expect(inside[figure], figure).toBeGreaterThanOrEqual(26);
  });

  test('of a generator collapsed to one mode of eight lies far outside', () => {
    const { figures, floor } = read(momentOf(collapsed()));
    expect(Object.keys(figures)).toEqual(figuresOf[name]);
    for (const figure in figures) {
      // These look at generated samples one by one, and each of them is good.
      if (figure === 'precision' || figure === 'density' || figure === 'highQuality') continue;
      const { mean, deviation, low, high } = floor[figure];
      expect(Math.abs(figures[figure] - mean), figure).toBeGreaterThan(5 * deviation);
      expect(figures[figure] < low || figures[figure] > high, figure).toBe(true);
    }
  });

  test('says how many samples and sets it rests on', () => {
    const { reading } = read(momentOf(collapsed()));
    expect(reading).toMatchObject({ samples: COUNT, replicates: 20 });
    if (name !== 'modes') expect(reading.step).toBe(7);
  });

  test('of a diverged generator is told, and its floor stays', () => {
    const { figures, floor } = read(momentOf(new Float64Array(2 * COUNT).fill(Number.NaN)));
    expect(Object.keys(figures)).toEqual(figuresOf[name]);
    for (const figure in figures) {
      const isCounted = figure === 'captured' || figure === 'covered' || figure === 'highQuality';
      expect(figures[figure], figure).toBe(isCounted ? 0 : Number.NaN);
      expect(Number.isFinite(floor[figure].mean), figure).toBe(true);
    }
  });

  test('reads the same twice, from a scene opened anew as well', () => {
    const first = read(momentOf(collapsed()));
    expect(read(momentOf(collapsed()))).toEqual(first);
    expect(read(momentOf(collapsed(), sceneOf(experiment)))).toEqual(first);
  });
});

describe('floors', () => {
  const settings = { ...defaults(fidelity.settings), count: COUNT, replicates: 30 };

  /** The scene with its sampler counting what is drawn for the floor, which is drawn by streams of its own. */
  function counting() {
    const of = sceneOf(experiment);
    const picture = pictureOf(of);
    let drawn = 0;
    const fillReal: SamplesPicture['fillReal'] = (streams, count, out) => {
      if (count > COUNT) drawn += count;
      picture.fillReal(streams, count, out);
    };
    const counted = Object.assign(Object.create(of), {
      model: { ...of.model, picture: { ...picture, fillReal } },
      program: () => ({ run: () => ({ positions: collapsed() }) }),
    });
    const moment = { scene: counted, point: of.initialPoint(0), experiment, step: 0 };
    return { moment, drawn: () => drawn };
  }

  test('are scored once for a scene and its settings, anew for others and for another seed', () => {
    const { moment, drawn } = counting();
    const first = finish(fidelity.work(moment, settings));
    expect(drawn()).toBe(30 * COUNT);
    expect(finish(fidelity.work({ ...moment, step: 5 }, settings))).toEqual({ ...first, step: 5 });
    expect(drawn()).toBe(30 * COUNT);
    const other = finish(fidelity.work(moment, { ...settings, neighbours: 3 }));
    expect(other.floor).not.toEqual(first.floor);
    expect(drawn()).toBe(60 * COUNT);
    const reseeded = { ...moment, experiment: { ...experiment, seed: 5 } };
    expect(finish(fidelity.work(reseeded, { ...settings, neighbours: 3 })).floor).not.toEqual(other.floor);
    expect(drawn()).toBe(90 * COUNT);
  });

  test('go on where a dropped reading left them', () => {
    const { moment, drawn } = counting();
    const dropped = fidelity.work(moment, settings);
    let before = 0;
    for (let piece = 0; piece < 20; piece++) before = dropped.next().value as number;
    dropped.return(undefined as never);
    const next = fidelity.work(moment, settings);
    const told: number[] = [];
    let step = next.next();
    for (; !step.done; step = next.next()) told.push(step.value);
    expect(told[0]).toBeGreaterThan(before - 1e-9);
    expect(drawn()).toBe(30 * COUNT);
    expect(step.value).toEqual(finish(fidelity.work(counting().moment, settings)));
  });

  test('of more samples are lower', () => {
    const w1 = (count: number) => {
      const few = { ...defaults(distances.settings), count, replicates: 5 };
      return finish(distances.work(momentOf(sampled(0, count)), few)).floor.w1;
    };
    expect(w1(256).mean).toBeLessThan(w1(32).mean);
  });
});

test('on a line all of them read as well, W1 the same by pairing and by sorting', () => {
  const line = experimentWith({ kind: 'line' });
  const of = sceneOf(line);
  expect(pictureOf(of).dimension).toBe(1);
  const moment = momentOf(sampled(3, COUNT, of), of, line);
  for (const read of Object.values(probesToTest)) {
    for (const value of Object.values(read(moment).figures)) expect(Number.isFinite(value)).toBe(true);
  }
  const { figures } = probesToTest.distances(moment);
  expect(figures.slicedW1).toBeCloseTo(figures.w1, 12);
  expect(figures.slicedW2).toBeCloseTo(figures.w2, 12);
});

test('data of a single point have a floor of 0', () => {
  const single = experimentWith({ kind: 'points', values: [0.5, -0.5], noise: 0 });
  const of = sceneOf(single);
  const { figures, floor } = probesToTest.distances(momentOf(sampled(0, COUNT, of), of, single));
  expect(Object.keys(figures)).toEqual(figuresOf.distances);
  for (const name in figures) {
    expect(Math.abs(figures[name]), name).toBeLessThan(1e-12);
    expect(Math.abs(floor[name].high), name).toBeLessThan(1e-12);
  }
});

test('the perfect reverse KL of modes is of the size of its bias (K - 1) / 2N, though the modes are taken in turn', () => {
  const { floor } = modes.read(momentOf(sampled(0, 2500)), { count: 2500 });
  // Chi-squared of 7 degrees over 2N: twenty of them know their mean to sqrt(14) / 2N / sqrt(20).
  expect(Math.abs(floor.reverseKL.mean - 7 / 5000)).toBeLessThan((5 * Math.sqrt(14)) / 5000 / Math.sqrt(20));
  const share = 1 - Math.exp(-4.5);
  const scatter = Math.sqrt((share * (1 - share)) / 2500 / 20);
  expect(Math.abs(floor.highQuality.mean - share)).toBeLessThan(5 * scatter);
  expect(floor.covered).toEqual({ mean: 8, deviation: 0, low: 8, high: 8 });
});

test('the discrepancy of 0 is the mean over five kernels, as wide as 0.1 to 2 times the median distance of real samples', () => {
  const moment = momentOf(sampled(3));
  const read = (bandwidth: number) => {
    const settings = { ...defaults(distances.settings), count: COUNT, replicates: 1, bandwidth };
    return finish(distances.work(moment, settings)).mmdSquared;
  };
  const scale = medianDistance(realSamples(moment, COUNT), 2);
  const kernels = [0.1, 0.2, 0.5, 1, 2].map((times) => read(times * scale));
  expect(new Set(kernels).size).toBe(5);
  expect(read(0)).toBeCloseTo(
    kernels.reduce((sum, value) => sum + value / 5, 0),
    12,
  );
});
