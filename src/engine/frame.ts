/** Frames of a run with every probe at hand: for the command line and whoever else need not load them one by one. */
import { probes } from '../analysis/index.ts';
import type { Probe, Watch } from '../analysis/probe.ts';
import { type Frame, type Observer, openObserverOf } from './observatory.ts';
import type { Session } from './session.ts';

export { type Frame, momentOf, type Observer } from './observatory.ts';

export const openObserver = (): Observer =>
  openObserverOf((name) => (probes as readonly Probe[]).find((probe) => probe.name === name));

/** A frame with all of its readings finished, however long they take. */
export const takeFrame = (session: Session, watched: readonly Watch[]): Frame =>
  openObserver().frame(session, watched, Number.POSITIVE_INFINITY);
