/** Competitive gradient descent: the Nash point of a local bilinear game. */
import { divide, times } from '../../math/complex.ts';
import { polynomial, product, scaled, sum } from '../../math/polynomial.ts';
import { group, integer, number, toggle } from '../../settings/index.ts';
import { defineScheme } from '../kinds.ts';
import { late } from '../late.ts';

export const competitive = defineScheme({
  name: 'competitive',
  label: 'Competitive',
  summary:
    'Each player moves to its part of the Nash point of the local bilinear game: stable on rotations at every rate. Two products with the Jacobian for each iteration of its solver.',
  source:
    'Schäfer & Anandkumar 2019 (arXiv:1905.12103), equation 4 and algorithm 1; linear form: LCGD of its section 2',
  formula: 'Δθ = −(1/η_θ − D_θφ η_φ D_φθ)⁻¹ (g_θ − D_θφ η_φ g_φ), and likewise Δφ',
  isLate: true,
  settings: group({
    linear: toggle({
      label: 'linear form',
      summary: 'Leave the inverse out (LCGD): g_θ − η D_θφ g_φ.',
      default: false,
    }),
    iterations: integer({
      label: 'most iterations',
      summary: 'Of the solver.',
      default: 30,
      min: 1,
      max: 200,
    }),
    tolerance: number({
      label: 'tolerance',
      summary: 'Relative residual at which the solver stops.',
      default: 1e-6,
      min: 1e-14,
      max: 0.1,
      scale: 'log',
    }),
  }),
  init: () => ({}),
  step: (turn) => late().stepCompetitively(turn),
  // A plain step along the turned field: B = -i a is the part of the game that is the other player's.
  normalOnly: true,
  characteristic({ pull, game: [, a], n, d }, { linear }) {
    const turned = linear ? times(pull, [1, -a]) : divide(pull, [1, a]);
    return sum(product(polynomial(-1, 1), d), scaled(turned, n));
  },
});
