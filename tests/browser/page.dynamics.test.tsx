/** The panels of dynamics: what they draw was measured, and what is done in them acts on the run. */
import { flushSync } from 'react-dom';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { change, changeProbe, openPanel } from '../../src/app/store.ts';
import { openPage, pastStep, pixelsOf, rest, until } from './openPage.tsx';

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

test('eigenvalues are written as numbers, and each dot says its own to a mouse and to keys', async () => {
  const opened = await openPage('preset=quadratic');
  const table = () => document.querySelector('[data-panel="eigenvalues"] table');
  await until(() => expect(table()?.querySelectorAll('tbody tr').length).toBe(1)); // a pair
  const row = () => [...table()!.querySelectorAll('tbody :is(th, td)')].map(({ textContent }) => textContent);
  // Attraction 0.2 and rotation 1 at a rate of 0.1: |1 - 0.02 - 0.1 i|.
  await until(() => expect(row()).toEqual(['0.2 ± 1i', '1.02', '0.9851', 'inside the region']));

  const plane = () => drawingOf('Eigenvalues of the Jacobian')!;
  plane().focus();
  await userEvent.keyboard('{ArrowRight}');
  await until(() =>
    expect(document.querySelector('[data-testid="chart voice"]')?.textContent).toBe(
      'λ = 0.2 ± 1i; |μ| = 0.9851: inside the region',
    ),
  );

  // A mouse on a dot sees a ring and a label in ink; beside it, there is none.
  await rest(opened);
  plane().blur();
  const { eigenvalues } = opened.model.record.latest.stabilityRegion!.reading;
  const view = opened.model.store.getState().probes.stabilityRegion as { centre: number[]; extent: number };
  const { clientWidth: width, clientHeight: height } = plane();
  const scale = width / (2 * (view.extent / 1.02)); // the square that is asked for reaches beyond what is seen
  const at = {
    x: width / 2 + (eigenvalues.re[0] - view.centre[0]) * scale,
    y: height / 2 - eigenvalues.im[0] * scale,
  };
  const ink = () => pixelsOf(plane(), 'ink');
  await userEvent.hover(plane(), { position: { x: 3, y: 3 } });
  await until(() => expect(ink()).toBe(0));
  await userEvent.hover(plane(), { position: at });
  await until(() => expect(ink()).toBeGreaterThan(20));
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

test('the stability map stays under the hand that presses and drags in it, and the run follows', async () => {
  const opened = await openPage('preset=quadratic');
  const { model, screen } = opened;
  await show(opened, 'Stability map');
  const reading = () => model.record.latest.stabilityMap!.reading;
  /** The first and the last column, and the first and the last row. */
  const placesOf = ({ rates, values }: Pick<ReturnType<typeof reading>, 'rates' | 'values'>) =>
    [rates[0], rates[rates.length - 1], values[0], values[values.length - 1]]
      .map((end) => end.toPrecision(9))
      .join();
  const chosen = () => {
    const { generator, discriminator, game } = model.store.getState().experiment as never as Record<
      string,
      Record<string, number>
    >;
    expect(generator.learningRate).toBe(discriminator.learningRate);
    return { rate: generator.learningRate, value: game.attraction };
  };
  const isNear = (all: Float64Array, wanted: number) =>
    all.some((each) => Math.abs(each - wanted) < 0.01 * wanted);
  await until(() => expect(reading().radius.length).toBe(256));
  await pastStep(opened, 20);
  await until(() => expect(drawingOf('spectral radius of a step')).toBeDefined());
  // Where its code comes after its first reading, the map is held with that one.
  const heldAt = () => model.store.getState().probes.stabilityMap?.rateRange;
  flushSync(() => openPanel(model.store, 'stabilityMap', false));
  changeProbe(model.store, 'stabilityMap', {});
  flushSync(() => openPanel(model.store, 'stabilityMap', true));
  const { rates, values, path } = reading(); // the one that is pressed
  expect(heldAt()).toEqual([rates[0], rates[rates.length - 1]]);
  /** Where all maps lie that are read from now on. */
  const places = new Set<string>();
  const unsubscribe = model.subscribe(() => {
    if (model.record.latest.stabilityMap) places.add(placesOf(reading()));
  });
  // Who presses in a map that was just let go holds it, before anything is asked of what is chosen with that.
  const map = drawingOf('spectral radius of a step')!;
  (screen.getByRole('button', { name: 'Centre' }).element() as HTMLElement).click();
  expect(heldAt()).toBeUndefined();
  map.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  expect(heldAt()).toEqual([rates[0], rates[rates.length - 1]]);
  expect(chosen().rate).not.toBe(0.1);
  const at = (x: number, y: number) => ({ x: map.clientWidth * x, y: map.clientHeight * y });
  // Found by what stays of its words: they tell of another step every few seconds.
  const element = screen.getByRole('application', { name: /spectral radius of a step/ });
  await userEvent.click(element, { position: at(0.5, 0.25) });
  const first = chosen();
  expect(path).toBe('game.attraction');
  expect([isNear(rates, first.rate), isNear(values, first.value)]).toEqual([true, true]);

  // Every reading is of the same places: what lies under the hand stays there.
  const after = async (act: () => Promise<void>) => {
    await act();
    const last = reading();
    await until(() => expect(reading()).not.toBe(last));
    await until(() => expect(reading().step).toBeGreaterThan(last.step));
  };
  await after(() =>
    userEvent.dragAndDrop(element, element, { sourcePosition: at(0.5, 0.25), targetPosition: at(0.85, 0.6) }),
  );
  const second = chosen();
  expect(second.rate).toBeGreaterThan(2 * first.rate);
  expect(second.value).toBeLessThan(first.value);
  expect([...places]).toEqual([placesOf({ rates, values })]);
  unsubscribe();
  expect(model.record.frame!.run).toBe(0);
  expect(opened.address()).not.toContain('Range');

  // It is laid anew when that is asked for, and when a choice leaves it.
  const middle = () => reading().rates[7] / chosen().rate;
  const about = async (act: () => Promise<void> | void) => {
    await act();
    await until(() => expect(Math.abs(Math.log(middle()))).toBeLessThan(0.5));
  };
  await about(() => screen.getByRole('button', { name: 'Centre' }).click());
  await about(() => {
    for (const player of ['generator', 'discriminator']) change(model.store, `${player}.learningRate`, 1e-4);
  });
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

test('layers of the generator are read when they are shown; a spectrum that is too large is not', async () => {
  const opened = await openPage();
  await pastStep(opened, 20);
  await show(opened, 'Spectrum of the step');
  await until(() =>
    expect(drawingOf('about the unit circle')?.getAttribute('aria-label')).toMatch(
      /The run is \d+ numbers, its memories included; up to 256 are looked at\. Of the field alone, “Eigenvalues” finds/,
    ),
  );
  expect(opened.model.record.latest.manifold).toBeUndefined();
  await opened.screen.getByRole('button', { name: 'generator’s map' }).click();
  await opened.screen.getByRole('button', { name: 'where samples are pushed' }).click();
  await until(() => {
    expect(opened.model.record.latest.manifold?.reading.rows).toBe(20);
    expect(opened.model.record.latest.criticGradient?.reading.pushes.length).toBeGreaterThan(0);
  });
});
