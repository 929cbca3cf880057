/** Which part of a game's plane is looked at: grows by itself when a path leaves it, and glides there. */

/** A path that comes closer to the edge than this share of the half-width is followed. */
const EDGE = 0.92;
/** What is gained when the view must grow. */
const GROWTH = 1.6;
/** Free space around a path that was fitted. */
const MARGIN = 1.25;
/** The field is asked for up to here; beyond, the path is off the map. */
export const LARGEST_EXTENT = 1e9;
const LEAST_EXTENT = 1e-6;
/** Time in which a gliding view covers 63 % of its way. */
const GLIDE_MS = 140;

export interface View {
  /** Half the shorter side of what is seen now, about the origin. */
  readonly extent: number;
  /** Where the extent is going. */
  readonly target: number;
}

/** The extent that shows a point this far from the origin, growing from the present one in even steps. */
export function following(target: number, reach: number): number {
  let next = target;
  while (reach > EDGE * next && next < LARGEST_EXTENT) next *= GROWTH;
  return Math.min(next, LARGEST_EXTENT);
}

/** How much further than half of the lanes one of them is followed. */
const RUNAWAY = 3;

/** As far as the lanes of a race reach; one that runs away leaves the picture, or the others would be a dot in it. */
export function reachOfRace(reaches: readonly number[]): number {
  const sorted = [...reaches].sort((a, b) => a - b);
  const median = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  return Math.min(sorted.at(-1) ?? 0, RUNAWAY * median);
}

/** The extent in which a path that reaches this far fills the picture. */
export function fitting(reach: number): number {
  return Math.min(LARGEST_EXTENT, Math.max(LEAST_EXTENT, MARGIN * reach));
}

/** The view after some time of gliding; in equal ratios, as zooming is felt. */
export function glide({ extent, target }: View, elapsedMs: number): View {
  const share = 1 - Math.exp(-elapsedMs / GLIDE_MS);
  const next = extent * (target / extent) ** share;
  return { extent: Math.abs(next / target - 1) < 0.002 ? target : next, target };
}
