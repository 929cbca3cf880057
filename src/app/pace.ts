/** Keeps lanes together: says how far each may go before it waits for the others. */

import type { Frame } from '../worker/protocol.ts';
import type { Speed } from './speeds.ts';
import type { Pace } from './store.ts';

/** What is known of a lane's run, and how to have it catch up. */
export interface Runner {
  readonly record: { readonly frame: Frame | undefined };
  readonly playback: { step(count: number): void; readonly pending: number };
}

export interface PaceOptions<R extends Runner> {
  readonly mode: () => Pace;
  /** Those that race: neither muted nor at their end. */
  readonly runs: () => readonly R[];
  /** Whether one of them waits for the others, at the step where all are to stop: nobody waits for it. */
  readonly waits?: (lane: R) => boolean;
  readonly speed: () => Speed;
}

/** At full speed, lanes may be this long apart, in seconds of computing, or as many steps as fit into it. */
const APART_SECONDS = 0.05;

export interface PaceKeeper<R extends Runner> {
  /** Steps that a lane may take now. */
  allowed(lane: R): number;
  /** This lane has joined a race that is under way: it comes up to the others as fast as it can. */
  join(lane: R): void;
  /** The step that a lane that has joined is on its way to, until it is there: the others wait for it. */
  catchesUp(lane: R): number | undefined;
  /** At rest: those that are behind come up to the first one. Only where steps keep the lanes together. */
  align(): void;
}

const stepOf = ({ record }: Runner) => record.frame?.step ?? 0;
const secondsOf = ({ record }: Runner) => record.frame?.seconds ?? 0;
/** Readings of the field in one step, as far as is known. */
const evaluationsPerStep = ({ record: { frame } }: Runner) =>
  frame && frame.step > 0 ? frame.evaluations / frame.step : 1;

const evaluationsOf = (lane: Runner) => stepOf(lane) * evaluationsPerStep(lane);

export function openPace<R extends Runner>({
  mode,
  runs,
  waits = () => false,
  speed,
}: PaceOptions<R>): PaceKeeper<R> {
  /** Lanes that have joined, and are not where the others are. */
  const late = new WeakSet<R>();

  /** Steps that the slowest lane takes in the time that lanes may be apart. */
  function ahead(all: readonly R[]): number {
    if (speed().due !== 'now') return speed().steps;
    let slowest = Number.POSITIVE_INFINITY;
    for (const lane of all) {
      const seconds = secondsOf(lane);
      if (seconds > 0) slowest = Math.min(slowest, stepOf(lane) / seconds);
    }
    return Number.isFinite(slowest) ? Math.max(1, Math.round(slowest * APART_SECONDS)) : 1;
  }

  /** Before the first step nobody knows what it takes. */
  const stepsOf = (lane: R, steps: number) => (stepOf(lane) > 0 ? Math.max(1, steps) : 1);

  /** Steps that a lane is behind the first one; none where that is no more than lanes may be apart. */
  function behind(lane: R, all: readonly R[]): number {
    switch (mode()) {
      case 'steps': {
        const steps = Math.max(...all.map(stepOf)) - stepOf(lane);
        return steps > ahead(all) ? steps : 0;
      }
      case 'evaluations': {
        const perStep = evaluationsPerStep(lane);
        const most = Math.max(...all.map(evaluationsPerStep));
        const left = Math.max(...all.map(evaluationsOf)) - evaluationsOf(lane);
        return left > ahead(all) * most ? stepsOf(lane, Math.ceil(left / perStep)) : 0;
      }
      case 'seconds': {
        const own = secondsOf(lane);
        const left = Math.max(...all.map(secondsOf)) - own;
        return left > APART_SECONDS
          ? stepsOf(lane, own > 0 ? Math.round((left * stepOf(lane)) / own) : 1)
          : 0;
      }
    }
  }

  function left(lane: R): number {
    if (!late.has(lane)) return 0;
    const all = runs();
    if (!all.includes(lane)) return 0; // it may be heard again
    const steps = behind(lane, all);
    if (steps === 0) late.delete(lane);
    return steps;
  }

  return {
    allowed(lane) {
      const all = runs().filter((one) => one === lane || !waits(one));
      if (all.length < 2 || !all.includes(lane)) return Number.MAX_SAFE_INTEGER;
      const steps = left(lane);
      if (steps > 0) return steps;
      switch (mode()) {
        case 'steps': {
          const last = Math.min(...all.map(stepOf));
          return last + ahead(all) - stepOf(lane);
        }
        case 'evaluations': {
          const most = Math.max(...all.map(evaluationsPerStep));
          const last = Math.min(...all.map(evaluationsOf));
          const left = last + ahead(all) * most - evaluationsOf(lane);
          return Math.floor(left / evaluationsPerStep(lane));
        }
        case 'seconds': {
          const last = Math.min(...all.map(secondsOf));
          return secondsOf(lane) > last + APART_SECONDS ? 0 : Number.MAX_SAFE_INTEGER;
        }
      }
    },
    join: (lane) => void late.add(lane),
    catchesUp(lane) {
      const steps = left(lane);
      return steps > 0 ? stepOf(lane) + steps : undefined;
    },
    align() {
      if (mode() !== 'steps') return;
      const all = runs();
      const first = Math.max(...all.map(stepOf));
      for (const lane of all) {
        const behind = first - stepOf(lane) - lane.playback.pending;
        if (behind > 0 && behind <= 2 * ahead(all)) lane.playback.step(behind);
      }
    },
  };
}
