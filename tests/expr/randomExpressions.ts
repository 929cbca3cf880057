/**
 * Random well-conditioned expressions of everything that `build` offers.
 *
 * Every value is known to lie within a bound, which is kept near 1; arguments stay away from kinks, poles
 * and ties by more than 1/2, so that finite differences and float32 mean something.
 */
import { build, type Expr, type Shape, sizeOf } from '../../src/expr/index.ts';
import * as pictured from '../../src/expr/pictures.ts';
import type { Choices } from './choices.ts';

/** An expression whose values lie in [-bound, bound]. */
interface Bounded {
  readonly node: Expr;
  readonly bound: number;
}

type Move = (x: Bounded, y: Bounded, choices: Choices) => Bounded;

const LARGEST_BOUND = 2;
const LARGEST_SIZE = 36;
const LARGEST_RANK = 4;
const GAP = 0.5;

const bounded = (node: Expr, bound: number): Bounded => ({ node, bound });

/** x moved away from zero, by its bound and a gap: each element up or down. */
const split = ({ node, bound }: Bounded, choices: Choices) =>
  bounded(
    build.add(
      node,
      build.constant(
        choices.signs(node.shape).map((sign) => sign * (bound + GAP)),
        node.shape,
      ),
    ),
    2 * bound + GAP,
  );

/** x made positive. */
const lifted = ({ node, bound }: Bounded) =>
  bounded(build.add(node, build.constant(bound + GAP)), 2 * bound + GAP);

/** `size` of x's values in a row, repeated if there are fewer. */
function resized(x: Expr, size: number): Expr {
  const flat = build.reshape(x, [sizeOf(x.shape)]);
  const copies = Array.from({ length: Math.ceil(size / sizeOf(x.shape)) }, () => flat);
  return build.slice(build.concat(copies), [0], [size]);
}

/** y made of a shape that broadcasts to x's. */
function fitted(y: Bounded, x: Bounded, choices: Choices): Expr {
  const full = x.node.shape.map((extent) => (choices.below(3) === 0 ? 1 : extent));
  const shape = full.slice(choices.below(4) === 0 ? choices.below(full.length + 1) : 0);
  return build.reshape(resized(y.node, sizeOf(shape)), shape);
}

const elementwise =
  (f: (x: Expr) => Expr, bound: (b: number) => number): Move =>
  (x) =>
    bounded(f(x.node), bound(x.bound));

const awayFromZero =
  (f: (x: Expr) => Expr, bound = (b: number) => b): Move =>
  (x, _, choices) => {
    const moved = split(x, choices);
    return bounded(f(moved.node), bound(moved.bound));
  };

const pair =
  (f: (a: Expr, b: Expr) => Expr, bound: (a: number, b: number) => number): Move =>
  (x, y, choices) => {
    const other = fitted(y, x, choices);
    return bounded(choices.below(2) === 0 ? f(x.node, other) : f(other, x.node), bound(x.bound, y.bound));
  };

/** Of two values that differ by more than a gap, in either order. */
const apart =
  (f: (a: Expr, b: Expr) => Expr): Move =>
  (x, y, choices) => {
    const moved = split(bounded(x.node, x.bound + y.bound), choices);
    const other = fitted(y, x, choices);
    return bounded(
      choices.below(2) === 0 ? f(moved.node, other) : f(other, moved.node),
      moved.bound + x.bound,
    );
  };

const overLastAxis =
  (f: (x: Expr) => Expr, bound: (b: number, count: number) => number): Move =>
  (x) => {
    const node = x.node.shape.length > 0 ? x.node : build.reshape(x.node, [1]);
    return bounded(f(node), bound(x.bound, node.shape[node.shape.length - 1]));
  };

