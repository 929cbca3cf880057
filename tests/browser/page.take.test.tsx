/** What is taken away opens in what it is for: pictures, numbers, films, and checkpoints that a run goes on from. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { page as browser, commands, userEvent } from 'vitest/browser';
import { fittingPanels, type Panel } from '../../src/app/panels.ts';
import { change } from '../../src/app/store.ts';
import { videoKind } from '../../src/app/take/film.ts';
import { layOut, svgOf } from '../../src/app/take/paintSheet.ts';
import { pictureFrame, sheetOf } from '../../src/app/take/sheet.ts';
import { panelTable } from '../../src/app/take/tables.ts';
import { expectAccessible } from './audit.ts';
import { type OpenedPage, openPage, pass, pastStep, rest, settle, until } from './openPage.tsx';

interface Download {
  readonly name: string;
  readonly blob: Blob;
}

/** What the page hands to the browser from now on, instead of the browser's own folder. */
function catchDownloads(): { next(act: () => unknown): Promise<Download> } {
  const caught: Promise<Download>[] = [];
  const listen = (event: MouseEvent) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[download]');
    if (!link) return;
    event.preventDefault();
    const { href, download: name } = link;
    caught.push(fetch(href).then(async (answer) => ({ name, blob: await answer.blob() })));
  };
  document.addEventListener('click', listen, true);
  onTestFinished(() => document.removeEventListener('click', listen, true));
  return {
    async next(act) {
      const before = caught.length;
      await act();
      await until(() => expect(caught.length).toBeGreaterThan(before));
      return caught[before];
    },
  };
}

/** The pixels of a picture, wherever it comes from. */
async function drawn(source: Blob | HTMLImageElement, width?: number, height?: number) {
  const image = source instanceof Blob ? await createImageBitmap(source) : source;
  const canvas = document.createElement('canvas');
  canvas.width = width ?? image.width;
  canvas.height = height ?? image.height;
  const context = canvas.getContext('2d')!;
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const colours = new Set(new Uint32Array(data.buffer));
  return { width: canvas.width, height: canvas.height, colours: colours.size, data };
}

/** An SVG as a browser shows it in an <img>, where it may load nothing. */
async function shown(svg: Blob) {
  const image = new Image();
  image.src = URL.createObjectURL(svg);
  await image.decode();
  URL.revokeObjectURL(image.src);
  return drawn(image);
}

/** The share of channels that differ noticeably. */
function apart(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  let found = 0;
  for (let i = 0; i < a.length; i++) if (Math.abs(a[i] - b[i]) > 64) found += 1;
  return found / a.length;
}

const menuOf = (opened: OpenedPage) => opened.screen.getByRole('dialog', { name: 'Take away', exact: true });
async function openMenu(opened: OpenedPage) {
  await opened.screen.getByRole('button', { name: 'Take away', exact: true }).click();
  const menu = menuOf(opened);
  await expect.element(menu.getByRole('button', { name: 'NPZ' })).toBeVisible();
  return menu;
}

/** Every panel that fits is open. */
async function openAllPanels(opened: OpenedPage): Promise<Panel['name'][]> {
  const { store } = opened.model;
  const names = fittingPanels(store.getState()).map(({ name }) => name);
  store.setState({ panels: Object.fromEntries(names.map((name) => [name, true])) });
  await until(() => expect(document.querySelectorAll('figure[data-panel]')).toHaveLength(names.length));
  return names;
}

/** What is played, and the panels that have nothing to show of it. */
const games: readonly [game: string, address: string, empty?: readonly Panel['name'][]][] = [
  ['a GAN in the plane, raced', 'lane2.generator.learningRate=0.002', ['update']], // the spectrum of a step is for fewer numbers
  ['an analytic game', 'preset=bilinear&averaging=uniform'],
  ['a matrix game', 'preset=rps'],
  ['domain adaptation', 'preset=domains'],
  ['samples on a line', 'preset=landscape', ['update']],
  ['small pictures', 'game=images&game.batchSize=16', ['update']],
  ['many parameters', 'game=randomQuadratic&generator=sgd&discriminator=sgd'],
];

/** Long readings of all panels at once may take more than a minute on two busy cores. */
const readings = { timeout: 150_000, interval: 100 };

