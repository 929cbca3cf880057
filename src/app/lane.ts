/** One lane at work: its playback, the record of its run, and the words that are said about it. */
import type { Readings } from '../analysis/index.ts';
import type { Watch } from '../analysis/probe.ts';
import type { Course } from '../catalog/course.ts';
import { type Experiment, experiment as schema } from '../catalog/experiment.ts';
import { type Memory, sizeOf } from '../math/memory.ts';
import { changes } from '../settings/index.ts';
import type { Checkpoint, Frame, Loading, Measured } from '../worker/protocol.ts';
import { onBeat } from './beat.ts';
import { countOutside } from './draw/outside.ts';
import { coordinateNames, factsOf, MIDDLE } from './facts.ts';
import { type Found, nearestFound } from './found.ts';
import { named } from './named.ts';
import { type Attention, openPlayback, type Playback, type Worker } from './playback.ts';
import { isNew, note, openRecord, openSeries, pastOf, type RunRecord } from './record.ts';
import type { Speed } from './speeds.ts';
import { emptyReadout, type Readout } from './store.ts';
import { advice, type Seen, verdict } from './verdict.ts';

/** A sentence is spoken at most so often, so that speech can end. */
const SPOKEN_MS = 6000;
/** What is done per second is that of the last so many milliseconds. */
const RATE_WINDOW_MS = 1000;
/** With a worker that is lost, so much of what it did is lost at most: the run's state is kept so often. */
const KEEP_MS = 3000;
/** Copying it takes at most one part in so many of the time. */
const PARTS_OF_COPYING = 100;
/** Numbers that are copied, sent and taken in within a millisecond, on a slow machine. */
const COPIED_IN_MS = 1e5;

const NO_MODES = openSeries(4, 1);

export interface LaneOptions {
  readonly start: () => Worker;
  readonly device: () => string;
  readonly experiment: () => Experiment;
  readonly course: () => Course | undefined;
  readonly playing: () => boolean;
  readonly speed: () => Speed;
  /** The most steps that the race allows the lane now. */
  readonly allowed: () => number;
  /** Whether it may have gone on a little when it pauses. */
  readonly mayGoOn: () => boolean;
  /** Whether no frame that is due will stop it. */
  readonly mayHurry: () => boolean;
  readonly watch: (attention: Attention) => readonly Watch[];
  /** What the picture shows of the plane of samples: half its shorter side, its width over its height; nothing where they are hidden. */
  readonly shown: () => { readonly extent: number; readonly aspect: number } | undefined;
  /** The points of rest of the plane, once they have been searched for; null where that tells nothing. */
  readonly found: () => Found | null | undefined;
  readonly readout: () => Readout;
  readonly onReadout: (readout: Readout) => void;
  /** Told of each frame before the next one is asked for. */
  readonly onRead: (frame: Frame) => void;
  readonly onFrame: (frame: Frame) => void;
  /** The run has come to the step of its past that was asked for. */
  readonly onArrival: () => void;
  /** The run waits for a file; for none any more where it says none. */
  readonly onLoading: (loading: Loading) => void;
  /** Where the run begins, if not at its start: taken once. */
  readonly checkpoint: () => Checkpoint | undefined;
  /** There has been no answer for long. */
  readonly onSilence: () => void;
  readonly onRefusal: (message: string, lastGood: string | undefined) => void;
  readonly onFailure: (message: string) => void;
}

export interface Lane {
  readonly record: RunRecord;
  readonly playback: Playback;
  /** The run has ended by itself. */
  readonly isOver: boolean;
  /** The newest state of the run that is known here, where it is of what is played now. */
  readonly kept: Checkpoint | undefined;
  /** The run at its present step, with what was done in it. Rejects when nothing can be computed any more. */
  checkpoint(): Promise<Checkpoint>;
  /** Another worker goes on from what was kept: what is known of the run until then stays. */
  resume(): void;
  /** Settings were changed at the present step: what is said looks back no further. */
  noteChange(): void;
  /** Brings the words up to date, at once or when they are due. */
  say(soon?: boolean): void;
  /** A pause: what came before says nothing about the present speed. */
  forgetSpeed(): void;
  /** Forgets the run: another one begins. */
  clear(): void;
  close(): void;
}

