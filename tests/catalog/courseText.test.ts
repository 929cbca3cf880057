/** Histories of runs in links and files: what is written is read back, and what is broken is told of. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Course } from '../../src/catalog/course.ts';
import {
  MOST_EVENTS,
  readEvents,
  readHistory,
  writeEvents,
  writeHistory,
} from '../../src/catalog/courseText.ts';
import { type Experiment, experiment as schema } from '../../src/catalog/experiment.ts';
import { presets } from '../../src/catalog/presets/index.ts';
import { stream } from '../../src/math/random.ts';
import { changes, defaults, type Problem, parse, set, walk } from '../../src/settings/index.ts';
import { mutated, mutatedTree } from '../app/mutations.ts';
import { cpuSeconds } from '../cpu.ts';
import { experimentOf } from './given.ts';

const SEED = 20_26;
const bilinear = experimentOf({ game: 'bilinear', generator: 'sgd', discriminator: 'sgd' });
const rated = (learningRate: number) => set(schema, bilinear, 'generator.learningRate', learningRate);
const from = (step: number, experiment: Experiment) => ({ step, experiment });

const read = (text: string, base: Experiment = bilinear) => {
  const problems: Problem[] = [];
  return {
    course: readHistory(text, base, 'history', problems),
    said: problems.map(({ message }) => message),
  };
};
const readList = (raw: unknown, base: Experiment = bilinear) => {
  const problems: Problem[] = [];
  return { course: readEvents(raw, base, 'history', problems), said: problems.map(({ message }) => message) };
};

const story: Course = {
  settings: [from(0, bilinear), from(1200, rated(0.02)), from(1208, rated(0.03)), from(1208, rated(0.04))],
  alone: [
    { step: 1204, steps: 1, player: 'discriminator' },
    { step: 1300, steps: 12, player: 'generator' },
  ],
};

/** A value that a setting may have, by chance; undefined for none. */
function drawnValue(
  setting: ReturnType<typeof walk>[number]['setting'],
  value: unknown,
  random: () => number,
): unknown {
  switch (setting.type) {
    case 'number':
      return setting.min + random() * (Math.min(setting.max, setting.min + 2) - setting.min);
    case 'integer':
      return setting.min + Math.floor(random() * Math.min(20, setting.max - setting.min));
    case 'numbers':
      return (value as number[]).map((each) => (random() < 0.2 ? each + 1 : each));
    case 'toggle':
      return random() < 0.5;
    case 'pick': {
      const names = Object.keys(setting.options);
      return names[Math.floor(random() * names.length)];
    }
    case 'choice':
      return setting.entries[Math.floor(random() * setting.entries.length)].name;
    default:
      return undefined;
  }
}

/** What somebody may do to a run in its course. */
function drawnCourse(first: Experiment, seed: number): Course {
  const draws = [...stream(seed, 'course').uniforms(new Float64Array(1000))].values();
  const random = () => draws.next().value ?? 0;
  const settings: [ReturnType<typeof from>, ...ReturnType<typeof from>[]] = [from(0, first)];
  const alone: Course['alone'][number][] = [];
  let step = 0;
  for (let i = 0; i < 12; i++) {
    step += Math.floor(random() * 40);
    const { experiment } = settings[settings.length - 1];
    const rows = walk(schema, experiment).filter(({ setting }) => 'live' in setting && setting.live);
    const { path, setting, value } = rows[Math.floor(random() * rows.length)];
    const next = set(schema, experiment, path, drawnValue(setting, value, random));
    const changed = changes(schema, experiment, next);
    // A rule that is chosen again takes its defaults, some of which only count from the start.
    if (step > 0 && changed.length > 0 && changed.every(({ live }) => live)) settings.push(from(step, next));
    if (random() < 0.3) {
      alone.push({
        step,
        steps: 1 + Math.floor(random() * 3),
        player: random() < 0.5 ? 'generator' : 'discriminator',
      });
      step += 3;
    }
  }
  return { settings, alone };
}

