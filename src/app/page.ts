/** The page without its surface: store, record and playback joined to the address bar. */
import type { Watch } from '../analysis/probe.ts';
import { type Experiment, experiment as schema } from '../catalog/experiment.ts';
import type { Player } from '../math/field.ts';
import { changes, isSame, type Problem } from '../settings/index.ts';
import { AUTO, type Checkpoint, type Frame, type Lost } from '../worker/protocol.ts';
import { type Address, presetExperiment, readAddress, writeAddress } from './address.ts';
import type { SharedLanes } from './courses.ts';
import { factsOf } from './facts.ts';
import { type Found, foundIn } from './found.ts';
import { type Lane, openLane } from './lane.ts';
import { type Layout, usualLayout, usualLineup, withWideOpen } from './layout.ts';
import { labelOf, laneName, rulesOf } from './method.ts';
import { named } from './named.ts';
import { openPace } from './pace.ts';
import { panelWatches } from './panels.ts';
import type { Attention, Worker } from './playback.ts';
import { type PresentedWords, withPresented } from './present/link.ts';
import type { RunRecord } from './record.ts';
import { speeds } from './speeds.ts';
import { looksForStops, openStopWatch, stepsLeft, stopsAhead } from './stops.ts';
import {
  averages,
  changeLane,
  extentOf,
  isHeard,
  type LaneState,
  laneOf,
  lineUp,
  openStore,
  type PageState,
  pictureKind,
  playAlone,
  type SetState,
  type Store,
  speedOf,
  type Theme,
} from './store.ts';
import { strings } from './strings.ts';
import { openTime, type Time } from './time.ts';
import { fitting, following, glide, reachOfRace, type View } from './view.ts';
import type { Span } from './zoom.ts';

/** How often the costlier probes are read while a run plays. */
const COUNTS_MS = 250;
const EVERY_MS = {
  discriminator: 80,
  domains: 80,
  manifold: 80,
  pictures: 100,
  pushes: 160,
  notices: 400,
} as const;
const CLASSES_MS = 1500;
/** Of so many classes a usual count of pictures would show few, even of real ones. */
const MANY_CLASSES = 100;
const PICTURES_OF_MANY = 2500;
/** Samples that the picture shows of each kind. */
const SAMPLES_SHOWN = 512;
/** A density needs more of them than a cloud. */
const SAMPLES_ON_A_LINE = 2048;
/** Points along a line at which the discriminator is asked. */
const LINE_RESOLUTION = 193;
/** Points along the shorter side of the discriminator's grid, and of the field's. */
const HEAT_RESOLUTION = 48;
const FIELD_RESOLUTION = 31;
/** Where steps are taken from each of them. */
const STEP_RESOLUTION = 17;
/** What is observed reaches this far beyond the picture, so that no edge of it is seen. */
const BEYOND = 1.05;
/** Steps of the path that "fit" looks back on. */
const FIT_STEPS = 400;

export interface Page {
  readonly store: Store;
  /** What is known of the selected lane's run. */
  readonly record: RunRecord;
  /** What is known of a lane's run. */
  recordOf(lane: LaneState): RunRecord;
  /** The step that a lane is on its way to, while it comes up to the others of a race that plays. */
  catchesUp(lane: LaneState): number | undefined;
  /** What a lane is called, told apart from the others. */
  nameOf(lane: LaneState): string;
  /** Calls back when any lane has news. */
  subscribe(listener: () => void): () => void;
  /** What is pointed at in the charts, if anything; read by all of them. */
  readonly cursor: Cursor;
  /** Whether the points of rest that were read last are those of what is played now. */
  readonly isRestKnown: boolean;
  /** The plane of an analytic game as it is looked at. */
  readonly plane: PlaneView;
  /** Going back, and branching. */
  readonly time: Time;
  /** Nothing plays, and what is shown is where the runs stand. */
  readonly isResting: boolean;
  play(): void;
  pause(): void;
  toggle(): void;
  /** Every lane takes one step; with `mover`, only that player moves in it. */
  step(mover?: Player): void;
  restart(): void;
  /** Plays a preset from its start, or a race with all of its lanes. */
  loadPreset(name: string): void;
  /** Plays what a link or a file asks for from its start, in the place of what was open. */
  open(wanted: Wanted): void;
  /** How often something else was opened in the place of what was open. */
  readonly openings: number;
  /** Whether what is opened plays without being asked. */
  readonly startsPlaying: boolean;
  /** Says what could not be understood; what is open goes on. */
  complain(problems: readonly Problem[]): void;
  /** The selected lane's run at its present step. Rejects when nothing can be computed any more. */
  checkpoint(): Promise<Checkpoint>;
  /**
   * Goes on with this run, in the lanes that `change` makes, after a look at whether it fits on the device of that
   * name. Rejects with an Error that says what does not fit; then everything is as it was. Lanes keep what their runs
   * can be gone on from: undo brings them back as they stood.
   */
  goOnFrom(
    checkpoint: Checkpoint,
    device: string,
    change: (state: PageState) => Partial<SetState>,
  ): Promise<void>;
  /** Lanes whose worker is lost, or does not answer, go on with another one from what was kept of their runs. */
  revive(): void;
  /** An answer that has not come for long is waited for. */
  waitOn(): void;
  dismissProblems(): void;
  setTheme(theme: Theme): void;
  /** Plays on another device, or on the one that measuring chooses; the run goes on. */
  setDevice(name: string): void;
  dismissRefusal(): void;
  /** The width of a lane's picture over its height, or of the one picture of all: what is observed reaches as far as it shows. */
  setAspect(aspect: number, lane?: number): void;
  /** The page's address for this experiment; with some of how it is watched otherwise. */
  link(watched?: Partial<Layout>): string;
  /** What stands behind `#` in the address bar: the link, and what it says of presenting. */
  address(): string;
  /** What is open, as a file keeps it. */
  wanted(): Wanted;
  close(): void;
}

