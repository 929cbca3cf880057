/**
 * The history of a run as links and files say it: what becomes of an experiment at which step, as one word or as a list
 * in JSON, and back. Broken ones are told of and the rest is honoured.
 */
import { type Player, players } from '../math/field.ts';
import {
  changes,
  get,
  nearest,
  type Pair,
  type Problem,
  show,
  toPairs,
  withPairs,
} from '../settings/index.ts';
import { MOST_UNKNOWN, problem } from '../settings/parse.ts';
import { shorten } from '../settings/words.ts';
import type { Alone, Course, SettingsFrom } from './course.ts';
import { type Experiment, experiment as schema } from './experiment.ts';

/** The form that is written here: what stands first in a text. */
const FORM = '1';
/** A slider that is dragged for a minute leaves some thousands; each takes a fraction of a millisecond to read. */
export const MOST_EVENTS = 5000;
/** As many as there are names for batches. */
const MOST_STEP = 2 ** 32 - 2;
/** What an event that is no change of settings is called in a text, where changes have a path. */
const ALONE = 'alone';
const LEFT_OUT = 'it is left out';
const EXAMPLE = '1200:generator.learningRate:0.01 or 1300:alone:generator*2';

/** What happens at one step. */
type Event =
  | { readonly step: number; readonly pairs: readonly Pair[]; readonly after: Experiment }
  | ({ readonly pairs?: undefined } & Alone);

/** Texts of settings that became others: asked for many times a second, of histories that only grow. */
const known = new WeakMap<SettingsFrom, { readonly before: Experiment; readonly pairs: readonly Pair[] }>();

function pairsOf(before: Experiment, after: SettingsFrom): readonly Pair[] {
  const found = known.get(after);
  if (found?.before === before) return found.pairs;
  const pairs = toPairs(schema, after.experiment, before).map(([path, text]): Pair => {
    const patch = patchOf(get(before, path), get(after.experiment, path));
    return [path, patch !== undefined && patch.length < text.length ? patch : text];
  });
  known.set(after, { before, pairs });
  return pairs;
}

/** Whether settings are others than those before them. */
export const isChange = (before: Experiment, after: SettingsFrom): boolean =>
  pairsOf(before, after).length > 0;

/** What happens in a run that begins with `base`, in order. */
function eventsOf({ settings, alone }: Course, base: Experiment): Event[] {
  const events: Event[] = [];
  let before = base;
  for (const from of settings) {
    const pairs = pairsOf(before, from);
    if (pairs.length > 0) events.push({ step: from.step, pairs, after: from.experiment });
    before = from.experiment;
  }
  return [...events, ...alone].sort((a, b) => a.step - b.step);
}

/**
 * The history of a run after its beginning with `base`: `1!1200:generator.learningRate:0.01!1210::0.02!1300:alone:generator*2`.
 * Settings that change together have a `~` between them, a path that is left out is the one before. Empty for none;
 * undefined where there is more of it than is read.
 */
export function writeHistory(course: Course, base: Experiment): string | undefined {
  const events = eventsOf(course, base);
  if (events.length === 0) return '';
  if (events.length > MOST_EVENTS || events.some(({ step }) => step > MOST_STEP)) return undefined;
  let last = '';
  const texts = events.map((event) => {
    if (!event.pairs) return `${event.step}:${ALONE}:${event.player}*${event.steps}`;
    const said = event.pairs.map(([path, text]) => {
      const word = path === last ? '' : path;
      last = path;
      return `${word}:${escaped(text)}`;
    });
    return `${event.step}:${said.join('~')}`;
  });
  return [FORM, ...texts].join('!');
}

