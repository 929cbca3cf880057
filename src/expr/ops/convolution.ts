/**
 * Convolution of pictures, its transpose and its filter gradient: the three derivatives of one trilinear form.
 *
 * For pictures x [count, height, width, C], filters w [kh, kw, C, D] and responses y [count, rows, columns, D],
 *
 *   T(x, w, y) = sum over n, i, j, p, q, c, d of x[n, i s - t + p, j s' - l + q, c] w[p, q, c, d] y[n, i, j, d]
 *
 * with strides [s, s'], leading pads [t, l], and x zero outside. dT/dy is the convolution, dT/dx its transpose,
 * dT/dw the filter gradient. Each is bilinear, and its derivative by either operand is another one of the three
 * with the same strides and pads, so the family is closed. Every node says the two extents of its own result, so
 * that none has to be guessed where a stride leaves several possible.
 */
import { apply, type Expr, type Kernel, type Operation, uniformValue } from '../expr.ts';
import { type Shape, ShapeError, sameShape, sizeOf } from '../shape.ts';
import { type Geometry, geometryOf, operandsOf } from './geometry.ts';
import { windows } from './windows.ts';

const list = (value: unknown) => value as readonly number[];

const axesOf = {
  x: 'pictures [count, height, width, channels]',
  w: 'filters [height, width, inputs, outputs]',
  y: 'responses [count, height, width, channels]',
};

/** Calls of this are marked as pure, so that a page without pictures leaves them out. */
function member(
  name: string,
  /** Throws where the operands do not belong together; the result's extents besides its `size`. */
  result: (shapes: readonly Shape[], size: Shape, refuse: (expected: string) => never) => Shape,
  /** Adds what one place of the filter over one response contributes; offsets are those of channel 0. */
  accumulate: (operands: readonly Float64Array[], out: Float64Array, geometry: Geometry) => Visit,
  derive: (
    a: Expr,
    b: Expr,
    cotangent: Expr,
    same: Pick<Geometry, 'stride' | 'pad'>,
  ) => readonly [Expr, Expr],
): Operation {
  return {
    name,
    shape(shapes, { size, stride, pad }) {
      const refuse = (expected: string): never => {
        throw new ShapeError(name, shapes, expected);
      };
      if (shapes.some((shape) => shape.length !== 4)) {
        const [first, second] = operandsOf[name];
        refuse(`${axesOf[first]} and ${axesOf[second]}`);
      }
      const numbers = [...list(size), ...list(stride), ...list(pad)];
      if (numbers.length !== 6 || !numbers.every(Number.isInteger) || !list(stride).every((by) => by >= 1)) {
        refuse(`two whole extents, strides of 1 or more and pads, not ${numbers.join(', ')}`);
      }
      return result(shapes, list(size), refuse);
    },
    derive(node, cotangent) {
      const { stride, pad } = geometryOf(node);
      return derive(node.inputs[0], node.inputs[1], cotangent, { stride, pad });
    },
    kernel(node): Kernel {
      const geometry = geometryOf(node);
      return (operands, out) => {
        out.fill(0);
        overWindows(geometry, accumulate(operands, out, geometry));
      };
    },
    asProducts: windows,
    shortcut(inputs, _attributes, shape, build) {
      const isZero = inputs.some((operand) => uniformValue(operand) === 0 || sizeOf(operand.shape) === 0);
      return isZero ? build.constant(0, shape) : undefined;
    },
  };
}

type Visit = (x: number, w: number, y: number) => void;

/** Every place of the filter over every response that lies within the picture. */
function overWindows({ x, w, y, stride: [down, across], pad: [top, left] }: Geometry, visit: Visit): void {
  const [, height, width, inputs] = x;
  const [rows, columns, , outputs] = w;
  for (let n = 0, response = 0; n < y[0]; n++) {
    for (let i = 0; i < y[1]; i++) {
      for (let j = 0; j < y[2]; j++, response += outputs) {
        for (let p = 0; p < rows; p++) {
          const row = i * down - top + p;
          if (row < 0 || row >= height) continue;
          for (let q = 0; q < columns; q++) {
            const column = j * across - left + q;
            if (column < 0 || column >= width) continue;
            const picture = ((n * height + row) * width + column) * inputs;
            visit(picture, (p * columns + q) * inputs * outputs, response);
          }
        }
      }
    }
  }
}

/** The convolution (as networks have it: the filter is not turned round). [pictures, filters] -> responses. */
export const conv2d: Operation = /* @__PURE__ */ member(
  'conv2d',
  ([x, w], size, refuse) => {
    if (x[3] !== w[2])
      refuse(`the ${x[3]} channels of the pictures to equal the ${w[2]} inputs of the filters`);
    return [x[0], ...size, w[3]];
  },
  ([x, w], y, { w: [, , inputs, outputs] }) =>
    (atX, atW, atY) => {
      for (let c = 0; c < inputs; c++) {
        const value = x[atX + c];
        const filter = atW + c * outputs;
        for (let d = 0; d < outputs; d++) y[atY + d] += value * w[filter + d];
      }
    },
  (x, w, cotangent, same) => [
    apply(conv2dTransposed, [cotangent, w], { ...same, size: x.shape.slice(1, 3) }),
    apply(conv2dFilter, [x, cotangent], { ...same, size: w.shape.slice(0, 2) }),
  ],
);

