// The tree of settings in order, one value in it by its path, and what differs between two trees.

import { read } from './parse.ts';
import {
  below,
  completed,
  type Entry,
  entryOf,
  fieldsOf,
  type Setting,
  sameValue,
  type Values,
} from './setting.ts';
import { nearest, own, shorten } from './words.ts';

export interface Row {
  readonly path: string;
  /** 0 for the fields of the root; one more below each group or choice. */
  readonly depth: number;
  readonly setting: Setting;
  readonly value: unknown;
}

type Tree = Record<string, unknown>;

/** Every setting that applies, in order. Groups and choices have a row, then the rows of their fields. */
export function walk<S extends Setting>(setting: S, values: Values<S>): Row[] {
  return rowsBelow(setting, values, '', 0);
}

function rowsBelow(setting: Setting, value: unknown, path: string, depth: number): Row[] {
  return Object.entries(fieldsOf(setting, value)).flatMap(([name, field]) => {
    const row = { path: below(path, name), depth, setting: field, value: (value as Tree)[name] };
    return [row, ...rowsBelow(field, row.value, row.path, depth + 1)];
  });
}

/** The value at a path; undefined where there is none. */
export function get(values: unknown, path: string): unknown {
  let value = values;
  for (const name of namesIn(path)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = own(value, name);
  }
  return value;
}

/**
 * New values with one of them changed; all others are shared. An unusable value changes nothing, one out
 * of range becomes the nearest bound. A choice set to a name takes that entry's defaults. An unknown path
 * throws: it is a mistake of the caller.
 */
export function set<S extends Setting>(
  setting: S,
  values: Values<S>,
  path: string,
  value: unknown,
): Values<S> {
  const names = namesIn(path);
  const replace = (part: Setting, old: unknown, depth: number): unknown => {
    if (depth === names.length) return read(part, value, () => structuredClone(old), path, []);
    const name = names[depth];
    const fields = fieldsOf(part, old);
    if (!Object.hasOwn(fields, name)) throw new Error(unknownPath(setting, values, path));
    const record = old as Tree;
    const changed = { ...record, [name]: replace(fields[name], record[name], depth + 1) };
    // A number that is no longer called for stays where it is: the name may come back.
    return part.type === 'choice' ? completed(entryOf(part, record.kind) as Entry, changed) : changed;
  };
  return replace(setting, values, 0) as Values<S>;
}

function unknownPath(setting: Setting, values: unknown, path: string): string {
  const paths = rowsBelow(setting, values, '', 0).map((row) => row.path);
  const suggestion = nearest(path, paths);
  return `${shorten(path)} is not a setting${suggestion ? ` (did you mean ${suggestion}?)` : ''}.`;
}

export interface Change {
  readonly path: string;
  /** Whether a run may go on with it. */
  readonly live: boolean;
}

/** What differs. Another kind of a choice is one change, the choice's own; its fields are not compared. */
export function changes<S extends Setting>(setting: S, before: Values<S>, after: Values<S>): Change[] {
  return [...differing(setting, before, after, '')];
}

/** Whether nothing differs: the first thing that does ends the search. */
export function isSame<S extends Setting>(setting: S, before: Values<S>, after: Values<S>): boolean {
  return differing(setting, before, after, '').next().done === true;
}

function* differing(setting: Setting, a: unknown, b: unknown, path: string): Generator<Change> {
  if (a === b) return; // what `set` left alone is shared
  if (setting.type === 'choice' && (a as Tree).kind !== (b as Tree).kind) {
    yield { path, live: setting.live };
  } else if (setting.type === 'choice' || setting.type === 'group') {
    // What only one of them calls for by name comes with another change, which is told.
    const others = fieldsOf(setting, b);
    for (const [name, field] of Object.entries(fieldsOf(setting, a))) {
      if (!Object.hasOwn(others, name)) continue;
      yield* differing(field, (a as Tree)[name], (b as Tree)[name], below(path, name));
    }
  } else if (!sameValue(a, b)) {
    yield { path, live: setting.live };
  }
}

function namesIn(path: string): string[] {
  return path === '' ? [] : path.split('.');
}
