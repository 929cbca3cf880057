/**
 * exp, log, tanh and their kin on four float32 values at once, from exactly rounded instructions alone:
 * the same bits on every machine (in the relaxed build, products may be fused with sums).
 *
 * Each takes a vector from the stack and leaves one. Relative errors are below 4e-7 wherever the result
 * is a normal number; NaN passes through (`tests/compute/wasmElementary.test.ts`).
 */
import { type Code, type Local, v128 } from './emitter.ts';

type Emit = (code: Code) => void;

/** 1.5 * 2^23: a small float32 plus this has the nearest whole number in its lowest bits. */
const ROUNDER = 12582912;
const ROUNDER_BITS = 0x4b400000;
const LOG2_E = Math.LOG2E;
/** ln 2 in two parts, the first of few enough bits that its products with whole numbers are exact. */
const LN2_HIGH = 0.693359375;
const LN2_LOW = -0.00021219444005469057;

/**
 * The polynomial with these coefficients, highest power first, at the value of local `x`: its odd and its even
 * powers side by side, as two sums that need not wait for each other.
 */
function polynomial(code: Code, x: Local, coefficients: readonly number[]): void {
  const square = code.local(v128);
  code.get(x).get(x).op('f32x4.mul').set(square);
  const everyOther = (first: number) => {
    code.f32(coefficients[first]);
    for (let at = first + 2; at < coefficients.length; at += 2) {
      code.get(square).multiplyAdd(() => code.f32(coefficients[at]));
    }
  };
  const even = (coefficients.length + 1) % 2; // where the powers stand that are even
  everyOther(1 - even);
  code.get(x).multiplyAdd(() => everyOther(even));
  code.release(square);
}

/** With x in a new local, which is free again after `body`. */
function withLocals(code: Code, count: number, body: (...locals: number[]) => void): void {
  const locals = Array.from({ length: count }, () => code.local(v128));
  body(...locals);
  code.release(...locals);
}

/** e^x: x = n ln 2 + r; a polynomial in r (Cephes expf, Moshier 1989), times 2^n in two exact factors. */
export const exp: Emit = (code) =>
  withLocals(code, 4, (x, rounded, whole, r) => {
    code.f32(89).op('f32x4.pmin').f32(-104.5).op('f32x4.pmax').set(x);
    code
      .get(x)
      .f32(LOG2_E)
      .multiplyAdd(() => code.f32(ROUNDER))
      .tee(rounded);
    code.f32(ROUNDER).op('f32x4.sub').set(whole);
    code
      .get(whole)
      .f32(-LN2_HIGH)
      .multiplyAdd(() => code.get(x))
      .set(r);
    code
      .get(whole)
      .f32(-LN2_LOW)
      .multiplyAdd(() => code.get(r))
      .set(r);
    polynomial(
      code,
      r,
      [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1],
    );
    code.get(r).op('f32x4.mul');
    code
      .get(r)
      .multiplyAdd(() => code.get(r))
      .f32(1)
      .op('f32x4.add');
    const half = whole; // floor(n / 2), as a whole number
    code.get(rounded).word(ROUNDER_BITS).op('i32x4.sub').tee(rounded).i32(1).op('i32x4.shr_s').set(half);
    const power = () => code.word(127).op('i32x4.add').i32(23).op('i32x4.shl');
    code.get(half);
    power().op('f32x4.mul');
    code.get(rounded).get(half).op('i32x4.sub');
    power().op('f32x4.mul');
  });

/** Natural logarithm (Cephes logf): x = m 2^k with m in [sqrt(1/2), sqrt(2)). */
export const log: Emit = (code) =>
  withLocals(code, 5, (given, x, k, f, square) => {
    const isTiny = square;
    code.set(given).get(given).f32(1.1754943508222875e-38).op('f32x4.lt').set(isTiny);
    // Subnormal numbers are lifted by 2^23 first.
    code.get(given).f32(8388608).op('f32x4.mul').get(given).get(isTiny).op('v128.bitselect').set(x);
    code.get(x).i32(23).op('i32x4.shr_u').word(126).op('i32x4.sub');
    code.get(isTiny).word(23).op('v128.and', 'i32x4.sub', 'f32x4.convert_i32x4_s').set(k);
    // m in [1/2, 1), doubled where it is below sqrt(1/2).
    code.get(x).word(0x7fffff).op('v128.and').word(0x3f000000).op('v128.or').set(x);
    const isLow = square;
    code.get(x).f32(Math.SQRT1_2).op('f32x4.lt').set(isLow);
    code.get(k).get(isLow).f32(1).op('v128.and', 'f32x4.sub').set(k);
    code.get(x).get(x).get(isLow).op('v128.and', 'f32x4.add').f32(1).op('f32x4.sub').set(f);
    code.get(f).get(f).op('f32x4.mul').set(square);
    polynomial(
      code,
      f,
      [
        7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
        2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
      ],
    );
    code.get(f).op('f32x4.mul').get(square).op('f32x4.mul');
    code
      .set(x)
      .get(k)
      .f32(LN2_LOW)
      .multiplyAdd(() => code.get(x))
      .set(x);
    code
      .get(square)
      .f32(-0.5)
      .multiplyAdd(() => code.get(x))
      .get(f)
      .op('f32x4.add')
      .set(x);
    code
      .get(k)
      .f32(LN2_HIGH)
      .multiplyAdd(() => code.get(x))
      .set(x);
    // ln 0 = -infinity, ln infinity = infinity, NaN below 0 and of NaN.
    code.f32(Number.NEGATIVE_INFINITY).get(x).get(given).f32(0).op('f32x4.eq', 'v128.bitselect').set(x);
    code.get(given).get(x).get(given).f32(Number.POSITIVE_INFINITY).op('f32x4.eq', 'v128.bitselect');
    code.get(given).f32(0).op('f32x4.ge', 'v128.not', 'v128.or');
  });

