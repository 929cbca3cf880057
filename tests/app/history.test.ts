/** A link reopens the very run: what was changed on the way, who moved alone, and where a lane was branched off. */
import { describe, expect, test } from 'vitest';
import { readAddress, writeAddress } from '../../src/app/address.ts';
import { usualLayout } from '../../src/app/layout.ts';
import type { Page } from '../../src/app/page.ts';
import { readFile, writeFile } from '../../src/app/share/file.ts';
import { openLink } from '../../src/app/share/openLink.ts';
import { say as sharing } from '../../src/app/share/strings.ts';
import { untoldByLink } from '../../src/app/share/truth.ts';
import { change, changeLane, takeMethod } from '../../src/app/store.ts';
import { placed } from '../../src/app/take/placing.ts';
import { takeStrings } from '../../src/app/take/strings.ts';
import { takeScript } from '../../src/app/take/take.ts';
import { openUndo } from '../../src/app/undo.ts';
import { openPlaying, recordsOf, rest, stepsOf, until } from './playing.ts';

const say = sharing.dialog.truth;
const small =
  'game.batchSize=8&game.generatorNetwork.hidden=5&game.discriminatorNetwork.hidden=6&game.latentSize=2';

/** Without the device, on which all of this is played. */
const linkOf = (page: Page) => (page.link().split('#')[1] ?? '').replace(/&?device=\w+/, '');
const rateOf = (page: Page) =>
  (page.store.getState().experiment.generator as { learningRate: number }).learningRate;

/** Every lane takes so many steps more. */
async function steps(page: Page, count: number, mover?: 'generator' | 'discriminator'): Promise<void> {
  const goals = stepsOf(page).map((step) => step + count);
  for (let i = 0; i < count; i++) page.step(mover);
  await until(() => expect(stepsOf(page)).toEqual(goals));
}

async function goTo(page: Page, step: number): Promise<void> {
  page.time.goTo(step);
  await until(() => {
    expect(page.store.getState().seeking).toBeUndefined();
    for (const [i, at] of stepsOf(page).entries()) expect(at, `lane ${i}`).toBe(step);
  });
  await rest(page);
}

/** Of all lanes, all that is the same whenever it is computed. */
async function bits(page: Page) {
  const all = [];
  for (const { id } of page.store.getState().lanes) {
    page.store.setState({ selected: id });
    const { experiment, state } = await page.checkpoint();
    all.push({ experiment, state });
  }
  return all;
}

/** A run with three changes and a step of one player, and a lane that was branched off before the last change. */
async function eventful(address: string): Promise<Page> {
  // Kept together by seconds, a lane at rest does not come up to the others.
  const page = openPlaying(`${address}&pace=seconds`, false);
  await steps(page, 10);
  change(page.store, 'generator.learningRate', 0.03);
  await steps(page, 6);
  await steps(page, 1, 'generator');
  await steps(page, 4);
  change(page.store, 'scheme', 'extragradient');
  await steps(page, 7);
  change(page.store, 'discriminator.learningRate', 0.004);
  await steps(page, 5);
  await goTo(page, 24);
  await page.time.branch();
  await until(() => expect(stepsOf(page)).toEqual([33, 24]));
  takeMethod(page.store, 'extraAdam');
  await rest(page);
  const [{ id }] = page.store.getState().lanes;
  changeLane(page.store, id, { isMuted: true });
  for (let i = 0; i < 9; i++) page.step();
  await until(() => expect(stepsOf(page)).toEqual([33, 33]));
  changeLane(page.store, id, { isMuted: false });
  return page;
}

describe.each(['reference', 'wasm'])('on %s', (device) => {
  test('a run with changes, a step of one player and a branch is opened from its link as the very same', async () => {
    const page = await eventful(`${small}&device=${device}`);
    await goTo(page, 33);
    const link = linkOf(page);
    expect(link).toContain(
      'history=1!10:generator.learningRate:0.03!16:alone:generator*1!21:scheme:extragradient!28:',
    );
    expect(link).toMatch(/&lane2\.history=1!10:generator\.learningRate:0\.03!16:alone:generator\*1!21:/);
    const [first, branch] = [await at(page, 26), await at(page, 33)];

    const again = openPlaying(`${link}&device=${device}`, false);
    expect(again.store.getState().problems).toEqual([]);
    expect(again.store.getState().device).toBe(device);
    await steps(again, 33);
    expect(await bits(again)).toEqual(branch);
    expect(recordsOf(again).map(({ settings }) => settings.map(({ step }) => step))).toEqual([
      [0, 10, 21, 28],
      [0, 10, 21, 24],
    ]);
    expect(recordsOf(again).map(({ alone }) => alone)).toEqual([
      [{ step: 16, steps: 1, player: 'generator' }],
      [{ step: 16, steps: 1, player: 'generator' }],
    ]);
    expect(await at(again, 26)).toEqual(first);
    expect(linkOf(again)).toBe(link);
  }, 60_000);
});

