/** What is seen of a GAN whose two networks are linear: slopes, the best discriminator and the map are known. */
import { describe, expect, test } from 'vitest';
import { criticGradient } from '../../src/analysis/criticGradient.ts';
import { manifold } from '../../src/analysis/manifold.ts';
import { logMixture, optimalDiscriminator } from '../../src/analysis/optimalDiscriminator.ts';
import { finish, type Moment } from '../../src/analysis/probe.ts';
import { samples } from '../../src/analysis/samples.ts';
import type { SamplesPicture } from '../../src/catalog/kinds.ts';
import { build } from '../../src/expr/index.ts';
import { normalQuantile } from '../../src/math/normal.ts';
import { defaults } from '../../src/settings/index.ts';
import { experimentOf, sceneOf, smallGan } from '../catalog/given.ts';

/** Generated x = z W + b with W = size I, scores a · x + c; the data are one Gaussian of deviation 0.5 at 0. */
function linear(
  { size = 0.5, b = [0, 0], a = [0, 0], c = 0 }: { size?: number; b?: number[]; a?: number[]; c?: number },
  game: Record<string, unknown> = {},
): Moment {
  const experiment = experimentOf({
    game: {
      kind: 'gan',
      batchSize: 16,
      dataset: { kind: 'gaussians', centres: [0, 0], spread: 0.5 },
      generatorNetwork: { kind: 'dense', hidden: [] },
      discriminatorNetwork: { kind: 'dense', hidden: [] },
      ...game,
    },
  });
  const point = Float64Array.of(size, 0, 0, size, ...b, ...a, c);
  return { scene: sceneOf(experiment), experiment, point, step: 0 };
}

describe('the slope of the discriminator', () => {
  const a = [0.7, -1.2];
  const usual = defaults(criticGradient.settings);

  test('of a linear one is the same everywhere', () => {
    const { grid, slopes, positions } = criticGradient.read(linear({ a }), { ...usual, resolution: 3 });
    expect([grid.length, positions.length]).toEqual([18, 32]);
    for (const each of [grid, slopes])
      each.forEach((value, i) => void expect(value).toBeCloseTo(a[i % 2], 14));
  });

  const sigma = (x: number) => 1 / (1 + Math.exp(-x));
  test.each([
    ['nonSaturating', (score: number) => sigma(-score)],
    ['minimax', sigma],
    ['wasserstein', () => 1],
  ] as const)('pushes the samples of the %s loss as its formula says', (loss, strength) => {
    const moment = linear({ a, b: [0.3, 0.1], c: 0.4 }, { loss: { kind: loss } });
    const { positions, pushes } = criticGradient.read(moment, usual);
    for (let i = 0; i < 16; i++) {
      const score = a[0] * positions[2 * i] + a[1] * positions[2 * i + 1] + 0.4;
      for (const axis of [0, 1]) expect(pushes[2 * i + axis]).toBeCloseTo(strength(score) * a[axis], 12);
    }
  });

  test('pushes samples as well where the generator looks ahead', () => {
    const moment = linear({ a, b: [0.3, 0.1] });
    const experiment = experimentOf({
      game: moment.experiment.game,
      foresight: { kind: 'unrolled', steps: 2 },
    });
    const { pushes } = criticGradient.read({ ...moment, experiment, scene: sceneOf(experiment) }, usual);
    const plain = criticGradient.read(moment, usual).pushes;
    pushes.forEach((push, i) => {
      expect(push * plain[i]).toBeGreaterThan(0);
      expect(push).not.toBe(plain[i]);
    });
  });

  test('of any network is the change of its score', () => {
    const experiment = experimentOf({ game: smallGan });
    const scene = sceneOf(experiment);
    const point = scene.initialPoint(0);
    const { grid, extent } = criticGradient.read(
      { scene, experiment, point, step: 0 },
      { extent: 0.8, resolution: 2 },
    );
    expect(extent).toBe(0.8);
    const picture = scene.model.picture as SamplesPicture;
    const scoreAt = (x: number, y: number) =>
      scene
        .program('one score', () => ({ score: picture.score(build.input('position', [1, 2])) }))
        .run(point, { position: Float64Array.of(x, y) }).score[0];
    const h = 1e-5;
    [-0.8, 0.8].forEach((y, row) => {
      [-0.8, 0.8].forEach((x, column) => {
        const at = 2 * (2 * row + column);
        expect(grid[at]).toBeCloseTo((scoreAt(x + h, y) - scoreAt(x - h, y)) / (2 * h), 8);
        expect(grid[at + 1]).toBeCloseTo((scoreAt(x, y + h) - scoreAt(x, y - h)) / (2 * h), 8);
      });
    });
  });
});