test.each(games)(
  'every panel of %s is taken away as PNG, SVG and CSV',
  {
    timeout: 360_000,
  },
  async (_, address, empty = []) => {
    await browser.viewport(1200, 900);
    const opened = await openPage(address);
    opened.model.store.setState({ hidden: new Set() });
    await pastStep(opened, 20);
    const names = await openAllPanels(opened);
    await pastStep(opened, 40);
    // Nothing else is computed now than what the panels have asked for.
    opened.model.pause();
    const isEmpty = (name: Panel['name']) => [...panelTable(opened.model, name).table.rows].length === 0;
    await vi.waitFor(() => {
      expect(names.filter(isEmpty)).toEqual(empty);
      expect(opened.model.isResting).toBe(true); // what is taken twice is the same
    }, readings);
    await settle();
    const downloads = catchDownloads();
    for (const name of names) {
      const figure = document.querySelector<HTMLElement>(`figure[data-panel=${name}]`)!;
      await until(() => expect(figure.querySelector('.take-panel')).not.toBeNull());
      const menu = figure.querySelector<HTMLElement>('[popover]')!;
      const press = (words: string) => {
        figure.querySelector<HTMLButtonElement>('.take-panel')!.click();
        [...menu.querySelectorAll('button')].find(({ textContent }) => textContent === words)!.click();
      };
      const table = await downloads.next(() => press('CSV'));
      menu.hidePopover();
      expect(table.name).toMatch(/^saddle-.+-seed0-step\d+-\w+\.csv$/);
      const rows = (await table.blob.text())
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'));
      expect(rows.length > 1, name).toBe(!empty.includes(name));
      if (name === 'film')
        expect(rows[0]).toMatch(address.includes('images') ? /picture,pixel\.0,.*pixel\.63$/ : /step,x,y$/);
      const title = figure.querySelector('h3')!.textContent!;
      const sheet = sheetOf(figure, opened.model, title)!;
      const { width, height } = layOut(sheet);
      const png = await downloads.next(() => press('PNG'));
      menu.hidePopover();
      expect(png.name).toMatch(new RegExp(`^saddle-.+-seed0-step\\d+-${name}\\.png$`));
      const pixels = await drawn(png.blob);
      expect([pixels.width, pixels.height], name).toEqual([2 * width, 2 * height]);
      expect(pixels.colours, name).toBeGreaterThan(20);
      const svg = await downloads.next(() => press('SVG'));
      menu.hidePopover();
      await expectSvg(svg.blob, title, name);
      expect([...svgOf(sheet).missed], name).toEqual([]);
      // Both show the same.
      const image = await shown(svg.blob);
      expect([image.width, image.height]).toEqual([width, height]);
      const small = await drawn(png.blob, width, height);
      // Where there is text alone, all that is inked has edges, and they are smoothed differently.
      const most = figure.querySelector('canvas') ? 0.02 : 0.05;
      expect(apart(image.data, small.data), name).toBeLessThan(most);
    }

    // The picture, from the menu of the strip.
    const menu = await openMenu(opened);
    const sheet = sheetOf(pictureFrame()!, opened.model)!;
    const png = await downloads.next(() => menu.getByRole('button', { name: 'PNG' }).click());
    const pixels = await drawn(png.blob);
    expect([pixels.width, pixels.height]).toEqual([2 * layOut(sheet).width, 2 * layOut(sheet).height]);
    expect(pixels.colours).toBeGreaterThan(50);
    const svg = await downloads.next(() => menu.getByRole('button', { name: 'SVG' }).click());
    await expectSvg(svg.blob, sheet.title, 'picture');
    expect([...svgOf(sheet).missed]).toEqual([]);
    const image = await shown(svg.blob);
    expect(apart(image.data, (await drawn(png.blob, image.width, image.height)).data)).toBeLessThan(0.02);
  },
);

