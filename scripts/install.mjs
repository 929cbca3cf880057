/** Brings the packages that package-lock.json names, when they are not there yet. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** The repository's folder; every script works there, wherever it was called from. */
export const root = fileURLToPath(new URL('..', import.meta.url));

const readJson = (path) => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'));

/** Compares what npm says it installed with what the lock asks for; dates of files say less after a checkout. */
function isUpToDate() {
  if (!existsSync(new URL('../node_modules/.package-lock.json', import.meta.url))) return false;
  const installed = readJson('node_modules/.package-lock.json').packages;
  return Object.entries(readJson('package-lock.json').packages).every(
    ([path, { version, optional }]) =>
      path === '' || installed[path]?.version === version || (optional && !installed[path]),
  );
}

/** Runs `npm ci` when node_modules is missing or is not what the lock asks for; exits when that fails. */
export function ensureInstalled() {
  process.chdir(root);
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [, neededMajor, neededMinor] = /(\d+)\.(\d+)/.exec(readJson('package.json').engines.node).map(Number);
  if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
    console.error(`Saddle needs Node ${neededMajor}.${neededMinor} or newer; this is ${process.version}.`);
    process.exit(1);
  }
  if (isUpToDate()) return;
  console.log('Installing the packages that package-lock.json names (npm ci) ...');
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    stdio: 'inherit',
    shell: process.platform === 'win32', // npm is a script there
  });
  if (status === 0) return;
  console.error('npm ci failed, so there is nothing to run yet; its message is above.');
  process.exit(1);
}
