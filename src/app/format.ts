/** How numbers are written on the page. */
import { count } from '../math/format.ts';

export { count, percent, short } from '../math/format.ts';

/** 985, 12.3k, 1.2M: for rates that change faster than one can read. */
export function rate(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toPrecision(3)}M`;
  if (value >= 1e4) return `${(value / 1e3).toPrecision(3)}k`;
  if (value >= 10) return count(value);
  return value.toFixed(1);
}

/** The number as a person would type it, and as it reads back. */
export const exact = (value: number): string => String(value).replace('e+', 'e');
