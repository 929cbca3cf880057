/** Numbers that an entry's other values call for by name: fields that come and go with them. */
import { expect, test } from 'vitest';
import {
  changes,
  choice,
  defaults,
  fromQuery,
  group,
  jsonSchema,
  number,
  parse,
  reference,
  set,
  text,
  toQuery,
  walk,
} from '../../src/settings/index.ts';

const words = {
  name: 'words',
  label: 'words',
  summary: 'Each word is a number.',
  settings: group({
    line: text({
      label: 'line',
      summary: 'Words.',
      default: '',
      expected: 'words',
      mistake: () => undefined,
    }),
  }),
  named: {
    each: number({ label: 'a word', summary: 'Its number.', default: 1, min: -5, max: 5 }),
    in: ({ line }: Readonly<Record<string, unknown>>) =>
      [...new Set(String(line).match(/[a-z]+/g) ?? [])].map((name) => ({ name, label: name.toUpperCase() })),
  },
};
const plain = { name: 'plain', label: 'plain', summary: 'Nothing.', settings: group({}) };
const schema = group({
  what: choice({ label: 'what', summary: 'What.', entries: [words, plain], default: 'words' }),
});
const of = (line: string, more = {}) => parse(schema, { what: { kind: 'words', line, ...more } }).values;

test('each is a setting like any other: read, bounded, told of, listed, labelled', () => {
  const { values, problems } = parse(schema, { what: { kind: 'words', line: 'one two', one: 9, three: 3 } });
  expect(values.what).toEqual({ kind: 'words', line: 'one two', one: 5, two: 1 });
  expect(problems.map(({ path }) => path)).toEqual(['what.one', 'what.three']);
  expect(walk(schema, values).map(({ path, setting }) => [path, setting.label])).toEqual([
    ['what', 'what'],
    ['what.line', 'line'],
    ['what.one', 'ONE'],
    ['what.two', 'TWO'],
  ]);
});

test('a link names those that are not as usual, in whatever order', () => {
  const values = of('one two', { two: 2 });
  expect(toQuery(schema, values)).toBe('what.line=one%20two&what.two=2');
  expect(fromQuery(schema, 'what.two=2&what.line=one%20two')).toEqual({ values, problems: [] });
  expect(fromQuery(schema, 'what.line=one&what.two=2').problems).toHaveLength(1);
  expect(toQuery(schema, values, of('one two', { one: 3 }))).toBe('what.one=1&what.two=2');
});

test('another line brings its numbers along, and one that comes back is what it was', () => {
  const before = of('one two', { two: 2 });
  const other = set(schema, before, 'what.line', 'one three');
  expect(other.what).toMatchObject({ one: 1, three: 1 });
  expect(changes(schema, before, other)).toEqual([{ path: 'what.line', live: true }]);
  const back = set(schema, other, 'what.line', 'two');
  expect(back.what).toMatchObject({ two: 2 });
  expect(() => set(schema, other, 'what.two', 3)).toThrow('what.two is not a setting');
  const moved = set(schema, back, 'what.two', 4);
  expect(changes(schema, back, moved)).toEqual([{ path: 'what.two', live: true }]);
  expect(set(schema, moved, 'what', 'plain')).toEqual({ what: { kind: 'plain' } });
});

test('documents tell of them', () => {
  expect(reference(schema)).toContain('| `what.‹name›` | a word. Its number. | a number from -5 to 5 |');
  const [, entry] = (jsonSchema(schema) as never as Schema).properties.what.oneOf;
  expect(entry.additionalProperties).toMatchObject({ type: 'number', minimum: -5, maximum: 5 });
  expect(defaults(schema)).toEqual({ what: { kind: 'words', line: '' } });
});

interface Schema {
  readonly properties: { readonly what: { readonly oneOf: readonly { additionalProperties: unknown }[] } };
}
