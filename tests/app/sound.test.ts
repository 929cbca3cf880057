/** Curves as melodies: how high, how long, and what is silent. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  HIGHEST_HZ,
  LEAD_S,
  LOWEST_HZ,
  MOST_NOTES,
  melodyOf,
  pitchOf,
  REST_S,
  rangeOf,
  turnsOf,
} from '../../src/app/access/sound.ts';
import { upwards, type ValueScale } from '../../src/app/draw/valueScale.ts';
import { hearable, hearablePath } from '../../src/app/panels/hearable.ts';
import { hearableLine } from '../../src/app/panels/hearableLine.ts';
import { openSeries } from '../../src/app/record.ts';

test('the lowest value is the lowest pitch, the highest two octaves above, the middle one octave', () => {
  expect(pitchOf(0, [0, 4])).toBe(LOWEST_HZ);
  expect(pitchOf(4, [0, 4])).toBe(HIGHEST_HZ);
  expect(pitchOf(2, [0, 4])).toBeCloseTo(2 * LOWEST_HZ, 10);
  expect(pitchOf(5, [5, 5])).toBeCloseTo(2 * LOWEST_HZ, 10); // what never changes is one tone in the middle
});

test('a curve that rises rises in pitch, note by note, and equal differences are equal intervals', () => {
  const places = Array.from({ length: 100 }, (_, i) => i);
  const { frequencies, times } = melodyOf({ places, values: places }, [0, 99]);
  expect([frequencies[0], frequencies[99]]).toEqual([LOWEST_HZ, HIGHEST_HZ]);
  const interval = frequencies[1] / frequencies[0];
  for (let i = 1; i < 100; i++) {
    expect(frequencies[i] / frequencies[i - 1]).toBeCloseTo(interval, 4); // float32
    expect(times[i]).toBeGreaterThan(times[i - 1]);
  }
  expect(times[99]).toBeCloseTo(5, 6); // a hundred notes of 50 ms
});

test('places that are dense on one side take no more of the time there', () => {
  const { frequencies } = melodyOf({ places: [0, 1, 2, 3, 100], values: [0, 1, 1, 1, 0] }, [0, 1]);
  expect([...frequencies.slice(0, 4)]).toEqual([LOWEST_HZ, HIGHEST_HZ, HIGHEST_HZ, HIGHEST_HZ]);
  expect(frequencies[4]).toBe(LOWEST_HZ);
});

test('a chart is heard on the scale on which it is drawn, below zero too', () => {
  const series = openSeries(2);
  const values = [-100, -1, 0, 1, 100];
  for (const [step, value] of values.entries()) series.add(step, value);
  const line = { series, column: 1, colour: 'ink', marker: 'circle' } as const;
  const reading = { ...line, label: 'loss', shape: 'circle', format: String } as const;
  const heard = (scale: ValueScale) =>
    hearable([reading], [line], [], { axis: 'steps', span: [0, 4] }, scale, () => '');
  for (const scale of ['linear', 'symmetric'] as const) {
    const { curves, read } = heard(scale);
    const heights = [...(curves[0].values as number[])];
    const range = rangeOf(curves)!;
    expect(range.map(read).map(Math.round)).toEqual([-100, 100]);
    const tones = [...melodyOf(curves[0], range).frequencies];
    expect(
      tones.every((hertz, i) => i === 0 || hertz > tones[i - 1]),
      scale,
    ).toBe(true);
    const drawn = upwards(scale, [-100, 100], 0, 1);
    for (const [i, value] of values.entries()) expect(heights[i]).toBeCloseTo(drawn(value), 12);
  }
  // Powers of ten are equal intervals; what lies below the scale is as low as it is drawn.
  const { curves, read } = heard('log');
  expect([...(curves[0].values as number[])]).toEqual([0, 0, 0, 0, 1]);
  expect([read(0), read(1), read(0.5)].map((value) => Math.round(value))).toEqual([1, 100, 10]);
});

test('the path angle is heard as it is drawn: the cosine about the middle, the norm from below', () => {
  const alphas = Float64Array.of(0, 0.5, 1);
  const { curves, read, isElsewhere } = hearablePath({
    alphas,
    angle: Float64Array.of(1, 0, -1),
    norms: Float64Array.of(0, 2, 4),
    from: 0,
    to: 300,
  });
  const [cosine, norm] = curves.map(({ values }) => [...(values as number[])]);
  expect(cosine[1]).toBeCloseTo(0.5, 12);
  expect([cosine[0] > cosine[1], cosine[1] > cosine[2]]).toEqual([true, true]);
  expect([norm[0], norm[1] < norm[2]]).toEqual([0, true]);
  expect([read(cosine[0]), read(cosine[2])].map((value) => Math.round(1e9 * value) / 1e9)).toEqual([1, -1]);
  expect(isElsewhere).toBe(true); // the cursor of the charts is not moved by it
});

test('samples on a line are heard as they are drawn: both densities, then the discriminator within the picture', () => {
  const shown = {
    full: 0.8,
    real: Float64Array.of(0, 0.4, 0.4, 0.2),
    generated: Float64Array.of(1, 0, 0, 0),
    chance: { logits: Float64Array.of(-9, -1, 0, 1, 9), extent: 4 },
  };
  const { curves, from, to, read, isElsewhere } = hearableLine(shown, 2);
  expect(curves.map(({ places }) => [...(places as number[])])).toEqual([
    [-1.5, -0.5, 0.5, 1.5],
    [-1.5, -0.5, 0.5, 1.5],
    [-2, 0, 2],
  ]);
  const [real, generated, chance] = curves.map(({ values }) => [...(values as number[])]);
  expect(real).toEqual([0, 0.5, 0.5, 0.25]);
  expect(generated).toEqual([1, 0, 0, 0]); // beyond the upper edge, as it is drawn
  expect([chance[0] < 0.5, chance[1], chance[2] > 0.5]).toEqual([true, 0.5, true]);
  expect(curves.map(({ name }) => name.match(/[\d.]+(?=\s?%)/)?.[0])).toEqual(['40.0', '100.0', undefined]);
  expect([from, to, read(0.5), isElsewhere]).toEqual(['−2', '2', 0.5, true]);
  // Without the discriminator, upwards is the share of samples.
  const densities = hearableLine({ ...shown, chance: undefined }, 2);
  expect([densities.curves.length, densities.read(0.5)]).toEqual([2, 0.4]);
  expect(hearableLine({ ...shown, real: undefined, generated: undefined }, 2).curves.length).toBe(1);
});

test('a curve of few points takes a second and a half, one of many six, and between them each point its time', () => {
  const seconds = (count: number) => {
    const places = Array.from({ length: count }, (_, i) => i);
    return melodyOf({ places, values: places }, [0, count]).times.at(-1);
  };
  expect([1, 2, 29].map(seconds)).toEqual([1.5, 1.5, 1.5]);
  expect(seconds(60)).toBe(3);
  expect([120, 121, 1000].map(seconds)).toEqual([6, 6, 6]);
});

test('what is no number is silent, and makes no range', () => {
  const curve = { places: [0, 1, 2], values: [1, Number.NaN, Number.POSITIVE_INFINITY] };
  expect(rangeOf([curve])).toEqual([1, 1]);
  const { frequencies } = melodyOf(curve, [1, 1]);
  expect(Number.isNaN(frequencies[1]) && Number.isNaN(frequencies[2])).toBe(true);
  expect(rangeOf([{ places: [], values: [] }])).toBeUndefined();
});

test('any curve is heard within two octaves, in a few seconds, one after the other', () => {
  const values = fc.array(fc.double(), { minLength: 1, maxLength: 1000 });
  fc.assert(
    fc.property(fc.array(values, { minLength: 1, maxLength: 4 }), (given) => {
      const curves = given.map((each) => ({ places: each.map((_, i) => i), values: each }));
      const range = rangeOf(curves);
      if (!range) return;
      const melodies = curves.map((curve) => melodyOf(curve, range));
      for (const { frequencies, times } of melodies) {
        expect(frequencies.length).toBeLessThanOrEqual(MOST_NOTES);
        for (const hertz of frequencies) {
          if (!Number.isNaN(hertz)) {
            expect(hertz).toBeGreaterThanOrEqual(LOWEST_HZ - 0.01);
            expect(hertz).toBeLessThanOrEqual(HIGHEST_HZ + 0.01);
          }
        }
        expect(times[times.length - 1]).toBeLessThanOrEqual(6);
      }
      const { begins, end } = turnsOf(melodies);
      expect(begins[0]).toBe(LEAD_S);
      begins.forEach((begin, i) => {
        const { times } = melodies[i];
        const next = begins[i + 1] ?? end;
        expect(next).toBeCloseTo(begin + times[times.length - 1] + REST_S, 5);
      });
    }),
  );
});
