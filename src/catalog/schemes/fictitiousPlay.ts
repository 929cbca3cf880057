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
  usesRules: false,
  needs: ['probabilities'],
  settings: group({}),
  init: (size) => ({ counts: new Float64Array(size), plays: 0 }),
  step({ point, field, scratch, split, memory }) {
    const { counts } = memory;
    // The start is the first play. Losses are linear in the other's strategy: counts serve as well as
    // shares, and whole numbers leave ties exact (the lowest action is then played).
    if (memory.plays === 0) counts.set(point);
    const losses = field().at(counts, scratch(0));
    const answer = scratch(1);
    for (const player of players) bestAnswer(half(losses, split, player), half(answer, split, player));
    memory.plays = Math.max(1, memory.plays) + 1;
    for (let i = 0; i < point.length; i++) {
      counts[i] += answer[i];
      point[i] = counts[i] / memory.plays;
    }
  },
});
