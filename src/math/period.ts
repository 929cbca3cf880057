/** Whether a series of numbers turns, and with which period: by how alike it is to itself some time later. */

export interface Turning {
  /** In entries of the series, and by how much it may be off. */
  readonly period: number;
  readonly uncertainty: number;
  /** What the swing is multiplied by in one period: above 1 it grows. */
  readonly growth: number;
  /** Root mean square of the swing about its straight trend, over the newest periods. */
  readonly swing: number;
  /** Cosine between the series and itself one period later. */
  readonly likeness: number;
}

/** Windows of so many means are looked at, of 1, 2, 4, ... entries each: for short periods, then longer ones. */
const WINDOW = 512;
const BLOCKS = [1, 2, 4, 8];
/** A window of fewer tells nothing. */
const FEWEST = 48;
/** A period must be met so many times within the window. */
const TURNS = 4;
/** One period later the series is at least so much like itself, two periods later so much, in each half as well. */
const LIKE = 0.6;
const STILL_LIKE = 0.45;
/** And half a period later it is its own opposite by at least so much. */
const OPPOSITE = -0.35;
/** Lower peaks come from waves within a period. */
const ABOUT_AS_HIGH = 0.85;
/** Below this share of the largest entry, what is left is rounding. */
const ROUNDING = 1e-9;

/** The shortest period in which the newest entries turn; undefined where they do not, or are not all finite. */
export function periodOf(series: Float64Array): Turning | undefined {
  if (!series.subarray(-WINDOW * BLOCKS[BLOCKS.length - 1]).every(Number.isFinite)) return undefined;
  for (const block of BLOCKS) {
    if (series.length < FEWEST * block) return undefined;
    const found = turningOf(means(series.subarray(-WINDOW * block), block));
    if (found) {
      const { period, uncertainty } = found;
      return { ...found, period: period * block, uncertainty: uncertainty * block };
    }
  }
  return undefined;
}

/** Means of neighbours, the newest ones whole. */
function means(series: Float64Array, block: number): Float64Array {
  const count = Math.floor(series.length / block);
  const skipped = series.length - count * block;
  const out = new Float64Array(count);
  for (let i = 0; i < count * block; i++) out[Math.floor(i / block)] += series[skipped + i] / block;
  return out;
}

function turningOf(values: Float64Array): Turning | undefined {
  const n = values.length;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!(largest > 0)) return undefined;
  const x = withoutTrend(values, 1 / largest);
  const half = x.length >> 1;
  if (rootMeanSquare(x) < ROUNDING) return undefined;
  const like = likeness(x, half);
  const first = firstPeak(like.subarray(0, Math.floor(n / TURNS) + 1));
  if (first === undefined || like[first] < LIKE || 2 * first + 1 >= half) return undefined;

  // The further peaks lie at multiples of the period: the last one that is clear tells it best.
  let period = first;
  let uncertainty = first;
  for (let turns = 2; turns * period + 1 < half; turns++) {
    const near = Math.max(1, Math.floor(period / 4));
    const at = highest(like, Math.round(turns * period) - near, Math.round(turns * period) + near);
    if (like[at] < STILL_LIKE) {
      if (turns === 2) return undefined;
      break;
    }
    const next = summit(like, at) / turns;
    // A maximum is known to about half an entry.
    uncertainty = Math.max(Math.abs(next - period), 0.5 / turns);
    period = next;
  }
  const lag = Math.round(period);
  for (const part of [x.subarray(0, half), x.subarray(half)]) {
    if (lag >= part.length || likenessAt(part, lag) < STILL_LIKE) return undefined;
  }
  const whole = Math.min(n, Math.max(1, Math.floor(half / period)) * lag);
  const before = rootMeanSquare(x.subarray(0, whole));
  const after = rootMeanSquare(x.subarray(n - whole));
  return {
    period,
    uncertainty,
    growth: (after / before) ** (period / (n - whole)),
    swing: after * largest,
    likeness: like[first],
  };
}

/** Entries times `scale`, less the straight line that fits them best. */
function withoutTrend(values: Float64Array, scale: number): Float64Array {
  const n = values.length;
  const middle = (n - 1) / 2;
  let mean = 0;
  let slope = 0;
  for (let i = 0; i < n; i++) {
    mean += (values[i] * scale) / n;
    slope += (values[i] * scale * (i - middle) * 12) / (n * (n * n - 1));
  }
  return values.map((value, i) => value * scale - mean - slope * (i - middle));
}

/** Cosines between the series and itself later by 0, 1, ..., `most`: a steady growth does not lower them. */
function likeness(x: Float64Array, most: number): Float64Array {
  return Float64Array.from({ length: most + 1 }, (_, lag) => likenessAt(x, lag));
}

function likenessAt(x: Float64Array, lag: number): number {
  let product = 0;
  let early = 0;
  let late = 0;
  for (let i = 0; i + lag < x.length; i++) {
    product += x[i] * x[i + lag];
    early += x[i] * x[i];
    late += x[i + lag] * x[i + lag];
  }
  return early > 0 && late > 0 ? product / Math.sqrt(early * late) : 0;
}

/** After the first deep valley, the first place between two falls below zero that is about as high as the highest. */
function firstPeak(like: Float64Array): number | undefined {
  let at = 1;
  while (at < like.length && like[at] > OPPOSITE) at += 1;
  const best = highest(like, at, like.length - 1);
  while (at < like.length) {
    while (at < like.length && like[at] <= 0) at += 1;
    const from = at;
    while (at < like.length && like[at] > 0) at += 1;
    const peak = highest(like, from, at - 1);
    // At the very end it may still rise.
    if (from < at && peak < like.length - 1 && like[peak] >= ABOUT_AS_HIGH * like[best]) return peak;
  }
  return undefined;
}

function highest(values: Float64Array, from: number, to: number): number {
  let best = Math.max(0, from);
  for (let i = best; i <= to && i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

/** Where a parabola through the highest value and its neighbours has its summit. */
function summit(values: Float64Array, at: number): number {
  if (at < 1 || at + 1 >= values.length) return at;
  const bend = values[at - 1] - 2 * values[at] + values[at + 1];
  return bend < 0 ? at + (values[at - 1] - values[at + 1]) / (2 * bend) : at;
}

function rootMeanSquare(x: Float64Array): number {
  let sum = 0;
  for (const value of x) sum += value * value;
  return Math.sqrt(sum / x.length);
}
