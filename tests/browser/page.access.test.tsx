/** For everyone: axe finds nothing in any state, every picture has words that follow the run, curves are heard, motion can be less. */
import axe from 'axe-core';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { page as browser, userEvent } from 'vitest/browser';
import { say } from '../../src/app/access/strings.ts';
import { isStill, setMotion } from '../../src/app/motion.ts';
import { canvases, openPage, pastStep, rest, until } from './openPage.tsx';
import { allComponents, componentsNow, kinds, openPanels, states } from './states.ts';

beforeEach(() => {
  localStorage.clear();
  delete document.documentElement.dataset.motion;
});

/** WCAG 2.2 AA, with the rule on targets that axe leaves out by itself. */
async function expectNoViolations(state: string): Promise<void> {
  const { violations } = await axe.run(document.body, {
    // Links to experiments begin with a #: they lead to no place on this page.
    rules: { 'target-size': { enabled: true }, 'skip-link': { enabled: false } },
  });
  expect(
    violations
      // Where a handle of the data stands is what it says: WCAG 2.5.8 lets it lie near another.
      .filter(
        ({ id, nodes }) => id !== 'target-size' || nodes.some(({ html }) => !html.includes('class="handle')),
      )
      .map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => [html, failureSummary])]),
    state,
  ).toEqual([]);
}

/** Every width and both colours, in as few audits as that takes: neither is the other's matter. */
const looks = [
  [360, 740, 'light'],
  [768, 1024, 'dark'],
  [1280, 800, 'light'],
  [1920, 1080, 'dark'],
] as const;

/** Components that were on the page in some state. */
const seen = new Set<unknown>();

test.each(Object.entries(states))(
  '%s: nothing stands in the way of assistive technology',
  async (_, state) => {
    await browser.viewport(1280, 800);
    const opened = await openPage(state.address);
    const { model } = opened;
    await until(() => expect(model.record.frame?.step).toBeGreaterThanOrEqual(4));
    await rest(opened);
    if (state.panels) {
      openPanels(opened);
      await until(() => expect(canvases().length).toBeGreaterThan(3));
    }
    if (!state.address?.includes('embed'))
      await until(() => expect(opened.screen.getByRole('button', { name: say.open }).query()).not.toBeNull());
    await state.bring?.(opened);
    await until(() => {
      expect(document.querySelector('[aria-busy]')).toBeNull();
      expect(document.querySelector(state.shows)?.checkVisibility()).toBe(true);
    });
    for (const component of componentsNow()) seen.add(component);
    for (const [width, height, theme] of looks) {
      await browser.viewport(width, height);
      model.setTheme(theme);
      await until(() => expect(document.documentElement.dataset.theme).toBe(theme));
      await expectNoViolations(`${width} ${theme}`);
      const broad = [...document.querySelectorAll('.page *')].filter(
        (element) => element.getBoundingClientRect().right > innerWidth + 1,
      );
      const words = broad.map((element) => element.outerHTML.slice(0, 160)).join();
      expect(document.documentElement.scrollWidth, words).toBeLessThanOrEqual(innerWidth);
    }
  },
);

test('there is no part of the page that was in none of these states', () => {
  const parts = Object.entries(allComponents());
  expect(parts.length).toBeGreaterThan(60);
  const missing = parts.filter(([, component]) => !seen.has(component)).map(([name]) => name);
  // Own pictures are looked at with their files, a silent worker where one falls silent; advice comes when it is due.
  const elsewhere = ['TextControl', 'KeptSets', 'SilentWorker', 'AdviceWords'];
  expect(missing.filter((name) => !elsewhere.some((each) => name.endsWith(` ${each}`)))).toEqual([]);
});

test.each(Object.entries(kinds))(
  '%s: every canvas has words, and they follow the run',
  async (_, address) => {
    await browser.viewport(1280, 800);
    const opened = await openPage(address, { startsPlaying: false });
    await until(() => expect(opened.text('verdict').trim()).not.toBe(''));
    openPanels(opened);
    const words = () => canvases().map((canvas) => canvas.getAttribute('aria-label') ?? '');
    opened.model.step();
    await until(() => expect(opened.shownStep()).toBe(1));
    await rest(opened);
    await until(() => expect(words().length).toBeGreaterThan(2));
    for (const label of words()) expect(label.trim()).not.toBe('');
    const before = words();
    for (let i = 0; i < 3; i++) opened.model.step();
    await until(() => expect(opened.shownStep()).toBe(4));
    // The picture and the losses say where the run stands.
    await until(() => {
      const after = words();
      expect(after[0]).toMatch(/\b4\b/);
      const losses = document.querySelector('[data-panel="losses"] canvas')!;
      expect(losses.getAttribute('aria-label')).toMatch(/step [34]\b/);
      expect(after.filter((label, i) => label !== before[i]).length).toBeGreaterThanOrEqual(after.length / 3);
    });
  },
);

