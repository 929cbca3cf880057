/** A curve as pitch over time: numbers to frequencies, without anything that sounds. */

/** Two octaves about the middle of hearing: small speakers give them too. */
export const LOWEST_HZ = 220;
export const HIGHEST_HZ = 880;
/** More notes than these in a curve are not told apart. */
export const MOST_NOTES = 240;
/** A curve of few points is soon over, one of many takes no longer than this. */
const SHORTEST_S = 1.5;
const LONGEST_S = 6;
const NOTE_S = 0.05;
/** A place that is met but for rounding is met. */
const ROUNDING = 1e-9;

export interface Melody {
  /** In hertz, one for each time; NaN where the curve has no value: there it is silent. */
  readonly frequencies: Float32Array;
  /** Seconds from its beginning, rising; the last one is its length. */
  readonly times: Float32Array;
}

/** Places and values of a curve, in the order of the places. */
export interface Curve {
  readonly places: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Low and high of what is heard: one measure for all curves of a chart. Undefined where there is nothing finite. */
export function rangeOf(curves: readonly Curve[]): readonly [low: number, high: number] | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { values } of curves) {
    for (let i = 0; i < values.length; i++) {
      if (!Number.isFinite(values[i])) continue;
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
  }
  return low <= high ? [low, high] : undefined;
}

/** Equal differences are equal intervals: as high on the page, as high in pitch. */
export function pitchOf(value: number, [low, high]: readonly [number, number]): number {
  if (!Number.isFinite(value)) return Number.NaN;
  const share = high > low ? Math.max(0, Math.min(1, (value - low) / (high - low))) : 0.5;
  return LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** share;
}

/**
 * The melody of a curve: its places spread evenly over time, the last value at or before each of them. Long curves
 * are thinned to as many notes as can be told apart.
 */
export function melodyOf({ places, values }: Curve, range: readonly [number, number]): Melody {
  const count = Math.min(MOST_NOTES, places.length);
  const frequencies = new Float32Array(count);
  const times = new Float32Array(count);
  const seconds = Math.max(SHORTEST_S, Math.min(LONGEST_S, places.length * NOTE_S));
  const [from, to] = [places[0], places[places.length - 1]];
  let row = 0;
  for (let i = 0; i < count; i++) {
    const share = count > 1 ? i / (count - 1) : 1;
    const place = from + (share + ROUNDING) * (to - from);
    while (row + 1 < places.length && places[row + 1] <= place) row += 1;
    frequencies[i] = pitchOf(values[row], range);
    times[i] = share * seconds;
  }
  return { frequencies, times };
}

/** Seconds between the summary and the first curve, and between one curve and the next. */
export const LEAD_S = 2;
export const REST_S = 0.5;

/** When each of several melodies begins, one after the other, in seconds; and when all is over. */
export function turnsOf(melodies: readonly Melody[]): {
  readonly begins: readonly number[];
  readonly end: number;
} {
  const begins: number[] = [];
  let at = LEAD_S;
  for (const { times } of melodies) {
    begins.push(at);
    at += (times[times.length - 1] ?? 0) + REST_S;
  }
  return { begins, end: at };
}
