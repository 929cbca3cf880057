/** The WebAssembly device: the numbers of the reference to float32 rounding, and nothing left behind. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import '../loaded.ts';
import { games } from '../../src/catalog/games/index.ts';
import { presets } from '../../src/catalog/presets/index.ts';
import { openScene } from '../../src/catalog/scene.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { wasmDevice } from '../../src/compute/wasm/wasm.ts';
import { build, type Expr, grad, type Shape, simplify, sizeOf, vjp } from '../../src/expr/index.ts';
import { experimentOf } from '../catalog/given.ts';
import { choices } from '../expr/drawn.ts';
import { operations, operationsOf } from '../expr/operations.ts';
import { distanceFromReference, FLOAT32_UNITS } from './agreement.ts';
import { ganProgram, type Prepared, randomProgram } from './programs.ts';
import { FIELD_BITS, fieldBits, PICTURE_BITS, pictureBits } from './wasmBits.ts';

const plain = await wasmDevice('plain');
/** Both builds where this machine runs both. */
const devices = [
  plain,
  ...(await wasmDevice('relaxed').then(
    (one) => [one],
    () => [],
  )),
];

/** Every game as it comes, and every preset: what differs from the default experiment, by name. */
/**
 * Through five steps of Adam the Jacobian of this one rests on slopes 1 / (|g| + ε), with gradients as small as 1e-6: float32
 * has two digits of its products left (five with ε = 1e-4).
 */
const STEEP = 'the preset digitsUnrolled';
const STEEP_APART = 1e-2;

const played: [string, Readonly<Record<string, unknown>>][] = [];
for (const { name } of games) played.push([`the game ${name}`, { game: { kind: name } }]);
for (const { name, experiment, heavy } of presets)
  if (!heavy) played.push([`the preset ${name}`, experiment]);

const waves = (shape: Shape, frequency: number) =>
  Float64Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(1 + i * frequency));

describe.each(devices.map((device) => [device.name, device] as const))('%s', (_, device) => {
  const isClose = (program: Prepared) =>
    expect(distanceFromReference(device, program)).toBeLessThanOrEqual(FLOAT32_UNITS);

  test('random expressions with their first and second derivatives are those of the reference', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(choices, (draw) => {
        isClose(randomProgram(draw, 12));
      }),
      { numRuns: 300 },
    );
  });

  const activations = {
    relu: build.relu,
    tanh: build.tanh,
    softplus: build.softplus,
    elu: build.elu,
    sigmoid: build.sigmoid,
    leakyRelu: (x: Expr) => build.leakyRelu(x, 0.2),
  };

  describe.each(Object.entries(activations))(
    'the field of a GAN and the products of its Jacobian: %s',
    (_, activation) => {
      test.each([
        { batch: 1, latent: 1, hidden: [1] },
        { batch: 2, latent: 2, hidden: [] },
        { batch: 7, latent: 3, hidden: [3, 5] },
        { batch: 7, latent: 2, hidden: [33, 14] },
        { batch: 32, latent: 4, hidden: [16, 16, 16] },
        { batch: 150, latent: 1, hidden: [14] },
        { batch: 150, latent: 70, hidden: [100, 33] },
      ])('%o', (sizes) => {
        isClose(ganProgram(sizes, activation));
      });

      test('with consensus, and with a penalty on the slope of the score', () => {
        const { outputs, given } = ganProgram({ batch: 21, latent: 3, hidden: [17, 6] }, activation);
        const { field, discriminatorLoss } = outputs;
        const [point, data] = ['point', 'data'].map((name) => inputOf(field, name));
        const consensus = build.add(field, vjp([field], [point], [build.stopGradient(field)])[0]);
        const slope = grad(discriminatorLoss, [data])[0];
        const penalty = grad(build.mean(build.sum(build.square(slope), [1])), [point])[0];
        isClose({ outputs: { consensus, penalty, field }, given });
      });
    },
  );

  test.each(played)('field, losses and products of %s', { timeout: 60_000 }, (name, differences) => {
    const experiment = experimentOf(differences);
    const { seed } = experiment;
    const [expected, found] = [reference, device].map((on) => {
      const scene = openScene(experiment, on);
      scene.keepStates(scene.initialStates(seed));
      const point = scene.initialPoint(seed);
      const direction = waves([scene.size], 0.7);
      const field = scene.field(seed, 3, 0);
      return {
        batch: field.batch,
        at: field.at(point),
        losses: Float64Array.from(field.losses(point)),
        jvp: field.jvp(point, direction),
        vjp: field.vjp(point, direction),
      };
    });
    expect(found.batch).toEqual(expected.batch);
    for (const what of ['at', 'losses', 'jvp', 'vjp'] as const) {
      const scale = expected[what].reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      let apart = 0;
      expected[what].forEach((value, i) => {
        const difference = Math.abs(found[what][i] - value);
        // A NaN where there should be a number stays to the end, and fails.
        if (!Number.isNaN(apart) && !(difference <= apart)) apart = difference;
      });
      const isSteep = name === STEEP && (what === 'jvp' || what === 'vjp');
      expect(apart / scale, what).toBeLessThanOrEqual(isSteep ? STEEP_APART : FLOAT32_UNITS * 2 ** -24);
    }
  });

  test('every operation is computed', { timeout: 30_000 }, () => {
    const seen = new Set<string>(['input', 'constant']);
    for (const draw of fc.sample(choices, { numRuns: 200, seed: 1 })) {
      const { outputs, given } = randomProgram(draw, 12);
      device.compile(outputs).run(given);
      const nodes = Object.values(outputs);
      for (const name of operationsOf(...simplify(nodes))) seen.add(name);
      // Gates are gone when a program is compiled.
      for (const name of operationsOf(...nodes)) if (/Gradient$/.test(name)) seen.add(name);
    }
    expect([...seen].sort()).toEqual(operations.map(({ name }) => name).sort());
  });
});

