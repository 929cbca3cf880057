/** Eigenvalues by the compiled kernels: closed forms, backward errors and odd matrices, at every blocking's edge. */
import { describe, expect, test, vi } from 'vitest';
import { solveBlocked } from '../../src/math/eigen/blocked.ts';
import { openKernels } from '../../src/math/eigen/kernels.ts';
import { solvePlain } from '../../src/math/eigen/plain.ts';
import { finish } from '../../src/math/eigen/progress.ts';
import { irreducibleBlocks } from '../../src/math/eigen/split.ts';
import { iterateTridiagonal } from '../../src/math/eigen/symmetric.ts';
import { eigenvalues, eigenvaluesSymmetric } from '../../src/math/eigenvalues.ts';
import { frobeniusNorm, identity, solve, transpose } from '../../src/math/matrix.ts';
import { stream } from '../../src/math/random.ts';
import {
  type Complex,
  circle,
  companion,
  distance,
  found,
  hiddenRotations,
  hide,
  pairs,
  radiusOf,
  randomCirculant,
  randomMatrix,
} from './spectra.ts';

/** Around the panel (24 columns), tiles (4), the least compiled size, the small block (80) and the windows. */
const sizes = [
  20, 21, 22, 25, 26, 27, 49, 50, 51, 60, 65, 66, 67, 79, 80, 81, 82, 83, 97, 98, 99, 100, 113, 127, 128, 129,
  130,
];
const large = [200, 350, 500];

/** The limit that the solver is held to on matrices whose eigenvalues are well conditioned. */
const RELATIVE_ERROR = 1e-11;

function plainly(matrix: Float64Array, n: number): Complex[] {
  const [re, im] = [new Float64Array(n), new Float64Array(n)];
  expect(finish(solvePlain(matrix.slice(), n, re, im))).toBe(true);
  return pairs(re, im);
}

/** Sum and sum of squares of the eigenvalues are the traces of A and A A. */
function checkTraces(matrix: Float64Array, n: number, values: Complex[]): void {
  let trace = 0;
  let square = 0;
  for (let i = 0; i < n; i++) {
    trace += matrix[i * n + i];
    for (let j = 0; j < n; j++) square += matrix[i * n + j] * matrix[j * n + i];
  }
  const norm = frobeniusNorm(matrix);
  // Backward stable: the found values are those of A + E with |E| of n roundings of |A|.
  const error = 10 * n * Number.EPSILON * norm;
  expect(Math.abs(values.reduce((sum, [re]) => sum + re, 0) - trace)).toBeLessThan(error);
  expect(Math.abs(values.reduce((sum, [re, im]) => sum + re * re - im * im, 0) - square)).toBeLessThan(
    2 * error * norm,
  );
}

/**
 * A bound on the backward error of an eigenvalue z, relative to |A|: |(A - z) x| / |x| for the x of one step of
 * inverse iteration on (A - z)'(A - z), complex numbers as pairs. The least singular value of A - z, which this
 * bounds, is the size of the smallest E for which z is an eigenvalue of A + E.
 */
function backwardError(matrix: Float64Array, n: number, [re, im]: Complex): number {
  const m = 2 * n;
  const shifted = new Float64Array(m * m);
  // A nudge of a rounding, so that an exact eigenvalue leaves no zero pivot; it counts as error.
  const nudge = Number.EPSILON * frobeniusNorm(matrix);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      shifted[i * m + j] = matrix[i * n + j];
      shifted[(n + i) * m + n + j] = matrix[i * n + j];
    }
    shifted[i * m + i] -= re + nudge;
    shifted[(n + i) * m + n + i] -= re + nudge;
    shifted[i * m + n + i] = im;
    shifted[(n + i) * m + i] = -im;
  }
  let x: Float64Array = stream(1, 'start').normals(new Float64Array(m));
  try {
    x = solve(transpose(shifted, m), m, x);
    const size = frobeniusNorm(x);
    x = solve(
      shifted,
      m,
      x.map((part) => part / size),
    );
    const norm = frobeniusNorm(x);
    x = x.map((part) => part / norm);
  } catch {
    return n * Number.EPSILON; // singular to working precision, says `solve`
  }
  let sum = 0;
  for (let i = 0; i < m; i++) {
    let residual = 0;
    for (let j = 0; j < m; j++) residual += shifted[i * m + j] * x[j];
    sum += residual * residual;
  }
  return (Math.sqrt(sum) + nudge) / frobeniusNorm(matrix);
}

