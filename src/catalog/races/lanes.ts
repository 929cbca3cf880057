/** A race as experiments, one for each lane. */
import { parse } from '../../settings/index.ts';
import { withPairs } from '../../settings/text.ts';
import { type Experiment, experiment as schema } from '../experiment.ts';
import type { Race } from '../kinds.ts';

export function lanesOf({ experiment, lanes }: Race): readonly [Experiment, ...Experiment[]] {
  const first = parse(schema, experiment).values;
  const others = lanes.map((lane) => withPairs(schema, first, pairsOf(lane)).values);
  return [first, ...others];
}

/** What a lane has that the first one has not, as a link would say it. */
export const pairsOf = (lane: Race['lanes'][number]) =>
  Object.entries(lane).map(([path, value]) => [path, String(value)] as const);
