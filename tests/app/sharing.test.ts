/** Links and files: what is written is read back, what is broken is said, and nothing that is open is lost. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAddress, writeAddress } from '../../src/app/address.ts';
import { openers, openFile } from '../../src/app/drop.ts';
import { linkedScenes, withScenes } from '../../src/app/present/link.ts';
import { scenesText } from '../../src/app/present/scenes.ts';
import { stageOf } from '../../src/app/present/stage.ts';
import type { RunRecord } from '../../src/app/record.ts';
import { readFile, writeFile } from '../../src/app/share/file.ts';
import { openLink } from '../../src/app/share/openLink.ts';
import { isPacked, LONG, pack, unpack } from '../../src/app/share/pack.ts';
import { MOST_RECENT, openRecent, readRecent } from '../../src/app/share/recent.ts';
import { say as sharing } from '../../src/app/share/strings.ts';
import { untoldByLink } from '../../src/app/share/truth.ts';
import { change, changeLane, duplicateLane, moveLane, removeLane, takeMethod } from '../../src/app/store.ts';
import { MOST_ENTRIES, openUndo } from '../../src/app/undo.ts';
import { MOST_EVENTS } from '../../src/catalog/courseText.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { presets } from '../../src/catalog/presets/index.ts';
import { races } from '../../src/catalog/races/index.ts';
import { set } from '../../src/settings/index.ts';
import { MOST_CHARACTERS } from '../../src/settings/text.ts';
import { assertValid, file, files, fullLink, scenes, standard } from './corpus.ts';
import { openModel } from './opened.ts';

const SEED = 20_26;
const drawn = Array.from({ length: 2000 }, (_, i) => Math.round(1e4 * Math.sin(i * i)) / 1e4);
const withPoints = set(schema, set(schema, standard, 'game.dataset', 'points'), 'game.dataset.values', drawn);

describe('a link', () => {
  test('holds everything that was chosen, and reads back to it', () => {
    const { problems, ...read } = readAddress(fullLink);
    expect(problems).toEqual([]);
    expect(read).toMatchObject({
      device: 'wasm',
      paused: true,
      isEmbedded: false,
      lineup: { selected: 3, solo: 2, muted: [1, 3] },
      layout: {
        pace: 'evaluations',
        speed: { plane: 0 },
        stops: { step: 250, distance: 0.05, diverged: 0 },
        zoom: [10, 20.5],
        logarithmic: { losses: true, distance: false },
        picked: { norms: 'ratio' },
        hide: ['game', 'generator.learningRate'],
      },
    });
    expect([...read.layout.hidden].sort()).toEqual(['field', 'manifold']);
    assertValid(read);
    const written = writeAddress(read.experiments, read.device, read.layout, read.lineup);
    for (const part of fullLink
      .split('&')
      .slice(5)
      .filter((each) => each !== 'paused')) {
      expect(decodeURIComponent(written).split('&')).toContain(part);
    }
  });

  test('of the form that absent versions have is read as it ever was; a newer one as far as it is known', () => {
    expect(readAddress('v=1&preset=bilinear')).toEqual(readAddress('preset=bilinear'));
    const { experiments, problems } = readAddress('v=2&preset=bilinear&telepathy=on');
    expect(experiments[0].game.kind).toBe('bilinear');
    expect(problems[0].message).toMatch(/^v should be 1, .* but found "2"; what is known in it is read\.$/);
    expect(problems).toHaveLength(2);
  });

  test.each([
    ['pase=steps', 'did you mean pace?'],
    ['hide=measurement', 'did you mean measurements?'],
    ['layers=-feild', 'did you mean field?'],
    ['stops=stp:3', 'did you mean step?'],
    ['stops=step:soon', 'stops step should be a number'],
    ['figures=norms:rat', 'figures norms should be one of'],
    ['zoom=3,1', 'zoom should be two places of the axis in their order'],
    ['selected=2', 'selected should be lanes 1 to 1'],
    ['device=%22%3E', 'device should be the name of a device'],
    ['speed=light', 'speed should be one of'],
  ])('that says %s is answered with "%s"', (text, sentence) => {
    const { problems } = readAddress(text);
    expect(problems.map(({ message }) => message).join('\n')).toContain(sentence);
    expect(problems).toHaveLength(1);
  });

  test('of two thousand drawn numbers is packed to less than two thirds, and unpacked to the same', async () => {
    const text = `${writeAddress([withPoints])}&lane2.scheme=extragradient`;
    const packed = await pack(text);
    expect(text.length).toBeGreaterThan(10_000);
    expect(isPacked(packed)).toBe(true);
    expect(packed.length).toBeLessThan((2 / 3) * text.length);
    expect(await unpack(`#embed&${packed}`)).toEqual({ text: `${text}&embed` });
    expect(readAddress((await unpack(packed)).text).experiments[0]).toEqual(withPoints);
    expect(await pack('preset=bilinear')).toBe('preset=bilinear');
  });

  test('that unpacks to more than a link may hold is not unpacked; nor is one that is cut, or packed twice', async () => {
    const bomb = await pack('x'.repeat(50_000_000));
    expect(bomb.length).toBeLessThan(MOST_CHARACTERS);
    expect((await unpack(`seed=3&${bomb}`)).problem?.message).toContain('more than 200,000 characters');
    expect((await unpack(`seed=3&${bomb}`)).text).toBe('seed=3');
    const packed = await pack(`${'seed=3&'.repeat(LONG)}`);
    expect((await unpack(packed.slice(0, -9))).problem?.message).toContain('cut off');
    expect((await unpack('z=<b>')).problem?.message).toContain('other characters');
    const twice = await pack(`${packed}&${'y'.repeat(LONG)}`);
    expect((await unpack(twice)).problem?.message).toContain('another packed link');
  });
});

const { experiments: three, layout, lineup } = readAddress(fullLink);

describe('an experiment file', () => {
  test('holds all that the link holds, and reads back to it', () => {
    const { wanted, problems, title } = readFile(files[0]);
    expect(problems).toEqual([]);
    expect(title).toBe('Three “lanes”');
    expect(wanted).toEqual({
      experiments: three,
      layout,
      lineup,
      device: 'wasm',
      paused: false,
      problems: [],
    });
  });

  test('holds scenes, which come back with it; one that is none is told of', async () => {
    const text = writeFile({ experiments: three, layout, lineup, title: 'A class', scenes });
    expect(readFile(text)).toMatchObject({ scenes, problems: [] });
    const raw = JSON.parse(text);
    raw.scenes[1].step = -1;
    const { scenes: left, problems } = readFile(JSON.stringify(raw));
    expect(left).toEqual(scenes.slice(0, 1));
    expect(problems[0].message).toMatch(/^scenes should be a list of at most 50 scenes/);
    const model = openModel('preset=bilinear');
    await openFile(new File([text], 'a.json', { type: 'application/json' }), model.page);
    expect(stageOf(model.page).getState().scenes).toEqual(scenes);
    expect(model.address()).toContain('&scenes=');
    expect(model.page.store.getState().lanes).toHaveLength(3);
  });

  test.each(presets.map(({ name }) => name))('of preset %s reads back', (name) => {
    const { experiments } = readAddress(`preset=${name}`);
    expect(readFile(file(experiments)).wanted?.experiments).toEqual(experiments);
  });

  test('of one experiment, as the command line reads it, is one lane', () => {
    const { wanted, problems } = readFile(files[2]);
    expect(problems).toEqual([]);
    expect(wanted?.experiments).toEqual(
      readAddress('preset=bilinear&generator.learningRate=0.3').experiments,
    );
  });

  test('is told of with the path of what is wrong, the choices, and what is used instead', () => {
    const raw = JSON.parse(files[0]);
    raw.lanes[1].generator = { kind: 'adamm' };
    raw.lanes[0].generator.learningRate = 'fast';
    raw.lanes[2].nonsense = 1;
    raw.view = { axis: 'hours', pace: 7 };
    raw.saddle = 9;
    const { wanted, problems } = readFile(JSON.stringify(raw));
    const said = problems.map(({ message }) => message).join('\n');
    for (const words of [
      'lanes[1]: generator should be one of',
      'did you mean adam?',
      'lanes[0]: generator.learningRate should be a number',
      'lanes[2]: nonsense is not a setting',
      'axis should be one of',
      'pace should be one of',
      'saddle should be 1',
    ]) {
      expect(said).toContain(words);
    }
    expect(wanted?.experiments).toHaveLength(3);
  });

  test.each([
    '',
    'no json',
    '[]',
    '"x"',
    '{}',
    '{"name": "somebody else’s"}',
    '{"lanes": []}',
    '{"lanes": {}}',
    '{"lanes": [3, null, "x"]}',
    '{"lanes": [{"seed": "x"}, {"scheme": "nope", "__proto__": 1}]}',
    '{"seed": "x"}',
    '{"seed": "x", "scheme": {"kind": "nope"}}',
    '{"preset": "nope"}',
  ])('that is none, %s, is told of and opens nothing', (text) => {
    const { wanted, problems } = readFile(text);
    expect(wanted).toBeUndefined();
    expect(problems).not.toEqual([]);
  });
});

test('a file goes to the first opener that takes it, by its name', () => {
  const openerOf = (name: string, type = '') =>
    openers.findIndex((opener) => opener.accepts(new File([], name, { type })));
  expect(
    [
      'a.json',
      'a.npz',
      'a.csv',
      'a.PNG',
      'train-images-idx3-ubyte.gz',
      'train-images.idx3-ubyte',
      'data_batch_1.bin',
      'pasted',
    ].map((name) => openerOf(name)),
  ).toEqual([0, 1, 2, 3, 3, 3, 3, -1]);
  expect(openerOf('photo.heic', 'image/heic')).toBe(3); // which browsers it is for them to say
  expect(openerOf('drawing.svg', 'image/svg+xml')).toBe(-1);
});

describe('what the dialog says of its link', () => {
  const say = sharing.dialog.truth;
  function told(address: string, frame: object, settings: readonly object[] = [], device?: string) {
    const { page } = openModel(address);
    if (device) changeLane(page.store, 0, { readout: { ...page.store.getState().readout, device } });
    const alone: readonly object[] = [];
    const record = { frame: { begin: 0, step: 2000, ...frame }, settings, alone, devices: [] };
    return untoldByLink({ ...page, store: page.store, recordOf: () => record as unknown as RunRecord });
  }
  const from = (step: number, rate: number) => ({
    step,
    experiment: readAddress(`preset=bilinear&generator.learningRate=${rate}`).experiments[0],
  });

  test('is nothing where it holds the run', () => {
    const nothing = { sentences: [], notes: [], isKeptByCheckpoint: false };
    expect(told('preset=bilinear', {}, [from(0, 0.1)])).toEqual(nothing);
    // Changed before the first step, or to what it was.
    expect(told('preset=bilinear', {}, [from(0, 0.2), from(0, 0.1)])).toEqual(nothing);
    expect(told('preset=bilinear', {}, [from(0, 0.1), from(9, 0.1)])).toEqual(nothing);
    expect(told('preset=bilinear', {}, [from(0, 0.1)], 'wasm')).toEqual(nothing);
    expect(told('preset=bilinear', {}, [from(0, 0.1), from(40, 0.2), from(70, 0.1)])).toEqual({
      ...nothing,
      notes: [say.again],
    });
  });

  test('is a sentence where it leaves out what is not known here, and more than it can hold', () => {
    const begun = told('preset=bilinear', { begin: 1200 }, [from(1200, 0.1)]);
    expect(begun).toMatchObject({ sentences: [say.begun(1200)], isKeptByCheckpoint: true });
    const dragged = Array.from({ length: MOST_EVENTS + 2 }, (_, i) => from(i, i % 2 === 0 ? 0.1 : 0.2));
    const much = told('preset=bilinear', { step: 9000 }, dragged);
    expect(much).toMatchObject({ sentences: [say.tooMuch], isKeptByCheckpoint: true });
  });

  test('is how long it takes to come there again, where that is long', () => {
    const long = told('preset=bilinear', { seconds: 99.6 }, [from(0, 0.1)]);
    expect(long).toEqual({ sentences: [], notes: [say.long(100)], isKeptByCheckpoint: true });
  });

  test('is a sentence where the pictures are somebody’s own, and where the device rounds in its own way', () => {
    expect(told('game=images&game.dataset=own', {}).sentences).toEqual([say.own]);
    expect(told('preset=bilinear', {}, [], 'tfjs-webgl').sentences[0]).toMatch(/rounds in its own way/);
  });
});

describe('an open page', () => {
  const jsonFile = (text: string, name = 'a.json') => new File([text], name, { type: 'application/json' });
  const lanesOf = ({ page }: ReturnType<typeof openModel>) =>
    page.store.getState().lanes.map(({ experiment }) => experiment);

  test('keeps its run when a file, a packed link or a kind of file cannot be read', async () => {
    const model = openModel('preset=bilinear&lane2.scheme=extragradient');
    const before = model.page.store.getState().lanes;
    const tellings = model.told.length;
    await openFile(jsonFile('{"lanes": 3}'), model.page);
    expect(model.page.store.getState().problems[0].message).toContain('lanes should be');
    await openFile(jsonFile('not at all'), model.page);
    expect(model.page.store.getState().problems[0].message).toContain('a JSON file');
    await openFile(new File(['x'], 'data_batch_1'), model.page); // CIFAR for Python
    expect(model.page.store.getState().problems[0].message).toBe(
      'The file should be a file that can be opened here: experiment (.json), a checkpoint (.npz), points (.csv, .tsv, .txt), pictures (PNG, JPEG, WebP, GIF, BMP, AVIF, IDX, CIFAR .bin), but found the file data_batch_1; what is open goes on.',
    );
    await openLink(model.page, '#z=broken');
    expect(model.page.store.getState().problems[0].message).toContain('packed link');
    expect(model.page.store.getState().lanes).toBe(before);
    expect(model.told).toHaveLength(tellings);
  });

  test('opens a link in the place of what was open, from its start; undo brings that back', async () => {
    const model = openModel('preset=bilinear&lane2.scheme=extragradient');
    const undo = openUndo(model.page);
    const before = lanesOf(model);
    model.told.length = 0;
    await openLink(model.page, 'game=dirac&selected=2&lane2&lane3&nonsense=1&pace=seconds');
    expect(lanesOf(model).map(({ game }) => game.kind)).toEqual(['dirac', 'dirac', 'dirac']);
    expect(model.page.store.getState()).toMatchObject({ pace: 'seconds', selected: 1 });
    expect(model.page.store.getState().problems[0].message).toMatch(
      /nonsense.* Undo brings back what was open\.$/,
    );
    // Once each; the third lane has a worker of its own, which has played nothing yet.
    expect(model.told.map(({ fresh }) => fresh)).toEqual([true, true, false]);
    expect(model.told.map(({ experiment }) => experiment)).toEqual(lanesOf(model));
    expect(model.address()).toContain('game=dirac');
    undo.undo();
    expect(lanesOf(model)).toEqual(before);
    undo.redo();
    expect(lanesOf(model)).toHaveLength(3);
  });

  test.each([
    'garbage',
    '#section-2',
    'garbage&seed=x&preset=nope&axis=hours',
    'v=3&__proto__=1&&',
    'z=broken&nothing',
    'z=broken&present',
    'scenes=%25',
    'device=%22%3E&lane1.seed=1&lane99.seed=x',
  ])('goes on where nothing of a link can be read: %s', async (text) => {
    const model = openModel('preset=bilinear&lane2.scheme=extragradient');
    const { lanes: before } = model.page.store.getState();
    const { openings } = model.page;
    const tellings = model.told.length;
    await openLink(model.page, text);
    expect(model.page.store.getState().lanes).toBe(before);
    expect(model.page.openings).toBe(openings);
    expect(model.told).toHaveLength(tellings);
    expect(model.page.store.getState().problems[0].message).toMatch(/: what is open goes on\.$/);
    // And opens what says in words what holds anyway.
    await openLink(model.page, `${text.replaceAll('seed=x', '')}&seed=0`);
    expect(model.page.openings).toBe(openings + 1);
  });

  test('goes on wherever every word of a link is a problem', async () => {
    const model = openModel('preset=bilinear&lane2.scheme=extragradient');
    const { lanes: before } = model.page.store.getState();
    const word = fc
      .tuple(
        fc.constantFrom('seed', 'scheme', 'game', 'preset', 'axis', 'pace', 'zoom', 'stops', 'lane9.x', 'y'),
        fc.stringMatching(/^[a-z!]{0,9}$/),
      )
      .map(([name, value]) => `${name}=${value}?`);
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 5 }), async (words) => {
        fc.pre(words.every((each) => readAddress(each).problems.length > 0));
        await openLink(model.page, words.join('&'));
        expect(model.page.store.getState().lanes).toBe(before);
        expect(model.page.openings).toBe(0);
      }),
      { numRuns: 500, seed: SEED },
    );
  });

  test('tells each worker once of a preset or a race that is opened: to begin anew, where it has played', () => {
    const model = openModel('preset=bilinear');
    const toldOf = (name: string) => {
      model.told.length = 0;
      model.page.loadPreset(name);
      expect(model.told.map(({ experiment }) => experiment)).toEqual(lanesOf(model));
      return model.told.map(({ fresh }) => fresh);
    };
    expect(toldOf('dirac')).toEqual([true]);
    const [{ name, lanes: further }] = races;
    expect(toldOf(name)).toEqual([true, ...further.map(() => false)]);
    expect(toldOf(name)).toEqual([true, ...further.map(() => true)]);
    expect(toldOf('bilinear')).toEqual([true]);
  });

  test('takes over the scenes of a link, and asks for a presentation where the link does', async () => {
    const model = openModel('preset=bilinear');
    const link = withScenes('https://saddle.example/#preset=dirac', scenesText(scenes));
    await openLink(model.page, (await pack(link.split('#')[1])) ?? '');
    expect(stageOf(model.page).getState()).toMatchObject({ scenes, presents: true });
    expect(model.address()).toBe(`preset=dirac&present&scenes=${linkedScenes(scenesText(scenes))}`);
    expect(model.page.link()).toBe('https://saddle.example/#preset=dirac');
    // A setting moves: the address brings them still.
    change(model.page.store, 'generator.learningRate', 0.3);
    expect(model.address()).toContain('generator.learningRate=0.3');
    expect(model.address()).toContain('&present&scenes=');
    await openLink(model.page, 'preset=bilinear'); // a recent experiment, before the same class
    expect(stageOf(model.page).getState().scenes).toEqual(scenes);
    expect(model.address()).toContain('&scenes=');
    stageOf(model.page).present(false);
    expect(model.address()).not.toContain('present&');
  });
});

describe('undo', () => {
  function open(address = 'preset=bilinear') {
    const model = openModel(address);
    let now = 0;
    const undo = openUndo(model.page, () => now);
    const { store } = model.page;
    return {
      ...model,
      undo,
      store,
      later: (ms = 5000) => {
        now += ms;
      },
      rate: () => (store.getState().experiment.generator as { learningRate: number }).learningRate,
    };
  }

  test('takes a setting back and does it again, telling the run as a change does', () => {
    const { store, undo, rate, told } = open();
    change(store, 'generator.learningRate', 0.5);
    expect(undo.undoes).toContain('learning rate');
    const tellings = told.length;
    undo.undo();
    expect(rate()).toBe(0.1);
    expect(told).toHaveLength(tellings + 1);
    expect(told.at(-1)).toMatchObject({ fresh: false });
    undo.redo();
    expect(rate()).toBe(0.5);
    expect(undo.redoes).toBeUndefined();
  });

  test('takes a drag for one change, and the next drag of the same slider for another', () => {
    const { store, undo, rate, later } = open();
    undo.hold(true);
    for (const value of [0.2, 0.3, 0.4]) {
      change(store, 'generator.learningRate', value);
      later(); // however slow the hand
    }
    undo.hold(false);
    undo.hold(true);
    change(store, 'generator.learningRate', 0.6);
    undo.hold(false);
    undo.undo();
    expect(rate()).toBe(0.4);
    undo.undo();
    expect(rate()).toBe(0.1);
    expect(undo.undoes).toBeUndefined();
  });

  test('forgets a slider that was dragged back to where it was', () => {
    const { store, undo } = open();
    change(store, 'generator.learningRate', 0.2);
    change(store, 'generator.learningRate', 0.1);
    expect(undo.undoes).toBeUndefined();
  });

  test('covers lanes that are added, moved and removed, methods and presets', () => {
    const { store, undo, page } = open();
    const shown = () => store.getState().lanes.map(({ id, experiment }) => `${id} ${experiment.scheme.kind}`);
    const states = [shown()];
    const act = (action: () => void) => {
      action();
      states.push(shown());
    };
    act(() => duplicateLane(store));
    act(() => takeMethod(store, 'extraAdam'));
    act(() => moveLane(store, 1, -1));
    act(() => removeLane(store, 0));
    act(() => page.loadPreset('dirac'));
    for (const state of states.slice(0, -1).reverse()) {
      undo.undo();
      expect(shown()).toEqual(state);
    }
    expect(store.getState().experiment.game.kind).toBe('bilinear');
    for (const state of states.slice(1)) {
      undo.redo();
      expect(shown()).toEqual(state);
    }
    expect(store.getState().experiment.game.kind).toBe('dirac');
  });

  test('takes two changes of a setting for one while they come within 0.8 seconds', () => {
    const { store, undo, rate, later } = open();
    change(store, 'generator.learningRate', 0.2);
    later(799);
    change(store, 'generator.learningRate', 0.3);
    later(800);
    change(store, 'generator.learningRate', 0.4);
    undo.undo();
    expect(rate()).toBe(0.3);
    undo.undo();
    expect(rate()).toBe(0.1);
  });

  test('leaves no lane selected, nor heard alone, that it has taken away', () => {
    const { store, undo } = open();
    const { selected: first } = store.getState();
    duplicateLane(store);
    const second = store.getState().selected;
    store.setState({ solo: second });
    undo.undo();
    expect(store.getState().lanes.map(({ id }) => id)).toEqual([first]);
    expect(store.getState()).toMatchObject({ selected: first, solo: undefined });
    // A lane that stays is still heard alone.
    store.setState({ solo: first });
    undo.redo();
    expect(store.getState()).toMatchObject({ solo: first });
    expect(store.getState().lanes.map(({ id }) => id)).toEqual([first, second]);
  });

  test('leaves alone what is played and how it is watched', () => {
    const { store, undo } = open();
    store.setState({ playing: true, pace: 'seconds' });
    store.setState({ panels: { gap: true } });
    expect(undo.undoes).toBeUndefined();
  });

  test('knows what was changed before it was there, and forgets what is to be done again after another change', () => {
    const model = openModel('preset=bilinear');
    change(model.page.store, 'seed', 3);
    const undo = openUndo(model.page);
    undo.undo();
    expect(model.page.store.getState().experiment.seed).toBe(0);
    change(model.page.store, 'seed', 9);
    expect(undo.redoes).toBeUndefined();
  });

  test('remembers a bounded number of changes', () => {
    const { store, undo, later } = open();
    for (let seed = 1; seed <= MOST_ENTRIES + 50; seed++) {
      change(store, 'seed', seed);
      later();
    }
    let undone = 0;
    while (undo.undoes !== undefined) {
      undo.undo();
      undone += 1;
    }
    expect(undone).toBe(MOST_ENTRIES);
  });
});

describe('recent experiments', () => {
  const entry = (link: string, name = link) => ({ link, name, at: 1 });
  const shelf = (start?: string) => {
    let kept: string | null = start ?? null;
    return {
      getItem: () => kept,
      setItem(_: string, text: string) {
        kept = text;
      },
    };
  };

  test('are kept newest first, each once, and no more than a few', () => {
    const place = shelf();
    const list = openRecent(() => place);
    for (let i = 0; i < MOST_RECENT + 5; i++) list.note(entry(`seed=${i}`));
    list.note(entry('seed=10'));
    expect(list.all()).toHaveLength(MOST_RECENT);
    expect(list.all()[0].link).toBe('seed=10');
    expect(openRecent(() => place).all()).toEqual(list.all());
    list.note(entry('seed=11'), 'seed=10');
    expect(list.all().some(({ link }) => link === 'seed=10')).toBe(false);
    list.remove('seed=11');
    expect(list.all().some(({ link }) => link === 'seed=11')).toBe(false);
    list.clear();
    expect(list.all()).toEqual([]);
  });

  test('last as long as the page where storage is blocked', () => {
    const list = openRecent(() => {
      throw new DOMException('blocked', 'SecurityError');
    });
    list.note(entry('seed=1'));
    expect(list.isKept).toBe(false);
    expect(list.all()).toEqual([entry('seed=1')]);
  });

  test('leave out what others wrote in their place', () => {
    expect(readRecent('[{"link":1},null,{"link":"a","name":"b","at":2,"x":3},{"link":"a"}]')).toEqual([
      { link: 'a', name: 'b', at: 2 },
    ]);
    for (const text of ['{', '{}', '3', null]) expect(readRecent(text)).toEqual([]);
  });
});
