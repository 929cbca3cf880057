/** The page without its surface: store, record and playback joined to the address bar. */
import type { Watch } from '../analysis/probe.ts';
import { type Experiment, experiment as schema } from '../catalog/experiment.ts';
import type { Player } from '../math/field.ts';
import { changes, type Problem } from '../settings/index.ts';
import { AUTO, type Frame } from '../worker/protocol.ts';
import { presetExperiment, readAddress, writeAddress } from './address.ts';
import { factsOf } from './facts.ts';
import { type Lane, openLane } from './lane.ts';
import { laneName } from './method.ts';
import { openPace } from './pace.ts';
import { panelWatches } from './panels.ts';
import type { Worker } from './playback.ts';
import type { RunRecord } from './record.ts';
import { speeds } from './speeds.ts';
import { openStopWatch, stepsLeft } from './stops.ts';
import {
  averages,
  changeLane,
  isHeard,
  type LaneState,
  laneOf,
  openStore,
  type PageState,
  pictureKind,
  playAlone,
  type Store,
  speedOf,
  type Theme,
} from './store.ts';
import { strings } from './strings.ts';
import { openTime, type Time } from './time.ts';
import { fitting, following, glide, type View } from './view.ts';
import type { Span } from './zoom.ts';

/** How often the costlier probes are read while a run plays. */
const COUNTS_MS = 250;
const EVERY_MS = { discriminator: 80, domains: 80, manifold: 80, pushes: 160, notices: 400 } as const;
/** Samples that the picture shows of each kind. */
const SAMPLES_SHOWN = 512;
/** A density needs more of them than a cloud. */
const SAMPLES_ON_A_LINE = 2048;
/** Points along a line at which the discriminator is asked. */
const LINE_RESOLUTION = 193;
/** Points along the shorter side of the discriminator's grid, and of the field's. */
const HEAT_RESOLUTION = 48;
const FIELD_RESOLUTION = 31;
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
  /** Calls back when any lane has news. */
  subscribe(listener: () => void): () => void;
  /** What is pointed at in the charts, if anything; read by all of them. */
  readonly cursor: Cursor;
  /** The plane of an analytic game as it is looked at. */
  readonly plane: PlaneView;
  /** Going back, and branching. */
  readonly time: Time;
  play(): void;
  pause(): void;
  toggle(): void;
  /** Every lane takes one step; with `mover`, only that player moves in it. */
  step(mover?: Player): void;
  restart(): void;
  /** Plays a preset from its start. */
  loadPreset(name: string): void;
  revive(): void;
  dismissProblems(): void;
  setTheme(theme: Theme): void;
  /** Plays on another device, or on the one that measuring chooses; the run goes on. */
  setDevice(name: string): void;
  dismissRefusal(): void;
  /** The picture's width over its height: what is observed reaches as far as it shows. */
  setAspect(aspect: number): void;
  /** The page's address for this experiment. */
  link(): string;
  close(): void;
}

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
    layout: opened.layout,
    device: opened.device ?? AUTO,
    problems: opened.problems,
    theme: options.theme ?? 'auto',
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
      .map(({ id }) => lanes.get(id) as Lane);
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
  let view: View = { extent: 1, target: 1 };
  let isFieldStale = true;
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
  function reach(steps: number): number {
    return Math.max(0, ...heard().map(({ record }) => reachOf(record, steps)));
  }
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
      const far = reach(FIT_STEPS);
      if (far > 0) lookAtPlane(fitting(far));
    },
  };

  // What is observed in the next frame: long readings are asked for until they are there.
  function openWatch(id: number) {
    const lastRead = new Map<string, number>();
    const asked = new Set<string>();
    return {
      isDue(probe: string, everyMs: number, everything: boolean, now: number): boolean {
        if (everything || now - (lastRead.get(probe) ?? Number.NEGATIVE_INFINITY) >= everyMs)
          asked.add(probe);
        return asked.has(probe);
      },
      /** The same for a quick probe, which the next answer tells: it is not asked for in the question after that. */
      isQuickDue(probe: string, everyMs: number, everything: boolean, now: number): boolean {
        const isDue = everything || now - (lastRead.get(probe) ?? Number.NEGATIVE_INFINITY) >= everyMs;
        if (isDue) lastRead.set(probe, now);
        return isDue;
      },
      noteRead(readings: Frame['readings']): void {
        for (const probe of Object.keys(readings)) {
          asked.delete(probe);
          lastRead.set(probe, performance.now());
        }
      },
      watch: (everything: boolean) => watch(id, everything),
    };
  }
  const watches = new Map<number, ReturnType<typeof openWatch>>();

  function watch(id: number, everything: boolean): Watch[] {
    const { isDue, isQuickDue } = watches.get(id) as ReturnType<typeof openWatch>;
    const { experiment } = laneOf(store.getState(), id);
    const now = performance.now();
    const { hidden } = store.getState();
    const { picture, equilibria } = facts();
    const watched: Watch[] = isQuickDue('notices', EVERY_MS.notices, everything, now)
      ? [{ probe: 'notices' }]
      : [];
    const wide = Math.max(aspect, 1 / aspect);
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
          isQuickDue('discriminator', EVERY_MS.discriminator, everything, now)
        ) {
          const extent = picture.extent * (onLine ? 1 : BEYOND * wide);
          const resolution = onLine ? LINE_RESOLUTION : heatResolution;
          watched.push({ probe: 'discriminator', settings: { extent, resolution } });
        }
        // The rings and the sentence tell them, whether or not their chart is open.
        if (
          !onLine &&
          !hidden.has('manifold') &&
          isQuickDue('manifold', EVERY_MS.manifold, everything, now)
        ) {
          watched.push({ probe: 'manifold' });
        }
        if (
          !onLine &&
          !hidden.has('pushes') &&
          isQuickDue('criticGradient', EVERY_MS.pushes, everything, now)
        ) {
          watched.push({ probe: 'criticGradient', settings: { resolution: 2 } });
        }
        if (picture.modes && isQuickDue('modes', COUNTS_MS, everything, now))
          watched.push({ probe: 'modes' });
        break;
      }
      case 'plane':
        // One field under all paths: the selected lane reads it.
        if (id === store.getState().selected && (isFieldStale || everything)) {
          const extent = Math.min(BEYOND * view.target * wide, LARGEST_FIELD);
          const resolution = Math.min(101, Math.round(FIELD_RESOLUTION * wide));
          const { vectorField: parts } = store.getState().probes;
          watched.push({ probe: 'vectorField', settings: { ...parts, extent, resolution } });
          isFieldStale = false;
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
        if (isQuickDue('domains', EVERY_MS.domains, everything, now)) {
          const extent = BEYOND * picture.extent * wide;
          watched.push({ probe: 'domains', settings: { extent, resolution: heatResolution } });
        }
        if (isQuickDue('domainAccuracy', COUNTS_MS, everything, now))
          watched.push({ probe: 'domainAccuracy' });
        break;
      case 'parameters':
        watched.push({ probe: 'point' });
        if (equilibria.length > 0) watched.push({ probe: 'distance' });
    }
    for (const { watch, everyMs } of panelWatches(store.getState(), id === store.getState().selected)) {
      if (watched.some(({ probe }) => probe === watch.probe)) continue;
      if (isDue(watch.probe, everyMs, everything, now)) watched.push(watch);
    }
    return watched;
  }

  const pace = openPace({
    mode: () => store.getState().pace,
    runs: () => heard().filter(({ isOver }) => !isOver),
    speed: () => speeds[speedOf(store.getState())],
  });

  function onFrame(id: number, frame: Frame): void {
    time.note();
    if (frame.goal !== undefined) {
      tellAll();
      return;
    }
    watches.get(id)?.noteRead(frame.readings);
    if (frame.readings.spectrum && store.getState().wantsSpectrum) store.setState({ wantsSpectrum: false });
    if (pictureKind(store.getState()) === 'plane') lookAtPlane(following(view.target, reach(64)));
    const { playing } = store.getState();
    const isRaceOver = heard().every(({ isOver }) => isOver);
    if (frame.outcome.kind === 'diverged' && playing) {
      if (isRaceOver) store.setState({ playing: false });
      lanes.get(id)?.playback.look(); // one more, with everything to be seen
    }
    // The others may have waited for this lane; at rest, those behind come up to it.
    if (lanes.size > 1) {
      for (const [other, { playback }] of lanes) if (other !== id && playing) playback.wake();
      if (!playing && !time.isElsewhere) pace.align();
    }
    if (playing) stopIfDue(id);
    tellAll();
  }

  /** Pauses when a condition to stop has come about; at a step, when all lanes are there. */
  function stopIfDue(id: number): void {
    const { stops, lanes: all } = store.getState();
    const { record } = lanes.get(id) as Lane;
    const lane = laneOf(store.getState(), id);
    const reason = stopWatches.get(id)?.look(record, lane.experiment, stops);
    if (!reason || (reason.name === 'step' && heard().some(isShortOfStop))) return;
    const words = all.length > 1 ? strings.stops.lane(laneName(lane.experiment), reason.words) : reason.words;
    store.setState({ playing: false, stopped: strings.stops.because(words) });
  }

  const isShortOfStop = ({ record, isOver }: Lane) =>
    !isOver && stepsLeft(record, store.getState().stops) < Number.MAX_SAFE_INTEGER;

  function openOne({ id }: LaneState): void {
    const state = () => laneOf(store.getState(), id);
    watches.set(id, openWatch(id));
    stopWatches.set(id, openStopWatch());
    const lane: Lane = openLane({
      start: options.start,
      device: () => store.getState().device,
      experiment: () => state().experiment,
      playing: () =>
        store.getState().playing &&
        isHeard(store.getState(), state()) &&
        document.visibilityState === 'visible',
      speed: () => speeds[speedOf(store.getState())],
      allowed: () => Math.min(pace.allowed(lane), stepsLeft(lane.record, store.getState().stops)),
      watch: (everything) => watches.get(id)?.watch(everything) ?? [],
      readout: () => state().readout,
      onReadout: (readout) => changeLane(store, id, { readout }),
      onFrame: (frame) => onFrame(id, frame),
      onArrival: () => time.arrive(id),
      checkpoint: time.takeCheckpoint,
      onRefusal(refusal, lastGood = AUTO) {
        // Another device brings the run back by itself; see the subscription.
        changeLane(store, id, { refusal });
        store.setState({ device: lastGood });
      },
      onFailure(failure) {
        changeLane(store, id, { failure, refusal: undefined });
        store.setState({ playing: false });
      },
    });
    lanes.set(id, lane);
    lane.record.subscribe(tellAll);
  }

  /** Opens lanes that are new, closes those that are gone, and tells each what it plays now. */
  function followLanes(state: PageState, before: PageState): void {
    for (const [id, lane] of lanes) {
      if (state.lanes.some((one) => one.id === id)) continue;
      lane.close();
      lanes.delete(id);
      watches.delete(id);
      stopWatches.delete(id);
    }
    for (const lane of state.lanes) {
      const was = before.lanes.find(({ id }) => id === lane.id);
      if (!lanes.has(lane.id)) {
        openOne(lane);
        lanes.get(lane.id)?.playback.look();
      } else if (was && lane.experiment !== was.experiment && !time.isFollowing)
        takeOver(lane, was.experiment);
    }
    if (state.experiment.game !== before.experiment.game) lookAnew(state.experiment, before.experiment);
  }

  function takeOver({ id, experiment, failure }: LaneState, before: Experiment): void {
    const lane = lanes.get(id) as Lane;
    if (changes(schema, before, experiment).length === 0) return;
    if (experiment.game.kind !== before.game.kind) lane.clear();
    lane.noteChange();
    if (!failure) lane.playback.run(false);
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
    if (isLinkedAnew(state, before)) {
      const text = addressOf(state);
      if (text !== lastAddress) options.onAddress?.(text);
      lastAddress = text;
    }
    if (state.device !== before.device) {
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
    if (state.playing !== before.playing || state.speed !== before.speed || isHeardAnew || isMutedAnew) {
      each(({ playback }) => playback.wake());
    }
    if (state.selected !== before.selected) isFieldStale ||= pictureKind(state) === 'plane';
    if (state.probes.vectorField !== before.probes.vectorField) isFieldStale = true;
    const looksElsewhere =
      state.hidden !== before.hidden ||
      state.panels !== before.panels ||
      state.probes !== before.probes ||
      (state.wantsSpectrum && !before.wantsSpectrum) ||
      state.selected !== before.selected;
    // What was read while the run played may be of a step that is over.
    const walksInside = before.playing && !state.playing && state.panels.inside === true;
    if ((looksElsewhere || walksInside) && !state.playing) each(({ playback }) => playback.look());
    if (state.theme !== before.theme) options.onTheme?.(state.theme);
    if (state.selected !== before.selected || isHeardAnew || isMutedAnew) tellAll();
  });

  /** Nobody looks at a hidden tab: it asks for nothing, and goes on when it is looked at again. */
  function onVisibility(): void {
    each((lane) => {
      lane.forgetSpeed();
      lane.playback.wake();
      lane.say();
    });
  }
  document.addEventListener('visibilitychange', onVisibility);

  const isOver = () => heard().every((lane) => lane.isOver);
  const hasFailed = () => store.getState().lanes.some(({ failure }) => failure !== undefined);
  let lastAddress = addressOf(store.getState());

  const page: Page = {
    store,
    get record() {
      return selected().record;
    },
    recordOf: ({ id }) => (lanes.get(id) as Lane).record,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    cursor,
    plane,
    time,
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
      store.setState({ playing: false });
      for (const lane of heard()) if (!lane.isOver) lane.playback.step(1, mover);
    },
    restart() {
      if (hasFailed()) return;
      time.forget();
      each((lane) => lane.clear());
      resetView();
      each(({ playback }) => playback.run(true));
    },
    loadPreset(name) {
      const experiment = presetExperiment(name);
      if (!experiment) return;
      const wasOver = isOver(); // and therefore paused by itself
      playAlone(store, experiment);
      if (wasOver) store.setState({ playing: true });
      page.restart(); // a preset is a run from its start, even where the one at hand could go on with it
    },
    revive() {
      isFieldStale = true;
      time.forget();
      each((lane) => lane.clear());
      store.setState(({ lanes: all }) => ({
        lanes: all.map((lane) => ({ ...lane, failure: undefined })),
        device: AUTO,
      }));
      each(({ playback }) => playback.revive());
    },
    dismissProblems: () => store.setState({ problems: [] as readonly Problem[] }),
    dismissRefusal: () => changeLane(store, store.getState().selected, { refusal: undefined }),
    setTheme: (theme) => store.setState({ theme }),
    setDevice(device) {
      store.setState(({ lanes: all }) => ({
        device,
        lanes: all.map((lane) => ({ ...lane, refusal: undefined })),
      }));
    },
    setAspect(next) {
      if (Math.abs(next / aspect - 1) < 0.01) return;
      aspect = next;
      isFieldStale = true;
      if (!store.getState().playing) selected().playback.look();
    },
    link() {
      const text = addressOf(store.getState());
      return `${options.home?.() ?? ''}${text && `#${text}`}`;
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
const addressOf = ({ lanes, device, ...layout }: PageState) =>
  writeAddress(
    lanes.map(({ experiment }) => experiment),
    device === AUTO ? undefined : device,
    layout,
  );

/** What the link may say. */
const LINKED = ['lanes', 'device', 'panels', 'axis', 'wide', 'height', 'isOverlaid', 'probes'] as const;
const isLinkedAnew = (state: PageState, before: PageState): boolean =>
  LINKED.some((part) => state[part] !== before[part]);

/** The probe's own limit. */
const LARGEST_FIELD = 1e12;
