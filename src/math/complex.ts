/** Complex numbers as pairs: eigenvalues, and what methods make of them. */

export type Complex = readonly [re: number, im: number];

export const plus = ([a, b]: Complex, [c, d]: Complex): Complex => [a + c, b + d];
export const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
export const modulus = ([a, b]: Complex): number => Math.sqrt(a * a + b * b);

export function divide([a, b]: Complex, [c, d]: Complex): Complex {
  const square = c * c + d * d;
  return [(a * c + b * d) / square, (b * c - a * d) / square];
}

/** z^k for a whole k >= 0, by squaring. */
export function power(z: Complex, k: number): Complex {
  let result: Complex = [1, 0];
  for (let square = z, left = k; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = times(result, square);
    square = times(square, square);
  }
  return result;
}
