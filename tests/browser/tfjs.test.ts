/** The WebGL device, in a module worker of a real browser. */
import { expect, test } from 'vitest';
import { FLOAT32_UNITS } from '../compute/agreement.ts';
import type { Report } from './tfjsWorker.ts';

const report = await new Promise<Report>((resolve, reject) => {
  const worker = new Worker(new URL('./tfjsWorker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }) => {
    worker.terminate();
    if (data.report) resolve(data.report);
    else reject(new Error(data.error));
  };
  worker.onerror = reject;
});

/** OpenGL ES lets the sine and cosine of a graphics card be wrong by 2^-11; everything else is rounding. */
const unitsOf = (name: string) => (name === 'sin' || name === 'cos' ? 2 ** (24 - 11) : FLOAT32_UNITS);

test('a worker has every device', () => {
  expect(report.available).toEqual(['reference', 'wasm', 'wasm-relaxed', 'tfjs-cpu', 'tfjs-webgl']);
});

test('the field of a GAN and the products of its Jacobian are those of the reference', () => {
  expect(report.ganDistance).toBeLessThanOrEqual(FLOAT32_UNITS);
});

test.each(report.distances)('%s on the graphics card is that of the reference', (name, distance) => {
  expect(distance).toBeLessThanOrEqual(unitsOf(name));
});

test.each(report.convolved)('the convolutions of %s are those of the reference', (_, distance) => {
  expect(distance).toBeLessThanOrEqual(FLOAT32_UNITS);
});

test.each(report.pictured)(
  'field, Jacobian products, consensus and penalty of a convolutional GAN are those of the reference: %s',
  (_, distance) => {
    expect(distance).toBeLessThanOrEqual(2 * FLOAT32_UNITS);
  },
);

test('200 steps hold as much as one, and nothing is held at last', () => {
  expect(report.afterOne.kept).toBeGreaterThan(0);
  expect(report.afterMany).toEqual(report.afterOne);
  expect(report.atLast.kept).toBe(report.atFirst.kept);
  expect(report.atLast.numTensors).toBe(report.atFirst.numTensors);
});

test('infinities and NaN pass', () => {
  expect(report.specials).toEqual({
    tanh: Float64Array.of(1, -1, NaN),
    exp: Float64Array.of(Infinity, 0, NaN),
    square: Float64Array.of(Infinity, Infinity, NaN),
    sum: Float64Array.of(NaN),
    max: Float64Array.of(NaN),
  });
});
