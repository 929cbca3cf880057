/**
 * `npm run test:claims`: what is claimed of whole GAN runs, over several seeds; minutes. With arguments, only
 * the claims in files whose names match.
 */
import process from 'node:process';
import { ensureInstalled } from './install.mjs';
import { runSteps, vitest } from './steps.mjs';

ensureInstalled();
runSteps([vitest('claims', '--project=claims', '--maxWorkers=2', ...process.argv.slice(2))]);
