/** Drawing, dragging and opening data, without a surface: what strokes, moves and files make of the settings. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Brush,
  HIGHEST,
  levelsOf,
  levelsOfCloud,
  type Place,
  paint,
  weightsOf,
} from '../../src/app/data/density.ts';
import {
  added,
  centreOf,
  countOf,
  freePlace,
  moved,
  removed,
  weighted,
} from '../../src/app/data/gaussians.ts';
import { isPointsFile } from '../../src/app/data/opener.ts';
import { openPointsFile, originOf, originWords, playTable } from '../../src/app/data/openPointsFile.ts';
import { SIDE, thumbnailOf } from '../../src/app/data/thumbnails.ts';
import { loadNamed } from '../../src/app/named.ts';
import { change, openStore } from '../../src/app/store.ts';
import { drawn } from '../../src/catalog/datasets/drawn.ts';
import { gaussians } from '../../src/catalog/datasets/gaussians.ts';
import { datasets } from '../../src/catalog/datasets/index.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import type { Dataset } from '../../src/catalog/kinds.ts';
import { defaults, fromQuery, parse, set, toQuery } from '../../src/settings/index.ts';

await loadNamed();

const place = (side: number) =>
  fc.tuple(
    fc.double({ min: -2, max: side + 2, noNaN: true }),
    fc.double({ min: -2, max: side + 2, noNaN: true }),
  );
const brush = fc.record({
  radius: fc.double({ min: 0.2, max: 8, noNaN: true }),
  strength: fc.double({ min: 0.11, max: 1, noNaN: true }),
  erases: fc.boolean(),
});

describe('a stroke', () => {
  const line: [Place, Place] = [
    [2, 4],
    [6, 4],
  ];

  test('of full strength fills what it passes, and nothing farther than its edge', () => {
    const levels = new Float64Array(64);
    paint(levels, 8, ...line, { radius: 1, strength: 1, erases: false });
    for (let row = 0; row < 8; row++) {
      for (let column = 0; column < 8; column++) {
        const [x, y] = [column + 0.5, row + 0.5];
        const away = Math.hypot(x - Math.min(6, Math.max(2, x)), y - 4);
        if (away <= 0.5) expect(levels[8 * row + column]).toBe(HIGHEST);
        if (away >= 1.5) expect(levels[8 * row + column]).toBe(0);
      }
    }
  });

  test('of an eraser takes away all that a brush of its size has painted', () => {
    const levels = new Float64Array(64);
    paint(levels, 8, ...line, { radius: 1, strength: 0.7, erases: false });
    paint(levels, 8, ...line, { radius: 2, strength: 1, erases: true });
    expect(levels).toEqual(new Float64Array(64));
  });

  test('of the thinnest brush fills and empties one cell', () => {
    const levels = new Float64Array(64);
    const at: Place = [3.5, 2.5];
    paint(levels, 8, at, at, { radius: 0.05, strength: 1, erases: false });
    expect([...levels.entries()].filter(([, level]) => level > 0)).toEqual([[19, HIGHEST]]);
    paint(levels, 8, at, at, { radius: 0.05, strength: 1, erases: true });
    expect(levels).toEqual(new Float64Array(64));
  });

  test('any strokes: levels from 0 to 9 that a link holds in a digit each, and the same passed twice', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(place(16), place(16), brush), { maxLength: 8 }), (strokes) => {
        const levels = new Float64Array(256);
        for (const [from, to, each] of strokes) {
          paint(levels, 16, from, to, each as Brush);
          const once = levels.slice();
          paint(levels, 16, to, from, each as Brush);
          for (const [i, level] of levels.entries()) expect(level).toBeCloseTo(once[i], 9);
        }
        const weights = weightsOf(levels);
        expect(weights.every((weight) => /^\d$/.test(String(weight)))).toBe(true);
        const dataset = { kind: 'drawn', weights, reach: 1 };
        expect(parse(drawn.settings, { weights }).problems).toEqual([]);
        // Back through a link, and on the pad again.
        const experiment = set(schema, defaults(schema), 'game.dataset', dataset);
        const { values, problems } = fromQuery(schema, toQuery(schema, experiment));
        expect(problems).toEqual([]);
        expect(values).toEqual(experiment);
        const largest = Math.max(...weights);
        if (largest > 1) expect([...levelsOf(weights, 16)]).toEqual(weights);
      }),
      { numRuns: 40, seed: 3 },
    );
  });
});

describe('levels on another grid', () => {
  test('keep the share of each place: finer ones exactly, coarser ones as means', () => {
    const coarse = [0, 3, 6, 9];
    const fine = levelsOf(coarse, 4);
    for (let at = 0; at < 16; at++) {
      const [row, column] = [at >> 2, at & 3];
      expect(fine[at]).toBe(coarse[2 * (row >> 1) + (column >> 1)]);
    }
    expect([...levelsOf(weightsOf(fine), 2)]).toEqual(coarse);
    expect([...levelsOf([0, 2, 2, 4, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0], 1)]).toEqual([9]);
  });

  test('weights of any size use the whole range; none are none', () => {
    expect([...levelsOf([0, 0.5, 1, 0.25], 2)]).toEqual([0, 4.5, 9, 2.25]);
    expect(Math.max(...levelsOf(drawn.settings.fields.weights.default, 8))).toBe(9);
    expect([...levelsOf([0, 0, 0, 0], 2)]).toEqual([0, 0, 0, 0]);
  });

  test('of a cloud: where it is densest is 9, outside of the square nothing', () => {
    const cloud = Float64Array.of(-0.5, -0.5, -0.5, -0.5, 0.5, 0.5, 3, 3);
    expect([...levelsOfCloud(cloud, 1, 2)]).toEqual([9, 0, 0, 5]);
  });
});

describe('Gaussians by hand', () => {
  const two = { centres: [1, 0, -1, 0.5], weights: [] };

  test('are moved, weighted, added and removed; weights stay with their Gaussians', () => {
    expect(moved(two, 1, [3, 4]).centres).toEqual([1, 0, 3, 4]);
    const heavy = weighted(two, 1, 2.5);
    expect(heavy.weights).toEqual([1, 2.5]);
    expect(weighted(heavy, 1, 1).weights).toEqual([]);
    const three = added(heavy, [0, 9]);
    expect(three).toEqual({ centres: [1, 0, -1, 0.5, 0, 9], weights: [1, 2.5] });
    expect(removed(three, 0)).toEqual({ centres: [-1, 0.5, 0, 9], weights: [2.5] });
    expect(removed({ centres: [1], weights: [] }, 0)).toEqual({ centres: [1], weights: [] });
    expect(moved({ centres: [1, 2, 3], weights: [] }, 1, [4, 5]).centres).toEqual([1, 2, 4, 5]);
  });

  test('whatever is done to them, the settings take it as it is', () => {
    const act = fc.oneof(
      fc.tuple(fc.constant('move'), fc.nat(40), fc.double({ min: -50, max: 50, noNaN: true })),
      fc.tuple(fc.constant('weigh'), fc.nat(40), fc.double({ min: 0, max: 5, noNaN: true })),
      fc.tuple(fc.constant('add'), fc.nat(40), fc.double({ min: -1, max: 1, noNaN: true })),
      fc.tuple(fc.constant('remove'), fc.nat(40), fc.constant(0)),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        let now: Parameters<typeof added>[0] = two;
        for (const [what, which, value] of acts) {
          const at = which % countOf(now);
          if (what === 'move') now = moved(now, at, [value + 0, -value + 0]);
          else if (what === 'weigh') now = weighted(now, at, value + 0);
          else if (what === 'add') now = added(now, freePlace(now, 2, 0.3));
          else now = removed(now, at);
        }
        expect(parse(gaussians.settings, now).problems).toEqual([]);
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  test('a new one stands apart from all others, inside the picture', () => {
    let now: Parameters<typeof added>[0] = { centres: [0, 0], weights: [] };
    for (let i = 1; i < 8; i++) {
      const [x, y] = freePlace(now, 1, 0.3);
      expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThan(1);
      for (let at = 0; at < countOf(now); at++) {
        expect(Math.hypot(centreOf(now, at)[0] - x, centreOf(now, at)[1] - y)).toBeGreaterThan(0.3);
      }
      now = added(now, [x, y]);
    }
  });
});

test('every dataset has a little picture of its own samples, made once, other for another seed', () => {
  for (const dataset of datasets as readonly unknown[] as readonly Dataset[]) {
    const settings = defaults(dataset.settings);
    const path = thumbnailOf(dataset, settings, 3);
    const marks = path.split('M').length - 1;
    expect(marks, dataset.name).toBeGreaterThan(dataset.dimension === 1 ? 8 : 250);
    const places = [...path.matchAll(/M(-?[\d.]+) (-?[\d.]+)/g)];
    expect(places.length, dataset.name).toBe(marks);
    for (const coordinate of places.flatMap(([, x, y]) => [Number(x), Number(y)])) {
      expect(coordinate).toBeGreaterThanOrEqual(0);
      expect(coordinate).toBeLessThanOrEqual(SIDE);
    }
    expect(thumbnailOf(dataset, settings, 3)).toBe(path);
    expect(thumbnailOf(dataset, settings, 4)).not.toBe(path);
  }
});

describe('a file of points', () => {
  const open = () => ({
    store: openStore({ experiments: [defaults(schema)], device: 'auto', problems: [], theme: 'auto' }),
  });
  const dataset = ({ store }: ReturnType<typeof open>) => {
    const { game } = store.getState().experiment;
    return 'dataset' in game && game.dataset.kind === 'points' ? game.dataset : undefined;
  };
  const file = (text: string | Uint8Array<ArrayBuffer>, name = 'points.csv') => new File([text], name);

  test('becomes the data, its header and its columns told', async () => {
    const page = open();
    const text = 'name,"height, cm",weight\nann,1.5,2\nbob,3,4\n'.replace('"height, cm"', 'height');
    expect(await openPointsFile(file(text), page)).toEqual({ isPlayed: true, sentences: [] });
    expect(dataset(page)?.values).toEqual([1.5, 2, 3, 4]);
    const origin = originOf(dataset(page)!.values)!;
    expect(origin.columns).toEqual([1, 2]);
    expect(originWords(origin)).toEqual([
      'From points.csv.',
      'The first line is a header: name, height, weight.',
    ]);
    playTable(page.store, origin.table, origin.name, [2, 1]);
    expect(dataset(page)?.values).toEqual([2, 1.5, 4, 3]);
  });

  test('with mistakes plays the rest and names their lines; without points, what was goes on', async () => {
    const page = open();
    const { isPlayed, sentences } = await openPointsFile(file('1,2\nx,y\n3,4\n5'), page);
    expect(isPlayed).toBe(true);
    expect(sentences).toEqual([
      'Line 4: expected two numbers, x and y, but found 1 column.',
      'Line 2: expected a number in column 1, but found "x".',
    ]);
    const { values } = dataset(page)!;
    for (const [text, sentence] of [
      ['a,b\nc,d', /letters.csv: expected two columns of numbers, but found none/],
      ['', /found none/],
      ['1\n2\n', /expected two columns of numbers, but found none/],
      ['1,2\0', /expected text/],
    ] as const) {
      const opened = await openPointsFile(file(text, 'letters.csv'), page);
      expect(opened.isPlayed).toBe(false);
      expect(opened.sentences.join(' ')).toMatch(sentence);
      expect(dataset(page)?.values).toBe(values);
    }
  });

  test('of too many points is taken evenly, and said so; too large a file is not read', async () => {
    const page = open();
    const rows = Array.from({ length: 10_000 }, (_, i) => `${i},${-i}`).join('\n');
    expect((await openPointsFile(file(rows), page)).sentences).toEqual([]);
    const { values } = dataset(page)!;
    expect(values.length).toBe(4000);
    expect(values.slice(0, 4)).toEqual([0, 0, 5, -5]);
    expect(values.at(-1)).toBe(-9995);
    expect(originWords(originOf(values)!).at(-1)).toMatch(/2,000 of 10,000 points, taken evenly/);
    const huge = { name: 'huge.csv', size: 30e6, text: () => Promise.reject(new Error()) } as unknown as File;
    expect((await openPointsFile(huge, page)).sentences).toEqual([
      'huge.csv: expected at most 20 MB, but found 30 MB.',
    ]);
  });

  test('is played by the GAN, where another game was', async () => {
    const page = open();
    change(page.store, 'game', 'bilinear');
    await openPointsFile(file('1 2\n3 4', 'p.txt'), page);
    expect(page.store.getState().experiment.game.kind).toBe('gan');
    expect(dataset(page)?.values).toEqual([1, 2, 3, 4]);
  });

  test('is known by its name', () => {
    expect(isPointsFile({ name: 'A.CSV', type: '' })).toBe(true);
    expect(isPointsFile({ name: 'a.json', type: 'application/json' })).toBe(false);
    expect(isPointsFile({ name: 'README', type: 'text/plain' })).toBe(true);
  });
});
