/** Scenes as text and back, their order, and links that bring them. */
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { isNamed, loadNamed } from '../../src/app/named.ts';
import type { Page, Wanted } from '../../src/app/page.ts';
import {
  linkedScenes,
  opensAsking,
  takePresented,
  withPresented,
  withScenes,
} from '../../src/app/present/link.ts';
import { readScenes, type Scene, scenesText, showScene } from '../../src/app/present/scenes.ts';
import { openStage, stageOf } from '../../src/app/present/stage.ts';
import { openLink } from '../../src/app/share/openLink.ts';
import { speeds } from '../../src/app/speeds.ts';
import { openUndo } from '../../src/app/undo.ts';
import { counting, openModel } from './opened.ts';

const speed = fc.integer({ min: 0, max: speeds.length - 1 });
const said = {
  name: fc.string({ maxLength: 80, unit: 'grapheme' }).filter((name) => name.length <= 80),
  link: fc.string({ maxLength: 60 }),
  step: fc.integer({ min: 0, max: 1e7 }),
  isPlaying: fc.boolean(),
  asks: fc.boolean(),
  speed: fc.record({ plane: speed, samples: speed }),
};
const question = fc.string({ minLength: 1, maxLength: 120 });
const scene: fc.Arbitrary<Scene> = fc.oneof(fc.record(said), fc.record({ ...said, question }));

test('what is written of scenes is read again, through a link too', () => {
  fc.assert(
    fc.property(fc.array(scene, { maxLength: 6 }), (scenes) => {
      expect(readScenes(scenesText(scenes))).toEqual(scenes);
      const link = withScenes('https://page.test/#preset=bilinear', scenesText(scenes));
      const taken = takePresented(link.split('#')[1]);
      expect(taken).toMatchObject({ address: 'preset=bilinear', presents: true });
      expect(readScenes(decodeURIComponent(taken.scenes as string))).toEqual(scenes);
    }),
  );
});

test('whatever is written there, nothing throws, and what is no scene is left out', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      for (const found of readScenes(text) ?? []) expect(readScenes(scenesText([found]))).toEqual([found]);
    }),
  );
  expect(readScenes('{')).toBeUndefined();
  expect(readScenes('[["a","",1,0,0,0],["b","",-1,0,0,0],["c","",1,9,0,0],[1],"d",null]')).toHaveLength(1);
});

const page = (scenes?: string) => {
  let presented = { presents: false, scenes };
  return {
    link: () => '#seed=3',
    time: { present: 5 },
    // Nothing is played here: a scene that is shown never comes to its step.
    store: {
      getState: () => ({
        presented,
        playing: false,
        speed: { plane: 1, samples: 2 },
        experiment: { game: { kind: 'bilinear' } },
      }),
      setState(change: unknown) {
        if (typeof change === 'function') ({ presented = presented } = change({ presented }));
      },
      subscribe: () => () => {},
    },
    open() {},
    play() {},
  } as unknown as Page;
};

test('a scene whose preset or game has not come yet waits for it, and is not shown where another is wanted meanwhile', async () => {
  expect(isNamed()).toBe(false);
  const opened: Wanted[] = [];
  const model = { ...page(), open: (wanted: Wanted) => void opened.push(wanted) } as Page;
  const show = (link: string, signal: AbortSignal) =>
    showScene(model, { ...readScenes('[["a","",0,0,0,0]]')![0], link }, signal);
  const meanwhile = new AbortController();
  const gone = show('preset=bilinear', meanwhile.signal);
  const wanted = show('preset=dirac', new AbortController().signal);
  meanwhile.abort();
  await Promise.all([gone, wanted]);
  expect(opened.map(({ problems, experiments: [{ game }] }) => [problems, game.kind])).toEqual([
    [[], 'dirac'],
  ]);
});

