/** A run at one step, as plain data: to go back to, to send, to branch from. */
import type { Experiment } from '../catalog/experiment.ts';
import { cloneMemory } from '../math/memory.ts';
import type { State } from './step.ts';

export interface Checkpoint {
  readonly experiment: Experiment;
  readonly state: State;
}

/** A copy of a state that shares no storage with it. */
export function copyState(state: State): State {
  return {
    ...state,
    point: state.point.slice(),
    memory: cloneMemory(state.memory),
  };
}
