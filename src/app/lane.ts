/** One lane at work: its playback, the record of its run, and the words that are said about it. */
import type { Readings } from '../analysis/index.ts';
import type { Watch } from '../analysis/probe.ts';
import type { Experiment } from '../catalog/experiment.ts';
import type { Checkpoint, Frame, Measured } from '../worker/protocol.ts';
import { factsOf, MIDDLE } from './facts.ts';
import { openPlayback, type Playback, type Worker } from './playback.ts';
import { isNew, openRecord, type RunRecord } from './record.ts';
import type { Speed } from './speeds.ts';
import { emptyReadout, type Readout } from './store.ts';
import { advice, type Seen, verdict } from './verdict.ts';

/** Numbers that change faster than this cannot be read. */
const READOUT_MS = 100;
/** A sentence is spoken at most so often, so that speech can end. */
const SPOKEN_MS = 6000;
/** Steps per second are those of the last so many milliseconds. */
const RATE_WINDOW_MS = 1000;

export interface LaneOptions {
  readonly start: () => Worker;
  readonly device: () => string;
  readonly experiment: () => Experiment;
  readonly playing: () => boolean;
  readonly speed: () => Speed;
  /** The most steps that the race allows the lane now. */
  readonly allowed: () => number;
  readonly watch: (everything: boolean) => readonly Watch[];
  readonly readout: () => Readout;
  readonly onReadout: (readout: Readout) => void;
  readonly onFrame: (frame: Frame) => void;
  /** The run has come to the step of its past that was asked for. */
  readonly onArrival: () => void;
  /** Where the run begins, if not at its start: taken once. */
  readonly checkpoint: () => Checkpoint | undefined;
  readonly onRefusal: (message: string, lastGood: string | undefined) => void;
  readonly onFailure: (message: string) => void;
}

export interface Lane {
  readonly record: RunRecord;
  readonly playback: Playback;
  /** The run has ended by itself. */
  readonly isOver: boolean;
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
    const { game } = options.experiment();
    const readout = options.readout();
    const playing = options.playing();
    const { equilibria, picture } = facts();
    const start = 'start' in game ? game.start : undefined;
    const { notices } = record.latest;
    const seen: Seen = {
      outcome: frame.outcome,
      step: frame.step,
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
      // After a divergence, only what was said of it.
      notices:
        frame.outcome.kind === 'running' || notices?.step === frame.step ? notices?.reading : undefined,
    };
    // Nothing is said of modes before they are counted.
    const isCounting = picture.kind === 'samples' && picture.modes !== undefined && record.modes.length === 0;
    const sentence = isCounting && frame.outcome.kind === 'running' ? '' : verdict(seen);
    const tip = advice(seen);
    const isNews = readout.spoken === '' || frame.outcome.kind !== readout.outcome.kind || !playing;
    const spoken = isNews || now - lastSpoken >= SPOKEN_MS ? `${sentence} ${tip}`.trim() : readout.spoken;
    if (spoken !== readout.spoken) lastSpoken = now;
    while (passed.length > 1 && passed[0].at < now - RATE_WINDOW_MS) passed.shift();
    const first = passed[0];
    const newest = passed.at(-1);
    const stepsPerSecond =
      playing && first && newest && newest.at > first.at
        ? (1000 * (newest.step - first.step)) / (newest.at - first.at)
        : undefined;
    options.onReadout({
      step: frame.step,
      evaluations: frame.evaluations,
      seconds: frame.seconds,
      stepsPerSecond,
      outcome: frame.outcome,
      device: frame.device,
      measured: sameMeasured(readout.measured, frame.measured) ? readout.measured : frame.measured,
      sentence,
      advice: tip,
      spoken,
    });
  }

  function say(soon = false): void {
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
      const now = distance ?? (strategies && distanceFromMiddle(strategies));
      if (now !== undefined && isNew(record.distance, step)) record.distance.add(step, now);
      return;
    }
    if (readings.distance !== undefined && isNew(record.averageDistance, step))
      record.averageDistance.add(step, readings.distance);
    const count = path.length / 2;
    if (equilibria.length === 0 || record.isInPast) return;
    for (let i = 0; i < count; i++) {
      const away = ({ point }: (typeof equilibria)[number]) =>
        Math.hypot(path[2 * i] - point[0], path[2 * i + 1] - point[1]);
      const at = step - count + 1 + i;
      if (isNew(record.distance, at)) record.distance.add(at, Math.min(...equilibria.map(away)));
    }
  }

  function onFrame(frame: Frame): void {
    const now = performance.now();
    const isAnew = !record.frame || frame.run !== record.frame.run || frame.step < record.frame.step;
    if (isAnew) {
      passed.length = 0;
      changedAt = 0;
    }
    const { game } = options.experiment();
    record.add(frame, now, 'start' in game ? game.start : undefined);
    if (frame.goal !== undefined) {
      options.onFrame(frame);
      return;
    }
    passed.push({ step: frame.step, at: now });
    if (record.isInPast) changedAt = record.settings.findLast(({ step }) => step <= frame.step)?.step ?? 0;
    noteDistances(frame);
    options.onFrame(frame);
    say(isAnew || !options.playing());
  }

  const isOver = () => record.frame?.outcome.kind === 'diverged';
  const playback = openPlayback({
    start: options.start,
    device: options.device,
    experiment: options.experiment,
    playing: () => options.playing() && !isOver(),
    speed: options.speed,
    allowed: options.allowed,
    watch: options.watch,
    onFrame,
    onArrival: options.onArrival,
    checkpoint: options.checkpoint,
    onRefusal: options.onRefusal,
    onFailure: options.onFailure,
  });

  return {
    record,
    playback,
    get isOver() {
      return isOver();
    },
    noteChange() {
      changedAt = record.frame?.step ?? 0;
    },
    say,
    forgetSpeed() {
      passed.length = 0;
    },
    clear() {
      record.clear();
      options.onReadout(emptyReadout);
    },
    close() {
      clearTimeout(owed);
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
