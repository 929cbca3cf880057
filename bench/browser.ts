/** The same race in Chromium, where WebGL is: serves a page, opens it, and asks it for each workload. */
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { ensureBrowser } from '../scripts/browser.mjs';
import { linesOf, type Pace, type Result } from './race.ts';
import type { Workload } from './workloads.ts';

interface Answer {
  readonly results: Record<string, Result>;
  readonly leftOut: readonly string[];
}

/** Results by workload. On a machine without a graphics card WebGL is drawn by the processor: said in words. */
export async function raceInBrowser(
  chosen: readonly Workload[],
  pace: Pace,
  say: (line: string) => void,
): Promise<Record<string, Record<string, Result>>> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const server = await createServer({ root, server: { host: '127.0.0.1', port: 0 }, logLevel: 'error' });
  await server.listen();
  const address = server.resolvedUrls?.local[0];
  const browser = await chromium.launch({
    executablePath: await ensureBrowser(),
    args: ['--no-sandbox', '--enable-unsafe-swiftshader', '--disable-background-networking'],
  });
  const all: Record<string, Record<string, Result>> = {};
  try {
    const page = await browser.newPage();
    await page.goto(`${address}bench/browser/`);
    await page.waitForFunction(() => 'race' in window);
    const card = await page.evaluate(() => {
      const gl = document.createElement('canvas').getContext('webgl2');
      const info = gl?.getExtension('WEBGL_debug_renderer_info');
      return gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : 'none';
    });
    say(`Chromium ${browser.version()}, WebGL by ${card}`);
    for (const workload of chosen) {
      say(`\n${workload.name}: ${workload.about}`);
      const { results, leftOut } = await page.evaluate(
        ([name, how]) =>
          (window as unknown as { race(name: string, pace: Pace): Promise<Answer> }).race(name, how),
        [workload.name, pace] as const,
      );
      for (const line of [...linesOf(results), ...leftOut.map((each) => `  left out: ${each}`)]) say(line);
      all[workload.name] = results;
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return all;
}
