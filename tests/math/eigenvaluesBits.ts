/** The bits of two spectra, as one number: the same in Node and in every browser that compiles the kernels. */
import { eigenvalues, eigenvaluesSymmetric } from '../../src/math/eigenvalues.ts';

/** As this version computes it. A change of a kernel's order of operations changes it, on purpose. */
export const SPECTRUM_BITS = 4134401100;

/** Large enough for panels, deflation windows, sweeps and a small block at the end. */
const ROWS = 140;

export function spectrumBits(): number {
  let state = 1;
  const matrix = new Float64Array(ROWS * ROWS).map(() => {
    state = (Math.imul(1103515245, state) + 12345) & 0x7fffffff;
    return state / 2 ** 31 - 0.5;
  });
  const { re, im } = eigenvalues(matrix, ROWS);
  const words = new Uint32Array(Float64Array.of(...re, ...im, ...eigenvaluesSymmetric(matrix, ROWS)).buffer);
  return words.reduce((hash, word) => Math.imul(hash ^ word, 0x01000193) >>> 0, 0x811c9dc5);
}
