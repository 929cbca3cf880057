/** How numbers are written in sentences: the page's and those of a run's watchers. */

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** 12,345 */
export const count = (value: number): string => grouped.format(value);

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

const trim = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
const minus = (text: string) => text.replace(/^-/, '−');
