/**
 * Follows links in the built page as a person would: in a frame, out of it, in the tab that is open, broken ones too,
 * and once more after a change. Says what came about; part of visit.ts.
 */
import fc from 'fast-check';
import type { Browser, Frame, Page } from 'playwright';
import { mutated } from '../app/mutations.ts';

const PATIENCE = { timeout: 30_000 };
const BROKEN = { numRuns: 10, seed: 11 };
/** Broken ones are made of these. */
const links = [
  'preset=bilinear&lane2.scheme=extragradient&pace=evaluations&axis=evaluations',
  'game=dirac&lane2.scheme=alternating&stops=step:9&hide=game',
];

/** What a page within a frame is: only the picture, which moves. */
async function embeddedIn(frame: Frame | Page) {
  await frame.locator('main.embedded canvas').waitFor(PATIENCE);
  const first = await frame.evaluate(() => document.querySelector('canvas')?.toDataURL());
  const isOther = (before?: string) => document.querySelector('canvas')?.toDataURL() !== before;
  await frame.waitForFunction(isOther, first, PATIENCE);
  return {
    chrome: await frame.locator('header, .column, .measurements, .timeline').count(),
    canvases: await frame.locator('canvas').count(),
    scrolls: await frame.evaluate(() => document.documentElement.scrollHeight > innerHeight),
    way: await frame.getByRole('link', { name: 'Open in Saddle' }).getAttribute('href'),
  };
}

/** What is open, as soon as it has gone on by a step. */
async function openIn(page: Page, preset: string) {
  const isIt = (name: string) =>
    document.querySelector<HTMLSelectElement>('.preset select')?.value === name &&
    Number(document.querySelector('[data-testid="step"]')?.textContent?.replaceAll(',', '')) > 0;
  await page.waitForFunction(isIt, preset, PATIENCE);
}

/** Goes to another link in the tab, and waits until the page has said in its address what is open then. */
async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((text) => {
    const told = window as unknown as { followed?: boolean };
    const { replaceState } = history;
    told.followed = false;
    history.replaceState = (...given) => {
      replaceState.apply(history, given);
      history.replaceState = replaceState;
      told.followed = true;
    };
    location.hash = text;
  }, hash);
  await page.waitForFunction(() => 'followed' in window && window.followed === true, undefined, PATIENCE);
}

const alerts = (page: Page) => page.getByRole('alert').allTextContents();
const hashOf = (page: Page) => decodeURIComponent(new URL(page.url()).hash);

/** A step more, whatever is open; or its end. */
async function goesOn(page: Page): Promise<boolean> {
  const read = () => ({
    step: Number(document.querySelector('[data-testid="step"]')?.textContent?.replaceAll(',', '')) || 0,
    end: document.querySelector('[data-testid="verdict"][data-outcome="diverged"]') !== null,
  });
  const { step: before } = await page.evaluate(read);
  for (const begun = Date.now(); Date.now() - begun < PATIENCE.timeout; ) {
    await page.keyboard.press('ArrowRight');
    const { step, end } = await page.evaluate(read);
    if (step > before || end) return true;
    await page.waitForTimeout(50);
  }
  return false;
}