describe('a history', () => {
  test('is short to read: a path that is the one before is left out', () => {
    expect(writeHistory(story, bilinear)).toBe(
      '1!1200:generator.learningRate:0.02!1204:alone:discriminator*1!1208::0.03!1208::0.04!1300:alone:generator*12',
    );
    expect(writeEvents(story, bilinear)).toEqual([
      { step: 1200, set: { 'generator.learningRate': 0.02 } },
      { step: 1204, alone: 'discriminator', steps: 1 },
      { step: 1208, set: { 'generator.learningRate': 0.03 } },
      { step: 1208, set: { 'generator.learningRate': 0.04 } },
      { step: 1300, alone: 'generator', steps: 12 },
    ]);
  });

  test('of a run in which nothing happened is none', () => {
    const plain: Course = { settings: [from(0, bilinear)], alone: [] };
    expect([writeHistory(plain, bilinear), writeEvents(plain, bilinear)]).toEqual(['', []]);
    expect([read('1').course, readList([]).course]).toEqual([undefined, undefined]);
  });

  test('may begin otherwise than the lane that it is said of', () => {
    const other: Course = { settings: [from(0, rated(0.3)), from(5, rated(0.4))], alone: [] };
    expect(writeHistory(other, bilinear)).toBe('1!0:generator.learningRate:0.3!5::0.4');
    expect(read('1!0:generator.learningRate:0.3!5::0.4')).toEqual({ course: other, said: [] });
  });

  test('of a density that is painted says which cells became others', () => {
    const weights = Array.from({ length: 64 }, (_, i) => i % 5);
    const drawn = (values: readonly number[]) =>
      experimentOf({ game: { kind: 'gan', dataset: { kind: 'drawn', weights: values } } });
    const [before, after] = [drawn(weights), drawn(weights.with(12, 9).with(40, 0.5))];
    const course: Course = { settings: [from(0, before), from(7, after)], alone: [] };
    const text = writeHistory(course, before) as string;
    expect(text).toBe('1!7:game.dataset.weights:@12*9@40*0.5');
    expect(read(text, before)).toEqual({ course, said: [] });
    expect(read('1!7:game.dataset.weights:@64*9', before).said[0]).toMatch(
      /^history at step 7: game\.dataset\.weights should be a list of .* but found \["@64\*9"\]/,
    );
  });

  test('holds any formula, whatever signs are in it', () => {
    const typed = (first: string) =>
      experimentOf({ game: { kind: 'typed', first, second: '-x*y', start: [1, -1] } });
    const course: Course = {
      settings: [from(0, typed('x*y')), from(3, typed('x * y + 100*(x-y)^2'))],
      alone: [],
    };
    expect(read(writeHistory(course, typed('x*y')) as string, typed('x*y'))).toEqual({ course, said: [] });
  });

  test.each(presets.map(({ name }) => name))('of anything that can be done to %s is read back', (name) => {
    const first = parse(schema, presets.find((each) => each.name === name)?.experiment).values;
    for (let seed = 0; seed < 2; seed++) {
      const course = drawnCourse(first, seed);
      const text = writeHistory(course, first) as string;
      expect(read(text, first)).toEqual({ course, said: [] });
      const list = JSON.parse(JSON.stringify(writeEvents(course, first)));
      expect(readList(list, first)).toEqual({ course, said: [] });
    }
  });

  test('with more events than are read is not written', () => {
    const settings = Array.from({ length: MOST_EVENTS + 2 }, (_, i) => from(i, rated(i % 2 ? 0.1 : 0.2)));
    const course = { settings, alone: [] } as unknown as Course;
    expect(writeHistory(course, bilinear)).toBeUndefined();
    expect(writeEvents(course, bilinear)).toBeUndefined();
  });

  test('of a slider that was dragged for long is read within a second', () => {
    const settings = Array.from({ length: MOST_EVENTS }, (_, i) => from(3 * i, rated((1 + i) / 1e5)));
    const course = { settings, alone: [] } as unknown as Course;
    const text = writeHistory(course, bilinear) as string;
    const before = cpuSeconds();
    expect(read(text).course?.settings).toHaveLength(MOST_EVENTS);
    expect(cpuSeconds() - before).toBeLessThan(1);
  });
});

