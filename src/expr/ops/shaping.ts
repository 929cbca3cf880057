/** Operations that move values without changing them: reshape, transpose, broadcast, slice, pad, concat. */
import { apply, type Operation } from '../expr.ts';
import {
  broadcastShape,
  broadcastStrides,
  offsetsOf,
  ShapeError,
  sameShape,
  show,
  sizeOf,
  stridesOf,
} from '../shape.ts';

const list = (value: unknown) => value as readonly number[];
const identity = (size: number) => Array.from({ length: size }, (_, i) => i);

export const reshape: Operation = {
  name: 'reshape',
  shape([x], { shape }) {
    if (sizeOf(list(shape)) !== sizeOf(x)) {
      throw new ShapeError('reshape', [x, list(shape)], 'as many elements before as after');
    }
    return list(shape);
  },
  derive: (node, cotangent, build) => [build.reshape(cotangent, node.inputs[0].shape)],
  kernel:
    () =>
    ([x], out) =>
      out.set(x),
  shortcut: ([x], _attributes, shape) => (sameShape(x.shape, shape) ? x : undefined),
  simplify: ({ inputs: [x], shape }, build) =>
    x.operation === reshape ? build.reshape(x.inputs[0], shape) : undefined,
};

export const transpose: Operation = {
  name: 'transpose',
  shape([x], { order }) {
    const axes = list(order);
    if (
      axes.length !== x.length ||
      !sameShape(
        [...axes].sort((a, b) => a - b),
        identity(x.length),
      )
    ) {
      throw new ShapeError('transpose', [x], `each axis once, not the order ${axes.join(', ')}`);
    }
    return axes.map((axis) => x[axis]);
  },
  derive(node, cotangent, build) {
    const order = list(node.attributes.order);
    return [
      build.transpose(
        cotangent,
        order.map((_, axis) => order.indexOf(axis)),
      ),
    ];
  },
  kernel(node) {
    const strides = stridesOf(node.inputs[0].shape);
    const offsets = offsetsOf(
      node.shape,
      list(node.attributes.order).map((axis) => strides[axis]),
    );
    return ([x], out) => {
      for (let i = 0; i < out.length; i++) out[i] = x[offsets[i]];
    };
  },
  shortcut: ([x], { order }) => (sameShape(list(order), identity(x.shape.length)) ? x : undefined),
  simplify({ inputs: [x], attributes }, build) {
    if (x.operation !== transpose) return undefined;
    const inner = list(x.attributes.order);
    return build.transpose(
      x.inputs[0],
      list(attributes.order).map((axis) => inner[axis]),
    );
  },
};

export const broadcastTo: Operation = {
  name: 'broadcastTo',
  shape([x], { shape }) {
    if (!sameShape(broadcastShape('broadcastTo', [x, list(shape)]), list(shape))) {
      throw new ShapeError('broadcastTo', [x, list(shape)], 'a first shape that repeats into the second');
    }
    return list(shape);
  },
  derive: (node, cotangent, build) => [build.sumTo(cotangent, node.inputs[0].shape)],
  kernel(node) {
    if (sizeOf(node.inputs[0].shape) === 1) return ([x], out) => out.fill(x[0]);
    const offsets = offsetsOf(node.shape, broadcastStrides(node.inputs[0].shape, node.shape));
    return ([x], out) => {
      for (let i = 0; i < out.length; i++) out[i] = x[offsets[i]];
    };
  },
  shortcut: ([x], _attributes, shape) => (sameShape(x.shape, shape) ? x : undefined),
  simplify: ({ inputs: [x], shape }, build) =>
    x.operation === broadcastTo ? build.broadcast(x.inputs[0], shape) : undefined,
};

