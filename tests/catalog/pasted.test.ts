/** Pasted points: read however they are separated, and answered line by line where they cannot be. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_POINTS, readPoints } from '../../src/catalog/datasets/pasted.ts';
import { points } from '../../src/catalog/datasets/points.ts';
import { parse } from '../../src/settings/index.ts';

test.each([
  ['1,2\n3,4'],
  ['1 2\n\n3   4\n'],
  ['# x y\r\n1\t2\r\n3\t4\r\n'],
  ['\uFEFF1; 2\n 3 ;4 '],
  ['+1 , 2.\r.3e1 40e-1'],
])('%j are two points', (text) => {
  expect(readPoints(text)).toEqual({ values: [1, 2, 3, 4], mistakes: [] });
});

test.each([
  ['1,2\n3', 2, 'Line 2: expected two numbers, x and y, but found 1 column.'],
  ['1,2,3\n4,5', 1, 'Line 1: expected two numbers, x and y, but found 3 columns.'],
  ['x,y\n1,2', 1, 'Line 1: expected a number in column 1, but found "x".'],
  ['1,2\n\n# no\n3,NaN', 4, 'Line 4: expected a number in column 2, but found "NaN".'],
  ['1,0x10\n3,4', 1, 'Line 1: expected a number in column 2, but found "0x10".'],
  ['1,,2', 1, 'Line 1: expected two numbers, x and y, but found 3 columns.'],
  ['1,1e999', 1, 'Line 1: expected numbers from -1000000 to 1000000.'],
  ['', 1, 'Line 1: expected x and y of a point on each line, but found none.'],
])('%j is answered with the line and what is accepted', (text, line, message) => {
  expect(readPoints(text).mistakes).toEqual([{ line, message }]);
});

test('what is right among what is wrong is kept', () => {
  expect(readPoints('1,2\nno\n3,4').values).toEqual([1, 2, 3, 4]);
});

test('too many points are cut, in one sentence; too many mistakes are not all told', () => {
  const { values, mistakes } = readPoints('1,2\n'.repeat(MOST_POINTS + 50));
  expect(values.length).toBe(2 * MOST_POINTS);
  expect(mistakes.map(({ line }) => line)).toEqual([MOST_POINTS + 1]);
  expect(readPoints('no\n'.repeat(500)).mistakes.length).toBe(10);
});

test('whatever is pasted, what comes out fits the setting', () => {
  const cell = fc.oneof(
    fc.double().map(String),
    fc.string(),
    fc.constantFrom('', '-0', '1e400', '٣', '1_000'),
  );
  const text = fc
    .array(fc.array(cell, { maxLength: 3 }).map((cells) => cells.join(',')))
    .map((rows) => rows.join('\n'));
  fc.assert(
    fc.property(text, (pasted) => {
      const { values } = readPoints(pasted);
      if (values.length > 0) expect(parse(points.settings, { values }).problems).toEqual([]);
    }),
    { numRuns: 1000, seed: 2 },
  );
});
