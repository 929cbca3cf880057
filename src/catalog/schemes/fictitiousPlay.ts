/** Each player answers the average of all that the other has played. */
import { half, players } from '../../math/field.ts';
import { group } from '../../settings/index.ts';
import { defineScheme } from '../kinds.ts';
import { bestAnswer } from './bestResponse.ts';

export const fictitiousPlay = defineScheme({
  name: 'fictitiousPlay',
  label: 'Fictitious play',
  summary:
    'For matrix games in probabilities: the point is the average so far, and converges in zero-sum games.',
  source: 'Brown 1951; convergence: Robinson 1951',
  formula: 'p̄ ← (t p̄ + best answer to q̄) / (t + 1), and likewise q̄',
  settings: group({}),
  init: () => ({ plays: 1 }),
  step({ point, field, scratch, split, memory }) {
    const losses = field().at(point, scratch(0));
    const answer = scratch(1);
    for (const player of players) bestAnswer(half(losses, split, player), half(answer, split, player));
    const share = 1 / (memory.plays + 1);
    for (let i = 0; i < point.length; i++) point[i] += share * (answer[i] - point[i]);
    memory.plays += 1;
  },
});
