/** The TensorFlow.js device on its CPU backend: the same numbers as the reference, and no tensor left behind. */
import { findBackend, memory } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tfjsDevice } from '../../src/compute/tfjs/tfjs.ts';
import { build, simplify } from '../../src/expr/index.ts';
import { choices } from '../expr/drawn.ts';
import { operations, operationsOf } from '../expr/operations.ts';
import { distanceFromReference, FLOAT32_UNITS } from './agreement.ts';
import { ganProgram, randomProgram } from './programs.ts';

const device = await tfjsDevice('cpu');

/** Everything that tfjs counts, and everything that its backend holds. */
const held = () => {
  const { numTensors, numDataBuffers, numBytes } = memory();
  return { numTensors, numDataBuffers, numBytes, kept: findBackend('cpu').numDataIds() };
};

test('random expressions with their first and second derivatives are those of the reference', () => {
  fc.assert(
    fc.property(choices, (draw) => {
      expect(distanceFromReference(device, randomProgram(draw, 12))).toBeLessThanOrEqual(FLOAT32_UNITS);
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['relu', build.relu],
  ['tanh', build.tanh],
])('so are the field of a GAN and the products of its Jacobian: %s', (_, activation) => {
  const program = ganProgram({ batch: 32, latent: 4, hidden: [16, 16] }, activation);
  expect(distanceFromReference(device, program)).toBeLessThanOrEqual(FLOAT32_UNITS);
});

test('every operation is computed, and leaves nothing behind', () => {
  const seen = new Set<string>(['input', 'constant']);
  for (const draw of fc.sample(choices, { numRuns: 100, seed: 1 })) {
    const { outputs, given } = randomProgram(draw, 12);
    const before = held();
    const program = device.compile(outputs);
    program.run(given);
    program.dispose();
    expect(held()).toEqual(before);
    const nodes = Object.values(outputs);
    for (const name of operationsOf(...simplify(nodes))) seen.add(name);
    // Gates are gone when a program is compiled.
    for (const name of operationsOf(...nodes)) if (/Gradient$/.test(name)) seen.add(name);
  }
  expect([...seen].sort()).toEqual(operations.map(({ name }) => name).sort());
});

test('10,000 steps hold as much as one', () => {
  const { outputs, given } = ganProgram({ batch: 2, latent: 2, hidden: [3] });
  const program = device.compile({ field: outputs.field });
  program.run(given);
  const before = held();
  for (let step = 0; step < 10_000; step++) program.run(given);
  expect(held()).toEqual(before);
});

test('a run that fails leaves nothing behind', () => {
  const { outputs, given } = ganProgram({ batch: 2, latent: 2, hidden: [3] });
  const program = device.compile(outputs);
  const before = held();
  const { noise, ...rest } = given;
  expect(() => program.run(rest)).toThrow('program input "noise"');
  expect(held()).toEqual(before);
  expect(() => program.run({ ...rest, noise })).not.toThrow();
});

describe('what tfjs has no kernel for is refused when it is compiled', () => {
  test('more than four axes', () => {
    const x = build.input('x', [1, 2, 1, 2, 1]);
    expect(() => device.compile({ y: build.neg(x) })).toThrow('tfjs: neg has 5 axes; expected 4 at most');
  });

  test('an operation that is new', () => {
    const x = build.input('x');
    const cube = { ...build.sin(x).operation, name: 'cube' };
    expect(() => device.compile({ y: build.apply(cube, [x]) })).toThrow(
      'tfjs: no kernel is known for the operation cube',
    );
  });
});
