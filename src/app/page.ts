/** The page without its surface: store, record and playback joined to the address bar. */
import type { Readings } from '../analysis/index.ts';
import type { Watch } from '../analysis/probe.ts';
import { experiment as schema } from '../catalog/experiment.ts';
import { changes, type Problem } from '../settings/index.ts';
import { AUTO, type Frame, type Measured } from '../worker/protocol.ts';
import { presetExperiment, readAddress, writeAddress } from './address.ts';
import { factsOf, MIDDLE } from './facts.ts';
import { panelWatches } from './panels.ts';
import { openPlayback, type Playback, type Worker } from './playback.ts';
import { openRecord, type RunRecord } from './record.ts';
import { speeds } from './speeds.ts';
import {
  averages,
  emptyReadout,
  openStore,
  type PageState,
  pictureKind,
  type Store,
  speedOf,
  type Theme,
} from './store.ts';
import { verdict } from './verdict.ts';
import { fitting, following, glide, type View } from './view.ts';

/** Numbers that change faster than this cannot be read. */
const READOUT_MS = 100;
/** A sentence is spoken at most so often, so that speech can end. */
const SPOKEN_MS = 6000;
/** Steps per second are those of the last so many milliseconds. */
const RATE_WINDOW_MS = 1000;
/** How often the costlier probes are read while a run plays. */
const COUNTS_MS = 250;
const EVERY_MS = { discriminator: 80, domains: 80 } as const;
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
  readonly record: RunRecord;
  /** Step under the pointer in the charts, if any; read by all of them. */
  readonly cursor: Cursor;
  /** The plane of an analytic game as it is looked at. */
  readonly plane: PlaneView;
  play(): void;
  pause(): void;
  toggle(): void;
  step(): void;
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
  step: number | undefined;
  readonly listeners: Set<() => void>;
  set(step: number | undefined): void;
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
    experiment: opened.experiment,
    device: opened.device ?? AUTO,
    problems: opened.problems,
    theme: options.theme ?? 'auto',
  });
  const record = openRecord();
  const cursor: Cursor = {
    step: undefined,
    listeners: new Set(),
    set(step) {
      if (cursor.step === step) return;
      cursor.step = step;
      for (const listener of cursor.listeners) listener();
    },
  };
  const facts = () => factsOf(store.getState().experiment.game);

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
    if (!store.getState().playing) playback.look();
  }
  function reach(steps: number): number {
    const { trail } = record;
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
  const lastRead = new Map<string, number>();
  const asked = new Set<string>();
  function isDue(probe: string, everyMs: number, everything: boolean, now: number): boolean {
    if (everything || now - (lastRead.get(probe) ?? Number.NEGATIVE_INFINITY) >= everyMs) asked.add(probe);
    return asked.has(probe);
  }
  function noteRead(readings: Frame['readings'], now: number): void {
    for (const probe of Object.keys(readings)) {
      asked.delete(probe);
      lastRead.set(probe, now);
    }
  }
  function watch(everything: boolean): Watch[] {
    const now = performance.now();
    const { hidden } = store.getState();
    const { picture, equilibria } = facts();
    const watched: Watch[] = [];
    const wide = Math.max(aspect, 1 / aspect);
    const heatResolution = Math.min(96, Math.round(HEAT_RESOLUTION * wide));
    switch (picture.kind) {
      case 'samples': {
        const onLine = picture.dimension === 1;
        watched.push({
          probe: 'samples',
          settings: { count: onLine ? SAMPLES_ON_A_LINE : SAMPLES_SHOWN },
        });
        if (!hidden.has('discriminator') && isDue('discriminator', EVERY_MS.discriminator, everything, now)) {
          const extent = picture.extent * (onLine ? 1 : BEYOND * wide);
          const resolution = onLine ? LINE_RESOLUTION : heatResolution;
          watched.push({ probe: 'discriminator', settings: { extent, resolution } });
        }
        // The rings and the sentence tell them, whether or not their chart is open.
        if (picture.modes && isDue('modes', COUNTS_MS, everything, now)) watched.push({ probe: 'modes' });
        break;
      }
      case 'plane':
        if (isFieldStale || everything) {
          const extent = Math.min(BEYOND * view.target * wide, LARGEST_FIELD);
          const resolution = Math.min(101, Math.round(FIELD_RESOLUTION * wide));
          watched.push({ probe: 'vectorField', settings: { extent, resolution } });
          isFieldStale = false;
        }
        if (averages(store.getState())) {
          watched.push({ probe: 'point' });
          if (equilibria.length > 0) watched.push({ probe: 'distance' });
        }
        break;
      case 'simplex':
        watched.push({ probe: 'strategies' });
        break;
      case 'domains':
        if (isDue('domains', EVERY_MS.domains, everything, now)) {
          const extent = BEYOND * picture.extent * wide;
          watched.push({ probe: 'domains', settings: { extent, resolution: heatResolution } });
        }
        if (isDue('domainAccuracy', COUNTS_MS, everything, now)) watched.push({ probe: 'domainAccuracy' });
        break;
      case 'parameters':
        watched.push({ probe: 'point' });
        if (equilibria.length > 0) watched.push({ probe: 'distance' });
    }
    for (const { watch, everyMs } of panelWatches(store.getState())) {
      if (watched.some(({ probe }) => probe === watch.probe)) continue;
      if (isDue(watch.probe, everyMs, everything, now)) watched.push(watch);
    }
    return watched;
  }

  // The numbers in words, a few times a second.
  let changedAt = 0;
  const passed: { step: number; at: number }[] = [];
  let lastReadout = Number.NEGATIVE_INFINITY;
  let lastSpoken = Number.NEGATIVE_INFINITY;
  let owed: ReturnType<typeof setTimeout> | undefined;
  function readOut(): void {
    owed = undefined;
    const { frame } = record;
    if (!frame) return;
    const now = performance.now();
    lastReadout = now;
    const { experiment, playing, readout } = store.getState();
    const { equilibria, picture } = facts();
    const start = 'start' in experiment.game ? experiment.game.start : undefined;
    const sentence = verdict({
      outcome: frame.outcome,
      step: frame.step,
      scheme: experiment.scheme.kind,
      trail: record.trail,
      modes: record.modes,
      equilibria: picture.kind === 'plane' ? equilibria : [],
      distance: record.distance,
      accuracy: record.accuracy,
      losses: record.losses,
      hasSamples: picture.kind === 'samples',
      startDistance: start
        ? Math.min(...equilibria.map(({ point }) => Math.hypot(start[0] - point[0], start[1] - point[1])))
        : Number.NaN,
      since: changedAt,
    });
    const isNews = readout.spoken === '' || frame.outcome.kind !== readout.outcome.kind || !playing;
    const spoken = isNews || now - lastSpoken >= SPOKEN_MS ? sentence : readout.spoken;
    if (spoken !== readout.spoken) lastSpoken = now;
    while (passed.length > 1 && passed[0].at < now - RATE_WINDOW_MS) passed.shift();
    const first = passed[0];
    const newest = passed.at(-1);
    const stepsPerSecond =
      playing && first && newest && newest.at > first.at
        ? (1000 * (newest.step - first.step)) / (newest.at - first.at)
        : undefined;
    store.setState({
      readout: {
        step: frame.step,
        evaluations: frame.evaluations,
        stepsPerSecond,
        outcome: frame.outcome,
        device: frame.device,
        measured: sameMeasured(readout.measured, frame.measured) ? readout.measured : frame.measured,
        sentence,
        spoken,
      },
    });
  }
  function oweReadout(soon = false): void {
    const wait = soon ? 0 : Math.max(0, lastReadout + READOUT_MS - performance.now());
    if (owed !== undefined && !soon) return;
    clearTimeout(owed);
    if (wait === 0) readOut();
    else owed = setTimeout(readOut, wait);
  }

  /** Probes read once a frame; the path, where there is one, knows the distance after each of its steps. */
  function noteDistances({ path, step, readings }: Frame): void {
    const { equilibria, picture } = facts();
    if (picture.kind !== 'plane') {
      const { distance, strategies } = readings;
      const last = record.distance.columns[0][record.distance.length - 1];
      const now = distance ?? (strategies && distanceFromMiddle(strategies));
      if (now !== undefined && (record.distance.length === 0 || last < step)) record.distance.add(step, now);
      return;
    }
    if (readings.distance !== undefined) record.averageDistance.add(step, readings.distance);
    const count = path.length / 2;
    if (equilibria.length === 0) return;
    for (let i = 0; i < count; i++) {
      const away = ({ point }: (typeof equilibria)[number]) =>
        Math.hypot(path[2 * i] - point[0], path[2 * i + 1] - point[1]);
      record.distance.add(step - count + 1 + i, Math.min(...equilibria.map(away)));
    }
  }

  function onFrame(frame: Frame): void {
    const now = performance.now();
    const isAnew = !record.frame || frame.run !== record.frame.run || frame.step < record.frame.step;
    if (isAnew) {
      passed.length = 0;
      changedAt = 0;
    }
    noteRead(frame.readings, now);
    passed.push({ step: frame.step, at: now });
    const { game } = store.getState().experiment;
    record.add(frame, now, 'start' in game ? game.start : undefined);
    noteDistances(frame);
    if (pictureKind(store.getState()) === 'plane') lookAtPlane(following(view.target, reach(64)));
    if (frame.outcome.kind === 'diverged' && store.getState().playing) {
      store.setState({ playing: false });
      playback.look(); // one more, with everything to be seen
    }
    oweReadout(isAnew || !store.getState().playing);
  }

  const playback: Playback = openPlayback({
    start: options.start,
    device: () => store.getState().device,
    experiment: () => store.getState().experiment,
    playing: () => store.getState().playing && document.visibilityState === 'visible',
    speed: () => speeds[speedOf(store.getState())],
    watch,
    onFrame,
    onRefusal(refusal, lastGood = AUTO) {
      // Another device brings the run back by itself; see the subscription.
      store.setState({ refusal, device: lastGood });
    },
    onFailure: (failure) => store.setState({ failure, refusal: undefined, playing: false }),
  });

  const unsubscribe = store.subscribe((state, before) => {
    if (state.experiment !== before.experiment) {
      const changed = changes(schema, before.experiment, state.experiment);
      if (changed.length > 0) {
        if (state.experiment.game !== before.experiment.game) {
          isFieldStale = true;
          if (state.experiment.game.kind !== before.experiment.game.kind) {
            record.clear();
            store.setState({ readout: emptyReadout });
            view = { extent: 0, target: 0 };
            resetView();
            view = { extent: view.target, target: view.target };
          } else if (changed.some(({ live }) => !live)) resetView();
        }
        changedAt = record.frame?.step ?? 0;
        if (!state.failure) playback.run(false);
        options.onAddress?.(addressOf(state));
      }
    }
    if (state.device !== before.device) {
      if (!state.failure) playback.run(false);
      options.onAddress?.(addressOf(state));
    }
    if (state.playing !== before.playing) {
      if (!state.playing) passed.length = 0;
      oweReadout(true);
    }
    if (state.playing !== before.playing || state.speed !== before.speed) playback.wake();
    const looksElsewhere =
      state.hidden !== before.hidden || state.panels !== before.panels || state.probes !== before.probes;
    if (looksElsewhere && !state.playing && !state.failure) playback.look();
    if (state.theme !== before.theme) options.onTheme?.(state.theme);
  });

  /** Nobody looks at a hidden tab: it asks for nothing, and goes on when it is looked at again. */
  function onVisibility(): void {
    passed.length = 0;
    playback.wake();
    oweReadout();
  }
  document.addEventListener('visibilitychange', onVisibility);

  const isOver = () => record.frame?.outcome.kind === 'diverged';

  const page: Page = {
    store,
    record,
    cursor,
    plane,
    play() {
      if (store.getState().failure) return;
      if (isOver()) page.restart();
      store.setState({ playing: true });
    },
    pause: () => store.setState({ playing: false }),
    toggle: () => (store.getState().playing ? page.pause() : page.play()),
    step() {
      if (isOver() || store.getState().failure) return;
      store.setState({ playing: false });
      playback.step();
    },
    restart() {
      if (store.getState().failure) return;
      record.clear();
      store.setState({ readout: emptyReadout });
      resetView();
      playback.run(true);
    },
    loadPreset(name) {
      const experiment = presetExperiment(name);
      if (!experiment) return;
      const wasOver = isOver(); // and therefore paused by itself
      store.setState({ experiment });
      if (wasOver) store.setState({ playing: true });
      page.restart(); // a preset is a run from its start, even where the one at hand could go on with it
    },
    revive() {
      record.clear();
      isFieldStale = true;
      store.setState({ failure: undefined, device: AUTO, readout: emptyReadout });
      playback.revive();
    },
    dismissProblems: () => store.setState({ problems: [] as readonly Problem[] }),
    dismissRefusal: () => store.setState({ refusal: undefined }),
    setTheme: (theme) => store.setState({ theme }),
    setDevice: (device) => store.setState({ device, refusal: undefined }),
    setAspect(next) {
      if (Math.abs(next / aspect - 1) < 0.01) return;
      aspect = next;
      isFieldStale = true;
      if (!store.getState().playing && !store.getState().failure) playback.look();
    },
    link() {
      const text = addressOf(store.getState());
      return `${options.home?.() ?? ''}${text && `#${text}`}`;
    },
    close() {
      document.removeEventListener('visibilitychange', onVisibility);
      unsubscribe();
      clearTimeout(owed);
      playback.close();
    },
  };

  view = { extent: 0, target: 0 };
  resetView();
  view = { extent: view.target, target: view.target };
  if (options.startsPlaying && !opened.paused) page.play();
  playback.look();
  return page;
}

/** Of both mixed strategies together, from the middle of the triangle. */
function distanceFromMiddle({ first, second }: NonNullable<Readings['strategies']>): number {
  let sum = 0;
  for (const strategy of [first, second]) for (const share of strategy) sum += (share - MIDDLE) ** 2;
  return Math.sqrt(sum);
}

/** A device is part of the link only where somebody chose it. */
const addressOf = ({ experiment, device }: PageState) =>
  writeAddress(experiment, device === AUTO ? undefined : device);

const sameMeasured = (a: readonly Measured[] = [], b: readonly Measured[] = []) =>
  a.length === b.length &&
  a.every(({ device, msPerStep }, i) => device === b[i].device && msPerStep === b[i].msPerStep);

/** The probe's own limit. */
const LARGEST_FIELD = 1e12;
