/** What the page remembers of a run: thinned, bounded, and forgotten when another run begins. */
import { expect, test } from 'vitest';
import { openRecord, openSeries, openTrail } from '../../src/app/record.ts';
import type { Frame } from '../../src/worker/protocol.ts';

test('a series keeps every row until it is full, then every second one, then every fourth', () => {
  const series = openSeries(2, 8);
  for (let step = 0; step < 30; step++) series.add(step, 10 * step);
  const steps = Array.from(series.columns[0].subarray(0, series.length));
  expect(steps).toEqual([0, 4, 8, 12, 16, 20, 24, 28]);
  expect(Array.from(series.columns[1].subarray(0, series.length))).toEqual(steps.map((step) => 10 * step));
});

test('a series that was cleared begins at full detail again', () => {
  const series = openSeries(1, 4);
  for (let step = 0; step < 9; step++) series.add(step);
  series.clear();
  for (let step = 0; step < 3; step++) series.add(step);
  expect(Array.from(series.columns[0].subarray(0, series.length))).toEqual([0, 1, 2]);
});

test('a series begins short and grows with the run, whatever is said of its past meanwhile', () => {
  const series = openSeries(2, 1000);
  expect(series.columns[0].length).toBeLessThan(100);
  const kept: number[] = [];
  for (let step = 0; step < 999; step++) {
    // One row out of two is of the past by then.
    if (step % 2 === 0) kept.push(2 * step);
    series.goTo(2 * step - 3);
    if (step % 2 === 1) kept.splice(-1, 0, 2 * step - 3);
    series.add(step % 2 === 0 ? 2 * step : 2 * step - 3, -step);
    series.goTo(2 * step);
    expect(series.whole).toBe(step + 1);
  }
  expect(Array.from(series.columns[0].subarray(0, series.whole))).toEqual(kept);
  expect(series.columns.map((column) => column.length)).toEqual([1000, 1000]);
});

test('a trail keeps the newest points in order, each with its step, and leaves out what overflowed', () => {
  const trail = openTrail(3);
  trail.add(Float64Array.of(1, 2, 3, 4), 2);
  trail.add(Float64Array.of(5, 6, Number.POSITIVE_INFINITY, 0), 4);
  trail.add(Float64Array.of(7, 8), 5);
  expect(trail.length).toBe(3);
  const rows = [0, 1, 2].map((i) => [trail.theta(i), trail.phi(i), trail.step(i)]);
  expect(rows).toEqual([
    [3, 4, 2],
    [5, 6, 3],
    [7, 8, 5],
  ]);
});

test('a trail grows with the run, then goes round; of a point that it has not it knows no step', () => {
  const trail = openTrail(100);
  expect(trail.step(0)).toBeNaN();
  for (let step = 0; step < 250; step++) {
    trail.add(Float64Array.of(step, -step), step);
    const first = Math.max(0, step - 99);
    expect([trail.length, trail.step(0), trail.theta(0)]).toEqual([step - first + 1, first, first]);
    const last = trail.length - 1;
    expect([trail.step(last), trail.theta(last), trail.phi(last)]).toEqual([step, step, -step]);
    expect(trail.step(last + 1)).toBeNaN();
  }
  trail.clear();
  expect(trail.step(0)).toBeNaN();
});

const frame = (run: number, step: number, steps: readonly number[]): Frame => ({
  run,
  step,
  begin: 0,
  furthest: step,
  forks: 0,
  evaluations: step,
  products: 0,
  working: {},
  seconds: 0,
  outcome: { kind: 'running' },
  alone: [],
  device: 'reference',
  losses: {
    step: Float64Array.from(steps),
    generator: Float64Array.from(steps),
    discriminator: Float64Array.from(steps),
  },
  path: new Float64Array(0),
  readings: {
    modes: { covered: 1, total: 8, highQuality: 0.5, histogram: new Float64Array(8).fill(1) } as never,
  },
});

test('frames add up, and one of another run begins anew', () => {
  const record = openRecord();
  let told = 0;
  record.subscribe(() => {
    told += 1;
  });
  record.add(frame(0, 2, [0, 1]), 0);
  record.add(frame(0, 4, [2, 3]), 1);
  expect(record.losses.length).toBe(4);
  expect(record.modes.length).toBe(2);
  record.add(frame(1, 1, [0]), 2);
  expect(record.losses.length).toBe(1);
  expect(record.modes.length).toBe(1);
  expect(told).toBe(3);
});

test('looking again at the same step adds nothing to the histories', () => {
  const record = openRecord();
  record.add(frame(0, 2, [0, 1]), 0);
  record.add(frame(0, 2, []), 1);
  expect(record.modes.length).toBe(1);
  expect(record.latest.modes?.at).toBe(1);
});

