/** What both players could still win by answering the other as well as they can. */
import { constraints } from '../catalog/constraints/index.ts';
import type { Experiment } from '../catalog/experiment.ts';
import type { Constraint, SimplexPicture } from '../catalog/kinds.ts';
import { adam } from '../catalog/rules/adam.ts';
import { type Field, half, type Player, players } from '../math/field.ts';
import { eigenSymmetric } from '../math/jacobi.ts';
import { addScaled, dot, type Vector } from '../math/vector.ts';
import { defaults, group, integer, number } from '../settings/index.ts';
import { defineLongProbe, type Moment, type Work } from './probe.ts';

/** Games in which each player's loss is at most quadratic in its own parameters: best answers in closed form. */
const QUADRATIC: ReadonlySet<string> = new Set([
  'bilinear',
  'quadratic',
  'variance',
  'covariance',
  'linearWgan',
  'shiftedBilinear',
  'randomQuadratic',
  'stochasticBilinear',
]);
/** Curvatures of more parameters take too long at once. */
const MOST_PARAMETERS = 64;
/** Slopes and curvatures below this are rounding. */
const NOTHING = 1e-12;
/** Added to the seed: batches that this run never trains on. */
const HELD_OUT = 2 ** 40;
const SEEDS = 2 ** 53;

/** One player's loss here, less the least that it could have: exact, or at least this much. */
interface Gain {
  readonly value: number;
  readonly exact: boolean;
}

/**
 * The duality gap max V(theta, .) - min V(., phi) of a zero-sum game, as
 *   (L_G(w) - min L_G(., phi)) + (L_D(w) - min L_D(theta, .)),
 * which also has a meaning where the losses do not add up to zero (Nikaido and Isoda 1955): 0 exactly where
 * neither player could win anything by itself.
 *
 * Exact in matrix games, where a best answer is one action (max(Mq) - min(p'M)), and where each loss is at most
 * quadratic in its own parameters, a box counted in where a player is kept in one: (mu + a²/mu)(theta² + phi²) / 2
 * for V = mu (theta² - phi²) / 2 + a theta phi. Null where a player could win without end, as in a bilinear game
 * without a box off its equilibrium. Elsewhere each player's loss is descended on a copy by K steps of Adam
 * against the other as it stands, on a batch of draws that the run does not train on; the least loss met makes a
 * lower bound of the gap on that batch; a player who is held fixed wins nothing there (after Grnarova et al. 2019, arXiv:1811.05512).
 */
export const dualityGap = defineLongProbe({
  name: 'dualityGap',
  label: 'duality gap',
  summary:
    'What both players could win by their best answers: exact where that is known, else a lower bound.',
  cost: 'long',
  settings: group({
    steps: integer({
      label: 'steps K',
      summary: 'Of each player towards its best answer, where that must be searched.',
      default: 50,
      min: 1,
      max: 200,
      scale: 'log',
    }),
    rate: number({
      label: 'learning rate',
      summary: 'Of these steps.',
      default: 0.01,
      min: 1e-5,
      max: 1,
      scale: 'log',
    }),
  }),
  fits: () => true,
  *work(moment, settings) {
    const { scene, experiment, step } = moment;
    const field = scene.wholeField?.() ?? scene.frozenField((experiment.seed + HELD_OUT) % SEEDS, step);
    const gains: Gain[] = [];
    for (const [at, player] of players.entries()) {
      const exact = exactGain(moment, field, player);
      if (exact !== undefined) gains.push({ value: exact, exact: true });
      else {
        const search = searchedGain(moment, field, player, settings);
        for (;;) {
          const { done, value } = search.next();
          if (done) {
            gains.push({ value, exact: false });
            break;
          }
          yield (at + value) / players.length;
        }
      }
    }
    const [generator, discriminator] = gains.map(({ value }) => (value < Infinity ? value : null));
    const isInfinite = generator === null || discriminator === null;
    const isKnown = gains.every(({ value }) => !Number.isNaN(value));
    const isExact = gains.every(({ exact }) => exact);
    return {
      step,
      gap: isInfinite ? null : generator + discriminator,
      // What each of them could win.
      generator,
      discriminator,
      kind: !isKnown ? 'unknown' : isInfinite ? 'infinite' : isExact ? 'exact' : 'lower bound',
      searchSteps: isExact ? 0 : settings.steps,
    } as {
      step: number;
      gap: number | null;
      generator: number | null;
      discriminator: number | null;
      kind: string;
      searchSteps: number;
    };
  },
});

/** What a player could win, infinity included; undefined where no closed form is known. */
function exactGain(moment: Moment, field: Field, player: Player): number | undefined {
  const { scene, experiment, point } = moment;
  if (experiment.foresight.kind !== 'none') return undefined;
  const { picture } = scene.model;
  if (picture.kind === 'simplex') return actionGain(moment, picture, player);
  if (experiment.game.kind === 'matchingPennies' && experiment.constraint.kind === 'none') {
    // Payoffs ±(2p - 1)(2q - 1), and 2 sigma(x) - 1 = tanh(x / 2).
    const [first, second] = [Math.tanh(point[0] / 2), Math.tanh(point[1] / 2)];
    return player === 'generator' ? Math.abs(second) - first * second : Math.abs(first) + first * second;
  }
  if (!QUADRATIC.has(experiment.game.kind)) return undefined;
  const bound = boundOf(experiment, player);
  return bound === undefined ? undefined : quadraticGain(field, point, player, bound);
}

