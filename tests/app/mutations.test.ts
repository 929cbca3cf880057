/**
 * Ten thousand mutated links and ten thousand mutated files, opened one after the other in a page that stays open and
 * has a run under way. Of each it is asserted that
 *
 * - its reader does not throw;
 * - what is read is complete and valid, of one game and seed in all lanes, and what is written of it reads back to it
 *   without a word of complaint;
 * - then the page either has it open: its lanes are all that was read and nothing else, each worker was told so once
 *   and begins at step 0, the address bar says it, and every lane that is heard takes a step of it; undo brings back
 *   the experiments that were open before, which the address bar says then and which take a step as well;
 * - or has what was open before, untouched: the same lanes at the same step of the same runs, of which no worker was
 *   told anything, and which take the next step; and there is at least one sentence that says what was wrong;
 * - either way, whatever was wrong is told on the page, in whole sentences.
 *
 * Asserted by Node: `expect` takes longer than what it would look at here. The workers count steps and compute nothing;
 * `tests/browser/page.links.test.tsx` opens a sample with runs that train.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import { type Address, readAddress, writeAddress } from '../../src/app/address.ts';
import { openFile } from '../../src/app/drop.ts';
import { withWideOpen } from '../../src/app/layout.ts';
import { takePresented, withPresented } from '../../src/app/present/link.ts';
import { readLinked } from '../../src/app/present/stage.ts';
import { readFile } from '../../src/app/share/file.ts';
import { openLink } from '../../src/app/share/openLink.ts';
import { unpack } from '../../src/app/share/pack.ts';
import { say } from '../../src/app/share/strings.ts';
import { isHeard } from '../../src/app/store.ts';
import { openUndo } from '../../src/app/undo.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { isSame, type Problem } from '../../src/settings/index.ts';
import { AUTO } from '../../src/worker/protocol.ts';
import { assertValid, files, links, richFiles, richLinks } from './corpus.ts';
import { mutated, mutatedTree } from './mutations.ts';
import { counting, openModel } from './opened.ts';

const CASES = 10_000;
const SEED = 20_26;
/** What is long takes long to be written and read again. */
const mostly = <T>(usual: fc.Arbitrary<T>, rich: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: usual, weight: 9 }, { arbitrary: rich, weight: 1 });

const brokenLinks = mostly(mutated(links), mutated(richLinks));
const brokenFiles = mostly(
  fc.oneof(mutated(files), mutatedTree(files)),
  fc.oneof(mutated(richFiles), mutatedTree(richFiles)),
);

/** What is read of a link or a file, and whatever is wrong with it. */
interface Read {
  readonly wanted?: Omit<Address, 'isEmbedded' | 'paused'>;
  readonly problems: readonly Pick<Problem, 'message'>[];
}

async function readLink(text: string): Promise<Read> {
  const { text: words, problem } = await unpack(text);
  const { address, scenes } = takePresented(words);
  const wanted = readAddress(address);
  const problems = [...(problem ? [problem] : []), ...wanted.problems];
  const hasScenes = scenes === undefined || readLinked(scenes) !== undefined;
  return {
    wanted,
    problems: hasScenes ? problems : [...problems, { message: `scenes should be ${say.scenes}` }],
  };
}

