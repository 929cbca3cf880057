/** Convolutions and convolutional GANs on the devices of Node: the numbers of the reference, and of finite differences. */
import { describe, expect, test } from 'vitest';
import { openDevice } from '../../src/compute/device.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { planFor } from '../../src/compute/wasm/lowering.ts';
import { build, type Expr, geometryOf, type Shape, sizeOf } from '../../src/expr/index.ts';
import * as pictured from '../../src/expr/pictures.ts';
import { distanceFromReference, FLOAT32_UNITS } from './agreement.ts';
import { convolutions, pictureProgram, pictureVariants } from './pictures.ts';

const names = ['wasm', 'wasm-relaxed', 'tfjs-cpu'];
const opened = await Promise.allSettled(names.map(openDevice));
const devices = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));

test('Node has wasm and tfjs-cpu', () => {
  expect(devices.map(({ name }) => name)).toEqual(expect.arrayContaining(['wasm', 'tfjs-cpu']));
});

describe.each(devices.map((device) => [device.name, device] as const))('%s', (name, device) => {
  test.each(convolutions)('the three of %s are those of the reference', (_, { outputs, given, terms }) => {
    // Sums of so many terms near 1, most of which cancel: their rounding grows like the root of their number.
    expect(distanceFromReference(device, { outputs, given })).toBeLessThanOrEqual(
      FLOAT32_UNITS * Math.max(1, Math.sqrt(terms) / 8),
    );
  });

  test.each(Object.entries(pictureVariants))(
    'field, Jacobian products, consensus and penalty of a convolutional GAN: %s',
    (_, variant) => {
      const program = pictureProgram(variant);
      // Of second derivatives, tfjs computes in its own order, softplus included.
      expect(distanceFromReference(device, program)).toBeLessThanOrEqual(
        name === 'tfjs-cpu' ? 2 * FLOAT32_UNITS : FLOAT32_UNITS,
      );
    },
  );
});

/** Spectral norm counts its singular vectors as constants, so its field is not what differences see. */
const differentiable = Object.entries(pictureVariants).filter(
  ([, { settings }]) => settings?.spectral !== true,
);

test.each(differentiable)('finite differences hold the products and consensus: %s', (_, variant) => {
  const { outputs, given } = pictureProgram({
    ...variant,
    settings: { ...variant.settings, activation: 'tanh' },
  });
  const program = reference.compile(outputs);
  const point = given.point as Float64Array;
  const at = (by: number) => {
    const moved = point.map((value, i) => value + by * given.direction[i]);
    const { field, generatorLoss, discriminatorLoss } = program.run({ ...given, point: moved });
    return { field: field.slice(), losses: [generatorLoss[0], discriminatorLoss[0]] };
  };
  const here = Object.fromEntries(
    Object.entries(program.run(given)).map(([name, value]) => [name, value.slice()]),
  );
  const [step, size] = [2 ** -12, here.field.length];
  const [back, before, after, ahead] = [-2 * step, -step, step, 2 * step].map(at);
  // Differences of fourth order: what they neglect is of the size of step^4 = 4e-15 times fifth derivatives.
  const quotient = (read: (from: ReturnType<typeof at>) => number) =>
    (8 * (read(after) - read(before)) - (read(ahead) - read(back))) / (12 * step);
  const scale = here.forward.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
  for (let i = 0; i < size; i++) {
    const slope = quotient(({ field }) => field[i]);
    expect(Math.abs(slope - here.forward[i]) / scale).toBeLessThan(1e-6);
  }
  // Each owner's loss falls along its own half of the field.
  const { split } = pictureProgram(variant);
  const own = [here.field.subarray(0, split), here.field.subarray(split)].map((half, player) =>
    half.reduce((sum, value, i) => sum + value * given.direction[i + player * split], 0),
  );
  const along = (player: number) => {
    const one = given.direction.map((value, i) => (i < split === (player === 0) ? value : 0));
    const loss = (by: number) =>
      program.run({ ...given, point: point.map((value, i) => value + by * one[i]) })[
        player === 0 ? 'generatorLoss' : 'discriminatorLoss'
      ][0];
    return (8 * (loss(step) - loss(-step)) - (loss(2 * step) - loss(-2 * step))) / (12 * step);
  };
  own.forEach((value, player) => {
    expect(along(player)).toBeCloseTo(value, 7);
  });
  // <direction, J' F> = <J direction, F>: consensus by the reverse product is the forward one, turned round.
  const pulled = here.consensus.reduce(
    (sum, value, i) => sum + (value - here.field[i]) * given.direction[i],
    0,
  );
  const pushed = here.forward.reduce((sum, value, i) => sum + value * here.field[i], 0);
  expect(Math.abs(pulled - pushed)).toBeLessThan(1e-9 * (1 + Math.abs(pushed)));
});

test('the picture is padded once for all that read it, and bias and activation are computed where the product is', () => {
  const [x, w, bias] = [[4, 6, 6, 3], [3, 3, 3, 8], [8]].map((shape, i) => build.input(`x${i}`, shape));
  const y = build.relu(build.add(pictured.conv2d(x, w), bias));
  const { kernels } = planFor({ y }).plan;
  expect(kernels.filter(({ kind }) => kind === 'product')).toHaveLength(1);
  const padding = kernels.filter(({ kind }) => kind !== 'product');
  // Four borders and what lies within them; nothing else makes a pass over memory.
  expect(padding.map(({ kind }) => kind)).toEqual(['loop', 'loop', 'loop', 'loop', 'loop']);
});

test('the transpose multiplies by no zeros between responses', () => {
  const y = build.input('y', [8, 7, 7, 16]);
  const w = build.input('w', [4, 4, 12, 16]);
  const node = pictured.conv2dTransposed(y, w, [14, 14], { stride: 2 });
  const products = planFor({ node }).plan.kernels.filter((kernel) => kernel.kind === 'product');
  const multiplied = products.map(
    ({ rows, inner, columns, blocks }) => sizeOf(rows) * sizeOf(inner) * columns * (blocks?.extent ?? 1),
  );
  const { y: responses, w: filters } = geometryOf(node);
  expect(products).toHaveLength(4);
  expect(multiplied.reduce((sum, count) => sum + count)).toBe(
    sizeOf(responses) * sizeOf(filters.slice(0, 3)),
  );
});

test('large pictures are read block by block, and what is summed over them is added up', () => {
  const large: Shape = [16, 32, 32, 16];
  const [x, w] = [build.input('x', large), build.input('w', [3, 3, 16, 32])];
  const y: Expr = build.input('y', [16, 32, 32, 32]);
  const products = planFor({
    a: pictured.conv2d(x, w),
    b: pictured.conv2dFilter(x, y, [3, 3]),
  }).plan.kernels.filter((kernel) => kernel.kind === 'product');
  expect(products.map(({ blocks }) => (blocks?.extent ?? 1) > 1)).toEqual([true, true]);
  expect(products.map(({ accumulates }) => accumulates === true)).toEqual([false, true]);
});
