/** Balancing (Parlett and Reinsch 1969; with 2-norms after James, Langou and Lowery 2014). */

/** Passes of balancing: two or three settle it. */
const PASSES = 100;
/** Rows and columns balanced, or rows read, before the caller may pause. */
const AT_ONCE = 64;

/**
 * A similarity by powers of two that brings the norm of each column near that of its row: exact, and it
 * keeps badly scaled problems (rates of 1e-6 beside gradients of 1e3) from losing their small eigenvalues.
 * The n x n matrix has `stride` entries a row. Yields now and then.
 */
export function* balance(a: Float64Array, n: number, stride: number): Generator<void, void, void> {
  const rows = new Float64Array(n);
  const columns = new Float64Array(n);
  for (let pass = 0, again = true; again && pass < PASSES; pass++) {
    // Most often nothing is to be done, and reading the matrix along its rows shows it.
    columns.fill(0);
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0, at = i * stride; j < n; j++, at++) {
        const square = a[at] * a[at];
        columns[j] += square;
        sum += square;
      }
      rows[i] = sum;
      if (i % AT_ONCE === AT_ONCE - 1) yield;
    }
    again = false;
    for (let i = 0; i < n && !again; i++) again = factorOf(columns[i], rows[i]) !== 1;
    if (!again) return;

    again = false;
    for (let i = 0; i < n; i++) {
      let column = 0;
      let row = 0;
      for (let j = 0; j < n; j++) {
        column += a[j * stride + i] * a[j * stride + i];
        row += a[i * stride + j] * a[i * stride + j];
      }
      const factor = factorOf(column, row);
      if (factor !== 1) {
        again = true;
        for (let j = 0; j < n; j++) {
          a[j * stride + i] *= factor;
          a[i * stride + j] /= factor;
        }
      }
      if (i % AT_ONCE === AT_ONCE - 1) yield;
    }
  }
}

/** The power of two by which to scale a column, and divide its row, whose squares have these sums; 1 is none. */
function factorOf(columnSquare: number, rowSquare: number): number {
  if (columnSquare === 0 || rowSquare === 0) return 1;
  let column = Math.sqrt(columnSquare);
  let row = Math.sqrt(rowSquare);
  const before = column + row;
  let factor = 1;
  for (; column < row / 2; row /= 2) {
    factor *= 2;
    column *= 2;
  }
  for (; column >= row * 2; row *= 2) {
    factor /= 2;
    column /= 2;
  }
  // Not worth a pass unless the norms shrink by a twentieth (Parlett and Reinsch).
  return column + row >= 0.95 * before ? 1 : factor;
}
