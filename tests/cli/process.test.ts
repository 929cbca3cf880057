/** Holds the process around the command line: exit codes, streams, signals and the time to start. */
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { linesOf, sentences } from './call.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** A run that goes on until it is ended: alternating descent circles for ever. */
const endless = ['run', 'bilinear', '--set', 'scheme=alternating', '--steps', '4000000000'];
const words = ['--import', 'tsx', 'src/cli/main.ts'];

const saddle = (...argv: string[]) =>
  spawnSync(process.execPath, [...words, ...argv], { cwd: root, encoding: 'utf8' });

/** A process that goes on; `until` resolves with what it has printed once that matches. */
function start(...argv: string[]) {
  const child = spawn(process.execPath, [...words, ...argv], { cwd: root });
  let out = '';
  let err = '';
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    err += text;
  });
  const ended = new Promise<{ code: number | null; out: string; err: string }>((done) =>
    child.on('close', (code) => done({ code, out, err })),
  );
  const printed = new Promise<void>((done) => child.stdout.once('data', () => done()));
  return { child, ended, printed };
}

test('a command that was carried out exits 0 with nothing on standard error', () => {
  const { status, stdout, stderr } = saddle('run', 'bilinear', '--steps', '10');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(linesOf(stdout).summary.outcome).toBe('finished');
});

test('a divergence exits 0', () => {
  const rates = ['generator', 'discriminator'].flatMap((player) => ['--set', `${player}.learningRate=10`]);
  const { status, stdout, stderr } = saddle('run', 'bilinear', ...rates);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(linesOf(stdout).summary.outcome).toBe('diverged');
});

test('a mistake exits 2 with readable lines and no stack', () => {
  const { status, stdout, stderr } = saddle('run', 'rign', '--steps', 'many');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(sentences(stderr).length).toBe(2);
});

test('inspect prints the same bytes in two processes', () => {
  const [first, second] = [1, 2].map(
    () => saddle('inspect', 'ring', '--steps', '2', '--direction', '1').stdout,
  );
  expect(first.length).toBeGreaterThan(10_000);
  expect(second).toBe(first);
});

/** Run before a program: at its end, it tells the seconds that it has computed. What others do meanwhile does not count. */
const told =
  'const { user, system } = process.cpuUsage(); process.stderr.write(String((user + system) / 1e6));';
const timed = `data:text/javascript,${encodeURIComponent(`process.on('exit', () => { ${told} });`)}`;

test('it starts in about a second', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', timed, ...words, 'list'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stdout).toContain('presets');
  expect(Number(stderr)).toBeGreaterThan(0);
  expect(Number(stderr)).toBeLessThan(3);
});

test('a reader that has seen enough ends a run quietly', async () => {
  const { child, ended, printed } = start(...endless, '--every', '1');
  await printed;
  child.stdout.destroy();
  const { code, err } = await ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends a run with its summary, even when it comes twice at once', async (signal, exitCode) => {
  const { child, ended, printed } = start(...endless);
  await printed;
  child.kill(signal);
  child.kill(signal);
  const { code, out, err } = await ended;
  expect({ code, err }).toEqual({ code: exitCode, err: '' });
  const { readings, summary } = linesOf(out);
  expect(summary.outcome).toBe('stopped');
  expect(summary.steps).toBeGreaterThan(0);
  expect(readings.at(-1).step).toBe(summary.steps);
});
