/** What Saddle takes for granted of a browser. */
import { expect, test } from 'vitest';

test('a module worker starts, answers, and can draw without a page', async () => {
  const worker = new Worker(new URL('./echo.worker.ts', import.meta.url), { type: 'module' });
  const answer = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
    worker.postMessage(new Float32Array([1, 2, 3]));
  });
  worker.terminate();
  expect(answer).toEqual({ data: new Float32Array([1, 2, 3]), canDraw: true });
});

test('WebAssembly knows 128-bit SIMD', () => {
  // (module (func (result v128) i32.const 0 i8x16.splat))
  const simd = new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11,
  ]);
  expect(WebAssembly.validate(simd)).toBe(true);
});

test('WebGL 2 exists', () => {
  expect(new OffscreenCanvas(1, 1).getContext('webgl2')).not.toBeNull();
});
