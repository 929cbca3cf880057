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

/** How many of the newest steps' losses are kept for whoever reads a run's past. */
const RECENT = 4096;
/** Kept points are thinned when there are this many. */
const MOST_POINTS = 16;

export interface Trace {
  /**
   * Notes the losses met in the step that began at `step`, and the point (if small) after it. A step that is
   * taken `again`, on the way to a step of the past, adds nothing to the losses that are to be taken.
   */
  note(step: number, losses: Float64Array, point: Vector, again?: boolean): void;
  /** What came since the last call: losses, and the newest points (the first one too), [count, size]. */
  take(): { losses: Series; path: Float64Array };
  /** Losses met in the newest steps, at most 4096, the oldest first; `from` is the step of the first. */
  recent(): { from: number; generator: Float64Array; discriminator: Float64Array };
  /**
   * Points that the run passed, evenly over its length: at most 16, the first one among them. Which ones, its
   * length alone decides. They are the trace's own.
   */
  points(): readonly KeptPoint[];
  /**
   * The run stands at this point of its past, or is on the way there: what comes after is forgotten but for the
   * losses that nobody took yet, and the path begins here. Of the kept points, those that were passed stay.
   */
  goBackTo(step: number, point: Vector): void;
  /** The run goes on from this step: losses met later, which nobody took yet, are no longer its own. */
  forget(step: number): void;
}

export interface KeptPoint {
  readonly step: number;
  readonly point: Vector;
}

/**
 * A trace of a run that begins at the point `first` after `begin` steps; paths are kept for points of at most 2
 * entries.
 */
export function openTrace(first: Vector, begin = 0): Trace {
  const size = first.length;
  const keepsPath = size <= 2;
  let steps: number[] = [];
  let generator: number[] = [];
  let discriminator: number[] = [];
  const ring = new Float64Array(keepsPath ? PATH_LENGTH * size : 0);
  let noted = 0;
  let taken = 0;
  const recent = [new Float64Array(RECENT), new Float64Array(RECENT)];
  /** One more than the newest step that was noted. */
  let end = begin;
  /** Losses of steps before this one were overwritten. */
  let recentFrom = begin;
  let points: KeptPoint[] = [{ step: begin, point: first.slice() }];
  let keepEvery = 1;

  function keep(step: number, point: Vector): void {
    if (step % keepEvery !== 0 || step <= points[points.length - 1].step) return;
    while (points.length >= MOST_POINTS) {
      keepEvery *= 2;
      points = points.filter((kept, i) => i === 0 || kept.step % keepEvery === 0);
      if (step % keepEvery !== 0) return;
    }
    points.push({ step, point: point.slice() });
  }

  function pass(point: Vector): void {
    if (!keepsPath) return;
    const at = (noted++ % PATH_LENGTH) * size;
    for (let i = 0; i < size; i++) ring[at + i] = point[i];
  }
  pass(first);

  return {
    note(step, losses, point, again = false) {
      const at = step % RECENT;
      recent[0][at] = losses[0];
      recent[1][at] = losses[1];
      end = step + 1;
      keep(end, point);
      if (!again && step % strideAt(step) === 0) {
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
    recent() {
      const from = Math.min(end, Math.max(recentFrom, end - RECENT));
      const inOrder = (ring: Float64Array) => {
        const values = new Float64Array(end - from);
        for (let step = from; step < end; step++) values[step - from] = ring[step % RECENT];
        return values;
      };
      return { from, generator: inOrder(recent[0]), discriminator: inOrder(recent[1]) };
    },
    points: () => points,
    goBackTo(step, point) {
      recentFrom = Math.max(recentFrom, end - RECENT);
      // All that is left of the newest steps may be of the future: those from here on are met again.
      if (step < recentFrom) recentFrom = step;
      end = step;
      points = points.filter((kept, i) => i === 0 || kept.step <= step);
      keepEvery = 1;
      while ((step - begin) / keepEvery >= MOST_POINTS) keepEvery *= 2;
      noted = 0;
      taken = 0;
      pass(point);
    },
    forget(step) {
      const left = steps.findIndex((noted) => noted >= step);
      if (left < 0) return;
      for (const column of [steps, generator, discriminator]) column.length = left;
    },
  };
}
