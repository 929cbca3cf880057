/** The datasets: the same everywhere, where they say, and drawn from exactly the distribution that they name. */
import { describe, expect, test } from 'vitest';
import { datasets } from '../../src/catalog/datasets/index.ts';
import type { Dataset, SamplesPicture } from '../../src/catalog/kinds.ts';
import { stream } from '../../src/math/random.ts';
import { parse } from '../../src/settings/index.ts';
import { expectDerivatives } from './differences.ts';
import { experimentOf, sceneOf, smallGan } from './given.ts';

const all = datasets as readonly unknown[] as readonly Dataset[];
const named = all.map((dataset) => [dataset.name, dataset] as const);
const datasetOf = (name: string) => all.find((dataset) => dataset.name === name)!;
const settingsOf = (dataset: Dataset, differences: object = {}) => {
  const { values, problems } = parse(dataset.settings, differences);
  expect(problems).toEqual([]);
  return values as never;
};

function samples(name: string, count: number, differences: object = {}, seed = 4): Float64Array {
  const dataset = datasetOf(name);
  const out = new Float64Array(count * (dataset.dimension ?? 2));
  dataset.fill((purpose) => stream(seed, purpose), count, settingsOf(dataset, differences), out);
  return out;
}

/**
 * Chi-square of counts against expected shares, which must stay below its mean plus six deviations: for
 * `cells - 1` degrees of freedom k, k + 6 sqrt(2 k), passed by chance less than once in a million.
 */
function expectShares(counts: readonly number[], shares: readonly number[]): void {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let chiSquare = 0;
  let cells = 0;
  counts.forEach((count, i) => {
    if (shares[i] === 0) {
      expect(count).toBe(0);
      return;
    }
    cells += 1;
    chiSquare += (count - total * shares[i]) ** 2 / (total * shares[i]);
  });
  const freedom = cells - 1;
  expect(chiSquare).toBeLessThan(freedom + 6 * Math.sqrt(2 * freedom));
}

describe.each(named)('%s', (name, dataset) => {
  test('draws the same again from the same streams, float32 numbers, others from others', () => {
    const first = samples(name, 500);
    expect(samples(name, 500)).toEqual(first);
    expect(samples(name, 500, {}, 5)).not.toEqual(first);
    expect(first).toEqual(first.map(Math.fround));
  });

  test('lies within its extent, and fills more than a third of it', () => {
    const extent = dataset.extent(settingsOf(dataset));
    const reach = samples(name, 20_000).map(Math.abs).sort();
    // Tails of normals may pass: less than one number in ten thousand.
    expect(reach[Math.floor(0.9999 * reach.length)]).toBeLessThan(extent);
    expect(reach[reach.length - 1]).toBeGreaterThan(extent / 3);
  });

  test('can be learnt from: one sample, odd counts, exact derivatives', () => {
    expect(samples(name, 1).every(Number.isFinite)).toBe(true);
    expect(samples(name, 7).every(Number.isFinite)).toBe(true);
    expectDerivatives({ ...smallGan, batchSize: 5, dataset: name });
  });
});

