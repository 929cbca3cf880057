/** Both players read the field at the same point and move at once. */
import { polynomial, product, scaled, sum } from '../../math/polynomial.ts';
import { group } from '../../settings/index.ts';
import { defineScheme } from '../kinds.ts';

export const simultaneous = defineScheme({
  name: 'simultaneous',
  label: 'Simultaneous',
  summary:
    'Both players step at once from the same point. On a rotation this spirals outwards at every rate.',
  source: 'simultaneous gradient descent-ascent; Mescheder et al. 2017 (arXiv:1705.10461), algorithm 1',
  formula: 'w ← w − η F(w)',
  settings: group({}),
  init: () => ({}),
  step({ point, field, change, move, scratch }) {
    move(point, change(field().at(point, scratch(0)), scratch(1)));
  },
  // (z - 1) w = -eta lambda h w with the rule h = n / d: z = 1 - eta lambda for plain descent (Mescheder et al. 2017,
  // lemma 4), z^2 - (1 + beta - eta lambda) z + beta for the heavy ball.
  characteristic: ({ pull, n, d }) => sum(product(polynomial(-1, 1), d), scaled(pull, n)),
});
