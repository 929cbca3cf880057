/** Whole runs on the WebAssembly device: beside another float32 device, and for a long time. */
import { expect, test } from 'vitest';
import { openDevice } from '../../src/compute/device.ts';
import { takeFrame } from '../../src/engine/frame.ts';
import { openSession } from '../../src/engine/session.ts';
import { experimentOf } from '../catalog/given.ts';

/**
 * Both devices round to float32 in their own order, 2^-24 an operation: 7e-8 apart after a hundred steps when
 * this was written. A coordinate whose gradient is all rounding may differ by more, as Adam scales it up.
 */
const TOGETHER = 1e-5;

test('2,000 steps of the ring on wasm and on tfjs-cpu: together for a hundred, and at the same modes in the end', async () => {
  const ring = experimentOf({});
  const [wasm, tfjs] = await Promise.all(
    ['wasm', 'tfjs-cpu'].map(async (name) => openSession(ring, await openDevice(name))),
  );
  let apart = 0;
  for (let step = 0; step < 100; step++) {
    wasm.advance(1);
    tfjs.advance(1);
    const other = tfjs.state.point;
    apart = Math.max(apart, ...wasm.state.point.map((value, i) => Math.abs(value - other[i])));
  }
  expect(apart).toBeLessThan(TOGETHER);
  wasm.advance(1900);
  tfjs.advance(1900);
  const modes = [wasm, tfjs].map(
    (session) => takeFrame(session, [{ probe: 'modes' }]).readings.modes?.covered,
  );
  expect(modes).toEqual([8, 8]);
}, 120_000);
