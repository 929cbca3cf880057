/** The film strip: a few moments, spread over the run however long it grows, the same ones in every lane. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { openFilmTiles } from '../../src/app/draw/film.ts';
import { aligned, MOST_STILLS, openFilm } from '../../src/app/film.ts';

const nothing = new Float64Array(0);
const stepsOf = ({ stills }: { stills: readonly { step: number }[] }) => stills.map(({ step }) => step);

test('every step is kept until there are too many, then every second one', () => {
  const film = openFilm(4);
  for (let step = 0; step < 4; step++) film.note(step, nothing);
  expect(stepsOf(film)).toEqual([0, 1, 2, 3]);
  film.note(4, nothing);
  expect([stepsOf(film), film.stride]).toEqual([[0, 2, 4], 2]);
  film.note(5, nothing);
  expect(stepsOf(film)).toEqual([0, 2, 4]);
  film.clear();
  expect([stepsOf(film), film.stride]).toEqual([[], 1]);
});

test('however a run grows, the stills are few, in order, one of each stretch, and reach over more than a third', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 200 }), (jumps) => {
      const film = openFilm();
      let step = 0;
      for (const jump of jumps) {
        step += jump;
        film.note(step, nothing);
        const steps = stepsOf(film);
        expect(steps.length).toBeLessThanOrEqual(MOST_STILLS);
        expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
        expect(new Set(steps.map((at) => Math.floor(at / film.stride))).size).toBe(steps.length);
        expect(step - steps.at(-1)!).toBeLessThan(film.stride);
      }
    }),
  );
});

test('lanes that stand at other steps share their columns, and no more than there is room for', () => {
  const [fast, slow] = [openFilm(8), openFilm(8)];
  for (let step = 0; step < 40; step++) fast.note(step, nothing);
  for (let step = 0; step < 10; step++) slow.note(step, nothing);
  const steps = (columns: number) =>
    aligned([fast, slow], columns).map((row) => row.map((still) => still?.step));
  expect(steps(12)).toEqual([
    [0, 8, 16, 24, 32],
    [0, 8, undefined, undefined, undefined],
  ]);
  expect(steps(4)).toEqual([
    [0, 16, 32],
    [0, undefined, undefined],
  ]);
  expect(aligned([openFilm()], 12)).toEqual([[]]);
});

test('what a still is painted on stays in its place from one drawing to the next', () => {
  const createElement = vi.fn(() => ({ getContext: () => ({}) }));
  vi.stubGlobal('document', { createElement });
  const tilesAt = openFilmTiles();
  const drawn = () => [tilesAt(0, 0), tilesAt(0, 11), tilesAt(1, 0)];
  expect(drawn()).toEqual(drawn());
  expect(new Set(drawn()).size).toBe(3);
  expect(createElement).toHaveBeenCalledTimes(3);
  vi.unstubAllGlobals();
});
