/** What comes after the first picture, unless the link asks for it before: names, and the code of games that few links open. */

import type { Experiment } from '../catalog/experiment.ts';
import type { Method, Preset, Race } from '../catalog/kinds.ts';
import { loadLate } from '../catalog/late.ts';

type Lanes = readonly [Experiment, ...Experiment[]];
type Courses = typeof import('./courses.ts');
type Marks = typeof import('./marks.ts');
type Advice = typeof import('./advice.ts');
type LaneNames = typeof import('./laneNames.ts');

interface Named {
  readonly presets: readonly Preset[];
  readonly methods: readonly Method[];
  /** Each with the experiments of its lanes. */
  readonly races: readonly { readonly race: Race; readonly lanes: Lanes }[];
  /** The same game and seed, played by the method of that name. */
  applyMethod(experiment: Experiment, name: string): Experiment;
  /** What was done in runs, in links and out of them. */
  readonly courses?: Courses;
  /** What is marked on the timeline. */
  readonly marks?: Marks;
  /** What to try, in the words of the controls. */
  readonly advice?: Advice;
  /** What lanes are called. */
  readonly laneNames?: LaneNames;
}

const none: Named = { presets: [], methods: [], races: [], applyMethod: (experiment) => experiment };
let known: Named | undefined;

/** What has come: nothing has a name before. */
export const named = (): Named => known ?? none;
export const isNamed = (): boolean => known !== undefined;

/** Has them come; until then the page plays what is spelt out. Rejects where they cannot be loaded. */
export async function loadNamed(): Promise<void> {
  if (known) return;
  const [{ presets }, { methods, applyMethod }, { races }, { lanesOf }, courses, marks, advice, laneNames] =
    await Promise.all([
      import('../catalog/presets/index.ts'),
      import('../catalog/methods/index.ts'),
      import('../catalog/races/index.ts'),
      import('../catalog/races/lanes.ts'),
      import('./courses.ts'),
      import('./marks.ts'),
      import('./advice.ts'),
      import('./laneNames.ts'),
      loadLate(),
    ]);
  const allRaces = races.map((race) => ({ race, lanes: lanesOf(race) }));
  known = { presets, methods, races: allRaces, applyMethod, courses, marks, advice, laneNames };
}

/** Whether a link asks for something of that. */
export const asksForNamed = (address: string): boolean =>
  /(^|[#?&])(preset|game|(lane\d+\.)?history)=/.test(address);
