/** Texts as they are after a bad copy: cut, doubled, swapped, and with what does not belong there. */
import fc from 'fast-check';

/** What has broken readers of links and files before. */
const strange = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '1e999',
  '-1e308',
  '9'.repeat(400),
  '0x10',
  'NaN',
  '-0',
  '%',
  '%25%32%35',
  '%25'.repeat(60),
  '%E0%A4',
  '%00',
  '\u0000',
  '\ud800',
  '🦆',
  'é\u0301\u202e',
  'x'.repeat(3000),
  '[[[[[[[[{{{{',
  ']}',
  'null',
  '{"kind":"__proto__"}',
  '&&&===',
  '=',
  ',',
  '.',
  'lane2.',
  'lane99.seed=1',
  'v=2',
  'hide=game,</style><b>,generator.beta1',
  'stops=step:1e999,diverged:x',
  'figures=losses:__proto__',
  'zoom=3,1',
  'solo=6&muted=1,2,9',
  'z=AAAA',
  'preset=__proto__',
  '<script>',
];

const mutation = fc.record({
  kind: fc.constantFrom('cut', 'remove', 'double', 'swap', 'insert', 'replace') as fc.Arbitrary<
    'cut' | 'remove' | 'double' | 'swap' | 'insert' | 'replace'
  >,
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 40 }),
  with: fc.oneof(
    fc.constantFrom(...strange),
    fc.string({ maxLength: 6 }),
    fc.string({ unit: 'binary', maxLength: 4 }),
  ),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never;

function mutate(text: string, { kind, from, length, with: other }: Mutation): string {
  const at = Math.floor(from * text.length);
  const [before, piece, after] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)];
  switch (kind) {
    case 'cut':
      return before;
    case 'remove':
      return before + after;
    case 'double':
      return before + piece + piece + after;
    case 'swap':
      return piece + before + after;
    case 'insert':
      return before + other + piece + after;
    case 'replace':
      return before + other + after;
  }
}

/** One of these texts, changed in one to four places. */
export const mutated = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...texts), fc.array(mutation, { minLength: 1, maxLength: 4 }))
    .map(([text, all]) => all.reduce(mutate, text));

/** Raw values where others were expected. */
const raw = fc.oneof(
  fc.constantFrom<unknown>(null, true, '', [], {}, 1e300, -1, '__proto__', [null], { kind: 'gan' }, 'adam'),
  fc.jsonValue({ maxDepth: 2 }),
);

interface Place {
  readonly holder: Record<string, unknown>;
  readonly name: string;
}

function placesOf(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return found;
  for (const name of Object.keys(value)) {
    const holder = value as Record<string, unknown>;
    found.push({ holder, name });
    placesOf(holder[name], found);
  }
  return found;
}

/** A JSON text with one to three of its values taken out, renamed, or replaced by others. */
export const mutatedTree = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...texts),
      fc.array(
        fc.record({
          at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
          kind: fc.constantFrom('remove', 'rename', 'replace'),
          name: fc.constantFrom(...strange),
          value: raw,
        }),
        { minLength: 1, maxLength: 3 },
      ),
    )
    .map(([text, all]) => {
      const tree: unknown = JSON.parse(text);
      for (const { at, kind, name, value } of all) {
        const places = placesOf(tree);
        if (places.length === 0) break;
        const place = places[Math.floor(at * places.length)];
        const { [place.name]: old } = place.holder;
        if (kind === 'replace') place.holder[place.name] = value;
        else delete place.holder[place.name];
        // As JSON.parse does, which makes a property of __proto__ instead of a prototype.
        if (kind === 'rename')
          Object.defineProperty(place.holder, name, {
            value: old,
            enumerable: true,
            configurable: true,
            writable: true,
          });
      }
      return JSON.stringify(tree) ?? 'null';
    });
