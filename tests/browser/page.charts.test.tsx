/** The charts and the layout: one axis for all, a closer look, panels as large as one wants them, all in the link. */
import { expect, onTestFinished, test } from 'vitest';
import { page as browser, userEvent } from 'vitest/browser';
import { short } from '../../src/app/format.ts';
import { changeLane } from '../../src/app/store.ts';
import { expectAccessible } from './audit.ts';
import { loaded, openPage, pastStep, pixelsOf, rest, until } from './openPage.tsx';

const chartOf = (name: string) => document.querySelector(`[data-panel=${name}] canvas`) as HTMLCanvasElement;

test('lanes spread apart along gradient evaluations, and the cursor reads each where it is', async () => {
  const opened = await openPage('preset=bilinear&lane2.scheme=extragradient');
  const { store } = opened.model;
  const [plain, extra] = store.getState().lanes.map((lane) => opened.model.recordOf(lane));
  await until(() => expect(plain.frame?.step).toBeGreaterThan(40));
  // Each step of extragradient reads the field twice; what has no room is in the title.
  await until(() => {
    const { stepsPerSecond, evaluationsPerSecond } = store.getState().lanes[1].readout;
    expect(evaluationsPerSecond! / stepsPerSecond!).toBeCloseTo(2, 6);
  });
  await until(() => {
    expect(opened.text('evaluation-rate')).toMatch(/^\d/);
    expect(document.querySelector<HTMLElement>('.counters')!.title).toMatch(
      /steps\/s [\d.k]+ · gradients [\d,]+ · gradients\/s \d/,
    );
  });
  await opened.screen.getByRole('button', { name: 'Pause' }).click();
  await rest(opened);
  expect(plain.frame?.step).toBe(extra.frame?.step);
  expect(extra.clock.end('evaluations')).toBe(2 * plain.clock.end('evaluations'));
  await opened.screen.getByRole('button', { name: 'gradient evaluations' }).click();
  expect(opened.address()).toContain('axis=evaluations');

  // In the middle of the axis the plain lane ends, and extragradient is half through.
  const distance = opened.screen.getByRole('application', { name: /^Distance to the equilibrium/ });
  await userEvent.hover(distance, { position: { x: distance.element().clientWidth / 2, y: 40 } });
  await until(() => expect(opened.model.cursor.value).toBeDefined());
  const { value } = opened.model.cursor;
  expect(value).toBeGreaterThan(0.8 * plain.clock.end('evaluations'));
  expect(extra.clock.stepAt('evaluations', value!)).toBeCloseTo(value! / 2, 5);
  const reopened = opened.model.link();
  expect(reopened).toContain('axis=evaluations');
});

test('a chart of what is counted now and then says at which step, at rest and under the cursor', async () => {
  const opened = await openPage('', { startsPlaying: false });
  const { model } = opened;
  await until(() => expect(chartOf('modes')).not.toBeNull());
  await until(() => expect(model.isResting).toBe(true));
  for (let i = 0; i < 60; i++) model.step();
  await until(() => expect(opened.shownStep()).toBe(60));
  await rest(opened);
  const measured = () => document.querySelector('[data-testid="measured modes"]')?.textContent;
  await until(() => expect(measured()).toBe('at step 60'));
  // The first steps came alone, the others together: in between, nothing was counted.
  const { columns, length } = model.record.modes;
  const before = [...columns[0].slice(0, length)].filter((step) => step < 30).at(-1);
  expect(before).toBeLessThan(10);
  const canvas = chartOf('modes');
  await userEvent.hover(canvas, { position: { x: canvas.clientWidth * 0.7, y: 40 } });
  await until(() => expect(measured()).toBe(`at step ${before}`));
  expect(document.querySelector('[data-testid="measured losses"]')).toBeNull();
});

