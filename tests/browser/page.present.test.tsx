/** Presenting: one key, large type and strokes, scenes under the arrow keys, and what is asked before it is told. */
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { page as browser, userEvent } from 'vitest/browser';
import { takePresented, withScenes } from '../../src/app/present/link.ts';
import { readScenes, scenesText } from '../../src/app/present/scenes.ts';
import { stageOf } from '../../src/app/present/stage.ts';
import { unpack } from '../../src/app/share/pack.ts';
import { canvases, type OpenedPage, openPage, pastStep, rest, until } from './openPage.tsx';

beforeEach(async () => {
  localStorage.clear();
  await browser.viewport(1280, 720);
});

const root = document.documentElement;
const typeSize = () => Number.parseFloat(getComputedStyle(root).fontSize);
const press = (keys: string) => userEvent.keyboard(keys);
const isPresented = () => root.dataset.presents !== undefined;
/** Keys act as soon as what listens to them is there. */
const present = async () => {
  await press('p');
  await until(() => expect(isPresented()).toBe(true));
};
const isSeen = (selector: string) => {
  const element = document.querySelector<HTMLElement>(selector);
  return element?.checkVisibility({ visibilityProperty: true, opacityProperty: true }) ?? false;
};

test('one key fills the screen with the picture and the open panels, and gives the page back', async () => {
  const opened = await openPage('preset=bilinear');
  await until(() => expect(canvases().length).toBeGreaterThan(2));
  const before = { type: typeSize(), picture: canvases()[0].clientHeight };
  expect(isSeen('.column.lanes')).toBe(true);
  await present();
  await until(() => expect(typeSize()).toBeGreaterThan(before.type));
  for (const gone of ['.column.lanes', '.column.game', '.panel-shelf', '.preset'])
    expect(isSeen(gone), gone).toBe(false);
  for (const kept of ['.transport', '.verdict', '.picture-canvas', '[data-panel="losses"] canvas'])
    expect(isSeen(kept), kept).toBe(true);
  await until(() => expect(canvases()[0].clientHeight).toBeGreaterThan(before.picture));
  await pastStep(opened, 3); // it plays on
  await press('{Escape}');
  await until(() => expect(isPresented()).toBe(false));
  expect(typeSize()).toBe(before.type);
  expect(isSeen('.column.lanes')).toBe(true);
});

test('strokes grow with the type, and the type with a key', async () => {
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  for (let i = 0; i < 12; i++) opened.model.step();
  await pastStep(opened, 12);
  await present();
  const inked = async () => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-panel="losses"] canvas')!;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    let ink = 0;
    for (let i = 3; i < data.length; i += 4) ink += data[i] > 200 ? 1 : 0;
    return ink / canvas.width;
  };
  await until(async () => expect(await inked()).toBeGreaterThan(0));
  const small = { type: typeSize(), ink: await inked() };
  await press('+++++');
  await until(() => expect(typeSize()).toBeGreaterThan(1.4 * small.type));
  await until(async () => expect(await inked()).toBeGreaterThan(1.1 * small.ink));
  await press('-----');
  await until(() => expect(typeSize()).toBeCloseTo(small.type, 1));
});

describe.each([
  [1920, 1080],
  [1024, 768],
  [360, 740],
])('at %i x %i', (width, height) => {
  test('a presentation is nowhere wider than the screen, nor do its bars overlap', async () => {
    await browser.viewport(width, height);
    const opened = await openPage('preset=bilinear&lane2.scheme=extragradient', { startsPlaying: false });
    await until(() => expect(opened.text('verdict').trim()).not.toBe(''));
    await present();
    await until(() => expect(isSeen('.lane-key')).toBe(true));
    expect(root.scrollWidth).toBeLessThanOrEqual(innerWidth);
    const boxes = [...document.querySelectorAll('.top button, .top input, .counters')]
      .filter((element) => element.checkVisibility())
      .map((element) => element.getBoundingClientRect());
    for (const [i, a] of boxes.entries()) {
      for (const b of boxes.slice(i + 1)) {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        expect(across > 1 && down > 1).toBe(false);
      }
    }
  });
});

