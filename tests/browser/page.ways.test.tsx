/** Short ways: from a sentence to its control, from a picture to its moment, from a press to a trajectory. */
import { expect, test } from 'vitest';
import { page as browser, userEvent } from 'vitest/browser';
import { change } from '../../src/app/store.ts';
import { expectAccessible } from './audit.ts';
import { loaded, type OpenedPage, openPage, pastStep, pointAway, until } from './openPage.tsx';

async function walk({ model }: OpenedPage, to: number): Promise<void> {
  await until(() => expect(model.record.frame).toBeDefined());
  while (model.record.frame!.step < to) {
    const { step } = model.record.frame!;
    model.step();
    await until(() => expect(model.record.frame!.step).toBe(step + 1));
  }
}
const at = ({ model }: OpenedPage, step: number) =>
  until(() => {
    expect(model.store.getState().seeking).toBeUndefined();
    expect(model.record.frame?.step).toBe(step);
  });

test('a panel that a link enlarges is open, unless the link closes it', async () => {
  const opened = await openPage('preset=bilinear&wide=norms', { startsPlaying: false });
  await until(() => expect(document.querySelector('[data-panel=norms][data-wide]')).not.toBeNull());
  expect(opened.model.link()).toContain('panels=+norms&wide=norms');
  opened.model.close();
  await opened.screen.unmount();
  const other = await openPage('preset=bilinear&wide=norms&panels=-norms', { startsPlaying: false });
  await until(() => expect(document.querySelector('[data-panel=losses]')).not.toBeNull());
  expect(document.querySelector('[data-panel=norms]')).toBeNull();
  expect(other.model.store.getState().panels.norms).toBe(false);
});

