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

export interface Address {
  readonly experiment: Experiment;
  /** What the link asked for and could not be given. */
  readonly problems: readonly Problem[];
  /** The page waits for somebody to press play. */
  readonly paused: boolean;
  /** The device that the link names, if it names one. */
  readonly device?: string;
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

/** Reads the part of a link behind `?` or `#`. Never throws; what is broken is a problem, the rest is honoured. */
export function readAddress(text: string): Address {
  const bare = text.replace(/^[?#]+/, '');
  if (bare.length > MOST_CHARACTERS) {
    const { values, problems } = fromQuery(schema, bare);
    return { experiment: values, problems, paused: false };
  }
  const words = new Map<PageWord, string>();
  const rest: string[] = [];
  for (const part of bare.split('&').filter((each) => each !== '')) {
    const [name, value = ''] = part.split('=', 2);
    const word = PAGE_WORDS.find((each) => each === name);
    if (word) words.set(word, safeDecode(value) ?? value);
    else rest.push(part);
  }
  const problems: Problem[] = [];
  const name = words.get('preset');
  const base = name === undefined ? undefined : presetExperiment(name);
  if (name !== undefined && !base) problems.push(unknownPreset(name));
  const read = base ? readOver(base, rest) : fromQuery(schema, rest.join('&'));
  return {
    experiment: read.values,
    problems: [...problems, ...read.problems],
    paused: words.has('paused') && words.get('paused') !== 'false',
    device: words.get('device') || undefined,
  };
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

/** The text behind `#`: nothing for the page's own experiment, a preset's name, or all that differs from it. */
export function writeAddress(experiment: Experiment, device?: string): string {
  const page = device ? [`device=${encodeURIComponent(device)}`] : [];
  if (changes(schema, defaults(schema), experiment).length === 0) return page.join('&');
  const preset = presetOf(experiment);
  return [preset ? `preset=${preset.name}` : toQuery(schema, experiment), ...page].join('&');
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
