/** What watchers look at: what was seen of a run at each reading, and what the run itself has kept. */
import type { Experiment } from '../../catalog/experiment.ts';
import type { ImagesPicture, SamplesPicture } from '../../catalog/kinds.ts';
import type { Scene } from '../../catalog/scene.ts';
import { build } from '../../expr/index.ts';
import { half } from '../../math/field.ts';
import type { Vector } from '../../math/vector.ts';
import { countModes } from '../modes.ts';
import { fixedLatents, imagesPicture, picturesOf, realPictures } from '../pictures.ts';
import type { Moment, RunSoFar } from '../probe.ts';
import { foundIn, histogramOf, look, tellsClasses } from '../recognised.ts';
import { evaluationStreams, generated, samplesPicture } from '../samples.ts';
import { type Leading, leadingOf } from './leading.ts';
import { largestOf, lengthOf } from './length.ts';

/** Of a generator of a player each: [generator, discriminator]. */
type Pair = readonly [generator: number, discriminator: number];

/** What is measured at one reading. */
export interface Observation {
  readonly step: number;
  /** On the next batch, at the run's own point: both losses, the lengths of both gradients. */
  readonly losses: Pair;
  readonly gradients: Pair;
  /** The parameter farthest from 0. */
  readonly largest: number;
  readonly modes?: SeenModes;
  readonly told?: Told;
}

/** Of a mixture, in 2500 generated samples; modes by their numbers. Of pictures their classes, in 256 of them. */
export interface SeenModes {
  readonly total: number;
  /** Of pictures alone: how many of their classes as many real ones show. */
  readonly real?: number;
  /** With at least 1 % of all samples within three deviations, as the probe `modes` counts. */
  readonly covered: readonly number[];
  /** With at least 1 % of all samples nearer than half the way to the next mode. */
  readonly approached: readonly number[];
  /** Shares of samples: within three deviations of a mode; nearer to one than half the way to the next. 1 of pictures. */
  readonly highQuality: number;
  readonly near: number;
}

/** What the discriminator tells of 512 real and 512 generated samples, or of half as many pictures. */
export interface Told {
  /** Share on the right side of logit 0. */
  readonly accuracy: number;
  /** Mean chances of being real that it gives. */
  readonly real: number;
  readonly fake: number;
  /** Standard deviation of the logits of all samples together, and their mean. */
  readonly spread: number;
  readonly level: number;
}

export interface Evidence {
  readonly step: number;
  readonly experiment: Experiment;
  /** The first step of what is going on under the present settings, as far as was seen. */
  readonly since: number;
  /** The oldest first; the last one is of this step, or of pictures of one shortly before. */
  readonly seen: readonly Observation[];
  /** Of the newest steps under the present settings; `from` is the step of the first. */
  losses(): { readonly from: number; readonly generator: Float64Array; readonly discriminator: Float64Array };
  /** Both losses at equilibrium, where they are known. */
  readonly settled?: Pair;
  /** Nothing is known of where the game settles, or the run is far from there. */
  readonly isAway: boolean;
  /** How far the run has come since an earlier point of it, at least `steps` ago, and how long its point is. */
  moved(
    steps: number,
  ): { readonly steps: number; readonly distance: number; readonly length: number } | undefined;
  readonly diverged?: RunSoFar['diverged'];
  /** What drives the run apart, where that is known. Takes some products with the Jacobian. */
  leading(): Leading | undefined;
}

const SAMPLES = 2500;
const JUDGED = 512;
/** Pictures cost more: fewer are looked at, and so seldom that it takes no more than some percent of the time. */
const PICTURES = 256;
const STEPS_BETWEEN = 25;
const COVERED_SHARE = 0.01;
/** Of its distance at the start: nearer to an equilibrium counts as there. */
const THERE = 1e-3;
/** As many observations are kept; beyond, every second one goes, so that all of the run stays in view. */
const MOST = 512;

