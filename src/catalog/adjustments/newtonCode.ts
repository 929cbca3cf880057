/** How the Newton-like directions are computed: products with the Jacobian, and systems of it solved. */
import { gmres } from '../../math/krylov.ts';
import type { Look } from '../kinds.ts';

interface Chosen {
  readonly family: 'damped' | 'neumann' | 'krylov';
  readonly damping: number;
  readonly order: number;
  readonly iterations: number;
}

/** Writes p(J)F at `look.point` into `out`. */
export function adjustByNewton(
  { field, point, settings, scratch }: Pick<Look<Chosen>, 'field' | 'point' | 'settings' | 'scratch'>,
  out: Float64Array,
): void {
  const { family, damping, order } = settings;
  field.at(point, out);
  if (family === 'neumann') {
    const term = scratch(0);
    const next = scratch(1);
    term.set(out);
    for (let m = 1; m < order; m++) {
      field.jvp(point, term, next);
      for (let i = 0; i < out.length; i++) {
        term[i] = -damping * next[i];
        out[i] += term[i];
      }
    }
  } else if (family === 'damped') {
    const apply = (v: Float64Array, result: Float64Array) => {
      field.jvp(point, v, result);
      for (let i = 0; i < v.length; i++) result[i] = v[i] + damping * result[i];
    };
    out.set(gmres(apply, out, settings.iterations, 1e-10).x);
  } else {
    const apply = (v: Float64Array, result: Float64Array) => void field.jvp(point, v, result);
    out.set(gmres(apply, out, order, 1e-12).x);
  }
}
