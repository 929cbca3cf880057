/** How consensus optimization bends the field, and how γ is found. */
import { elementary } from '../../expr/index.ts';
import { half } from '../../math/field.ts';
import { ritzValues } from '../../math/krylov.ts';
import { dot, type Vector } from '../../math/vector.ts';
import type { Look } from '../kinds.ts';

interface Chosen {
  readonly control:
    | { readonly kind: 'fixed'; readonly weight: number }
    | { readonly kind: 'dual'; readonly target: number; readonly gain: number; readonly most: number }
    | { readonly kind: 'multiplier'; readonly weight: number; readonly gain: number }
    | {
        readonly kind: 'spectrum';
        readonly target: number;
        readonly gain: number;
        readonly every: number;
        readonly dimensions: number;
        readonly most: number;
      };
  readonly variant: 'full' | 'discriminator' | 'smoothing' | 'generator' | 'twoBatches';
}
type Memory = { weight: number; wait: Float64Array; multiplier: Float64Array };

/** One look changes γ by at most a factor of e: a pure rotation has an infinite ratio. */
const LARGEST_EXPONENT = 1;

/** Writes F + γ J'F, or what a variant makes of it, at `look.point` into `out`. */
export function adjustByConsensus(look: Look<Chosen, Memory>, out: Vector): void {
  const { field, point, memory, settings, split, scratch } = look;
  const { control, variant } = settings;
  const product = scratch(0);
  if (control.kind === 'multiplier') {
    // w descends F + J'(y + γ F); y follows F.
    field.at(point, out);
    const along = scratch(1);
    for (let i = 0; i < out.length; i++) {
      along[i] = memory.multiplier[i] + control.weight * out[i];
      memory.multiplier[i] += control.gain * out[i];
    }
    field.vjp(point, along, product);
    for (let i = 0; i < out.length; i++) out[i] += product[i];
    return;
  }
  if (variant === 'twoBatches') {
    // The gradient of F1·F2 / 2 is (J1'F2 + J2'F1) / 2.
    const second = look.other();
    const other = scratch(1);
    const more = scratch(2);
    field.at(point, out);
    second.at(point, other);
    field.vjp(point, other, product);
    second.vjp(point, out, more);
    for (let i = 0; i < out.length; i++) product[i] = 0.5 * (product[i] + more[i]);
  } else if (variant === 'smoothing') {
    field.at(point, out);
    const generatorOnly = scratch(1);
    generatorOnly.fill(0);
    generatorOnly.set(half(out, split, 'generator'));
    field.vjp(point, generatorOnly, product);
  } else field.withTransposed(point, out, product);

  let gamma: number;
  // Two batches also tell ½‖F‖² without the bias of their noise.
  if (control.kind === 'dual') {
    // This reading is bent by γ as it is; the next by what this one says.
    gamma = memory.weight;
    const excess = 0.5 * dot(out, variant === 'twoBatches' ? scratch(1) : out) - control.target;
    memory.weight = Math.min(control.most, Math.max(0, gamma + control.gain * excess));
  } else if (control.kind === 'spectrum') {
    if (memory.wait[0] <= 0) {
      memory.wait[0] = control.every;
      const ratio = steepest(look, memory.weight, control.dimensions);
      const exponent = Math.max(
        -LARGEST_EXPONENT,
        Math.min(LARGEST_EXPONENT, control.gain * (ratio - control.target)),
      );
      memory.weight = Math.min(control.most, memory.weight * elementary.exp(exponent));
    }
    memory.wait[0] -= 1;
    gamma = memory.weight;
  } else gamma = control.weight;
  const begin = variant === 'discriminator' || variant === 'smoothing' ? split : 0;
  const end = variant === 'generator' ? split : out.length;
  for (let i = begin; i < end; i++) out[i] += gamma * product[i];
}

/** The largest |Im / Re| among the Ritz values of J + γ J'J, the penalised field's Jacobian near equilibrium. */
function steepest(
  { field, point, streams, scratch }: Pick<Look, 'field' | 'point' | 'streams' | 'scratch'>,
  gamma: number,
  dimensions: number,
): number {
  const backward = scratch(3);
  const apply = (v: Vector, out: Vector) => {
    field.jvp(point, v, out);
    field.vjp(point, out, backward);
    for (let i = 0; i < out.length; i++) out[i] += gamma * backward[i];
  };
  const { re, im } = ritzValues(apply, streams('spectrum').normals(scratch(4)), dimensions);
  let largest = 0;
  for (let i = 0; i < re.length; i++) if (im[i] !== 0) largest = Math.max(largest, Math.abs(im[i] / re[i]));
  return largest;
}
