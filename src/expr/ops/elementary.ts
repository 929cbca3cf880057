/**
 * exp, log, sin and their kin in float64 from +, -, *, / and moves of bits alone.
 *
 * Math.exp and its like may differ in the last bit between browsers, and GAN training is chaotic: one
 * different bit is another run after some hundred steps. These do not differ. Relative errors are a few
 * units of 2^-53 (`tests/expr/elementary.test.ts`).
 */

const LN2_HIGH = 0.6931471803691238; // the first 32 bits of ln 2, so that k * LN2_HIGH is exact
const LN2_LOW = 1.9082149292705877e-10;
const INVERSE_LN2 = Math.LOG2E;

/** 2^k for k in [-1074, 1023], by exact halving and doubling. */
const POWERS = (() => {
  const powers = new Float64Array(2098);
  powers[1074] = 1;
  for (let k = 1; k <= 1023; k++) powers[1074 + k] = powers[1073 + k] * 2;
  for (let k = 1; k <= 1074; k++) powers[1074 - k] = powers[1075 - k] / 2;
  return powers;
})();

const bits = new DataView(new ArrayBuffer(8));

/** e^x - 1 for |x| <= 0.35, by its Taylor series (term 14 is below 2^-60 of the sum). */
function expm1Small(x: number): number {
  let sum = 1 / 87178291200;
  sum = sum * x + 1 / 6227020800;
  sum = sum * x + 1 / 479001600;
  sum = sum * x + 1 / 39916800;
  sum = sum * x + 1 / 3628800;
  sum = sum * x + 1 / 362880;
  sum = sum * x + 1 / 40320;
  sum = sum * x + 1 / 5040;
  sum = sum * x + 1 / 720;
  sum = sum * x + 1 / 120;
  sum = sum * x + 1 / 24;
  sum = sum * x + 1 / 6;
  return x + x * x * (sum * x + 0.5);
}

/** e^x. */
export function exp(x: number): number {
  if (!(x > -745.2)) return x <= -745.2 ? 0 : x;
  if (x > 709.79) return Number.POSITIVE_INFINITY;
  const k = Math.floor(x * INVERSE_LN2 + 0.5);
  const high = x - k * LN2_HIGH;
  const value = 1 + expm1Small(high - k * LN2_LOW);
  // Two factors: 2^1024 and the subnormal powers are not reached in one exact step.
  if (k > 1023) return value * 2 * POWERS[1074 + k - 1];
  if (k < -1022) return value * POWERS[1074 + k + 60] * POWERS[1074 - 60];
  return value * POWERS[1074 + k];
}

/** e^x - 1, accurate near 0. */
export function expm1(x: number): number {
  if (x === 0) return x; // keeps the sign of zero
  return x > -0.35 && x < 0.35 ? expm1Small(x) : exp(x) - 1;
}

/** Natural logarithm; NaN below 0, -Infinity at 0. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let k = 0;
  let value = x;
  if (x < 2.2250738585072014e-308) {
    value = x * 18014398509481984; // 2^54: subnormal numbers have no implicit leading bit
    k = -54;
  }
  bits.setFloat64(0, value, true);
  const exponent = (bits.getUint32(4, true) >>> 20) - 1023;
  k += exponent;
  let m = value * POWERS[1074 - exponent]; // in [1, 2)
  if (m > Math.SQRT2) {
    m /= 2;
    k += 1;
  }
  // ln m = 2 atanh(s) with s = f / (2 + f), arranged as in Tang (1990) so that the leading term is exact.
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  let tail = 1 / 23;
  tail = tail * z + 1 / 21;
  tail = tail * z + 1 / 19;
  tail = tail * z + 1 / 17;
  tail = tail * z + 1 / 15;
  tail = tail * z + 1 / 13;
  tail = tail * z + 1 / 11;
  tail = tail * z + 1 / 9;
  tail = tail * z + 1 / 7;
  tail = tail * z + 1 / 5;
  tail = tail * z + 1 / 3;
  const r = 2 * z * tail; // ln m = 2 s + s r, and 2 s = f - s f
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f);
}

/** ln(1 + t) for t > -1, accurate near 0. */
export function log1p(t: number): number {
  const u = 1 + t;
  if (u === 1) return t;
  if (u === 0 || u === Number.POSITIVE_INFINITY) return log(u);
  return log(u) - (u - 1 - t) / u;
}

