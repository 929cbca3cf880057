/** Functions of one value, applied to every element: exp, log, tanh, relu and their kin. */
import type { Build, Expr, Operation } from '../expr.ts';
import * as elementary from './elementary.ts';

/** The derivative of y = f(x) by x, as an expression in x and y; null where it is 0 almost everywhere. */
type Slope = ((x: Expr, y: Expr, build: Build) => Expr) | null;

function unary(
  name: string,
  f: (x: number) => number,
  slope: Slope,
  simplify?: Operation['simplify'],
): Operation {
  return {
    name,
    shape: ([x]) => x,
    derive: (node, cotangent, build) => [slope && build.mul(cotangent, slope(node.inputs[0], node, build))],
    kernel:
      () =>
      ([x], out) => {
        for (let i = 0; i < out.length; i++) out[i] = f(x[i]);
      },
    simplify,
  };
}

export const neg: Operation = {
  ...unary(
    'neg',
    (x) => -x,
    null,
    ([x]) => (x.operation === neg ? x.inputs[0] : undefined),
  ),
  derive: (_, cotangent, build) => [build.neg(cotangent)],
  kernel:
    () =>
    ([x], out) => {
      for (let i = 0; i < out.length; i++) out[i] = -x[i];
    },
};
export const exp = unary('exp', elementary.exp, (_, y) => y);
export const log = unary('log', elementary.log, (x, _, { div, constant }) => div(constant(1), x));
export const sqrt = unary('sqrt', Math.sqrt, (_, y, { div, constant }) => div(constant(0.5), y));
export const tanh = unary('tanh', elementary.tanh, (_, y, { sub, mul, constant }) =>
  sub(constant(1), mul(y, y)),
);
export const sigmoid = unary('sigmoid', elementary.sigmoid, (_, y, { sub, mul, constant }) =>
  mul(y, sub(constant(1), y)),
);
export const softplus = unary('softplus', elementary.softplus, (x, _, build) => build.sigmoid(x));
export const sin = unary('sin', Math.sin, (x, _, { cos }) => cos(x));
export const cos = unary('cos', Math.cos, (x, _, build) => build.neg(build.sin(x)));
/** max(x, 0). At the kink the slope is 0, as in every framework; NaN passes through. */
export const relu: Operation = {
  ...unary(
    'relu',
    (x) => (x <= 0 ? 0 : x),
    (x, _, { step }) => step(x),
  ),
  kernel:
    () =>
    ([x], out) => {
      for (let i = 0; i < out.length; i++) out[i] = x[i] <= 0 ? 0 : x[i];
    },
};
/** 1 where x > 0, else 0. */
export const step = unary('step', (x) => (x > 0 ? 1 : x <= 0 ? 0 : x), null);
export const abs = unary('abs', Math.abs, (x, _, build) => build.sign(x));
export const sign = unary('sign', Math.sign, null);

/** The value of its input; no derivative passes. */
export const stopGradient = unary('stopGradient', (x) => x, null);
