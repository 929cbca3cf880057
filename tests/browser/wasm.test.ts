/** The WebAssembly devices, in a module worker of a real browser. */
import { expect, test } from 'vitest';
import { FLOAT32_UNITS } from '../compute/agreement.ts';
import { FIELD_BITS, PICTURE_BITS } from '../compute/wasmBits.ts';
import type { Report } from './wasmWorker.ts';

const report = await new Promise<Report>((resolve, reject) => {
  const worker = new Worker(new URL('./wasmWorker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }) => {
    worker.terminate();
    if (data.report) resolve(data.report);
    else reject(new Error(data.error));
  };
  worker.onerror = reject;
});

test('the field of a GAN and the products of its Jacobian are those of the reference, on both', () => {
  expect(report.plain).toBeLessThanOrEqual(FLOAT32_UNITS);
  expect(report.relaxed).toBeLessThanOrEqual(FLOAT32_UNITS);
});

test('the plain one gives the bits that it gives in Node', () => {
  expect(report.bits).toBe(FIELD_BITS);
  expect(report.pictureBits).toBe(PICTURE_BITS);
});

test.each(report.pictures)(
  'field, Jacobian products, consensus and penalty of a convolutional GAN, relaxed: %s',
  (_, distance) => {
    expect(distance).toBeLessThanOrEqual(FLOAT32_UNITS);
  },
);