/** What is remembered of a run between two readings. */
interface Diary {
  experiment: Experiment;
  since: number;
  seen: Observation[];
}

/** Adds an observation of this moment to what is remembered of its run, one for each step. */
export function gather(moment: Moment & { run: RunSoFar }): Evidence {
  const { scene, experiment, run, step } = moment;
  const diary: Diary = (run.notes.get('notices') as Diary) ?? { experiment, since: 0, seen: [] };
  run.notes.set('notices', diary);
  if (diary.experiment !== experiment) {
    // What was seen on other data says nothing of these: a mode is another one.
    if (dataOf(diary.experiment) !== dataOf(experiment)) diary.seen = [];
    diary.experiment = experiment;
    diary.since = step;
  }
  const points = run.points();
  const own = points[points.length - 1].point;
  if (isWorthALook(moment, diary.seen.at(-1))) {
    if (diary.seen.length >= MOST) diary.seen = diary.seen.filter((_, i) => i % 2 === 0);
    diary.seen.push(observe(moment, own));
  }
  const { equilibria, lossesAtEquilibrium } = scene.model;
  const away = (point: Vector) =>
    Math.min(...equilibria.map((each) => distance(point, Float64Array.from(each.point))));
  return {
    step,
    experiment,
    since: diary.since,
    seen: diary.seen,
    losses() {
      const { from, generator, discriminator } = run.losses();
      const skipped = Math.max(0, diary.since - from);
      return {
        from: from + skipped,
        generator: generator.subarray(skipped),
        discriminator: discriminator.subarray(skipped),
      };
    },
    settled: lossesAtEquilibrium,
    isAway: equilibria.length === 0 || away(own) > THERE * away(points[0].point),
    moved(steps) {
      const then = points.findLast((each) => each.step <= step - steps && each.step >= diary.since);
      return then && { steps: step - then.step, distance: distance(own, then.point), length: lengthOf(own) };
    },
    diverged: run.diverged,
    leading: () => leadingOf(moment),
  };
}

/** Once for each step; of pictures seldom, unless it was the last one. */
function isWorthALook({ scene, step, run: { diverged } }: Moment & { run: RunSoFar }, last?: Observation) {
  const apart = Math.abs(step - (last?.step ?? Number.POSITIVE_INFINITY));
  return apart >= (scene.model.picture.kind === 'images' && !diverged ? STEPS_BETWEEN : 1);
}

const dataOf = ({ game }: Experiment) => 'dataset' in game && JSON.stringify(game.dataset);

const distance = (a: Vector, b: Vector) => lengthOf(a.map((value, i) => value - b[i]));

function observe(moment: Moment, own: Vector): Observation {
  const { scene, experiment, step } = moment;
  const field = scene.field(experiment.seed, step, 0);
  const value = field.at(own);
  return {
    step,
    losses: [field.met[0], field.met[1]],
    gradients: [
      lengthOf(half(value, scene.split, 'generator')),
      lengthOf(half(value, scene.split, 'discriminator')),
    ],
    largest: largestOf(own),
    ...see(moment, own),
  };
}

function see(moment: Moment, own: Vector): Pick<Observation, 'modes' | 'told'> {
  const { kind } = moment.scene.model.picture;
  if (kind === 'samples') return seeSamples(moment, own);
  return kind === 'images' ? seePictures(moment, own) : {};
}

function seeSamples(moment: Moment, own: Vector): Pick<Observation, 'modes' | 'told'> {
  const { scene, point } = moment;
  const { modes, dimension } = samplesPicture(scene);
  // The modes are those of the point at which the run is judged; its own discriminator judges its own samples.
  const isOwn = point.every((value, i) => value === own[i]);
  const positions = modes && generated(moment, SAMPLES);
  const judged = (isOwn && positions) || generated({ ...moment, point: own }, JUDGED);
  return {
    modes: modes && positions && seeModes(positions, modes.centres, modes.spread, dimension),
    told: scene.model.accuracy && tell(moment, own, judged.subarray(0, JUDGED * dimension), dimension),
  };
}