/** A document that says what it is, and has no number that is none; text is text. */
async function expectSvg(blob: Blob, title: string, name: string): Promise<void> {
  expect(blob.type).toBe('image/svg+xml');
  const text = await blob.text();
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
  expect(parsed.querySelector('parsererror'), name).toBeNull();
  expect(parsed.querySelector('title')!.textContent).toContain(title);
  expect([...parsed.querySelectorAll('text')].map((each) => each.textContent)).toContain(title);
  // Words may say so, and pixels as letters spell anything.
  const numbers = text.replace(/<(title|desc|text)[\s\S]*?<\/\1>|data:[^"]*/g, '');
  expect(numbers).not.toMatch(/NaN|Infinity|undefined/);
}

test('samples in an SVG are circles and squares, not pixels', async () => {
  const opened = await openPage('preset=ring');
  await pastStep(opened, 10);
  await rest(opened);
  const { width } = document.querySelector('.picture-canvas')!.getBoundingClientRect();
  expect(width).toBeGreaterThan(100);
  await until(() => expect(opened.model.record.latest.samples).toBeDefined());
  const text = await svgOf(sheetOf(pictureFrame()!, opened.model)!).blob.text();
  const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
  expect(svg.querySelectorAll('use').length).toBeGreaterThan(100);
  expect(svg.querySelector('defs g circle')).not.toBeNull();
  expect(svg.querySelectorAll('image')).toHaveLength(1); // the discriminator's view
});

test('the series of all lanes are one CSV and one JSON, with what was played', async () => {
  const opened = await openPage('preset=bilinear&lane2.scheme=extragradient');
  await pastStep(opened, 30);
  await rest(opened);
  const [plain] = opened.model.store.getState().lanes;
  const record = opened.model.recordOf(plain);
  const downloads = catchDownloads();
  const menu = await openMenu(opened);
  const table = await downloads.next(() => menu.getByRole('button', { name: 'CSV' }).nth(1).click());
  expect(table.name).toMatch(/^saddle-bilinear-2-lanes-seed0-step\d+-run\.csv$/);
  const lines = (await table.blob.text()).trimEnd().split('\n');
  expect(lines[0]).toBe(`# Saddle, ${opened.model.link()}`);
  const [head, ...rows] = lines.filter((line) => !line.startsWith('#'));
  const columns = head.split(',');
  for (const name of [
    'lane',
    'step',
    'evaluations',
    'seconds',
    'losses.generator',
    'distance',
    'point.theta',
  ])
    expect(columns).toContain(name);
  expect(new Set(rows.map((row) => row[0]))).toEqual(new Set(['1', '2']));
  const first = rows[0].match(/("[^"]*"|[^,]*)(,|$)/g)!.map((cell) => cell.replace(/,$/, ''));
  expect(Number(first[columns.indexOf('losses.generator')])).toBe(record.losses.columns[1][0]);

  const json = await downloads.next(() => menu.getByRole('button', { name: 'JSON' }).click());
  const content = JSON.parse(await json.blob.text());
  expect(content.link).toBe(opened.model.link());
  expect(content.lanes).toHaveLength(2);
  expect(content.lanes[1].experiment.scheme.kind).toBe('extragradient');
  expect(content.lanes[0].series.losses.generator[0]).toBe(record.losses.columns[1][0]);
  expect(content.lanes[1].series.losses.evaluations[3]).toBe(
    2 * content.lanes[0].series.losses.evaluations[3],
  );
});

/** The losses that follow a step. */
function lossesFrom({ model: { record } }: OpenedPage, step: number, count: number): number[] {
  const [steps, generator] = record.losses.columns;
  const from = steps.subarray(0, record.losses.length).indexOf(step);
  expect(from).toBeGreaterThanOrEqual(0);
  expect(record.losses.length - from).toBeGreaterThanOrEqual(count);
  return [...generator.subarray(from, from + count)];
}

function drop(file: File): void {
  const files = new DataTransfer();
  files.items.add(file);
  dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }));
}

test('a checkpoint is taken, the page opened anew, the file dropped on it: the run goes on bit for bit', async () => {
  const opened = await openPage('preset=ring&generator.learningRate=0.0015');
  await pastStep(opened, 25);
  await rest(opened);
  const downloads = catchDownloads();
  const menu = await openMenu(opened);
  const { name, blob } = await downloads.next(() => menu.getByRole('button', { name: 'NPZ' }).click());
  const step = opened.model.record.frame!.step;
  expect(name).toMatch(new RegExp(`^saddle-gan-ring-.+-seed0-step${step}-checkpoint\\.npz$`));
  const more = 40;
  opened.model.play();
  await pastStep(opened, step + more + 1);
  const losses = lossesFrom(opened, step, more);
  opened.model.close();
  await opened.screen.unmount();

  const again = await openPage('preset=bilinear');
  await pastStep(again, 5);
  await until(() => expect(document.querySelector('[aria-label="Take away"]')).not.toBeNull());
  drop(new File([blob], name));
  await until(() => {
    // The run that was open passes this step, too.
    expect(again.model.store.getState().experiment.game.kind).toBe('gan');
    expect(again.model.record.frame?.step).toBe(step);
  });
  expect(again.model.store.getState().lanes).toHaveLength(1);
  expect(again.address()).toBe('generator.learningRate=0.0015');
  again.model.play();
  await pastStep(again, step + more + 1);
  expect(lossesFrom(again, step, more)).toEqual(losses);
});

