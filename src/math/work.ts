/** Work that can be laid down: it pauses every few milliseconds, and goes on where it stopped. */

/** Yields the share that is done, in [0, 1]; returns the result. It pauses by counting, never by a clock. */
export type Work<R> = Generator<number, R, void>;

/** Elementary operations (a distance, a comparison) between two pauses: about a millisecond. */
export const PAUSE_EVERY = 2 ** 18;

/** Does all of the work at once. */
export function finish<R>(work: Work<R>): R {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** The same work as one part of more: `share` of it, when `before` is done. */
export function* part<R>(work: Work<R>, before: number, share: number): Work<R> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    yield before + share * value;
  }
}
