// The text form of settings for links and flags: `path=value` pairs of what differs from the defaults.

import {
  MOST_UNKNOWN,
  moreUnknown,
  type Parsed,
  type Problem,
  problem,
  read,
  unknownSetting,
} from './parse.ts';
import {
  below,
  defaults,
  type Entry,
  entryDefaults,
  entryOf,
  type Fields,
  fieldsOf,
  type Setting,
  sameValue,
  type Values,
} from './setting.ts';
import { walk } from './walk.ts';
import { nearest, own, shorten, show } from './words.ts';

export type Pair = readonly [path: string, text: string];

/** Two thousand points that somebody drew are some 80 thousand; what stands behind `#` is sent to no server. */
export const MOST_CHARACTERS = 200_000;
export const MOST_PAIRS = 1_000;

type Tree = Record<string, unknown>;

/** What differs from `relativeTo`, in order. A choice of another kind is written before its fields. */
export function toPairs<S extends Setting>(
  setting: S,
  values: Values<S>,
  relativeTo: Values<S> = defaults(setting),
): Pair[] {
  const pairs: Pair[] = [];
  const collect = (part: Setting, value: unknown, base: unknown, path: string): void => {
    if (part.type !== 'choice' && part.type !== 'group') {
      if (!sameValue(value, base)) pairs.push([path, writeText(value)]);
      return;
    }
    let from = base as Tree;
    if (part.type === 'choice' && (value as Tree).kind !== from.kind) {
      const entry = entryOf(part, (value as Tree).kind)!;
      pairs.push([path, entry.name]);
      from = entryDefaults(entry);
    }
    for (const [name, field] of Object.entries(fieldsOf(part, value))) {
      const usual = Object.hasOwn(from, name) ? from[name] : defaults<Setting>(field);
      collect(field, (value as Tree)[name], usual, below(path, name));
    }
  };
  collect(setting, values, relativeTo, '');
  return pairs;
}

/**
 * Values with these pairs applied, in whatever order they come: choices before the fields below them. A
 * choice of another kind starts from that entry's defaults; the same kind keeps its fields. A text that
 * cannot be used leaves the value as it was.
 */
export function withPairs<S extends Setting>(
  setting: S,
  values: Values<S>,
  pairs: readonly Pair[],
): Parsed<S> {
  const problems: Problem[] = [];
  const texts = new Map<string, string>();
  for (const [path, text] of pairs) {
    if (texts.has(path)) problems.push(twice(path, text));
    texts.set(path, text);
  }
  const used = new Set<string>();
  const apply = (part: Setting, old: unknown, path: string): unknown => {
    let value = old;
    const text = part.type === 'group' ? undefined : texts.get(path);
    if (text !== undefined) {
      used.add(path);
      const keeps = part.type === 'choice' && (old as Tree).kind === text.trim();
      if (!keeps)
        value = read(part, readText(part, text), () => structuredClone(old), shorten(path), problems);
    }
    if (part.type !== 'choice' && part.type !== 'group') return value;
    const tree = { ...(value as Tree) };
    const applied = new Set<string>();
    const applyAll = (fields: Fields) => {
      for (const [name, field] of Object.entries(fields)) {
        if (applied.has(name)) continue;
        applied.add(name);
        const before = Object.hasOwn(tree, name) ? tree[name] : defaults<Setting>(field);
        tree[name] = apply(field, before, below(path, name));
      }
    };
    if (part.type === 'choice') applyAll((entryOf(part, tree.kind) as Entry).settings.fields);
    applyAll(fieldsOf(part, tree)); // those that the others call for by name come last
    return tree;
  };
  const whole = read(setting, values, () => defaults<Setting>(setting), '', []);
  const result = apply(setting, whole, '') as Values<S>;

  const unknown = [...texts.keys()].filter((path) => !used.has(path));
  for (const path of unknown.slice(0, MOST_UNKNOWN)) problems.push(unknownPath(setting, result, path));
  if (unknown.length > MOST_UNKNOWN) problems.push(moreUnknown('', unknown.length - MOST_UNKNOWN));
  return { values: result, problems };
}