test('what the page says and has measured is hidden until it is revealed, to ears as well', async () => {
  const opened = await openPage('preset=bilinear&lane2.scheme=extragradient&panels=+inside');
  await pastStep(opened, 20);
  await present();
  await until(() => expect(opened.text('verdict')).toMatch(/grows/));
  await until(() => expect(isSeen('[data-panel="eigenvalues"] canvas')).toBe(true));
  await press('r');
  await until(() => expect(isSeen('.verdict')).toBe(false));
  expect(isSeen('.picture > [role="status"]')).toBe(false);
  // All that the picture says of itself; nothing of the run.
  const heard = () => document.querySelector('.picture-canvas')!.getAttribute('aria-label')!;
  expect(heard().trim()).toMatch(/path of the run(, at step [\d,]+)?\.$/);
  // No panel tells the answer; each says by its title what it will show.
  const told = [
    '[data-panel="eigenvalues"] canvas',
    '[data-panel="losses"] canvas',
    '[data-panel="losses"] dd',
    '[data-panel="distance"] canvas',
    '[data-panel="latest"] td',
  ];
  for (const each of told) expect(isSeen(each), each).toBe(false);
  for (const panel of ['losses', 'distance', 'latest', 'eigenvalues'])
    expect(isSeen(`[data-panel="${panel}"] h3`), panel).toBe(true);
  const heardOf = (name: string) => document.querySelector(`[data-panel="${name}"] canvas`)!;
  for (const name of ['losses', 'distance']) {
    (heardOf(name) as HTMLElement).focus();
    expect(document.activeElement, name).not.toBe(heardOf(name));
  }
  // How a step is computed is no answer.
  await until(() => expect(isSeen('[data-panel="inside"] figcaption ~ *')).toBe(true));
  expect(getComputedStyle(document.querySelector('.verdict')!, '::before').content).toContain(
    'Will it converge?',
  );
  await press('r');
  await until(() => expect(isSeen('.verdict')).toBe(true));
  for (const each of told) await until(() => expect(isSeen(each), each).toBe(true));
  await until(() => expect(heard()).toMatch(/grows/));
});

test('sharing opens over a presentation, and the keys act again when it is closed', async () => {
  const opened = await openPage('preset=bilinear');
  await pastStep(opened, 3);
  await expect.element(opened.screen.getByRole('button', { name: 'Share' })).toBeVisible();
  await present();
  await press('l');
  await expect.element(opened.screen.getByRole('dialog', { name: 'Share this experiment' })).toBeVisible();
  await press('{Escape}');
  await until(() => expect(document.querySelector('dialog')).toBeNull());
  expect(isPresented()).toBe(true);
  await press(' ');
  await until(() => expect(opened.model.store.getState().playing).toBe(false));
  await press('{Escape}');
  await until(() => expect(isPresented()).toBe(false));
});

/** Saves what is shown under a name, in the dialog of scenes. */
async function save({ screen }: OpenedPage, name: string): Promise<void> {
  await press('g');
  await screen.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await screen.getByRole('button', { name: 'Save this as a scene' }).click();
  await expect.element(screen.getByRole('status').getByText(`Saved: ${name}.`)).toBeVisible();
  await screen.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
}

