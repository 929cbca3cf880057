/** The bits of one field, as one number: the same in Node and in every browser. */
import type { Device } from '../../src/compute/program.ts';
import { build } from '../../src/expr/index.ts';
import { pictureProgram } from './pictures.ts';
import { ganProgram, type Prepared } from './programs.ts';

/** As this version of the device computes it. A change of a kernel's order of operations changes it, on purpose. */
export const FIELD_BITS = 3643693476;

export function fieldBits(device: Device): number {
  return bitsOf(device, ganProgram({ batch: 64, latent: 4, hidden: [16, 33] }, build.tanh));
}

/** Those of a convolutional GAN, large enough for every way in which its products are computed. */
export const PICTURE_BITS = 3418564215;

export function pictureBits(device: Device): number {
  const settings = { channels: 24, growing: 'transposed' };
  return bitsOf(device, pictureProgram({ side: 14, batch: 24, latent: 6, settings }));
}

function bitsOf(device: Device, { outputs, given }: Prepared): number {
  const rounded = Object.fromEntries(
    Object.entries(given).map(([name, values]) => [
      name,
      values.map((value) => Math.round(value * 1024) / 1024),
    ]),
  );
  const { field, reverse } = device.compile({ field: outputs.field, reverse: outputs.reverse }).run(rounded);
  const values = new Float32Array(field.length + reverse.length);
  values.set(field);
  values.set(reverse, field.length);
  const words = new Uint32Array(values.buffer);
  return words.reduce((hash, word) => Math.imul(hash ^ word, 0x01000193) >>> 0, 0x811c9dc5);
}
