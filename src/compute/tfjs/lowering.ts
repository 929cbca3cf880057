/** How each operation is computed by kernels of TensorFlow.js. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type Expr, geometryOf, type Shape } from '../../expr/index.ts';

/** The kernels of one backend, and the tensors that they make. */
export interface Kernels {
  /** Runs a kernel; whoever calls it owns the result. */
  run(
    kernel: string,
    inputs: Readonly<Record<string, TensorInfo>> | readonly TensorInfo[],
    attributes?: object,
  ): TensorInfo;
  release(tensor: TensorInfo): void;
  /**
   * Values lie two by two, as WebGL keeps them. What fills up the last pair of an odd extent is what elementwise
   * kernels made of it, and products sum over it: they are wrong wherever neither operand has zeros there.
   */
  readonly inPairs: boolean;
}

/** Computes a node, given its inputs. Made once per compiled node. */
export type Lowered = (inputs: readonly TensorInfo[]) => TensorInfo;

type Lowering = (node: Expr, kernels: Kernels) => Lowered;

const list = (value: unknown) => value as readonly number[];

const unary =
  (kernel: string, attributes?: object): Lowering =>
  (_, { run }) =>
  ([x]) =>
    run(kernel, { x }, attributes);

const binary =
  (kernel: string): Lowering =>
  (_, { run }) =>
  ([a, b]) =>
    run(kernel, { a, b });

const reshaped = ({ run }: Kernels, x: TensorInfo, shape: Shape) =>
  run('Reshape', { x }, { shape: [...shape] });

/**
 * A kernel of two operands that sums over an axis of each, of so many terms together; where these would not fill
 * whole pairs, one more is put there, of zeros.
 */
function summing(
  { run, release, inPairs }: Kernels,
  terms: number,
  axes: readonly [number, number],
  shapes: readonly Shape[],
  call: (operands: readonly TensorInfo[]) => TensorInfo,
): Lowered {
  if (!inPairs || terms % 2 === 0) return call;
  const paddings = axes.map((along, at) => shapes[at].map((_, axis) => [0, axis === along ? 1 : 0]));
  return (inputs) => {
    const operands = inputs.map((x, at) => run('PadV2', { x }, { paddings: paddings[at], constantValue: 0 }));
    const result = call(operands);
    operands.forEach(release);
    return result;
  };
}

/** How a convolution lies, as tfjs says it. It counts whole windows only, so what they leave over is not padded. */
function lying(node: Expr) {
  const { x, w, y, stride, pad } = geometryOf(node);
  const pads = [1, 2].map((axis) => {
    const lead = pad[axis - 1];
    return [lead, Math.max(0, (y[axis] - 1) * stride[axis - 1] + w[axis - 1] - lead - x[axis])];
  });
  return {
    strides: [...stride],
    pad: [[0, 0], ...pads, [0, 0]],
    dilations: 1,
    dataFormat: 'NHWC',
    dimRoundingMode: 'floor',
  };
}

