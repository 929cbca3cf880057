/**
 * Standard normals from a cipher key, two at a time: the bits of `math/random`, whose head has the recipe.
 *
 * Only exactly rounded operations occur, in the same order; where scalar code counts leading zeros, this
 * reads the exponent of the exactly converted word, which is the same number.
 */
import { Code, i32, type Local, ModuleWriter, v128 } from './emitter.ts';

/** Normals made by one call: small enough to stay in the first-level cache. */
const CHUNK = 2048;
/** Vectors of blocks enciphered side by side: one alone waits for its own last instruction most of the time. */
const PAIRS = 4;
const NORMALS_PER_TURN = 8 * PAIRS;
/** Behind the normals of a chunk, and of a turn that ends behind it. */
const WORDS_ADDRESS = 8 * (CHUNK + NORMALS_PER_TURN);
const PARITY = 0x1bd11bda;
const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24];
const ROUNDS = 20;
/** sqrt(1/2), as the recipe rounds it. */
const ROOT_HALF = 0xb504f334 / 4294967296;
const TO_RADIANS = Math.PI / 2147483648;
const SIGN = 0x80000000 | 0;

/** Puts the sum of a polynomial on the stack, highest power first; plain subtraction where a term is negative. */
function series(code: Code, x: Local, [first, ...rest]: readonly number[]): void {
  code.get(x).f64(first).op('f64x2.mul');
  rest.forEach((coefficient, at) => {
    if (coefficient < 0) code.f64(-coefficient).op('f64x2.sub');
    else code.f64(coefficient).op('f64x2.add');
    if (at < rest.length - 1) code.get(x).op('f64x2.mul');
  });
}

/** Threefry-2x32 of 20 rounds on pairs of locals [x, y], four blocks each: counters and zeros in, words out. */
function cipher(code: Code, pairs: readonly (readonly [Local, Local])[], keys: readonly Local[]): void {
  const shifted = code.local(v128);
  const inject = (into: 0 | 1, key: Local) => {
    for (const pair of pairs) code.get(pair[into]).get(key).op('i32x4.add').set(pair[into]);
  };
  inject(0, keys[0]);
  inject(1, keys[1]);
  for (let round = 0; round < ROUNDS; round++) {
    const rotation = ROTATIONS[round % 8];
    for (const [x, y] of pairs) {
      code.get(x).get(y).op('i32x4.add').set(x);
      code.get(y).i32(rotation).op('i32x4.shl').set(shifted);
      code
        .get(y)
        .i32(32 - rotation)
        .op('i32x4.shr_u')
        .get(shifted)
        .op('v128.or')
        .get(x)
        .op('v128.xor')
        .set(y);
    }
    if (round % 4 === 3) {
      const injection = (round + 1) / 4;
      inject(0, keys[injection % 3]);
      inject(1, keys[(injection + 1) % 3]);
      for (const [, y] of pairs) code.get(y).word(injection).op('i32x4.add').set(y);
    }
  }
  code.release(shifted);
}

/** Box and Muller's transform of the low two words of `first` and `second`: x and y, as two float32 each. */
function transform(code: Code, first: Local, second: Local, x: Local, y: Local): void {
  const [value, m, t, q, radius, z, cosine, sine, angle, turned, swap] = Array.from({ length: 11 }, () =>
    code.local(v128),
  );
  // u = (word | 1) / 2^32 = m 2^-k, with m in [sqrt(1/2), sqrt(2)).
  code.get(first).word(1).op('v128.or', 'f64x2.convert_low_i32x4_u').set(value);
  code.get(value).words(-1, 0xfffff, -1, 0xfffff).op('v128.and').f64(0.5).op('v128.or').set(m);
  const isSmall = t;
  code.get(m).f64(ROOT_HALF).op('f64x2.lt').set(isSmall);
  code.get(m).get(m).get(isSmall).op('v128.and', 'f64x2.add').set(m);
  // k = 1054 - exponent, one more where m was doubled; 2^52 + exponent is written bit by bit.
  const k = value;
  code
    .f64(4503599627370496 + 1054)
    .get(value)
    .i32(52)
    .op('i64x2.shr_u')
    .f64(4503599627370496);
  code.op('v128.or', 'f64x2.sub').f64(1).get(isSmall).op('v128.and', 'f64x2.add').set(k);
  code.get(m).f64(1).op('f64x2.sub').get(m).f64(1).op('f64x2.add', 'f64x2.div').set(t);
  code.get(t).get(t).op('f64x2.mul').set(q);
  code.get(t).get(t).op('f64x2.add');
  series(code, q, [1 / 11, 1 / 9, 1 / 7, 1 / 5, 1 / 3, 1]);
  code.op('f64x2.mul').get(k).f64(Math.LN2).op('f64x2.mul', 'f64x2.sub');
  code.f64(-2).op('f64x2.mul', 'f64x2.sqrt').set(radius);

  code.get(second).i32(2).op('i32x4.shl').i32(2).op('i32x4.shr_s', 'f64x2.convert_low_i32x4_s');
  code.f64(0.5).op('f64x2.add').f64(TO_RADIANS).op('f64x2.mul').set(z);
  code.get(z).get(z).op('f64x2.mul').set(q);
  series(code, q, [1 / 479001600, -1 / 3628800, 1 / 40320, -1 / 720, 1 / 24, -1 / 2, 1]);
  code.set(cosine).get(z);
  series(code, q, [-1 / 39916800, 1 / 362880, -1 / 5040, 1 / 120, -1 / 6, 1]);
  code.op('f64x2.mul').set(sine);

  // The quadrant is the angle's two highest bits: the lower swaps sine and cosine, both make the signs.
  code.get(second).get(second).shuffle(0, 0, 1, 1).set(angle);
  code.get(angle).i32(1).op('i32x4.shl').set(turned);
  code.get(turned).i32(31).op('i32x4.shr_s').set(swap);
  const signed = (sign: () => void) => {
    sign();
    code.words(0, SIGN, 0, SIGN).op('v128.and', 'v128.xor').get(radius).op('f64x2.mul');
    code.op('f32x4.demote_f64x2_zero');
  };
  code.get(cosine).get(cosine).get(sine).op('v128.xor').get(swap).op('v128.and').tee(z).op('v128.xor');
  signed(() => code.get(angle).get(turned).op('v128.xor'));
  code.set(x).get(sine).get(z).op('v128.xor');
  signed(() => code.get(angle));
  code.set(y).release(value, m, t, q, radius, z, cosine, sine, angle, turned, swap);
}