export function openLane(options: LaneOptions): Lane {
  const record = openRecord();
  const facts = () => factsOf(options.experiment().game);
  /** What paths lead through, wherever they start. */
  const fieldNow = () => JSON.stringify({ ...options.experiment().game, start: undefined });
  let field = fieldNow();
  let changedAt = 0;
  const passed: { step: number; evaluations: number; at: number }[] = [];
  let lastSpoken = Number.NEGATIVE_INFINITY;
  let kept: { checkpoint: Checkpoint; run: number; forks: number; copyMs: number } | undefined;
  let keptAt = Number.NEGATIVE_INFINITY;
  /** Settings have become others since. */
  let isKeptOfBefore = false;
  /** The next frame is the first one of another worker, which counts its own runs. */
  let isResuming = false;
  /** Takes back that the words are due. */
  let forgetWords = () => {};

  function readOut(): void {
    forgetWords();
    const { frame } = record;
    if (!frame) return;
    const now = performance.now();
    const { game } = options.experiment();
    const readout = options.readout();
    const playing = options.playing();
    const { equilibria, picture } = facts();
    const start = 'start' in game ? game.start : undefined;
    const { notices } = record.latest;
    const hasClasses = picture.kind === 'images' && picture.classes.length > 0;
    const counted = hasClasses ? record.latest.pictureClasses : undefined;
    const isPlane = picture.kind === 'plane';
    const found = isPlane && equilibria.length === 0 ? options.found() : undefined;
    const last = record.trail.length - 1;
    const nearest =
      found && last >= 0 && nearestFound(found, record.trail.theta(last), record.trail.phi(last));
    const settled = nearest ? [nearest] : equilibria;
    const samples = record.latest.samples?.reading;
    const view = options.shown();
    const drawn =
      picture.kind === 'samples' && samples?.dimension === picture.dimension ? samples : undefined;
    const seen: Seen = {
      outcome: frame.outcome,
      step: frame.step,
      trail: record.trail,
      names: coordinateNames(game),
      // Those that were counted on other data are in the record still.
      modes: picture.kind === 'samples' && picture.modes ? record.modes : NO_MODES,
      equilibria: isPlane ? settled : [],
      rest: nearest ? 'found' : found ? 'none' : found === undefined ? 'sought' : 'unknown',
      distance: record.distance,
      accuracy: record.accuracy,
      losses: record.losses,
      classes: counted && {
        series: record.figuresOf('pictureClasses'),
        total: counted.reading.classes,
        real: counted.reading.floor.covered.mean,
        best: counted.reading.floor.inception.mean,
      },
      outside: drawn &&
        view && {
          count: countOutside(drawn.generated, drawn.dimension, view.extent, view.aspect),
          of: drawn.generated.length / drawn.dimension,
        },
      hasSamples: picture.kind === 'samples' || picture.kind === 'images',
      startDistance: start
        ? Math.min(...settled.map(({ point }) => Math.hypot(start[0] - point[0], start[1] - point[1])))
        : Number.NaN,
      since: changedAt,
      // After a divergence, only what was said of it.
      notices:
        frame.outcome.kind === 'running' || notices?.step === frame.step ? notices?.reading : undefined,
    };
    // Nothing is said of modes before they are counted.
    const isCounting =
      (picture.kind === 'samples' && picture.modes !== undefined && record.modes.length === 0) ||
      (hasClasses && !counted);
    const sentence = isCounting && frame.outcome.kind === 'running' ? '' : verdict(seen);
    const tip = advice(seen);
    const isNews = readout.spoken === '' || frame.outcome.kind !== readout.outcome.kind || !playing;
    const told = named().advice?.adviceOf(tip, options.experiment()) ?? tip;
    const spoken = isNews || now - lastSpoken >= SPOKEN_MS ? `${sentence} ${told}`.trim() : readout.spoken;
    if (spoken !== readout.spoken) lastSpoken = now;
    while (passed.length > 1 && passed[0].at < now - RATE_WINDOW_MS) passed.shift();
    const first = passed[0];
    const newest = passed.at(-1);
    const perSecond = (what: 'step' | 'evaluations') =>
      playing && first && newest && newest.at > first.at
        ? (1000 * (newest[what] - first[what])) / (newest.at - first.at)
        : undefined;
    options.onReadout({
      step: frame.step,
      evaluations: frame.evaluations,
      seconds: frame.seconds,
      stepsPerSecond: perSecond('step'),
      evaluationsPerSecond: perSecond('evaluations'),
      outcome: frame.outcome,
      device: frame.device,
      measured: sameMeasured(readout.measured, frame.measured) ? readout.measured : frame.measured,
      sentence,
      advice: tip,
      spoken,
    });
  }

  function say(soon = false): void {
    if (soon) readOut();
    else forgetWords = onBeat(readOut);
  }

  /** Probes read once a frame; the path, where there is one, knows the distance after each of its steps. */
  function noteDistances({ path, step, readings }: Frame): void {
    const { equilibria, picture } = facts();
    if (picture.kind !== 'plane') {
      const { distance, strategies } = readings;
      const now = distance ?? (strategies && distanceFromMiddle(strategies));
      if (now !== undefined) note(record.distance, step, now);
      return;
    }
    if (readings.distance !== undefined) note(record.averageDistance, step, readings.distance);
    const count = path.length / 2;
    if (record.isInPast) return;
    if (equilibria.length === 0) {
      noteFound();
      return;
    }
    for (let i = 0; i < count; i++) {
      const away = ({ point }: (typeof equilibria)[number]) =>
        Math.hypot(path[2 * i] - point[0], path[2 * i + 1] - point[1]);
      const at = step - count + 1 + i;
      note(record.distance, at, Math.min(...equilibria.map(away)));
    }
  }

  /** Distances to what was found, also of the steps that were taken while it was searched for. */
  function noteFound(): void {
    const found = options.found();
    if (!found) return;
    const { trail, distance } = record;
    let from = trail.length;
    while (from > 0 && isNew(distance, trail.step(from - 1))) from -= 1;
    // Where the run stands it is told anew: the game may have become another there.
    for (let i = Math.max(0, Math.min(from, trail.length - 1)); i < trail.length; i++) {
      const [theta, phi] = [trail.theta(i), trail.phi(i)];
      const nearest = nearestFound(found, theta, phi);
      if (!nearest) return;
      note(distance, trail.step(i), Math.hypot(theta - nearest.point[0], phi - nearest.point[1]));
    }
  }

  function onFrame(frame: Frame): void {
    const now = performance.now();
    const isAnew = !record.frame || frame.run !== record.frame.run || frame.step < record.frame.step;
    const wasOver = isOver();
    if (isAnew) {
      passed.length = 0;
      changedAt = 0;
    }
    if (isResuming && kept) kept = { ...kept, run: frame.run, forks: frame.forks };
    isResuming = false;
    const { game } = options.experiment();
    record.add(frame, now, 'start' in game ? game.start : undefined);
    if (frame.goal !== undefined) {
      options.onFrame(frame);
      return;
    }
    passed.push({ step: frame.step, evaluations: frame.evaluations, at: now });
    if (record.isInPast) changedAt = record.settings.findLast(({ step }) => step <= frame.step)?.step ?? 0;
    noteDistances(frame);
    options.onFrame(frame);
    // Where the others play on: once more, with everything to be seen.
    if (isOver() && !wasOver && options.playing()) playback.look();
    // What was counted is in the picture and in the charts at once: so it is in the sentence.
    say(isAnew || !options.playing() || frame.readings.notices !== undefined);
  }

  /** Whether what is kept leads to where the run stands. */
  const isKept = ({ run, forks }: Frame) => kept?.run === run && kept.forks === forks;

  function keeps(): boolean {
    const { frame } = record;
    if (!frame || frame.step === 0 || record.isInPast || isOver()) return false;
    const isOfThis = isKept(frame) && !isKeptOfBefore;
    if (isOfThis && kept && kept.checkpoint.state.step >= frame.step) return false;
    const least = PARTS_OF_COPYING * (kept?.copyMs ?? 0);
    const every = isOfThis && options.playing() ? Math.max(KEEP_MS, least) : least;
    return performance.now() - keptAt >= every;
  }

  const isOver = () => record.frame?.outcome.kind === 'diverged';
  const playback = openPlayback({
    start: options.start,
    device: options.device,
    experiment: options.experiment,
    course: options.course,
    playing: () => options.playing() && !isOver(),
    speed: options.speed,
    allowed: options.allowed,
    mayGoOn: options.mayGoOn,
    mayHurry: options.mayHurry,
    watch: options.watch,
    onRead: options.onRead,
    onFrame,
    onArrival: options.onArrival,
    onLoading: options.onLoading,
    checkpoint: options.checkpoint,
    keeps,
    onKept(checkpoint, { run, forks }) {
      const copyMs = sizeOf(checkpoint.state as unknown as Memory) / COPIED_IN_MS;
      kept = { checkpoint, run, forks, copyMs };
      keptAt = performance.now();
      isKeptOfBefore = false;
    },
    onSilence: options.onSilence,
    onRefusal: options.onRefusal,
    onFailure: options.onFailure,
  });

  return {
    record,
    playback,
    get isOver() {
      return isOver();
    },
    get kept() {
      if (!kept || !record.frame || !isKept(record.frame)) return undefined;
      const differs = changes(schema, kept.checkpoint.experiment, options.experiment());
      const { checkpoint } = kept;
      if (differs.some(({ live }) => !live)) return undefined;
      return { ...checkpoint, past: pastOf(record, checkpoint.state.step) };
    },
    async checkpoint() {
      const checkpoint = await playback.checkpoint();
      return { ...checkpoint, past: pastOf(record, checkpoint.state.step) };
    },
    resume() {
      if (!kept || !record.frame) return;
      passed.length = 0;
      record.resume(kept.checkpoint.state.step);
      kept = { ...kept, run: record.frame.run, forks: record.frame.forks };
      isResuming = true;
    },
    noteChange() {
      isKeptOfBefore = true;
      changedAt = record.frame?.step ?? 0;
      const before = field;
      field = fieldNow();
      if (field !== before) record.ghosts.clear();
    },
    say,
    forgetSpeed() {
      passed.length = 0;
    },
    clear() {
      kept = undefined;
      record.clear();
      playback.forget();
      if (options.readout() !== emptyReadout) options.onReadout(emptyReadout);
    },
    close() {
      forgetWords();
      playback.close();
    },
  };
}

/** Of both mixed strategies together, from the middle of the triangle. */
function distanceFromMiddle({ first, second }: NonNullable<Readings['strategies']>): number {
  let sum = 0;
  for (const strategy of [first, second]) for (const share of strategy) sum += (share - MIDDLE) ** 2;
  return Math.sqrt(sum);
}

const sameMeasured = (a: readonly Measured[] = [], b: readonly Measured[] = []) =>
  a.length === b.length &&
  a.every(({ device, msPerStep }, i) => device === b[i].device && msPerStep === b[i].msPerStep);
