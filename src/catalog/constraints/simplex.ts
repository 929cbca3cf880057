/** Keeps each player's parameters a probability distribution. */
import { half, type Player, players } from '../../math/field.ts';
import type { Vector } from '../../math/vector.ts';
import { group } from '../../settings/index.ts';
import { defineConstraint } from '../kinds.ts';

export const simplex = defineConstraint({
  name: 'simplex',
  label: 'Simplex',
  summary: 'Each player’s parameters are moved to the nearest probability distribution.',
  source: 'Duchi et al. 2008, algorithm 1',
  formula: 'p ← argmin ‖p − q‖ over q ≥ 0, Σ q = 1',
  needs: ['probabilities'],
  settings: group({}),
  project(point, split, _settings, player) {
    for (const each of player ? [player] : players) onto(half(point, split, each as Player));
  },
});

/** The nearest point of the probability simplex, in place. */
function onto(values: Vector): void {
  const sorted = values.slice().sort().reverse();
  let sum = 0;
  let shift = 0;
  for (let i = 0; i < sorted.length; i++) {
    sum += sorted[i];
    const candidate = (sum - 1) / (i + 1);
    if (sorted[i] > candidate) shift = candidate;
  }
  for (let i = 0; i < values.length; i++) values[i] = Math.max(0, values[i] - shift);
}