const at = async (page: Page, step: number) => {
  await goTo(page, step);
  return bits(page);
};

describe('a run that is opened from a link', () => {
  const history = '1!10:generator.learningRate:0.3!20::0.2!25:alone:discriminator*2';
  const link = `preset=bilinear&history=${history}`;

  test('shows each change when it is reached, as a mark and in the settings, and nothing is to be undone', async () => {
    const page = openPlaying(link, false);
    const undo = openUndo(page);
    expect(rateOf(page)).toBe(0.1);
    await steps(page, 9);
    expect([rateOf(page), page.time.marks()]).toEqual([0.1, []]);
    await steps(page, 1);
    expect(rateOf(page)).toBe(0.3);
    expect(page.time.marks().map(({ step }) => step)).toEqual([10]);
    await steps(page, 12);
    expect(rateOf(page)).toBe(0.2);
    expect(page.time.marks().map(({ step }) => step)).toEqual([10, 20]);
    await steps(page, 4);
    expect(page.time.marks().slice(2)).toEqual([
      { step: 25, kind: 'discriminator', words: 'Step 25: one step of the discriminator alone' },
    ]);
    await steps(page, 4);
    expect(page.time.marks().slice(2)).toEqual([
      { step: 25, kind: 'discriminator', words: 'Step 25: 2 steps of the discriminator alone' },
    ]);
    expect(undo.undoes).toBeUndefined();
    expect(linkOf(page)).toBe(link);
  });

  test('replays them as often as one goes back, by the timeline or to the start', async () => {
    const page = openPlaying(link, false);
    await steps(page, 30);
    const end = await bits(page);
    await goTo(page, 5);
    expect(rateOf(page)).toBe(0.1);
    await steps(page, 25);
    expect(await bits(page)).toEqual(end);
    page.restart();
    await until(() => expect(stepsOf(page)).toEqual([0]));
    await until(() => expect(rateOf(page)).toBe(0.1));
    await steps(page, 30);
    expect(await bits(page)).toEqual(end);
    expect(linkOf(page)).toBe(link);
  });

  test('goes another way when somebody changes something: what was to come is dropped, and the link says so', async () => {
    const page = openPlaying(link, false);
    await steps(page, 15);
    change(page.store, 'discriminator.learningRate', 0.05);
    expect(linkOf(page)).toBe(
      'preset=bilinear&history=1!10:generator.learningRate:0.3!15:discriminator.learningRate:0.05',
    );
    await steps(page, 30);
    expect(page.time.marks().map(({ step, kind }) => [step, kind])).toEqual([
      [10, 'change'],
      [15, 'change'],
    ]);
    expect(recordsOf(page)[0].alone).toEqual([]);
    const end = await bits(page);
    const again = openPlaying(linkOf(page), false);
    await steps(again, 45);
    expect(await bits(again)).toEqual(end);
  });

  test('goes another way when one player is moved, too', async () => {
    const page = openPlaying(link, false);
    await steps(page, 15);
    await steps(page, 1, 'generator');
    await steps(page, 20);
    expect(linkOf(page)).toBe('preset=bilinear&history=1!10:generator.learningRate:0.3!15:alone:generator*1');
  });

  test('a change in its past leaves nothing of what came after, reached or not', async () => {
    const page = openPlaying(link, false);
    await steps(page, 30);
    await goTo(page, 12);
    change(page.store, 'generator.learningRate', 0.5);
    expect(linkOf(page)).toBe('preset=bilinear&history=1!10:generator.learningRate:0.3!12::0.5');
    await steps(page, 30);
    expect(linkOf(page)).toBe('preset=bilinear&history=1!10:generator.learningRate:0.3!12::0.5');
  });

  test('a branch of it has only what it has passed; the lane that it came from goes on as it was shared', async () => {
    const page = openPlaying(link, false);
    await steps(page, 15);
    await page.time.branch();
    await until(() => expect(recordsOf(page)[1]?.frame?.step).toBe(15));
    await rest(page);
    await steps(page, 10);
    expect(linkOf(page)).toBe(`${link}&lane2.history=1!10:generator.learningRate:0.3&selected=2`);
    expect(recordsOf(page).map(({ settings }) => settings.at(-1)?.step)).toEqual([20, 15]);
  });

  test('has nothing more to come when its opening is undone, though it began as what was open', async () => {
    const page = openPlaying('preset=bilinear&lane2', false);
    const undo = openUndo(page);
    await steps(page, 3);
    await openLink(page, link);
    await steps(page, 2);
    undo.undo();
    await until(() => expect(recordsOf(page)[1]?.frame).toBeDefined());
    await rest(page);
    await steps(page, 30);
    expect(stepsOf(page)).toEqual([30, 30]); // both lanes from their starts
    expect(recordsOf(page)[0].settings.map(({ step }) => step)).toEqual([0]);
    expect(linkOf(page)).toBe('preset=bilinear&lane2');
  });

  test('comes again from its start, with all that happens in it, when its opening is done again', async () => {
    const page = openPlaying('preset=bilinear&lane2', false);
    const undo = openUndo(page);
    await openLink(page, link);
    await steps(page, 30);
    const end = await bits(page);
    for (const passed of [30, 12]) {
      undo.undo();
      await until(() => expect(recordsOf(page)[1]?.frame).toBeDefined());
      await rest(page);
      undo.redo();
      expect(linkOf(page)).toBe(link);
      await until(() => expect(stepsOf(page)).toEqual([0]));
      await rest(page);
      await steps(page, passed);
      expect(linkOf(page)).toBe(link);
    }
    await steps(page, 18);
    expect(await bits(page)).toEqual(end);
    // A change on the way, taken back and made again together with all of it.
    change(page.store, 'discriminator.learningRate', 0.05);
    undo.undo();
    undo.undo();
    expect(linkOf(page)).toBe('preset=bilinear&lane2');
    undo.redo();
    expect([linkOf(page), undo.redoes]).toEqual([link, expect.stringContaining('0.05')]);
  });

  test('is had back with what was changed in it, too, when another is opened over it', async () => {
    const page = openPlaying(link, false);
    const undo = openUndo(page);
    await steps(page, 15);
    change(page.store, 'discriminator.learningRate', 0.05);
    await steps(page, 15);
    const [own, end] = [linkOf(page), await bits(page)];
    expect(own).toContain('15:discriminator.learningRate:0.05');
    for (const open of [() => openLink(page, 'preset=dirac'), async () => page.loadPreset('bilinear')]) {
      await open();
      expect(linkOf(page)).not.toContain('history');
      await steps(page, 3);
      undo.undo();
      expect(linkOf(page)).toBe(own);
      await until(() => expect(stepsOf(page)).toEqual([0]));
      await rest(page);
      await steps(page, 30);
      expect(await bits(page)).toEqual(end);
    }
    // The change is a step further back: what was to come after it is not what is done now.
    undo.undo();
    expect(rateOf(page)).toBe(0.3);
    expect(recordsOf(page)[0].frame?.step).toBe(30);
  });

  test('is something to be undone where only what happens in it is another', async () => {
    const page = openPlaying('preset=bilinear', false);
    const undo = openUndo(page);
    await openLink(page, 'preset=bilinear'); // the same: there is nothing to take back
    expect(undo.undoes).toBeUndefined();
    await openLink(page, link);
    expect(undo.undoes).toBe(sharing.changed.history);
    await openLink(page, link);
    await steps(page, 12);
    await openLink(page, link);
    const later = 'preset=bilinear&history=1!11:generator.learningRate:0.3';
    await openLink(page, later);
    for (const before of [link, 'preset=bilinear']) {
      undo.undo();
      expect(linkOf(page)).toBe(before);
    }
    expect(undo.undoes).toBeUndefined();
    undo.redo();
    undo.redo();
    expect(linkOf(page)).toBe(later);
    await steps(page, 12);
    expect(recordsOf(page)[0].settings.map(({ step }) => step)).toEqual([0, 11]);
  });

  test('goes on as it was shared when a change of another lane is undone', async () => {
    const page = openPlaying(`${link}&lane2.scheme=extragradient&selected=2`, false);
    const undo = openUndo(page);
    await steps(page, 5);
    change(page.store, 'generator.learningRate', 0.7);
    await steps(page, 10);
    expect(recordsOf(page)[0].settings.map(({ step }) => step)).toEqual([0, 10]);
    undo.undo();
    await steps(page, 10);
    expect(recordsOf(page).map(({ settings }) => settings.map(({ step }) => step))).toEqual([
      [0, 10, 20],
      [0, 5, 15],
    ]);
    expect(linkOf(page)).toContain(`history=${history}&lane2.scheme=extragradient&lane2.history=1!5:`);
  });

  test('is another run than the one that is opened after it', async () => {
    const page = openPlaying(link, false);
    await steps(page, 12);
    await openLink(page, 'preset=bilinear');
    await steps(page, 30);
    expect(recordsOf(page)[0].settings.map(({ step }) => step)).toEqual([0]);
    await openLink(page, link);
    await steps(page, 12);
    expect(recordsOf(page)[0].settings.map(({ step }) => step)).toEqual([0, 10]);
    page.loadPreset('bilinear');
    await until(() => expect(stepsOf(page)).toEqual([0]));
    expect(linkOf(page)).toBe('preset=bilinear');
  });
});

