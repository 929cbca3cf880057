// From anything a person or a file gave to values that run, and a list of what had to be mended.

import {
  below,
  type ChoiceSetting,
  defaults,
  entryDefaults,
  entryOf,
  type Fields,
  type NumberSetting,
  type NumbersSetting,
  namedFields,
  type Setting,
  type Values,
} from './setting.ts';
import { isList, nearest, own, shorten, show } from './words.ts';

export interface Problem {
  readonly path: string;
  /** One sentence: where, what was expected, what was found, what happens now. */
  readonly message: string;
  readonly expected: string;
  readonly found: string;
  /** The names that would have been understood, where names were expected. */
  readonly choices?: readonly string[];
}

export interface Parsed<S> {
  readonly values: Values<S>;
  readonly problems: Problem[];
}

/** After this many unknown names in one place, the rest is counted instead of listed. */
export const MOST_UNKNOWN = 20;

/** Always gives fresh, complete, valid values. What is absent takes its default without a problem. */
export function parse<S extends Setting>(setting: S, raw: unknown): Parsed<S> {
  const problems: Problem[] = [];
  const values = read(setting, raw, () => defaults<Setting>(setting), '', problems) as Values<S>;
  return { values, problems };
}

/** Reads one setting; what `fallback` makes, a fresh valid value of it, stands where nothing usable was found. */
export function read(
  setting: Setting,
  raw: unknown,
  fallback: () => unknown,
  path: string,
  problems: Problem[],
): unknown {
  if (raw === undefined) return fallback();
  switch (setting.type) {
    case 'number':
    case 'integer': {
      const used = readNumber(setting, raw) ?? (fallback() as number);
      if (used !== raw) problems.push(mended(path, numberRange(setting), raw, used));
      return used;
    }
    case 'numbers': {
      const used = readNumbers(setting, raw) ?? (fallback() as readonly number[]);
      const kept =
        isList(raw) && raw.length === used.length && used.every((x, i) => x === own(raw, String(i)));
      if (!kept) problems.push(mended(path, listRange(setting), raw, used));
      return used;
    }
    case 'toggle': {
      if (typeof raw === 'boolean') return raw;
      const used = fallback();
      problems.push(mended(path, 'true or false', raw, used));
      return used;
    }
    case 'text': {
      // Spaces at the ends do not survive a link, half a character does not survive an encoding.
      const line = typeof raw === 'string' ? raw.trim() : undefined;
      const usable = line !== undefined && line.length <= setting.most && !/\p{Surrogate}/u.test(line);
      const wrong = usable ? setting.mistake(raw as string) : ''; // places count from what was typed
      if (wrong === undefined) return line;
      const expected = `${setting.expected}, at most ${setting.most} characters`;
      const found = wrong ? `${show(raw)} (${wrong})` : show(raw);
      const used = fallback();
      problems.push(problem(path, 'should be', expected, found, `${show(used)} is used`));
      return used;
    }
    case 'pick': {
      const names = Object.keys(setting.options);
      if (names.includes(raw as string)) return raw;
      const used = fallback() as string;
      problems.push(unknownChoice(path, raw, names, used));
      return used;
    }
    case 'choice':
      return readChoice(setting, raw, fallback, path, problems);
    case 'group': {
      const names = namesOf(raw);
      if (names) return readFields(setting.fields, raw as object, names, path, problems);
      problems.push(problem(path, 'should be', 'an object', show(raw), 'it is ignored'));
      return fallback();
    }
  }
}

function readChoice(
  setting: ChoiceSetting,
  raw: unknown,
  fallback: () => unknown,
  path: string,
  problems: Problem[],
): unknown {
  const names = namesOf(raw);
  // An object that names no kind means the fields of the default entry.
  const named = names ? own(raw as object, 'kind') : raw;
  const kind = named === undefined ? setting.default : named;
  const entry = entryOf(setting, kind);
  if (!entry) {
    const entries = setting.entries.map((each) => each.name);
    const used = fallback() as { kind: string };
    problems.push(unknownChoice(path, kind, entries, used.kind));
    return used;
  }
  if (!names) return entryDefaults(entry);
  const given = names.filter((name) => name !== 'kind');
  const read = (fields: Fields, known: readonly string[], told: Problem[]) =>
    readFields(fields, raw as object, known, path, told);
  const { fields } = entry.settings;
  // What is called for by name is known only when the rest is.
  const all = entry.named ? { ...fields, ...namedFields(entry, read(fields, [], [])) } : fields;
  return { kind: entry.name, ...read(all, given, problems) };
}

