/** The WebAssembly device: the numbers of the reference to float32 rounding, and nothing left behind. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wasmDevice } from '../../src/compute/wasm/wasm.ts';
import { build } from '../../src/expr/index.ts';
import { choices } from '../expr/drawn.ts';
import { distanceFromReference, FLOAT32_UNITS } from './agreement.ts';
import { ganProgram, randomProgram } from './programs.ts';

const device = await wasmDevice('plain');

test('random expressions with their first and second derivatives are those of the reference', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(choices, (draw) => {
      expect(distanceFromReference(device, randomProgram(draw, 12))).toBeLessThanOrEqual(FLOAT32_UNITS);
    }),
    { numRuns: 300 },
  );
});

const activations = { relu: build.relu, tanh: build.tanh, softplus: build.softplus, elu: build.elu };

test.each(
  Object.keys(activations).flatMap((name) =>
    [
      { batch: 1, latent: 1, hidden: [1] },
      { batch: 7, latent: 3, hidden: [3, 5] },
      { batch: 150, latent: 1, hidden: [14] },
      { batch: 7, latent: 2, hidden: [33, 14] },
      { batch: 32, latent: 4, hidden: [16, 16] },
    ].map((sizes) => [name as keyof typeof activations, sizes] as const),
  ),
)('so are the field of a GAN and the products of its Jacobian: %s %o', (name, sizes) => {
  const program = ganProgram(sizes, activations[name]);
  expect(distanceFromReference(device, program)).toBeLessThanOrEqual(FLOAT32_UNITS);
});
