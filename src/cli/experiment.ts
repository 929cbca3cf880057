/**
 * Reads the experiment that a command is about: a preset or a file, then its `--points` and `--method`, then
 * the `--set path=value` on top.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import type { Course } from '../catalog/course.ts';
import { readEvents } from '../catalog/courseText.ts';
import { readPoints } from '../catalog/datasets/pasted.ts';
import { points as pointsDataset } from '../catalog/datasets/points.ts';
import { type Experiment, experiment as schema } from '../catalog/experiment.ts';
import { applyMethod, methods } from '../catalog/methods/index.ts';
import { presets } from '../catalog/presets/index.ts';
import {
  entryDefaults,
  nearest,
  type Pair,
  type Problem,
  parse,
  show,
  withPairs,
} from '../settings/index.ts';
import { problem } from '../settings/parse.ts';
import { shorten } from '../settings/words.ts';
import { CONSEQUENCE, enumerate, mistake, unknownName } from './flags.ts';

/** No experiment comes near; whatever is longer is another kind of file. */
const MOST_BYTES = 1_000_000;

const methodNames = methods.map(({ name }) => name);
const presetNames = presets.map(({ name }) => name);

/** What options change in an experiment. */
export interface Changes {
  readonly sets: readonly string[];
  /** Name of the optimizer that replaces the experiment's own. */
  readonly method?: string;
  /** Path of a file of points that becomes the game's dataset. */
  readonly points?: string;
  /** Which lane of a file of the page is meant, from 1. */
  readonly lane?: number;
}

/** An experiment, and what happens in its run, if a file says so. */
export interface Planned {
  readonly experiment: Experiment;
  readonly course?: Course;
}

/** The entry of a name, in capitals or with dashes as one likes: `numerics-ring` is `numericsRing`. */
function spelled<E extends { readonly name: string }>(entries: readonly E[], name: string): E | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll('-', '');
  return (
    entries.find((each) => each.name === name) ?? entries.find((each) => plain(each.name) === plain(name))
  );
}

/** Always gives values that run; whoever finds problems does not run them. */
export function readExperiment(
  name: string,
  { sets, method, points, lane = 1 }: Changes,
  problems: Problem[],
): Planned {
  const before = problems.length;
  const preset = spelled(presets, name);
  const { raw, history } = preset ? { raw: preset.experiment } : splitHistory(readFile(name, lane, problems));
  const parsed = parse(schema, raw);
  problems.push(...parsed.problems);
  const chosen = method === undefined ? undefined : spelled(methods, method);
  if (method !== undefined && !chosen) problems.push(unknownName('--method', method, methodNames));
  const played = chosen ? applyMethod(parsed.values, chosen.name) : parsed.values;
  const base = points === undefined ? played : withPoints(played, points, problems);
  const pairs = readPairs('--set', 'generator.learningRate=0.01', sets, problems);
  // What the pairs mean depends on what is below them: a choice that was not understood has other fields.
  if (problems.length > before) return { experiment: parsed.values };
  const applied = withPairs(schema, base, pairs);
  problems.push(...applied.problems);
  const course = readEvents(history, applied.values, 'history', problems);
  return { experiment: course?.settings[0].experiment ?? applied.values, course };
}

/** What happens in a run stands beside its settings. */
function splitHistory(file: unknown): { readonly raw: unknown; readonly history?: unknown } {
  if (!isRecord(file)) return { raw: file };
  const { history, ...raw } = file;
  return { raw, history };
}

/** The pairs that were given with an option. */
export function readPairs(
  option: string,
  example: string,
  texts: readonly string[],
  problems: Problem[],
): Pair[] {
  const pairs: Pair[] = [];
  for (const text of texts) {
    const cut = text.indexOf('=');
    if (cut > 0) pairs.push([text.slice(0, cut).trim(), text.slice(cut + 1)]);
    else problems.push(mistake(option, `a pair path=value, such as ${example}`, text));
  }
  return pairs;
}

