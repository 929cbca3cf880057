/** Sums and maxima over axes. */
import type { Expr, Kernel, Operation } from '../expr.ts';
import { offsetsOf, type Shape, ShapeError, sizeOf, stridesOf } from '../shape.ts';
import { broadcastTo, reshape } from './shaping.ts';

const list = (value: unknown) => value as readonly number[];

function reducedShape(name: string, x: Shape, axes: readonly number[]): Shape {
  const known = axes.every((axis, i) => axis >= 0 && axis < x.length && axes.indexOf(axis) === i);
  if (!known) throw new ShapeError(name, [x], `axes of the input, each once, not ${axes.join(', ')}`);
  return x.filter((_, axis) => !axes.includes(axis));
}

/** The result with the reduced axes kept at extent 1, so that it broadcasts against the input. */
function kept(node: Expr): Shape {
  return node.inputs[0].shape.map((extent, axis) => (list(node.attributes.axes).includes(axis) ? 1 : extent));
}

/** Where each result begins in the input, and where its terms lie from there. */
function layout(node: Expr): { starts: Int32Array; terms: Int32Array } {
  const from = node.inputs[0].shape;
  const strides = stridesOf(from);
  const axes = list(node.attributes.axes);
  const rest = from.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  return {
    starts: offsetsOf(
      rest.map((axis) => from[axis]),
      rest.map((axis) => strides[axis]),
    ),
    terms: offsetsOf(
      axes.map((axis) => from[axis]),
      axes.map((axis) => strides[axis]),
    ),
  };
}

export const sum: Operation = {
  name: 'sum',
  shape: ([x], { axes }) => reducedShape('sum', x, list(axes)),
  derive: (node, cotangent, build) => [
    build.broadcast(build.reshape(cotangent, kept(node)), node.inputs[0].shape),
  ],
  kernel(node): Kernel {
    const { starts, terms } = layout(node);
    return ([x], out) => {
      for (let i = 0; i < out.length; i++) {
        const start = starts[i];
        let total = 0;
        for (let j = 0; j < terms.length; j++) total += x[start + terms[j]];
        out[i] = total;
      }
    };
  },
  shortcut([x], _attributes, shape, build) {
    if (sizeOf(x.shape) === 0) return build.constant(0, shape);
    return sizeOf(shape) === sizeOf(x.shape) ? build.reshape(x, shape) : undefined;
  },
  simplify({ inputs: [x], shape }, build) {
    // A sum of equal terms is a product.
    if (x.operation === broadcastTo && sizeOf(x.inputs[0].shape) === 1) {
      const terms = build.constant(sizeOf(x.shape) / sizeOf(shape));
      return build.broadcast(build.mul(build.reshape(x.inputs[0], []), terms), shape);
    }
    if (x.operation === reshape && shape.length === 0) return build.sum(x.inputs[0]);
    return undefined;
  },
};

/** The largest value along the axes. Among equal ones, the slope is shared evenly. */
export const max: Operation = {
  name: 'max',
  shape([x], { axes }) {
    const shape = reducedShape('max', x, list(axes));
    if (list(axes).some((axis) => x[axis] === 0))
      throw new ShapeError('max', [x], 'at least one value to choose from');
    return shape;
  },
  derive(node, cotangent, build) {
    const x = node.inputs[0];
    const shape = kept(node);
    const below = build.greater(build.reshape(node, shape), x);
    const winner = build.sub(build.constant(1, x.shape), below);
    const count = build.reshape(build.sum(winner, list(node.attributes.axes)), shape);
    return [build.mul(build.div(build.reshape(cotangent, shape), count), winner)];
  },
  kernel(node): Kernel {
    const { starts, terms } = layout(node);
    return ([x], out) => {
      for (let i = 0; i < out.length; i++) {
        let best = Number.NEGATIVE_INFINITY;
        for (let j = 0; j < terms.length; j++) best = Math.max(best, x[starts[i] + terms[j]]);
        out[i] = best;
      }
    };
  },
  shortcut([x], _attributes, shape, build) {
    return sizeOf(shape) === sizeOf(x.shape) ? build.reshape(x, shape) : undefined;
  },
};
