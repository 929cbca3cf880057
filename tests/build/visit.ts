/**
 * Visits the built page as a person would and follows its links, cuts the network after the first visit and opens everything;
 * then with the network again, and while a newer version is laid on the server. Says as JSON what came about. Run by offline.test.ts
 * in a process of its own: the build is not one for tests.
 */
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { servePage } from '../../bench/page/serve.ts';
import { ensureBrowser } from '../../scripts/browser.mjs';
import { strings } from '../../src/app/strings.ts';
import { followLinks } from './links.ts';

const browser = await chromium.launch({
  executablePath: await ensureBrowser(),
  args: ['--no-sandbox', '--disable-background-networking'],
});
const served = await servePage();
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
const { origin } = new URL(served.address);
const elsewhere: string[] = [];
const errors: string[] = [];
/** What was asked for without a network, and did not come. */
const failed: string[] = [];
let isCut = false;
context.on('request', (request) => {
  const url = request.url();
  if (!/^(data|blob):/.test(url) && new URL(url).origin !== origin) elsewhere.push(url);
});
const page = await context.newPage();
page.on('pageerror', ({ message }) => errors.push(message));
page.on('console', (message) => {
  if (/Content Security Policy/.test(message.text())) errors.push(message.text());
});
page.on('requestfailed', (request) => {
  const why = request.failure()?.errorText ?? '';
  // What was on its way when the page was left is not missed.
  if (isCut && !/ABORTED/.test(why)) failed.push(`${request.url()} ${why}`);
});

const PATIENCE = { timeout: 30_000 };

/** Whether the page trains. */
async function trains(): Promise<boolean> {
  const step = page.getByTestId('step');
  await step.waitFor(PATIENCE);
  const before = Number((await step.textContent())?.replaceAll(',', ''));
  const isFurther = (from: number) =>
    Number(document.querySelector('[data-testid="step"]')?.textContent?.replaceAll(',', '')) > from;
  return page.waitForFunction(isFurther, before, PATIENCE).then(
    () => true,
    () => false,
  );
}

/** As in a new tab: another link in the same one is taken over by the page. */
async function open(hash: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${served.address}${hash}`);
}

/** Cuts the network, or mends it, while no page is open that waits for something. */
async function cut(cuts: boolean): Promise<void> {
  await page.goto('about:blank');
  isCut = cuts;
  served.cut(cuts);
  await context.setOffline(cuts);
}

/** Opens all panels and what keys open; how many of them could not be loaded. */
async function openAll(): Promise<number> {
  await page.locator('.panel-shelf').waitFor(PATIENCE);
  for (const button of await page.locator('.panel-shelf [aria-pressed="false"]').elementHandles()) {
    await button.click(PATIENCE).catch(() => {}); // gone with another
  }
  for (const key of ['e', 'd', '?', 'Escape', 'g', 'Escape', 'p', 'r', 'Escape', 't'])
    await page.keyboard.press(key);
  await page.waitForFunction(() => document.querySelector('[aria-busy]') === null, undefined, PATIENCE);
  return page.getByText(strings.missing.words).count();
}

/** The versions that are kept, as the newest worker knows them. */
const versions = async () =>
  (await context
    .serviceWorkers()
    .at(-1)
    ?.evaluate(() => caches.keys())) ?? [];

/** How each worker stands that is at work, with what its registration says: for the message where they do not come to rest. */
const standing = () =>
  Promise.all(
    context.serviceWorkers().map((worker) =>
      worker
        .evaluate(() => {
          const { serviceWorker, registration } = globalThis as unknown as {
            serviceWorker: ServiceWorker;
            registration: ServiceWorkerRegistration;
          };
          const { installing, waiting, active } = registration;
          return [serviceWorker, installing, waiting, active].map((each) => each?.state ?? 'none').join(' ');
        })
        .catch((error: Error) => error.message),
    ),
  );

/**
 * Waits until one version is kept and its worker has taken over. A browser waits about a second after the last tab of the old
 * one is closed, and until the old one has answered what it was asked.
 */
async function takenOver(): Promise<string> {
  const started = Date.now();
  for (;;) {
    const names = await versions();
    const states = await standing();
    if (
      names.length === 1 &&
      states.length > 0 &&
      states.every((each) => each === 'activated none none activated')
    )
      return 'one';
    if (Date.now() - started > 60_000) return `after a minute: ${names.join(', ')}; ${states.join(', ')}`;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Lays another version on the server: every file that is built has another name, and old ones are gone. */
function layNewVersion(): () => void {
  const assets = join(served.folder, 'assets');
  const names = readdirSync(assets);
  const renamed = (name: string) => name.replace(/\.(\w+)$/, '2.$1');
  const inNew = (text: string) =>
    names
      .reduce((all, name) => all.replaceAll(name, renamed(name)), text)
      .replace('<title>', '<title>Newer ');
  for (const name of names) {
    const file = join(assets, name);
    if (/\.(js|css)$/.test(name)) writeFileSync(file, inNew(readFileSync(file, 'utf8')));
    renameSync(file, join(assets, renamed(name)));
  }
  const index = join(served.folder, 'index.html');
  writeFileSync(index, inNew(readFileSync(index, 'utf8')));
  const worker = join(served.folder, 'offline.js');
  return () => {
    const text = inNew(readFileSync(worker, 'utf8'));
    writeFileSync(worker, text.replaceAll(/(["'`])[0-9a-f]{12}\1/g, '"222222222222"'));
  };
}

