// Settings that hold a line of text: read, written to links, documented, and never trusted.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaults,
  fromQuery,
  group,
  jsonSchema,
  parse,
  reference,
  text,
  toQuery,
} from '../../src/settings/index.ts';
import { valid } from './arbitrary.ts';

const motto = text({
  label: 'Motto',
  summary: 'What is written above.',
  default: 'on we go',
  expected: 'words without digits',
  most: 40,
  mistake: (words) => (/\d/.test(words) ? `a digit at ${words.search(/\d/) + 1}` : undefined),
});
const page = group({ motto });
const read = (raw: unknown) => parse(page, { motto: raw });

describe('a line of text', () => {
  it('is what was given, without spaces at its ends', () => {
    for (const [raw, line] of [
      ['', ''],
      ['  two words ', 'two words'],
      ['π & e+x = %', 'π & e+x = %'],
      ['😀', '😀'],
    ]) {
      expect(read(raw)).toEqual({ values: { motto: line }, problems: [] });
    }
  });

  it.each<[unknown, string]>([
    ['no 7', 'but found "no 7" (a digit at 4); "on we go" is used.'],
    ['  7', 'but found "  7" (a digit at 3); "on we go" is used.'],
    [7, 'but found 7; "on we go" is used.'],
    [null, 'but found null; "on we go" is used.'],
    [['a'], 'but found ["a"]; "on we go" is used.'],
    ['x'.repeat(41), '"on we go" is used.'],
    ['half \ud800', '"on we go" is used.'],
  ])('%o is answered with what is accepted', (raw, rest) => {
    const { values, problems } = read(raw);
    expect(values).toEqual({ motto: 'on we go' });
    expect(problems).toHaveLength(1);
    expect(problems[0].path).toBe('motto');
    expect(problems[0].message).toContain('motto should be words without digits, at most 40 characters, ');
    expect(problems[0].message).toContain(rest);
  });

  it('goes through a link unchanged', () => {
    fc.assert(
      fc.property(valid(page), (values) => {
        expect(fromQuery(page, toQuery(page, values))).toStrictEqual({ values, problems: [] });
        expect(parse(page, values)).toStrictEqual({ values, problems: [] });
      }),
    );
    expect(fromQuery(page, toQuery(page, { motto: 'e+x' })).values.motto).toBe('e+x');
    expect(toQuery(page, defaults(page))).toBe('');
  });

  it('keeps its value where a link’s text is wrong', () => {
    expect(fromQuery(page, 'motto=7').values.motto).toBe('on we go');
    expect(fromQuery(page, 'motto=').values.motto).toBe('');
  });

  it('survives 10,000 mutated links', () => {
    const alphabet = ['&', '=', '%', '%f0%9f', '+', ' ', '\0', '\ud800', '7', 'motto', '__proto__', 'é'];
    const edits = fc.array(
      fc.record({ at: fc.nat(), cut: fc.nat({ max: 3 }), paste: fc.constantFrom(...alphabet) }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(valid(page), edits, (start, list) => {
        let query = toQuery(page, start);
        for (const { at, cut, paste } of list) {
          const place = at % (query.length + 1);
          query = query.slice(0, place) + paste + query.slice(place + cut);
        }
        const { values } = fromQuery(page, query);
        if (parse(page, values).problems.length > 0) throw new Error(JSON.stringify(values));
        toQuery(page, values);
      }),
      { numRuns: 10_000, seed: 12 },
    );
  });

  it('is a string of bounded length in the JSON Schema, with what it should be', () => {
    expect(jsonSchema(page)).toMatchObject({
      properties: {
        motto: {
          title: 'Motto',
          description: 'What is written above. Expected: words without digits.',
          type: 'string',
          maxLength: 40,
          default: 'on we go',
        },
      },
    });
  });

  it('has a row in the reference', () => {
    expect(reference(page)).toContain('words without digits, at most 40 characters');
  });

  it('whose default is wrong is a mistake of ours', () => {
    expect(() => text({ ...motto, default: '7' })).toThrow('the default "7" is wrong: a digit at 1');
  });
});
