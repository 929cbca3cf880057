/** Entries at the ends of the range of doubles, brought where no square overflows; exact, by powers of two. */

/** Entries are kept within 1/HUGE and HUGE. */
const HUGE = 2 ** 250;

/** Whether every entry is a number and finite. */
export function isFiniteEverywhere(a: Float64Array): boolean {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * 0;
  return sum === 0;
}

/** Multiplies all entries by a power of HUGE so that the largest is not extreme; returns the exponent. */
export function bringNearOne(a: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]));
  let times = 0;
  for (; largest > HUGE; largest /= HUGE) times--;
  if (largest > 0) for (; largest < 1 / HUGE; largest *= HUGE) times++;
  takeBack(a, -times);
  return times;
}

/** Divides all entries by HUGE as often as `times` says; a negative number of times multiplies. */
export function takeBack(a: Float64Array, times: number): void {
  const factor = times > 0 ? 1 / HUGE : HUGE;
  for (let t = Math.abs(times); t > 0; t--) for (let i = 0; i < a.length; i++) a[i] *= factor;
}

/** sqrt(x x + y y) without overflow on the way, by exactly rounded operations: the same bits on every machine. */
export function modulus(x: number, y: number): number {
  const larger = Math.max(Math.abs(x), Math.abs(y));
  if (larger === 0 || !Number.isFinite(larger)) return larger;
  const ratio = Math.min(Math.abs(x), Math.abs(y)) / larger;
  return larger * Math.sqrt(1 + ratio * ratio);
}
