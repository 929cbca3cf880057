/** One player's step: the other one stands still, and remembers what it remembered. */

import type { Turn } from '../catalog/kinds.ts';
import { half, type Player, players } from '../math/field.ts';
import { cloneMemory, copyMemory, type Memory } from '../math/memory.ts';
import type { State } from './step.ts';

/** The player on the other side. */
export const otherOf = (player: Player): Player => players[player === players[0] ? 1 : 0];

/** A turn in which one player alone changes and moves: the other one's rule is not asked. */
export function onlyFor(mover: Player, turn: Turn, split: number): Pick<Turn, 'change' | 'move'> {
  const { change, move } = turn;
  const still = otherOf(mover);
  return {
    change(gradient, out, player, memories) {
      if (player !== still) change(gradient, out, mover, memories);
      if (player !== mover) half(out, split, still).fill(0);
      return out;
    },
    move(point, step, scale, player) {
      if (player !== still) move(point, step, scale, mover);
    },
  };
}

/**
 * Undoes what a step has done, until it is called, to the player who stands still: to its half of the point, to
 * its rule's memory, and to its half of what scheme, adjustment and lookahead remember. Numbers that they count
 * with, and vectors that are not as long as the point, belong to both and go on; so does the average, of points
 * at which one player stood still.
 */
export function holdStill(state: State, split: number, still: Player): () => void {
  const size = state.point.length;
  const point = state.point.slice();
  const shared = ['scheme', 'adjustment', 'lookahead'] as const;
  const before = cloneMemory(state.memory);

  function restore(now: Memory, was: Memory): void {
    for (const name of Object.keys(now)) {
      const [value, old] = [now[name], was[name]];
      if (typeof value === 'number') continue;
      if (value instanceof Float64Array) {
        if (value.length === size) half(value, split, still).set(half(old as Float64Array, split, still));
      } else if (name === still) copyMemory(old as Memory, value);
      else if (name !== otherOf(still)) restore(value, old as Memory);
    }
  }

  return () => {
    half(state.point, split, still).set(half(point, split, still));
    copyMemory(before[still], state.memory[still]);
    for (const part of shared) restore(state.memory[part], before[part]);
  };
}
