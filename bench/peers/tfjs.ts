/**
 * The peer: the same GAN step in TensorFlow.js as its users write it, eager, with its own tape, its own
 * random numbers and its own Adam, on whatever backend is the current one.
 */
import * as tf from '@tensorflow/tfjs';
import type { PictureSet, Shape, Workload } from '../workloads.ts';
import { mendFilterGradient } from './tfjsFilters.ts';

const RATE = 1e-4;
const BETA1 = 0.5;
const BETA2 = 0.999;
const EPSILON = 1e-8;
/** Added to the variance by batch norm. */
const VARIANCE_GUARD = 1e-5;

/** A network: its variables, and what it does with them or with others in their place. */
interface Net {
  readonly variables: readonly tf.Variable[];
  apply(x: tf.Tensor, parts: readonly tf.Tensor[]): tf.Tensor;
}

const activations = {
  relu: tf.relu,
  tanh: tf.tanh,
  // Its own leakyRelu has no second derivatives ("gradient function not found for Greater"), which R1 needs.
  leakyRelu: (x: tf.Tensor) => tf.add(tf.mul(x, 0.2), tf.mul(tf.relu(x), 0.8)),
};

const zeros = (shape: number[]) => tf.variable(tf.zeros(shape));
const ones = (shape: number[]) => tf.variable(tf.ones(shape));
const normals = (shape: number[]) => tf.variable(tf.randomNormal(shape, 0, 0.02));

function dense(from: number, to: number, { hidden, activation }: Shape, last = (x: tf.Tensor) => x): Net {
  const widths = [from, ...hidden, to];
  const layer = (at: number) => {
    const bound = Math.sqrt(6 / (widths[at] + widths[at + 1]));
    return [
      tf.variable(tf.randomUniform([widths[at], widths[at + 1]], -bound, bound)),
      zeros([widths[at + 1]]),
    ];
  };
  return {
    variables: widths.slice(1).flatMap((_, at) => layer(at)),
    apply(x, parts) {
      let signal = x as tf.Tensor2D;
      for (let i = 0; i < parts.length; i += 2) {
        signal = tf.add(tf.matMul(signal, parts[i] as tf.Tensor2D), parts[i + 1]);
        if (i + 2 < parts.length) signal = activations[activation](signal) as tf.Tensor2D;
      }
      return last(signal);
    },
  };
}

/** DCGAN's generator: a dense layer, two transposed convolutions, batch norm before each relu. */
function drawing(latent: number, { side, channels = 0 }: PictureSet): Net {
  const [first, second] = [side / 4, side / 2];
  const variables = [
    normals([latent, first * first * 2 * channels]),
    ones([2 * channels]),
    zeros([2 * channels]),
    normals([4, 4, channels, 2 * channels]),
    ones([channels]),
    zeros([channels]),
    normals([4, 4, 1, channels]),
    zeros([1]),
  ];
  const normed = (x: tf.Tensor4D, scale: tf.Tensor, shift: tf.Tensor) => {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    const made = tf.batchNorm(
      x,
      mean as tf.Tensor1D,
      variance as tf.Tensor1D,
      shift as tf.Tensor1D,
      scale as tf.Tensor1D,
      VARIANCE_GUARD,
    );
    return tf.relu(made);
  };
  return {
    variables,
    apply(z, [start, scale1, shift1, middle, scale2, shift2, end, bias]) {
      const batch = z.shape[0];
      const sums = tf.matMul(z as tf.Tensor2D, start as tf.Tensor2D);
      const small = normed(tf.reshape(sums, [batch, first, first, 2 * channels]), scale1, shift1);
      const grown = (x: tf.Tensor4D, filter: tf.Tensor, to: number, width: number) =>
        tf.conv2dTranspose(x, filter as tf.Tensor4D, [batch, to, to, width], 2, 'same');
      const larger = normed(grown(small, middle, second, channels), scale2, shift2);
      const picture = tf.tanh(tf.add(grown(larger, end, side, 1), bias));
      return tf.reshape(picture, [batch, side * side]);
    },
  };
}