describe('a broken history', () => {
  test.each([
    [
      '2!5:seed:3',
      /^history should begin with 1, the newest form of histories .* but found "2"; it is left out\.$/,
    ],
    [
      '1!x',
      /^history should have a step and what happens there, such as .* but found "x"; it is left out\.$/,
    ],
    ['1!5:generator.learningRate', /^history should have a path and its value after each step/],
    ['1!5:', /^history should have a path and its value/],
    ['1!99999999999:seed:1', /^history should have steps that are whole numbers from 0 to 4294967294/],
    [
      '1!5:seed:1',
      /^history at step 5: seed should be a setting with which a run can go on, but found 1; it is left out/,
    ],
    ['1!5:game:dirac', /^history at step 5: game should be a setting with which a run can go on/],
    [
      '1!5:generator.learningrate:1',
      /^history at step 5: generator\.learningrate is not a setting.*did you mean generator\.learningRate\?/,
    ],
    ['1!5:generator:adamm', /^history at step 5: generator should be one of .*did you mean adam\?/],
    [
      '1!5:generator.learningRate:fast',
      /^history at step 5: generator\.learningRate should be a number .* but found "fast"/,
    ],
    ['1!9:generator.learningRate:0.5!5::0.6', /^history at step 5 should be of step 9 or a later one/],
    [
      '1!5:alone:generater*2',
      /^history at step 5: alone should be one of generator, discriminator, .*did you mean generator\?/,
    ],
    ['1!5:alone:generator*0', /^history at step 5: steps should be a whole number from 1 to/],
    [
      '1!5:alone:generator*9!7:alone:discriminator',
      /^history at step 7: alone should be of one player: generator moves alone there/,
    ],
    ['1!5:scheme:%E0%A4', /^history should have a path and its value/],
  ])('%s is told of with where, what was expected, and what was found', (text, sentence) => {
    const { said } = read(text);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(sentence);
  });

  test('leaves what can be read', () => {
    const { course, said } = read(
      '1!x!10:generator.learningRate:0.5!11:seed:7!12::0.6!13:alone:nobody!14:alone:generator',
    );
    // The path before 12 is one with which no run can go on.
    expect(said).toHaveLength(5); // of the last seed, that it is none, too
    expect(course?.settings).toEqual([from(0, bilinear), from(10, rated(0.5))]);
    expect(course?.alone).toEqual([{ step: 14, steps: 1, player: 'generator' }]);
  });

  test('is told of in a few sentences, however much is broken', () => {
    const { said } = read(`1${'!x'.repeat(300)}`);
    expect(said).toHaveLength(21);
    expect(said.at(-1)).toMatch(/280 more that cannot; they are left out\.$/);
    expect(read(`1${'!5:scheme:optimistic'.repeat(MOST_EVENTS + 1)}`).said[0]).toMatch(
      /at most 5000 events, but found 5001/,
    );
  });

  test.each([
    [7, /^history should be a list of what happens at which step, but found 7/],
    [[7], /^history should have an object with step and set, or with step and alone/],
    [[{ step: 5 }], /with step and alone/],
    [[{ step: 5, set: { seed: 1 }, alone: 'generator' }], /with step and alone/],
    [[{ step: 5, sets: {} }], /with step and alone/],
    [[{ step: '5', set: { scheme: 'optimistic' } }], /with step and alone/],
    [[{ step: 5.5, set: { scheme: 'optimistic' } }], /whole numbers/],
    [
      [{ step: 5, set: { 'generator.learningRate': null } }],
      /^history at step 5: generator\.learningRate should be a number/,
    ],
    [
      [{ step: 5, set: { __proto__: null, scheme: { kind: 'optimistic' } } }],
      /^history at step 5: scheme should be one of/,
    ],
    [[{ step: 5, alone: 'generator', steps: 'two' }], /^history at step 5: steps should be a whole number/],
  ])('list %j is told of', (raw, sentence) => {
    const { said } = readList(raw);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(sentence);
  });

  const texts = [
    writeHistory(story, bilinear) as string,
    ...[1, 2, 3].map((seed) => writeHistory(drawnCourse(bilinear, seed), bilinear) as string),
  ];
  const lists = [story, drawnCourse(bilinear, 5), drawnCourse(bilinear, 6)].map((course) =>
    JSON.stringify(writeEvents(course, bilinear)),
  );

  function expectValid(course: Course | undefined): void {
    if (!course) return;
    let last = 0;
    for (const [i, { step, experiment }] of course.settings.entries()) {
      expect(parse(schema, experiment)).toEqual({ values: experiment, problems: [] });
      expect(step).toBeGreaterThanOrEqual(last);
      if (i > 0)
        expect(changes(schema, course.settings[i - 1].experiment, experiment).every(({ live }) => live)).toBe(
          true,
        );
      last = step;
    }
    expect(read(writeHistory(course, bilinear) as string)).toEqual({ course, said: [] });
    expect(readList(writeEvents(course, bilinear))).toEqual({ course, said: [] });
  }

  test('never throws, gives what is valid, and is written to what reads back: 3000 mutated texts and lists', () => {
    fc.assert(
      fc.property(mutated(texts), (text) => {
        const { course, said } = read(text);
        for (const sentence of said) expect(sentence).toMatch(/\.$/);
        expectValid(course);
      }),
      { numRuns: 1500, seed: SEED },
    );
    fc.assert(
      fc.property(mutatedTree(lists), (text) => {
        const { course, said } = readList(JSON.parse(text));
        for (const sentence of said) expect(sentence).toMatch(/\.$/);
        expectValid(course);
      }),
      { numRuns: 1500, seed: SEED },
    );
  }, 120_000);
});

test('a history says nothing of the page’s own experiment either', () => {
  expect(writeHistory({ settings: [from(0, defaults(schema))], alone: [] }, defaults(schema))).toBe('');
});
