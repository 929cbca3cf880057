/** The link is the document: an experiment and how to open it, as the text behind `#`, and back. */
import type { Course } from '../catalog/course.ts';
import { type Experiment, experiment as schema } from '../catalog/experiment.ts';
import type { Preset, Race } from '../catalog/kinds.ts';
import {
  defaults,
  fromQuery,
  isSame,
  nearest,
  type Pair,
  type Problem,
  parse,
  show,
  toQuery,
} from '../settings/index.ts';
import { problem } from '../settings/parse.ts';
import { MOST_CHARACTERS, MOST_PAIRS, withPairs } from '../settings/text.ts';
import {
  isOfLayout,
  type Layout,
  type Lineup,
  layoutWords,
  MOST_LANES,
  readLayout,
  usualLayout,
  usualLineup,
  writeLayout,
} from './layout.ts';
import { named } from './named.ts';
import { strings } from './strings.ts';

export interface Address {
  /** One for each lane, with the same game and seed. */
  readonly experiments: readonly [Experiment, ...Experiment[]];
  /** What happens in the runs, for each lane where anything does; without it, in none. */
  readonly courses?: readonly (Course | undefined)[];
  /** What the link asked for and could not be given. */
  readonly problems: readonly Problem[];
  /** The page waits for somebody to press play. */
  readonly paused: boolean;
  /** The device that the link names, if it names one. */
  readonly device?: string;
  /** How the run is watched. */
  readonly layout: Layout;
  /** Which lanes are selected, alone and muted. */
  readonly lineup: Lineup;
  /** Nothing but the picture is wanted: the page stands within another one. */
  readonly isEmbedded: boolean;
}

/** The form of links that is written here; a link that names none is of this form, which was the first. */
export const LINK_VERSION = 1;

/** What a link may say besides settings. */
const PAGE_WORDS = ['v', 'preset', 'paused', 'device', 'embed', 'history'] as const;
type PageWord = (typeof PAGE_WORDS)[number];

/** The page's own experiment, of which a link says nothing. */
const usual = defaults(schema);

/** Read when first asked for: a slider asks again and again which preset this is. */
const experiments = new Map<string, Experiment>();

export function presetExperiment(name: string): Experiment | undefined {
  const preset = named().presets.find((entry) => entry.name === name);
  if (preset && !experiments.has(name)) experiments.set(name, parse(schema, preset.experiment).values);
  return experiments.get(name);
}

/** What happens in a lane's run: the page's word for the first lane, one below `lane2` for the second. */
const HISTORY = 'history';

/** `lane2` begins a second lane that is like the first one, but for what `lane2.path=value` says. */
const LANE = /^lane(\d+)(?:\.(.*))?$/;

