/** Normalisation of a layer's sums, as a layer on the stage: over the batch, over each sample, or over each channel of one. */
import { build, type Expr } from '../../expr/index.ts';
import type { Player } from '../../math/field.ts';
import type { Initial, Stage } from '../kinds.ts';

export type Normalisation = 'batch' | 'layer' | 'instance';

/** Added to the variance: the default of PyTorch. */
const VARIANCE_GUARD = 1e-5;

const ones: Initial = (_stream, _shape, out) => void out.fill(1);
const zeros: Initial = (_stream, _shape, out) => void out.fill(0);

/**
 * What is brought to mean 0 and deviation 1 together, as axes of [batch, width] or [batch, height, width, channels]:
 * - batch: each column or channel over the batch at hand (Ioffe & Szegedy 2015, arXiv:1502.03167, algorithm 1). Real
 *   and generated samples are normalised apart, each by its own batch; so are pictures, by the points that they show.
 * - layer: each sample (Ba et al. 2016, arXiv:1607.06450, equation 3).
 * - instance: each channel of each picture (Ulyanov et al. 2016, arXiv:1607.08022, equation 4).
 */
const axesOf: Readonly<Record<Normalisation, (rank: number) => number[]>> = {
  batch: (rank) => axes(0, rank - 1),
  layer: (rank) => axes(1, rank),
  instance: (rank) => axes(1, rank - 1),
};
const axes = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

/** Normalises, then scales and shifts by learnt numbers, one for each column or channel; `scales` draws the first ones. */
export function normalisation(
  stage: Stage,
  player: Player,
  name: string,
  width: number,
  over: Normalisation,
  scales: Initial = ones,
): (x: Expr) => Expr {
  const scale = stage.parameter(player, `${name}.scale`, [width], scales);
  const shift = stage.parameter(player, `${name}.shift`, [width], zeros);
  return (x) => {
    const { sub, add, mul, div, sqrt, square, mean, reshape, constant } = build;
    const together = axesOf[over](x.shape.length);
    const kept = x.shape.map((extent, axis) => (together.includes(axis) ? 1 : extent));
    const centred = sub(x, reshape(mean(x, together), kept));
    const variance = reshape(mean(square(centred), together), kept);
    return add(mul(div(centred, sqrt(add(variance, constant(VARIANCE_GUARD)))), scale), shift);
  };
}