describe('the link', () => {
  test('of a lane that was added to changed data says how that lane began', async () => {
    const page = openPlaying(`${small}&game.dataset=ring`, false);
    await steps(page, 5);
    change(page.store, 'game.dataset', 'grid');
    await steps(page, 5);
    const [ring] = recordsOf(page)[0].settings;
    const grid = page.store.getState().experiment;
    const courses = [undefined, { settings: [{ step: 0, experiment: grid }] as const, alone: [] }];
    const text = writeAddress(
      [ring.experiment, { ...grid, game: ring.experiment.game }],
      undefined,
      undefined,
      undefined,
      courses,
    );
    expect(text).toMatch(/&lane2\.history=1!0:game\.dataset:grid$/);
    const read = readAddress(text);
    expect(read.problems).toEqual([]);
    expect(read.courses?.[1]?.settings).toEqual([{ step: 0, experiment: grid }]);
    const again = openPlaying(text, false);
    expect(again.store.getState().lanes.map(({ experiment }) => experiment.game)).toEqual([
      ring.experiment.game,
      grid.game,
    ]);
    await steps(again, 3);
    expect(linkOf(again)).toBe(text);
  });

  test('begins anew with a change after which the run does', async () => {
    const page = openPlaying('preset=bilinear&history=1!3:generator.learningRate:0.3', false);
    await steps(page, 5);
    change(page.store, 'seed', 7);
    const anew = 'seed=7&game=bilinear&generator=sgd&generator.learningRate=0.3&discriminator=sgd';
    expect(linkOf(page)).toBe(anew);
    await until(() => expect(stepsOf(page)).toEqual([0]));
    expect(linkOf(page)).toBe(anew);
  });

  test('with a broken history is told of, and plays what is left of it', async () => {
    const page = openPlaying(
      'preset=bilinear&history=1!5:generator.learningRate:fast!8:discriminator.learningRate:0.2',
      false,
    );
    expect(page.store.getState().problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^history at step 5: generator\.learningRate should be a number .* but found "fast"/,
      ),
    ]);
    await steps(page, 10);
    expect(recordsOf(page)[0].settings.map(({ step }) => step)).toEqual([0, 8]);
  });
});

