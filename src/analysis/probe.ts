/** What a probe is: something to observe of a scene at a point, computed only when somebody watches. */
import type { Experiment } from '../catalog/experiment.ts';
import type { Scene } from '../catalog/scene.ts';
import type { Memory } from '../math/memory.ts';
import type { Vector } from '../math/vector.ts';
import type { Work } from '../math/work.ts';
import type { Group, Values } from '../settings/index.ts';
import type { StepObserver } from './stepRecord.ts';

export { finish, type Work } from '../math/work.ts';

/** Plain data: it crosses the wire and is printed as JSON. */
export type Reading =
  | number
  | string
  | boolean
  | null
  | Float64Array
  | readonly Reading[]
  | { readonly [name: string]: Reading };

/** Where and when a probe looks. */
export interface Moment {
  readonly scene: Scene;
  /** At which the run is judged: its average, where one is kept. */
  readonly point: Vector;
  readonly experiment: Experiment;
  readonly step: number;
  /** The run that led here; absent at a point that none led to. */
  readonly run?: RunSoFar;
}

/** Takes steps in one game, for whoever asks how another experiment would go on. */
export interface Steps {
  /** The state in which a run of such an experiment begins, but at this point. */
  begin(experiment: Experiment, point: Vector): Memory;
  /** Takes the next step from such a state, in place. The game's dials are turned for it, and back. */
  next(state: Memory, experiment: Experiment): void;
}

/** What a run has left behind, and how it goes on. */
export interface RunSoFar extends Steps {
  /** Losses met in the newest steps, at most some thousand, the oldest first; `from` is the step of the first. */
  losses(): { readonly from: number; readonly generator: Float64Array; readonly discriminator: Float64Array };
  /** Some points that the run passed, with the first and the newest one, spread over its length. */
  points(): readonly { readonly step: number; readonly point: Vector }[];
  /** A copy of all that the run is between two steps: its point, the optimizer's and the game's memories. */
  state(): Memory;
  /** A copy of such a state as it was at most 32 steps ago; `next` leads from it to the present one. */
  earlier(): Memory;
  /**
   * Takes the run's next step from such a state, in place, on the very draws that the next step reads; or the
   * step that another experiment would take, whose game differs in its dials only.
   */
  next(state: Memory, experiment?: Experiment): void;
  /** Takes the run's next step on a copy, and tells what it does while it does it. */
  watched(observer: StepObserver): void;
  /** Steps in the game of another experiment, in float64. */
  elsewhere(experiment: Experiment): Steps;
  /** How it ended, if it did: the step in which a player's parameters left the finite numbers. */
  readonly diverged?: { readonly step: number; readonly player: 'generator' | 'discriminator' };
  /** What probes have noted of this run, each by its own name: theirs to write, gone when a run begins anew. */
  readonly notes: Map<string, unknown>;
}

interface Described<N extends string, G extends Group> {
  readonly name: N;
  readonly label: string;
  readonly summary: string;
  readonly settings: G;
  /** Whether there is something to see in this scene. */
  fits(scene: Scene): boolean;
}

/** A probe that answers at once, within some milliseconds. */
export interface QuickProbe<N extends string = string, G extends Group = Group, R extends Reading = Reading>
  extends Described<N, G> {
  /** What one reading takes: nothing to speak of, forward passes, or readings of the field. */
  readonly cost: 'free' | 'forward' | 'field';
  /** The reading belongs to the caller. */
  read(moment: Moment, settings: Values<G>): R;
}

/**
 * A probe whose reading may take long: training goes on between its pieces. The moment's point stays as it is
 * meanwhile; a batch that must stay as well is the scene's `frozenField`. Readings say the step they are of.
 */
export interface LongProbe<N extends string = string, G extends Group = Group, R extends Reading = Reading>
  extends Described<N, G> {
  readonly cost: 'long';
  work(moment: Moment, settings: Values<G>): Work<R>;
}

export type Probe<N extends string = string, G extends Group = Group, R extends Reading = Reading> =
  | QuickProbe<N, G, R>
  | LongProbe<N, G, R>;

export const defineProbe = <const N extends string, G extends Group, R extends Reading>(
  probe: QuickProbe<N, G, R>,
) => probe;

export const defineLongProbe = <const N extends string, G extends Group, R extends Reading>(
  probe: LongProbe<N, G, R>,
) => probe;

/** How long a piece of work takes: training and drawing go on in between. */
const PIECE_MS = 4;

/** Says when a piece has taken long enough, and it is time to yield. */
export function pacer(): () => boolean {
  let since = performance.now();
  return () => {
    const now = performance.now();
    if (now - since < PIECE_MS) return false;
    since = now;
    return true;
  };
}

/** One probe to watch, with its settings where they differ from the defaults. */
export interface Watch {
  readonly probe: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}
