/** A run at one step, as plain data: to go back to, to send, to branch from. */
import type { Past } from '../catalog/course.ts';
import type { Experiment } from '../catalog/experiment.ts';
import type { Scene } from '../catalog/scene.ts';
import { cloneMemory, copier, copyMemory, type Memory } from '../math/memory.ts';
import { firstState, type State } from './step.ts';

export interface Checkpoint {
  readonly experiment: Experiment;
  readonly state: State;
  /** Seconds spent in steps until then; not known in files that older pages wrote. */
  readonly seconds?: number;
  /** What was done until then, for whoever knows it: going on asks for nothing of it. */
  readonly past?: Past;
}

// A state is itself a tree of numbers and vectors.
const asMemory = (state: State) => state as unknown as Memory;

/** A copy of a state that shares no storage with it. */
export function copyState(state: State): State {
  return cloneMemory(asMemory(state)) as unknown as State;
}

/** Overwrites a state with another of the same experiment, without new storage. */
export function overwriteState(into: State, from: State): void {
  copyMemory(asMemory(from), asMemory(into));
}

/** `overwriteState`, prepared once for these two; good until either is given other vectors or memories. */
export const stateCopier = (into: State, from: State): (() => void) => copier(asMemory(from), asMemory(into));

/** A copy of a checkpoint's state. Throws an Error that says what does not fit its experiment. */
export function fittedState({ experiment, state }: Checkpoint, scene: Scene): State {
  const fitted = firstState(scene, experiment);
  try {
    overwriteState(fitted, state);
  } catch (error) {
    throw new Error(`This checkpoint does not fit its experiment: ${(error as Error).message}`);
  }
  return fitted;
}