test('while a run plays, words that are read out change every few seconds and not more often', async () => {
  await browser.viewport(1280, 800);
  const opened = await openPage(kinds.plane);
  await pastStep(opened, 10);
  openPanels(opened);
  await until(() => expect(canvases().length).toBeGreaterThan(6));
  await new Promise((resolve) => setTimeout(resolve, 3500)); // everything has its first words
  const changes = new Map<string, number>();
  const watcher = new MutationObserver((records) => {
    for (const { target } of records) {
      const panel = (target as Element).closest('[data-panel]')?.getAttribute('data-panel') ?? 'picture';
      changes.set(panel, (changes.get(panel) ?? 0) + 1);
    }
  });
  for (const canvas of canvases())
    watcher.observe(canvas, { attributes: true, attributeFilter: ['aria-label'] });
  let spoken = 0;
  const speech = new MutationObserver((records) => {
    spoken += records.length;
  });
  for (const live of document.querySelectorAll('[role="status"], [aria-live]'))
    speech.observe(live, { childList: true, characterData: true, subtree: true });
  await new Promise((resolve) => setTimeout(resolve, 4000));
  watcher.disconnect();
  speech.disconnect();
  expect([...changes].filter(([, times]) => times > 2)).toEqual([]);
  expect(spoken).toBeLessThanOrEqual(2);
});

test('the help lists its keys, closes with Escape, and gives the focus back', async () => {
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  const button = opened.screen.getByRole('button', { name: say.open });
  await button.click();
  const dialog = opened.screen.getByRole('dialog', { name: say.title });
  await expect.element(dialog).toBeVisible();
  for (const words of [...Object.values(say.keys), ...say.places.map((place) => place.words)])
    expect(dialog.element().textContent).toContain(words);
  await userEvent.keyboard('p'); // keys of the page rest while a dialog is open
  expect(document.documentElement.dataset.presents).toBeUndefined();
  await userEvent.keyboard('{Escape}');
  await until(() => expect(dialog.query()).toBeNull());
  expect(document.activeElement).toBe(button.element());
});

test('single keys are switched off with one switch, which is remembered', async () => {
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  await opened.screen.getByRole('button', { name: say.open }).click();
  await opened.screen.getByRole('checkbox', { name: say.letters }).click();
  await userEvent.keyboard('{Escape}');
  await until(() => expect(opened.screen.getByRole('dialog').query()).toBeNull());
  (document.activeElement as HTMLElement).blur();
  await userEvent.keyboard('p');
  await userEvent.keyboard('{ArrowRight}');
  await until(() => expect(opened.shownStep()).toBe(1));
  expect(document.documentElement.dataset.presents).toBeUndefined();
  expect(localStorage.getItem('saddle.letters')).toBe('off');
});

test('motion is reduced on the page as it is by the system', async () => {
  expect(isStill()).toBe(false);
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  await opened.screen.getByRole('button', { name: say.open }).click();
  await opened.screen.getByRole('combobox', { name: say.motion }).selectOptions(say.motions.reduce);
  expect([isStill(), localStorage.getItem('saddle.motion')]).toEqual([true, 'reduce']);
  const toggle = opened.screen.getByRole('checkbox', { name: say.letters }).element();
  expect(getComputedStyle(toggle, '::after').transitionDuration).toBe('0s');
  // What glides is there at once.
  opened.model.plane.fit();
  opened.model.plane.advance(Number.POSITIVE_INFINITY);
  expect(opened.model.plane.view.extent).toBe(opened.model.plane.view.target);
  setMotion('auto');
  expect(isStill()).toBe(false);
});

