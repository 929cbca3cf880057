/** The layers of a network against plain loops: spectral norm, batch norm, minibatch discrimination, features. */
import { describe, expect, test } from 'vitest';
import type { Network, SamplesPicture } from '../../src/catalog/kinds.ts';
import { dense } from '../../src/catalog/networks/dense.ts';
import { minibatchDiscrimination } from '../../src/catalog/networks/minibatchDiscrimination.ts';
import { normalisation } from '../../src/catalog/networks/normalisation.ts';
import { spectralNorm } from '../../src/catalog/networks/spectralNorm.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { build, type Expr, grad } from '../../src/expr/index.ts';
import { stream } from '../../src/math/random.ts';
import { parse } from '../../src/settings/index.ts';
import { expectDerivatives } from './differences.ts';
import { experimentOf, play, sceneOf, smallGan } from './given.ts';

const normals = (count: number, purpose: string) => stream(2, purpose).normals(new Float64Array(count));

/** A stage that collects parameters and states as inputs, and what the states go on with. */
function collecting() {
  const inputs: Record<string, readonly number[]> = {};
  const followed: Expr[] = [];
  const input = (name: string, shape: readonly number[]) => {
    inputs[name] = shape;
    return build.input(name, shape);
  };
  const stage = {
    parameter: (_player: string, name: string, shape: readonly number[]) => input(name, shape),
    state: (name: string, shape: readonly number[]) => input(`state ${name}`, shape),
    follow: (_state: Expr, next: Expr) => void followed.push(next),
  } as unknown as Parameters<Network['write']>[0];
  return { stage, inputs, followed };
}

