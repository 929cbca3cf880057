/** The course of a run: the settings that it begins with, those it goes on with from later steps, and who moves alone when. */
import type { Player } from '../math/field.ts';
import type { Experiment } from './experiment.ts';

/** Settings, and the step from which on they count. */
export interface SettingsFrom {
  readonly step: number;
  readonly experiment: Experiment;
}

/** Steps in a row in which one player alone moved: so many of them, after so many steps. */
export interface Alone {
  readonly step: number;
  readonly steps: number;
  readonly player: Player;
}

/** What was done in a run up to a step, as far as it is known: from its beginning, or from a later step on. */
export interface Past {
  readonly step: number;
  readonly settings: readonly SettingsFrom[];
  readonly alone: readonly Alone[];
}

/** All that a run is made of: two runs of the same course are the same, bit for bit. */
export interface Course {
  /** In the order of their steps, those of its beginning first, at step 0. */
  readonly settings: readonly [SettingsFrom, ...SettingsFrom[]];
  /** In the order of their steps, none of them twice. */
  readonly alone: readonly Alone[];
}
