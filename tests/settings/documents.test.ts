import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  choice,
  defaults,
  group,
  type JsonSchema,
  jsonSchema,
  number,
  reference,
  toggle,
} from '../../src/settings/index.ts';
import { valid } from './arbitrary.ts';
import { example } from './example.ts';

/** The few keywords that jsonSchema writes, checked as JSON Schema 2020-12 defines them. */
function accepts(schema: JsonSchema, value: unknown): boolean {
  const holds: Record<string, (expected: never) => boolean> = {
    type: (type: string) =>
      type === 'integer'
        ? Number.isInteger(value)
        : type === 'array'
          ? Array.isArray(value)
          : type === 'object'
            ? typeof value === 'object' && value !== null && !Array.isArray(value)
            : typeof value === type,
    const: (expected: unknown) => value === expected,
    enum: (expected: unknown[]) => expected.includes(value),
    minimum: (bound: number) => typeof value !== 'number' || value >= bound,
    maximum: (bound: number) => typeof value !== 'number' || value <= bound,
    minItems: (count: number) => !Array.isArray(value) || value.length >= count,
    maxItems: (count: number) => !Array.isArray(value) || value.length <= count,
    items: (items: JsonSchema) => !Array.isArray(value) || value.every((item) => accepts(items, item)),
    oneOf: (options: JsonSchema[]) => options.filter((option) => accepts(option, value)).length === 1,
    required: (names: string[]) => !isRecord(value) || names.every((name) => Object.hasOwn(value, name)),
    properties: (fields: Record<string, JsonSchema>) =>
      !isRecord(value) ||
      Object.entries(fields).every(
        ([name, field]) => !Object.hasOwn(value, name) || accepts(field, value[name]),
      ),
    additionalProperties: () =>
      !isRecord(value) ||
      Object.keys(value).every((name) => Object.hasOwn(schema.properties as object, name)),
  };
  const annotations = ['$schema', 'title', 'description', 'default'];
  return Object.entries(schema).every(([keyword, expected]) => {
    if (annotations.includes(keyword)) return true;
    if (!Object.hasOwn(holds, keyword)) throw new Error(`unknown keyword ${keyword}`);
    return holds[keyword](expected as never);
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

describe('the JSON Schema', () => {
  const schema = jsonSchema(example);

  it('is plain JSON of draft 2020-12 with ranges, defaults and descriptions', () => {
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema).toMatchObject({
      additionalProperties: false,
      properties: {
        training: {
          properties: {
            batch: {
              title: 'Batch',
              description: 'Samples a step. Unit: samples.',
              type: 'integer',
              minimum: 1,
              maximum: 4096,
              default: 512,
            },
          },
        },
      },
    });
  });

  it('accepts any valid values, and every default it states', () => {
    expect(accepts(schema, defaults(example))).toBe(true);
    fc.assert(fc.property(valid(example), (values) => accepts(schema, values)));
  });

  it('accepts what is left out, and a choice by its name', () => {
    expect(accepts(schema, {})).toBe(true);
    expect(accepts(schema, { generator: 'sgd' })).toBe(true);
    expect(accepts(schema, { generator: { kind: 'lookahead', inner: 'none' } })).toBe(true);
  });

  it.each([
    [{ seed: -1 }],
    [{ seed: 0.5 }],
    [{ shuffle: 1 }],
    [{ device: 'x' }],
    [{ widths: [0] }],
    [{ betas: [1] }],
    [{ generator: 'x' }],
    [{ generator: { kind: 'x' } }],
    [{ generator: { kind: 'sgd', beta1: 0.5 } }],
    [{ x: 1 }],
    [3],
  ])('refuses %o', (raw) => {
    expect(accepts(schema, raw)).toBe(false);
  });
});

describe('the reference', () => {
  it('has a table for each group and entry, generated from the declaration', () => {
    const rate = number({
      label: 'Rate',
      summary: 'How fast | far.',
      default: 0.1,
      min: 0,
      max: 1,
      unit: 'per step',
    });
    const on = toggle({ label: 'On', summary: 'Whether it moves.', default: true, live: false });
    const entries = [
      { name: 'a', label: 'Way A', summary: 'The first way.', settings: group({ rate }) },
      { name: 'b', label: 'Way B', summary: 'The other way.', settings: group({}) },
    ] as const;
    const one = choice({ label: 'Way', summary: 'How.', entries, default: 'a' });
    const two = choice({ label: 'Way back', summary: 'How back.', entries, default: 'b' });
    expect(reference(group({ on, one, two, more: group({ rate }, 'More') }, 'All'))).toBe(`## All

| Path | Meaning | Range | Default | Unit | Live |
| --- | --- | --- | --- | --- | --- |
| \`on\` | On. Whether it moves. | \`true\` or \`false\` | \`true\` |  | no |
| \`one\` | Way. How. | \`a\`, \`b\` | \`a\` |  | no |
| \`two\` | Way back. How back. | \`a\`, \`b\` | \`b\` |  | no |

### Way (\`one\`)

How.

#### \`one=a\`: Way A

The first way.

| Path | Meaning | Range | Default | Unit | Live |
| --- | --- | --- | --- | --- | --- |
| \`one.rate\` | Rate. How fast \\| far. | a number from 0 to 1 | \`0.1\` | per step | yes |

#### \`one=b\`: Way B

The other way.

### Way back (\`two\`)

How back.

The choices and their settings are those of \`one\`, with \`two\` in its place.

### More (\`more\`)

| Path | Meaning | Range | Default | Unit | Live |
| --- | --- | --- | --- | --- | --- |
| \`more.rate\` | Rate. How fast \\| far. | a number from 0 to 1 | \`0.1\` | per step | yes |
`);
  });

  it('names every path of the declaration', () => {
    const text = reference(example);
    for (const path of ['seed', 'training.noise', 'generator.beta1', 'generator.inner.learningRate']) {
      expect(text).toContain(`| \`${path}\` |`);
    }
  });
});
