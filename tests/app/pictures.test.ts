/** The arithmetic of the other pictures: the triangle, bars, densities. */
import { ticks } from 'd3';
import { expect, test } from 'vitest';
import { barExtent } from '../../src/app/draw/bars.ts';
import { rangeOf } from '../../src/app/draw/chart.ts';
import { placesOf } from '../../src/app/draw/histogram.ts';
import { binned, lineFrame } from '../../src/app/draw/line.ts';
import { triangleIn } from '../../src/app/draw/simplex.ts';

test('pure actions lie on the corners, and the middle is as far from each', () => {
  const { at, corners } = triangleIn(600, 400, 16);
  expect([at(1, 0, 0), at(0, 1, 0), at(0, 0, 1)]).toEqual(corners);
  const [x, y] = at(1 / 3, 1 / 3, 1 / 3);
  const away = corners.map((corner) => Math.hypot(corner[0] - x, corner[1] - y));
  for (const each of away) expect(each).toBeCloseTo(away[0], 9);
  for (const [across, down] of corners) {
    expect(across > 0 && across < 600 && down > 0 && down < 400).toBe(true);
  }
});

test('bars keep their scale until they leave it or shrink to a quarter', () => {
  const first = barExtent(0, [1, -2]);
  expect(first).toBe(3);
  expect(barExtent(first, [2.5])).toBe(first);
  expect(barExtent(first, [2.9])).toBeGreaterThan(2.9);
  expect(barExtent(first, [0.1])).toBeLessThan(0.5);
  expect(barExtent(first, [0.1], [2.5])).toBe(first);
  expect(barExtent(0, [0, Number.NaN])).toBe(1);
  expect(Number.isFinite(barExtent(1, [1.7e308]))).toBe(true);
  expect(barExtent(0.5, [1e-310, 5e-324])).toBe(0.5);
});

test('a density shares out what lies on the line, and nothing of what lies beyond', () => {
  const shares = binned(Float64Array.from([-1, -0.99, 0, 0.99, 1, 5, Number.NaN, 1e300]), 1, 4);
  expect([...shares]).toEqual([2 / 8, 0, 1 / 8, 1 / 8]);
  const frame = lineFrame(500, 300, 2, 16);
  expect(frame.x(-2)).toBe(frame.left);
  expect(frame.x(2)).toBe(frame.right);
});

test('names beneath bars meet neither each other nor the edges, however long they are', () => {
  for (const pitch of [15, 31, 60, 200]) {
    for (const widths of [[5, 5, 5], Array(10).fill(45), [4, 90, 4, 90, 4], Array(16).fill(500), [30]]) {
      const { rows, places } = placesOf(widths, pitch, 4);
      places.forEach(({ middle, width }, k) => {
        expect(width).toBeGreaterThan(0);
        expect(middle - width / 2).toBeGreaterThanOrEqual(0);
        expect(middle + width / 2).toBeLessThanOrEqual(pitch * widths.length + 1e-9);
        const next = places[k + rows];
        if (next) expect(next.middle - next.width / 2 - middle - width / 2).toBeGreaterThan(4 - 1e-9);
      });
    }
  }
  const clothes = Array(10).fill(45);
  expect(placesOf(clothes, 31, 4)).toMatchObject({ rows: 2 });
  expect(placesOf(clothes, 31, 4).places.every(({ width }) => width === 45)).toBe(true); // none is cut
  expect(placesOf(clothes, 60, 4).rows).toBe(1);
});

test('a chart has a range with ticks, whatever was measured', () => {
  const sizes = [0, 5e-324, 1e-310, 1e-300, 1e-12, 1, 1e12, 1e300, 1.7e308];
  for (const scale of ['linear', 'log'] as const) {
    for (const least of sizes) {
      for (const most of sizes.filter((size) => size >= least)) {
        const [low, high] = rangeOf({ scale, levels: [] }, [
          { bins: { x: [0], least: [least], most: [most] } },
        ]);
        expect(high).toBeGreaterThan(low);
        expect(Number.isFinite(high - low)).toBe(true);
        if (scale === 'linear') expect(ticks(low, high, 5).length).toBeGreaterThan(0);
        else expect(low).toBeGreaterThan(1e-301);
      }
    }
  }
});
