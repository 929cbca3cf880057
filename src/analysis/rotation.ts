/** Whether a run goes round, and in how many steps: the period of its newest losses. */
import { group, integer } from '../settings/index.ts';
import { defineProbe } from './probe.ts';

/** Fewer losses show no period. */
const FEWEST = 16;
/** Of several peaks that are nearly as high, the first is the period: the others are its multiples. */
const NEARLY = 0.95;
/** Autocorrelations of independent losses deviate by about 1 / √n; a period stands out from that so far. */
const DEVIATIONS = 4;

export interface Rotation {
  /** Steps after which the losses repeat; null where they do not. */
  readonly period: number | null;
  /** Their autocorrelation at that period, at most 1: growth and decay do not lower it, noise does. 0 without. */
  readonly strength: number;
}

/**
 * The period of one or several series of the same length, by their autocorrelation
 *   r(k) = sum x(i) x(i + k) / √(sum x(i)² sum x(i + k)²),  i = 0 .. n - k - 1,
 * of what is left beside a straight line, averaged over the series that vary: the first peak after r has been
 * negative that is nearly as high as the highest, up to half of the length. Its place is interpolated by a
 * parabola.
 */
export function rotationOf(series: readonly Float64Array[]): Rotation {
  const none: Rotation = { period: null, strength: 0 };
  const varying = series.map(withoutLine).filter((each) => each.some((value) => value !== 0));
  if (varying.length === 0 || varying[0].length < FEWEST) return none;
  const count = varying[0].length;
  const longest = Math.floor(count / 2);
  const r = new Float64Array(longest + 1);
  for (const x of varying) addCorrelations(r, x, 1 / varying.length);
  let first = 1;
  while (first < longest && !(r[first] < 0)) first += 1;
  const peaks: number[] = [];
  for (let lag = first; lag < longest; lag++) {
    if (r[lag] > 0 && r[lag] >= r[lag - 1] && r[lag] >= r[lag + 1]) peaks.push(lag);
  }
  const highest = Math.max(...peaks.map((lag) => r[lag]));
  const at = peaks.find((lag) => r[lag] >= NEARLY * highest);
  if (at === undefined || r[at] < DEVIATIONS / Math.sqrt(count - at)) return none;
  const bend = r[at - 1] - 2 * r[at] + r[at + 1];
  const beside = bend < 0 ? (0.5 * (r[at - 1] - r[at + 1])) / bend : 0;
  return { period: at + beside, strength: Math.min(1, r[at]) };
}

/** A series without the straight line that fits it best; zeros where rounding is all that is left. */
function withoutLine(values: Float64Array): Float64Array {
  const count = values.length;
  const middle = (count - 1) / 2;
  let mean = 0;
  let slope = 0;
  let spread = 0;
  let largest = 0;
  for (let i = 0; i < count; i++) {
    mean += values[i] / count;
    slope += (i - middle) * values[i];
    spread += (i - middle) ** 2;
    largest = Math.max(largest, Math.abs(values[i]));
  }
  const left = values.map((value, i) => value - mean - (spread > 0 ? slope / spread : 0) * (i - middle));
  const isRounding = left.every((value) => !(Math.abs(value) > ROUNDING * largest));
  return isRounding ? left.fill(0) : left;
}

/** What fitting a line leaves of a series that is one. */
const ROUNDING = 1e-12;

/** Adds `weight` times the autocorrelation of x at the lags 0, 1, ... to `r`. */
function addCorrelations(r: Float64Array, x: Float64Array, weight: number): void {
  const count = x.length;
  /** Sums of the first i squares. */
  const squares = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) squares[i + 1] = squares[i] + x[i] * x[i];
  for (let lag = 0; lag < r.length; lag++) {
    let product = 0;
    for (let i = 0; i + lag < count; i++) product += x[i] * x[i + lag];
    const early = squares[count - lag];
    const late = squares[count] - squares[lag];
    if (early > 0 && late > 0) r[lag] += (weight * product) / Math.sqrt(early * late);
  }
}

export const rotation = defineProbe({
  name: 'rotation',
  label: 'rotation',
  summary:
    'The period of the newest losses in steps, and how strong it is; losses that are even in the point repeat twice in a turn.',
  cost: 'free',
  settings: group({
    window: integer({
      label: 'window',
      summary: 'How many of the newest steps; periods up to half of that are found.',
      default: 1024,
      min: 32,
      max: 2048,
      scale: 'log',
      unit: 'steps',
    }),
  }),
  fits: () => true,
  read({ run }, { window }): { period: number | null; strength: number; steps: number } {
    const met = run?.losses();
    const newest = (values: Float64Array | undefined) => values?.slice(-window) ?? new Float64Array(0);
    const series = [newest(met?.generator), newest(met?.discriminator)];
    return { ...rotationOf(series), steps: series[0].length };
  },
});