test('a checkpoint that is dropped on a race asks where it goes on, and undo brings back the runs as they stood', async () => {
  const opened = await openPage('preset=bilinear&lane2.scheme=extragradient&paused');
  const { model, screen } = opened;
  const { store } = model;
  await until(() => expect(document.querySelector('[aria-label="Take away"]')).not.toBeNull());
  const stepTo = async (step: number) => {
    while ((model.record.frame?.step ?? 0) < step) {
      model.step();
      await until(() => expect(model.isResting).toBe(true));
    }
  };
  const stands = () =>
    store.getState().lanes.map((lane) => {
      const { trail, frame } = model.recordOf(lane);
      const at = trail.length - 1;
      return [lane.experiment.scheme.kind, frame?.step, trail.theta(at), trail.phi(at)];
    });
  await stepTo(3);
  const { writeCheckpoint } = await import('../../src/app/take/checkpointFile.ts');
  const told = { device: 'auto', names: [], split: 1, link: '' };
  const file = async () => new File([writeCheckpoint(await model.checkpoint(), told)], 'three.npz');
  const three = await file();
  const [[, , ...early]] = stands();
  await stepTo(7);
  const race = stands();
  expect(race[0].slice(2)).not.toEqual(early);

  const notice = screen.getByRole('alert', { name: 'three.npz goes on from step 3: where?' });
  // Nothing becomes of it until somebody says so.
  drop(three);
  await expect.element(notice).toBeVisible();
  expect(stands()).toEqual(race);
  await notice.getByRole('button', { name: 'Leave it' }).click();
  await expect.element(notice).not.toBeInTheDocument();
  expect(stands()).toEqual(race);

  drop(three);
  await notice.getByRole('button', { name: 'Alone' }).click();
  await until(() => expect(stands()).toEqual([['simultaneous', 3, ...early]]));
  const undo = screen.getByRole('button', { name: 'Undo', exact: true });
  await expect.element(undo).toHaveAttribute('title', 'Undo: a checkpoint was opened (Ctrl+Z)');
  await undo.click();
  await until(() => expect(stands()).toEqual(race));
  await screen.getByRole('button', { name: 'Redo', exact: true }).click();
  await until(() => expect(stands()).toEqual([['simultaneous', 3, ...early]]));
  await undo.click();
  await until(() => expect(stands()).toEqual(race));

  // In the place of the selected lane, the others stay.
  store.setState({ selected: store.getState().lanes[1].id });
  drop(three);
  await notice.getByRole('button', { name: 'In the place of ExtraGradient' }).click();
  await until(() => expect(stands()).toEqual([race[0], ['simultaneous', 3, ...early]]));
  await undo.click();
  await until(() => expect(stands()).toEqual(race));

  // As a lane more.
  drop(three);
  await notice.getByRole('button', { name: 'Beside the others' }).click();
  await until(() =>
    expect(stands().map(([kind]) => kind)).toEqual(['simultaneous', 'extragradient', 'simultaneous']),
  );
  expect(stands().slice(0, 2)).toEqual(race);
  await undo.click();
  await until(() => expect(stands()).toEqual(race));

  // Another game is no lane of this race.
  store.setState((state) => ({
    lanes: state.lanes.map((lane) => ({ ...lane, experiment: { ...lane.experiment, seed: 5 } })),
  }));
  drop(three);
  await expect.element(notice).toBeVisible();
  expect(
    notice
      .getByRole('button')
      .elements()
      .map(({ textContent }) => textContent),
  ).toEqual(['Alone: undo brings the race back', 'Leave it']);
});

test('a file that is no checkpoint is answered by a sentence, and the run is as it was', async () => {
  const opened = await openPage('preset=bilinear');
  await pastStep(opened, 10);
  const { run } = opened.model.record.frame!;
  const menu = await openMenu(opened);
  const choose = menu.getByLabelText('Open a checkpoint');
  await userEvent.upload(choose, new File(['nothing of the kind'], 'notes.npz'));
  await expect.element(menu.getByRole('status')).toHaveTextContent('it is no zip file');

  // Of another game: what does not fit is said by the engine.
  const { writeCheckpoint } = await import('../../src/app/take/checkpointFile.ts');
  const taken = await opened.model.checkpoint();
  const state = { ...taken.state, point: new Float64Array(5) };
  const told = { device: 'auto', names: [], split: 1, link: '' };
  await userEvent.upload(choose, new File([writeCheckpoint({ ...taken, state }, told)], 'other.npz'));
  await expect.element(menu.getByRole('status')).toHaveTextContent('does not fit its experiment');
  const { step } = opened.model.record.frame!;
  await pastStep(opened, step + 5);
  expect(opened.model.record.frame!.run).toBe(run);
});

