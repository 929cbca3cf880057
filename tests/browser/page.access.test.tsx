/** For everyone: axe finds nothing in any state, every picture has words that follow the run, curves are heard, motion can be less. */
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { page as browser, userEvent } from 'vitest/browser';
import { say } from '../../src/app/access/strings.ts';
import { isStill, setMotion } from '../../src/app/motion.ts';
import { mount } from '../../src/app/mount.ts';
import { openLink } from '../../src/app/share/openLink.ts';
import { changeLane } from '../../src/app/store.ts';
import { expectAccessible } from './audit.ts';
import { canvases, loaded, openPage, pastStep, rest, settle, until } from './openPage.tsx';
import { askForLessMotion } from './protocol.ts';
import { allComponents, componentsNow, kinds, openPanels, openSilenced, states, unfold } from './states.ts';

beforeEach(() => {
  localStorage.clear();
  delete document.documentElement.dataset.motion;
});

/** A phone, a tablet, a laptop and a projector; each with the colours in which everything is looked at first. */
const looks = [
  [360, 740, 'light'],
  [768, 1024, 'dark'],
  [1280, 800, 'light'],
  [1920, 1080, 'dark'],
] as const;
const other = { light: 'dark', dark: 'light' } as const;

/** Canvases that have no words: neither of their own, nor where they are a part of what has some. */
const silentCanvases = () =>
  canvases()
    .filter(
      (canvas) =>
        !canvas.getAttribute('aria-label')?.trim() &&
        !(canvas.ariaHidden === 'true' && canvas.closest('[role=application][aria-label][aria-describedby]')),
    )
    .map(({ outerHTML }) => outerHTML);

/** Components of which something was on the page in some state. */
const seen = new Set<() => unknown>();

/**
 * At every width all rules are asked in one theme; in the other one, on the same elements, those that colours decide:
 * nothing else of the page depends on its theme.
 */
test.each(Object.entries(states))(
  '%s: nothing stands in the way of assistive technology',
  async (_, state) => {
    await browser.viewport(1280, 800);
    document.documentElement.dataset.motion = 'reduce'; // one theme does not pass into the other
    const { start, silence } = openSilenced();
    const opened = await openPage(state.address, { start });
    const { model } = opened;
    await until(() => expect(model.record.frame?.step).toBeGreaterThanOrEqual(4));
    await rest(opened);
    if (state.panels) {
      openPanels(opened);
      await until(() => expect(canvases().length).toBeGreaterThan(3));
      unfold();
    }
    if (!state.address.includes('embed'))
      await until(() => expect(opened.screen.getByRole('button', { name: say.open }).query()).not.toBeNull());
    await state.bring?.(opened, silence);
    await until(() => {
      expect(document.querySelector('[aria-busy=true]')).toBeNull();
      expect(document.querySelector(state.shows)?.checkVisibility(), state.shows).toBe(true);
    });
    for (const component of componentsNow()) seen.add(component);
    for (const [width, height, first] of looks) {
      await browser.viewport(width, height);
      for (const theme of [first, other[first]]) {
        model.setTheme(theme);
        await until(() => expect(document.documentElement.dataset.theme).toBe(theme));
        await expectAccessible(`${width} ${theme}`, { isColourOnly: theme !== first });
        expect(document.querySelector(state.shows), `${width} ${theme}`).not.toBeNull(); // still
      }
      expect(silentCanvases(), `${width}`).toEqual([]);
      const broad = [...document.querySelectorAll('.page *')].filter(
        (element) => element.getBoundingClientRect().right > innerWidth + 1,
      );
      const words = broad.map((element) => element.outerHTML.slice(0, 160)).join();
      expect(document.documentElement.scrollWidth, words).toBeLessThanOrEqual(innerWidth);
    }
    for (const component of componentsNow()) seen.add(component); // some come without a place being kept for them
  },
);

test('there is no part of the page that was in none of these states', () => {
  const parts = [...allComponents()];
  expect(parts.length).toBeGreaterThan(150);
  const times = (name: string) => [...seen].filter((component) => component.name === name).length;
  const missing = parts.filter(([name, files]) => times(name) < files.length);
  expect(missing).toEqual([]);
});

test('no other test goes by rules of its own', () => {
  const tests = import.meta.glob<string>('./*.{ts,tsx}', { eager: true, query: '?raw', import: 'default' });
  const those = Object.entries(tests).filter(([, text]) => /from 'axe-core'/.test(text));
  expect(those.map(([path]) => path)).toEqual(['./audit.ts']);
});

