/** Random streams: the cipher's published answers, the distributions, independence, and the pinned recipe. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cosineNear, naturalLog, sineNear, stream, threefry } from '../../src/math/random.ts';

const normals = (count: number, ...name: Parameters<typeof stream>) =>
  stream(...name).normals(new Float64Array(count));

function correlation(a: Float64Array, b: Float64Array): number {
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    ab += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  return ab / Math.sqrt(aa * bb);
}

/** Phi(x) = 1/2 + phi(x) (x + x^3/3 + x^5/15 + ...), to rounding for |x| < 7. */
function normalCdf(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-17; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
}

/** Largest distance between the empirical distribution of `sample` and `cdf`. */
function kolmogorovSmirnov(sample: Float64Array, cdf: (x: number) => number): number {
  const sorted = sample.slice().sort();
  let distance = 0;
  for (let i = 0; i < sorted.length; i++) {
    const value = cdf(sorted[i]);
    distance = Math.max(distance, value - i / sorted.length, (i + 1) / sorted.length - value);
  }
  return distance;
}

describe('the cipher', () => {
  // kat_vectors of Random123 (Salmon et al. 2011), threefry2x32 20.
  test.each([
    [0, 0, 0, 0, 0x6b200159, 0x99ba4efe],
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x1cb996fc, 0xbb002be7],
    [0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3, 0xc4923a9c, 0x483df7a0],
  ])('key %i %i, counter %i %i answers as Random123 does', (k0, k1, c0, c1, first, second) => {
    const words = new Int32Array(2);
    threefry(k0, k1, c0, c1, words, 2);
    expect([words[0] >>> 0, words[1] >>> 0]).toEqual([first, second]);
  });

  test('many words are the blocks of consecutive counters', () => {
    const words = new Int32Array(20);
    threefry(1, 2, 0xfffffffb, 3, words, 20);
    const block = new Int32Array(2);
    for (let i = 0; i < 10; i++) {
      threefry(1, 2, (0xfffffffb + i) >>> 0, 3, block, 2);
      expect(words.slice(2 * i, 2 * i + 2)).toEqual(block);
    }
  });
});

describe('the elementary functions, against the platform on a dense grid', () => {
  // The first term left out of each series, at the end of its range, plus a few roundings.
  const grid = 200_000;

  test('naturalLog is the logarithm to 2e-11, and its square root has a small relative error near 1', () => {
    let absolute = 0;
    let relative = 0;
    const words = [
      0, 1, 2, 3, 0xb504f332, 0xb504f333, 0xb504f334, 0xb504f335, 0x7fffffff, 0x80000000, 0xffffffff,
    ];
    for (let i = 0; i < grid; i++) words.push(Math.floor((i * 4294967296) / grid));
    for (let bit = 0; bit < 32; bit++) words.push((1 << bit) >>> 0, ((1 << bit) * Math.SQRT2) >>> 0);
    for (const word of words) {
      const expected = Math.log(((word | 1) >>> 0) / 4294967296);
      absolute = Math.max(absolute, Math.abs(naturalLog(word) - expected));
      relative = Math.max(relative, Math.abs(naturalLog(word) / expected - 1));
    }
    expect(absolute).toBeLessThan(2e-11);
    expect(relative).toBeLessThan(6e-11);
  });

  test('sineNear to 1e-11 and cosineNear to 1e-12 within a quarter of pi', () => {
    let sine = 0;
    let cosine = 0;
    for (let i = 0; i <= grid; i++) {
      const z = ((2 * i) / grid - 1) * (Math.PI / 4);
      sine = Math.max(sine, Math.abs(sineNear(z) - Math.sin(z)));
      cosine = Math.max(cosine, Math.abs(cosineNear(z) - Math.cos(z)));
    }
    expect(sine).toBeLessThan(1e-11);
    expect(cosine).toBeLessThan(1e-12);
  });

  test('normals are Box and Muller of their words, to the rounding of float32', () => {
    const source = stream(5, 'latent', 2);
    const values = source.normals(new Float64Array(4096));
    const words = new Int32Array(4096);
    threefry(source.key[0], source.key[1], 0, 0, words, 4096);
    for (let i = 0; i < values.length; i += 2) {
      const radius = Math.sqrt(-2 * Math.log(((words[i] | 1) >>> 0) / 4294967296));
      const quadrant = words[i + 1] >>> 30;
      const angle = (quadrant * Math.PI) / 2 + (((words[i + 1] << 2) >> 2) + 0.5) * Math.PI * 2 ** -31;
      // Half a unit of float32 in the last place below 8, 2^-22, and the series' errors far below it.
      expect(Math.abs(values[i] - radius * Math.cos(angle))).toBeLessThan(3e-7);
      expect(Math.abs(values[i + 1] - radius * Math.sin(angle))).toBeLessThan(3e-7);
    }
  });
});

