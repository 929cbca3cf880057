/** A step that is corrected by what was wrong with the last one. */
import { polynomial, product, scaled, sum } from '../../math/polynomial.ts';
import { group, pick } from '../../settings/index.ts';
import { defineScheme } from '../kinds.ts';

export const optimistic = defineScheme({
  name: 'optimistic',
  label: 'Optimistic',
  summary:
    'Twice this step minus the last: converges on rotations while η·|λ| < 1/√3, for a single gradient a step.',
  source:
    'Popov 1980; Daskalakis et al. 2018 (arXiv:1711.00141), equation 5; with Adam: its algorithm 1; lag 2: its released code',
  formula: 'w ← w − 2η F(wₜ) + η F(wₜ₋₁)',
  settings: group({
    first: pick({
      label: 'first step',
      summary: 'What stands in for the step before the first.',
      default: 'same',
      options: {
        same: 'the first step itself, so that it is a plain one',
        zero: 'nothing, so that the first step has twice the length',
        twice: 'the first point again: the first step does not move',
      },
      live: false,
    }),
    lag: pick({
      label: 'which last step',
      summary:
        'The released code of the paper subtracts the one before the last: another, less stable method.',
      default: 'one',
      options: { one: 'the last one', two: 'the one before the last' },
      live: false,
    }),
  }),
  init: (size) => ({ last: new Float64Array(size), beforeLast: new Float64Array(size), steps: 0 }),
  step({ point, field, change, move, scratch, memory, settings }) {
    const { last, beforeLast } = memory;
    const now = change(field().at(point, scratch(0)), scratch(1));
    const isFirst = memory.steps === 0;
    memory.steps = 1;
    if (isFirst && settings.first !== 'zero') {
      last.set(now);
      beforeLast.set(now);
      if (settings.first === 'twice') return;
    }
    const subtracted = settings.lag === 'two' ? beforeLast : last;
    const total = scratch(2);
    for (let i = 0; i < point.length; i++) total[i] = 2 * now[i] - subtracted[i];
    move(point, total);
    beforeLast.set(last);
    last.set(now);
  },
  // (z - 1) w = -eta lambda h (2 - z^-lag) w: z^2 - (1 - 2 eta lambda) z - eta lambda for plain descent.
  characteristic({ pull, n, d }, { lag }) {
    const back = lag === 'two' ? polynomial(0, 0, 1) : polynomial(0, 1);
    const twice = lag === 'two' ? polynomial(-1, 0, 2) : polynomial(-1, 2);
    return sum(product(back, polynomial(-1, 1), d), scaled(pull, product(twice, n)));
  },
});
