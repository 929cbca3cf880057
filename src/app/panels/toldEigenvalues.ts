/** Eigenvalues as they are told in words: conjugate pairs together, equal ones once, each with what a step makes of it. */

export interface Told {
  readonly re: number;
  /** At least 0; where it is more, the pair of both is told. */
  readonly im: number;
  /** How many there are, a pair counted once. */
  readonly times: number;
  /** What a step leaves of the part that belongs to it; undefined where that is not known. */
  readonly modulus: number | undefined;
}

/** Parts below this share of the modulus are rounding: of pairs, and of what is told as 0. */
const ROUNDING = 1e-9;

interface Given {
  readonly re: ArrayLike<number>;
  readonly im: ArrayLike<number>;
}

/** All that are numbers, in their order; `modulusOf` is what a step leaves of the part of the i-th. */
export function toldOf({ re, im }: Given, modulusOf: (i: number) => number | undefined): Told[] {
  const found: { re: number; im: number; above: number; below: number; modulus: number | undefined }[] = [];
  for (let i = 0; i < re.length; i++) {
    if (!Number.isFinite(re[i]) || !Number.isFinite(im[i])) continue;
    const zero = ROUNDING * Math.hypot(re[i], im[i]);
    const clean = (value: number) => (Math.abs(value) <= zero ? 0 : value);
    const [x, y] = [clean(re[i]), Math.abs(clean(im[i]))];
    const isSame = (other: { re: number; im: number }) => Math.hypot(other.re - x, other.im - y) <= zero;
    let one = found.find(isSame);
    if (!one) {
      one = { re: x, im: y, above: 0, below: 0, modulus: modulusOf(i) };
      found.push(one);
    }
    if (im[i] < 0) one.below += 1;
    else one.above += 1;
  }
  return found.map(({ above, below, ...one }) => ({
    ...one,
    times: one.im === 0 ? above + below : Math.max(above, below),
  }));
}

/** Those of which most is left first; where that is not known, the largest first. */
export function leadingFirst(all: readonly Told[]): Told[] {
  const size = ({ re, im, modulus }: Told) => modulus ?? Math.hypot(re, im);
  return [...all].sort((a, b) => size(b) - size(a));
}

/** The dots of eigenvalues in their picture, those above the real axis first: keys go through them as the list does. */
export function dotsOf(
  { re, im }: Given,
  places: { x(re: number): number; y(im: number): number },
  words: (i: number) => string,
  weight: (i: number) => number,
): { x: number; y: number; words: string }[] {
  return Array.from(re, (_, i) => i)
    .filter((i) => Number.isFinite(re[i]) && Number.isFinite(im[i]))
    .sort((i, j) => weight(j) - weight(i) || im[j] - im[i])
    .map((i) => ({ x: places.x(re[i]), y: places.y(im[i]), words: words(i) }));
}
