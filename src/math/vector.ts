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

/**
 * True when every entry is a finite number. Zero times one that is not is NaN, and NaN stays; four sums, so
 * that none waits for another.
 */
export function isFiniteVector(a: Vector): boolean {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = a.length - (a.length % 4);
  for (let i = 0; i < whole; i += 4) {
    s0 += a[i] * 0;
    s1 += a[i + 1] * 0;
    s2 += a[i + 2] * 0;
    s3 += a[i + 3] * 0;
  }
  for (let i = whole; i < a.length; i++) s0 += a[i] * 0;
  return s0 + s1 + s2 + s3 === 0;
}