export const moves: Record<string, Move> = {
  neg: elementwise(build.neg, (b) => b),
  exp: elementwise(build.exp, (b) => Math.exp(b)),
  log: (x) => {
    const up = lifted(x);
    return bounded(build.log(up.node), Math.max(-Math.log(GAP), Math.log(up.bound)));
  },
  sqrt: (x) => {
    const up = lifted(x);
    return bounded(build.sqrt(up.node), Math.sqrt(up.bound));
  },
  tanh: elementwise(build.tanh, () => 1),
  sigmoid: elementwise(build.sigmoid, () => 1),
  softplus: elementwise(build.softplus, (b) => b + 1),
  sin: elementwise(build.sin, () => 1),
  cos: elementwise(build.cos, () => 1),
  relu: awayFromZero(build.relu),
  leakyRelu: awayFromZero((x) => build.leakyRelu(x, 0.2)),
  elu: awayFromZero(build.elu),
  step: awayFromZero(build.step, () => 1),
  abs: awayFromZero(build.abs),
  sign: awayFromZero(build.sign, () => 1),
  add: pair(build.add, (a, b) => a + b),
  sub: pair(build.sub, (a, b) => a + b),
  mul: pair(build.mul, (a, b) => a * b),
  square: elementwise(build.square, (b) => b * b),
  scale: elementwise(
    (x) => build.scale(x, -1.5),
    (b) => 1.5 * b,
  ),
  div: (x, y, choices) => {
    const under = lifted(bounded(fitted(y, x, choices), y.bound));
    return bounded(build.div(x.node, under.node), x.bound / GAP);
  },
  maximum: apart(build.maximum),
  minimum: apart(build.minimum),
  greater: apart(build.greater),
  reshape: (x, _, choices) => {
    const order = choices.order(x.node.shape).map((axis) => x.node.shape[axis]);
    const shape = choices.from([order, [sizeOf(x.node.shape)], [1, ...order].slice(0, LARGEST_RANK)]);
    return bounded(build.reshape(x.node, sizeOf(shape) === sizeOf(order) ? shape : order), x.bound);
  },
  transpose: (x, _, choices) => bounded(build.transpose(x.node, choices.order(x.node.shape)), x.bound),
  broadcast: (x, _, choices) => {
    const lead = x.node.shape.length < LARGEST_RANK ? [1 + choices.below(3)] : [];
    const shape = [...lead, ...x.node.shape.map((extent) => (extent === 1 ? 1 + choices.below(3) : extent))];
    return bounded(build.broadcast(x.node, shape), x.bound);
  },
  slice: (x, _, choices) => {
    const size = x.node.shape.map((extent) => 1 + choices.below(extent));
    const begin = size.map((extent, axis) => choices.below(x.node.shape[axis] - extent + 1));
    return bounded(build.slice(x.node, begin, size), x.bound);
  },
  pad: (x, _, choices) => {
    const begin = x.node.shape.map(() => choices.below(2));
    const shape = x.node.shape.map((extent, axis) => begin[axis] + extent + choices.below(2));
    return bounded(build.pad(x.node, begin, shape), x.bound);
  },
  concat: (x, y, choices) => {
    const first = x.node.shape.length > 0 ? x.node : build.reshape(x.node, [1]);
    const axis = choices.below(first.shape.length);
    const shape = first.shape.map((extent, i) => (i === axis ? 1 + choices.below(2) : extent));
    const second = build.reshape(resized(y.node, sizeOf(shape)), shape);
    return bounded(build.concat([first, second, first], axis), Math.max(x.bound, y.bound));
  },
  sum: (x, _, choices) => {
    const node = build.sum(x.node, choices.axes(x.node.shape));
    return bounded(node, (x.bound * sizeOf(x.node.shape)) / sizeOf(node.shape));
  },
  sumTo: (x, _, choices) => {
    const shape = x.node.shape
      .map((extent) => (choices.below(2) === 0 ? 1 : extent))
      .slice(choices.below(x.node.shape.length + 1));
    const whole = x.node.shape.slice(x.node.shape.length - shape.length);
    const kept = shape.map((extent, axis) => (extent === 1 ? 1 : whole[axis]));
    const node = build.sumTo(x.node, kept);
    return bounded(node, (x.bound * sizeOf(x.node.shape)) / sizeOf(node.shape));
  },
  mean: (x, _, choices) => bounded(build.mean(x.node, choices.axes(x.node.shape)), x.bound),
  max: (x, _, choices) => {
    // One element of each group stands out: the one at a place that is drawn for the whole tensor.
    const axes = choices.axes(x.node.shape);
    const place = x.node.shape.map((extent) => choices.below(extent));
    const ones = x.node.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
    const outstanding = build.pad(
      build.constant(2 * x.bound + GAP, ones),
      place.map((index, axis) => (axes.includes(axis) ? index : 0)),
      x.node.shape,
    );
    return bounded(build.max(build.add(x.node, outstanding), axes), 3 * x.bound + GAP);
  },
  logSumExp: overLastAxis(build.logSumExp, (b, count) => b + Math.log(count)),
  logSoftmax: overLastAxis(build.logSoftmax, (b, count) => 2 * b + Math.log(count)),
  softmax: overLastAxis(build.softmax, () => 1),
  dot: (x, y) => {
    const other = build.reshape(resized(y.node, sizeOf(x.node.shape)), x.node.shape);
    return bounded(build.dot(x.node, other), sizeOf(x.node.shape) * x.bound * y.bound);
  },
  matmul: (x, y, choices) => {
    const [rows, inner, columns] = [1 + choices.below(5), 1 + choices.below(4), 1 + choices.below(6)];
    const [transposeA, transposeB] = [choices.below(2) === 1, choices.below(2) === 1];
    const matrix = (node: Expr, shape: Shape) => build.reshape(resized(node, sizeOf(shape)), shape);
    const a = matrix(x.node, transposeA ? [inner, rows] : [rows, inner]);
    const b = matrix(y.node, transposeB ? [columns, inner] : [inner, columns]);
    return bounded(build.matmul(a, b, transposeA, transposeB), inner * x.bound * y.bound);
  },
  conv2d: (x, y, choices) => {
    const { size, filter, count, channels, outputs, lying } = lyingFilters(choices);
    const pictures = picturesOf(x.node, [count, ...size, channels]);
    const filters = picturesOf(y.node, [...filter, channels, outputs]);
    const terms = sizeOf(filter) * channels;
    return bounded(pictured.conv2d(pictures, filters, lying), terms * x.bound * y.bound);
  },
  conv2dTransposed: (x, y, choices) => {
    const { size, filter, count, channels, outputs, responses, lying } = lyingFilters(choices);
    const made = picturesOf(x.node, [count, ...responses, outputs]);
    const filters = picturesOf(y.node, [...filter, channels, outputs]);
    const terms = sizeOf(filter) * outputs;
    return bounded(pictured.conv2dTransposed(made, filters, size, lying), terms * x.bound * y.bound);
  },
  conv2dFilter: (x, y, choices) => {
    const { size, filter, count, channels, outputs, responses, lying } = lyingFilters(choices);
    const pictures = picturesOf(x.node, [count, ...size, channels]);
    const made = picturesOf(y.node, [count, ...responses, outputs]);
    const terms = count * sizeOf(responses);
    return bounded(pictured.conv2dFilter(pictures, made, filter, lying), terms * x.bound * y.bound);
  },
  upsample: (x, _, choices) => {
    const shape = [1 + choices.below(2), 1 + choices.below(3), 1 + choices.below(2), 1 + choices.below(3)];
    return bounded(pictured.upsample(picturesOf(x.node, shape)), x.bound);
  },
  averagePool: (x, _, choices) => {
    const shape = [1 + choices.below(2), 2 + 2 * choices.below(2), 2, 1 + choices.below(3)];
    return bounded(pictured.averagePool(picturesOf(x.node, shape)), x.bound);
  },
};