describe.each([
  ['ring', 8, 0.05, {}],
  ['ring', 3, 0.2, { modes: 3, spread: 0.2, radius: 2 }],
  ['grid', 25, 0.05, {}],
  ['grid', 16, 0.02, { side: 4, distance: 1, spread: 0.02 }],
  ['gaussians', 2, 0.1, {}],
  ['line', 2, 0.5, { spread: 0.5 }],
  ['line', 3, 0.1, { centres: [-1, 0, 4], spread: 0.1 }],
] as const)(
  '%s of %i Gaussians, which are told apart by the nearest centre',
  (name, modes, spread, differences) => {
    const dataset = datasetOf(name);
    const dimension = dataset.dimension ?? 2;
    const known = dataset.modes!(settingsOf(dataset, differences));
    const modeOf = (values: Float64Array, i: number) => {
      let nearest = -1;
      let least = Number.POSITIVE_INFINITY;
      for (let k = 0; k < modes; k++) {
        let square = 0;
        for (let axis = 0; axis < dimension; axis++) {
          square += (values[dimension * i + axis] - known.centres[dimension * k + axis]) ** 2;
        }
        if (square < least) [nearest, least] = [k, square];
      }
      return nearest;
    };

    test('knows its centres and its spread', () => {
      expect(known.centres.length).toBe(modes * dimension);
      expect(known.spread).toBe(spread);
    });

    test('in turn: every batch of a multiple has each alike; at random: shares within chi-square', () => {
      const count = 40 * modes;
      const balanced = new Array(modes).fill(0);
      const turns = samples(name, count, differences);
      for (let i = 0; i < count; i++) balanced[modeOf(turns, i)] += 1;
      expect(balanced).toEqual(new Array(modes).fill(40));
      const random = new Array(modes).fill(0);
      const drawn = samples(name, 20_000, { ...differences, balanced: false });
      for (let i = 0; i < 20_000; i++) random[modeOf(drawn, i)] += 1;
      expectShares(random, new Array(modes).fill(1 / modes));
    });

    test('about each centre: mean 0, the stated deviation, no correlation of the axes', () => {
      const count = 20_000;
      const values = samples(name, count, differences);
      const sums = { first: 0, square: 0, cross: 0 };
      for (let i = 0; i < count; i++) {
        const mode = modeOf(values, i);
        const offset = (axis: number) =>
          (values[dimension * i + axis] - known.centres[dimension * mode + axis]) / spread;
        sums.first += offset(0);
        sums.square += offset(dimension - 1) ** 2;
        if (dimension === 2) sums.cross += offset(0) * offset(1);
      }
      // Deviations of the three means: 1, sqrt 2 and 1 over the root of the count; five of them.
      const unit = 5 / Math.sqrt(count);
      expect(Math.abs(sums.first / count)).toBeLessThan(unit);
      expect(Math.abs(sums.square / count - 1)).toBeLessThan(unit * Math.SQRT2);
      expect(Math.abs(sums.cross / count)).toBeLessThan(unit);
    });
  },
);

test('the ring’s centres lie on its circle; the grid’s are evenly apart about the origin', () => {
  const ring = datasetOf('ring').modes!(settingsOf(datasetOf('ring'), { modes: 5, radius: 2 })).centres;
  for (let k = 0; k < 5; k++) {
    expect(ring[2 * k]).toBeCloseTo(2 * Math.cos((2 * Math.PI * k) / 5), 6);
    expect(ring[2 * k + 1]).toBeCloseTo(2 * Math.sin((2 * Math.PI * k) / 5), 6);
  }
  const grid = datasetOf('grid').modes!(settingsOf(datasetOf('grid'))).centres;
  expect([...new Set(grid)].sort((a, b) => a - b)).toEqual([-4, -2, 0, 2, 4]);
});

test('in turn from anywhere: batches that do not divide favour no mode', () => {
  const counts = new Array(8).fill(0);
  const ring = datasetOf('ring');
  for (let step = 0; step < 2000; step++) {
    const out = new Float64Array(6);
    ring.fill((purpose) => stream(0, purpose, step), 3, settingsOf(ring), out);
    for (let i = 0; i < 3; i++) {
      counts[Math.round((Math.atan2(out[2 * i + 1], out[2 * i]) * 4) / Math.PI + 8) % 8] += 1;
    }
  }
  expectShares(counts, new Array(8).fill(1 / 8));
});

/** Shares of the samples in the cells of a lattice over [-1, 1]^2. */
function countCells(values: Float64Array, side: number): number[] {
  const counts = new Array(side * side).fill(0);
  for (let i = 0; i < values.length; i += 2) {
    const cell = (x: number) => Math.min(side - 1, Math.floor(((x + 1) / 2) * side));
    counts[cell(values[i + 1]) * side + cell(values[i])] += 1;
  }
  return counts;
}

