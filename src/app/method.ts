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
const laneNames = new WeakMap<Experiment, string>();

/** What a lane is called: its method, or its scheme and its rules. */
export function laneName(experiment: Experiment): string {
  const known = laneNames.get(experiment) ?? nameOf(experiment);
  if (isNamed()) laneNames.set(experiment, known);
  return known;
}

function nameOf(experiment: Experiment): string {
  const method = methodOf(experiment);
  if (method) return method.label;
  const labelOf = (part: (typeof optimizerParts)[number]) => {
    const { kind } = experiment[part];
    return entryOf(schema.fields[part] as ChoiceSetting, kind)?.label ?? kind;
  };
  const rules = new Set([labelOf('generator'), labelOf('discriminator')]);
  const optional = optimizerParts.filter(
    (part) => !['scheme', 'generator', 'discriminator'].includes(part) && experiment[part].kind !== 'none',
  );
  return [`${labelOf('scheme')}, ${[...rules].join(' and ')}`, ...optional.map(labelOf)].join(' + ');
}
