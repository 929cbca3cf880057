/** Convolution, its transpose and its filter gradient against their definition, term by term. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { build, type Expr, geometryOf, type Shape, sizeOf, vjp } from '../../src/expr/index.ts';
import type { Padding } from '../../src/expr/ops/convolution.ts';
import * as pictured from '../../src/expr/pictures.ts';
import type { Choices } from './choices.ts';
import { choices } from './drawn.ts';
import { evaluate } from './evaluate.ts';

/** x padded, then everything that the definition multiplies, one number at a time. */
function direct(node: Expr, [first, second]: readonly Float64Array[]): Float64Array {
  const { x, w, y, stride, pad } = geometryOf(node);
  const at = (shape: Shape, ...index: number[]) => index.reduce((sum, i, axis) => sum * shape[axis] + i, 0);
  const out = new Float64Array(sizeOf(node.shape));
  for (let n = 0; n < x[0]; n++)
    for (let row = 0; row < x[1]; row++)
      for (let column = 0; column < x[2]; column++)
        for (let i = 0; i < y[1]; i++)
          for (let j = 0; j < y[2]; j++) {
            const [p, q] = [row + pad[0] - stride[0] * i, column + pad[1] - stride[1] * j];
            if (p < 0 || p >= w[0] || q < 0 || q >= w[1]) continue;
            for (let c = 0; c < x[3]; c++)
              for (let d = 0; d < w[3]; d++) {
                const [inX, inW, inY] = [at(x, n, row, column, c), at(w, p, q, c, d), at(y, n, i, j, d)];
                if (node.operation.name === 'conv2d') out[inY] += first[inX] * second[inW];
                else if (node.operation.name === 'conv2dTransposed') out[inX] += first[inY] * second[inW];
                else out[inW] += first[inX] * second[inY];
              }
          }
  return out;
}

const inner = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);

/** Pictures, filters and responses that belong together. */
function drawn(draw: Choices) {
  const size = [1 + draw.below(6), 1 + draw.below(6)];
  const filter = [1 + draw.below(5), 1 + draw.below(5)];
  const stride = 1 + draw.below(3);
  const fits = filter.every((reach, axis) => reach <= size[axis]);
  const explicit = filter.flatMap((reach) => [draw.below(reach), reach - 1]) as unknown as Padding;
  const padding = draw.from<Padding>(fits ? ['same', 'valid', explicit] : ['same', explicit]);
  const [count, inputs, outputs] = [1 + draw.below(3), 1 + draw.below(3), 1 + draw.below(4)];
  const x = build.input('x', [count, ...size, inputs]);
  const w = build.input('w', [...filter, inputs, outputs]);
  const forward = pictured.conv2d(x, w, { stride, padding });
  const y = build.input('y', forward.shape);
  const transposed = pictured.conv2dTransposed(y, w, size, { stride, padding });
  const gathered = pictured.conv2dFilter(x, y, filter, { stride, padding });
  const values = { x: draw.values(x.shape), w: draw.values(w.shape), y: draw.values(y.shape) };
  return { forward, transposed, gathered, values, nodes: { x, w, y } };
}

test('each of the three is its direct sum, on random shapes, strides and pads', () => {
  fc.assert(
    fc.property(choices, (draw) => {
      const { forward, transposed, gathered, values } = drawn(draw);
      const { x, w, y } = values;
      for (const [node, operands] of [
        [forward, [x, w]],
        [transposed, [y, w]],
        [gathered, [x, y]],
      ] as const) {
        const [found, expected] = [evaluate(node, values), direct(node, operands)];
        expect(found.length).toBe(expected.length);
        // Sums of some hundred products of numbers below 1, in another order.
        found.forEach((value, i) => {
          expect(Math.abs(value - expected[i])).toBeLessThan(1e-12);
        });
      }
    }),
    { numRuns: 300 },
  );
});

test('they are one trilinear form: <conv(x, w), y> = <x, transpose(y, w)> = <w, filter(x, y)>', () => {
  fc.assert(
    fc.property(choices, (draw) => {
      const { forward, transposed, gathered, values } = drawn(draw);
      const { x, w, y } = values;
      const form = inner(evaluate(forward, values), y);
      expect(inner(evaluate(transposed, values), x)).toBeCloseTo(form, 10);
      expect(inner(evaluate(gathered, values), w)).toBeCloseTo(form, 10);
    }),
  );
});

test('the derivative of each by either operand is another one of them, and the very node that build makes', () => {
  const x = build.input('x', [2, 7, 6, 3]);
  const w = build.input('w', [4, 3, 3, 5]);
  const lying = { stride: 2 };
  const forward = pictured.conv2d(x, w, lying);
  const y = build.input('y', forward.shape);
  const back = pictured.conv2dTransposed(y, w, [7, 6], lying);
  const filter = pictured.conv2dFilter(x, y, [4, 3], lying);
  expect(vjp([forward], [x, w], [y])).toEqual([back, filter]);
  expect(vjp([back], [y, w], [x])).toEqual([forward, filter]);
  expect(vjp([filter], [x, y], [w])).toEqual([back, forward]);
});

