/** The panels of dynamics: what they draw was measured, and what is done in them acts on the run. */
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { openPage, pastStep, until } from './openPage.tsx';

type Opened = Awaited<ReturnType<typeof openPage>>;
const show = ({ screen }: Opened, name: string) =>
  screen.getByRole('toolbar', { name: 'Panels' }).getByRole('button', { name, exact: true }).click();
const drawingOf = (words: string) =>
  [...document.querySelectorAll('canvas')].find((canvas) =>
    canvas.getAttribute('aria-label')?.includes(words),
  );

test('eigenvalues stand in the region of the chosen rate, and leave it when the rate is too large', async () => {
  const opened = await openPage('preset=quadratic');
  const words = () => drawingOf('Eigenvalues of the Jacobian')?.getAttribute('aria-label') ?? '';
  await until(() => expect(words()).toContain('It is stable up to a rate of 0.3846'));
  expect(words()).toContain('fastest at 0.192');
  const { radius } = opened.model.record.latest.stabilityRegion!.reading;
  expect(radius.some((value) => value < 1) && radius.some((value) => value > 1)).toBe(true);
  await opened.screen.getByRole('combobox', { name: 'scheme', exact: true }).selectOptions('extragradient');
  await until(() => expect(words()).toContain('It is stable up to a rate of 1.262'));
});

test('the spectrum of the step says whether the run is drawn in, memories included', async () => {
  const opened = await openPage('preset=bilinear&scheme=optimistic');
  await show(opened, 'Spectrum of the step');
  await until(() => {
    const reading = opened.model.record.latest.updateSpectrum?.reading;
    expect(reading?.size).toBe(4);
    expect(reading?.radiusPerStep).toBeCloseTo(0.994936153, 8);
  });
  await until(() =>
    expect(drawingOf('about the unit circle')?.getAttribute('aria-label')).toContain('drawn in'),
  );
});

test('pressing in the stability map plays there, and the run goes on', async () => {
  const opened = await openPage('preset=quadratic');
  await show(opened, 'Stability map');
  await until(() => expect(opened.model.record.latest.stabilityMap?.reading.radius.length).toBe(256));
  await pastStep(opened, 20);
  await until(() => expect(drawingOf('spectral radius of a step')).toBeDefined());
  const map = drawingOf('spectral radius of a step')!;
  await userEvent.click(map, { position: { x: map.clientWidth * 0.5, y: map.clientHeight * 0.25 } });
  const { experiment } = opened.model.store.getState();
  const { rates, values, path } = opened.model.record.latest.stabilityMap!.reading;
  const { generator, discriminator, game } = experiment as unknown as Record<string, Record<string, number>>;
  expect(generator.learningRate).toBe(discriminator.learningRate);
  expect([...rates].some((rate) => Math.abs(rate / generator.learningRate - 1) < 0.01)).toBe(true);
  expect(path).toBe('game.attraction');
  expect([...values].some((value) => Math.abs(value - game.attraction) < 0.01)).toBe(true);
  expect(opened.model.record.frame!.run).toBe(0);
});

test('a GAN’s outermost eigenvalues follow its training; all of them come when asked for, or are given up', async () => {
  const opened = await openPage('game.generatorNetwork.hidden=8&game.discriminatorNetwork.hidden=8');
  await show(opened, 'Eigenvalues');
  const { latest } = opened.model.record;
  await until(() =>
    expect(opened.model.record.latest.leadingSpectrum?.reading.re.length).toBeGreaterThan(19),
  );
  expect(latest.spectrum).toBeUndefined();
  const all = opened.screen.getByRole('button', { name: 'All eigenvalues' });
  await all.click();
  await until(() => expect(opened.model.record.latest.spectrum).toBeDefined());
  const reading = opened.model.record.latest.spectrum!.reading;
  expect('re' in reading && reading.re?.length).toBe(reading.size);
  await until(() => expect(opened.model.store.getState().wantsSpectrum).toBe(false));
  await until(() =>
    expect(drawingOf('Eigenvalues of the Jacobian')?.getAttribute('aria-label')).toMatch(/push away/),
  );
});

test('panels of samples show what perfect ones would score, and nothing is read while they are closed', async () => {
  const opened = await openPage();
  await pastStep(opened, 50);
  expect(opened.model.record.latest.distances).toBeUndefined();
  for (const name of ['Distances to the data', 'Precision and recall', 'Modes over time', 'Path angle']) {
    await show(opened, name);
  }
  await until(() => {
    const { distances, fidelity, pathAngle } = opened.model.record.latest;
    expect(distances?.reading.floor.w1.mean).toBeGreaterThan(0);
    expect(fidelity?.reading.floor.recall.mean).toBeGreaterThan(0.9);
    expect(pathAngle?.reading.alphas.length).toBe(100);
  });
  await until(() => expect(opened.model.record.histograms!.length).toBeGreaterThan(1));
});

test('the gradients’ panel reads every lane of a race', async () => {
  const opened = await openPage('preset=bilinear&lane2.scheme=extragradient');
  await show(opened, 'Gradients and steps');
  const records = opened.model.store.getState().lanes.map((lane) => opened.model.recordOf(lane));
  await until(() => {
    for (const record of records) expect(record.figuresOf('gradientNorms').length).toBeGreaterThan(1);
  });
});

test('layers of the generator are read when they are shown', async () => {
  const opened = await openPage();
  await pastStep(opened, 20);
  expect(opened.model.record.latest.manifold).toBeUndefined();
  await opened.screen.getByRole('button', { name: 'generator’s map' }).click();
  await opened.screen.getByRole('button', { name: 'where samples are pushed' }).click();
  await until(() => {
    expect(opened.model.record.latest.manifold?.reading.rows).toBe(20);
    expect(opened.model.record.latest.criticGradient?.reading.pushes.length).toBeGreaterThan(0);
  });
});
