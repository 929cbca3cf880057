/** Convolutional networks that read pictures or draw them: their settings. How they are written comes with pictures. */
import { choice, group, integer, pick, toggle, type Values } from '../../settings/index.ts';
import { initialisers } from '../initialisers/index.ts';
import { defineNetwork } from '../kinds.ts';
import { late } from '../late.ts';

const settings = group({
  channels: integer({
    label: 'channels',
    summary: 'Of the layer next to the picture; twice as many wherever the picture is halved once more.',
    default: 32,
    min: 1,
    max: 256,
    scale: 'log',
    live: false,
  }),
  halvings: integer({
    label: 'halvings',
    summary: 'How often the picture is halved on its way to numbers, or doubled on its way from them.',
    default: 2,
    min: 1,
    max: 4,
    live: false,
  }),
  blocks: pick({
    label: 'blocks',
    summary: 'What lies between one size of the picture and the next.',
    default: 'plain',
    options: {
      plain: 'one layer (DCGAN)',
      residual: 'two layers, added to their input (residual: He et al. 2016; SN-GAN)',
    },
    live: false,
  }),
  growing: pick({
    label: 'doubling',
    summary: 'How a plain layer that draws makes a picture twice as large.',
    default: 'transposed',
    options: {
      transposed: 'transposed convolution, 4 × 4 with stride 2',
      nearest: 'every pixel four times, then a convolution, 3 × 3 (Odena et al. 2016)',
    },
    live: false,
  }),
  activation: pick({
    label: 'activation',
    summary: 'What each hidden unit does with its sum.',
    default: 'usual',
    options: {
      usual: 'max(x, 0) where a picture is drawn; x, or 0.2 x below 0, where one is read (DCGAN)',
      relu: 'max(x, 0)',
      leakyRelu: 'x, or 0.2 x below 0',
      tanh: 'hyperbolic tangent',
      elu: 'x, or eˣ − 1 below 0',
      softplus: 'ln(1 + eˣ)',
    },
    live: false,
  }),
  normalisation: pick({
    label: 'normalisation',
    summary: 'Of hidden layers’ sums, but not of the one that reads a picture nor of the one that draws it.',
    default: 'batch',
    options: {
      none: 'none',
      batch: 'batch norm: each channel over the batch',
      layer: 'layer norm: each picture by itself',
      instance: 'instance norm: each channel of each picture by itself',
    },
    live: false,
  }),
  spectral: toggle({
    label: 'spectral norm',
    summary: 'Divide each weight matrix by its largest singular value (a filter counts as inputs × outputs).',
    default: false,
    live: false,
  }),
  initialiser: choice({
    label: 'first weights',
    summary:
      'How they are drawn; with normal ones, the first scales of normalisation are drawn about 1 (DCGAN).',
    entries: initialisers,
    default: 'normal',
  }),
  code: integer({
    label: 'code',
    summary: 'For discriminators that rebuild the picture: how many numbers it is squeezed into.',
    default: 64,
    min: 1,
    max: 1024,
    scale: 'log',
    live: false,
  }),
});

export type Convolutional = Values<typeof settings>;

export const convolutional = defineNetwork({
  name: 'convolutional',
  label: 'Convolutional',
  summary: 'Reads or draws a picture through filters, halving or doubling it layer by layer.',
  source:
    'Radford et al. 2016 (arXiv:1511.06434, DCGAN); residual: Miyato et al. 2018 (arXiv:1802.05957), figure 9',
  settings,
  write: (...given) => late().writeConvolutional(...given),
});
