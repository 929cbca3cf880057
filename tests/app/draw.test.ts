/** The arithmetic of drawing: views that follow, rows that are found and binned, numbers that are written. */
import { expect, test } from 'vitest';
import { placeAt } from '../../src/app/draw/across.ts';
import { binned, chartArea, rowAt } from '../../src/app/draw/chart.ts';
import { coloursOf } from '../../src/app/draw/heat.ts';
import { countOutside } from '../../src/app/draw/outside.ts';
import { centred } from '../../src/app/draw/plane.ts';
import { exact, percent, rate, short } from '../../src/app/format.ts';
import { openSeries } from '../../src/app/record.ts';
import { fitting, following, glide, LARGEST_EXTENT, reachOfRace } from '../../src/app/view.ts';

test('a view grows until the path is inside, and only then', () => {
  expect(following(2, 1)).toBe(2);
  expect(following(2, 3)).toBeGreaterThan(3);
  expect(following(2, Number.POSITIVE_INFINITY)).toBe(LARGEST_EXTENT);
  expect(fitting(1)).toBeGreaterThan(1);
});

test('a view glides towards its target and arrives', () => {
  let view = { extent: 1, target: 8 };
  let last = view.extent;
  for (let i = 0; i < 100; i++) {
    view = { ...glide(view, 16) };
    expect(view.extent).toBeGreaterThanOrEqual(last);
    last = view.extent;
  }
  expect(view.extent).toBe(8);
  expect(glide({ extent: 1, target: 8 }, Number.POSITIVE_INFINITY).extent).toBe(8);
});

test('the plane and its pixels are each other’s inverse, both axes in one measure', () => {
  const frame = centred(800, 500, 2);
  expect(frame.scale).toBe(125);
  expect(frame.at(frame.x(1.5), frame.y(-0.5))).toEqual([1.5, -0.5]);
  expect(Number.isFinite(frame.x(1e300))).toBe(true);
});

test('the row at a step is the last one that is not later', () => {
  const series = openSeries(2);
  for (const step of [0, 10, 20]) series.add(step, step);
  expect([-1, 0, 9, 10, 1000].map((step) => rowAt(series, step))).toEqual([-1, 0, 0, 1, 2]);
});

test('bins hold the mean and the range of their rows, and skip what is not finite', () => {
  const series = openSeries(2);
  for (const [step, value] of [
    [0, 1],
    [0.1, 3],
    [0.2, Number.NaN],
    [5, 7],
  ])
    series.add(step, value);
  const bins = binned({ series, column: 1, colour: '', marker: 'circle' }, (step) => step);
  expect(bins).toEqual({ x: [0, 5], mean: [2, 7], least: [1, 7], most: [3, 7], gap: [false, false] });
});

test('what was measured now and then has gaps where it was not for far longer than beside', () => {
  const gapsOf = (steps: number[], zoom: number, isSampled: boolean) => {
    const series = openSeries(2);
    for (const step of steps) series.add(step, 1);
    const line = { series, column: 1, colour: '', marker: 'circle', isSampled } as const;
    return binned(line, (step) => zoom * step, 40).gap;
  };
  // A jump from the start to step 4,000, then counts every ten steps.
  const jumped = [0, 4000, 4010, 4020];
  expect(gapsOf(jumped, 1, true)).toEqual([false, true, false, false]);
  expect(gapsOf([0, 4000], 1, true)).toEqual([false, true]);
  expect(gapsOf([0, 10, 20, 4000, 4010], 1, true)).toEqual([false, false, false, true, false]);
  // Counts by the clock lie further apart where a run goes faster.
  expect(gapsOf([0, 100, 200, 300], 1, true)).toEqual([false, false, false, false]);
  expect(gapsOf([0, 10, 20, 220, 420], 1, true)).toEqual([false, false, false, false, false]);
  expect(gapsOf([0, 1, 2], 1000, true)).toEqual([false, false, false]);
  // A series of all steps that is thinned evenly goes on, whatever is looked at; what it skipped it does not know.
  expect(gapsOf([0, 8, 16, 24], 100, false)).toEqual([false, false, false, false]);
  expect(gapsOf([0, 8, 16, 32, 48], 100, false)).toEqual([false, false, false, false, false]);
  expect(gapsOf(jumped, 1, false)).toEqual([false, true, false, false]);
});

test('the cursor reads the place under it, within what is seen', () => {
  const area = chartArea(400, 200, 16);
  const across = { axis: 'steps', span: [100, 1000] } as const;
  expect(placeAt(across, area, area.left)).toBe(100);
  expect(placeAt(across, area, area.right)).toBe(1000);
  expect(placeAt(across, area, 1e9)).toBe(1000);
  expect(placeAt({ axis: 'seconds', span: [0, 0.5] }, area, (area.left + area.right) / 2)).toBeCloseTo(
    0.25,
    12,
  );
});

test('the diverging map ends in its two hues and is undecided in the middle', () => {
  const colours = coloursOf({ fake: [200, 100, 0], undecided: [250, 250, 250], real: [0, 100, 200] });
  const bytes = new Uint8Array(colours.buffer);
  expect(Array.from(bytes.subarray(0, 4))).toEqual([200, 100, 0, 255]);
  expect(Array.from(bytes.subarray(-4))).toEqual([0, 100, 200, 255]);
  expect(bytes[4 * (colours.length / 2)]).toBeGreaterThan(245);
});

test('numbers are written with as many digits as they deserve', () => {
  expect([0, 1, 12.5, 50_000, 123_456, -0.25, 0.00012, 1e300].map((value) => short(value))).toEqual([
    '0',
    '1',
    '12.5',
    '50000',
    '1.23e5',
    '−0.25',
    '1.2e−4',
    '1e300',
  ]);
  expect(percent(0.989, 1)).toBe('98.9\u00a0%');
  expect([3.14, 820, 12_345, 2_500_000].map(rate)).toEqual(['3.1', '820', '12.3k', '2.50M']);
  expect(exact(1e21)).toBe('1e21');
});

test('a lane that runs away is followed alone, and leaves the picture of a race', () => {
  expect(reachOfRace([5e7])).toBe(5e7);
  expect(reachOfRace([5e7, 1.5, 1.4, 0.01])).toBeCloseTo(4.2, 12);
  expect(reachOfRace([3, 2, 4])).toBe(4);
  expect(reachOfRace([])).toBe(0);
});

test('points outside of a picture are those that would be drawn beyond its edges, and those that are nowhere', () => {
  const positions = [0, 0, 1.9, 0, 2.1, 0, 3.1, 0, 3.3, 0, 0, 1.9, 0, 2.1, -9, 9, Number.NaN, 0, 1, -1e300];
  for (const [width, height] of [
    [500, 500],
    [800, 500],
    [500, 800],
  ] as const) {
    const frame = centred(width, height, 2);
    let beyond = 0;
    for (let i = 0; i < positions.length; i += 2) {
      const [x, y] = [frame.x(positions[i]), frame.y(positions[i + 1])];
      if (!(x >= 0 && x <= width && y >= 0 && y <= height)) beyond += 1;
    }
    expect(countOutside(positions, 2, 2, width / height)).toBe(beyond);
  }
  expect(countOutside([-3, -2, 0, 2, 2.5, Number.POSITIVE_INFINITY], 1, 2, 9)).toBe(3);
});
