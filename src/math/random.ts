/**
 * Named streams of random numbers, the same bits on every machine: element i of a stream is a pure
 * function of (seed, purpose, step, draw, i), so nothing is consumed and no state is kept.
 *
 * The recipe, in full, so that another language can repeat it bit for bit. Words are unsigned 32-bit;
 * floating point is IEEE double, every operation rounded by itself (no fused multiply-add).
 *
 * 1. Cipher. Threefry-2x32, 20 rounds: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy
 *    as 1, 2, 3", SC'11. Written threefry((key0, key1), (counter0, counter1)).
 * 2. Key of a stream. `base` = (seed mod 2^32, FNV-1a-32 of the purpose's ASCII bytes). If
 *    high = floor(seed / 2^32) is not zero, base = threefry(base, (high, 2^32 - 1)).
 *    key = threefry(base, (step, draw)).
 * 3. Words. (word[2j], word[2j + 1]) = threefry(key, (j, 0)).
 * 4. Uniform i = (word[i] >> 8) * 2^-24. Integer i below b = the high word of word[i] * b.
 * 5. Normals 2j and 2j + 1 = fround(radius * x), fround(radius * y): Box and Muller (1958), where
 *    radius = sqrt(-2 * naturalLog(word[2j])) and (x, y) is a point of the unit circle:
 *      a = word[2j + 1];  quadrant = a >> 30;  s = a's low 30 bits as a signed number
 *      z = (s + 0.5) * (pi * 2^-31);  C = cosineNear(z);  S = sineNear(z)      |z| < pi/4
 *      (x, y) = (C, S), (-S, C), (-C, -S), (S, -C) for quadrant 0, 1, 2, 3
 *    and `fround` rounds to float32, so that float32 and float64 devices hold the same numbers.
 * 6. naturalLog, sineNear and cosineNear are polynomials in Horner form (below); their coefficients are
 *    the doubles nearest to 1/3, 1/5, ... and 1/2!, 1/3!, ..., as pi and ln 2 are the nearest doubles.
 */

/** Random numbers of one (seed, purpose, step, draw). Asking twice answers the same. */
export interface Stream {
  /** The cipher key of this stream, two unsigned 32-bit words: what another device needs to repeat it. */
  readonly key: readonly [number, number];
  /** Fills `out` with standard normals, each representable in float32 and at most 6.7 in size. */
  normals(out: Float64Array): Float64Array;
  /** Fills `out` with uniforms in [0, 1), multiples of 2^-24. */
  uniforms(out: Float64Array): Float64Array;
  /**
   * Fills `out` with integers of [0, below). The bias of each probability is at most 2^-32.
   * Throws a RangeError unless `below` is a whole number of [1, 2^31].
   */
  integers(out: Int32Array, below: number): Int32Array;
}

/** 2^32, the number of values of a word. */
const WORDS = 4294967296;
/** A counter word that no block of a stream uses, for the high bits of a large seed. */
const HIGH_SEED = 0xffffffff;
/** The key schedule's constant of Threefry-2x32 (Skein's C240, Salmon et al., section 4.1). */
const PARITY = 0x1bd11bda;

/** Half of sqrt(2) * 2^31, rounded up: where naturalLog halves its mantissa. Compared after a shift. */
const HALF_OF_ROOT_TWO = 0x5a82799a;
const TO_UNIT = 1 / WORDS;
const TO_UNIFORM = 1 / 16777216;
/** pi * 2^-31: one unit of the low 30 bits of an angle word, in radians. */
const TO_RADIANS = Math.PI / 2147483648;

/** cos and sin of quadrant * pi/2. */
const QUADRANT_COS = new Float64Array([1, 0, -1, 0]);
const QUADRANT_SIN = new Float64Array([0, 1, 0, -1]);

/** Words made at a time: small enough to stay in the first-level cache. Does not change any number. */
const CHUNK = 1024;
const chunk = new Int32Array(CHUNK);

/**
 * The stream named by (seed, purpose, step, draw). Different names give independent streams; one stream
 * answers one question: its normals, uniforms and integers are made of the same words.
 *
 * `seed`: a whole number of [0, 2^53). `purpose`: ASCII, such as 'data' or 'latent'. `step`, `draw`:
 * whole numbers of [0, 2^32). Throws a RangeError otherwise.
 */
