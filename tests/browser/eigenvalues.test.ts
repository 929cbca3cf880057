/** The compiled eigenvalue kernels, in a module worker of a real browser. */
import { expect, test } from 'vitest';
import { SPECTRUM_BITS } from '../math/eigenvaluesBits.ts';

test('a spectrum has the bits that it has in Node', async () => {
  const bits = await new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./eigenvaluesWorker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = reject;
  });
  expect(bits).toBe(SPECTRUM_BITS);
});
