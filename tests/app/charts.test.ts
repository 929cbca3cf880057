/** The axis of the charts, the part of it that is seen, and scales for values of either sign. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Axis, axes, openClock } from '../../src/app/clock.ts';
import { type ChartLine, chartArea, cut, drawChart } from '../../src/app/draw/chart.ts';
import { drawModeHistory } from '../../src/app/draw/modeHistory.ts';
import type { Palette } from '../../src/app/draw/palette.ts';
import { ticksOf, upwards } from '../../src/app/draw/valueScale.ts';
import { openSeries } from '../../src/app/record.ts';
import { newest, part, reaching, rounded, seen, zoomed } from '../../src/app/zoom.ts';

test('steps lie between those that were noted, from nothing at the start to the newest', () => {
  const clock = openClock(openSeries(3));
  clock.note(10, 20, 0.5);
  clock.note(20, 60, 1.5);
  const along = clock.along('evaluations');
  expect([0, 5, 10, 15, 20, 99].map(along)).toEqual([0, 10, 20, 40, 60, 60]);
  expect([15, 5].map(along)).toEqual([40, 10]); // out of order too
  expect(clock.along('seconds')(15)).toBe(1);
  expect(clock.along('steps')(7)).toBe(7);
  expect(axes.map((axis) => clock.end(axis))).toEqual([20, 60, 1.5]);
  expect([0, 10, 40, 60, 1000].map((value) => clock.stepAt('evaluations', value))).toEqual([
    0, 5, 15, 20, 20,
  ]);
  clock.clear();
  expect(clock.end('seconds')).toBe(0);
  expect(clock.stepAt('seconds', 1)).toBe(0);
});

test('a clock that is thinned still finds every step, and its newest one', () => {
  const growing = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 4 })), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(growing, (rows) => {
      const clock = openClock(openSeries(3, 8));
      let [step, evaluations] = [0, 0];
      for (const [steps, each] of rows) {
        step += steps;
        evaluations += each * steps;
        clock.note(step, evaluations, evaluations / 1000);
      }
      expect(clock.end('evaluations')).toBe(evaluations);
      const along = clock.along('evaluations');
      let last = 0;
      for (let at = 0; at <= step; at++) {
        expect(along(at)).toBeGreaterThanOrEqual(last);
        last = along(at);
        expect(clock.stepAt('evaluations', last)).toBeCloseTo(at, 5);
      }
    }),
  );
});

test('looking again at a step changes nothing of what it took', () => {
  const clock = openClock(openSeries(3));
  clock.note(4, 8, 1);
  clock.note(4, 9, 2);
  expect([clock.end('evaluations'), clock.end('seconds')]).toEqual([8, 1]);
});

test('a zoomed part is seen as long as the run reaches it', () => {
  expect(seen(undefined, 100, 'steps')).toEqual([0, 100]);
  expect(seen([20, 40], 100, 'steps')).toEqual([20, 40]);
  expect(seen([20, 40], 10, 'steps')).toEqual([0, 10]);
  expect(seen(undefined, 0, 'seconds')).toEqual([0, 1e-3]);
});

test('zooming keeps its place where it is, stays within the run, and ends at the whole of it', () => {
  expect(zoomed([0, 100], 50, 2, 100, 'steps')).toEqual([25, 75]);
  expect(zoomed([0, 100], 0, 4, 100, 'steps')).toEqual([0, 25]);
  expect(zoomed([25, 75], 50, 1 / 4, 100, 'steps')).toBeUndefined();
  expect(part(80, 20, 100, 'steps')).toEqual([20, 80]);
  expect(part(50, 50, 100, 'steps')).toEqual([48, 52]);
  expect(reaching([20, 40], 45)).toEqual([25, 45]);
  expect(reaching([20, 40], 10)).toEqual([10, 30]);
  const places = fc.double({ min: 0, max: 1000, noNaN: true });
  fc.assert(
    fc.property(places, places, places, fc.double({ min: 0.1, max: 10, noNaN: true }), (a, b, end, by) => {
      const first = part(a, b, end, 'steps');
      const next = zoomed(first ?? [0, end], a, by, end, 'steps');
      for (const span of [first, next]) {
        if (!span) continue;
        expect(span[0]).toBeGreaterThanOrEqual(0);
        expect(span[1]).toBeLessThanOrEqual(end + 1e-9);
        expect(span[1] - span[0]).toBeGreaterThan(3.99);
      }
    }),
  );
});

test('the newest part is as long and ends with the run; places on an axis are whole but for times', () => {
  expect(newest([20, 60], 100)).toEqual([60, 100]);
  expect(newest([20, 60], 30)).toEqual([0, 30]);
  expect((['steps', 'evaluations', 'seconds'] as const).map((axis) => rounded(2.6, axis))).toEqual([
    3, 3, 2.6,
  ]);
  const shortest = (axis: Axis, end: number) => {
    const [from, to] = part(end / 2, end / 2, end, axis)!;
    return to - from;
  };
  expect([shortest('steps', 100), shortest('evaluations', 100)]).toEqual([4, 4]);
  expect(shortest('seconds', 100)).toBeCloseTo(1e-3, 12);
});

test('bins outside of what is seen are left out, but for the next one on either side', () => {
  const x = [0, 10, 20, 30, 40];
  const bins = { x, mean: x, least: x, most: x, gap: x.map((value) => value === 30) };
  expect(cut(bins, 10, 20).x).toEqual([10, 20]);
  expect(cut(bins, 12, 18).x).toEqual([]);
  expect(cut(bins, 12, 18, 1).x).toEqual([10, 20]);
  expect(cut(bins, 50, 60, 1).x).toEqual([40]);
  expect(cut(bins, 20, 40).gap).toEqual([false, true, false]);
});

test('a symmetric scale rises through zero, and its ticks lie apart', () => {
  const y = upwards('symmetric', [-100, 1000], 200, 0);
  const values = [-100, -10, -1, 0, 1, 10, 100, 1000];
  const pixels = values.map((value) => y(value));
  expect(pixels).toEqual([...pixels].sort((a, b) => b - a));
  expect([pixels[0], pixels.at(-1)]).toEqual([200, 0]);
  const ticks = ticksOf('symmetric', -100, 1000, 6);
  expect(ticks).toContain(0);
  expect(ticks).toContain(1000);
  expect(ticks.length).toBeLessThanOrEqual(7);
  expect(ticksOf('symmetric', 0, 0, 5)).toEqual([0]);
});

/** What a context was asked to do, in its order; texts and colours with it. */
function recording() {
  const done: { readonly name: string; readonly given: readonly unknown[]; readonly stroke: unknown }[] = [];
  const context = new Proxy({} as Record<string, unknown>, {
    get: (set, name: string) =>
      set[name] ??
      ((...given: unknown[]) => {
        done.push({ name, given, stroke: set.strokeStyle });
        return { width: 10 };
      }),
  });
  return { context: context as unknown as CanvasRenderingContext2D, done };
}
const palette = {
  textSize: 16,
  sans: 'sans',
  page: 'page',
  line: 'grid',
  muted: 'grey',
  ink: 'ink',
} as unknown as Palette;

