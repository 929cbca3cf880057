/** Eigenvalues: closed forms, and invariants on random matrices. */
import { describe, expect, test } from 'vitest';
import { eigenvalues, eigenvaluesSymmetric, spectralRadius } from '../../src/math/eigenvalues.ts';
import { frobeniusNorm, identity, multiply, solve, symmetricPart, transpose } from '../../src/math/matrix.ts';
import { stream } from '../../src/math/random.ts';
import { type Complex, circle, companion, distance, found, randomMatrix } from './spectra.ts';

const times = (a: Complex, b: Complex): Complex => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];

/** Coefficients of the monic real polynomial with these roots, from the second highest power down. */
function polynomial(roots: Complex[]): number[] {
  let coefficients: Complex[] = [[1, 0]];
  for (const root of roots) {
    const next: Complex[] = [...coefficients, [0, 0]];
    for (let i = 0; i < coefficients.length; i++) {
      const [re, im] = times(coefficients[i], root);
      next[i + 1] = [next[i + 1][0] - re, next[i + 1][1] - im];
    }
    coefficients = next;
  }
  return coefficients.slice(1).map(([re]) => re);
}

/**
 * Characteristic polynomial by traces of powers (Newton's identities), an oracle that shares nothing with
 * QR; good for small n.
 */
function characteristic(matrix: Float64Array, n: number): number[] {
  const traces: number[] = [];
  let power = identity(n);
  for (let k = 0; k < n; k++) {
    power = multiply(power, matrix, n);
    let trace = 0;
    for (let i = 0; i < n; i++) trace += power[i * n + i];
    traces.push(trace);
  }
  const c: number[] = [];
  for (let k = 0; k < n; k++) {
    let sum = traces[k];
    for (let i = 0; i < k; i++) sum += c[i] * traces[k - 1 - i];
    c.push(-sum / (k + 1));
  }
  return c;
}

/** log |determinant|, by the rows a plain elimination leaves. */
function logDeterminant(matrix: Float64Array, n: number): number {
  const a = matrix.slice();
  let sum = 0;
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k; i < n; i++) if (Math.abs(a[i * n + k]) > Math.abs(a[best * n + k])) best = i;
    for (let j = 0; j < n; j++) {
      [a[k * n + j], a[best * n + j]] = [a[best * n + j], a[k * n + j]];
    }
    sum += Math.log(Math.abs(a[k * n + k]));
    for (let i = k + 1; i < n; i++) {
      const scale = a[i * n + k] / a[k * n + k];
      for (let j = k; j < n; j++) a[i * n + j] -= scale * a[k * n + j];
    }
  }
  return sum;
}

