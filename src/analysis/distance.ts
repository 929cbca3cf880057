/** How far the point is from the nearest known equilibrium. */

import { group } from '../settings/index.ts';
import { nearestEquilibrium } from './equilibrium.ts';
import { defineProbe } from './probe.ts';

export const distance = defineProbe({
  name: 'distance',
  label: 'distance to equilibrium',
  summary: 'Euclidean distance from the point to the nearest known equilibrium.',
  cost: 'free',
  settings: group({}),
  fits: (scene) => scene.model.equilibria.length > 0,
  read({ scene, point }) {
    return nearestEquilibrium(scene, point)?.distance ?? Number.POSITIVE_INFINITY;
  },
});
