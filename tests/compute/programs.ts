/** Programs for tests of devices: the field of a small GAN, and random expressions with their derivatives. */
import { build, type Expr, grad, jvp, type Shape, sizeOf, vjp } from '../../src/expr/index.ts';
import type { Choices } from '../expr/choices.ts';
import { randomExpression } from '../expr/randomExpressions.ts';

export interface Prepared {
  readonly outputs: Readonly<Record<string, Expr>>;
  readonly given: Readonly<Record<string, Float64Array>>;
}

/** A random expression with its gradient, its forward product, and the gradient of that: second derivatives. */
export function randomProgram(choices: Choices, length: number): Prepared {
  const { inputs, values, output } = randomExpression(choices, length);
  const direction = jvp([output], inputs, inputs)[0];
  const outputs: Record<string, Expr> = { output, direction };
  grad(build.sum(output), inputs).forEach((gradient, i) => {
    outputs[`gradient ${i}`] = gradient;
  });
  grad(build.sum(direction), inputs).forEach((gradient, i) => {
    outputs[`second ${i}`] = gradient;
  });
  return { outputs, given: values };
}

export interface GanSizes {
  readonly batch: number;
  readonly latent: number;
  readonly hidden: readonly number[];
}

/**
 * The field of a GAN on the plane with the non-saturating loss, both losses, and the products of the
 * field's Jacobian with a direction, forward and reverse.
 */
export function ganProgram({ batch, latent, hidden }: GanSizes, activation = build.relu): Prepared {
  const sizes = { generator: [latent, ...hidden, 2], discriminator: [2, ...hidden, 1] };
  const count = (widths: readonly number[]) =>
    widths.slice(1).reduce((sum, width, at) => sum + width * (widths[at] + 1), 0);
  const size = count(sizes.generator) + count(sizes.discriminator);
  const point = build.input('point', [size]);
  let offset = 0;
  const parameter = (shape: Shape) => {
    const part = build.reshape(build.slice(point, [offset], [sizeOf(shape)]), shape);
    offset += sizeOf(shape);
    return part;
  };
  const network = (widths: readonly number[]) => {
    const layers = widths.slice(1).map((width, at) => ({
      weight: parameter([widths[at], width]),
      bias: parameter([width]),
    }));
    const write = (x: Expr) =>
      layers.reduce((signal, { weight, bias }, at) => {
        const sum = build.add(build.matmul(signal, weight), bias);
        return at < layers.length - 1 ? activation(sum) : sum;
      }, x);
    return { parts: layers.flatMap(({ weight, bias }) => [weight, bias]), write };
  };
  const generator = network(sizes.generator);
  const discriminator = network(sizes.discriminator);
  const noise = build.input('noise', [batch, latent]);
  const data = build.input('data', [batch, 2]);
  const direction = build.input('direction', [size]);
  const real = discriminator.write(data);
  const fake = discriminator.write(generator.write(noise));
  const generatorLoss = build.mean(build.softplus(build.neg(fake)));
  const discriminatorLoss = build.add(
    build.mean(build.softplus(build.neg(real))),
    build.mean(build.softplus(fake)),
  );
  const gradients = [
    ...grad(generatorLoss, generator.parts),
    ...grad(discriminatorLoss, discriminator.parts),
  ];
  const field = build.concat(gradients.map((part) => build.reshape(part, [sizeOf(part.shape)])));
  const waves = (shape: Shape, frequency: number) =>
    Float64Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(1 + i * frequency));
  return {
    outputs: {
      field,
      generatorLoss,
      discriminatorLoss,
      forward: jvp([field], [point], [direction])[0],
      reverse: vjp([field], [point], [direction])[0],
    },
    given: {
      point: waves(point.shape, 3.1).map((value) => value / 2),
      noise: waves(noise.shape, 1.7),
      data: waves(data.shape, 1.3),
      direction: waves(direction.shape, 0.7),
    },
  };
}
