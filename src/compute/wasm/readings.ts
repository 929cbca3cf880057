/** How a value is read from memory: strides over another value, for all that only moves elements around. */
import { type Expr, type Shape, sameShape } from '../../expr/index.ts';

/** Strides and offset, in elements, over the row-major elements of `of`; 0 where they repeat. */
export interface Reading {
  readonly of: Expr;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** Operations that only move elements. */
export const moves: ReadonlySet<string> = new Set(['transpose', 'slice', 'broadcastTo', 'reshape']);

const list = (value: unknown) => value as readonly number[];

export function rowMajor(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

/** A value that is stored itself. */
export const itself = (node: Expr): Reading => ({ of: node, offset: 0, strides: rowMajor(node.shape) });

/** Strides with which elements of shape `from` are read as if they had the shape `to`, aligned at the last axis. */
export function broadcastStrides(from: Shape, strides: readonly number[], to: Shape): number[] {
  const lead = to.length - from.length;
  return to.map((_, axis) => (axis < lead || from[axis - lead] === 1 ? 0 : strides[axis - lead]));
}

/** The reading of a node that only moves elements, given that of its input; undefined if no strides say it. */
export function moved(node: Expr, from: Reading): Reading | undefined {
  const { attributes } = node;
  const source = node.inputs[0].shape;
  const { of, offset, strides } = from;
  switch (node.operation.name) {
    case 'transpose':
      return { of, offset, strides: list(attributes.order).map((axis) => strides[axis]) };
    case 'slice': {
      const start = list(attributes.begin).reduce((sum, index, axis) => sum + index * strides[axis], offset);
      return { of, offset: start, strides };
    }
    case 'broadcastTo':
      return { of, offset, strides: broadcastStrides(source, strides, node.shape) };
    default: {
      const reshaped = reshapedStrides(source, strides, node.shape);
      return reshaped && { of, offset, strides: reshaped };
    }
  }
}

/** Strides of the same elements under another shape, if there are any. */
function reshapedStrides(from: Shape, strides: readonly number[], to: Shape): readonly number[] | undefined {
  if (sameShape(from, to)) return strides;
  // Axes of the source that run as one are joined, then split into those of the target.
  const runs: { extent: number; stride: number }[] = [];
  from.forEach((extent, axis) => {
    if (extent === 1) return;
    const outer = runs.at(-1);
    if (outer?.stride === strides[axis] * extent) {
      runs[runs.length - 1] = { extent: outer.extent * extent, stride: strides[axis] };
    } else runs.push({ extent, stride: strides[axis] });
  });
  const result = new Array<number>(to.length).fill(0);
  let axis = to.length - 1;
  for (let { extent, stride } of runs.reverse()) {
    while (extent > 1) {
      while (axis >= 0 && to[axis] === 1) axis--;
      if (axis < 0 || extent % to[axis] !== 0) return undefined;
      result[axis] = stride;
      stride *= to[axis];
      extent /= to[axis];
      axis--;
    }
  }
  return result;
}
