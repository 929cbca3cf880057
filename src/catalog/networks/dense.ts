/** A stack of fully connected layers. */
import { build, type Expr } from '../../expr/index.ts';
import { choice, group, integer, number, numbers, pick, toggle } from '../../settings/index.ts';
import { initialisers } from '../initialisers/index.ts';
import { defineNetwork, type Initialiser } from '../kinds.ts';
import { activations } from './activations.ts';
import { minibatchDiscrimination } from './minibatchDiscrimination.ts';
import { normalisation } from './normalisation.ts';
import { spectralNorm } from './spectralNorm.ts';

export const dense = defineNetwork({
  name: 'dense',
  label: 'Dense',
  summary:
    'Fully connected layers with one activation; the last layer is linear, or tanh where it draws a picture.',
  source: 'Rosenblatt 1958; the toy networks of most GAN papers',
  settings: group({
    hidden: numbers({
      label: 'hidden layers',
      summary: 'The width of each, first to last.',
      default: [32, 32],
      min: 1,
      max: 1024,
      length: [0, 8],
      integer: true,
      live: false,
    }),
    activation: pick({
      label: 'activation',
      summary: 'What each hidden unit does with its sum.',
      default: 'relu',
      options: {
        relu: 'max(x, 0)',
        leakyRelu: 'x, or 0.2 x below 0',
        tanh: 'hyperbolic tangent',
        elu: 'x, or eˣ − 1 below 0',
        softplus: 'ln(1 + eˣ)',
        sigmoid: '1 / (1 + e⁻ˣ)',
      },
      live: false,
    }),
    initialiser: choice({
      label: 'first weights',
      summary: 'How they are drawn.',
      entries: initialisers,
      default: 'glorot',
    }),
    biases: toggle({
      label: 'biases',
      summary: 'Let each layer add a learnt number to each of its sums.',
      default: true,
      live: false,
    }),
    firstBias: number({
      label: 'first bias',
      summary: 'Where every bias starts.',
      default: 0,
      min: -10,
      max: 10,
      live: false,
    }),
    inputScale: number({
      label: 'input scale',
      summary: 'A factor on what the network is given; 0.25 for the discriminator of unrolled GANs.',
      default: 1,
      min: 0.001,
      max: 1000,
      scale: 'log',
      live: false,
    }),
    normalisation: pick({
      label: 'normalisation',
      summary: 'Of each hidden layer’s sums, before the activation.',
      default: 'none',
      options: {
        none: 'none',
        batch: 'batch norm: mean 0 and deviation 1 over the batch, then learnt ones',
        layer: 'layer norm: mean 0 and deviation 1 over each sample, then learnt ones',
      },
      live: false,
    }),
    spectral: toggle({
      label: 'spectral norm',
      summary: 'Divide each weight matrix by its largest singular value, so that no layer stretches.',
      default: false,
      live: false,
    }),
    kernels: integer({
      label: 'minibatch kernels',
      summary:
        'For discriminators: how many numbers tell how close each sample is to the others; 0 for none.',
      default: 0,
      min: 0,
      max: 100,
      live: false,
    }),
  }),
  write(stage, player, inputs, outputs, settings, pictures) {
    const initialiser = initialisers.find(
      (entry) => entry.name === settings.initialiser.kind,
    ) as unknown as Initialiser;
    const activation = activations[settings.activation];

    function linear(name: string, from: number, to: number): (x: Expr) => Expr {
      const weight = stage.parameter(player, `${name}.weight`, [from, to], (stream, shape, out) =>
        initialiser.fill(stream, shape[0], shape[1], settings.initialiser, out),
      );
      const used = settings.spectral ? spectralNorm(stage, `${player}.${name}`, weight) : weight;
      if (!settings.biases) return (x) => build.matmul(x, used);
      const bias = stage.parameter(player, `${name}.bias`, [to], (_stream, _shape, out) =>
        out.fill(settings.firstBias),
      );
      return (x) => build.add(build.matmul(x, used), bias);
    }

    const widths = [inputs, ...settings.hidden];
    const layers = settings.hidden.map((width, at) => {
      const name = `layer${at + 1}`;
      const sums = linear(name, widths[at], width);
      const normalise =
        settings.normalisation === 'none'
          ? undefined
          : normalisation(stage, player, name, width, settings.normalisation);
      return (x: Expr) => activation(normalise ? normalise(sums(x)) : sums(x));
    });
    const last = widths[widths.length - 1];
    const closeness =
      settings.kernels > 0 ? minibatchDiscrimination(stage, player, last, settings.kernels) : undefined;
    const head = linear(`layer${layers.length + 1}`, last + settings.kernels, outputs);
    return (x) => {
      const scaled = settings.inputScale === 1 ? x : build.scale(x, settings.inputScale);
      const features = layers.reduce((signal, layer) => layer(signal), scaled);
      const seen = closeness ? build.concat([features, closeness(features)], 1) : features;
      const output = head(seen);
      return { output: pictures?.at === 'output' ? build.tanh(output) : output, features };
    };
  },
});
