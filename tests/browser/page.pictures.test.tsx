/** Every kind of picture is drawn, by mouse and keyboard switched, and told to those who do not see it. */
import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page as browser } from 'vitest/browser';
import { games } from '../../src/catalog/games/index.ts';
import { presets } from '../../src/catalog/presets/index.ts';
import { canvases, openPage, pastStep, pixelsOf, until } from './openPage.tsx';

const kinds = [
  {
    name: 'the triangle of a matrix game',
    address: 'preset=rps&generator.learningRate=3&discriminator.learningRate=3',
    colours: ['generator', 'discriminator'],
    says: /first player rock \d+\s%, paper/,
    switches: ['first player', 'generator'],
  },
  {
    name: 'domain adaptation',
    address: 'preset=domains',
    colours: ['generator', 'discriminator', 'lane-1'],
    says: /source labels/,
    switches: ['target, without labels', 'generator'],
  },
  {
    name: 'parameters as bars',
    address: 'game=randomQuadratic&generator=sgd&discriminator=sgd',
    colours: ['generator', 'discriminator', 'ink'],
    says: /10 of the generator and 10 of the discriminator.*shrinks/,
    switches: ['generator’s parameters', 'generator'],
  },
  {
    name: 'samples on a line',
    address: 'preset=landscape',
    colours: ['generator', 'discriminator', 'ink'],
    says: /densities on a line.*modes found/i,
    switches: ['generated', 'generator'],
  },
] as const;

test.each(kinds)('$name is drawn, told, and has layers', async ({ address, colours, says, switches }) => {
  const opened = await openPage(address);
  await pastStep(opened, 25);
  await until(() => expect(canvases()[0]?.matches('.picture-canvas')).toBe(true));
  const [picture] = canvases();
  await until(() => {
    for (const colour of colours) expect(pixelsOf(picture, colour)).toBeGreaterThan(30);
    expect(picture.getAttribute('aria-label')).toMatch(says);
  });
  const [layer, colour] = switches;
  await opened.screen.getByRole('button', { name: layer }).click();
  await until(() => expect(pixelsOf(picture, colour)).toBe(0));
});

test('with averaging on, the page says what the pictures show', async () => {
  const opened = await openPage('preset=bilinear&averaging=uniform');
  await pastStep(opened, 60);
  await expect.element(opened.screen.getByText(/the diamond is its average/)).toBeVisible();
  const { distance, averageDistance } = opened.model.record;
  await until(() => expect(averageDistance.length).toBeGreaterThan(10));
  expect(averageDistance.columns[1][averageDistance.length - 1]).toBeLessThan(
    distance.columns[1][distance.length - 1] / 2,
  );
  await opened.screen
    .getByRole('combobox', { name: 'Preset' })
    .selectOptions('Rock, paper, scissors: descent');
  await opened.screen.getByRole('combobox', { name: 'averaging' }).selectOptions('uniform');
  await expect.element(opened.screen.getByText(/Shown: the average/)).toBeVisible();
});

test.each(['light', 'dark'] as const)(
  'no kind of picture stands in the way of assistive technology, %s',
  async (theme) => {
    await browser.viewport(360, 740);
    for (const { address } of kinds) {
      const opened = await openPage(address, { theme });
      await pastStep(opened, 3);
      opened.model.pause();
      const { violations } = await axe.run(document.body);
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
      opened.model.close();
      await opened.screen.unmount();
    }
  },
);

test('every preset of the menu opens, takes steps, and is drawn', { timeout: 240_000 }, async () => {
  const opened = await openPage('preset=bilinear');
  await pastStep(opened, 1);
  const menu = opened.screen.getByLabelText('Preset');
  let run = opened.model.record.frame!.run;
  for (const { name, label } of presets.filter(({ heavy }) => !heavy).reverse()) {
    await menu.selectOptions(label);
    await until(() => {
      const { frame } = opened.model.record;
      expect(frame?.run, name).toBeGreaterThan(run);
      expect(frame?.step, name).toBeGreaterThan(0);
      expect(opened.text('verdict').trim(), name).not.toBe('');
    });
    run = opened.model.record.frame!.run;
    const { failure, refusal } = opened.model.store.getState();
    expect([failure, refusal], name).toEqual([undefined, undefined]);
    await until(() => expect(opened.address()).toBe(name === presets[0].name ? '' : `preset=${name}`));
    expect(document.querySelector('.picture-canvas'), name).not.toBeNull();
  }
});

test('every game of the menu opens, takes steps, and is told of', { timeout: 120_000 }, async () => {
  const opened = await openPage('preset=bilinear&game.start=0.5,0.5');
  await pastStep(opened, 1);
  let run = opened.model.record.frame!.run;
  for (const { name } of games.filter((game) => game.name !== 'bilinear')) {
    await opened.screen.getByRole('combobox', { name: 'game', exact: true }).selectOptions(name);
    opened.model.play(); // the game before may have diverged at these rates, and paused
    await until(() => {
      const { frame } = opened.model.record;
      expect(frame?.run, name).toBeGreaterThan(run);
      expect(frame?.step, name).toBeGreaterThan(1);
      expect(opened.text('verdict'), name).toMatch(/\w/);
      expect(opened.text('verdict'), name).not.toMatch(/NaN|undefined/);
    });
    run = opened.model.record.frame!.run;
    expect(opened.model.store.getState().refusal, name).toBeUndefined();
  }
});
