/** The leading eigenvalues: those that the dense solver and numpy find, with true residuals, in every order. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { eigenvalues } from '../../src/math/eigenvalues.ts';
import {
  type Leading,
  type LeadingOptions,
  leadingEigenvalues,
  type Wanted,
} from '../../src/math/krylovSchur.ts';
import { frobeniusNorm } from '../../src/math/matrix.ts';
import { stream } from '../../src/math/random.ts';
import { norm, type Vector } from '../../src/math/vector.ts';

const orders: Readonly<Record<Wanted, (re: number, im: number) => number>> = {
  magnitude: Math.hypot,
  largestReal: (re) => re,
  smallestReal: (re) => -re,
  largestImaginary: (_, im) => Math.abs(im),
};
const everyOrder = Object.keys(orders) as Wanted[];

/** v -> A v of a row-major matrix. */
const productOf = (matrix: Vector, n: number) => (v: Vector, out: Vector) => {
  for (let i = 0; i < n; i++) {
    out[i] = 0;
    for (let j = 0; j < n; j++) out[i] += matrix[i * n + j] * v[j];
  }
};
const normals = (size: number, purpose: string) =>
  stream(3, `test.${purpose}`).normals(new Float64Array(size));

function leading(
  apply: (v: Vector, out: Vector) => void,
  n: number,
  options: Partial<LeadingOptions> = {},
): Leading {
  const work = leadingEigenvalues(apply, n, {
    wanted: 'magnitude',
    count: 4,
    tolerance: 1e-12,
    dimensions: 20,
    restarts: 200,
    start: (draw) => stream(1, 'test.start', 0, draw),
    ...options,
  });
  let before = 0;
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    expect(value).toBeGreaterThanOrEqual(before);
    expect(value).toBeLessThanOrEqual(1);
    before = value;
  }
}

/** ||A v - lambda v|| from nothing but the vector. */
function residualOf(apply: (v: Vector, out: Vector) => void, found: Leading, i: number): number {
  const { re, im } = found.vector(i);
  expect(Math.hypot(norm(re), norm(im))).toBeCloseTo(1, 10);
  const [forward, turned] = [new Float64Array(re.length), new Float64Array(re.length)];
  apply(re, forward);
  apply(im, turned);
  for (let k = 0; k < re.length; k++) {
    forward[k] -= found.re[i] * re[k] - found.im[i] * im[k];
    turned[k] -= found.re[i] * im[k] + found.im[i] * re[k];
  }
  return Math.hypot(norm(forward), norm(turned));
}

/** The first ones are those of all eigenvalues that come first in this order, and all residuals are true. */
function expectLeading(matrix: Vector, n: number, wanted: Wanted, count: number, tolerance: number): Leading {
  const apply = productOf(matrix, n);
  const found = leading(apply, n, { wanted, count });
  const key = orders[wanted];
  const all = eigenvalues(matrix, n);
  const keys = [...all.re].map((re, i) => key(re, all.im[i])).sort((x, y) => y - x);
  const scale = frobeniusNorm(matrix);
  expect(found.finite).toBe(true);
  expect(found.converged).toBe(found.re.length);
  expect(found.re.length - Math.min(count, n)).toBeOneOf([0, 1]);
  for (let i = 0; i < found.re.length; i++) {
    expect(Math.abs(key(found.re[i], found.im[i]) - keys[i]), `${wanted} ${i}`).toBeLessThan(
      tolerance * scale,
    );
    const nearest = Math.min(
      ...[...all.re].map((re, k) => Math.hypot(re - found.re[i], all.im[k] - found.im[i])),
    );
    expect(nearest).toBeLessThan(tolerance * scale);
    expect(Math.abs(residualOf(apply, found, i) - found.residuals[i])).toBeLessThan(1e-12 * scale);
    expect(found.residuals[i]).toBeLessThan(1e-11 * scale);
    if (found.im[i] > 0) expect([found.re[i + 1], found.im[i + 1]]).toEqual([found.re[i], -found.im[i]]);
  }
  return found;
}

