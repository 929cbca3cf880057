/** The marks of a timeline: what was changed when, in words; comes after the first picture, with the names. */
import { experiment as schema } from '../catalog/experiment.ts';
import type { Player } from '../math/field.ts';
import { changes, get, type Setting, show } from '../settings/index.ts';
import type { SettingsFrom } from '../worker/protocol.ts';
import { exact } from './format.ts';
import { labelled } from './labels.ts';
import type { RunRecord } from './record.ts';
import { timeStrings } from './timeStrings.ts';

const say = timeStrings.timeline;

/** Something that happened at a step. */
export interface Mark {
  readonly step: number;
  /** Settings that became others, steps of one player alone, or the end. */
  readonly kind: 'change' | Player | 'divergence';
  /** A sentence or more. */
  readonly words: string;
}

/** All that happened in some runs, in the order of its steps, each once. */
export function marksIn(records: readonly RunRecord[]): readonly Mark[] {
  const found = new Map<string, Mark>();
  const note = (mark: Mark) => found.set(`${mark.step} ${mark.words}`, mark);
  for (const { settings, alone, end, frame } of records) {
    for (const mark of marksOf(settings)) note(mark);
    for (const { step, steps, player } of alone)
      note({ step, kind: player, words: say.alone(step, steps, player) });
    if (end?.kind === 'diverged' && frame)
      note({ step: frame.furthest, kind: 'divergence', words: say.diverged(end.step) });
  }
  return [...found.values()].sort((a, b) => a.step - b.step);
}

/** A slider that is dragged while the run plays leaves many changes, and they are asked for many times a second. */
const told = new WeakMap<SettingsFrom, { readonly before: SettingsFrom; readonly words: string }>();

/** What was changed when: one mark for each step at which the settings became others. */
export function marksOf(settings: readonly SettingsFrom[]): Mark[] {
  const marks: Mark[] = [];
  let before = settings[0];
  for (let i = 1; i < settings.length; i++) {
    const after = settings[i];
    // Several at one step are one change, from what was before to what counts.
    if (settings[i + 1]?.step === after.step) continue;
    let known = told.get(after);
    if (known?.before !== before) {
      known = { before, words: wordsOf(before, after) };
      told.set(after, known);
    }
    if (known.words !== '')
      marks.push({
        step: after.step,
        kind: 'change',
        words: say.changes(after.step, known.words),
      });
    before = after;
  }
  return marks;
}

/** Each setting that became another, with what it was and is; nothing where none did. */
export function wordsOf(
  { experiment: before }: Pick<SettingsFrom, 'experiment'>,
  { experiment: after }: Pick<SettingsFrom, 'experiment'>,
): string {
  return changes(schema, before, after)
    .map(({ path }) => {
      const { labels, setting } = labelled(path, after);
      const label = labels.slice(-2).join(', ') || path;
      const value = (of: typeof after) => valueText(setting, get(of, path));
      return say.changed(label, value(before), value(after));
    })
    .join('; ');
}

function valueText(setting: Setting | undefined, value: unknown): string {
  if (setting?.type === 'choice') {
    const kind = (value as { kind: string }).kind;
    const entry = setting.entries.find(({ name }) => name === kind);
    return entry?.label ?? kind;
  }
  return typeof value === 'number' ? exact(value) : typeof value === 'string' ? value : show(value);
}
