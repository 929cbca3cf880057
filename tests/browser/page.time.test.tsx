/** Time: marks, going back, branching, and stopping by itself. */
import { expect, test } from 'vitest';
import { page as browser, userEvent } from 'vitest/browser';
import { count } from '../../src/app/format.ts';
import type { RunRecord } from '../../src/app/record.ts';
import { expectAccessible } from './audit.ts';
import { type OpenedPage, openPage, pastStep, rest, until } from './openPage.tsx';

/** Losses of the steps [from, to), as they are known: step, generator, discriminator. */
function lossesOf({ losses: { columns, length } }: RunRecord, from: number, to: number): number[][] {
  const rows = Array.from({ length }, (_, i) => columns.map((column) => column[i]));
  return rows.filter(([step]) => step >= from && step < to);
}

const handle = ({ screen }: OpenedPage) => screen.getByRole('slider', { name: 'Step of the run' });
const marks = ({ screen }: OpenedPage) =>
  screen
    .getByRole('list', { name: 'Changes' })
    .getByRole('button')
    .elements()
    .map((element) => element.getAttribute('aria-label'));

async function goTo(opened: OpenedPage, step: number): Promise<void> {
  await handle(opened).fill(String(step));
  await at(opened, step);
}
/** Waits until the page has come to a step and rests there. */
async function at({ model, shownStep }: OpenedPage, step: number): Promise<void> {
  await until(() => {
    expect(model.store.getState().seeking).toBeUndefined();
    expect(model.record.frame?.step).toBe(step);
    expect(shownStep()).toBe(step);
  });
}

test('a change is a mark; going back shows the moment and its settings; going on alike is the same future', async () => {
  const opened = await openPage('game.batchSize=32');
  const { model, screen } = opened;
  await pastStep(opened, 40);
  const rate = screen.getByRole('slider', { name: 'learning rate' }).first();
  const usual = model.store.getState().experiment.generator;
  await rate.fill('600');
  const changed = model.store.getState().experiment.generator;
  await pastStep(opened, model.record.frame!.step + 40);
  await screen.getByRole('button', { name: 'Pause' }).click();
  await rest(opened);
  await until(() => expect(marks(opened)).toHaveLength(1));
  expect(marks(opened)[0]).toMatch(/^Step [\d,]+: .*learning rate 0\.\d+ → 0\.\d+$/);
  const { furthest, run } = model.record.frame!;
  const [, { step: mark }] = model.record.settings;
  const all = lossesOf(model.record, 0, furthest);

  await goTo(opened, mark - 10);
  expect(model.store.getState().experiment.generator).toEqual(usual);
  expect(lossesOf(model.record, 0, furthest)).toEqual(all.filter(([step]) => step < mark - 10));
  expect(model.record.losses.whole).toBe(all.length);
  expect(opened.text('timeline')).toContain(`forgets the ${count(furthest - mark + 10)} steps after it`);
  await goTo(opened, furthest);
  expect(model.store.getState().experiment.generator).toEqual(changed);
  expect(lossesOf(model.record, 0, furthest)).toEqual(all);

  await screen.getByRole('list', { name: 'Changes' }).getByRole('button').click();
  await at(opened, mark);
  expect(model.store.getState().experiment.generator).toEqual(changed);
  await screen.getByRole('button', { name: 'Play' }).click();
  await pastStep(opened, furthest);
  expect(lossesOf(model.record, 0, furthest)).toEqual(all);
  expect(model.record.frame!.run).toBe(run);
  expect(marks(opened)).toHaveLength(1);
});

