/** Writes convolutional networks: halved or doubled layer by layer. */
import { build, type Expr, sizeOf } from '../../expr/index.ts';
import * as pictured from '../../expr/pictures.ts';
import type { Player } from '../../math/field.ts';
import { initialisers } from '../initialisers/index.ts';
import type { Fans, Initialiser, Pictures, Signal, Stage } from '../kinds.ts';
import { activations } from './activations.ts';
import type { Convolutional } from './convolutional.ts';
import { normalisation } from './normalisation.ts';
import { spectralNorm } from './spectralNorm.ts';

type Settings = Convolutional;

export function writeConvolutional(
  stage: Stage,
  player: Player,
  inputs: number,
  outputs: number,
  settings: Settings,
  pictures: Pictures | undefined,
): (x: Expr) => Signal {
  if (!pictures) throw new Error('network convolutional: reads or draws pictures, and this game has none');
  const pixels = pictures.side ** 2 * pictures.channels;
  if (pictures.at === 'output') {
    const draw = drawing(new Layers(stage, player, settings, ''), settings, pictures, inputs);
    return (z) => {
      const { picture, features } = draw(z);
      return { output: build.reshape(build.tanh(picture), [z.shape[0], pixels]), features };
    };
  }
  const read = reading(new Layers(stage, player, settings, ''), settings, pictures, inputs / pixels);
  const layers = new Layers(stage, player, settings, 'head.');
  if (pictures.at === 'input') {
    const head = layers.dense(read.width, outputs);
    return (x) => {
      const features = read.signal(x);
      return { output: head(features), features };
    };
  }
  // An auto-encoder, whose discriminating is in how well it rebuilds (BEGAN: Berthelot et al. 2017, figure 1).
  const squeeze = layers.dense(read.width, settings.code);
  const together = { ...pictures, channels: outputs / pictures.side ** 2 };
  const draw = drawing(new Layers(stage, player, settings, 'drawn.'), settings, together, settings.code);
  return (x) => {
    const code = squeeze(read.signal(x));
    const { picture } = draw(code);
    return { output: unpacked(picture, pictures), features: code };
  };
}

/** The sides of a picture as it is halved: an odd one is rounded up. */
function sidesOf(side: number, halvings: number): number[] {
  const sides = [side];
  while (sides.length <= halvings && sides[sides.length - 1] > 1) {
    sides.push(Math.ceil(sides[sides.length - 1] / 2));
  }
  return sides;
}

/** Rows of `pack` pictures, one after the other, as one picture of `pack` times as many channels. */
function packed(x: Expr, { side, channels }: Pictures, pack: number): Expr {
  const [batch] = x.shape;
  if (pack === 1) return build.reshape(x, [batch, side, side, channels]);
  const rows = build.reshape(x, [batch, pack, side * side, channels]);
  return build.reshape(build.transpose(rows, [0, 2, 1, 3]), [batch, side, side, pack * channels]);
}

/** The other way round. */
function unpacked(picture: Expr, { side, channels }: Pictures): Expr {
  const [batch] = picture.shape;
  const pack = picture.shape[3] / channels;
  const pixels = build.reshape(picture, [batch, side * side, pack, channels]);
  return build.reshape(build.transpose(pixels, [0, 2, 1, 3]), [batch, side * side * pack * channels]);
}

/** From rows of `pack` pictures to [batch, width]. */
function reading(layers: Layers, { channels, halvings, blocks }: Settings, pictures: Pictures, pack: number) {
  const sides = sidesOf(pictures.side, halvings);
  const widths = [pictures.channels * pack, ...sides.slice(1).map((_, at) => channels * 2 ** at)];
  const last = sides.length - 1;
  const isResidual = blocks === 'residual';
  const stages = sides.slice(1).map((_, at) => {
    if (isResidual) return layers.shrinkingBlock(widths[at], widths[at + 1], at === 0);
    const isFirst = at === 0;
    const filter = layers.filters(widths[at], widths[at + 1], 4, 2, isFirst || !layers.areNormed);
    const activate = layers.activated(widths[at + 1], 'reading', !isFirst);
    return (x: Expr) => activate(filter(x));
  });
  const width = isResidual ? widths[last] : sides[last] ** 2 * widths[last];
  return {
    width,
    signal(x: Expr): Expr {
      const made = stages.reduce((signal, stage) => stage(signal), packed(x, pictures, pack));
      // A residual network ends in sums over the picture (SN-GAN: global sum pooling).
      if (isResidual) return build.sum(layers.activation('reading')(made), [1, 2]);
      return build.reshape(made, [x.shape[0], width]);
    },
  };
}

