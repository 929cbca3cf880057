import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { defaults, parse, type Values } from '../../src/settings/index.ts';
import { valid } from './arbitrary.ts';
import { example } from './example.ts';

const plain = defaults(example);

describe('parse gives values that run and says what it mended', () => {
  it('keeps the type of the declaration', () => {
    expectTypeOf(parse(example, {}).values).toEqualTypeOf<Values<typeof example>>();
  });

  it('takes defaults for what is absent, without a problem', () => {
    expect(parse(example, {})).toEqual({ values: plain, problems: [] });
    expect(parse(example, undefined)).toEqual({ values: plain, problems: [] });
    expect(parse(example, { seed: undefined, generator: {} })).toEqual({ values: plain, problems: [] });
  });

  it('reads a name as that entry with its defaults', () => {
    expect(parse(example, { generator: 'lookahead' })).toEqual({
      values: {
        ...plain,
        generator: { kind: 'lookahead', period: 5, inner: { kind: 'sgd', learningRate: 0.001 } },
      },
      problems: [],
    });
  });

  const sentences: [raw: object, message: string, mended: object][] = [
    [
      { generator: { kind: 'adam', learningRate: 5 } },
      'generator.learningRate should be a number from 0.000001 to 1, but found 5; 1 is used.',
      { generator: { ...plain.generator, learningRate: 1 } },
    ],
    [
      { training: { noise: -1 } },
      'training.noise should be a number from 0 to 10, but found -1; 0 is used.',
      {},
    ],
    [
      { seed: 2.4 },
      'seed should be a whole number from 0 to 4294967295, but found 2.4; 2 is used.',
      { seed: 2 },
    ],
    [
      { seed: Number.NaN },
      'seed should be a whole number from 0 to 4294967295, but found NaN; 1 is used.',
      {},
    ],
    [
      { seed: Infinity },
      'seed should be a whole number from 0 to 4294967295, but found Infinity; 1 is used.',
      {},
    ],
    [{ seed: '7' }, 'seed should be a whole number from 0 to 4294967295, but found "7"; 1 is used.', {}],
    [{ shuffle: 'yes' }, 'shuffle should be true or false, but found "yes"; true is used.', {}],
    [
      { device: 'wsam' },
      'device should be one of auto, wasm, web-gl, but found "wsam" (did you mean wasm?); auto is used.',
      {},
    ],
    [
      { generator: 'adm' },
      'generator should be one of sgd, adam, lookahead, but found "adm" (did you mean adam?); adam is used.',
      {},
    ],
    [
      { generator: { kind: 'zzzzzz', learningRate: 0.5 } },
      'generator should be one of sgd, adam, lookahead, but found "zzzzzz"; adam is used.',
      {},
    ],
    [
      { generator: { kind: null } },
      'generator should be one of sgd, adam, lookahead, but found null; adam is used.',
      {},
    ],
    [
      { generator: { beta: 0.5 } },
      'generator.beta is not a setting: expected one of learningRate, beta1, amsgrad, but found "beta" (did you mean beta1?); it is ignored.',
      {},
    ],
    [
      { betas: [0.1, 2] },
      'betas should be a list of 2 numbers from 0 to 1, but found [0.1, 2]; [0.1, 1] is used.',
      { betas: [0.1, 1] },
    ],
    [
      { betas: [0.1] },
      'betas should be a list of 2 numbers from 0 to 1, but found [0.1]; [0.5, 0.999] is used.',
      {},
    ],
    [
      { widths: [1, 2, 3, 4, 5, 6, 7] },
      'widths should be a list of 0 to 6 whole numbers from 1 to 512, but found [1, 2, 3, 4, 5, 6, 7]; [1, 2, 3, 4, 5, 6] is used.',
      { widths: [1, 2, 3, 4, 5, 6] },
    ],
    [
      { widths: [8, '8'] },
      'widths should be a list of 0 to 6 whole numbers from 1 to 512, but found [8, "8"]; [16, 16] is used.',
      {},
    ],
    [{ training: 3 }, 'training should be an object, but found 3; it is ignored.', {}],
  ];
  it.each(sentences)('%o', (raw, message, mended) => {
    const { values, problems } = parse(example, raw);
    expect(problems.map((each) => each.message)).toEqual([message]);
    expect(values).toEqual({ ...plain, ...mended });
  });

  it('gives the parts of the sentence apart', () => {
    expect(parse(example, { device: 'x' }).problems).toEqual([
      {
        path: 'device',
        message: 'device should be one of auto, wasm, web-gl, but found "x"; auto is used.',
        expected: 'one of auto, wasm, web-gl',
        found: '"x"',
        choices: ['auto', 'wasm', 'web-gl'],
      },
    ]);
  });
});

