/** Where values come from: named inputs and constants. */
import { constantNode, type Expr, type Operation, type Shape, source } from '../expr.ts';
import { checkExtents, ShapeError, sizeOf } from '../shape.ts';

export const input: Operation = {
  name: 'input',
  shape: () => [],
  derive: () => [],
  kernel: () => () => {
    throw new Error('an input has no kernel: its values are given');
  },
};

/** A named input. Every call makes a new node; a program is given the values by name. */
export function makeInput(name: string, shape: Shape): Expr {
  checkExtents(`input ${name}`, shape);
  return source(input, shape, { name });
}

/** A constant: one number throughout `shape`, or row-major values of that shape. */
export function makeConstant(values: number | ArrayLike<number>, shape: Shape): Expr {
  if (typeof values === 'number') return constantNode(Float64Array.of(values), shape);
  if (values.length !== sizeOf(shape)) {
    throw new ShapeError('constant', [shape], `${sizeOf(shape)} values, not ${values.length}`);
  }
  return constantNode(Float64Array.from(values), shape);
}
