/** Progress of a computation that pauses: what it yields is the share that is done. */

/** A part of a larger computation, from share `from` of the whole to share `to`. */
export function* within<T>(
  part: Generator<number, T, void>,
  from: number,
  to: number,
): Generator<number, T, void> {
  for (;;) {
    const { done, value } = part.next();
    if (done) return value;
    yield from + (to - from) * value;
  }
}

/** Runs a computation to its end at once. */
export function finish<T>(computation: Generator<number, T, void>): T {
  for (;;) {
    const { done, value } = computation.next();
    if (done) return value;
  }
}