describe('closed forms', () => {
  test('nothing, a number, zeros', () => {
    expect(eigenvalues(new Float64Array(0), 0)).toEqual({
      re: new Float64Array(0),
      im: new Float64Array(0),
      converged: true,
    });
    expect(spectralRadius(new Float64Array(0), 0)).toBe(0);
    expect(found(new Float64Array([-3]), 1)).toEqual([[-3, 0]]);
    for (const n of [1, 2, 3, 10]) {
      expect(found(new Float64Array(n * n), n)).toEqual(Array.from({ length: n }, () => [0, 0]));
    }
  });

  test('a diagonal matrix keeps its entries, of whatever scale', () => {
    const entries = [1e-8, 3, -2e6, 0.5, 0];
    const matrix = identity(5).map((x, i) => x * entries[Math.floor(i / 5)]);
    expect(
      distance(
        found(matrix, 5),
        entries.map((x): Complex => [x, 0]),
      ),
    ).toBe(0);
  });

  test('the bilinear game turns: eigenvalues of [[s, a], [-a, s]] are s +- a i', () => {
    expect(found(new Float64Array([0.2, 1, -1, 0.2]), 2)).toEqual([
      [0.2, 1],
      [0.2, -1],
    ]);
    expect(spectralRadius(new Float64Array([0, 3, -3, 0]), 2)).toBe(3);
  });

  test('rotation blocks, hidden by a similarity', () => {
    const n = 12;
    const blocks = new Float64Array(n * n);
    const expected: Complex[] = [];
    for (let k = 0; k < n; k += 2) {
      const [s, a] = [0.3 * k - 1, 1 + 0.1 * k];
      blocks.set([s, a], k * n + k);
      blocks.set([-a, s], (k + 1) * n + k);
      expected.push([s, a], [s, -a]);
    }
    const change = randomMatrix(n, 1).map((x, i) => x + (i % (n + 1) === 0 ? 8 : 0));
    const hidden = solve(change, n, multiply(blocks, change, n));
    // A few hundred roundings of a matrix of norm 5, times the condition of `change`, about 10.
    expect(distance(found(hidden, n), expected)).toBeLessThan(1e-12);
  });

  test.each([3, 4, 5, 16, 37, 64])('a cyclic shift of %i has the roots of one', (n) => {
    const shift = new Float64Array(n * n);
    for (let i = 0; i < n; i++) shift[i * n + ((i + 1) % n)] = 1;
    expect(distance(found(shift, n), circle(n))).toBeLessThan(1e-13 * n);
  });

  test('a circulant has the Fourier transform of its first row', () => {
    const n = 15;
    const row = stream(9, 'row').normals(new Float64Array(n));
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) matrix[i * n + j] = row[(j - i + n) % n];
    const expected = circle(n).map((_, k): Complex => {
      const sum: Complex = [0, 0];
      for (let j = 0; j < n; j++) {
        sum[0] += row[j] * Math.cos((2 * Math.PI * j * k) / n);
        sum[1] += row[j] * Math.sin((2 * Math.PI * j * k) / n);
      }
      return sum;
    });
    expect(distance(found(matrix, n), expected)).toBeLessThan(1e-12);
  });

  test('a companion matrix has the roots it was made of', () => {
    const roots: Complex[] = [
      [1, 0],
      [-2, 0],
      [0.5, 2],
      [0.5, -2],
      [-1, 1],
      [-1, -1],
      [3, 0],
    ];
    // The roots are about one apart; their condition numbers in the coefficients are below 1e3.
    expect(distance(found(companion(polynomial(roots)), 7), roots)).toBeLessThan(1e-12);
  });

  test('a triangular matrix has its diagonal, either way up', () => {
    const n = 8;
    const lower = randomMatrix(n, 4).map((x, i) => {
      const [row, column] = [Math.floor(i / n), i % n];
      if (row === column) return row + 1;
      return row > column ? x : 0;
    });
    const expected = Array.from({ length: n }, (_, i): Complex => [i + 1, 0]);
    expect(distance(found(lower, n), expected)).toBeLessThan(1e-11);
    expect(distance(found(transpose(lower, n), n), expected)).toBeLessThan(1e-11);
  });

  test('a hidden Jordan block of m is found within the m-th root of rounding', () => {
    for (const m of [2, 3, 4]) {
      const jordan = identity(m).map((x) => 2 * x);
      for (let i = 0; i + 1 < m; i++) jordan[i * m + i + 1] = 1;
      const change = randomMatrix(m, 5).map((x, i) => x + (i % (m + 1) === 0 ? 4 : 0));
      const hidden = solve(change, m, multiply(jordan, change, m));
      const expected = Array.from({ length: m }, (): Complex => [2, 0]);
      // Perturbation theory of a defective eigenvalue: |error| ~ (rounding * condition)^(1/m).
      expect(distance(found(hidden, m), expected)).toBeLessThan((100 * Number.EPSILON) ** (1 / m));
    }
  });

  test('badly scaled rows and columns do not cost the small eigenvalues', () => {
    const n = 6;
    const core = randomMatrix(n, 6);
    const expected = found(core, n);
    const scaled = core.map((x, i) => x * 2 ** (10 * (Math.floor(i / n) - (i % n))));
    expect(distance(found(scaled, n), expected)).toBeLessThan(1e-12);
  });

  test('entries at the ends of the range of doubles', () => {
    const core = randomMatrix(5, 7);
    const expected = found(core, 5);
    for (const scale of [2 ** 1000, 2 ** -1000]) {
      const values = found(
        core.map((x) => x * scale),
        5,
      ).map(([re, im]): Complex => [re / scale, im / scale]);
      expect(distance(values, expected)).toBeLessThan(1e-13);
    }
  });
});

