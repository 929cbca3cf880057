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
    const [rows, inner, columns] = extents(
      node.inputs[0].shape,
      node.inputs[1].shape,
      transposeA,
      transposeB,
    );
    const stepA = transposeA ? rows : 1;
    if (transposeB) {
      return ([a, b], out) => {
        for (let i = 0; i < rows; i++) {
          const startA = transposeA ? i : i * inner;
          for (let j = 0; j < columns; j++) {
            let total = 0;
            const startB = j * inner;
            for (let k = 0; k < inner; k++) total += a[startA + k * stepA] * b[startB + k];
            out[i * columns + j] = total;
          }
        }
      };
    }
    return ([a, b], out) => {
      out.fill(0);
      if (transposeA) {
        for (let k = 0; k < inner; k++) {
          for (let i = 0; i < rows; i++) {
            const value = a[k * rows + i];
            const start = i * columns;
            for (let j = 0; j < columns; j++) out[start + j] += value * b[k * columns + j];
          }
        }
        return;
      }
      for (let i = 0; i < rows; i++) {
        const start = i * columns;
        for (let k = 0; k < inner; k++) {
          const value = a[i * inner + k];
          for (let j = 0; j < columns; j++) out[start + j] += value * b[k * columns + j];
        }
      }
    };
  },
  simplify([a, b], attributes, shape, build) {
    const { transposeA, transposeB } = flags({ attributes });
    if (a.operation === transpose) return build.matmul(a.inputs[0], b, !transposeA, transposeB);
    if (b.operation === transpose) return build.matmul(a, b.inputs[0], transposeA, !transposeB);
    if (uniformValue(a) === 0 || uniformValue(b) === 0) return build.constant(0, shape);
    return undefined;
  },
};