test('scenes are saved behind the one that is shown, moved, named, removed and put back', () => {
  const stage = openStage(page());
  const names = () => stage.getState().scenes.map(({ name }) => name);
  for (const name of ['a', 'b', 'c']) stage.save(name);
  expect(names()).toEqual(['a', 'b', 'c']);
  expect(stage.getState()).toMatchObject({
    at: 2,
    scenes: [{ link: 'seed=3', step: 5, isPlaying: false }, {}, {}],
  });
  stage.move(2, -1);
  expect([names(), stage.getState().at]).toEqual([['a', 'c', 'b'], 1]);
  stage.move(0, -1);
  expect(names()).toEqual(['a', 'c', 'b']);
  const gone = stage.getState().scenes[0];
  stage.remove(0);
  expect([names(), stage.getState().at]).toEqual([['c', 'b'], 0]);
  stage.putBack(0, gone);
  expect([names(), stage.getState().at]).toEqual([['a', 'c', 'b'], 1]);
  stage.change(1, { name: 'd', asks: true });
  stage.save('e');
  expect(names()).toEqual(['a', 'd', 'e', 'b']);
});

test('the run waits while the dialog of scenes is open, and what is saved there plays if it did before', () => {
  const { page: model } = openModel('preset=bilinear');
  const stage = openStage(model);
  const plays = () => model.store.getState().playing;
  const saved = () => {
    stage.save('a');
    return stage.getState().scenes.at(-1)!.isPlaying;
  };
  model.play();
  stage.open('scenes');
  expect([plays(), saved()]).toEqual([false, true]);
  stage.save('b', 0); // in the place of another
  expect(stage.getState().scenes[0]).toMatchObject({ name: 'b', isPlaying: true });
  stage.open(undefined);
  expect(plays()).toBe(true);
  // So it does where the presentation is left with the dialog open; other dialogs hold up nothing.
  stage.present(true);
  stage.open('scenes');
  stage.present(false);
  expect([plays(), stage.getState().dialog]).toEqual([true, undefined]);
  stage.open('help');
  expect(plays()).toBe(true);
  stage.open(undefined);

  model.pause();
  stage.open('scenes');
  expect([plays(), saved()]).toEqual([false, false]);
  stage.open(undefined);
  expect(plays()).toBe(false);

  // Another link that is opened below, and waits, is not set going by closing the dialog.
  model.play();
  stage.open('scenes');
  stage.bring({ presents: false });
  model.open({ ...model.wanted(), paused: true });
  stage.open(undefined);
  expect(plays()).toBe(false);
});

test('what is saved on the way to a scene has its speed, and plays or waits as it says', async () => {
  await loadNamed();
  const { page: model } = openModel('preset=bilinear');
  const stage = openStage(model);
  model.store.setState({ speed: { plane: 1, samples: 2 } });
  stage.save('goal');
  stage.change(0, { step: 400 });
  stage.show(0);
  await vi.waitFor(() =>
    expect(model.store.getState()).toMatchObject({ playing: true, stops: { step: 400 } }),
  );
  expect(model.store.getState().speed.plane).toBe(speeds.length - 1);
  stage.open('scenes'); // the way goes on
  expect(model.store.getState().playing).toBe(true);
  stage.save('on the way');
  expect(stage.getState().scenes[1]).toMatchObject({ isPlaying: false, speed: { plane: 1, samples: 2 } });
  stage.close();
});

