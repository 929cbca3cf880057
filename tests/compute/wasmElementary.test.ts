/** exp, log, tanh and their kin in float32, held against float64 over the whole range of float32. */
import { expect, test } from 'vitest';
import { wasmDevice } from '../../src/compute/wasm/wasm.ts';
import { build } from '../../src/expr/index.ts';
import { cos, exp, log, sigmoid, sin, softplus, tanh } from '../../src/expr/ops/elementary.ts';

const device = await wasmDevice('plain');
const COUNT = 1 << 18;

/** Numbers of every exponent and sign, subnormal ones, infinities and NaN among them; then those near 0 densely. */
function numbers(): Float64Array {
  const words = new Int32Array(COUNT);
  const floats = new Float32Array(words.buffer);
  const half = COUNT / 2;
  const odd = 32749; // a prime, so that the lowest bits vary as well
  for (let i = 0; i < half; i++) words[i] = i * odd;
  for (let i = half; i < COUNT; i++) floats[i] = ((i - half) / half - 0.5) * 220;
  [0, -0, 1, -1, Infinity, -Infinity, NaN].forEach((value, i) => {
    floats[i] = value;
  });
  return Float64Array.from(floats);
}

const SMALLEST_NORMAL = 2 ** -126;
const SMALLEST = 2 ** -149;

test.each([
  ['exp', build.exp, exp, Infinity],
  ['log', build.log, log, Infinity],
  ['tanh', build.tanh, tanh, Infinity],
  ['sigmoid', build.sigmoid, sigmoid, Infinity],
  ['softplus', build.softplus, softplus, Infinity],
  ['sin', build.sin, sin, 2 ** 20],
  ['cos', build.cos, cos, 2 ** 20],
] as const)('%s is right to a relative error of 4e-7', (name, write, exact, largest) => {
  const given = numbers().map((value) => (Math.abs(value) <= largest ? value : Number.NaN));
  const found = device.compile({ y: write(build.input('x', [COUNT])) }).run({ x: given }).y;
  let worst = 0;
  given.forEach((x, i) => {
    const expected = exact(x);
    if (!Number.isFinite(Math.fround(expected))) {
      expect(found[i], `${name}(${x})`).toBe(Math.fround(expected));
    } else if (Math.abs(expected) >= SMALLEST_NORMAL) {
      worst = Math.max(worst, Math.abs(found[i] / expected - 1));
    } else {
      // Subnormal numbers have few bits: two of their steps.
      expect(Math.abs(found[i] - expected), `${name}(${x})`).toBeLessThanOrEqual(2 * SMALLEST);
    }
  });
  expect(worst).toBeLessThan(4e-7);
});

test('tanh and sigmoid stay within their bounds', () => {
  const x = build.input('x', [COUNT]);
  const { tanh, sigmoid } = device
    .compile({ tanh: build.tanh(x), sigmoid: build.sigmoid(x) })
    .run({ x: numbers() });
  expect(tanh.some((value) => Math.abs(value) > 1)).toBe(false);
  expect(sigmoid.some((value) => value < 0 || value > 1)).toBe(false);
});