/** The game's dataset replaced by the points of a file; each line that cannot be read is a problem. */
function withPoints(experiment: Experiment, path: string, problems: Problem[]): Experiment {
  const { game } = experiment;
  if (game.kind !== 'gan') {
    problems.push(mistake('--points', 'given for a game with a dataset (gan)', game.kind));
    return experiment;
  }
  const text = readText(path, 'the path of a file of points, x and y on each line', problems);
  if (text === undefined) return experiment;
  const { values, mistakes } = readPoints(text);
  for (const { message } of mistakes) {
    // `Line 3: ...` of which file.
    const said = `${show(path)}, ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
    problems.push({ path: '--points', message: said, expected: 'points', found: path });
  }
  if (mistakes.length > 0) return experiment;
  const dataset = { ...entryDefaults(pointsDataset), values };
  return { ...experiment, game: { ...game, dataset } };
}

/** The raw experiment of a file, with its preset (if it names one) below it, and its history beside its settings. */
function readFile(path: string, lane: number, problems: Problem[]): unknown {
  const text = readText(path, experimentsExpected, problems);
  if (text === undefined) return undefined;
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    const found = whereJsonEnds(text, (error as Error).message);
    problems.push(problem(show(path), 'should be', 'a JSON file', found, CONSEQUENCE));
    return undefined;
  }
  if (!isRecord(raw)) return raw;
  if (Array.isArray(raw.lanes)) return laneOf(raw.lanes, raw.histories, lane, problems);
  // Editors check a file against the schema that it names.
  const { $schema: _, preset: presetName, ...own } = raw as Record<string, unknown>;
  if (presetName === undefined) return own;
  const preset = presets.find((each) => each.name === presetName);
  if (preset) return overlay(parse(schema, preset.experiment).values, own);
  if (typeof presetName === 'string') problems.push(unknownName('preset', presetName, presetNames));
  else problems.push(problem('preset', 'should be', 'a name', show(presetName), CONSEQUENCE, presetNames));
  return own;
}

/** One lane of a file that the page wrote. */
function laneOf(lanes: readonly unknown[], histories: unknown, lane: number, problems: Problem[]): unknown {
  const found = lanes[lane - 1];
  if (found === undefined)
    problems.push(mistake('--lane', `one of the ${lanes.length} lanes of the file`, String(lane)));
  const history = Array.isArray(histories) ? histories[lane - 1] : undefined;
  return isRecord(found) ? { ...found, history } : found;
}

const experimentsExpected = `a preset (${enumerate(presetNames)}) or the path of an experiment file`;

/** The text of a file of bounded size, devices and pipes included. */
function readText(path: string, expected: string, problems: Problem[]): string | undefined {
  const buffer = Buffer.alloc(MOST_BYTES + 1);
  let length = 0;
  try {
    const file = openSync(path, 'r');
    try {
      for (let read = -1; read !== 0 && length < buffer.length; length += read) {
        read = readSync(file, buffer, length, buffer.length - length, null);
      }
    } finally {
      closeSync(file);
    }
  } catch (error) {
    problems.push(unreadable(path, expected, error as NodeJS.ErrnoException));
    return undefined;
  }
  if (length > MOST_BYTES) {
    problems.push(
      problem(show(path), 'should have', `at most ${MOST_BYTES} bytes`, 'a longer file', CONSEQUENCE),
    );
    return undefined;
  }
  return buffer.toString('utf8', 0, length).replace(/^\uFEFF/, ''); // some editors begin with a mark
}

function unreadable(path: string, expected: string, { code, message }: NodeJS.ErrnoException): Problem {
  const reasons: Record<string, string> = {
    ENOENT: 'no such file',
    EISDIR: 'a folder',
    EACCES: 'a file that may not be read',
  };
  const reason = (code && reasons[code]) || shorten(message);
  const choices = expected === experimentsExpected ? presetNames : undefined;
  const near = choices && nearest(path, choices);
  return problem(show(path), 'should be', expected, reason, CONSEQUENCE, choices, near);
}

/** Such as `line 3, column 5: Expected ',' or '}'`. */
function whereJsonEnds(text: string, message: string): string {
  const position = /position (\d+)/.exec(message)?.[1];
  const before = text.slice(0, position === undefined ? text.length : Number(position)).split('\n');
  const what = shorten(message.replace(/,? (in JSON )?at position .*$/s, ''));
  return `line ${before.length}, column ${before.at(-1)!.length + 1}: ${what}`;
}

/** What a file says over what its preset says; a choice of another kind replaces the whole choice. */
function overlay(base: unknown, over: unknown): unknown {
  if (!isRecord(base) || !isRecord(over)) return over;
  if (over.kind !== undefined && over.kind !== base.kind) return over;
  const merged = Object.entries(over).map(([name, value]) => [
    name,
    Object.hasOwn(base, name) ? overlay(base[name], value) : value,
  ]);
  return Object.fromEntries([...Object.entries(base), ...merged]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
