/** Where a number lies on its slider: linear or logarithmic, zero included. */
import type { NumberSetting } from '../../settings/index.ts';

/** The slider's own whole-numbered positions, 0 to TRACK. */
export const TRACK = 1000;
/** With zero as an end of a log scale: the share of the track that means zero, and the decades above it. */
const ZERO_SHARE = 0.04;
const DECADES_ABOVE_ZERO = 6;

type Ranged = Pick<NumberSetting, 'min' | 'max' | 'scale' | 'zero' | 'default' | 'type' | 'step'>;

/** The least number above zero that the slider of a log scale reaches. */
export function leastPositive({ min, max, zero, default: standard }: Ranged): number {
  if (!zero) return min;
  const least = max / 10 ** DECADES_ABOVE_ZERO;
  return standard > 0 ? Math.min(least, standard / 10) : least;
}

/** The position of a value, 0 to TRACK. */
export function positionOf(setting: Ranged, value: number): number {
  const { min, max } = setting;
  if (max === min) return 0;
  if (setting.scale === 'linear') return Math.round((TRACK * (value - min)) / (max - min));
  const start = setting.zero ? ZERO_SHARE : 0;
  if (setting.zero && value <= 0) return 0;
  const least = leastPositive(setting);
  const share = Math.log(Math.max(value, least) / least) / Math.log(max / least);
  return Math.round(TRACK * (start + (1 - start) * share));
}

/** The value at a position, rounded to what a hand can mean. */
export function valueAt(setting: Ranged, position: number): number {
  const { min, max, type } = setting;
  const share = position / TRACK;
  const within = (value: number) => Math.min(max, Math.max(min, value));
  // The ends are the bounds themselves, however crooked.
  if (position >= TRACK) return max;
  if (position <= 0) return min;
  if (setting.scale === 'linear') {
    const raw = min + share * (max - min);
    return within(type === 'integer' ? Math.round(raw) : nearestMultiple(raw, stepOf(setting)));
  }
  const start = setting.zero ? ZERO_SHARE : 0;
  if (setting.zero && share < start) return 0;
  const least = leastPositive(setting);
  const raw = least * (max / least) ** ((share - start) / (1 - start));
  return within(type === 'integer' ? Math.round(raw) : significant(raw, 2));
}

/** One press of an arrow key in the number field: the last digit that a hand would move. */
export function nudge(setting: Ranged, value: number, direction: 1 | -1): number {
  const within = (next: number) => Math.min(setting.max, Math.max(setting.min, next));
  if (setting.type === 'integer') return within(value + direction);
  if (setting.scale === 'linear') {
    const step = stepOf(setting);
    return within(nearestMultiple(value + direction * step, step));
  }
  if (value === 0) return direction > 0 ? significant(leastPositive(setting), 1) : 0;
  const next = significant(value * 10 ** (direction / 10), 2);
  return setting.zero && next < leastPositive(setting) ? 0 : within(next);
}

/** The declared step, or the nearest 1, 2 or 5 below a two-hundredth of the range. */
export function stepOf({ min, max, step }: Ranged): number {
  if (step !== undefined) return step;
  const aim = (max - min) / 200;
  const power = 10 ** Math.floor(Math.log10(aim));
  const [nice] = [5, 2, 1].filter((factor) => factor * power <= aim * 1.000001);
  return (nice ?? 1) * power;
}

const nearestMultiple = (value: number, step: number) => {
  const digits = Math.max(0, Math.ceil(-Math.log10(step) + 1e-9));
  return Number((Math.round(value / step) * step).toFixed(Math.min(digits, 20)));
};

const significant = (value: number, digits: number) => Number(value.toPrecision(digits));
