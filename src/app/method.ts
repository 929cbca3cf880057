/** Which named optimizer plays an experiment, if it is one to the last setting. */
import { type Experiment, optimizerParts, experiment as schema } from '../catalog/experiment.ts';
import type { Method } from '../catalog/kinds.ts';
import { type ChoiceSetting, defaults, entryOf, isSame } from '../settings/index.ts';
import { isNamed, named } from './named.ts';

/** Read when first asked for: a slider asks again and again which method this is. */
const played = new Map<string, Experiment>();

function playedBy(name: string): Experiment {
  let known = played.get(name);
  if (!known) {
    known = named().applyMethod(defaults(schema), name);
    played.set(name, known);
  }
  return known;
}

/** One optimizer has two names: this one where strategies move as multiplicative weights do, else the other. */
const OF_MIRRORED = 'omwu';

export function methodOf(experiment: Experiment): Method | undefined {
  const { game, seed, scheme, generator } = experiment;
  const found = named().methods.filter(({ name }) => {
    const method = playedBy(name);
    if (method.scheme.kind !== scheme.kind || method.generator.kind !== generator.kind) return false;
    return isSame(schema, { ...method, game, seed }, experiment);
  });
  const isMirrored = 'parameters' in game && game.parameters === 'mirror';
  return found.find(({ name }) => (name === OF_MIRRORED) === isMirrored) ?? found[0];
}

/** An experiment does not change: what it is called is asked for at every reading of its run. */
const names = new WeakMap<Experiment, string>();

/** What these settings are called: a method, or a scheme and rules. Lanes that share it have names of their own: `Page.nameOf`. */
export function laneName(experiment: Experiment): string {
  const known = names.get(experiment) ?? nameOf(experiment);
  if (isNamed()) names.set(experiment, known);
  return known;
}

export type Part = (typeof optimizerParts)[number];

/** The label of what is chosen for a part. */
export function labelOf(experiment: Experiment, part: Part): string {
  const { kind } = experiment[part];
  return entryOf(schema.fields[part] as ChoiceSetting, kind)?.label ?? kind;
}

/** Both players' rules; one where they are the same. */
export const rulesOf = (experiment: Experiment): string =>
  [...new Set([labelOf(experiment, 'generator'), labelOf(experiment, 'discriminator')])].join(' and ');

function nameOf(experiment: Experiment): string {
  const method = methodOf(experiment);
  if (method) return method.label;
  const optional = optimizerParts.filter(
    (part) => !['scheme', 'generator', 'discriminator'].includes(part) && experiment[part].kind !== 'none',
  );
  const words = optional.map((part) => labelOf(experiment, part));
  return [`${labelOf(experiment, 'scheme')}, ${rulesOf(experiment)}`, ...words].join(' + ');
}