/** A block diagonal matrix of rotations s +- i w, and single numbers, turned by a Householder reflection. */
function turned(blocks: readonly (readonly [s: number, w: number])[]): { matrix: Vector; n: number } {
  const n = blocks.reduce((size, [, w]) => size + (w === 0 ? 1 : 2), 0);
  const matrix = new Float64Array(n * n);
  let at = 0;
  for (const [s, w] of blocks) {
    matrix[at * n + at] = s;
    if (w !== 0) {
      matrix[at * n + at + 1] = w;
      matrix[(at + 1) * n + at] = -w;
      matrix[(at + 1) * n + at + 1] = s;
    }
    at += w === 0 ? 1 : 2;
  }
  const v = normals(n, 'turn');
  const factor = 2 / norm(v) ** 2;
  const reflect = (read: (k: number) => number, write: (k: number, value: number) => void) => {
    let along = 0;
    for (let k = 0; k < n; k++) along += v[k] * read(k);
    for (let k = 0; k < n; k++) write(k, read(k) - factor * along * v[k]);
  };
  for (let i = 0; i < n; i++) {
    reflect(
      (k) => matrix[k * n + i],
      (k, value) => {
        matrix[k * n + i] = value;
      },
    );
  }
  for (let i = 0; i < n; i++) {
    reflect(
      (k) => matrix[i * n + k],
      (k, value) => {
        matrix[i * n + k] = value;
      },
    );
  }
  return { matrix, n };
}

describe('leading eigenvalues', () => {
  test.each(everyOrder)('by %s are those of the dense solver, on random matrices', (wanted) => {
    for (const n of [1, 2, 3, 5, 24, 60]) {
      expectLeading(normals(n * n, `matrix${n}`), n, wanted, Math.min(6, n), 1e-9);
    }
  });

  test.each(everyOrder)('by %s, of a symmetric matrix, are real', (wanted) => {
    const n = 40;
    const matrix = normals(n * n, 'symmetric');
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) matrix[i * n + j] = matrix[j * n + i];
    const { im } = expectLeading(matrix, n, wanted, 5, 1e-10);
    for (const value of im) expect(Math.abs(value)).toBeLessThan(1e-10);
  });

  test.each(everyOrder)('by %s, of a normal matrix of rotations, are its s +- i w', (wanted) => {
    const { matrix, n } = turned(Array.from({ length: 25 }, (_, k) => [Math.cos(7 * k), 0.3 + 0.1 * k]));
    expectLeading(matrix, n, wanted, 6, 1e-10);
  });

  test('are found among hundreds of exact zeros, which come after them', () => {
    const n = 300;
    const outer = [
      [-3, 0],
      [0.2, 2.5],
      [1.5, 0],
      [-0.5, 0.25],
    ] as const;
    const { matrix } = turned([...outer, ...new Array(n - 6).fill([0, 0])]);
    const { re, im, converged } = leading(productOf(matrix, n), n, { count: 9 });
    expect(converged).toBe(9);
    const expected = [
      [-3, 0],
      [0.2, 2.5],
      [0.2, -2.5],
      [1.5, 0],
      [-0.5, 0.25],
      [-0.5, -0.25],
    ];
    expected.forEach(([real, imaginary], i) => {
      expect(re[i]).toBeCloseTo(real, 10);
      expect(im[i]).toBeCloseTo(imaginary, 10);
    });
    for (let i = 6; i < 9; i++) expect(Math.hypot(re[i], im[i])).toBeLessThan(1e-10);
  });

  test('are found with their multiplicity: each invariant space is continued with another start', () => {
    const blocks = [...new Array(4).fill([0.1, 2]), ...new Array(40).fill([0.5, 0])];
    const { matrix, n } = turned(blocks);
    const { re, im } = expectLeading(matrix, n, 'magnitude', 10, 1e-10);
    for (let i = 0; i < 10; i++) {
      expect(re[i]).toBeCloseTo(i < 8 ? 0.1 : 0.5, 10);
      expect(Math.abs(im[i])).toBeCloseTo(i < 8 ? 2 : 0, 10);
    }
    const none = leading((_, out) => out.fill(0), 50, { count: 3 });
    expect([...none.re, ...none.im, ...none.residuals]).toEqual(new Array(9).fill(0));
  });

  test('of defective matrices are as near as the m-th root of rounding', () => {
    const n = 12;
    const jordan = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      jordan[i * n + i] = i < 4 ? 2 : 1 / (i + 1);
      if (i < 3) jordan[i * n + i + 1] = 1;
    }
    const { re, im, residuals } = leading(productOf(jordan, n), n, { count: 4 });
    for (let i = 0; i < 4; i++) {
      expect(Math.hypot(re[i] - 2, im[i])).toBeLessThan(10 * Number.EPSILON ** (1 / 4));
      expect(residuals[i]).toBeLessThan(1e-13);
    }
  });

  test('need few products where the outer ones stand apart', () => {
    const n = 500;
    const apply = (v: Vector, out: Vector) => out.set(v.map((x, i) => x * (i < 5 ? 10 + i : i / n)));
    const { re, products } = leading(apply, n, { count: 5, tolerance: 1e-6 });
    [14, 13, 12, 11, 10].forEach((value, i) => {
      expect(re[i]).toBeCloseTo(value, 5);
    });
    expect(products).toBeLessThanOrEqual(20);
  });

  test('end after the restarts that are allowed, and say how many are good', () => {
    const n = 400;
    const apply = (v: Vector, out: Vector) => out.set(v.map((x, i) => (x * (i + 1)) / n));
    const found = leading(apply, n, { wanted: 'smallestReal', count: 5, dimensions: 12, restarts: 2 });
    expect(found.converged).toBeLessThan(5);
    expect(found.re.length).toBe(5);
    for (let i = 0; i < 5; i++) {
      expect(found.residuals[i]).toBeCloseTo(residualOf(apply, found, i), 12);
    }
  });

  test('are none where a product is not finite, and none of nothing', () => {
    let products = 0;
    const found = leading(
      (v, out) => out.set(products++ < 3 ? v.map((x, i) => x * i) : v.fill(Number.NaN)),
      50,
    );
    expect([found.finite, found.re.length, found.products]).toEqual([false, 0, 4]);
    expect(leading(() => {}, 0).re.length).toBe(0);
  });

  test('are the same of the same start', () => {
    const n = 60;
    const apply = productOf(normals(n * n, 'same'), n);
    expect(leading(apply, n).re).toEqual(leading(apply, n).re);
  });
});

