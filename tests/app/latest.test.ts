/** The newest values of a race: each is of a step, and where that is not the step of its lane, the table says so. */
import { expect, test } from 'vitest';
import { latestFigures, latestRows } from '../../src/app/panels/latest.ts';
import { openRecord } from '../../src/app/record.ts';
import { frameAt } from './frames.ts';
import { openModel } from './opened.ts';

/** A lane that stands at a step, its modes counted at another. */
function counted(at: number, step: number) {
  const record = openRecord();
  const modes = { covered: 3, total: 8, highQuality: 0.5, histogram: new Float64Array(8) };
  record.add(frameAt(at, { path: new Float64Array(0), readings: { modes } as never }), 0);
  if (step > at) record.add(frameAt(step, { path: new Float64Array(0) }), 1);
  return record;
}

test('modes that were counted before the present step have their step beside them', () => {
  const { page } = openModel('lane2.scheme=extragradient');
  const figures = latestFigures(page.store.getState());
  const found = figures.find(({ label }) => label === 'modes found')!;
  expect(found.at?.(counted(10, 12))).toBe(10);
  expect(figures.find(({ label }) => label.endsWith('loss'))!.at).toBeUndefined();

  const lanes = [
    { name: 'one', record: counted(10, 12) },
    { name: 'two', record: counted(12, 12) },
  ];
  const [head, one, two] = latestRows(figures, lanes);
  const column = head.indexOf('modes found: at step');
  expect(head[column - 1]).toBe('modes found');
  expect([one.slice(column - 1, column + 1), two.slice(column - 1, column + 1)]).toEqual([
    [3, 10],
    [3, 12],
  ]);
  expect([one.length, two.length]).toEqual([head.length, head.length]);
  // At rest, all are of one step, and one column says it.
  const rested = latestRows(figures, [{ name: 'two', record: counted(12, 12) }]);
  expect(rested[0].filter((cell) => String(cell).includes('at step'))).toEqual([]);
  expect(rested[1].slice(0, 2)).toEqual(['two', 12]);
});
