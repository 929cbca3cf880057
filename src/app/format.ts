/** How numbers are written on the page. */

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** 12,345 */
export const count = (value: number): string => grouped.format(value);

/** 985, 12.3k, 1.2M: for rates that change faster than one can read. */
export function rate(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toPrecision(3)}M`;
  if (value >= 1e4) return `${(value / 1e3).toPrecision(3)}k`;
  if (value >= 10) return grouped.format(value);
  return value.toFixed(1);
}

/** 71.4 %, with a space that does not break. */
export const percent = (share: number, digits = 0): string => `${(100 * share).toFixed(digits)}\u00a0%`;

/** A few significant digits, without trailing zeros; powers of ten where zeros would have to be counted. */
export function short(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e5 || size < 1e-3)) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
    const sign = exponent.startsWith('-') ? '−' : '';
    return `${minus(trim(mantissa))}e${sign}${exponent.replace(/^[+-]/, '')}`;
  }
  return minus(String(Number(value.toPrecision(digits))));
}

/** The number as a person would type it, and as it reads back. */
export const exact = (value: number): string => String(value).replace('e+', 'e');

const trim = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
const minus = (text: string) => text.replace(/^-/, '−');
