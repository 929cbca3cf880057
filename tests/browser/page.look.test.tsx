/**
 * How the page looks: its main states beside pictures of them that somebody has looked at.
 *
 * What differs between machines and means nothing is taken out: all text is written in boxes (fonts), the run is
 * paused at a fixed step of the reproducible device (speed), nothing moves (motion). What is left is how a browser's
 * release rounds a line's edges: a pixel counts as another one from 0.2 of the distance between black and white on,
 * and one in a thousand pixels may.
 * A path left out on the phone changes 1.4 in a thousand.
 *
 * Edges and controls are drawn otherwise on other systems, so these pictures are of Chromium on Linux only.
 * `npx vitest run --project=chromium tests/browser/page.look --update` draws them anew: look at each before keeping it.
 */
import { expect, onTestFinished, test } from 'vitest';
import { page as browser, server } from 'vitest/browser';
import { change } from '../../src/app/store.ts';
import { writeInBoxes } from './boxes.ts';
import { type OpenedPage, openPage, settle, until } from './openPage.tsx';

/** Of two colours, as a share of the distance between black and white; and of all pixels. */
const COLOUR = 0.2;
const PIXELS = 0.001;

interface Look {
  readonly name: string;
  readonly address: string;
  readonly step: number;
  /** What is looked at; the page, as much of it as the window shows, if nothing is said. */
  readonly part?: string;
  readonly theme?: 'dark';
  readonly window?: readonly [width: number, height: number];
  /** What is done before looking. */
  readonly first?: (opened: OpenedPage) => Promise<void> | void;
}

/** Without the mouse, which would stay there and point at something. */
const press = (name: string) => (opened: OpenedPage) => {
  (opened.screen.getByRole('button', { name, exact: true }).first().element() as HTMLElement).click();
};
const panel = (name: string) => `[data-panel=${name}]`;
const PICTURE = '.picture-frame';

/** Frames of the same steps, however fast the machine is. */
async function further(opened: OpenedPage): Promise<void> {
  for (const step of [60, 90, 120]) await walk(opened, step);
}

const looks: readonly Look[] = [
  { name: 'ring', address: '', step: 60 },
  { name: 'ring, dark', address: '', step: 60, theme: 'dark' },
  { name: 'phone', address: 'preset=bilinear', step: 40, window: [360, 700] },
  {
    name: 'every layer of samples',
    address: '',
    step: 60,
    part: PICTURE,
    async first(opened) {
      press('generator’s map')(opened);
      press('where samples are pushed')(opened);
      await until(() => expect(opened.model.record.latest.criticGradient).toBeDefined());
      await until(() => expect(opened.model.record.latest.manifold).toBeDefined());
      await import('../../src/app/draw/generator.ts'); // which draws them
    },
  },
  {
    name: 'race, overlaid',
    address: 'lane2.generator.learningRate=0.0005&picture=overlaid',
    step: 40,
    part: PICTURE,
  },
  {
    name: 'race',
    address:
      'lane2.generator.learningRate=0.0005&lane3.scheme=extragradient&lane4.scheme=optimistic&selected=2',
    step: 40,
    window: [1280, 800],
  },
  {
    name: 'plane',
    address: 'preset=bilinear&lane2.scheme=extragradient&lane2.generator=sgd',
    step: 80,
    part: PICTURE,
  },
  {
    name: 'triangle',
    address: 'preset=rps&generator.learningRate=3&discriminator.learningRate=3',
    step: 30,
    part: PICTURE,
  },
  {
    name: 'small pictures',
    address: 'game=images&game.dataset=shapes&probe.latentWalk.to=11',
    step: 40,
    part: PICTURE,
  },
  { name: 'domains', address: 'preset=domains', step: 30, part: PICTURE },
  { name: 'eigenvalues', address: 'preset=quadratic', step: 20, part: panel('eigenvalues') },
  {
    name: 'stability map',
    address: 'preset=quadratic&panels=+stabilityMap',
    step: 20,
    part: panel('stabilityMap'),
  },
  {
    name: 'spectrum of the step',
    address: 'preset=bilinear&scheme=optimistic&panels=+update',
    step: 20,
    part: panel('update'),
    first: () =>
      until(() => expect(document.querySelector('[data-panel=update] .figure-words')).not.toBeNull()),
  },
  { name: 'samples over time', address: 'panels=+film', step: 30, part: panel('film'), first: further },
  {
    name: 'modes over time',
    address: 'panels=+modeHistory',
    step: 30,
    part: panel('modeHistory'),
    first: further,
  },
  {
    name: 'distance on a log scale',
    address: 'preset=quadratic&lane2.scheme=extragradient',
    step: 60,
    part: panel('distance'),
  },
  {
    name: 'inside a step',
    address: 'preset=bilinear&scheme=extragradient&panels=+inside',
    step: 5,
    part: panel('inside'),
  },
  {
    name: 'timeline',
    address: 'preset=bilinear',
    step: 30,
    part: '.timeline',
    async first(opened) {
      for (const [path, value, step] of [
        ['generator.learningRate', 0.3, 60],
        ['scheme', { kind: 'extragradient' }, 90],
      ] as const) {
        change(opened.model.store, path, value);
        await walk(opened, step);
      }
      opened.model.time.goTo(45);
      await until(() => expect(opened.model.record.frame?.step).toBe(45));
    },
  },
  {
    name: 'diverged',
    address: 'preset=bilinear&generator.learningRate=10&discriminator.learningRate=10',
    step: 500,
    async first(opened) {
      await until(() => expect(opened.text('verdict')).toMatch(/^Diverged at step \d+: rate × largest/));
    },
  },
];