describe('spectral norm', () => {
  const { stage, followed } = collecting();
  const weight = build.input('weight', [3, 2]);
  const normed = spectralNorm(stage, 'layer', weight);
  const program = reference.compile({ normed, next: followed[0] });
  /** [[3, 1, 0], [0, 2, 1]] as [outputs, inputs] is this as [inputs, outputs]. */
  const W = Float64Array.of(3, 0, 1, 2, 0, 1);

  test('finds the largest singular value by one power iteration a step', () => {
    let u = Float64Array.of(Math.SQRT1_2, Math.SQRT1_2);
    for (const expected of [3.1871452, 3.2568582, 3.2689655, 3.270943, 3.2712627]) {
      const results = program.run({ weight: W, 'state layer.u': u });
      expect(W[0] / results.normed[0]).toBeCloseTo(expected, 7);
      u = results.next.slice();
    }
    for (let i = 0; i < 40; i++) u = program.run({ weight: W, 'state layer.u': u }).next.slice();
    expect(W[0] / program.run({ weight: W, 'state layer.u': u }).normed[0]).toBeCloseTo(3.2713242, 7);
  });

  test('is differentiated with u and v as constants: dW / σ minus the part along u v′', () => {
    const target = build.input('target', [3, 2]);
    const [gradient] = grad(build.sum(build.mul(normed, target)), [weight]);
    const u = Float64Array.of(0.6, 0.8);
    const T = normals(6, 'target');
    const result = reference.compile({ gradient }).run({ weight: W, target: T, 'state layer.u': u });
    const unit = (x: number[]) => x.map((value) => value / Math.hypot(...x));
    const v = unit([0, 1, 2].map((i) => W[2 * i] * u[0] + W[2 * i + 1] * u[1]));
    const turned = unit([0, 1].map((j) => [0, 1, 2].reduce((sum, i) => sum + W[2 * i + j] * v[i], 0)));
    let sigma = 0;
    let along = 0;
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 2; j++) {
        sigma += v[i] * W[2 * i + j] * turned[j];
        along += W[2 * i + j] * T[2 * i + j];
      }
    }
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 2; j++) {
        const expected = T[2 * i + j] / sigma - (along * v[i] * turned[j]) / sigma ** 2;
        expect(result.gradient[2 * i + j]).toBeCloseTo(expected, 10);
      }
    }
  });

  test('leaves a zero matrix zero', () => {
    const { normed: zero } = program.run({ weight: new Float64Array(6), 'state layer.u': normals(2, 'u') });
    expect([...zero]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('in a run, u follows and every layer’s norm comes close to 1', () => {
    const game = { ...smallGan, discriminatorNetwork: { hidden: [6], activation: 'tanh', spectral: true } };
    const state = play({ game }, 60);
    expect(Object.keys(state.states)).toEqual(['discriminator.layer1.u', 'discriminator.layer2.u']);
    // The last layer is a column: u is ±1, its norm exact.
    expect(Math.abs(state.states['discriminator.layer2.u'][0])).toBeCloseTo(1, 10);
    const scene = sceneOf(experimentOf({ game }));
    const { offset } = scene.parameters.find(
      ({ player, name }) => player === 'discriminator' && name === 'layer1.weight',
    )!;
    const w = state.point.slice(offset, offset + 12); // [2, 6]
    const gram = [0, 0, 0];
    for (let j = 0; j < 6; j++) {
      gram[0] += w[j] * w[j];
      gram[1] += w[j] * w[6 + j];
      gram[2] += w[6 + j] * w[6 + j];
    }
    const half = (gram[0] + gram[2]) / 2;
    const exact = Math.sqrt(half + Math.hypot((gram[0] - gram[2]) / 2, gram[1]));
    const u = state.states['discriminator.layer1.u'];
    const v = [0, 1].map((i) => [0, 1, 2, 3, 4, 5].reduce((sum, j) => sum + w[6 * i + j] * u[j], 0));
    expect(Math.hypot(...v) / exact).toBeGreaterThan(0.99);
  });

  test('its field is the gradient of what it says; J leaves out the motion of u and v', () => {
    const game = { ...smallGan, discriminatorNetwork: { hidden: [6], activation: 'tanh', spectral: true } };
    const experiment = experimentOf({ game });
    const scene = sceneOf(experiment);
    // With u at the top singular vectors, σ is stationary in u and v: the gradient is the true one.
    const settled = scene.initialStates(0);
    scene.keepStates(settled);
    const point = scene.initialPoint(0);
    const field = scene.field(0, 0, 0);
    for (let i = 0; i < 300; i++) scene.follow(field, point);
    const F = field.at(point).slice();
    for (const i of [scene.split, scene.split + 5, scene.size - 2]) {
      const at = (by: number) => field.losses(point.map((x, k) => (k === i ? x + by : x)))[1];
      expect((at(1e-5) - at(-1e-5)) / 2e-5).toBeCloseTo(F[i], 8);
    }
  });
});

describe('batch norm', () => {
  const { stage } = collecting();
  const x = build.input('x', [50, 3]);
  const out = normalisation(stage, 'generator', 'layer', 3, 'batch')(x);
  const program = reference.compile({ out });

  test('gives each column the learnt mean and deviation', () => {
    const values = normals(150, 'x').map((value, i) => 3 * value + i);
    const results = program.run({
      x: values,
      'layer.scale': Float64Array.of(1, 2, 0.5),
      'layer.shift': Float64Array.of(0, -1, 7),
    });
    for (const [column, [scale, shift]] of [
      [1, 0],
      [2, -1],
      [0.5, 7],
    ].entries()) {
      const of = Array.from({ length: 50 }, (_, row) => results.out[3 * row + column]);
      const raw = Array.from({ length: 50 }, (_, row) => values[3 * row + column]);
      const moments = (xs: number[]) => {
        const mean = xs.reduce((sum, value) => sum + value, 0) / 50;
        return { mean, variance: xs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 50 };
      };
      expect(moments(of).mean).toBeCloseTo(shift, 12);
      const { variance } = moments(raw);
      expect(moments(of).variance).toBeCloseTo((scale ** 2 * variance) / (variance + 1e-5), 12);
    }
  });

  test('of a batch of equal rows gives the shift', () => {
    const shift = Float64Array.of(1, 2, 3);
    const results = program.run({
      x: new Float64Array(150).fill(4),
      'layer.scale': Float64Array.of(1, 1, 1),
      'layer.shift': shift,
    });
    expect(results.out.slice(0, 3)).toEqual(shift);
  });

  test('in a GAN: the field is the gradient, and its products are its derivatives', () => {
    const net = { hidden: [5], activation: 'tanh', normalisation: 'batch' };
    expectDerivatives({ ...smallGan, generatorNetwork: net, discriminatorNetwork: net });
  });
});

describe('minibatch discrimination', () => {
  test('is the sum over the other samples of e^-distance in each kernel', () => {
    const [batch, width, kernels, dimensions] = [4, 3, 2, 5];
    const { stage, inputs } = collecting();
    const out = minibatchDiscrimination(
      stage,
      'discriminator',
      width,
      kernels,
    )(build.input('f', [batch, width]));
    expect(inputs['minibatch.weight']).toEqual([width, kernels * dimensions]);
    const f = normals(batch * width, 'f');
    const T = normals(width * kernels * dimensions, 'T').map((x) => x / 3);
    const results = reference.compile({ out }).run({ f, 'minibatch.weight': T });
    const M = (i: number, b: number, c: number) => {
      let sum = 0;
      for (let a = 0; a < width; a++) {
        sum += f[i * width + a] * T[a * kernels * dimensions + b * dimensions + c];
      }
      return sum;
    };
    for (let i = 0; i < batch; i++) {
      for (let b = 0; b < kernels; b++) {
        let expected = 0;
        for (let j = 0; j < batch; j++) {
          if (j === i) continue;
          let distance = 0;
          for (let c = 0; c < dimensions; c++) distance += Math.abs(M(i, b, c) - M(j, b, c));
          expected += Math.exp(-distance);
        }
        expect(results.out[i * kernels + b]).toBeCloseTo(expected, 12);
      }
    }
  });

  test('in a GAN: the field is the gradient, and its products are its derivatives', () => {
    expectDerivatives({
      ...smallGan,
      discriminatorNetwork: { hidden: [4], activation: 'tanh', kernels: 2 },
    });
  });
});

describe('a dense network', () => {
  test('is its layers one after the other, its features the last hidden one', () => {
    const { stage, inputs } = collecting();
    const { values } = parse(dense.settings, { hidden: [3, 2], activation: 'tanh' });
    const net = dense.write(stage, 'discriminator', 2, 1, values)(build.input('x', [4, 2]));
    expect(Object.keys(inputs)).toEqual([
      'layer1.weight',
      'layer1.bias',
      'layer2.weight',
      'layer2.bias',
      'layer3.weight',
      'layer3.bias',
    ]);
    const given = Object.fromEntries(
      Object.entries(inputs).map(([name, shape]) => [
        name,
        normals(
          shape.reduce((product, extent) => product * extent, 1),
          name.replace('.', '-'),
        ),
      ]),
    );
    const x = normals(8, 'x');
    const results = reference.compile({ ...net }).run({ ...given, x });
    const layer = (input: number[], name: string, outputs: number) =>
      Array.from({ length: outputs }, (_, j) =>
        input.reduce(
          (sum, value, i) => sum + value * given[`${name}.weight`][i * outputs + j],
          given[`${name}.bias`][j],
        ),
      );
    for (let row = 0; row < 4; row++) {
      const first = layer([x[2 * row], x[2 * row + 1]], 'layer1', 3).map(Math.tanh);
      const features = layer(first, 'layer2', 2).map(Math.tanh);
      for (let j = 0; j < 2; j++) expect(results.features[2 * row + j]).toBeCloseTo(features[j], 13);
      expect(results.output[row]).toBeCloseTo(layer(features, 'layer3', 1)[0], 13);
    }
  });

  test('may have no biases, and may begin with others than zero', () => {
    const { stage, inputs } = collecting();
    const { values } = parse(dense.settings, { hidden: [3], biases: false });
    dense.write(stage, 'discriminator', 2, 1, values)(build.input('x', [4, 2]));
    expect(Object.keys(inputs)).toEqual(['layer1.weight', 'layer2.weight']);

    const experiment = experimentOf({ game: { ...smallGan, discriminatorNetwork: { firstBias: 0.1 } } });
    const scene = sceneOf(experiment);
    const point = scene.initialPoint(0);
    for (const { player, name, offset, shape } of scene.parameters) {
      if (!name.endsWith('.bias')) continue;
      const first = player === 'discriminator' ? 0.1 : 0;
      for (const value of point.slice(offset, offset + shape[0])) expect(value).toBeCloseTo(first, 7);
    }
  });

  test('with an input scale is the network of the scaled input', () => {
    const outputs = [
      { scale: 1, factor: 0.25 },
      { scale: 0.25, factor: 1 },
    ].map(({ scale, factor }) => {
      const { stage, inputs } = collecting();
      const { values } = parse(dense.settings, { hidden: [3], activation: 'tanh', inputScale: scale });
      const { output } = dense.write(stage, 'discriminator', 2, 1, values)(build.input('x', [4, 2]));
      const given = Object.fromEntries(
        Object.entries(inputs).map(([name, shape]) => [
          name,
          normals(
            shape.reduce((product, extent) => product * extent, 1),
            name.replace('.', '-'),
          ),
        ]),
      );
      const x = normals(8, 'x').map((value) => value * factor);
      return [...reference.compile({ output }).run({ ...given, x }).output];
    });
    expect(outputs[1]).toEqual(outputs[0]);
  });

  test('without hidden layers has its input as features', () => {
    const { stage } = collecting();
    const { values } = parse(dense.settings, { hidden: [] });
    const x = build.input('x', [4, 2]);
    expect(dense.write(stage, 'discriminator', 2, 1, values)(x).features).toBe(x);
  });
});

describe('a discriminator who judges several samples together', () => {
  const game = (packing: number) => ({ ...smallGan, batchSize: 13, regularisation: { packing } });

  test('sees rows of neighbours; what does not fill a row is left out', () => {
    const experiment = experimentOf({ game: game(3) });
    const scene = sceneOf(experiment);
    const point = scene.initialPoint(0);
    const field = scene.field(0, 0, 0);
    const before = field.losses(point);
    field.batch.real.fill(9, 24); // the 13th sample
    expect(field.losses(point)).toEqual(before);
    field.batch.real[0] += 1;
    expect(field.losses(point)).not.toEqual(before);
    const first = scene.parameters.find(
      ({ player, name }) => player === 'discriminator' && name === 'layer1.weight',
    );
    expect(first?.shape).toEqual([6, 6]);
  });

  test('sees independent samples: a pair is of one mode as often as chance has it', () => {
    const batchSize = 16;
    const scene = sceneOf(experimentOf({ game: { ...smallGan, batchSize, regularisation: { packing: 2 } } }));
    const { modes } = scene.model.picture as SamplesPicture;
    const modeOf = (x: number, y: number) => {
      let nearest = 0;
      for (let k = 1; k < 8; k++) {
        const distance = (at: number) =>
          Math.hypot(x - modes!.centres[2 * at], y - modes!.centres[2 * at + 1]);
        if (distance(k) < distance(nearest)) nearest = k;
      }
      return nearest;
    };
    let same = 0;
    const steps = 400;
    for (let step = 0; step < steps; step++) {
      const { real } = scene.field(0, step, 0).batch;
      const counts = new Array(8).fill(0);
      for (let i = 0; i < batchSize; i++) counts[modeOf(real[2 * i], real[2 * i + 1])] += 1;
      expect(counts).toEqual(new Array(8).fill(2)); // still in balance
      for (let row = 0; row < 8; row++) {
        const [a, b, c, d] = real.slice(4 * row, 4 * row + 4);
        if (modeOf(a, b) === modeOf(c, d)) same += 1;
      }
    }
    // Two of sixteen: 1 in 15. 3200 pairs, five deviations.
    expect(Math.abs(same / (8 * steps) - 1 / 15)).toBeLessThan(5 * Math.sqrt(1 / 15 / (8 * steps)));
  });

  test('learns by exact derivatives', () => {
    expectDerivatives(game(3));
  });
});
