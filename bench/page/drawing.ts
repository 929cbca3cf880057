/** How much faster a run trains when its page draws nothing: the share of training speed that drawing costs. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Browser } from 'playwright';
import { inTab } from './tab.ts';

const TURN_MS = 2000;
/** What threads are called that run workers. */
const WORKERS = /^DedicatedWorker/;

export interface Cost {
  /** Of the steps in a second. */
  readonly clock: number;
  /** Of the steps in a second of the worker's processor time, where the system tells it (Linux). */
  readonly processor?: number;
  /** The share of its time in which the worker has nothing to do while pictures are drawn; as above. */
  readonly idle?: number;
}

interface Turn {
  readonly steps: number;
  readonly ms: number;
  /** Of the busiest thread of a worker: on the processor, and waiting for it. */
  readonly runMs: number;
  readonly waitMs: number;
}

/** The ms that each thread of a worker was on the processor and waited for it, by thread. */
async function threads(browser: Browser): Promise<Map<string, readonly [runMs: number, waitMs: number]>> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const found = new Map<string, readonly [number, number]>();
  for (const { id } of processInfo) {
    try {
      for (const thread of readdirSync(`/proc/${id}/task`)) {
        const read = (name: string) => readFileSync(`/proc/${id}/task/${thread}/${name}`, 'utf8');
        if (!WORKERS.test(read('comm'))) continue;
        const [run, wait] = read('schedstat').split(' ').map(Number); // nanoseconds
        found.set(thread, [run / 1e6, wait / 1e6]);
      }
    } catch {
      // Another system, or a process that has ended.
    }
  }
  return found;
}

/** In turns, with pictures and without: what drawing costs, turn by turn. */
export const drawingCosts = (browser: Browser, address: string, turns: number): Promise<Cost[]> =>
  inTab(browser, async (page) => {
    await page.goto(`${address}#speed=full`);
    await page.locator('.measurements canvas').first().waitFor();
    // A canvas without a size is not painted.
    await page.addStyleTag({ content: '[data-blind] canvas { display: none !important; }' });
    const step = async () => Number((await page.getByTestId('step').textContent())?.replaceAll(/\D/g, ''));

    async function play(isBlind: boolean): Promise<Turn> {
      await page.evaluate((blind) => document.documentElement.toggleAttribute('data-blind', blind), isBlind);
      await page.waitForTimeout(300);
      const before = await threads(browser);
      const [from, since] = [await step(), performance.now()];
      await page.waitForTimeout(TURN_MS);
      const steps = (await step()) - from;
      const ms = performance.now() - since;
      const spent = [...(await threads(browser))].map(([thread, [run, wait]]) => {
        const [ranBefore, waitedBefore] = before.get(thread) ?? [0, 0];
        return { runMs: run - ranBefore, waitMs: wait - waitedBefore };
      });
      const busiest = spent.sort((a, b) => b.runMs - a.runMs)[0] ?? { runMs: 0, waitMs: 0 };
      return { steps, ms, ...busiest };
    }

    await play(false); // warms up
    const costs: Cost[] = [];
    for (let turn = 0; turn < turns; turn++) {
      // Each first in turn: a run slows down as it goes on, or the machine does.
      const isFirst = turn % 2 === 0;
      const one = await play(!isFirst);
      const other = await play(isFirst);
      const [drawn, blind] = isFirst ? [one, other] : [other, one];
      const perMs = ({ steps, ms }: Turn) => steps / ms;
      const perRun = ({ steps, runMs }: Turn) => steps / runMs;
      const isTold = drawn.runMs > 0 && blind.runMs > 0;
      costs.push({
        clock: 1 - perMs(drawn) / perMs(blind),
        processor: isTold ? 1 - perRun(drawn) / perRun(blind) : undefined,
        idle: isTold ? Math.max(0, 1 - (drawn.runMs + drawn.waitMs) / drawn.ms) : undefined,
      });
    }
    return costs;
  });
