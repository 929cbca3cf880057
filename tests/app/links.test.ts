/** Links that come slowly, or not at all: the last one counts, and what did not come is told of, to be tried again. */
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { openFile } from '../../src/app/drop.ts';
import { mount } from '../../src/app/mount.ts';
import type { Worker } from '../../src/app/playback.ts';
import { stageOf } from '../../src/app/present/stage.ts';
import { openLink } from '../../src/app/share/openLink.ts';
import { pack } from '../../src/app/share/pack.ts';
import { openModel } from './opened.ts';

/** Whether what comes late can be had. */
const network = vi.hoisted(() => ({ isThere: true }));
vi.mock('../../src/app/named.ts', async (original) => {
  const named = await original<typeof import('../../src/app/named.ts')>();
  return {
    ...named,
    loadNamed: async () => {
      if (!network.isThere) throw new TypeError('Failed to fetch dynamically imported module');
      await named.loadNamed();
    },
  };
});
vi.mock('../../src/worker/start.ts', () => ({ openPool: () => () => silentWorker }));
const silentWorker: Worker = {
  run() {},
  frame: () => new Promise(() => {}),
  fail() {},
  onLoading() {},
  close() {},
  isGone: () => false,
  stop() {},
} as unknown as Worker;
beforeEach(() => {
  network.isThere = true;
});

const gameOf = ({ page }: ReturnType<typeof openModel>) => page.store.getState().experiment.game.kind;

/** From now on what is packed is held up, until it is let go. */
function holdUp(): { letGo(): void } {
  const Real = DecompressionStream;
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  class Slow {
    readonly writable;
    readonly readable;
    constructor(format: CompressionFormat) {
      const { writable, readable } = new Real(format);
      this.writable = writable;
      this.readable = readable.pipeThrough(
        new TransformStream({
          async transform(chunk, out) {
            await held;
            out.enqueue(chunk);
          },
        }),
      );
    }
  }
  Object.assign(globalThis, { DecompressionStream: Slow });
  onTestFinished(() => void Object.assign(globalThis, { DecompressionStream: Real }));
  return { letGo };
}

const packed = async (words: string) => {
  const text = await pack(words, 0);
  expect(text).toMatch(/^z=/);
  return text;
};
const long = `game=dirac&seed=7&${'layers=-field&'.repeat(20)}`;

test('of two links that are asked for one after the other the last one is open, however slowly the first is unpacked', async () => {
  const slow = await packed(long);
  const model = openModel('seed=1');
  const { letGo } = holdUp();
  const first = openLink(model.page, slow);
  await openLink(model.page, 'game=bilinear');
  expect(gameOf(model)).toBe('bilinear');
  letGo();
  await first;
  expect([gameOf(model), model.page.openings]).toEqual(['bilinear', 1]);
  // By itself it opens.
  await openLink(model.page, slow);
  expect([gameOf(model), model.page.openings]).toEqual(['dirac', 2]);
});

test('the last link is told of where nothing in it can be read, and the slow one before it is not opened after that', async () => {
  const slow = await packed(long);
  const model = openModel('game=bilinear');
  const { letGo } = holdUp();
  const first = openLink(model.page, slow);
  await openLink(model.page, 'nonsense');
  letGo();
  await first;
  expect([gameOf(model), model.page.openings]).toEqual(['bilinear', 0]);
  expect(model.page.store.getState().problems[0].message).toMatch(/^nonsense/);
});

test('what somebody opens while a link is unpacked stays open', async () => {
  const slow = await packed(long);
  const model = openModel('seed=1');
  const { letGo } = holdUp();
  const first = openLink(model.page, slow);
  model.page.loadPreset('bilinear');
  letGo();
  await first;
  expect(gameOf(model)).toBe('bilinear');
});

