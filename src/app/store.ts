/** The page's state: the lanes of the race, how they are shown, and what is to be said about them. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Course } from '../catalog/course.ts';
import { type Experiment, optimizerParts, experiment as schema } from '../catalog/experiment.ts';
import { defaults, type Problem, set } from '../settings/index.ts';
import type { Checkpoint, Loading, Lost, Measured, Outcome } from '../worker/protocol.ts';
import { factsOf } from './facts.ts';
import {
  type Column,
  type Layer,
  type Layout,
  type Lineup,
  MOST_LANES,
  usualLayout,
  usualLineup,
} from './layout.ts';
import { named } from './named.ts';
import { opensAsking, type PresentedWords } from './present/link.ts';
import { speedKindOf } from './speeds.ts';
import type { Unloaded } from './unloaded.ts';

export type Theme = 'auto' | 'light' | 'dark';

/** The numbers beside the picture, brought up to date a few times a second. */
export interface Readout {
  readonly step: number;
  readonly evaluations: number;
  /** Seconds spent in steps. */
  readonly seconds: number;
  /** Steps in the last second; undefined while none are taken. */
  readonly stepsPerSecond?: number;
  readonly evaluationsPerSecond?: number;
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
  /** What its run went on from when it was last put somewhere else than to its start. */
  readonly from?: Checkpoint;
  /** What the run follows, from its start, as long as nobody does otherwise. */
  readonly course?: Course;
  /** Waits, and is not drawn. */
  readonly isMuted: boolean;
  /** It was added as a copy of another: what is chosen for it begins it anew, until it has come up to the others. */
  readonly copy?: 'untouched' | 'chosen';
  readonly readout: Readout;
  /** The file that the run waits for. */
  readonly loading?: Loading;
  /** What could not be done, in a sentence, while the run before it goes on. */
  readonly refusal?: string;
  /** Why nothing is computed any more, in a sentence. */
  readonly failure?: string;
  /** There has been no answer for long. */
  readonly isSilent?: boolean;
  /** With either of them: the step that the run can be gone on from, if there is one. */
  readonly kept?: number;
  /** The device that was lost, while another one goes on with the run. */
  readonly lost?: Lost;
}

export type { Layer, Pace } from './layout.ts';
export { MOST_LANES };

/** What can be set. */
export interface SetState extends Layout {
  readonly lanes: readonly LaneState[];
  /** The id of the lane whose settings are open. */
  readonly selected: number;
  /** The id of the only lane that plays, if only one does. */
  readonly solo?: number;
  /** The device that is asked for: a name, or `auto`. */
  readonly device: string;
  readonly problems: readonly Problem[];
  /** Code that was asked for and did not come. */
  readonly unloaded?: Unloaded;
  readonly playing: boolean;
  /** The step of the past that the lanes are on their way to. */
  readonly seeking?: number;
  /** Why it stopped last, in a sentence. */
  readonly stopped?: string;
  readonly theme: Theme;
  /** Whether every setting shows its summary. */
  readonly explains: boolean;
  /** Nothing is shown but the picture: the page stands within another one. */
  readonly isEmbedded: boolean;
  /** All eigenvalues are wanted once, where that takes long. */
  readonly wantsSpectrum: boolean;
  /** The data are being drawn in the picture. */
  readonly isDrawing: boolean;
  /** What the address says of presenting. */
  readonly presented: PresentedWords;
  /** What the page says of the run is asked of a class, and not told yet: to eyes nor to ears. */
  readonly isAsked: boolean;
  /** Left and right go through scenes, wherever the focus is. */
  readonly turnsScenes: boolean;
  /** Half the width of the picture while something in it is dragged: it stays still under the hand. */
  readonly heldExtent?: number;
}

/** All there is, with what belongs to the selected lane at hand. */
export interface PageState extends SetState {
  readonly experiment: Experiment;
  readonly readout: Readout;
  readonly refusal?: string;
  readonly failure?: string;
  readonly lost?: Lost;
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
  /** One for each lane. */
  readonly experiments: readonly Experiment[];
  readonly courses?: readonly (Course | undefined)[];
  readonly layout?: Layout;
  readonly lineup?: Lineup;
  readonly isEmbedded?: boolean;
  readonly presented?: PresentedWords;
}

/** Lanes that begin now, in the place of those that there were: which of them are selected, muted and alone. */
export function lineUp(
  experiments: readonly Experiment[],
  { selected, solo, muted, colours }: Lineup,
  before: readonly LaneState[] = [],
  courses: readonly (Course | undefined)[] = [],
): Pick<SetState, 'lanes' | 'selected' | 'solo'> {
  const taken = before.slice(0, experiments.length).map(({ id }) => id);
  const free = Array.from({ length: 2 * MOST_LANES }, (_, id) => id).filter((id) => !taken.includes(id));
  const lanes = experiments.map((experiment, i) => ({
    ...newLane(
      taken[i] ?? free[i - taken.length],
      (colours?.[i] ?? i + 1) - 1,
      courses[i]?.settings[0].experiment ?? experiment,
    ),
    course: courses[i],
    failure: before[i]?.failure,
    isSilent: before[i]?.isSilent,
    isMuted: muted.includes(i + 1),
  }));
  return { lanes, selected: (lanes[selected - 1] ?? lanes[0]).id, solo: lanes[solo - 1]?.id };
}