try {
  await page.goto(served.address);
  const trainsAtFirst = await trains();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  const kept = await page.evaluate(async () => {
    const [name] = await caches.keys();
    return { name, files: (await (await caches.open(name)).keys()).map(({ url }) => url) };
  });

  const followed = await followLinks(browser, served.address);

  // After this one visit, nobody answers any more.
  await cut(true);
  const links: Record<string, boolean> = {};
  const opened = ['', '#game=typed', '#game=images'];
  let missing = 0;
  for (const hash of [
    '',
    '#preset=rps',
    '#game=domains',
    '#game=typed',
    '#game=images',
    '#game=images&game.dataset=mnist14',
    '#game=images&game.dataset=fashion28',
    '#preset=bilinear',
  ]) {
    await open(hash);
    links[hash] = await trains();
    if (opened.includes(hash)) missing += await openAll();
  }
  await open('#preset=bilinear');
  await trains();
  await page.getByRole('button', { name: 'Share', exact: true }).click(PATIENCE);
  await page.getByRole('img', { name: /^QR code/ }).waitFor(PATIENCE);
  await page.keyboard.press('Escape');
  const taken: string[] = [];
  for (const kind of ['NumPy', 'PyTorch', 'NPZ', 'SVG']) {
    await page.getByRole('button', { name: 'Take away', exact: true }).click(PATIENCE);
    const menu = page.getByRole('dialog', { name: 'Take away', exact: true });
    const [file] = await Promise.all([
      page.waitForEvent('download', PATIENCE),
      menu.getByRole('button', { name: kind, exact: true }).click(PATIENCE),
    ]);
    taken.push(file.suggestedFilename().replace(/.*\./, ''));
    await page.keyboard.press('Escape');
  }

  // With the network, too, nobody else is asked.
  await cut(false);
  await open('');
  await trains();
  await openAll();
  const listen = page.getByRole('button', { name: 'Listen to Losses' });
  if (await listen.count()) await listen.click();

  // A newer page comes, and the network is cut before its files are kept: what was kept opens.
  const titles: string[] = [];
  const visit = async () => {
    await open('#preset=bilinear');
    const isWhole = (await trains()) && (await openAll()) === 0;
    titles.push(`${(await page.title()).split(':')[0]}${isWhole ? '' : ', broken'}`);
  };
  const layWorker = layNewVersion();
  await visit();
  await cut(true);
  await visit();
  // With the worker that keeps them, the newer page stays.
  await cut(false);
  layWorker();
  await open('');
  await page.waitForLoadState('networkidle'); // what the old worker was asked for is answered
  // (Not by waitForFunction: it takes a promise for a yes.)
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration?.update();
    for (let i = 0; i < 1200 && !registration?.waiting; i++)
      await new Promise((resolve) => setTimeout(resolve, 50));
  });
  await cut(true); // no tab has the old one open: the new one takes over, and tidies up
  const after = await takenOver();
  await visit();
  const last = await versions();
  console.log(
    JSON.stringify({
      trainsAtFirst,
      kept,
      elsewhere,
      errors,
      failed,
      links,
      missing,
      taken,
      titles,
      after,
      last,
      followed,
    }),
  );
} finally {
  await browser.close();
}
process.exit(0);
