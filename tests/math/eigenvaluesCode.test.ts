/** The committed bytes of the eigenvalue kernels are what their source compiles to. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { assemble } from '../../scripts/assemble.mjs';
import { SPECTRUM_BITS, spectrumBits } from './eigenvaluesBits.ts';

test('src/math/eigen/code.ts is what `npm run assemble` writes', async () => {
  const written = readFileSync(new URL('../../src/math/eigen/code.ts', import.meta.url), 'utf8');
  expect(written === (await assemble()), 'run `npm run assemble`').toBe(true);
});

test('a browser downloads less than 25 kB of them', () => {
  const text = readFileSync(new URL('../../src/math/eigen/code.ts', import.meta.url), 'utf8');
  const letters = text
    .match(/'[^']*'/g)!
    .join('')
    .replaceAll("'", '');
  expect((letters.length * 3) / 4).toBeLessThan(25_000);
});

test('they give the bits that they give in a browser', () => {
  expect(spectrumBits()).toBe(SPECTRUM_BITS);
});
