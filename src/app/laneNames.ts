/** What the lanes of a race are called, told apart in as few words as can be; comes with the names of methods. */
import type { SettingsFrom } from '../catalog/course.ts';
import { type Experiment, optimizerParts, experiment as schema } from '../catalog/experiment.ts';
import { changes, get } from '../settings/index.ts';
import { settingWords } from './advice.ts';
import { courseOf, type KnownLane } from './courses.ts';
import { laterStrings } from './laterStrings.ts';
import type { RunRecord } from './record.ts';

/** A lane with what is known of its run. */
export interface NamedLane extends KnownLane {
  readonly id: number;
  readonly record: KnownLane['record'] &
    Partial<Pick<RunRecord, 'resumedAt'>> & {
      readonly frame: Pick<NonNullable<RunRecord['frame']>, 'step' | 'begin'> | undefined;
    };
}

/** What settings are called: `method.ts`. */
interface Methods {
  laneName(experiment: Experiment): string;
  labelOf(experiment: Experiment, part: (typeof optimizerParts)[number]): string;
  rulesOf(experiment: Experiment): string;
}

const say = laterStrings.lanes;

/** What they were called last, with all that this rests on: names are asked for many times a second. */
let last: { readonly of: readonly unknown[]; readonly names: ReadonlyMap<number, string> } | undefined;

/** By the lanes' ids. */
export function laneNamesOf(lanes: readonly NamedLane[], methods: Methods): ReadonlyMap<number, string> {
  const of = lanes.flatMap(({ id, experiment, course, record: { settings, frame, resumedAt } }) => [
    id,
    experiment,
    course,
    settings,
    passed(settings, frame).length,
    frame?.begin,
    resumedAt,
  ]);
  if (last?.of.length !== of.length || !last.of.every((each, i) => each === of[i]))
    last = { of, names: namesOf(lanes, methods) };
  return last.names;
}

interface Called {
  readonly lane: NamedLane;
  readonly method: string;
  readonly notes: string[];
}

const written = ({ method, notes }: Called) =>
  notes.length === 0 ? method : `${method} (${notes.join(', ')})`;

function namesOf(lanes: readonly NamedLane[], methods: Methods): ReadonlyMap<number, string> {
  const called = lanes.map((lane): Called => {
    const before = beforeThis(lane, methods);
    return { lane, method: methods.laneName(lane.experiment), notes: before === undefined ? [] : [before] };
  });
  // A setting may tell some apart, and another one the others.
  for (const tell of [settings, settings, begin, number]) {
    const alike = new Map<string, Called[]>();
    for (const each of called) alike.set(written(each), [...(alike.get(written(each)) ?? []), each]);
    for (const group of alike.values()) {
      const words = tell(group.map(({ lane }) => lane));
      if (new Set(words).size < 2) continue;
      for (const [i, { notes }] of group.entries()) if (words[i]) notes.push(words[i]);
    }
  }
  return new Map(called.map((each) => [each.lane.id, written(each)]));
}

/** The setting of the optimizer in which most of them differ. */
function settings(lanes: readonly NamedLane[]): readonly string[] {
  const [first, ...others] = lanes.map(({ experiment }) => experiment);
  const paths = others.flatMap((other) => changes(schema, first, other)).map(({ path }) => path);
  const own = [...new Set(paths)].filter((path) =>
    optimizerParts.some((part) => part === path.split('.')[0]),
  );
  const wordsOf = (path: string) => lanes.map(({ experiment }) => valueWords(path, experiment));
  const all = own.map(wordsOf).sort((a, b) => new Set(b).size - new Set(a).size);
  return all[0] ?? [];
}

function valueWords(path: string, experiment: Experiment): string {
  const value = get(experiment, path);
  if (value === undefined) return '';
  const { kind } = value as { kind?: string };
  return settingWords(path, kind ?? String(value), experiment).words;
}

/** Where a lane was branched off, or went on from a file. */
const begin = (lanes: readonly NamedLane[]): readonly string[] =>
  lanes.map(({ record: { frame, resumedAt } }) =>
    frame && frame.begin > 0 && frame.begin !== resumedAt ? say.from(frame.begin) : '',
  );

/** In the order in which they were added, wherever they stand. */
function number(lanes: readonly NamedLane[]): readonly string[] {
  const ids = lanes.map(({ id }) => id).sort((a, b) => a - b);
  return lanes.map(({ id }) => (id === ids[0] ? '' : say.number(ids.indexOf(id) + 1)));
}

/** What the run was played by before it was changed to what it is played by now; undefined where it was not. */
function beforeThis(lane: NamedLane, methods: Methods): string | undefined {
  const course = passed(courseOf(lane).settings, lane.record.frame);
  // Several changes at one step are one.
  const counted = course.filter(({ step }, i) => course[i + 1]?.step !== step);
  const others = counted.filter(
    ({ experiment }, i) => i > 0 && !isOfKind(experiment, counted[i - 1].experiment),
  );
  const newest = others.at(-1);
  if (!newest) return undefined;
  const before = counted[counted.indexOf(newest) - 1].experiment;
  return others.length === 1
    ? say.until(differenceOf(before, newest.experiment, methods), newest.step)
    : say.changedLast(newest.step);
}

const passed = (all: readonly SettingsFrom[], frame: NamedLane['record']['frame']) =>
  all.filter(({ step }) => step <= (frame?.step ?? 0));

const isOfKind = (a: Experiment, b: Experiment) =>
  optimizerParts.every((part) => a[part].kind === b[part].kind);

/** The parts of `before` that are others now. */
function differenceOf(before: Experiment, now: Experiment, { labelOf, rulesOf }: Methods): string {
  const differing = optimizerParts.filter((part) => before[part].kind !== now[part].kind);
  const words = differing.map((part) => {
    if (part === 'generator' || part === 'discriminator') return rulesOf(before);
    return before[part].kind === 'none' ? say.without(labelOf(now, part)) : labelOf(before, part);
  });
  return [...new Set(words)].join(', ');
}
