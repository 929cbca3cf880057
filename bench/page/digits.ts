/** Plays the digits in the built page, and waits until all ten classes are found and can be read. */
import type { Browser } from 'playwright';
import { inTab } from './tab.ts';

/** Of the small classifier; real digits score 8.8, an untrained generator 1.8. */
const READABLE = 6;
const PATIENCE_MS = 600_000;

export interface Filled {
  /** From opening the address. */
  readonly seconds: number;
  readonly steps: number;
}

export const digitsFill = (browser: Browser, address: string): Promise<Filled> =>
  inTab(browser, async (page) => {
    const begun = performance.now();
    await page.goto(`${address}#preset=digits&speed=full`);
    await page.waitForFunction(
      (least) => {
        const words = document.querySelector('[data-testid=verdict]')?.textContent ?? '';
        return words.startsWith('All 10') && Number(/score ([\d.]+)/.exec(words)?.[1]) >= least;
      },
      READABLE,
      { polling: 200, timeout: PATIENCE_MS },
    );
    const seconds = (performance.now() - begun) / 1000;
    const steps = Number((await page.getByTestId('step').textContent())?.replaceAll(/\D/g, ''));
    return { seconds, steps };
  });