test('a file holds what happened in the runs, and opens as the link does', async () => {
  const page = await eventful(small);
  await goTo(page, 33);
  const end = await bits(page);
  const wanted = page.wanted();
  const text = writeFile({ ...wanted, title: 'A run' });
  expect(JSON.parse(text)).toMatchObject({
    saddle: 2,
    histories: [
      [
        { step: 10, set: { 'generator.learningRate': 0.03 } },
        { step: 16, alone: 'generator', steps: 1 },
        { step: 21, set: { scheme: 'extragradient' } },
        { step: 28, set: { 'discriminator.learningRate': 0.004 } },
      ],
      [{ step: 10 }, { step: 16 }, { step: 21 }, { step: 24 }],
    ],
  });
  const { wanted: read, problems } = readFile(text);
  expect(problems).toEqual([]);
  expect(read?.courses).toEqual(wanted.courses);
  const again = openPlaying('paused', false);
  again.open({ ...read!, device: 'reference' });
  await steps(again, 33);
  expect(await bits(again)).toEqual(end);
  // One in whose runs nothing happened is as older pages know it.
  const plain = readAddress('preset=bilinear&lane2');
  expect(JSON.parse(writeFile({ ...plain, title: '' }))).toMatchObject({ saddle: 1 });
  expect(writeFile({ ...plain, title: '' })).not.toContain('histories');
}, 60_000);

