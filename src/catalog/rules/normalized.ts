/** Normalised descent: the direction of the gradient, the length of the rate. */
import { norm } from '../../math/vector.ts';
import { group, pick } from '../../settings/index.ts';
import { defineRule } from '../kinds.ts';
import { learningRate } from './learningRate.ts';

/** Keeps the division safe at a stationary point. */
const GUARD = 1e-12;

export const layerwise = pick({
  label: 'whose norm',
  summary: 'Of the player’s whole gradient, or of each layer’s (weights and bias together).',
  default: 'global',
  options: { global: 'one norm for the player', layerwise: 'one norm for each layer' },
});

/** Calls `visit(begin, end)` for the player as a whole or for each of its layers. */
export function blocksOf(
  size: number,
  layerEnds: readonly number[],
  whose: 'global' | 'layerwise',
  visit: (begin: number, end: number) => void,
): void {
  if (whose === 'global') {
    visit(0, size);
    return;
  }
  let begin = 0;
  for (const end of layerEnds) {
    visit(begin, end);
    begin = end;
  }
}

export const normalized = defineRule({
  name: 'normalized',
  label: 'Normalised SGD',
  summary:
    'Steps of exactly the rate’s length: both players move at the same pace. It does not stop a rotation.',
  source: 'Jelassi et al. 2022 (arXiv:2210.04319), nSGDA and l-nSGDA',
  formula: 'w ← w − η g / ‖g‖₂',
  linear: false,
  settings: group({ learningRate: learningRate(0.01), whose: layerwise }),
  init: () => ({}),
  update(gradient, _memory, { learningRate: rate, whose }, change, { layerEnds }) {
    blocksOf(gradient.length, layerEnds, whose, (begin, end) => {
      const factor = -rate / (norm(gradient.subarray(begin, end)) + GUARD);
      for (let i = begin; i < end; i++) change[i] = factor * gradient[i];
    });
  },
});
