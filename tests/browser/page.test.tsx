/** What people do with the page, in a real browser with a real worker. */
import { expect, test } from 'vitest';
import { page as browser, userEvent } from 'vitest/browser';
import type { Page } from '../../src/app/page.ts';
import { startWorker } from '../../src/worker/start.ts';
import { expectAccessible } from './audit.ts';
import { canvases, loaded, openPage, pastStep, pixelsOf, until } from './openPage.tsx';
import { overlapping } from './overlapping.ts';

/** The first losses of a run, [step, generator, discriminator]. */
function firstLosses({ record }: Page, count: number): number[][] {
  const [steps, generator, discriminator] = record.losses.columns;
  expect(record.losses.length).toBeGreaterThanOrEqual(count);
  return Array.from({ length: count }, (_, i) => [steps[i], generator[i], discriminator[i]]);
}

test('the page opens with a GAN that trains by itself, and draws what it measures', async () => {
  const opened = await openPage();
  await pastStep(opened, 30);
  await expect.element(opened.screen.getByRole('button', { name: 'Pause' })).toBeVisible();
  await until(() => expect(canvases().length).toBeGreaterThan(1)); // the picture comes first
  const [picture, losses] = canvases();
  await until(() => {
    expect(pixelsOf(picture, 'generator')).toBeGreaterThan(100);
    expect(pixelsOf(losses, 'generator')).toBeGreaterThan(20);
    expect(pixelsOf(losses, 'discriminator')).toBeGreaterThan(20);
  });
  expect(opened.text('reading generator')).toMatch(/^\d/);
  await until(() => expect(opened.text('verdict')).toMatch(/of 8 modes found|All 8 modes found/));
  await until(() => expect(picture.getAttribute('aria-label')).toContain('modes found'));
});

test('a slider that is moved while a run plays changes the next steps, not the run', async () => {
  const opened = await openPage('preset=bilinear');
  await pastStep(opened, 10);
  const before = firstLosses(opened.model, 5);
  const rates = opened.screen.getByRole('slider', { name: 'learning rate' });
  await rates.nth(0).fill('0');
  await rates.nth(1).fill('0');
  const { run, step } = opened.model.record.frame!;
  await pastStep(opened, step + 10);
  const { trail, frame } = opened.model.record;
  expect(frame!.run).toBe(run);
  expect(firstLosses(opened.model, 5)).toEqual(before);
  const last = trail.length - 1;
  expect([trail.theta(last), trail.phi(last)]).toEqual([trail.theta(last - 5), trail.phi(last - 5)]);
  await until(() => expect(opened.text('verdict')).toContain('Standing still'));
  expect(opened.address()).toMatch(
    /^preset=bilinear&history=1!\d{2,}:generator\.learningRate:0(!\d{2,}:|~)discriminator\.learningRate:0$/,
  );
});

test('a setting that changes what is played starts the run anew', async () => {
  const opened = await openPage('preset=bilinear');
  await pastStep(opened, 10);
  const { run } = opened.model.record.frame!;
  const start = opened.screen.getByLabelText('start (θ, φ)', { exact: true });
  await start.fill('0.5');
  await userEvent.keyboard('{Enter}');
  await until(() => expect(opened.model.record.frame!.run).toBeGreaterThan(run));
  expect(opened.address()).toContain('game.start=0.5,1');
});

test('back to start and the reopened link replay the same losses', async () => {
  const steps = 25;
  const lossesOf = async (model: Page, olderRun: number) => {
    await until(() => {
      expect(model.record.frame?.run).toBeGreaterThan(olderRun);
      expect(model.record.losses.length).toBeGreaterThanOrEqual(steps);
    });
    return firstLosses(model, steps);
  };
  const { model, screen } = await openPage('seed=7&scheme=extragradient&game.batchSize=32');
  const first = await lossesOf(model, -1);
  const { run } = model.record.frame!;
  await screen.getByRole('button', { name: 'Back to start' }).click();
  expect(await lossesOf(model, run)).toEqual(first);

  const link = model.link();
  model.close();
  await screen.unmount();
  const again = await openPage(link);
  expect(await lossesOf(again.model, -1)).toEqual(first);
});

test('a hostile link is answered with a list that can be dismissed, and what it got right is honoured', async () => {
  const link =
    'game=bilinear&seed=many&scheme=extragradent&generator=sgd&generator.learningRate=1e99&x%E0=%&<b>=1';
  const { screen, model } = await openPage(link);
  const notice = screen.getByRole('alert');
  await expect.element(notice).toHaveTextContent('seed should be a whole number');
  await expect.element(notice).toHaveTextContent('did you mean extragradient?');
  expect(document.querySelector('.notice b')).toBeNull();
  expect(model.store.getState().experiment).toMatchObject({
    game: { kind: 'bilinear' },
    generator: { kind: 'sgd', learningRate: 10 },
  });
  await screen.getByRole('button', { name: 'Dismiss' }).click();
  expect(notice.query()).toBeNull();
});

