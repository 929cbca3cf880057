/** Holds the command line to its answer to mistakes: one readable line each, exit code 2, nothing run, no stack. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { experiment } from '../../src/catalog/experiment.ts';
import { rules } from '../../src/catalog/rules/index.ts';
import { parse } from '../../src/settings/index.ts';
import { call, type Json, linesOf, refusal, runLines, sentences } from './call.ts';

const folder = mkdtempSync(join(tmpdir(), 'saddle-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
/** Writes a file and answers with its path. */
function file(content: unknown): string {
  const path = join(folder, `experiment-${files++}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

test.each([
  ['frobnicate', 'list, run, inspect, export, reference, schema, help, but found "frobnicate"'],
  ['rum ring', 'did you mean run?'],
  ['run', 'should be followed by a preset or the path of an experiment file'],
  ['inspect', 'should be followed by a preset'],
  [
    'run rign',
    '(ring, bilinear, quadratic, dirac, diracR1, forsaken and 58 more, see list) or the path of an experiment file, but found no such file (did you mean ring?)',
  ],
  ['run missing.json', 'no such file'],
  ['run ring bilinear', 'found "bilinear"'],
  ['list ring', 'found "ring"'],
  ['reference --json', 'What follows the command should be nothing, but found "--json"'],
  ['schema all', 'found "all"'],
  ['list --jsno', 'did you mean --json?'],
  ['list --json=yes', 'should be given without a value'],
  ['run ring --stepz 4', 'did you mean --steps?'],
  ['run ring -x', 'An option should be one of'],
  ['run ring --steps', '--steps should be followed by a value, but found nothing.'],
  ['run ring --steps -1', '--steps should be a whole number from 0 to 4294967294, but found "-1".'],
  ['run ring --steps 1e3', 'found "1e3"'],
  ['run ring --steps 5000000000', 'found "5000000000"'],
  ['run ring --steps 1 --steps 2', '--steps should be given once'],
  ['run ring --every 0', '--every should be a whole number from 1'],
  ['run ring --device gpu', '--device should be one of reference, '],
  ['run ring --watch losess', 'did you mean losses?'],
  ['run ring --watch losses,', 'found ""'],
  ['run bilinear --watch modes', 'one that fits the game bilinear (losses, point, vectorField, '],
  ['run ring --watch distance', 'one that fits the game gan (losses, modes, '],
  ['run ring --set seed', '--set should be a pair path=value'],
  ['run ring --set =3', '--set should be a pair path=value'],
  ['run ring --set seed=1.5', 'seed should be a whole number from 0 to'],
  ['run ring --set seed=abc', 'found "abc"'],
  ['run ring --set seed=1 --set seed=2', 'seed should be given once'],
  [
    'run ring --set generator=adm',
    `generator should be one of ${rules.map(({ name }) => name).join(', ')}, but found "adm" (did you mean adam?)`,
  ],
  ['run ring --set generator.lerningRate=1', 'did you mean generator.learningRate?'],
  [
    'run ring --set generator.learningRate=11',
    'generator.learningRate should be a number from 0 to 10, but found 11.',
  ],
  ['run bilinear --set game.start=1', 'game.start should be a list of 2 numbers'],
  ['inspect ring --direction x', '--direction should be a whole number'],
  [
    'inspect ring --watch losses',
    'An option should be one of --set, --method, --points, --lane, --steps, --device, --probe, --direction, --spectrum, --equilibria, --leading',
  ],
  ['inspect ring --leading 3', '--leading should be given together with --spectrum'],
  ['inspect ring --spectrum --leading 0', '--leading should be a whole number from 1 to 40'],
  [
    'run ring --probe spectrum.matrix',
    '--probe should be a pair path=value, such as spectrum.matrix=consensus',
  ],
  ['run ring --probe spectrum.matrix=jacobean', '(did you mean jacobian?)'],
  ['run ring --probe modes.coutn=200', 'did you mean modes.count?'],
  ['run ring --out /no/such/folder/file', '--out should be a file that can be written'],
])('%s', async (line, says) => {
  expect(await refusal(line)).toEqual([expect.stringContaining(says)]);
});

test('all mistakes are told at once', async () => {
  const lines = await refusal('run ring --steps x --every y --watch z --device w --set v --set u=1');
  expect(lines.length).toBe(5); // u=1 is read when the others are mended
  expect(
    (await refusal('run ring --set seed=-1 --set game.batchSize=0 --set shceme=optimistic')).length,
  ).toBe(3);
});

test.each<[content: unknown, says: string]>([
  ['', 'should be a JSON file, but found line 1, column 1: '],
  ['{\n  "seed": 3,\n  oops\n}', 'found line 3, column 3: '],
  ['{"seed": 3', 'found line 1, column '],
  ['[1, 2]', 'The whole should be an object, but found [1, 2].'],
  ['"ring"', 'The whole should be an object'],
  ['null', 'The whole should be an object'],
  [
    { preset: 'rnig' },
    'preset should be one of ring, bilinear, quadratic, dirac, diracR1, forsaken and 58 more, see list, but found "rnig" (did you mean ring?)',
  ],
  [{ preset: 3 }, 'preset should be a name, but found 3.'],
  [{ sede: 3 }, 'sede is not a setting: expected one of seed, '],
  [{ seed: '3' }, 'seed should be a whole number'],
  [{ seed: 3, game: { kind: 'bilinear', start: [1, 2, 3] } }, 'game.start should be a list of 2 numbers'],
  [{ 'a\nb\u001b[31m': 1 }, 'a\\u000ab\\u001b[31m'],
  ['{"seed": 1e999}', 'but found Infinity'],
  [`{"seed": "${'x'.repeat(2_000_000)}"}`, 'should have at most 1000000 bytes'],
])('an experiment file %#', async (content, says) => {
  expect(await refusal('run', [file(content)])).toEqual([expect.stringContaining(says)]);
});

test('a folder, and a name full of odd characters, are no experiment files', async () => {
  mkdirSync(join(folder, 'inside'));
  expect((await refusal('run', [join(folder, 'inside')]))[0]).toContain('found a folder');
  await refusal('run', ['a\u0000b\nc']);
  await refusal('run', ['']);
});

test.runIf(process.platform === 'linux')('an endless file is too long', async () => {
  expect((await refusal('run', ['/dev/zero']))[0]).toContain('a longer file');
});

test('a mistake leaves the file of --out as it was', async () => {
  const out = join(folder, 'untouched.jsonl');
  await refusal('run bilinear --watch modes', ['--out', out]);
  expect(existsSync(out)).toBe(false);
});

test('a file fills in defaults, or what its preset says', async () => {
  const of = async (content: unknown) => (await runLines('--steps 0', [file(content)])).summary.experiment;
  expect(await of({})).toEqual(parse(experiment, {}).values);
  expect(await of({ seed: 5, scheme: 'optimistic' })).toEqual(
    parse(experiment, { seed: 5, scheme: { kind: 'optimistic' } }).values,
  );
  const bilinear = await of({ preset: 'bilinear' });
  expect(bilinear).toEqual((await runLines('bilinear --steps 0')).summary.experiment);
  expect(
    await of({ $schema: './schema.json', preset: 'bilinear', generator: { learningRate: 0.3 } }),
  ).toEqual({
    ...bilinear,
    generator: { kind: 'sgd', learningRate: 0.3 },
  });
  expect(await of({ preset: 'bilinear', game: { kind: 'dirac' }, generator: 'adam' })).toMatchObject({
    game: { kind: 'dirac', start: [1, -1] },
    generator: { kind: 'adam', learningRate: 0.001 },
    discriminator: { kind: 'sgd', learningRate: 0.1 },
  });
  expect(await of('\uFEFF{"preset": "bilinear"}')).toEqual(bilinear);
  expect(
    (await runLines('--steps 0 --set seed=9', [file({ preset: 'bilinear' })])).summary.experiment.seed,
  ).toBe(9);
});

/** Small games, so that what survives its mutations is quickly played. */
const small = { kind: 'dense', hidden: [2], activation: 'tanh', initialiser: { kind: 'he', gain: 1 } };
const seeds: readonly Json[] = [
  { game: { kind: 'gan', batchSize: 3, generatorNetwork: small, discriminatorNetwork: small } },
  { preset: 'bilinear', seed: 3, scheme: { kind: 'extragradient', extrapolation: 1, sameBatch: true } },
  { preset: 'quadratic', game: { attraction: 0.3 }, generator: { kind: 'rmsprop', decay: 0.9 } },
  { preset: 'dirac', game: { loss: 'minimax' }, scheme: 'alternating', discriminator: 'momentum' },
];

/** What may stand anywhere. No number that makes a game both valid and large. */
const oddValue = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    -1,
    0,
    -0,
    1,
    2,
    0.5,
    1e-320,
    1e308,
    2 ** 53,
    '',
    '1',
    'adam',
    'gan',
    'ring',
  ),
  fc.constantFrom<Json>(
    [],
    {},
    [1, 2],
    [[1]],
    { kind: 'sgd' },
    { kind: 3 },
    { kind: 'dirac' },
    'constructor',
  ),
  fc.string({ maxLength: 8 }),
);
const oddName = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'kind', 'preset', 'seed', 'game', 'hidden', 'start', '', 'a.b'),
  fc.string({ maxLength: 6 }),
);

/** Replaces, removes or adds one thing somewhere in a tree; `way` chooses the road down. */
function mutate(tree: Json, way: number, how: number, name: string, value: Json): Json {
  if (typeof tree !== 'object' || tree === null) return value;
  const names = Object.keys(tree);
  const entries = Object.entries(tree) as [string, Json][];
  if (names.length === 0 || way % 5 === 0) return Object.fromEntries([...entries, [name, value]]);
  const at = way % names.length;
  const rest = Math.floor(way / names.length);
  if (how === 0) return Object.fromEntries(entries.filter((_, i) => i !== at));
  const next = how === 1 ? value : mutate(entries[at][1], rest, how, name, value);
  return Array.isArray(tree)
    ? tree.map((each, i) => (i === at ? next : each))
    : Object.fromEntries(entries.map(([key, each], i) => [key, i === at ? next : each]));
}

/** Present once in `times`. */
const rarely = <T>(times: number, arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

const mutated = fc
  .record({
    seed: fc.constantFrom(...seeds),
    moves: fc.array(fc.tuple(fc.nat(1_000_000), fc.integer({ min: 0, max: 4 }), oddName, oddValue), {
      maxLength: 2,
    }),
    cut: rarely(10, fc.nat(200)),
    splice: rarely(
      10,
      fc.tuple(fc.nat(200), fc.constantFrom('"', '{', '}', ',', '[', '1e999', '\\', '\u0000', '\n')),
    ),
  })
  .map(({ seed, moves, cut, splice }) => {
    const tree = moves.reduce((each, [way, how, name, value]) => mutate(each, way, how, name, value), seed);
    let text = JSON.stringify(tree);
    if (splice) text = text.slice(0, splice[0]) + splice[1] + text.slice(splice[0]);
    return cut === null ? text : text.slice(0, cut);
  });

const oddText = fc.oneof(
  fc.constantFrom(
    '1',
    '-1',
    '0.5',
    '1,2',
    'adam',
    'sgd',
    'dirac',
    'optimistic',
    'true',
    'NaN',
    '0x10',
    '1e400',
    '',
  ),
  fc.string({ maxLength: 8 }),
);
const set = fc.oneof(
  fc.constantFrom(
    'seed=5',
    'scheme=optimistic',
    'generator=adam',
    'discriminator.learningRate=0.5',
    'game=dirac',
  ),
  fc
    .tuple(
      fc.constantFrom('seed', 'game', 'scheme', 'generator', 'generator.learningRate', 'game.start'),
      oddText,
    )
    .map(([path, text]) => `${path}=${text}`),
  fc.tuple(oddName, oddText).map(([path, text]) => `${path}=${text}`),
  oddText,
);
const sets = fc.oneof(fc.constant([]), fc.array(set, { maxLength: 2 }));

test('no mutated file or setting gives a stack or a crash: it is refused in readable lines, or it runs', async () => {
  const codes = { 0: 0, 2: 0 } as Record<number, number>;
  const path = file('');
  await fc.assert(
    fc.asyncProperty(mutated, sets, fc.boolean(), async (text, given, inspects) => {
      writeFileSync(path, text);
      const command = inspects ? 'inspect --steps 1 --direction 1' : 'run --steps 1 --watch point,losses';
      const { code, out, err } = await call(command, given.map((each) => `--set=${each}`).concat(path));
      codes[code] = (codes[code] ?? 0) + 1;
      if (code === 2) {
        expect(out).toBe('');
        sentences(err);
      } else {
        expect({ code, err }).toEqual({ code: 0, err: '' });
        if (inspects) JSON.parse(out);
        else expect(linesOf(out).summary.outcome).toMatch(/^(finished|diverged)$/);
      }
    }),
    { numRuns: 1000, seed: 20_240_601 },
  );
  // Both ways were walked often.
  expect(codes[0]).toBeGreaterThan(100);
  expect(codes[2]).toBeGreaterThan(100);
}, 60_000);
