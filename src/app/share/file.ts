/** An experiment as a file: every lane with all its settings, and how it is watched, in JSON; and back. */
import type { Course } from '../../catalog/course.ts';
import { readEvents, writeEvents } from '../../catalog/courseText.ts';
import { type Experiment, experiment as schema } from '../../catalog/experiment.ts';
import { type Pair, type Problem, parse, show } from '../../settings/index.ts';
import { problem } from '../../settings/parse.ts';
import { presetExperiment, readDevice } from '../address.ts';
import { isOfLayout, type Layout, type Lineup, MOST_LANES, readLayout, writeLayout } from '../layout.ts';
import type { Wanted } from '../page.ts';
import { MOST_SCENES, readNamedScenes, type Scene } from '../present/scenes.ts';
import { say } from './strings.ts';

/** The newest form of files that is known here; older ones will go on to be read. */
const FILE_VERSION = 2;
/** A file in whose runs nothing happens is of the first form: older pages read it, too. */
const PLAIN_VERSION = 1;
/** Characters: a race of drawn points stays well below. */
const MOST_LONG = 4_000_000;
/** A title is a line. */
const MOST_TITLE = 200;

interface Content extends Pick<Wanted, 'experiments' | 'courses' | 'device' | 'layout' | 'lineup'> {
  readonly title: string;
  readonly scenes?: readonly Scene[];
}

/** The text of a file, for people to read too. */
export function writeFile({
  experiments,
  courses,
  device,
  layout,
  lineup,
  title,
  scenes = [],
}: Content): string {
  const view = viewOf(layout, experiments[0], lineup);
  const histories = courses && experiments.map((experiment, i) => eventsOf(courses[i], experiment));
  const content = {
    saddle: histories ? FILE_VERSION : PLAIN_VERSION,
    title,
    lanes: experiments,
    ...(histories && { histories }),
    ...(device && { device }),
    view,
    ...(scenes.length > 0 && { scenes }),
  };
  // Numbers of a list stand side by side; inside of strings there are no line breaks.
  const text = JSON.stringify(content, null, 2).replace(
    /\[\n\s+([-\d.e+,\s]+?)\n\s*\]/g,
    (_, numbers: string) => `[${numbers.replace(/\s+/g, ' ')}]`,
  );
  return `${text}\n`;
}

/** What happens in a lane, as far as a file holds it. */
const eventsOf = (course: Course | undefined, experiment: Experiment) =>
  (course && writeEvents(course, experiment)) ?? [];

/** The words that a link would say of how the run is watched, by their names. */
function viewOf(layout: Layout, first: Experiment, lineup: Lineup): Record<string, string> {
  const pairs = writeLayout(layout, first, lineup)
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const cut = pair.indexOf('=');
      return [pair.slice(0, cut), decodeURIComponent(pair.slice(cut + 1))];
    });
  return Object.fromEntries(pairs);
}

export interface ReadFile {
  /** Undefined where the file is no experiment at all, or nothing in it could be read. */
  readonly wanted?: Wanted;
  readonly title?: string;
  readonly scenes?: readonly Scene[];
  readonly problems: readonly Problem[];
}

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is no experiment: what is open goes on. */
const none = (expected: string, found: string): ReadFile => ({
  problems: [problem(say.file.name, 'should be', expected, found, say.stays)],
});

/** Whether anything is said of an experiment that is one's own to say; of nothing at all, the defaults are meant. */
function isUnderstood(tree: unknown): boolean {
  if (!isTree(tree)) return false;
  const names = Object.keys(tree);
  return (
    names.length === 0 || names.some((name) => parse(schema, { [name]: tree[name] }).problems.length === 0)
  );
}

/** Reads a file of lanes, or of one experiment as the command line reads it. Never throws. */
export function readFile(text: string): ReadFile {
  if (text.length > MOST_LONG) return none(say.file.size(MOST_LONG), say.file.characters(text.length));
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return none(say.file.json, show(text.slice(0, 40)));
  }
  if (!isTree(raw)) return none(say.file.expected, show(raw));
  const { $schema: _, ...file } = raw;
  const isBare = !Object.hasOwn(file, 'lanes');
  // A name of some other program's file, or none of ours at all.
  if (isBare && !Object.keys(file).some((name) => name === 'preset' || Object.hasOwn(schema.fields, name)))
    return none(say.file.expected, show(raw));
  return isBare ? readBare(file) : readLanes(file);
}

function readBare({ preset, history, ...own }: Tree): ReadFile {
  const problems: Problem[] = [];
  const base = typeof preset === 'string' ? presetExperiment(preset) : undefined;
  if (preset !== undefined && !base)
    problems.push(problem('preset', 'should be', say.file.preset, show(preset), say.file.ignored));
  if (!base && !(Object.keys(own).length > 0 && isUnderstood(own)))
    return none(say.file.expected, show({ ...(preset !== undefined && { preset }), ...own }));
  const { values, problems: found } = parse(schema, base ? overlay(base, own) : own);
  problems.push(...found);
  const course = readEvents(history, values, 'history', problems);
  return finish([values], course && [course], {}, problems);
}