test('dragging across a chart looks closer in all of them, and there are three ways back', async () => {
  const opened = await openPage('preset=bilinear');
  await pastStep(opened, 60);
  await rest(opened);
  const { store } = opened.model;
  await until(() => expect(chartOf('losses')).not.toBeNull());
  const canvas = chartOf('losses');
  const drag = async () => {
    const { clientWidth: width } = canvas;
    canvas.scrollIntoView({ block: 'center' }); // its upper edge alone is seen below the picture
    const chart = opened.screen.getByRole('application', { name: /^Losses/ });
    await userEvent.dragAndDrop(chart, chart, {
      sourcePosition: { x: width * 0.4, y: 50 },
      targetPosition: { x: width * 0.7, y: 50 },
    });
    await until(() => expect(store.getState().zoom).toBeDefined());
    const [from, to] = store.getState().zoom!;
    expect(from).toBeGreaterThan(10);
    expect(to).toBeLessThan(opened.shownStep());
  };
  await drag();
  await opened.screen.getByRole('button', { name: 'Whole run' }).click();
  expect(store.getState().zoom).toBeUndefined();
  await drag();
  await userEvent.dblClick(opened.screen.getByRole('application', { name: /^Losses/ }));
  expect(store.getState().zoom).toBeUndefined();
  await drag();
  canvas.focus();
  await userEvent.keyboard('{Escape}');
  expect(store.getState().zoom).toBeUndefined();
  expect(opened.address()).toBe('preset=bilinear'); // what one looks at is no part of the link
});

test('the wheel zooms about its place, with the control key alone', async () => {
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  for (let i = 0; i < 60; i++) opened.model.step();
  await until(() => expect(opened.shownStep()).toBe(60));
  await until(() => expect(chartOf('losses')).not.toBeNull());
  const canvas = chartOf('losses');
  const box = canvas.getBoundingClientRect();
  const turn = (ctrlKey: boolean) => {
    const where = { clientX: box.left + box.width / 2, clientY: box.top + 40 };
    const event = new WheelEvent('wheel', {
      ...where,
      ctrlKey,
      deltaY: -300,
      bubbles: true,
      cancelable: true,
    });
    canvas.dispatchEvent(event);
    return event.defaultPrevented;
  };
  expect(turn(false)).toBe(false); // the page scrolls
  expect(opened.model.store.getState().zoom).toBeUndefined();
  expect(turn(true)).toBe(true);
  const [from, to] = opened.model.store.getState().zoom!;
  expect(to - from).toBeCloseTo(30, 0);
  expect((from + to) / 2).toBeGreaterThan(25);
  expect((from + to) / 2).toBeLessThan(35);
});

test('keys move the cursor and zoom, the run does not move, and the values are said once keys rest', async () => {
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  const step = 60;
  for (let i = 0; i < step; i++) opened.model.step();
  await until(() => expect(opened.shownStep()).toBe(step));
  await until(() => expect(chartOf('distance')).not.toBeNull());
  const [steps, generator] = opened.model.record.losses.columns;
  const lossRead = () => document.querySelector('[data-panel=losses] dd')!.textContent;
  const lossAt = (at: number) => short(generator[steps.indexOf(at)]);
  await until(() => expect(lossRead()).toBe(lossAt(step - 1))); // each is met in the step that begins there
  chartOf('distance').focus();
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}');
  expect(opened.model.cursor.value).toBe(step - 3);
  await until(() => expect(lossRead()).toBe(lossAt(step - 3))); // the other chart tells of the same place
  await until(() =>
    expect(opened.text('chart voice')).toMatch(new RegExp(`^step ${step - 3}: distance [\\d.]+`)),
  );
  await userEvent.keyboard('+');
  expect(opened.model.store.getState().zoom).toBeDefined();
  await until(() => expect(opened.text('chart voice')).toMatch(/^Shown: step \d+ to step \d+/));
  await userEvent.keyboard('-');
  expect(opened.model.store.getState().zoom).toBeUndefined();
  await userEvent.keyboard('{ArrowRight}');
  expect(opened.model.record.frame!.step).toBe(step);
});

