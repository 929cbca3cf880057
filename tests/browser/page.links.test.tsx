/** Sharing, as people do it: links, codes, files, frames, recent experiments, undo and redo. */
import fc from 'fast-check';
import { encode } from 'uqr';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { page as browser, userEvent } from 'vitest/browser';
import { readAddress } from '../../src/app/address.ts';
import { openFile } from '../../src/app/drop.ts';
import { writeFile } from '../../src/app/share/file.ts';
import { openLink } from '../../src/app/share/openLink.ts';
import { isHeard } from '../../src/app/store.ts';
import { placed } from '../../src/app/take/placing.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { parse } from '../../src/settings/index.ts';
import { mutated, mutatedTree } from '../app/mutations.ts';
import { expectAccessible } from './audit.ts';
import { canvases, type OpenedPage, openPage, pastStep, rest, until } from './openPage.tsx';

const home = () => 'https://saddle.example/';

beforeEach(() => localStorage.removeItem('saddle.recent'));

const isVisible = (selector: string) => {
  const element = document.querySelector(selector);
  return element !== null && getComputedStyle(element).display !== 'none';
};

/** The shelf has come, and with it undo and sharing. */
async function withTools(opened: OpenedPage): Promise<OpenedPage> {
  await expect.element(opened.screen.getByRole('button', { name: 'Share' })).toBeVisible();
  return opened;
}

async function openDialog(opened: OpenedPage) {
  await withTools(opened);
  await opened.screen.getByRole('button', { name: 'Share' }).click();
  const dialog = opened.screen.getByRole('dialog', { name: 'Share this experiment' });
  await expect.element(dialog).toBeVisible();
  return dialog;
}

const race = 'preset=bilinear&lane2.scheme=extragradient&pace=evaluations&axis=evaluations';

test('the dialog has the link, which asks to wait and hides what was chosen, and a code of it', async () => {
  const opened = await openPage(race, { home });
  const dialog = await openDialog(opened);
  const link = dialog.getByRole('textbox', { name: 'Link of this experiment' });
  const text = () => (link.element() as HTMLTextAreaElement).value;
  await until(() =>
    expect(text()).toBe(
      `${home()}#preset=bilinear&lane2.scheme=extragradient&axis=evaluations&pace=evaluations`,
    ),
  );
  await expect.element(dialog.getByRole('button', { name: 'Copy link' })).toHaveFocus();
  await dialog.getByRole('checkbox', { name: 'Waits until somebody presses play' }).click();
  await dialog.getByText('Hide controls').click();
  await dialog.getByRole('checkbox', { name: 'seed', exact: true }).click();
  await dialog.getByRole('checkbox', { name: 'learning rate generator.learningRate' }).click();
  await until(() => expect(text()).toContain('#paused&preset=bilinear'));
  expect(decodeURIComponent(text())).toContain('hide=seed,generator.learningRate');
  const code = dialog.getByRole('img', { name: /^QR code of the link/ }).element();
  // ISO/IEC 18004: four light modules around it.
  expect(await modulesOf(code)).toEqual(encode(text(), { ecc: 'L', border: 4 }).data);
  expect(isVisible('.seed')).toBe(true); // only in the link
  const read = readAddress(text().split('#')[1]);
  expect(read.problems).toEqual([]);
  expect(read.layout.hide).toEqual(['seed', 'generator.learningRate']);
});