/** From [batch, latent] to a picture [batch, side, side, channels], without a bound on its values. */
function drawing(
  layers: Layers,
  { channels, halvings, blocks, growing }: Settings,
  pictures: Pictures,
  latent: number,
) {
  const sides = sidesOf(pictures.side, halvings).reverse();
  const [first, ...larger] = sides;
  const isResidual = blocks === 'residual';
  // A residual network keeps the channels of its last layer at the picture's own size.
  const widths = sides.map((_, at) => channels * 2 ** Math.max(0, sides.length - 2 - at));
  const shape = [first, first, widths[0]];
  const dense = layers.dense(latent, sizeOf(shape), isResidual || !layers.areNormed);
  const start = isResidual ? undefined : layers.activated(widths[0], 'drawing');
  const stages = larger.map((side, at) => {
    if (isResidual) return layers.growingBlock(widths[at], widths[at + 1], side);
    const isLast = at === larger.length - 1;
    const to = isLast ? pictures.channels : widths[at + 1];
    const grow = layers[growing](widths[at], to, side, isLast || !layers.areNormed);
    const activate = isLast ? undefined : layers.activated(to, 'drawing');
    return (x: Expr) => (activate ? activate(grow(x)) : grow(x));
  });
  const [end, last] = isResidual
    ? [
        layers.activated(widths[larger.length], 'drawing'),
        layers.filters(widths[larger.length], pictures.channels, 3, 1),
      ]
    : [];
  return (z: Expr): { picture: Expr; features: Expr } => {
    const [batch] = z.shape;
    const made = build.reshape(dense(z), [batch, ...shape]);
    let signal = start ? start(made) : made;
    let features = signal;
    for (const stage of stages) {
      features = signal;
      signal = stage(signal);
    }
    if (end && last) {
      features = end(signal);
      signal = last(features);
    }
    return { picture: signal, features: build.reshape(features, [batch, sizeOf(features.shape) / batch]) };
  };
}

type Part = 'reading' | 'drawing';

/** Hands out layers with parameters of their own, named in the order in which they are asked for. */
class Layers {
  private readonly stage: Stage;
  private readonly player: Player;
  private readonly settings: Settings;
  private readonly prefix: string;
  private readonly initialiser: Initialiser;
  private made = 0;

  constructor(stage: Stage, player: Player, settings: Settings, prefix: string) {
    this.stage = stage;
    this.player = player;
    this.settings = settings;
    this.prefix = prefix;
    this.initialiser = initialisers.find(
      (entry) => entry.name === settings.initialiser.kind,
    ) as unknown as Initialiser;
  }

  activation(part: Part): (x: Expr) => Expr {
    const { activation } = this.settings;
    if (activation !== 'usual') return activations[activation];
    return part === 'reading' ? activations.leakyRelu : activations.relu;
  }

  /** Whether hidden layers are normalised: those before need no bias. */
  get areNormed(): boolean {
    return this.settings.normalisation !== 'none';
  }

  /** The activation of the `width` channels of the layer made last, normalised before unless it may not be. */
  activated(width: number, part: Part, mayNorm = true): (x: Expr) => Expr {
    const activation = this.activation(part);
    const { normalisation: over, initialiser } = this.settings;
    if (!mayNorm || over === 'none') return activation;
    const deviation = initialiser.kind === 'normal' ? initialiser.deviation : 0;
    const norm = normalisation(this.stage, this.player, this.name, width, over, (stream, _shape, out) => {
      stream.normals(out);
      for (let i = 0; i < out.length; i++) out[i] = 1 + deviation * out[i];
    });
    return (x) => activation(norm(x));
  }

  /** [batch, from] -> [batch, to]. */
  dense(from: number, to: number, hasBias = true): (x: Expr) => Expr {
    const { weight, bias } = this.weights([from, to], { inputs: from, outputs: to }, hasBias, to);
    return (x) => bias(build.matmul(x, weight));
  }

  /** Filters of `reach` pixels across: [batch, height, width, from] -> a stride fewer pixels of `to` channels. */
  filters(from: number, to: number, reach: number, stride: number, hasBias = true): (x: Expr) => Expr {
    const fans = { inputs: reach ** 2 * from, outputs: (reach / stride) ** 2 * to };
    const { weight, bias } = this.weights([reach, reach, from, to], fans, hasBias, to);
    return (x) => bias(pictured.conv2d(x, weight, { stride }));
  }

