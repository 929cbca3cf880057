/** The page's state: the lanes of the race, how they are shown, and what is to be said about them. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Experiment, optimizerParts, experiment as schema } from '../catalog/experiment.ts';
import { applyMethod } from '../catalog/methods/index.ts';
import { type Problem, set } from '../settings/index.ts';
import type { Measured, Outcome } from '../worker/protocol.ts';
import { factsOf } from './facts.ts';
import { type Layout, usualLayout } from './layout.ts';
import { usualSpeed } from './speeds.ts';
import type { Stops } from './stops.ts';
import type { Span } from './zoom.ts';

export type Theme = 'auto' | 'light' | 'dark';
/** The layers of the pictures, by the names of their legend entries. */
export type Layer =
  | 'real'
  | 'generated'
  | 'discriminator'
  | 'modes'
  | 'pushes'
  | 'manifold'
  | 'field'
  | 'path'
  | 'average'
  | 'first'
  | 'second'
  | 'generatorParameters'
  | 'discriminatorParameters'
  | 'source'
  | 'target'
  | 'labels'
  | 'domain';

/** The numbers beside the picture, brought up to date a few times a second. */
export interface Readout {
  readonly step: number;
  readonly evaluations: number;
  /** Seconds spent in steps. */
  readonly seconds: number;
  /** Steps in the last second; undefined while none are taken. */
  readonly stepsPerSecond?: number;
  readonly outcome: Outcome;
  /** The device in use, and what was measured to choose it. */
  readonly device?: string;
  readonly measured?: readonly Measured[];
  /** What there is to say about the run, for eyes; `spoken` is that and the advice for ears, less often. */
  readonly sentence: string;
  /** What to try, if there is anything to be tried. */
  readonly advice: string;
  readonly spoken: string;
}

/** One lane: an optimizer in the race. All lanes play the same game on the same random numbers. */
export interface LaneState {
  /** Stays with the lane wherever it stands. */
  readonly id: number;
  /** Which colour and shape of the family are its own, from 0. */
  readonly colour: number;
  readonly experiment: Experiment;
  /** Waits, and is not drawn. */
  readonly isMuted: boolean;
  readonly readout: Readout;
  /** What could not be done, in a sentence, while the run before it goes on. */
  readonly refusal?: string;
  /** Why nothing is computed any more, in a sentence. */
  readonly failure?: string;
}

/** By what lanes are kept together: steps, readings of the field, or time spent computing. */
export type Pace = 'steps' | 'evaluations' | 'seconds';

/** The most lanes of a race: as many colours and shapes can be told apart. */
export const MOST_LANES = 6;

/** What can be set. */
export interface SetState extends Layout {
  readonly lanes: readonly LaneState[];
  /** The id of the lane whose settings are open. */
  readonly selected: number;
  /** The id of the only lane that plays, if only one does. */
  readonly solo?: number;
  readonly pace: Pace;
  /** The device that is asked for: a name, or `auto`. */
  readonly device: string;
  readonly problems: readonly Problem[];
  readonly playing: boolean;
  /** The step of the past that the lanes are on their way to. */
  readonly seeking?: number;
  /** When to stop, and why it stopped last, in a sentence. */
  readonly stops: Stops;
  readonly stopped?: string;
  /** Index into `speeds`, for each kind of picture. */
  readonly speed: Readonly<Record<'plane' | 'samples', number>>;
  readonly theme: Theme;
  /** Whether every setting shows its summary. */
  readonly explains: boolean;
  readonly hidden: ReadonlySet<Layer>;
  /** The part of their axis that all charts show; without one, the whole run. */
  readonly zoom?: Span;
  /** All eigenvalues are wanted once, where that takes long. */
  readonly wantsSpectrum: boolean;
}

/** All there is, with what belongs to the selected lane at hand. */
export interface PageState extends SetState {
  readonly experiment: Experiment;
  readonly readout: Readout;
  readonly refusal?: string;
  readonly failure?: string;
}

export const emptyReadout: Readout = {
  step: 0,
  evaluations: 0,
  seconds: 0,
  outcome: { kind: 'running' },
  sentence: '',
  advice: '',
  spoken: '',
};

type Change = Partial<SetState> | ((state: PageState) => Partial<SetState>);

export interface Store extends Omit<StoreApi<PageState>, 'setState'> {
  setState(change: Change): void;
}

export const newLane = (id: number, colour: number, experiment: Experiment): LaneState => ({
  id,
  colour,
  experiment,
  isMuted: false,
  readout: emptyReadout,
});

interface Given extends Pick<PageState, 'device' | 'problems' | 'theme'> {
  /** One for each lane; the first one is selected. */
  readonly experiments: readonly Experiment[];
  readonly layout?: Layout;
}

export function openStore({ experiments, layout = usualLayout, ...given }: Given): Store {
  const withSelected = (state: SetState): PageState => {
    const { experiment, readout, refusal, failure } = laneOf(state, state.selected);
    return { ...state, experiment, readout, refusal, failure };
  };
  const store = createStore<PageState>(() =>
    withSelected({
      ...given,
      ...layout,
      lanes: experiments.map((experiment, i) => newLane(i, i, experiment)),
      selected: 0,
      pace: 'steps',
      playing: false,
      stops: {},
      speed: usualSpeed,
      explains: false,
      hidden: new Set<Layer>(['pushes', 'manifold']),
      wantsSpectrum: false,
    }),
  );
  return {
    ...store,
    setState(change) {
      store.setState((state) =>
        withSelected({ ...state, ...(typeof change === 'function' ? change(state) : change) }),
      );
    },
  };
}

