/** The past of a run: every change of its settings, and copies of its state along the way, to go back to any step. */
import type { SettingsFrom } from '../catalog/course.ts';
import type { Experiment } from '../catalog/experiment.ts';
import type { Device } from '../compute/program.ts';
import { type Memory, sizeOf } from '../math/memory.ts';
import { copyState } from './checkpoint.ts';
import type { State } from './step.ts';

/** What has become of the settings since somebody last asked: the first `after` as they were, then these. */
export interface SettingsNews {
  readonly after: number;
  readonly these: readonly SettingsFrom[];
}

/** Settings that the run took over, and the device it went on with. */
export interface Taken extends SettingsFrom {
  readonly device: Device;
  /** Whether the run got other memories with it: it then says more than where it leads. */
  readonly isFormative: boolean;
}

/** The run as it came to a step, before anything was changed there. */
export interface Kept {
  readonly step: number;
  readonly state: State;
  /** How many settings it had taken over by then, those of its beginning included. */
  readonly taken: number;
  readonly seconds: number;
}

/** Copies are thinned when there are so many, or when they take so many bytes; two are always kept. */
const MOST_KEPT = 24;
const MOST_BYTES = 64 * 2 ** 20;

export interface History {
  /** The first step that can be gone back to, and the last one that was reached. */
  readonly begin: number;
  readonly furthest: number;
  /** How often the run went on from its past: what came after was forgotten. */
  readonly forks: number;
  /** In their order, those of the beginning first. */
  readonly settings: readonly Taken[];
  /** How many copies there are. */
  readonly copies: number;
  /** The run has come to this state. */
  pass(state: State, seconds: number): void;
  take(next: Taken): void;
  /** A device is gone: what was played on it is, if gone through again, played on another. */
  replaceDevice(gone: Device, on: Device): void;
  /** The newest copy at or before a step. */
  keptBefore(step: number): Kept;
  /** The run goes on from a step of its past: forgets what came after. */
  fork(step: number): void;
  /** The settings that count from a step on. */
  settingsAt(step: number): Taken;
  /** Undefined while nothing is new. */
  news(): SettingsNews | undefined;
}

/** The past of a run that begins in this state, after so many seconds of computing. */
export function openHistory(first: State, experiment: Experiment, device: Device, seconds = 0): History {
  const begin = first.step;
  const settings: Taken[] = [{ step: begin, experiment, device, isFormative: true }];
  let kept: Kept[] = [{ step: begin, state: copyState(first), taken: 1, seconds }];
  let keepEvery = 1;
  let furthest = begin;
  let forks = 0;
  /** Settings before this one are known to who asked for news; undefined when all are. */
  let unknownFrom: number | undefined = 0;

  const changedFrom = (at: number) => {
    unknownFrom = Math.min(unknownFrom ?? at, at);
  };
  const isOnGrid = (step: number) => step === begin || step % keepEvery === 0;

  function mostOf(state: State): number {
    const bytes = 8 * sizeOf(state as unknown as Memory);
    return Math.max(2, Math.min(MOST_KEPT, Math.floor(MOST_BYTES / Math.max(1, bytes))));
  }

  function keep(state: State, seconds: number): void {
    const { step } = state;
    if (kept.some((one) => one.step === step)) return;
    const most = mostOf(state);
    while (kept.length >= most) {
      keepEvery *= 2;
      kept = kept.filter((one) => isOnGrid(one.step));
      if (!isOnGrid(step)) return;
    }
    const taken = settings.filter((one) => one.step < step).length;
    const at = kept.findLastIndex((one) => one.step < step) + 1;
    kept.splice(at, 0, { step, state: copyState(state), taken, seconds });
  }

  return {
    begin,
    get furthest() {
      return furthest;
    },
    get forks() {
      return forks;
    },
    settings,
    get copies() {
      return kept.length;
    },
    pass(state, seconds) {
      if (state.step > furthest) furthest = state.step;
      if (state.step % keepEvery === 0) keep(state, seconds);
    },
    take(next) {
      const last = settings[settings.length - 1];
      // A slider that is dragged while the run waits leaves one change, not one for each place it passed.
      const replaces =
        settings.length > 1 &&
        last.step === next.step &&
        last.device === next.device &&
        !last.isFormative &&
        !next.isFormative;
      if (replaces) settings.pop();
      changedFrom(settings.length);
      settings.push(next);
    },
    replaceDevice(gone, on) {
      settings.forEach((taken, at) => {
        if (taken.device === gone) settings[at] = { ...taken, device: on };
      });
    },
    keptBefore: (step) => kept.findLast((one) => one.step <= step) ?? kept[0],
    fork(step) {
      if (step >= furthest) return;
      forks += 1;
      furthest = step;
      const left = settings.findIndex((taken) => taken.step > step);
      if (left >= 0) {
        settings.length = left;
        changedFrom(left);
      }
      kept = kept.filter((one) => one.step <= step);
      keepEvery = 1;
      while ((step - begin) / keepEvery >= MOST_KEPT) keepEvery *= 2;
    },
    settingsAt: (step) => settings.findLast((taken) => taken.step <= step) ?? settings[0],
    news() {
      if (unknownFrom === undefined) return undefined;
      const after = unknownFrom;
      unknownFrom = undefined;
      return { after, these: settings.slice(after).map(({ step, experiment }) => ({ step, experiment })) };
    },
  };
}
