/** Finds a Chromium for the browser tests, or installs one. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';

const { env, platform } = process;

/** Names on the search path, in the order of preference. */
const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
];

/** Places that are not on the search path. */
function wellKnownPaths() {
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean);
    const programs = ['Google/Chrome', 'Chromium', 'Microsoft/Edge'];
    return programs.flatMap((program) =>
      roots.map((root) =>
        join(root, program, 'Application', program.endsWith('Edge') ? 'msedge.exe' : 'chrome.exe'),
      ),
    );
  }
  if (platform === 'darwin') {
    const applications = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
    const folders = ['/Applications', join(homedir(), 'Applications')];
    return applications.flatMap((name) =>
      folders.map((folder) => `${folder}/${name}.app/Contents/MacOS/${name}`),
    );
  }
  return ['/usr/bin', '/usr/local/bin', '/snap/bin'].flatMap((folder) =>
    names.map((name) => join(folder, name)),
  );
}

function searchPath() {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const ending = platform === 'win32' ? '.exe' : '';
  return names.flatMap((name) => folders.map((folder) => join(folder, name + ending)));
}

/** The browsers that Playwright itself has downloaded, newest first. */
function playwrightPaths() {
  const caches = {
    win32: join(env.LOCALAPPDATA ?? homedir(), 'ms-playwright'),
    darwin: join(homedir(), 'Library/Caches/ms-playwright'),
  };
  const cache =
    env.PLAYWRIGHT_BROWSERS_PATH ??
    caches[platform] ??
    join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ms-playwright');
  if (!existsSync(cache)) return [];
  const revision = (folder) => Number(/\d+$/.exec(folder)?.[0] ?? 0);
  const programs = [
    'chrome-linux64/chrome',
    'chrome-linux/chrome',
    'chrome-linux64/headless_shell',
    'chrome-linux/headless_shell',
    'chrome-headless-shell-linux64/chrome-headless-shell',
    'chrome-win64/chrome.exe',
    'chrome-win/chrome.exe',
    ...['chrome-mac-arm64', 'chrome-mac-x64', 'chrome-mac'].flatMap((folder) => [
      `${folder}/Chromium.app/Contents/MacOS/Chromium`,
      `${folder}/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing`,
    ]),
  ];
  return readdirSync(cache)
    .filter((folder) => folder.startsWith('chromium'))
    .sort((a, b) => revision(b) - revision(a))
    .flatMap((folder) => programs.map((program) => join(cache, folder, program)));
}

/** The path of a Chromium (or Chrome, or Edge) on this machine; undefined when there is none. */
export function findBrowser() {
  if (env.CHROMIUM) return env.CHROMIUM;
  return [...searchPath(), ...wellKnownPaths(), ...playwrightPaths()].find((path) => existsSync(path));
}

function run(command, ...args) {
  console.log(`  ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0;
}

const isInstalled = (command) =>
  spawnSync(platform === 'win32' ? 'where' : 'which', [command], { stdio: 'ignore' }).status === 0;

/** Whether a browser has the system's libraries that it needs; asked only on Linux, where they may be missing. */
const starts = (path) =>
  Boolean(path) && (platform !== 'linux' || spawnSync(path, ['--version']).status === 0);

/** Package managers, and what each must run to bring a Chromium. */
const packageManagers = [
  { command: 'apt-get', steps: [['update'], ['install', '-y', 'chromium']], asRoot: true },
  { command: 'dnf', steps: [['install', '-y', 'chromium']], asRoot: true },
  { command: 'pacman', steps: [['-Sy', '--noconfirm', 'chromium']], asRoot: true },
  { command: 'apk', steps: [['add', 'chromium']], asRoot: true },
  { command: 'brew', steps: [['install', '--cask', 'chromium']], asRoot: false },
];

function installFromSystem() {
  const manager = packageManagers.find(({ command }) => isInstalled(command));
  if (!manager) return;
  const needsSudo = manager.asRoot && process.getuid?.() !== 0;
  if (needsSudo && !isInstalled('sudo')) return;
  for (const step of manager.steps) {
    // Without a terminal nobody can type a password, so sudo must not ask for one.
    const sudo = process.stdin.isTTY ? ['sudo'] : ['sudo', '-n'];
    run(...(needsSudo ? sudo : []), manager.command, ...step);
  }
}

/** Like findBrowser, but installs a Chromium when there is none; exits with one sentence when it cannot. */
export function ensureBrowser() {
  const found = findBrowser();
  if (found && existsSync(found)) return found;
  if (found) {
    console.error(`CHROMIUM is set to ${found}, which does not exist.`);
    process.exit(1);
  }
  console.log('No Chromium found for the browser tests: installing one.');
  run(process.execPath, 'node_modules/playwright/cli.js', 'install', 'chromium');
  if (!starts(findBrowser())) installFromSystem();
  const installed = findBrowser();
  if (starts(installed)) return installed;
  console.error(
    'The browser tests need Chromium, Chrome or Edge: please install one, or set CHROMIUM to the path of its program.',
  );
  process.exit(1);
}
