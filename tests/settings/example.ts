// One declaration with every kind of setting, nested both ways, that all tests of the room read.

import { choice, group, integer, number, numbers, pick, toggle } from '../../src/settings/index.ts';

const learningRate = number({
  label: 'Learning rate',
  summary: 'Length of a step.',
  default: 0.001,
  min: 1e-6,
  max: 1,
  scale: 'log',
});

const sgd = {
  name: 'sgd',
  label: 'Gradient descent',
  summary: 'A step along the gradient.',
  settings: group({ learningRate }),
} as const;

const adam = {
  name: 'adam',
  label: 'Adam',
  summary: 'Steps scaled by running moments.',
  settings: group({
    learningRate,
    beta1: number({ label: 'Beta 1', summary: 'Decay of the mean.', default: 0.9, min: -1, max: 0.9999 }),
    amsgrad: toggle({ label: 'AMSGrad', summary: 'Never forget a large gradient.', default: false }),
  }),
} as const;

const none = {
  name: 'none',
  label: 'None',
  summary: 'Stands still.',
  settings: group({}),
} as const;

const lookahead = {
  name: 'lookahead',
  label: 'Lookahead',
  summary: 'Averages with another rule | every few steps.',
  settings: group({
    period: integer({
      label: 'Period',
      summary: 'Steps to a pull.',
      default: 5,
      min: 1,
      max: 5000,
      unit: 'steps',
    }),
    inner: choice({ label: 'Inner rule', summary: 'What moves.', entries: [sgd, none], default: 'sgd' }),
  }),
} as const;

export const example = group(
  {
    seed: integer({
      label: 'Seed',
      summary: 'Names the draws.',
      default: 1,
      min: 0,
      max: 2 ** 32 - 1,
      live: false,
    }),
    shuffle: toggle({ label: 'Shuffle', summary: 'New order each epoch.', default: true }),
    device: pick({
      label: 'Device',
      summary: 'What computes.',
      options: { auto: 'The faster one.', wasm: 'WebAssembly.', 'web-gl': 'The GPU.' },
      default: 'auto',
      live: false,
    }),
    widths: numbers({
      label: 'Widths',
      summary: 'Units of each hidden layer.',
      default: [16, 16],
      min: 1,
      max: 512,
      length: [0, 6],
      integer: true,
      live: false,
    }),
    betas: numbers({ label: 'Betas', summary: 'Decay rates.', default: [0.5, 0.999], min: 0, max: 1 }),
    training: group(
      {
        batch: integer({
          label: 'Batch',
          summary: 'Samples a step.',
          default: 512,
          min: 1,
          max: 4096,
          scale: 'log',
          unit: 'samples',
        }),
        noise: number({
          label: 'Noise',
          summary: 'Added to samples.',
          default: 0,
          min: 0,
          max: 10,
          scale: 'log',
          zero: true,
        }),
      },
      'Training',
    ),
    generator: choice({
      label: 'Generator rule',
      summary: 'How the generator moves.',
      entries: [sgd, adam, lookahead],
      default: 'adam',
    }),
  },
  'Example',
);
