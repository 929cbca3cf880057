/**
 * Functions of one value, applied to every element: exp, log, tanh, relu and their kin.
 *
 * Each has its own loop: one loop shared by all, calling a function per element, is several times slower.
 */
import type { Build, Expr, Operation } from '../expr.ts';
import * as elementary from './elementary.ts';

/** The derivative of y = f(x) by x, as an expression in x and y; null where it is 0 almost everywhere. */
type Slope = ((x: Expr, y: Expr, build: Build) => Expr) | null;

/** out[i] = f(x[i]). */
type Loop = (x: Float64Array, out: Float64Array) => void;

function unary(name: string, loop: Loop, slope: Slope): Operation {
  return {
    name,
    shape: ([x]) => x,
    derive: (node, cotangent, build) => [slope && build.mul(cotangent, slope(node.inputs[0], node, build))],
    kernel: () => (inputs, out) => loop(inputs[0], out),
  };
}

export const neg: Operation = {
  ...unary(
    'neg',
    (x, out) => {
      for (let i = 0; i < out.length; i++) out[i] = -x[i];
    },
    (_x, _y, { constant }) => constant(-1),
  ),
  simplify({ inputs: [x] }, build) {
    if (x.operation === neg) return x.inputs[0];
    if (x.operation.name === 'sub') return build.sub(x.inputs[1], x.inputs[0]);
    return undefined;
  },
};

export const exp = unary(
  'exp',
  (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = elementary.exp(x[i]);
  },
  (_, y) => y,
);

export const log = unary(
  'log',
  (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = elementary.log(x[i]);
  },
  (x, _, { div, constant }) => div(constant(1), x),
);

export const sqrt = unary(
  'sqrt',
  (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(x[i]);
  },
  (_, y, { div, constant }) => div(constant(0.5), y),
);

export const tanh = unary(
  'tanh',
  (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = elementary.tanh(x[i]);
  },
  (_, y, { sub, mul, constant }) => sub(constant(1), mul(y, y)),
);

/** 1 / (1 + e^-x). */
export const sigmoid = unary(
  'sigmoid',
  (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = elementary.sigmoid(x[i]);
  },
  (_, y, { sub, mul, constant }) => mul(y, sub(constant(1), y)),
);

/** ln(1 + e^x). */
export const softplus = unary(
  'softplus',
  (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = elementary.softplus(x[i]);
  },
  (x, _, build) => build.sigmoid(x),
);

export const sin = unary(
  'sin',
  (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = elementary.sin(x[i]);
  },
  (x, _, build) => build.cos(x),
);

export const cos = unary(
  'cos',
  (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = elementary.cos(x[i]);
  },
  (x, _, build) => build.neg(build.sin(x)),
);

/** max(x, 0). At the kink the slope is 0, as in every framework; NaN passes through. */
export const relu = unary(
  'relu',
  (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.max(x[i], 0);
  },
  (x, _, build) => build.step(x),
);

/** 1 where x > 0, else 0; NaN passes through. */
export const step = unary(
  'step',
  (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i] > 0 ? 1 : x[i] <= 0 ? 0 : x[i];
  },
  null,
);

/** |x|. At the kink the slope is 0. */
export const abs = unary(
  'abs',
  (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.abs(x[i]);
  },
  (x, _, build) => build.sign(x),
);

/** -1, 0 or 1; NaN passes through. */
export const sign = unary(
  'sign',
  (x, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.sign(x[i]);
  },
  null,
);

/** The value of its input; no derivative passes. */
export const stopGradient: Operation = {
  ...unary('stopGradient', (x, out) => out.set(x), null),
  simplify: ({ inputs: [x] }) => x,
};
