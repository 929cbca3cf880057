/** What a method can do with given eigenvalues: up to which learning rate it is stable, and at which it is best. */
import type { Radius } from './stability.ts';

export interface RateFacts {
  /** Rate times the modulus of the largest eigenvalue. */
  readonly rateTimesLargest: number;
  /** Whether it is stable at no rate, below some, or at every one that was looked at. */
  readonly stable: 'never' | 'below' | 'always';
  /** The end of the first rates that are stable; null unless it is stable `below`. */
  readonly largestStableRate: number | null;
  /** With the smallest radius of all that were looked at; null where none is stable. */
  readonly bestRate: number | null;
  readonly bestRadius: number | null;
}

/** Rates that are looked at, times the modulus of the largest eigenvalue: beyond, nothing new happens. */
const SLOWEST = 1e-4;
const FASTEST = 1e3;
const LOOKS_PER_DECADE = 24;
/** A radius nearer to 1 is neutral: rounding is no attraction. At the slowest rate a good method has 1 - 1e-9. */
const NEUTRAL = 1e-12;
/** Halvings, and golden sections, down to rounding. */
const HALVINGS = 50;
const SECTIONS = 60;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Facts for eigenvalues re[i] ± i im[i] of the Jacobian and the rate of now. Eigenvalues of 0 (to rounding) are
 * left out: along them nothing happens. `radius` is per step.
 */
export function rateFacts(radius: Radius, re: Float64Array, im: Float64Array, rate: number): RateFacts {
  const moduli = re.map((value, i) => Math.hypot(value, im[i]));
  const largest = moduli.reduce((most, value) => Math.max(most, value), 0);
  const counting = [...re.keys()].filter(
    (i) => im[i] >= 0 && moduli[i] > re.length * Number.EPSILON * largest,
  );
  const rateTimesLargest = rate * largest;
  const nothing = { rateTimesLargest, largestStableRate: null, bestRate: null, bestRadius: null };
  if (counting.length === 0) return { ...nothing, stable: 'never' };
  const worst = (eta: number) => counting.reduce((most, i) => Math.max(most, radius(re[i], im[i], eta)), 0);
  const isStable = (eta: number) => worst(eta) < 1 - NEUTRAL;

  const looks = Math.round(Math.log10(FASTEST / SLOWEST) * LOOKS_PER_DECADE);
  const rates = Array.from(
    { length: looks + 1 },
    (_, i) => (SLOWEST / largest) * (FASTEST / SLOWEST) ** (i / looks),
  );
  const found = rates.map(worst);
  const first = found.findIndex((value) => value < 1 - NEUTRAL);
  if (first < 0) return { ...nothing, stable: 'never' };
  const after = found.findIndex((value, i) => i > first && !(value < 1 - NEUTRAL));
  let largestStableRate: number | null = null;
  if (after >= 0) {
    let [inside, outside] = [rates[after - 1], rates[after]];
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (inside + outside) / 2;
      if (isStable(middle)) inside = middle;
      else outside = middle;
    }
    largestStableRate = inside;
  }
  const least = found.reduce((best, value, i) => (value < found[best] ? i : best), first);
  const bestRate = lowest(worst, rates[Math.max(0, least - 1)], rates[Math.min(looks, least + 1)]);
  return {
    rateTimesLargest,
    stable: after >= 0 ? 'below' : 'always',
    largestStableRate,
    bestRate,
    bestRadius: worst(bestRate),
  };
}

/** Where a function with one valley between two ends is lowest, by golden sections (Kiefer 1953). */
function lowest(f: (x: number) => number, from: number, to: number): number {
  let [a, b] = [from, to];
  let x = b - GOLDEN * (b - a);
  let y = a + GOLDEN * (b - a);
  let [fx, fy] = [f(x), f(y)];
  for (let i = 0; i < SECTIONS; i++) {
    if (fx < fy) {
      b = y;
      [y, fy] = [x, fx];
      x = b - GOLDEN * (b - a);
      fx = f(x);
    } else {
      a = x;
      [x, fx] = [y, fy];
      y = a + GOLDEN * (b - a);
      fy = f(y);
    }
  }
  return (a + b) / 2;
}