describe('between rows that are far apart', () => {
  /** Where lines of the chart are drawn to, across; dots and the mark at the end are arcs. */
  function drawn(steps: readonly number[], more: Partial<ChartLine> = {}) {
    const { context, done } = recording();
    const series = openSeries(2);
    for (const step of steps) series.add(step, 0.5);
    const line: ChartLine = {
      series,
      column: 1,
      colour: 'curve',
      marker: 'circle',
      isSampled: true,
      ...more,
    };
    const across = { axis: 'steps', span: [0, 1000] } as const;
    drawChart(
      context,
      1000,
      160,
      { scale: 'linear', range: [0, 1], lines: [line], levels: [], across },
      palette,
    );
    const { left, right } = chartArea(1000, 160, 16);
    const stepAt = (x: unknown) => Math.round(((Number(x) - left) / (right - left)) * 1000);
    const end = done.findIndex(({ name, stroke }) => name === 'stroke' && stroke === 'curve');
    const begin = done.slice(0, end).findLastIndex(({ name }) => name === 'beginPath');
    const lines = done.slice(begin, end).filter(({ name }) => name === 'lineTo');
    return {
      joined: lines.map(({ given: [x] }) => stepAt(x)),
      dots: done
        .slice(end)
        .filter(({ name }) => name === 'arc')
        .map(({ given: [x] }) => stepAt(x)),
    };
  }

  test('of what was measured now and then, no line is drawn: those that stand alone are dots', () => {
    // Two far from each other: a dot, and the mark at the end with a dot under it.
    expect(drawn([0, 900])).toEqual({ joined: [], dots: [0, 900, 900] });
    expect(drawn([0, 900, 910, 920])).toEqual({ joined: [910, 920], dots: [0, 920] });
    expect(drawn([0, 10, 20, 500]).joined).toEqual([10, 20]);
  });

  test('of every step, a line is drawn, unless it was not followed there', () => {
    const line = { isSampled: false };
    expect(drawn([0, 250, 500, 750], line)).toEqual({ joined: [250, 500, 750], dots: [750] });
    expect(drawn([0, 900, 901, 902], line).joined).toEqual([901, 902]);
  });

  test('nor is an area filled or a stair held', () => {
    const { joined } = drawn([0, 900, 910], { isStair: true, isArea: true });
    expect(joined).toEqual([910, 910]);
  });
});