describe('invariants of random matrices', () => {
  test.each([2, 3, 4, 5, 8, 20, 60])('n = %i: sum, product, conjugate pairs, input untouched', (n) => {
    for (let seed = 0; seed < 10; seed++) {
      const matrix = randomMatrix(n, seed);
      const kept = matrix.slice();
      const values = found(matrix, n);
      expect(matrix).toEqual(kept);

      let trace = 0;
      for (let i = 0; i < n; i++) trace += matrix[i * n + i];
      // QR is backward stable: rounding times the norm, times a modest multiple of n.
      const tolerance = 10 * n * Number.EPSILON * frobeniusNorm(matrix);
      expect(Math.abs(values.reduce((sum, [re]) => sum + re, 0) - trace)).toBeLessThan(tolerance);

      let logProduct = 0;
      for (const [re, im] of values) logProduct += Math.log(Math.hypot(re, im));
      // Both logarithms carry the relative error of the smallest eigenvalue, at least 1e-4 or so here.
      expect(Math.abs(logProduct - logDeterminant(matrix, n))).toBeLessThan(1e-9);

      for (let i = 0; i < n; i++) {
        if (values[i][1] === 0) continue;
        expect(values[i][1]).toBeGreaterThan(0);
        expect(values[i + 1]).toEqual([values[i][0], -values[i][1]]);
        i++;
      }
    }
  });

  test.each([2, 3, 4, 5, 6])('n = %i: the values are the roots of the characteristic polynomial', (n) => {
    for (let seed = 0; seed < 20; seed++) {
      const matrix = randomMatrix(n, seed + 50);
      const expected = characteristic(matrix, n);
      const size = (1 + frobeniusNorm(matrix)) ** n;
      polynomial(found(matrix, n)).forEach((c, i) => {
        expect(Math.abs(c - expected[i])).toBeLessThan(1e-13 * size);
      });
    }
  });

  test('similar and transposed matrices agree', () => {
    for (const n of [3, 10, 30]) {
      const matrix = randomMatrix(n, 8);
      const values = found(matrix, n);
      const change = randomMatrix(n, 9).map((x, i) => x + (i % (n + 1) === 0 ? 3 * n : 0));
      expect(distance(found(solve(change, n, multiply(matrix, change, n)), n), values)).toBeLessThan(1e-10);
      expect(distance(found(transpose(matrix, n), n), values)).toBeLessThan(1e-10);
    }
  });

  test('n = 200 finishes, and its radius is near that of the circular law, sqrt(n)', () => {
    const radius = spectralRadius(randomMatrix(200, 10), 200);
    // The edge of the circle fluctuates by some n^(-1/2) of it.
    expect(Math.abs(radius / Math.sqrt(200) - 1)).toBeLessThan(0.2);
  });

  test('update maps of two players: many equal values and exact zeros', () => {
    // Alternating descent on n copies of the bilinear game, a matrix of rank n with n zero columns added.
    const n = 40;
    const matrix = new Float64Array(n * n);
    const rate = 0.5;
    for (let i = 0; i < 10; i++) {
      const [x, y] = [2 * i, 2 * i + 1];
      matrix[x * n + x] = 1;
      matrix[x * n + y] = -rate;
      matrix[y * n + x] = rate;
      matrix[y * n + y] = 1 - rate * rate;
    }
    const re = 1 - (rate * rate) / 2;
    const im = Math.sqrt(1 - re * re);
    const expected: Complex[] = [];
    for (let i = 0; i < 10; i++) expected.push([re, im], [re, -im], [0, 0], [0, 0]);
    expect(distance(found(matrix, n), expected)).toBeLessThan(1e-14);
    expect(spectralRadius(matrix, n)).toBeCloseTo(1, 14);
  });
});

describe('what is not a number', () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    '%d is an outcome, not a throw',
    (x) => {
      const matrix = randomMatrix(4, 1);
      matrix[4] = x;
      const { re, im, converged } = eigenvalues(matrix, 4);
      expect(converged).toBe(false);
      expect([...re, ...im].every(Number.isNaN)).toBe(true);
      expect(spectralRadius(matrix, 4)).toBeNaN();
      expect(eigenvaluesSymmetric(matrix, 4).every(Number.isNaN)).toBe(true);
    },
  );

  test('another shape is refused', () => {
    expect(() => eigenvalues(new Float64Array(3), 2)).toThrow(RangeError);
    expect(() => eigenvaluesSymmetric(new Float64Array(3), 2)).toThrow(RangeError);
  });
});

describe('symmetric matrices', () => {
  test('the second difference has 2 - 2 cos(k pi / (n + 1)), ascending', () => {
    const n = 50;
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      matrix[i * n + i] = 2;
      if (i > 0) matrix[i * n + i - 1] = matrix[(i - 1) * n + i] = -1;
    }
    const values = eigenvaluesSymmetric(matrix, n);
    for (let k = 1; k <= n; k++) {
      expect(Math.abs(values[k - 1] - (2 - 2 * Math.cos((k * Math.PI) / (n + 1))))).toBeLessThan(1e-14 * n);
    }
  });

  test.each([0, 1, 2, 3, 10, 40])('n = %i: random ones agree with the general solver', (n) => {
    for (let seed = 0; seed < 5; seed++) {
      const matrix = symmetricPart(randomMatrix(n, seed), n);
      const kept = matrix.slice();
      const values = eigenvaluesSymmetric(matrix, n);
      expect(matrix).toEqual(kept);
      expect(values).toEqual(values.slice().sort());
      const general = found(matrix, n);
      // Symmetric eigenvalues are perfectly conditioned: rounding times the norm.
      expect(
        distance(
          general,
          Array.from(values, (x): Complex => [x, 0]),
        ),
      ).toBeLessThan(1e-13 * (1 + n));
    }
  });

  test('zeros, a diagonal, and a rank of one', () => {
    expect(Array.from(eigenvaluesSymmetric(new Float64Array(9), 3))).toEqual([0, 0, 0]);
    expect(Array.from(eigenvaluesSymmetric(new Float64Array([3, 0, 0, -1]), 2))).toEqual([-1, 3]);
    const values = eigenvaluesSymmetric(new Float64Array(100).fill(1), 10);
    expect(Math.abs(values[9] - 10)).toBeLessThan(1e-13);
    expect(Math.max(...values.subarray(0, 9).map(Math.abs))).toBeLessThan(1e-14 * 10);
  });

  test('only the lower triangle is read', () => {
    const lower = new Float64Array([1, Number.NaN, 2, 1]);
    expect(eigenvaluesSymmetric(lower, 2)).toEqual(eigenvaluesSymmetric(new Float64Array([1, 2, 2, 1]), 2));
  });
});
