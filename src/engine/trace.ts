/** What a run leaves behind step by step: its losses over time, and the path of a small point. */
import type { Vector } from '../math/vector.ts';

/** How many steps an octave of the run's length is drawn with: full detail at first, thinner and thinner. */
const PER_OCTAVE = 1024;
/** The longest piece of path that is kept for the next frame; also its most steps. */
const PATH_LENGTH = 4096;

/** Series over steps: what was met in the step that begins there. */
export interface Series {
  readonly step: Float64Array;
  readonly generator: Float64Array;
  readonly discriminator: Float64Array;
}

/** Every how many steps something is recorded around `step`: depends on nothing else, so replays agree. */
export function strideAt(step: number): number {
  let stride = 1;
  for (let length = step / (2 * PER_OCTAVE); length >= 1; length /= 2) stride *= 2;
  return stride;
}

export interface Trace {
  /** Notes the losses met in the step that began at `step`, and the point (if small) after it. */
  note(step: number, losses: Float64Array, point: Vector): void;
  /** What came since the last call: losses, and the newest points (the first one too), [count, size]. */
  take(): { losses: Series; path: Float64Array };
}

/** A trace of a run that begins at the point `first`; paths are kept for points of at most 2 entries. */
export function openTrace(first: Vector): Trace {
  const size = first.length;
  const keepsPath = size <= 2;
  let steps: number[] = [];
  let generator: number[] = [];
  let discriminator: number[] = [];
  const ring = new Float64Array(keepsPath ? PATH_LENGTH * size : 0);
  let noted = 0;
  let taken = 0;

  function pass(point: Vector): void {
    if (!keepsPath) return;
    const at = (noted++ % PATH_LENGTH) * size;
    for (let i = 0; i < size; i++) ring[at + i] = point[i];
  }
  pass(first);

  return {
    note(step, losses, point) {
      if (step % strideAt(step) === 0) {
        steps.push(step);
        generator.push(losses[0]);
        discriminator.push(losses[1]);
      }
      pass(point);
    },
    take() {
      const losses = {
        step: Float64Array.from(steps),
        generator: Float64Array.from(generator),
        discriminator: Float64Array.from(discriminator),
      };
      steps = [];
      generator = [];
      discriminator = [];
      const from = Math.max(taken, noted - PATH_LENGTH);
      const path = new Float64Array((noted - from) * size);
      for (let k = from; k < noted; k++) {
        for (let i = 0; i < size; i++) path[(k - from) * size + i] = ring[(k % PATH_LENGTH) * size + i];
      }
      taken = noted;
      return { losses, path };
    },
  };
}
