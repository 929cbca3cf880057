/** A tab of its own, with nothing cached. */
import type { Browser, Page } from 'playwright';

export async function inTab<T>(browser: Browser, act: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  // The runner of this script gives functions their names by a call that pages do not know.
  await context.addInitScript({ content: 'globalThis.__name = (made) => made;' });
  try {
    return await act(await context.newPage());
  } finally {
    await context.close();
  }
}
