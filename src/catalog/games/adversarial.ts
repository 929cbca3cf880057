/** What all GANs have in common, whatever their samples are: settings, both players, losses, regularisers. */
import { build, type Expr } from '../../expr/index.ts';
import { type Player, players } from '../../math/field.ts';
import type { Stream } from '../../math/random.ts';
import {
  choice,
  type Entry,
  group,
  integer,
  number,
  pick,
  toggle,
  type Values,
} from '../../settings/index.ts';
import type {
  ImageSize,
  Judged,
  Loss,
  Model,
  Need,
  Network,
  Penalty,
  Pictures,
  Signal,
  Stage,
  Streams,
} from '../kinds.ts';
import { losses } from '../losses/index.ts';
import { pictureNetworks } from '../networks/pictures.ts';
import { penalties } from '../penalties/index.ts';

const strength = (label: string, summary: string) =>
  number({ label, summary, default: 0, min: 0, max: 10, scale: 'log', zero: true });

/** What is usual for a kind of samples. */
interface Usual {
  readonly penalty: (typeof penalties)[number]['name'];
  readonly batchSize: number;
  readonly latentSize: number;
}

/** The settings of a GAN whose players are such networks, but for what is to be imitated. */
export const adversarialSettings = <const E extends readonly Entry[]>(networks: E, usual: Usual) => ({
  loss: choice({
    label: 'loss',
    summary: 'What each player minimises.',
    entries: losses,
    default: 'nonSaturating',
    live: true,
  }),
  penalty: choice({
    label: 'penalty',
    summary: 'What keeps the discriminator’s slope in bounds.',
    entries: penalties,
    default: usual.penalty,
    live: true,
  }),
  batchSize: integer({
    label: 'batch size',
    summary: 'Samples, real and generated alike, in one reading of the field.',
    default: usual.batchSize,
    min: 1,
    max: 4096,
    scale: 'log',
  }),
  latentSize: integer({
    label: 'latent size',
    summary: 'Dimensions of the noise that the generator turns into samples.',
    default: usual.latentSize,
    min: 1,
    max: 512,
    scale: 'log',
    live: false,
  }),
  latent: pick({
    label: 'latent noise',
    summary: 'Its distribution in each dimension.',
    default: 'normal',
    options: { normal: 'standard normal', uniform: 'uniform on [−1, 1]' },
  }),
  generatorNetwork: choice({
    label: 'generator network',
    summary: 'From noise to a sample.',
    entries: networks,
    default: 'dense' as NoInfer<E[number]['name']>,
  }),
  discriminatorNetwork: choice({
    label: 'discriminator network',
    summary: 'From a sample to a logit.',
    entries: networks,
    default: 'dense' as NoInfer<E[number]['name']>,
  }),
  regularisation: group(
    {
      instanceNoise: strength(
        'instance noise σ',
        'Standard deviation of noise on all that the discriminator sees (Sønderby et al. 2017, arXiv:1610.04490).',
      ),
      annealing: integer({
        label: 'noise fades over',
        summary: 'Steps until the instance noise is gone; 0 keeps it.',
        default: 0,
        min: 0,
        max: 10_000_000,
        scale: 'log',
        zero: true,
        unit: 'steps',
      }),
      packing: integer({
        label: 'packing',
        summary:
          'How many samples the discriminator judges together (PacGAN: Lin et al. 2018, arXiv:1712.04086).',
        default: 1,
        min: 1,
        max: 8,
        live: false,
      }),
      weightDecay: strength(
        'weight decay',
        'Half this times the squared length of a player’s parameters, in its loss.',
      ),
      historicalAveraging: toggle({
        label: 'historical averaging',
        summary:
          'Pull each player towards the mean of its past (Salimans et al. 2016, arXiv:1606.03498, section 3.3).',
        default: false,
        live: false,
      }),
      history: number({
        label: 'pull of the past',
        summary: 'Of historical averaging: times the squared distance from the mean.',
        default: 0.01,
        min: 0,
        max: 10,
        scale: 'log',
        zero: true,
      }),
    },
    'regularisation',
  ),
  frozen: pick({
    label: 'held fixed',
    summary: 'A player who does not learn, to see what the other makes of that.',
    default: 'none',
    options: { none: 'both learn', generator: 'the generator', discriminator: 'the discriminator' },
  }),
});

type Adversarial = Values<ReturnType<typeof shaped>>;
const shaped = () =>
  group(adversarialSettings(pictureNetworks, { penalty: 'none', batchSize: 1, latentSize: 1 }));

