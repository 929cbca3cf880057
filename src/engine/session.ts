/** One run as it goes on: holds its state, takes steps, follows changes of settings, and knows how it ended. */

import type { RunSoFar, Steps } from '../analysis/probe.ts';
import type { StepObserver } from '../analysis/stepRecord.ts';
import type { Alone, Course } from '../catalog/course.ts';
import { type Experiment, type Part, parts, experiment as schema } from '../catalog/experiment.ts';
import { openScene, type Scene } from '../catalog/scene.ts';
import type { Device } from '../compute/program.ts';
import { reference } from '../compute/reference/reference.ts';
import { type Player, players } from '../math/field.ts';
import { adoptMemory, fits, type Memory } from '../math/memory.ts';
import { isFiniteVector } from '../math/vector.ts';
import { changes } from '../settings/index.ts';
import { type Checkpoint, copyState, fittedState, overwriteState, stateCopier } from './checkpoint.ts';
import { type History, openHistory, type Taken } from './history.ts';
import { firstMemory, firstState, type State, type Stepper, stepper } from './step.ts';
import { openTrace, type Trace } from './trace.ts';

/**
 * What the numbers did: a run goes on, or a player's parameters left the finite numbers in the step of that
 * number, counted from 1.
 */
export type Outcome =
  | { readonly kind: 'running' }
  | { readonly kind: 'diverged'; readonly step: number; readonly player: Player };

export interface Session {
  readonly experiment: Experiment;
  readonly scene: Scene;
  /** Do not write to it. After a divergence, the whole state before the step that diverged. */
  readonly state: State;
  readonly outcome: Outcome;
  readonly trace: Trace;
  /** Counts the runs that began in this session: a change that is not live begins a new one. */
  readonly run: number;
  /** Seconds spent in steps, in this run. */
  readonly seconds: number;
  /** The changes of settings that the run has been through, and how far one can go back and forth in it. */
  readonly past: Pick<History, 'begin' | 'furthest' | 'forks' | 'settings' | 'copies' | 'news'>;
  /** The step that the run is on its way to, through steps of its past. */
  readonly goal: number | undefined;
  /**
   * Takes over new settings, on another device if one is given. Live ones keep the point and the memories
   * that still fit, and let a run that has diverged go on from its last finite state; others begin anew. In
   * the run's past, what came after is forgotten; on the way to a step of it, live settings wait until it is
   * there.
   */
  change(next: Experiment, on?: Device): void;
  /** The same settings on another device. */
  move(on: Device): void;
  /**
   * From now on the run follows a course: it takes over each of its settings as soon as it comes to their step, and one
   * player alone moves where it says so. What of it lies behind is left alone, and counts again where the run goes on
   * from before it. Settings with which no run can go on are passed over. Without a course, nothing more is to come.
   */
  follow(course: Course | undefined): void;
  /** Back to the first step: the same run again, with the settings of now, or along its course. */
  restart(): void;
  /**
   * Goes to a step that this run has passed, the nearest one there is: `advance` first takes the steps that lead
   * there from a state that was kept, with the settings of then, bit for bit the steps that were taken. What came
   * after that step is forgotten when the run goes on from there, not before.
   */
  goTo(step: number): void;
  /**
   * On the way to a step, goes there first. Takes up to `steps` steps, fewer if `budgetMs` is used up or the run
   * diverges; says how many were new. When a step throws, the state is what it was before that step. With `mover`,
   * only that player moves in them.
   */
  advance(steps: number, budgetMs?: number, mover?: Player): number;
  /** The steps of this run in which one player alone moved. */
  readonly alone: readonly Alone[];
  /** What this run has left behind until now, and its own next step, for those who observe it. */
  soFar(): RunSoFar;
  /**
   * The device is lost: goes on with another from the present state, which is the one after the last whole step. The
   * run stays the same one, and so does where it is going; its past is gone through again on the other device. Throws,
   * and changes nothing, if that one cannot play it.
   */
  rescue(on: Device): void;
  checkpoint(): Checkpoint;
  /** Goes on from a checkpoint, with its experiment. Throws, and changes nothing, if its state does not fit. */
  restore(checkpoint: Checkpoint): void;
  dispose(): void;
}