/** The lane of an id; the first one where there is none. */
export const laneOf = ({ lanes }: Pick<SetState, 'lanes'>, id: number): LaneState =>
  lanes.find((lane) => lane.id === id) ?? lanes[0];

/** Whether a lane plays and is drawn: neither muted nor outdone by a solo. */
export const isHeard = ({ solo }: Pick<SetState, 'solo'>, { id, isMuted }: LaneState): boolean =>
  solo === undefined ? !isMuted : solo === id;

export const pictureKind = (state: PageState) => factsOf(state.experiment.game).picture.kind;
/** Whether what is seen is the average of the points passed. */
export const averages = ({ experiment }: Pick<PageState, 'experiment'>) =>
  experiment.averaging.kind !== 'none';
/** Networks are waited for; what a few numbers do is followed step by step, until somebody says otherwise. */
export const speedKind = (state: PageState) => {
  const kind = pictureKind(state);
  return kind === 'samples' || kind === 'domains' ? 'samples' : 'plane';
};
export const speedOf = (state: PageState) => state.speed[speedKind(state)];

/** Changes what is known of one lane. */
export function changeLane(store: Store, id: number, change: Partial<LaneState>): void {
  store.setState(({ lanes }) => ({
    lanes: lanes.map((lane) => (lane.id === id ? { ...lane, ...change } : lane)),
  }));
}

const isOptimizers = (path: string) => optimizerParts.some((part) => part === path.split('.')[0]);

/** One setting takes another value: of the selected lane's optimizer, or of the game that all lanes play. */
export function change(store: Store, path: string, value: unknown): void {
  store.setState(({ lanes, selected }) => {
    const changed = set(schema, laneOf({ lanes }, selected).experiment, path, value);
    if (isOptimizers(path)) return { lanes: withExperiment(lanes, selected, changed) };
    const { game, seed } = changed;
    return { lanes: lanes.map((lane) => ({ ...lane, experiment: { ...lane.experiment, game, seed } })) };
  });
}

/** The selected lane's optimizer becomes the method of that name; game and seed stay. */
export function takeMethod(store: Store, name: string): void {
  store.setState(({ lanes, selected, experiment }) => ({
    lanes: withExperiment(lanes, selected, applyMethod(experiment, name)),
  }));
}

const withExperiment = (lanes: readonly LaneState[], id: number, experiment: Experiment) =>
  lanes.map((lane) => (lane.id === id ? { ...lane, experiment } : lane));

/** One lane alone plays this. */
export function playAlone(store: Store, experiment: Experiment): void {
  store.setState((state) => ({
    lanes: [{ ...laneOf(state, state.selected), experiment, isMuted: false }],
    solo: undefined,
  }));
}

/** A copy of the selected lane beside it, selected; nothing where there are as many as there can be. */
export function duplicateLane(store: Store): void {
  store.setState(({ lanes, selected }) => {
    if (lanes.length >= MOST_LANES) return {};
    const at = lanes.findIndex(({ id }) => id === selected);
    const id = Math.max(...lanes.map((lane) => lane.id)) + 1;
    const taken = new Set(lanes.map(({ colour }) => colour));
    const colour = Array.from({ length: MOST_LANES }, (_, i) => i).find((i) => !taken.has(i)) ?? 0;
    const copy = newLane(id, colour, lanes[at].experiment);
    return {
      lanes: [...lanes.slice(0, at + 1), copy, ...lanes.slice(at + 1)],
      selected: id,
      solo: undefined,
    };
  });
}

/** Takes a lane out of the race; the last one stays. */
export function removeLane(store: Store, id: number): void {
  store.setState(({ lanes, selected, solo }) => {
    if (lanes.length === 1) return {};
    const at = lanes.findIndex((lane) => lane.id === id);
    const left = lanes.filter((lane) => lane.id !== id);
    const next = left[Math.min(at, left.length - 1)].id;
    return { lanes: left, selected: selected === id ? next : selected, solo: solo === id ? undefined : solo };
  });
}

/** Moves a lane up (-1) or down (1) in the order of the race. */
export function moveLane(store: Store, id: number, by: -1 | 1): void {
  store.setState(({ lanes }) => {
    const at = lanes.findIndex((lane) => lane.id === id);
    const to = at + by;
    if (to < 0 || to >= lanes.length) return {};
    const moved = [...lanes];
    [moved[at], moved[to]] = [moved[to], moved[at]];
    return { lanes: moved };
  });
}

/** Opens or closes a panel. */
export function openPanel(store: Store, name: string, isOpen: boolean): void {
  store.setState(({ panels }) => ({ panels: { ...panels, [name]: isOpen } }));
}

/** The settings of a probe, where they differ from the defaults. */
export function changeProbe(store: Store, probe: string, values: Readonly<Record<string, unknown>>): void {
  store.setState(({ probes }) => ({ probes: { ...probes, [probe]: values } }));
}

export function toggleLayer(store: Store, layer: Layer): void {
  store.setState(({ hidden }) => {
    const next = new Set(hidden);
    if (!next.delete(layer)) next.add(layer);
    return { hidden: next };
  });
}