/** Reads the part of a link behind `?` or `#`. Never throws; what is broken is a problem, the rest is honoured. */
export function readAddress(text: string): Address {
  const bare = text.replace(/^[?#]+/, '');
  const problems: Problem[] = [];
  let parts = bare.split('&').filter((each) => each !== '');
  if (bare.length > MOST_CHARACTERS || parts.length > MOST_PAIRS) {
    const expected = `at most ${MOST_CHARACTERS} characters and ${MOST_PAIRS} pairs`;
    const found = `${bare.length} and ${parts.length}`;
    problems.push(problem('', 'should be', expected, found, strings.link.cut));
    // The pair that the cut goes through would be another value: it goes too.
    const kept = bare.slice(0, Math.max(0, bare.slice(0, MOST_CHARACTERS).lastIndexOf('&')));
    parts = bare.length > MOST_CHARACTERS ? kept.split('&').filter((each) => each !== '') : parts;
    parts = parts.slice(0, MOST_PAIRS);
  }
  const words = new Map<PageWord, string>();
  const rest: string[] = [];
  const further = new Map<number, string[]>();
  const histories = new Map<number, string>();
  const ofLayout: Pair[] = [];
  for (const part of parts) {
    const [name, value = ''] = part.split('=', 2);
    const word = PAGE_WORDS.find((each) => each === name);
    const lane = LANE.exec(name);
    if (word) words.set(word, safeDecode(value) ?? value);
    else if (isOfLayout(name)) ofLayout.push([name, safeDecode(value) ?? value]);
    else if (lane) {
      const number = Number(lane[1]);
      const said = further.get(number) ?? [];
      if (lane[2] === HISTORY) histories.set(number, safeDecode(value) ?? value);
      else if (lane[2] !== undefined) said.push(part.slice(part.indexOf('.') + 1));
      further.set(number, said);
    } else rest.push(part);
  }
  const version = words.get('v') ?? String(LINK_VERSION);
  if (version !== String(LINK_VERSION)) {
    const expected = strings.link.version(LINK_VERSION);
    problems.push(problem('v', 'should be', expected, show(version), strings.link.asFar));
  }
  const name = words.get('preset');
  const base = name === undefined ? undefined : presetExperiment(name);
  if (name !== undefined && !base) problems.push(unknownPreset(name));
  const read = base ? readOver(base, rest) : fromQuery(schema, rest.join('&'));
  problems.push(...read.problems.map(withWords));
  const lanes = readLanes(read.values, further, problems);
  const experiments = [read.values, ...lanes.map(({ experiment }) => experiment)] as const;
  const history = words.get(HISTORY);
  if (history !== undefined) histories.set(1, history);
  const { courses: known } = named();
  if (histories.size > 0 && !known)
    problems.push({ path: HISTORY, expected: '', found: '', message: strings.link.unreadHistory });
  const isSaid = (word: PageWord) => words.has(word) && words.get(word) !== 'false';
  return {
    experiments,
    courses: known?.readHistories(
      histories,
      [1, ...lanes.map(({ number }) => number)],
      experiments,
      problems,
    ),
    ...readLayout(ofLayout, problems, read.values, experiments.length),
    problems,
    paused: isSaid('paused'),
    isEmbedded: isSaid('embed'),
    device: readDevice(words.get('device') || undefined, problems),
  };
}

/** What a device may be called; the worker knows which there are. */
const DEVICE = /^[a-z][a-z0-9-]{0,39}$/;

export function readDevice(name: unknown, problems: Problem[]): string | undefined {
  if (name === undefined || (typeof name === 'string' && DEVICE.test(name))) return name;
  problems.push(problem('device', 'should be', strings.link.device, show(name), strings.link.deviceLeft));
  return undefined;
}

/** A word that no setting has may be one of the page's own, misspelt. */
function withWords(found: Problem): Problem {
  const { path, choices, message } = found;
  if (choices === undefined || path.includes('.') || Object.hasOwn(schema.fields, path)) return found;
  const meant = nearest(path, [...choices, ...PAGE_WORDS.slice(1), ...layoutWords]);
  if (meant === undefined || choices.includes(meant)) return found;
  const [said, end] = [message.replace(/ \(did you mean \w+\?\)/, ''), '; it is ignored.'];
  return { ...found, message: said.replace(end, ` (did you mean ${meant}?)${end}`) };
}

interface NumberedLane {
  readonly number: number;
  readonly experiment: Experiment;
}

/** The lanes after the first one, in the order of their numbers. */
function readLanes(
  first: Experiment,
  further: ReadonlyMap<number, readonly string[]>,
  problems: Problem[],
): NumberedLane[] {
  const lanes: NumberedLane[] = [];
  for (const [number, parts] of [...further].sort(([a], [b]) => a - b)) {
    const path = `lane${number}`;
    if (number < 2 || lanes.length + 1 >= MOST_LANES) {
      const expected = `lanes 2 to ${MOST_LANES}`;
      const message = `${path} should be one of ${expected}, but found ${number}; it is left out.`;
      problems.push({ path, expected, found: String(number), message });
      continue;
    }
    const { values, problems: found } = readOver(first, parts);
    for (const each of found) {
      problems.push({ ...each, path: `${path}.${each.path}`, message: `${path}: ${each.message}` });
    }
    // What is played is the same in all lanes.
    lanes.push({ number, experiment: { ...values, game: first.game, seed: first.seed } });
  }
  return lanes;
}

/** The pairs of a link, applied to a preset instead of the defaults. */
function readOver(base: Experiment, parts: readonly string[]) {
  const pairs: Pair[] = [];
  const broken: string[] = [];
  for (const part of parts) {
    const cut = part.indexOf('=');
    const path = safeDecode(part.slice(0, Math.max(0, cut)));
    const value = safeDecode(part.slice(cut + 1));
    if (cut < 0 || path === undefined || value === undefined) broken.push(part);
    else pairs.push([path, value]);
  }
  const { problems } = fromQuery(schema, broken.join('&'));
  const applied = withPairs(schema, base, pairs);
  return { values: applied.values, problems: [...problems, ...applied.problems] };
}

/** An experiment does not change, and several parts of the page ask which one it is. */
const found = new WeakMap<Experiment, { readonly among: readonly Preset[]; readonly preset?: Preset }>();

/** The preset that an experiment is, to the last setting. */
export function presetOf(experiment: Experiment): Preset | undefined {
  const among = named().presets; // more of them come after the first picture
  const known = found.get(experiment);
  if (known?.among === among) return known.preset;
  const isIt = ({ name }: Preset) => isSame(schema, presetExperiment(name) as Experiment, experiment);
  const preset = among.find(isIt);
  found.set(experiment, { among, preset });
  return preset;
}

/** The race that is run, to the last setting of each lane. */
export function raceOf(lanes: readonly { readonly experiment: Experiment }[]): Race | undefined {
  if (lanes.length === 1) return undefined;
  return named().races.find(
    (each) =>
      each.lanes.length === lanes.length &&
      each.lanes.every((experiment, i) => isSame(schema, experiment, lanes[i].experiment)),
  )?.race;
}

/**
 * The text behind `#`: nothing for the page's own experiment, a preset's name, or all that differs from it; and
 * what further lanes have that the first one has not; then the device and how the run is watched, where chosen.
 */
export function writeAddress(
  experiments: readonly Experiment[],
  device?: string,
  layout: Layout = usualLayout,
  lineup: Lineup = usualLineup,
  courses?: Address['courses'],
): string {
  const [first, ...others] = experiments;
  const histories = courses && named().courses?.writeHistories(courses, experiments);
  const history = (i: number, path: string) => (histories?.[i] ? [`${path}=${histories[i]}`] : []);
  const preset = presetOf(first);
  const isPlain = isSame(schema, usual, first);
  const lanes = others.flatMap((experiment, i) => {
    const name = `lane${i + 2}`;
    const query = toQuery(schema, experiment, first);
    const said = query === '' ? [] : query.split('&').map((pair) => `${name}.${pair}`);
    const all = [...said, ...history(i + 1, `${name}.${HISTORY}`)];
    return all.length === 0 ? [name] : all;
  });
  const parts = [
    isPlain ? '' : preset ? `preset=${preset.name}` : toQuery(schema, first, usual),
    ...history(0, HISTORY),
    ...lanes,
    device ? `device=${encodeURIComponent(device)}` : '',
    writeLayout(layout, first, lineup),
  ];
  return parts.filter(Boolean).join('&');
}

function unknownPreset(name: string): Problem {
  const choices = named().presets.map((entry) => entry.name);
  const meant = nearest(name, choices);
  const expected = `one of ${choices.join(', ')}`;
  const hint = meant ? ` (did you mean ${meant}?)` : '';
  return {
    path: 'preset',
    expected,
    found: show(name),
    choices,
    message: `preset should be ${expected}, but found ${show(name)}${hint}; the page’s own is used.`,
  };
}

function safeDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // a truncated or malformed %XX
  }
}
