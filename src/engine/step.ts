/** One step of a run: the scheme reads the scene's field and the players' rules move the point. */
import type { Experiment } from '../catalog/experiment.ts';
import type { Rule, Scheme, Turn } from '../catalog/kinds.ts';
import { rules } from '../catalog/rules/index.ts';
import type { Scene, SceneField } from '../catalog/scene.ts';
import { schemes } from '../catalog/schemes/index.ts';
import { type Field, half, type Player } from '../math/field.ts';
import type { Memory } from '../math/memory.ts';
import type { Vector } from '../math/vector.ts';

/** All that a run is between two steps: plain numbers and vectors, to save, send, compare and perturb. */
export interface State {
  /** Steps taken. */
  step: number;
  /** The joint point, generator first. */
  point: Vector;
  memory: { scheme: Memory; generator: Memory; discriminator: Memory };
  /** Evaluations of the pair F so far; one player's half counts a half. */
  evaluations: number;
  /** Jacobian-vector and vector-Jacobian products so far. */
  products: number;
}

const schemeOf = (settings: Experiment['scheme']) =>
  schemes.find((entry) => entry.name === settings.kind) as unknown as Scheme;
const ruleOf = (settings: Experiment['generator']) =>
  rules.find((entry) => entry.name === settings.kind) as unknown as Rule;

/** The memories before the first step. */
export function firstMemory(experiment: Experiment, size: number, split: number): State['memory'] {
  return {
    scheme: schemeOf(experiment.scheme).init(size, split),
    generator: ruleOf(experiment.generator).init(split, experiment.generator),
    discriminator: ruleOf(experiment.discriminator).init(size - split, experiment.discriminator),
  };
}

/** The state before the first step. */
export function firstState(scene: Scene, experiment: Experiment): State {
  return {
    step: 0,
    point: scene.initialPoint(experiment.seed),
    memory: firstMemory(experiment, scene.size, scene.split),
    evaluations: 0,
    products: 0,
  };
}

export interface Stepper {
  /**
   * Takes one step, in place. The settings count from this step on; memories must fit the experiment's
   * scheme and rules.
   */
  advance(state: State, experiment: Experiment): void;
  /** [L_G, L_D] as each was first met in the last step. */
  readonly met: Float64Array;
}

/** What takes steps in a scene. It keeps working storage, so that a step makes no garbage. */
export function stepper(scene: Scene): Stepper {
  const { size, split } = scene;
  const scratch: Vector[] = [];
  const met = new Float64Array(2);
  const views = new WeakMap<Vector, readonly [Vector, Vector]>();
  let state: State;
  let experiment: Experiment;
  let scheme: Scheme;
  let ruleG: Rule;
  let ruleD: Rule;
  let draws = 0;

  function halves(vector: Vector): readonly [Vector, Vector] {
    let pair = views.get(vector);
    if (!pair) {
      pair = [half(vector, split, 'generator'), half(vector, split, 'discriminator')];
      views.set(vector, pair);
    }
    return pair;
  }

  // The scene's fields, with their readings counted; one for each draw of a step.
  const counted: Field[] = [];
  function count(field: SceneField): Field {
    return {
      size,
      split,
      at(point, out, player) {
        state.evaluations += player ? 0.5 : 1;
        const result = field.at(point, out, player);
        if (player !== 'discriminator' && Number.isNaN(met[0])) met[0] = field.met[0];
        if (player !== 'generator' && Number.isNaN(met[1])) met[1] = field.met[1];
        return result;
      },
      losses: (point) => field.losses(point),
      jvp(point, direction, out) {
        state.products += 1;
        return field.jvp(point, direction, out);
      },
      vjp(point, direction, out) {
        state.products += 1;
        return field.vjp(point, direction, out);
      },
    };
  }

  const turn: { -readonly [Name in keyof Turn]: Turn[Name] } = {
    point: new Float64Array(0),
    memory: {},
    settings: {},
    split,
    field() {
      const at = draws++;
      const field = scene.field(experiment.seed, state.step, at);
      counted[at] ??= count(field);
      return counted[at];
    },
    change(gradient, out, player?: Player) {
      const [gradientG, gradientD] = halves(gradient);
      const [outG, outD] = halves(out);
      if (player !== 'discriminator') {
        ruleG.update(gradientG, state.memory.generator, experiment.generator, outG);
      }
      if (player !== 'generator') {
        ruleD.update(gradientD, state.memory.discriminator, experiment.discriminator, outD);
      }
      return out;
    },
    scratch(i) {
      while (scratch.length <= i) scratch.push(new Float64Array(size));
      return scratch[i];
    },
  };

  return {
    met,
    advance(next, settings) {
      if (settings !== experiment) {
        experiment = settings;
        scheme = schemeOf(settings.scheme);
        ruleG = ruleOf(settings.generator);
        ruleD = ruleOf(settings.discriminator);
        turn.settings = settings.scheme;
      }
      state = next;
      turn.point = next.point;
      turn.memory = next.memory.scheme;
      draws = 0;
      met.fill(Number.NaN);
      scheme.step(turn);
      next.step += 1;
    },
  };
}
