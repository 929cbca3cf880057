/** The race: several optimizers on the same game and the same random numbers, side by side. */
import { expect, test } from 'vitest';
import { page as browser } from 'vitest/browser';
import { openPage, pastStep, pixelsOf, rest, until } from './openPage.tsx';

const lossesOf = ({ columns, length }: { columns: readonly Float64Array[]; length: number }) =>
  columns.map((column) => [...column.subarray(0, Math.min(length, 50))]);

test('a lane that is added begins as a copy, races on its own rule, and is in the link', async () => {
  const opened = await openPage('preset=bilinear');
  await pastStep(opened, 3);
  // While it plays, the copy would come up to the first one before anybody could choose.
  await rest(opened);
  await opened.screen.getByRole('button', { name: 'Race another optimizer' }).click();
  await opened.screen.getByRole('combobox', { name: 'scheme', exact: true }).selectOptions('extragradient');
  expect(opened.address()).toContain('lane2.scheme=extragradient');
  opened.model.play();
  const { lanes } = opened.model.store.getState();
  const records = lanes.map((lane) => opened.model.recordOf(lane));
  await until(() => {
    for (const { frame } of records) expect(frame?.step).toBeGreaterThan(60);
  });
  // The plainest method turns outward, extragradient inward; both are drawn in the one plane.
  const [plain, extra] = records.map(({ distance }) => distance.columns[1][distance.length - 1]);
  expect(plain).toBeGreaterThan(Math.SQRT2);
  expect(extra).toBeLessThan(Math.SQRT2);
  const canvas = document.querySelector('.picture-canvas') as HTMLCanvasElement;
  await until(() => {
    for (const colour of ['lane-1', 'lane-2']) expect(pixelsOf(canvas, colour)).toBeGreaterThan(50);
  });
});

test('lanes with the same optimizer have the same run to the last bit, on however many workers', async () => {
  const opened = await openPage('lane2&lane3');
  const { lanes } = opened.model.store.getState();
  const records = lanes.map((lane) => opened.model.recordOf(lane));
  await until(() => {
    for (const { losses } of records) expect(losses.length).toBeGreaterThan(50);
  });
  for (const { losses } of records) expect(lossesOf(losses)).toEqual(lossesOf(records[0].losses));
  expect(document.querySelectorAll('.multiple')).toHaveLength(3);
});

test('a branch is told apart wherever lanes are named, and the menu of presets says when the page is edited', async () => {
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  const { model, screen } = opened;
  await until(() => expect(model.record.frame).toBeDefined());
  for (let i = 0; i < 6; i++) model.step();
  await until(() => expect(opened.shownStep()).toBe(6));
  await rest(opened);
  await screen.getByRole('button', { name: 'Branch here' }).click();
  const called = ['SimGDA', 'SimGDA (from step 6)'];
  const texts = (selector: string) =>
    [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);
  await until(() => expect(texts('.lane-name')).toEqual(called));
  await until(() => expect(texts('[data-panel=latest] tbody th')).toEqual(called));
  expect(texts('.lane-own h3')[0]).toBe('Settings of SimGDA (from step 6)');
  await until(() => expect(texts('[data-panel=losses] .chart-lane')).toEqual([called[1]]));

  // Whichever lane is changed, and whichever is looked at then.
  const presets = screen.getByRole('combobox', { name: 'Preset' });
  await expect.element(presets).toHaveValue('bilinear');
  await screen.getByRole('combobox', { name: 'Method' }).selectOptions('altGda');
  await screen.getByRole('button', { name: 'SimGDA', exact: true }).click();
  await expect
    .element(screen.getByRole('heading', { name: 'Settings of SimGDA', exact: true }))
    .toBeVisible();
  await expect.element(presets).toHaveValue('');
  // The other one says what it was, in its name and, in full, when it is pointed at.
  await until(() => expect(texts('.lane-name')[1]).toBe('AltGDA (Simultaneous until step 6)'));
  const [, other] = document.querySelectorAll<HTMLElement>('.lane-name');
  await until(() => expect(other.title).toMatch(/^Step 6: scheme Simultaneous → Alternating/));
});

test('lanes stay together, and a pause leaves all at the same step', async () => {
  const opened = await openPage('lane2.scheme=extragradient');
  const records = opened.model.store.getState().lanes.map((lane) => opened.model.recordOf(lane));
  await until(() => {
    for (const { frame } of records) expect(frame?.step).toBeGreaterThan(200);
  });
  await opened.screen.getByRole('button', { name: 'Pause' }).click();
  await until(() => expect(records[0].frame?.step).toBe(records[1].frame?.step));
});

