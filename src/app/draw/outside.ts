/** Which points a picture does not show: those beyond its edges. */

/**
 * How many of some points, `dimension` numbers each, lie outside of a picture of half its shorter side `extent`, as
 * `centred` draws it; what is no finite number is nowhere in it. On a line only its ends count.
 */
export function countOutside(
  positions: ArrayLike<number>,
  dimension: number,
  extent: number,
  aspect: number,
): number {
  const edges = dimension === 1 ? [extent] : [extent * Math.max(1, aspect), extent * Math.max(1, 1 / aspect)];
  let count = 0;
  for (let i = 0; i < positions.length; i += dimension) {
    if (!edges.every((edge, axis) => Math.abs(positions[i + axis]) <= edge)) count += 1;
  }
  return count;
}
