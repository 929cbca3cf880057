/** What a script will consist of: the parts that an experiment uses, written down or missing, before they are put together. */
import type { Alone } from '../catalog/course.ts';
import type { Experiment } from '../catalog/experiment.ts';
import type { Scheme } from '../catalog/kinds.ts';
import { schemes as schemeEntries } from '../catalog/schemes/index.ts';
import { type AdjustmentText, adjustments } from './adjustments.ts';
import { type DrawText, drawText, type Game, wholeText } from './draws.ts';
import { foresights } from './fields.ts';
import { entryOf } from './frame.ts';
import { type GameText, gameText } from './game.ts';
import { averages, clippings, constraints, lookaheads, schedules, type WrapperText } from './parts.ts';
import { rules, type Values } from './rules.ts';
import { type SchemeText, schemes } from './schemes.ts';
import type { Change } from './settings.ts';
import { type Flavour, inFlavour } from './words.ts';

export interface Options {
  /** Steps that the script takes unless told otherwise. */
  readonly steps?: number;
  /** Default: PyTorch for what is trained on data, NumPy for the others. */
  readonly flavour?: Flavour;
  /** What the run was computed in, if it is known; the script computes in float64. */
  readonly precision?: 'float32' | 'float64';
  /** What was changed while the run went on, in order: from which step on which settings counted. */
  readonly changes?: readonly Change[];
  /** Steps in which one player alone moved. */
  readonly alone?: readonly Alone[];
  /** What `filesWithin` asks for, by name: it is written into the script, and else must lie beside it. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  /** The address of the folder where other files are to be had, with its last slash. */
  readonly site?: string;
}

/** By the part of an experiment: what has been written down in Python, by the entry's name. */
export const texts: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  scheme: schemes,
  generator: rules,
  discriminator: rules,
  foresight: foresights,
  adjustment: adjustments,
  clipping: clippings,
  schedule: schedules,
  constraint: constraints,
  lookahead: lookaheads,
  averaging: averages,
};

/** The chosen entry of a part, with its settings. */
export type Part = Values & { readonly kind: string };

export interface Plan {
  readonly experiment: Experiment;
  readonly options: Options;
  readonly flavour: Flavour;
  readonly isTorch: boolean;
  readonly part: (name: string) => Part;
  readonly game: GameText;
  /** The game's settings, as its draws and constants read them. */
  readonly settings: Game;
  /** One for each draw of the game. */
  readonly draws: readonly DrawText[];
  /** Expressions that stand for all of the data at once, one for each draw; undefined where there is no such thing. */
  readonly wholes?: readonly string[];
  /** What the parts of the optimizer want beside the field: `rate`, `chance`, `gmres`, ... */
  readonly asks: ReadonlySet<string>;
  /** Batches are counted, whether the game reads them or not. */
  readonly counts: boolean;
  readonly usesRules: boolean;
  readonly scheme: SchemeText;
  readonly bent?: AdjustmentText;
  /** Definitions, of what is chosen. */
  readonly clip?: string;
  readonly constraint?: string;
  readonly schedule?: string;
  readonly lookahead?: WrapperText;
  readonly averaging?: WrapperText;
}

export const flavourOf = ({ game }: Experiment, { flavour }: Options): Flavour =>
  flavour ?? (['gan', 'images', 'domains'].includes(game.kind) ? 'torch' : 'numpy');

/** The plan of a script, or why there is none: one reason each, as what ends a sentence. */
export function planOf(experiment: Experiment, options: Options): Plan | readonly string[] {
  const flavour = flavourOf(experiment, options);
  const parts = experiment as unknown as Readonly<Record<string, Part>>;
  const part = (name: string) => parts[name];
  const has = (name: string) => part(name).kind !== 'none';
  const missing = Object.entries(texts)
    .filter(([name, known]) => has(name) && !Object.hasOwn(known, part(name).kind))
    .map(([name]) => `the ${name} ${part(name).kind} has not been written down in Python`);
  if (missing.length > 0) return missing;
  const settings = experiment.game as Game;
  if (experiment.game.kind === 'images' && experiment.game.dataset.kind === 'own')
    return ['your own pictures are kept in a browser alone, where Python does not find them'];
  /** A part that is chosen, written down. */
  const written = <T>(name: string, known: Readonly<Record<string, (part: Part) => T>>): T | undefined =>
    has(name) ? known[part(name).kind](part(name)) : undefined;

  const bent = written('adjustment', adjustments);
  const field = bent ? 'bent_field' : 'field';
  const schemeWith = (hasWhole: boolean) =>
    schemes[experiment.scheme.kind](part('scheme'), { field, hasWhole });
  const asks = new Set<string>([...(bent?.asks ?? []), ...(schemeWith(false).asks ?? [])]);
  const game = gameText(experiment, {
    flavour,
    forward: asks.has('forward'),
    transposed: asks.has('transposed'),
    accuracy: asks.has('accuracy'),
  });
  const drawn = game.script.draws.map((draw) => ({ draw, text: drawText(draw, settings) }));
  const unwritten = drawn
    .filter(({ text }) => !text)
    .map(
      ({ draw }) => `the game ${settings.kind} draws ${draw.name}, which has not been written down in Python`,
    );
  const reasons = [...game.problems, ...unwritten];
  if (reasons.length > 0) return reasons;

  const wholes = game.script.draws.flatMap((draw) => wholeText(draw, settings) ?? []);
  const hasWhole = game.reads && wholes.length > 0 && wholes.length === drawn.length;
  const averaging = written('averaging', averages);
  if (averaging?.asksChance) asks.add('chance');
  return {
    experiment,
    options,
    flavour,
    isTorch: flavour === 'torch',
    part,
    game,
    settings,
    draws: drawn.flatMap(({ text }) => text ?? []),
    ...(hasWhole && { wholes }),
    asks,
    counts: game.reads || asks.has('draws') || asks.has('ritz'),
    usesRules: (entryOf(schemeEntries, experiment.scheme) as unknown as Scheme).usesRules !== false,
    scheme: schemeWith(hasWhole),
    bent,
    clip: written('clipping', clippings),
    constraint: written('constraint', constraints),
    schedule: has('schedule') ? schedules[part('schedule').kind] : undefined,
    lookahead: written('lookahead', lookaheads),
    averaging,
  };
}

/** A text without batches, where the game reads none. */
export function withoutBatches(text: string, { game, counts }: Plan): string {
  if (game.reads) return text;
  const line = counts ? '$1now.drawn += 1\n' : '';
  return text.replace(/^( *)\w*batch = next_batch\(\).*\n/gm, line).replace(/, \w*batch\b/g, '');
}

/** A text of the optimizer, with words of NumPy for what differs, as the script has it. */
export const finished = (text: string, plan: Plan): string =>
  withoutBatches(inFlavour(text, plan.flavour), plan)
    .replaceAll('ARRAY(', plan.isTorch ? 'tensor(' : '(')
    .replaceAll('EIGENVALUES(', 'eigenvalues(');

/** An array of NumPy, as what the script computes with. */
export const tensorOf = (expression: string, { isTorch }: Plan): string =>
  isTorch ? `tensor(${expression})` : expression;

/** Blank lines between definitions as Python has them. */
export const block = (...definitions: readonly string[]): string =>
  definitions
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n\n\n');
