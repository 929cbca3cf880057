/** Lanes are told apart by what they are called, wherever that is said: by what differs, and by nothing else. */
import { expect, test } from 'vitest';
import { laneNamesOf, type NamedLane } from '../../src/app/laneNames.ts';
import * as methods from '../../src/app/method.ts';
import type { Page } from '../../src/app/page.ts';
import { change, duplicateLane, moveLane, removeLane, takeMethod } from '../../src/app/store.ts';
import { heardOf } from '../../src/app/take/name.ts';
import { headOf, runAsJson, runsOf, wideTable } from '../../src/app/take/series.ts';
import { panelTable } from '../../src/app/take/tables.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { parse } from '../../src/settings/index.ts';
import { openPlaying, rest, stepsOf, until } from './playing.ts';

/** Of lanes that play so; with a step, the settings that each began with were others until then. */
function names(...lanes: readonly (readonly (readonly [step: number, differences: object])[])[]): string[] {
  const named = lanes.map((course, id): NamedLane => {
    const settings = course.map(([step, differences]) => ({
      step,
      experiment: parse(schema, differences).values,
    }));
    const { experiment } = settings[settings.length - 1];
    return { id, experiment, record: { settings, alone: [], frame: { step: 1000, begin: 0 } } };
  });
  return [...laneNamesOf(named, methods).values()];
}

const sgd = (rate: number) => ({ kind: 'sgd', learningRate: rate });

test('lanes of different methods are called by these', () => {
  expect(names([[0, {}]], [[0, { scheme: 'alternating' }]])).toEqual([
    'Simultaneous, Adam',
    'Alternating, Adam',
  ]);
});

test('lanes of one method are told apart by the setting that differs, and those that are left by a further one', () => {
  const lane = (generator: number, discriminator: number) =>
    [[0, { generator: sgd(generator), discriminator: sgd(discriminator) }]] as const;
  expect(names(lane(0.3, 0.3), lane(0.2, 0.3))).toEqual([
    'Simultaneous, SGD (generator’s learning rate 0.3)',
    'Simultaneous, SGD (generator’s learning rate 0.2)',
  ]);
  expect(names(lane(0.3, 0.3), lane(0.3, 0.2), lane(0.2, 0.2))).toEqual([
    'Simultaneous, SGD (discriminator’s learning rate 0.3)',
    'Simultaneous, SGD (discriminator’s learning rate 0.2, generator’s learning rate 0.3)',
    'Simultaneous, SGD (discriminator’s learning rate 0.2, generator’s learning rate 0.2)',
  ]);
});

test('lanes that play the same have numbers', () => {
  expect(names([[0, {}]], [[0, {}]], [[0, {}]])).toEqual([
    'Simultaneous, Adam',
    'Simultaneous, Adam (no. 2)',
    'Simultaneous, Adam (no. 3)',
  ]);
});

test('a lane that was changed on the way says what it was before, and until when', () => {
  const [was, is] = [{ generator: sgd(0.1), discriminator: sgd(0.1) }, {}];
  expect(
    names([
      [0, was],
      [300, is],
    ]),
  ).toEqual(['Simultaneous, Adam (SGD until step 300)']);
  const consensus = { adjustment: 'consensus' };
  expect(
    names([
      [0, {}],
      [300, consensus],
    ]),
  ).toEqual(['Simultaneous, Adam + Consensus (without Consensus until step 300)']);
  expect(
    names([
      [0, was],
      [300, is],
      [500, consensus],
    ]),
  ).toEqual(['Simultaneous, Adam + Consensus (last changed at step 500)']);
  // Several changes at one step are one; a rate that was moved makes it no other method.
  expect(
    names([
      [0, was],
      [300, consensus],
      [300, is],
    ]),
  ).toEqual(['Simultaneous, Adam (SGD until step 300)']);
  expect(
    names([
      [0, was],
      [300, { generator: sgd(0.2), discriminator: sgd(0.2) }],
    ]),
  ).toEqual(['Simultaneous, SGD']);
});

const namesOn = (page: Page) => page.store.getState().lanes.map(page.nameOf);

async function steps(page: Page, count: number): Promise<void> {
  const goals = stepsOf(page).map((step) => step + count);
  for (let i = 0; i < count; i++) page.step();
  await until(() => expect(stepsOf(page)).toEqual(goals));
}

test('a branch is called by its step, and everything that is taken away calls it so', async () => {
  // Kept together by seconds, a lane at rest does not come up to the others.
  const page = openPlaying('preset=bilinear&pace=seconds', false);
  const { store } = page;
  await steps(page, 12);
  expect(namesOn(page)).toEqual(['SimGDA']);
  await page.time.branch();
  await until(() => expect(namesOn(page)).toEqual(['SimGDA', 'SimGDA (from step 12)']));
  await steps(page, 3);
  await rest(page);
  const called = ['SimGDA', 'SimGDA (from step 12)'];
  expect(heardOf(page).map(({ name }) => name)).toEqual(called);
  expect(new Set([...wideTable(runsOf(page)).rows].map(([, method]) => method))).toEqual(new Set(called));
  expect([...panelTable(page, 'latest').table.rows].map(([, method]) => method)).toEqual(called);
  expect(headOf(page, runsOf(page)).join('\n')).toContain(called[1]);
  expect(JSON.parse(runAsJson(page)).lanes.map(({ method }: { method: string }) => method)).toEqual(called);

  // With another method it is told by that, and by what it was.
  takeMethod(store, 'altGda');
  await steps(page, 2);
  expect(namesOn(page)).toEqual(['SimGDA', 'AltGDA (Simultaneous until step 15)']);
  // Where it stands before the change, it is what it was.
  page.time.goTo(13);
  await until(() => expect(store.getState().seeking).toBeUndefined());
  await rest(page);
  await until(() => expect(namesOn(page)).toEqual(called));
});

test('a copy is told apart at once, keeps its number wherever it stands, and loses it with what it was a copy of', () => {
  const page = openPlaying('preset=bilinear', false);
  const { store } = page;
  duplicateLane(store);
  expect(namesOn(page)).toEqual(['SimGDA', 'SimGDA (no. 2)']);
  moveLane(store, store.getState().lanes[0].id, 1);
  expect(namesOn(page)).toEqual(['SimGDA (no. 2)', 'SimGDA']);
  change(store, 'scheme', 'extragradient');
  expect(namesOn(page)[1]).toBe('SimGDA');
  expect(namesOn(page)[0]).not.toMatch(/SimGDA/);
  change(store, 'scheme', 'simultaneous');
  expect(namesOn(page)).toEqual(['SimGDA (no. 2)', 'SimGDA']);
  removeLane(store, store.getState().lanes[1].id);
  expect(namesOn(page)).toEqual(['SimGDA']);
});