const escaped = (text: string) => text.replace(/[!~%]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/** The same as a list in JSON, for people to read and write: lists are whole there. */
export function writeEvents(course: Course, base: Experiment): readonly object[] | undefined {
  const events = eventsOf(course, base);
  if (events.length > MOST_EVENTS) return undefined;
  return events.map((event) => {
    if (!event.pairs) return { step: event.step, [ALONE]: event.player, steps: event.steps };
    const set = event.pairs.map(([path]) => {
      const value = get(event.after, path);
      return [path, (value as { kind?: string } | null)?.kind ?? value];
    });
    return { step: event.step, set: Object.fromEntries(set) };
  });
}

/** Reads what `writeHistory` wrote, for a run that begins with `base`. Never throws. */
export function readHistory(
  text: string,
  base: Experiment,
  path: string,
  problems: Problem[],
): Course | undefined {
  const reading = openReading(base, path, problems);
  const [form, ...parts] = text.split('!');
  if (form !== FORM) {
    const expected = `${FORM}, the newest form of histories that is known here`;
    problems.push(problem(path, 'should begin with', expected, show(shorten(form)), LEFT_OUT));
    return undefined;
  }
  let last = '';
  for (const part of reading.upToMost(parts)) {
    const [, digits, rest = ''] = /^(\d{1,15}):([\s\S]*)$/.exec(part) ?? [];
    if (digits === undefined) {
      reading.wrong('should have', `a step and what happens there, such as ${EXAMPLE}`, part);
      continue;
    }
    const step = Number(digits);
    if (rest.startsWith(`${ALONE}:`)) {
      const [, player, steps = '1'] = /^([^*]*)(?:\*(\d{1,15}))?$/.exec(rest.slice(ALONE.length + 1)) ?? [];
      reading.alone(step, player ?? rest, Number(steps));
      continue;
    }
    const pairs: Pair[] = [];
    for (const each of rest.split('~')) {
      const cut = each.indexOf(':');
      const value = safeDecode(each.slice(cut + 1));
      last = each.slice(0, Math.max(0, cut)) || last;
      if (cut >= 0 && last !== '' && value !== undefined) pairs.push([last, value]);
      else
        reading.wrong('should have', 'a path and its value after each step, with a colon between them', part);
    }
    if (pairs.length > 0) reading.change(step, pairs);
  }
  return reading.course();
}

/** Reads a list as `writeEvents` makes one. Never throws. */
export function readEvents(
  raw: unknown,
  base: Experiment,
  path: string,
  problems: Problem[],
): Course | undefined {
  if (raw === undefined || raw === null) return undefined;
  const reading = openReading(base, path, problems);
  if (!Array.isArray(raw)) {
    problems.push(problem(path, 'should be', 'a list of what happens at which step', show(raw), LEFT_OUT));
    return undefined;
  }
  const expected =
    'an object with step and set, or with step and alone, such as {"step": 1200, "set": {"generator.learningRate": 0.01}}';
  for (const each of reading.upToMost(raw as unknown[])) {
    const { step, set, alone, steps = 1, ...others } = isTree(each) ? each : {};
    const isOne = (set === undefined) !== (alone === undefined) && Object.keys(others).length === 0;
    if (typeof step !== 'number' || !isOne) reading.wrong('should have', expected, each);
    else if (alone !== undefined) reading.alone(step, alone, steps);
    else if (!isTree(set)) reading.wrong('should have', expected, each);
    else {
      const pairs = Object.entries(set).map(([name, value]): Pair => [name, textOf(value)]);
      if (pairs.length > 0) reading.change(step, pairs);
    }
  }
  return reading.course();
}

function openReading(base: Experiment, path: string, problems: Problem[]) {
  const settings: [SettingsFrom, ...SettingsFrom[]] = [{ step: 0, experiment: base }];
  const alone: Alone[] = [];
  let told = 0;
  let furthest = 0;

  function tell(found: Problem): void {
    if (told++ < MOST_UNKNOWN) problems.push(found);
  }
  const wrong = (says: string, expected: string, found: unknown, at = path, choices?: readonly string[]) =>
    tell(
      problem(
        at,
        says,
        expected,
        show(typeof found === 'string' ? shorten(found) : found),
        LEFT_OUT,
        choices,
        choices && typeof found === 'string' ? nearest(found, choices) : undefined,
      ),
    );

  /** Whether a step is one, and comes after those before it. */
  function isNext(step: number): boolean {
    if (!Number.isInteger(step) || step < 0 || step > MOST_STEP) {
      wrong('should have', `steps that are whole numbers from 0 to ${MOST_STEP}`, step);
      return false;
    }
    if (step < furthest) {
      wrong('should be', `of step ${furthest} or a later one, as it follows on that`, step, at(step));
      return false;
    }
    return true;
  }
  const at = (step: number) => `${path} at step ${step}`;

  return {
    wrong: (says: string, expected: string, found: unknown) => wrong(says, expected, found),
    upToMost<T>(all: readonly T[]): readonly T[] {
      if (all.length > MOST_EVENTS) wrong('should have', `at most ${MOST_EVENTS} events`, all.length);
      return all.slice(0, MOST_EVENTS);
    },
    change(step: number, pairs: readonly Pair[]): void {
      if (!isNext(step)) return;
      const before = (settings.at(-1) as SettingsFrom).experiment;
      const whole = pairs.map(([name, text]): Pair => [name, patched(get(before, name), text) ?? text]);
      const { values, problems: found } = withPairs(schema, before, whole);
      for (const each of found) {
        const below = each.path === '' ? at(step) : `${at(step)}: ${each.path}`;
        tell({ ...each, path: below, message: `${at(step)}: ${each.message}` });
      }
      const changed = changes(schema, before, values);
      const fixed = changed.find(({ live }) => !live);
      if (fixed) {
        const expected = 'a setting with which a run can go on';
        wrong('should be', expected, get(values, fixed.path), `${at(step)}: ${fixed.path}`);
      } else if (changed.length > 0) {
        furthest = step;
        const next = { step, experiment: values };
        // What is chosen before the first step is how the run begins.
        if (step === 0) settings[0] = next;
        else settings.push(next);
      }
    },
    alone(step: number, player: unknown, steps: unknown): void {
      if (!isNext(step)) return;
      const last = alone.at(-1);
      if (!players.includes(player as Player))
        wrong('should be', `one of ${players.join(', ')}`, player, `${at(step)}: ${ALONE}`, players);
      else if (typeof steps !== 'number' || !Number.isInteger(steps) || steps < 1 || step + steps > MOST_STEP)
        wrong('should be', `a whole number from 1 to ${MOST_STEP - step}`, steps, `${at(step)}: steps`);
      else if (last && step < last.step + last.steps)
        wrong(
          'should be',
          `of one player: ${last.player} moves alone there`,
          player,
          `${at(step)}: ${ALONE}`,
        );
      else {
        furthest = step;
        alone.push({ step, steps, player: player as Player });
      }
    },
    /** Undefined where nothing happens. */
    course(): Course | undefined {
      if (told > MOST_UNKNOWN) {
        const found = `${told - MOST_UNKNOWN} more that cannot`;
        problems.push(problem(path, 'should have', 'events that can be read', found, 'they are left out'));
      }
      const isPlain = settings.length === 1 && settings[0].experiment === base && alone.length === 0;
      return isPlain ? undefined : { settings, alone };
    },
  };
}

/** What differs of a list: `@12*3@40*0.5` for a 3 at place 12, from 0, and so on. */
function patchOf(before: unknown, after: unknown): string | undefined {
  if (!Array.isArray(before) || !Array.isArray(after) || before.length !== after.length) return undefined;
  return after.flatMap((value, i) => (value === before[i] ? [] : [`@${i}*${textOf(value)}`])).join('');
}

/** A list with what a patch says of it; undefined where it is none of that list. */
function patched(before: unknown, text: string): string | undefined {
  if (!Array.isArray(before) || !/^(@\d{1,9}\*[^@*]+)+$/.test(text)) return undefined;
  const values = before.map(textOf);
  for (const [, place, value] of text.matchAll(/@(\d+)\*([^@*]+)/g)) {
    if (Number(place) >= values.length) return undefined;
    values[Number(place)] = value;
  }
  return values.join(',');
}

/** A value as links spell it. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(',');
  if (typeof value === 'number') return String(value).replace('e+', 'e');
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : show(value);
}

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function safeDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
