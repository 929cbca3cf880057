/** Pictures of one's own: files dropped on the page, good and bad, played with, and kept over a reload. */
import { beforeEach, expect, test } from 'vitest';
import { page as browser } from 'vitest/browser';
import { offerOf } from '../../src/app/ownPictures/offer.ts';
import { change } from '../../src/app/store.ts';
import type { ReadFile } from '../../src/engine/prepare.ts';
import { connect } from '../../src/worker/client.ts';
import { serve } from '../../src/worker/host.ts';
import { keep, listKept, MOST_KEPT, readKept } from '../../src/worker/keptPictures.ts';
import type { Wire } from '../../src/worker/protocol.ts';
import { expectAccessible } from './audit.ts';
import { type OpenedPage, openPage, pastStep, until } from './openPage.tsx';
import { sheet } from './sheet.ts';

/** A small GAN on small pictures: it plays in no time. */
const quick =
  'game=images&game.batchSize=8&game.latentSize=4&game.generatorNetwork.hidden=8&game.discriminatorNetwork.hidden=8';
const made = `${quick}&game.dataset=bars`;

beforeEach(async () => {
  await browser.viewport(1280, 860);
  await new Promise((resolve) => {
    indexedDB.deleteDatabase('saddle.pictures').onsuccess = resolve;
  });
});

const datasetOf = ({ model }: OpenedPage) => {
  const { game } = model.store.getState().experiment;
  if (game.kind !== 'images') throw new Error('no pictures are played with');
  return game.dataset;
};
const reading = ({ model }: OpenedPage) => model.record.latest.pictures!.reading;

const word = (n: number) => [0, 0, n >>> 8, n & 255];
/** Pictures of 28 x 28, each of one brightness: 10, 20, 30 and so on. */
function idx(count: number): Uint8Array<ArrayBuffer> {
  const head = [0, 0, 8, 3, ...word(count), ...word(28), ...word(28)];
  const bytes = new Uint8Array(16 + count * 784);
  bytes.set(head);
  for (let i = 0; i < count; i++) bytes.fill(10 + 10 * i, 16 + 784 * i, 16 + 784 * (i + 1));
  return bytes;
}

const zipped = (bytes: Uint8Array<ArrayBuffer>) =>
  new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))).blob();

/** A CIFAR-10 batch of pictures in one colour each: a frog in green, a ship in blue. */
function cifar(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 * 3073);
  bytes.set([6], 0);
  bytes.fill(200, 1 + 1024, 1 + 2048);
  bytes.set([8], 3073);
  bytes.fill(200, 3074 + 2048, 3074 + 3072);
  return bytes;
}

async function plain(name: string, colour: string): Promise<File> {
  const canvas = new OffscreenCanvas(40, 30);
  const context = canvas.getContext('2d')!;
  context.fillStyle = colour;
  context.fillRect(0, 0, 40, 30);
  return new File([await canvas.convertToBlob()], name, { type: 'image/png' });
}

const drop = (...files: File[]) => dropOn(document.querySelector('.own-pictures')!, files);

function dropOn(target: Element, files: readonly File[]): void {
  const dataTransfer = new DataTransfer();
  for (const file of files) dataTransfer.items.add(file);
  for (const type of ['dragover', 'drop']) {
    target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
  }
}

async function open(address: string, options = {}): Promise<OpenedPage> {
  const opened = await openPage(address, options);
  await pastStep(opened, 3);
  await until(() => expect(document.querySelector('.own-pictures')).not.toBeNull());
  return opened;
}