export async function followLinks(browser: Browser, address: string) {
  // What is kept for offline use would answer in the place of a server that does not.
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    serviceWorkers: 'block',
  });
  const errors: string[] = [];
  context.on('weberror', (error) => errors.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error' && !/ERR_FAILED/.test(message.text())) errors.push(message.text());
  });
  const frame = await context.newPage();
  await frame.goto(`${address}?embed#preset=bilinear`);
  const embedded = await embeddedIn(frame);

  // Out of the frame, into a tab of its own, in which what opens links cannot be loaded.
  const reader = /\/openLink-[^/]*\.js$/;
  await context.route(reader, (route) => route.abort());
  const [page] = await Promise.all([
    context.waitForEvent('page'),
    frame.getByRole('link', { name: 'Open in Saddle' }).click(),
  ]);
  await frame.close();
  await openIn(page, 'bilinear');
  await goTo(page, '#preset=dirac');
  await openIn(page, 'bilinear');
  await page.getByRole('alert').first().waitFor(PATIENCE); // what says so may still be loaded
  const unloaded = { alerts: await alerts(page), hash: hashOf(page), goesOn: await goesOn(page) };
  await context.unroute(reader);
  // With the network back, the page opens it after all.
  await page.getByRole('button', { name: 'Try again' }).click(PATIENCE);
  await openIn(page, 'dirac');
  await page.waitForURL(/#preset=dirac$/, PATIENCE);
  const tried = { alerts: await alerts(page), hash: hashOf(page) };
  await goTo(page, '#preset=bilinear');
  await openIn(page, 'bilinear');

  // A dialog whose code does not come is told of in its place, and tried again from there.
  const dialog = page.getByRole('dialog');
  const code = /\/Help-[^/]*\.js$/;
  await context.route(code, (route) => route.abort());
  await page.keyboard.press('?');
  await dialog.getByRole('alert').waitFor(PATIENCE);
  const missing = await dialog.innerText();
  await context.unroute(code);
  await dialog.getByRole('button', { name: 'Try again' }).click(PATIENCE);
  await dialog.getByRole('heading', { name: 'Keys and access' }).waitFor(PATIENCE);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ ...PATIENCE, state: 'detached' });

  // Another link in the tab that is open, without a new page.
  await page.evaluate(() => Object.assign(window, { isSame: true }));
  await goTo(page, '#preset=dirac');
  await openIn(page, 'dirac');
  const changed = {
    hash: hashOf(page),
    isSame: await page.evaluate(() => 'isSame' in window),
    alerts: await alerts(page),
  };

  // Broken ones: something is open after each, and goes on.
  const broken: { text: string; hash: string; goesOn: boolean; failures: number }[] = [];
  for (const text of new Set(fc.sample(mutated(links), BROKEN))) {
    // The address of before is no news to a browser.
    if (new URL(`#${text}`, address).hash === new URL(page.url()).hash) continue;
    await goTo(page, text);
    const isGoing = await goesOn(page);
    broken.push({
      text: text.slice(0, 300),
      hash: hashOf(page).slice(0, 300),
      goesOn: isGoing,
      failures: await page.locator('.notice-failure').count(),
    });
  }

  // Changed by hand while it plays, the run is what opens when the page is opened once more: the change comes at its step.
  await goTo(page, '#preset=bilinear&seed=3');
  await page.getByRole('slider', { name: 'learning rate' }).first().fill('0', PATIENCE);
  await page.waitForURL(/history=1!\d+:generator\.learningRate:0(&|$)/, PATIENCE);
  const before = hashOf(page);
  await page.reload();
  const rate = page.getByRole('slider', { name: 'learning rate' }).first();
  await rate.waitFor(PATIENCE);
  const isZero = (input: HTMLElement | SVGElement | null) => (input as HTMLInputElement).value === '0';
  await page.waitForFunction(isZero, await rate.elementHandle(PATIENCE), PATIENCE);
  const again = {
    before,
    hash: hashOf(page),
    seed: await page.getByLabel('Seed', { exact: true }).inputValue(),
    rate: await rate.inputValue(),
    goesOn: await goesOn(page),
  };

  // The frame of the dialog, in a page of somebody's own.
  await page.getByRole('button', { name: 'Share', exact: true }).click(PATIENCE);
  const html = await page.getByRole('textbox', { name: 'HTML of the frame' }).inputValue(PATIENCE);
  const lesson = new URL('lesson.html', address).href;
  await context.route(lesson, (route) =>
    route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>A lesson</title>${html}` }),
  );
  await page.goto(lesson);
  const inner = await (await page.locator('iframe').elementHandle())?.contentFrame();
  if (!inner) throw new Error(`no frame came of ${html}`);
  const framed = await embeddedIn(inner);
  await context.close();
  return { errors, embedded, unloaded, tried, missing, changed, broken, again, framed };
}

export type Followed = Awaited<ReturnType<typeof followLinks>>;
