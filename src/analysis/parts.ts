/** A field taken apart: what moves the players together, what turns them, and what pulls them to rest. */
import type { Field } from '../math/field.ts';
import type { Vector } from '../math/vector.ts';
import type { partSetting } from './choices.ts';

/**
 * Reads a part of a field at a point; motion goes against it. The vector is the reader's own until the next call.
 *
 * With J the field's Jacobian, S = (J + J')/2 and A = (J - J')/2: S F = (J F + J'F)/2, A F = (J F - J'F)/2.
 * -J'F is the descent of ||F||²/2, and -(F + gamma J'F) is consensus optimization (Mescheder et al. 2017,
 * arXiv:1705.10461, section 4; drawn as in its figures). Along the flow, F changes by -J F = -S F - A F.
 */
export function partsOf(
  field: Field,
  part: keyof (typeof partSetting)['part']['options'],
  gamma: number,
): (at: Vector) => Vector {
  const f = new Float64Array(field.size);
  const back = new Float64Array(field.size);
  const forth = new Float64Array(field.size);
  const sign = part === 'conservative' ? 1 : -1;
  return (at) => {
    if (part === 'field') return field.at(at, f);
    field.withTransposed(at, f, back);
    if (part === 'transposed') return back;
    if (part === 'mixture') {
      for (let i = 0; i < f.length; i++) f[i] += gamma * back[i];
      return f;
    }
    field.jvp(at, f, forth);
    for (let i = 0; i < f.length; i++) forth[i] = 0.5 * (forth[i] + sign * back[i]);
    return forth;
  };
}