test('scenes bring back lanes, settings, panels, step and speed, under the arrow keys', async () => {
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  const { model, screen } = opened;
  await until(() => expect(opened.text('verdict')).toContain('At the start'));
  for (let i = 0; i < 9; i++) model.step();
  await until(() => expect(opened.shownStep()).toBe(9));
  await rest(opened);
  await until(() => expect(document.querySelector('[data-panel="losses"]')).not.toBeNull());
  await save(opened, 'Spiral');
  const { trail } = model.record;
  const there = [trail.theta(trail.length - 1), trail.phi(trail.length - 1)];

  await screen.getByRole('combobox', { name: 'Preset' }).selectOptions('Dirac-GAN with R1');
  await press('d]'); // a second lane, faster
  model.store.setState({ panels: { losses: false } });
  model.step();
  await until(() => expect(opened.shownStep()).toBeGreaterThan(0));
  await rest(opened);
  const step = opened.shownStep();
  await save(opened, 'Two lanes');
  const saved = model.store.getState();
  expect(saved.lanes.length).toBe(2);

  await present();
  await press('{ArrowLeft}');
  await until(() => {
    expect(opened.shownStep()).toBe(9);
    expect(model.isResting).toBe(true);
  });
  expect(model.store.getState()).toMatchObject({
    playing: false,
    stops: {},
    lanes: [{ experiment: { game: { kind: 'bilinear' } } }],
  });
  const again = model.record.trail;
  expect([again.theta(again.length - 1), again.phi(again.length - 1)]).toEqual(there);
  await expect.element(screen.getByText('1 of 2: Spiral')).toBeVisible();

  await press('{PageDown}');
  await until(() => expect(opened.shownStep()).toBe(step));
  const now = model.store.getState();
  expect(now.lanes.map(({ experiment }) => experiment)).toEqual(
    saved.lanes.map(({ experiment }) => experiment),
  );
  expect([now.speed, now.panels]).toEqual([saved.speed, saved.panels]);
  await press('{ArrowRight}'); // the last one stays
  await expect.element(screen.getByText('2 of 2: Two lanes')).toBeVisible();

  // Who has clicked on the picture, or on a chart, still turns scenes.
  for (const selector of ['.picture-canvas', '[data-panel="losses"] canvas']) {
    await press('{PageDown}');
    await expect.element(screen.getByText('2 of 2: Two lanes')).toBeVisible();
    document.querySelector<HTMLElement>(selector)?.focus();
    await press('{ArrowLeft}');
    await expect.element(screen.getByText('1 of 2: Spiral')).toBeVisible();
  }
  expect(model.store.getState().experiment.game).toMatchObject({ kind: 'bilinear' });
});

test('who has clicked on pictures still turns scenes; with other keys the ends of the walk move', async () => {
  const pictures =
    'game=images&game.dataset=bars&game.batchSize=16&game.generatorNetwork.hidden=16&game.discriminatorNetwork.hidden=16';
  const text = scenesText(
    ['first', 'second'].map((name) => ({
      name,
      link: pictures,
      step: 0,
      isPlaying: false,
      asks: false,
      speed: { plane: 2, samples: 2 },
    })),
  );
  const presented = takePresented(withScenes(`#${pictures}&paused`, text).slice(1));
  const { screen, model } = await openPage(presented.address, { presented, startsPlaying: false });
  await until(() => expect(isPresented()).toBe(true));
  const walk = () => model.store.getState().probes.latentWalk;
  const tiles = () => document.querySelector<HTMLElement>('.picture-canvas')!;
  await until(() => expect(tiles().getAttribute('aria-label')).toMatch(/generated pictures/));
  await expect.element(screen.getByText('1 of 2: first')).toBeVisible(); // so the link opens
  await until(() => expect(tiles().getAttribute('aria-label')).toMatch(/generated pictures/));
  tiles().focus();
  await press('{ArrowRight}');
  await expect.element(screen.getByText('2 of 2: second')).toBeVisible();
  tiles().focus();
  await press('{ArrowLeft}');
  await expect.element(screen.getByText('1 of 2: first')).toBeVisible();
  expect(walk()).toBeUndefined();
  await until(() => expect(tiles().getAttribute('aria-label')).toMatch(/generated pictures/));
  tiles().focus();
  await press('{ArrowDown}');
  await until(() => expect(walk()).toBeDefined());
});

