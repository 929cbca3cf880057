/** Since when something holds, and how long it has to before it is worth a word. */
import type { Evidence, Observation, SeenModes } from './evidence.ts';

/** What passes sooner is part of learning: so many steps, and this share of the run so far. */
const STEPS = 200;
const SHARE = 0.1;
/** What was seen fewer times may be chance. */
const READINGS = 3;

export const patience = (step: number): number => Math.max(STEPS, SHARE * step);

/** The first of the last readings in all of which this holds; undefined while they are too few, or too short a time. */
export function heldSince(
  { seen, step }: Pick<Evidence, 'seen' | 'step'>,
  holds: (seen: Observation) => boolean,
): number | undefined {
  let first = seen.length;
  while (first > 0 && holds(seen[first - 1])) first -= 1;
  if (seen.length - first < READINGS || step - seen[first].step < patience(step)) return undefined;
  return seen[first].step;
}

/**
 * Of the classes that real pictures show, a classifier that errs and pictures that are drawn by chance may
 * leave out so many: only below this share are some surely missing.
 */
const SURELY = 0.8;

/** Whether so few modes are all that there is to find. */
export const isAll = (found: number, { total, real }: SeenModes): boolean =>
  real === undefined ? found >= total : found >= SURELY * real;

/** Modes are missing, or samples lie between them; unknown without modes. */
export const isUndone = (modes: SeenModes | undefined): boolean | undefined =>
  modes && (!isAll(modes.covered.length, modes) || modes.highQuality < 0.5);

/** Of the observations under the present settings. */
export const sinceChange = ({ seen, since }: Evidence): readonly Observation[] =>
  seen.filter(({ step }) => step >= since);