describe('padding', () => {
  const [one, two] = [build.input('x', [1, 5, 5, 1]), build.input('x', [1, 4, 4, 1])];
  const filters = (reach: number) => build.input('w', [reach, reach, 1, 1]);
  test.each([
    // [pictures, reach, stride] -> responses and leading pad, as TensorFlow's documentation computes them.
    [one, 3, 1, 5, 1],
    [one, 2, 1, 5, 0],
    [one, 4, 2, 3, 1],
    [one, 2, 2, 3, 0],
    [two, 4, 2, 2, 1],
    [two, 3, 2, 2, 0],
    [two, 1, 2, 2, 0],
  ])("'same' of %o, filter %i, stride %i: %i responses from %i before", (x, reach, stride, count, lead) => {
    const node = pictured.conv2d(x, filters(reach), { stride });
    expect(node.shape).toEqual([1, count, count, 1]);
    expect(geometryOf(node).pad).toEqual([lead, lead]);
  });

  test("'valid' takes whole windows only, and explicit pads say each side", () => {
    expect(pictured.conv2d(one, filters(4), { stride: 2, padding: 'valid' }).shape).toEqual([1, 1, 1, 1]);
    expect(pictured.conv2d(one, filters(4), { stride: 2, padding: [0, 1, 2, 3] }).shape).toEqual([
      1, 2, 4, 1,
    ]);
  });

  test('the size says which of several pictures a transpose makes', () => {
    const y = build.input('y', [1, 4, 4, 2]);
    const w = build.input('w', [4, 4, 3, 2]);
    for (const size of [7, 8]) {
      expect(pictured.conv2dTransposed(y, w, [size, size], { stride: 2 }).shape).toEqual([1, size, size, 3]);
    }
  });
});

describe('what does not belong together is refused with what was expected', () => {
  const x = build.input('x', [2, 5, 5, 3]);
  const w = build.input('w', [3, 3, 3, 4]);
  const y = build.input('y', [2, 5, 5, 4]);
  test.each<[string, () => Expr, string]>([
    [
      'channels',
      () => pictured.conv2d(x, build.input('w', [3, 3, 2, 4])),
      'conv2d: got [2, 5, 5, 3] and [3, 3, 2, 4]; expected the 3 channels of the pictures to equal the 2 inputs of the filters',
    ],
    [
      'responses',
      () => pictured.conv2dTransposed(y, w, [8, 8], { stride: 2 }),
      'conv2dTransposed: got [2, 5, 5, 4] and [3, 3, 3, 4]; expected 4 by 4 responses, which is what pictures of 8 by 8 have',
    ],
    [
      'counts',
      () => pictured.conv2dFilter(x, build.input('y', [3, 5, 5, 4]), [3, 3]),
      'conv2dFilter: got [2, 5, 5, 3] and [3, 5, 5, 4]; expected as many pictures as responses, not 2 and 3',
    ],
    ['axes', () => pictured.conv2d(build.input('x', [5, 5]), w), 'in four axes'],
    [
      'strides',
      () => pictured.conv2d(x, w, { stride: 1.5 }),
      'expected a whole stride of 1 or more, not 1.5',
    ],
    [
      'pads',
      () => pictured.conv2d(x, w, { padding: [3, 0, 0, 0] }),
      'expected whole pads from 0 to 2, not 3 and 0',
    ],
    [
      'filters that are too large',
      () => pictured.conv2d(x, build.input('w', [6, 6, 3, 1]), { padding: 'valid' }),
      'expected a filter that fits into 5 pixels, not one of 6',
    ],
    ['odd extents', () => pictured.averagePool(x), 'averagePool: got [2, 5, 5, 3]; expected even extents'],
    ['pictures in fewer axes', () => pictured.upsample(build.input('x', [5, 5])), 'upsample: got [5, 5]'],
  ])('%s', (_, write, sentence) => {
    expect(write).toThrow(sentence);
  });
});

test('upsampling repeats pixels, pooling takes means of four: each the other’s transpose up to a factor of 4', () => {
  const x = build.input('x', [2, 2, 3, 2]);
  const y = build.input('y', [2, 4, 6, 2]);
  const values = {
    x: Float64Array.from({ length: 24 }, (_, i) => i),
    y: Float64Array.from({ length: 96 }, (_, i) => Math.sin(i)),
  };
  const at = (width: number, n: number, i: number, j: number, c: number, height: number) =>
    ((n * height + i) * width + j) * 2 + c;
  const [large, small] = [evaluate(pictured.upsample(x), values), evaluate(pictured.averagePool(y), values)];
  for (let n = 0; n < 2; n++)
    for (let i = 0; i < 4; i++)
      for (let j = 0; j < 6; j++)
        for (let c = 0; c < 2; c++) {
          expect(large[at(6, n, i, j, c, 4)]).toBe(values.x[at(3, n, i >> 1, j >> 1, c, 2)]);
        }
  for (let n = 0; n < 2; n++)
    for (let i = 0; i < 2; i++)
      for (let j = 0; j < 3; j++)
        for (let c = 0; c < 2; c++) {
          const four = [0, 1].flatMap((p) =>
            [0, 1].map((q) => values.y[at(6, n, 2 * i + p, 2 * j + q, c, 4)]),
          );
          expect(small[at(3, n, i, j, c, 2)]).toBeCloseTo(four.reduce((a, b) => a + b) / 4, 14);
        }
  expect(inner(large, values.y)).toBeCloseTo(4 * inner(values.x, small), 10);
});