/** A page with two lanes, which have taken a step. */
async function openRunning() {
  const model = openModel('preset=bilinear&lane2.scheme=extragradient', counting);
  const { page, told } = model;
  const undo = openUndo(page);
  const { getState, setState } = page.store;
  const experimentsOf = () => getState().lanes.map(({ experiment }) => experiment);
  const framesOf = () => getState().lanes.map((lane) => page.recordOf(lane).frame);
  const before = experimentsOf();
  const counts = { opened: 0, kept: 0 };

  async function rest(): Promise<void> {
    for (let i = 0; i < 100 && !page.isResting; i++) await undefined; // the workers answer at once
    assert.ok(page.isResting);
  }

  /** Every lane that is heard takes a step of its run, and no other does. */
  async function assertStep(): Promise<void> {
    await rest();
    const stood = framesOf();
    page.step();
    await rest();
    const { lanes } = getState();
    for (const [i, frame] of framesOf().entries()) {
      assert.ok(frame);
      assert.equal(frame.run, stood[i]?.run);
      assert.equal(frame.step, (stood[i]?.step ?? 0) + (isHeard(getState(), lanes[i]) ? 1 : 0));
      const played = page.recordOf(lanes[i]).settings.at(-1)?.experiment;
      assert.ok(played && isSame(schema, played, lanes[i].experiment));
      assert.equal(lanes[i].failure ?? lanes[i].refusal, undefined);
    }
  }

  /** What the reader tells is said on the page, in whole sentences. */
  function assertSaid({ problems }: Read): void {
    const { problems: said } = getState();
    assert.equal(said.length, problems.length);
    for (const [i, { message }] of said.entries()) {
      assert.match(message, /\.$/);
      assert.ok(message.startsWith(problems[i].message));
    }
  }

  async function assertOpen(read: Read, lanesBefore: number): Promise<void> {
    assert.ok(read.wanted);
    const { experiments, courses, device, layout, lineup } = read.wanted;
    const { lanes, experiment, presented } = getState();
    const begun = experiments.map((each, i) => courses?.[i]?.settings[0].experiment ?? each);
    assert.deepEqual(experimentsOf(), begun);
    assert.ok(experimentsOf().includes(experiment));
    const seen = withWideOpen(layout, experiments[0]);
    const written = writeAddress(experiments, device === AUTO ? undefined : device, seen, lineup, courses);
    assert.equal(model.address(), withPresented(written, presented));
    assertSaid(read);
    // Each worker is told once: to begin anew, where it has played something.
    assert.deepEqual(new Set(told.map((command) => command.experiment)), new Set(experimentsOf()));
    assert.equal(told.length, lanes.length);
    assert.equal(told.filter(({ fresh }) => fresh).length, Math.min(lanes.length, lanesBefore));
    await rest();
    for (const frame of framesOf()) assert.equal(frame?.step, 0);
    await assertStep();
  }

  /** Opens something of which this is read. */
  async function assertGoesOn(read: Read, open: () => Promise<void>): Promise<void> {
    if (read.wanted) assertValid(read.wanted);
    const { openings } = page;
    const { lanes } = getState();
    const frames = framesOf();
    told.length = 0;
    await open();
    if (page.openings > openings) {
      counts.opened += 1;
      await assertOpen(read, lanes.length);
      while (undo.undoes !== undefined) undo.undo();
      assert.deepEqual(experimentsOf(), before);
      // Undone on the way: the link says how the runs began, and what they came to.
      const { experiments, courses } = readAddress(takePresented(model.address()).address);
      const now = experiments.map((each, i) => courses?.[i]?.settings.at(-1)?.experiment ?? each);
      assert.deepEqual(now, before);
      // Who is heard is not undone.
      setState({ solo: undefined, lanes: getState().lanes.map((lane) => ({ ...lane, isMuted: false })) });
    } else {
      counts.kept += 1;
      assert.ok(read.problems.length > 0);
      assertSaid(read);
      assert.deepEqual(told, []);
      assert.equal(getState().lanes, lanes);
      for (const [i, frame] of framesOf().entries()) assert.equal(frame, frames[i]);
    }
    await assertStep();
  }

  await assertStep();
  return { page, counts, assertGoesOn };
}

/** Many were opened, and many were not. */
function assertBoth({ opened, kept }: { opened: number; kept: number }): void {
  assert.equal(opened + kept, CASES);
  assert.ok(Math.min(opened, kept) > CASES / 10);
}

test(`${CASES} mutated links: each is open and steps, or what was open goes on and it is said why`, async () => {
  const { page, counts, assertGoesOn } = await openRunning();
  await fc.assert(
    fc.asyncProperty(brokenLinks, async (text) =>
      assertGoesOn(await readLink(text), () => openLink(page, text)),
    ),
    { numRuns: CASES, seed: SEED },
  );
  assertBoth(counts);
}, 600_000);

test(`${CASES} mutated files: each is open and steps, or what was open goes on and it is said why`, async () => {
  const { page, counts, assertGoesOn } = await openRunning();
  await fc.assert(
    fc.asyncProperty(brokenFiles, async (text) => {
      const file = new File([text], 'a.json');
      await assertGoesOn(readFile(await file.text()), () => openFile(file, page));
    }),
    { numRuns: CASES, seed: SEED },
  );
  assertBoth(counts);
}, 600_000);
