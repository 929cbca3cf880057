/** Derivatives of every operation, to third order. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reference } from '../../src/compute/reference/reference.ts';
import { build, type Expr, grad, jvp, vjp } from '../../src/expr/index.ts';
import type { Choices } from './choices.ts';
import { expectRightDerivatives } from './differences.ts';
import { choices } from './drawn.ts';
import { operations, operationsOf } from './operations.ts';
import { gates, moves, randomExpression } from './randomExpressions.ts';

const valuesOf = (node: Expr, given: Record<string, number | Float64Array> = {}) => [
  ...reference.compile({ node }).run(given).node,
];

/** One move between a curve before it and a square after it, so that no derivative is zero for a dull reason. */
function curved(draw: Choices, name: string) {
  const { inputs, values, output } = randomExpression(draw, 3, {
    sin: moves.sin,
    add: moves.add,
    mul: moves.mul,
  });
  const made = moves[name](
    { node: build.sin(output), bound: 1 },
    { node: build.sin(inputs[0]), bound: 1 },
    draw,
  );
  return { inputs, values, output: build.square(made.node), made: made.node };
}

describe('finite differences hold, to third order, the derivatives of', () => {
  test.each(Object.keys(moves))('%s', (name) => {
    fc.assert(
      fc.property(choices, (draw) => {
        const { inputs, values, output } = curved(draw, name);
        expectRightDerivatives(inputs, values, output, draw);
      }),
      { numRuns: 15 },
    );
  });

  test('random expressions', () => {
    fc.assert(
      fc.property(choices, (draw) => {
        const { inputs, values, output } = randomExpression(draw, 8, moves);
        expectRightDerivatives(inputs, values, output, draw);
      }),
      { numRuns: 100 },
    );
  });
});

test('every operation is among those whose derivatives are tested', () => {
  const tested = new Set<string>();
  for (const name of Object.keys(moves)) {
    const samples = fc.sample(choices, { numRuns: 10, seed: 1 });
    for (const draw of samples) for (const used of operationsOf(curved(draw, name).made)) tested.add(used);
  }
  expect(operations.map(({ name }) => name).filter((name) => !tested.has(name) && !(name in gates))).toEqual(
    [],
  );
});

test('the differences catch a wrong derivative rule', () => {
  const wrong = { ...build.sin(build.input('x')).operation, derive: (_: Expr, c: Expr) => [c] };
  const x = build.input('x', [3]);
  const draw = fc.sample(choices, { numRuns: 1, seed: 1 })[0];
  expect(() => expectRightDerivatives([x], { x: draw.values([3]) }, build.apply(wrong, [x]), draw)).toThrow(
    'derivative of order 1',
  );
});

test('stopGradient keeps the value and passes no derivative', () => {
  const x = build.input('x');
  const y = build.mul(x, build.stopGradient(build.square(x)));
  expect(valuesOf(y, { x: 3 })).toEqual([27]);
  expect(valuesOf(grad(y, [x])[0], { x: 3 })).toEqual([9]);
  expect(valuesOf(jvp([build.stopGradient(x)], [x], [x])[0])).toEqual([0]);
});

test('reverseGradient keeps the value and turns the cotangent into -lambda times it', () => {
  const x = build.input('x', [2]);
  const lambda = build.input('lambda');
  const c = build.input('c', [2]);
  const y = build.reverseGradient(x, lambda);
  const given = { x: Float64Array.of(1, 2), c: Float64Array.of(5, 7), lambda: 0.5 };
  expect(valuesOf(y, given)).toEqual([1, 2]);
  const [toX, toLambda] = vjp([y], [x, lambda], [c]);
  expect(valuesOf(toX, given)).toEqual([-2.5, -3.5]);
  expect(valuesOf(toLambda)).toEqual([0]);
  expect(valuesOf(jvp([y], [x], [c])[0], given)).toEqual([-2.5, -3.5]);
  expect(valuesOf(grad(build.dot(toX, toX), [lambda])[0], given)).toEqual([2 * 0.5 * (25 + 49)]);
});

