/** Convolutional networks: the shapes and first weights that their authors give them, and layers against plain loops. */
import { describe, expect, test } from 'vitest';
import type { Network, Pictures } from '../../src/catalog/kinds.ts';
import { convolutional } from '../../src/catalog/networks/convolutional.ts';
import { dense } from '../../src/catalog/networks/dense.ts';
import { type Normalisation, normalisation } from '../../src/catalog/networks/normalisation.ts';
import { pictureNetworks } from '../../src/catalog/networks/pictures.ts';
import type { Script } from '../../src/catalog/stage.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { build, type Expr, type Shape, sizeOf } from '../../src/expr/index.ts';
import { stream } from '../../src/math/random.ts';
import { defaults, type Group, parse } from '../../src/settings/index.ts';
import { pictureGan } from './pictureGan.ts';

const normals = (shape: Shape, purpose: string) =>
  stream(2, purpose).normals(new Float64Array(sizeOf(shape)));

/** First values of a written game's parameters, by player and name. */
function firstValues({ parameters }: Script): Record<string, Float64Array> {
  return Object.fromEntries(
    parameters.map(({ player, name, shape, initial }) => {
      const values = new Float64Array(sizeOf(shape));
      initial(stream(3, `${player}.${name}`), shape, values);
      return [`${player}.${name}`, values];
    }),
  );
}
const moments = (values: ArrayLike<number>) => {
  const list = Array.from(values);
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
  return {
    mean,
    deviation: Math.sqrt(list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / list.length),
  };
};
const shapesOf = (script: Script, player: string) =>
  Object.fromEntries(
    script.parameters.filter((each) => each.player === player).map(({ name, shape }) => [name, shape]),
  );

/** Writes a network by itself, with its parameters and states as inputs. */
function written(
  network: unknown,
  [inputs, outputs]: readonly [number, number],
  differences: Record<string, unknown>,
  pictures?: Pictures,
) {
  const entry = network as Network<string, Group>;
  const { values } = parse(entry.settings, { ...defaults(entry.settings), ...differences });
  const names: Record<string, Shape> = {};
  const input = (name: string, shape: Shape) => {
    names[name] = shape;
    return build.input(name, shape);
  };
  const stage = {
    parameter: (_player: string, name: string, shape: Shape) => input(name, shape),
    state: (name: string, shape: Shape) => input(name, shape),
    follow() {},
  } as unknown as Parameters<Network['write']>[0];
  return { write: entry.write(stage, 'discriminator', inputs, outputs, values, pictures), names };
}

const evaluated = (outputs: Record<string, Expr>, given: Record<string, Float64Array>) =>
  reference.compile(outputs).run(given);

describe.each(pictureNetworks.map((network) => [network.name, network] as const))('%s', (name, network) => {
  const variants: Record<string, unknown>[] =
    name === 'dense'
      ? [{}, { normalisation: 'layer' }]
      : [{}, { growing: 'nearest' }, { blocks: 'residual' }, { halvings: 3, normalisation: 'none' }];
  describe.each(variants)('with %o', (differences) => {
    test.each([
      [8, 1],
      [14, 1],
      [16, 3],
      [28, 1],
    ])('draws pictures of side %i with %i channels, in [-1, 1], and reads them', (side, channels) => {
      const pixels = side * side * channels;
      const settings = name === 'dense' ? differences : { channels: 4, ...differences };
      const generator = written(network, [5, pixels], settings, { side, channels, at: 'output' });
      const judge = written(network, [pixels, 1], settings, { side, channels, at: 'input' });
      const z = build.input('z', [3, 5]);
      const drawn = generator.write(z);
      const seen = judge.write(build.input('x', [3, pixels]));
      expect(drawn.output.shape).toEqual([3, pixels]);
      expect(seen.output.shape).toEqual([3, 1]);
      for (const { features } of [drawn, seen]) {
        expect(features.shape).toHaveLength(2);
        expect(features.shape[0]).toBe(3);
      }
      const given = Object.fromEntries(
        Object.entries({ ...generator.names, z: [3, 5] }).map(([each, shape]) => [
          each,
          normals(shape, each),
        ]),
      );
      const { picture } = evaluated({ picture: drawn.output }, given);
      expect(Math.max(...picture.map(Math.abs))).toBeLessThanOrEqual(1);
      // Weights of deviation 1: had the bound been missing, it would show.
      expect(Math.max(...picture.map(Math.abs))).toBeGreaterThan(0.5);
    });
  });
});