describe('the best discriminator', () => {
  const usual = { ...defaults(optimalDiscriminator.settings), count: 2000, resolution: 5, extent: 1 };
  const read = (moment: Moment, settings = {}) =>
    finish(optimalDiscriminator.work(moment, { ...usual, ...settings }));

  test('a mixture’s density is its closed form, however far away', () => {
    const centres = Float64Array.of(0, 0, 1, 0);
    const one = (square: number) => Math.exp(-square / (2 * 0.25)) / (2 * Math.PI * 0.25);
    const at = Float64Array.of(0.3, 0.4);
    expect(logMixture(at, centres, 0.5)).toBeCloseTo(Math.log((one(0.25) + one(0.49 + 0.16)) / 2), 12);
    const far = logMixture(Float64Array.of(1e4, 0), centres, 0.5);
    expect(far).toBeCloseTo(-((1e4 - 1) ** 2) / 0.5 - Math.log(2) - Math.log(2 * Math.PI * 0.25), 4);
    expect(logMixture(Float64Array.of(0.2), Float64Array.of(0), 1)).toBeCloseTo(
      -0.02 - 0.5 * Math.log(2 * Math.PI),
      12,
    );
  });

  test('of a generator that has the data’s distribution knows nothing', () => {
    const { logits, divergence, own, gap, error } = read(linear({}));
    // 2000 kernels: about a tenth where the data are, at the middle of the grid.
    expect(Math.abs(logits[12])).toBeLessThan(0.15);
    expect(Math.abs(divergence)).toBeLessThan(0.01);
    expect(own).toBeCloseTo(0, 12);
    expect(gap).toBeCloseTo(divergence, 12);
    expect(error as number).toBeLessThan(0.05);
  });

  test('of another Gaussian is the difference of the two log densities, both blurred', () => {
    const b = [0.5, 0.25];
    const { logits, bandwidth } = read(linear({ size: 0.4, b }), { bandwidth: 0.2 });
    expect(bandwidth).toBe(0.2);
    const logNormal = (square: number, variance: number) =>
      -square / (2 * variance) - Math.log(2 * Math.PI * variance);
    for (const [at, x, y] of [
      [12, 0, 0],
      [13, 0.5, 0],
      [18, 0.5, 0.5],
    ]) {
      const expected =
        logNormal(x * x + y * y, 0.25 + 0.04) - logNormal((x - b[0]) ** 2 + (y - b[1]) ** 2, 0.16 + 0.04);
      expect(Math.abs(logits[at] - expected)).toBeLessThan(0.2);
    }
  });

  test('sees the divergence of two Gaussians, and the discriminator that is the best misses nothing of it', () => {
    const [shift, variance] = [1, 0.25];
    // s* = (|x - b|² - |x|²) / (2 variance), which is linear.
    const moment = linear({ b: [shift, 0], a: [-shift / variance, 0], c: shift ** 2 / (2 * variance) });
    const { divergence, own, gap, error } = read(moment, { bandwidth: 0.15 });
    // JS of N(0, v) and N(shift, v) on the line, by the rectangle rule.
    const density = (x: number) => Math.exp(-(x * x) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
    let js = 0;
    const step = 0.001;
    for (let x = -4; x < 5; x += step) {
      const [p, q] = [density(x), density(x - shift)];
      js += (step / 2) * (p * Math.log((2 * p) / (p + q)) + q * Math.log((2 * q) / (p + q)));
    }
    // The mean of 4000 terms of deviation below 0.5.
    expect(Math.abs((own as number) - js)).toBeLessThan(0.03);
    expect(Math.abs(divergence - js)).toBeLessThan(0.03);
    expect(Math.abs(gap as number)).toBeLessThan(0.02);
    expect(error as number).toBeLessThan(0.05);
  });

  test('tells all apart that lies apart', () => {
    const { divergence, own, gap } = read(linear({ b: [50, 0] }));
    expect(divergence).toBeCloseTo(Math.LN2, 12);
    expect(own).toBeCloseTo(0, 12);
    expect(gap).toBeCloseTo(Math.LN2, 12);
  });

  test('is compared with the present one only where its loss looks for that ratio', () => {
    for (const game of [
      { loss: { kind: 'wasserstein' } },
      { loss: { kind: 'nonSaturating', realLabel: 0.9 } },
    ]) {
      const { divergence, own, gap, error } = read(linear({}, game));
      expect([own, gap, error]).toEqual([null, null, null]);
      expect(Number.isFinite(divergence)).toBe(true);
    }
  });
});

describe('the generator’s map', () => {
  const gan = (game: Record<string, unknown>) => {
    const experiment = experimentOf({ game: { ...smallGan, ...game } });
    const scene = sceneOf(experiment);
    return { scene, experiment, point: scene.initialPoint(0), step: 0 };
  };

  test('of a linear generator is the grid of quantiles, stretched and moved', () => {
    const { positions, areas, mass, rows, columns } = manifold.read(linear({ size: 2, b: [1, -1] }), {
      resolution: 4,
    });
    expect([rows, columns, mass]).toEqual([4, 4, 1 / 16]);
    const z = (i: number) => normalQuantile((i + 0.5) / 4);
    for (let row = 0; row < 4; row++) {
      for (let column = 0; column < 4; column++) {
        expect(positions[2 * (4 * row + column)]).toBeCloseTo(1 + 2 * z(column), 12);
        expect(positions[2 * (4 * row + column) + 1]).toBeCloseTo(-1 + 2 * z(row), 12);
      }
    }
    expect(areas.length).toBe(9);
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < 3; column++) {
        const expected = 4 * (z(row + 1) - z(row)) * (z(column + 1) - z(column));
        expect(areas[3 * row + column]).toBeCloseTo(expected, 12);
      }
    }
  });

  test('of uniform noise is a grid of equal cells, and its density that of the square', () => {
    const { areas, mass } = manifold.read(linear({ size: 1 }, { latent: 'uniform' }), { resolution: 10 });
    // The square has the area 4.
    for (const area of areas) expect((mass as number) / area).toBeCloseTo(1 / 4, 12);
  });

  test('of one latent dimension is a curve, of many a plane without probabilities', () => {
    const curve = manifold.read(gan({ latentSize: 1 }), { resolution: 5 });
    expect([curve.rows, curve.columns, curve.mass]).toEqual([1, 25, 1 / 25]);
    expect(curve.areas.length).toBe(24);
    const [x0, y0, x1, y1] = curve.positions;
    expect(curve.areas[0]).toBeCloseTo(Math.hypot(x1 - x0, y1 - y0), 14);
    const plane = manifold.read(gan({ latentSize: 7 }), { resolution: 5 });
    expect([plane.rows, plane.columns, plane.mass]).toEqual([5, 5, null]);
    // The middle of an odd grid is the image of 0.
    const { scene, point } = gan({ latentSize: 7 });
    const picture = scene.model.picture as SamplesPicture;
    const origin = scene
      .program('one sample', () => ({ at: picture.generate(build.input('latent', [1, 7])) }))
      .run(point, { latent: new Float64Array(7) }).at;
    expect(plane.positions[24]).toBeCloseTo(origin[0], 12);
    expect(plane.positions[25]).toBeCloseTo(origin[1], 12);
  });

  test('of data on a line has positions of one coordinate, and no areas', () => {
    const line = manifold.read(gan({ dataset: { kind: 'line' } }), { resolution: 3 });
    expect([line.dimension, line.positions.length, line.areas.length]).toEqual([1, 9, 0]);
  });

  test('covers what samples do: as many of them fall left of a curve’s middle as right', () => {
    const moment = gan({ latentSize: 1, dataset: { kind: 'line' }, generatorNetwork: { hidden: [] } });
    const { positions } = manifold.read(moment, { resolution: 21 });
    const middle = positions[(positions.length - 1) / 2];
    const { generated } = samples.read(moment, { count: 2000 });
    const below = generated.filter((x) => x < middle).length;
    expect(Math.abs(below - 1000)).toBeLessThan(5 * Math.sqrt(500));
  });
});

