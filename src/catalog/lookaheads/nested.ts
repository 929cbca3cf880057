/** Nested lookahead: a second, slower point behind the slow one. */
import { power } from '../../math/complex.ts';
import { leastCommonMultiple } from '../../math/whole.ts';
import { group } from '../../settings/index.ts';
import { defineWrapper } from '../kinds.ts';
import { fraction, interval, partOfTheWay, slowStart } from './lookahead.ts';

export const nested = defineWrapper({
  name: 'nested',
  label: 'Nested lookahead',
  summary: 'A lookahead whose slow point is itself looked ahead of, with its own longer interval.',
  source: 'Chavdarova et al. 2021 (arXiv:2006.14567), section 4.1 (NLA)',
  formula: 'every k: w ← s + α (w − s), s ← w;  every K: w ← S + α (w − S), S ← w, s ← w',
  settings: group({
    steps: interval(5),
    slowSteps: { ...interval(50), label: 'steps K', summary: 'Between two goings back of the slower point.' },
    fraction,
    slowStart,
  }),
  init(point, settings) {
    const has = settings.slowStart === 'start' ? 1 : 0;
    return { slow: point.slice(), slower: point.slice(), hasSlow: has, hasSlower: has };
  },
  after({ point, memory, settings, step }) {
    const back = (from: Float64Array, known: number) => {
      if (known)
        for (let i = 0; i < point.length; i++)
          point[i] = (1 - settings.fraction) * from[i] + settings.fraction * point[i];
      from.set(point);
    };
    if (step % settings.steps === 0) {
      back(memory.slow, memory.hasSlow);
      memory.hasSlow = 1;
    }
    if (step % settings.slowSteps === 0) {
      back(memory.slower, memory.hasSlower);
      memory.hasSlower = 1;
      memory.slow.set(point);
    }
  },
  period: ({ steps, slowSteps }) => leastCommonMultiple(steps, slowSteps),
  eigenvalue(step, { steps, slowSteps, fraction }) {
    if (slowSteps % steps !== 0) return undefined;
    const inner = partOfTheWay(power(step, steps), fraction);
    return partOfTheWay(power(inner, slowSteps / steps), fraction);
  },
});
