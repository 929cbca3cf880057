/** Which named optimizer plays an experiment, if it is one to the last setting. */
import { type Experiment, experiment as schema } from '../catalog/experiment.ts';
import type { Method } from '../catalog/kinds.ts';
import { applyMethod, methods } from '../catalog/methods/index.ts';
import { changes, defaults, entryOf } from '../settings/index.ts';

/** Read when first asked for: a slider asks again and again which method this is. */
const played = new Map<string, Experiment>();

function playedBy(name: string): Experiment {
  let known = played.get(name);
  if (!known) {
    known = applyMethod(defaults(schema), name);
    played.set(name, known);
  }
  return known;
}

/** One optimizer has two names: this one where strategies move as multiplicative weights do, else the other. */
const OF_MIRRORED = 'omwu';

export function methodOf(experiment: Experiment): Method | undefined {
  const { game, seed, scheme, generator } = experiment;
  const found = methods.filter(({ name }) => {
    const method = playedBy(name);
    if (method.scheme.kind !== scheme.kind || method.generator.kind !== generator.kind) return false;
    return changes(schema, { ...method, game, seed }, experiment).length === 0;
  });
  const isMirrored = 'parameters' in game && game.parameters === 'mirror';
  return found.find(({ name }) => (name === OF_MIRRORED) === isMirrored) ?? found[0];
}

/** An experiment does not change: what it is called is asked for at every reading of its run. */
const laneNames = new WeakMap<Experiment, string>();

/** What a lane is called: its method, or its scheme and its rules. */
export function laneName(experiment: Experiment): string {
  const known = laneNames.get(experiment) ?? nameOf(experiment);
  laneNames.set(experiment, known);
  return known;
}

function nameOf(experiment: Experiment): string {
  const method = methodOf(experiment);
  if (method) return method.label;
  const scheme = entryOf(schema.fields.scheme, experiment.scheme.kind)?.label ?? experiment.scheme.kind;
  const rules = (['generator', 'discriminator'] as const).map(
    (player) => entryOf(schema.fields[player], experiment[player].kind)?.label ?? experiment[player].kind,
  );
  return `${scheme}, ${[...new Set(rules)].join(' and ')}`;
}