/** The dark modules of a code, as it is painted. */
async function modulesOf(code: Element): Promise<boolean[][]> {
  const size = (code as SVGSVGElement).viewBox.baseVal.width;
  const picture = code.cloneNode(true) as SVGSVGElement;
  const pixels = 4 * size;
  for (const side of ['width', 'height']) picture.setAttribute(side, String(pixels));
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(picture))}`;
  await image.decode();
  const context = Object.assign(document.createElement('canvas'), {
    width: pixels,
    height: pixels,
  }).getContext('2d')!;
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, pixels, pixels);
  const isDark = (x: number, y: number) => data[4 * ((4 * y + 2) * pixels + 4 * x + 2)] < 128;
  return Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_, x) => isDark(x, y)));
}

test('the link is copied as it stands; where the clipboard refuses, it is selected for a key to copy it', async () => {
  const written: string[] = [];
  const clipboard = vi
    .spyOn(navigator.clipboard, 'writeText')
    .mockImplementation(async (text) => void written.push(text));
  onTestFinished(() => void vi.restoreAllMocks());
  const opened = await openPage(race, { home, startsPlaying: false });
  const dialog = await openDialog(opened);
  const copy = dialog.getByRole('button', { name: 'Copy link' });
  await copy.click();
  await expect.element(dialog.getByRole('status').getByText('Copied', { exact: true })).toBeVisible();
  expect(written).toEqual([opened.model.link()]);
  expect(readAddress(written[0].split('#')[1]).experiments).toEqual(readAddress(race).experiments);
  clipboard.mockRejectedValue(new DOMException('not here', 'NotAllowedError'));
  await copy.click();
  await expect.element(dialog.getByText('the text is selected instead')).toBeVisible();
  const link = dialog.getByRole('textbox', { name: 'Link of this experiment' }).element();
  expect(document.activeElement).toBe(link);
  expect(String(getSelection())).toBe(written[0]);
});

test('the link that is copied opens the very run: changes come at their steps, and the numbers are the same', async () => {
  const opened = await openPage('preset=bilinear', { home });
  const { model, screen } = opened;
  await pastStep(opened, 8);
  await rest(opened);
  await screen.getByRole('slider', { name: 'learning rate' }).first().fill('300');
  const { step } = model.record.frame!;
  const { generator } = model.store.getState().experiment;
  await screen.getByRole('button', { name: 'One step of the generator alone' }).click();
  await until(() => expect(opened.shownStep()).toBe(step + 1));
  await screen.getByRole('button', { name: 'Play' }).click();
  await pastStep(opened, step + 20);
  await rest(opened);
  const end = model.record.frame!.step;
  const seen = async () => {
    const { losses, alone, frame } = model.record;
    const { experiment, state } = await model.checkpoint();
    const columns = losses.columns.map((column) => [...column.subarray(0, losses.length)]);
    return { experiment, state, alone, columns, step: frame!.step, marks: model.time.marks() };
  };
  const first = await seen();
  expect(first.marks.map((mark) => [mark.step, mark.kind])).toEqual([
    [step, 'change'],
    [step, 'generator'],
  ]);

  const dialog = await openDialog(opened);
  await expect.element(dialog.getByText(/Whoever opens it sees the same run/)).toBeVisible();
  await expect
    .element(dialog.getByText(/Changes, and steps of one player, come again at their steps/))
    .toBeVisible();
  const link = dialog.getByRole('textbox', { name: 'Link of this experiment' });
  const text = (link.element() as HTMLTextAreaElement).value.split('#')[1];
  expect(text).toContain(`&history=1!${step}:generator.learningRate:`);
  await dialog.getByRole('button', { name: 'Close' }).click();

  await openLink(model, 'preset=dirac');
  await openLink(model, `${text}&paused&stops=step:${end}`);
  await until(() => expect(model.record.frame?.step).toBe(0));
  expect(model.store.getState().experiment.generator).not.toEqual(generator);
  expect(model.time.marks()).toEqual([]);
  await screen.getByRole('button', { name: 'Play' }).click();
  await until(() => expect(model.store.getState().stopped).toContain(`step ${end}`));
  await rest(opened);
  expect(await seen()).toEqual(first);
  expect(model.store.getState().experiment.generator).toEqual(generator);
  await until(() =>
    expect(screen.getByRole('list', { name: 'Changes' }).getByRole('button').elements()).toHaveLength(1),
  );
});

test('the dialog says what its link leaves out of the run, and gives the checkpoint that holds it', async () => {
  const opened = await openPage('preset=bilinear', { home });
  const { model, screen } = opened;
  await pastStep(opened, 5);
  await rest(opened);
  const { past: _, ...unknown } = await model.checkpoint(); // as older pages wrote it
  await model.goOnFrom(unknown, 'auto', placed(unknown, 'alone', 'auto'));
  await until(() => expect(model.record.frame?.begin).toBeGreaterThan(0));
  const dialog = await openDialog(opened);
  await expect.element(dialog.getByText(/It began at step \d+ of an earlier run/)).toBeVisible();
  expect(dialog.element().textContent).not.toContain('Whoever opens it sees the same run');
  const names: string[] = [];
  const listen = (event: MouseEvent) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[download]');
    if (!link) return;
    event.preventDefault();
    names.push(link.download);
  };
  document.addEventListener('click', listen, true);
  onTestFinished(() => document.removeEventListener('click', listen, true));
  await dialog.getByRole('button', { name: 'Download checkpoint' }).click();
  await until(() => expect(names).toEqual([expect.stringMatching(/checkpoint.*\.npz$/)]));
  // From its start, the run is what the link holds.
  await dialog.getByRole('button', { name: 'Close' }).click();
  await screen.getByRole('button', { name: 'Back to start', exact: true }).click();
  await until(() => expect(opened.shownStep()).toBe(0));
  await expect
    .element((await openDialog(opened)).getByText(/Whoever opens it sees the same run/))
    .toBeVisible();
});

test('a long link is packed, and instead of its code there is a sentence', async () => {
  const values = Array.from({ length: 1200 }, (_, i) => (Math.sin(i * i) * 2).toFixed(3)).join(',');
  const opened = await openPage(`game.dataset=points&game.dataset.values=${values}&paused`, { home });
  const dialog = await openDialog(opened);
  const link = dialog.getByRole('textbox', { name: 'Link of this experiment' });
  await until(() => expect((link.element() as HTMLTextAreaElement).value).toMatch(/#z=[\w-]+$/));
  await expect.element(dialog.getByText(/a code that a camera can read holds/)).toBeVisible();
  const before = opened.model.store.getState().experiment;
  opened.model.loadPreset('dirac');
  await openLink(opened.model, (link.element() as HTMLTextAreaElement).value.split('#')[1]);
  expect(opened.model.store.getState().experiment).toEqual(before);
});

test('what a link hides is not there, and the picture takes its room', async () => {
  const opened = await openPage(
    'preset=bilinear&hide=game,timeline,seed,generator.learningRate,undo,take,present',
  );
  await pastStep(opened, 3);
  await until(() => expect(isVisible('.lanes')).toBe(true));
  await until(() => expect(isVisible('[data-path="discriminator.learningRate"]')).toBe(true));
  await until(() => expect(document.querySelector('.take-menu')).not.toBeNull());
  await until(() => expect(document.querySelector('.stage-tools')).not.toBeNull());
  for (const gone of [
    '.take-menu',
    '.stage-tools',
    '.game',
    '.timeline',
    '.seed',
    '.undo',
    '[data-path="generator.learningRate"]',
  ])
    expect(isVisible(gone), gone).toBe(false);
  expect(opened.model.link()).toContain('hide=game');
});

test('a link that hides drawing leaves no way to change the data in the picture', async () => {
  const opened = await openPage('game.dataset=drawn&game.batchSize=16&hide=draw&paused');
  const ways = ['.data-tools', '.data-layer', '.density > button'];
  await until(() => {
    for (const way of ways) expect(document.querySelector(way), way).not.toBeNull();
  });
  for (const way of ways) expect(isVisible(way), way).toBe(false);
  expect(isVisible('.density > canvas')).toBe(true);
  expect(isVisible('.legend')).toBe(true);
  opened.model.store.setState({ hide: [] });
  await until(() => {
    for (const way of ways) expect(isVisible(way), way).toBe(true);
  });
});

test('an embedded page is the picture with play and pause, and a way to all of it', async () => {
  await browser.viewport(400, 300);
  onTestFinished(() => browser.viewport(1280, 900));
  const opened = await openPage('embed&preset=bilinear&hide=game&nonsense=1', { home });
  const { screen, model } = opened;
  await expect.element(screen.getByRole('button', { name: 'Pause' })).toBeVisible();
  await until(() => expect(model.record.frame?.step ?? 0).toBeGreaterThan(3));
  await until(() => expect(canvases()).toHaveLength(1));
  const way = screen.getByRole('link', { name: 'Open in Saddle' });
  expect(way.element().getAttribute('href')).toBe(`${home()}#preset=bilinear`);
  expect(document.documentElement.scrollHeight).toBeLessThanOrEqual(innerHeight);
  expect(document.querySelector('.strip')).toBeNull();
  // What of its link is not understood it says itself.
  await expect.element(screen.getByRole('alert').getByText(/^nonsense is not a setting/)).toBeVisible();
  await screen.getByRole('button', { name: 'Dismiss' }).click();
  expect(document.querySelector('.embedded-notices')!.textContent).toBe('');
  await screen.getByRole('button', { name: 'Pause' }).click();
  expect(model.store.getState().playing).toBe(false);
  await userEvent.keyboard('{ArrowRight}{Home}'); // it listens to nothing else
  expect(model.store.getState().playing).toBe(false);
  await expectAccessible();
});