/** The box in which a player is kept, infinity without one; undefined under other constraints. */
function boundOf({ constraint }: Experiment, player: Player): number | undefined {
  if (constraint.kind === 'none') return Number.POSITIVE_INFINITY;
  if (constraint.kind !== 'box') return undefined;
  return constraint.whose === 'both' || constraint.whose === player
    ? constraint.bound
    : Number.POSITIVE_INFINITY;
}

/** Against the other's strategy, the best action's worth less that of the player's own mixture. */
function actionGain({ scene, point }: Moment, picture: SimplexPicture, player: Player): number {
  const program = scene.program('strategies and worths', () => ({
    strategies: picture.strategies,
    worths: picture.worths,
  }));
  const { strategies, worths } = program.run(point);
  const own = player === 'generator' ? [0, 3] : [3, 6];
  const worth = worths.subarray(...(own as [number, number]));
  return Math.max(...worth) - dot(strategies.subarray(...(own as [number, number])), worth);
}

/**
 * Of a loss with slope g and constant curvature H in the player's own parameters: g'H⁻¹g / 2 without a box where
 * H has no direction to gain in without end; in a box, sum_i (c |g_i| + g_i w_i) where H is zero, and the best of
 * an interval for one parameter.
 */
function quadraticGain(field: Field, point: Vector, player: Player, bound: number): number | undefined {
  const { split, size } = field;
  const g = half(field.at(point), split, player);
  const own = half(point, split, player);
  const count = g.length;
  const offset = player === 'generator' ? 0 : split;
  if (count > MOST_PARAMETERS && !isLinear(field, point, player)) return undefined;
  const curvature = new Float64Array(count <= MOST_PARAMETERS ? count * count : 0);
  const unit = new Float64Array(size);
  for (let i = 0; i * count < curvature.length; i++) {
    unit[offset + i] = 1;
    curvature.set(half(field.jvp(point, unit), split, player), i * count);
    unit[offset + i] = 0;
  }
  const isFlat = curvature.every((value) => Math.abs(value) <= NOTHING);
  if (bound < Number.POSITIVE_INFINITY) {
    if (isFlat) return own.reduce((sum, w, i) => sum + bound * Math.abs(g[i]) + g[i] * w, 0);
    if (count > 1) return undefined;
    const change = (to: number) => g[0] * (to - own[0]) + 0.5 * curvature[0] * (to - own[0]) ** 2;
    const inside = Math.max(-bound, Math.min(bound, own[0] - g[0] / curvature[0]));
    return -Math.min(change(-bound), change(bound), change(inside));
  }
  if (isFlat) return g.every((value) => Math.abs(value) <= NOTHING) ? 0 : Number.POSITIVE_INFINITY;
  const { values, vectors } = eigenSymmetric(curvature, count);
  let gain = 0;
  for (let k = 0; k < count; k++) {
    const slope = dot(g, vectors.subarray(k * count, k * count + count));
    if (values[k] < -NOTHING) return Number.POSITIVE_INFINITY;
    if (values[k] > NOTHING) gain += (slope * slope) / (2 * values[k]);
    else if (Math.abs(slope) > NOTHING) return Number.POSITIVE_INFINITY;
  }
  return gain;
}

/** Whether a quadratic loss is linear in the player's own parameters: J moves nothing along all of them. */
function isLinear(field: Field, point: Vector, player: Player): boolean {
  const { split, size } = field;
  const unit = new Float64Array(size);
  const offset = player === 'generator' ? 0 : split;
  const count = player === 'generator' ? split : size - split;
  for (let i = 0; i < count; i++) {
    unit[offset + i] = 1;
    if (half(field.jvp(point, unit), split, player).some((value) => Math.abs(value) > NOTHING)) return false;
    unit[offset + i] = 0;
  }
  return true;
}

/** What a player wins by K steps of Adam from where it stands, the other staying: at least 0. */
function* searchedGain(
  { scene, experiment, point }: Moment,
  field: ReturnType<Moment['scene']['frozenField']>,
  player: Player,
  { steps, rate }: { steps: number; rate: number },
): Work<number> {
  const { split } = scene;
  const { constraint: chosen } = experiment;
  const constraint = constraints.find(({ name }) => name === chosen.kind) as unknown as Partial<Constraint>;
  const settings = { ...defaults(adam.settings), learningRate: rate };
  const at = point.slice();
  const own = half(at, split, player);
  const gradient = new Float64Array(scene.size);
  const change = new Float64Array(own.length);
  const memory = adam.init(own.length, settings);
  const index = player === 'generator' ? 0 : 1;
  let first = Number.NaN;
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k <= steps; k++) {
    field.at(at, gradient, player);
    const loss = field.met[index];
    if (k === 0) first = loss;
    if (loss < least) least = loss;
    adam.update(half(gradient, split, player), memory, settings, change, { point: own, layerEnds: [] });
    addScaled(own, change, 1);
    constraint.project?.(at, split, chosen, player);
    yield k / (steps + 1);
  }
  return Math.max(0, first - least);
}
