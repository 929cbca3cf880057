/** Extragradient with a trial step that reuses the last field: one reading a step. */
import { polynomial, product, scaled, sum } from '../../math/polynomial.ts';
import { group } from '../../settings/index.ts';
import { defineScheme } from '../kinds.ts';

export const pastExtragradient = defineScheme({
  name: 'pastExtragradient',
  label: 'Extrapolation from the past',
  summary:
    'Tries the last change again to see where it leads: as stable as optimistic steps, one reading each.',
  source: 'Popov 1980; Gidel et al. 2019 (arXiv:1802.10551), equation 12',
  formula: 'w̃ₜ = wₜ − η F(w̃ₜ₋₁);  wₜ₊₁ = wₜ − η F(w̃ₜ)',
  settings: group({}),
  init: (size) => ({ last: new Float64Array(size) }),
  step({ point, field, change, move, scratch, memory }) {
    const trial = scratch(2);
    trial.set(point);
    move(trial, memory.last);
    memory.last.set(change(field().at(trial, scratch(0)), scratch(1)));
    move(point, memory.last);
  },
  // Seen from the trial points, an optimistic step (Gidel et al. 2019).
  characteristic: ({ pull, n, d }) =>
    sum(product(polynomial(0, -1, 1), d), scaled(pull, product(polynomial(-1, 2), n))),
});
