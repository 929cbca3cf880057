/** Polynomials with complex coefficients, and the modulus of their largest root: what spectral radii are held to. */

export type Complex = readonly [re: number, im: number];
/** Coefficients, the constant first. */
export type Polynomial = readonly Complex[];

export const add = ([a, b]: Complex, [c, d]: Complex): Complex => [a + c, b + d];
export const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const over = (a: Complex, [c, d]: Complex): Complex => {
  const square = c * c + d * d;
  return times(a, [c / square, -d / square]);
};

/** A polynomial from numbers and complex numbers, the constant first. */
export const polynomial = (...coefficients: (number | Complex)[]): Polynomial =>
  coefficients.map((value) => (typeof value === 'number' ? [value, 0] : value));

export const sum = (...terms: Polynomial[]): Polynomial =>
  Array.from({ length: Math.max(...terms.map(({ length }) => length)) }, (_, i) =>
    terms.reduce<Complex>((total, term) => add(total, term[i] ?? [0, 0]), [0, 0]),
  );

export const product = (...factors: Polynomial[]): Polynomial =>
  factors.reduce((a, b) => {
    const out: Complex[] = Array.from({ length: a.length + b.length - 1 }, () => [0, 0]);
    a.forEach((x, i) => {
      b.forEach((y, j) => {
        out[i + j] = add(out[i + j], times(x, y));
      });
    });
    return out;
  });

/** All roots, by Durand and Kerner's simultaneous iteration. */
export function roots(coefficients: Polynomial): Complex[] {
  const degree = coefficients.length - 1;
  const lead = coefficients[degree];
  const monic = coefficients.map((value) => over(value, lead));
  const at = (z: Complex) => monic.reduceRight<Complex>((value, each) => add(times(value, z), each), [0, 0]);
  let found: Complex[] = [];
  for (let k = 0, power: Complex = [1, 0]; k < degree; k++) {
    power = times(power, [0.4, 0.9]);
    found.push(power);
  }
  for (let pass = 0; pass < 500; pass++) {
    found = found.map((root, i) => {
      const others = found
        .filter((_, j) => j !== i)
        .map((other): Complex => [root[0] - other[0], root[1] - other[1]]);
      const [re, im] = over(at(root), others.reduce(times, [1, 0]));
      return [root[0] - re, root[1] - im];
    });
  }
  return found;
}

export const largestRoot = (coefficients: Polynomial): number =>
  Math.max(...roots(coefficients).map(([re, im]) => Math.hypot(re, im)));
