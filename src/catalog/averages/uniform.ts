/** The plain mean of all points passed, with restarts from it if wanted. */
import { group, number } from '../../settings/index.ts';
import { defineWrapper } from '../kinds.ts';

export const uniform = defineWrapper({
  name: 'uniform',
  label: 'Uniform average',
  summary: 'The mean of all points so far: on a rotation it converges like 1/t, though the run circles.',
  source:
    'Bruck 1977; Polyak & Juditsky 1992; restarts: Chavdarova et al. 2019 (arXiv:1904.08598), section 4',
  formula: 'w̄ ← (t w̄ + w) / (t + 1)',
  settings: group({
    restart: number({
      label: 'restart probability',
      summary: 'In each step: go to the average and begin a new one.',
      default: 0,
      min: 0,
      max: 1,
      scale: 'log',
      zero: true,
    }),
  }),
  init: (point) => ({ average: point.slice(), points: 1 }),
  after({ point, memory, settings, chance }) {
    const { average } = memory;
    const share = 1 / (memory.points + 1);
    for (let i = 0; i < point.length; i++) average[i] += share * (point[i] - average[i]);
    memory.points += 1;
    if (settings.restart > 0 && chance(0) < settings.restart) {
      point.set(average);
      memory.points = 1;
    }
  },
  judged: ({ average }) => average,
});