test('a run that overflows ends in a sentence, and can be begun again', async () => {
  const opened = await openPage('preset=bilinear&generator.learningRate=10&discriminator.learningRate=10');
  const speed = opened.screen.getByRole('slider', { name: 'Speed' });
  await speed.fill('5');
  await until(() =>
    expect(opened.text('verdict')).toMatch(/^Diverged at step \d+: rate × largest eigenvalue is 10/),
  );
  await until(() => expect(opened.text('advice')).toContain('the scheme Extragradient')); // its words come when there are any
  await expect.element(opened.screen.getByRole('button', { name: 'Play' })).toBeVisible();
  const said = opened.screen.getByRole('region', { name: 'The picture' }).getByRole('status');
  await expect.element(said).toHaveTextContent('Diverged');
  await expect.element(said).toHaveTextContent('the scheme Extragradient'); // ears hear what eyes read
  await opened.screen.getByRole('button', { name: 'Back to start' }).click();
  await until(() => expect(opened.text('verdict')).toContain('At the start'));
  expect(opened.shownStep()).toBe(0);
  await opened.screen.getByRole('button', { name: 'Play' }).click();
  await until(() => expect(opened.text('verdict')).toMatch(/^Diverged/));
  await opened.screen.getByRole('combobox', { name: 'Preset' }).selectOptions('Dirac-GAN with R1');
  await pastStep(opened, 10); // another preset plays, as the one before did until it ended
});

test('the keyboard plays, pauses, takes one step and goes back', async () => {
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  await until(() => expect(opened.text('verdict')).toContain('At the start'));
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
  await until(() => expect(opened.shownStep()).toBe(3));
  await userEvent.keyboard(' ');
  await pastStep(opened, 6);
  await userEvent.keyboard(' ');
  await until(() => expect(opened.model.store.getState().playing).toBe(false));
  await userEvent.keyboard('{Home}');
  await until(() => expect(opened.shownStep()).toBe(0));
});

test('a worker that cannot be started is told of, and another one plays the same experiment', async () => {
  let started = 0;
  const opened = await openPage('preset=dirac', {
    start() {
      started += 1;
      if (started > 1) return startWorker();
      return {
        run() {},
        frame: () => Promise.reject(new Error('the worker that trains has stopped: out of memory')),
        fail() {},
        onLoading() {},
        close() {},
        isGone: () => false,
        stop() {},
      };
    },
  });
  const notice = opened.screen.getByRole('alert');
  await expect.element(notice).toHaveTextContent('out of memory');
  await opened.screen.getByRole('button', { name: 'Start again' }).click();
  await until(() => expect(opened.text('verdict')).toContain('At the start'));
  expect(notice.query()).toBeNull();
  await opened.screen.getByRole('button', { name: 'Play' }).click();
  await pastStep(opened, 5);
});

test('a run goes on when another device computes it, and one that cannot be opened is told of', async () => {
  const opened = await openPage('game.batchSize=16');
  await pastStep(opened, 5);
  expect(opened.address()).not.toContain('device');
  const { run } = opened.model.record.frame!;
  await opened.screen.getByRole('button', { name: 'Device' }).click();
  await opened.screen.getByRole('radio', { name: 'TensorFlow.js, processor' }).click();
  await until(() => expect(opened.text('device')).toBe('TensorFlow.js, processor'));
  expect(opened.address()).toBe('game.batchSize=16&device=tfjs-cpu');
  const { step } = opened.model.record.frame!;
  expect(step).toBeGreaterThan(5);
  await pastStep(opened, step + 2);

  opened.model.setDevice('abacus');
  await expect.element(opened.screen.getByRole('alert')).toHaveTextContent('Device "abacus" is not known');
  expect(opened.model.store.getState().device).toBe('tfjs-cpu');
  await pastStep(opened, opened.model.record.frame!.step + 2);
  expect(opened.model.record.frame!.run).toBe(run);
  expect(opened.address()).toContain('device=tfjs-cpu');
});

test('a link with a device that does not exist plays on the automatic one', async () => {
  const opened = await openPage('device=abacus&preset=bilinear');
  await pastStep(opened, 3);
  await expect.element(opened.screen.getByRole('alert')).toHaveTextContent('is not known');
  expect(opened.address()).toBe('preset=bilinear');
});

