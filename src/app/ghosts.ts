/** Paths of runs that were left for another start: they stay in the picture, so that launches show the flow. */
import type { Trail } from './record.ts';

/** The oldest fade away, so that a picture never grows full of them. */
const MOST_PATHS = 12;
/** Their beginnings, in points: where a path has ended up, others end up as well. */
const MOST_POINTS = 2000;
/** Shorter ones are of a start that is still being moved. */
const LEAST_POINTS = 8;

export interface Ghosts {
  /** Points [count, 2] of each path, the oldest first. */
  readonly paths: readonly Float64Array[];
  keep(trail: Trail): void;
  clear(): void;
}

export function openGhosts(): Ghosts {
  const paths: Float64Array[] = [];
  return {
    paths,
    keep(trail) {
      const count = Math.min(trail.length, MOST_POINTS);
      if (count < LEAST_POINTS) return;
      const path = new Float64Array(2 * count);
      for (let i = 0; i < count; i++) {
        path[2 * i] = trail.theta(i);
        path[2 * i + 1] = trail.phi(i);
      }
      paths.push(path);
      if (paths.length > MOST_PATHS) paths.shift();
    },
    clear: () => void paths.splice(0),
  };
}