function inputOf(output: Expr, name: string): Expr {
  const found = new Set<Expr>();
  const visit = (node: Expr): Expr | undefined => {
    if (found.has(node)) return undefined;
    found.add(node);
    if (node.attributes.name === name) return node;
    for (const input of node.inputs) {
      const inside = visit(input);
      if (inside) return inside;
    }
    return undefined;
  };
  return visit(output) as Expr;
}

describe('products in all orientations, at sizes around those of the tiles', () => {
  const sizes = [1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17];
  const shapes = sizes.flatMap((rows) => [1, 2, 3, 5, 9, 16].map((inner) => ({ rows, inner })));
  test.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])('transposed: %s, %s', (transposeA, transposeB) => {
    const outputs: Record<string, Expr> = {};
    const given: Record<string, Float64Array> = {};
    for (const { rows, inner } of shapes) {
      const a = build.input(`a ${rows} ${inner}`, transposeA ? [inner, rows] : [rows, inner]);
      given[a.attributes.name as string] = waves(a.shape, 1.3);
      for (const columns of sizes) {
        const b = build.input(
          `b ${rows} ${inner} ${columns}`,
          transposeB ? [columns, inner] : [inner, columns],
        );
        given[b.attributes.name as string] = waves(b.shape, 0.9);
        const product = build.matmul(a, b, transposeA, transposeB);
        outputs[`${rows} ${inner} ${columns}`] = build.relu(product);
      }
    }
    expect(distanceFromReference(plain, { outputs, given })).toBeLessThanOrEqual(FLOAT32_UNITS);
  });

  test.each([
    { rows: 150, inner: 129, columns: 66 },
    { rows: 131, inner: 70, columns: 125 },
    { rows: 128, inner: 128, columns: 128 },
  ])('large ones, read from panels: %o', ({ rows, inner, columns }) => {
    const [a, b, c] = [
      build.input('a', [rows, inner]),
      build.input('b', [inner, columns]),
      build.input('c', [rows, columns]),
    ];
    const outputs = {
      forward: build.matmul(a, b),
      left: build.matmul(c, b, false, true),
      right: build.matmul(a, c, true, false),
      both: build.matmul(c, a, true, false),
    };
    // Each is a sum of about a hundred terms near 1, most of which cancel.
    const given = { a: waves(a.shape, 1.3), b: waves(b.shape, 0.9), c: waves(c.shape, 1.1) };
    expect(distanceFromReference(plain, { outputs, given })).toBeLessThanOrEqual(4 * FLOAT32_UNITS);
  });
});