test('undo and redo take settings back and forth, by button and by key, but not while something is typed', async () => {
  const opened = await withTools(await openPage('preset=bilinear'));
  const { screen, model } = opened;
  const rate = () => (model.store.getState().experiment.generator as { learningRate: number }).learningRate;
  await pastStep(opened, 5);
  const undo = screen.getByRole('button', { name: 'Undo' });
  await expect.element(undo).toHaveAttribute('aria-disabled', 'true');
  await screen.getByRole('slider', { name: 'learning rate' }).nth(0).fill('0');
  expect(rate()).toBe(0);
  const { run } = model.record.frame!;
  await undo.click();
  expect(rate()).toBe(0.1);
  const { step } = model.record.frame!;
  await pastStep(opened, step + 3);
  expect(model.record.frame!.run).toBe(run); // the run went on
  await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
  expect(rate()).toBe(0);
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(rate()).toBe(0.1);
  await userEvent.keyboard('{Control>}y{/Control}');
  expect(rate()).toBe(0);
  (screen.getByLabelText('Seed', { exact: true }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(rate()).toBe(0);
});

describe('a file', () => {
  const { experiments, layout, lineup } = readAddress(race);
  const text = writeFile({ experiments, layout, lineup, title: 'A race' });
  const jsonFile = (content: string) => new File([content], 'race.json', { type: 'application/json' });

  test('that is dropped on the page is opened, and one that is none leaves the run alone', async () => {
    const opened = await withTools(await openPage('preset=dirac'));
    await pastStep(opened, 3);
    const drop = (file: File) => {
      const data = new DataTransfer();
      data.items.add(file);
      for (const type of ['dragover', 'drop'])
        document.body.dispatchEvent(
          new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }),
        );
    };
    const { run } = opened.model.record.frame!;
    drop(jsonFile('{"lanes": "none"}'));
    await expect.element(opened.screen.getByRole('alert')).toHaveTextContent('lanes should be');
    expect(opened.model.store.getState().experiment.game.kind).toBe('dirac');
    expect(opened.model.record.frame!.run).toBe(run);
    drop(jsonFile(text));
    await until(() => expect(opened.model.store.getState().lanes).toHaveLength(2));
    await until(() => expect(opened.model.store.getState().problems).toEqual([]));
    expect(opened.model.store.getState()).toMatchObject({ pace: 'evaluations', axis: 'evaluations' });
    await pastStep(opened, 3);
    await opened.screen.getByRole('button', { name: 'Undo' }).click();
    await until(() => expect(opened.model.store.getState().experiment.game.kind).toBe('dirac'));
  });

  test('is written by the dialog, and opened by its button', async () => {
    const opened = await openPage(race);
    const dialog = await openDialog(opened);
    const saved: { name: string; blob: Blob }[] = [];
    const { createObjectURL } = URL;
    const { click } = HTMLAnchorElement.prototype;
    onTestFinished(() => {
      URL.createObjectURL = createObjectURL;
      HTMLAnchorElement.prototype.click = click;
    });
    let blob = new Blob();
    URL.createObjectURL = (given: Blob) => {
      blob = given;
      return 'blob:given';
    };
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      saved.push({ name: this.download, blob });
    };
    await dialog.getByRole('textbox', { name: 'Title' }).fill('My race!');
    await dialog.getByRole('button', { name: 'Download file' }).click();
    await until(() => expect(saved).toHaveLength(1));
    expect(saved[0].name).toBe('saddle-my-race.json');
    const content = await saved[0].blob.text();
    expect(JSON.parse(content)).toMatchObject({ saddle: 1, title: 'My race!' });
    opened.model.loadPreset('dirac');
    await userEvent.upload(
      document.querySelector('dialog input[type=file]') as HTMLElement,
      jsonFile(content),
    );
    await until(() => expect(opened.model.store.getState().lanes).toHaveLength(2));
    await until(() => expect(document.querySelector('dialog')).toBeNull());
  });
});