describe('closed forms', () => {
  test.each([...sizes, ...large])('a circulant of %i rows', (n) => {
    const { matrix, expected } = randomCirculant(n, 2);
    expect(distance(found(matrix, n), expected)).toBeLessThan(RELATIVE_ERROR * radiusOf(expected));
  });

  test.each([...sizes, ...large])('rotation blocks, hidden, %i rows', (n) => {
    const { matrix, expected } = hiddenRotations(n, 3);
    expect(distance(found(matrix, n), expected)).toBeLessThan(RELATIVE_ERROR * radiusOf(expected));
  });

  test.each([45, 100, 200])('a cyclic shift of %i rows', (n) => {
    expect(distance(found(companion([...new Float64Array(n - 1), -1]), n), circle(n))).toBeLessThan(
      1e-13 * n,
    );
  });

  test('zeros, the identity, a triangle and one rank', () => {
    const n = 150;
    const zeros = Array.from({ length: n }, (): Complex => [0, 0]);
    expect(found(new Float64Array(n * n), n)).toEqual(zeros);
    expect(found(identity(n), n)).toEqual(zeros.map(() => [1, 0]));
    const upper = randomMatrix(n, 4).map((x, i) => (Math.floor(i / n) > i % n ? 0 : x));
    const diagonal = zeros.map((_, i): Complex => [upper[i * (n + 1)], 0]);
    expect(distance(found(upper, n), diagonal)).toBe(0);
    // By QR alone nothing would be left of these: their condition numbers are beyond 1e20.
    expect(distance(found(transpose(upper, n), n), diagonal)).toBe(0);
    const values = found(new Float64Array(n * n).fill(1), n);
    expect(distance(values, [[n, 0], ...zeros.slice(1)])).toBeLessThan(1e-13 * n);
  });

  test('a matrix that splits has the eigenvalues of its parts, whatever the order of its rows', () => {
    const parts = [90, 3, 110, 1, 46];
    const n = parts.reduce((sum, m) => sum + m);
    // Rows i and j are of the same part, or i of an earlier one, where entry (i, j) is not zero.
    const matrix = randomMatrix(n, 4);
    const order = Array.from({ length: n }, (_, i) => (i * 101) % n);
    const shuffled = new Float64Array(n * n);
    const expected: Complex[] = [];
    let at = 0;
    for (const m of parts) {
      for (let i = at; i < at + m; i++) matrix.fill(0, i * n, i * n + at);
      const part = new Float64Array(m * m);
      for (let i = 0; i < m; i++) part.set(matrix.subarray((at + i) * n + at, (at + i) * n + at + m), i * m);
      expected.push(...plainly(part, m));
      at += m;
    }
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) shuffled[order[i] * n + order[j]] = matrix[i * n + j];
    expect(distance(found(shuffled, n), expected)).toBeLessThan(RELATIVE_ERROR * radiusOf(expected));
    const { length } = finish(irreducibleBlocks(shuffled, n));
    expect(length).toBe(parts.length);
  });
});

describe('random matrices', () => {
  test.each([...sizes, 200])('%i rows agree with the plain solver', (n) => {
    const matrix = randomMatrix(n, 5);
    const kept = matrix.slice();
    const values = found(matrix, n);
    expect(matrix).toEqual(kept);
    expect(distance(values, plainly(matrix, n))).toBeLessThan(RELATIVE_ERROR * Math.sqrt(n));
    checkTraces(matrix, n, values);
    for (let i = 0; i < n; i++) {
      if (values[i][1] === 0) continue;
      expect(values[i][1]).toBeGreaterThan(0);
      expect(values[i + 1]).toEqual([values[i][0], -values[i][1]]);
      i++;
    }
  });

  test.each(large)('%i rows keep their traces, and agree with the transpose', (n) => {
    const matrix = randomMatrix(n, 6);
    const values = found(matrix, n);
    checkTraces(matrix, n, values);
    expect(distance(found(transpose(matrix, n), n), values)).toBeLessThan(RELATIVE_ERROR * Math.sqrt(n));
  });

  test.each([2 ** 500, 2 ** -500, 2 ** 1000, 2 ** -1000])('entries of %d', (scale) => {
    const n = 90;
    const core = randomMatrix(n, 7);
    const huge = core.map((x) => x * scale);
    const values = found(huge, n).map(([re, im]): Complex => [re / scale, im / scale]);
    expect(distance(values, found(core, n))).toBeLessThan(RELATIVE_ERROR * Math.sqrt(n));
  });

  test('badly scaled rows and columns do not cost the small eigenvalues', () => {
    const n = 100;
    const core = randomMatrix(n, 8);
    const scaled = core.map((x, i) => x * 2 ** (Math.floor(i / n) - (i % n)));
    expect(distance(found(scaled, n), found(core, n))).toBeLessThan(RELATIVE_ERROR * Math.sqrt(n));
  });
});