test('a film of the picture is a GIF whose frames differ, and ends when it is stopped', async () => {
  await browser.viewport(900, 700);
  const opened = await openPage('preset=bilinear');
  await pastStep(opened, 5);
  const downloads = catchDownloads();
  const menu = await openMenu(opened);
  const film = await downloads.next(async () => {
    await menu.getByRole('button', { name: 'Record' }).click();
    const stop = opened.screen.getByRole('button', { name: 'Stop recording' });
    await expect.element(stop).toBeVisible();
    await expect.element(stop).toHaveTextContent(/[1-9]\d* s/);
    await pastStep(opened, opened.shownStep() + 60); // about once around, however few steps a second are
    await stop.click();
  });
  expect(film.name).toMatch(/^saddle-bilinear-.+-film\.gif$/);
  const decoder = new ImageDecoder({ data: await film.blob.arrayBuffer(), type: 'image/gif' });
  await decoder.completed;
  await decoder.tracks.ready;
  const { frameCount, repetitionCount } = decoder.tracks.selectedTrack!;
  expect(frameCount).toBeGreaterThan(3);
  expect(repetitionCount).toBe(Number.POSITIVE_INFINITY);
  const frames = [];
  for (const frameIndex of [0, frameCount - 1]) {
    const { image } = await decoder.decode({ frameIndex });
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.displayWidth, image.displayHeight];
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    frames.push(context.getImageData(0, 0, canvas.width, canvas.height).data);
    expect(Math.max(canvas.width, canvas.height)).toBeLessThanOrEqual(482);
    image.close();
  }
  expect(apart(frames[0], frames[1])).toBeGreaterThan(0.0005);
  await expect.element(opened.screen.getByRole('button', { name: 'Stop recording' })).not.toBeInTheDocument();
});

test('a film may be a video, which plays', async () => {
  const kind = videoKind();
  expect(kind).toBeDefined();
  const opened = await openPage('preset=bilinear');
  await pastStep(opened, 5);
  const downloads = catchDownloads();
  const menu = await openMenu(opened);
  await menu.getByRole('radio', { name: 'WebM' }).click();
  const film = await downloads.next(async () => {
    await menu.getByRole('button', { name: 'Record' }).click();
    const stop = opened.screen.getByRole('button', { name: 'Stop recording' });
    await expect.element(stop).toHaveTextContent(/[1-9]\d* s/);
    await stop.click();
  });
  expect(film.name).toMatch(/-film\.webm$/);
  const video = document.createElement('video');
  video.muted = true;
  video.src = URL.createObjectURL(film.blob);
  document.body.append(video);
  onTestFinished(() => video.remove());
  await video.play();
  await until(() => expect(video.currentTime).toBeGreaterThan(0.05));
  expect(video.videoWidth).toBeGreaterThan(200);
  expect(video.error).toBeNull();
});

test('a run that stands still is a film of one picture', async () => {
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  await until(() => expect(opened.text('verdict')).toContain('At the start'));
  const { record } = await import('../../src/app/take/film.ts');
  const recording = record(opened.model, 'gif');
  await pass(24);
  expect(recording.seconds).toBe(0);
  recording.stop();
  const made = await recording.finished;
  const decoder = new ImageDecoder({ data: await made!.blob.arrayBuffer(), type: 'image/gif' });
  await decoder.completed;
  await decoder.tracks.ready;
  expect(decoder.tracks.selectedTrack!.frameCount).toBe(1); // what stood there
});