/** An experiment to be opened, and how. */
export type Wanted = Omit<Address, 'isEmbedded'>;

export interface Cursor {
  /** A place on the axis of the charts, and the part of it that is being selected. */
  readonly value: number | undefined;
  readonly selection: Span | undefined;
  readonly listeners: Set<() => void>;
  set(value: number | undefined, selection?: Span): void;
}

export interface PlaneView {
  readonly view: View;
  /** Lets time pass; true while the view still moves. */
  advance(elapsedMs: number): boolean;
  fit(): void;
}

export interface PageOptions {
  /** The text behind `?` or `#` that the page was opened with. */
  readonly address: string;
  readonly start: () => Worker;
  /** What the link says of presenting. */
  readonly presented?: PresentedWords;
  /** Plays without being asked. */
  readonly startsPlaying: boolean;
  readonly theme?: Theme;
  /** Called when the link of the experiment becomes another. */
  readonly onAddress?: (text: string) => void;
  /** The address of the page itself, for links. */
  readonly home?: () => string;
  readonly onTheme?: (theme: Theme) => void;
}

export function openPage(options: PageOptions): Page {
  const opened = readAddress(options.address);
  const store = openStore({
    experiments: opened.experiments,
    courses: opened.courses,
    layout: opened.layout && withWideOpen(opened.layout, opened.experiments[0]),
    lineup: opened.lineup,
    isEmbedded: opened.isEmbedded,
    device: opened.device ?? AUTO,
    problems: opened.problems,
    theme: options.theme ?? 'auto',
    presented: options.presented,
  });
  const cursor = {
    value: undefined as number | undefined,
    selection: undefined as Span | undefined,
    listeners: new Set<() => void>(),
    set(value: number | undefined, selection?: Span) {
      if (cursor.value === value && cursor.selection === selection) return;
      cursor.value = value;
      cursor.selection = selection;
      for (const listener of cursor.listeners) listener();
    },
  };
  const facts = () => factsOf(store.getState().experiment.game);
  const lanes = new Map<number, Lane>();
  const selected = () => lanes.get(store.getState().selected) as Lane;
  /** Those that play and are drawn. */
  const heard = () =>
    store
      .getState()
      .lanes.filter((lane) => isHeard(store.getState(), lane))
      .flatMap(({ id }) => lanes.get(id) ?? []); // one that was just added may not be open yet
  const each = (act: (lane: Lane) => void) => {
    for (const lane of lanes.values()) act(lane);
  };
  const time = openTime({ store, lanes });
  const stopWatches = new Map<number, ReturnType<typeof openStopWatch>>();
  const listeners = new Set<() => void>();
  const tellAll = () => {
    for (const listener of listeners) listener();
  };

  // What is looked at.
  let aspect = 1;
  /** Of lanes that have a picture each: they may be of different heights. */
  const aspects = new Map<number, number>();
  const aspectOf = (id: number) => aspects.get(id) ?? aspect;
  let view: View = { extent: 1, target: 1 };
  let isFieldStale = true;
  /** What was played when points of rest were last asked for. */
  let restOf: Experiment | undefined;
  /** What was found, and in which game: the optimizer and the start have no say in it. */
  let found: { readonly rest: Found | null; readonly game: string } | undefined;
  const gameOf = ({ game }: Experiment) => JSON.stringify({ ...game, start: undefined });
  function resetView(): void {
    const { picture, equilibria } = facts();
    if (picture.kind !== 'plane') return;
    const { game } = store.getState().experiment;
    const start = 'start' in game ? game.start : [0, 0];
    const reach = Math.max(...[start, ...equilibria.map(({ point }) => point)].flat().map(Math.abs));
    view = { extent: view.extent, target: following(picture.extent, reach) };
    isFieldStale = true;
  }
  function lookAtPlane(target: number): void {
    if (target === view.target) return;
    view = { extent: view.extent, target };
    isFieldStale = true;
    if (!store.getState().playing) selected().playback.look();
  }
  const reaches = (steps: number) => heard().map(({ record }) => reachOf(record, steps));
  function reachOf({ trail }: RunRecord, steps: number): number {
    let most = 0;
    for (let i = Math.max(0, trail.length - steps); i < trail.length; i++) {
      // The picture is wider than high, so the path may go further across.
      most = Math.max(most, Math.abs(trail.theta(i)) / Math.max(1, aspect), Math.abs(trail.phi(i)));
    }
    return most;
  }
  const plane: PlaneView = {
    get view() {
      return view;
    },
    advance(elapsedMs) {
      view = glide(view, elapsedMs);
      return view.extent !== view.target;
    },
    fit() {
      const far = Math.max(0, ...reaches(FIT_STEPS));
      if (far > 0) lookAtPlane(fitting(far));
    },
  };

  // What is observed in the next frame: long readings are asked for until they are there.
  function openWatch(id: number) {
    const lastRead = new Map<string, number>();
    const asked = new Set<string>();
    let atWork: ReadonlySet<string> = new Set();
    let lastStep = Number.NaN;
    let isOld = false;
    /** Readings that have come, but are not in the record yet. */
    const coming = new Set<string>();
    const isTime = (probe: string, everyMs: number, attention: Attention, now: number) =>
      attention === 'everything' ||
      (attention === 'due' && now - (lastRead.get(probe) ?? Number.NEGATIVE_INFINITY) >= everyMs);
    return {
      /** So long after the last reading has come. */
      isDue(probe: string, everyMs: number, attention: Attention, now: number): boolean {
        const hasJustCome = attention === 'due' && coming.has(probe);
        if (!hasJustCome && isTime(probe, everyMs, attention, now)) asked.add(probe);
        return asked.has(probe);
      },
      /** The same for a probe that the next answer tells: so long after the last one was asked for. */
      isQuickDue(probe: string, everyMs: number, attention: Attention, now: number): boolean {
        const isDue = asked.has(probe) || isTime(probe, everyMs, attention, now);
        if (isDue) lastRead.set(probe, now);
        return isDue;
      },
      isWaitingFor: (probe: string) => asked.has(probe),
      isComing: (probe: string) => coming.has(probe),
      noteShown: () => coming.clear(),
      /** Whether a reading of the newest frame is of before it: a long one, which took its time while the run went on. */
      get isOld() {
        return isOld;
      },
      noteRead({ readings, working, step }: Frame): void {
        isOld = false;
        for (const [probe, reading] of Object.entries(readings)) {
          coming.add(probe);
          if (asked.delete(probe)) lastRead.set(probe, performance.now());
          const { step: of = step } = reading as { readonly step?: number };
          // One that begins and ends between two frames is never at work; some are of a step before by nature.
          isOld ||= of < step && (atWork.has(probe) || step !== lastStep);
        }
        atWork = new Set(Object.keys(working));
        for (const probe of atWork) asked.add(probe); // a quick one, too, whose code is still on its way
        lastStep = step;
      },
      watch: (attention: Attention) => watch(id, attention),
    };
  }
  const watches = new Map<number, ReturnType<typeof openWatch>>();

  function watch(id: number, attention: Attention): Watch[] {
    const { isDue, isQuickDue, isComing } = watches.get(id) as ReturnType<typeof openWatch>;
    const { experiment } = laneOf(store.getState(), id);
    const now = performance.now();
    const { hidden } = store.getState();
    const { picture, equilibria } = facts();
    const isNoticed = isQuickDue('notices', EVERY_MS.notices, attention, now);
    const watched: Watch[] = isNoticed ? [{ probe: 'notices' }] : [];
    const wide = Math.max(aspectOf(id), 1 / aspectOf(id));
    const heatResolution = Math.min(96, Math.round(HEAT_RESOLUTION * wide));
    switch (picture.kind) {
      case 'samples': {
        const onLine = picture.dimension === 1;
        watched.push({
          probe: 'samples',
          settings: { count: onLine ? SAMPLES_ON_A_LINE : SAMPLES_SHOWN },
        });
        if (
          !hidden.has('discriminator') &&
          isQuickDue('discriminator', EVERY_MS.discriminator, attention, now)
        ) {
          const extent = extentOf(store.getState()) * (onLine ? 1 : BEYOND * wide);
          const resolution = onLine ? LINE_RESOLUTION : heatResolution;
          watched.push({ probe: 'discriminator', settings: { extent, resolution } });
        }
        // The rings and the sentence tell them, whether or not their chart is open.
        if (!onLine && !hidden.has('manifold') && isQuickDue('manifold', EVERY_MS.manifold, attention, now)) {
          watched.push({ probe: 'manifold' });
        }
        if (
          !onLine &&
          !hidden.has('pushes') &&
          isQuickDue('criticGradient', EVERY_MS.pushes, attention, now)
        ) {
          watched.push({ probe: 'criticGradient', settings: { resolution: 2 } });
        }
        // Counted with what the watchers see: sentence, rings and chart tell of one moment.
        if (picture.modes && isNoticed) watched.push({ probe: 'modes' });
        break;
      }
      case 'images':
        if (isQuickDue('pictures', EVERY_MS.pictures, attention, now)) watched.push({ probe: 'pictures' });
        // The sentence tells them, whether or not their panel is open.
        if (isDue('pictureClasses', CLASSES_MS, attention, now)) {
          const settings = picture.classes.length >= MANY_CLASSES ? { count: PICTURES_OF_MANY } : undefined;
          watched.push({ probe: 'pictureClasses', settings });
        }
        break;
      case 'plane':
        // One field under all paths: the selected lane reads it.
        if (id === store.getState().selected && (isFieldStale || attention === 'everything')) {
          const extent = Math.min(BEYOND * view.target * wide, LARGEST_FIELD);
          const { vectorField: parts } = store.getState().probes;
          const fine = parts?.part === 'step' ? STEP_RESOLUTION : FIELD_RESOLUTION;
          const resolution = Math.min(101, Math.round(fine * wide));
          watched.push({ probe: 'vectorField', settings: { ...parts, extent, resolution } });
          isFieldStale = false;
        }
        if (id === store.getState().selected) {
          // Once for each experiment: they do not depend on where the run is.
          const isThere = lanes.get(id)?.record.latest.equilibria !== undefined || isComing('equilibria');
          const isNew = restOf !== experiment || !isThere;
          restOf = experiment;
          if (isDue('equilibria', Number.POSITIVE_INFINITY, isNew ? 'everything' : 'begun', now))
            watched.push({ probe: 'equilibria' });
        }
        if (averages({ experiment })) {
          watched.push({ probe: 'point' });
          if (equilibria.length > 0) watched.push({ probe: 'distance' });
        }
        break;
      case 'simplex':
        watched.push({ probe: 'strategies' });
        break;
      case 'domains':
        if (isQuickDue('domains', EVERY_MS.domains, attention, now)) {
          const extent = BEYOND * picture.extent * wide;
          watched.push({ probe: 'domains', settings: { extent, resolution: heatResolution } });
        }
        if (isQuickDue('domainAccuracy', COUNTS_MS, attention, now))
          watched.push({ probe: 'domainAccuracy' });
        break;
      case 'parameters':
        watched.push({ probe: 'point' });
        if (equilibria.length > 0) watched.push({ probe: 'distance' });
    }
    for (const { watch, everyMs } of panelWatches(store.getState(), id === store.getState().selected)) {
      if (watched.some(({ probe }) => probe === watch.probe)) continue;
      if (isDue(watch.probe, everyMs, attention, now)) watched.push(watch);
    }
    return watched;
  }

  const pace = openPace<Lane>({
    mode: () => store.getState().pace,
    runs: () => heard().filter(({ isOver }) => !isOver),
    waits,
    speed: () => speeds[speedOf(store.getState())],
  });

  /** Before the next question is asked, which may be about another game. */
  function onRead(id: number, frame: Frame): void {
    watches.get(id)?.noteRead(frame);
    const { equilibria } = frame.readings;
    if (equilibria && restOf) found = { rest: foundIn(equilibria), game: gameOf(restOf) };
  }

  function onFrame(id: number, frame: Frame): void {
    watches.get(id)?.noteShown();
    time.note();
    if (laneOf(store.getState(), id).isSilent) changeLane(store, id, { isSilent: undefined });
    if (frame.lost) goOnWithout(id, frame.lost);
    if (frame.goal !== undefined) {
      tellAll();
      return;
    }
    if (frame.settings && laneOf(store.getState(), id).course && time.show(id)) lanes.get(id)?.noteChange();
    if (frame.readings.spectrum && store.getState().wantsSpectrum) store.setState({ wantsSpectrum: false });
    if (pictureKind(store.getState()) === 'plane')
      lookAtPlane(following(view.target, reachOfRace(reaches(64))));
    const { playing } = store.getState();
    // Where the run rests, what is shown is of there.
    const lane = lanes.get(id) as Lane;
    if (watches.get(id)?.isOld && (!playing || lane.isOver)) lane.playback.look();
    if (frame.outcome.kind === 'diverged' && playing && isOver()) store.setState({ playing: false });
    const hasChosen = laneOf(store.getState(), id).copy === 'chosen';
    if (hasChosen && pace.catchesUp(lane) === undefined) changeLane(store, id, { copy: undefined });
    // First: who waits for this lane at the step to stop at would go on.
    if (playing) stopIfDue(id);
    if (lanes.size > 1) {
      // The others may have waited for this lane; at rest, those behind come up to it.
      if (store.getState().playing)
        for (const [other, { playback }] of lanes) if (other !== id) playback.wake();
      if (!playing && !time.isElsewhere && heard().every(({ playback }) => playback.isCurrent)) pace.align();
    }
    if (isDoneAnew(id, frame)) noteAddress(store.getState());
    tellAll();
  }

  /** Whether more, or less, is known to have been done in a run than with its last frame. */
  const alone = new Map<number, number>();
  function isDoneAnew(id: number, frame: Frame): boolean {
    const before = alone.get(id) ?? 0;
    const now = frame.alone.reduce((sum, { steps }) => sum + steps, 0);
    alone.set(id, now);
    return frame.settings !== undefined || now !== before;
  }

  /** The link and the menu say what computes from now on, unless that is chosen by itself. */
  function goOnWithout(id: number, lost: Lost): void {
    changeLane(store, id, { lost });
    if (store.getState().device === lost.device) store.setState({ device: lost.by });
  }

  /** Pauses when a condition to stop has come about; at a step, when all lanes are there. */
  function stopIfDue(id: number): void {
    const { stops, lanes: all } = store.getState();
    const { record } = lanes.get(id) as Lane;
    const lane = laneOf(store.getState(), id);
    const reason = stopWatches.get(id)?.look(record, lane.experiment, stops);
    if (!reason || (reason.name === 'step' && heard().some(isShortOfStop))) return;
    const words = all.length > 1 ? strings.stops.lane(page.nameOf(lane), reason.words) : reason.words;
    store.setState({ playing: false, stopped: strings.stops.because(words) });
  }

  const isShortOfStop = ({ record, isOver }: Lane) =>
    !isOver && stepsLeft(record, store.getState().stops) < Number.MAX_SAFE_INTEGER;

  /** Who is at the step to stop at waits there for the others. */
  function waits(lane: Lane): boolean {
    return !isShortOfStop(lane) && heard().some(isShortOfStop);
  }

  function openOne({ id }: LaneState): Lane {
    const state = () => laneOf(store.getState(), id);
    watches.set(id, openWatch(id));
    stopWatches.set(id, openStopWatch());
    const lane: Lane = openLane({
      start: options.start,
      device: () => store.getState().device,
      experiment: () => state().experiment,
      course: () => state().course,
      playing: () =>
        store.getState().playing &&
        isHeard(store.getState(), state()) &&
        document.visibilityState === 'visible',
      speed: () =>
        pace.catchesUp(lane) === undefined ? speeds[speedOf(store.getState())] : speeds[speeds.length - 1],
      allowed: () =>
        waits(lane) ? 0 : Math.min(pace.allowed(lane), stepsLeft(lane.record, store.getState().stops)),
      // What is seen in a frame stops the run right there.
      mayGoOn: () => !looksForStops(store.getState().stops),
      // Nor may it pass those that it is to come up to.
      mayHurry: () => !stopsAhead(lane.record, store.getState().stops) && pace.catchesUp(lane) === undefined,
      watch: (attention) => watches.get(id)?.watch(attention) ?? [],
      shown() {
        const all = store.getState();
        return all.hidden.has('generated') ? undefined : { extent: extentOf(all), aspect: aspectOf(id) };
      },
      found: () => (found?.game === gameOf(state().experiment) ? found.rest : undefined),
      readout: () => state().readout,
      onReadout: (readout) => changeLane(store, id, { readout }),
      onRead: (frame) => onRead(id, frame),
      onFrame: (frame) => onFrame(id, frame),
      onArrival: () => time.arrive(id),
      onLoading: ({ file, share = 0 }) =>
        changeLane(store, id, { loading: file === undefined ? undefined : { file, share } }),
      checkpoint: () => time.takeCheckpoint(id),
      onSilence: () => changeLane(store, id, { isSilent: true, kept: lane.kept?.state.step }),
      onRefusal(refusal, lastGood = AUTO) {
        // Another device brings the run back by itself; see the subscription.
        changeLane(store, id, { refusal, isSilent: undefined });
        store.setState({ device: lastGood });
      },
      onFailure(failure) {
        const kept = lane.kept?.state.step;
        changeLane(store, id, { failure, kept, isSilent: undefined, refusal: undefined, loading: undefined });
        store.setState({ playing: false });
        time.leave(id);
      },
    });
    lanes.set(id, lane);
    lane.record.subscribe(tellAll);
    return lane;
  }

  /** All runs begin anew in a moment: whatever is told or asked before is of no use to anybody. */
  let isBeginning = false;
  /** Something else is played in the place of what was open, from its start: undo plays that again. */
  function begin(change: () => void): void {
    noteCourses();
    openings += 1;
    isBeginning = true;
    try {
      change();
    } finally {
      isBeginning = false;
    }
    page.restart();
  }

  /** Every lane notes what was done in its run, so that it can be played again; not one that can be gone on from. */
  function noteCourses(): void {
    const { courses } = named();
    if (!courses) return;
    const done = known(store.getState()).map(courses.courseOf);
    time.follow(() =>
      store.setState(({ lanes: all }) => ({
        lanes: all.map((lane, i) => (lane.from ? lane : { ...lane, course: done[i] })),
      })),
    );
  }

  /** Opens lanes that are new, closes those that are gone, and tells each what it plays now. */
  function followLanes(state: PageState, before: PageState): void {
    for (const [id, lane] of lanes) {
      if (state.lanes.some((one) => one.id === id)) continue;
      lane.close();
      lanes.delete(id);
      aspects.delete(id);
      watches.delete(id);
      stopWatches.delete(id);
      alone.delete(id);
    }
    for (const lane of state.lanes) {
      const was = before.lanes.find(({ id }) => id === lane.id);
      if (!lanes.has(lane.id)) {
        if (lane.from) time.give(lane.id, lane.from);
        const opened = openOne(lane);
        pace.join(opened);
        if (!isBeginning) opened.playback.look();
      } else if (!was || time.isFollowing) continue;
      else if (lane.from && lane.from !== was.from) goOn(lane);
      else if (lane.course && lane.course !== was.course && !isBeginning) playAnew(lane);
      else if (lane.experiment !== was.experiment) takeOver(lane, was);
    }
    if (state.experiment.game !== before.experiment.game) lookAnew(state.experiment, before.experiment);
  }

  function takeOver({ id, experiment, course, failure, copy }: LaneState, was: LaneState): void {
    const lane = lanes.get(id) as Lane;
    const { experiment: before } = was;
    if (isSame(schema, before, experiment)) {
      // The same settings, but nothing that is still to come.
      if (was.course && !course && !failure && !isBeginning) lane.playback.run(false);
      return;
    }
    // Somebody does otherwise than the run that was shared.
    if (course && course === was.course) changeLane(store, id, { course: undefined });
    // A branch goes on from where it was branched off.
    const beginsAnew = copy === 'chosen' || (copy === 'untouched' && lane.record.frame?.begin === 0);
    if (beginsAnew || experiment.game.kind !== before.game.kind) {
      lane.clear();
      time.leave(id);
    }
    lane.noteChange();
    if (failure || isBeginning) return;
    lane.playback.run(beginsAnew);
    if (!beginsAnew) return;
    pace.join(lane);
    changeLane(store, id, { copy: 'chosen' });
  }

  /** Another game, or another size of it: the picture begins where it is wholly seen. */
  function lookAnew({ game }: Experiment, { game: before }: Experiment): void {
    isFieldStale = true;
    if (game.kind !== before.kind) {
      view = { extent: 0, target: 0 };
      resetView();
      view = { extent: view.target, target: view.target };
    } else if (changes(schema.fields.game, before, game).some(({ live }) => !live)) resetView();
  }

  const unsubscribe = store.subscribe((state, before) => {
    if (state.lanes !== before.lanes) followLanes(state, before);
    // With what has become of it meanwhile: a lane may have left its course.
    if (isLinkedAnew(state, before) || namesOfAddress !== named()) noteAddress(store.getState());
    if (state.device !== before.device && !isBeginning) {
      for (const { id, failure } of state.lanes) if (!failure) lanes.get(id)?.playback.run(false);
    }
    if (state.playing !== before.playing) {
      each((lane) => {
        if (!state.playing) lane.forgetSpeed();
        lane.say(true);
      });
    }
    const isHeardAnew = state.solo !== before.solo || state.pace !== before.pace;
    const isMutedAnew = state.lanes.some(
      ({ id, isMuted }) => before.lanes.find((one) => one.id === id)?.isMuted !== isMuted,
    );
    if (isHeardAnew || isMutedAnew) {
      for (const lane of state.lanes) {
        const was = before.lanes.find(({ id }) => id === lane.id);
        if (was && isHeard(state, lane) && !isHeard(before, was)) pace.join(lanes.get(lane.id) as Lane);
      }
    }
    // Whoever waited for a lane that is gone goes on.
    const isFewer = state.lanes.length < before.lanes.length;
    const isPacedAnew = state.playing !== before.playing || state.speed !== before.speed || isFewer;
    if ((isPacedAnew || isHeardAnew || isMutedAnew) && !isBeginning) {
      each(({ playback }) => playback.wake());
    }
    if (state.selected !== before.selected) isFieldStale ||= pictureKind(state) === 'plane';
    if (state.probes.vectorField !== before.probes.vectorField) isFieldStale = true;
    // Another method leads elsewhere.
    if (state.probes.vectorField?.part === 'step' && state.experiment !== before.experiment)
      isFieldStale = true;
    const looksElsewhere =
      state.hidden !== before.hidden ||
      state.panels !== before.panels ||
      state.probes !== before.probes ||
      (state.wantsSpectrum && !before.wantsSpectrum) ||
      state.selected !== before.selected;
    // What was read while the run played may be of a step that is over: at rest, all that is seen is of there.
    const comesToRest = before.playing && !state.playing;
    if ((looksElsewhere || comesToRest) && !isBeginning)
      each(({ playback, isOver }) => {
        if (!state.playing || isOver) playback.look();
      });
    if (state.theme !== before.theme) options.onTheme?.(state.theme);
    if (state.selected !== before.selected || isHeardAnew || isMutedAnew) tellAll();
  });

  /** The link is what is played: of settings, and of what was done in the runs. */
  function noteAddress(state: PageState): void {
    namesOfAddress = named();
    const text = barOf(state);
    if (text !== lastAddress && !state.isEmbedded) options.onAddress?.(text);
    lastAddress = text;
  }

  const methods = { laneName, labelOf, rulesOf };
  /** The lanes with what is known of their runs. */
  const known = ({ lanes: all }: PageState) =>
    all.map(({ id, experiment, course }) => ({
      id,
      experiment,
      course,
      record: lanes.get(id)?.record ?? none,
    }));
  const shared = (state: PageState, most?: number): Pick<SharedLanes, 'experiments' | 'courses'> => {
    const [first, ...others] = state.lanes.map(({ experiment }) => experiment);
    return named().courses?.sharedLanes(known(state), most) ?? { experiments: [first, ...others] };
  };
  const addressOf = (state: PageState): string => {
    const { device, lineup } = openedAs(state);
    const { experiments, courses } = shared(state);
    return writeAddress(experiments, device, state, lineup, courses);
  };
  const barOf = (state: PageState): string => withPresented(addressOf(state), state.presented);

  /** Nobody looks at a hidden tab: it asks for nothing, and goes on when it is looked at again. */
  function onVisibility(): void {
    each((lane) => {
      lane.forgetSpeed();
      lane.playback.wake();
      lane.say();
    });
  }
  document.addEventListener('visibilitychange', onVisibility);

  /** A run of its own shows whether a checkpoint can be gone on from, before anything is given up for it. */
  async function tryOut(checkpoint: Checkpoint, device: string): Promise<void> {
    const trial = options.start();
    try {
      trial.run({ experiment: checkpoint.experiment, device, checkpoint });
      await trial.frame({ steps: 0, budgetMs: 0, watch: [], workMs: 0 });
    } finally {
      trial.stop();
    }
  }

  /** Every lane notes where its run stands, so that it can be gone on from there. */
  async function noteRuns(): Promise<void> {
    const noted = new Map<number, Checkpoint | undefined>();
    await Promise.all(
      store.getState().lanes.map(async ({ id, isSilent }) => {
        const lane = lanes.get(id) as Lane;
        const isLost = isSilent || lane.playback.isGone || lane.isOver;
        noted.set(id, isLost ? lane.kept : await lane.checkpoint().catch(() => lane.kept));
      }),
    );
    time.follow(() =>
      store.setState((state) => ({
        lanes: state.lanes.map((lane) => ({ ...lane, from: noted.get(lane.id) })),
      })),
    );
  }

  /** A lane goes on from somewhere else. */
  function goOn({ id, from, course, failure }: LaneState): void {
    const lane = lanes.get(id) as Lane;
    if (course) changeLane(store, id, { course: undefined });
    time.leave(id);
    lane.clear();
    time.give(id, from as Checkpoint);
    lane.noteChange();
    if (!failure) lane.playback.run(false);
  }

  /** A lane plays another run, of which it is known what was done in it, from its start. */
  function playAnew({ id, failure }: LaneState): void {
    const lane = lanes.get(id) as Lane;
    time.leave(id);
    lane.clear();
    lane.noteChange();
    if (!failure) lane.playback.run(true);
    pace.join(lane);
  }

  /** All that play have come to their end; those that are muted have not. */
  const isOver = () => heard().length > 0 && heard().every((lane) => lane.isOver);
  /** Nothing goes on without it: who wants the others to go on mutes it. */
  const hasFailed = () =>
    store.getState().lanes.some((lane) => lane.failure !== undefined && isHeard(store.getState(), lane));

  /** Lanes whose workers are lost, or do not answer; and those that were in the same workers, and may not know yet. */
  function giveUpLost(): { readonly id: number; readonly lane: Lane }[] {
    const { lanes: states } = store.getState();
    const all = states.map((state) => ({ ...state, lane: lanes.get(state.id) as Lane }));
    for (const { lane, isSilent } of all) if (isSilent) lane.playback.giveUp();
    const lost = all.filter(
      ({ lane, failure, isSilent }) => failure !== undefined || isSilent || lane.playback.isGone,
    );
    for (const { lane } of lost) lane.playback.giveUp();
    return lost;
  }

  /** Gives these lanes other workers: from what was kept of their runs, or from the start. */
  function revive(lost: ReturnType<typeof giveUpLost>, fromKept: boolean): void {
    isFieldStale = true;
    for (const { id, lane } of lost) {
      const { kept } = lane;
      time.leave(id);
      if (kept && fromKept) {
        time.give(id, kept);
        lane.resume();
      } else lane.clear();
    }
    store.setState((state) => ({
      lanes: state.lanes.map((lane) =>
        lost.some(({ id }) => id === lane.id)
          ? { ...lane, failure: undefined, isSilent: undefined, kept: undefined }
          : lane,
      ),
    }));
    for (const { lane } of lost) {
      pace.join(lane);
      lane.playback.revive();
    }
  }
  let lastAddress = barOf(store.getState());
  /** Presets that had come when it was written: one with more to choose from may name one. */
  let namesOfAddress = named();
  let openings = 0;

  const page: Page = {
    store,
    get record() {
      return selected().record;
    },
    recordOf: ({ id }) => (lanes.get(id) as Lane).record,
    nameOf: ({ id, experiment }) =>
      named().laneNames?.laneNamesOf(known(store.getState()), methods).get(id) ?? laneName(experiment),
    catchesUp: ({ id }) => (store.getState().playing ? pace.catchesUp(lanes.get(id) as Lane) : undefined),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    cursor,
    get isRestKnown() {
      const { selected: id, experiment } = store.getState();
      const isWaiting = watches.get(id)?.isWaitingFor('equilibria') ?? true;
      return restOf === experiment && !isWaiting;
    },
    plane,
    time,
    get isResting() {
      return [...lanes.values()].every(({ playback }) => playback.isResting);
    },
    play() {
      if (hasFailed()) return;
      if (isOver()) page.restart();
      for (const { id, experiment } of store.getState().lanes) {
        const { record } = lanes.get(id) as Lane;
        stopWatches.get(id)?.begin(record, experiment, store.getState().stops);
      }
      store.setState({ playing: true, stopped: undefined });
    },
    pause: () => store.setState({ playing: false }),
    toggle: () => (store.getState().playing ? page.pause() : page.play()),
    step(mover) {
      if (isOver() || hasFailed()) return;
      store.setState(({ lanes: all, ...state }) => ({
        playing: false,
        ...(mover && {
          lanes: all.map((lane) => (isHeard(state, lane) ? { ...lane, course: undefined } : lane)),
        }),
      }));
      for (const lane of heard()) if (!lane.isOver) lane.playback.step(1, mover);
    },
    restart() {
      time.forget();
      const lost = giveUpLost();
      each((lane) => lane.clear());
      resetView();
      each(({ playback }) => playback.run(true)); // those that are lost do not hear of it
      revive(lost, false);
    },
    loadPreset(name) {
      const race = named().races.find((each) => each.race.name === name);
      if (race) {
        const paused = !store.getState().playing && !isOver();
        page.open({
          ...page.wanted(),
          experiments: race.lanes,
          courses: undefined,
          lineup: usualLineup,
          paused,
        });
        return;
      }
      const experiment = presetExperiment(name);
      if (!experiment) return;
      const wasOver = isOver(); // and therefore paused by itself
      // A preset is a run from its start, even where the one at hand could go on with it.
      begin(() => {
        playAlone(store, experiment);
        if (wasOver) store.setState({ playing: true });
      });
    },
    open({ experiments, courses, layout, lineup, device = AUTO, paused, problems }) {
      begin(() =>
        store.setState((state) => ({
          zoom: undefined,
          ...(layout && withWideOpen(layout, experiments[0])),
          ...lineUp(experiments, lineup, state.lanes, courses),
          device,
          problems,
          unloaded: undefined,
          playing: false,
        })),
      );
      if (!paused && options.startsPlaying) page.play();
    },
    get openings() {
      return openings;
    },
    get startsPlaying() {
      return options.startsPlaying;
    },
    complain: (problems) => store.setState({ problems }),
    checkpoint: () => selected().checkpoint(),
    async goOnFrom(checkpoint, device, change) {
      await tryOut(checkpoint, device);
      store.setState({ playing: false });
      await noteRuns();
      time.forget();
      const lost = giveUpLost();
      store.setState(change);
      resetView();
      revive(
        lost.filter(({ id }) => lanes.has(id)),
        false,
      );
    },
    revive: () => revive(giveUpLost(), true),
    waitOn: () =>
      store.setState(({ lanes: all }) => ({ lanes: all.map((lane) => ({ ...lane, isSilent: undefined })) })),
    dismissProblems: () => store.setState({ problems: [] as readonly Problem[] }),
    dismissRefusal: () =>
      store.setState(({ lanes: all }) => ({
        lanes: all.map((lane) => ({ ...lane, refusal: undefined, lost: undefined })),
      })),
    setTheme: (theme) => store.setState({ theme }),
    setDevice(device) {
      store.setState(({ lanes: all }) => ({
        device,
        lanes: all.map((lane) => ({ ...lane, refusal: undefined, lost: undefined })),
      }));
    },
    setAspect(next, id) {
      const before = id === undefined ? aspect : aspectOf(id);
      if (id === undefined) aspects.clear();
      if (Math.abs(next / before - 1) < 0.01) return;
      if (id === undefined) aspect = next;
      else aspects.set(id, next);
      isFieldStale = true;
      if (store.getState().playing) return;
      if (id === undefined) each(({ playback }) => playback.look());
      else lanes.get(id)?.playback.look();
    },
    link(watched) {
      const text = addressOf({ ...store.getState(), ...watched });
      return `${options.home?.() ?? ''}${text && `#${text}`}`;
    },
    address: () => barOf(store.getState()),
    wanted() {
      const state = store.getState();
      const lanes = shared(state, Number.POSITIVE_INFINITY);
      return { ...openedAs(state), ...lanes, layout: state, paused: false, problems: [] };
    },
    close() {
      document.removeEventListener('visibilitychange', onVisibility);
      unsubscribe();
      each((lane) => lane.close());
    },
  };

  view = { extent: 0, target: 0 };
  resetView();
  view = { extent: view.target, target: view.target };
  for (const lane of store.getState().lanes) openOne(lane);
  if (options.startsPlaying && !opened.paused) page.play();
  each(({ playback }) => playback.look());
  return page;
}