test('a scene asks its own question, which may be changed while it is asked; a link’s first scene, too', async () => {
  const text = '[["a","",0,0,0,0],["b","",0,2,0,0,"Who wins?"],["c","",0,2,0,0,7]]';
  const { page: model } = openModel('preset=bilinear');
  const stage = openStage(model);
  stage.bring({ scenes: linkedScenes(text), presents: true });
  const asked = () => (({ asks, question }) => [asks, question])(stage.getState());
  stage.show(1);
  expect(asked()).toEqual([true, 'Who wins?']);
  stage.change(0, { question: 'Another one?' });
  expect(asked()).toEqual([true, 'Who wins?']);
  stage.change(1, { question: 'Who will win?' });
  expect(asked()).toEqual([true, 'Who will win?']);
  expect(scenesText([stage.getState().scenes[1]])).toBe('[["b","",0,2,0,0,"Who will win?"]]');
  stage.save('b', 1); // what is shown now, under the same question
  expect(stage.getState().scenes[1]).toMatchObject({ asks: true, question: 'Who will win?' });
  stage.show(2); // what is no question is none
  expect(asked()).toEqual([true, undefined]);

  // It tells nothing before what presents it has come.
  const first = linkedScenes('[["b","",0,2,0,0,"Who wins?"]]');
  for (const [address, at] of [
    ['preset=bilinear', -1],
    ['', 0],
  ] as const) {
    const words = { scenes: first, presents: true, address };
    const { page: other } = openModel(address, undefined, words);
    expect(other.store.getState().isAsked).toBe(true);
    const asking = openStage(other);
    expect(asking.getState()).toMatchObject({ at, asks: true, question: 'Who wins?' });
    expect(other.store.getState().isAsked).toBe(true);
    asking.close();
  }
  for (const [scenes, presents] of [
    ['[["b","",0,1,0,0],["b","",0,2,0,0]]', true],
    ['[["b","",0,2,0,0]]', false],
    ['%', true],
  ] as const) {
    const told = openModel('preset=bilinear', undefined, { scenes: linkedScenes(scenes), presents });
    expect(told.page.store.getState().isAsked, scenes).toBe(false);
  }
});

describe('a link with scenes', () => {
  const scene = (name: string, link: string, step: number, flags = 0): unknown => [
    name,
    link,
    step,
    flags,
    1,
    2,
  ];
  const [PLAYING, ASKS] = [1, 2];
  const linked = (address: string, ...scenes: unknown[]) =>
    takePresented(withScenes(`#${address}`, JSON.stringify(scenes)).slice(1));
  const open = (words: ReturnType<typeof takePresented>) => {
    const model = openModel(words.address, counting, words);
    const stage = openStage(model.page);
    onTestFinished(stage.close);
    return { ...model, stage, played: () => model.page.record.frame?.step };
  };
  const spiral = scene('Spiral', 'preset=bilinear', 7);
  const point = scene('Point', 'preset=dirac&lane2.scheme=extragradient', 4, ASKS);

  test.each([
    ['its first, whose run it plays', 'preset=bilinear', 0],
    ['its first, which was not playing when it was copied', 'preset=bilinear&paused', 0],
    ['its first, where it says nothing else', '', 0],
    ['the one whose run it plays', 'preset=dirac&lane2.scheme=extragradient', 1],
    ['none, beside a run of its own', 'preset=bilinear&generator.learningRate=0.3', -1],
  ])('opens at %s', async (_, address, at) => {
    await loadNamed();
    const words = linked(address, spiral, point);
    expect(opensAsking(words)).toBe(at === 1);
    const { stage, page, played } = open(words);
    expect(stage.getState()).toMatchObject({ presents: true, at, isUnderway: at >= 0, asks: at === 1 });
    const { step, lanes } = [
      { step: 7, lanes: 1 },
      { step: 4, lanes: 2 },
    ][at] ?? { step: undefined, lanes: 1 };
    await vi.waitFor(() => {
      expect(stage.getState().isUnderway).toBe(false);
      if (step !== undefined) expect(played()).toBe(step);
    });
    expect(page.store.getState()).toMatchObject({ playing: false, stops: {}, isAsked: at === 1 });
    expect(page.store.getState().lanes).toHaveLength(lanes);
    if (at >= 0) expect(page.store.getState().speed).toEqual({ plane: 1, samples: 2 });
    // And goes on from there.
    stage.go(1);
    expect(stage.getState().at).toBe(Math.min(at + 1, 1));
  });

  test('opens at its first one over what is open, too, which undo brings back at once', async () => {
    await loadNamed();
    for (const address of ['preset=bilinear', '']) {
      const { page } = openModel('preset=dirac', counting);
      const undo = openUndo(page);
      const words = withScenes(`#${address}`, JSON.stringify([spiral, point]));
      await openLink(page, words.slice(1));
      const stage = stageOf(page);
      expect(stage.getState()).toMatchObject({ presents: true, at: 0 });
      await vi.waitFor(() => expect(page.record.frame?.step).toBe(7));
      expect(page.store.getState().experiment.game.kind).toBe('bilinear');
      undo.undo();
      expect(page.store.getState().experiment.game.kind).toBe('dirac');
      expect(undo.undoes).toBeUndefined();
      stage.close();
      undo.close();
    }
  });

  test('plays at its scene where that does, but not for whom nothing plays by itself', async () => {
    await loadNamed();
    const words = linked('preset=bilinear', scene('Going', 'preset=bilinear', 0, PLAYING));
    for (const startsPlaying of [true, false]) {
      const { page } = openModel(words.address, counting, words);
      const stage = openStage({ ...page, startsPlaying });
      await vi.waitFor(() => expect(stage.getState().isUnderway).toBe(false));
      await vi.waitFor(() => expect(page.openings).toBe(1));
      expect(page.store.getState().playing).toBe(startsPlaying);
      stage.show(0); // a person asks for it
      await vi.waitFor(() => expect(page.store.getState().playing).toBe(true));
      stage.close();
    }
  });
});