test('what was played lately is listed on this machine, opened again, and forgotten', async () => {
  const opened = await withTools(await openPage('preset=bilinear'));
  await until(() => expect(localStorage.getItem('saddle.recent')).toContain('preset=bilinear'));
  opened.model.loadPreset('dirac');
  await until(() => expect(localStorage.getItem('saddle.recent')).toContain('preset=dirac'));
  const dialog = await openDialog(opened);
  await expect.element(dialog.getByText(/Kept only in this browser, on this machine/)).toBeVisible();
  await dialog.getByRole('link', { name: 'Bilinear: spiralling out' }).click();
  await until(() => expect(opened.model.store.getState().experiment.game.kind).toBe('bilinear'));
  await until(() => expect(document.querySelector('dialog')).toBeNull());
  // It is the newest again, in a while; after that, nothing more is noted.
  await until(() => {
    const kept = JSON.parse(localStorage.getItem('saddle.recent')!) as { link: string }[];
    expect(kept.map(({ link }) => link)).toEqual(['preset=bilinear', 'preset=dirac']);
  });
  const again = await openDialog(opened);
  await again
    .getByRole('button', { name: /^Forget (?!all)/ })
    .nth(0)
    .click();
  expect(JSON.parse(localStorage.getItem('saddle.recent')!)).toHaveLength(1);
  await again.getByRole('button', { name: 'Forget all' }).click();
  await expect.element(again.getByText(/None yet/)).toBeVisible();
  expect(localStorage.getItem('saddle.recent')).toBe('[]');
});