/** Puts e^-|x| into `e`, with x in the local `x`. */
function expOfMinusSize(code: Code, x: number, e: number): void {
  code.get(x).op('f32x4.abs', 'f32x4.neg');
  exp(code);
  code.set(e);
}

/** 1 / (1 + e^-x), accurate in both tails. */
export const sigmoid: Emit = (code) =>
  withLocals(code, 2, (x, e) => {
    code.set(x);
    expOfMinusSize(code, x, e);
    code.get(e).f32(1).get(x).f32(0).op('f32x4.lt', 'v128.bitselect');
    code.get(e).f32(1).op('f32x4.add', 'f32x4.div');
  });

/** ln(1 + e^x) = max(x, 0) + ln(1 + e), e = e^-|x|; ln(1 + e) = 2 atanh(s) with s = e / (2 + e) <= 1/3. */
export const softplus: Emit = (code) =>
  withLocals(code, 3, (x, s, square) => {
    code.set(x);
    expOfMinusSize(code, x, s);
    code.get(s).get(s).f32(2).op('f32x4.add', 'f32x4.div').set(s);
    code.get(s).get(s).op('f32x4.mul').set(square);
    // 2 atanh(s) / s - 2 = 2 (s^2 / 3 + s^4 / 5 + ...), to 2^-29 of the sum for s <= 1/3.
    polynomial(code, square, [2 / 15, 2 / 13, 2 / 11, 2 / 9, 2 / 7, 2 / 5, 2 / 3]);
    code.get(square).op('f32x4.mul').f32(2).op('f32x4.add').get(s).op('f32x4.mul');
    code.get(x).f32(0).op('f32x4.pmax', 'f32x4.add');
  });

/** Where tanh is 1 to float32, and a little more. */
const TANH_END = 9.02;

/**
 * Hyperbolic tangent: x P(x^2) / Q(x^2), fitted to a relative error of 2.1e-8 on [-9.02, 9.02] (weighted least
 * squares, the weights moved to where the error was largest), and scaled so that rounded to float32 the
 * coefficients do best: 3.6e-7 over all numbers, most of it rounding.
 */
export const tanh: Emit = (code) =>
  withLocals(code, 2, (x, square) => {
    clamp(code, TANH_END);
    code.set(x);
    code.get(x).get(x).op('f32x4.mul').set(square);
    polynomial(
      code,
      square,
      [
        2.5829855587744532e-8, 3.9918093534652144e-5, 0.00677610095590353, 0.2594779133796692,
        1.9393385648727417,
      ],
    );
    code.get(x).op('f32x4.mul');
    polynomial(
      code,
      square,
      [
        1.505304453530698e-6, 0.0006367004243656993, 0.05017271265387535, 0.9059237837791443,
        1.9393384456634521,
      ],
    );
    code.op('f32x4.div');
    clamp(code, 1);
  });

/** Holds the vector on the stack within [-bound, bound]; NaN stays. */
function clamp(code: Code, bound: number): void {
  code.f32(bound).op('f32x4.pmin').f32(-bound).op('f32x4.pmax');
}

/** sin (quarterTurns 0) or cos (1): reduced and summed in float64; accurate for |x| up to 2^20. */
function circular(code: Code, quarterTurns: number): void {
  withLocals(code, 7, (given, result, x, n, z, q, sine) => {
    code.set(given);
    for (const pair of [0, 1]) {
      code.get(given);
      if (pair === 1) code.get(given).shuffle(2, 3, 2, 3);
      code.op('f64x2.promote_low_f32x4').set(x);
      code
        .get(x)
        .f64(2 / Math.PI)
        .op('f64x2.mul', 'f64x2.nearest')
        .set(n);
      // pi/2 in two parts: the first has 33 bits, so its product with n is exact below 2^20.
      code.get(x).get(n).f64(1.5707963267341256).op('f64x2.mul', 'f64x2.sub');
      code.get(n).f64(6.077100506506192e-11).op('f64x2.mul', 'f64x2.sub').set(z);
      code.get(z).get(z).op('f64x2.mul').set(q);
      const series = (coefficients: readonly number[]) => {
        code.f64(coefficients[0]);
        for (const c of coefficients.slice(1)) code.get(q).op('f64x2.mul').f64(c).op('f64x2.add');
      };
      series([-1 / 39916800, 1 / 362880, -1 / 5040, 1 / 120, -1 / 6, 1]);
      code.get(z).op('f64x2.mul', 'f32x4.demote_f64x2_zero').set(sine);
      series([1 / 479001600, -1 / 3628800, 1 / 40320, -1 / 720, 1 / 24, -1 / 2, 1]);
      code.op('f32x4.demote_f64x2_zero').set(z);
      const turns = n;
      code.get(n).op('i32x4.trunc_sat_f64x2_s_zero').word(quarterTurns).op('i32x4.add').set(turns);
      // Odd turns swap sine and cosine; the second bit is the sign.
      code.get(z).get(sine).get(turns).i32(31).op('i32x4.shl').i32(31).op('i32x4.shr_s', 'v128.bitselect');
      code.get(turns).i32(1).op('i32x4.shr_u').i32(31).op('i32x4.shl', 'v128.xor');
      if (pair === 0) code.set(result);
      else code.set(z).get(result).get(z).shuffle(0, 1, 4, 5);
    }
  });
}
export const sin: Emit = (code) => circular(code, 0);
export const cos: Emit = (code) => circular(code, 1);
