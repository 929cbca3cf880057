/** The same race in Chromium, where WebGL is: serves a page, opens it, and asks it for each workload. */
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import { createServer } from 'vite';
import { ensureBrowser } from '../scripts/browser.mjs';
import { type Contestant, linesOf, type Pace, type Result, race } from './race.ts';
import type { Workload } from './workloads.ts';

interface Answer {
  readonly results: Record<string, Result>;
  readonly leftOut: readonly string[];
  /** Of each contestant. */
  readonly parameters: number | undefined;
}

/** What the page gives us, see browser/page.ts. */
interface Given {
  race(name: string, pace: Pace): Promise<Answer>;
  hasGraphicsCard(): boolean;
}

const ALWAYS = ['--no-sandbox', '--disable-background-networking'];
/**
 * A Chromium without a window takes a graphics card on Linux only when told how to reach it: through Vulkan, or through
 * OpenGL without a display; elsewhere of its own accord. The last way, which is tried where there is none, draws on the
 * processor.
 */
const WAYS: readonly (readonly string[])[] = [
  ...(process.platform === 'linux'
    ? [
        [
          '--use-angle=vulkan',
          '--enable-features=Vulkan',
          '--disable-vulkan-surface',
          '--ignore-gpu-blocklist',
        ],
        ['--use-angle=gl-egl', '--ignore-gpu-blocklist'],
      ]
    : []),
  ['--enable-unsafe-swiftshader'],
];

/** The page in a browser that has a graphics card, if one of the ways leads to it. */
async function openPage(address: string): Promise<{ browser: Browser; page: Page }> {
  const executablePath = await ensureBrowser();
  for (const [at, way] of WAYS.entries()) {
    const browser = await chromium.launch({ executablePath, args: [...ALWAYS, ...way] });
    const page = await browser.newPage();
    await page.goto(address);
    await page.waitForFunction(() => 'race' in window);
    const isLast = at === WAYS.length - 1;
    if (isLast || (await page.evaluate(() => (window as unknown as Given).hasGraphicsCard()))) {
      return { browser, page };
    }
    await browser.close();
  }
  throw new Error('no way to open a browser');
}

/**
 * Results by workload. Those who need no browser, of a workload of so many parameters, race when the page is done, and are
 * compared with the median of its first. On a machine without a graphics card WebGL is drawn by the processor: said in words.
 */
export async function raceInBrowser(
  chosen: readonly Workload[],
  pace: Pace,
  say: (line: string) => void,
  others: (workload: Workload, parameters: number | undefined) => Promise<readonly Contestant[]>,
): Promise<Record<string, Record<string, Result>>> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const server = await createServer({ root, server: { host: '127.0.0.1', port: 0 }, logLevel: 'error' });
  await server.listen();
  const all: Record<string, Record<string, Result>> = {};
  let opened: Browser | undefined;
  try {
    const { browser, page } = await openPage(`${server.resolvedUrls?.local[0]}bench/browser/`);
    opened = browser;
    const card = await page.evaluate(() => {
      const gl = document.createElement('canvas').getContext('webgl2');
      const info = gl?.getExtension('WEBGL_debug_renderer_info');
      return gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : 'none';
    });
    say(`Chromium ${browser.version()}, WebGL by ${card}`);
    for (const workload of chosen) {
      say(`\n${workload.name}: ${workload.about}`);
      const { results, leftOut, parameters } = await page.evaluate(
        ([name, how]) => (window as unknown as Given).race(name, how),
        [workload.name, pace] as const,
      );
      const [{ ms: first }] = Object.values(results);
      for (const [name, { ms, low, high }] of Object.entries(
        await race(await others(workload, parameters), pace),
      )) {
        const timesFirst = { ms: ms / first, low: low / first, high: high / first };
        results[name] = { ms, low, high, timesFirst };
      }
      say(`  ${parameters} parameters each`);
      for (const line of [...linesOf(results), ...leftOut.map((each) => `  left out: ${each}`)]) say(line);
      all[workload.name] = results;
    }
  } finally {
    await opened?.close();
    await server.close();
  }
  return all;
}