test('an optional part that is chosen while a run plays opens its settings, and the run goes on', async () => {
  const opened = await openPage('preset=bilinear');
  await pastStep(opened, 5);
  const { run } = opened.model.record.frame!;
  const part = (name: string) => opened.screen.getByRole('combobox', { name, exact: true });
  await part('adjustment').selectOptions('consensus');
  await expect.element(opened.screen.getByText(/arXiv:1705.10461/).last()).toBeVisible();
  await part('gradient clipping').selectOptions('byNorm');
  const { step } = opened.model.record.frame!;
  await pastStep(opened, step + 20);
  expect(opened.model.record.frame!.run).toBe(run);
  expect(opened.address()).toMatch(
    /^preset=bilinear&history=1!\d+:adjustment:consensus(!\d+:|~)clipping:byNorm$/,
  );
  await until(() => expect(opened.text('verdict')).toMatch(/Arrived|shrinks/));
  const gamma = opened.screen.getByRole('group', { name: 'adjustment' }).getByRole('slider').first();
  await expect.element(gamma).toBeVisible();
});

test('a choice without meaning beside the others is told of, and the run goes on', async () => {
  const opened = await openPage('preset=bilinear');
  await pastStep(opened, 3);
  const note = opened.screen.getByRole('note');
  expect(note.query()).toBeNull();
  await opened.screen.getByRole('combobox', { name: 'constraint' }).selectOptions('simplex');
  await expect.element(note).toHaveTextContent('this is for players who move probabilities');
  await pastStep(opened, opened.model.record.frame!.step + 3);
  await opened.screen.getByRole('combobox', { name: 'constraint' }).selectOptions('none');
  await until(() => expect(note.query()).toBeNull());
});

test('a typed game plays each formula that can be read, and says what cannot', async () => {
  const opened = await openPage('game=typed');
  await pastStep(opened, 3);
  const { run } = opened.model.record.frame!;
  const formula = opened.screen.getByLabelText('f(x, y)');
  await formula.fill('x*y + sin(x^2) +');
  const element = formula.element() as HTMLInputElement;
  expect(element.getAttribute('aria-invalid')).toBe('true');
  const described = () =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent)
      .join(' ');
  expect(described()).toContain('a value is missing before the end, at character 17');
  expect(opened.model.store.getState().experiment.game).toMatchObject({ first: 'a*x*y + b*(x^2 - y^2)/2' });
  await pastStep(opened, opened.model.record.frame!.step + 3);
  await formula.fill('x*y + sin(x^2)');
  expect(element.getAttribute('aria-invalid')).toBe('false');
  expect(described()).not.toContain('missing');
  expect(opened.model.store.getState().experiment.game).toMatchObject({ first: 'x*y + sin(x^2)' });
  await pastStep(opened, opened.model.record.frame!.step + 3);
  expect(opened.model.record.frame!.run).toBe(run);
  expect(decodeURIComponent(opened.address())).toMatch(
    /^game=typed&history=1!\d+:game\.first:x\*y \+ sin\(x\^2\)$/,
  );
});

test.each(['light', 'dark'] as const)(
  'nothing stands in the way of assistive technology, %s',
  async (theme) => {
    for (const address of [
      'preset=bilinear&nonsense=1',
      '',
      'game=typed&adjustment=consensus&averaging=ema',
    ]) {
      const opened = await openPage(address, { theme });
      await pastStep(opened, 3);
      opened.model.pause();
      await loaded();
      await opened.screen.getByRole('button', { name: 'Device' }).click();
      await expectAccessible();
      opened.model.close();
      await opened.screen.unmount();
    }
  },
);

test.each([
  [360, 740],
  [320, 560],
  [768, 1024],
  [800, 600],
  [1280, 720],
  [1920, 1080],
  [3840, 2160],
])(
  'at %i pixels across nothing has to be scrolled sideways, and no control lies over another',
  async (width, height) => {
    await browser.viewport(width, height);
    for (const address of ['preset=quadratic', 'lane2.scheme=extragradient&panels=+inside']) {
      const opened = await openPage(address, { startsPlaying: false });
      await until(() => expect(opened.text('verdict').trim()).not.toBe(''));
      await until(() => expect(document.querySelector('[data-panel=losses]')).not.toBeNull());
      await loaded();
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
      expect(overlapping()).toEqual([]);
      const over = document.body.appendChild(document.createElement('button'));
      over.style.cssText = 'position: fixed; inset: 0';
      expect(overlapping().length).toBeGreaterThan(10); // it would be found
      over.remove();
      opened.model.close();
      await opened.screen.unmount();
    }
  },
);