const ALONE = {
  position: 'fixed',
  inset: '0 auto auto 0',
  zIndex: '9',
  width: '600px',
  height: '600px',
  margin: '0',
  overflow: 'hidden',
  background: 'var(--paper)',
} as const;

/** Everything arrives at once, as for those who ask for that. */
function wantNoMotion(): () => void {
  const usual = window.matchMedia;
  window.matchMedia = (query) => usual.call(window, query.includes('prefers-reduced-motion') ? 'all' : query);
  return () => {
    window.matchMedia = usual;
  };
}

/** Takes steps until so many are taken, or the run ends by itself. */
async function walk({ model }: OpenedPage, to: number): Promise<void> {
  await until(() => expect(model.record.frame).toBeDefined());
  for (let step = model.record.frame!.step; step < to; step++) model.step();
  await until(() => {
    const { frame } = model.record;
    expect(frame?.step === to || frame?.outcome.kind === 'diverged').toBe(true);
  });
}

test.for(looks)('$name', async ({ name, address, step, part, theme, window: size, first }, { skip }) => {
  skip(server.platform !== 'linux', 'the pictures are of Chromium on Linux');
  await browser.viewport(...(size ?? [1000, 700]));
  onTestFinished(await writeInBoxes());
  onTestFinished(wantNoMotion());
  const opened = await openPage(`${address}&device=wasm`, { startsPlaying: false, theme: theme ?? 'light' });
  await until(() => expect(document.querySelector('.measurements h2')).not.toBeNull());
  await walk(opened, step);
  await first?.(opened);
  opened.model.cursor.set(undefined);
  (document.activeElement as HTMLElement | null)?.blur();
  const { model } = opened;
  await until(() => expect([model.isResting, Object.keys(model.record.frame!.working)]).toEqual([true, []]));
  document.body.style.cssText = part ? '' : 'height: 100vh; overflow: hidden';
  onTestFinished(() => {
    document.body.style.cssText = '';
  });
  const seen = () => document.querySelector(part ?? 'body') as HTMLElement;
  await until(() => {
    expect(seen()).not.toBeNull();
    expect(document.querySelector('[aria-busy]')).toBeNull(); // nothing is still loaded
  });
  // By itself it stands between pixels, and where it stands depends on all that is around it.
  if (part) Object.assign(seen().style, ALONE);
  await settle();
  await expect(browser.elementLocator(seen())).toMatchScreenshot(name, {
    comparatorName: 'pixelmatch',
    comparatorOptions: { threshold: COLOUR, allowedMismatchedPixelRatio: PIXELS },
    screenshotOptions: { scale: 'css' },
    timeout: 30_000,
  });
});
