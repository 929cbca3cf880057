/** Points of rest that were found in a plane: how far a run is from the nearest one. */
import type { Readings } from '../analysis/index.ts';
import type { Equilibrium } from '../catalog/kinds.ts';

/** What a search has found, single points and curves of them, as points [count, 2]. */
export type Found = {
  readonly points: readonly { readonly at: ArrayLike<number> }[];
  readonly curves: readonly ArrayLike<number>[];
};

/** Null where a search tells nothing: points of one batch are not those of the game, and of all none is the nearest. */
export const foundIn = (reading: NonNullable<Readings['equilibria']>): Found | null =>
  reading.sampled || reading.everywhere ? null : reading;

/** The point of rest that is nearest to a point; on a curve, where it comes nearest. Undefined where none was found. */
export function nearestFound({ points, curves }: Found, theta: number, phi: number): Equilibrium | undefined {
  let nearest: readonly [number, number] | undefined;
  let best = Number.POSITIVE_INFINITY;
  const look = (x: number, y: number) => {
    const away = Math.hypot(x - theta, y - phi);
    if (away >= best) return;
    best = away;
    nearest = [x, y];
  };
  for (const { at } of points) look(at[0], at[1]);
  for (const curve of curves) {
    for (let i = 0; i + 3 < curve.length; i += 2) {
      const [x, y, dx, dy] = [curve[i], curve[i + 1], curve[i + 2] - curve[i], curve[i + 3] - curve[i + 1]];
      const along = ((theta - x) * dx + (phi - y) * dy) / (dx * dx + dy * dy || 1);
      const share = Math.max(0, Math.min(1, along));
      look(x + share * dx, y + share * dy);
    }
  }
  return nearest && { point: nearest, label: '' };
}
