/** Flat vectors of float64: the one representation of points, gradients, directions and memories. */
export type Vector = Float64Array;

/** A copy that shares no storage with `from`. */
export function copyOf(from: Vector): Vector {
  return from.slice();
}

/** Inner product of two vectors of the same length. */
export function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Euclidean length. */
export function norm(a: Vector): number {
  return Math.sqrt(dot(a, a));
}

/** into += scale * a, elementwise; returns `into`. */
export function addScaled(into: Vector, a: Vector, scale: number): Vector {
  for (let i = 0; i < into.length; i++) into[i] += scale * a[i];
  return into;
}

/** True when every entry is a finite number. */
export function isFiniteVector(a: Vector): boolean {
  for (let i = 0; i < a.length; i++) if (!Number.isFinite(a[i])) return false;
  return true;
}