test('other data at the same step: what is counted of them takes the place of what was', () => {
  const record = openRecord();
  const counted = (total: number, covered: number): Frame => {
    const modes = { covered, total, highQuality: 1, histogram: new Float64Array(total).fill(covered) };
    return { ...frame(0, 2, []), readings: { modes } as never };
  };
  for (const [total, covered] of [
    [8, 1],
    [3, 2],
    [3, 1],
  ]) {
    record.add(counted(total, covered), 0);
    expect(record.modes.columns.map((column) => column[0])).toEqual([2, covered, total, 1]);
    expect(record.histograms?.columns.map((column) => column[0])).toEqual([
      2,
      ...new Array(total).fill(covered),
    ]);
    expect([record.modes.length, record.histograms?.length]).toEqual([1, 1]);
  }
});

test('another game at the same step: its eigenvalues and figures take the place of those before', () => {
  const record = openRecord();
  const read = (re: number, joint: number): Frame => {
    const leadingSpectrum = {
      matrix: 'jacobian',
      step: 2,
      re: Float64Array.of(re),
      im: Float64Array.of(0),
    };
    const gradientNorms = { generator: 1, discriminator: 2, joint };
    return { ...frame(0, 2, []), readings: { leadingSpectrum, gradientNorms } as never };
  };
  for (const [re, joint] of [
    [3, 5],
    [-4, 6],
  ]) {
    record.add(read(re, joint), 0);
    expect(record.spectra.columns.map((column) => column[0])).toEqual([2, re, re, 0, re < 0 ? 1 : 0]);
    const { columns, length } = record.figuresOf('gradientNorms');
    expect([length, ...columns.map((column) => column[0])]).toEqual([1, 2, 1, 2, joint]);
  }
});

test('a path begins at the start of the run, and only there', () => {
  const record = openRecord();
  const moved = (step: number) => ({ ...frame(0, step, []), path: Float64Array.of(step, step) });
  record.add(moved(1), 0, [9, 8]);
  record.add(moved(2), 1, [9, 8]);
  expect([record.trail.theta(0), record.trail.phi(0), record.trail.step(0)]).toEqual([9, 8, 0]);
  expect(record.trail.length).toBe(3);
  const late = openRecord();
  late.add(moved(5), 0, [9, 8]);
  expect(late.trail.length).toBe(1);
});

test('figures, mode histograms and the extremes of eigenvalues are kept over steps, at the step they were read', () => {
  const record = openRecord();
  const floor = { mean: 1, low: 0, high: 2 };
  const readings = {
    modes: { covered: 2, total: 3, highQuality: 1, histogram: Float64Array.of(5, 0, 7) },
    distances: { step: 3, w1: 0.5, w2: 0.7, slicedW1: 0.3, energy: 0.2, mmdSquaredUnbiased: 0.1, floor },
    dualityGap: { step: 4, gap: null },
    leadingSpectrum: {
      step: 2,
      matrix: 'jacobian',
      re: Float64Array.of(-1, 3, 3),
      im: Float64Array.of(0, 2, -2),
    },
  };
  record.add({ ...frame(0, 5, []), readings: readings as never }, 0);
  const rowOf = ({ columns, length }: { columns: readonly Float64Array[]; length: number }) =>
    columns.map((column) => column[length - 1]);
  expect(rowOf(record.figuresOf('distances'))).toEqual([3, 0.5, 0.7, 0.3, 0.2, 0.1]);
  expect(rowOf(record.figuresOf('dualityGap'))).toEqual([4, Number.NaN]);
  expect(rowOf(record.histograms!)).toEqual([5, 5, 0, 7]);
  expect(rowOf(record.spectra)).toEqual([2, -1, 3, 2, 1 / 3]);
  expect(record.latest.distances?.step).toBe(3);
  record.clear();
  expect([record.spectra.length, record.figuresOf('distances').length, record.histograms]).toEqual([
    0,
    0,
    undefined,
  ]);
});

test('eigenvalues that were read times a rate are kept without it; those that overflowed are not kept', () => {
  const record = openRecord();
  const read = (step: number, re: number[], im: number[]) =>
    record.add(
      {
        ...frame(0, step, []),
        readings: {
          stabilityRegion: {
            step,
            rate: 0.5,
            eigenvalues: { re: Float64Array.from(re), im: Float64Array.from(im) },
          },
        } as never,
      },
      0,
    );
  read(4, [-0.5, 0, 0.25], [0, -0.75, 0.5]);
  read(5, [Number.NaN, 1], [0, 0]);
  const { columns, length } = record.spectra;
  expect(length).toBe(1);
  expect(columns.map((column) => column[0])).toEqual([4, -1, 0.5, 1.5, 1 / 3]);
});

test('ghosts are the beginnings of paths, the newest dozen, and none of a start that is being moved', () => {
  const { ghosts, clear } = openRecord();
  const walked = (from: number, count: number) => {
    const trail = openTrail();
    trail.add(
      Float64Array.from({ length: 2 * count }, (_, i) => from + i),
      count,
    );
    return trail;
  };
  ghosts.keep(walked(0, 3));
  expect(ghosts.paths).toEqual([]);
  for (let from = 0; from < 20; from++) ghosts.keep(walked(from, 3000));
  expect(ghosts.paths.map((path) => path[0])).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  expect([...ghosts.paths[0].subarray(0, 4)]).toEqual([8, 9, 10, 11]);
  expect(ghosts.paths[0].length).toBe(4000);
  clear();
  expect(ghosts.paths).toEqual([]);
});
