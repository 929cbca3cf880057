/** Static shapes: sizes, strides, broadcasting, and the error that names a mistake in them. */

/** Extents, outermost first; `[]` is a scalar. Values are stored row-major. */
export type Shape = readonly number[];

/** A mistake in the shapes of an expression: the operation, the shapes, and what was expected. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
  constructor(operation: string, shapes: readonly Shape[], expected: string) {
    super(`${operation}: got ${shapes.map(show).join(' and ') || 'no inputs'}; expected ${expected}`);
  }
}

/** A shape as text, such as `[512, 16]`. */
export function show(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const extent of shape) size *= extent;
  return size;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

/** Throws unless every extent is a whole number, 0 or more. */
export function checkExtents(operation: string, shape: Shape): void {
  if (!shape.every((extent) => Number.isInteger(extent) && extent >= 0)) {
    throw new ShapeError(operation, [shape], 'extents that are whole numbers, 0 or more');
  }
}

/** Row-major strides, in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

/** The shape that both broadcast to: aligned at the last axis, extents equal or one of them 1. */
export function broadcastShape(operation: string, shapes: readonly Shape[]): Shape {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  const result = new Array<number>(rank).fill(1);
  for (const shape of shapes) {
    for (let axis = 0; axis < shape.length; axis++) {
      const at = rank - shape.length + axis;
      const extent = shape[axis];
      if (extent === 1 || extent === result[at]) continue;
      if (result[at] !== 1) {
        throw new ShapeError(operation, shapes, 'extents that are equal or 1, aligned at the last axis');
      }
      result[at] = extent;
    }
  }
  return result;
}

/** Strides with which values of shape `from` are read as if they had the shape `to`: 0 where repeated. */
export function broadcastStrides(from: Shape, to: Shape): number[] {
  const own = stridesOf(from);
  const lead = to.length - from.length;
  return to.map((_, axis) => (axis < lead || from[axis - lead] === 1 ? 0 : own[axis - lead]));
}

/** Axes over which values of shape `to` are summed to undo a broadcast from `from`. */
export function broadcastAxes(from: Shape, to: Shape): number[] {
  const lead = to.length - from.length;
  return to.flatMap((extent, axis) =>
    axis < lead || (from[axis - lead] === 1 && extent !== 1) ? [axis] : [],
  );
}

/** The offset under `strides` of each element of `shape`, in row-major order. */
export function offsetsOf(shape: Shape, strides: readonly number[], start = 0): Int32Array {
  const offsets = new Int32Array(sizeOf(shape));
  if (offsets.length === 0) return offsets;
  offsets[0] = start;
  let filled = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const block = filled;
    for (let index = 1; index < shape[axis]; index++) {
      for (let i = 0; i < block; i++) offsets[filled++] = offsets[i] + index * strides[axis];
    }
  }
  return offsets;
}
