/** The functions with which authors write expressions. */
import { apply, type Expr, type Shape } from './expr.ts';
import * as binary from './ops/binary.ts';
import * as products from './ops/matmul.ts';
import * as reduction from './ops/reduction.ts';
import * as shaping from './ops/shaping.ts';
import { makeConstant, makeInput } from './ops/source.ts';
import * as unary from './ops/unary.ts';
import { broadcastAxes, broadcastShape, ShapeError, sameShape } from './shape.ts';

export { apply };

/** A named input of a program. */
export const input = (name: string, shape: Shape = []): Expr => makeInput(name, shape);
/** One number throughout `shape`, or row-major values of that shape. */
export const constant = (values: number | ArrayLike<number>, shape: Shape = []): Expr =>
  makeConstant(values, shape);

export const neg = (x: Expr) => apply(unary.neg, [x]);
export const exp = (x: Expr) => apply(unary.exp, [x]);
export const log = (x: Expr) => apply(unary.log, [x]);
export const sqrt = (x: Expr) => apply(unary.sqrt, [x]);
export const tanh = (x: Expr) => apply(unary.tanh, [x]);
/** 1 / (1 + e^-x). */
export const sigmoid = (x: Expr) => apply(unary.sigmoid, [x]);
/** ln(1 + e^x), without overflow. */
export const softplus = (x: Expr) => apply(unary.softplus, [x]);
export const sin = (x: Expr) => apply(unary.sin, [x]);
export const cos = (x: Expr) => apply(unary.cos, [x]);
export const relu = (x: Expr) => apply(unary.relu, [x]);
/** 1 where x > 0, else 0; no derivative passes. */
export const step = (x: Expr) => apply(unary.step, [x]);
export const abs = (x: Expr) => apply(unary.abs, [x]);
/** -1, 0 or 1; no derivative passes. */
export const sign = (x: Expr) => apply(unary.sign, [x]);
/** The value of x; no derivative passes. */
export const stopGradient = (x: Expr) => apply(unary.stopGradient, [x]);
/** The value of x; the gradient that passes back is multiplied by -lambda, a scalar. */
export const reverseGradient = (x: Expr, lambda: Expr) => apply(binary.reverseGradient, [x, lambda]);

export const add = (a: Expr, b: Expr) => apply(binary.add, [a, b]);
export const sub = (a: Expr, b: Expr) => apply(binary.sub, [a, b]);
export const mul = (a: Expr, b: Expr) => apply(binary.mul, [a, b]);
export const div = (a: Expr, b: Expr) => apply(binary.div, [a, b]);
export const maximum = (a: Expr, b: Expr) => apply(binary.maximum, [a, b]);
export const minimum = (a: Expr, b: Expr) => apply(binary.minimum, [a, b]);
/** 1 where a > b, else 0; no derivative passes. */
export const greater = (a: Expr, b: Expr) => apply(binary.greater, [a, b]);
export const square = (x: Expr) => mul(x, x);
/** c a, for a number c. */
export const scale = (x: Expr, by: number) => mul(x, constant(by));
/** x where it is positive, else slope x. */
export const leakyRelu = (x: Expr, slope: number) => sub(relu(x), scale(relu(neg(x)), slope));
/** relu(x) + e^min(x,0) - 1 (Clevert et al. 2016, alpha = 1). */
export const elu = (x: Expr) => add(relu(x), sub(exp(minimum(x, constant(0))), constant(1)));

export const reshape = (x: Expr, shape: Shape) => apply(shaping.reshape, [x], { shape });
/** Axes in a new order; without one, reversed. */
export const transpose = (
  x: Expr,
  order: readonly number[] = x.shape.map((_, axis) => x.shape.length - 1 - axis),
) => apply(shaping.transpose, [x], { order });
/** x repeated to a larger shape, by the rules of elementwise operations. */
export const broadcast = (x: Expr, shape: Shape) => apply(shaping.broadcastTo, [x], { shape });
/** The part of x of extents `size` that starts at `begin`. */
export const slice = (x: Expr, begin: readonly number[], size: Shape) =>
  apply(shaping.slice, [x], { begin, size });
/** Zeros of shape `shape` with x written at `begin`. */
export const pad = (x: Expr, begin: readonly number[], shape: Shape) =>
  apply(shaping.pad, [x], { begin, shape });
export const concat = (parts: readonly Expr[], axis = 0) => apply(shaping.concat, parts, { axis });

/** The sum over the given axes, which disappear; without any, over all. */
export const sum = (x: Expr, axes: readonly number[] = x.shape.map((_, axis) => axis)) =>
  apply(reduction.sum, [x], { axes });
export const mean = (x: Expr, axes: readonly number[] = x.shape.map((_, axis) => axis)) =>
  scale(sum(x, axes), 1 / axes.reduce((count, axis) => count * x.shape[axis], 1));
export const max = (x: Expr, axes: readonly number[] = x.shape.map((_, axis) => axis)) =>
  apply(reduction.max, [x], { axes });
/** x summed down to `shape`: what undoes a broadcast from it. */
export function sumTo(x: Expr, shape: Shape): Expr {
  if (!sameShape(broadcastShape('sumTo', [x.shape, shape]), x.shape)) {
    throw new ShapeError('sumTo', [x.shape, shape], 'a second shape that repeats into the first');
  }
  return reshape(sum(x, broadcastAxes(shape, x.shape)), shape);
}

/** op(a) op(b), where op transposes if asked. */
export const matmul = (a: Expr, b: Expr, transposeA = false, transposeB = false) =>
  apply(products.matmul, [a, b], { transposeA, transposeB });

/** ln sum e^x over the last axis, which disappears; the largest value is taken out first. */
export function logSumExp(x: Expr): Expr {
  const last = x.shape.length - 1;
  const top = stopGradient(max(x, [last]));
  const keptShape = [...top.shape, 1];
  return add(log(sum(exp(sub(x, reshape(top, keptShape))), [last])), top);
}
/** ln softmax over the last axis. */
export const logSoftmax = (x: Expr) => {
  const total = logSumExp(x);
  return sub(x, reshape(total, [...total.shape, 1]));
};
export const softmax = (x: Expr) => exp(logSoftmax(x));
/** Inner product of two expressions of the same shape. */
export const dot = (a: Expr, b: Expr) => sum(mul(a, b));
