/** The proximal point method: an implicit step, the field read where the step ends. */
import { divide } from '../../math/complex.ts';
import { polynomial, product, scaled, sum } from '../../math/polynomial.ts';
import { group, integer, number } from '../../settings/index.ts';
import { defineScheme } from '../kinds.ts';
import { late } from '../late.ts';

export const proximal = defineScheme({
  name: 'proximal',
  label: 'Proximal point',
  summary:
    'Steps by the field at the end of the step: stable wherever the flow is, at every rate. The yardstick.',
  source: 'Martinet 1970; Rockafellar 1976; for games: Mokhtari et al. 2020 (arXiv:1901.08511)',
  formula: 'w⁺ = w − η F(w⁺)',
  isLate: true,
  settings: group({
    newtonSteps: integer({
      label: 'Newton steps',
      summary: 'Most of them, to find the end of the step. One is exact on a linear game.',
      default: 5,
      min: 1,
      max: 50,
    }),
    iterations: integer({
      label: 'most iterations',
      summary: 'Of each Newton step’s solver.',
      default: 30,
      min: 1,
      max: 200,
    }),
    tolerance: number({
      label: 'tolerance',
      summary: 'Relative size of what is left of the equation.',
      default: 1e-10,
      min: 1e-14,
      max: 0.1,
      scale: 'log',
    }),
  }),
  init: () => ({}),
  step: (turn) => late().stepProximally(turn),
  // A plain step along lambda / (1 + eta lambda): z = 1 / (1 + eta lambda) for plain descent.
  characteristic({ pull, game, n, d }) {
    // Newton's method is given products with the game's own Jacobian: on a bent field it only comes close.
    if (pull !== game) return undefined;
    return sum(product(polynomial(-1, 1), d), scaled(divide(pull, [1 + pull[0], pull[1]]), n));
  },
});