test('sums over nothing are 0, and what is empty stays empty', () => {
  const [nothing, rows] = [build.input('nothing', [0]), build.input('rows', [3, 0])];
  const program = plain.compile({
    sum: build.sum(nothing),
    sums: build.sum(rows, [1]),
    product: build.matmul(rows, build.transpose(rows)),
    same: build.exp(nothing),
    joined: build.concat([nothing, build.constant(2, [1]), nothing]),
  });
  const none = new Float64Array(0);
  expect(program.run({ nothing: none, rows: none })).toEqual({
    sum: Float64Array.of(0),
    sums: new Float64Array(3),
    product: new Float64Array(9),
    same: none,
    joined: Float64Array.of(2),
  });
});

test('long sums of many terms are computed', { timeout: 30_000 }, () => {
  const terms = Array.from({ length: 3000 }, (_, i) => build.input(`x${i}`, [5]));
  const total = terms.reduce((sum, term) => build.add(sum, build.sin(term)));
  const given = Object.fromEntries(terms.map((term, i) => [term.attributes.name, waves([5], i)]));
  expect(distanceFromReference(plain, { outputs: { total }, given })).toBeLessThanOrEqual(30 * FLOAT32_UNITS);
});

test('what is not a number stays in its own row of a batch', () => {
  const { outputs, given } = ganProgram({ batch: 9, latent: 3, hidden: [5, 6] });
  const [x, w] = [build.input('x', [9, 3]), build.input('w', [3, 6])];
  const y = build.sum(build.tanh(build.matmul(x, w)), [1]);
  const values = waves([9, 3], 1);
  values[3 * 4] = Number.NaN;
  values[3 * 6 + 1] = Number.POSITIVE_INFINITY;
  const found = plain.compile({ y }).run({ x: values, w: waves([3, 6], 2) }).y;
  const expected = reference.compile({ y }).run({ x: values, w: waves([3, 6], 2) }).y;
  found.forEach((value, i) => {
    if (i === 4) expect(value).toBeNaN();
    else expect(value).toBeCloseTo(expected[i], 5);
  });
  // In a field, it reaches every parameter that the batch reaches.
  const noise = Float64Array.from(given.noise).fill(Number.NaN, 0, 1);
  const program = { field: outputs.field, fake: outputs.generatorLoss };
  const [one, other] = [plain, reference].map((on) => on.compile(program).run({ ...given, noise }));
  expect(one.fake[0]).toBeNaN();
  expect(one.field.map(Number.isNaN as never)).toEqual(other.field.map(Number.isNaN as never));
});

test('the same program and the same numbers give the same bits, twice compiled', () => {
  const { outputs, given } = ganProgram({ batch: 33, latent: 5, hidden: [19, 14] });
  expect(plain.compile(outputs).run(given)).toEqual(plain.compile(outputs).run(given));
});

test('a field has the bits that it has in every browser', () => {
  expect(fieldBits(plain)).toBe(FIELD_BITS);
  expect(pictureBits(plain)).toBe(PICTURE_BITS);
});

test('100,000 runs hold as much as one', { timeout: 60_000 }, () => {
  const { outputs, given } = ganProgram({ batch: 4, latent: 2, hidden: [4] });
  const program = plain.compile({ field: outputs.field });
  const runs = (count: number) => {
    for (let run = 0; run < count; run++) program.run(given);
  };
  runs(10_000);
  const before = process.memoryUsage();
  runs(100_000);
  const after = process.memoryUsage();
  const bytesARun = (what: 'heapUsed' | 'external' | 'arrayBuffers') =>
    (after[what] - before[what]) / 100_000;
  expect(bytesARun('heapUsed')).toBeLessThan(8);
  expect(bytesARun('external')).toBeLessThan(1);
  expect(bytesARun('arrayBuffers')).toBeLessThan(1);
});

test('an operation that is new is refused when it is compiled', () => {
  const x = build.input('x');
  const cube = { ...build.sin(x).operation, name: 'cube' };
  expect(() => plain.compile({ y: build.apply(cube, [x]) })).toThrow(
    'wasm: no code is known for the operation cube',
  );
});
