/** When a run is to stop by itself: conditions as data, looked at with every frame. */
import type { Experiment } from '../catalog/experiment.ts';
import { type Facts, factsOf } from './facts.ts';
import { hasClasses } from './panels.ts';
import type { RunRecord, Series } from './record.ts';
import { strings } from './strings.ts';
import type { timeStrings } from './timeStrings.ts';

const say = strings.stops;
export type StopName = keyof typeof timeStrings.stops.names;
/** The conditions that are on, each with its number; those without one have 0. */
export type Stops = { readonly [Name in StopName]?: number };

interface Stop {
  readonly name: StopName;
  /** The number that it compares with as long as nobody typed another; without one there is nothing to type. */
  readonly usual?: number;
  /** Whether it can happen in this game. */
  fits(facts: Facts, experiment: Experiment): boolean;
  /** Why the run stops, if it does: the end of a sentence. */
  reached(record: RunRecord, limit: number): string | undefined;
}

const always = () => true;
const hasModes = ({ picture }: Facts) =>
  (picture.kind === 'samples' && picture.modes !== undefined) || hasClasses({ picture });

/** The newest value in a column; NaN where there is none. */
const newest = ({ columns, length }: Series, column: number) =>
  length > 0 ? columns[column][length - 1] : Number.NaN;

export const stops: readonly Stop[] = [
  {
    name: 'step',
    usual: 1000,
    fits: always,
    reached: ({ frame }, limit) => (frame && frame.step >= limit ? say.step(frame.step) : undefined),
  },
  {
    name: 'allModes',
    fits: hasModes,
    reached({ modes, latest: { pictureClasses } }) {
      if (pictureClasses) {
        const { covered, classes, floor } = pictureClasses.reading;
        // Of a thousand classes, a thousand real pictures do not show all either.
        const isAll = covered >= Math.min(classes, floor.covered.mean);
        return isAll ? say.allClasses(covered, classes, pictureClasses.step) : undefined;
      }
      const [covered, total] = [newest(modes, 1), newest(modes, 2)];
      return covered === total ? say.allModes(total, newest(modes, 0)) : undefined;
    },
  },
  {
    name: 'distance',
    usual: 0.01,
    fits: ({ picture, equilibria }) => equilibria.length > 0 || picture.kind === 'simplex',
    reached({ distance }, limit) {
      const value = newest(distance, 1);
      return value < limit ? say.distance(value, newest(distance, 0)) : undefined;
    },
  },
  {
    name: 'generatorLoss',
    usual: 3,
    fits: always,
    reached({ losses }, limit) {
      const value = newest(losses, 1);
      return value > limit ? say.generatorLoss(value, newest(losses, 0)) : undefined;
    },
  },
  {
    name: 'discriminatorLoss',
    usual: 0.1,
    fits: always,
    reached({ losses }, limit) {
      const value = newest(losses, 2);
      return value < limit ? say.discriminatorLoss(value, newest(losses, 0)) : undefined;
    },
  },
  {
    name: 'diverged',
    fits: always,
    reached: ({ frame }) =>
      frame?.outcome.kind === 'diverged' ? say.diverged(frame.outcome.step) : undefined,
  },
  { name: 'notice', fits: always, reached: ({ latest }) => latest.notices?.reading[0]?.sentence },
];

export function fittingStops(experiment: Experiment): readonly Stop[] {
  const facts = factsOf(experiment.game);
  return stops.filter((stop) => stop.fits(facts, experiment));
}

export interface Reason {
  readonly name: StopName;
  /** The end of a sentence. */
  readonly words: string;
}

export interface StopWatch {
  /** What holds already does not stop the run again: it has to cease first, and then come about once more. */
  begin(record: RunRecord, experiment: Experiment, on: Stops): void;
  /** Why the run is to stop now, if it is. */
  look(record: RunRecord, experiment: Experiment, on: Stops): Reason | undefined;
}

/** Watches one run. */
export function openStopWatch(): StopWatch {
  const held = new Set<StopName>();
  return {
    begin(record, experiment, on) {
      held.clear();
      for (const { name, reached } of fittingStops(experiment)) {
        const limit = on[name];
        if (limit !== undefined && reached(record, limit) !== undefined) held.add(name);
      }
    },
    look(record, experiment, on) {
      let reason: Reason | undefined;
      for (const { name, reached } of fittingStops(experiment)) {
        const limit = on[name];
        const found = limit === undefined ? undefined : reached(record, limit);
        if (found === undefined) held.delete(name);
        else if (!held.has(name)) reason ??= { name, words: found };
      }
      return reason;
    },
  };
}

/** Steps that a lane may still take before it comes to the step at which it is to stop. */
export function stepsLeft({ frame }: RunRecord, { step: limit }: Stops): number {
  const step = frame?.step ?? 0;
  return limit !== undefined && step < limit ? limit - step : Number.MAX_SAFE_INTEGER;
}

/** Whether a condition is on that only a frame can tell. */
export const looksForStops = ({ step: _, diverged: __, ...others }: Stops): boolean =>
  Object.values(others).some((limit) => limit !== undefined);

/** Whether one of the next frames may stop the run. */
export const stopsAhead = (record: RunRecord, stops: Stops): boolean =>
  looksForStops(stops) || stepsLeft(record, stops) < Number.MAX_SAFE_INTEGER;