export const lowerings: Readonly<Record<string, Lowering>> = {
  neg: unary('Neg'),
  exp: unary('Exp'),
  log: unary('Log'),
  sqrt: unary('Sqrt'),
  tanh: unary('Tanh'),
  sigmoid: unary('Sigmoid'),
  softplus: unary('Softplus'),
  sin: unary('Sin'),
  cos: unary('Cos'),
  relu: unary('Relu'),
  step: unary('Step', { alpha: 0 }),
  // Not by the kernel Abs: that of the CPU backend leaves a tensor in tfjs's engine.
  abs:
    (_, { run, release }) =>
    ([x]) => {
      const negative = run('Neg', { x });
      const larger = run('Maximum', { a: x, b: negative });
      release(negative);
      return larger;
    },
  sign: unary('Sign'),

  add: binary('Add'),
  sub: binary('Sub'),
  mul: binary('Multiply'),
  div: binary('RealDiv'),
  maximum: binary('Maximum'),
  minimum: binary('Minimum'),
  greater:
    (_, { run, release }) =>
    ([a, b]) => {
      const truth = run('Greater', { a, b });
      const number = run('Cast', { x: truth }, { dtype: 'float32' });
      release(truth);
      return number;
    },

  reshape:
    ({ shape }, kernels) =>
    ([x]) =>
      reshaped(kernels, x, shape),
  transpose: ({ attributes }, { run }) => {
    const perm = [...list(attributes.order)];
    return ([x]) => run('Transpose', { x }, { perm });
  },
  broadcastTo: ({ inputs, shape }, kernels) => {
    const from = inputs[0].shape;
    const ones = [...shape.slice(from.length).map(() => 1), ...from];
    const reps = shape.map((extent, axis) => (ones[axis] === extent ? 1 : extent));
    return ([x]) => {
      const aligned = reshaped(kernels, x, ones);
      const tiled = kernels.run('Tile', { x: aligned }, { reps });
      kernels.release(aligned);
      return tiled;
    };
  },
  slice: ({ attributes, shape }, { run }) => {
    const begin = [...list(attributes.begin)];
    const size = [...shape];
    return ([x]) => run('Slice', { x }, { begin, size });
  },
  pad: ({ attributes, inputs, shape }, { run }) => {
    const begin = list(attributes.begin);
    const extents = inputs[0].shape;
    const paddings = begin.map((before, axis) => [before, shape[axis] - before - extents[axis]]);
    return ([x]) => run('PadV2', { x }, { paddings, constantValue: 0 });
  },
  concat: ({ attributes: { axis } }, { run }) => {
    return (inputs) => run('Concat', inputs, { axis });
  },

  sum: ({ attributes }, { run }) => {
    const axis = [...list(attributes.axes)];
    return ([x]) => run('Sum', { x }, { axis, keepDims: false });
  },
  max: ({ attributes }, { run }) => {
    const reductionIndices = [...list(attributes.axes)];
    return ([x]) => run('Max', { x }, { reductionIndices, keepDims: false });
  },
  matmul: ({ attributes: { transposeA, transposeB }, inputs }, kernels) => {
    const shapes = inputs.map((input) => input.shape);
    const axes = [transposeA ? 0 : 1, transposeB ? 1 : 0] as const;
    return summing(kernels, shapes[0][axes[0]], axes, shapes, ([a, b]) =>
      kernels.run('BatchMatMul', { a, b }, { transposeA, transposeB }),
    );
  },
  conv2d: (node, kernels) => {
    const attributes = lying(node);
    const { x, w } = geometryOf(node);
    return summing(kernels, w[0] * w[1] * w[2], [3, 2], [x, w], ([pictures, filter]) =>
      kernels.run('Conv2D', { x: pictures, filter }, attributes),
    );
  },
  conv2dTransposed: (node, kernels) => {
    const attributes = { ...lying(node), inputShape: [...node.shape] };
    const { y, w } = geometryOf(node);
    return summing(kernels, w[3], [3, 3], [y, w], ([dy, filter]) =>
      kernels.run('Conv2DBackpropInput', { dy, filter }, attributes),
    );
  },
  conv2dFilter: (node, { run }) => {
    const attributes = { ...lying(node), filterShape: [...node.shape] };
    return ([x, dy]) => run('Conv2DBackpropFilter', { x, dy }, attributes);
  },
};

/** The most axes that all kernels of tfjs take on all backends. */
const LARGEST_RANK = 4;

/** The lowering of a node. Throws an Error that names what tfjs has no kernel for. */
export function lower(node: Expr, kernels: Kernels): Lowered {
  const { operation, inputs, shape } = node;
  const lowering = lowerings[operation.name];
  if (!lowering) throw new Error(`tfjs: no kernel is known for the operation ${operation.name}`);
  for (const { length } of [shape, ...inputs.map((input) => input.shape)]) {
    if (length <= LARGEST_RANK) continue;
    throw new Error(`tfjs: ${operation.name} has ${length} axes; expected ${LARGEST_RANK} at most`);
  }
  return lowering(node, kernels);
}
