/** Data by hand: drawn, dragged, dropped and chosen by their pictures, while a GAN goes on learning. */
import { beforeEach, expect, test, vi } from 'vitest';
import { page as browser, userEvent } from 'vitest/browser';
import { readAddress } from '../../src/app/address.ts';
import { expectAccessible } from './audit.ts';
import { type OpenedPage, openPage, pastStep, until } from './openPage.tsx';

const quick = 'game.batchSize=16&game.generatorNetwork.hidden=8&game.discriminatorNetwork.hidden=8';

beforeEach(async () => {
  await browser.viewport(1280, 860);
  // Pointers that a test makes up cannot be captured.
  vi.spyOn(Element.prototype, 'setPointerCapture').mockImplementation(() => {});
});

const datasetOf = ({ model }: OpenedPage) => {
  const { game } = model.store.getState().experiment;
  if (!('dataset' in game)) throw new Error('this game has no dataset');
  return game.dataset as { kind: string } & Record<string, unknown>;
};
const real = ({ model }: OpenedPage) => model.record.latest.samples!.reading.real;
const runOf = ({ model }: OpenedPage) => model.record.frame!.run;

function point(target: Element, type: string, x: number, y: number, more: PointerEventInit = {}): void {
  target.dispatchEvent(
    new PointerEvent(type, {
      bubbles: true,
      cancelable: true,
      clientX: x,
      clientY: y,
      pointerId: 7,
      pointerType: 'mouse',
      buttons: 1,
      ...more,
    }),
  );
}

/** A stroke between two places of the pad, in shares of its square from the lower left. */
function stroke(from: readonly number[], to: readonly number[], more: PointerEventInit = {}): void {
  const pad = document.querySelector('.pad')!;
  const box = document.querySelector('.pad-canvas')!.getBoundingClientRect();
  const x = (at: readonly number[]) => box.left + at[0] * box.width;
  const y = (at: readonly number[]) => box.bottom - at[1] * box.height;
  point(pad, 'pointerdown', x(from), y(from), more);
  point(pad, 'pointermove', x(to), y(to), more);
  point(pad, 'pointerup', x(to), y(to), more);
}

/** The step count goes on, in the same run. */
async function goesOn(opened: OpenedPage, act: () => Promise<void> | void): Promise<void> {
  const [run, step] = [runOf(opened), opened.model.record.frame!.step];
  await act();
  await pastStep(opened, step + 20);
  expect(runOf(opened)).toBe(run);
}

test('a density is drawn where its samples then lie, undone, erased and done again; the run goes on', async () => {
  const opened = await openPage(quick);
  await pastStep(opened, 20);
  const { screen } = opened;
  await screen.getByRole('button', { name: 'Draw data' }).click();
  await until(() => expect(document.querySelector('.pad-canvas')).not.toBeNull());
  expect(datasetOf(opened).kind).toBe('ring'); // looking changes nothing
  await goesOn(opened, async () => {
    await screen.getByRole('button', { name: 'Clear' }).click();
    stroke([0.2, 0.8], [0.8, 0.8]);
  });
  const drawing = datasetOf(opened);
  expect(drawing.kind).toBe('drawn');
  const reach = drawing.reach as number;
  const isInBand = () => {
    const positions = real(opened);
    for (let i = 0; i < positions.length; i += 2) {
      expect(Math.abs(positions[i] / reach)).toBeLessThan(0.85);
      expect(Math.abs(positions[i + 1] / reach - 0.6)).toBeLessThan(0.25);
    }
  };
  await until(isInBand);

  // Erased on the right: nothing lies there.
  await screen.getByRole('button', { name: 'Eraser' }).click();
  stroke([0.6, 0.8], [0.95, 0.8]);
  await screen.getByRole('slider', { name: 'Size', exact: true }).fill('0.3');
  stroke([0.75, 0.8], [0.95, 0.8]);
  await until(() => {
    const positions = real(opened).filter((_, i) => i % 2 === 0);
    expect(Math.max(...positions) / reach).toBeLessThan(0.35);
    isInBand();
  });

  // Undone by button and by keys, and done again.
  await screen.getByRole('button', { name: 'Undo the last stroke' }).click();
  await screen.getByRole('button', { name: 'Undo the last stroke' }).click();
  expect(datasetOf(opened)).toEqual(drawing);
  (document.querySelector('.pad') as HTMLElement).focus();
  await userEvent.keyboard('{Control>}z{/Control}');
  await userEvent.keyboard('{Control>}z{/Control}');
  await until(() => expect(datasetOf(opened).kind).toBe('ring'));
  await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}{Control>}y{/Control}');
  await until(() => expect(datasetOf(opened)).toEqual(drawing));
  // The link begins with the ring, and has the drawing where it was made, digit by digit; in the end that is what is drawn.
  await until(() => {
    const { experiments, courses, problems } = readAddress(opened.address());
    expect(problems).toEqual([]);
    expect(experiments[0].game).toMatchObject({ dataset: { kind: 'ring' } });
    expect(courses?.[0]?.settings.at(-1)?.experiment.game).toMatchObject({ dataset: drawing });
  });
  expect(opened.address()).toMatch(/&history=1!\d+:game\.dataset:drawn~game\.dataset\.weights:\d(,\d)+/);

  await userEvent.keyboard('{Escape}');
  await until(() => expect(document.querySelector('.pad')).toBeNull());
});