/**
 * fill(key0, key1, counter, turns): that many times NORMALS_PER_TURN as float64 at address 0, from a block on.
 * First all words, then all normals: the cipher and the transform each have registers enough of their own.
 */
function writeFill(): Code {
  const code = new Code([i32, i32, i32, i32]);
  const keys = [code.local(v128), code.local(v128), code.local(v128)];
  const pairs = Array.from({ length: PAIRS }, () => [code.local(v128), code.local(v128)] as const);
  const counters = code.local(v128);
  const [left, words, out] = Array.from({ length: 3 }, () => code.local(i32));
  code.get(0).op('i32x4.splat').set(keys[0]).get(1).op('i32x4.splat').set(keys[1]);
  code.get(keys[0]).get(keys[1]).op('v128.xor').word(PARITY).op('v128.xor').set(keys[2]);
  code.get(2).op('i32x4.splat').words(0, 1, 2, 3).op('i32x4.add').set(counters);
  code.i32(WORDS_ADDRESS).set(words).get(3).set(left);
  code.repeatDynamic(left, () => {
    for (const [x, y] of pairs) {
      code.get(counters).set(x).word(0).set(y);
      code.get(counters).word(4).op('i32x4.add').set(counters);
    }
    cipher(code, pairs, keys);
    pairs.flat().forEach((local, at) => {
      code
        .get(words)
        .get(local)
        .memory('v128.store', 16 * at);
    });
    code.advance(words, 32 * PAIRS);
  });
  code.i32(WORDS_ADDRESS).set(words).i32(0).set(out).get(3).set(left);
  code.repeatDynamic(left, () => {
    code.repeat(PAIRS, () => {
      const normals = Array.from({ length: 4 }, () => code.local(v128));
      for (const half of [0, 1]) {
        const [first, second] = [code.local(v128), code.local(v128)];
        code
          .get(words)
          .memory('v128.load64_zero', 8 * half)
          .set(first);
        code
          .get(words)
          .memory('v128.load64_zero', 16 + 8 * half)
          .set(second);
        transform(code, first, second, normals[2 * half], normals[2 * half + 1]);
        code.release(first, second);
      }
      const both = code.local(v128);
      for (const half of [0, 1]) {
        code
          .get(normals[2 * half])
          .get(normals[2 * half + 1])
          .shuffle(0, 4, 1, 5)
          .set(both);
        code
          .get(out)
          .get(both)
          .op('f64x2.promote_low_f32x4')
          .memory('v128.store', 32 * half);
        code.get(out).get(both).get(both).shuffle(2, 3, 2, 3);
        code.op('f64x2.promote_low_f32x4').memory('v128.store', 32 * half + 16);
      }
      code
        .release(both, ...normals)
        .advance(words, 32)
        .advance(out, 64);
    });
  });
  return code;
}

export type Normals = (key: readonly [number, number], out: Float64Array) => void;

/** A function that fills an array with the standard normals of a stream's key. */
export function openNormals(): Normals {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new ModuleWriter();
  module.export('fill', module.add(writeFill()));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes()), { env: { memory } });
  const fill = instance.exports.fill as (key0: number, key1: number, counter: number, count: number) => void;
  const chunk = new Float64Array(memory.buffer, 0, CHUNK);
  return ([key0, key1], out) => {
    for (let start = 0; start < out.length; start += CHUNK) {
      const count = Math.min(CHUNK, out.length - start);
      fill(key0, key1, start / 2, Math.ceil(count / NORMALS_PER_TURN));
      if (count === CHUNK) out.set(chunk, start);
      else for (let i = 0; i < count; i++) out[start + i] = chunk[i];
    }
  };
}
