/** One step of a run: the scheme reads the scene's field and the players' rules move the point. */
import type { StepObserver } from '../analysis/stepRecord.ts';
import { adjustments } from '../catalog/adjustments/index.ts';
import { averages } from '../catalog/averages/index.ts';
import { clippings } from '../catalog/clippings/index.ts';
import { constraints } from '../catalog/constraints/index.ts';
import type { Experiment, Part } from '../catalog/experiment.ts';
import type {
  Adjustment,
  After,
  Clipping,
  Constraint,
  Look,
  Place,
  Rule,
  Schedule,
  Scheme,
  Turn,
  Wrapper,
} from '../catalog/kinds.ts';
import { lookaheads } from '../catalog/lookaheads/index.ts';
import { rules } from '../catalog/rules/index.ts';
import type { Scene, SceneField } from '../catalog/scene.ts';
import { schedules } from '../catalog/schedules/index.ts';
import { schemes } from '../catalog/schemes/index.ts';
import { type Field, half, type Player } from '../math/field.ts';
import type { Memory } from '../math/memory.ts';
import { stream } from '../math/random.ts';
import type { Vector } from '../math/vector.ts';
import { type Cost, type Costs, costsOf } from './costs.ts';
import { holdStill, onlyFor, otherOf } from './held.ts';
import { watchBent, watchChange, watchField } from './observer.ts';

/** All that a run is between two steps: plain numbers and vectors, to save, send, compare and perturb. */
export interface State {
  /** Steps taken. */
  step: number;
  /** The joint point, generator first. */
  point: Vector;
  memory: Record<Part, Memory>;
  /** What the game itself remembers, by name. */
  states: Record<string, Float64Array>;
  /** Evaluations of the pair F so far, as `costs.ts` counts them; one player's half counts a half. */
  evaluations: number;
  /** Jacobian-vector and vector-Jacobian products so far, counted alike. */
  products: number;
}

/** Stands for the draw where all of the data are read at once. */
const WHOLE = -1;

type Settings = Readonly<Record<string, unknown>>;

/** The chosen entry of a list; undefined for `none`. */
function chosen<E>(list: readonly { name: string }[], { kind }: { kind: string }): E | undefined {
  return kind === 'none' ? undefined : (list.find((entry) => entry.name === kind) as unknown as E);
}

/** The entries that an experiment plays with. */
function optimizerOf(experiment: Experiment) {
  return {
    scheme: chosen<Scheme>(schemes, experiment.scheme) as Scheme,
    generator: chosen<Rule>(rules, experiment.generator) as Rule,
    discriminator: chosen<Rule>(rules, experiment.discriminator) as Rule,
    adjustment: chosen<Adjustment>(adjustments, experiment.adjustment),
    clipping: chosen<Clipping>(clippings, experiment.clipping),
    constraint: chosen<Constraint>(constraints, experiment.constraint),
    schedule: chosen<Schedule>(schedules, experiment.schedule),
    lookahead: chosen<Wrapper>(lookaheads, experiment.lookahead),
    averaging: chosen<Wrapper>(averages, experiment.averaging),
  };
}

/** The memories before the first step, for a run that begins at `point`. */
export function firstMemory(experiment: Experiment, point: Vector, split: number): State['memory'] {
  const size = point.length;
  const optimizer = optimizerOf(experiment);
  const ruleMemories = () => ({
    generator: optimizer.generator.init(split, experiment.generator),
    discriminator: optimizer.discriminator.init(size - split, experiment.discriminator),
  });
  return {
    scheme: optimizer.scheme.init(size, split, experiment.scheme, ruleMemories),
    ...ruleMemories(),
    adjustment: optimizer.adjustment?.init(size, split, experiment.adjustment) ?? {},
    lookahead: optimizer.lookahead?.init(point, experiment.lookahead) ?? {},
    averaging: optimizer.averaging?.init(point, experiment.averaging) ?? {},
  };
}

/** The state before the first step. */
export function firstState(scene: Scene, experiment: Experiment): State {
  const point = scene.initialPoint(experiment.seed);
  return {
    step: 0,
    point,
    memory: firstMemory(experiment, point, scene.split),
    states: scene.initialStates(experiment.seed),
    evaluations: 0,
    products: 0,
  };
}

/** The point at which a run is judged: the average, where one is kept, else the point itself. */
export function judgedPoint(state: State, experiment: Experiment): Vector {
  const averaging = chosen<Wrapper>(averages, experiment.averaging);
  return averaging?.judged?.(state.memory.averaging, experiment.averaging) ?? state.point;
}

export interface Stepper {
  /**
   * Takes one step, in place. The settings count from this step on; memories must fit the experiment's
   * choices.
   */
  advance(state: State, experiment: Experiment): void;
  /** [L_G, L_D] as each was first met in the last step; after it, where a player had no turn. */
  readonly met: Float64Array;
}

/** How a step can be another than usual; what is not asked for costs nothing. */
export interface Unusual {
  /** Only this player moves; the other one stands still: see `held.ts`. */
  readonly mover?: Player;
  /** Is told all that happens, and changes nothing. */
  readonly observer?: StepObserver;
}