describe('a drawn density', () => {
  test('has each cell as often as its weight, uniformly within', () => {
    const weights = [0, 1, 2, 3, 0, 4, 5, 0.5, 0];
    const total = 15.5;
    const values = samples('drawn', 40_000, { weights });
    expectShares(
      countCells(values, 3),
      weights.map((weight) => weight / total),
    );
    // Nine cells within each of the nine: what a cell has is the same in all its parts.
    expectShares(
      countCells(values, 9),
      Array.from({ length: 81 }, (_, at) => {
        const [row, column] = [Math.floor(at / 27), Math.floor((at % 9) / 3)];
        return weights[3 * row + column] / total / 9;
      }),
    );
  });

  test('of one cell, of nothing, and of a number of weights that is no square', () => {
    expectShares(countCells(samples('drawn', 5000, { weights: [3] }), 4), new Array(16).fill(1 / 16));
    expectShares(countCells(samples('drawn', 5000, { weights: [0, 0, 0, 0] }), 2), new Array(4).fill(1 / 4));
    expectShares(countCells(samples('drawn', 5000, { weights: [1, 0, 1] }), 2), [1 / 2, 0, 1 / 2, 0]);
  });
});

test('a drawn density reaches as far as it is told', () => {
  const usual = samples('drawn', 300);
  expect(samples('drawn', 300, { reach: 2 })).toEqual(usual.map((value) => 2 * value));
});

describe('Gaussians of unlike weights', () => {
  const centres = [-1, 0, 0, 0, 1, 0, 0, 1];
  const counted = (count: number, differences: object) => {
    const counts = new Array(4).fill(0);
    const values = samples('gaussians', count, { centres, spread: 0.001, ...differences });
    for (let i = 0; i < values.length; i += 2) {
      counts[values[i + 1] > 0.5 ? 3 : Math.round(values[i]) + 1] += 1;
    }
    return counts;
  };

  test('each has its share of every batch, or of all by chance; those without a weight have 1', () => {
    for (const [weights, shares] of [
      [
        [4, 0, 2],
        [4, 0, 2, 1],
      ],
      [
        [0, 0, 3, 1],
        [0, 0, 3, 1],
      ],
      [
        [0, 5, 0, 2],
        [0, 5, 0, 2],
      ],
    ]) {
      const total = shares.reduce((sum, share) => sum + share, 0);
      for (const [k, found] of counted(70, { weights }).entries()) {
        expect(Math.abs(found - (70 * shares[k]) / total), String(weights)).toBeLessThan(1 + 1e-9);
        if (shares[k] === 0) expect(found).toBe(0);
      }
      expectShares(
        counted(20_000, { weights, balanced: false }),
        shares.map((share) => share / total),
      );
    }
  });

  test('equal weights are none, bit for bit; nothing but zeros too', () => {
    const plain = samples('gaussians', 50, { centres });
    expect(samples('gaussians', 50, { centres, weights: [3, 3, 3, 3] })).toEqual(plain);
    expect(samples('gaussians', 50, { centres, weights: [0, 0, 0, 0] })).toEqual(plain);
  });

  test('their shares are what modes are counted against', () => {
    const dataset = datasetOf('gaussians');
    const { shares } = dataset.modes!(settingsOf(dataset, { centres, weights: [4, 0, 2] }));
    expect([...shares!]).toEqual([4 / 7, 0, 2 / 7, 1 / 7]);
    expect(dataset.modes!(settingsOf(dataset, { centres })).shares).toBeUndefined();
  });
});

test.each([2, 3, 4, 5])('a checkerboard of side %i is uniform on every other square', (side) => {
  const values = samples('checkerboard', 30_000, { side });
  const dark = Math.ceil((side * side) / 2);
  const shares = Array.from({ length: side * side }, (_, at) =>
    (Math.floor(at / side) + (at % side)) % 2 === 0 ? 1 / dark : 0,
  );
  expectShares(countCells(values, side), shares);
  expectShares(
    countCells(values, 2 * side),
    Array.from({ length: 4 * side * side }, (_, at) => {
      const [row, column] = [Math.floor(at / (4 * side)), Math.floor((at % (2 * side)) / 2)];
      return shares[side * row + column] / 4;
    }),
  );
});