test.each(Object.entries(kinds))(
  '%s: every canvas has words, and they follow the run',
  async (_, address) => {
    await browser.viewport(1280, 800);
    const opened = await openPage(address, { startsPlaying: false });
    await until(() => expect(opened.text('verdict').trim()).not.toBe(''));
    openPanels(opened);
    const words = () => canvases().map((canvas) => canvas.getAttribute('aria-label') ?? '');
    const parts = () =>
      canvases().map((canvas) => canvas.closest('[data-panel]')?.getAttribute('data-panel') ?? 'picture');
    for (let i = 0; i < 3; i++) opened.model.step();
    await until(() => expect(opened.shownStep()).toBe(3));
    await rest(opened);
    await until(() => {
      expect(document.querySelector('[aria-busy=true]')).toBeNull();
      expect(words().length).toBeGreaterThan(2);
      for (const label of words()) expect(label).not.toMatch(/^$|nothing measured yet/);
    });
    const before = words();
    for (let i = 0; i < 4; i++) opened.model.step();
    await until(() => expect(opened.shownStep()).toBe(7));
    // The picture and the losses say where the run stands; all others have other words than before.
    await until(() => {
      const after = words();
      expect(after[0]).toMatch(/\b7\b/);
      const losses = document.querySelector('[data-panel="losses"] canvas')!;
      expect(losses.getAttribute('aria-label')).toMatch(/step [67]\b/);
      expect(parts().filter((_, i) => after[i] === before[i])).toEqual([]);
    });
  },
);

