/** `--method` and `--points`: what they change, what may be set on top, and what is wrong with them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { applyMethod, methods } from '../../src/catalog/methods/index.ts';
import { experimentOf } from '../catalog/given.ts';
import { inspected, refusal, runLines } from './call.ts';

const folder = mkdtempSync(join(tmpdir(), 'saddle-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

// Variance reduction is noted to have no finite data there.
const quiet = methods.map(({ name }) => name).filter((name) => name !== 'svre');
test.each(quiet)('--method %s plays the preset’s game', async (name) => {
  const line = `bilinear --steps 2 --set game.strength=2 --set seed=3 --method ${name}`;
  const { summary } = await runLines(line);
  const plain = experimentOf({ seed: 3, game: { kind: 'bilinear', strength: 2 } });
  expect(summary.experiment).toEqual(applyMethod(plain, name));
});

test('--set comes on top of --method, in whatever order they are given', async () => {
  for (const line of [
    'bilinear --method omd --set generator.learningRate=0.3',
    'bilinear --set generator.learningRate=0.3 --method omd',
  ]) {
    const { experiment } = await inspected(line);
    expect(experiment.scheme.kind).toBe('optimistic');
    expect([experiment.generator.learningRate, experiment.discriminator.learningRate]).toEqual([0.3, 0.1]);
  }
});

test('an unknown method is answered with those there are', async () => {
  const [sentence, ...more] = await refusal('run bilinear --method consensus');
  expect(more).toEqual([]);
  expect(sentence).toMatch(/^--method should be one of simGda, altGda, .* but found "consensus"/);
  expect(await refusal('run bilinear --method omt')).toEqual([expect.stringContaining('did you mean om')]);
});

test('--points imitates the points of a file', async () => {
  const path = file('three.csv', '# x,y\n0.5,1\n-1,2\n\n3 4\n');
  const { experiment } = await inspected('ring --set game.batchSize=4', ['--points', path]);
  expect(experiment.game.dataset).toEqual({ kind: 'points', values: [0.5, 1, -1, 2, 3, 4], noise: 0.02 });
  const set = await inspected('ring --set game.dataset.noise=0', ['--points', path]);
  expect(set.experiment.game.dataset.noise).toBe(0);
  expect([...set.batch.real.values].every((value: number) => [0.5, 1, -1, 2, 3, 4].includes(value))).toBe(
    true,
  );
});

test('a file that is wrong is answered line by line, with what is accepted', async () => {
  const path = file('wrong.csv', '1,2\n1,2,3\nx,2\n1,nan\n4;5\n');
  expect(await refusal('run ring', ['--points', path])).toEqual([
    `${JSON.stringify(path)}, line 2: expected two numbers, x and y, but found 3 columns.`,
    `${JSON.stringify(path)}, line 3: expected a number in column 1, but found "x".`,
    `${JSON.stringify(path)}, line 4: expected a number in column 2, but found "nan".`,
  ]);
  const many = file('many.csv', '1,2\n'.repeat(2001));
  expect(await refusal('run ring', ['--points', many])).toEqual([
    `${JSON.stringify(many)}, line 2001: expected at most 2000 points.`,
  ]);
  const empty = file('empty.csv', '\n');
  expect(await refusal('run ring', ['--points', empty])).toEqual([
    `${JSON.stringify(empty)}, line 1: expected x and y of a point on each line, but found none.`,
  ]);
});

test('points are for games with a dataset, and from files that are there', async () => {
  const path = file('one.csv', '1,2\n');
  const [sentence] = await refusal('run bilinear', ['--points', path]);
  expect(sentence).toContain(
    '--points should be given for a game with a dataset (gan), but found "bilinear"',
  );
  const [missing] = await refusal('run ring', ['--points', join(folder, 'none.csv')]);
  expect(missing).toContain('should be the path of a file of points');
  expect(missing).toContain('no such file');
});
