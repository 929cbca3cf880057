/** Simplifying changes the cost of an expression and not its value. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { build, type Expr, grad, inOrder, jvp, simplify, sizeOf } from '../../src/expr/index.ts';
import { choices } from './drawn.ts';
import { evaluate } from './evaluate.ts';
import { randomExpression } from './randomExpressions.ts';

/** Simplifying reorders a few operations; values lie near 1 and those of derivatives within some thousands. */
const TOLERANCE = 1e-11;

function expectEqual(found: Float64Array, expected: Float64Array) {
  expect(found).toHaveLength(expected.length);
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  found.forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(TOLERANCE * scale);
  });
}

test('random expressions and their derivatives keep their values', () => {
  fc.assert(
    fc.property(choices, (draw) => {
      const { inputs, values, output } = randomExpression(draw, 12);
      const first = jvp([output], inputs, inputs)[0];
      const second = grad(build.dot(first, first), inputs);
      for (const node of [output, first, ...second]) {
        expectEqual(evaluate(simplify([node])[0], values), evaluate(node, values));
      }
    }),
    { numRuns: 300 },
  );
});

test('what is simple stays as it is', () => {
  fc.assert(
    fc.property(choices, (draw) => {
      const { inputs, output } = randomExpression(draw, 12);
      const once = simplify(jvp([output], inputs, inputs));
      expect(simplify(once)[0]).toBe(once[0]);
      expect(inOrder(once).length).toBeLessThanOrEqual(inOrder(jvp([output], inputs, inputs)).length);
    }),
    { numRuns: 50 },
  );
});

const x = build.input('x', [2, 3]);
const y = build.input('y', [2, 3]);
const row = build.input('row', [3]);
const one = build.input('one', [1]);
const number = build.input('number');
const given = Object.fromEntries(
  [x, y, row, one, number].map((node) => [
    node.attributes.name as string,
    Float64Array.from({ length: sizeOf(node.shape) }, (_, i) => Math.sin(1 + i + node.id)),
  ]),
);
const zeros = build.constant(0, [2, 3]);
const { add, sub, mul, div, neg, constant } = build;

describe('these nodes are never made', () => {
  test.each<[string, Expr, Expr]>([
    ['x + 0', add(x, constant(0)), x],
    ['0 + x', add(zeros, x), x],
    ['x - 0', sub(x, constant(0)), x],
    ['0 - x', sub(zeros, x), neg(x)],
    ['row + 0 throughout a matrix', add(row, zeros), build.broadcast(row, [2, 3])],
    ['1 x', mul(constant(1), x), x],
    ['-1 x', mul(x, constant(-1)), neg(x)],
    ['x / 1', div(x, constant(1)), x],
    ['a number throughout a shape', mul(x, constant(3, [2, 3])), mul(x, constant(3))],
    ['reshape to the same', build.reshape(x, [2, 3]), x],
    ['transpose to the same', build.transpose(x, [0, 1]), x],
    ['broadcast to the same', build.broadcast(x, [2, 3]), x],
    ['slice of everything', build.slice(x, [0, 0], [2, 3]), x],
    ['pad by nothing', build.pad(x, [0, 0], [2, 3]), x],
    ['concat of one', build.concat([x]), x],
    [
      'sum of one',
      build.sum(build.reshape(x, [2, 1, 3]), [1]),
      build.reshape(build.reshape(x, [2, 1, 3]), [2, 3]),
    ],
    ['max of one', build.max(one), build.reshape(one, [])],
  ])('%s', (_, found, expected) => {
    expect(found).toBe(expected);
  });

  test.each<[string, Expr, number[]]>([
    ['0 x', mul(x, constant(0)), [0, 0, 0, 0, 0, 0]],
    ['0 / x', div(constant(0), x), [0, 0, 0, 0, 0, 0]],
    ['0 X', build.matmul(constant(0, [1, 2]), x), [0, 0, 0]],
    ['2 + 3', add(constant(2), constant(3)), [5]],
    ['sum of constants', build.sum(constant([1, 2, 3, 4], [2, 2]), [0]), [4, 6]],
    ['tanh 0', build.tanh(constant(0, [2])), [0, 0]],
  ])('%s', (_, found, values) => {
    expect(found.values).toBeDefined();
    expect([...evaluate(found, {})]).toEqual(values);
  });
});

describe('these become cheaper', () => {
  test.each<[string, Expr, Expr]>([
    ['- - x', neg(neg(x)), x],
    ['-(x - y)', neg(sub(x, y)), sub(y, x)],
    ['x + (-y)', add(x, neg(y)), sub(x, y)],
    ['(-x) + y', add(neg(x), y), sub(y, x)],
    ['x - (-y)', sub(x, neg(y)), add(x, y)],
    ['(-x)(-y)', mul(neg(x), neg(y)), mul(x, y)],
    ['(-x) / y', div(neg(x), y), neg(div(x, y))],
    ['3 (2 x)', build.scale(build.scale(x, 2), 3), build.scale(x, 6)],
    ['x + repeated row', add(x, build.broadcast(row, [2, 3])), add(x, row)],
    ['repeated row x', mul(build.broadcast(row, [2, 3]), x), mul(row, x)],
    ['reshape of a reshape', build.reshape(build.reshape(x, [6]), [3, 2]), build.reshape(x, [3, 2])],
    ['there and back', build.reshape(build.reshape(x, [6]), [2, 3]), x],
    ['transpose twice', build.transpose(build.transpose(x)), x],
    [
      'broadcast twice',
      build.broadcast(build.broadcast(row, [2, 3]), [4, 2, 3]),
      build.broadcast(row, [4, 2, 3]),
    ],
    ['product with a transpose', build.matmul(x, build.transpose(y)), build.matmul(x, y, false, true)],
    [
      'product of transposes',
      build.matmul(build.transpose(x), build.transpose(y), true),
      build.matmul(x, y, false, true),
    ],
    [
      'slice of a slice',
      build.slice(build.slice(x, [0, 1], [2, 2]), [1, 0], [1, 1]),
      build.slice(x, [1, 1], [1, 1]),
    ],
    ['slice of a part', build.slice(build.concat([x, y]), [2, 1], [2, 1]), build.slice(y, [0, 1], [2, 1])],
    [
      'slice across parts',
      build.slice(build.concat([x, y]), [1, 0], [2, 3]),
      build.slice(build.concat([x, y]), [1, 0], [2, 3]),
    ],
    ['sum of a reshape', build.sum(build.reshape(x, [6])), build.sum(x)],
    [
      'sum of equal terms',
      build.sum(build.broadcast(number, [2, 3]), [0]),
      build.broadcast(build.scale(number, 2), [3]),
    ],
    ['stopGradient', build.stopGradient(x), x],
    ['reverseGradient', build.reverseGradient(x, number), x],
  ])('%s', (_, found, expected) => {
    expect(simplify([found])[0]).toBe(expected);
    expectEqual(evaluate(found, given), evaluate(expected, given));
  });
});

test('a forward product needs nothing of the cotangent that it was transposed with', () => {
  fc.assert(
    fc.property(choices, (draw) => {
      const { inputs, output } = randomExpression(draw, 10);
      const names = inOrder(jvp([output], inputs, inputs)).map((node) => node.attributes.name);
      expect(names).not.toContain('cotangent 0');
    }),
    { numRuns: 50 },
  );
});
