/** The named optimizers of the literature, in menu order, and how an experiment takes one. */
import { parse } from '../../settings/index.ts';
import { type Experiment, experiment as schema } from '../experiment.ts';
import type { Method } from '../kinds.ts';
import { descent } from './descent.ts';
import { rotation } from './rotation.ts';
import { smoothing } from './smoothing.ts';

export const methods: readonly Method[] = [...descent, ...rotation, ...smoothing];

/**
 * The same game and seed, played by the method of that name; what the method does not name is plain. Throws
 * for a name that is none: whoever takes names from people looks them up in `methods` first.
 */
export function applyMethod({ game, seed }: Experiment, name: string): Experiment {
  const method = methods.find((each) => each.name === name);
  if (!method) throw new Error(`there is no method "${name}"`);
  return { ...parse(schema, method.optimizer).values, game, seed };
}