test('an IDX file is dropped, looked at, brought to another size and played with; a reload still has it', async () => {
  const opened = await open(made);
  const { screen } = opened;
  drop(new File([idx(20)], 'my-idx3-ubyte'));
  await expect.element(screen.getByText('my-idx3-ubyte: 20 pictures.')).toBeVisible();
  await expect
    .element(screen.getByRole('img', { name: 'The first 20 pictures as they will be used: 28 × 28, grey.' }))
    .toBeVisible();
  expect(datasetOf(opened).kind).toBe('bars'); // looking changes nothing
  await screen.getByRole('combobox', { name: 'Size', exact: true }).selectOptions('8');
  await expect.element(screen.getByRole('img', { name: /8 × 8, grey/ })).toBeVisible();
  await screen.getByRole('button', { name: 'Use these' }).click();
  await until(() => expect(datasetOf(opened).kind).toBe('own'));
  await expect.element(screen.getByText(/^20 pictures of my-idx3-ubyte are played with/)).toBeVisible();
  await until(() =>
    expect(opened.text('verdict')).toMatch(/^There are no modes or classes to count here\. Losses/),
  );
  // Of all brightnesses, and no others.
  const isThese = (page: OpenedPage) => {
    const { real, side } = reading(page);
    expect(side).toBe(8);
    const shades = new Set([...real].map((value) => Math.round(127.5 * (value + 1))));
    expect(shades.size).toBeGreaterThan(5);
    for (const shade of shades) expect([shade % 10, shade >= 10, shade <= 200]).toEqual([0, true, true]);
  };
  await until(() => isThese(opened));
  await until(() =>
    expect(opened.address()).toMatch(
      /&history=1!\d+:game\.dataset:own~game\.dataset\.set:8-grey-[0-9a-f]{12}$/,
    ),
  );
  await expect
    .element(screen.getByRole('combobox', { name: 'which' }))
    .toHaveDisplayValue('my-idx3-ubyte, 20 pictures, 8 grey');

  // Another page with a worker of its own, as after a reload.
  const address = opened.address();
  opened.model.close();
  await screen.unmount();
  const again = await openPage(address);
  await pastStep(again, 3);
  await until(() => isThese(again));
});

test('a sheet of sprites is cut by the size that it seems to have, or another one, and is played in colour', async () => {
  const opened = await open(made);
  const { screen } = opened;
  drop(await sheet(14, 10, 5));
  await expect.element(screen.getByText('sprites.png: 50 pictures.')).toBeVisible();
  const tile = screen.getByRole('spinbutton', { name: 'Side of a tile, in pixels' });
  await expect.element(tile).toHaveValue(14);
  await tile.fill('28');
  await expect.element(screen.getByText(/^sprites\.png: 10 pictures\./)).toBeVisible();
  await expect
    .element(screen.getByText(/0 columns and 14 rows of pixels are left over at the edges\./))
    .toBeVisible();
  await tile.fill('14');
  await expect.element(screen.getByText('sprites.png: 50 pictures.')).toBeVisible();
  await screen.getByRole('button', { name: 'Use these' }).click();
  await until(() => {
    const { channels, side, real } = reading(opened);
    expect([channels, side]).toEqual([3, 14]);
    const middle = (7 * 14 + 7) * 3;
    expect(
      Math.abs(real[middle] - real[middle + 1]) + Math.abs(real[middle + 1] - real[middle + 2]),
    ).toBeGreaterThan(0.3);
  });
});

test('pictures and folders are decoded; what is no picture is left out, and told of', async () => {
  const opened = await open(made);
  const { screen } = opened;
  const inFolder = (folder: string, file: File) =>
    Object.defineProperty(file, 'webkitRelativePath', { value: `all/${folder}/${file.name}` });
  drop(
    inFolder('red', await plain('a.png', 'rgb(200 0 0)')),
    inFolder('blue', await plain('b.png', 'rgb(0 0 200)')),
    inFolder('blue', new File(['nothing'], 'c.png', { type: 'image/png' })),
    inFolder('red', new File(['words'], 'notes.txt')),
    inFolder('red', new File([''], '.DS_Store')),
  );
  await expect
    .element(
      screen.getByText(
        /^all: 2 pictures, of 2 classes\. notes\.txt is no picture and is left out\. c\.png cannot be decoded and is left out\.$/,
      ),
    )
    .toBeVisible();
  const { state } = offerOf(opened.model);
  if (state.stage !== 'ready' || !state.made) throw new Error('nothing was made');
  expect(state.choice).toEqual({ side: 28, channels: 3 });
  const { pixels, labels, classes } = state.made.images;
  expect(classes).toEqual(['blue', 'red']);
  expect([...labels]).toEqual([0, 1]);
  expect([...pixels.subarray(0, 3), ...pixels.subarray(28 * 28 * 3, 28 * 28 * 3 + 3)]).toEqual([
    0, 0, 200, 200, 0, 0,
  ]);

  drop(new File([cifar()], 'data_batch_1.bin'));
  await expect.element(screen.getByText(/^data_batch_1\.bin: 2 pictures, of \d+ classes\./)).toBeVisible();
  await expect
    .element(
      screen.getByRole('img', { name: 'The first 2 pictures as they will be used: 32 × 32, in colour.' }),
    )
    .toBeVisible();
});

