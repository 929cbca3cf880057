/** Reads the arguments of one command: its options and what stands between them. Never throws; mistakes are problems. */
import { parseArgs } from 'node:util';
import { nearest, type Problem, show } from '../settings/index.ts';
import { problem } from '../settings/parse.ts';

/** Every problem's sentence ends with what is done about it; here it is always this. */
export const CONSEQUENCE = 'nothing is run';

export interface Option {
  readonly type: 'string' | 'boolean';
  /** May be given more than once. */
  readonly multiple?: boolean;
}

export interface Flags {
  readonly positionals: readonly string[];
  /** The texts given for an option, in order; none if it was not given. */
  texts(name: string): readonly string[];
  has(name: string): boolean;
}

/** A mistake in the arguments, as the sentence `<path> should be <expected>, but found "<found>".` */
export function mistake(path: string, expected: string, found: string): Problem {
  return problem(path, 'should be', expected, show(found), CONSEQUENCE);
}

/** A name that is none of the choices. */
export function unknownName(path: string, found: string, choices: readonly string[]): Problem {
  const expected = `one of ${enumerate(choices)}`;
  return problem(path, 'should be', expected, show(found), CONSEQUENCE, choices, nearest(found, choices));
}

/** How many names a sentence has room for. */
const MOST_NAMES = 20;

/** Names for a sentence: all, or the first few of many. */
export const enumerate = (names: readonly string[]): string =>
  names.length <= MOST_NAMES
    ? names.join(', ')
    : `${names.slice(0, 6).join(', ')} and ${names.length - 6} more, see list`;

/** Something that should be there and is not. */
function missing(path: string, expected: string): Problem {
  return problem(path, 'should be followed by', expected, 'nothing', CONSEQUENCE);
}

/**
 * Reads the arguments after the command's name. `wants` says what stands there besides options, such as
 * "a file".
 */
export function readFlags(
  argv: readonly string[],
  options: Readonly<Record<string, Option>>,
  wants: readonly string[],
  problems: Problem[],
): Flags {
  const { tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  const positionals: string[] = [];
  const names = Object.keys(options).map((name) => `--${name}`);
  let unknownAt: number | undefined;
  for (const token of tokens) {
    // What follows an unknown option is probably its value.
    if (token.kind === 'positional' && token.index - 1 !== unknownAt) positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!option) {
      problems.push(unknownOption(rawName, names));
      unknownAt = token.index;
    } else if (option.type === 'string' && value === undefined) {
      problems.push(missing(`--${name}`, 'a value'));
    } else if (option.type === 'boolean' && value !== undefined) {
      problems.push(mistake(`--${name}`, 'given without a value', value));
    } else if (!option.multiple && given.has(name)) {
      problems.push(mistake(`--${name}`, 'given once', value ?? `--${name}`));
    } else {
      given.set(name, [...(given.get(name) ?? []), value ?? '']);
    }
  }
  if (unknownAt === undefined) {
    for (const wanted of wants.slice(positionals.length)) problems.push(missing('The command', wanted));
  }
  for (const extra of positionals.slice(wants.length)) {
    problems.push(mistake('What follows the command', [...wants, 'options'].join(' and '), extra));
  }
  return { positionals, texts: (name) => given.get(name) ?? [], has: (name) => given.has(name) };
}

function unknownOption(found: string, names: readonly string[]): Problem {
  if (names.length > 0) return unknownName('An option', found, names);
  return mistake('What follows the command', 'nothing', found);
}

/** The whole number given for an option, in [least, most]; `standard` where it is not given or no such number. */
export function wholeNumber(
  flags: Flags,
  name: string,
  standard: number,
  [least, most]: readonly [number, number],
  problems: Problem[],
): number {
  const [text] = flags.texts(name);
  if (text === undefined) return standard;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  problems.push(mistake(`--${name}`, `a whole number from ${least} to ${most}`, text));
  return standard;
}
