/** The axis of the charts, the part of it that is seen, and scales for values of either sign. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axes, openClock } from '../../src/app/clock.ts';
import { cut, drawChart } from '../../src/app/draw/chart.ts';
import type { Palette } from '../../src/app/draw/palette.ts';
import { ticksOf, upwards } from '../../src/app/draw/valueScale.ts';
import { openSeries } from '../../src/app/record.ts';
import { part, reaching, seen, zoomed } from '../../src/app/zoom.ts';

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

test('bins outside of what is seen are left out, but for the next one on either side', () => {
  const x = [0, 10, 20, 30, 40];
  const bins = { x, mean: x, least: x, most: x };
  expect(cut(bins, 10, 20).x).toEqual([10, 20]);
  expect(cut(bins, 12, 18).x).toEqual([]);
  expect(cut(bins, 12, 18, 1).x).toEqual([10, 20]);
  expect(cut(bins, 50, 60, 1).x).toEqual([40]);
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

test('the name of a level is written over the lines, on a rim that keeps them off', () => {
  const done: string[] = [];
  const context = new Proxy({} as Record<string, unknown>, {
    get: (set, name: string) =>
      set[name] ??
      ((...given: unknown[]) => {
        done.push(`${name} ${typeof given[0] === 'string' ? given[0] : ''} ${set.strokeStyle}`);
        return { width: 10 };
      }),
  });
  const series = openSeries(2);
  for (let step = 0; step < 50; step++) series.add(step, 0.99);
  const palette = { textSize: 16, sans: 'sans', page: 'page', line: 'grid', muted: 'grey', ink: 'ink' };
  drawChart(
    context as unknown as CanvasRenderingContext2D,
    400,
    160,
    {
      scale: 'linear',
      range: [0, 1],
      lines: [{ series, column: 1, colour: 'curve', marker: 'circle' }],
      levels: [{ value: 0.98, colour: 'grey', label: 'a perfect sampler' }],
      across: { axis: 'steps', span: [0, 50], cursor: undefined, selection: undefined },
    } as never,
    palette as unknown as Palette,
  );
  const curve = done.lastIndexOf('stroke  curve');
  const rim = done.indexOf('strokeText a perfect sampler page');
  const name = done.indexOf('fillText a perfect sampler page');
  expect(curve).toBeGreaterThan(-1);
  expect(rim).toBeGreaterThan(curve);
  expect(name).toBeGreaterThan(rim);
});