/** A device is part of the link only where somebody chose it. */
function openedAs({ lanes, device, selected, solo }: PageState) {
  const placeOf = (id: number | undefined) => lanes.findIndex((lane) => lane.id === id) + 1;
  return {
    device: device === AUTO ? undefined : device,
    lineup: {
      selected: placeOf(selected),
      solo: placeOf(solo),
      muted: lanes.flatMap(({ isMuted }, i) => (isMuted ? [i + 1] : [])),
      ...(lanes.some(({ colour }, i) => colour !== i) && { colours: lanes.map(({ colour }) => colour + 1) }),
    },
  };
}

/** Of a run that has not begun. */
const none = { settings: [], alone: [], frame: undefined };

/** What the link may say besides the lanes. */
const LINKED = [
  'presented',
  'device',
  'selected',
  'solo',
  'zoom',
  'wide',
  ...(Object.keys(usualLayout) as (keyof Layout)[]),
] as const;
const isLinkedAnew = (state: PageState, before: PageState): boolean =>
  !isSameRace(state.lanes, before.lanes) || LINKED.some((part) => state[part] !== before[part]);
/** Whether all that a link says of the lanes is the same: how their runs stand it does not say. */
const isSameRace = (a: PageState['lanes'], b: PageState['lanes']): boolean =>
  a === b ||
  (a.length === b.length &&
    a.every(({ id, colour, experiment, course, isMuted }, i) => {
      const other = b[i];
      return (
        id === other.id &&
        colour === other.colour &&
        experiment === other.experiment &&
        course === other.course &&
        isMuted === other.isMuted
      );
    }));

/** The probe's own limit. */
const LARGEST_FIELD = 1e12;
