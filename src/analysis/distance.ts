/** How far the point is from the nearest known equilibrium. */
import { group } from '../settings/index.ts';
import { defineProbe } from './probe.ts';

export const distance = defineProbe({
  name: 'distance',
  label: 'distance to equilibrium',
  summary: 'Euclidean distance from the point to the nearest known equilibrium.',
  cost: 'free',
  settings: group({}),
  fits: (scene) => scene.model.equilibria.length > 0,
  read({ scene, point }) {
    let nearest = Number.POSITIVE_INFINITY;
    for (const equilibrium of scene.model.equilibria) {
      let sum = 0;
      for (let i = 0; i < point.length; i++) sum += (point[i] - equilibrium.point[i]) ** 2;
      nearest = Math.min(nearest, Math.sqrt(sum));
    }
    return nearest;
  },
});
