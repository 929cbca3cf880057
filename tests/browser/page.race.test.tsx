/** The race: several optimizers on the same game and the same random numbers, side by side. */
import { expect, test } from 'vitest';
import { openPage, pastStep, pixelsOf, until } from './openPage.tsx';

const lossesOf = ({ columns, length }: { columns: readonly Float64Array[]; length: number }) =>
  columns.map((column) => [...column.subarray(0, Math.min(length, 50))]);

test('a lane that is added begins as a copy, races on its own rule, and is in the link', async () => {
  const opened = await openPage('preset=bilinear');
  await pastStep(opened, 3);
  await opened.screen.getByRole('button', { name: 'Race another optimizer' }).click();
  await opened.screen.getByRole('combobox', { name: 'scheme', exact: true }).selectOptions('extragradient');
  expect(opened.address()).toContain('lane2.scheme=extragradient');
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
  for (const colour of ['lane-1', 'lane-2']) expect(pixelsOf(canvas, colour)).toBeGreaterThan(50);
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
  const waiting = second.frame?.step ?? 0;
  await until(() => expect(first.frame?.step).toBeGreaterThan(waiting + 30));
  expect(second.frame?.step).toBe(waiting);
  await tools.nth(1).getByRole('button', { name: 'Solo' }).click();
  await until(() => expect(second.frame?.step).toBeGreaterThan(waiting));
  await tools.nth(1).getByRole('button', { name: 'Remove' }).click();
  await until(() => expect(opened.address()).toBe('preset=dirac'));
  expect(store.getState().lanes).toHaveLength(1);
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