function readFields(
  fields: Fields,
  raw: object,
  names: readonly string[],
  path: string,
  problems: Problem[],
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    values[name] = read(field, own(raw, name), () => defaults(field), below(path, name), problems);
  }
  const known = Object.keys(fields);
  const unknown = names.filter((name) => !Object.hasOwn(fields, name));
  for (const name of unknown.slice(0, MOST_UNKNOWN)) {
    problems.push(unknownSetting(below(path, shorten(name)), name, known, nearest(name, known)));
  }
  if (unknown.length > MOST_UNKNOWN) problems.push(moreUnknown(path, unknown.length - MOST_UNKNOWN));
  return values;
}

/** The nearest valid number, or undefined for what is no finite number. */
function readNumber(
  { min, max, ...setting }: Pick<NumberSetting, 'min' | 'max' | 'type'>,
  raw: unknown,
): number | undefined {
  if (typeof raw !== 'number' || !Number.isFinite(raw)) return undefined;
  const near = Math.min(max, Math.max(min, setting.type === 'integer' ? Math.round(raw) : raw));
  return near + 0; // no negative zero: its text form is 0
}

function readNumbers(setting: NumbersSetting, raw: unknown): number[] | undefined {
  if (!isList(raw)) return undefined;
  const [least, most] = setting.length;
  const { min, max, integer } = setting;
  const used: number[] = [];
  for (let i = 0; i < Math.min(raw.length, most); i++) {
    const one = readNumber({ min, max, type: integer ? 'integer' : 'number' }, own(raw, String(i)));
    if (one === undefined) return undefined;
    used.push(one);
  }
  return used.length < least ? undefined : used;
}

/** The own names of an object that can be read as a record; undefined for everything else. */
function namesOf(raw: unknown): string[] | undefined {
  if (typeof raw !== 'object' || raw === null || isList(raw) || ArrayBuffer.isView(raw)) return undefined;
  try {
    return Object.keys(raw);
  } catch {
    return undefined; // a revoked or throwing proxy
  }
}

/** Such as "a whole number from 1 to 512". */
export function numberRange({ type, min, max }: Pick<NumberSetting, 'min' | 'max' | 'type'>): string {
  return `a ${type === 'integer' ? 'whole number' : 'number'} from ${min} to ${max}`;
}

/** Such as "a list of 0 to 6 whole numbers from 1 to 512". */
export function listRange({ length: [least, most], integer, min, max }: NumbersSetting): string {
  const count = least === most ? `${least}` : `${least} to ${most}`;
  return `a list of ${count} ${integer ? 'whole numbers' : 'numbers'} from ${min} to ${max}`;
}

function mended(path: string, expected: string, raw: unknown, used: unknown): Problem {
  return problem(path, 'should be', expected, show(raw), `${show(used)} is used`);
}

function unknownChoice(path: string, raw: unknown, choices: readonly string[], used: string): Problem {
  const suggestion = typeof raw === 'string' ? nearest(raw, choices) : undefined;
  const expected = `one of ${choices.join(', ')}`;
  return problem(path, 'should be', expected, show(raw), `${used} is used`, choices, suggestion);
}

/** A name that is no setting in its place, where `choices` are. */
export function unknownSetting(
  path: string,
  found: string,
  choices: readonly string[],
  suggestion: string | undefined,
): Problem {
  const expected = choices.length === 0 ? 'no settings' : `one of ${choices.join(', ')}`;
  const says = 'is not a setting: expected';
  return problem(path, says, expected, show(found), 'it is ignored', choices, suggestion);
}

export function moreUnknown(path: string, count: number): Problem {
  return problem(path, 'should have', 'known settings', `${count} more unknown ones`, 'they are ignored');
}

/** Builds the sentence: `<path> <says> <expected>, but found <found>; <consequence>.` */
export function problem(
  path: string,
  says: string,
  expected: string,
  found: string,
  consequence: string,
  choices?: readonly string[],
  suggestion?: string,
): Problem {
  const hint = suggestion === undefined ? '' : ` (did you mean ${suggestion}?)`;
  const message = `${path || 'The whole'} ${says} ${expected}, but found ${found}${hint}; ${consequence}.`;
  return { path, message, expected, found, ...(choices && { choices }) };
}
