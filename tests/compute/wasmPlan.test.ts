/** What lowering saves: products that are computed once, values that are never stored, memory that is shared. */
import { expect, test } from 'vitest';
import { planFor } from '../../src/compute/wasm/lowering.ts';
import { placeBuffers } from '../../src/compute/wasm/memory.ts';
import { build } from '../../src/expr/index.ts';
import { ganProgram } from './programs.ts';

const kindsOf = (outputs: Parameters<typeof planFor>[0]) =>
  planFor(outputs).plan.kernels.map((kernel) => kernel.kind);

test('one reverse pass through the discriminator serves both players', () => {
  const { field } = ganProgram({ batch: 32, latent: 4, hidden: [16, 16] }).outputs;
  const products = kindsOf({ field }).filter((kind) => kind === 'product' || kind === 'dots');
  const forward = 3 + 3 + 3; // generator; discriminator of data and of samples
  const reverseOfData = 2; // the score's column times a row, then one layer; nothing for the data themselves
  const reverseOfSamples = 2; // for both losses: one layer, and on to the samples; the row needs no product
  const reverseOfGenerator = 2;
  const weights = 3 + 3 + 3;
  expect(products).toHaveLength(forward + reverseOfData + reverseOfSamples + reverseOfGenerator + weights);
});

test('bias, activation and mask are computed where the product is', () => {
  const [x, w, b, c] = [[8, 6], [6, 5], [5], [8, 5]].map((shape, i) => build.input(`x${i}`, shape));
  const y = build.mul(build.relu(build.add(build.matmul(x, w), b)), build.step(c));
  expect(kindsOf({ y, z: build.tanh(y) })).toEqual(['product']);
});

test('a gradient by the point is written part by part, without sums of what is zero', () => {
  const { reverse } = ganProgram({ batch: 8, latent: 2, hidden: [5] }).outputs;
  const { kernels } = planFor({ reverse }).plan;
  const size = reverse.shape[0];
  expect(kernels.some((kernel) => kernel.kind === 'loop' && kernel.shape[0] === size)).toBe(false);
});

test('values that are never alive together share their place', () => {
  const size = 1 << 14;
  let x = build.input('x', [size]);
  for (let layer = 0; layer < 40; layer++) {
    const y = build.tanh(x);
    x = build.add(y, build.broadcast(build.sum(y), [size])); // the sum keeps the layers apart
  }
  const bytes = placeBuffers(planFor({ x: build.sum(x) }).plan);
  expect(bytes).toBeLessThan(5 * 4 * size);
});
