/** What the page says, counts and draws of a run is of one moment, or says of which. */
import { expect, test } from 'vitest';
import { openPlaying, rest, until } from './playing.ts';

const small = 'game.batchSize=16&game.generatorNetwork.hidden=8&game.discriminatorNetwork.hidden=8';

test('modes are counted where the watchers look, so that the sentence, the rings and the chart agree', async () => {
  const page = openPlaying(small, false);
  const { record } = page;
  const steps: (readonly [counted: number | undefined, watched: number | undefined])[] = [];
  /** Of each sentence that tells modes: the step at which they were counted, and the one that the counter shows. */
  const told: (readonly [sentence: string, step: number, counted: number])[] = [];
  record.subscribe(() => steps.push([record.latest.modes?.step, record.latest.notices?.step]));
  page.store.subscribe(({ readout }, before) => {
    if (readout !== before.readout && record.latest.modes && readout.sentence)
      told.push([readout.sentence, readout.step, record.latest.modes.reading.covered]);
  });
  await until(() => expect(record.latest.notices).toBeDefined()); // the code of what is read has come
  page.play();
  await until(() => expect(new Set(steps.map(([counted]) => counted)).size).toBeGreaterThan(3));
  await rest(page);
  for (const [counted, watched] of steps) expect(counted).toBe(watched);
  // No sentence tells another number of modes than was counted last.
  const numbers = told.flatMap(([sentence, step, covered]) => {
    const number = /(\d+) of 8 modes/.exec(sentence)?.[1];
    return number !== undefined && step > 0 ? [[Number(number), covered]] : [];
  });
  expect(numbers.length).toBeGreaterThan(1);
  for (const [number, covered] of numbers) expect(number).toBe(covered);
});