interface Golden {
  readonly n: number;
  readonly matrix: readonly number[];
  readonly re: readonly number[];
  readonly im: readonly number[];
  readonly condition: number;
}
const golden: Record<string, Golden> = JSON.parse(
  readFileSync(new URL('../reference/spectra.json', import.meta.url), 'utf8'),
);

describe.each(Object.entries(golden))(
  'numpy’s eigenvalues of a matrix: %s',
  (_, { n, matrix, re, im, condition }) => {
    const values = Float64Array.from(matrix);
    /** Bauer and Fike: rounding of the matrix times the condition of the eigenvectors, on both sides. */
    const limit = 100 * n * Number.EPSILON * frobeniusNorm(values) * condition;
    const distances = (found: { re: Float64Array; im: Float64Array }) =>
      [...found.re].map((real, i) =>
        Math.min(...re.map((x, k) => Math.hypot(x - real, im[k] - found.im[i]))),
      );

    test('are those of the dense solver', () => {
      expect(Math.max(...distances(eigenvalues(values, n)))).toBeLessThan(limit);
    });

    test.each(everyOrder)('are, the first five by %s, those of products alone', (wanted) => {
      const found = leading(productOf(values, n), n, { wanted, count: 5, tolerance: 1e-13 });
      expect(Math.max(...distances(found))).toBeLessThan(limit + 1e-10 * frobeniusNorm(values));
      const keys = re.map((x, i) => orders[wanted](x, im[i])).sort((x, y) => y - x);
      for (let i = 0; i < 5; i++) {
        const error = Math.abs(orders[wanted](found.re[i], found.im[i]) - keys[i]);
        expect(error).toBeLessThan(limit + 1e-10 * frobeniusNorm(values));
      }
    });
  },
);
