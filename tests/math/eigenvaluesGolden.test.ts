/** Eigenvalues beside those that numpy found, of matrices that both make alike. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Complex, distance, found, radiusOf } from './spectra.ts';

interface Case {
  readonly kind: 'full' | 'graded' | 'sparse';
  readonly n: number;
  /** The eigenvalues on and above the real axis. */
  readonly upper: Complex[];
}

const cases: Case[] = JSON.parse(
  readFileSync(new URL('../reference/eigenvalues.json', import.meta.url), 'utf8'),
);

/** The matrices of tests/reference/eigenvalues.py. */
function matrixOf({ kind, n }: Case): Float64Array {
  let state = BigInt(n);
  return new Float64Array(n * n).map((_, i) => {
    state = BigInt.asUintN(31, 1103515245n * state + 12345n);
    const fraction = Number(state) / 2 ** 31 - 0.5;
    if (kind === 'graded') return fraction * 2 ** -Math.floor(Math.floor(i / n) / 8);
    return kind === 'sparse' && Math.abs(fraction) < 0.48 ? 0 : fraction;
  });
}

test.each(cases)('a $kind matrix of $n rows', (one) => {
  const expected = one.upper.flatMap(([re, im]): Complex[] =>
    im > 0
      ? [
          [re, im],
          [re, -im],
        ]
      : [[re, im]],
  );
  // What both solvers promise to well-conditioned eigenvalues; these have condition numbers below some hundreds.
  expect(distance(found(matrixOf(one), one.n), expected)).toBeLessThan(1e-11 * radiusOf(expected));
});
