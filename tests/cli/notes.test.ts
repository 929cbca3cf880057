/** What has no meaning is noted on standard error, and runs all the same. */
import { expect, test } from 'vitest';
import { call, linesOf, sentences } from './call.ts';

test.each(['run', 'inspect'])('%s notes what has no meaning, by its path, and goes on', async (command) => {
  const line = `${command} bilinear --set scheme=svre --set constraint=simplex --steps 2`;
  const { code, out, err } = await call(line);
  expect(code).toBe(0);
  const notes = sentences(err);
  expect(notes.map((note) => note.split(': ').slice(0, 2))).toEqual([
    ['note', 'scheme'],
    ['note', 'constraint'],
  ]);
  if (command === 'run') expect(linesOf(out).summary.steps).toBe(2);
  else expect(JSON.parse(out).step).toBe(2);
});

test('what is to be mended comes alone: nothing is run, so nothing is noted', async () => {
  const { code, err } = await call('run bilinear --set scheme=svre --steps much');
  expect(code).toBe(2);
  expect(err).not.toContain('note');
});
