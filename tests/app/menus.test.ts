/** How menus are sorted: every entry of a list is in its menu once, and groups name only what there is. */
import { expect, test } from 'vitest';
import { grouped, menus, optionalParts, sections } from '../../src/app/menus.ts';
import { experiment } from '../../src/catalog/experiment.ts';
import { games } from '../../src/catalog/games/index.ts';
import { presets } from '../../src/catalog/presets/index.ts';
import { schemes } from '../../src/catalog/schemes/index.ts';

const lists: Record<string, readonly { readonly name: string }[]> = {
  game: games,
  scheme: schemes,
  preset: presets,
};

test.each(Object.keys(menus))('the menu of %s has each of its entries once', (menu) => {
  const names = lists[menu].map(({ name }) => name);
  const shown = grouped(menu, lists[menu]).flatMap(({ entries }) => entries.map(({ name }) => name));
  expect([...shown].sort()).toEqual([...names].sort());
  for (const group of menus[menu]) expect(names).toEqual(expect.arrayContaining([...group.names]));
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

test('the optional parts are those whose default is none', () => {
  const optional = Object.entries(experiment.fields).filter(
    ([, field]) => field.type === 'choice' && field.default === 'none',
  );
  expect(optionalParts).toEqual(optional.map(([name]) => name));
});
