/** Each player answers the other's last strategy with the best single action. */
import { half, players } from '../../math/field.ts';
import type { Vector } from '../../math/vector.ts';
import { group } from '../../settings/index.ts';
import { defineScheme } from '../kinds.ts';

/** The action with the lowest loss (the lowest index among equals), as a strategy. */
export function bestAnswer(losses: Vector, out: Vector): void {
  let best = 0;
  for (let i = 1; i < losses.length; i++) if (losses[i] < losses[best]) best = i;
  out.fill(0);
  out[best] = 1;
}

export const bestResponse = defineScheme({
  name: 'bestResponse',
  label: 'Best response',
  summary:
    'For matrix games in probabilities: each plays the best action against the other’s last. It cycles for ever.',
  source: 'Cournot 1838; von Neumann & Morgenstern 1944',
  formula: 'p ← argmax p′M q,  q ← argmin p′M q',
  usesRules: false,
  needs: ['probabilities'],
  settings: group({}),
  init: () => ({}),
  step({ point, field, scratch, split }) {
    const losses = field().at(point, scratch(0));
    for (const player of players) bestAnswer(half(losses, split, player), half(point, split, player));
  },
});
