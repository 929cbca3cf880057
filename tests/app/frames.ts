/** Frames of a run that nobody computed. */
import type { Frame } from '../../src/worker/protocol.ts';

/** One step after another, of a plane; with `more`, other than that. */
export const frameAt = (step: number, more: Partial<Frame> = {}): Frame => {
  const steps = Float64Array.of(step - 1);
  return {
    run: 0,
    step,
    begin: 0,
    furthest: step,
    forks: 0,
    alone: [],
    evaluations: step,
    products: 0,
    working: {},
    seconds: 0,
    outcome: { kind: 'running' },
    device: 'reference',
    losses: { step: steps, generator: steps, discriminator: steps },
    path: Float64Array.of(step, step),
    readings: {},
    ...more,
  };
};
