/** The built page in a browser: its picture moves, and little is loaded before. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** In kB, gzipped: all that is asked for before the picture of the default GAN moves. */
const BUDGET = 200;

test('the picture of the built page moves after less than 200 kB', { timeout: 300_000 }, () => {
  const { NODE_ENV, VITEST, ...env } = process.env; // or React is built for tests
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'bench/page.ts', '--once', '--only', 'start', '--json'],
    { cwd: fileURLToPath(new URL('../..', import.meta.url)), env, encoding: 'utf8' },
  );
  expect(stdout, stderr).toContain('kilobytes');
  const { start } = JSON.parse(stdout) as { start: { kilobytes: { high: number } } };
  expect(start.kilobytes.high).toBeLessThan(BUDGET);
  expect(start.kilobytes.high).toBeGreaterThan(BUDGET / 4); // it was counted
});
