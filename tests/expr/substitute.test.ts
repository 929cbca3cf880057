/** Substitution: nodes replaced wherever they are used, and nothing else touched. */
import { expect, test } from 'vitest';
import { reference } from '../../src/compute/reference/reference.ts';
import { build, grad, substitute } from '../../src/expr/index.ts';

const { input, add, mul, square, sum, tanh, constant } = build;
const x = input('x', [2]);
const y = input('y', [2]);

test('replaces a node wherever it is used, in all outputs alike', () => {
  const inner = tanh(x);
  const outputs = [add(inner, inner), mul(inner, y)];
  expect(substitute(outputs, new Map([[inner, y]]))).toEqual([add(y, y), mul(y, y)]);
});

test('leaves alone, as the very same node, what does not contain it', () => {
  const kept = sum(square(y));
  const [first, second] = substitute([kept, sum(x)], new Map([[x, y]]));
  expect(first).toBe(kept);
  expect(second).toBe(sum(y));
});

test('replaces at once, not one after the other: two nodes can change places', () => {
  expect(
    substitute(
      [add(mul(x, constant(2)), y)],
      new Map([
        [x, y],
        [y, x],
      ]),
    )[0],
  ).toBe(add(mul(y, constant(2)), x));
});

test('does not look into a replacement, which may contain what it replaces', () => {
  expect(substitute([square(x)], new Map([[x, add(x, y)]]))[0]).toBe(square(add(x, y)));
});

test('replaces an output itself, and nothing without replacements', () => {
  expect(substitute([x], new Map([[x, y]]))[0]).toBe(y);
  const output = square(add(x, y));
  expect(substitute([output], new Map())[0]).toBe(output);
});

test('is followed by the chain rule: d f(g(x)) = f’(g(x)) g’(x)', () => {
  const inner = mul(x, constant(3));
  const [outer] = substitute([sum(square(y))], new Map([[y, inner]]));
  const program = reference.compile({ slope: grad(outer, [x])[0] });
  expect([...program.run({ x: Float64Array.of(1, -2) }).slope]).toEqual([18, -36]);
});

test('refuses a replacement of another shape', () => {
  expect(() => substitute([x], new Map([[x, constant(1)]]))).toThrow(/same shape/);
});