test('a wrong file is answered with what was expected and found, and what is played goes on', async () => {
  const opened = await open(made);
  const { screen } = opened;
  const run = opened.model.record.frame!.run;
  drop(new File(['words'], 'notes.txt'));
  await expect
    .element(
      screen.getByText(
        /notes\.txt: expected an IDX file .*, but found 5 bytes of something else\. What is played goes on\./,
      ),
    )
    .toBeVisible();
  drop(new File([idx(4).slice(0, -1)], 'cut-idx3-ubyte'));
  await expect
    .element(
      screen.getByText(
        /cut-idx3-ubyte: expected 3152 bytes for the 4 pictures of 28 × 28 that it promises, but found 3151\./,
      ),
    )
    .toBeVisible();
  drop(new File(['nothing'], 'broken.png', { type: 'image/png' }));
  await expect
    .element(
      screen.getByText(
        /broken\.png: expected a picture that this browser can decode, but found something else\./,
      ),
    )
    .toBeVisible();
  await pastStep(opened, opened.shownStep() + 10);
  expect(opened.model.record.frame!.run).toBe(run);
  expect(datasetOf(opened).kind).toBe('bars');
});

test('a set that is not in this browser is told of; a run before it goes on, a page opened with it lives', async () => {
  const missing = '8-grey-0123456789ab';
  const words =
    /The pictures 8-grey-0123456789ab are in the browser where they were dropped, not in this one: drop them here again/;
  const opened = await open(made);
  const { model, screen } = opened;
  drop(new File([idx(3)], 'mine-idx3-ubyte'));
  await screen.getByRole('button', { name: 'Use these' }).click();
  await until(() => expect(reading(opened).side).toBe(28));
  const { experiment } = model.store.getState();
  const game = { ...experiment.game, dataset: { ...datasetOf(opened), set: missing } };
  model.store.setState(({ lanes }) => ({
    lanes: lanes.map((lane) => ({ ...lane, experiment: { ...experiment, game } as typeof experiment })),
  }));
  await expect.element(screen.getByText(words)).toBeVisible();
  await pastStep(opened, opened.shownStep() + 10);
  expect(reading(opened).side).toBe(28);
  model.close();
  await screen.unmount();

  const other = await openPage(`${quick}&game.dataset=own&game.dataset.set=${missing}`);
  await expect.element(other.screen.getByText(words)).toBeVisible();
  await until(() => expect(document.querySelector('.own-pictures')).not.toBeNull());
  drop(new File([idx(3)], 'mine-idx3-ubyte'));
  await other.screen.getByRole('button', { name: 'Use these' }).click();
  await until(() => expect(reading(other).side).toBe(28));
  expect(other.model.store.getState().failure).toBeUndefined();
});

test('files may be dropped anywhere, whatever is played: it goes on until they are used', async () => {
  const opened = await openPage('game=bilinear');
  const { model, screen } = opened;
  await pastStep(opened, 3);
  await until(() => expect(document.querySelector('.sharing')).not.toBeNull()); // listens from now on
  const { run } = model.record.frame!;
  const { lanes } = model.store.getState();
  const goesOn = async () => {
    await pastStep(opened, opened.shownStep() + 5);
    expect(model.record.frame!.run).toBe(run);
    expect(model.store.getState().lanes.map(({ experiment }) => experiment)).toEqual(
      lanes.map(({ experiment }) => experiment),
    );
  };
  const isSeen = (name: string) => {
    const { top, bottom } = screen.getByRole('button', { name }).element().getBoundingClientRect();
    expect(top).toBeGreaterThanOrEqual(0);
    expect(bottom).toBeLessThanOrEqual(innerHeight);
  };
  scrollTo(0, document.documentElement.scrollHeight);
  dropOn(document.body, [new File([idx(4).slice(0, -1)], 'cut-idx3-ubyte')]);
  await expect
    .element(screen.getByText(/cut-idx3-ubyte: expected 3152 bytes .* What is played goes on\./))
    .toBeVisible();
  await until(() => isSeen('Dismiss'));
  await goesOn();
  await screen.getByRole('button', { name: 'Dismiss' }).click();
  await until(() => expect(document.querySelector('.own-pictures')).toBeNull());

  const good = [new File([await zipped(idx(2))], 'mine-idx3-ubyte.gz')];
  dropOn(document.body, good);
  await expect.element(screen.getByText('mine-idx3-ubyte.gz: 2 pictures.')).toBeVisible();
  await until(() => isSeen('Leave them'));
  await goesOn();
  await screen.getByRole('button', { name: 'Leave them' }).click();
  await until(() => expect(document.querySelector('.own-pictures')).toBeNull());
  await goesOn();

  dropOn(document.body, good);
  const played: string[] = [];
  model.store.subscribe(({ experiment: { game } }) => {
    if ('dataset' in game) played.push(game.dataset.kind);
  });
  await screen.getByRole('button', { name: 'Use these' }).click();
  await until(() => expect(datasetOf(opened).kind).toBe('own'));
  expect(new Set(played)).toEqual(new Set(['own'])); // nothing else on the way
  await expect.element(screen.getByText(/^2 pictures of mine-idx3-ubyte\.gz are played with/)).toBeVisible();
  expect(document.querySelectorAll('.own-pictures')).toHaveLength(1);
});

