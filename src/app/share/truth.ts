/** What of the runs that are open a link does not hold: said where the link is copied. */

import { laterStrings } from '../laterStrings.ts';
import type { Page } from '../page.ts';
import { isHeard } from '../store.ts';
import { marksOf } from '../time.ts';
import { say as sharing } from './strings.ts';

const say = sharing.dialog.truth;

export interface Untold {
  /** One sentence each. */
  readonly sentences: readonly string[];
  /** A checkpoint of the selected lane goes on with the very run. */
  readonly isKeptByCheckpoint: boolean;
}

/** A link is lanes and their settings of now: whoever opens it sees them played from the first step. */
export function untoldByLink(page: Page): Untold {
  const state = page.store.getState();
  const records = state.lanes.filter((lane) => isHeard(state, lane)).map((lane) => page.recordOf(lane));
  const frames = records.flatMap(({ frame }) => frame ?? []);
  const begun = frames.find(({ begin }) => begin > 0)?.begin;
  // A change before a run's first step is a setting like any other.
  const changed = records
    .flatMap(({ settings, frame }) => marksOf(settings).filter(({ step }) => step > (frame?.begin ?? 0)))
    .map(({ step }) => step);
  const alone = frames.flatMap((frame) => frame.alone.map(({ step }) => step + 1));
  const ofTheRun = [
    ...(begun === undefined ? [] : [say.begun(begun)]),
    ...(changed.length === 0 ? [] : [say.changed(Math.min(...changed))]),
    ...(alone.length === 0 ? [] : [say.alone(Math.min(...alone))]),
  ];
  const { game } = state.experiment;
  const isOwn = game.kind === 'images' && game.dataset.kind === 'own';
  const { device = '' } = state.readout;
  const known = laterStrings.device.names[device];
  const elsewhere = [...(isOwn ? [say.own] : []), ...(known && !known.same ? [say.device(known.name)] : [])];
  return { sentences: [...ofTheRun, ...elsewhere], isKeptByCheckpoint: ofTheRun.length > 0 };
}
