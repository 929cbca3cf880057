/** Both players read the field at the same point and move at once. */
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
});