const RUNNING: Outcome = { kind: 'running' };
/** Steps between two copies of the state: copying costs up to a tenth of a step. */
const KEEP_EVERY = 32;
/** Steps between two looks at the clock grow until they take about this long. */
const LOOK_EVERY_MS = 0.5;

export function openSession(first: Experiment, device: Device): Session {
  let experiment = first;
  let scene = openScene(first, device);
  let steps: Stepper = stepper(scene);
  /** Those for one player alone, as far as they were asked for. */
  let halves: { [P in Player]?: Stepper } = {};
  let state = firstState(scene, first);
  scene.keepStates(state.states);
  /** The state a few steps ago: the way back from a step that fails. */
  let before = copyState(state);
  let keepBefore = stateCopier(before, state);
  let outcome: Outcome = RUNNING;
  let trace = openTrace(state.point);
  let notes = new Map<string, unknown>();
  let run = 0;
  let seconds = 0;
  let alone: readonly Alone[] = [];
  let history = openHistory(state, first, device);
  /** How many of the history's settings count for the present state; all, unless it is of the past. */
  let taken = 1;
  let goal: number | undefined;
  /** How the run ended at its furthest step. */
  let end: Outcome = RUNNING;
  /** Settings that somebody chose while the run was on its way. */
  let waiting: { next: Experiment; on: Device } | undefined;
  let course: Course | undefined;
  /** The place in the course of the settings that come next, and the step from which on they count. */
  let nextOfCourse = 0;
  let dueAt = Number.POSITIVE_INFINITY;

  /** What is kept of a state that has other memories now. */
  function keep(): void {
    before = copyState(state);
    keepBefore = stateCopier(before, state);
  }

  function begin(nextState: State, after = 0): void {
    state = nextState;
    scene.keepStates(state.states);
    keep();
    outcome = RUNNING;
    end = RUNNING;
    trace = openTrace(state.point, state.step);
    notes = new Map();
    alone = [];
    seconds = after;
    run += 1;
    history = openHistory(state, experiment, scene.device, after);
    taken = 1;
    goal = undefined;
    waiting = undefined;
    lookAhead();
  }

  /** The scene for an experiment: the one at hand where it serves. */
  function sceneFor(next: Experiment, on: Device): Scene {
    if (on !== scene.device) return openScene(next, on);
    const others = othersOfScene(scene, experiment, next);
    if (others.length === 0) return scene;
    // Data are inputs: others need no other programs, unless they have another shape.
    return (
      (others.every((path) => isBelow(path, scene.data)) && scene.onOtherData(next)) || openScene(next, on)
    );
  }

  function setUp(next: Experiment, nextScene: Scene): void {
    if (nextScene !== scene) {
      scene.dispose();
      scene = nextScene;
      steps = stepper(scene);
      halves = {};
    } else scene.turnDials(next);
    experiment = next;
  }

  /**
   * Takes one step and says whether it led to finite numbers; if not, the state is as it was before. It is
   * kept every few steps only: steps depend on nothing but the state, so those in between are taken again.
   */
  function step(mover?: Player, again = false): boolean {
    // One player's step cannot be told from the state: it is never between a copy and the present.
    // Nor can a device that may be lost take steps again: there, nothing lies in between.
    const keepEvery = scene.device.isLost === undefined ? KEEP_EVERY : 1;
    if (mover || state.step - before.step >= keepEvery) keepBefore();
    const at = state.step;
    const taken = mover ? stepperOf(mover) : steps;
    let finite = false;
    try {
      taken.advance(state, experiment);
      finite = isFiniteVector(state.point);
      if (!finite)
        outcome = { kind: 'diverged', step: state.step, player: culprit(state.point, scene.split) };
    } finally {
      if (!finite) stepBackTo(at);
    }
    if (finite) {
      trace.note(at, taken.met, state.point, again);
      history.pass(state, seconds);
      if (mover) {
        keepBefore();
        if (!again) noteAlone(at, mover);
      }
    } else end = outcome;
    return finite;
  }

  function stepperOf(mover: Player): Stepper {
    halves[mover] ??= stepper(scene, { mover });
    return halves[mover];
  }

  function noteAlone(step: number, player: Player): void {
    const last = alone.at(-1);
    const goesOn = last?.player === player && last.step + last.steps === step;
    alone = goesOn
      ? [...alone.slice(0, -1), { ...last, steps: last.steps + 1 }]
      : [...alone, { step, steps: 1, player }];
  }

  /** Who moves alone in the step that begins at `at`, if one does. */
  const moverAt = (at: number, of: readonly Alone[] = alone) =>
    of.find(({ step, steps }) => step <= at && at < step + steps)?.player;

  /** Forgets who moved alone from a step on. */
  function forgetAlone(from: number): void {
    alone = alone.flatMap((each) => {
      const steps = Math.min(each.steps, from - each.step);
      return steps > 0 ? [{ ...each, steps }] : [];
    });
  }

  function stepBackTo(step: number): void {
    overwriteState(state, before);
    while (state.step < step) steps.advance(state, experiment);
  }

  /** Finds what is next in the course after the present step. */
  function lookAhead(): void {
    const { settings } = course ?? { settings: [] };
    nextOfCourse = settings.findIndex(({ step }) => step > state.step);
    dueAt = settings[nextOfCourse]?.step ?? Number.POSITIVE_INFINITY;
  }

  /** Takes over what the course has for the present step. */
  function takeOver(): void {
    const { settings } = course as Course;
    while (state.step >= dueAt) {
      const { experiment: next } = settings[nextOfCourse++];
      dueAt = settings[nextOfCourse]?.step ?? Number.POSITIVE_INFINITY;
      const other = goOnWith(next, scene.device);
      if (other && other !== scene) other.dispose();
    }
  }

  /** Goes on with live settings; says whether the run has other memories now. */
  function adopt(next: Experiment, nextScene: Scene): boolean {
    const previous = experiment;
    setUp(next, nextScene);
    const { memory, states } = state;
    const parts = { ...memory };
    keepMemoriesThatFit(state, previous, next, scene);
    if (!fits(state.states, scene.initialStates(next.seed))) state.states = scene.initialStates(next.seed);
    scene.keepStates(state.states);
    keep();
    outcome = RUNNING;
    return states !== state.states || Object.entries(memory).some(([part, of]) => parts[part as Part] !== of);
  }

  /** What came after the present step is another future. */
  function fork(): void {
    if (state.step >= history.furthest) return;
    history.fork(state.step);
    trace.forget(state.step);
    forgetAlone(state.step);
    end = RUNNING;
    lookAhead();
  }

  /** The state as it was kept, with the settings of then. */
  function goBackTo(step: number): void {
    const kept = history.keptBefore(step);
    const { experiment: then, device: on } = history.settings[kept.taken - 1];
    setUp(then, sceneFor(then, on));
    state = copyState(kept.state);
    scene.keepStates(state.states);
    keep();
    taken = kept.taken;
    seconds = kept.seconds;
    notes = new Map();
    outcome = RUNNING;
    trace.goBackTo(state.step, state.point);
  }

  /** One step on the way to the goal, or the arrival there. */
  function approach(to: number): void {
    const { settings } = history;
    for (; taken < settings.length && settings[taken].step <= state.step; taken++) {
      const { experiment: next, device: on } = settings[taken];
      adopt(next, sceneFor(next, on));
    }
    if (state.step < to && step(moverAt(state.step), true)) return;
    // A device that is not the same twice may overflow on the way: then this is how far it comes.
    goal = undefined;
    if (outcome.kind === 'running' && state.step === history.furthest) outcome = end;
    if (waiting) change(waiting.next, waiting.on);
    waiting = undefined;
  }

  /** What holds at a step of the past. */
  function toThere(step: number): { readonly next: Experiment; readonly on: Device } {
    const { experiment: next, device: on } = history.settingsAt(step);
    return { next, on };
  }

  function change(next: Experiment, on: Device): void {
    if (goal !== undefined) {
      const there: Pick<Taken, 'experiment' | 'device'> = history.settingsAt(goal);
      const changed = changes(schema, there.experiment, next);
      if (changed.every(({ live }) => live)) {
        waiting = changed.length > 0 || on !== there.device ? { next, on } : undefined;
        return;
      }
    }
    const other = goOnWith(next, on);
    if (!other) return;
    setUp(next, other);
    begin(firstState(scene, next));
  }

  /** Takes settings over where the run can go on with them. If not, nothing has changed: gives the scene of another run. */
  function goOnWith(next: Experiment, on: Device): Scene | undefined {
    const changed = changes(schema, experiment, next);
    if (changed.length === 0 && on === scene.device) return undefined;
    const nextScene = sceneFor(next, on);
    // Some words of a live setting need other parameters, as BEGAN's loss does, and data of another dimension.
    if (changed.some(({ live }) => !live) || !sameLayout(scene.parameters, nextScene.parameters))
      return nextScene;
    fork();
    const isFormative = adopt(next, nextScene);
    end = RUNNING;
    history.take({ step: state.step, experiment, device: on, isFormative });
    taken = history.settings.length;
    return undefined;
  }

  return {
    get experiment() {
      return experiment;
    },
    get scene() {
      return scene;
    },
    get state() {
      return state;
    },
    get outcome() {
      return outcome;
    },
    get trace() {
      return trace;
    },
    get run() {
      return run;
    },
    get seconds() {
      return seconds;
    },
    get past() {
      return history;
    },
    get goal() {
      return goal;
    },
    get alone() {
      return alone;
    },
    change(next, on) {
      change(next, on ?? (goal === undefined ? scene.device : toThere(goal).on));
    },
    move(on) {
      change(goal === undefined ? experiment : toThere(goal).next, on);
    },
    follow(next) {
      course = next;
      lookAhead();
    },
    restart() {
      // On the way to a step, what counts there counts.
      const there = waiting ?? (goal === undefined ? undefined : toThere(goal));
      const first = course?.settings[0].experiment ?? there?.next ?? experiment;
      setUp(first, sceneFor(first, there?.on ?? scene.device));
      begin(firstState(scene, first));
    },
    goTo(step) {
      const to = Math.max(history.begin, Math.min(history.furthest, Math.round(step)));
      waiting = undefined;
      if (to === (goal ?? state.step)) return;
      const isAhead = state.step <= to && history.keptBefore(to).step <= state.step;
      if (!isAhead) goBackTo(to);
      goal = to;
    },
    advance(count, budgetMs = Number.POSITIVE_INFINITY, mover) {
      const start = performance.now();
      let now = start;
      let done = 0;
      let chunk = 1;
      const goesOn = () => goal !== undefined || (done < count && outcome.kind === 'running');
      while (goesOn() && now - start < budgetMs) {
        if (goal !== undefined) {
          for (let i = 0; i < chunk && goal !== undefined; i++) approach(goal);
        } else {
          fork();
          const until = Math.min(count, done + chunk);
          const { alone: planned = [] } = course ?? {};
          while (
            done < until &&
            step(mover ?? (planned.length > 0 ? moverAt(state.step, planned) : undefined))
          ) {
            done += 1;
            if (state.step >= dueAt) takeOver();
          }
        }
        const then = performance.now();
        if (then - now < LOOK_EVERY_MS) chunk *= 2;
        now = then;
      }
      seconds += (now - start) / 1000;
      return done;
    },
    soFar() {
      const here = { state, step: state.step, scene, experiment, trace };
      /** What is asked for late, when the run has gone on, would be of another moment. */
      const now = (): State => {
        if (state === here.state && state.step === here.step) return state;
        throw new Error(
          `The run has gone on since step ${here.step}: ask for its state before the first yield.`,
        );
      };
      const keeps = () => state.states;
      const steps = stepsIn(here.scene, here.step, here.experiment, keeps);
      return {
        ...steps,
        losses: () => here.trace.recent(),
        points: () => [...here.trace.points(), { step: here.step, point: now().point.slice() }],
        state: () => copyState(now()) as unknown as Memory,
        earlier() {
          now();
          return copyState(before) as unknown as Memory;
        },
        next: (from, other = here.experiment) => steps.next(from, other),
        watched(observer) {
          const own = stepsIn(here.scene, here.step, here.experiment, keeps, observer);
          own.next(copyState(now()) as unknown as Memory, here.experiment);
        },
        elsewhere: (other) => stepsIn(openScene(other, reference), here.step, other),
        diverged: outcome.kind === 'diverged' ? outcome : undefined,
        notes,
      };
    },
    rescue(on) {
      const gone = scene.device;
      const ended = outcome;
      const nextScene = sceneFor(experiment, on);
      history.replaceDevice(gone, on);
      if (waiting?.on === gone) waiting = { ...waiting, on };
      adopt(experiment, nextScene);
      outcome = ended;
    },
    checkpoint: () => ({ experiment, state: copyState(state), seconds }),
    restore(checkpoint) {
      const nextScene = sceneFor(checkpoint.experiment, scene.device);
      const restored = fittedState(checkpoint, nextScene);
      setUp(checkpoint.experiment, nextScene);
      begin(restored, checkpoint.seconds);
    },
    dispose: () => scene.dispose(),
  };
}