/** Which needs of other entries a GAN meets. */
export const adversarialOffers = ({ loss, discriminatorNetwork }: Adversarial): readonly Need[] => [
  'reconstruction',
  ...(loss.kind === 'began' ? [] : (['accuracy'] as const)),
  ...(hasFeatures(discriminatorNetwork) ? (['features'] as const) : []),
];

const hasFeatures = (network: Adversarial['discriminatorNetwork']) =>
  network.kind !== 'dense' || network.hidden.length > 0;

/** What is imitated. */
interface Data {
  /** Numbers of a sample. */
  readonly size: number;
  /** Where samples are pictures: their size. Values then are in [-1, 1], and so is what the generator makes. */
  readonly image?: ImageSize;
  /** `count` real samples [count, size], row-major. */
  fill(streams: Streams, count: number, out: Float64Array): void;
}

/** A GAN, written down, and what its picture is made of. */
export interface Adversaries {
  readonly model: Omit<Model, 'picture'>;
  readonly latentSize: number;
  /** Latent points [count, latentSize] -> samples [count, size]. */
  generate(latent: Expr): Expr;
  /** The generated samples of a batch [batch, size]: the expression of which the losses are made. */
  readonly fake: Expr;
  /** Samples [count, size] -> logits [count]; a packed discriminator judges copies of one sample together. */
  score(samples: Expr): Expr;
  fillLatent(streams: Streams, out: Float64Array): void;
}

/** Writes down both players and what they minimise. */
export function writeAdversaries(stage: Stage, settings: Adversarial, data: Data): Adversaries {
  const { batchSize, latentSize, regularisation } = settings;
  const loss = losses.find((entry) => entry.name === settings.loss.kind) as unknown as Loss;
  const networkOf = (kind: string) =>
    pictureNetworks.find((entry) => entry.name === kind) as unknown as Network;
  const fillLatent = (streams: Streams, out: Float64Array) => {
    const stream = streams('latent');
    if (settings.latent === 'normal') stream.normals(out);
    else {
      stream.uniforms(out);
      for (let i = 0; i < out.length; i++) out[i] = 2 * out[i] - 1;
    }
  };

  const pack = Math.min(regularisation.packing, batchSize);
  const real = stage.draw('real', [batchSize, data.size], (streams, out) => {
    data.fill(streams, batchSize, out);
    // Datasets take their parts in turn; samples that are judged together must be independent.
    if (pack > 1) shuffleRows(streams('data.order'), batchSize, data.size, out);
  });
  const latent = stage.draw('latent', [batchSize, latentSize], fillLatent);

  const rebuilds = loss.judges === 'reconstruction';
  const { generatorNetwork, discriminatorNetwork } = settings;
  const pictures = (at: Pictures['at']) => data.image && { ...data.image, at };
  const generator = networkOf(generatorNetwork.kind).write(
    stage,
    'generator',
    latentSize,
    data.size,
    generatorNetwork,
    pictures('output'),
  );
  const judge = networkOf(discriminatorNetwork.kind).write(
    stage,
    'discriminator',
    data.size * pack,
    rebuilds ? data.size * pack : 1,
    discriminatorNetwork,
    pictures(rebuilds ? 'both' : 'input'),
  );
  const generate = (z: Expr) => generator(z).output;
  /** Scores of rows [count, 2 pack], shape [count]. */
  const scoreOf = (x: Expr, { output }: Signal) =>
    rebuilds
      ? build.neg(build.mean(build.abs(build.sub(x, output)), [1]))
      : build.reshape(output, [x.shape[0]]);
  const scoreRows = (x: Expr) => scoreOf(x, judge(x));

  const fake = generate(latent);
  const seenReal = packed(withNoise(stage, 'noise.real', real, settings.regularisation), pack);
  const seenFake = packed(withNoise(stage, 'noise.fake', fake, settings.regularisation), pack);
  const onReal = judge(seenReal);
  const onFake = judge(seenFake);
  const realScores = scoreOf(seenReal, onReal);
  const fakeScores = scoreOf(seenFake, onFake);
  const own = loss.write(
    {
      real: realScores,
      fake: fakeScores,
      mean: build.mean,
      features: { real: onReal.features, fake: onFake.features },
    },
    settings.loss,
    stage,
  );
  const judged: Judged = { real: seenReal, fake: seenFake, score: scoreRows };

  const settled = loss.atEquilibrium(settings.loss);
  const { historicalAveraging, weightDecay } = regularisation;
  const isBare = settings.penalty.kind === 'none' && !historicalAveraging && weightDecay === 0;
  return {
    model: {
      losses: [own[0], build.add(own[1], penaltyOf(stage, judged, settings.penalty))],
      regularisers: (point, split) => pullsOf(stage, point, split, settings.regularisation),
      // A reconstruction's error is no logit: its level 0 tells nothing apart.
      accuracy: rebuilds
        ? undefined
        : build.scale(
            build.add(build.mean(build.step(realScores)), build.mean(build.step(build.neg(fakeScores)))),
            0.5,
          ),
      equilibria: [],
      lossesAtEquilibrium: isBare ? settled : undefined,
      frozen: settings.frozen === 'none' ? undefined : settings.frozen,
    },
    latentSize,
    generate,
    fake,
    score: (x) =>
      scoreRows(
        build.concat(
          Array.from({ length: pack }, () => x),
          1,
        ),
      ),
    fillLatent,
  };
}