/** What takes steps in a scene. It keeps working storage, so that a step makes no garbage. */
export function stepper(scene: Scene, { mover, observer }: Unusual = {}): Stepper {
  const { size, split } = scene;
  const still = mover && otherOf(mover);
  const met = new Float64Array(2);
  const views = new WeakMap<Vector, readonly [Vector, Vector]>();
  const scratch: Vector[] = [];
  const lookScratch: Vector[] = [];
  let state: State;
  let experiment: Experiment;
  let optimizer: ReturnType<typeof optimizerOf>;
  let costs: Costs;
  let factor = 1;
  let draws = 0;
  let lastField: SceneField | undefined;

  const from = (store: Vector[]) => (i: number) => {
    while (store.length <= i) store.push(new Float64Array(size));
    return store[i];
  };
  const looking = from(lookScratch);

  /** Views of a vector's halves; those of the storage that comes back at every step are kept. */
  function halves(vector: Vector): readonly [Vector, Vector] {
    let pair = views.get(vector);
    if (!pair) {
      pair = [half(vector, split, 'generator'), half(vector, split, 'discriminator')];
      views.set(vector, pair);
    }
    return pair;
  }

  function rate(player: Player): number {
    if (player === still) return 0;
    const settings = experiment[player];
    return (
      factor * (optimizer[player].rate?.(settings) ?? (settings as { learningRate: number }).learningRate)
    );
  }

  /** The scene's own field with its readings counted; one for each draw of a step. */
  const raw: Field[] = [];
  const fields: Field[] = [];

  function pay({ evaluations, products }: Cost, batches: number): void {
    state.evaluations += batches * evaluations;
    state.products += batches * products;
  }

  function count(field: SceneField): Field {
    const { batches } = field;
    return {
      size,
      split,
      at(point, out, player) {
        pay(player ? costs.half[player] : costs.field, batches);
        const result = field.at(point, out, player);
        if (player !== 'discriminator' && Number.isNaN(met[0])) met[0] = field.met[0];
        if (player !== 'generator' && Number.isNaN(met[1])) met[1] = field.met[1];
        return result;
      },
      withTransposed(point, out, product) {
        pay(costs.field, batches);
        pay(costs.product, batches);
        field.withTransposed(point, out, product);
        if (Number.isNaN(met[0])) met[0] = field.met[0];
        if (Number.isNaN(met[1])) met[1] = field.met[1];
      },
      losses(point) {
        pay(costs.losses, batches);
        return field.losses(point);
      },
      accuracy: field.accuracy,
      jvp(point, direction, out) {
        pay(costs.product, batches);
        return field.jvp(point, direction, out);
      },
      vjp(point, direction, out) {
        pay(costs.product, batches);
        return field.vjp(point, direction, out);
      },
    };
  }

  function draw(): number {
    const at = draws++;
    const field = scene.field(experiment.seed, state.step, at);
    lastField = field;
    raw[at] ??= counted(field, at);
    fields[at] ??= followed(raw[at], at);
    return at;
  }

  function counted(field: SceneField, at: number): Field {
    return observer ? watchField(count(field), at, observer) : count(field);
  }

  /** As the players follow it: whether it is bent may change between two steps, but nobody watches two. */
  function followed(field: Field, at: number): Field {
    const bent = adjusted(field);
    return observer && optimizer.adjustment ? watchBent(bent, at, observer) : bent;
  }

  const look: { -readonly [Name in keyof Look]: Look[Name] } = {
    field: undefined as unknown as Field,
    point: new Float64Array(0),
    memory: {},
    settings: {},
    split,
    rate,
    other: () => raw[draw()],
    scratch: looking,
    streams: (purpose) => stream(experiment.seed, `adjustment.${purpose}`, state.step, draws),
  };

  /** A field as the players follow it: with the adjustment, if there is one. */
  function adjusted(field: Field): Field {
    const whole = new Float64Array(size);
    return {
      ...field,
      at(point, out = new Float64Array(size), player) {
        const { adjustment } = optimizer;
        if (!adjustment) return field.at(point, out, player);
        look.field = field;
        look.point = point;
        look.memory = state.memory.adjustment;
        look.settings = experiment.adjustment;
        adjustment.at(look, player ? whole : out);
        if (player === 'generator') out.set(halves(whole)[0], 0);
        else if (player === 'discriminator') out.set(halves(whole)[1], split);
        return out;
      },
    };
  }

  const ends = layerEnds(scene);
  const places: Record<Player, { -readonly [Name in keyof Place]: Place[Name] }> = {
    generator: { point: new Float64Array(0), layerEnds: ends.generator },
    discriminator: { point: new Float64Array(0), layerEnds: ends.discriminator },
  };
  const chances = new Float64Array(16);
  let chancesOf = -1;
  function chance(i: number): number {
    if (chancesOf !== state.step) stream(experiment.seed, 'chance', state.step).uniforms(chances);
    chancesOf = state.step;
    return chances[i];
  }

  function askRule(player: Player, gradient: Vector, memory: Memory, out: Vector, clipped: boolean): void {
    const place = places[player];
    place.point = halves(state.point)[player === 'generator' ? 0 : 1];
    const { clipping } = optimizer;
    if (clipping && !clipped) clipping.clip(gradient, experiment.clipping);
    optimizer[player].update(gradient, memory, experiment[player], out, place);
    if (factor !== 1) for (let i = 0; i < out.length; i++) out[i] *= factor;
  }

  const turn: { -readonly [Name in keyof Turn]: Turn[Name] } = {
    point: new Float64Array(0),
    memory: {},
    settings: {},
    split,
    step: 0,
    field: () => fields[draw()],
    wholeField:
      scene.wholeField && (() => followed(counted((scene.wholeField as () => SceneField)(), WHOLE), WHOLE)),
    rate,
    change(gradient, out, player, memories = state.memory as never) {
      const { clipping } = optimizer;
      // Of a half alone, the joint length is not known: it is then clipped by its own.
      const jointly = !player && clipping?.joint(experiment.clipping) === true;
      if (jointly) clipping?.clip(gradient, experiment.clipping);
      const gradients = halves(gradient);
      const outs = halves(out);
      if (player !== 'discriminator')
        askRule('generator', gradients[0], memories.generator, outs[0], jointly);
      if (player !== 'generator')
        askRule('discriminator', gradients[1], memories.discriminator, outs[1], jointly);
      return out;
    },
    move(point, change, scale = 1, player) {
      const begin = player === 'discriminator' ? split : 0;
      const end = player === 'generator' ? split : size;
      for (let i = begin; i < end; i++) point[i] += scale * change[i];
      optimizer.constraint?.project(point, split, experiment.constraint, player);
    },
    scratch: from(scratch),
    chance,
  };

  if (observer) {
    turn.change = watchChange(turn.change, observer);
    turn.move = (point, change, scale = 1, player) => {
      observer.leaves(point);
      const begin = player === 'discriminator' ? split : 0;
      const end = player === 'generator' ? split : size;
      for (let i = begin; i < end; i++) point[i] += scale * change[i];
      observer.moves(point, change, scale, player);
      optimizer.constraint?.project(point, split, experiment.constraint, player);
      observer.keeps(point, player);
    };
  }
  if (mover) Object.assign(turn, onlyFor(mover, turn, split));

  const after: { -readonly [Name in keyof After]: After[Name] } = {
    point: new Float64Array(0),
    memory: {},
    settings: {},
    step: 0,
    chance: (i) => chance(8 + i),
  };
  function wrap(wrapper: Wrapper | undefined, part: 'lookahead' | 'averaging'): void {
    if (!wrapper) return;
    after.point = state.point;
    after.memory = state.memory[part];
    after.settings = experiment[part] as Settings;
    after.step = state.step + 1;
    wrapper.after(after);
    observer?.wraps(part, wrapper.judged?.(after.memory, after.settings));
  }

  return {
    met,
    advance(next, settings) {
      if (settings !== experiment) {
        experiment = settings;
        optimizer = optimizerOf(settings);
        costs = costsOf(settings);
        turn.settings = settings.scheme;
      }
      state = next;
      scene.keepStates(next.states);
      turn.point = next.point;
      turn.memory = next.memory.scheme;
      turn.step = next.step;
      factor = optimizer.schedule ? optimizer.schedule.factor(next.step, settings.schedule) : 1;
      draws = 0;
      chancesOf = -1;
      met.fill(Number.NaN);
      const undo = still && holdStill(next, split, still);
      observer?.begins(next, [rate('generator'), rate('discriminator')]);
      optimizer.scheme.step(turn);
      observer?.schemeEnds();
      undo?.();
      // Losses of players who did not read the field in this step.
      if (lastField && (Number.isNaN(met[0]) || Number.isNaN(met[1]))) {
        const here = lastField.losses(next.point);
        for (let i = 0; i < 2; i++) if (Number.isNaN(met[i])) met[i] = here[i];
      }
      if (lastField) scene.follow(lastField, next.point);
      wrap(optimizer.lookahead, 'lookahead');
      undo?.();
      wrap(optimizer.averaging, 'averaging');
      undo?.();
      next.step += 1;
    },
  };
}

/** Where each player's layers end in its own vector: parameters are one layer up to the last dot of their names. */
function layerEnds(scene: Scene): Record<Player, number[]> {
  const ends: Record<Player, number[]> = { generator: [], discriminator: [] };
  scene.parameters.forEach((parameter, at) => {
    const following = scene.parameters[at + 1];
    const layerOf = (name: string) => name.slice(0, Math.max(0, name.lastIndexOf('.'))) || name;
    const goesOn =
      following?.player === parameter.player && layerOf(following.name) === layerOf(parameter.name);
    if (goesOn) return;
    const begin = parameter.player === 'generator' ? 0 : scene.split;
    ends[parameter.player].push((following?.offset ?? scene.size) - begin);
  });
  return ends;
}