function readLanes({ saddle, title, lanes, histories, device, view, scenes, ...others }: Tree): ReadFile {
  const problems: Problem[] = [];
  const ignored: Ignored = (path, expected, found) =>
    problems.push(problem(path, 'should be', expected, show(found), say.file.ignored));
  if (saddle !== FILE_VERSION && saddle !== PLAIN_VERSION)
    ignored('saddle', say.file.version(PLAIN_VERSION, FILE_VERSION), saddle);
  for (const name of Object.keys(others).slice(0, 5)) ignored(name.slice(0, 60), say.file.names, name);
  if (!Array.isArray(lanes) || lanes.length === 0) {
    const expected = say.file.lanes(MOST_LANES);
    return { problems: [problem('lanes', 'should be', expected, show(lanes), say.stays)] };
  }
  if (!lanes.some(isUnderstood)) return none(say.file.oneLane, show(lanes));
  if (lanes.length > MOST_LANES) ignored('lanes', say.file.lanes(MOST_LANES), `${lanes.length}`);
  const experiments = experimentsOf(lanes.slice(0, MOST_LANES), problems);
  if (histories !== undefined && !Array.isArray(histories))
    ignored('histories', say.file.histories, histories);
  const courses = experiments.map((experiment, i) =>
    readEvents(Array.isArray(histories) ? histories[i] : undefined, experiment, `histories[${i}]`, problems),
  );
  if (title !== undefined && typeof title !== 'string') ignored('title', say.file.title, title);
  return {
    ...finish(
      experiments as [Experiment, ...Experiment[]],
      courses.some(Boolean) ? courses : undefined,
      readView(view, ignored, problems),
      problems,
      readDevice(device, problems),
    ),
    title: typeof title === 'string' ? title.slice(0, MOST_TITLE) : undefined,
    ...readScenesOf(scenes, ignored),
  };
}

/** The experiment of each lane; what is played is the same in all of them. */
function experimentsOf(lanes: readonly unknown[], problems: Problem[]): Experiment[] {
  const experiments: Experiment[] = [];
  for (const [i, lane] of lanes.entries()) {
    const path = `lanes[${i}]`;
    const { values, problems: found } = parse(schema, lane);
    for (const each of found) {
      const below = each.path === '' ? path : `${path}.${each.path}`;
      problems.push({ ...each, path: below, message: `${path}: ${each.message}` });
    }
    const [first = values] = experiments;
    experiments.push({ ...values, game: first.game, seed: first.seed });
  }
  return experiments;
}

/** More words about a view than this are not complained of. */
const MOST_COMPLAINTS = 50;

/** How the run is watched, in the words that a link would say. */
function readView(view: unknown, ignored: Ignored, problems: readonly Problem[]): Record<string, string> {
  const pairs: Record<string, string> = {};
  if (isTree(view)) {
    for (const [name, value] of Object.entries(view)) {
      if (isOfLayout(name) && (typeof value === 'string' || typeof value === 'number'))
        pairs[name] = String(value);
      else if (Object.keys(pairs).length + problems.length < MOST_COMPLAINTS)
        ignored(`view.${name}`.slice(0, 60), say.file.words, value);
    }
  } else if (view !== undefined) ignored('view', say.file.view, view);
  return pairs;
}

/** Notes what is left out. */
type Ignored = (path: string, expected: string, found: unknown) => void;

/** Scenes, and a word where some are none. */
function readScenesOf(raw: unknown, ignored: Ignored): Pick<ReadFile, 'scenes'> {
  if (raw === undefined) return {};
  const scenes = Array.isArray(raw) ? readNamedScenes(raw) : [];
  if (!Array.isArray(raw) || scenes.length < raw.length) ignored('scenes', say.file.scenes(MOST_SCENES), raw);
  return scenes.length > 0 ? { scenes } : {};
}

function finish(
  experiments: readonly [Experiment, ...Experiment[]],
  courses: Wanted['courses'],
  view: Readonly<Record<string, string>>,
  problems: Problem[],
  device?: string,
): ReadFile {
  const pairs: Pair[] = Object.entries(view);
  const how = readLayout(pairs, problems, experiments[0], experiments.length);
  return { wanted: { experiments, courses, ...how, problems, paused: false, device }, problems };
}

/** What a file says, laid over its preset: another kind of something takes nothing of the one before. */
function overlay(base: unknown, own: unknown): unknown {
  if (!isTree(base) || !isTree(own)) return own === undefined ? base : own;
  if (own.kind !== undefined && own.kind !== base.kind) return own;
  const names = new Set([...Object.keys(base), ...Object.keys(own)]);
  return Object.fromEntries([...names].map((name) => [name, overlay(ownOf(base, name), ownOf(own, name))]));
}

const ownOf = (tree: Tree, name: string) => (Object.hasOwn(tree, name) ? tree[name] : undefined);
