/** How domain adaptation is written: both domains, the network of features and labels, and the reversed gradient. */
import { build, type Expr, elementary } from '../../expr/index.ts';
import { stream } from '../../math/random.ts';
import { fillMoons } from '../datasets/moons.ts';
import { initialisers } from '../initialisers/index.ts';
import type { Initialiser, Model, Stage } from '../kinds.ts';
import { activations } from '../networks/activations.ts';

const { add, sub, mul, neg, scale, mean, softplus, matmul, reshape, exp, constant, div, maximum, minimum } =
  build;

/** Of the game's settings, those that are no dials. */
interface Chosen {
  readonly count: number;
  /** In degrees. */
  readonly turn: number;
  readonly noise: number;
  readonly instance: number;
  readonly batchSize: number;
  readonly scaleDiscriminator: boolean;
  readonly hidden: number;
  readonly activation: 'sigmoid' | 'tanh' | 'relu';
  readonly initialiser: { readonly kind: string };
}

export function writeDomains(stage: Stage, settings: Chosen): Model {
  const { count, turn, noise, instance, hidden } = settings;
  const initialiser = initialisers.find(
    (entry) => entry.name === settings.initialiser.kind,
  ) as unknown as Initialiser;
  const sets = twoDomains(instance, count, noise, (turn * Math.PI) / 180);
  const size = Math.min(settings.batchSize, count);

  // One row a point: position and label, picked from the finite sets.
  const pickRows = (name: 'source' | 'target') =>
    stage.draw(name, [size, 3], (streams, out) => {
      const { positions, labels } = sets[name];
      const chosen = streams(name).integers(new Int32Array(size), count);
      for (let i = 0; i < size; i++) {
        const at = chosen[i];
        out[3 * i] = positions[2 * at];
        out[3 * i + 1] = positions[2 * at + 1];
        out[3 * i + 2] = labels[at];
      }
    });
  const source = pickRows('source');
  const target = pickRows('target');
  const positionsOf = (rows: Expr) => build.slice(rows, [0, 0], [size, 2]);
  const labels = reshape(build.slice(source, [0, 2], [size, 1]), [size]);

  const weights = (name: string, from: number, to: number) =>
    stage.parameter('generator', name, [from, to], (random, shape, out) =>
      initialiser.fill(random, shape[0], shape[1], settings.initialiser, out),
    );
  const zeros = (player: 'generator' | 'discriminator', name: string, shape: number[]) =>
    stage.parameter(player, name, shape, (_stream, _shape, out) => out.fill(0));
  const first = weights('features.weight', 2, hidden);
  const firstBias = zeros('generator', 'features.bias', [hidden]);
  const labelWeight = weights('labels.weight', hidden, 2);
  const labelBias = zeros('generator', 'labels.bias', [2]);
  const domainWeight = zeros('discriminator', 'domain.weight', [hidden, 1]);
  const domainBias = zeros('discriminator', 'domain.bias', [1]);

  const activation = activations[settings.activation];
  const features = (x: Expr) => activation(add(matmul(x, first), firstBias));
  const head = (h: Expr, weight: Expr, bias: Expr) => reshape(add(matmul(h, weight), bias), [h.shape[0]]);
  /** Softmax over two logits is the logistic function of their difference. */
  const labelLogit = (h: Expr) => {
    const both = add(matmul(h, labelWeight), labelBias);
    const column = (at: number) => reshape(build.slice(both, [0, at], [h.shape[0], 1]), [h.shape[0]]);
    return sub(column(1), column(0));
  };
  const classify = (x: Expr) => labelLogit(features(x));
  const score = (x: Expr) => head(features(x), domainWeight, domainBias);

  const sourceFeatures = features(positionsOf(source));
  const logits = labelLogit(sourceFeatures);
  const labelLoss = mean(sub(softplus(logits), mul(labels, logits)));
  const fromSource = head(sourceFeatures, domainWeight, domainBias);
  const fromTarget = head(features(positionsOf(target)), domainWeight, domainBias);
  const domainLoss = add(mean(softplus(neg(fromSource))), mean(softplus(fromTarget)));

  const lambda = stage.dial('lambda');
  const strength = mul(lambda, fadedIn(stage.clock(), stage.dial('fadeIn')));
  const own = settings.scaleDiscriminator ? mul(strength, domainLoss) : domainLoss;
  let reach = 0;
  for (const value of [...sets.source.positions, ...sets.target.positions])
    reach = Math.max(reach, Math.abs(value));
  return {
    losses: [sub(labelLoss, mul(strength, domainLoss)), own],
    equilibria: [],
    picture: { kind: 'domains', extent: 1.15 * reach, ...sets, classify, score },
  };
}

/** 2 / (1 + e^(-10 p)) - 1 for the progress p = step / duration, 1 at most; 1 where the duration is 0. */
function fadedIn(step: Expr, duration: Expr): Expr {
  const one = constant(1);
  const p = minimum(div(step, maximum(duration, one)), one);
  const part = sub(div(constant(2), add(one, exp(scale(p, -10)))), one);
  return add(one, mul(minimum(duration, one), sub(part, one)));
}

type Domain = { positions: Float64Array; labels: Float64Array };

/** Labelled moons, centred and doubled, and others turned by an angle. */
function twoDomains(instance: number, count: number, noise: number, angle: number) {
  const cos = elementary.cos(angle);
  const sin = elementary.sin(angle);
  const make = (name: string, turned: boolean): Domain => {
    const positions = new Float64Array(2 * count);
    const labels = fillMoons(
      (purpose) => stream(instance, `domains.${name}.${purpose}`),
      count,
      noise,
      positions,
      true,
    );
    for (let i = 0; i < count; i++) {
      const x = 2 * positions[2 * i];
      const y = 2 * positions[2 * i + 1];
      positions[2 * i] = Math.fround(turned ? cos * x - sin * y : x);
      positions[2 * i + 1] = Math.fround(turned ? sin * x + cos * y : y);
    }
    return { positions, labels: Float64Array.from(labels) };
  };
  return { source: make('source', false), target: make('target', true) };
}
