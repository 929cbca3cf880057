import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changes, defaults, get, parse, set, walk } from '../../src/settings/index.ts';
import { valid } from './arbitrary.ts';
import { example } from './example.ts';

const plain = defaults(example);

describe('walk', () => {
  it('goes through what applies, in order, each group and choice before its fields', () => {
    const values = set(example, plain, 'generator', 'lookahead');
    expect(walk(example, values).map((row) => [row.depth, row.path])).toEqual([
      [0, 'seed'],
      [0, 'shuffle'],
      [0, 'device'],
      [0, 'widths'],
      [0, 'betas'],
      [0, 'training'],
      [1, 'training.batch'],
      [1, 'training.noise'],
      [0, 'generator'],
      [1, 'generator.period'],
      [1, 'generator.inner'],
      [2, 'generator.inner.learningRate'],
    ]);
  });

  it('agrees with get, and setting a value to itself changes nothing', () => {
    fc.assert(
      fc.property(valid(example), (values) => {
        for (const { path, value } of walk(example, values)) {
          expect(get(values, path)).toBe(value);
          expect(set(example, values, path, value)).toStrictEqual(values);
        }
      }),
    );
  });
});

describe('get', () => {
  it('gives undefined where there is nothing', () => {
    expect(get(plain, '')).toBe(plain);
    for (const path of ['x', 'seed.x', 'training.x.y', 'constructor', '__proto__', 'generator..']) {
      expect(get(plain, path)).toBeUndefined();
    }
  });
});

describe('set', () => {
  it('gives new values and shares what did not change', () => {
    const after = set(example, plain, 'training.batch', 64);
    expect(after.training).toEqual({ batch: 64, noise: 0 });
    expect(plain.training.batch).toBe(512);
    expect(after.generator).toBe(plain.generator);
  });

  it('takes the nearest bound, and keeps what was there for what is no value', () => {
    const tuned = set(example, plain, 'training.noise', 3);
    expect(set(example, tuned, 'training.noise', 99).training.noise).toBe(10);
    expect(set(example, tuned, 'training.noise', 'much').training.noise).toBe(3);
  });

  it('resets the fields of a choice that is set by name', () => {
    const tuned = set(example, plain, 'generator.beta1', 0.1);
    expect(set(example, tuned, 'generator', 'adam')).toEqual(plain);
    expect(set(example, tuned, 'generator', 'nothing')).toEqual(tuned);
  });

  it('throws for a path that is not there, with the nearest one', () => {
    expect(() => set(example, plain, 'training.bach', 1)).toThrow('did you mean training.batch?');
    expect(() => set(example, plain, 'training.constructor', 1)).toThrow('is not a setting');
  });

  it('always gives valid values', () => {
    fc.assert(
      fc.property(valid(example), fc.nat(), fc.jsonValue(), (values, n, raw) => {
        const rows = walk(example, values);
        const after = set(example, values, rows[n % rows.length].path, raw);
        expect(parse(example, after)).toStrictEqual({ values: after, problems: [] });
      }),
    );
  });
});

describe('changes', () => {
  it('says which paths differ and whether a run may go on', () => {
    let after = set(example, plain, 'seed', 2);
    after = set(example, after, 'betas', [0.5, 0.9]);
    after = set(example, after, 'generator.learningRate', 0.1);
    expect(changes(example, plain, after)).toEqual([
      { path: 'seed', live: false },
      { path: 'betas', live: true },
      { path: 'generator.learningRate', live: true },
    ]);
  });

  it('counts another kind as one change of the choice', () => {
    const after = set(example, plain, 'generator', 'sgd');
    expect(changes(example, plain, after)).toEqual([{ path: 'generator', live: false }]);
  });

  it('is empty exactly where values are equal', () => {
    fc.assert(
      fc.property(valid(example), valid(example), (a, b) => {
        expect(changes(example, a, structuredClone(a))).toEqual([]);
        const equal = JSON.stringify(a) === JSON.stringify(b);
        expect(changes(example, a, b).length === 0).toBe(equal);
      }),
    );
  });
});
