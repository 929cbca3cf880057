/** The matrix of a step, read off from the update itself: what closed forms of linear methods are held to. */
import { expect } from 'vitest';
import { firstState, type State, stepper } from '../src/engine/step.ts';
import { eigenvalues } from '../src/math/eigenvalues.ts';
import { cloneMemory, type Memory, packMemory, unpackMemory } from '../src/math/memory.ts';
import { norm } from '../src/math/vector.ts';
import { experimentOf, sceneOf } from './catalog/given.ts';

type Differences = Readonly<Record<string, unknown>>;

/**
 * The matrix of one step (or of `steps` together) on the whole state, point and memories, read off with unit
 * vectors after as many steps, which set the flags of a beginning. On a linear game it is the step.
 */
export function updateMatrix(differences: Differences, steps = 1): { matrix: Float64Array; size: number } {
  const experiment = experimentOf(differences);
  const scene = sceneOf(experiment);
  const { advance } = stepper(scene);
  const take = (state: State) => {
    for (let step = 0; step < steps; step++) advance(state, experiment);
  };
  const warm = firstState(scene, experiment);
  take(warm);
  const tree = (state: State): Memory => ({ point: state.point, memory: state.memory });
  const after = (packed: Float64Array) => {
    const state = cloneMemory(warm as unknown as Memory) as unknown as State;
    unpackMemory(tree(state), packed);
    take(state);
    return packMemory(tree(state));
  };
  const size = packMemory(tree(warm)).length;
  expect(norm(after(new Float64Array(size)))).toBe(0);
  const matrix = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const unit = new Float64Array(size);
    unit[j] = 1;
    const column = after(unit);
    for (let i = 0; i < size; i++) matrix[i * size + j] = column[i];
  }
  return { matrix, size };
}

/** The eigenvalue of one step with the largest modulus (that of a pair with a positive imaginary part). */
export function leading(differences: Differences, steps = 1): { radius: number; angle: number } {
  const { matrix, size } = updateMatrix(differences, steps);
  const { re, im, converged } = eigenvalues(matrix, size);
  expect(converged).toBe(true);
  let best = 0;
  for (let i = 1; i < size; i++) if (Math.hypot(re[i], im[i]) > Math.hypot(re[best], im[best])) best = i;
  return { radius: Math.hypot(re[best], im[best]), angle: Math.abs(Math.atan2(im[best], re[best])) };
}

export const radius = (differences: Differences, steps = 1) => leading(differences, steps).radius;
