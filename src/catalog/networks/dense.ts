/** A stack of fully connected layers. */
import { build, type Expr } from '../../expr/index.ts';
import { choice, group, numbers, pick } from '../../settings/index.ts';
import { initialisers } from '../initialisers/index.ts';
import { defineNetwork, type Initialiser } from '../kinds.ts';

const activations: Record<string, (x: Expr) => Expr> = {
  relu: build.relu,
  leakyRelu: (x) => build.leakyRelu(x, 0.2),
  tanh: build.tanh,
  elu: build.elu,
  softplus: build.softplus,
  sigmoid: build.sigmoid,
};

export const dense = defineNetwork({
  name: 'dense',
  label: 'Dense',
  summary: 'Fully connected layers with one activation; the last layer is linear.',
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
      summary: 'How they are drawn; biases start at zero.',
      entries: initialisers,
      default: 'glorot',
    }),
  }),
  write(stage, player, inputs, outputs, settings) {
    const initialiser = initialisers.find((entry) => entry.name === settings.initialiser.kind) as Initialiser;
    const sizes = [inputs, ...settings.hidden, outputs];
    const layers = sizes.slice(1).map((width, at) => ({
      weight: stage.parameter(player, `layer${at + 1}.weight`, [sizes[at], width], (stream, shape, out) =>
        initialiser.fill(stream, shape[0], shape[1], settings.initialiser, out),
      ),
      bias: stage.parameter(player, `layer${at + 1}.bias`, [width], (_stream, _shape, out) => out.fill(0)),
    }));
    const activation = activations[settings.activation];
    return (x) =>
      layers.reduce((signal, { weight, bias }, at) => {
        const sum = build.add(build.matmul(signal, weight), bias);
        return at < layers.length - 1 ? activation(sum) : sum;
      }, x);
  },
});
