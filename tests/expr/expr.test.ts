/** What nodes are: shared, frozen, of a right shape. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { build, type Expr, grad, inOrder, jvp, ShapeError, vjp } from '../../src/expr/index.ts';
import { choices } from './drawn.ts';
import { evaluate } from './evaluate.ts';
import { randomExpression } from './randomExpressions.ts';

const x = build.input('x', [2, 3]);
const y = build.input('y', [3]);

describe('equal nodes are one object', () => {
  test.each<[string, () => Expr]>([
    ['of one input', () => build.tanh(x)],
    ['of two', () => build.mul(x, y)],
    ['with attributes', () => build.sum(x, [1])],
    ['with lists', () => build.reshape(x, [3, 2])],
    ['with a number', () => build.mul(x, build.constant(2.5))],
    ['with a number throughout a shape', () => build.maximum(y, build.constant(2.5, [2, 3]))],
    ['deep ones', () => build.softmax(build.add(build.matmul(x, build.transpose(x)), build.sum(y)))],
    ['derivatives', () => grad(build.sum(build.square(build.tanh(x))), [x])[0]],
    ['forward products', () => jvp([build.square(build.tanh(x))], [x], [x])[0]],
  ])('%s', (_, make) => {
    expect(make()).toBe(make());
  });

  test('whatever the order of terms and factors', () => {
    expect(build.add(x, y)).toBe(build.add(y, x));
    expect(build.mul(x, y)).toBe(build.mul(y, x));
    expect(build.mul(build.constant(3), y)).toBe(build.mul(y, build.constant(3)));
  });

  test('and different ones are not', () => {
    expect(build.sub(x, y)).not.toBe(build.sub(y, x));
    expect(build.sum(x, [0])).not.toBe(build.sum(x, [1]));
    expect(build.mul(x, build.constant(2))).not.toBe(build.mul(x, build.constant(3)));
    expect(build.div(y, build.constant(0))).not.toBe(build.div(y, build.constant(-0)));
    expect(build.input('x', [2, 3])).not.toBe(x);
  });
});

test('a node, its shape, its inputs and its attributes are frozen, and its own', () => {
  const shape = [3, 2];
  const node = build.reshape(x, shape);
  shape[0] = 99;
  expect(node.shape).toEqual([3, 2]);
  expect(node.attributes.shape).toEqual([3, 2]);
  for (const part of [node, node.shape, node.inputs, node.attributes, node.attributes.shape]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
  const values = [1, 2];
  const constant = build.constant(values, [2]);
  values[0] = 99;
  expect(constant.values).toEqual(Float64Array.of(1, 2));
});

test('inputs come before their readers, and each node once', () => {
  fc.assert(
    fc.property(choices, (draw) => {
      const order = inOrder([randomExpression(draw, 12).output]);
      const seen = new Set<Expr>();
      for (const node of order) {
        for (const input of node.inputs) expect(seen).toContain(input);
        expect(seen).not.toContain(node);
        seen.add(node);
      }
    }),
    { numRuns: 50 },
  );
});

test('an expression of 100,000 nodes in a row is ordered and differentiated', () => {
  let node = build.input('start');
  const start = node;
  for (let i = 0; i < 50_000; i++) node = build.sin(build.neg(node));
  expect(inOrder([node])).toHaveLength(100_001);
  const values = { start: Float64Array.of(0) };
  expect(evaluate(grad(node, [start])[0], values)).toEqual(Float64Array.of(1));
});

describe('a mistake in the shapes is told with the operation, the shapes and what was expected', () => {
  const matrix = build.input('matrix', [2, 4]);
  test.each<[string, () => unknown, string]>([
    [
      'add',
      () => build.add(x, matrix),
      'add: got [2, 3] and [2, 4]; expected extents that are equal or 1, aligned at the last axis',
    ],
    [
      'matmul',
      () => build.matmul(x, matrix),
      'matmul: got [2, 3] and [2, 4]; expected the 3 columns of the first to equal the 2 rows of the second',
    ],
    [
      'matmul, transposed',
      () => build.matmul(x, matrix, true, true),
      'matmul: got [2, 3] and [2, 4]; expected the 2 rows of the first to equal the 4 columns of the second',
    ],
    ['matmul of a vector', () => build.matmul(x, y), 'matmul: got [2, 3] and [3]; expected two matrices'],
    [
      'reshape',
      () => build.reshape(x, [5]),
      'reshape: got [2, 3] and [5]; expected as many elements before as after',
    ],
    [
      'reshape to nonsense',
      () => build.reshape(x, [-2, -3]),
      'reshape: got [-2, -3]; expected extents that are whole numbers, 0 or more',
    ],
    [
      'transpose',
      () => build.transpose(x, [0, 0]),
      'transpose: got [2, 3]; expected each axis once, not the order 0, 0',
    ],
    [
      'broadcast',
      () => build.broadcast(x, [3]),
      'broadcastTo: got [2, 3] and [3]; expected a first shape that repeats into the second',
    ],
    [
      'slice',
      () => build.slice(x, [1, 1], [2, 1]),
      'slice: got [2, 3]; expected a part that lies inside, not [2, 1] from [1, 1]',
    ],
    [
      'pad',
      () => build.pad(x, [1, 0], [2, 3]),
      'pad: got [2, 3] and [2, 3]; expected a first shape that fits into the second at [1, 0]',
    ],
    [
      'concat',
      () => build.concat([x, matrix]),
      'concat: got [2, 3] and [2, 4]; expected shapes that agree but for axis 0',
    ],
    ['concat of nothing', () => build.concat([]), 'concat: got no inputs; expected at least one part'],
    ['sum', () => build.sum(x, [2]), 'sum: got [2, 3]; expected axes of the input, each once, not 2'],
    ['max', () => build.max(x, [1, 1]), 'max: got [2, 3]; expected axes of the input, each once, not 1, 1'],
    [
      'max of nothing',
      () => build.max(build.input('empty', [0])),
      'max: got [0]; expected at least one value to choose from',
    ],
    ['sumTo', () => build.sumTo(x, [2]), 'sumTo: got [2, 3] and [2]; expected'],
    [
      'reverseGradient',
      () => build.reverseGradient(x, y),
      'reverseGradient: got [2, 3] and [3]; expected a scalar as the second',
    ],
    ['constant', () => build.constant([1, 2], [3]), 'constant: got [3]; expected 3 values, not 2'],
    [
      'input',
      () => build.input('x', [1.5]),
      'input x: got [1.5]; expected extents that are whole numbers, 0 or more',
    ],
    ['grad', () => grad(x, [x]), 'grad: got [2, 3]; expected a scalar loss'],
    [
      'vjp',
      () => vjp([x], [x], [y]),
      'vjp: got [2, 3] and [3]; expected a cotangent of the shape of its output',
    ],
    [
      'jvp',
      () => jvp([x], [x], [y]),
      'jvp: got [2, 3] and [3]; expected a direction of the shape of its input',
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(ShapeError);
    expect(make).toThrow(message);
  });
});

describe('nothing is a shape as well', () => {
  const empty = build.input('empty', [0, 3]);
  const given = { empty: new Float64Array(0), x: Float64Array.of(1, 2, 3, 4, 5, 6) };
  test.each<[string, Expr, number[]]>([
    ['sum', build.sum(empty, [0]), [0, 0, 0]],
    ['matmul', build.matmul(empty, empty, true), [0, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['pad', build.pad(empty, [0, 0], [1, 3]), [0, 0, 0]],
    ['concat', build.concat([empty, x, empty]), [1, 2, 3, 4, 5, 6]],
    ['tanh', build.tanh(empty), []],
    ['slice', build.slice(x, [1, 0], [0, 3]), []],
    ['mean', build.mean(empty), [NaN]],
    ['its gradient', grad(build.sum(build.square(build.concat([empty, x]))), [empty])[0], []],
  ])('%s', (_, node, expected) => {
    expect([...evaluate(node, given)]).toEqual(expected);
  });
});