test('a muted lane waits and is not drawn; a solo leaves one; a removed lane is gone from the link', async () => {
  const opened = await openPage('preset=dirac&lane2.scheme=alternating');
  const { store } = opened.model;
  const [first, second] = store.getState().lanes.map((lane) => opened.model.recordOf(lane));
  await until(() => expect(second.frame?.step).toBeGreaterThan(5));
  const tools = opened.screen.getByRole('toolbar', { name: /What to do with/ });
  await tools.nth(1).getByRole('button', { name: 'Mute' }).click();
  await until(() => expect(opened.shownStep()).toBeGreaterThan((second.frame?.step ?? 0) + 20));
  await rest(opened); // steps may have been on their way when it was muted
  const waiting = second.frame?.step ?? 0;
  opened.model.play();
  await until(() => expect(first.frame?.step).toBeGreaterThan(waiting + 30));
  expect(second.frame?.step).toBe(waiting);
  const [mute] = tools.nth(0).getByRole('button', { name: 'Mute' }).all();
  await mute.click();
  await until(() => expect(opened.text('timeline')).toContain('All lanes are muted'));
  await mute.click();
  await until(() => expect(opened.text('timeline')).not.toContain('muted'));
  await tools.nth(1).getByRole('button', { name: 'Solo' }).click();
  await until(() => expect(second.frame?.step).toBeGreaterThan(waiting));
  await tools.nth(1).getByRole('button', { name: 'Remove' }).click();
  await until(() => expect(opened.address()).toBe('preset=dirac'));
  expect(store.getState().lanes).toHaveLength(1);
});

test('lanes change places in the link and in the pictures; there are six at most', async () => {
  const opened = await openPage('lane2.scheme=extragradient', { startsPlaying: false });
  await until(() => expect(document.querySelectorAll('.multiple')).toHaveLength(2));
  const pictures = () =>
    [...document.querySelectorAll('.multiple')].map(({ textContent }) => /extra/i.test(textContent ?? ''));
  expect(pictures()).toEqual([false, true]);
  const tools = opened.screen.getByRole('toolbar', { name: /What to do with/ });
  await tools.nth(1).getByRole('button', { name: 'Move up' }).click();
  await until(() => expect(pictures()).toEqual([true, false]));
  expect(opened.address()).toMatch(/^scheme=extragradient&lane2\.scheme=simultaneous/);
  await tools.nth(0).getByRole('button', { name: 'Move down' }).click();
  await until(() => expect(pictures()).toEqual([false, true]));
  const add = opened.screen.getByRole('button', { name: 'Race another optimizer' });
  for (let i = 2; i < 6; i++) await add.click();
  await expect.element(add).toBeDisabled();
  await expect.element(add).toHaveAttribute('title', 'Six lanes are as many as can be told apart.');
  await expect.element(opened.screen.getByRole('button', { name: 'Branch here' })).toBeDisabled();
  await until(() => expect(document.querySelectorAll('.multiple')).toHaveLength(6));
});

test('a lane that diverges ends alone, and the others go on', async () => {
  const opened = await openPage(
    'preset=bilinear&lane2.generator.learningRate=10&lane2.discriminator.learningRate=10',
  );
  opened.model.store.setState({ speed: { plane: 5, samples: 5 } });
  const [first, second] = opened.model.store.getState().lanes.map((lane) => opened.model.recordOf(lane));
  await until(() => expect(second.frame?.outcome.kind).toBe('diverged'));
  const at = first.frame?.step ?? 0;
  await until(() => expect(first.frame?.step).toBeGreaterThan(at + 100));
  expect(opened.model.store.getState().playing).toBe(true);
});

test('a race of the list brings its lanes and its words; the settings are those of the lane that is selected', async () => {
  const opened = await openPage('');
  await pastStep(opened, 3);
  const presets = opened.screen.getByRole('combobox', { name: 'Preset' });
  await presets.selectOptions('turningRace');
  const { store } = opened.model;
  await until(() => expect(document.querySelectorAll('.lanes .lane')).toHaveLength(4));
  await expect.element(presets).toHaveValue('turningRace');
  await expect.element(opened.screen.getByRole('heading', { name: 'Out, around, in' })).toBeVisible();
  expect(opened.address()).toContain('lane4.scheme=optimistic');
  await pastStep(opened, 60);
  // Each lane says how it stands; the one that runs away does not make dots of the others.
  const states = () => [...document.querySelectorAll('.lane-state')].map(({ textContent }) => textContent);
  await until(() => {
    for (const [at, words] of [/grows/, /Circling/, /shrinks/, /shrinks/].entries())
      expect(states()[at]).toMatch(words);
  });
  expect(opened.model.plane.view.target).toBeLessThan(10);
  await opened.screen.getByRole('button', { name: 'Optimistic, SGD' }).click();
  await expect
    .element(opened.screen.getByRole('heading', { name: 'Settings of Optimistic, SGD' }))
    .toBeVisible();
  await opened.screen.getByRole('combobox', { name: 'scheme', exact: true }).selectOptions('alternating');
  expect(store.getState().lanes.map(({ experiment }) => experiment.scheme.kind)).toEqual([
    'simultaneous',
    'alternating',
    'extragradient',
    'alternating',
  ]);
  await expect.element(presets).toHaveValue('');
});

