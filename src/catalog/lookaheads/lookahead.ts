/** Lookahead: k steps forward, then part of the way back, for both players together. */
import { type Complex, power } from '../../math/complex.ts';
import { group, integer, number, pick } from '../../settings/index.ts';
import { defineWrapper } from '../kinds.ts';

export const interval = (standard: number) =>
  integer({
    label: 'steps k',
    summary: 'Between two goings back.',
    default: standard,
    min: 1,
    max: 100_000,
    scale: 'log',
  });
export const fraction = number({
  label: 'fraction α',
  summary: 'How much of the way forward is kept.',
  default: 0.5,
  min: 0,
  max: 1,
});
export const slowStart = pick({
  label: 'first slow point',
  summary: 'Where the slow point begins.',
  default: 'start',
  options: {
    start: 'where the run begins, as in the algorithm',
    firstSync: 'after the first k steps, as in the released code: the first going back does nothing',
  },
  live: false,
});

export const lookahead = defineWrapper({
  name: 'lookahead',
  label: 'Lookahead',
  summary:
    'Every k steps, goes back to part α of the way from the last slow point. Calms rotation for many k.',
  source: 'Chavdarova et al. 2021 (arXiv:2006.14567), algorithm 1; Zhang et al. 2019 (arXiv:1907.08610)',
  formula: 'every k steps:  w ← s + α (w − s);  s ← w',
  settings: group({ steps: interval(5), fraction, slowStart }),
  init: (point, settings) => ({ slow: point.slice(), hasSlow: settings.slowStart === 'start' ? 1 : 0 }),
  after({ point, memory, settings, step }) {
    if (step % settings.steps !== 0) return;
    const { slow } = memory;
    if (memory.hasSlow === 0) slow.set(point);
    else
      for (let i = 0; i < point.length; i++)
        point[i] = (1 - settings.fraction) * slow[i] + settings.fraction * point[i];
    slow.set(point);
    memory.hasSlow = 1;
  },
  period: ({ steps }) => steps,
  eigenvalue: (step, { steps, fraction }) => partOfTheWay(power(step, steps), fraction),
});

/** 1 - α + α μ: what is left of an eigenvalue when part of the way is gone back. */
export const partOfTheWay = ([re, im]: Complex, fraction: number): Complex => [
  1 - fraction + fraction * re,
  fraction * im,
];