describe('parse never throws', () => {
  const cyclic: Record<string, unknown> = { seed: 3 };
  cyclic.generator = cyclic;
  cyclic.training = [cyclic];
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i++) deep = { generator: deep, inner: deep };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const throwing = new Proxy(
    {},
    {
      get() {
        throw new Error('get');
      },
      ownKeys() {
        throw new Error('keys');
      },
      getOwnPropertyDescriptor() {
        throw new Error('descriptor');
      },
    },
  );
  const hostile: [string, unknown][] = [
    [
      'prototype names',
      JSON.parse('{"__proto__":{"seed":5},"constructor":1,"toString":2,"hasOwnProperty":3}'),
    ],
    ['a prototype name as a choice', { generator: '__proto__', device: 'constructor' }],
    ['a prototype name as a kind', { generator: JSON.parse('{"kind":"toString","__proto__":1}') }],
    ['a cycle', cyclic],
    ['deep nesting', deep],
    ['a huge list', { widths: new Array(1e7).fill(1), betas: new Array(4e9), generator: new Array(1e6) }],
    ['many unknown names', Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => [`x${i}`, i]))],
    ['a long text', { device: 'a'.repeat(1e6), ['b'.repeat(1e6)]: 1 }],
    ['a revoked proxy', revoked.proxy],
    ['a revoked proxy inside', { generator: revoked.proxy, widths: revoked.proxy, seed: revoked.proxy }],
    ['a throwing proxy', { generator: throwing, widths: throwing, training: throwing }],
    ['a symbol', { seed: Symbol('s'), shuffle: 1n, device: () => 1, widths: new Uint8Array(1e6) }],
    ['an inherited value', Object.create({ seed: 99 })],
  ];
  it.each(hostile)('on %s', (_, raw) => {
    const { values, problems } = parse(example, raw);
    expect(parse(example, values)).toEqual({ values, problems: [] });
    expect(problems.length).toBeLessThan(50);
    for (const { path, message, found } of problems) {
      expect(found.length).toBeLessThanOrEqual(60);
      expect(path.length).toBeLessThan(100);
      expect(message.length).toBeLessThan(400);
    }
  });

  it('leaves prototypes alone and calls no getter', () => {
    let called = 0;
    const raw = {
      get seed() {
        called++;
        return 5;
      },
    };
    const { values } = parse(example, raw);
    expect(called).toBe(0);
    expect(values.seed).toBe(1);
    parse(example, JSON.parse('{"__proto__":{"polluted":1}}'));
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
  });

  it('gives fresh values', () => {
    const raw = { widths: [4], training: { batch: 8 } };
    const { values } = parse(example, raw);
    expect(values.widths).toEqual(raw.widths);
    expect(values.widths).not.toBe(raw.widths);
    expect(values.training).not.toBe(raw.training);
  });

  // Names that the declaration knows, so that random trees reach below the root.
  const name = fc.constantFrom(
    ...Object.keys(example.fields),
    'kind',
    'inner',
    'learningRate',
    '__proto__',
    'x',
  );
  const leaf = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('sgd', 'adam', 'lookahead', 'auto', Number.NaN, -0, 1e308),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(name, tie('tree')),
    ),
  }));
  it('and what it gives parses again to itself without a problem', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), tree), (raw) => {
        const { values } = parse(example, raw);
        expect(parse(example, values)).toStrictEqual({ values, problems: [] });
      }),
      { numRuns: 2000 },
    );
  });

  it('and valid values pass unchanged', () => {
    fc.assert(
      fc.property(valid(example), (values) => {
        expect(parse(example, values)).toStrictEqual({ values, problems: [] });
      }),
    );
  });
});
