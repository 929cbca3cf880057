/** Keeps lanes together: says how far each may go before it waits for the others. */

import type { Frame } from '../worker/protocol.ts';
import type { Speed } from './speeds.ts';
import type { Pace } from './store.ts';

/** What is known of a lane's run, and how to have it catch up. */
export interface Runner {
  readonly record: { readonly frame: Frame | undefined };
  readonly playback: { step(count: number): void; readonly pending: number };
}

export interface PaceOptions {
  readonly mode: () => Pace;
  /** Those that race: neither muted nor at their end. */
  readonly runs: () => readonly Runner[];
  readonly speed: () => Speed;
}

/** At full speed, lanes may be this long apart, in seconds of computing, or as many steps as fit into it. */
const APART_SECONDS = 0.05;

export interface PaceKeeper {
  /** Steps that a lane may take now. */
  allowed(lane: Runner): number;
  /** At rest: those that are behind come up to the first one. Only where steps keep the lanes together. */
  align(): void;
}

const stepOf = ({ record }: Runner) => record.frame?.step ?? 0;
const secondsOf = ({ record }: Runner) => record.frame?.seconds ?? 0;
/** Readings of the field in one step, as far as is known. */
const evaluationsPerStep = ({ record: { frame } }: Runner) =>
  frame && frame.step > 0 ? frame.evaluations / frame.step : 1;

export function openPace({ mode, runs, speed }: PaceOptions): PaceKeeper {
  /** Steps that the slowest lane takes in the time that lanes may be apart. */
  function ahead(all: readonly Runner[]): number {
    if (speed().due !== 'now') return speed().steps;
    let slowest = Number.POSITIVE_INFINITY;
    for (const lane of all) {
      const seconds = secondsOf(lane);
      if (seconds > 0) slowest = Math.min(slowest, stepOf(lane) / seconds);
    }
    return Number.isFinite(slowest) ? Math.max(1, Math.round(slowest * APART_SECONDS)) : 1;
  }

  return {
    allowed(lane) {
      const all = runs();
      if (all.length < 2 || !all.includes(lane)) return Number.MAX_SAFE_INTEGER;
      switch (mode()) {
        case 'steps': {
          const last = Math.min(...all.map(stepOf));
          return last + ahead(all) - stepOf(lane);
        }
        case 'evaluations': {
          const most = Math.max(...all.map(evaluationsPerStep));
          const last = Math.min(...all.map((one) => stepOf(one) * evaluationsPerStep(one)));
          const left = last + ahead(all) * most - stepOf(lane) * evaluationsPerStep(lane);
          return Math.floor(left / evaluationsPerStep(lane));
        }
        case 'seconds': {
          const last = Math.min(...all.map(secondsOf));
          return secondsOf(lane) > last + APART_SECONDS ? 0 : Number.MAX_SAFE_INTEGER;
        }
      }
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
