/** Both players' mixed strategies in a matrix game of three actions. */
import type { SimplexPicture } from '../catalog/kinds.ts';
import { group } from '../settings/index.ts';
import { defineProbe } from './probe.ts';

export const strategies = defineProbe({
  name: 'strategies',
  label: 'strategies',
  summary: 'The probabilities with which each player plays each action.',
  cost: 'free',
  settings: group({}),
  fits: (scene) => scene.model.picture.kind === 'simplex',
  read({ scene, point }) {
    const picture = scene.model.picture as SimplexPicture;
    const program = scene.program('strategies', () => ({ strategies: picture.strategies }));
    const both = program.run(point).strategies;
    return { first: both.slice(0, 3), second: both.slice(3, 6) };
  },
});