export const slice: Operation = {
  name: 'slice',
  shape([x], { begin, size }) {
    const fits = list(begin).every((from, axis) => from >= 0 && from + list(size)[axis] <= x[axis]);
    if (list(begin).length !== x.length || list(size).length !== x.length || !fits) {
      throw new ShapeError(
        'slice',
        [x],
        `a part that lies inside, not ${show(list(size))} from ${show(list(begin))}`,
      );
    }
    return list(size);
  },
  derive: (node, cotangent, build) => [
    build.pad(cotangent, list(node.attributes.begin), node.inputs[0].shape),
  ],
  kernel(node) {
    const from = node.inputs[0].shape;
    const strides = stridesOf(from);
    const start = list(node.attributes.begin).reduce((sum, index, axis) => sum + index * strides[axis], 0);
    if (from.length === 1) return ([x], out) => out.set(x.subarray(start, start + out.length));
    const offsets = offsetsOf(node.shape, strides, start);
    return ([x], out) => {
      for (let i = 0; i < out.length; i++) out[i] = x[offsets[i]];
    };
  },
  shortcut: ([x], _attributes, shape) => (sameShape(x.shape, shape) ? x : undefined),
  simplify({ inputs: [x], attributes, shape }, build) {
    const begin = list(attributes.begin);
    if (x.operation === slice) {
      const outer = list(x.attributes.begin);
      return build.slice(
        x.inputs[0],
        begin.map((from, axis) => from + outer[axis]),
        shape,
      );
    }
    if (x.operation === concat) {
      // A part that lies within one of the parts that were joined.
      const along = x.attributes.axis as number;
      let from = begin[along];
      for (const part of x.inputs) {
        const extent = part.shape[along];
        if (from < extent) {
          const inside = begin.map((index, axis) => (axis === along ? from : index));
          return from + shape[along] <= extent ? build.slice(part, inside, shape) : undefined;
        }
        from -= extent;
      }
    }
    return undefined;
  },
};

/** Zeros of shape `shape`, with x written at `begin`. */
export const pad: Operation = {
  name: 'pad',
  shape([x], { begin, shape }) {
    const fits = list(begin).every((from, axis) => from >= 0 && from + x[axis] <= list(shape)[axis]);
    if (list(begin).length !== x.length || list(shape).length !== x.length || !fits) {
      throw new ShapeError(
        'pad',
        [x, list(shape)],
        `a first shape that fits into the second at ${show(list(begin))}`,
      );
    }
    return list(shape);
  },
  derive: (node, cotangent, build) => [
    build.slice(cotangent, list(node.attributes.begin), node.inputs[0].shape),
  ],
  kernel(node) {
    const strides = stridesOf(node.shape);
    const start = list(node.attributes.begin).reduce((sum, index, axis) => sum + index * strides[axis], 0);
    const offsets = offsetsOf(node.inputs[0].shape, strides, start);
    return ([x], out) => {
      out.fill(0);
      for (let i = 0; i < x.length; i++) out[offsets[i]] = x[i];
    };
  },
  shortcut([x], _attributes, shape, build) {
    if (sizeOf(x.shape) === 0) return build.constant(0, shape);
    return sameShape(x.shape, shape) ? x : undefined;
  },
};

export const concat: Operation = {
  name: 'concat',
  shape(shapes, { axis }) {
    const along = axis as number;
    if (shapes.length === 0) throw new ShapeError('concat', shapes, 'at least one part');
    const first = shapes[0];
    const agree = shapes.every(
      (shape) =>
        shape.length === first.length && shape.every((extent, i) => i === along || extent === first[i]),
    );
    if (!agree || along < 0 || along >= first.length) {
      throw new ShapeError('concat', shapes, `shapes that agree but for axis ${along}`);
    }
    return first.map((extent, i) =>
      i === along ? shapes.reduce((sum, shape) => sum + shape[along], 0) : extent,
    );
  },
  derive(node, cotangent, build) {
    const along = node.attributes.axis as number;
    let at = 0;
    return node.inputs.map((input) => {
      const begin = node.shape.map((_, i) => (i === along ? at : 0));
      at += input.shape[along];
      return build.slice(cotangent, begin, input.shape);
    });
  },
  kernel(node) {
    const along = node.attributes.axis as number;
    const outer = sizeOf(node.shape.slice(0, along));
    const inner = sizeOf(node.shape.slice(along + 1));
    const widths = node.inputs.map((input) => input.shape[along] * inner);
    const total = node.shape[along] * inner;
    return (inputs, out) => {
      let at = 0;
      for (let k = 0; k < inputs.length; k++) {
        const width = widths[k];
        if (outer === 1) out.set(inputs[k], at);
        else {
          for (let row = 0; row < outer; row++) {
            for (let i = 0; i < width; i++) out[row * total + at + i] = inputs[k][row * width + i];
          }
        }
        at += width;
      }
    };
  },
  shortcut(inputs, attributes) {
    const kept = inputs.filter((input) => sizeOf(input.shape) > 0);
    if (kept.length === 1) return kept[0];
    return kept.length < inputs.length ? apply(concat, kept, attributes) : undefined;
  },
};