const picturesOf = (x: Expr, shape: Shape) => build.reshape(resized(x, sizeOf(shape)), shape);

/** Filters that fit on pictures in one way or another, and the extents of what comes out. */
function lyingFilters(choices: Choices) {
  const size = [2 + choices.below(3), 2 + choices.below(3)];
  const filter = [1 + choices.below(3), 1 + choices.below(3)];
  const [count, channels, outputs] = [1 + choices.below(2), 1 + choices.below(2), 1 + choices.below(3)];
  // A filter that is larger than the picture fits where it is padded.
  const ends = filter.flatMap((reach) => [choices.below(reach), reach - 1]) as [
    number,
    number,
    number,
    number,
  ];
  const fits = filter.every((reach, axis) => reach <= size[axis]);
  const padding = choices.from(fits ? (['same', 'valid', ends] as const) : (['same', ends] as const));
  const lying = { stride: 1 + choices.below(3), padding };
  const blank = pictured.conv2d(
    build.input('x', [1, ...size, 1]),
    build.input('w', [...filter, 1, 1]),
    lying,
  );
  return { size, filter, count, channels, outputs, lying, responses: blank.shape.slice(1, 3) };
}

/** These say something else to derivatives than to values. */
export const gates: Record<string, Move> = {
  stopGradient: elementwise(build.stopGradient, (b) => b),
  reverseGradient: (x, y) => {
    const lambda = build.reshape(resized(y.node, 1), []);
    return bounded(build.reverseGradient(x.node, lambda), x.bound);
  },
};

export interface Sample {
  readonly inputs: readonly Expr[];
  /** Values of each input by name, in (-1, 1). */
  readonly values: Readonly<Record<string, Float64Array>>;
  readonly output: Expr;
}

/** An expression made in `length` moves from three inputs; with gates only where no derivative is compared. */
export function randomExpression(
  choices: Choices,
  length: number,
  table: Record<string, Move> = { ...moves, ...gates },
): Sample {
  const inputs = ['x', 'y', 'z'].map((name) => build.input(name, choices.shape(3)));
  const values = Object.fromEntries(
    inputs.map((input) => [input.attributes.name, choices.values(input.shape)]),
  );
  const pool = inputs.map((input) => bounded(input, 1));
  const names = Object.keys(table);
  for (let made = 0; made < length; made++) {
    const recent = pool[pool.length - 1 - choices.below(Math.min(3, pool.length))];
    const other = choices.from(pool);
    // Most moves read one value only: let every second one read a product of two, so that paths meet.
    const x = choices.below(2) === 0 ? recent : tamed(moves.mul(recent, other, choices));
    pool.push(tamed(table[choices.from(names)](x, other, choices)));
  }
  // Several ends, so that a step or a stopped gradient at one of them does not hide the rest.
  const [last, ...others] = pool.slice(-4).reverse();
  const output = others.reduce((sum, { node }) => build.add(sum, build.mean(node)), last.node);
  return { inputs, values, output };
}

/** x scaled to a bound of 1 and cut to a moderate size, if it has outgrown them. */
function tamed({ node, bound }: Bounded): Bounded {
  const size = sizeOf(node.shape);
  const cut = size > LARGEST_SIZE ? build.reshape(resized(node, LARGEST_SIZE), [4, 3, 3]) : node;
  return bound > LARGEST_BOUND ? bounded(build.scale(cut, 1 / bound), 1) : bounded(cut, bound);
}
