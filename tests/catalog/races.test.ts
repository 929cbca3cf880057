/** The races: each is right, and its lanes differ in nothing but how they play. */
import '../loaded.ts';
import { expect, test } from 'vitest';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { presets } from '../../src/catalog/presets/index.ts';
import { races } from '../../src/catalog/races/index.ts';
import { lanesOf, pairsOf } from '../../src/catalog/races/lanes.ts';
import { changes, parse, withPairs } from '../../src/settings/index.ts';

test.each(races.map((race) => [race.name, race] as const))('%s is right as it stands', (_, race) => {
  const { values, problems } = parse(schema, race.experiment);
  expect(problems).toEqual([]);
  for (const lane of race.lanes) expect(withPairs(schema, values, pairsOf(lane)).problems).toEqual([]);
  const lanes = lanesOf(race);
  expect(lanes.length).toBeLessThanOrEqual(6);
  expect(new Set(lanes.map((lane) => JSON.stringify(lane))).size).toBe(lanes.length);
  for (const lane of lanes.slice(1)) {
    expect(changes(schema.fields.game, lanes[0].game, lane.game)).toEqual([]);
    expect(lane.seed).toBe(lanes[0].seed);
  }
});

test('no race is called as another one or as a preset is', () => {
  const names = [...races, ...presets].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
