/** Symplectic gradient adjustment: adds the field turned by its own rotational part. */
import { times } from '../../math/complex.ts';
import { dot } from '../../math/vector.ts';
import { group, number, toggle } from '../../settings/index.ts';
import { defineAdjustment } from '../kinds.ts';

/** Keeps the sign of a pure rotation positive (section 4 of the paper). */
const ALIGNMENT_EPSILON = 0.1;

export const sga = defineAdjustment({
  name: 'sga',
  label: 'Symplectic adjustment',
  summary:
    'Adds λ A′F, A the antisymmetric part of the Jacobian: brakes rotation, leaves pure descent alone.',
  source: 'Balduzzi et al. 2018 (arXiv:1802.05642), algorithm 1 and the alignment rule of its section 4',
  formula: 'F + λ A′F,  A = (J − J′) / 2',
  settings: group({
    weight: number({
      label: 'weight λ',
      summary: 'How strongly the rotation is braked.',
      default: 1,
      min: 0,
      max: 100,
      scale: 'log',
      zero: true,
    }),
    align: toggle({
      label: 'align the sign',
      summary: 'Choose the sign of λ so that stable points attract and unstable ones repel.',
      default: true,
    }),
  }),
  // (I + lambda A') J with A = i Im; near an equilibrium the aligned sign is +, as F is then small beside epsilon.
  normalOnly: true,
  eigenvalue: ([re, im], { weight }) => times([re, im], [1, -weight * im]),
  init: () => ({}),
  at({ field, point, settings, scratch }, out) {
    const transposed = scratch(0);
    const forward = scratch(1);
    field.withTransposed(point, out, transposed); // J'F is the gradient of H = ||F||^2 / 2
    field.jvp(point, out, forward);
    for (let i = 0; i < out.length; i++) forward[i] = 0.5 * (transposed[i] - forward[i]); // A'F
    let weight = settings.weight;
    if (settings.align) {
      const alignment = (dot(out, transposed) * dot(forward, transposed)) / out.length + ALIGNMENT_EPSILON;
      if (alignment < 0) weight = -weight;
    }
    for (let i = 0; i < out.length; i++) out[i] += weight * forward[i];
  },
});
