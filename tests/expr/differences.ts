/** Holds the derivatives of an expression, to third order, against finite differences of the reference. */
import { expect } from 'vitest';
import { reference } from '../../src/compute/reference/reference.ts';
import { build, type Expr, jvp, vjp } from '../../src/expr/index.ts';
import type { Choices } from './choices.ts';

type Values = Readonly<Record<string, Float64Array>>;

/** Where a central difference of fourth order reads: offsets in steps, and weights. */
const STENCIL = [
  [-2, 1 / 12],
  [-1, -2 / 3],
  [1, 2 / 3],
  [2, -1 / 12],
] as const;
const STEP = 2 ** -9;
/**
 * Rounding errors of a value, in units of 2^-52 of the largest value met: expressions here are some dozen
 * operations deep and their derivatives some hundred, with cancellation between them.
 */
const ROUNDINGS = 1000;

const largest = (values: Float64Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const inner = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);

/**
 * Checks, at one point and along three directions d1, d2, d3:
 * each of f' d1, f'' d1 d2 and f''' d1 d2 d3 is the difference quotient of the one before;
 * second derivatives are symmetric; the reverse product is the transpose of the forward one, of f and of f' d1.
 */
export function expectRightDerivatives(
  inputs: readonly Expr[],
  values: Values,
  output: Expr,
  choices: Choices,
): void {
  const directions = [1, 2, 3].map((order) =>
    inputs.map((input) => build.input(`${input.attributes.name} direction ${order}`, input.shape)),
  );
  const given: Record<string, Float64Array> = { ...values };
  for (const nodes of directions)
    for (const node of nodes) given[node.attributes.name as string] = choices.values(node.shape);
  const cotangent = build.input('cotangent', output.shape);
  given.cotangent = choices.values(output.shape);

  const orders = [output];
  for (const direction of directions) orders.push(jvp([orders[orders.length - 1]], inputs, direction)[0]);
  const swapped = jvp(jvp([output], inputs, directions[1]), inputs, directions[0])[0];
  const along = (gradients: readonly Expr[], direction: readonly Expr[]) =>
    gradients.map((gradient, i) => build.dot(gradient, direction[i])).reduce(build.add);
  const program = reference.compile({
    order0: orders[0],
    order1: orders[1],
    order2: orders[2],
    order3: orders[3],
    swapped,
    reverse: along(vjp([output], inputs, [cotangent]), directions[0]),
    reverseOfForward: along(vjp([orders[1]], inputs, [cotangent]), directions[1]),
  });
  const names = ['order0', 'order1', 'order2', 'order3'] as const;
  const run = (point: Values) => {
    const results = program.run({ ...given, ...point });
    return Object.fromEntries(
      Object.entries(results).map(([name, result]) => [name, result.slice()]),
    ) as Record<string, Float64Array>;
  };
  const here = run({});

  for (const order of [1, 2, 3]) {
    const scale = { value: 0 };
    const quotient = (step: number) => {
      const total = new Float64Array(here.order0.length);
      for (const [offset, weight] of STENCIL) {
        const moved = Object.fromEntries(
          inputs.map((input, i) => {
            const name = input.attributes.name as string;
            const direction = given[directions[order - 1][i].attributes.name as string];
            return [name, given[name].map((value, j) => value + offset * step * direction[j])];
          }),
        );
        const value = run(moved)[names[order - 1]];
        scale.value = Math.max(scale.value, largest(value));
        for (let i = 0; i < total.length; i++) total[i] += (weight * value[i]) / step;
      }
      return total;
    };
    // Halving the step leaves 1/16 of what a difference of fourth order neglects: their distance is 15 times that.
    const coarse = quotient(2 * STEP);
    const fine = quotient(STEP);
    const neglected = largest(fine.map((value, i) => value - coarse[i]));
    const rounding = (ROUNDINGS * 2 ** -52 * (1 + scale.value)) / STEP;
    const found = here[names[order]];
    const error = largest(fine.map((value, i) => value - found[i]));
    expect(neglected, 'the differences must say something').toBeLessThan(1e-2 * (1 + largest(fine)));
    expect(error, `derivative of order ${order}`).toBeLessThanOrEqual(neglected + rounding);
  }

  const rounding = ROUNDINGS * 2 ** -52 * (1 + largest(here.order2)) * (1 + here.order2.length);
  const skew = largest(here.order2.map((value, i) => value - here.swapped[i]));
  expect(skew, 'second derivatives are symmetric').toBeLessThanOrEqual(rounding);
  expect(Math.abs(here.reverse[0] - inner(given.cotangent, here.order1))).toBeLessThanOrEqual(
    ROUNDINGS * 2 ** -52 * (1 + largest(here.order1)) * (1 + here.order1.length),
  );
  expect(Math.abs(here.reverseOfForward[0] - inner(given.cotangent, here.order2))).toBeLessThanOrEqual(
    rounding,
  );
}
