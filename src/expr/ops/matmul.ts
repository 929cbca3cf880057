/** The product of two matrices, either of them transposed. */
import { type Expr, type Operation, uniformValue } from '../expr.ts';
import { type Shape, ShapeError } from '../shape.ts';
import { transpose } from './shaping.ts';

const flags = (node: { attributes: Expr['attributes'] }) => ({
  transposeA: node.attributes.transposeA === true,
  transposeB: node.attributes.transposeB === true,
});

/** [rows, inner, columns] of op(A) op(B). */
export function extents(
  a: Shape,
  b: Shape,
  transposeA: boolean,
  transposeB: boolean,
): [number, number, number] {
  return [transposeA ? a[1] : a[0], transposeA ? a[0] : a[1], transposeB ? b[0] : b[1]];
}

export const matmul: Operation = {
  name: 'matmul',
  shape([a, b], attributes) {
    const { transposeA, transposeB } = flags({ attributes });
    if (a.length !== 2 || b.length !== 2) throw new ShapeError('matmul', [a, b], 'two matrices');
    const [rows, inner, columns] = extents(a, b, transposeA, transposeB);
    const other = transposeB ? b[1] : b[0];
    if (inner !== other) {
      throw new ShapeError(
        'matmul',
        [a, b],
        `the ${inner} ${transposeA ? 'rows' : 'columns'} of the first to equal the ${other} ${transposeB ? 'columns' : 'rows'} of the second`,
      );
    }
    return [rows, columns];
  },
  derive(node, cotangent, build) {
    const [a, b] = node.inputs;
    const { transposeA, transposeB } = flags(node);
    return [
      transposeA
        ? build.matmul(b, cotangent, transposeB, true)
        : build.matmul(cotangent, b, false, !transposeB),
      transposeB
        ? build.matmul(cotangent, a, true, transposeA)
        : build.matmul(a, cotangent, !transposeA, false),
    ];
  },
  kernel(node) {
    const { transposeA, transposeB } = flags(node);
    const shapes = node.inputs.map((input) => input.shape);
    const [rows, inner, columns] = extents(shapes[0], shapes[1], transposeA, transposeB);
    // Element (i, k) of op(A) lies at i * rowA + k * innerA, (k, j) of op(B) at k * innerB + j * columnB.
    const [rowA, innerA] = transposeA ? [1, rows] : [inner, 1];
    const [innerB, columnB] = transposeB ? [1, inner] : [columns, 1];
    return ([a, b], out) => product(a, b, out, rows, inner, columns, rowA, innerA, innerB, columnB);
  },
  shortcut([a, b], _attributes, shape, build) {
    const isZero = [a, b].some((operand) => uniformValue(operand) === 0 || operand.values?.length === 0);
    return isZero ? build.constant(0, shape) : undefined;
  },
  simplify(node, build) {
    const [a, b] = node.inputs;
    const { transposeA, transposeB } = flags(node);
    if (a.operation === transpose) return build.matmul(a.inputs[0], b, !transposeA, transposeB);
    if (b.operation === transpose) return build.matmul(a, b.inputs[0], transposeA, !transposeB);
    return undefined;
  },
};

/**
 * Every element is its own sum over the inner index, in order. Two rows and four columns are summed at once,
 * in variables, so that each number read is used several times.
 */
function product(
  a: Float64Array,
  b: Float64Array,
  out: Float64Array,
  rows: number,
  inner: number,
  columns: number,
  rowA: number,
  innerA: number,
  innerB: number,
  columnB: number,
): void {
  const evenRows = rows - (rows % 2);
  const tiledColumns = columns - (columns % 4);
  for (let i = 0; i < evenRows; i += 2) {
    for (let j = 0; j < tiledColumns; j += 4) {
      let s00 = 0;
      let s01 = 0;
      let s02 = 0;
      let s03 = 0;
      let s10 = 0;
      let s11 = 0;
      let s12 = 0;
      let s13 = 0;
      let p = i * rowA;
      let q = j * columnB;
      for (let k = 0; k < inner; k++, p += innerA, q += innerB) {
        const a0 = a[p];
        const a1 = a[p + rowA];
        const b0 = b[q];
        const b1 = b[q + columnB];
        const b2 = b[q + 2 * columnB];
        const b3 = b[q + 3 * columnB];
        s00 += a0 * b0;
        s01 += a0 * b1;
        s02 += a0 * b2;
        s03 += a0 * b3;
        s10 += a1 * b0;
        s11 += a1 * b1;
        s12 += a1 * b2;
        s13 += a1 * b3;
      }
      const at = i * columns + j;
      out[at] = s00;
      out[at + 1] = s01;
      out[at + 2] = s02;
      out[at + 3] = s03;
      out[at + columns] = s10;
      out[at + columns + 1] = s11;
      out[at + columns + 2] = s12;
      out[at + columns + 3] = s13;
    }
  }
  for (let i = 0; i < rows; i++) {
    for (let j = i < evenRows ? tiledColumns : 0; j < columns; j++) {
      let total = 0;
      let p = i * rowA;
      let q = j * columnB;
      for (let k = 0; k < inner; k++, p += innerA, q += innerB) total += a[p] * b[q];
      out[i * columns + j] = total;
    }
  }
}
