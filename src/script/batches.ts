/** What a script draws: its batches, by the names of the draws, and the files that they are drawn from. */
import type { Experiment } from '../catalog/experiment.ts';
import { pictureSets } from './pictures.ts';
import { block, type Options, type Plan, tensorOf } from './plan.ts';
import type { Values } from './rules.ts';
import { heldFile, type StoredName, type StoredText, storedText } from './stored.ts';
import { arrayText, snake } from './words.ts';

export interface BatchesText {
  readonly text: string;
  /** The sets that are drawn from files. */
  readonly stored: readonly StoredText[];
}

export function batchesText(plan: Plan): BatchesText {
  const { game, draws, wholes, options, asks, scheme } = plan;
  const stored = draws.flatMap(({ set }) => (set ? [setText(set, options)] : []));
  const helpers = new Set(stored.map(({ helper }) => helper));
  for (const draw of draws) {
    for (const [name, { values, shape }] of Object.entries(draw.arrays ?? {}))
      helpers.add(`${name} = ${arrayText(values, shape)}`);
    for (const helper of draw.helpers ?? []) helpers.add(helper);
  }
  const batchOf = (expressions: readonly string[]) =>
    game.script.draws
      .map(({ name }, i) => `        ${snake(name)}=${tensorOf(expressions[i], plan)},`)
      .join('\n');
  const reading = [
    `def stream(purpose):\n    """The stream of a purpose, for the batch that is drawn now."""\n    return Stream(SEED, purpose, now.step, now.drawn)`,
    ...helpers,
    `def next_batch():
    """The next batch of this step: whatever was drawn before, it is the one named by (step, draw)."""
    now.batch = Settings(
${batchOf(draws.map(({ expression }) => expression))}
    )
    now.drawn += 1
    return now.batch`,
    wholes && scheme.text.includes('whole_batch')
      ? `def whole_batch():\n    """Stands for all of the data at once."""\n    return Settings(\n${batchOf(wholes)}\n    )`
      : '',
  ];
  const chance = asks.has('chance')
    ? `def chance(i):\n    """The i-th uniform number of this step."""\n    return Stream(SEED, "chance", now.step).uniforms(16)[i]`
    : '';
  return { text: block(...(game.reads ? reading : []), chance), stored };
}

const setText = (name: StoredName, { files = {}, site }: Options) => {
  const file = heldFile(name);
  return storedText(name, file === undefined ? undefined : files[file], site);
};

/** The files that the script of an experiment holds itself, where `Options.files` gives their contents. */
export function filesWithin({ game }: Experiment): readonly string[] {
  if (game.kind !== 'images') return [];
  const { dataset } = game;
  const { set } = pictureSets[dataset.kind]?.(dataset as unknown as Values) ?? {};
  const file = set && heldFile(set);
  return file === undefined ? [] : [file];
}
