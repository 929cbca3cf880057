/** `npm test`: types, lint, tests in Node, tests in a browser. With arguments, only Vitest with those. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import process from 'node:process';
import { ensureBrowser } from './browser.mjs';
import { ensureInstalled } from './install.mjs';

ensureInstalled();
process.env.CHROMIUM = ensureBrowser();

const reports = 'node_modules/.cache/saddle-tests';
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const vitest = (report, ...options) => [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reports}/${report}.json`,
  ...options,
];

const chosen = process.argv.slice(2);
const steps =
  chosen.length > 0
    ? [{ name: 'chosen tests', command: vitest('chosen', ...chosen) }]
    : [
        { name: 'types', command: ['node_modules/typescript/bin/tsc', '--noEmit'] },
        { name: 'lint', command: ['node_modules/@biomejs/biome/bin/biome', 'check', '.'] },
        { name: 'unit and property tests', command: vitest('node', '--project=node') },
        { name: 'browser tests', command: vitest('chromium', '--project=chromium') },
      ];

/** Adds up what Vitest reported; a file that could not even be loaded counts as one failure. */
function tally() {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const report of ['chosen', 'node', 'chromium']) {
    const path = `${reports}/${report}.json`;
    if (!existsSync(path)) continue;
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
      readFileSync(path, 'utf8'),
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

let failedStep;
for (const { name, command } of steps) {
  console.log(`\n== ${name}`);
  if (spawnSync(process.execPath, command, { stdio: 'inherit' }).status !== 0) {
    failedStep = name;
    break;
  }
}

if (failedStep) console.error(`\nFailed: ${failedStep}.`);
const { passed, failed, skipped } = tally();
if (passed + failed + skipped > 0)
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failedStep ? 1 : 0;
