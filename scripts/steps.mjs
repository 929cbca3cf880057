/** Runs the steps of a test command one after the other, and ends with how many tests passed and failed. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import process from 'node:process';

const reports = 'node_modules/.cache/saddle-tests';

/** A step by Vitest. Its report has the step's name, and is counted. */
export const vitest = (name, ...options) => ({
  name,
  report: `${reports}/${name.replaceAll(' ', '-')}.json`,
  command: ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', ...options],
});

/** Adds up what Vitest reported; a file that could not even be loaded counts as one failure. */
function tally(steps) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const { report } of steps) {
    if (!report || !existsSync(report)) continue;
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    const broken = testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
    );
    count.passed += numPassedTests;
    count.failed += numFailedTests + broken.length;
    count.skipped += numPendingTests + numTodoTests;
  }
  return count;
}

/** Runs `{ name, command, report? }` by Node until one fails; says how it went and sets the exit code. */
export function runSteps(steps) {
  mkdirSync(reports, { recursive: true });
  for (const { report } of steps) if (report) rmSync(report, { force: true });
  const failed = steps.find(({ name, command, report }) => {
    console.log(`\n== ${name}`);
    const args = report ? [...command, `--outputFile.json=${report}`] : command;
    return spawnSync(process.execPath, args, { stdio: 'inherit' }).status !== 0;
  });
  if (failed) console.error(`\nFailed: ${failed.name}.`);
  const { passed, failed: failures, skipped } = tally(steps);
  if (passed + failures + skipped > 0)
    console.log(`\n${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed ? 1 : 0;
}
