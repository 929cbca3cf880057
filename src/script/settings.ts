/** The settings at the top of a script: those numbers of an experiment that its text reads, and their changes. */
import { type Experiment, optimizerParts, experiment as schema } from '../catalog/experiment.ts';
import { changes, get } from '../settings/index.ts';
import { numberText, snake, wrapped } from './words.ts';

/** Settings, and the step from which on they counted. */
export interface Change {
  readonly step: number;
  readonly experiment: Experiment;
}

/** The parts of an experiment that have a name of their own in a script. */
const parts = ['game', ...optimizerParts] as const;

/** Rules that are made of others have those one level below. */
const INNER = /^(magnitude|direction)\./;

/** Python name -> value, of the numbers below a part. */
function numbersBelow(values: unknown, prefix = ''): Map<string, number> {
  const found = new Map<string, number>();
  for (const [name, value] of Object.entries(values as object)) {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (typeof value === 'number') found.set(path, value);
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [below, number] of numbersBelow(value, path)) found.set(below, number);
    }
  }
  return found;
}

/** `scheme.pace.low` -> `scheme.pace_low`; `generator.magnitude.beta1` -> `generator.magnitude.beta1`. */
function placeOf(part: string, path: string): { owner: string; attribute: string } {
  const inner = part === 'generator' || part === 'discriminator' ? INNER.exec(path) : null;
  return inner
    ? { owner: `${part}.${inner[1]}`, attribute: snake(path.slice(inner[0].length)) }
    : { owner: part, attribute: snake(path) };
}

export interface SettingsText {
  readonly text: string;
  /** `owner.attribute` of all that the script reads. */
  readonly known: ReadonlySet<string>;
}

/**
 * The settings that a text reads. `ofRule` says what the class of a player's rule reads of its own settings, by
 * owner: `generator`, `generator.magnitude`.
 */
export function settingsText(
  experiment: Experiment,
  text: string,
  ofRule: (owner: string) => ReadonlySet<string>,
): SettingsText {
  const known = new Set<string>();
  const lines: string[] = [];
  const write = (name: string, values: Map<string, number>, isRead: (attribute: string) => boolean) => {
    const pairs: string[] = [];
    for (const [path, value] of values) {
      const attribute = snake(path);
      if (!isRead(attribute)) continue;
      known.add(`${name}.${attribute}`);
      pairs.push(`${attribute}=${numberText(value)}`);
    }
    return pairs;
  };
  const mentions = (name: string) => (attribute: string) =>
    new RegExp(`(?<![\\w.])${name}\\.${attribute}\\b`).test(text);
  const line = (name: string, pairs: readonly string[], comment: string) => {
    if (pairs.length === 0) return;
    const call = `${name} = Settings(${pairs.join(', ')})`;
    const whole = comment === '' ? call : `${call}  # ${comment}`;
    lines.push(whole.length <= 100 ? whole : `${comment === '' ? '' : `# ${comment}\n`}${wrapped(call, 4)}`);
  };
  for (const part of parts) {
    const values = experiment[part] as { kind: string };
    const comment = part === 'game' ? '' : values.kind;
    if (part === 'game') {
      const dataset = (values as { dataset?: object }).dataset;
      line('game', write('game', numbersBelow(values), mentions('game')), '');
      if (dataset)
        line(
          'dataset',
          write('dataset', numbersBelow(dataset), mentions('dataset')),
          (dataset as { kind: string }).kind,
        );
    } else if (part === 'generator' || part === 'discriminator') {
      const own = ofRule(part);
      const pairs = write(
        part,
        new Map([...numbersBelow(values)].filter(([path]) => !INNER.test(path))),
        (each) => own.has(each),
      );
      for (const inner of ['magnitude', 'direction']) {
        const below = (values as unknown as Record<string, object>)[inner];
        if (typeof below !== 'object') continue;
        const owner = `${part}.${inner}`;
        const innerPairs = write(owner, numbersBelow(below), (each) => ofRule(owner).has(each));
        pairs.push(`${inner}=Settings(${innerPairs.join(', ')})`);
      }
      line(part, pairs, comment);
    } else line(part, write(part, numbersBelow(values), mentions(part)), comment);
  }
  return { text: lines.join('\n'), known };
}

export interface ChangesText {
  /** A list of what the script changes on its way; empty where nothing is. */
  readonly text: string;
  /** What it does not change, one sentence each. */
  readonly notes: readonly string[];
}

/** What was changed while a run went on: the numbers that the script reads, replayed; the rest told. */
export function changesText(
  first: Experiment,
  later: readonly Change[],
  known: ReadonlySet<string>,
): ChangesText {
  const lines: string[] = [];
  const notes: string[] = [];
  let before = first;
  for (const { step, experiment } of later) {
    const owners = new Map<string, string[]>();
    const untold: string[] = [];
    for (const { path } of changes(schema, before, experiment)) {
      const [part, ...rest] = path.split('.');
      const { owner, attribute } = placeOf(part, rest.join('.'));
      const value = get(experiment, path);
      if (typeof value !== 'number' || !known.has(`${owner}.${attribute}`)) untold.push(path);
      else owners.set(owner, [...(owners.get(owner) ?? []), `${attribute}=${numberText(value)}`]);
    }
    for (const [owner, pairs] of owners) lines.push(`    (${step}, ${owner}, dict(${pairs.join(', ')})),`);
    if (untold.length > 0) {
      notes.push(
        `At step ${step} the run changed ${untold.join(', ')}; this script does not, and goes on as before.`,
      );
    }
    before = experiment;
  }
  if (lines.length === 0) return { text: '', notes };
  return {
    text: [
      '# What was changed while the run went on: the step, whose settings, their new values.',
      'CHANGES = [',
      ...lines,
      ']',
    ].join('\n'),
    notes,
  };
}
