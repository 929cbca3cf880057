/** A module worker that holds both WebAssembly devices against the reference, and reports what it found. */
import { loadLate } from '../../src/catalog/late.ts';
import { openDevice } from '../../src/compute/device.ts';
import { distanceFromReference } from '../compute/agreement.ts';
import { pictureProgram, pictureVariants } from '../compute/pictures.ts';
import { ganProgram } from '../compute/programs.ts';
import { fieldBits, pictureBits } from '../compute/wasmBits.ts';

await loadLate();

async function examine() {
  const [plain, relaxed] = await Promise.all(['wasm', 'wasm-relaxed'].map(openDevice));
  const gan = ganProgram({ batch: 64, latent: 4, hidden: [16, 33] });
  return {
    plain: distanceFromReference(plain, gan),
    relaxed: distanceFromReference(relaxed, gan),
    bits: fieldBits(plain),
    pictureBits: pictureBits(plain),
    pictures: Object.entries(pictureVariants).map(([name, variant]): [string, number] => [
      name,
      distanceFromReference(relaxed, pictureProgram(variant)),
    ]),
  };
}

export type Report = Awaited<ReturnType<typeof examine>>;

examine().then(
  (report) => postMessage({ report }),
  (error) => postMessage({ error: String(error) }),
);