describe('DCGAN', () => {
  const script = pictureGan({ side: 28, batch: 2, latent: 100, settings: { channels: 64 } });

  test('halves the picture twice and doubles it twice, with biases only where nothing is normalised', () => {
    expect(shapesOf(script, 'discriminator')).toEqual({
      'layer1.weight': [4, 4, 1, 64],
      'layer1.bias': [64],
      'layer2.weight': [4, 4, 64, 128],
      'layer2.scale': [128],
      'layer2.shift': [128],
      'head.layer1.weight': [7 * 7 * 128, 1],
      'head.layer1.bias': [1],
    });
    expect(shapesOf(script, 'generator')).toEqual({
      'layer1.weight': [100, 7 * 7 * 128],
      'layer1.scale': [128],
      'layer1.shift': [128],
      'layer2.weight': [4, 4, 64, 128],
      'layer2.scale': [64],
      'layer2.shift': [64],
      'layer3.weight': [4, 4, 1, 64],
      'layer3.bias': [1],
    });
  });

  test('starts with weights of deviation 0.02, scales about 1 and nothing else', () => {
    for (const [name, values] of Object.entries(firstValues(script))) {
      const { mean, deviation } = moments(values);
      // Of n numbers, the mean is off by deviation / √n, the deviation by deviation / √2n: four of these.
      const off = (4 * 0.02) / Math.sqrt(values.length);
      if (/weight$/.test(name)) {
        expect(Math.abs(mean), name).toBeLessThan(off);
        expect(Math.abs(deviation - 0.02), name).toBeLessThan(off);
      } else if (/scale$/.test(name)) {
        expect(Math.abs(mean - 1), name).toBeLessThan(off);
        expect(Math.abs(deviation - 0.02), name).toBeLessThan(off);
      } else expect([...values], name).toEqual(Array.from(values, () => 0));
    }
  });

  test('He’s weights count the terms that a sum takes up: of a filter its weights, of a transposed one a quarter', () => {
    const he = pictureGan({
      side: 16,
      batch: 2,
      latent: 8,
      settings: { channels: 32, initialiser: { kind: 'he' } },
    });
    const values = firstValues(he);
    for (const [name, terms] of [
      ['discriminator.layer2.weight', 16 * 32],
      ['generator.layer2.weight', 4 * 64],
    ] as const) {
      const { deviation } = moments(values[name]);
      const expected = Math.sqrt(2 / terms);
      expect(Math.abs(deviation / expected - 1), name).toBeLessThan(4 / Math.sqrt(2 * values[name].length));
    }
  });

  test('an orthogonal filter is an orthogonal matrix of inputs and outputs', () => {
    const script = pictureGan({
      side: 8,
      batch: 2,
      latent: 8,
      settings: { channels: 8, initialiser: { kind: 'orthogonal' } },
    });
    const w = firstValues(script)['discriminator.layer2.weight']; // [4 * 4 * 8, 16]
    for (const [j, k] of [
      [0, 0],
      [3, 3],
      [2, 7],
    ]) {
      let product = 0;
      for (let i = 0; i < 128; i++) product += w[16 * i + j] * w[16 * i + k];
      expect(product).toBeCloseTo(j === k ? 1 : 0, 12);
    }
  });
});

test('of several pictures side by side, each is a channel of one', () => {
  const [side, pack] = [4, 2];
  const pixels = side * side;
  const { write, names } = written(
    convolutional,
    [pack * pixels, 1],
    { channels: 2, halvings: 1, normalisation: 'none' },
    { side, channels: 1, at: 'input' },
  );
  expect(names['layer1.weight']).toEqual([4, 4, pack, 2]);
  const given = Object.fromEntries(
    Object.entries(names).map(([name, shape]) => [name, normals(shape, name)]),
  );
  const x = normals([pack * pixels], 'x');
  // With the second channel's weights at zero, the second picture does not count.
  const blind = given['layer1.weight'].map((value, at) => (Math.floor(at / 2) % pack === 1 ? 0 : value));
  const score = build.sum(write(build.input('x', [1, pack * pixels])).output);
  const scoreOf = (seen: Float64Array, weight: Float64Array) =>
    evaluated({ score }, { ...given, x: seen, 'layer1.weight': weight }).score[0];
  const other = x.map((value, at) => (at < pixels ? value : -value));
  expect(scoreOf(x, blind)).toBe(scoreOf(other, blind));
  expect(scoreOf(x, given['layer1.weight'])).not.toBe(scoreOf(other, given['layer1.weight']));
});