/** The convolution's transpose: what each pixel owes to the responses. [responses, filters] -> pictures. */
export const conv2dTransposed: Operation = /* @__PURE__ */ member(
  'conv2dTransposed',
  ([y, w], size, refuse) => {
    if (y[3] !== w[3])
      refuse(`the ${y[3]} channels of the responses to equal the ${w[3]} outputs of the filters`);
    return [y[0], ...size, w[2]];
  },
  ([y, w], x, { w: [, , inputs, outputs] }) =>
    (atX, atW, atY) => {
      for (let c = 0; c < inputs; c++) {
        const filter = atW + c * outputs;
        let total = 0;
        for (let d = 0; d < outputs; d++) total += y[atY + d] * w[filter + d];
        x[atX + c] += total;
      }
    },
  (y, w, cotangent, same) => [
    apply(conv2d, [cotangent, w], { ...same, size: y.shape.slice(1, 3) }),
    apply(conv2dFilter, [cotangent, y], { ...same, size: w.shape.slice(0, 2) }),
  ],
);

/** What each weight of the filters owes to pictures and responses. [pictures, responses] -> filters. */
export const conv2dFilter: Operation = /* @__PURE__ */ member(
  'conv2dFilter',
  ([x, y], size, refuse) => {
    if (x[0] !== y[0]) refuse(`as many pictures as responses, not ${x[0]} and ${y[0]}`);
    return [...size, x[3], y[3]];
  },
  ([x, y], w, { w: [, , inputs, outputs] }) =>
    (atX, atW, atY) => {
      for (let c = 0; c < inputs; c++) {
        const value = x[atX + c];
        const filter = atW + c * outputs;
        for (let d = 0; d < outputs; d++) w[filter + d] += value * y[atY + d];
      }
    },
  (x, y, cotangent, same) => [
    apply(conv2dTransposed, [y, cotangent], { ...same, size: x.shape.slice(1, 3) }),
    apply(conv2d, [x, cotangent], { ...same, size: y.shape.slice(1, 3) }),
  ],
);

/** How far pictures reach beyond their edges, as zeros: names of what is usual, or pixels [top, bottom, left, right]. */
export type Padding = 'same' | 'valid' | readonly [top: number, bottom: number, left: number, right: number];

/**
 * Where filters of extents `filter` come to lie on pictures of extents `size`: leading pads, and how many responses
 * fit. 'same' makes as many as there are pixels a stride apart, and puts an odd pixel of padding at the end (as
 * TensorFlow does); 'valid' pads nothing. The stride is the same down and across.
 */
export function placed(
  name: string,
  operands: readonly Expr[],
  size: Shape,
  filter: Shape,
  stride: number,
  padding: Padding,
): { readonly stride: Shape; readonly pad: Shape; readonly responses: Shape } {
  const refuse = (expected: string) => new ShapeError(name, shapesOf(operands), expected);
  if (![...size, ...filter].every((extent) => extent >= 1) || size.length !== 2 || filter.length !== 2) {
    throw refuse('pictures and filters of one pixel or more, in four axes');
  }
  if (!Number.isInteger(stride) || stride < 1) throw refuse(`a whole stride of 1 or more, not ${stride}`);
  const along = (axis: 0 | 1) => {
    const [extent, reach] = [size[axis], filter[axis]];
    if (padding === 'same') {
      const responses = Math.ceil(extent / stride);
      return { lead: Math.floor(Math.max(0, (responses - 1) * stride + reach - extent) / 2), responses };
    }
    const [lead, trail] = padding === 'valid' ? [0, 0] : [padding[2 * axis], padding[2 * axis + 1]];
    if (![lead, trail].every((pad) => Number.isInteger(pad) && pad >= 0 && pad < reach)) {
      throw refuse(`whole pads from 0 to ${reach - 1}, not ${lead} and ${trail}`);
    }
    const responses = Math.floor((lead + extent + trail - reach) / stride) + 1;
    if (responses < 1)
      throw refuse(`a filter that fits into ${lead + extent + trail} pixels, not one of ${reach}`);
    return { lead, responses };
  };
  const [down, across] = [along(0), along(1)];
  return {
    stride: [stride, stride],
    pad: [down.lead, across.lead],
    responses: [down.responses, across.responses],
  };
}

const shapesOf = (nodes: readonly Expr[]) => nodes.map((node) => node.shape);

/** Throws unless there are as many responses as pictures of extents `size` have. */
export function checkResponses(
  name: string,
  operands: readonly Expr[],
  { shape }: Expr,
  size: Shape,
  expected: Shape,
): void {
  if (shape.length !== 4 || sameShape(shape.slice(1, 3), expected)) return;
  const [many, extents] = [expected, size].map((each) => each.join(' by '));
  throw new ShapeError(
    name,
    shapesOf(operands),
    `${many} responses, which is what pictures of ${extents} have`,
  );
}