test('a scene that was playing plays, and one that asks first hides the verdict', async () => {
  const scene = (name: string, isPlaying: boolean, asks: boolean) => ({
    name,
    link: 'preset=bilinear',
    step: 5,
    isPlaying,
    asks,
    speed: { plane: 2, samples: 5 },
  });
  const text = scenesText([scene('plays', true, false), scene('asks', false, true)]);
  const link = withScenes('#preset=dirac', text);
  const presented = takePresented(link.slice(1));
  const opened = await openPage(presented.address, { presented, startsPlaying: false });
  await until(() => expect(isPresented()).toBe(true)); // so says the link
  expect(isSeen('.verdict')).toBe(true);
  await press('{ArrowRight}');
  await pastStep(opened, 12);
  expect(opened.model.store.getState()).toMatchObject({ playing: true, speed: { plane: 2 } });
  await press('{ArrowRight}');
  await until(() => expect(isSeen('.verdict')).toBe(false));
  await until(() => expect(opened.shownStep()).toBe(5));
  await press('r');
  await until(() => expect(isSeen('.verdict')).toBe(true));
});

test('what is asked is the scene’s own question, and its name is not told before it is revealed', async () => {
  const scene = (name: string, question?: string) => ({
    name,
    link: 'preset=bilinear',
    step: 5,
    isPlaying: false,
    asks: true,
    question,
    speed: { plane: 2, samples: 5 },
  });
  const text = scenesText([scene('Told by its name', 'Inwards or outwards?'), scene('It turns')]);
  const presented = takePresented(withScenes('#preset=bilinear&paused', text).slice(1));
  const opened = await openPage(presented.address, { presented, startsPlaying: false });
  const { screen } = opened;
  await until(() => expect(isPresented()).toBe(true));
  const asked = () => getComputedStyle(document.querySelector('.verdict')!, '::before').content;
  await until(() => expect(asked()).toBe('"Inwards or outwards?"')); // so the link opens
  await until(() => expect(opened.shownStep()).toBe(5));
  await expect.element(screen.getByText('Scene 1 of 2', { exact: true })).toBeVisible();
  expect(asked()).toBe('"Inwards or outwards?"');
  expect(opened.text('question')).toBe('Inwards or outwards?');
  expect(document.body.textContent).not.toContain('Told by its name');
  // Afterwards it may be changed, while it is asked as well.
  await press('g');
  await screen.getByRole('textbox', { name: 'Question of scene 1' }).fill('Where to?');
  await screen.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await until(() => expect(asked()).toBe('"Where to?"'));
  expect(readScenes(localStorage.getItem('saddle.scenes')!)!.map(({ question }) => question)).toEqual([
    'Where to?',
    undefined,
  ]);
  await press('r');
  await expect.element(screen.getByText('1 of 2: Told by its name')).toBeVisible();
  expect(opened.text('question')).toBe('');
  await press('{ArrowRight}');
  await until(() => expect(asked()).toContain('Will it converge?'));
  await expect.element(screen.getByText('Scene 2 of 2', { exact: true })).toBeVisible();
});

test('a question can be written for any scene, which then asks it', async () => {
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  const { model, screen } = opened;
  await until(() => expect(opened.text('verdict')).toContain('At the start'));
  await save(opened, 'Turning');
  await press('g');
  const asks = screen.getByRole('checkbox', { name: 'asks first' });
  await expect.element(asks).not.toBeChecked();
  const field = screen.getByRole('textbox', { name: 'Question of scene 1' });
  await expect.element(field).toHaveAttribute('placeholder', 'A question to be asked first');
  await field.fill('Inwards?');
  await expect.element(asks).toBeChecked();
  expect(stageOf(model).getState().scenes).toMatchObject([{ asks: true, question: 'Inwards?' }]);
  await field.fill('');
  await expect.element(asks).toBeChecked(); // the usual question
  await expect.element(field).toHaveAttribute('placeholder', 'What will happen? Will it converge?');
  await asks.click();
  await expect.element(asks).not.toBeChecked();
  expect(stageOf(model).getState().scenes[0].question).toBeUndefined();
});