describe('the distributions', () => {
  const count = 1_000_000;

  test('moments of a million normals lie within four standard errors', () => {
    const x = normals(count, 1, 'moments');
    const moment = [0, 0, 0, 0, 0];
    for (const value of x) {
      for (let k = 1, power = value; k <= 4; k++, power *= value) moment[k] += power / count;
    }
    const [, mean, second, third, fourth] = moment;
    const variance = second - mean * mean;
    const skew = (third - 3 * mean * second + 2 * mean ** 3) / variance ** 1.5;
    const kurtosis =
      (fourth - 4 * mean * third + 6 * mean * mean * second - 3 * mean ** 4) / (variance * variance);
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(count));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
    expect(Math.abs(skew)).toBeLessThan(4 * Math.sqrt(6 / count));
    expect(Math.abs(kurtosis - 3)).toBeLessThan(4 * Math.sqrt(24 / count));
  });

  test('normals and uniforms pass Kolmogorov and Smirnov at 1 in 1000 (1.95 / sqrt(n))', () => {
    const bound = 1.95 / Math.sqrt(count);
    expect(kolmogorovSmirnov(normals(count, 2, 'fit'), normalCdf)).toBeLessThan(bound);
    const uniforms = stream(2, 'fit').uniforms(new Float64Array(count));
    expect(kolmogorovSmirnov(uniforms, (x) => x)).toBeLessThan(bound);
  });

  test('the two normals of one block, and neighbours across blocks, are uncorrelated', () => {
    const x = normals(count, 3, 'neighbours');
    for (const lag of [1, 2, 3, 1024]) {
      expect(Math.abs(correlation(x.subarray(lag), x.subarray(0, count - lag)))).toBeLessThan(
        5 / Math.sqrt(count),
      );
    }
  });

  test('uniforms lie in [0, 1), and both kinds are float32 numbers', () => {
    const uniforms = stream(4, 'range').uniforms(new Float64Array(50_001));
    expect(uniforms.every((u) => u >= 0 && u < 1 && Math.fround(u) === u)).toBe(true);
    expect(normals(50_001, 4, 'range').every((x) => Math.abs(x) < 6.7 && Math.fround(x) === x)).toBe(true);
  });

  test('integers are even over their range: chi-squared of 100 cells within five standard deviations', () => {
    const cells = 100;
    const tally = new Float64Array(cells);
    for (const i of stream(5, 'pick').integers(new Int32Array(count), cells)) tally[i]++;
    const expected = count / cells;
    let chi = 0;
    for (const n of tally) chi += (n - expected) ** 2 / expected;
    expect(Math.abs(chi - (cells - 1))).toBeLessThan(5 * Math.sqrt(2 * (cells - 1)));
  });

  test('integers are the high word of an exact product, whatever the bound', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 2147483647 }), (seed, below) => {
        const source = stream(seed, 'pick');
        const words = new Int32Array(64);
        threefry(source.key[0], source.key[1], 0, 0, words, 64);
        const exact = Array.from(words, (word) => Number((BigInt(word >>> 0) * BigInt(below)) >> 32n));
        expect(Array.from(source.integers(new Int32Array(64), below))).toEqual(exact);
      }),
    );
  });
});