/**
 * Steps of any experiment in this scene, counted from `step` on. Where a run `keeps` states in the scene, it is
 * left as that run's experiment `usual` has it. An observer is told what the steps do.
 */
function stepsIn(
  scene: Scene,
  step: number,
  usual: Experiment,
  keeps?: () => State['states'],
  observer?: StepObserver,
): Steps {
  let open: Stepper | undefined;
  let turned = usual;
  /** The dials are those of the game and its foresight: settings that nobody touched are shared. */
  function turnTo(next: Experiment): void {
    if (next.game !== turned.game || next.foresight !== turned.foresight) scene.turnDials(next);
    turned = next;
  }
  return {
    begin(experiment, point) {
      const first = firstState(scene, experiment);
      const states = keeps?.() ?? first.states;
      const memory = firstMemory(experiment, point, scene.split);
      return copyState({ ...first, step, point, memory, states }) as unknown as Memory;
    },
    next(from, experiment) {
      open ??= stepper(scene, { observer });
      turnTo(experiment);
      try {
        open.advance(from as unknown as State, experiment);
      } finally {
        if (keeps) {
          turnTo(usual);
          scene.keepStates(keeps());
        }
      }
    },
  };
}

/** The player whose parameters are no longer finite. */
function culprit(point: Float64Array, split: number): Player {
  return isFiniteVector(point.subarray(0, split)) ? players[1] : players[0];
}