test('pictures of the film strip lead back to their moments, also by keyboard', async () => {
  const opened = await openPage('game.batchSize=32&panels=+film', { startsPlaying: false });
  await walk(opened, 12);
  const step = (n: number) => opened.screen.getByRole('button', { name: `Go to step ${n}`, exact: true });
  const first = opened.model.record.film.stills[2].step;
  await until(() => expect(step(12).query()).not.toBeNull()); // until it is drawn, places are of other moments
  await step(first).click();
  await at(opened, first);
  await until(() => expect(step(12).query()).not.toBeNull()); // what comes after is still there
  (step(12).element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await at(opened, 12);
});

test('a closer look can go along with the run, as long as it was chosen', async () => {
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  await walk(opened, 40);
  const { store } = opened.model;
  const newest = opened.screen.getByRole('button', { name: 'Newest' });
  await until(() => expect(document.querySelector('[data-panel=losses] canvas')).not.toBeNull());
  const canvas = document.querySelector('[data-panel=losses] canvas') as HTMLCanvasElement;
  expect(newest.query()).toBeNull();
  store.setState({ zoom: [10, 20] });
  await newest.click();
  await until(() => expect(newest.element().getAttribute('aria-pressed')).toBe('true'));
  // In the middle of what is seen; found by what stays of its words, which tell of the step.
  const chart = opened.screen.getByRole('application', { name: /^Losses/ });
  const middle = async () => {
    await userEvent.hover(chart, { position: { x: canvas.clientWidth / 2, y: 40 } });
    await until(() => expect(opened.model.cursor.value).toBeDefined());
    const { value } = opened.model.cursor;
    await pointAway();
    await until(() => expect(opened.model.cursor.value).toBeUndefined());
    return value;
  };
  expect(Math.abs((await middle())! - 35)).toBeLessThan(2);
  await walk(opened, 60);
  expect(Math.abs((await middle())! - 55)).toBeLessThan(2);
  expect(opened.model.link()).toContain('newest=true&zoom=10,20');
  await newest.click();
  expect(Math.abs((await middle())! - 15)).toBeLessThan(2);
  canvas.focus();
  await newest.click();
  canvas.focus();
  await userEvent.keyboard('{Escape}');
  expect(store.getState()).toMatchObject({ zoom: undefined, isZoomNewest: false });
});

test('Space on the timeline plays and pauses', async () => {
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  await walk(opened, 3);
  await until(() => expect(opened.shownStep()).toBe(3));
  await until(() => expect(document.querySelector('.timeline-handle')).not.toBeNull());
  (opened.screen.getByRole('slider', { name: 'Step of the run' }).element() as HTMLElement).focus();
  await userEvent.keyboard(' ');
  await pastStep(opened, 6);
  await userEvent.keyboard(' ');
  expect(opened.model.store.getState().playing).toBe(false);
});

test('what is advised is chosen by a press, or leads to its controls', async () => {
  const opened = await openPage('preset=bilinear&generator.learningRate=10&discriminator.learningRate=10');
  opened.model.store.setState({ speed: { plane: 5, samples: 5 } });
  await until(() => expect(opened.text('advice')).toContain('Try the scheme Extragradient'));
  await loaded(); // there are controls to lead to
  const focused = () => document.activeElement?.closest('[data-path]')?.getAttribute('data-path');
  const advice = opened.screen.getByTestId('advice');
  await advice.getByRole('button', { name: 'generator’s learning rate' }).click();
  expect(focused()).toBe('generator.learningRate');
  expect(document.activeElement?.matches('input')).toBe(true);
  await expectAccessible();
  await advice.getByRole('button', { name: 'scheme Extragradient' }).click();
  expect(focused()).toBe('scheme');
  expect(opened.model.store.getState().experiment.scheme.kind).toBe('extragradient');
});

test('the timeline of a branch says where it begins', async () => {
  const opened = await openPage('game.batchSize=32', { startsPlaying: false });
  await walk(opened, 6);
  await until(() => expect(opened.text('timeline')).toContain('step 6'));
  expect(opened.text('timeline')).not.toContain('branched');
  await opened.screen.getByRole('button', { name: 'Branch here' }).click();
  await until(() => expect(opened.text('timeline')).toContain('This lane was branched off at step 6'));
});

test('a press in the plane launches a trajectory there, and keys do as well; earlier paths stay as shadows', async () => {
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  const { model } = opened;
  await walk(opened, 2);
  await expect
    .element(opened.screen.getByText('Press anywhere to begin anew there; earlier paths stay.'))
    .toBeVisible();
  const canvas = document.querySelector('.picture-canvas') as HTMLCanvasElement;
  const start = () => (model.store.getState().experiment.game as unknown as { start: number[] }).start;
  const plane = opened.screen.getByRole('application', { name: /^The plane/ });
  const at = (x: number, y: number) => ({ x: canvas.clientWidth * x, y: canvas.clientHeight * y });
  await userEvent.click(plane, { position: at(0.75, 0.5) });
  expect(start()[0]).toBeGreaterThan(0.3);
  expect(Math.abs(start()[1])).toBeLessThan(0.1);
  await pastStep(opened, 3);
  expect(model.record.trail.theta(0)).toBe(start()[0]);

  model.pause();
  const [theta, phi] = start();
  canvas.focus();
  await userEvent.keyboard('{ArrowLeft}{ArrowUp}');
  expect(start()[0]).toBeLessThan(theta);
  expect(start()[1]).toBeGreaterThan(phi);
  await until(() => expect(model.record.frame?.step).toBe(0));
  await userEvent.keyboard('{Enter}');
  await pastStep(opened, 20);
  model.pause();
  const { ghosts, trail } = model.record;
  ghosts.clear();
  const launched = [trail.theta(0), trail.phi(0)];
  const { run } = model.record.frame!;
  // Where the start is dragged through nothing stays; where the run was left, its path does.
  await userEvent.dragAndDrop(plane, plane, { sourcePosition: at(0.3, 0.3), targetPosition: at(0.4, 0.7) });
  expect(start()[0]).toBeLessThan(0);
  expect(start()[1]).toBeLessThan(0);
  await until(() => {
    // The one before was as far.
    expect(model.record.frame!.run).toBeGreaterThan(run);
    expect(model.record.frame!.step).toBeGreaterThanOrEqual(20);
  });
  expect(ghosts.paths.map(([theta, phi]) => [theta, phi])).toEqual([launched]);
  change(model.store, 'scheme', { kind: 'extragradient' });
  expect(ghosts.paths.length).toBe(1);
  change(model.store, 'game.strength', 2);
  expect(ghosts.paths.length).toBe(0); // they led through another field
  await userEvent.click(plane, { position: at(0.8, 0.2) });
  expect(ghosts.paths.length).toBe(1);
  model.restart();
  expect(ghosts.paths.length).toBe(0);
});

test('Space plays and pauses after a click on a button too; where keys led to a button it presses that', async () => {
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  const { store } = opened.model;
  await walk(opened, 3);
  // What listens to keys is there.
  await until(() => expect(opened.screen.getByTestId('voice of keys').query()).not.toBeNull());
  const start = opened.screen.getByRole('button', { name: 'Back to start' });
  await start.click();
  await until(() => expect(opened.shownStep()).toBe(0));
  expect(document.activeElement).toBe(start.element());
  await userEvent.keyboard(' ');
  expect(store.getState().playing).toBe(true);
  await pastStep(opened, 5);
  await userEvent.keyboard(' ');
  expect(store.getState().playing).toBe(false);
  await until(() => expect(opened.model.isResting).toBe(true));
  expect(opened.shownStep()).toBeGreaterThanOrEqual(5); // it did not go back to the start
  // From there on by keys: space is the button's own again.
  await userEvent.keyboard('{Tab}{Shift>}{Tab}{/Shift}');
  expect(document.activeElement).toBe(start.element());
  await userEvent.keyboard(' ');
  await until(() => expect(opened.shownStep()).toBe(0));
  expect(store.getState().playing).toBe(false);
});

test('the first run is slow enough to be watched, and Faster leads to all that the machine can', async () => {
  await browser.viewport(1280, 800);
  const opened = await openPage('');
  const slider = opened.screen.getByRole('slider', { name: 'Speed' });
  expect(slider.element().getAttribute('aria-valuetext')).toBe('4 steps a picture');
  await pastStep(opened, 20);
  expect(opened.address()).toBe(''); // nobody has chosen it
  const faster = opened.screen.getByRole('button', { name: 'Faster' });
  await faster.click();
  expect(slider.element().getAttribute('aria-valuetext')).toBe('20 steps a picture');
  expect(opened.address()).toBe('speed=twenty');
  await faster.click();
  expect(slider.element().getAttribute('aria-valuetext')).toBe('full speed');
  expect(opened.address()).toBe('speed=full');
  await expect.element(faster).toBeDisabled();
});