/** Looks often: most of what is opened is there with the next picture. */
const soon = (check: () => void) => vi.waitFor(check, { timeout: 30_000, interval: 5 });

/** Every lane that is heard takes a step more, or is at its end, and the picture is drawn; nothing has failed. */
async function goesOn({ model }: OpenedPage, text: string): Promise<void> {
  const { getState } = model.store;
  const frames = () =>
    getState()
      .lanes.filter((lane) => isHeard(getState(), lane))
      .map((lane) => model.recordOf(lane).frame);
  const before = frames().map((frame) => frame?.step ?? 0);
  model.step();
  await soon(() =>
    expect(
      frames().every((frame, i) => frame && (frame.step > before[i] || frame.outcome.kind !== 'running')),
      text,
    ).toBe(true),
  );
  await soon(() => {
    const [picture] = canvases();
    const { data } = picture.getContext('2d')!.getImageData(0, 0, picture.width, picture.height);
    expect(
      data.some((value) => value > 0),
      text,
    ).toBe(true);
  });
  expect(document.querySelector('.notice-failure'), text).toBeNull();
}

/** Of links, and as many files; `tests/app/mutations.test.ts` opens ten thousand of each without a browser. */
const SAMPLE = { numRuns: 150, seed: 7 };

test(`a sample of ${2 * SAMPLE.numRuns} mutated links and files breaks nothing, and the page goes on`, async () => {
  const opened = await withTools(await openPage(race));
  const { experiments, layout, lineup } = readAddress(race);
  const file = writeFile({ experiments, layout, lineup, title: '' });
  const errors: string[] = [];
  const listen = ({ message }: ErrorEvent) => errors.push(message);
  addEventListener('error', listen);
  onTestFinished(() => removeEventListener('error', listen));
  const texts = fc.sample(
    mutated([race, 'game=dirac&lane2.scheme=alternating&stops=step:9&hide=game']),
    SAMPLE,
  );
  const trees = fc.sample(fc.oneof(mutated([file]), mutatedTree([file])), SAMPLE);
  const said = vi.spyOn(console, 'error');
  onTestFinished(() => said.mockRestore());
  const counts = { opened: 0, kept: 0 };
  const { model } = opened;
  const runs = () => model.store.getState().lanes.map((lane) => model.recordOf(lane).frame?.run);
  async function survives(text: string, open: () => Promise<void>): Promise<void> {
    const { openings } = model;
    const { lanes } = model.store.getState();
    const before = runs();
    await open();
    await goesOn(opened, text);
    const { lanes: now, problems } = model.store.getState();
    if (model.openings > openings) counts.opened += 1;
    else {
      counts.kept += 1;
      expect(
        now.map(({ experiment }) => experiment),
        text,
      ).toEqual(lanes.map(({ experiment }) => experiment));
      // One whose first frame is still to come has no number yet.
      for (const [i, run] of runs().entries()) expect(before[i] ?? run, text).toBe(run);
      expect(problems, text).not.toEqual([]);
    }
    for (const { experiment } of now)
      expect(parse(schema, experiment), text).toEqual({ values: experiment, problems: [] });
  }
  for (const text of texts) await survives(text, () => openLink(model, text));
  for (const text of trees) await survives(text, () => openFile(new File([text], 'a.json'), model));
  expect(said.mock.calls).toEqual([]);
  expect(Math.min(counts.opened, counts.kept)).toBeGreaterThan(SAMPLE.numRuns / 10);
  await openLink(opened.model, race);
  await pastStep(opened, 3);
  expect(errors).toEqual([]);
  expect(opened.model.store.getState().failure).toBeUndefined();
}, 300_000);

test.each(['light', 'dark'] as const)(
  'the open dialog has nothing that axe objects to, %s',
  async (theme) => {
    for (const [width, height] of [
      [1280, 900],
      [360, 740],
    ]) {
      await browser.viewport(width, height);
      const played = [{ link: 'preset=dirac', name: 'Dirac-GAN', at: 0 }];
      localStorage.setItem('saddle.recent', JSON.stringify(played));
      const opened = await openPage(race, { theme, home });
      const dialog = await openDialog(opened);
      await dialog.getByText('Hide controls').click();
      await expect.element(dialog.getByRole('link', { name: 'Dirac-GAN' })).toBeInTheDocument();
      await expectAccessible();
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
      await dialog.getByRole('button', { name: 'Close' }).click();
      await until(() => expect(document.querySelector('dialog')).toBeNull());
      await opened.screen.unmount();
      opened.model.close();
    }
  },
);
