/** The states of the page: what can be opened, pressed, typed or happen; for tests that hold in all of them. */
import { expect } from 'vitest';
import { userEvent } from 'vitest/browser';
import { say } from '../../src/app/access/strings.ts';
import { fittingPanels } from '../../src/app/panels.ts';
import { stageOf } from '../../src/app/present/stage.ts';
import { change, changeLane } from '../../src/app/store.ts';
import { type OpenedPage, until } from './openPage.tsx';

export interface State {
  /** As the plane's, unless said otherwise. */
  readonly address: string;
  /** With every panel open that fits. */
  readonly panels?: boolean;
  /** What brings it about, on a page that rests after some steps. */
  readonly bring?: (opened: OpenedPage) => unknown;
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

const press = (name: string) => (opened: OpenedPage) =>
  opened.screen.getByRole('button', { name, exact: name !== 'Device' }).click();
const on = (shows: string, bring: State['bring'], address: string = kinds.plane): State => ({
  address,
  bring,
  shows,
});
const selected = ({ model: { store } }: OpenedPage, news: Parameters<typeof changeLane>[2]) =>
  changeLane(store, store.getState().selected, news);

export const states: Readonly<Record<string, State>> = {
  ...Object.fromEntries(
    Object.entries(kinds).map(([name, address]): [string, State] => [
      name,
      { address, panels: true, shows: '[data-panel=losses]' },
    ]),
  ),
  'what computes': on(':popover-open', press('Device')),
  'when to stop': on(':popover-open', press('Stop when')),
  'keys and access': on('dialog[open]', press(say.open)),
  'scenes, empty': on('dialog[open]', ({ model }) => stageOf(model).open('scenes')),
  'scenes, two of them': on('dialog[open]', ({ model }) => {
    for (const name of ['one', 'two']) stageOf(model).save(name);
    stageOf(model).open('scenes');
  }),
  'a presentation': on('[data-presents] main', ({ model }) => stageOf(model).present(true)),
  'a presentation with scenes that asks': on('[data-presents] main', ({ model }) => {
    stageOf(model).save('one');
    stageOf(model).present(true);
    stageOf(model).ask(true);
  }),
  sharing: on('dialog[open] textarea', press('Share')),
  'taking away, and what did not work': on('.take-menu, :popover-open', async (opened) => {
    await press('Take away')(opened);
    const menu = opened.screen.getByRole('dialog', { name: 'Take away', exact: true });
    await userEvent.upload(menu.getByLabelText('Open a checkpoint'), new File(['nothing'], 'notes.npz'));
    await expect.element(menu.getByRole('status')).toHaveTextContent('it is no zip file');
  }),
  'a film that is recorded': on('main', async (opened) => {
    await press('Take away')(opened);
    await press('Record')(opened);
    await expect.element(opened.screen.getByRole('button', { name: 'Stop recording' })).toBeVisible();
  }),
  'a wide panel and a closer look': on('[data-panel=losses]', ({ model }) =>
    model.store.setState({ wide: 'losses', zoom: [1, 3] }),
  ),
  'a solo and a mute': on('main', ({ model }) => {
    const [first, second] = model.store.getState().lanes;
    model.store.setState({ solo: first.id, lanes: [first, { ...second, isMuted: true }] });
  }),
  'problems and a refusal': on('[role=alert]', ({ model }) => {
    model.setDevice('abacus');
    model.store.setState({ problems: [{ path: 'x', expected: 'y', found: 'z', message: 'x should be y.' }] });
  }),
  'a device that was lost, and pictures that are loaded': on(
    '.loading-pictures',
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
  'a run that diverged': on('[data-outcome=diverged]', async (opened) => {
    const { store } = opened.model;
    store.setState(({ lanes }) => ({ lanes: lanes.slice(0, 1), speed: { plane: 5, samples: 5 } }));
    for (const player of ['generator', 'discriminator']) change(store, `${player}.learningRate`, 10);
    opened.model.play();
    await until(() => expect(opened.text('verdict')).toMatch(/Diverged/));
  }),
  'controls that are hidden': on('main', ({ model }) =>
    model.store.setState({ hide: ['game', 'lanes', 'timeline', 'seed'] }),
  ),
  'within another page': { address: `${kinds.plane}&embed`, shows: '.embedded' },
  'pictures within another page': { address: `${pictures}&embed`, shows: '.embedded' },
  'a pad to draw on': on('.pad', press('Draw data'), `${small}&game.dataset=drawn`),
  'Gaussians to drag': { address: `${small}&game.dataset=gaussians`, shows: '.dataset' },
  'points, pasted wrongly': { address: `${small}&game.dataset=points`, shows: '.points' },
  'a formula with a mistake': on(
    '.formula-pointer',
    async ({ screen }) => {
      await screen.getByText('What can be written').click();
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
};

/** What React keeps of the page. */
interface Fiber {
  readonly type: unknown;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
}

/** The components that are on the page. */
export function componentsNow(): Set<unknown> {
  const found = new Set<unknown>();
  const walk = (from: Fiber | null) => {
    for (let fiber = from; fiber; fiber = fiber.sibling) {
      if (typeof fiber.type === 'function') found.add(fiber.type);
      walk(fiber.child);
    }
  };
  for (const element of document.querySelectorAll('body > *')) {
    const key = Object.keys(element).find((name) => name.startsWith('__reactContainer$'));
    const root = key && (element as unknown as Record<string, { stateNode: { current: Fiber } }>)[key];
    if (root) walk(root.stateNode.current);
  }
  return found;
}

/** All components that some file of the page offers, by file and name. */
export function allComponents(): Record<string, unknown> {
  const files = import.meta.glob<Record<string, unknown>>('../../src/app/**/*.tsx', { eager: true });
  return Object.fromEntries(
    Object.entries(files).flatMap(([file, offered]) =>
      Object.entries(offered)
        .filter(([name, value]) => /^[A-Z]/.test(name) && typeof value === 'function')
        .map(([name, value]) => [`${file.replace('../../src/app/', '')} ${name}`, value]),
    ),
  );
}
