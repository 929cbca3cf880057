/** Batch normalisation, as a layer on the stage. */
import { build, type Expr } from '../../expr/index.ts';
import type { Player } from '../../math/field.ts';
import type { Stage } from '../kinds.ts';

/** Added to the variance: the default of PyTorch. */
const VARIANCE_GUARD = 1e-5;

/**
 * Each column of [batch, width] to mean 0 and deviation 1 over the batch at hand, then scaled and shifted by
 * learnt numbers (Ioffe & Szegedy 2015, arXiv:1502.03167, algorithm 1). Real and generated samples are
 * normalised apart, each by its own batch; so are pictures, by the points that they show.
 */
export function batchNorm(stage: Stage, player: Player, name: string, width: number): (x: Expr) => Expr {
  const fill = (value: number) => (_stream: unknown, _shape: unknown, out: Float64Array) => out.fill(value);
  const scale = stage.parameter(player, `${name}.scale`, [width], fill(1));
  const shift = stage.parameter(player, `${name}.shift`, [width], fill(0));
  return (x) => {
    const { sub, add, mul, div, sqrt, square, mean, constant } = build;
    const centred = sub(x, mean(x, [0]));
    const deviation = sqrt(add(mean(square(centred), [0]), constant(VARIANCE_GUARD)));
    return add(mul(div(centred, deviation), scale), shift);
  };
}