/** Whether a point of one scene means the same in another. */
const sameLayout = (a: Scene['parameters'], b: Scene['parameters']): boolean =>
  a.length === b.length &&
  a.every(({ player, name, shape, offset }, i) => {
    const other = b[i];
    return (
      player === other.player &&
      name === other.name &&
      offset === other.offset &&
      String(shape) === String(other.shape)
    );
  });

/** What differs of the game but the numbers that programs take as inputs. */
function othersOfScene(scene: Scene, before: Experiment, after: Experiment): string[] {
  const dials = new Set(scene.dials);
  return changes(schema, before, after)
    .map(({ path }) => path)
    .filter((path) => /^(game|foresight)(\.|$)/.test(path) && !dials.has(path));
}

const isBelow = (path: string, roots: readonly string[]): boolean =>
  roots.some((root) => path === root || path.startsWith(`${root}.`));

/** A memory stays with its scheme or rule; another kind begins with an empty one. */
function keepMemoriesThatFit(state: State, before: Experiment, after: Experiment, scene: Scene): void {
  const fresh = firstMemory(after, state.point, scene.split);
  const isOther = (part: Part) => before[part].kind !== after[part].kind;
  // A scheme may keep memories of the rules.
  const hasOtherRules = isOther('generator') || isOther('discriminator');
  for (const part of parts) {
    if (isOther(part) || (part === 'scheme' && hasOtherRules)) state.memory[part] = fresh[part];
    // The same kind may ask for more or less than before: AMSGrad switched on still has its moments.
    else if (!fits(state.memory[part], fresh[part])) {
      state.memory[part] = adoptMemory(state.memory[part], fresh[part]);
    }
  }
}