test('the stability map is driven by keys: the place is said, and Enter takes its settings', async () => {
  await browser.viewport(1280, 800);
  // On a busy machine the first painting comes after the first keys.
  const paintings = vi.spyOn(globalThis, 'requestAnimationFrame').mockReturnValue(0);
  onTestFinished(() => paintings.mockRestore());
  const opened = await openPage('preset=bilinear&scheme=extragradient&panels=+stabilityMap', {
    startsPlaying: false,
  });
  const canvas = () => document.querySelector<HTMLCanvasElement>('[data-panel="stabilityMap"] canvas');
  await until(() => expect(canvas()?.getAttribute('role')).toBe('application'));
  canvas()!.focus();
  const { generator } = opened.model.store.getState().experiment;
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{Shift>}{ArrowLeft}{/Shift}{ArrowDown}');
  await until(() => expect(opened.text('chart voice')).toMatch(/^Rate [\d.e-]+, .+: (not )?stable\.$/));
  expect(opened.shownStep()).toBe(0); // arrows are the map's here
  const [, rate] = /^Rate ([\d.e-]+)/.exec(opened.text('chart voice'))!;
  await userEvent.keyboard('{Enter}');
  await until(() => expect(opened.model.store.getState().experiment.generator).not.toEqual(generator));
  const now = opened.model.store.getState().experiment.generator as { learningRate: number };
  expect(now.learningRate).toBeCloseTo(Number(rate), 3);
});

test('a chart is heard: a summary first, then its curves in turn, until Escape', async () => {
  await browser.viewport(1280, 800);
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  await until(() => expect(opened.text('verdict')).toContain('At the start'));
  for (let i = 0; i < 30; i++) opened.model.step();
  await until(() => expect(opened.shownStep()).toBe(30));
  await rest(opened);
  const started = vi.spyOn(OscillatorNode.prototype, 'start');
  const button = opened.screen.getByRole('button', { name: say.listen.name('Losses') });
  await button.click();
  await until(() => expect(started).toHaveBeenCalledTimes(2));
  const [[first], [second]] = started.mock.calls as [[number], [number]];
  expect(second).toBeGreaterThan(first + 1);
  await until(() =>
    expect(opened.text('chart voice')).toMatch(
      /^Losses, step \d to step \d+: generator, then discriminator\. Low is/,
    ),
  );
  await expect.element(button).toHaveAttribute('aria-pressed', 'true');
  await until(() => expect(opened.model.cursor.value).toBeGreaterThan(0)); // it is seen, too
  await userEvent.keyboard('{Escape}');
  await expect.element(button).toHaveAttribute('aria-pressed', 'false');
  expect(opened.model.cursor.value).toBeUndefined();

  // Curves along something else than the run leave the charts' cursor alone.
  opened.model.store.setState({ panels: { pathAngle: true } });
  started.mockClear();
  const along = opened.screen.getByRole('button', { name: say.listen.name('Path angle') });
  await along.click();
  await until(() => expect(opened.text('chart voice')).toMatch(/^Path angle, .+: cosine, then length of/));
  expect(started).toHaveBeenCalledTimes(2);
  expect(opened.model.cursor.value).toBeUndefined();
  await userEvent.keyboard('{Escape}');
  await expect.element(along).toHaveAttribute('aria-pressed', 'false');
  started.mockRestore();
});

test.each([
  ['twice as large', 640, 16],
  ['four times as large', 320, 16],
])('%s, everything flows into one column and nothing is cut off', async (_, width, size) => {
  await browser.viewport(width, 500);
  const style = document.createElement('style');
  // The spacing that a reader may ask for: WCAG 1.4.12.
  style.textContent = `html { font-size: ${size}px }
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }`;
  document.head.append(style);
  try {
    const opened = await openPage('preset=bilinear&lane2.scheme=extragradient', { startsPlaying: false });
    await until(() => expect(opened.screen.getByRole('button', { name: say.open }).query()).not.toBeNull());
    await until(() => expect(canvases().length).toBeGreaterThan(2));
    const broad = [...document.querySelectorAll('main *, .top *')].filter(
      (element) => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1,
    );
    expect(broad.map((element) => element.outerHTML.slice(0, 160))).toEqual([]);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
    for (const button of document.querySelectorAll<HTMLElement>('button')) {
      if (button.checkVisibility())
        expect(button.scrollWidth, button.outerHTML).toBeLessThanOrEqual(button.clientWidth + 2);
    }
  } finally {
    style.remove();
  }
});
