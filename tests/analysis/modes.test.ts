/** Mode coverage against closed forms: METHODS of VEEGAN and PacGAN, Srivastava et al. 2017, Lin et al. 2018. */
import { describe, expect, test } from 'vitest';
import { countModes } from '../../src/analysis/modes.ts';
import { ring } from '../../src/catalog/datasets/ring.ts';
import type { Modes } from '../../src/catalog/kinds.ts';
import { stream } from '../../src/math/random.ts';
import { defaults } from '../../src/settings/index.ts';

const settings = { ...defaults(ring.settings), modes: 8, spread: 0.05 };
const modes = ring.modes?.(settings) as Modes;

/** `each` samples exactly at each of the first `count` centres, then `stray` far away. */
function atCentres(count: number, each: number, stray = 0): Float64Array {
  const positions = new Float64Array(2 * (count * each + stray)).fill(100);
  for (let i = 0; i < count * each; i++) {
    positions.set(modes.centres.subarray(2 * (i % count), 2 * (i % count) + 2), 2 * i);
  }
  return positions;
}

describe('a perfect generator', () => {
  const count = 40_000;
  const positions = new Float64Array(2 * count);
  ring.fill((purpose) => stream(7, purpose), count, settings, positions);
  const measured = countModes(positions, modes);

  test('scores 1 - e^-4.5 = 98.889 % of high quality, within five binomial deviations', () => {
    const share = 1 - Math.exp(-4.5);
    expect(share).toBeCloseTo(0.98889, 5);
    expect(Math.abs(measured.highQuality - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / count));
  });

  test('finds all modes, and its reverse KL is of the size of its bias (K - 1) / 2N', () => {
    expect(measured).toMatchObject({ captured: 8, covered: 8, total: 8 });
    expect(measured.reverseKL).toBeLessThan((5 * 7) / (2 * count));
    expect(measured.reverseKL).toBeGreaterThanOrEqual(0);
  });
});

test('modes are held to their own shares where these differ', () => {
  const three = { centres: Float64Array.of(0, 10, 20), spread: 1, shares: Float64Array.of(0.5, 0.25, 0.25) };
  const hits = (...counts: number[]) =>
    Float64Array.from(counts.flatMap((count, k) => Array<number>(count).fill(10 * k)));
  expect(countModes(hits(200, 100, 100), three, 1)).toMatchObject({ covered: 3, reverseKL: 0, js: 0 });
  // 1/3 ln((1/3) / (1/2)) + 2/3 ln((1/3) / (1/4))
  expect(countModes(hits(100, 100, 100), three, 1).reverseKL).toBeCloseTo(
    (Math.log(2 / 3) + 2 * Math.log(4 / 3)) / 3,
    12,
  );
});

describe('a generator that finds m of eight modes equally', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('m = %i: reverse KL ln(8 / m), and JS', (m) => {
    const measured = countModes(atCentres(m, 300), modes);
    expect(measured.reverseKL).toBeCloseTo(Math.log(8 / m), 12);
    expect(measured.reverseKL).toBeGreaterThanOrEqual(0);
    // The entropy of the mean less the mean of the entropies.
    const ofMean = ((8 + m) / 16) * Math.log((16 * m) / (8 + m)) + ((8 - m) / 16) * Math.log(16);
    expect(measured.js).toBeCloseTo(ofMean - (Math.log(m) + Math.log(8)) / 2, 12);
    expect(measured).toMatchObject({ captured: m, covered: m, highQuality: 1 });
    expect([...measured.histogram]).toEqual(Array.from({ length: 8 }, (_, k) => (k < m ? 300 : 0)));
  });
});

test('samples far from every mode lower the quality but not the histogram', () => {
  const measured = countModes(atCentres(4, 100, 100), modes);
  expect(measured.highQuality).toBe(0.8);
  expect(measured.reverseKL).toBeCloseTo(Math.log(2), 12);
});

test('one sample captures a mode; covering it takes one in a hundred of all samples', () => {
  const positions = atCentres(1, 1000);
  const move = (samples: number, mode: number) => {
    for (let i = 0; i < samples; i++) positions.set(modes.centres.subarray(2 * mode, 2 * mode + 2), 2 * i);
  };
  move(10, 1); // 10 of 1000: just covered
  move(1, 2); // takes one of them away
  expect(countModes(positions, modes)).toMatchObject({ captured: 3, covered: 1 });
  positions.set(modes.centres.subarray(2, 4), 2 * 999);
  expect(countModes(positions, modes)).toMatchObject({ captured: 3, covered: 2 });
});

test('quality ends strictly within three deviations', () => {
  const [x, y] = modes.centres;
  const at = (deviations: number) => Float64Array.of(x - deviations * 0.05, y);
  expect(countModes(at(2.999), modes).highQuality).toBe(1);
  expect(countModes(at(3.001), modes).highQuality).toBe(0);
});

test('without a sample of high quality there is no histogram, so its reverse KL is NaN', () => {
  const measured = countModes(atCentres(0, 0, 50), modes);
  expect(measured).toMatchObject({ captured: 0, covered: 0, highQuality: 0 });
  expect(measured.reverseKL).toBeNaN();
});

test('positions that are not finite are of no quality', () => {
  const broken = Float64Array.of(Number.NaN, 0, Number.POSITIVE_INFINITY, 0);
  expect(countModes(broken, modes)).toMatchObject({ captured: 0, highQuality: 0 });
});
