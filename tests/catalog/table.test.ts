/** Tables of points: headers, many columns and far too many rows. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_POINTS } from '../../src/catalog/datasets/pasted.ts';
import { points } from '../../src/catalog/datasets/points.ts';
import { fitted, pointsOf, readTable } from '../../src/catalog/datasets/table.ts';
import { parse } from '../../src/settings/index.ts';

test.each([
  ['1,2\n3,4', ['1', '2'], false],
  ['x y\n1 2\n3 4', ['x', 'y'], true],
  ['"sepal length";"width"\r\n1;2\r\n3;4', ['sepal length', 'width'], true],
  ['# made by hand\n1\t2\n\n3\t4', ['1', '2'], false],
  ['x,\n1,2\n3,4', ['x', '2'], true],
])('%j has columns %j', (text, names, hasHeader) => {
  const table = readTable(text);
  expect(table).toMatchObject({ names, hasHeader, numeric: [0, 1], mistakes: [] });
  expect(pointsOf(table, [0, 1])).toEqual({ values: [1, 2, 3, 4], total: 2, mistakes: [] });
});

test('columns of words are no coordinates, and a missing number is named by its line and column', () => {
  const table = readTable('id,x,y,kind\n7,1,2,a\n8,3,?,b\n9,5,6,c\n10,7\n');
  expect(table.numeric).toEqual([0, 1, 2]);
  expect(pointsOf(table, [1, 2])).toEqual({
    values: [1, 2, 5, 6],
    total: 2,
    mistakes: [
      { line: 5, message: 'Line 5: expected 4 columns as in the first row, but found 2.' },
      { line: 3, message: 'Line 3: expected a number in column "y", but found "?".' },
    ],
  });
  expect(pointsOf(table, [2, 0]).values).toEqual([2, 7, 6, 9]);
});

test('of too many points some are taken evenly, the first one among them', () => {
  const rows = Array.from({ length: 3 * MOST_POINTS }, (_, i) => `${i} 0`);
  const { values, total } = pointsOf(readTable(rows.join('\n')), [0, 1]);
  expect(total).toBe(3 * MOST_POINTS);
  expect(values.filter((_, i) => i % 2 === 0)).toEqual(Array.from({ length: MOST_POINTS }, (_, i) => 3 * i));
});

test('fitted points lie about 0 with their longer side from −1 to 1, and keep their proportions', () => {
  expect(fitted([10, 20, 30, 25])).toEqual([-1, -0.25, 1, 0.25]);
  expect(fitted([5, 5])).toEqual([0, 0]);
  const coordinate = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 30 }), (pairs) => {
      const values = fitted(pairs.flat());
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(1);
      expect(parse(points.settings, { values }).problems).toEqual([]);
    }),
    { seed: 7 },
  );
});

test('whatever is read, what comes out fits the setting', () => {
  const cell = fc.oneof(fc.double().map(String), fc.string(), fc.constantFrom('', '-0', '1e400', 'x', '"1"'));
  const text = fc
    .array(fc.array(cell, { maxLength: 4 }).map((cells) => cells.join(',')))
    .map((rows) => rows.join('\n'));
  fc.assert(
    fc.property(text, (given) => {
      const table = readTable(given);
      if (table.numeric.length < 2) return;
      const { values } = pointsOf(table, [table.numeric[0], table.numeric[1]]);
      if (values.length > 0) expect(parse(points.settings, { values }).problems).toEqual([]);
    }),
    { numRuns: 1000, seed: 2 },
  );
});
