/**
 * `npm run bench:page`: the built page in a real browser: how soon its picture moves and what is loaded before it,
 * how soon it answers while three lanes train at full speed or one on WebGL, what drawing costs, and how soon the
 * digits fill. Options: --quick, --once (opens the page a single time), --json, and
 * --only "start,answers,webgl,drawing,digits". See README.md.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { ensureBrowser } from '../scripts/browser.mjs';
import { type Answers, answersOf, LONG_MS, onWebGL, race } from './page/answers.ts';
import { digitsFill } from './page/digits.ts';
import { drawingCosts } from './page/drawing.ts';
import { servePage } from './page/serve.ts';
import { bytesOf, startPage } from './page/start.ts';
import { figure } from './race.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    json: { type: 'boolean' },
    only: { type: 'string' },
    once: { type: 'boolean' },
  },
});
const parts = options.only?.split(',') ?? ['start', 'answers', 'webgl', 'drawing', 'digits'];
const STARTS = options.once ? 1 : options.quick ? 5 : 15;
const SECONDS = options.quick ? 10 : 20;
const ROUNDS = options.quick ? 1 : 3;
const TURNS = options.quick ? 4 : 9;

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function spread(values: readonly number[], digits = 0): string {
  const { ms, low, high } = figure(values);
  return `${ms.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** What was seen while the page was used, in words and as figures. */
function tellAnswers(title: string, rounds: readonly Answers[]) {
  const delays = rounds.flatMap(({ delaysMs }) => delaysMs);
  const handled = rounds.flatMap(({ handledMs }) => handledMs);
  const gaps = rounds.flatMap(({ gapsMs }) => gapsMs);
  const tasks = rounds.flatMap(({ tasks: all }) => all);
  const long = tasks.filter(({ processorMs }) => processorMs > LONG_MS);
  const longOnTheWall = rounds.flatMap(({ longTasksMs }) => longTasksMs).filter((ms) => ms > LONG_MS);
  const most = (values: readonly number[]) => Math.max(0, ...values);
  const told = (values: readonly number[]) =>
    `median ${quantile(values, 0.5).toFixed(1)}, 99 of 100 within ${quantile(values, 0.99).toFixed(1)}, at most ${most(values).toFixed(1)} ms`;
  const perStep = figure(rounds.map(({ msPerStep }) => msPerStep));
  say(`${title}, ${delays.length} inputs in ${ROUNDS * SECONDS} s, ${perStep.ms.toFixed(1)} ms a step`);
  say(`  until an input is heard: ${told(delays)}`);
  say(`  until it is done: ${told(handled)}`);
  say(`  between two pictures: ${told(gaps)}`);
  say(
    `  tasks over ${LONG_MS} ms: ${longOnTheWall.length} by the clock${longOnTheWall.map((ms) => `, ${ms.toFixed(0)} ms`).join('')}`,
  );
  say(
    `  as long again, traced: ${long.length} by the processor's time, longest ${most(tasks.map(({ processorMs }) => processorMs)).toFixed(0)} ms; ` +
      `by the clock longest ${most(tasks.map(({ wallMs }) => wallMs)).toFixed(0)} ms`,
  );
  for (const { wallMs, processorMs, what } of tasks
    .filter((task) => task.wallMs > LONG_MS)
    .sort((a, b) => b.processorMs - a.processorMs)
    .slice(0, 12))
    say(`    ${processorMs.toFixed(0)} of ${wallMs.toFixed(0)} ms: ${what}`);
  const told99 = (values: readonly number[]) => ({
    median: quantile(values, 0.5),
    p99: quantile(values, 0.99),
    most: most(values),
  });
  return {
    inputs: delays.length,
    msPerStep: perStep,
    heardMs: told99(delays),
    doneMs: told99(handled),
    gapMs: told99(gaps),
    longTasks: { processor: long.length, clock: longOnTheWall.length },
    longestTaskMs: {
      processor: most(tasks.map(({ processorMs }) => processorMs)),
      clock: most(longOnTheWall),
    },
  };
}

const results: Record<string, unknown> = {};
const browser = await chromium.launch({
  executablePath: await ensureBrowser(),
  args: ['--no-sandbox', '--disable-background-networking'],
});
const served = await servePage();
const load = loadavg()[0].toFixed(1);
say(
  `Chromium ${browser.version()}, ${cpus().length} cores of ${cpus()[0]?.model}; load ${load} at the beginning`,
);
try {
  if (parts.includes('start')) {
    const starts = [];
    if (STARTS > 1) await startPage(browser, served); // the browser itself is warm
    for (let i = 0; i < STARTS; i++) starts.push(await startPage(browser, served));
    const picture = starts.map(({ pictureMs }) => pictureMs);
    const moving = starts.map(({ movingMs }) => movingMs);
    const kilobytes = starts.map(({ asked }) => bytesOf(asked) / 1000);
    say(`first picture after ${spread(picture)} ms, moving after ${spread(moving)} ms`);
    say(`  before it ${spread(kilobytes, 1)} kB gzipped, in ${starts[0].asked.length} files`);
    results.start = { pictureMs: figure(picture), movingMs: figure(moving), kilobytes: figure(kilobytes) };
  }
  for (const [part, scene, title] of [
    ['answers', race, 'three lanes at full speed'],
    ['webgl', onWebGL, 'a convolutional GAN on WebGL'],
  ] as const) {
    if (!parts.includes(part)) continue;
    const rounds = [];
    for (let i = 0; i < ROUNDS; i++) rounds.push(await answersOf(browser, served.address, scene, SECONDS));
    results[part] = tellAnswers(title, rounds);
  }
  if (parts.includes('drawing')) {
    const costs = await drawingCosts(browser, served.address, TURNS);
    const percent = (cost: number | undefined) => (cost === undefined ? [] : [100 * cost]);
    const clock = costs.flatMap((cost) => percent(cost.clock));
    const processor = costs.flatMap((cost) => percent(cost.processor));
    say(`drawing costs ${spread(clock, 1)} % of the training speed`);
    const idle = costs.flatMap((cost) => percent(cost.idle));
    if (processor.length > 0) {
      say(`  ${spread(processor, 1)} % of the steps in a second of the worker's processor time`);
      say(`  the worker has nothing to do in ${spread(idle, 1)} % of the time`);
    }
    const told = (values: readonly number[]) => (values.length > 0 ? figure(values) : null);
    results.drawing = { percent: figure(clock), processorPercent: told(processor), idlePercent: told(idle) };
  }
  if (parts.includes('digits')) {
    const { seconds, steps } = await digitsFill(browser, served.address);
    say(`the digits fill with all ten classes in ${seconds.toFixed(0)} s, ${steps} steps`);
    results.digits = { seconds, steps };
  }
} finally {
  await browser.close();
  await served.close();
}
if (options.json) process.stdout.write(`${JSON.stringify({ load: Number(load), ...results })}\n`);