test('spectral norm divides a filter by the largest singular value of [its inputs, its outputs]', () => {
  const settings = { channels: 3, halvings: 1, normalisation: 'none', spectral: true };
  const { write, names } = written(convolutional, [16, 1], settings, { side: 4, channels: 1, at: 'input' });
  const given = Object.fromEntries(
    Object.entries(names).map(([name, shape]) => [name, normals(shape, name)]),
  );
  const w = given['layer1.weight']; // [16, 3] as a matrix
  // Its largest singular value by the power method, and with it the vector that the network is to know.
  let u = normals([3], 'u');
  let sigma = 0;
  for (let step = 0; step < 500; step++) {
    const v = Float64Array.from({ length: 16 }, (_, i) =>
      u.reduce((sum, value, j) => sum + w[3 * i + j] * value, 0),
    );
    const next = u.map((_, j) => v.reduce((sum, value, i) => sum + w[3 * i + j] * value, 0));
    sigma = Math.sqrt(Math.hypot(...next));
    u = next.map((value) => value / sigma ** 2);
  }
  given['discriminator.layer1.u'] = u;
  const { features } = write(build.input('x', [1, 16]));
  const plain = written(
    convolutional,
    [16, 1],
    { ...settings, spectral: false },
    { side: 4, channels: 1, at: 'input' },
  );
  const x = normals([16], 'x');
  const limited = evaluated({ features }, { ...given, x, 'layer1.bias': new Float64Array(3) }).features;
  const free = evaluated(
    { features: plain.write(build.input('x', [1, 16])).features },
    { ...given, x, 'layer1.bias': new Float64Array(3) },
  ).features;
  limited.forEach((value, i) => {
    expect(value * sigma).toBeCloseTo(free[i], 8);
  });
});

test.each<[Normalisation, Shape, (index: readonly number[]) => string]>([
  ['batch', [4, 3, 2, 5], ([, , , c]) => `${c}`],
  ['layer', [4, 3, 2, 5], ([n]) => `${n}`],
  ['instance', [4, 3, 2, 5], ([n, , , c]) => `${n} ${c}`],
  ['batch', [6, 5], ([, c]) => `${c}`],
  ['layer', [6, 5], ([n]) => `${n}`],
])(
  '%s norm of %o: mean 0 and variance 1 of what is normalised together, before the learnt numbers',
  (over, shape, groupOf) => {
    const stage = {
      parameter: (_player: string, name: string, extents: Shape) => build.input(name, extents),
    } as unknown as Parameters<Network['write']>[0];
    const out = normalisation(stage, 'generator', 'layer', 5, over)(build.input('x', shape));
    const x = normals(shape, 'x').map((value, i) => 3 * value + i);
    const [scale, shift] = [normals([5], 'scale'), normals([5], 'shift')];
    const found = evaluated({ out }, { x, 'layer.scale': scale, 'layer.shift': shift }).out;
    const groups = new Map<string, number[]>();
    const indexOf = (at: number) =>
      shape.map((extent, axis) => Math.floor(at / sizeOf(shape.slice(axis + 1))) % extent);
    x.forEach((_, at) => {
      const key = groupOf(indexOf(at));
      groups.set(key, [...(groups.get(key) ?? []), at]);
    });
    for (const members of groups.values()) {
      const { mean, deviation } = moments(members.map((at) => x[at]));
      for (const at of members) {
        const expected = ((x[at] - mean) / Math.sqrt(deviation ** 2 + 1e-5)) * scale[at % 5] + shift[at % 5];
        expect(found[at]).toBeCloseTo(expected, 10);
      }
    }
  },
);

test('a network of pictures says so where there are none; a dense one does not ask', () => {
  expect(() => written(convolutional, [2, 1], {})).toThrow('reads or draws pictures, and this game has none');
  expect(() => written(dense, [2, 1], {})).not.toThrow();
});
