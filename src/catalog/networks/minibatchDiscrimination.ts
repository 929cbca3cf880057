/** Minibatch discrimination: lets a discriminator see how alike the samples of a batch are. */
import { build, type Expr } from '../../expr/index.ts';
import type { Player } from '../../math/field.ts';
import type { Stage } from '../kinds.ts';

/** Dimensions in which samples are compared by each kernel (C of the paper). */
const DIMENSIONS = 5;

/**
 * For features [batch, width]: [batch, kernels], each the sum over the other samples of e^-distance, the
 * distance being the sum of absolute differences in a learnt projection (Salimans et al. 2016,
 * arXiv:1606.03498, section 3.2; a sample is not compared with itself, as in its code).
 */
export function minibatchDiscrimination(
  stage: Stage,
  player: Player,
  width: number,
  kernels: number,
): (features: Expr) => Expr {
  const { matmul, reshape, sub, abs, sum, exp, neg, constant } = build;
  const projection = stage.parameter(
    player,
    'minibatch.weight',
    [width, kernels * DIMENSIONS],
    (stream, _, out) => {
      stream.normals(out);
      for (let i = 0; i < out.length; i++) out[i] *= 0.05;
    },
  );
  return (features) => {
    const [batch] = features.shape;
    const projected = matmul(features, projection);
    const rows = reshape(projected, [batch, 1, kernels, DIMENSIONS]);
    const columns = reshape(projected, [1, batch, kernels, DIMENSIONS]);
    const distance = sum(abs(sub(rows, columns)), [3]);
    return sub(sum(exp(neg(distance)), [1]), constant(1));
  };
}
