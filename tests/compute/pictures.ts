/** Programs of convolutions and of small convolutional GANs, for tests of devices. */

import { stateName } from '../../src/catalog/stage.ts';
import { build, type Expr, grad, jvp, type Shape, sizeOf, vjp } from '../../src/expr/index.ts';
import type { Padding } from '../../src/expr/ops/convolution.ts';
import * as pictured from '../../src/expr/pictures.ts';
import { stream } from '../../src/math/random.ts';
import { fieldOf, type PictureGan, pictureGan } from '../catalog/pictureGan.ts';
import type { Prepared } from './programs.ts';

export const waves = (shape: Shape, frequency: number) =>
  Float64Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(1 + i * frequency));

interface Sizes {
  readonly count: number;
  readonly size: Shape;
  readonly filter: Shape;
  readonly channels: readonly [number, number];
  readonly stride?: number;
  readonly padding?: Padding;
}

/** Sizes at which each way of computing them on wasm is taken: panels, blocks, phases, one or two columns, odd ends. */
const sizes: readonly Sizes[] = [
  { count: 3, size: [5, 4], filter: [3, 3], channels: [2, 3] },
  { count: 5, size: [7, 9], filter: [4, 3], channels: [3, 9], stride: 2 },
  { count: 2, size: [6, 6], filter: [1, 1], channels: [4, 5] },
  { count: 2, size: [7, 7], filter: [1, 1], channels: [4, 5], stride: 2 },
  { count: 2, size: [9, 8], filter: [2, 5], channels: [3, 4], stride: 3 },
  { count: 2, size: [9, 8], filter: [2, 2], channels: [5, 4], stride: 3, padding: 'valid' },
  { count: 3, size: [8, 8], filter: [5, 5], channels: [1, 6], padding: [4, 0, 1, 3] },
  { count: 4, size: [14, 14], filter: [4, 4], channels: [16, 24], stride: 2 },
  { count: 7, size: [12, 12], filter: [3, 3], channels: [16, 20] },
  { count: 6, size: [28, 28], filter: [4, 4], channels: [1, 16], stride: 2 },
  { count: 6, size: [16, 16], filter: [3, 3], channels: [16, 1] },
  { count: 6, size: [16, 15], filter: [3, 3], channels: [9, 2] },
  { count: 6, size: [16, 16], filter: [4, 4], channels: [2, 9], stride: 2 },
  { count: 12, size: [28, 28], filter: [3, 3], channels: [12, 18] },
];

/** By its sizes: the three of one geometry, with elementwise ends, on numbers that cancel; and the terms of its sums. */
export const convolutions: readonly [string, Prepared & { readonly terms: number }][] = sizes.map((each) => {
  const { count, size, filter, channels, stride, padding } = each;
  const lying = { stride, padding };
  const x = build.input('x', [count, ...size, channels[0]]);
  const w = build.input('w', [...filter, ...channels]);
  const forward = pictured.conv2d(x, w, lying);
  const y = build.input('y', forward.shape);
  const bias = build.input('bias', [channels[1]]);
  const outputs = {
    forward,
    activated: build.relu(build.add(forward, bias)),
    transposed: pictured.conv2dTransposed(y, w, size, lying),
    masked: build.mul(pictured.conv2dTransposed(y, w, size, lying), build.step(x)),
    gathered: pictured.conv2dFilter(x, y, filter, lying),
    halved: build.scale(pictured.conv2dFilter(x, y, filter, lying), 0.5),
  };
  const given = {
    x: waves(x.shape, 1.3),
    w: waves(w.shape, 0.9),
    y: waves(y.shape, 1.1),
    bias: waves(bias.shape, 2.3),
  };
  const terms = Math.max(sizeOf(w.shape), sizeOf(y.shape) / channels[1]);
  return [JSON.stringify(each), { outputs, given, terms }];
});

/** Small GANs of pictures that between them have every layer. */
export const pictureVariants: Readonly<Record<string, PictureGan>> = {
  transposed: variant({}),
  'nearest, layer norm': variant({ growing: 'nearest', normalisation: 'layer' }),
  'residual, instance norm': variant({ blocks: 'residual', normalisation: 'instance' }, { side: 6 }),
  'bare, with a penalty on the slope': variant({ normalisation: 'none' }, { penalty: 2, side: 7 }),
  'spectral norm, two channels': variant({ normalisation: 'none', spectral: true }, { channels: 2 }),
  'packed, rebuilding': variant({ normalisation: 'none', code: 3 }, { pack: 2, rebuilds: true }),
};

function variant(settings: Record<string, unknown>, rest: Partial<PictureGan> = {}): PictureGan {
  const initialiser = { kind: 'he' };
  return {
    side: 8,
    batch: 6,
    latent: 3,
    ...rest,
    settings: { channels: 2, activation: 'softplus', initialiser, ...settings },
  };
}

/** The field of a GAN of pictures, its losses, the products of its Jacobian, and consensus: with second derivatives. */
export function pictureProgram(gan: PictureGan): Prepared & { readonly split: number } {
  const script = pictureGan(gan);
  const field = fieldOf(script);
  const { point, size, split, model, parameters, draws, states } = script;
  const direction = build.input('direction', [size]);
  const outputs: Record<string, Expr> = {
    field,
    generatorLoss: model.losses[0],
    discriminatorLoss: model.losses[1],
    forward: jvp([field], [point], [direction])[0],
    reverse: vjp([field], [point], [direction])[0],
    consensus: build.add(field, vjp([field], [point], [build.stopGradient(field)])[0]),
    // A third derivative of the losses, of what consensus descends.
    length: grad(build.scale(build.dot(field, field), 0.5), [point])[0],
  };
  const first = new Float64Array(size);
  for (const { player, name, shape, offset, initial } of parameters) {
    initial(stream(1, `${player}.${name}`), shape, first.subarray(offset, offset + sizeOf(shape)));
  }
  const given: Record<string, Float64Array> = { point: first, direction: waves([size], 0.7) };
  draws.forEach(({ name, shape }, at) => {
    given[name] = waves(shape, 1.3 + 0.4 * at);
  });
  for (const { name, shape } of states) given[stateName(name)] = waves(shape, 1.9);
  return { outputs, given, split };
}
