/**
 * Functions of two values, applied element by element with broadcasting: add, mul, maximum and their kin.
 *
 * Each has its own loop: one loop shared by all, calling a function per element, is several times slower.
 */
import { apply, type Build, type Expr, type Operation, uniformValue } from '../expr.ts';
import { broadcastShape, broadcastStrides, offsetsOf, type Shape, ShapeError, sameShape } from '../shape.ts';
import { broadcastTo } from './shaping.ts';

/** The cotangents of (a, b) given that of y = f(a, b), all of y's shape; null where no change passes. */
type Rule = (c: Expr, a: Expr, b: Expr, y: Expr, build: Build) => readonly [Expr | null, Expr | null];

/** out = f(x, y): `width` elements from each pair of starts, in which x and y advance by 1 or by 0. */
type Loop = (x: Float64Array, y: Float64Array, out: Float64Array, walk: Walk) => void;

interface Walk {
  readonly width: number;
  readonly startsX: Int32Array;
  readonly startsY: Int32Array;
  readonly stepX: number;
  readonly stepY: number;
}

/** How to read a and b as if both had `shape`: the longest runs in which each advances or stays throughout. */
function walkOf(a: Shape, b: Shape, shape: Shape): Walk {
  const stridesX = broadcastStrides(a, shape);
  const stridesY = broadcastStrides(b, shape);
  let width = 1;
  let stepX = 0;
  let stepY = 0;
  let axis = shape.length;
  for (; axis > 0; axis--) {
    const at = axis - 1;
    if (shape[at] === 1) continue;
    if (width === 1) {
      stepX = stridesX[at];
      stepY = stridesY[at];
    } else if (stridesX[at] !== stepX * width || stridesY[at] !== stepY * width) break;
    width *= shape[at];
  }
  const outer = shape.slice(0, axis);
  return {
    width,
    startsX: offsetsOf(outer, stridesX.slice(0, axis)),
    startsY: offsetsOf(outer, stridesY.slice(0, axis)),
    stepX,
    stepY,
  };
}

interface Rules {
  readonly derive: Rule;
  /** For values a and b that may be smaller than the result; what it gives is broadcast to the result. */
  readonly shortcut?: (a: Expr, b: Expr, build: Build) => Expr | undefined;
  readonly simplify?: (a: Expr, b: Expr, build: Build) => Expr | undefined;
}

function binary(name: string, loop: Loop, rules: Rules): Operation {
  const operation: Operation = {
    name,
    shape: (shapes) => broadcastShape(name, shapes),
    derive(node, cotangent, build) {
      const [a, b] = node.inputs;
      const [toA, toB] = rules.derive(cotangent, a, b, node, build);
      return [toA && build.sumTo(toA, a.shape), toB && build.sumTo(toB, b.shape)];
    },
    kernel(node) {
      const walk = walkOf(node.inputs[0].shape, node.inputs[1].shape, node.shape);
      return (inputs, out) => loop(inputs[0], inputs[1], out, walk);
    },
    shortcut([a, b], _attributes, shape, build) {
      const shorter = rules.shortcut?.(a, b, build);
      if (shorter) return build.broadcast(shorter, shape);
      // One number throughout is one number.
      for (const [at, operand] of [a, b].entries()) {
        const value = operand.shape.length > 0 ? uniformValue(operand) : undefined;
        const other = at === 0 ? b : a;
        if (value === undefined || !sameShape(other.shape, shape)) continue;
        return apply(operation, at === 0 ? [build.constant(value), b] : [a, build.constant(value)]);
      }
      return undefined;
    },
    simplify(node, build) {
      const [a, b] = node.inputs;
      // A repeated operand need not be written out when the other one has the full shape already.
      for (const [at, operand] of [a, b].entries()) {
        if (operand.operation !== broadcastTo) continue;
        const small = operand.inputs[0];
        const inputs = at === 0 ? [small, b] : [a, small];
        const shapes = inputs.map((input) => input.shape);
        if (sameShape(broadcastShape(name, shapes), node.shape)) return apply(operation, inputs);
      }
      const simpler = rules.simplify?.(a, b, build);
      return simpler && build.broadcast(simpler, node.shape);
    },
  };
  return operation;
}

const is = (node: Expr, value: number) => uniformValue(node) === value;

/** f(a, b) = f(b, a): one order for both, the older first and constants second, so that they are shared. */
const swapped = (a: Expr, b: Expr) => (a.values ? !b.values : !b.values && a.id > b.id);

export const add = binary(
  'add',
  (x, y, out, { width, startsX, startsY, stepX, stepY }) => {
    for (let run = 0, i = 0; run < startsX.length; run++) {
      let p = startsX[run];
      let q = startsY[run];
      for (const end = i + width; i < end; i++, p += stepX, q += stepY) out[i] = x[p] + y[q];
    }
  },
  {
    derive: (c) => [c, c],
    shortcut(a, b, build) {
      if (swapped(a, b)) return build.add(b, a);
      return is(b, 0) ? a : undefined;
    },
    simplify(a, b, { sub }) {
      if (b.operation.name === 'neg') return sub(a, b.inputs[0]);
      if (a.operation.name === 'neg') return sub(b, a.inputs[0]);
      return undefined;
    },
  },
);

