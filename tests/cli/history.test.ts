/** Files with what happens in a run: played, inspected and exported with it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readAddress } from '../../src/app/address.ts';
import { loadNamed } from '../../src/app/named.ts';
import { writeFile } from '../../src/app/share/file.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { openSession } from '../../src/engine/session.ts';
import { set } from '../../src/settings/index.ts';
import { inspected, output, refusal, runLines } from './call.ts';

await loadNamed();
const folder = mkdtempSync(join(tmpdir(), 'saddle-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: object | string) => {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return join(folder, name);
};

const [bilinear] = readAddress('preset=bilinear').experiments;
const history = [
  { step: 5, set: { 'generator.learningRate': 0.3 } },
  { step: 8, alone: 'generator', steps: 2 },
];

/** The point after so many steps of what the files below say, by hand. */
function played(steps: number) {
  const session = openSession(bilinear, reference);
  for (let step = 0; step < steps; step++) {
    if (step === 5) session.change(set(schema, session.experiment, 'generator.learningRate', 0.3));
    session.advance(1, undefined, step === 8 || step === 9 ? 'generator' : undefined);
  }
  return [...session.state.point];
}

test('run plays what happens at its steps', async () => {
  const path = file('a.json', { preset: 'bilinear', history });
  const { readings, summary } = await runLines('--steps 12 --every 3 --watch point', [path]);
  for (const { step, readings: read } of readings) expect(read.point, `step ${step}`).toEqual(played(step));
  expect(summary.experiment.generator.learningRate).toBe(0.3);
  const moment = await inspected('--steps 9', [path]);
  expect(Object.values(moment.point ?? moment.parameters).length).toBeGreaterThan(0);
});

test('a file of the page is played lane by lane', async () => {
  const read = readAddress(
    'preset=bilinear&history=1!5:generator.learningRate:0.3!8:alone:generator*2&lane2.scheme=extragradient',
  );
  const path = file('page.json', writeFile({ ...read, title: 'Two lanes' }));
  const first = await runLines('--steps 12 --watch point', [path]);
  expect(first.readings.at(-1).readings.point).toEqual(played(12));
  const second = await runLines('--steps 12 --lane 2', [path]);
  expect(second.summary.experiment).toMatchObject({
    scheme: { kind: 'extragradient' },
    generator: { learningRate: 0.1 },
  });
  expect(await refusal('run --lane 3', [path])).toEqual([
    '--lane should be one of the 2 lanes of the file, but found "3".',
  ]);
});

test('a script that is exported has the changes of settings, and the steps of one player alone', async () => {
  const path = file('b.json', { preset: 'bilinear', history });
  const text = await output('export --steps 12', [path]);
  expect(text).toMatch(/CHANGES = \[\n {4}\(5, generator, dict\(learning_rate=0\.3\)\),\n\]/);
  // After 8 steps, in two of them.
  expect(text).toMatch(/ALONE = \[\n {4}\(8, 2, "generator"\),\n\]/);
});

test('a broken history is refused with where, what was expected, and what was found', async () => {
  const broken = file('c.json', {
    preset: 'bilinear',
    history: [
      { step: 5, set: { seed: 2 } },
      { step: 4, alone: 'x' },
    ],
  });
  expect(await refusal('run', [broken])).toEqual([
    'history at step 5: seed should be a setting with which a run can go on, but found 2.',
    'history at step 4: alone should be one of generator, discriminator, but found "x".',
  ]);
});