test('a link, a file and a scene whose code does not come are told of apart from what is not understood, and tried again', async () => {
  const model = openModel('seed=1');
  const { page } = model;
  const told = () => page.store.getState().unloaded;
  const again = async (what: string) => {
    expect([told()?.what, gameOf(model)]).toEqual([what, 'gan']);
    expect(page.store.getState().problems).toEqual([]);
    const { again } = told()!;
    network.isThere = true;
    again();
    await vi.waitFor(() => expect(gameOf(model)).toBe('bilinear'));
    expect(told()).toBeUndefined();
    await openLink(page, 'seed=1');
    network.isThere = false;
  };
  network.isThere = false;
  await openLink(page, 'preset=bilinear');
  await again('link');
  const text = '{"preset": "bilinear"}';
  await openFile(new File([text], 'a.json', { type: 'application/json' }), page);
  await again('file');
  stageOf(page).bring({ scenes: '[["a","preset=bilinear",3,0,0,0]]', presents: false });
  stageOf(page).show(0);
  await vi.waitFor(() => expect(told()).toBeDefined());
  expect(stageOf(page).getState().isUnderway).toBe(false);
  await again('scene');
  stageOf(page).close();
});

test('a file that cannot be read is told of as before: nothing is to be tried again', async () => {
  const { page } = openModel('seed=1');
  const gone = Object.assign(new File([], 'a.json'), {
    text: () => Promise.reject(new DOMException('gone', 'NotFoundError')),
  });
  await openFile(gone, page);
  expect(page.store.getState().problems[0].message).toContain('a file that can be read');
  expect(page.store.getState().unloaded).toBeUndefined();
});

/** A window, as far as the page reads it. */
function openWindow(hash: string) {
  const listeners: ((event: { newURL: string }) => void)[] = [];
  const location = { origin: 'https://page.test', pathname: '/', search: '', hash };
  for (const [name, value] of Object.entries({
    location,
    history: {
      replaceState: (_: unknown, __: string, address: string) => goTo(new URL(address, location.origin)),
    },
    addEventListener: (type: string, act: (typeof listeners)[number]) => {
      if (type === 'hashchange') listeners.push(act);
    },
    matchMedia: () => ({ matches: true, addEventListener() {} }),
    document: {
      documentElement: { dataset: {} },
      addEventListener() {},
      removeEventListener() {},
      visibilityState: 'visible',
    },
    requestAnimationFrame: () => 0,
    cancelAnimationFrame() {},
  }))
    vi.stubGlobal(name, value);
  onTestFinished(() => void vi.unstubAllGlobals());
  const goTo = ({ hash: next }: URL) => {
    location.hash = next;
  };
  return {
    location,
    /** As by hand, in the address bar. */
    change(next: string) {
      const url = new URL(`#${next}`, location.origin);
      goTo(url);
      for (const tell of listeners) tell({ newURL: url.href });
    },
  };
}

test('of two quick changes of the address the last one wins, in the page and in the address bar', async () => {
  const slow = await packed(long);
  const { location, change } = openWindow('#game=bilinear');
  const page = await mount();
  onTestFinished(() => page.close());
  const game = () => page.store.getState().experiment.game.kind;
  const { letGo } = holdUp();
  change(slow);
  change('game=quadratic&seed=3');
  await vi.waitFor(() => expect(game()).toBe('quadratic'));
  letGo();
  await vi.waitFor(() => expect(location.hash).toBe('#seed=3&game=quadratic'));
  // By now the first one has had as long as this one needs.
  change(await packed(long.replace('seed=7', 'seed=8')));
  await vi.waitFor(() => expect(game()).toBe('dirac'));
  expect(page.store.getState().experiment.seed).toBe(8);
  expect(page.openings).toBe(2);
});

test('an address that is changed while the first one is unpacked wins', async () => {
  const { letGo } = holdUp();
  const { change } = openWindow(`#${await packed(long)}`);
  const mounting = mount();
  change('game=quadratic');
  letGo();
  const page = await mounting;
  onTestFinished(() => page.close());
  await vi.waitFor(() => expect(page.store.getState().experiment.game.kind).toBe('quadratic'));
});

test('a page whose first link needs what does not come opens all the same, says so, and tries again', async () => {
  network.isThere = false;
  openWindow('#preset=bilinear&seed=4&paused&hide=game');
  const page = await mount();
  onTestFinished(() => page.close());
  const state = () => page.store.getState();
  expect(state()).toMatchObject({ problems: [], unloaded: { what: 'start' }, hide: ['game'] });
  expect(state().experiment.game.kind).toBe('gan');
  network.isThere = true;
  state().unloaded?.again();
  await vi.waitFor(() => expect(state().experiment).toMatchObject({ game: { kind: 'bilinear' }, seed: 4 }));
  expect(state()).toMatchObject({ problems: [], hide: ['game'] });
});
