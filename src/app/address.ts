/** The link is the document: an experiment and how to open it, as the text behind `#`, and back. */
import { type Experiment, experiment as schema } from '../catalog/experiment.ts';
import type { Preset } from '../catalog/kinds.ts';
import { presets } from '../catalog/presets/index.ts';
import {
  changes,
  defaults,
  fromQuery,
  nearest,
  type Pair,
  type Problem,
  parse,
  show,
  toQuery,
} from '../settings/index.ts';
import { MOST_CHARACTERS, withPairs } from '../settings/text.ts';
import { isOfLayout, type Layout, readLayout, usualLayout, writeLayout } from './layout.ts';
import { MOST_LANES } from './store.ts';

export interface Address {
  /** One for each lane, with the same game and seed. */
  readonly experiments: readonly [Experiment, ...Experiment[]];
  /** What the link asked for and could not be given. */
  readonly problems: readonly Problem[];
  /** The page waits for somebody to press play. */
  readonly paused: boolean;
  /** The device that the link names, if it names one. */
  readonly device?: string;
  /** How the measurements stand. */
  readonly layout: Layout;
}

/** What a link may say besides settings. */
const PAGE_WORDS = ['preset', 'paused', 'device'] as const;
type PageWord = (typeof PAGE_WORDS)[number];

/** Read when first asked for: a slider asks again and again which preset this is. */
const experiments = new Map<string, Experiment>();

export function presetExperiment(name: string): Experiment | undefined {
  const preset = presets.find((entry) => entry.name === name);
  if (preset && !experiments.has(name)) experiments.set(name, parse(schema, preset.experiment).values);
  return experiments.get(name);
}

/** `lane2` begins a second lane that is like the first one, but for what `lane2.path=value` says. */
const LANE = /^lane(\d+)(?:\.(.*))?$/;

/** Reads the part of a link behind `?` or `#`. Never throws; what is broken is a problem, the rest is honoured. */
export function readAddress(text: string): Address {
  const bare = text.replace(/^[?#]+/, '');
  if (bare.length > MOST_CHARACTERS) {
    const { values, problems } = fromQuery(schema, bare);
    return { experiments: [values], problems, paused: false, layout: usualLayout };
  }
  const words = new Map<PageWord, string>();
  const rest: string[] = [];
  const further = new Map<number, string[]>();
  const ofLayout: Pair[] = [];
  for (const part of bare.split('&').filter((each) => each !== '')) {
    const [name, value = ''] = part.split('=', 2);
    const word = PAGE_WORDS.find((each) => each === name);
    const lane = LANE.exec(name);
    if (word) words.set(word, safeDecode(value) ?? value);
    else if (isOfLayout(name)) ofLayout.push([name, safeDecode(value) ?? value]);
    else if (lane) {
      const number = Number(lane[1]);
      const parts = further.get(number) ?? [];
      if (lane[2] !== undefined) parts.push(part.slice(part.indexOf('.') + 1));
      further.set(number, parts);
    } else rest.push(part);
  }
  const problems: Problem[] = [];
  const name = words.get('preset');
  const base = name === undefined ? undefined : presetExperiment(name);
  if (name !== undefined && !base) problems.push(unknownPreset(name));
  const read = base ? readOver(base, rest) : fromQuery(schema, rest.join('&'));
  problems.push(...read.problems);
  return {
    experiments: [read.values, ...readLanes(read.values, further, problems)],
    problems,
    paused: words.has('paused') && words.get('paused') !== 'false',
    device: words.get('device') || undefined,
    layout: readLayout(ofLayout, problems),
  };
}

/** The lanes after the first one, in the order of their numbers. */
function readLanes(
  first: Experiment,
  further: ReadonlyMap<number, readonly string[]>,
  problems: Problem[],
): Experiment[] {
  const lanes: Experiment[] = [];
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
    lanes.push({ ...values, game: first.game, seed: first.seed });
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

/** The preset that an experiment is, to the last setting. */
export function presetOf(experiment: Experiment): Preset | undefined {
  return presets.find(({ name }) => {
    const preset = presetExperiment(name) as Experiment;
    return preset.game.kind === experiment.game.kind && changes(schema, preset, experiment).length === 0;
  });
}

/**
 * The text behind `#`: nothing for the page's own experiment, a preset's name, or all that differs from it; and
 * what further lanes have that the first one has not; then the device and the layout, where they are chosen.
 */
export function writeAddress(
  experiments: readonly Experiment[],
  device?: string,
  layout: Layout = usualLayout,
): string {
  const [first, ...others] = experiments;
  const preset = presetOf(first);
  const isPlain = changes(schema, defaults(schema), first).length === 0;
  const lanes = others.flatMap((experiment, i) => {
    const name = `lane${i + 2}`;
    const query = toQuery(schema, experiment, first);
    return query === '' ? [name] : query.split('&').map((pair) => `${name}.${pair}`);
  });
  const parts = [
    isPlain ? '' : preset ? `preset=${preset.name}` : toQuery(schema, first),
    ...lanes,
    device ? `device=${encodeURIComponent(device)}` : '',
    writeLayout(layout, first),
  ];
  return parts.filter(Boolean).join('&');
}

function unknownPreset(name: string): Problem {
  const choices = presets.map((entry) => entry.name);
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