test('losses may be seen on a log scale, which is a symmetric one where some are negative', async () => {
  const opened = await openPage('preset=bilinear');
  await pastStep(opened, 40);
  const losses = opened.screen.getByRole('figure').filter({ hasText: 'generator' }).first();
  const log = losses.getByRole('button', { name: 'log' });
  await expect.element(log).toHaveAttribute('aria-pressed', 'false');
  await log.click();
  await expect.element(losses.getByRole('button', { name: 'log ±' })).toHaveAttribute('aria-pressed', 'true');
  const distance = document.querySelector('[data-panel=distance] button') as HTMLButtonElement;
  expect([distance.textContent, distance.getAttribute('aria-pressed')]).toEqual(['log', 'true']);
});

test('a panel is enlarged by its button and restored by Escape, panels are resized by keys, and the link says so', async () => {
  const opened = await openPage('preset=bilinear');
  await pastStep(opened, 5);
  await until(() => expect(chartOf('losses').clientHeight).toBeGreaterThan(50));
  const usual = { width: chartOf('losses').clientWidth, height: chartOf('losses').clientHeight };
  const enlarge = opened.screen.getByRole('button', { name: 'Enlarge Losses' });
  await enlarge.click();
  await until(() => expect(chartOf('losses').clientHeight).toBeGreaterThan(1.5 * usual.height));
  expect(chartOf('losses').clientWidth).toBeGreaterThanOrEqual(usual.width);
  expect(enlarge.element().getAttribute('aria-pressed')).toBe('true');
  expect(opened.address()).toBe('preset=bilinear&wide=losses');
  await userEvent.keyboard('{Escape}');
  expect(opened.address()).toBe('preset=bilinear');

  const splitter = opened.screen.getByRole('separator', { name: 'Height of the panels' });
  (splitter.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
  await until(() => expect(chartOf('losses').clientHeight).toBeGreaterThan(1.25 * usual.height));
  expect(opened.address()).toBe('preset=bilinear&height=130');
  await userEvent.keyboard('{Enter}');
  expect(opened.address()).toBe('preset=bilinear');

  // One panel by itself, by keys and by dragging; the others stay as they are.
  const own = opened.screen.getByRole('separator', { name: 'Height of Losses' });
  (own.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}');
  await until(() => expect(chartOf('losses').clientHeight).toBeGreaterThan(1.4 * usual.height));
  expect(chartOf('distance').clientHeight).toBe(usual.height);
  expect(opened.address()).toBe('preset=bilinear&heights=losses:150');
  await userEvent.dblClick(own);
  expect(opened.address()).toBe('preset=bilinear');
  await userEvent.dragAndDrop(own, opened.screen.getByRole('figure').filter({ hasText: 'Losses' }).first(), {
    targetPosition: { x: 30, y: 60 },
  });
  await until(() => expect(chartOf('losses').clientHeight).toBeLessThan(0.9 * usual.height));
  expect(opened.address()).toMatch(/^preset=bilinear&heights=losses:\d+$/);
  // All of it is on the screen: what is scrolled to while something is dragged may come to where the pointer is.
  await browser.viewport(1280, 1600);
  const losses = opened.screen.getByRole('figure').filter({ hasText: 'Losses' }).first();
  await userEvent.dragAndDrop(splitter, losses, { targetPosition: { x: 30, y: 20 } });
  await until(() => expect(opened.address()).toMatch(/&height=\d+$/));
});

test('columns are made wider and narrower by dragging and by keys, where several stand side by side', async () => {
  await browser.viewport(1280, 800);
  const opened = await openPage('preset=bilinear&paused');
  const edge = (name: string) => opened.screen.getByRole('separator', { name });
  const width = (column: string) =>
    (document.querySelector(`.column.${column}`) as HTMLElement).getBoundingClientRect().width;
  const game = edge('Width of the game’s column');
  const lanes = edge('Width of the optimizers’ column');
  await expect.element(game).toBeVisible();
  await expect.element(lanes).toBeVisible();
  await until(() => expect(document.querySelector('.column[aria-busy]')).toBeNull());
  const usual = width('game');
  const picture = () => (document.querySelector('.picture') as HTMLElement).getBoundingClientRect().width;
  const before = picture();

  (game.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  await until(() => expect(width('game')).toBeCloseTo(1.2 * usual, 0));
  expect(picture()).toBeCloseTo(before - 0.2 * usual, 0);
  expect(game.element().getAttribute('aria-valuenow')).toBe('120');
  expect(opened.address()).toBe('preset=bilinear&widths=game:120');
  // The edge of the other column goes where its key points: to the left is wider.
  (lanes.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowLeft}');
  await until(() => expect(width('lanes')).toBeCloseTo(1.1 * usual, 0));
  expect(opened.address()).toBe('preset=bilinear&widths=game:120,lanes:110');
  // A third of the window at most: the picture stays.
  await userEvent.keyboard('{ArrowLeft>20/}');
  await until(() => expect(width('lanes')).toBeGreaterThan(0.325 * window.innerWidth));
  expect(Number(lanes.element().getAttribute('aria-valuenow'))).toBe(150);
  await userEvent.keyboard('{Enter}');
  await userEvent.dblClick(game);
  await until(() => expect(opened.address()).toBe('preset=bilinear'));
  expect(width('game')).toBeCloseTo(usual, 0);

  const target = { targetPosition: { x: 60, y: 200 } };
  await userEvent.dragAndDrop(game, opened.screen.getByRole('region', { name: 'The picture' }), target);
  await until(() => expect(width('game')).toBeGreaterThan(usual + 30));
  expect(opened.address()).toMatch(/^preset=bilinear&widths=game:\d+$/);

  // Game and optimizer beside each other share one edge; one above the other they have none.
  await browser.viewport(900, 800);
  const seen = () => [...document.querySelectorAll('.column-splitter')].map((each) => each.checkVisibility());
  await until(() => expect(seen()).toEqual([true, false]));
  const wide = width('game');
  (game.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}{ArrowLeft}');
  await until(() => expect(width('game')).toBeLessThan(wide));
  expect(width('game') / width('lanes')).toBeCloseTo(0.9, 1);
  await browser.viewport(420, 800);
  await until(() => expect(seen()).toEqual([false, false]));
});

test('a link opens the layout that it says, and what it gets wrong is told', async () => {
  const link = 'preset=bilinear&panels=+gap,-losses,+lossess&axis=seconds&wide=gap&height=150';
  const opened = await openPage(link);
  await expect.element(opened.screen.getByRole('alert')).toHaveTextContent('did you mean losses?');
  expect(chartOf('losses')).toBeNull();
  await until(() => expect(chartOf('gap').clientHeight).toBeGreaterThan(150));
  expect(opened.model.link()).toBe(
    '#preset=bilinear&panels=-losses,%2Bgap&axis=seconds&wide=gap&height=150'.replace('%2B', '+'),
  );
  await pastStep(opened, 20);
  expect(opened.model.record.clock.end('seconds')).toBeGreaterThan(0);
});

test.each(['light', 'dark'] as const)(
  'an enlarged panel hides nothing from assistive technology, %s',
  async (theme) => {
    for (const address of [
      'preset=bilinear&wide=eigenvalues&axis=seconds',
      'wide=losses&panels=+modeHistory',
    ]) {
      const opened = await openPage(address, { theme });
      await pastStep(opened, 10);
      opened.model.pause();
      opened.model.store.setState({ zoom: [2, 8] });
      await expect.element(opened.screen.getByRole('button', { name: 'Whole run' })).toBeVisible();
      await expectAccessible();
      opened.model.close();
      await opened.screen.unmount();
    }
  },
);

test('in a race the sentence begins with the mark of the lane whose it is', async () => {
  const opened = await openPage('preset=bilinear&lane2.scheme=extragradient');
  await pastStep(opened, 3);
  const mark = () =>
    opened.screen.getByTestId('verdict').element().querySelector('path')?.getAttribute('fill');
  expect(mark()).toBe('var(--lane-1)');
  opened.model.store.setState({ selected: opened.model.store.getState().lanes[1].id });
  await until(() => expect(mark()).toBe('var(--lane-2)'));
  await opened.screen.getByRole('button', { name: 'Remove this lane' }).first().click();
  await until(() => expect(mark()).toBeUndefined());
});

test('the film strip keeps samples over the run, a row for each lane, also from before it was opened', async () => {
  const opened = await openPage('lane2.generator.learningRate=0.002');
  await pastStep(opened, 40);
  const [first, second] = opened.model.store.getState().lanes.map((lane) => opened.model.recordOf(lane));
  await opened.screen.getByRole('button', { name: 'Samples over time' }).click();
  for (const { film } of [first, second]) {
    expect(film.stills.length).toBeGreaterThan(2);
    expect(film.stills[0].step).toBeLessThan(40);
  }
  await until(() => {
    for (const colour of ['lane-1', 'lane-2']) expect(pixelsOf(chartOf('film'), colour)).toBeGreaterThan(20);
  });
  await until(() =>
    expect(chartOf('film').getAttribute('aria-label')).toMatch(/generated samples at steps \d+, /),
  );
  expect(opened.address()).toContain('panels=+film');
});

test('the streams show the field, its parts, or its mixture with consensus as strong as the slider says', async () => {
  const opened = await openPage('preset=bilinear');
  await pastStep(opened, 3);
  const reading = () => opened.model.record.latest.vectorField!.reading;
  /** At the upper right corner of the grid, where theta = phi > 0. */
  const corner = () => Array.from(reading().values.slice(-2), (value) => value / reading().extent);
  await until(() => expect(corner()).toEqual([1, -1])); // of θ φ
  const parts = opened.screen.getByRole('combobox', { name: 'What the streams show' });
  await parts.selectOptions('conservative');
  await until(() => expect(corner()).toEqual([0, 0]));
  await parts.selectOptions('transposed');
  await until(() => expect(corner()).toEqual([1, 1])); // straight home
  await parts.selectOptions('mixture');
  await until(() => expect(corner()).toEqual([2, 0]));
  await opened.screen.getByRole('slider', { name: 'γ' }).fill('0');
  await until(() => expect(corner()).toEqual([1, -1]));
  expect(opened.address()).toBe('preset=bilinear&probe.vectorField.part=mixture&probe.vectorField.gamma=0');
  await parts.selectOptions('rotational');
  await until(() => expect(corner()).toEqual([-1, -1])); // A F of a pure rotation: outwards
});

test('the samples of a race may be laid over each other, in their lanes’ colours', async () => {
  const opened = await openPage('lane2.generator.learningRate=0.002');
  await pastStep(opened, 20);
  expect(document.querySelectorAll('.multiple')).toHaveLength(2);
  await opened.screen.getByRole('button', { name: 'overlaid' }).click();
  await until(() => expect(document.querySelectorAll('.multiple')).toHaveLength(1));
  await until(() => {
    const picture = document.querySelector('.picture-canvas') as HTMLCanvasElement;
    expect(picture).not.toBeNull();
    for (const colour of ['lane-1', 'lane-2']) expect(pixelsOf(picture, colour)).toBeGreaterThan(100);
  });
  expect(opened.address()).toContain('picture=overlaid');
  await opened.screen.getByRole('button', { name: 'per lane' }).click();
  await until(() => expect(document.querySelectorAll('.multiple')).toHaveLength(2));
  expect(opened.address()).not.toContain('picture');
});

test('charts read the step that the counter shows, whatever has come since', async () => {
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  const { model } = opened;
  for (let i = 0; i < 30; i++) model.step();
  await until(() => expect(opened.shownStep()).toBe(30));
  const read = () => document.querySelector('[data-testid="reading distance"]')?.textContent;
  const { distance } = model.record;
  const at = (step: number) => Number(distance.columns[1][distance.columns[0].indexOf(step)].toPrecision(4));
  await until(() => expect(Number(read())).toBe(at(30)));
  // Newer rows are there already, but neither the counter nor the sentence tells of them, whatever is still read.
  const stayBehind = () => {
    const { selected, readout } = model.store.getState();
    if (readout.step !== 12) changeLane(model.store, selected, { readout: { ...readout, step: 12 } });
  };
  onTestFinished(model.store.subscribe(stayBehind));
  stayBehind();
  model.cursor.set(3);
  model.cursor.set(undefined);
  await until(() => expect(Number(read())).toBe(at(12)));
  expect(at(12)).not.toBe(at(30));
});

test('a panel that is opened comes into view and has the focus; one that is closed leaves it', async () => {
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  await browser.viewport(1280, 620);
  scrollTo(0, 0);
  const entry = opened.screen
    .getByRole('toolbar', { name: 'Panels' })
    .getByRole('button', { name: 'Duality gap', exact: true });
  await entry.click();
  const frame = () => document.querySelector<HTMLElement>('[data-panel=gap]');
  await until(() => {
    expect(document.activeElement).toBe(frame());
    const { top, bottom } = frame()!.getBoundingClientRect();
    expect([top >= 0, bottom <= innerHeight]).toEqual([true, true]);
  });
  await userEvent.keyboard('{Tab}');
  expect(frame()!.contains(document.activeElement)).toBe(true);
  await entry.click();
  await until(() => expect(frame()).toBeNull());
});

test.each([640, 1280, 1920])('what stands in the plane hides no number of its axes: %i', async (width) => {
  await browser.viewport(width, 900);
  await openPage('preset=bilinear', { startsPlaying: false });
  const boxOf = (selector: string) => document.querySelector(selector)!.getBoundingClientRect();
  await until(() => {
    for (const place of ['.plane-hint', '.field-part']) expect(document.querySelector(place)).not.toBeNull();
  });
  await loaded(); // what stands beside it has its place
  const plane = boxOf('.picture-canvas');
  const em = Number.parseFloat(getComputedStyle(document.querySelector('.picture-canvas')!).fontSize);
  // Numbers of the axes are 0.72 em high, 0.3 em above the foot and 0.5 em from the left.
  for (const selector of ['.plane-hint', '.field-part'])
    expect(plane.bottom - boxOf(selector).bottom).toBeGreaterThan((0.3 + 0.72) * em);
  expect(boxOf('.plane-hint').left - plane.left).toBeGreaterThan((0.5 + 4 * 0.5) * em);
  expect(boxOf('.plane-hint').right).toBeLessThan(boxOf('.field-part').left);
});

test('the legend tells what the streams are, and steps of a method lead where it goes', async () => {
  const opened = await openPage('preset=bilinear&scheme=extragradient', { startsPlaying: false });
  const { model, screen } = opened;
  await expect.element(screen.getByRole('button', { name: 'streams of −F' })).toBeVisible();
  const values = () => model.record.latest.vectorField!.reading;
  await until(() => expect(values().part).toBe('field'));
  await screen.getByRole('combobox', { name: 'What the streams show' }).selectOptions('steps of this method');
  await expect.element(screen.getByRole('button', { name: 'where each step leads' })).toBeVisible();
  await until(() => expect(values().part).toBe('step'));
  // In the corner at the right and above, extragradient leads inwards; simultaneous descent outwards.
  const inwards = () => {
    const { values: all, extent } = values();
    return extent * (all[all.length - 2] + all[all.length - 1]);
  };
  expect(inwards()).toBeGreaterThan(1e-3);
  await screen.getByRole('combobox', { name: 'scheme', exact: true }).selectOptions('simultaneous');
  await until(() => expect(Math.abs(inwards())).toBeLessThan(1e-9));
});

test('the line on which a discriminator is undecided has a name beside its colours', async () => {
  await openPage('', { startsPlaying: false });
  await until(() => expect(document.querySelector('.colour-bar .undecided')).not.toBeNull());
  expect(document.querySelector('.colour-bar')!.textContent).toBe('fakerealundecided');
});
