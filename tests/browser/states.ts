/** The states of the page: what can be opened, pressed, typed or happen; for tests that hold in all of them. */
import { createElement } from 'react';
import { expect, onTestFinished, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { say } from '../../src/app/access/strings.ts';
import { PageContext } from '../../src/app/context.ts';
import { OneSetting } from '../../src/app/controls/Setting.tsx';
import { offerOf } from '../../src/app/ownPictures/offer.ts';
import { lazily } from '../../src/app/panels/lazily.tsx';
import { fittingPanels } from '../../src/app/panels.ts';
import { Dialog } from '../../src/app/present/Dialog.tsx';
import { MissingDialog } from '../../src/app/present/MissingDialog.tsx';
import { stageOf } from '../../src/app/present/stage.ts';
import { change, changeLane, changeProbe } from '../../src/app/store.ts';
import { checkpointOfferOf } from '../../src/app/take/offered.ts';
import { methods } from '../../src/catalog/methods/index.ts';
import { text } from '../../src/settings/index.ts';
import { openPool, type RunClient } from '../../src/worker/start.ts';
import { type OpenedPage, rest, until } from './openPage.tsx';
import { sheet } from './sheet.ts';

export interface State {
  /** As the plane's, unless said otherwise. */
  readonly address: string;
  /** With every panel open that fits. */
  readonly panels?: boolean;
  /** What brings it about, on a page that rests after some steps; its workers can be silenced. */
  readonly bring?: (opened: OpenedPage, silence: () => void) => unknown;
  /** An element that is seen in this state and says that it has come. */
  readonly shows: string;
}

const small = 'game.batchSize=16&game.generatorNetwork.hidden=8&game.discriminatorNetwork.hidden=8';
const pictures =
  'game=images&game.dataset=bars&game.batchSize=16&game.generatorNetwork.hidden=16&game.discriminatorNetwork.hidden=16';

/** One link for each kind of picture, with what is special about it. */
export const kinds = {
  plane: 'preset=bilinear&lane2.scheme=extragradient',
  formula: 'game=typed&averaging=ema',
  samples: 'game.batchSize=16',
  overlaid: 'game.batchSize=16&lane2.seed=0&picture=overlaid',
  line: 'game=gan&game.dataset=line&game.batchSize=16',
  simplex: 'preset=rps',
  domains: 'game=domains',
  parameters: 'game=randomQuadratic&generator=sgd&discriminator=sgd',
  images: pictures,
} as const;

export function openPanels({ model: { store } }: OpenedPage): void {
  store.setState((state) => ({
    panels: Object.fromEntries(fittingPanels(state).map(({ name }) => [name, true])),
    explains: true,
  }));
}

/** What folds away is unfolded. */
export function unfold(): void {
  for (const fold of document.querySelectorAll('details')) fold.open = true;
}

const press = (name: string | RegExp) => (opened: OpenedPage) =>
  opened.screen.getByRole('button', { name, exact: name !== 'Device' }).click();
const on = (shows: string, bring: State['bring'], address: string = kinds.plane): State => ({
  address,
  bring,
  shows,
});
const selected = ({ model: { store } }: OpenedPage, news: Parameters<typeof changeLane>[2]) =>
  changeLane(store, store.getState().selected, news);

/** Offers files of one's own, as if they were dropped. */
const offer = ({ model }: OpenedPage, ...files: readonly File[]) =>
  offerOf(model).open(files.map((file) => ({ file, path: file.name })));
async function useOwnPictures(opened: OpenedPage): Promise<void> {
  await offer(opened, await sheet(8, 8, 4));
  await offerOf(opened.model).use();
  await expect.element(opened.screen.getByText(/are played with/)).toBeVisible();
}
/** One that is never read to its end. */
const endless = () =>
  Object.assign(new File(['...'], 'endless.npy'), { arrayBuffer: () => new Promise(() => {}) });

const manyProblems = Array.from({ length: 10 }, (_, i) => ({
  path: `x${i}`,
  expected: 'y',
  found: 'z',
  message: `x${i} should be y.`,
}));

/** A setting of words, as an entry may have one; a panel and a dialog whose code does not come. */
const words = text({
  label: 'which',
  summary: 'Any word but one.',
  default: '',
  most: 32,
  expected: 'a word',
  mistake: (word) => (word === 'none' ? 'none is no word' : undefined),
  live: true,
});
const gone = () => Promise.reject(new Error('the network is gone'));
const Lost = lazily(gone);
const LostDialog = lazily<{ onClose: () => void }>(gone, null, MissingDialog);

export const states: Readonly<Record<string, State>> = {
  ...Object.fromEntries(
    Object.entries(kinds).map(([name, address]): [string, State] => [
      name,
      { address, panels: true, shows: '[data-panel=losses]' },
    ]),
  ),
  'what computes': on(':popover-open', press('Device')),
  'when to stop': on(':popover-open', async (opened) => {
    opened.model.store.setState({ stops: { distance: 1.2, diverged: 0 }, stopped: 'Stopped: as was asked.' });
    await press('Stop when (2)')(opened);
  }),
  'keys and access': on('dialog[open]', press(say.open)),
  'scenes, empty': on('dialog[open]', ({ model }) => stageOf(model).open('scenes')),
  'scenes: one removed, two left whose link could not be copied': on('.scene-link input', async (opened) => {
    const stage = stageOf(opened.model);
    for (const name of ['one', 'two', 'three']) stage.save(name);
    stage.open('scenes');
    await press('Remove three')(opened);
    const refusing = vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'));
    onTestFinished(() => refusing.mockRestore());
    await press('Copy a link with these scenes')(opened);
  }),
  'a presentation': on('[data-presents] .lane-key', ({ model }) => stageOf(model).present(true)),
  'a presentation of a scene that asks': on('[data-asks] .scene-name', async ({ model }) => {
    const stage = stageOf(model);
    stage.save('one');
    stage.save('two');
    stage.change(0, { asks: true });
    stage.present(true);
    await stage.show(0);
  }),
  sharing: on('dialog[open] .share-recent a', async (opened) => {
    localStorage.setItem('saddle.recent', JSON.stringify([{ link: 'preset=dirac', name: 'Dirac', at: 0 }]));
    stageOf(opened.model).save('one');
    await press('Share')(opened);
    await until(() => expect(document.querySelector('dialog[open] details')).not.toBeNull());
    unfold();
  }),
  'sharing pictures that no link holds': on(
    'dialog[open] .share-truth',
    async (opened) => {
      await useOwnPictures(opened);
      await press('Share')(opened);
    },
    pictures,
  ),
  'taking away, and what did not work': on('.take-menu, :popover-open', async (opened) => {
    await press('Take away')(opened);
    const menu = opened.screen.getByRole('dialog', { name: 'Take away', exact: true });
    await userEvent.upload(menu.getByLabelText('Open a checkpoint'), new File(['nothing'], 'notes.npz'));
    await expect.element(menu.getByRole('status')).toHaveTextContent('it is no zip file');
  }),
  'taking a panel away': on(':popover-open', press('Take away Losses')),
  'a film that is recorded': on('.take-recording', async (opened) => {
    await press('Take away')(opened);
    await press('Record')(opened);
    await expect.element(opened.screen.getByRole('button', { name: 'Stop recording' })).toBeVisible();
    await rest(opened); // or it is as long as it may be, and ends
  }),
  'a wide panel and a closer look': on('[data-panel=losses][data-wide]', ({ model }) =>
    model.store.setState({ wide: 'losses', zoom: [1, 3] }),
  ),
  'consensus in the streams': on('.field-gamma', ({ model: { store } }) =>
    changeProbe(store, 'vectorField', { part: 'mixture' }),
  ),
  'a run that has marks and is gone back in': on('.timeline-mark', async (opened) => {
    const { model } = opened;
    const to = opened.shownStep() + 1;
    change(model.store, 'generator.learningRate', 0.03);
    model.step();
    await until(() => expect(opened.shownStep()).toBe(to));
    model.time.goTo(1);
    await until(() => expect(opened.text('timeline')).toContain('step 1'));
  }),
  'a solo and a mute': on('[data-silent]', ({ model }) => {
    const [first, second] = model.store.getState().lanes;
    model.store.setState({ solo: first.id, lanes: [first, { ...second, isMuted: true }] });
  }),
  // Of so many curves, each as long as it may be, that they sound for more than a minute.
  'six lanes, and a chart that is heard': {
    address: `${small}${['extragradient', 'optimistic', 'alternating', 'extragradient', 'optimistic'].map((scheme, i) => `&lane${i + 2}.scheme=${scheme}&lane${i + 2}.seed=${i >> 2}`).join('')}`,
    async bring(opened) {
      const to = opened.shownStep() + 150;
      for (let i = 0; i < 150; i++) opened.model.step();
      await until(() => expect(opened.shownStep()).toBe(to));
      await rest(opened);
      await press(say.listen.name('Losses'))(opened);
    },
    shows: 'main:has(.lane:nth-of-type(6)) .listen-words',
  },
  'every part of an optimizer chosen, some of them in vain': {
    address: `${kinds.plane}&scheme=svre&foresight=unrolled&adjustment=consensus&clipping=byNorm&schedule=cosine&constraint=box&lookahead=nested&averaging=uniform`,
    shows: '.objection',
  },
  'problems and a refusal': on('.notice + .notice', ({ model }) => {
    model.setDevice('abacus');
    model.store.setState({ problems: manyProblems });
  }),
  'a method that has replaced rates': on('.replaced button', async ({ screen }) => {
    await screen
      .getByRole('combobox', { name: 'Method', exact: true })
      .selectOptions(methods[methods.length - 1].name);
    await until(() => expect(document.querySelector('.replaced')).not.toBeNull());
    unfold();
  }),
  'a file that did not come, and a checkpoint that was brought to a race': on(
    '.notice + .notice',
    async ({ model }) => {
      model.store.setState({ unloaded: { what: 'file', again() {} } });
      const checkpoint = await model.checkpoint();
      checkpointOfferOf(model).set({ name: 'run.npz', checkpoint, device: 'wasm' });
    },
  ),
  'a device that was lost, and pictures that are loaded': on(
    'main:has(.loading-pictures) .notice',
    (opened) =>
      selected(opened, {
        lost: { device: 'tfjs-webgl', step: 3, by: 'wasm' },
        loading: { file: 'mnist14.bin', share: 0.4 },
      }),
    pictures,
  ),
  'a worker that died': on('.notice-failure', (opened) =>
    selected(opened, { failure: 'the worker stopped without a word' }),
  ),
  'a worker that says nothing': on('.notice', (opened, silence) => {
    silence();
    selected(opened, { isSilent: true, kept: 7 });
  }),
  'a run that diverged, and what to try': {
    address: 'preset=bilinear&panels=+inside',
    shows: '[data-outcome=diverged] ~ .advice .to-setting',
    async bring(opened) {
      const { store } = opened.model;
      store.setState({ speed: { plane: 5, samples: 5 } });
      for (const player of ['generator', 'discriminator']) change(store, `${player}.learningRate`, 10);
      opened.model.play();
      await until(() => expect(opened.text('verdict')).toMatch(/Diverged/));
    },
  },
  'controls that are hidden': {
    address: `${kinds.plane}&hide=game,lanes,timeline,seed,scheme`,
    shows: 'main',
  },
  'within another page': { address: `${kinds.plane}&embed`, shows: '.embedded' },
  'pictures within another page': { address: `${pictures}&embed`, shows: '.embedded' },
  'within another page, with problems and a worker that died': on(
    '.embedded .notice',
    (opened) => {
      opened.model.store.setState({ problems: manyProblems });
      selected(opened, { failure: 'the worker stopped without a word' });
    },
    `${kinds.plane}&embed`,
  ),
  'a pad to draw on': on('.pad', press('Draw data'), `${small}&game.dataset=drawn`),
  'Gaussians to drag': { address: `${small}&game.dataset=gaussians`, shows: '.spread-handle' },
  'points, pasted wrongly': on(
    '.points .problem p',
    async (opened) => {
      await opened.screen.getByRole('textbox', { name: 'points' }).fill('0, 1\n2, nonsense\n3, 4\n5, 6');
      await press('Apply')(opened);
    },
    `${small}&game.dataset=points`,
  ),
  'a table with more columns than two': on(
    '.points-columns',
    async ({ screen }) => {
      const lines = ['a,b,c', ...Array.from({ length: 12 }, (_, i) => [i, (i * i) % 7, i % 3].join())];
      const file = new File([lines.join('\n')], 'table.csv', { type: 'text/csv' });
      await userEvent.upload(screen.getByLabelText('Open a file …'), file);
    },
    `${small}&game.dataset=points`,
  ),
  'own pictures that are being read, beside another game': on(
    '.game > .own-pictures progress',
    (opened) => void offer(opened, endless()),
  ),
  'own pictures on a sheet, before they are used': on(
    '.own-preview canvas',
    async (opened) => offer(opened, await sheet(16, 8, 4)),
    pictures,
  ),
  'own pictures that cannot be used': on(
    '.own-pictures .problem',
    (opened) => offer(opened, new File(['words'], 'notes.txt')),
    pictures,
  ),
  'own pictures that are played with': on('.own-kept', useOwnPictures, pictures),
  'a formula with a mistake': on(
    '.formula-pointer',
    async ({ screen }) => {
      unfold();
      await screen.getByRole('combobox', { name: 'f(x, y)' }).fill('x + $');
    },
    kinds.formula,
  ),
  'names that are suggested': on(
    '.suggestions',
    async ({ screen }) => {
      await screen.getByRole('combobox', { name: 'f(x, y)' }).fill('');
      await screen.getByRole('combobox', { name: 'f(x, y)' }).click();
      await userEvent.keyboard('x + si');
    },
    kinds.formula,
  ),
  'a text that cannot be read, and a panel that does not come': on(
    'dialog [aria-invalid=true]',
    async ({ model }) => {
      const setting = createElement(OneSetting, { setting: words, value: '', path: 'word', key: 'setting' });
      const lost = createElement(Lost, { key: 'lost' });
      const alone = { title: 'Alone', closeLabel: 'Close', onClose() {}, children: [setting, lost] };
      const screen = await render(createElement(PageContext, { value: model }, createElement(Dialog, alone)));
      await screen.getByRole('textbox', { name: 'which' }).fill('none');
      await expect.element(screen.getByText(/could not be loaded/)).toBeVisible();
    },
  ),
  'a dialog that does not come': on('dialog .missing', async () => {
    const screen = await render(createElement(LostDialog, { onClose() {} }));
    await expect.element(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
  }),
};

/** What React keeps of the page. */
interface Fiber {
  readonly type: unknown;
  /** Of a text, the text. */
  readonly memoizedProps: unknown;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
}

/** Opens runs whose workers answer no more once they are silenced. */
export function openSilenced() {
  const open = openPool();
  let isSilent = false;
  return {
    silence() {
      isSilent = true;
    },
    start(): RunClient {
      const client = open();
      const frame: RunClient['frame'] = async (command) => {
        const answer = await client.frame(command);
        return isSilent ? new Promise(() => {}) : answer;
      };
      return { ...client, frame };
    },
  };
}

/** The components of which something is on the page: one that draws nothing is not among them. */
export function componentsNow(): Set<() => unknown> {
  const found = new Set<() => unknown>();
  /** Whether something is drawn of this component, or of one beside it. */
  const walk = (from: Fiber | null): boolean => {
    let isDrawn = false;
    for (let fiber = from; fiber; fiber = fiber.sibling) {
      const isSeen =
        walk(fiber.child) || typeof fiber.type === 'string' || typeof fiber.memoizedProps === 'string';
      if (isSeen && typeof fiber.type === 'function') found.add(fiber.type as () => unknown);
      isDrawn ||= isSeen;
    }
    return isDrawn;
  };
  for (const element of document.querySelectorAll('body > *')) {
    const key = Object.keys(element).find((name) => name.startsWith('__reactContainer$'));
    const root = key && (element as unknown as Record<string, { stateNode: { current: Fiber } }>)[key];
    if (root) walk(root.stateNode.current);
  }
  return found;
}

/** How many components of each name the files of the page have, whether they offer them or not. */
export function allComponents(): ReadonlyMap<string, readonly string[]> {
  const files = import.meta.glob<string>('../../src/app/**/*.tsx', {
    eager: true,
    query: '?raw',
    import: 'default',
  });
  const all = new Map<string, string[]>();
  for (const [path, source] of Object.entries(files)) {
    for (const [, ofFunction, ofConst] of source.matchAll(COMPONENT)) {
      const name = ofFunction ?? ofConst;
      all.set(name, [...(all.get(name) ?? []), path.replace('../../src/app/', '')]);
    }
  }
  return all;
}

/** `function Name(`, `const Name = memo(function Name(` and `const Name = (`, not within another. */
const COMPONENT =
  /^(?:export )?(?:const \w+ = memo\()?(?:function ([A-Z][a-z]\w*)\b|const ([A-Z][a-z]\w*) = \()/gm;