describe('ill-conditioned eigenvalues have a small backward error', () => {
  const jordan = (n: number, m: number) => {
    const out = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      out[i * n + i] = 1 + Math.floor(i / m);
      if ((i + 1) % m !== 0 && i + 1 < n) out[i * n + i + 1] = 1;
    }
    return hide(out, n, 9);
  };
  const wilkinson = () => {
    let coefficients = [1];
    for (let root = 1; root <= 20; root++) {
      coefficients = [...coefficients, 0].map((c, i) => c - root * (coefficients[i - 1] ?? 0));
    }
    return companion(coefficients.slice(1));
  };
  const randomCompanion = (n: number) => companion(stream(10, 'row').normals(new Float64Array(n)));

  test.each([
    ['Jordan blocks of 4, hidden', jordan(96, 4), 96],
    ['Jordan blocks of 10, hidden', jordan(100, 10), 100],
    ['one Jordan block, hidden', jordan(90, 90), 90],
    ["Wilkinson's polynomial", wilkinson(), 20],
    ['a random polynomial of degree 110', randomCompanion(110), 110],
  ])('%s', (_, matrix, n) => {
    const values = found(matrix, n);
    checkTraces(matrix, n, values);
    const step = Math.ceil(n / 12);
    for (let i = 0; i < n; i += step) {
      expect(backwardError(matrix, n, values[i])).toBeLessThan(1e-13 * n);
    }
  });
});

describe('outcomes', () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY])('%d in a large matrix', (x) => {
    const n = 100;
    const matrix = randomMatrix(n, 1);
    matrix[4321] = x;
    const { re, im, converged } = eigenvalues(matrix, n);
    expect(converged).toBe(false);
    expect([...re, ...im].every(Number.isNaN)).toBe(true);
    expect(eigenvaluesSymmetric(matrix, n).every(Number.isNaN)).toBe(true);
    // Nothing of it is left for the next one.
    expect(found(identity(n), n)).toEqual(Array.from({ length: n }, () => [1, 0]));
  });

  test('an iteration that finds nothing ends, and says so', () => {
    const n = 100;
    const lost = new Float64Array(n * n).fill(Number.NaN);
    const kernels = openKernels(n)!;
    kernels.matrix.fill(Number.NaN);
    expect(finish(solveBlocked(kernels, n))).toBe(false);
    expect(finish(solvePlain(lost, n, new Float64Array(n), new Float64Array(n)))).toBe(false);
    const band = { diagonal: lost.slice(0, n), beside: lost.slice(0, n) };
    expect(finish(iterateTridiagonal(band))).toBe(false);
  });

  test('without WebAssembly the plain solver answers', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    vi.resetModules();
    const bare = await import('../../src/math/eigenvalues.ts');
    const { matrix, expected } = hiddenRotations(90, 11);
    const { re, im, converged } = bare.eigenvalues(matrix, 90);
    const symmetric = bare.eigenvaluesSymmetric(identity(60), 60);
    vi.unstubAllGlobals();
    expect(converged).toBe(true);
    expect(distance(pairs(re, im), expected)).toBeLessThan(RELATIVE_ERROR * radiusOf(expected));
    expect([...symmetric].every((x) => x === 1)).toBe(true);
  });
});

describe('symmetric matrices', () => {
  test.each([...sizes, ...large])('%i rows: a known spectrum, hidden', (n) => {
    const expected = stream(12, 'spectrum').normals(new Float64Array(n)).sort();
    const diagonal = new Float64Array(n * n);
    for (let i = 0; i < n; i++) diagonal[i * n + i] = expected[i];
    const values = eigenvaluesSymmetric(hide(diagonal, n, 13), n);
    // Perfectly conditioned: roundings of the norm, also those of hiding.
    values.forEach((x, i) => {
      expect(Math.abs(x - expected[i])).toBeLessThan(1e-14 * n);
    });
  });

  test('only the lower triangle is read', () => {
    const n = 70;
    const lower = randomMatrix(n, 14);
    const full = lower.map((x, i) =>
      Math.floor(i / n) < i % n ? lower[(i % n) * n + Math.floor(i / n)] : x,
    );
    const half = lower.map((x, i) => (Math.floor(i / n) < i % n ? Number.NaN : x));
    expect(eigenvaluesSymmetric(half, n)).toEqual(eigenvaluesSymmetric(full, n));
  });
});
