/** The eigenvalue that drives a run apart: of the rates times the Jacobian, where the run was still moderate. */
import { ritzValues } from '../../math/krylov.ts';
import { stream } from '../../math/random.ts';
import { isFiniteVector, type Vector } from '../../math/vector.ts';
import type { Moment } from '../probe.ts';
import { lengthOf } from './length.ts';
import { reachOf } from './stability.ts';

/** What the steps do along the direction that grows fastest, where they are known to be linear. */
export interface Leading {
  /** The step at whose point it was measured. */
  readonly step: number;
  /** Rate times eigenvalue: its size, and its angle to the positive axis. */
  readonly size: number;
  readonly angle: number;
  /** The largest size at that angle with which the scheme settles; 0 where no rate is small enough. */
  readonly limit: number;
  /** What a step multiplies the distance by. */
  readonly factor: number;
}

/** A field so many times longer than at the start is no longer moderate. */
const MODERATE = 100;
/** Jacobians up to this size are taken whole; of larger ones the outer eigenvalues are found with so many products. */
const DENSE = 48;
const PRODUCTS = 20;

/** Undefined where the scheme's limit is not known, or nothing finite is left of the run. */
export function leadingOf({ scene, experiment, run, step: now }: Moment): Leading | undefined {
  const reach = reachOf(experiment);
  if (!reach || !run) return undefined;
  const rates = [experiment.generator, experiment.discriminator].map(
    (rule) => (rule as { learningRate: number }).learningRate,
  );
  const field = scene.frozenField(experiment.seed, now);
  const { size, split } = scene;
  const passed = run.points().filter(({ point }) => isFiniteVector(point));
  const lengths = passed.map(({ point }) => lengthOf(field.at(point)));
  const start = Math.max(1, lengths[0]);
  for (let i = passed.length - 1; i >= 0; i--) {
    if (!(lengths[i] <= MODERATE * start)) continue;
    const { step, point } = passed[i];
    const apply = (v: Vector, out: Vector) => {
      field.jvp(point, v, out);
      for (let k = 0; k < size; k++) out[k] *= rates[k < split ? 0 : 1];
    };
    const first = stream(experiment.seed, 'evaluation.krylov').normals(new Float64Array(size));
    const { re, im, converged } = ritzValues(apply, first, size <= DENSE ? size : PRODUCTS);
    if (!converged || re.length === 0) continue;
    let most = 0;
    for (let k = 1; k < re.length; k++) {
      if (reach.factor(re[k], im[k]) > reach.factor(re[most], im[most])) most = k;
    }
    const angle = Math.atan2(Math.abs(im[most]), re[most]);
    return {
      step,
      size: Math.hypot(re[most], im[most]),
      angle,
      limit: reach.limit(angle),
      factor: reach.factor(re[most], im[most]),
    };
  }
  return undefined;
}
