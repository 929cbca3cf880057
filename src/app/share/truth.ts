/** What of the runs that are open a link does not hold, and how long it takes to play them again: said where it is copied. */

import { sharedLanes } from '../courses.ts';
import { laterStrings } from '../laterStrings.ts';
import type { Page } from '../page.ts';
import { isHeard } from '../store.ts';
import { say as sharing } from './strings.ts';

const say = sharing.dialog.truth;
/** Whoever waits longer than this may rather have a checkpoint, in seconds of computing. */
const LONG_SECONDS = 20;

export interface Untold {
  /** What the link does not hold: one sentence each. */
  readonly sentences: readonly string[];
  /** What is good to know of a link that holds what was done in the runs. */
  readonly notes: readonly string[];
  /** A checkpoint of the selected lane goes on with the very run, or sooner. */
  readonly isKeptByCheckpoint: boolean;
}

/** A link is lanes, their settings and what was done in their runs: whoever opens it sees them played again. */
export function untoldByLink(page: Page): Untold {
  const state = page.store.getState();
  const heard = state.lanes.filter((lane) => isHeard(state, lane));
  const records = heard.map((lane) => page.recordOf(lane));
  const { isTooMuch, courses } = sharedLanes(
    state.lanes.map(({ experiment, course, ...lane }) => ({
      experiment,
      course,
      record: page.recordOf({ experiment, course, ...lane }),
    })),
  );
  const begun = records.flatMap(({ settings: [first] }) => first?.step ?? []).find((step) => step > 0);
  const moved = records.flatMap(({ devices: [, second] }) => second?.step ?? []);
  const { game } = state.experiment;
  const isOwn = game.kind === 'images' && game.dataset.kind === 'own';
  const { device = '' } = state.readout;
  const known = laterStrings.device.names[device];
  const rounds = known && !known.same;
  const ofTheRun = [
    ...(begun === undefined ? [] : [say.begun(begun)]),
    ...(isTooMuch ? [say.tooMuch] : []),
    // Said of a device that gives another run everywhere, it would be said twice.
    ...(moved.length === 0 || rounds ? [] : [say.moved(Math.min(...moved))]),
  ];
  const elsewhere = [...(isOwn ? [say.own] : []), ...(rounds ? [say.device(known.name)] : [])];
  const seconds = Math.max(0, ...records.map(({ frame }) => frame?.seconds ?? 0));
  const isLong = seconds > LONG_SECONDS;
  return {
    sentences: [...ofTheRun, ...elsewhere],
    notes: [...(courses ? [say.again] : []), ...(isLong ? [say.long(Math.round(seconds))] : [])],
    isKeptByCheckpoint: ofTheRun.length > 0 || isLong,
  };
}
