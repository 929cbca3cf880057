/** Every kind of picture is drawn, by mouse and keyboard switched, and told to those who do not see it. */
import { expect, test } from 'vitest';
import { page as browser, userEvent } from 'vitest/browser';
import { count } from '../../src/app/format.ts';
import { games } from '../../src/catalog/games/index.ts';
import { presets } from '../../src/catalog/presets/index.ts';
import { expectAccessible } from './audit.ts';
import { canvases, loaded, openPage, pastStep, pixelsOf, placesOf, rest, until } from './openPage.tsx';

const smallPictures =
  'game=images&game.dataset=bars&game.batchSize=16&game.generatorNetwork.hidden=16&game.discriminatorNetwork.hidden=16';

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
  {
    name: 'small pictures',
    address: smallPictures,
    colours: ['lane-1', 'generator'],
    says: /^64 generated pictures and 16 real ones, each with the discriminator’s score.*from picture 1 to picture 2/,
    switches: ['discriminator’s score', 'generator'],
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

test('of small pictures two are chosen, by mouse or keys, for the walk between them; panels tell what they are like', async () => {
  const opened = await openPage(
    `${smallPictures}&panels=+walk,+nearest,+pictureMoments&probe.latentWalk.from=27&probe.latentWalk.to=0`,
  );
  const { model } = opened;
  await pastStep(opened, 25);
  const words = (panel: string) => document.querySelector(`[data-panel=${panel}]`)?.textContent;
  await until(() => {
    expect(words('classes')).toMatch(/told apart by a rule.*\d+ of 30 classes found \(real 30\); entropy \d/);
    expect(words('nearest')).toMatch(/the nearest of [\d,]+ real ones.*\d(, [\d.]+)+/);
    expect(words('pictureMoments')).toMatch(/Generated pictures vary [\d.]+\s% as much as real ones\./);
  });
  await rest(opened);
  const walkWords = () => document.querySelector('[data-panel=walk] canvas')!.getAttribute('aria-label');
  await until(() =>
    expect(walkWords()).toContain(
      `At step ${count(model.record.frame!.step)}: Generated pictures from latent points on the way from picture 28 to picture 1.`,
    ),
  );
  const picture = canvases()[0];
  const walk = () => model.link().match(/latentWalk\.\w+=\d+/g);

  // A click on either frame moves the other end there: they change places.
  await until(() => expect(pixelsOf(picture, 'lane-1')).toBeGreaterThan(100)); // it is painted at its last size
  const places = placesOf(picture, 'lane-1');
  const [high, low] = [Math.min(...places.map(([, y]) => y)), Math.max(...places.map(([, y]) => y))];
  const middleOf = (own: readonly (readonly [number, number])[]) => {
    const middle = (axis: 0 | 1) => {
      const all = own.map((place) => place[axis] / devicePixelRatio);
      return (Math.min(...all) + Math.max(...all)) / 2;
    };
    return { position: { x: middle(0), y: middle(1) } };
  };
  const [above, below] = [true, false].map((isAbove) =>
    middleOf(places.filter(([, y]) => y < (high + low) / 2 === isAbove)),
  );
  const tiles = opened.screen.getByRole('application', { name: /^\d+ generated pictures/ });
  await userEvent.click(tiles, below);
  await until(() => expect(walk()).toEqual(['latentWalk.from=27', 'latentWalk.to=27']));
  await userEvent.click(tiles, above);
  await until(() => expect(walk()).toEqual(['latentWalk.to=27'])); // the other end is where it usually is
  await until(() => expect(picture.getAttribute('aria-label')).toContain('from picture 1 to picture 28'));

  // Arrows move on the end that was moved last, Enter takes up the other; beside other keys they mean something else.
  picture.focus();
  await userEvent.keyboard('{ArrowRight}{Shift>}{ArrowRight}{/Shift}{Enter}{ArrowLeft}');
  await until(() => expect(walk()).toEqual(['latentWalk.from=1', 'latentWalk.to=26']));
  const help = document.getElementById(picture.getAttribute('aria-describedby') ?? '');
  expect(help?.textContent).toMatch(/Arrow keys move one end/);
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
      await loaded();
      await expectAccessible();
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
    await until(() => expect(document.querySelector('.picture-canvas'), name).not.toBeNull());
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
