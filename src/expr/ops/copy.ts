/** Copies values from one array into another: a plain loop where there are few, for which `set` costs too much. */

/** Below this many values the loop is faster than `set`, which also makes a view when it begins elsewhere. */
const FEW = 48;

/** Writes `count` values of `from`, beginning at `start`, into `into` at `at`. */
export function copyValues(
  from: Float64Array,
  into: Float64Array,
  start = 0,
  count = from.length - start,
  at = 0,
): void {
  if (count <= FEW) for (let i = 0; i < count; i++) into[at + i] = from[start + i];
  else into.set(start === 0 && count === from.length ? from : from.subarray(start, start + count), at);
}