export function stream(seed: number, purpose: string, step = 0, draw = 0): Stream {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`A seed is a whole number from 0 to 2^53 - 1; got ${seed}.`);
  }
  if (!isWord(step)) throw new RangeError(`A step is a whole number from 0 to 2^32 - 1; got ${step}.`);
  if (!isWord(draw)) throw new RangeError(`A draw is a whole number from 0 to 2^32 - 1; got ${draw}.`);
  const key = new Int32Array(2);
  key[0] = seed | 0;
  key[1] = hashOf(purpose);
  const high = Math.floor(seed / WORDS);
  if (high > 0) threefry(key[0], key[1], high, HIGH_SEED, key, 2);
  threefry(key[0], key[1], step, draw, key, 2);
  return streamOf(key[0], key[1]);
}

/** The stream of a cipher key, its two words given as 32-bit integers of either sign. */
function streamOf(key0: number, key1: number): Stream {
  return {
    key: [key0 >>> 0, key1 >>> 0],
    normals(out) {
      for (let start = 0; start < out.length; start += CHUNK) {
        const count = Math.min(CHUNK, out.length - start);
        threefry(key0, key1, start / 2, 0, chunk, count);
        normalsOf(chunk, out, start, count);
      }
      return out;
    },
    uniforms(out) {
      for (let start = 0; start < out.length; start += CHUNK) {
        const count = Math.min(CHUNK, out.length - start);
        threefry(key0, key1, start / 2, 0, chunk, count);
        for (let i = 0; i < count; i++) out[start + i] = (chunk[i] >>> 8) * TO_UNIFORM;
      }
      return out;
    },
    integers(out, below) {
      if (!Number.isInteger(below) || below < 1 || below > 2147483648) {
        throw new RangeError(`Integers are drawn below a whole number from 1 to 2^31; got ${below}.`);
      }
      for (let start = 0; start < out.length; start += CHUNK) {
        const count = Math.min(CHUNK, out.length - start);
        threefry(key0, key1, start / 2, 0, chunk, count);
        for (let i = 0; i < count; i++) out[start + i] = highWord(chunk[i], below);
      }
      return out;
    },
  };
}

/**
 * Writes the first `count` words of threefry(key, (counter0, counter1)), threefry(key, (counter0 + 1,
 * counter1)), ... into `words` as signed 32-bit integers; an odd count writes one whole block more if
 * there is room. Salmon et al. (2011): rotations 13 15 26 6 17 29 16 24, a key injection every 4 rounds.
 */
export function threefry(
  key0: number,
  key1: number,
  counter0: number,
  counter1: number,
  words: Int32Array,
  count: number,
): void {
  const k0 = key0 | 0;
  const k1 = key1 | 0;
  const k2 = PARITY ^ k0 ^ k1;
  const first = (counter0 + k0) | 0;
  const second = (counter1 + k1) | 0;
  for (let i = 0, block = 0; i < count; i += 2, block++) {
    let x = (first + block) | 0;
    let y = second;
    x = (x + y) | 0;
    y = ((y << 13) | (y >>> 19)) ^ x;
    x = (x + y) | 0;
    y = ((y << 15) | (y >>> 17)) ^ x;
    x = (x + y) | 0;
    y = ((y << 26) | (y >>> 6)) ^ x;
    x = (x + y) | 0;
    y = ((y << 6) | (y >>> 26)) ^ x;
    x = (x + k1) | 0;
    y = (y + k2 + 1) | 0;
    x = (x + y) | 0;
    y = ((y << 17) | (y >>> 15)) ^ x;
    x = (x + y) | 0;
    y = ((y << 29) | (y >>> 3)) ^ x;
    x = (x + y) | 0;
    y = ((y << 16) | (y >>> 16)) ^ x;
    x = (x + y) | 0;
    y = ((y << 24) | (y >>> 8)) ^ x;
    x = (x + k2) | 0;
    y = (y + k0 + 2) | 0;
    x = (x + y) | 0;
    y = ((y << 13) | (y >>> 19)) ^ x;
    x = (x + y) | 0;
    y = ((y << 15) | (y >>> 17)) ^ x;
    x = (x + y) | 0;
    y = ((y << 26) | (y >>> 6)) ^ x;
    x = (x + y) | 0;
    y = ((y << 6) | (y >>> 26)) ^ x;
    x = (x + k0) | 0;
    y = (y + k1 + 3) | 0;
    x = (x + y) | 0;
    y = ((y << 17) | (y >>> 15)) ^ x;
    x = (x + y) | 0;
    y = ((y << 29) | (y >>> 3)) ^ x;
    x = (x + y) | 0;
    y = ((y << 16) | (y >>> 16)) ^ x;
    x = (x + y) | 0;
    y = ((y << 24) | (y >>> 8)) ^ x;
    x = (x + k1) | 0;
    y = (y + k2 + 4) | 0;
    x = (x + y) | 0;
    y = ((y << 13) | (y >>> 19)) ^ x;
    x = (x + y) | 0;
    y = ((y << 15) | (y >>> 17)) ^ x;
    x = (x + y) | 0;
    y = ((y << 26) | (y >>> 6)) ^ x;
    x = (x + y) | 0;
    y = ((y << 6) | (y >>> 26)) ^ x;
    words[i] = (x + k2) | 0;
    words[i + 1] = (y + k0 + 5) | 0;
  }
}

