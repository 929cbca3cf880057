/** Matrices with known eigenvalues, and how far found ones are from them. */
import { expect } from 'vitest';
import { eigenvalues } from '../../src/math/eigenvalues.ts';
import { stream } from '../../src/math/random.ts';

export type Complex = [re: number, im: number];

export const randomMatrix = (n: number, seed: number) =>
  stream(seed, 'matrix', n).normals(new Float64Array(n * n));

export function found(matrix: Float64Array, n: number): Complex[] {
  const { re, im, converged } = eigenvalues(matrix, n);
  expect(converged).toBe(true);
  return pairs(re, im);
}

export const pairs = (re: Float64Array, im: Float64Array): Complex[] => Array.from(re, (x, i) => [x, im[i]]);

/** Pairs each expected value with the nearest found one still free; the largest distance of a pair. */
export function distance(values: Complex[], expected: Complex[]): number {
  expect(values.length).toBe(expected.length);
  const free = [...values];
  let largest = 0;
  for (const [re, im] of expected) {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < free.length; i++) {
      const away = Math.hypot(free[i][0] - re, free[i][1] - im);
      if (away < least) [best, least] = [i, away];
    }
    largest = Math.max(largest, least);
    free.splice(best, 1);
  }
  return largest;
}

/** The largest modulus. */
export const radiusOf = (values: readonly Complex[]) =>
  values.reduce((most, [re, im]) => Math.max(most, Math.hypot(re, im)), 0);

export const circle = (n: number): Complex[] =>
  Array.from({ length: n }, (_, k) => [Math.cos((2 * Math.PI * k) / n), Math.sin((2 * Math.PI * k) / n)]);

/** The matrix whose characteristic polynomial is x^n + c[0] x^(n-1) + ... */
export function companion(c: ArrayLike<number>): Float64Array {
  const n = c.length;
  const out = new Float64Array(n * n);
  for (let j = 0; j < n; j++) out[j] = -c[j];
  for (let i = 1; i < n; i++) out[i * n + i - 1] = 1;
  return out;
}

/** A circulant of random entries, and its eigenvalues: the Fourier transform of its first row. */
export function randomCirculant(n: number, seed: number): { matrix: Float64Array; expected: Complex[] } {
  const row = stream(seed, 'row').normals(new Float64Array(n));
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) matrix[i * n + j] = row[(j - i + n) % n];
  const roots = circle(n);
  const expected = roots.map((_, k): Complex => {
    const sum: Complex = [0, 0];
    for (let j = 0; j < n; j++) {
      const [re, im] = roots[(j * k) % n];
      sum[0] += row[j] * re;
      sum[1] += row[j] * im;
    }
    return sum;
  });
  return { matrix, expected };
}

/** The matrix seen from other axes: H A H, three times, with H = I - 2 v v' / v'v and v random. */
export function hide(matrix: Float64Array, n: number, seed: number): Float64Array {
  const a = matrix.slice();
  for (let turn = 0; turn < 3; turn++) {
    const v = stream(seed, 'axis', turn).normals(new Float64Array(n));
    const scale = 2 / v.reduce((sum, x) => sum + x * x, 0);
    const across = new Float64Array(n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) across[j] += v[i] * a[i * n + j];
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) a[i * n + j] -= scale * v[i] * across[j];
    for (let i = 0; i < n; i++) {
      let along = 0;
      for (let j = 0; j < n; j++) along += a[i * n + j] * v[j];
      for (let j = 0; j < n; j++) a[i * n + j] -= scale * along * v[j];
    }
  }
  return a;
}

/** Blocks [[s, a], [-a, s]] seen from other axes (and a number, if n is odd), with their eigenvalues s +- a i. */
export function hiddenRotations(n: number, seed: number): { matrix: Float64Array; expected: Complex[] } {
  const blocks = new Float64Array(n * n);
  const expected: Complex[] = [];
  const entries = stream(seed, 'blocks').normals(new Float64Array(n + 1));
  for (let k = 0; k < n; k += 2) {
    const [s, a] = [entries[k], Math.abs(entries[k + 1])];
    blocks[k * n + k] = s;
    if (k + 1 === n) {
      expected.push([s, 0]);
      continue;
    }
    blocks[k * n + k + 1] = a;
    blocks[(k + 1) * n + k] = -a;
    blocks[(k + 1) * n + k + 1] = s;
    expected.push([s, a], [s, -a]);
  }
  return { matrix: hide(blocks, n, seed), expected };
}