test('the second derivative of the cross-entropy at logit .3, label 1 is sigma (1 - sigma)', () => {
  const logit = build.input('logit');
  const loss = build.softplus(build.neg(logit));
  const second = grad(grad(loss, [logit])[0], [logit])[0];
  const sigma = 1 / (1 + Math.exp(-0.3));
  expect(valuesOf(second, { logit: 0.3 })[0]).toBeCloseTo(sigma * (1 - sigma), 15);
  expect(sigma * (1 - sigma)).toBeCloseTo(0.244458, 6);
});

test.each([
  ['relu', build.relu, 0],
  ['abs', build.abs, 0],
  ['step', build.step, 0],
  ['leakyRelu', (x: Expr) => build.leakyRelu(x, 0.2), 0],
  ['maximum, for the second', (x: Expr) => build.maximum(build.constant(0), x), 1],
  ['maximum, for the first', (x: Expr) => build.maximum(x, build.constant(0)), 0],
  ['minimum, for the second', (x: Expr) => build.minimum(build.constant(0), x), 1],
])('the slope at the kink of %s', (_, f, slope) => {
  const x = build.input('x');
  expect(valuesOf(grad(f(x), [x])[0], { x: 0 })).toEqual([slope]);
});

test('max shares the slope evenly among equal values', () => {
  const x = build.input('x', [4]);
  expect(valuesOf(grad(build.max(x), [x])[0], { x: Float64Array.of(3, 1, 3, 2) })).toEqual([0.5, 0, 0.5, 0]);
});

test('what an input does not reach has derivative zero, of the shape of the input', () => {
  const [x, y] = [build.input('x', [2, 3]), build.input('y')];
  const [toX] = grad(build.square(y), [x]);
  expect(toX.shape).toEqual([2, 3]);
  expect(valuesOf(toX)).toEqual([0, 0, 0, 0, 0, 0]);
});

describe('a derivative may be taken by any node, whatever the nodes around it are', () => {
  const x = build.input('x', [4]);
  const given = { x: Float64Array.of(1, 2, 3, 4) };
  const matrix = build.reshape(x, [2, 2]);
  test.each<[string, Expr, (y: Expr) => Expr, number[]]>([
    ['sum of a reshape', matrix, (y) => build.sum(y), [1, 1, 1, 1]],
    ['reshape of a reshape', matrix, (y) => build.sum(build.square(build.reshape(y, [4]))), [2, 4, 6, 8]],
    ['neg of a neg', build.neg(x), (y) => build.sum(build.neg(y)), [-1, -1, -1, -1]],
    ['add of a neg', build.neg(x), (y) => build.sum(build.add(x, y)), [1, 1, 1, 1]],
    ['product with a neg', build.neg(x), (y) => build.sum(build.mul(x, y)), [1, 2, 3, 4]],
    ['multiple of a multiple', build.scale(x, 2), (y) => build.sum(build.scale(y, 3)), [3, 3, 3, 3]],
    [
      'product with a transpose',
      build.transpose(matrix),
      (y) => build.sum(build.matmul(y, y)),
      [7, 9, 11, 13],
    ],
    ['slice of a slice', build.slice(x, [0], [3]), (y) => build.sum(build.slice(y, [1], [2])), [0, 1, 1]],
    ['broadcast', build.broadcast(build.slice(x, [0], [1]), [3]), (y) => build.sum(y), [1, 1, 1]],
    [
      'product with a broadcast',
      build.broadcast(x, [2, 4]),
      (y) => build.sum(build.mul(y, build.broadcast(build.sin(x), [2, 4]))),
      [1, 2, 3, 4, 1, 2, 3, 4].map(Math.sin),
    ],
    ['stopped node', build.stopGradient(x), (y) => build.sum(build.square(y)), [2, 4, 6, 8]],
  ])('%s', (_, y, write, expected) => {
    const found = valuesOf(grad(write(y), [y])[0], given);
    expect(found).toHaveLength(expected.length);
    expected.forEach((value, i) => {
      expect(found[i]).toBeCloseTo(value, 14);
    });
  });

  test('but not by a constant', () => {
    expect(() => grad(build.mul(build.input('x'), build.constant(2)), [build.constant(2)])).toThrow(
      'vjp: input 0 is a constant; a derivative is taken by what can change',
    );
  });
});
