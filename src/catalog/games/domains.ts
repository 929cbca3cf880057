/** Domain-adversarial training: features that tell the labels but not which domain they come from. */
import { build, type Expr, elementary } from '../../expr/index.ts';
import { stream } from '../../math/random.ts';
import { choice, group, integer, number, pick, toggle } from '../../settings/index.ts';
import { fillMoons } from '../datasets/moons.ts';
import { initialisers } from '../initialisers/index.ts';
import { defineGame, type Initialiser } from '../kinds.ts';
import { activations } from '../networks/activations.ts';

const { add, sub, mul, neg, scale, mean, softplus, matmul, reshape, exp, constant, div, maximum, minimum } =
  build;

export const domains = defineGame({
  name: 'domains',
  label: 'Domain adaptation',
  summary:
    'A classifier learns from labelled moons and is used on turned ones; an adversary makes it forget the turn.',
  source:
    'Ganin et al. 2016 (arXiv:1505.07818), section 5.1.1 and algorithm 1; gradient reversal: Ganin & Lempitsky 2015 (arXiv:1409.7495)',
  formula: 'generator: features and labels minimise L_y − λ L_d;  discriminator: the domain minimises L_d',
  settings: group({
    count: integer({
      label: 'points',
      summary: 'Of each domain.',
      default: 150,
      min: 10,
      max: 2000,
      scale: 'log',
      live: false,
    }),
    turn: number({
      label: 'turn',
      summary: 'By which the target is rotated.',
      default: 35,
      min: -180,
      max: 180,
      unit: 'degrees',
      live: false,
    }),
    noise: number({
      label: 'noise',
      summary: 'Jitter of the moons.',
      default: 0.05,
      min: 0,
      max: 0.5,
      live: false,
    }),
    instance: integer({
      label: 'instance',
      summary: 'Which random points.',
      default: 0,
      min: 0,
      max: 1_000_000,
      live: false,
    }),
    batchSize: integer({
      label: 'batch size',
      summary: 'Points of each domain in one reading; one at a time in the original.',
      default: 1,
      min: 1,
      max: 2000,
      scale: 'log',
    }),
    lambda: number({
      label: 'reversal λ',
      summary: 'How strongly the features work against the domain classifier; 0 is a plain network.',
      default: 6,
      min: 0,
      max: 100,
      scale: 'log',
      zero: true,
    }),
    fadeIn: integer({
      label: 'λ fades in over',
      summary: 'Steps of the published schedule 2/(1 + e^(−10p)) − 1; 0 has the full λ at once.',
      default: 0,
      min: 0,
      max: 10_000_000,
      scale: 'log',
      zero: true,
      unit: 'steps',
    }),
    scaleDiscriminator: toggle({
      label: 'λ on the domain’s own step',
      summary: 'Algorithm 1 multiplies it by λ too; gradient-reversal code does not.',
      default: true,
    }),
    hidden: integer({
      label: 'hidden units',
      summary: 'Of the features.',
      default: 15,
      min: 1,
      max: 256,
      live: false,
    }),
    activation: pick({
      label: 'activation',
      summary: 'Of the features.',
      default: 'sigmoid',
      options: { sigmoid: '1 / (1 + e⁻ˣ)', tanh: 'hyperbolic tangent', relu: 'max(x, 0)' },
      live: false,
    }),
    initialiser: choice({
      label: 'first weights',
      summary: 'Of the features; the domain classifier starts at zero.',
      entries: initialisers,
      default: 'glorot',
    }),
  }),
  write(stage, settings) {
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
  },
});

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
