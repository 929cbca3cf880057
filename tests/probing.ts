/** The spectrum of a step, read off from the update itself: what closed forms of linear methods are held to. */
import { expect } from 'vitest';
import { finish } from '../src/analysis/probe.ts';
import { readUpdateAt, spectrumOf, type UpdateMap } from '../src/analysis/updateMap.ts';
import { reference } from '../src/compute/reference/reference.ts';
import { openSession } from '../src/engine/session.ts';
import { experimentOf } from './catalog/given.ts';

type Differences = Readonly<Record<string, unknown>>;

/** The map of one step, or of `steps` together, at the origin of a game that has its equilibrium there. */
export function updateMatrix(differences: Differences, steps = 1): UpdateMap {
  const experiment = experimentOf(differences);
  const session = openSession(experiment, reference);
  const origin = new Float64Array(session.scene.size);
  return finish(readUpdateAt(session.soFar(), experiment, origin, steps));
}

/** The eigenvalue of one step with the largest modulus (that of a pair with a positive imaginary part). */
export function leading(differences: Differences, steps = 1): { radius: number; angle: number } {
  const { re, im, radius, converged } = spectrumOf(updateMatrix(differences, steps));
  expect(converged).toBe(true);
  const angles = [...re].flatMap((value, i) =>
    Math.hypot(value, im[i]) >= radius ? [Math.abs(Math.atan2(im[i], value))] : [],
  );
  return { radius, angle: angles[0] };
}

export const radius = (differences: Differences, steps = 1) => leading(differences, steps).radius;