test.each(['light', 'dark'] as const)(
  'the menus keep nothing from assistive technology, %s',
  async (theme) => {
    for (const width of [360, 1280]) {
      await browser.viewport(width, 800);
      const opened = await openPage('preset=bilinear&lane2.scheme=extragradient', { theme });
      await pastStep(opened, 10);
      opened.model.pause();
      const menu = await openMenu(opened);
      const audit = async () => {
        await expectAccessible();
      };
      await audit();
      const box = menu.element().getBoundingClientRect();
      expect(box.left).toBeGreaterThanOrEqual(0);
      expect(box.right).toBeLessThanOrEqual(width);
      await userEvent.keyboard('{Escape}');
      await until(() => expect(menu.query()).toBeNull());
      // By keys alone, from the panel's own button.
      const button = opened.screen.getByRole('button', { name: 'Take away Losses' });
      await expect.element(button).toBeVisible();
      (button.element() as HTMLElement).focus();
      await userEvent.keyboard('{Enter}');
      await expect.element(opened.screen.getByRole('dialog', { name: 'Take away Losses' })).toBeVisible();
      await userEvent.keyboard('{Tab}');
      expect(document.activeElement?.textContent).toBe('PNG');
      await audit();
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
      opened.model.close();
      await opened.screen.unmount();
    }
  },
);

test('the script of a GAN on digits holds the digits, and runs without a file beside it', async () => {
  const downloads = catchDownloads();
  const small = 'game.batchSize=16&game.generatorNetwork.hidden=8&game.discriminatorNetwork.hidden=8';
  const opened = await openPage(`game=images&${small}`, { startsPlaying: false });
  opened.model.step();
  await until(() => expect(opened.shownStep()).toBe(1));
  await rest(opened);
  const menu = await openMenu(opened);
  const { blob } = await downloads.next(() => menu.getByRole('button', { name: 'NumPy' }).click());
  const text = await blob.text();
  expect(text).toContain('Alpaydin and Kaynak 1998');
  // No file is near a text that Python is told.
  const ran = await commands.runPython(text);
  if (ran) expect(ran).toMatchObject({ steps: 1, last: expect.arrayContaining([expect.any(Number)]) });
  await userEvent.keyboard('{Escape}');
});

test('a run that was changed on its way is taken away as a script that comes to the same point, and so is a branch of it', async () => {
  const downloads = catchDownloads();
  const opened = await openPage('preset=bilinear', { startsPlaying: false });
  const { model, screen } = opened;
  const goOn = async (steps: number) => {
    const to = opened.shownStep() + steps;
    for (let i = 0; i < steps; i++) model.step();
    await until(() => expect(opened.shownStep()).toBe(to));
    await rest(opened);
  };
  await until(() => expect(opened.text('verdict')).toContain('At the start'));
  await goOn(6);
  change(model.store, 'generator.learningRate', 0.3);
  await goOn(5);
  const menu = await openMenu(opened);
  const numpy = await downloads.next(() => menu.getByRole('button', { name: 'NumPy' }).click());
  expect(numpy.name).toBe('saddle-bilinear-0-numpy.py');
  const ran = await commands.runPython(await numpy.blob.text());
  const { trail } = model.record;
  const last = [trail.theta(trail.length - 1), trail.phi(trail.length - 1)];
  // Where Python has no NumPy, the text is all there is to see.
  if (ran) {
    expect(ran.steps).toBe(11);
    expect(ran.last).toHaveLength(2);
    for (const [i, value] of ran.last.entries()) expect(value).toBeCloseTo(last[i], 12);
  }
  const torch = await downloads.next(() => menu.getByRole('button', { name: 'PyTorch' }).click());
  expect(torch.name).toBe('saddle-bilinear-0-pytorch.py');
  const text = await torch.blob.text();
  expect(text).toMatch(/^import torch$/m);
  expect(text).toMatch(/^PRECISION = torch\.float64 {2}# as the run;/m);
  expect(text).toContain('(6, generator, ');
  await userEvent.keyboard('{Escape}');

  await screen.getByRole('button', { name: /^Branch/ }).click();
  await until(() => expect(model.store.getState().lanes).toHaveLength(2));
  await until(() => expect(model.record.frame?.begin).toBe(11));
  change(model.store, 'generator.learningRate', 0.2);
  await goOn(3);
  const again = await openMenu(opened);
  const branch = await downloads.next(() => again.getByRole('button', { name: 'NumPy' }).click());
  const whole = await branch.blob.text();
  // Of the lane that it was branched off, and its own.
  expect(whole).toContain('(6, generator, dict(learning_rate=0.3))');
  expect(whole).toContain('(11, generator, dict(learning_rate=0.2))');
  const ranOn = await commands.runPython(whole);
  if (ranOn) {
    const { trail: own } = model.record;
    expect(ranOn.steps).toBe(14);
    expect(ranOn.last[0]).toBeCloseTo(own.theta(own.length - 1), 12);
    expect(ranOn.last[1]).toBeCloseTo(own.phi(own.length - 1), 12);
  }
});
