/** Expressions, as the other rooms see them; those of pictures, which are loaded with them, are in `pictures.ts`. */
import * as build from './build.ts';
import { introduce } from './expr.ts';

introduce(build);

export { grad, jvp, vjp } from './differentiate.ts';
export {
  type Attributes,
  type Expr,
  inOrder,
  type Kernel,
  type Operation,
  type Shape,
  uniformValue,
} from './expr.ts';
export { copyValues } from './ops/copy.ts';
export * as elementary from './ops/elementary.ts';
export { type Geometry, geometryOf } from './ops/geometry.ts';
export { ShapeError, sameShape, sizeOf } from './shape.ts';
export { simplify } from './simplify.ts';
export { substitute } from './substitute.ts';
export { build };
