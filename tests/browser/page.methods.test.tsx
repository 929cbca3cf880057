/** Choosing a whole optimizer by its name, and pasting the points that a GAN learns. */
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { openPage, pastStep } from './openPage.tsx';

test('a method that is chosen while a run plays sets the optimizer, and the run goes on', async () => {
  const opened = await openPage('preset=bilinear');
  await pastStep(opened, 5);
  const { run } = opened.model.record.frame!;
  const menu = opened.screen.getByRole('combobox', { name: 'Method', exact: true });
  const { game, seed } = opened.model.store.getState().experiment;

  await menu.selectOptions('Negative momentum');
  await expect.element(menu).toHaveValue('negativeMomentum');
  await expect.element(opened.screen.getByText(/the momentum that brakes a rotation/)).toBeVisible();
  await expect.element(opened.screen.getByText(/arXiv:1807.04740\), section 5/).first()).toBeVisible();
  const { experiment } = opened.model.store.getState();
  expect([experiment.game, experiment.seed]).toEqual([game, seed]);
  expect(experiment).toMatchObject({ scheme: { kind: 'alternating' }, generator: { momentum: -0.5 } });
  const { step } = opened.model.record.frame!;
  await pastStep(opened, step + 10);
  expect(opened.model.record.frame!.run).toBe(run);

  await opened.screen.getByRole('slider', { name: 'learning rate' }).first().fill('0');
  await expect.element(menu).toHaveValue('');
  await expect.element(menu).toHaveDisplayValue('your own mix');
});

test('pasted points are played, and what cannot be read is named by its line', async () => {
  const opened = await openPage('game.dataset=points&game.batchSize=8');
  await pastStep(opened, 2);
  const { run } = opened.model.record.frame!;
  const { screen, model } = opened;
  const field = screen.getByRole('textbox', { name: 'points' });
  const apply = screen.getByRole('button', { name: 'Apply' });
  const values = () => {
    const { game } = model.store.getState().experiment;
    return 'dataset' in game && 'values' in game.dataset ? game.dataset.values : undefined;
  };
  const before = values();
  await expect.element(field).toHaveValue('0, 1\n0.87, -0.5\n-0.87, -0.5\n0, 0');
  await expect.element(apply).toBeDisabled();

  await field.fill('nothing');
  await apply.click();
  const nonsense = screen.getByRole('status').filter({ hasText: 'Line' });
  await expect.element(nonsense).toHaveTextContent('The points before go on.');
  expect(values()).toEqual(before);

  await field.fill('1, 2\n3\n-4 5e-1');
  expect(nonsense.query()).toBeNull();
  await apply.click();
  await expect.element(nonsense).toHaveTextContent('Line 2: expected two numbers');
  await expect.element(nonsense).toHaveTextContent('The other 2 points are played.');
  await expect.element(field).toHaveAttribute('aria-invalid', 'true');
  expect(values()).toEqual([1, 2, -4, 0.5]);
  // The run goes on with them.
  await pastStep(opened, opened.shownStep() + 20);
  expect(model.record.frame!.run).toBe(run);

  await field.fill('1, 2\n3 4\n-4 5e-1');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(field).toHaveValue('1, 2\n3, 4\n-4, 0.5');
  await expect.element(field).toHaveAttribute('aria-invalid', 'false');
  expect(nonsense.query()).toBeNull();
  expect(values()).toEqual([1, 2, 3, 4, -4, 0.5]);
  expect(opened.address()).toMatch(
    /^game\.dataset=points&game\.batchSize=8&history=1!\d+:game\.dataset\.values:1,2,-4,0\.5!\d+::1,2,3,4,-4,0\.5$/,
  );
});