test('the history of modes shows a count near where it was counted, and nothing further away', () => {
  const { context, done } = recording();
  const histograms = openSeries(2);
  for (const step of [0, 1, 900, 910]) histograms.add(step, 100);
  const clock = openClock(openSeries(3));
  clock.note(1000, 1000, 1);
  const across = { axis: 'steps', span: [0, 1000] } as const;
  const colours = { ...palette, fake: [0, 0, 0] } as unknown as Palette;
  drawModeHistory(context, 1000, 160, { histograms, samples: 100, clock, across }, colours);
  const { left, right } = chartArea(1000, 160, 16);
  const [, ...columns] = done.filter(({ name }) => name === 'fillRect').map(({ given }) => given.map(Number));
  const perStep = (right - left) / 1000;
  expect(columns.map(([x]) => Math.round((x - left) / perStep))).toEqual([0, 1, 900, 910]);
  const widths = columns.map(([, , width]) => width);
  expect(widths[0]).toBeCloseTo(perStep, 6);
  expect(widths[1]).toBeCloseTo(40, 6);
  expect(widths[2]).toBeCloseTo(10 * perStep, 6);
  expect(widths[3]).toBeCloseTo(40, 6);
});

test('a chart of which nothing was measured yet has no numbers beside it', () => {
  const { context, done } = recording();
  const series = openSeries(2);
  const line = { series, column: 1, colour: 'curve', marker: 'circle' } as const;
  const across = { axis: 'steps', span: [0, 4] } as const;
  const texts = () => done.filter(({ name }) => name === 'fillText').map(({ given: [text] }) => text);
  const draw = () =>
    drawChart(context, 400, 160, { scale: 'linear', lines: [line], levels: [], across }, palette);
  draw();
  const before = texts();
  series.add(1, 0.5);
  done.length = 0;
  draw();
  expect(texts().length).toBeGreaterThan(before.length + 1);
  expect(before.every((text) => /step|^\d+$/.test(String(text)))).toBe(true); // those of the steps
});

test('the name of a level is written over the lines, on a rim that keeps them off', () => {
  const { context, done: all } = recording();
  const series = openSeries(2);
  for (let step = 0; step < 50; step++) series.add(step, 0.99);
  drawChart(
    context,
    400,
    160,
    {
      scale: 'linear',
      range: [0, 1],
      lines: [{ series, column: 1, colour: 'curve', marker: 'circle' }],
      levels: [{ value: 0.98, colour: 'grey', label: 'a perfect sampler' }],
      across: { axis: 'steps', span: [0, 50], cursor: undefined, selection: undefined },
    } as never,
    palette,
  );
  const done = all.map(
    ({ name, given, stroke }) => `${name} ${typeof given[0] === 'string' ? given[0] : ''} ${stroke}`,
  );
  const curve = done.lastIndexOf('stroke  curve');
  const rim = done.indexOf('strokeText a perfect sampler page');
  const name = done.indexOf('fillText a perfect sampler page');
  expect(curve).toBeGreaterThan(-1);
  expect(rim).toBeGreaterThan(curve);
  expect(name).toBeGreaterThan(rim);
});
