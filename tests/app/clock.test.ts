/** The charts' axis, when a run goes on from its past. */
import { expect, test } from 'vitest';
import { openClock } from '../../src/app/clock.ts';
import { openSeries } from '../../src/app/record.ts';

test('what came after a step can be cut off, and time goes on from there', () => {
  const clock = openClock(openSeries(3));
  for (let step = 10; step <= 100; step += 10) clock.note(step, 2 * step, step / 100);
  clock.cut(45);
  expect([clock.end('steps'), clock.end('evaluations')]).toEqual([45, 90]);
  clock.note(50, 120, 2);
  expect(clock.along('evaluations')(50)).toBe(120);
  expect(clock.along('evaluations')(40)).toBe(80);
});