describe.each([
  ['one dimension', { dataset: { kind: 'line' } }],
  ['packing', { regularisation: { packing: 2 } }],
  ['instance noise', { regularisation: { instanceNoise: 0.1 } }],
  ['a reconstructing discriminator', { loss: { kind: 'began' } }],
  ['compared features', { loss: { kind: 'featureMatching' } }],
  ['a generator held fixed', { frozen: 'generator' }],
  ['uniform noise of many dimensions', { latentSize: 5, latent: 'uniform' }],
] as const)('with %s', (_, game) => {
  const experiment = experimentOf({ game: { ...smallGan, ...game } });
  const scene = sceneOf(experiment);
  const moment = { scene, experiment, point: scene.initialPoint(0), step: 3 };
  const { dimension } = scene.model.picture as SamplesPicture;

  test('slopes, pushes, the best discriminator and the map are there, and finite', () => {
    const count = dimension === 1 ? 4 : 16;
    const slopes = criticGradient.read(moment, { extent: 0, resolution: 4 });
    expect(slopes.grid.length).toBe(dimension * count);
    for (const each of [slopes.positions, slopes.slopes, slopes.pushes])
      expect(each.length).toBe(12 * dimension);
    const best = finish(
      optimalDiscriminator.work(moment, { extent: 0, resolution: 4, count: 50, bandwidth: 0 }),
    );
    expect(best.logits.length).toBe(count);
    const map = manifold.read(moment, { resolution: 4 });
    expect(map.positions.length).toBe(16 * dimension);
    for (const each of [slopes.grid, slopes.slopes, slopes.pushes, best.logits, map.positions, map.areas])
      for (const value of each) expect(Number.isFinite(value)).toBe(true);
    expect(slopes.pushes.some((push) => push !== 0)).toBe(true);
  });
});