test('a density is drawn by keyboard and by pen', async () => {
  const opened = await openPage(`${quick}&game.dataset=drawn`);
  await pastStep(opened, 5);
  const { screen } = opened;
  await screen.getByRole('button', { name: 'Draw in the picture' }).click();
  await until(() => expect(document.activeElement).toBe(document.querySelector('.pad')));
  await screen.getByRole('combobox', { name: 'Grid', exact: true }).selectOptions('8');
  await screen.getByRole('button', { name: 'Clear' }).click();
  await screen.getByRole('slider', { name: 'Size', exact: true }).fill('0.02');
  (document.querySelector('.pad') as HTMLElement).focus();
  const step = opened.shownStep();
  await userEvent.keyboard(
    '{Shift>}{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowDown}{ArrowDown}{ArrowDown}{/Shift}{ArrowRight} ',
  );
  await until(() => {
    const weights = datasetOf(opened).weights as number[];
    expect(weights.length).toBe(64);
    expect(weights.flatMap((weight, at) => (weight > 0 ? [at] : []))).toEqual([1]);
  });
  await pastStep(opened, step); // Space painted and did not pause
  expect(opened.model.store.getState().playing).toBe(true);
  await userEvent.keyboard('{Delete}');
  await until(() => expect(datasetOf(opened).weights).toEqual(new Array(64).fill(0)));
  await expect.element(screen.getByText('Nothing is drawn: every place is as likely.')).toBeVisible();

  await screen.getByRole('slider', { name: 'Size', exact: true }).fill('0.3');
  stroke([0.3, 0.3], [0.3, 0.3], { pointerType: 'pen', pressure: 0.3 });
  await until(() => expect((datasetOf(opened).weights as number[])[2 * 8 + 2]).toBe(3));
  stroke([0.7, 0.7], [0.7, 0.7], { pointerType: 'pen', pressure: 1 });
  const marks = () => {
    const weights = datasetOf(opened).weights as number[];
    return [weights[2 * 8 + 2], weights[5 * 8 + 5]];
  };
  await until(() => expect(marks()).toEqual([3, 9]));

  // A palm beside the pen draws nothing, whichever comes first, nor does a second finger end a stroke.
  await screen.getByRole('button', { name: 'Clear' }).click();
  await screen.getByRole('slider', { name: 'Size', exact: true }).fill('0.02');
  const pad = document.querySelector('.pad')!;
  const box = document.querySelector('.pad-canvas')!.getBoundingClientRect();
  const at = (type: string, share: readonly number[], more: PointerEventInit) =>
    point(pad, type, box.left + share[0] * box.width, box.bottom - share[1] * box.height, more);
  const palm = { pointerId: 21, pointerType: 'touch' };
  const pen = { pointerId: 22, pointerType: 'pen', pressure: 1 };
  const other = { pointerId: 23, pointerType: 'touch' };
  at('pointerdown', [0.95, 0.05], palm);
  at('pointerdown', [0.05, 0.95], pen);
  at('pointermove', [0.94, 0.06], palm);
  at('pointerdown', [0.95, 0.95], other);
  at('pointermove', [0.3, 0.95], pen);
  at('pointerup', [0.95, 0.05], palm);
  at('pointerup', [0.95, 0.95], other);
  at('pointerup', [0.3, 0.95], pen);
  await until(() => {
    const drawn = (datasetOf(opened).weights as number[]).flatMap((weight, i) => (weight > 0 ? [i] : []));
    expect(drawn).toEqual([56, 57, 58]);
  });
});

