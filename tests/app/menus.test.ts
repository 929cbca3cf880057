/** How menus are sorted: every entry of a list is in its menu once, and groups name only what there is. */
import { expect, test } from 'vitest';
import { presetExperiment } from '../../src/app/address.ts';
import { grouped, menus, optionalParts, presetPlayed, sections } from '../../src/app/menus.ts';
import { methodOf } from '../../src/app/method.ts';
import { loadNamed, named } from '../../src/app/named.ts';
import { experiment } from '../../src/catalog/experiment.ts';
import { games } from '../../src/catalog/games/index.ts';
import { applyMethod, methods } from '../../src/catalog/methods/index.ts';
import { presets } from '../../src/catalog/presets/index.ts';
import { races } from '../../src/catalog/races/index.ts';
import { schemes } from '../../src/catalog/schemes/index.ts';
import { changes, defaults, parse, set } from '../../src/settings/index.ts';

await loadNamed();

const lists: Record<string, readonly { readonly name: string }[]> = {
  game: games,
  method: methods,
  scheme: schemes,
  preset: [...presets, ...races],
};

test.each(Object.keys(menus))('the menu of %s has each of its entries once', (menu) => {
  const names = lists[menu].map(({ name }) => name);
  const shown = grouped(menu, lists[menu]).flatMap(({ entries }) => entries.map(({ name }) => name));
  expect([...shown].sort()).toEqual([...names].sort());
  for (const group of menus[menu]) expect(names).toEqual(expect.arrayContaining([...group.names]));
});

test.each(Object.keys(menus))('every entry of the menu of %s is in a group with a title', (menu) => {
  expect(grouped(menu, lists[menu]).filter(({ title }) => title === undefined)).toEqual([]);
});

test.each(methods.map(({ name }) => name))('%s is known again, on a game that it is for', (name) => {
  const game = name.endsWith('mwu') ? 'rockPaperScissors' : 'gan';
  const before = parse(experiment, { game, seed: 7 }).values;
  const given = name.endsWith('mwu') ? set(experiment, before, 'game.parameters', 'mirror') : before;
  const taken = applyMethod(given, name);
  expect(methodOf(taken)?.name).toBe(name);
  expect(changes(experiment, given, taken).filter(({ live }) => !live)).toEqual([]);
});

test('the two names of optimistic descent are told apart by the game', () => {
  const taken = applyMethod(parse(experiment, { game: 'bilinear' }).values, 'omwu');
  expect(methodOf(taken)?.name).toBe('omd');
});

test.each([
  ['scheme.discriminatorSteps', 3],
  ['generator.learningRate', 0.2],
  ['averaging', 'uniform'],
])('a method whose %s was touched is no method', (path, value) => {
  const taken = applyMethod(defaults(experiment), 'altGda');
  expect(methodOf(taken)?.name).toBe('altGda');
  expect(methodOf(set(experiment, taken, path, value))).toBeUndefined();
});

test('the game of pictures that the menu chooses is that of the preset that was proven', () => {
  const digits = parse(experiment, presets.find(({ name }) => name === 'digits')!.experiment).values;
  const before = parse(experiment, { game: 'bilinear', seed: 7 }).values;
  const { game } = set(experiment, before, 'game', 'images');
  expect(game).toEqual(digits.game);
  // Its optimizer is the one that the page opens with.
  const { seed: _, game: __, ...optimizer } = defaults(experiment);
  expect(digits).toMatchObject(optimizer);
});

test('an entry of no group comes last, without a title', () => {
  const newcomer = { name: 'newcomer' };
  const last = grouped('game', [newcomer, ...games]).at(-1);
  expect(last?.title).toBeUndefined();
  expect(last?.entries).toContain(newcomer);
});

test('sections name settings that there are, each once', () => {
  for (const [name, list] of Object.entries(sections)) {
    const fields = Object.keys(games.find((game) => game.name === name)?.settings.fields ?? {});
    const named = list.flatMap((section) => section.fields);
    expect(fields).toEqual(expect.arrayContaining(named));
    expect(new Set(named).size).toBe(named.length);
  }
});

test('what all GANs have in common is sorted, whatever their samples are', () => {
  for (const name of ['gan', 'images']) {
    const fields = Object.keys(games.find((game) => game.name === name)?.settings.fields ?? {});
    expect(new Set(sections[name].flatMap((section) => section.fields))).toEqual(new Set(fields));
  }
});

test('the optional parts are those whose default is none', () => {
  const optional = Object.entries(experiment.fields).filter(
    ([, field]) => field.type === 'choice' && field.default === 'none',
  );
  expect(optionalParts).toEqual(optional.map(([name]) => name));
});

test('the menu of presets shows one only where every lane plays it to the last setting', () => {
  const ring = presetExperiment('ring')!;
  const changed = applyMethod(ring, 'extraAdam');
  const shown = (...played: readonly (typeof ring)[]) =>
    presetPlayed(played.map((each) => ({ experiment: each })))?.name;
  expect(shown(ring)).toBe('ring');
  expect(shown(changed)).not.toBe('ring');
  expect(shown(ring, ring)).toBe('ring');
  expect(shown(ring, changed)).toBeUndefined();
  expect(shown(changed, ring)).toBeUndefined();
  const { race, lanes } = named().races[0];
  expect(shown(...lanes)).toBe(race.name);
  expect(shown(...lanes, ring)).toBeUndefined();
});
