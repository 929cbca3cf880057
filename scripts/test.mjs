/** `npm test`: types, lint, tests in Node, tests in a browser. With arguments, only Vitest with those. */
import process from 'node:process';
import { ensureBrowser } from './browser.mjs';
import { ensureInstalled } from './install.mjs';
import { runSteps, vitest } from './steps.mjs';

ensureInstalled();
process.env.CHROMIUM = ensureBrowser();

const chosen = process.argv.slice(2);
runSteps(
  chosen.length > 0
    ? [vitest('chosen tests', '--project=node', '--project=chromium', ...chosen)]
    : [
        { name: 'types', command: ['node_modules/typescript/bin/tsc', '--noEmit'] },
        { name: 'lint', command: ['node_modules/@biomejs/biome/bin/biome', 'check', '.'] },
        vitest('unit and property tests', '--project=node'),
        vitest('browser tests', '--project=chromium'),
      ],
);
