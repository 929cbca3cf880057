import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaults, fromQuery, parse, toPairs, toQuery, withPairs } from '../../src/settings/index.ts';
import { valid } from './arbitrary.ts';
import { example } from './example.ts';

const plain = defaults(example);
const from = (raw: unknown) => parse(example, raw).values;
const messages = (query: string) => fromQuery(example, query).problems.map((problem) => problem.message);

describe('the text form writes what differs', () => {
  it('is empty for the defaults', () => {
    expect(toQuery(example, plain)).toBe('');
    expect(fromQuery(example, '')).toEqual({ values: plain, problems: [] });
  });

  it('writes a choice before its fields, relative to the defaults of that entry', () => {
    const values = from({
      widths: [128, 64],
      generator: { kind: 'lookahead', inner: { kind: 'sgd', learningRate: 0.1 } },
      training: { noise: 1e-7 },
    });
    expect(toPairs(example, values)).toEqual([
      ['widths', '128,64'],
      ['training.noise', '1e-7'],
      ['generator', 'lookahead'],
      ['generator.inner.learningRate', '0.1'],
    ]);
    expect(toQuery(example, values)).toBe(
      'widths=128,64&training.noise=1e-7&generator=lookahead&generator.inner.learningRate=0.1',
    );
  });

  it('writes an empty list as an empty text', () => {
    expect(toQuery(example, from({ widths: [] }))).toBe('widths=');
    expect(fromQuery(example, 'widths=').values.widths).toEqual([]);
  });

  it('keeps every digit', () => {
    const values = from({ training: { noise: 0.1 + 0.2 } });
    expect(toQuery(example, values)).toBe('training.noise=0.30000000000000004');
  });
});

describe('the text form reads back', () => {
  it('any valid values unchanged, as a query', () => {
    fc.assert(
      fc.property(valid(example), (values) => {
        const query = toQuery(example, values);
        expect(fromQuery(example, query)).toStrictEqual({ values, problems: [] });
        expect(query).toMatch(/^[\w.,=&-]*$/); // no percent sign in what people share
      }),
    );
  });

  it('any valid values unchanged, as pairs in any order relative to any others', () => {
    fc.assert(
      fc.property(valid(example), valid(example), fc.nat(), (values, base, turn) => {
        const pairs = toPairs(example, values, base);
        const cut = turn % (pairs.length + 1);
        const shuffled = [...pairs.slice(cut), ...pairs.slice(0, cut)].reverse();
        for (const order of [pairs, shuffled]) {
          expect(withPairs(example, base, order)).toStrictEqual({ values, problems: [] });
        }
      }),
    );
  });

  it('the same with a leading ? or #, empty pairs, percent signs and spaces', () => {
    for (const query of [
      '?seed=7',
      '#seed=7',
      '&&seed=7&',
      'see%64=%37',
      'seed=%207%20',
      'seed=+7',
      'seed=7e0',
    ]) {
      expect(fromQuery(example, query), query).toEqual({ values: { ...plain, seed: 7 }, problems: [] });
    }
  });

  it('resets the fields of a choice that changes, and keeps them where it stays', () => {
    const tuned = from({ generator: { kind: 'adam', learningRate: 0.1, beta1: 0.5 } });
    expect(withPairs(example, tuned, [['generator', 'adam']]).values).toEqual(tuned);
    expect(withPairs(example, tuned, [['generator', 'sgd']]).values.generator).toEqual({
      kind: 'sgd',
      learningRate: 0.001,
    });
  });

  it('leaves a value as it was where the text is of no use', () => {
    const tuned = from({ seed: 9, generator: 'sgd' });
    const { values, problems } = withPairs(example, tuned, [
      ['seed', 'many'],
      ['generator', 'agd'],
    ]);
    expect(values).toEqual(tuned);
    expect(problems.map((problem) => problem.message)).toEqual([
      'seed should be a whole number from 0 to 4294967295, but found "many"; 9 is used.',
      'generator should be one of sgd, adam, lookahead, but found "agd" (did you mean sgd?); sgd is used.',
    ]);
  });

  it('does not touch the values it starts from', () => {
    const before = structuredClone(plain);
    withPairs(example, plain, [['training.batch', '7']]);
    expect(plain).toEqual(before);
  });
});

describe('a broken link is mended and explained', () => {
  const sentences: [query: string, message: string][] = [
    ['seed', 'seed should be a pair path=value, but found "seed"; it is ignored.'],
    ['seed=%', 'seed should be a pair path=value, but found "seed=%"; it is ignored.'],
    ['seed=', 'seed should be a whole number from 0 to 4294967295, but found ""; 1 is used.'],
    ['seed=0x10', 'seed should be a whole number from 0 to 4294967295, but found "0x10"; 1 is used.'],
    [
      'betas=0.1,',
      'betas should be a list of 2 numbers from 0 to 1, but found [0.1, ""]; [0.5, 0.999] is used.',
    ],
    ['seed=1&seed=1', 'seed should be given once, but found it again as "1"; the last one counts.'],
    ['__proto__=1', 'one of seed, shuffle, device, widths, betas, training, generator'],
    ['training=3', 'training is not a setting: expected one of batch, noise, but found "training"'],
    [
      'generatr.learningRate=1',
      'generatr.learningRate is not a setting: expected one of seed, shuffle, device, widths, betas, training, generator, but found "generatr.learningRate" (did you mean generator.learningRate?); it is ignored.',
    ],
    [
      'generator=sgd&generator.beta1=1',
      'generator.beta1 is not a setting: expected one of learningRate, but found "generator.beta1"',
    ],
    ['seed.x=1', 'seed.x is not a setting: expected no settings, but found "seed.x"'],
  ];
  it.each(sentences)('%s', (query, message) => {
    expect(messages(query)).toEqual([expect.stringContaining(message)]);
  });

  it('takes the last of two', () => {
    expect(fromQuery(example, 'seed=3&seed=4').values.seed).toBe(4);
  });

  it('reads no more than 200,000 characters and 1,000 pairs', () => {
    const long = `shuffle=false&${'x'.repeat(199_970)}&seed=123456789012345`;
    expect(messages(long)[0]).toContain('at most 200000 characters');
    expect(fromQuery(example, long).values).toMatchObject({ shuffle: false, seed: 1 });
    const many = `${'x=1&'.repeat(1_000)}seed=3`;
    expect(messages(many)[0]).toContain('at most 1000 pairs');
    expect(fromQuery(example, many).values.seed).toBe(1);
  });

  it('counts unknown paths after the first twenty', () => {
    const query = Array.from({ length: 900 }, (_, i) => `unknown${i}=1`).join('&');
    expect(messages(query)).toHaveLength(21);
    expect(messages(query).at(-1)).toContain('880 more');
  });

  it('survives 10,000 mutations', () => {
    const alphabet = [
      '&',
      '=',
      '%',
      '.',
      ',',
      '+',
      '-',
      'e',
      '9',
      '',
      '\0',
      '\ud800',
      '__proto__',
      'kind',
      'Infinity',
    ];
    const edits = fc.array(
      fc.record({ at: fc.nat(), cut: fc.nat({ max: 6 }), paste: fc.constantFrom(...alphabet) }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(valid(example), edits, (start, list) => {
        let query = toQuery(example, start);
        for (const { at, cut, paste } of list) {
          const position = at % (query.length + 1);
          query = query.slice(0, position) + paste + query.slice(position + cut);
        }
        const { values } = fromQuery(example, query);
        const again = parse(example, values);
        if (again.problems.length > 0) throw new Error(again.problems[0].message);
      }),
      { numRuns: 10_000, seed: 812 },
    );
  });
});
