/** The bits of one field, as one number: the same in Node and in every browser. */
import type { Device } from '../../src/compute/program.ts';
import { build } from '../../src/expr/index.ts';
import { ganProgram } from './programs.ts';

/** As this version of the device computes it. A change of a kernel's order of operations changes it, on purpose. */
export const FIELD_BITS = 3643693476;

export function fieldBits(device: Device): number {
  const { outputs, given } = ganProgram({ batch: 64, latent: 4, hidden: [16, 33] }, build.tanh);
  const rounded = Object.fromEntries(
    Object.entries(given).map(([name, values]) => [
      name,
      values.map((value) => Math.round(value * 1024) / 1024),
    ]),
  );
  const { field, reverse } = device.compile(outputs).run(rounded);
  const words = new Uint32Array(Float32Array.of(...field, ...reverse).buffer);
  return words.reduce((hash, word) => Math.imul(hash ^ word, 0x01000193) >>> 0, 0x811c9dc5);
}