describe('streams', () => {
  test('a longer request begins with a shorter one, whatever the lengths', () => {
    const long = 5000;
    const source = stream(11, 'prefix', 3);
    const all = source.normals(new Float64Array(long));
    const uniform = source.uniforms(new Float64Array(long));
    const whole = source.integers(new Int32Array(long), 1000);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: long }), (short) => {
        expect(source.normals(new Float64Array(short))).toEqual(all.slice(0, short));
        expect(source.uniforms(new Float64Array(short))).toEqual(uniform.slice(0, short));
        expect(source.integers(new Int32Array(short), 1000)).toEqual(whole.slice(0, short));
      }),
      { examples: [[0], [1], [1023], [1024], [1025], [2047], [5000]], numRuns: 30 },
    );
  });

  test('asking fills exactly the array given', () => {
    const storage = new Float64Array(7).fill(9);
    stream(1, 'edge').normals(storage.subarray(2, 5));
    expect([storage[0], storage[1], storage[5], storage[6]]).toEqual([9, 9, 9, 9]);
  });

  test('any two streams that differ in seed, purpose, step or draw are uncorrelated', () => {
    const count = 20_000;
    const names: Parameters<typeof stream>[] = [
      [0, 'data'],
      [1, 'data'],
      [2 ** 32, 'data'],
      [2 ** 32 + 1, 'data'],
      [2 ** 33, 'data'],
      [2 ** 53 - 1, 'data'],
      [0, 'latent'],
      [0, 'init'],
      [0, ''],
      [0, 'data', 1],
      [0, 'data', 2],
      [0, 'data', 2 ** 32 - 1],
      [0, 'data', 0, 1],
      [0, 'data', 1, 1],
      [0, 'data', 0, 2],
    ];
    const all = names.map((name) => normals(count, ...name));
    for (let i = 0; i < all.length; i++) {
      for (let j = 0; j < i; j++) {
        // Five standard errors, over 105 pairs.
        expect(Math.abs(correlation(all[i], all[j])), `${names[i]} with ${names[j]}`).toBeLessThan(
          5 / Math.sqrt(count),
        );
      }
    }
  });

  test('what is not a name of a stream is refused with its value', () => {
    for (const seed of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => stream(seed, 'data')).toThrow(`${seed}`);
    expect(() => stream(0, 'data', -1)).toThrow(/step/);
    expect(() => stream(0, 'data', 0, 2 ** 32)).toThrow(/draw/);
    expect(() => stream(0, 'données')).toThrow(/ASCII/);
    for (const below of [0, 1.5, 2 ** 31 + 1]) {
      expect(() => stream(0, 'data').integers(new Int32Array(1), below)).toThrow(RangeError);
    }
  });
});

describe('the recipe is pinned: a link is a run, in every version', () => {
  // Computed by an independent NumPy program from the words of random.ts's first comment; it agreed bit
  // for bit with two million normals.
  test('the first four normals of (0, data), and of a seed above 2^32', () => {
    expect(stream(0, 'data').key).toEqual([0x494c9362, 0xd3b03fc0]);
    expect(Array.from(normals(4, 0, 'data'))).toEqual([
      -1.9039078950881958, 0.32868829369544983, -1.0889153480529785, 0.6099188923835754,
    ]);
    expect(stream(2 ** 40 + 5, 'latent', 3, 2).key).toEqual([0x4afabf26, 0x29c811df]);
    expect(Array.from(normals(4, 2 ** 40 + 5, 'latent', 3, 2))).toEqual([
      -0.5435588359832764, 0.24987980723381042, -1.6378332376480103, 1.546287178993225,
    ]);
  });

  test('random.ts uses no function of the platform that may round differently elsewhere', () => {
    const source = readFileSync(new URL('../../src/math/random.ts', import.meta.url), 'utf8');
    const used = new Set(Array.from(source.matchAll(/Math\.(\w+)/g), (match) => match[1]));
    const exact = ['LN2', 'PI', 'clz32', 'floor', 'fround', 'imul', 'min', 'sqrt'];
    expect([...used].filter((name) => !exact.includes(name))).toEqual([]);
    expect(source.replaceAll('/**', '').replaceAll(/^ \*.*$/gm, '')).not.toMatch(/\*\*/);
  });
});