/** DCGAN's discriminator: two convolutions and a dense layer. */
function reading({ side, channels = 0 }: PictureSet): Net {
  const width = (side / 4) ** 2 * 2 * channels;
  return {
    variables: [
      normals([4, 4, 1, channels]),
      zeros([channels]),
      normals([4, 4, channels, 2 * channels]),
      zeros([2 * channels]),
      normals([width, 1]),
      zeros([1]),
    ],
    apply(x, [start, bias1, middle, bias2, end, bias3]) {
      const batch = x.shape[0];
      const halved = (signal: tf.Tensor4D, filter: tf.Tensor, bias: tf.Tensor) =>
        tf.leakyRelu(tf.add(tf.conv2d(signal, filter as tf.Tensor4D, 2, 'same'), bias), 0.2) as tf.Tensor4D;
      const made = halved(halved(tf.reshape(x, [batch, side, side, 1]), start, bias1), middle, bias2);
      return tf.add(tf.matMul(tf.reshape(made, [batch, width]), end as tf.Tensor2D), bias3);
    },
  };
}

function playersOf(shape: Shape): [generator: Net, discriminator: Net] {
  const { pictures, latent } = shape;
  if (pictures?.channels) return [drawing(latent, pictures), reading(pictures)];
  const size = pictures ? pictures.side ** 2 : 2;
  return [dense(latent, size, shape, pictures && tf.tanh), dense(size, 1, shape)];
}

/** What real samples are drawn from: the centres of the ring, or noise in the place of pictures. */
function openData({ batch, pictures }: Shape) {
  const centres = Array.from({ length: batch }, (_, i) => {
    const angle = (2 * Math.PI * (i % 8)) / 8;
    return [Math.cos(angle), Math.sin(angle)];
  });
  const all = pictures ? tf.randomUniform([pictures.count, pictures.side ** 2], -1, 1) : tf.tensor2d(centres);
  return {
    draw: () =>
      pictures
        ? tf.gather(all, tf.randomUniform([batch], 0, pictures.count, 'int32') as tf.Tensor1D)
        : tf.add(all, tf.randomNormal([batch, 2], 0, 0.05)),
    dispose: () => all.dispose(),
  };
}

/** A step of a workload with Adam, to be called again and again; `parameters` is how many numbers it learns. */
export function openStep({ shape, consensus, discriminatorSteps, penalty }: Workload): {
  readonly parameters: number;
  step(): void;
  /** Waits until a graphics card has done what it was asked for, by reading a number that it made. */
  finish(): void;
  dispose(): void;
} {
  mendFilterGradient();
  const [{ variables: generator, apply: generate }, { variables: discriminator, apply: judge }] =
    playersOf(shape);
  const split = generator.length;
  const generatorLoss = (z: tf.Tensor, g: readonly tf.Tensor[], d: readonly tf.Tensor[]) =>
    tf.mean(tf.softplus(tf.neg(judge(generate(z, g), d)))) as tf.Scalar;
  const discriminatorLoss = (
    x: tf.Tensor,
    z: tf.Tensor,
    g: readonly tf.Tensor[],
    d: readonly tf.Tensor[],
  ) => {
    const loss = tf.add(
      tf.mean(tf.softplus(tf.neg(judge(x, d)))),
      tf.mean(tf.softplus(judge(generate(z, g), d))),
    );
    if (penalty === 0) return loss as tf.Scalar;
    const slopes = tf.grad((real: tf.Tensor) => tf.sum(judge(real, d)))(x);
    return tf.add(loss, tf.mul(tf.mean(tf.sum(tf.square(slopes), 1)), penalty / 2)) as tf.Scalar;
  };

  const data = openData(shape);
  const draw = () => ({ x: data.draw(), z: tf.randomNormal([shape.batch, shape.latent]) });
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
    parameters: all.reduce((sum, { size }) => sum + size, 0),
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
    finish: () => void tf.tidy(() => tf.sum(all[0]).dataSync()),
    dispose() {
      tf.dispose(all);
      data.dispose();
      adam.dispose();
      adamOfD.dispose();
    },
  };
}
