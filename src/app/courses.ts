/** What has been done in the lanes' runs, as links and files hold it; comes after the first picture, with the names. */
import type { Course, SettingsFrom } from '../catalog/course.ts';
import { isChange, readHistory, writeHistory } from '../catalog/courseText.ts';
import { type Experiment, experiment as schema } from '../catalog/experiment.ts';
import { changes, type Problem } from '../settings/index.ts';
import { encode } from '../settings/text.ts';
import type { Address } from './address.ts';
import { pastOf, type RunRecord } from './record.ts';

/** What is known of a lane's run. */
export interface KnownLane {
  readonly experiment: Experiment;
  /** What the run follows. */
  readonly course?: Course;
  readonly record: Pick<RunRecord, 'settings' | 'alone'> & {
    readonly frame: Pick<NonNullable<RunRecord['frame']>, 'step'> | undefined;
  };
}

/** Characters of all histories in a link: what else it says has room beside them. */
const MOST_CHARACTERS = 150_000;

/** A run that begins with these settings, in which nothing happens. */
const plain = (experiment: Experiment): Course => ({ settings: [{ step: 0, experiment }], alone: [] });

/**
 * The run that a lane plays, from its first step on: one that follows a course is that course to its end, any other is
 * what was done in it. A run whose beginning is not known, or that is about to begin anew, is its settings of now.
 */
export function courseOf({ experiment, course, record }: KnownLane): Course {
  if (course) return course;
  const { settings, alone, frame } = record;
  if (!frame || settings[0]?.step !== 0) return plain(experiment);
  const { step: present } = frame;
  const then = settings.findLast(({ step }) => step <= present) as SettingsFrom;
  const changed = changes(schema, then.experiment, experiment);
  if (changed.some(({ live }) => !live)) return plain(experiment);
  // What is changed now, the run tells of with its next frame: nothing comes after it.
  if (changed.length > 0) {
    const past = pastOf({ settings, alone }, present);
    return begun([...past.settings, { step: present, experiment }], past);
  }
  return begun(settings, { alone });
}

/** What was chosen before the first step is how the run begins. */
function begun(settings: readonly SettingsFrom[], { alone }: Pick<Course, 'alone'>): Course {
  const at = settings.findLastIndex(({ step }) => step === 0);
  // Where a run was moved, or went on elsewhere, the same settings are there again.
  const later = settings.slice(at + 1).filter((from, i) => isChange(settings[at + i].experiment, from));
  return { settings: [settings[at], ...later], alone };
}

export interface SharedLanes {
  /** How the lanes begin, all with the game and the seed of the first; without courses, their settings of now. */
  readonly experiments: readonly [Experiment, ...Experiment[]];
  /** For each lane in which anything happens. */
  readonly courses?: readonly (Course | undefined)[];
  /** What was done in the runs is more than can be held. */
  readonly isTooMuch: boolean;
}

/** The lanes as a link holds them, or a file, which has more room. */
export function sharedLanes(lanes: readonly KnownLane[], most = MOST_CHARACTERS): SharedLanes {
  const courses = lanes.map(courseOf);
  const [{ experiment: first }] = courses[0].settings;
  const { game, seed } = first;
  const experiments = courses.map(({ settings: [{ experiment }] }) =>
    experiment.game === game && experiment.seed === seed ? experiment : { ...experiment, game, seed },
  );
  const texts = courses.map((course, i) => writeHistory(course, experiments[i]));
  const isTooMuch =
    texts.includes(undefined) || texts.reduce((sum, text = '') => sum + text.length, 0) > most;
  const isPlain = texts.every((text) => text === '');
  if (isTooMuch || isPlain) {
    const [one, ...others] = lanes.map(({ experiment }) => experiment);
    return { experiments: [one, ...others], isTooMuch };
  }
  return {
    experiments: [first, ...experiments.slice(1)],
    courses: courses.map((course, i) => (texts[i] === '' ? undefined : course)),
    isTooMuch,
  };
}

/** What a link says of lanes, which it calls by these numbers; undefined where nothing happens in any. */
export function readHistories(
  texts: ReadonlyMap<number, string>,
  numbers: readonly number[],
  experiments: readonly Experiment[],
  problems: Problem[],
): Address['courses'] {
  const courses = numbers.map((number, i) => {
    const text = texts.get(number);
    const path = number === 1 ? 'history' : `lane${number}.history`;
    return text === undefined ? undefined : readHistory(text, experiments[i], path, problems);
  });
  return courses.some(Boolean) ? courses : undefined;
}

/** What a link says of each lane, spelled as links are; nothing where nothing happens. */
export const writeHistories = (
  courses: NonNullable<Address['courses']>,
  experiments: readonly Experiment[],
): string[] =>
  experiments.map((experiment, i) => {
    const course = courses[i];
    return encode((course && writeHistory(course, experiment)) ?? '');
  });