test('moons without noise lie on two half circles, half of the samples on each, evenly in angle', () => {
  const count = 20_000;
  const values = samples('moons', count, { noise: 0 });
  const bins = new Array(20).fill(0);
  for (let i = 0; i < count; i++) {
    const upper = i % 2 === 0;
    const [x, y] = [values[2 * i] + 0.5, values[2 * i + 1] + 0.25];
    const [dx, dy] = upper ? [x, y] : [1 - x, 0.5 - y];
    expect(Math.hypot(dx, dy)).toBeCloseTo(1, 6);
    const angle = Math.atan2(dy, dx);
    bins[(upper ? 0 : 10) + Math.min(9, Math.max(0, Math.floor((10 * angle) / Math.PI)))] += 1;
  }
  expectShares(bins, new Array(20).fill(1 / 20));
});

test('the swiss roll without noise is a spiral of one and a half turns, evenly in angle', () => {
  const count = 10_000;
  const values = samples('swissRoll', count, { noise: 0 });
  const bins = new Array(10).fill(0);
  for (let i = 0; i < count; i++) {
    const t = 7.5 * Math.hypot(values[2 * i], values[2 * i + 1]);
    expect(7.5 * values[2 * i]).toBeCloseTo(t * Math.cos(t), 4);
    expect(7.5 * values[2 * i + 1]).toBeCloseTo(t * Math.sin(t), 4);
    bins[Math.min(9, Math.max(0, Math.floor((10 * (t / (1.5 * Math.PI) - 1)) / 2)))] += 1;
  }
  expectShares(bins, new Array(10).fill(1 / 10));
});

test('a pinwheel that does not bend has normal arms at even angles', () => {
  const count = 10_000;
  const values = samples('pinwheel', count, { arms: 4, bend: 0 });
  let along = 0;
  let across = 0;
  for (let i = 0; i < count; i++) {
    const angle = (Math.PI * (i % 4)) / 2;
    const x = values[2 * i] * Math.cos(angle) + values[2 * i + 1] * Math.sin(angle);
    const y = values[2 * i + 1] * Math.cos(angle) - values[2 * i] * Math.sin(angle);
    along += ((x - 1) / 0.3) ** 2;
    across += (y / 0.1) ** 2;
  }
  const bound = 5 * Math.sqrt(2 / count);
  expect(Math.abs(along / count - 1)).toBeLessThan(bound);
  expect(Math.abs(across / count - 1)).toBeLessThan(bound);
});

test('pasted points are drawn alike, a last x without y at y = 0', () => {
  const values = samples('points', 6000, { values: [1, 2, -3, 4, 5], noise: 0 });
  const counts = [0, 0, 0];
  for (let i = 0; i < 6000; i++) {
    const at = ['1,2', '-3,4', '5,0'].indexOf(`${values[2 * i]},${values[2 * i + 1]}`);
    expect(at).toBeGreaterThanOrEqual(0);
    counts[at] += 1;
  }
  expectShares(counts, [1 / 3, 1 / 3, 1 / 3]);
});

test('data on a line make a game of one dimension', () => {
  const scene = sceneOf(experimentOf({ game: { ...smallGan, dataset: 'line' } }));
  const picture = scene.model.picture as SamplesPicture;
  expect(picture.dimension).toBe(1);
  expect(scene.field(0, 0, 0).batch.real.length).toBe(12);
  expect(scene.parameters.find(({ player }) => player === 'discriminator')?.shape).toEqual([1, 6]);
  expect(picture.modes).toEqual({ centres: Float64Array.of(-2, 2), spread: 1 });
});
