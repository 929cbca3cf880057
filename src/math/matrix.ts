/** Dense square matrices: entry (i, j) of an n x n matrix is `matrix[i * n + j]` of a Float64Array. */

/** Throws a RangeError unless `matrix` has n * n entries. */
export function requireSquare(matrix: Float64Array, n: number): void {
  if (!Number.isInteger(n) || n < 0 || matrix.length !== n * n) {
    throw new RangeError(`A matrix with ${n} rows has ${n} x ${n} entries; got ${matrix.length}.`);
  }
}

/** The n x n identity. */
export function identity(n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) out[i * n + i] = 1;
  return out;
}

/** The product a b of two n x n matrices. Throws a RangeError on other shapes. */
export function multiply(a: Float64Array, b: Float64Array, n: number): Float64Array {
  requireSquare(a, n);
  requireSquare(b, n);
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const scale = a[i * n + k];
      for (let j = 0; j < n; j++) out[i * n + j] += scale * b[k * n + j];
    }
  }
  return out;
}

/** The transpose of an n x n matrix. Throws a RangeError on another shape. */
export function transpose(matrix: Float64Array, n: number): Float64Array {
  requireSquare(matrix, n);
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[j * n + i] = matrix[i * n + j];
  return out;
}

/** S = (J + J') / 2, n x n: the potential part of a Jacobian. Throws a RangeError on another shape. */
export function symmetricPart(matrix: Float64Array, n: number): Float64Array {
  const out = transpose(matrix, n);
  for (let i = 0; i < out.length; i++) out[i] = 0.5 * (matrix[i] + out[i]);
  return out;
}

/** A = (J - J') / 2, n x n: the rotational part of a Jacobian. Throws a RangeError on another shape. */
export function antisymmetricPart(matrix: Float64Array, n: number): Float64Array {
  const out = transpose(matrix, n);
  for (let i = 0; i < out.length; i++) out[i] = 0.5 * (matrix[i] - out[i]);
  return out;
}

/** Square root of the sum of squared entries, without overflow on the way. */
export function frobeniusNorm(matrix: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < matrix.length; i++) {
    const size = Math.abs(matrix[i]);
    if (Number.isNaN(size)) return Number.NaN;
    if (size > largest) largest = size;
  }
  if (largest === 0 || largest === Number.POSITIVE_INFINITY) return largest;
  let sum = 0;
  for (let i = 0; i < matrix.length; i++) {
    const part = matrix[i] / largest;
    sum += part * part;
  }
  return largest * Math.sqrt(sum);
}

/**
 * X of A X = B, by elimination with partial pivoting (Golub and Van Loan, Matrix Computations, 3.4).
 * `matrix` is A, n x n; `right` is B, n x k row-major, a plain vector being k = 1; X has B's shape.
 *
 * Throws an Error when A is singular to working precision: a pivot is not finite, or not above n times
 * the rounding of its own row. Throws a RangeError on other shapes.
 */
export function solve(matrix: Float64Array, n: number, right: Float64Array): Float64Array {
  requireSquare(matrix, n);
  const columns = n === 0 ? 0 : right.length / n;
  if (!Number.isInteger(columns) || right.length !== n * columns) {
    throw new RangeError(`The right-hand side of ${n} equations has ${n} rows; got ${right.length} entries.`);
  }
  const a = matrix.slice();
  const x = right.slice();
  const rowSize = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) rowSize[i] = Math.max(rowSize[i], Math.abs(a[i * n + j]));
  }
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i * n + k]) > Math.abs(a[best * n + k])) best = i;
    if (best !== k) {
      swapRows(a, n, k, best);
      swapRows(x, columns, k, best);
      swapRows(rowSize, 1, k, best);
    }
    const pivot = a[k * n + k];
    if (!Number.isFinite(pivot) || Math.abs(pivot) <= n * Number.EPSILON * rowSize[k]) {
      throw new Error(`The ${n} x ${n} matrix is singular: pivot ${k} is ${pivot}, its row ${rowSize[k]}.`);
    }
    for (let i = k + 1; i < n; i++) {
      const scale = a[i * n + k] / pivot;
      if (scale === 0) continue;
      for (let j = k + 1; j < n; j++) a[i * n + j] -= scale * a[k * n + j];
      for (let j = 0; j < columns; j++) x[i * columns + j] -= scale * x[k * columns + j];
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = 0; j < columns; j++) {
      let sum = x[i * columns + j];
      for (let k = i + 1; k < n; k++) sum -= a[i * n + k] * x[k * columns + j];
      x[i * columns + j] = sum / a[i * n + i];
    }
  }
  return x;
}

function swapRows(matrix: Float64Array, columns: number, i: number, j: number): void {
  for (let k = 0; k < columns; k++) {
    const kept = matrix[i * columns + k];
    matrix[i * columns + k] = matrix[j * columns + k];
    matrix[j * columns + k] = kept;
  }
}
