/**
 * The peer: the same GAN step in TensorFlow.js as its users write it, eager, with its own tape, its own
 * random numbers and its own Adam, on whatever backend is the current one.
 */
import * as tf from '@tensorflow/tfjs';
import type { Workload } from '../workloads.ts';

const RATE = 1e-4;
const BETA1 = 0.5;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** A step of a workload with Adam, to be called again and again. */
export function openStep({ shape, consensus, discriminatorSteps }: Workload): {
  step(): void;
  dispose(): void;
} {
  const activation = shape.activation === 'tanh' ? tf.tanh : tf.relu;
  const layer = (name: string, from: number, to: number) => {
    const bound = Math.sqrt(6 / (from + to));
    return [
      tf.variable(tf.randomUniform([from, to], -bound, bound), true, `${name}.weight`),
      tf.variable(tf.zeros([to]), true, `${name}.bias`),
    ];
  };
  const network = (name: string, widths: readonly number[]) =>
    widths.slice(1).flatMap((width, i) => layer(`${name}${i}`, widths[i], width));
  const generator = network('g', [shape.latent, ...shape.hidden, 2]);
  const discriminator = network('d', [2, ...shape.hidden, 1]);
  const split = generator.length;

  const apply = (x: tf.Tensor, parts: readonly tf.Tensor[]) => {
    let signal = x as tf.Tensor2D;
    for (let i = 0; i < parts.length; i += 2) {
      signal = tf.add(tf.matMul(signal, parts[i] as tf.Tensor2D), parts[i + 1]);
      if (i + 2 < parts.length) signal = activation(signal);
    }
    return signal;
  };
  const generatorLoss = (z: tf.Tensor, g: readonly tf.Tensor[], d: readonly tf.Tensor[]) =>
    tf.mean(tf.softplus(tf.neg(apply(apply(z, g), d)))) as tf.Scalar;
  const discriminatorLoss = (x: tf.Tensor, z: tf.Tensor, g: readonly tf.Tensor[], d: readonly tf.Tensor[]) =>
    tf.add(
      tf.mean(tf.softplus(tf.neg(apply(x, d)))),
      tf.mean(tf.softplus(apply(apply(z, g), d))),
    ) as tf.Scalar;

  const centres = tf.tensor2d(
    Array.from({ length: shape.batch }, (_, i) => {
      const angle = (2 * Math.PI * (i % 8)) / 8;
      return [Math.cos(angle), Math.sin(angle)];
    }),
  );
  const draw = () => ({
    x: tf.add(centres, tf.randomNormal([shape.batch, 2], 0, 0.05)),
    z: tf.randomNormal([shape.batch, shape.latent]),
  });
  // Its Adam tells variables by their place in the list, so players who move apart need one each.
  const adam = tf.train.adam(RATE, BETA1, BETA2, EPSILON);
  const adamOfD = tf.train.adam(RATE, BETA1, BETA2, EPSILON);
  const named = (variables: readonly tf.Variable[], gradients: readonly tf.Tensor[]) =>
    Object.fromEntries(variables.map((variable, i) => [variable.name, gradients[i]]));

  /** Both players' own gradients, generator first. */
  const field = (x: tf.Tensor, z: tf.Tensor, all: readonly tf.Tensor[]): tf.Tensor[] => {
    const g = all.slice(0, split);
    const d = all.slice(split);
    return [
      ...tf.grads((...own: tf.Tensor[]) => generatorLoss(z, own, d))(g),
      ...tf.grads((...own: tf.Tensor[]) => discriminatorLoss(x, z, g, own))(d),
    ];
  };
  const all = [...generator, ...discriminator] as tf.Variable[];

  const gradientsOfG = (z: tf.Tensor) =>
    tf.variableGrads(() => generatorLoss(z, generator, discriminator), generator as tf.Variable[])
      .grads as never;
  const gradientsOfD = (x: tf.Tensor, z: tf.Tensor) =>
    tf.variableGrads(() => discriminatorLoss(x, z, generator, discriminator), discriminator as tf.Variable[])
      .grads as never;

  return {
    step() {
      tf.tidy(() => {
        const { x, z } = draw();
        if (consensus === 0) {
          if (discriminatorSteps > 1) {
            // Alternating: the discriminator first, each move on a batch of its own.
            for (let k = 0; k < discriminatorSteps; k++) {
              const drawn = draw();
              adamOfD.applyGradients(gradientsOfD(drawn.x, drawn.z));
            }
            adam.applyGradients(gradientsOfG(z));
            return;
          }
          const own = gradientsOfG(z);
          adam.applyGradients(Object.assign({}, own, gradientsOfD(x, z)) as never);
          return;
        }
        const half = (...parts: tf.Tensor[]) =>
          tf.mul(tf.addN(field(x, z, parts).map((part) => tf.sum(tf.square(part)))), 0.5) as tf.Scalar;
        const turned = tf.grads(half)(all);
        const gradients = field(x, z, all).map((part, i) => tf.add(part, tf.mul(turned[i], consensus)));
        adam.applyGradients(named(all, gradients) as never);
      });
    },
    dispose() {
      tf.dispose([...all, centres]);
      adam.dispose();
      adamOfD.dispose();
    },
  };
}