/** Step 5 of the recipe: the first `count` normals of `words`, into out[start], out[start + 1], ... */
function normalsOf(words: Int32Array, out: Float64Array, start: number, count: number): void {
  for (let i = 0; i < count; i += 2) {
    const radius = Math.sqrt(-2 * naturalLog(words[i]));
    const angle = words[i + 1];
    const z = (((angle << 2) >> 2) + 0.5) * TO_RADIANS;
    const cosine = cosineNear(z);
    const sine = sineNear(z);
    // A turn by whole quadrants: the factors are 0 and 1 or -1, so nothing is rounded here.
    const turnCos = QUADRANT_COS[angle >>> 30];
    const turnSin = QUADRANT_SIN[angle >>> 30];
    out[start + i] = Math.fround(radius * (cosine * turnCos - sine * turnSin));
    if (i + 1 < count) out[start + i + 1] = Math.fround(radius * (sine * turnCos + cosine * turnSin));
  }
}

/**
 * ln(u) of u = (word | 1) / 2^32, the midpoint of one of 2^31 cells of (0, 1), to 2e-11.
 *
 * u = m * 2^-k with m in [sqrt(1/2), sqrt(2)), exactly: m is the word shifted up to its leading bit, over
 * 2^32, doubled when below sqrt(1/2) (that is, when the shifted word is below 0xb504f334).
 * ln u = 2 atanh(t) - k ln 2 with t = (m - 1) / (m + 1), |t| < 0.172, and atanh's series up to t^11.
 */
export function naturalLog(word: number): number {
  const odd = word | 1;
  const zeros = Math.clz32(odd);
  const shifted = odd << zeros;
  const small = ((shifted >>> 1) - HALF_OF_ROOT_TWO) >>> 31;
  const m = (shifted >>> 0) * TO_UNIT * (1 + small);
  const t = (m - 1) / (m + 1);
  const q = t * t;
  const series = ((((q * (1 / 11) + 1 / 9) * q + 1 / 7) * q + 1 / 5) * q + 1 / 3) * q + 1;
  return 2 * t * series - (zeros + small) * Math.LN2;
}

/** sin(z) of |z| <= pi/4 to 1e-11: Taylor's series up to z^11. */
export function sineNear(z: number): number {
  const q = z * z;
  const series = ((((q * (-1 / 39916800) + 1 / 362880) * q - 1 / 5040) * q + 1 / 120) * q - 1 / 6) * q + 1;
  return z * series;
}

/** cos(z) of |z| <= pi/4 to 1e-12: Taylor's series up to z^12. */
export function cosineNear(z: number): number {
  const q = z * z;
  return (
    (((((q * (1 / 479001600) - 1 / 3628800) * q + 1 / 40320) * q - 1 / 720) * q + 1 / 24) * q - 1 / 2) * q + 1
  );
}

/** floor(word * below / 2^32), exactly, in two halves that a double holds; `below` up to 2^31. */
function highWord(word: number, below: number): number {
  const low = Math.floor(((word & 0xffff) * below) / 65536);
  return Math.floor(((word >>> 16) * below + low) / 65536);
}

/** FNV-1a, 32 bits (Fowler, Noll and Vo), of an ASCII name. Throws a RangeError at any other character. */
function hashOf(purpose: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < purpose.length; i++) {
    const byte = purpose.charCodeAt(i);
    if (byte > 127) throw new RangeError(`The purpose of a stream is ASCII; got '${purpose}'.`);
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return hash;
}

function isWord(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < WORDS;
}
