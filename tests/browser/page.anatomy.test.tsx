/** Inside a step: its events can be walked through, each with the numbers of this very step; and one player's step. */
import { expect, test } from 'vitest';
import { expectAccessible } from './audit.ts';
import { openPage, pass, pixelsOf, until } from './openPage.tsx';

type Opened = Awaited<ReturnType<typeof openPage>>;
const show = async (opened: Opened) => {
  const shelf = opened.screen.getByRole('toolbar', { name: 'Panels' });
  await shelf.getByRole('button', { name: 'Inside a step', exact: true }).click();
  await until(() => expect(opened.model.record.latest.anatomy).toBeDefined());
};
const press = ({ screen }: Opened, name: string) => screen.getByRole('button', { name, exact: true }).click();
const items = () => [...document.querySelectorAll('.inside-events button')];
const formulas = () => items().map((item) => item.querySelector('.formula')?.textContent);
const current = () => items().findIndex((item) => item.getAttribute('aria-current') === 'step');
const drawing = () =>
  [...document.querySelectorAll('canvas')].find((canvas) =>
    /^At step \d+: The point, and arrows/.test(canvas.getAttribute('aria-label') ?? ''),
  );

const resting = { startsPlaying: false };
const descent = 'generator=sgd&discriminator=sgd&generator.learningRate=0.1&discriminator.learningRate=0.1';

test('an extragradient step is told event by event, with its numbers, and then taken', async () => {
  const opened = await openPage(`preset=bilinear&scheme=extragradient&${descent}`, resting);
  await show(opened);
  await until(() =>
    expect(formulas()).toEqual([
      'F(w) = F(1, 1) = (1, −1)',
      '−η g = −0.1 · (1, −1) = (−0.1, 0.1)',
      'w̃ = w − η F(w) = (1, 1) − 0.1 · (1, −1) = (0.9, 1.1)',
      'F(w̃) = F(0.9, 1.1) = (1.1, −0.9)',
      '−η g = −0.1 · (1.1, −0.9) = (−0.11, 0.09)',
      'w⁺ = w − η F(w̃) = (1, 1) − 0.1 · (1.1, −0.9) = (0.89, 1.09)',
    ]),
  );
  expect(current()).toBe(0);
  for (let i = 1; i < 6; i++) {
    await press(opened, 'Next');
    await until(() => expect(current()).toBe(i));
    await until(() => expect(drawing()?.getAttribute('aria-label')).toContain(` ${i + 1}. `));
  }
  await until(() => expect(pixelsOf(drawing()!, 'lane-1')).toBeGreaterThan(50));
  await press(opened, 'Previous');
  await until(() => expect(current()).toBe(4));
  expect(opened.shownStep()).toBe(0);
  await press(opened, 'Next');
  await press(opened, 'Next'); // takes the step
  await until(() => expect(opened.shownStep()).toBe(1));
  const { trail } = opened.model.record;
  expect([trail.theta(1), trail.phi(1)]).toEqual([0.89, 1.09]);
  await until(() => expect(formulas()[0]).toBe('F(w) = F(0.89, 1.09) = (1.09, −0.89)'));
  expect(current()).toBe(0);
});

test('slow motion walks through the events by itself, and on into the next step', async () => {
  const opened = await openPage(`preset=bilinear&scheme=simultaneous&${descent}`, resting);
  await show(opened);
  await press(opened, 'In slow motion');
  await until(() => expect(opened.shownStep()).toBeGreaterThanOrEqual(1));
  await until(() => expect(current()).toBe(1));
  await press(opened, 'Stop');
  await until(() => expect(opened.model.isResting).toBe(true)); // a step may have been on its way
  const { step } = opened.model.record.frame!;
  await pass(90);
  expect(opened.model.record.frame!.step).toBe(step);
});

test('what a scheme remembers is part of the formula', async () => {
  const opened = await openPage(`preset=bilinear&scheme=optimistic&${descent}`, resting);
  await show(opened);
  await press(opened, 'One step');
  await until(() =>
    expect(formulas().at(-1)).toBe(
      'w⁺ = w + 2Δ − last change = (0.9, 1.1) + 2 · (−0.11, 0.09) − (−0.1, 0.1) = (0.78, 1.18)',
    ),
  );
});

test('a GAN’s step is told by lengths and angles', async () => {
  const opened = await openPage(
    'scheme=extragradient&game.generatorNetwork.hidden=8&game.discriminatorNetwork.hidden=8',
    resting,
  );
  await show(opened);
  await until(() => expect(formulas()).toHaveLength(6));
  expect(formulas()[0]).toMatch(/^on batch 1: ‖F_θ‖ = [\d.]+, ‖F_φ‖ = [\d.]+$/);
  expect(formulas()[3]).toMatch(/^on batch 2: .*; [\d.]+° from the last one$/);
  expect(formulas()[5]).toMatch(/^‖Δ_θ‖ = [\d.e−]+, ‖Δ_φ‖ = [\d.e−]+$/);
  expect(drawing()).toBeUndefined();
});

test('one player’s step moves that coordinate alone', async () => {
  const opened = await openPage(`preset=bilinear&scheme=simultaneous&${descent}`, resting);
  const { record } = opened.model;
  await until(() => expect(record.frame).toBeDefined());
  await press(opened, 'One step of the generator alone');
  await until(() => expect(opened.shownStep()).toBe(1));
  expect([record.trail.theta(1), record.trail.phi(1)]).toEqual([0.9, 1]);
  await press(opened, 'One step of the discriminator alone');
  await until(() => expect(opened.shownStep()).toBe(2));
  expect([record.trail.theta(2), record.trail.phi(2)]).toEqual([0.9, 1 + 0.1 * 0.9]);
  expect(record.frame?.alone).toEqual([
    { step: 0, steps: 1, player: 'generator' },
    { step: 1, steps: 1, player: 'discriminator' },
  ]);
});

test('in a race every lane takes that step, once', async () => {
  const opened = await openPage(`preset=bilinear&${descent}&lane2.scheme=extragradient`, resting);
  const records = opened.model.store.getState().lanes.map((lane) => opened.model.recordOf(lane));
  await until(() => {
    for (const record of records) expect(record.frame).toBeDefined();
  });
  await press(opened, 'One step of the generator alone');
  await until(() => {
    for (const record of records) expect(record.frame?.step).toBe(1);
  });
  await until(() => expect(opened.model.isResting).toBe(true)); // nobody is still on the way to another one
  for (const record of records) {
    expect(record.frame?.step).toBe(1);
    expect(record.frame?.alone).toEqual([{ step: 0, steps: 1, player: 'generator' }]);
  }
});

test.each(['light', 'dark'] as const)(
  'nothing in the panel stands in the way of assistive technology, %s',
  async (theme) => {
    const opened = await openPage(`preset=bilinear&scheme=proximal&${descent}`, { ...resting, theme });
    await show(opened);
    await until(() => expect(items().length).toBeGreaterThan(3));
    await expectAccessible();
  },
);