test('a scene that is saved while the run plays plays, and the run goes on when the dialog is closed', async () => {
  const opened = await openPage('preset=bilinear');
  const { model, screen } = opened;
  await pastStep(opened, 3);
  await save(opened, 'Going');
  expect(stageOf(model).getState().scenes[0]).toMatchObject({ name: 'Going', isPlaying: true });
  await pastStep(opened, opened.shownStep() + 3);
  await press('g');
  await expect.element(screen.getByText(/step \d+, playing/)).toBeVisible();
  await rest(opened); // the run waits
  const waiting = opened.shownStep();
  await press('{Escape}');
  await pastStep(opened, waiting + 1);
});

test('the link of scenes has a code for a camera where it is short enough, and a sentence where it is not', async () => {
  const opened = await openPage('preset=bilinear', {
    startsPlaying: false,
    home: () => 'https://page.test/',
  });
  const { model, screen } = opened;
  await until(() => expect(opened.text('verdict')).toContain('At the start'));
  await save(opened, 'one');
  await press('g');
  await screen.getByText('Code for a camera').click();
  await expect
    .element(
      screen.getByRole('img', { name: /^QR code of the link https:\/\/page\.test\/#preset=bilinear&/ }),
    )
    .toBeVisible();
  // Where it would be too long for one, it is packed.
  const more = Array.from({ length: 30 }, (_, i) => ({
    ...stageOf(model).getState().scenes[0],
    name: `scene ${i}`,
  }));
  stageOf(model).bring({ scenes: encodeURIComponent(scenesText(more)), presents: false });
  await expect
    .element(screen.getByRole('img', { name: /^QR code of the link https:\/\/page\.test\/#z=/ }))
    .toBeVisible();
  const values = Array.from({ length: 800 }, (_, i) => Math.round(1e4 * Math.sin(i * i)) / 1e4);
  stageOf(model).change(0, { link: `game.dataset=points&game.dataset.values=${values.join(',')}` });
  await expect
    .element(screen.getByText(/^This link has [\d,]+ characters: a code that a camera can read/))
    .toBeVisible();
  expect(screen.getByRole('img', { name: /^QR code/ }).query()).toBeNull();
});

test('a link opens at its first scene: its lanes, its step and its name; where it asks for no presentation, as it is', async () => {
  const scene = (name: string, link: string, step: number) => ({
    name,
    link,
    step,
    isPlaying: false,
    asks: false,
    speed: { plane: 4, samples: 5 },
  });
  const first = 'preset=bilinear&lane2.scheme=extragradient&panels=-losses';
  const scenes = scenesText([scene('A race', first, 31), scene('Another', 'preset=dirac', 3)]);
  const presented = takePresented(withScenes(`#${first}&paused`, scenes).slice(1));
  const opened = await openPage(presented.address, { presented, startsPlaying: false });
  await expect.element(opened.screen.getByText('1 of 2: A race')).toBeVisible();
  await until(() => expect(opened.shownStep()).toBe(31));
  expect(opened.model.store.getState()).toMatchObject({ playing: false, speed: { plane: 4 } });
  expect(opened.model.store.getState().lanes).toHaveLength(2);
  await press('{ArrowRight}');
  await expect.element(opened.screen.getByText('2 of 2: Another')).toBeVisible();
  await until(() => expect(opened.shownStep()).toBe(3));
});

test('scenes are at hand outside of a presentation, by a button beside the one that presents', async () => {
  const { screen, model } = await openPage('preset=bilinear', { startsPlaying: false });
  await screen.getByRole('button', { name: 'Scenes', exact: true }).click();
  await expect.element(screen.getByRole('dialog', { name: 'Scenes' })).toBeVisible();
  expect(isPresented()).toBe(false);
  await screen.getByRole('button', { name: 'Save this as a scene' }).click();
  await screen.getByRole('button', { name: 'Show Scene 1' }).click();
  await until(() => expect(document.querySelector('dialog')).toBeNull());
  expect(stageOf(model).getState()).toMatchObject({ at: 0, presents: false });
});

test.each([
  [1280, 720],
  [1920, 1080],
  [800, 600],
])(
  'at %i x %i no heading of the keys stands at the foot of a column, without its keys',
  async (width, height) => {
    await browser.viewport(width, height);
    const { screen } = await openPage('preset=bilinear', { startsPlaying: false });
    await screen.getByRole('button', { name: 'Keys and access' }).click();
    await until(() => expect(document.querySelectorAll('.help-groups h3').length).toBeGreaterThan(4));
    for (const heading of document.querySelectorAll('.help-groups h3')) {
      const { left, bottom } = heading.getBoundingClientRect();
      const first = heading.parentElement!.querySelector('dl > div')!.getBoundingClientRect();
      expect(first.left, heading.textContent).toBeCloseTo(left, 0);
      expect(first.top).toBeGreaterThanOrEqual(bottom);
    }
  },
);

test('a link whose first scene asks hides the verdict as soon as it is opened', async () => {
  const first = { name: 'asks', link: 'preset=bilinear', step: 5, isPlaying: false, asks: true };
  const link = withScenes('#preset=bilinear', scenesText([{ ...first, speed: { plane: 2, samples: 5 } }]));
  const presented = takePresented(link.slice(1));
  await openPage(presented.address, { presented, startsPlaying: false });
  await until(() => expect(isPresented()).toBe(true));
  await until(() => expect(isSeen('.verdict')).toBe(false));
});

test('scenes are renamed, put in order, removed, put back, and kept for the next visit', async () => {
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  const { screen, model } = opened;
  await until(() => expect(opened.text('verdict')).toContain('At the start'));
  for (const name of ['one', 'two', 'three']) await save(opened, name);
  await press('g');
  // However many they are, a link brings them: packed where it would be long.
  const { scenes } = stageOf(model).getState();
  const written: string[] = [];
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void written.push(text));
  onTestFinished(() => void vi.restoreAllMocks());
  const game = `game.dataset=points&game.dataset.values=${'0.25,-0.5,'.repeat(400)}1,1`;
  stageOf(model).change(0, { link: game });
  const copy = screen.getByRole('button', { name: 'Copy a link with these scenes' });
  await until(async () => {
    await copy.click();
    expect(written.at(-1)).toMatch(/#z=[\w-]+$/);
  });
  const words = takePresented((await unpack(written.at(-1)!.split('#')[1])).text);
  expect(words).toMatchObject({ address: `${game}&paused`, presents: true }); // what is shown first
  expect(readScenes(decodeURIComponent(words.scenes!))!.map(({ link }) => link)).toEqual(
    scenes.map(({ link }, i) => (i === 0 ? game : link)),
  );
  stageOf(model).change(0, { link: scenes[0].link });
  await screen.getByRole('textbox', { name: 'Name of scene 2' }).fill('second');
  await screen.getByRole('button', { name: 'Move three up' }).click();
  await screen.getByRole('button', { name: 'Remove one' }).click();
  const names = () =>
    stageOf(model)
      .getState()
      .scenes.map(({ name }) => name);
  expect(names()).toEqual(['three', 'second']);
  await screen.getByRole('button', { name: 'Put it back' }).click();
  expect(names()).toEqual(['one', 'three', 'second']);
  expect(readScenes(localStorage.getItem('saddle.scenes')!)!.map(({ name }) => name)).toEqual(names());
  model.close();
  await screen.unmount();
  const again = await openPage('preset=bilinear', { startsPlaying: false });
  await until(() => expect(again.text('verdict')).toContain('At the start'));
  expect(
    stageOf(again.model)
      .getState()
      .scenes.map(({ name }) => name),
  ).toEqual(['one', 'three', 'second']);
});