test('while a run plays, words that are read out change every few seconds and not more often', async () => {
  await browser.viewport(1280, 800);
  const opened = await openPage(kinds.plane);
  await pastStep(opened, 10);
  openPanels(opened);
  await until(() => {
    expect(canvases().length).toBeGreaterThan(6);
    expect(document.querySelector('[aria-busy=true]')).toBeNull();
    for (const canvas of canvases())
      expect(canvas.getAttribute('aria-label')).not.toMatch(/^$|nothing measured yet/);
  }); // everything has its first words
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
  const begun = performance.now();
  await until(() => expect(performance.now() - begun).toBeGreaterThan(4000));
  watcher.disconnect();
  speech.disconnect();
  // On a busy machine it took longer: words may have changed once more for each time that they may.
  const seconds = (performance.now() - begun) / 1000;
  const most = (every: number) => 1 + Math.floor(seconds / every);
  expect([...changes].filter(([, times]) => times > most(3))).toEqual([]);
  expect(spoken).toBeLessThanOrEqual(1 + most(6));
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

/** What a style sheet would move: in time, or by itself. */
const movedByStyles = () =>
  [...document.querySelectorAll('*')].flatMap((element) =>
    [undefined, '::before', '::after'].flatMap((part) => {
      const { transitionDuration, animationName } = getComputedStyle(element, part);
      return transitionDuration === '0s' && animationName === 'none'
        ? []
        : [`${element.className}${part ?? ''}`];
    }),
  );

test.each(['the system', 'the page'])(
  'where %s is asked for less motion, no style sheet moves anything',
  async (who) => {
    const opened = await openPage(kinds.images, { startsPlaying: false });
    const { store } = opened.model;
    await until(() => expect(opened.screen.getByRole('button', { name: say.open }).query()).not.toBeNull());
    await rest(opened); // its worker has said that it loads nothing any more
    changeLane(store, store.getState().selected, { loading: { file: 'mnist14.bin', share: 0.4 } });
    await until(() => {
      expect(document.querySelector('[aria-busy=true]')).toBeNull();
      expect(movedByStyles()).toContain('loading-pictures');
    });
    expect(movedByStyles().length).toBeGreaterThan(1);
    if (who === 'the system') await askForLessMotion();
    else setMotion('reduce');
    expect(isStill()).toBe(true);
    expect(movedByStyles()).toEqual([]);
  },
);

/** So many animation frames are more than anything needs to arrive. */
const MOST_FRAMES = 2000;

/**
 * From now on animation frames come when they are let pass, at once and with nothing between them. Then it is told
 * how often each canvas was painted.
 */
async function holdFrames(): Promise<() => number[]> {
  const soon = globalThis.requestAnimationFrame;
  const due: FrameRequestCallback[] = [];
  let now = performance.now();
  const frames = vi
    .spyOn(globalThis, 'requestAnimationFrame')
    .mockImplementation((callback) => due.push(callback));
  const paintings = vi.spyOn(CanvasRenderingContext2D.prototype, 'clearRect');
  onTestFinished(() => {
    frames.mockRestore();
    paintings.mockRestore();
  });
  await new Promise((resolve) => soon.call(globalThis, resolve)); // those that were asked for before have come
  return () => {
    paintings.mockClear();
    for (let i = 0; i < MOST_FRAMES && due.length > 0; i++) {
      now += 16;
      for (const callback of due.splice(0)) callback(now);
    }
    expect(due).toEqual([]);
    const painted = (paintings.mock.contexts as CanvasRenderingContext2D[]).map(({ canvas }) => canvas);
    return canvases().map((canvas) => painted.filter((each) => each === canvas).length);
  };
}

test.each(['plane', 'samples', 'overlaid'] as const)(
  '%s: a step glides to where it leads; where less motion is asked for, it is there at once',
  async (kind) => {
    await browser.viewport(1280, 800);
    // In the plane, an arrow grows in the picture of the step; elsewhere it is the picture that moves.
    const isPlane = kind === 'plane';
    const opened = await openPage(`${kinds[kind]}${isPlane ? '&panels=+inside' : ''}`, {
      startsPlaying: false,
    });
    const { model } = opened;
    const stepTo = async (step: number) => {
      while (pending < step) {
        model.step();
        pending += 1;
      }
      await until(() => {
        expect(opened.shownStep()).toBe(step);
        expect(model.isResting).toBe(true);
      });
    };
    let pending = 0;
    await stepTo(1);
    await until(() => {
      expect(document.querySelector('[aria-busy=true]')).toBeNull();
      expect(document.querySelector('[data-panel=inside] canvas') !== null).toBe(isPlane);
    });
    await settle(); // the line of indecision has come, too
    const letFramesPass = await holdFrames();
    letFramesPass();
    await stepTo(30); // far enough to be seen
    const moving = letFramesPass();
    expect(moving.at(isPlane ? -1 : 0)).toBeGreaterThan(3);
    await askForLessMotion();
    await stepTo(60);
    const still = letFramesPass();
    expect(still[0]).toBe(1);
    expect(Math.max(...still)).toBe(1);
  },
);

test('where less motion is asked for, no link plays by itself, also when that was asked on the page', async () => {
  const followed = vi.spyOn(history, 'replaceState').mockImplementation(() => {});
  onTestFinished(() => followed.mockRestore());
  const page = await mount();
  onTestFinished(page.close);
  expect(page.store.getState().playing).toBe(true);
  setMotion('reduce');
  expect(page.store.getState().playing).toBe(true); // somebody may have pressed play
  await openLink(page, '#preset=dirac');
  expect(page.store.getState()).toMatchObject({ playing: false, experiment: { game: { kind: 'dirac' } } });
  setMotion('auto');
  await openLink(page, '#preset=bilinear');
  expect(page.store.getState().playing).toBe(true);
  page.close();
  await askForLessMotion();
  const other = await mount();
  onTestFinished(other.close);
  expect(other.store.getState().playing).toBe(false);
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
  await userEvent.keyboard('{Enter}');
  await until(() => expect(opened.model.store.getState().experiment.generator).not.toEqual(generator));
  const now = opened.model.store.getState().experiment.generator as { learningRate: number };
  // Where keys come slowly, the places on the way are said before this one.
  await until(() => {
    const [, rate] = /^Rate ([\d.e-]+)/.exec(opened.text('chart voice'))!;
    expect(now.learningRate).toBeCloseTo(Number(rate), 3);
  });
});

test('a chart is heard: a summary first, then its curves in turn, until Escape', async () => {
  await browser.viewport(1280, 800);
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  await until(() => expect(opened.text('verdict')).toContain('At the start'));
  // So long that they are not over before they are ended, however slow the machine.
  for (let i = 0; i < 200; i++) opened.model.step();
  await until(() => expect(opened.shownStep()).toBe(200));
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

test('samples on a line are heard as they are seen: both densities, then the discriminator', async () => {
  const opened = await openPage(kinds.line, { startsPlaying: false });
  for (let i = 0; i < 3; i++) opened.model.step();
  await until(() => expect(opened.shownStep()).toBe(3));
  await rest(opened);
  const started = vi.spyOn(OscillatorNode.prototype, 'start');
  onTestFinished(() => started.mockRestore());
  const button = opened.screen.getByRole('button', { name: 'Listen to Samples on a line' });
  const voice = () => document.querySelector('.picture-listen [aria-live]')!.textContent;
  await button.click();
  await until(() => expect(started).toHaveBeenCalledTimes(3));
  await until(() =>
    expect(voice()).toMatch(
      /^Samples on a line, −[\d.]+ to [\d.]+: real samples, in the fullest bin [\d.]+\s?% of them, then generated samples, in the fullest bin [\d.]+\s?% of them, then the discriminator’s probability of being real\. Low is 0, high is (1|0\.\d+)\.$/,
    ),
  );
  await userEvent.keyboard('{Escape}');
  await expect.element(button).toHaveAttribute('aria-pressed', 'false');
  // What is hidden is not heard.
  await opened.screen.getByRole('button', { name: 'real', exact: true }).click();
  started.mockClear();
  await button.click();
  await until(() => expect(started).toHaveBeenCalledTimes(2));
  await until(() => expect(voice()).toMatch(/: generated samples, .* then the discriminator’s/));
  await userEvent.keyboard('{Escape}');
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
    await loaded();
    const broad = [...document.querySelectorAll('main *, .top *')].filter(
      (element) => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1,
    );
    expect(broad.map((element) => element.outerHTML.slice(0, 160))).toEqual([]);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
    const buttons = [...document.querySelectorAll<HTMLElement>('button')].filter((button) =>
      button.checkVisibility(),
    );
    expect(buttons.length).toBeGreaterThan(10);
    for (const button of buttons)
      expect(button.scrollWidth, button.outerHTML).toBeLessThanOrEqual(button.clientWidth + 2);
  } finally {
    style.remove();
  }
});