test('steps of one player alone are marks, of the shape and the colour of that player', async () => {
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  const { model, screen } = opened;
  const colour = (name: string) => {
    const probe = document.createElement('i');
    probe.style.color = `var(--${name})`;
    document.body.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
  await until(() => expect(opened.text('verdict')).toContain('At the start'));
  for (const [player, shape] of [
    ['generator', 'circle'],
    ['discriminator', 'rect'],
  ] as const) {
    const from = model.record.frame!.step;
    await screen.getByRole('button', { name: `One step of the ${player} alone` }).click();
    await until(() => expect(opened.shownStep()).toBe(from + 1));
    for (let i = 0; i < 9; i++) model.step();
    await until(() => expect(opened.shownStep()).toBe(from + 10));
    await until(() => expect(marks(opened).at(-1)).toBe(`Step ${from}: one step of the ${player} alone`));
    const drawn = [...document.querySelectorAll('.timeline-mark svg')].at(-1)!;
    expect(drawn.firstElementChild?.tagName).toBe(shape);
    expect(getComputedStyle(drawn.firstElementChild!).fill).toBe(colour(player));
  }
  await screen.getByRole('button', { name: 'Step 10: one step of the discriminator alone' }).click();
  await at(opened, 10);
});

test('a change in the past makes another future: the old one and its marks are forgotten', async () => {
  const opened = await openPage('preset=bilinear');
  const { model, screen } = opened;
  const rate = screen.getByRole('slider', { name: 'learning rate' }).first();
  await pastStep(opened, 30);
  await rate.fill('300');
  await pastStep(opened, model.record.frame!.step + 30);
  await screen.getByRole('button', { name: 'Pause' }).click();
  await until(() => expect(marks(opened)).toHaveLength(1));
  await goTo(opened, 12);
  const { distance, trail } = model.record;
  expect(trail.step(trail.length - 1)).toBe(12);
  expect(distance.columns[0][distance.length - 1]).toBe(12);
  await rate.fill('200');
  await until(() => expect(model.record.frame!.furthest).toBe(12));
  expect(marks(opened)).toEqual([expect.stringMatching(/^Step 12: /)]);
  expect(distance.whole).toBe(distance.length);
  await screen.getByRole('button', { name: 'One step', exact: true }).click();
  await at(opened, 13);
  expect(model.record.frame!.furthest).toBe(13);
});

test('a branch begins at the moment that is shown, and what is known of the first lane stays', async () => {
  const opened = await openPage('game.batchSize=32');
  const { model, screen } = opened;
  await pastStep(opened, 80);
  await screen.getByRole('button', { name: 'Pause' }).click();
  await rest(opened);
  const { furthest } = model.record.frame!;
  const all = lossesOf(model.record, 0, furthest);
  await goTo(opened, 33);
  await screen.getByRole('button', { name: 'Branch here' }).click();
  await until(() => expect(model.store.getState().lanes).toHaveLength(2));
  const [first, second] = model.store.getState().lanes;
  expect(model.store.getState().selected).toBe(second.id);
  await until(() => {
    expect(model.recordOf(second).frame).toMatchObject({ step: 33, begin: 33 });
    expect(model.recordOf(first).frame).toMatchObject({ step: furthest, furthest });
  });
  await screen.getByRole('button', { name: 'Play' }).click();
  await until(() => expect(model.recordOf(second).frame!.step).toBeGreaterThan(70));
  expect(lossesOf(model.recordOf(second), 0, 70)).toEqual(all.filter(([step]) => step >= 33 && step < 70));
  expect(lossesOf(model.recordOf(first), 0, furthest)).toEqual(all);
  await screen.getByRole('combobox', { name: 'scheme', exact: true }).selectOptions('extragradient');
  await until(() =>
    expect(marks(opened)).toEqual([expect.stringMatching(/scheme Simultaneous → Extragradient/i)]),
  );
});

test('all lanes go back together, and on together', async () => {
  const opened = await openPage('preset=bilinear&lane2.scheme=extragradient');
  const { model } = opened;
  await pastStep(opened, 40);
  await handle(opened).fill('20');
  const records = model.store.getState().lanes.map((lane) => model.recordOf(lane));
  await until(() => {
    for (const { frame } of records) expect(frame).toMatchObject({ step: 20 });
    expect(model.store.getState().seeking).toBeUndefined();
  });
  expect(model.store.getState().playing).toBe(false);
  await opened.screen.getByRole('button', { name: 'Play' }).click();
  await until(() => {
    for (const { frame } of records) expect(frame!.step).toBeGreaterThan(30);
  });
});

test('the timeline is driven with the keyboard, and says where it is', async () => {
  const opened = await openPage('preset=bilinear');
  await pastStep(opened, 25);
  await rest(opened);
  await until(() => expect(opened.shownStep()).toBe(opened.model.record.frame!.furthest));
  const { furthest } = opened.model.record.frame!;
  const element = handle(opened).element() as HTMLInputElement;
  element.focus();
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
  await at(opened, furthest - 2);
  expect(element.getAttribute('aria-valuetext')).toBe(`step ${furthest - 2} of ${furthest}`);
  await userEvent.keyboard('{Home}');
  await at(opened, 0);
  await until(() => expect(opened.text('verdict')).toContain('At the start'));
  await userEvent.keyboard('{ArrowRight}');
  await at(opened, 1);
  await userEvent.keyboard('{PageUp}');
  await until(() => expect(opened.model.record.frame!.step).toBeGreaterThan(2));
  await userEvent.keyboard('{End}');
  await at(opened, furthest);
  expect(opened.model.record.frame!.forks).toBe(0);
});

test('a run that diverged is marked where it did, and can be taken up before that', async () => {
  const opened = await openPage('preset=bilinear&generator.learningRate=10&discriminator.learningRate=10');
  opened.model.store.setState({ speed: { plane: 5, samples: 5 } });
  await until(() => expect(marks(opened)).toEqual([expect.stringMatching(/^Diverged at step \d+/)]));
  const { furthest } = opened.model.record.frame!;
  await goTo(opened, 5);
  expect(marks(opened)).toHaveLength(1);
  await opened.screen.getByRole('slider', { name: 'learning rate' }).first().fill('0');
  await until(() => expect(marks(opened)).toEqual([expect.stringMatching(/^Step 5: /)]));
  await opened.screen.getByRole('button', { name: 'Play' }).click();
  await pastStep(opened, furthest + 5);
});

test('the path of a moment long ago is drawn though the trail has forgotten it', async () => {
  const opened = await openPage('preset=bilinear&scheme=extragradient');
  opened.model.store.setState({ speed: { plane: 5, samples: 5 } });
  await pastStep(opened, 60_000);
  await goTo(opened, 1000);
  const { trail } = opened.model.record;
  expect(trail.step(trail.length - 1)).toBe(1000);
  await opened.screen.getByRole('button', { name: 'One step', exact: true }).click();
  await at(opened, 1001);
  expect(opened.model.record.trail.step(opened.model.record.trail.length - 1)).toBe(1001);
});

test('a run stops at the step that was asked for, says why, and goes on when it is played again', async () => {
  const opened = await openPage('preset=bilinear&lane2.scheme=extragradient', { startsPlaying: false });
  const { model, screen } = opened;
  await screen.getByRole('button', { name: 'Stop when' }).click();
  const box = screen.getByRole('checkbox', { name: 'it comes to step' });
  await box.click();
  const field = screen.getByRole('textbox', { name: 'it comes to step' });
  await field.fill('25');
  await userEvent.keyboard('{Enter}{Escape}');
  await screen.getByRole('button', { name: 'Play' }).click();
  await until(() => expect(model.store.getState().stopped).toMatch(/^Stopped: .+: step 25\.$/));
  for (const lane of model.store.getState().lanes) expect(model.recordOf(lane).frame!.step).toBe(25);
  expect(model.store.getState().playing).toBe(false);
  expect(opened.text('timeline')).toContain('step 25.');
  await screen.getByRole('button', { name: 'Play' }).click();
  await pastStep(opened, 30);
  expect(model.store.getState().playing).toBe(true);
});

test('a run stops when a condition comes about, and not again while it lasts', async () => {
  const opened = await openPage('preset=bilinear&scheme=extragradient');
  const { model } = opened;
  model.store.setState({ stops: { distance: 1.2, diverged: 0 } });
  await until(() =>
    expect(model.store.getState().stopped).toMatch(
      /^Stopped: 1\.[12]\d* from the equilibrium at step \d+\.$/,
    ),
  );
  const { step } = model.record.frame!;
  await opened.screen.getByRole('button', { name: 'Play' }).click();
  await pastStep(opened, step + 20);
  expect(model.store.getState()).toMatchObject({ playing: true, stopped: undefined });
});

test.each(['light', 'dark'] as const)(
  'nothing of it stands in the way of assistive technology, %s',
  async (theme) => {
    const opened = await openPage('preset=bilinear&lane2', { theme });
    await pastStep(opened, 20);
    await opened.screen.getByRole('slider', { name: 'learning rate' }).first().fill('300');
    await pastStep(opened, 40);
    await goTo(opened, 30);
    await until(() => expect(marks(opened)).toHaveLength(1));
    await opened.screen.getByRole('button', { name: 'Stop when' }).click();
    await expectAccessible();
  },
);

test('on a phone nothing has to be scrolled sideways, and everything can be hit with a finger', async () => {
  await browser.viewport(360, 740);
  const opened = await openPage('preset=bilinear');
  await pastStep(opened, 20);
  await opened.screen.getByRole('slider', { name: 'learning rate' }).first().fill('300');
  await until(() => expect(marks(opened)).toHaveLength(1));
  opened.model.pause();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
  const controls = document.querySelectorAll('.timeline button:not([popover] *), .timeline > div > input');
  expect(controls.length).toBeGreaterThan(2);
  for (const element of controls) {
    const { width, height } = element.getBoundingClientRect();
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
  }
});
