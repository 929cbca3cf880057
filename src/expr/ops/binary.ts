/** Functions of two values, applied element by element with broadcasting: add, mul, maximum and their kin. */
import { type Build, type Expr, type Kernel, type Operation, uniformValue } from '../expr.ts';
import { broadcastShape, broadcastStrides, offsetsOf, sameShape, sizeOf } from '../shape.ts';
import { broadcastTo } from './shaping.ts';

/** The cotangents of (a, b) given that of y = f(a, b), all of y's shape; null where no change passes. */
type Rule = (c: Expr, a: Expr, b: Expr, y: Expr, build: Build) => readonly [Expr | null, Expr | null];

function binary(
  name: string,
  f: (a: number, b: number) => number,
  rule: Rule,
  simplify?: (a: Expr, b: Expr, build: Build) => Expr | undefined,
): Operation {
  return {
    name,
    shape: (shapes) => broadcastShape(name, shapes),
    derive(node, cotangent, build) {
      const [a, b] = node.inputs;
      const [toA, toB] = rule(cotangent, a, b, node, build);
      return [toA && build.sumTo(toA, a.shape), toB && build.sumTo(toB, b.shape)];
    },
    kernel: (node) => elementwise(node, f),
    simplify([a, b], attributes, shape, build) {
      // A repeated operand need not be written out when the other one has the full shape already.
      if (
        a.operation === broadcastTo &&
        sameShape(broadcastShape(name, [a.inputs[0].shape, b.shape]), shape)
      ) {
        return build.apply(this as Operation, [a.inputs[0], b], attributes);
      }
      if (
        b.operation === broadcastTo &&
        sameShape(broadcastShape(name, [a.shape, b.inputs[0].shape]), shape)
      ) {
        return build.apply(this as Operation, [a, b.inputs[0]], attributes);
      }
      const simpler = simplify?.(a, b, build);
      return simpler && build.broadcast(simpler, shape);
    },
  };
}

function elementwise(node: Expr, f: (a: number, b: number) => number): Kernel {
  const [a, b] = node.inputs;
  const size = sizeOf(node.shape);
  if (sizeOf(a.shape) === size && sizeOf(b.shape) === size) {
    return ([x, y], out) => {
      for (let i = 0; i < out.length; i++) out[i] = f(x[i], y[i]);
    };
  }
  if (sizeOf(b.shape) === 1) {
    return ([x, y], out) => {
      const value = y[0];
      for (let i = 0; i < out.length; i++) out[i] = f(x[i], value);
    };
  }
  if (sizeOf(a.shape) === 1) {
    return ([x, y], out) => {
      const value = x[0];
      for (let i = 0; i < out.length; i++) out[i] = f(value, y[i]);
    };
  }
  const offsetsA = offsetsOf(node.shape, broadcastStrides(a.shape, node.shape));
  const offsetsB = offsetsOf(node.shape, broadcastStrides(b.shape, node.shape));
  return ([x, y], out) => {
    for (let i = 0; i < out.length; i++) out[i] = f(x[offsetsA[i]], y[offsetsB[i]]);
  };
}

const is = (node: Expr, value: number) => uniformValue(node) === value;

export const add = binary(
  'add',
  (a, b) => a + b,
  (c) => [c, c],
  (a, b, { sub }) => {
    if (is(a, 0)) return b;
    if (is(b, 0)) return a;
    if (b.operation.name === 'neg') return sub(a, b.inputs[0]);
    if (a.operation.name === 'neg') return sub(b, a.inputs[0]);
    return undefined;
  },
);

export const sub = binary(
  'sub',
  (a, b) => a - b,
  (c, _a, _b, _y, { neg }) => [c, neg(c)],
  (a, b, { add: plus, neg }) => {
    if (is(b, 0)) return a;
    if (is(a, 0)) return neg(b);
    if (b.operation.name === 'neg') return plus(a, b.inputs[0]);
    return undefined;
  },
);

export const mul = binary(
  'mul',
  (a, b) => a * b,
  (c, a, b, _y, build) => [build.mul(c, b), build.mul(c, a)],
  (a, b, build) => {
    if (a.values && !b.values) return build.mul(b, a); // constants stand second
    if (is(b, 0)) return build.constant(0);
    if (is(b, 1)) return a;
    if (is(b, -1)) return build.neg(a);
    if (a.operation.name === 'neg') return build.neg(build.mul(a.inputs[0], b));
    if (b.operation.name === 'neg') return build.neg(build.mul(a, b.inputs[0]));
    const outer = uniformValue(b);
    if (a.operation === mul && outer !== undefined) {
      const inner = uniformValue(a.inputs[1]);
      if (inner !== undefined) return build.mul(a.inputs[0], build.constant(inner * outer));
    }
    return undefined;
  },
);

export const div = binary(
  'div',
  (a, b) => a / b,
  (c, _a, b, y, build) => [build.div(c, b), build.neg(build.div(build.mul(c, y), b))],
  (a, b, build) => {
    if (is(b, 1)) return a;
    if (is(a, 0)) return build.constant(0);
    if (a.operation.name === 'neg') return build.neg(build.div(a.inputs[0], b));
    return undefined;
  },
);

/** 1 where a > b, else 0; NaN compares as false. */
export const greater = binary(
  'greater',
  (a, b) => (a > b ? 1 : 0),
  () => [null, null],
);

/** Where both are equal, the second one gets the slope. */
export const maximum = binary('maximum', Math.max, (c, a, b, _y, build) => {
  const first = build.greater(a, b);
  return [build.mul(c, first), build.mul(c, build.sub(build.constant(1), first))];
});

export const minimum = binary('minimum', Math.min, (c, a, b, _y, build) => {
  const first = build.greater(b, a);
  return [build.mul(c, first), build.mul(c, build.sub(build.constant(1), first))];
});

/** Gradient reversal (Ganin & Lempitsky 2015): the value of x; the cotangent of x is -lambda times that of the result. */
export const reverseGradient: Operation = {
  name: 'reverseGradient',
  shape: ([x]) => x,
  derive: (node, cotangent, build) => [build.neg(build.mul(cotangent, node.inputs[1])), null],
  kernel:
    () =>
    ([x], out) =>
      out.set(x),
};
