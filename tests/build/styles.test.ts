/** The built page in a browser: what is loaded later comes with its styles. */
import { chromium } from 'playwright';
import { expect, test } from 'vitest';
import { servePage } from '../../bench/page/serve.ts';
import { findBrowser } from '../../scripts/browser.mjs';

test('timeline, measurements and the shelf have their styles when they are seen', {
  timeout: 300_000,
}, async () => {
  const served = await servePage();
  const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.goto(`${served.address}#preset=bilinear`);
    for (const place of ['.timeline-foot', '.panel-shelf', '.sharing']) {
      const element = page.locator(place);
      await element.waitFor({ timeout: 30_000 });
      expect(await element.evaluate((seen) => getComputedStyle(seen).display), place).toBe('flex');
    }
  } finally {
    await browser.close();
    await served.close();
  }
});