test('where the column of the game is hidden, what became of dropped files is said above the picture', async () => {
  const opened = await openPage('game=bilinear&hide=game');
  const { screen } = opened;
  await pastStep(opened, 3);
  await until(() => expect(document.querySelector('.sharing')).not.toBeNull());
  dropOn(document.body, [new File(['nothing'], 'broken.png', { type: 'image/png' })]);
  await expect.element(screen.getByRole('alert')).toHaveTextContent('broken.png: expected a picture');
  dropOn(document.body, [new File([idx(2)], 'mine-idx3-ubyte')]);
  await expect.element(screen.getByRole('alert')).toHaveTextContent('wait in the column of the game');
  expect(opened.model.store.getState().experiment.game.kind).toBe('bilinear');
});

test('a few sets are kept, the newest', async () => {
  for (let i = 0; i < MOST_KEPT + 2; i++) {
    await keep({ set: `set ${i}`, title: `${i}`, count: i }, Uint8Array.of(i));
  }
  expect((await listKept()).map(({ title }) => title)).toEqual(['5', '4', '3', '2']);
  expect(await readKept('set 1')).toBeUndefined();
  expect(await readKept('set 5')).toEqual(Uint8Array.of(5));
  await keep({ set: 'set 2', title: '2', count: 2 }, Uint8Array.of(2)); // is new again
  expect((await listKept()).map(({ title }) => title)).toEqual(['2', '5', '4', '3']);
});

test('while a file loads the picture says which, and how much of it is there; one that fails is told of', async () => {
  let arrive: (() => void) | undefined;
  const read: ReadFile = async (file, onProgress) => {
    if (file.startsWith('fashion')) throw new Error(`the pictures of ${file} could not be loaded`);
    onProgress?.(0.4);
    await new Promise<void>((resolve) => {
      arrive = resolve;
    });
    return new Uint8Array(await (await fetch(`/data/${file}`)).arrayBuffer());
  };
  const start = () => {
    const { port1, port2 } = new MessageChannel();
    serve(port1 as unknown as Wire, read);
    return { ...connect(port2 as unknown as Wire), stop: () => port1.close() };
  };
  const opened = await open(made, { start });
  const { screen, model } = opened;
  change(model.store, 'game.dataset', 'mnist14');
  await expect.element(screen.getByText('Loading the pictures of MNIST, 14 × 14: 40 %')).toBeVisible();
  await expect
    .element(screen.getByRole('progressbar', { name: /^Loading the pictures of MNIST/ }))
    .toHaveAttribute('value', '0.4');
  await until(() => {
    arrive?.(); // the classifier comes after the pictures
    expect(reading(opened).side).toBe(14);
  });
  await until(() => expect(document.querySelector('.loading-pictures')).toBeNull());

  change(model.store, 'game.dataset', 'fashion28');
  await expect.element(screen.getByText(/The pictures of fashion28\.bin could not be loaded/)).toBeVisible();
  expect(document.querySelector('.loading-pictures')).toBeNull();
  await pastStep(opened, opened.shownStep() + 5);
  expect(reading(opened).side).toBe(14);
});

test.each(['light', 'dark'] as const)(
  'nothing of it stands in the way of assistive technology, %s',
  async (theme) => {
    await browser.viewport(360, 740);
    const opened = await open(made, { theme });
    opened.model.pause();
    drop(await sheet(16, 8, 4));
    await expect.element(opened.screen.getByText('sprites.png: 32 pictures.')).toBeVisible();
    const check = async () => {
      await expectAccessible();
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
    };
    await check();
    drop(new File(['words'], 'notes.txt'));
    await expect.element(opened.screen.getByText(/notes\.txt: expected/)).toBeVisible();
    await check();
  },
);
