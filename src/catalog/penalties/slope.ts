/** What the gradient penalties share: the discriminator's slope at given positions, and their weight. */
import { build, type Expr, grad } from '../../expr/index.ts';
import { number } from '../../settings/index.ts';
import type { Judged } from '../kinds.ts';

/** Keeps the root's slope finite where the discriminator is flat. */
const FLAT_GUARD = 1e-12;

/** ||grad_x D(x)||^2 for each position, shape [batch]. */
export function squaredSlope({ score }: Judged, positions: Expr): Expr {
  const [slope] = grad(build.sum(score(positions)), [positions]);
  return build.sum(build.square(slope), [1]);
}

/** ||grad_x D(x)|| for each position, shape [batch]. */
export function slopeLength(judged: Judged, positions: Expr): Expr {
  return build.sqrt(build.add(squaredSlope(judged, positions), build.constant(FLAT_GUARD)));
}

export const weight = (standard: number, summary = 'How strongly the slope is penalised.') =>
  number({ label: 'weight', summary, default: standard, min: 0, max: 1000, scale: 'log', zero: true });