/** Puts rows [count, width] into a random order (Fisher and Yates 1938), in place. */
function shuffleRows(stream: Stream, count: number, width: number, rows: Float64Array): void {
  const levels = stream.uniforms(new Float64Array(count));
  for (let i = count - 1; i > 0; i--) {
    const other = Math.floor(levels[i] * (i + 1));
    for (let axis = 0; axis < width; axis++) {
      const value = rows[width * i + axis];
      rows[width * i + axis] = rows[width * other + axis];
      rows[width * other + axis] = value;
    }
  }
}

/** Rows of `pack` samples beside each other; what does not fill a row is left out. */
function packed(x: Expr, pack: number): Expr {
  if (pack === 1) return x;
  const [count, width] = x.shape;
  const rows = Math.floor(count / pack);
  return build.reshape(build.slice(x, [0, 0], [rows * pack, width]), [rows, width * pack]);
}

interface Regularisation {
  readonly instanceNoise: number;
  readonly weightDecay: number;
  readonly historicalAveraging: boolean;
}

/** Instance noise sigma max(0, 1 - t / T) on what the discriminator sees; none is drawn while it is off. */
function withNoise(stage: Stage, name: string, x: Expr, { instanceNoise }: Regularisation): Expr {
  if (instanceNoise === 0) return x;
  const { add, sub, mul, div, maximum, minimum, relu, constant } = build;
  const noise = stage.draw(name, x.shape, (streams, out) => void streams(name).normals(out));
  const one = constant(1);
  const duration = stage.dial('regularisation.annealing');
  // Written so that a duration of 0, which means for ever, needs no other expression.
  const isAnnealed = minimum(duration, one);
  const left = relu(sub(one, mul(isAnnealed, div(stage.clock(), maximum(duration, one)))));
  return add(x, mul(noise, mul(left, stage.dial('regularisation.instanceNoise'))));
}

function penaltyOf(stage: Stage, judged: Judged, settings: { kind: string }): Expr {
  if (settings.kind === 'none') return build.constant(0);
  const penalty = penalties.find((entry) => entry.name === settings.kind) as unknown as Penalty;
  return penalty.write(judged, settings, stage);
}

/** What is added to both losses for the parameters themselves: weight decay, the pull of the past. */
function pullsOf(stage: Stage, point: Expr, split: number, settings: Regularisation): [Expr, Expr] {
  const { add, sub, mul, div, scale, square, sum, slice, constant } = build;
  const size = point.shape[0];
  const pulls: [Expr, Expr] = [constant(0), constant(0)];
  const own = (x: Expr, player: Player) =>
    player === 'generator' ? slice(x, [0], [split]) : slice(x, [split], [size - split]);
  const addTo = (distance: Expr, weight: Expr) => {
    for (const [at, player] of players.entries()) {
      pulls[at] = add(pulls[at], mul(sum(square(own(distance, player))), weight));
    }
  };
  if (settings.weightDecay > 0) addTo(point, scale(stage.dial('regularisation.weightDecay'), 0.5));
  if (settings.historicalAveraging) {
    const mean = stage.state('past', [size], (_stream, _shape, out) => out.fill(0));
    const count = stage.state('past.steps', [], (_stream, _shape, out) => out.fill(0));
    // Before the first step there is no past to be pulled to.
    const known = build.minimum(count, constant(1));
    addTo(sub(point, mean), mul(known, stage.dial('regularisation.history')));
    const next = add(count, constant(1));
    stage.follow(mean, add(mean, div(sub(point, mean), next)));
    stage.follow(count, next);
  }
  return pulls;
}