test('scenes of a link come first; what cannot be read is told of', () => {
  const text = scenesText([
    { name: 'x', link: '', step: 0, isPlaying: true, asks: true, speed: { plane: 0, samples: 0 } },
  ]);
  expect(openStage(page(encodeURIComponent(text))).getState()).toMatchObject({
    scenes: [{ name: 'x', asks: true }],
    isBroken: false,
  });
  expect(openStage(page('%')).getState()).toMatchObject({ scenes: [], isBroken: true });
});

test('the address goes on to bring the scenes of its link, as they are now, and says whether one presents', () => {
  const scene = (name: string): Scene => ({
    name,
    link: 'preset=bilinear',
    step: 3,
    isPlaying: false,
    asks: false,
    speed: { plane: 0, samples: 0 },
  });
  const brought = linkedScenes(scenesText([scene('x'), scene('y')]));
  const model = page(brought);
  const stage = openStage(model);
  const said = () => withPresented('seed=3', model.store.getState().presented);
  expect(said()).toBe(`seed=3&scenes=${brought}`);
  stage.present(true);
  expect(said()).toBe(`seed=3&present&scenes=${brought}`);
  stage.remove(0);
  stage.present(false);
  expect(said()).toBe(`seed=3&scenes=${linkedScenes(scenesText([scene('y')]))}`);
  // Another link brings more: they come first, and none is lost.
  stage.bring({ scenes: linkedScenes(scenesText([scene('z'), scene('y')])), presents: true });
  expect(stage.getState()).toMatchObject({ presents: true, at: 0, isBroken: false });
  expect(stage.getState().scenes.map(({ name }) => name)).toEqual(['z', 'y']);
  stage.bring({ scenes: linkedScenes(scenesText([scene('w')])), presents: false });
  expect(stage.getState().scenes.map(({ name }) => name)).toEqual(['w', 'z', 'y']);
  expect(said()).toContain(linkedScenes(scenesText(['w', 'z', 'y'].map(scene))));
  stage.bring({ scenes: '%', presents: false });
  expect(stage.getState()).toMatchObject({ isBroken: true, presents: true });
  expect(stage.getState().scenes).toHaveLength(3);
  // One's own scenes are nobody else's: an address that brought none says none.
  const own = page();
  openStage(own).save('a');
  expect(withPresented('', own.store.getState().presented)).toBe('');
});