function unknownPath<S extends Setting>(setting: S, values: Values<S>, path: string): Problem {
  const rows = walk(setting, values);
  let level: { path: string; setting: Setting; value: unknown } = { path: '', setting, value: values };
  for (const row of rows) if (path === row.path || path.startsWith(`${row.path}.`)) level = row;
  const choices = Object.keys(fieldsOf(level.setting, level.value));
  const paths = rows.filter((row) => row.setting.type !== 'group').map((row) => row.path);
  return unknownSetting(shorten(path), path, choices, nearest(path, paths));
}

function twice(path: string, text: string): Problem {
  return problem(
    shorten(path),
    'should be',
    'given once',
    `it again as ${show(text)}`,
    'the last one counts',
  );
}

/** Such as `generator=adam&generator.learningRate=0.01`; empty when all is as in `relativeTo`, the defaults. */
export function toQuery<S extends Setting>(
  setting: S,
  values: Values<S>,
  relativeTo: Values<S> = defaults(setting),
): string {
  return toPairs(setting, values, relativeTo)
    .map(([path, text]) => `${encode(path)}=${encode(text)}`)
    .join('&');
}

/** Reads a query, with or without its leading `?` or `#`. Never throws; what is broken is a problem. */
export function fromQuery<S extends Setting>(setting: S, query: string): Parsed<S> {
  const problems: Problem[] = [];
  let text = query.replace(/^[?#]/, '');
  if (text.length > MOST_CHARACTERS) {
    const expected = `at most ${MOST_CHARACTERS} characters`;
    problems.push(problem('', 'should be', expected, `${text.length}`, 'what is beyond is ignored'));
    // The pair that the cut goes through would be another value: it goes too.
    text = text.slice(0, Math.max(0, text.lastIndexOf('&', MOST_CHARACTERS)));
  }
  let parts = text.split('&').filter((part) => part !== '');
  if (parts.length > MOST_PAIRS) {
    problems.push(
      problem('', 'should be', `at most ${MOST_PAIRS} pairs`, `${parts.length}`, 'what is beyond is ignored'),
    );
    parts = parts.slice(0, MOST_PAIRS);
  }
  const pairs: Pair[] = [];
  for (const part of parts) {
    const cut = part.indexOf('=');
    const path = decode(cut < 0 ? part : part.slice(0, cut));
    const value = decode(part.slice(cut + 1));
    if (cut < 0 || path === undefined || value === undefined) {
      problems.push(
        problem(shorten(path ?? part), 'should be', 'a pair path=value', show(part), 'it is ignored'),
      );
    } else {
      pairs.push([path, value]);
    }
  }
  const applied = withPairs(setting, defaults(setting), pairs);
  return { values: applied.values, problems: [...problems, ...applied.problems] };
}

function writeText(value: unknown): string {
  if (Array.isArray(value)) return value.map(writeText).join(',');
  if (typeof value !== 'number') return String(value);
  // The shortest text that reads back as the same number; 1e21 instead of 1e+21, as '+' may mean a space.
  return String(value).replace('e+', 'e');
}

const TOGGLE_WORDS = { true: true, false: false, on: true, off: false };

/** The raw value that a text means for a setting; the text itself where it means none. */
function readText(setting: Setting, text: string): unknown {
  const word = text.trim();
  switch (setting.type) {
    case 'number':
    case 'integer':
      return decimal(word);
    case 'numbers':
      return word === '' ? [] : word.split(',').map((item) => decimal(item.trim()));
    case 'toggle':
      return own(TOGGLE_WORDS, word) ?? word;
    default:
      return word;
  }
}

/** Only plain decimals: Number() alone would take '' for 0 and '0x10' for 16. */
function decimal(text: string): number | string {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
}

/** Percent-encodes only what would break a pair or a link; all that our values use stays readable. */
export function encode(text: string): string {
  return text.replace(/[^\w.,~:!*'()@/-]/gu, (character) => encodeURIComponent(character));
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // a truncated or malformed %XX
  }
}
