/** Spectral normalisation of a weight matrix, by one power iteration a step. */
import { build, type Expr } from '../../expr/index.ts';
import type { Stage } from '../kinds.ts';

/** Keeps the division safe for a zero matrix. */
const LENGTH_GUARD = 1e-12;

/**
 * W / sigma for a weight matrix W of shape [inputs, outputs]: sigma = u' W v, where u and v come from one
 * power iteration on the vector kept from the last step and count as constants (Miyato et al. 2018,
 * arXiv:1802.05957, algorithm 1; their W is ours transposed).
 *
 * Being constants, u and v are left out of every derivative: the products of the Jacobian, and with them
 * consensus, SGA and spectra, are those of the game in which they stand still within a step.
 */
export function spectralNorm(stage: Stage, name: string, weight: Expr): Expr {
  const { reshape, matmul, div, add, sqrt, sum, square, mul, stopGradient, constant } = build;
  const [, outputs] = weight.shape;
  const kept = stage.state(`${name}.u`, [outputs], (stream, _shape, out) => void stream.normals(out));
  const unit = (x: Expr) => div(x, add(sqrt(sum(square(x))), constant(LENGTH_GUARD)));
  const fixed = stopGradient(weight);
  const v = unit(matmul(fixed, reshape(kept, [outputs, 1])));
  const u = unit(matmul(fixed, v, true));
  stage.follow(kept, reshape(u, [outputs]));
  const sigma = sum(mul(matmul(weight, stopGradient(u)), stopGradient(v)));
  return div(weight, add(sigma, constant(LENGTH_GUARD)));
}
