/** The upward scale of a chart: even, in powers of ten, or both ways in powers of ten about zero. */
import { scaleLinear, scaleLog, scaleSymlog } from 'd3';

/** `symmetric`: as the logarithm of the size far from zero, and even near it; for values of either sign. */
export type ValueScale = 'linear' | 'log' | 'symmetric';

/** Decades on each side of zero that a symmetric scale tells apart. */
const DECADES = 3;

/** Sizes below this lie on the even part of a symmetric scale. */
export const evenBelow = (least: number, most: number): number =>
  Math.max(Math.abs(least), Math.abs(most)) / 10 ** DECADES || 1;

/** From values to pixels: the least at `bottom`, the most at `top`. */
export function upwards(
  scale: ValueScale,
  [least, most]: readonly [number, number],
  bottom: number,
  top: number,
) {
  const domain = [least, most];
  const range = [bottom, top];
  if (scale === 'log') return scaleLog(domain, range).clamp(true);
  if (scale === 'linear') return scaleLinear(domain, range).clamp(true);
  return scaleSymlog(domain, range).constant(evenBelow(least, most)).clamp(true);
}

/** On a log scale whole powers of ten as long as they are not too many, and thinned ones beyond. */
export function ticksOf(scale: ValueScale, least: number, most: number, wanted: number): number[] {
  if (scale === 'linear') return scaleLinear([least, most], [0, 1]).ticks(wanted);
  if (scale === 'symmetric') return symmetricTicks(least, most, wanted);
  const low = Math.ceil(Math.log10(least) - 1e-9);
  const high = Math.floor(Math.log10(most) + 1e-9);
  if (high - low < 1)
    return scaleLog([least, most], [0, 1])
      .ticks(wanted)
      .filter((_, i, all) => i % Math.ceil(all.length / wanted) === 0);
  const every = Math.ceil((high - low + 1) / wanted);
  const powers: number[] = [];
  for (let power = low; power <= high; power += every) powers.push(10 ** power);
  return powers;
}

/** Zero, then powers of ten of both signs from the largest down, as long as they keep their distance. */
function symmetricTicks(least: number, most: number, wanted: number): number[] {
  const at = upwards('symmetric', [least, most], 0, 1);
  const powers: number[] = [];
  const furthest = Math.max(Math.abs(least), Math.abs(most));
  if (!(furthest > 0 && Number.isFinite(furthest))) return [0];
  const largest = Math.floor(Math.log10(furthest));
  for (let power = largest; power >= largest - DECADES; power--) powers.push(10 ** power, -(10 ** power));
  const taken: number[] = [];
  for (const value of [0, ...powers]) {
    const isSeen = value >= least && value <= most;
    const isFree = taken.every((other) => Math.abs(at(other) - at(value)) * wanted >= 0.9);
    if (isSeen && isFree) taken.push(value);
  }
  return taken.sort((a, b) => a - b);
}
