/** Polynomials with complex coefficients and their roots: characteristic polynomials of linear methods. */
import { type Complex, divide, modulus, plus, times } from './complex.ts';

/** Coefficients, the constant first. */
export type Polynomial = readonly Complex[];

/** A polynomial from numbers and complex numbers, the constant first. */
export const polynomial = (...coefficients: (number | Complex)[]): Polynomial =>
  coefficients.map((value) => (typeof value === 'number' ? [value, 0] : value));

export function sum(first: Polynomial, ...others: Polynomial[]): Polynomial {
  let a = first;
  for (const b of others) {
    const [long, short] = a.length < b.length ? [b, a] : [a, b];
    const out = long.slice();
    for (let i = 0; i < short.length; i++) out[i] = plus(long[i], short[i]);
    a = out;
  }
  return a;
}

export function product(first: Polynomial, ...others: Polynomial[]): Polynomial {
  let a = first;
  for (const b of others) {
    const out: Complex[] = [];
    for (let k = 0; k < a.length + b.length - 1; k++) {
      let re = 0;
      let im = 0;
      for (let i = Math.max(0, k - b.length + 1); i <= Math.min(k, a.length - 1); i++) {
        const [x, y] = a[i];
        const [u, v] = b[k - i];
        re += x * u - y * v;
        im += x * v + y * u;
      }
      out.push([re, im]);
    }
    a = out;
  }
  return a;
}

/** The polynomial times a number. */
export const scaled = (by: number | Complex, p: Polynomial): Polynomial =>
  typeof by === 'number' ? p.map(([re, im]) => [by * re, by * im]) : p.map((value) => times(by, value));

/** Rounds of the iteration: some ten are usual, multiple roots need more and gain nothing by the last. */
const MOST_ROUNDS = 200;

/**
 * All roots. Up to the second degree by formula; above by the simultaneous iteration of Durand (1960) and Kerner
 * (1966). An m-fold root carries an error near the m-th root of the rounding. The leading coefficient is not 0.
 */
export function roots(coefficients: Polynomial): Complex[] {
  const degree = coefficients.length - 1;
  if (degree < 1) return [];
  // Roots at 0 are told by the coefficients; the iteration would only creep up to them.
  if (coefficients[0][0] === 0 && coefficients[0][1] === 0) return [...roots(coefficients.slice(1)), [0, 0]];
  const lead = coefficients[degree];
  if (degree === 1) return [divide([-coefficients[0][0], -coefficients[0][1]], lead)];
  if (degree === 2) return rootsOfSquare(coefficients);
  return iterate(coefficients.map((value) => divide(value, lead)));
}

/** c + b z + a z^2 = 0, the larger root first: without cancellation. */
function rootsOfSquare([c, b, a]: Polynomial): Complex[] {
  const [re, im] = plus(times(b, b), times([-4, 0], times(a, c)));
  const length = modulus([re, im]);
  let rootRe = Math.sqrt(Math.max(0, (length + re) / 2));
  let rootIm = Math.sqrt(Math.max(0, (length - re) / 2));
  if (im < 0) rootIm = -rootIm;
  if (b[0] * rootRe + b[1] * rootIm < 0) {
    rootRe = -rootRe;
    rootIm = -rootIm;
  }
  const q: Complex = [-(b[0] + rootRe) / 2, -(b[1] + rootIm) / 2];
  if (q[0] === 0 && q[1] === 0) {
    return [
      [0, 0],
      [0, 0],
    ];
  }
  return [divide(q, a), divide(c, q)];
}

/** The roots of a monic polynomial; written out in numbers, as it is asked for at every dot of a picture. */
function iterate(monic: Polynomial): Complex[] {
  const degree = monic.length - 1;
  const re = new Float64Array(degree);
  const im = new Float64Array(degree);
  // Cauchy's bound keeps the first guesses about as far out as the roots.
  let reach = 0;
  for (let i = 0; i < degree; i++) reach = Math.max(reach, modulus(monic[i]) ** (1 / (degree - i)));
  for (let k = 0; k < degree; k++) {
    const angle = (2 * Math.PI * k) / degree + 0.4; // off the real axis, on which they would stay
    re[k] = reach * Math.cos(angle);
    im[k] = reach * Math.sin(angle);
  }
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let moved = 0;
    for (let k = 0; k < degree; k++) {
      let aRe = 1;
      let aIm = 0;
      for (let i = degree - 1; i >= 0; i--) {
        const next = aRe * re[k] - aIm * im[k] + monic[i][0];
        aIm = aRe * im[k] + aIm * re[k] + monic[i][1];
        aRe = next;
      }
      let bRe = 1;
      let bIm = 0;
      for (let j = 0; j < degree; j++) {
        if (j === k) continue;
        const dRe = re[k] - re[j];
        const dIm = im[k] - im[j];
        const next = bRe * dRe - bIm * dIm;
        bIm = bRe * dIm + bIm * dRe;
        bRe = next;
      }
      const square = bRe * bRe + bIm * bIm;
      if (square === 0) continue;
      const stepRe = (aRe * bRe + aIm * bIm) / square;
      const stepIm = (aIm * bRe - aRe * bIm) / square;
      re[k] -= stepRe;
      im[k] -= stepIm;
      moved = Math.max(moved, Math.abs(stepRe) + Math.abs(stepIm));
    }
    if (moved <= 4 * Number.EPSILON * reach) break;
  }
  return Array.from(re, (value, k): Complex => [value, im[k]]);
}

/** The modulus of the largest root; 0 where there is none. */
export function largestRoot(coefficients: Polynomial): number {
  let largest = 0;
  for (const root of roots(coefficients)) largest = Math.max(largest, modulus(root));
  return largest;
}
