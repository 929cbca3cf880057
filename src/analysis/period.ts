/** After how many steps a method does alike again, by what its scheme and its lookahead say of themselves. */
import type { Experiment } from '../catalog/experiment.ts';
import type { Scheme, Wrapper } from '../catalog/kinds.ts';
import { lookaheads } from '../catalog/lookaheads/index.ts';
import { schemes } from '../catalog/schemes/index.ts';
import { leastCommonMultiple } from '../math/whole.ts';

export const find = <E>(list: readonly { name: string }[], { kind }: { kind: string }): E =>
  list.find(({ name }) => name === kind) as unknown as E;
export const schemeOf = ({ scheme }: Experiment) => find<Scheme>(schemes, scheme);
export const lookaheadOf = ({ lookahead }: Experiment) => find<Partial<Wrapper>>(lookaheads, lookahead);

/** Steps after which the method does alike again. */
export function periodOf(experiment: Experiment): number {
  const own = schemeOf(experiment).period?.(experiment.scheme) ?? 1;
  return leastCommonMultiple(own, lookaheadOf(experiment).period?.(experiment.lookahead) ?? 1);
}