test('a file of one experiment has its history beside its settings', () => {
  const { wanted, problems } = readFile(
    '{"preset": "bilinear", "history": [{"step": 5, "set": {"generator.learningRate": 0.5}}, {"step": 6, "alone": "nobody"}]}',
  );
  expect(wanted?.courses?.[0]?.settings.map(({ step }) => step)).toEqual([0, 5]);
  expect(problems.map(({ message }) => message)).toEqual([
    'history at step 6: alone should be one of generator, discriminator, but found "nobody"; it is left out.',
  ]);
});

describe('what is said where the link is copied', () => {
  test('is that the changes come again, and nothing that it does not hold', async () => {
    const page = openPlaying('preset=bilinear', false);
    await steps(page, 5);
    expect(untoldByLink(page)).toEqual({ sentences: [], notes: [], isKeptByCheckpoint: false });
    change(page.store, 'generator.learningRate', 0.3);
    await steps(page, 1, 'generator');
    expect(untoldByLink(page)).toEqual({ sentences: [], notes: [say.again], isKeptByCheckpoint: false });
  });

  test('is that a checkpoint has no beginning, and where a run was moved to another device', async () => {
    const page = openPlaying('preset=bilinear', false);
    await steps(page, 5);
    const checkpoint = await page.checkpoint();
    const { past, ...unknown } = checkpoint;
    await page.goOnFrom(unknown, 'reference', placed(unknown, 'alone', 'reference'));
    await until(() => expect(recordsOf(page)[0].settings[0]?.step).toBe(5));
    expect(untoldByLink(page).sentences).toEqual([say.begun(5)]);
    expect(linkOf(page)).not.toContain('history');
    expect(past?.settings).toHaveLength(1);
    await page.goOnFrom(checkpoint, 'reference', placed(checkpoint, 'alone', 'reference'));
    await until(() => expect(recordsOf(page)[0].settings[0]?.step).toBe(0));
    expect(untoldByLink(page).sentences).toEqual([]);
    page.setDevice('wasm');
    await steps(page, 3);
    const { sentences, isKeptByCheckpoint } = untoldByLink(page);
    expect(sentences).toEqual([expect.stringMatching(/^It was moved to another device, by step [5-8],/)]);
    expect(isKeptByCheckpoint).toBe(true);
  });
});

test('a script of a branch replays what the lane had passed that it came from, and says what it does not', async () => {
  const page = openPlaying('preset=bilinear&pace=seconds', false);
  const scriptOf = async () => {
    const { blob, without } = await takeScript(page, 'numpy');
    return { text: await blob.text(), without };
  };
  await steps(page, 5);
  change(page.store, 'generator.learningRate', 0.3);
  await steps(page, 2);
  await steps(page, 1, 'generator');
  await steps(page, 8);
  await goTo(page, 12);
  await page.time.branch();
  await until(() => expect(recordsOf(page)[1]?.frame?.step).toBe(12));
  await rest(page);
  change(page.store, 'discriminator.learningRate', 0.04);
  await steps(page, 3);
  const { text, without } = await scriptOf();
  expect(text).toContain('STEPS = 15\n');
  expect(text).toMatch(
    /CHANGES = \[\n +\(5, generator, dict\(learning_rate=0\.3\)\),\n +\(12, discriminator, dict\(learning_rate=0\.04\)\),\n\]/,
  );
  expect(text).toContain('ALONE = [\n    (7, 1, "generator"),\n]');
  expect(without).toEqual([]);
  takeMethod(page.store, 'extraAdam');
  await steps(page, 2);
  expect((await scriptOf()).without).toEqual([
    expect.stringMatching(
      /^At step 15 the run changed .*scheme.*; this script does not, and goes on as before\.$/,
    ),
  ]);
  // Of a run whose beginning nobody knows, there is none.
  const { past: _, ...unknown } = await page.checkpoint();
  await page.goOnFrom(unknown, 'reference', placed(unknown, 'alone', 'reference'));
  await until(() => expect(recordsOf(page)[0].settings[0]?.step).toBe(17));
  await expect(scriptOf()).rejects.toThrow(takeStrings.scriptOfUnknown(17));
});

test('what is written with its layout reads back, history and all', () => {
  const text = `preset=bilinear&history=1!9:scheme:optimistic&lane2.scheme=extragradient&lane2.history=1!3:alone:generator*2&axis=evaluations`;
  const read = readAddress(text);
  expect(read.problems).toEqual([]);
  expect(
    writeAddress(
      read.experiments,
      read.device,
      { ...usualLayout, axis: read.layout.axis },
      read.lineup,
      read.courses,
    ),
  ).toBe(text);
});
