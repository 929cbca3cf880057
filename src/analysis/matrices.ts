/** The matrices whose spectra are read: the field's Jacobian at a moment, with consensus, and its two symmetric blocks. */
import { half, type Player } from '../math/field.ts';
import { type Products, productsOf } from '../math/jacobian.ts';
import { norm, type Vector } from '../math/vector.ts';
import type { matrixSettings } from './choices.ts';
import type { Moment } from './probe.ts';

export interface MatrixAt extends Products {
  readonly size: number;
  /** Up to the rounding of its products. */
  readonly symmetric: boolean;
  /** ||F||, of the joint field on the same batch. */
  readonly fieldNorm: number;
}

/** The matrix on the first batch of the moment's step, as the dials and states are now. */
export function matrixAt(
  { scene, point, experiment, step }: Moment,
  { matrix, weight }: { matrix: keyof (typeof matrixSettings)['matrix']['options']; weight: number },
): MatrixAt {
  const field = scene.frozenField(experiment.seed, step);
  const fieldNorm = norm(field.at(point));
  const { size, split } = field;
  if (matrix === 'jacobian') {
    return { size, symmetric: false, fieldNorm, ...productsOf(field, point) };
  }
  if (matrix === 'consensus') {
    const forward = new Float64Array(size);
    const apply = (v: Vector, out: Vector) => {
      field.jvp(point, v, forward);
      field.vjp(point, forward, out);
      for (let i = 0; i < size; i++) out[i] = forward[i] + weight * out[i];
    };
    return { size, symmetric: false, fieldNorm, apply };
  }
  const whole = new Float64Array(size);
  const product = new Float64Array(size);
  const own = (vector: Vector) => half(vector, split, matrix as Player);
  const apply = (v: Vector, out: Vector) => {
    own(whole).set(v);
    field.jvp(point, whole, product);
    out.set(own(product));
  };
  return { size: own(whole).length, symmetric: true, fieldNorm, apply };
}
