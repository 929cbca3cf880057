/** The page's state: what is played, how it is shown, and what is to be said about it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Experiment, experiment as schema } from '../catalog/experiment.ts';
import { applyMethod } from '../catalog/methods/index.ts';
import { type Problem, set } from '../settings/index.ts';
import type { Measured, Outcome } from '../worker/protocol.ts';
import { factsOf } from './facts.ts';
import { usualSpeed } from './speeds.ts';

export type Theme = 'auto' | 'light' | 'dark';
/** The layers of the pictures, by the names of their legend entries. */
export type Layer =
  | 'real'
  | 'generated'
  | 'discriminator'
  | 'modes'
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
  /** Steps in the last second; undefined while none are taken. */
  readonly stepsPerSecond?: number;
  readonly outcome: Outcome;
  /** The device in use, and what was measured to choose it. */
  readonly device?: string;
  readonly measured?: readonly Measured[];
  /** What there is to say about the run, for eyes; `spoken` is the same for ears, less often. */
  readonly sentence: string;
  readonly spoken: string;
}

export interface PageState {
  readonly experiment: Experiment;
  /** The device that is asked for: a name, or `auto`. */
  readonly device: string;
  readonly problems: readonly Problem[];
  readonly playing: boolean;
  /** Index into `speeds`, for each kind of picture. */
  readonly speed: Readonly<Record<'plane' | 'samples', number>>;
  readonly theme: Theme;
  /** Whether every setting shows its summary. */
  readonly explains: boolean;
  readonly hidden: ReadonlySet<Layer>;
  /** Panels that somebody has opened or closed, by their names. */
  readonly panels: Readonly<Record<string, boolean>>;
  /** Settings of probes that differ from the defaults, by the probe's name. */
  readonly probes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** What could not be done, in a sentence, while the run before it goes on. */
  readonly refusal?: string;
  /** Why nothing is computed any more, in a sentence. */
  readonly failure?: string;
  readonly readout: Readout;
}

export const emptyReadout: Readout = {
  step: 0,
  evaluations: 0,
  outcome: { kind: 'running' },
  sentence: '',
  spoken: '',
};

export type Store = StoreApi<PageState>;

export function openStore(given: Pick<PageState, 'experiment' | 'device' | 'problems' | 'theme'>): Store {
  return createStore<PageState>(() => ({
    ...given,
    playing: false,
    speed: usualSpeed,
    explains: false,
    hidden: new Set<Layer>(),
    panels: {},
    probes: {},
    readout: emptyReadout,
  }));
}

export const pictureKind = (state: PageState) => factsOf(state.experiment.game).picture.kind;
/** Whether what is seen is the average of the points passed. */
export const averages = ({ experiment }: PageState) => experiment.averaging.kind !== 'none';
/** Networks are waited for; what a few numbers do is followed step by step, until somebody says otherwise. */
export const speedKind = (state: PageState) => {
  const kind = pictureKind(state);
  return kind === 'samples' || kind === 'domains' ? 'samples' : 'plane';
};
export const speedOf = (state: PageState) => state.speed[speedKind(state)];

/** One setting of the experiment takes another value. */
export function change(store: Store, path: string, value: unknown): void {
  store.setState(({ experiment }) => ({ experiment: set(schema, experiment, path, value) }));
}

/** The optimizer becomes the method of that name; game and seed stay. */
export function takeMethod(store: Store, name: string): void {
  store.setState(({ experiment }) => ({ experiment: applyMethod(experiment, name) }));
}

/** Opens or closes a panel. */
export function openPanel(store: Store, name: string, isOpen: boolean): void {
  store.setState(({ panels }) => ({ panels: { ...panels, [name]: isOpen } }));
}

/** One setting of a probe takes another value. */
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
