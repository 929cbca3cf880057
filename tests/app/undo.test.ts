/** Undo, redo and what a named method replaces: the same settings are the same experiment, whichever way led there. */
import { expect, test } from 'vitest';
import { presetOf, raceOf } from '../../src/app/address.ts';
import { laneName, methodOf } from '../../src/app/method.ts';
import { loadNamed, named } from '../../src/app/named.ts';
import { keepRates, ratesOf, replacedIn } from '../../src/app/rates.ts';
import { change, duplicateLane, takeMethod } from '../../src/app/store.ts';
import { openUndo } from '../../src/app/undo.ts';
import { openModel } from './opened.ts';

await loadNamed();

/** What the menu of presets shows. */
const nameOf = ({ store }: ReturnType<typeof openModel>['page']) => {
  const { lanes, experiment } = store.getState();
  return lanes.length > 1 ? raceOf(lanes)?.name : presetOf(experiment)?.name;
};

test('a preset and a race are called by their names again after undo, redo, and changes that were taken back by hand', () => {
  const names = [...named().presets, ...named().races.map(({ race }) => race)].map(({ name }) => name);
  for (const name of names) {
    const { page } = openModel('');
    const undo = openUndo(page);
    page.loadPreset(name);
    expect(nameOf(page), name).toBe(name);
    const { seed } = page.store.getState().experiment;
    change(page.store, 'seed', seed + 7);
    expect(nameOf(page)).toBeUndefined();
    undo.undo();
    expect(nameOf(page), name).toBe(name);
    undo.redo();
    expect(nameOf(page)).toBeUndefined();
    change(page.store, 'seed', seed);
    expect(nameOf(page), `${name} by hand`).toBe(name);
    // Everything back, and everything again.
    while (undo.undoes !== undefined) undo.undo();
    expect(nameOf(page)).toBe('ring');
    while (undo.redoes !== undefined) undo.redo();
    expect(nameOf(page), `${name} again`).toBe(name);
    undo.close();
  }
});

test('a method brings its rates; those of before are kept with all else of it in one press, which undo takes back', () => {
  const { page } = openModel('generator.learningRate=0.004&discriminator.learningRate=0.003');
  const { store } = page;
  const undo = openUndo(page);
  duplicateLane(store); // only the selected lane is touched
  const [other] = store.getState().lanes;
  const before = store.getState().experiment;
  const rates = ratesOf(before);
  expect(rates).toEqual({ generator: 0.004, discriminator: 0.003 });
  takeMethod(store, 'extraAdam');
  const taken = store.getState().experiment;
  expect(methodOf(taken)?.name).toBe('extraAdam');
  expect(replacedIn(rates, ratesOf(taken))).toEqual(['generator', 'discriminator']);

  keepRates(store, rates);
  const kept = store.getState().experiment;
  expect(ratesOf(kept)).toEqual(rates);
  const withRates = (of: typeof taken) => ({
    ...of,
    generator: { ...of.generator, learningRate: 0.004 },
    discriminator: { ...of.discriminator, learningRate: 0.003 },
  });
  expect(kept).toEqual(withRates(taken));
  expect(laneName(kept)).not.toBe('');
  expect(store.getState().lanes[0].experiment).toBe(other.experiment);

  undo.undo();
  expect(store.getState().experiment).toBe(taken);
  undo.undo();
  expect(store.getState().experiment).toBe(before);
});