/** Hyperbolic tangent. */
export function tanh(x: number): number {
  const a = x < 0 ? -x : x;
  if (a > 22) return x < 0 ? -1 : 1; // 1 - tanh 22 < 2^-54
  const e = expm1(2 * a);
  const value = e / (e + 2);
  return x < 0 ? -value : value;
}

/** Logistic function 1 / (1 + e^-x), accurate in both tails. */
export function sigmoid(x: number): number {
  if (x < 0) {
    const e = exp(x);
    return e / (1 + e);
  }
  return 1 / (1 + exp(-x));
}

/** ln(1 + e^x) = max(x, 0) + ln(1 + e^-|x|). */
export function softplus(x: number): number {
  return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

// pi/2 in three parts: a multiple of each of the first two by up to 2^20 is exact.
const HALF_PI_HIGH = 1.5707963267341256;
const HALF_PI_MIDDLE = 6.077100506303966e-11;
const HALF_PI_LOW = 2.0222662487959506e-21;
/** 2^20 pi/2, beyond which the three parts are not enough. */
const LARGEST_ANGLE = 1647099;

/** sin x for |x| <= pi/4, by its Taylor series (term 19 is below 2^-60 of the sum). */
function sinSmall(x: number): number {
  const z = x * x;
  let sum = 1 / 355687428096000;
  sum = sum * z - 1 / 1307674368000;
  sum = sum * z + 1 / 6227020800;
  sum = sum * z - 1 / 39916800;
  sum = sum * z + 1 / 362880;
  sum = sum * z - 1 / 5040;
  sum = sum * z + 1 / 120;
  sum = sum * z - 1 / 6;
  return x + x * z * sum;
}

/** cos x for |x| <= pi/4, likewise. */
function cosSmall(x: number): number {
  const z = x * x;
  let sum = -1 / 6402373705728000;
  sum = sum * z + 1 / 20922789888000;
  sum = sum * z - 1 / 87178291200;
  sum = sum * z + 1 / 479001600;
  sum = sum * z - 1 / 3628800;
  sum = sum * z + 1 / 40320;
  sum = sum * z - 1 / 720;
  sum = sum * z + 1 / 24;
  // 1 - z/2 with what its rounding lost.
  const half = 0.5 * z;
  const leading = 1 - half;
  return leading + (1 - leading - half + z * z * sum);
}

/** sin(x + quarters pi/2) for quarters >= 0. */
function sinShifted(x: number, quarters: number): number {
  if (!(x >= -LARGEST_ANGLE && x <= LARGEST_ANGLE)) {
    // The platform's own: such an angle belongs to a run that has left every picture.
    return quarters === 0 ? Math.sin(x) : Math.cos(x);
  }
  const k = Math.floor(x / (Math.PI / 2) + 0.5);
  const high = x - k * HALF_PI_HIGH;
  const middle = k * HALF_PI_MIDDLE;
  const rest = high - middle;
  const lost = high - rest - middle - k * HALF_PI_LOW;
  const quadrant = (((k + quarters) % 4) + 4) % 4;
  // sin(rest + lost) = sin rest + lost cos rest, and lost is below an ulp of rest.
  const value =
    quadrant % 2 === 0
      ? sinSmall(rest) + lost * (1 - 0.5 * rest * rest)
      : cosSmall(rest) - lost * sinSmall(rest);
  return quadrant < 2 ? value : -value;
}

/** Sine. */
export function sin(x: number): number {
  return x === 0 ? x : sinShifted(x, 0); // keeps the sign of zero
}

/** Cosine. */
export function cos(x: number): number {
  return sinShifted(x, 1);
}
