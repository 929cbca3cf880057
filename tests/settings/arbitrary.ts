// Random valid values of any declaration, with the corners of each range among them.

import fc from 'fast-check';
import type { Fields, Setting, Values } from '../../src/settings/index.ts';

export function valid<S extends Setting>(setting: S): fc.Arbitrary<Values<S>> {
  return valuesOf(setting) as fc.Arbitrary<Values<S>>;
}

function valuesOf(setting: Setting): fc.Arbitrary<unknown> {
  switch (setting.type) {
    case 'number':
    case 'integer':
      return numberIn(setting.min, setting.max, setting.type === 'integer');
    case 'numbers': {
      const [minLength, maxLength] = setting.length;
      return fc.array(numberIn(setting.min, setting.max, setting.integer), { minLength, maxLength });
    }
    case 'text':
      return fc
        .oneof(
          fc.string({ maxLength: setting.most, unit: 'grapheme' }),
          fc.constantFrom('', 'e+x & = % y', 'π ≤ τ', '__proto__', '&=,.+%'),
        )
        .map((line) => line.trim())
        .filter((line) => line.length <= setting.most && setting.mistake(line) === undefined);
    case 'toggle':
      return fc.boolean();
    case 'pick':
      return fc.constantFrom(...Object.keys(setting.options));
    case 'group':
      return record(setting.fields);
    case 'choice':
      return fc.oneof(
        ...setting.entries.map(({ name, settings }) => record(settings.fields, { kind: fc.constant(name) })),
      );
  }
}

function record(fields: Fields, first: Record<string, fc.Arbitrary<unknown>> = {}): fc.Arbitrary<unknown> {
  const rest = Object.entries(fields).map(([name, field]) => [name, valuesOf(field)]);
  return fc.record({ ...first, ...Object.fromEntries(rest) }, { noNullPrototype: true });
}

function numberIn(min: number, max: number, whole: boolean): fc.Arbitrary<number> {
  const inside = whole ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
  // Negative zero is no valid value: its text form is 0.
  return fc.oneof(fc.constantFrom(min, max), inside).map((x) => x + 0);
}
