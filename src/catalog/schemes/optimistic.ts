/** A step that is corrected by what was wrong with the last one. */
import { group, pick } from '../../settings/index.ts';
import { defineScheme } from '../kinds.ts';

export const optimistic = defineScheme({
  name: 'optimistic',
  label: 'Optimistic',
  summary:
    'Twice this step minus the last: converges on rotations while η·|λ| < 1/√3, for a single gradient a step.',
  source: 'Popov 1980; Daskalakis et al. 2018 (arXiv:1711.00141), equation 5; with Adam: its algorithm 1',
  formula: 'w ← w − 2η F(wₜ) + η F(wₜ₋₁)',
  settings: group({
    first: pick({
      label: 'first step',
      summary: 'What stands in for the step before the first.',
      default: 'same',
      options: {
        same: 'the first step itself, so that it is a plain one',
        zero: 'nothing, so that the first step has twice the length',
      },
      live: false,
    }),
  }),
  init: (size) => ({ last: new Float64Array(size), steps: 0 }),
  step({ point, field, change, scratch, memory, settings }) {
    const { last } = memory;
    const now = change(field().at(point, scratch(0)), scratch(1));
    if (memory.steps === 0 && settings.first === 'same') last.set(now);
    for (let i = 0; i < point.length; i++) point[i] += 2 * now[i] - last[i];
    last.set(now);
    memory.steps = 1;
  },
});