test('charts say whose lines they show and what each looks like; a table has the newest values of every lane', async () => {
  const opened = await openPage('preset=bilinear&lane2.scheme=extragradient&paused');
  const { model, screen } = opened;
  const [first, second] = model.store.getState().lanes.map((lane) => model.recordOf(lane));
  const table = screen.getByRole('region', { name: 'Latest values' }).getByRole('table');
  await expect.element(table).toBeVisible();
  const rows = () =>
    [...table.element().querySelectorAll('tr')].map((row) =>
      [...row.cells].map(({ textContent }) => textContent),
    );
  const step = 4;
  for (let i = 0; i < step; i++) model.step();
  await until(() => expect(model.isResting && first.frame?.step).toBe(step));
  // Extragradient reads the field twice a step.
  await until(() =>
    expect(rows().map((cells) => cells.slice(0, 3))).toEqual([
      ['lane', 'step', 'gradients'],
      ['SimGDA', '4', '4'],
      ['ExtraGradient', '4', '8'],
    ]),
  );
  const [head, plain, extra] = rows();
  const at = head.indexOf('distance');
  expect(Number(plain[at])).toBeCloseTo(first.distance.columns[1][first.distance.length - 1], 3);
  expect(Number(extra[at])).toBeCloseTo(second.distance.columns[1][second.distance.length - 1], 3);
  expect(Number(plain[at])).toBeGreaterThan(Number(extra[at]));

  // What is read beside the lines is the selected lane's, in its colour: unbroken and broken as they are drawn.
  const losses = document.querySelector('[data-panel=losses]') as HTMLElement;
  expect(losses.querySelector('.chart-lane')?.textContent).toBe('SimGDA');
  const signs = () => [...losses.querySelectorAll('dt path')];
  expect(signs().map((sign) => sign.getAttribute('stroke'))).toEqual(['var(--lane-1)', 'var(--lane-1)']);
  expect(signs().map((sign) => sign.getAttribute('stroke-dasharray'))).toEqual(['', '5 4']);
  await screen.getByRole('button', { name: 'ExtraGradient', exact: true }).click();
  await until(() => expect(losses.querySelector('.chart-lane')?.textContent).toBe('ExtraGradient'));
  expect(signs()[0].getAttribute('stroke')).toBe('var(--lane-2)');

  // Alone, the players have their own colours, and there is nothing to compare.
  await screen
    .getByRole('toolbar', { name: /What to do with/ })
    .first()
    .getByRole('button', { name: 'Remove' })
    .click();
  await expect.element(table).not.toBeInTheDocument();
  expect(losses.querySelector('.chart-lane')).toBeNull();
  expect(losses.querySelector('dt path')?.getAttribute('fill')).toBe('var(--generator)');
});

test('every lane says how many gradients it has taken, and five pictures are all as large', async () => {
  await browser.viewport(1280, 900);
  const opened = await openPage('lane2.scheme=extragradient&lane3&lane4&lane5&paused');
  const counts = () => [...document.querySelectorAll('.lane-count')].map(({ textContent }) => textContent);
  await until(() => expect(counts()).toHaveLength(5));
  for (let i = 0; i < 3; i++) opened.model.step();
  await until(() => expect(counts().slice(0, 2)).toEqual(['step 3 · 3 gradients', 'step 3 · 6 gradients']));
  // In the strip there is room for them, too.
  await expect.element(opened.screen.getByTestId('evaluations')).toBeVisible();
  expect(opened.screen.getByTestId('evaluations').element().getBoundingClientRect().width).toBeGreaterThan(
    20,
  );
  const boxes = [...document.querySelectorAll('.multiple')].map((each) => each.getBoundingClientRect());
  const widths = boxes.map(({ width }) => Math.round(width));
  expect(Math.max(...widths) - Math.min(...widths)).toBeLessThanOrEqual(1);
  expect(boxes.map(({ top }) => top === boxes[0].top)).toEqual([true, true, true, false, false]);
  // What is left of the row looks like the paper around it.
  const paper = getComputedStyle(document.querySelector('.multiples') as Element).backgroundColor;
  expect(paper).toBe('rgba(0, 0, 0, 0)');
});

test.each([320, 360, 420])(
  'on a phone of %i pixels the buttons that play are round, and nothing sticks out',
  async (width) => {
    await browser.viewport(width, 740);
    await openPage('preset=bilinear&paused');
    await until(() => expect(document.querySelector('.transport button')).not.toBeNull());
    // The slider makes it faster here.
    expect(document.querySelector('.transport .faster')?.checkVisibility() ?? false).toBe(false);
    expect(document.querySelector('.transport .slider')!.getBoundingClientRect().width).toBeGreaterThan(24);
    const buttons = document.querySelectorAll('.transport button:not(.faster)');
    expect(buttons).toHaveLength(5);
    for (const button of buttons) {
      const box = button.getBoundingClientRect();
      expect(Math.abs(box.width - box.height)).toBeLessThan(1);
      expect(box.width).toBeGreaterThanOrEqual(24);
    }
    const counter = (document.querySelector('.counter-step') as Element).getBoundingClientRect();
    expect(counter.right).toBeLessThanOrEqual(width - 11);
  },
);
