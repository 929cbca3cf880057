/** The charts' axis, when a run goes on from its past. */
import { expect, test } from 'vitest';
import { openClock } from '../../src/app/clock.ts';
import { openSeries } from '../../src/app/record.ts';

test('what came after a step can be cut off, and time goes on from there', () => {
  const clock = openClock(openSeries(3));
  for (let step = 10; step <= 100; step += 10) clock.note(step, 2 * step, step / 100);
  clock.cut(45);
  expect([clock.end('steps'), clock.end('evaluations')]).toEqual([45, 90]);
  expect(clock.end('seconds')).toBeCloseTo(0.45, 12);
  clock.note(50, 120, 2);
  expect(clock.along('evaluations')(50)).toBe(120);
  expect(clock.along('evaluations')(40)).toBe(80);
  expect(clock.along('seconds')(40)).toBe(0.4);
});

test('a step that was noted is found again by what it had taken, without a fraction', () => {
  const clock = openClock(openSeries(3));
  for (let step = 1; step <= 300; step++) clock.note(7 * step, 3 * step, step / 7);
  for (const axis of ['evaluations', 'seconds'] as const) {
    const along = clock.along(axis);
    for (let step = 0; step <= 2100; step += 3) expect(clock.stepAt(axis, along(step)), axis).toBe(step);
  }
});