export const sub = binary(
  'sub',
  (x, y, out, { width, startsX, startsY, stepX, stepY }) => {
    for (let run = 0, i = 0; run < startsX.length; run++) {
      let p = startsX[run];
      let q = startsY[run];
      for (const end = i + width; i < end; i++, p += stepX, q += stepY) out[i] = x[p] - y[q];
    }
  },
  {
    derive: (c, _a, _b, _y, { neg }) => [c, neg(c)],
    shortcut(a, b, { neg }) {
      if (is(b, 0)) return a;
      return is(a, 0) ? neg(b) : undefined;
    },
    simplify: (a, b, build) => (b.operation.name === 'neg' ? build.add(a, b.inputs[0]) : undefined),
  },
);

export const mul: Operation = binary(
  'mul',
  (x, y, out, { width, startsX, startsY, stepX, stepY }) => {
    for (let run = 0, i = 0; run < startsX.length; run++) {
      let p = startsX[run];
      let q = startsY[run];
      for (const end = i + width; i < end; i++, p += stepX, q += stepY) out[i] = x[p] * y[q];
    }
  },
  {
    derive: (c, a, b, _y, build) => [build.mul(c, b), build.mul(c, a)],
    shortcut(a, b, build) {
      if (swapped(a, b)) return build.mul(b, a);
      if (is(b, 0)) return build.constant(0);
      if (is(b, 1)) return a;
      return is(b, -1) ? build.neg(a) : undefined;
    },
    simplify(a, b, build) {
      if (a.operation.name === 'neg') return build.neg(build.mul(a.inputs[0], b));
      if (b.operation.name === 'neg') return build.neg(build.mul(a, b.inputs[0]));
      const outer = uniformValue(b);
      const inner = a.operation === mul ? uniformValue(a.inputs[1]) : undefined;
      if (outer === undefined || inner === undefined) return undefined;
      return build.mul(a.inputs[0], build.constant(inner * outer));
    },
  },
);

export const div = binary(
  'div',
  (x, y, out, { width, startsX, startsY, stepX, stepY }) => {
    for (let run = 0, i = 0; run < startsX.length; run++) {
      let p = startsX[run];
      let q = startsY[run];
      for (const end = i + width; i < end; i++, p += stepX, q += stepY) out[i] = x[p] / y[q];
    }
  },
  {
    derive: (c, _a, b, y, build) => [build.div(c, b), build.neg(build.div(build.mul(c, y), b))],
    shortcut(a, b, build) {
      if (is(b, 1)) return a;
      return is(a, 0) ? build.constant(0) : undefined;
    },
    simplify: (a, b, build) =>
      a.operation.name === 'neg' ? build.neg(build.div(a.inputs[0], b)) : undefined,
  },
);

/** 1 where a > b, else 0; NaN compares as false. */
export const greater = binary(
  'greater',
  (x, y, out, { width, startsX, startsY, stepX, stepY }) => {
    for (let run = 0, i = 0; run < startsX.length; run++) {
      let p = startsX[run];
      let q = startsY[run];
      for (const end = i + width; i < end; i++, p += stepX, q += stepY) out[i] = x[p] > y[q] ? 1 : 0;
    }
  },
  { derive: () => [null, null] },
);

/** The larger; NaN if either is. Where both are equal, the second one gets the slope. */
export const maximum = binary(
  'maximum',
  (x, y, out, { width, startsX, startsY, stepX, stepY }) => {
    for (let run = 0, i = 0; run < startsX.length; run++) {
      let p = startsX[run];
      let q = startsY[run];
      for (const end = i + width; i < end; i++, p += stepX, q += stepY) out[i] = Math.max(x[p], y[q]);
    }
  },
  {
    derive(c, a, b, _y, { mul, sub, greater, constant }) {
      const first = greater(a, b);
      return [mul(c, first), mul(c, sub(constant(1), first))];
    },
  },
);

/** The smaller; NaN if either is. Where both are equal, the second one gets the slope. */
export const minimum = binary(
  'minimum',
  (x, y, out, { width, startsX, startsY, stepX, stepY }) => {
    for (let run = 0, i = 0; run < startsX.length; run++) {
      let p = startsX[run];
      let q = startsY[run];
      for (const end = i + width; i < end; i++, p += stepX, q += stepY) out[i] = Math.min(x[p], y[q]);
    }
  },
  {
    derive(c, a, b, _y, { mul, sub, greater, constant }) {
      const first = greater(b, a);
      return [mul(c, first), mul(c, sub(constant(1), first))];
    },
  },
);

/** Gradient reversal (Ganin & Lempitsky 2015): the value of x; the cotangent of x is -lambda times that of the result. */
export const reverseGradient: Operation = {
  name: 'reverseGradient',
  shape([x, lambda]) {
    if (lambda.length > 0) throw new ShapeError('reverseGradient', [x, lambda], 'a scalar as the second');
    return x;
  },
  derive: (node, cotangent, build) => [build.neg(build.mul(cotangent, node.inputs[1])), null],
  kernel: () => (inputs, out) => out.set(inputs[0]),
  simplify: ({ inputs: [x] }) => x,
};
