import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type ChoiceSetting,
  choice,
  defaults,
  type Entry,
  type Group,
  group,
  integer,
  number,
  numbers,
  pick,
  toggle,
  type Values,
} from '../../src/settings/index.ts';
import { example } from './example.ts';

const about = { label: 'Rate', summary: 'How fast.' };
const empty = { label: 'A', summary: 'An entry.', settings: group({}) };

describe('the type of values follows the declaration', () => {
  it('knows every kind of setting', () => {
    expectTypeOf<Values<typeof example>>().toEqualTypeOf<{
      seed: number;
      shuffle: boolean;
      device: 'auto' | 'wasm' | 'web-gl';
      widths: readonly number[];
      betas: readonly number[];
      training: { batch: number; noise: number };
      generator:
        | { kind: 'sgd'; learningRate: number }
        | { kind: 'adam'; learningRate: number; beta1: number; amsgrad: boolean }
        | {
            kind: 'lookahead';
            period: number;
            inner: { kind: 'sgd'; learningRate: number } | { kind: 'none' };
          };
    }>();
  });

  it('falls back to a record where the entries are not known by name', () => {
    expectTypeOf<Values<ChoiceSetting>>().toEqualTypeOf<{ kind: string } & Record<string, unknown>>();
    expectTypeOf<Values<Group>>().toEqualTypeOf<Record<string, unknown>>();
    const entries: readonly Entry[] = [{ name: 'a', ...empty }];
    const loose = choice({ ...about, entries, default: 'a' });
    expectTypeOf<Values<typeof loose>>().toEqualTypeOf<{ kind: string } & Record<string, unknown>>();
  });

  it('keeps names of entries that carry more than their settings', () => {
    const rule = { name: 'sgd', ...empty, update: (x: number) => x } as const;
    const setting = choice({ ...about, entries: [rule], default: 'sgd' });
    expectTypeOf<Values<typeof setting>>().toEqualTypeOf<{ kind: 'sgd' }>();
    expect(setting.entries[0].update(3)).toBe(3);
  });

  it('refuses an unknown default while compiling, and again while running', () => {
    // @ts-expect-error: 'c' is not an option
    expect(() => pick({ ...about, options: { a: 'A', b: 'B' }, default: 'c' })).toThrow(
      'Setting "Rate": the default "c" is not one of a, b.',
    );
  });
});

describe('defaults', () => {
  it('are plain, complete and fresh', () => {
    const values = defaults(example);
    expect(values).toEqual({
      seed: 1,
      shuffle: true,
      device: 'auto',
      widths: [16, 16],
      betas: [0.5, 0.999],
      training: { batch: 512, noise: 0 },
      generator: { kind: 'adam', learningRate: 0.001, beta1: 0.9, amsgrad: false },
    });
    expect(defaults(example).widths).not.toBe(values.widths);
    expect(defaults(example).training).not.toBe(values.training);
  });

  it('say live unless told otherwise, and a choice says the opposite', () => {
    expect(number({ ...about, default: 0, min: 0, max: 1 }).live).toBe(true);
    expect(number({ ...about, default: 0, min: 0, max: 1, live: false }).live).toBe(false);
    expect(toggle({ ...about, default: true }).live).toBe(true);
    expect(example.fields.generator.live).toBe(false);
  });
});

describe('a mistake in a declaration throws with the values in the sentence', () => {
  const a = { name: 'a', ...empty } as const;
  const mistakes: [string, () => unknown][] = [
    ['the default 5 is outside 0 to 1', () => number({ ...about, default: 5, min: 0, max: 1 })],
    ['the default NaN is outside 0 to 1', () => number({ ...about, default: Number.NaN, min: 0, max: 1 })],
    ['the range 1 to 0 is empty or endless', () => number({ ...about, default: 0, min: 1, max: 0 })],
    ['the range 0 to Infinity is empty', () => number({ ...about, default: 0, min: 0, max: Infinity })],
    ['step must be above 0, but is 0', () => number({ ...about, default: 0, min: 0, max: 1, step: 0 })],
    ['needs min above 0', () => number({ ...about, default: 1, min: 0, max: 1, scale: 'log' })],
    ['needs min 0', () => number({ ...about, default: 1, min: 0.1, max: 1, scale: 'log', zero: true })],
    ['0.5 is not a whole number', () => integer({ ...about, default: 0.5, min: 0, max: 1 })],
    ['the default 9 is outside 0 to 1', () => numbers({ ...about, default: [0, 9], min: 0, max: 1 })],
    [
      'the default has 1 numbers, which is outside 2 to 3',
      () => numbers({ ...about, default: [0], min: 0, max: 1, length: [2, 3] }),
    ],
    [
      'length must be [least, most], but is [3, 2]',
      () => numbers({ ...about, default: [0], min: 0, max: 1, length: [3, 2] }),
    ],
    ['there is nothing to choose', () => pick({ ...about, options: {}, default: 'a' as never })],
    ['"a b" is not a plain name', () => pick({ ...about, options: { 'a b': 'A' }, default: 'a b' })],
    ['there is nothing to choose', () => choice({ ...about, entries: [], default: 'a' as never })],
    ['the default "b" is not one of a', () => choice({ ...about, entries: [a], default: 'b' as 'a' })],
    ['a is there twice', () => choice({ ...about, entries: [a, a], default: 'a' })],
    [
      'a has a field kind, which names the entry',
      () =>
        choice({
          ...about,
          entries: [{ ...a, settings: group({ kind: toggle({ ...about, default: true }) }) }],
          default: 'a',
        }),
    ],
    ['found "a.b"', () => group({ 'a.b': toggle({ ...about, default: true }) })],
    ['found "constructor"', () => group({ constructor: toggle({ ...about, default: true }) })],
  ];
  it.each(mistakes)('%s', (sentence, declare) => {
    expect(declare).toThrow(sentence);
  });
});