function seePictures(moment: Moment, own: Vector): Pick<Observation, 'modes' | 'told'> {
  const { scene, point } = moment;
  const { side, channels } = imagesPicture(scene);
  const latents = fixedLatents(moment, PICTURES);
  const isOwn = point.every((value, i) => value === own[i]);
  const pictures = picturesOf(moment, latents);
  const judged = isOwn ? pictures : picturesOf({ ...moment, point: own }, latents);
  return {
    modes: tellsClasses(scene) ? seeClasses(moment, pictures) : undefined,
    told: scene.model.accuracy && tell(moment, own, judged, side * side * channels),
  };
}

function seeClasses(moment: Moment, pictures: Float64Array): SeenModes {
  const { scene } = moment;
  const { classes } = imagesPicture(scene);
  const found = (of: Float64Array) =>
    foundIn(histogramOf(look(moment, of, PICTURES).labels, classes.length), PICTURES);
  const real = realClasses.get(scene) ?? found(realPictures(moment, PICTURES).pictures).length;
  realClasses.set(scene, real);
  const covered = found(pictures);
  return { total: classes.length, real, covered, approached: covered, highQuality: 1, near: 1 };
}

/** How many classes real pictures show: it is counted once. */
const realClasses = new WeakMap<Scene, number>();

function seeModes(
  positions: Float64Array,
  centres: Float64Array,
  spread: number,
  dimension: number,
): SeenModes {
  const count = (within: number) => {
    // The count reaches as far as three deviations.
    const { histogram, highQuality } = countModes(positions, { centres, spread: within / 3 }, dimension);
    const enough = (COVERED_SHARE * positions.length) / dimension;
    return { modes: [...histogram.keys()].filter((k) => histogram[k] >= enough), share: highQuality };
  };
  const on = count(3 * spread);
  const towards = count(Math.max(3 * spread, halfWay(centres, dimension)));
  return {
    total: centres.length / dimension,
    covered: on.modes,
    approached: towards.modes,
    highQuality: on.share,
    near: towards.share,
  };
}

/** Half the way between the two modes that are nearest to each other. */
function halfWay(centres: Float64Array, dimension: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let a = 0; a < centres.length; a += dimension) {
    for (let b = 0; b < a; b += dimension) {
      const apart = distance(centres.subarray(a, a + dimension), centres.subarray(b, b + dimension));
      if (apart > 0) least = Math.min(least, apart);
    }
  }
  return Number.isFinite(least) ? least / 2 : 0;
}

/** What the discriminator tells of generated samples [count, size] and of as many real ones. */
function tell(moment: Moment, own: Vector, fake: Float64Array, size: number): Told {
  const { scene } = moment;
  const { fillReal, score } = scene.model.picture as SamplesPicture | ImagesPicture;
  const count = fake.length / size;
  const samples = new Float64Array(2 * fake.length);
  fillReal(evaluationStreams(moment), count, samples.subarray(0, fake.length));
  samples.set(fake, fake.length);
  const program = scene.program(`told ${2 * count}`, () => ({
    scores: score(build.input('samples', [2 * count, size])),
  }));
  const { scores } = program.run(own, { samples });
  let right = 0;
  let sum = 0;
  const chances = [0, 0];
  for (let i = 0; i < scores.length; i++) {
    const isReal = i < count;
    // A logit of exactly 0 is a guess: half right.
    right += scores[i] === 0 ? 0.5 : Number(scores[i] > 0 === isReal);
    chances[isReal ? 0 : 1] += 1 / (1 + Math.exp(-scores[i])) / count;
    sum += scores[i];
  }
  const level = sum / scores.length;
  let squares = 0;
  for (const each of scores) squares += (each - level) ** 2;
  return {
    accuracy: right / scores.length,
    real: chances[0],
    fake: chances[1],
    spread: Math.sqrt(squares / scores.length),
    level,
  };
}