export function openStore({
  experiments,
  courses,
  layout = usualLayout,
  lineup = usualLineup,
  isEmbedded = false,
  presented = { presents: false },
  ...given
}: Given): Store {
  const withSelected = (state: SetState): PageState => {
    const { experiment, readout, refusal, failure, lost } = laneOf(state, state.selected);
    return { ...state, experiment, readout, refusal, failure, lost };
  };
  const store = createStore<PageState>(() =>
    withSelected({
      ...given,
      ...layout,
      ...lineUp(experiments, lineup, [], courses),
      isEmbedded,
      presented,
      isAsked: opensAsking(presented),
      turnsScenes: false,
      playing: false,
      explains: false,
      wantsSpectrum: false,
      isDrawing: false,
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
/** Half the width of the plane that a picture of samples shows. */
export const extentOf = ({
  heldExtent,
  experiment,
}: Pick<PageState, 'heldExtent' | 'experiment'>): number => {
  const { picture } = factsOf(experiment.game);
  return heldExtent ?? ('extent' in picture ? picture.extent : 1);
};
/** Whether what is seen is the average of the points passed. */
export const averages = ({ experiment }: Pick<PageState, 'experiment'>) =>
  experiment.averaging.kind !== 'none';
export const speedKind = ({ experiment }: PageState) => speedKindOf(experiment);
export const speedOf = (state: PageState) => state.speed[speedKind(state)];

/** An index into the speeds, for games of this kind. */
export const changeSpeed = (store: Store, speed: number): void =>
  store.setState((state) => ({ speed: { ...state.speed, [speedKind(state)]: speed } }));

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
    return {
      lanes: lanes.map((lane) => ({
        ...lane,
        experiment: { ...lane.experiment, ...rulesFor(game, lane.experiment), game, seed },
      })),
    };
  });
}

/** Networks that draw pictures diverge within ten steps at the rates of a formula: they begin with the usual rules. */
const rulesFor = (game: Experiment['game'], before: Experiment): Partial<Experiment> =>
  game.kind === 'images' && speedKindOf(before) === 'plane'
    ? { generator: defaults(schema.fields.generator), discriminator: defaults(schema.fields.discriminator) }
    : {};

/** The selected lane's optimizer becomes the method of that name; game and seed stay. */
export function takeMethod(store: Store, name: string): void {
  store.setState(({ lanes, selected, experiment }) => ({
    lanes: withExperiment(lanes, selected, named().applyMethod(experiment, name)),
  }));
}

const withExperiment = (lanes: readonly LaneState[], id: number, experiment: Experiment) =>
  lanes.map((lane) => (lane.id === id ? { ...lane, experiment } : lane));

/** One lane alone plays this. */
export function playAlone(store: Store, experiment: Experiment): void {
  store.setState((state) => ({
    lanes: [
      {
        ...laneOf(state, state.selected),
        experiment,
        from: undefined,
        course: undefined,
        isMuted: false,
        copy: undefined,
      },
    ],
    solo: undefined,
  }));
}

/** The id of the lane that is added next. */
export const nextId = (lanes: readonly LaneState[]) => Math.max(...lanes.map(({ id }) => id)) + 1;

/** A colour that no lane has. */
export function freeColour(lanes: readonly LaneState[]): number {
  const taken = new Set(lanes.map(({ colour }) => colour));
  return Array.from({ length: MOST_LANES }, (_, i) => i).find((i) => !taken.has(i)) ?? 0;
}

/** A copy of the selected lane beside it, selected; nothing where there are as many as there can be. */
export function duplicateLane(store: Store): void {
  store.setState(({ lanes, selected }) => {
    if (lanes.length >= MOST_LANES) return {};
    const at = lanes.findIndex(({ id }) => id === selected);
    const id = nextId(lanes);
    const copy: LaneState = { ...newLane(id, freeColour(lanes), lanes[at].experiment), copy: 'untouched' };
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

/** A panel's scale becomes logarithmic, or linear. */
export function changeScale(store: Store, panel: string, isLog: boolean): void {
  store.setState(({ logarithmic }) => ({ logarithmic: { ...logarithmic, [panel]: isLog } }));
}

/** A panel with several figures shows this one. */
export function pickFigure(store: Store, panel: string, figure: string): void {
  store.setState(({ picked }) => ({ picked: { ...picked, [panel]: figure } }));
}

/** A panel takes a height of its own, in percent of the usual; with none, that of all. */
export function changeHeight(store: Store, panel: string, percent: number | undefined): void {
  store.setState(({ heights: { [panel]: _, ...others } }) => ({
    heights: percent === undefined ? others : { ...others, [panel]: percent },
  }));
}

/** A column takes a width of its own, in percent of the usual; with none, the usual one. */
export function changeWidth(store: Store, column: Column, percent: number | undefined): void {
  store.setState(({ widths: { [column]: _, ...others } }) => ({
    widths: percent === undefined ? others : { ...others, [column]: percent },
  }));
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
