/** An exponential moving average of the points passed. */
import { group, number, toggle } from '../../settings/index.ts';
import { defineWrapper } from '../kinds.ts';

export const ema = defineWrapper({
  name: 'ema',
  label: 'Moving average',
  summary: 'Forgets old points at a fixed rate. The run itself is not touched; pictures show the average.',
  source: 'Yazıcı et al. 2019 (arXiv:1806.04498), equation 1',
  formula: 'w̄ ← β w̄ + (1 − β) w',
  settings: group({
    decay: number({
      label: 'decay β',
      summary: 'The share of the old average that is kept.',
      default: 0.999,
      min: 0,
      max: 0.99999,
    }),
    warmUp: toggle({
      label: 'warm up',
      summary: 'Begin with a small β: min(β, (1 + t) / (10 + t)).',
      default: false,
    }),
  }),
  init: (point) => ({ average: point.slice(), steps: 0 }),
  after({ point, memory, settings }) {
    memory.steps += 1;
    const soft = (1 + memory.steps) / (10 + memory.steps);
    const beta = settings.warmUp ? Math.min(settings.decay, soft) : settings.decay;
    const { average } = memory;
    for (let i = 0; i < point.length; i++) average[i] = beta * average[i] + (1 - beta) * point[i];
  },
  judged: ({ average }) => average,
});