  /** A transposed convolution with stride 2, to pictures of `side`. */
  transposed(from: number, to: number, side: number, hasBias: boolean): (x: Expr) => Expr {
    const [reach, stride] = [4, 2];
    const fans = { inputs: (reach / stride) ** 2 * from, outputs: reach ** 2 * to };
    const { weight, bias } = this.weights([reach, reach, to, from], fans, hasBias, to, true);
    return (x) => bias(pictured.conv2dTransposed(x, weight, [side, side], { stride }));
  }

  /** Every pixel four times, then filters. */
  nearest(from: number, to: number, side: number, hasBias: boolean): (x: Expr) => Expr {
    const filter = this.filters(from, to, 3, 1, hasBias);
    return (x) => filter(upsampled(x, side));
  }

  /** Two layers that draw, added to their input, at twice its size. */
  growingBlock(from: number, to: number, side: number): (x: Expr) => Expr {
    const before = this.activated(from, 'drawing');
    const first = this.filters(from, to, 3, 1, !this.areNormed);
    const between = this.activated(to, 'drawing');
    const second = this.filters(to, to, 3, 1);
    const straight = this.filters(from, to, 1, 1);
    return (x) => {
      const large = first(upsampled(before(x), side));
      // Filters of one pixel and repeated pixels can change places: fewer products this way.
      return build.add(second(between(large)), upsampled(straight(x), side));
    };
  }

  /** Two layers that read, added to their input, at half its size; the first block sees the picture as it is. */
  shrinkingBlock(from: number, to: number, isFirst: boolean): (x: Expr) => Expr {
    const before = isFirst ? (x: Expr) => x : this.activated(from, 'reading');
    const first = this.filters(from, to, 3, 1, isFirst || !this.areNormed);
    const between = this.activated(to, 'reading', !isFirst);
    const second = this.filters(to, to, 3, 1);
    const straight = this.filters(from, to, 1, 1);
    return (x) => build.add(pooled(second(between(first(before(x))))), straight(pooled(x)));
  }

  /** Of the layer made last. */
  private get name(): string {
    return `${this.prefix}layer${this.made}`;
  }

  private weights(
    shape: readonly number[],
    fans: Fans,
    hasBias: boolean,
    outputs: number,
    isTransposed = false,
  ): { weight: Expr; bias: (x: Expr) => Expr } {
    const { stage, player, settings, initialiser } = this;
    this.made++;
    const { name } = this;
    const columns = shape[shape.length - 1];
    const own = stage.parameter(player, `${name}.weight`, shape, (stream, _shape, out) =>
      initialiser.fill(stream, out.length / columns, columns, settings.initialiser, out, fans),
    );
    const weight = settings.spectral ? this.limited(name, own, isTransposed) : own;
    if (!hasBias) return { weight, bias: (x) => x };
    const bias = stage.parameter(player, `${name}.bias`, [outputs], (_stream, _shape, out) => out.fill(0));
    return { weight, bias: (x) => build.add(x, bias) };
  }

  /** A filter over the largest singular value of [its inputs, its outputs]. */
  private limited(name: string, weight: Expr, isTransposed: boolean): Expr {
    const order = isTransposed ? [0, 1, 3, 2] : weight.shape.map((_, axis) => axis);
    const turned = build.transpose(weight, order);
    const outputs = turned.shape[turned.shape.length - 1];
    const matrix = build.reshape(turned, [sizeOf(turned.shape) / outputs, outputs]);
    const limited = spectralNorm(this.stage, `${this.player}.${name}`, matrix);
    return build.transpose(build.reshape(limited, turned.shape), order);
  }
}

/** Every pixel four times, without the last row and column where the side is odd. */
function upsampled(x: Expr, side: number): Expr {
  const [batch, , , channels] = x.shape;
  return build.slice(pictured.upsample(x), [0, 0, 0, 0], [batch, side, side, channels]);
}

/** Means of four pixels; an odd side is filled up with zeros. */
function pooled(x: Expr): Expr {
  const [batch, side, , channels] = x.shape;
  const even = 2 * Math.ceil(side / 2);
  return pictured.averagePool(build.pad(x, [0, 0, 0, 0], [batch, even, even, channels]));
}