test('Gaussians are dragged, moved by keys, weighted, added and removed; samples follow', async () => {
  const opened = await openPage(`${quick}&game.dataset=gaussians`);
  await pastStep(opened, 20);
  const { screen } = opened;
  const centres = () => datasetOf(opened).centres as number[];
  const first = screen.getByRole('button', { name: /^Gaussian 1 of 2, at \(1, 0\)$/ });
  await expect.element(first).toBeVisible();
  await goesOn(opened, () => {
    const handle = first.element();
    const box = handle.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    point(handle, 'pointerdown', x, y);
    point(handle, 'pointerdown', x + 4, y, { pointerId: 8, pointerType: 'touch' });
    for (let i = 1; i <= 20; i++) {
      point(handle, 'pointermove', x - 6 * i, y + 3 * i);
      point(handle, 'pointermove', x + 200, y - 200, { pointerId: 8, pointerType: 'touch' }); // another finger
    }
    point(handle, 'pointerup', x + 200, y - 200, { pointerId: 8, pointerType: 'touch' });
    point(handle, 'pointerup', x - 120, y + 60);
  });
  const [x, y] = centres();
  expect(x).toBeLessThan(0.5);
  expect(y).toBeCloseTo((x - 1) / 2, 1); // along the line of the hand
  await until(() => {
    const positions = real(opened);
    let near = 0;
    for (let i = 0; i < positions.length; i += 2) {
      if (Math.hypot(positions[i] - x, positions[i + 1] - y) < 0.5) near += 1;
    }
    expect(near / (positions.length / 2)).toBeGreaterThan(0.45);
    expect(opened.model.record.latest.modes!.reading.total).toBe(2);
  });

  (screen.getByRole('button', { name: /^Gaussian 2 of 2/ }).element() as HTMLElement).focus();
  const before = centres();
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowUp}');
  await until(() => {
    expect(centres()[2]).toBeLessThan(before[2]);
    expect(centres()[3]).toBeGreaterThan(before[3]);
    expect(centres().slice(0, 2)).toEqual(before.slice(0, 2));
  });
  await userEvent.keyboard('+++');
  await until(() => expect(datasetOf(opened).weights).toEqual([1, 1.3]));
  await expect.element(screen.getByRole('button', { name: /^Gaussian 2 of 2.*weight 1\.3$/ })).toBeVisible();

  await screen.getByRole('button', { name: 'Add a Gaussian' }).click();
  await until(() => expect(centres().length).toBe(6));
  document.querySelector('.picture-canvas')!.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
  await until(() => expect(centres().length).toBe(8));
  await screen.getByRole('button', { name: 'Remove Gaussian 4' }).click();
  await until(() => expect(centres().length).toBe(6));
  await until(() => expect(opened.model.record.latest.modes!.reading.total).toBe(3));

  const { spread } = datasetOf(opened);
  (screen.getByRole('slider', { name: 'Spread of all Gaussians' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  await until(() => expect(datasetOf(opened).spread as number).toBeGreaterThan(spread as number));
});

function dropOn(target: Element, ...files: File[]): void {
  const dataTransfer = new DataTransfer();
  for (const file of files) dataTransfer.items.add(file);
  for (const type of ['dragover', 'drop']) {
    target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
  }
}

test('a file of points is dropped, its columns chosen and fitted; a bad one is answered by its lines', async () => {
  const opened = await openPage(`${quick}&game.dataset=points`);
  await pastStep(opened, 20);
  const { screen } = opened;
  await until(() => expect(document.querySelector('.points')).not.toBeNull());
  const zone = document.querySelector('.points')!;
  const values = () => datasetOf(opened).values as number[];
  await goesOn(opened, async () => {
    dropOn(zone, new File(['height,weight,age\n10,20,1\n30,25,2\n'], 'people.csv'));
    await until(() => expect(values()).toEqual([10, 20, 30, 25]));
  });
  await expect.element(screen.getByText('From people.csv.')).toBeVisible();
  await expect.element(screen.getByText('The first line is a header: height, weight, age.')).toBeVisible();
  await until(() => {
    expect(real(opened).length).toBeGreaterThan(0);
    expect([...real(opened)].every((value) => value > 9 && value < 31)).toBe(true);
  });
  await screen.getByRole('combobox', { name: 'y: which column' }).selectOptions('age');
  await until(() => expect(values()).toEqual([10, 1, 30, 2]));
  await screen.getByRole('button', { name: 'Fit to the plane' }).click();
  await until(() => expect(values()).toEqual([-1, -0.05, 1, 0.05]));

  dropOn(document.querySelector('.points')!, new File(['1,2\n3,oops\n5,6'], 'bad.csv'));
  await expect
    .element(screen.getByText('Line 2: expected a number in column 2, but found "oops".'))
    .toBeVisible();
  expect(values()).toEqual([1, 2, 5, 6]);
  dropOn(document.querySelector('.points')!, new File(['no numbers at all'], 'words.txt'));
  await expect.element(screen.getByText(/^words\.txt: expected two columns of numbers/)).toBeVisible();
  expect(values()).toEqual([1, 2, 5, 6]);
});

test('datasets are chosen by their pictures while the run goes on; a drawing is there when one comes back', async () => {
  const opened = await openPage(`${quick}&game.dataset=drawn&game.dataset.weights=0,0,1,0`);
  await pastStep(opened, 20);
  const { screen } = opened;
  const radio = (name: string | RegExp) => screen.getByRole('radio', { name });
  await until(() => expect(document.querySelectorAll('.dataset svg path').length).toBe(10));
  await goesOn(opened, async () => {
    await radio('Two moons').click();
    await until(() => expect(datasetOf(opened).kind).toBe('moons'));
    await userEvent.keyboard('{ArrowRight}');
    await until(() => expect(datasetOf(opened).kind).toBe('swissRoll'));
    await radio('Drawn density').click();
    await until(() => expect(datasetOf(opened).weights).toEqual([0, 0, 1, 0]));
  });
  // Each of them is a mark on the timeline.
  expect(opened.model.record.settings.length).toBeGreaterThan(2);
  const run = runOf(opened);
  await radio(/on a line, of another dimension: the run begins anew/).click();
  await until(() => expect(runOf(opened)).toBeGreaterThan(run));
});

test.each(['light', 'dark'] as const)(
  'nothing of it stands in the way of assistive technology, %s',
  async (theme) => {
    await browser.viewport(360, 740);
    for (const address of ['game.dataset=gaussians', 'game.dataset=points', 'game.dataset=drawn']) {
      const opened = await openPage(`${quick}&${address}`, { theme });
      await pastStep(opened, 3);
      opened.model.pause();
      await until(() => expect(document.querySelectorAll('.dataset svg path').length).toBe(10));
      const check = async () => {
        await expectAccessible();
        expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
      };
      await check();
      if (address.endsWith('drawn')) {
        await opened.screen.getByRole('button', { name: 'Draw data' }).click();
        await until(() => expect(document.querySelector('.pad')).not.toBeNull());
        await check();
      }
      opened.model.close();
      await opened.screen.unmount();
    }
  },
);
