/** Runs exported scripts in Python and compares every point that they pass with the engine's; holds the lists complete. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { datasets } from '../../src/catalog/datasets/index.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { imageSets } from '../../src/catalog/images/index.ts';
import { storedSets } from '../../src/catalog/images/stored.ts';
import { initialisers } from '../../src/catalog/initialisers/index.ts';
import { presets } from '../../src/catalog/presets/index.ts';
import { datasets as datasetTexts } from '../../src/script/datasets.ts';
import { pythonFile, pythonScript } from '../../src/script/index.ts';
import { pictureSets } from '../../src/script/pictures.ts';
import { texts } from '../../src/script/plan.ts';
import { initialiserTexts } from '../../src/script/starts.ts';
import { defaults, parse, withPairs } from '../../src/settings/index.ts';
import { descent, experimentOf, smallGan, smallImages } from '../catalog/given.ts';
import { cases, filesOf, writeCases } from './cases.ts';

/** The interpreter that scripts are run with; another one may have PyTorch. */
const PYTHON = process.env.PYTHON ?? 'python3';
const compareScript = new URL('compare.py', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'saddle-script-'));
afterAll(() => rmSync(folder, { recursive: true }));

const canImport = (module: string) => {
  try {
    execFileSync(PYTHON, ['-c', `import ${module}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const hasNumpy = canImport('numpy');
const hasTorch = hasNumpy && canImport('torch');

const preset = (name: string) => parse(schema, presets.find((each) => each.name === name)!.experiment).values;

interface Compared {
  readonly name: string;
  readonly isSame: boolean;
  readonly error?: string;
  readonly difference?: number;
}

/** What one Python found of all scripts in a folder. */
async function compared(at: string): Promise<Compared[]> {
  const run = promisify(execFile)(PYTHON, ['-W', 'ignore', compareScript, at], { maxBuffer: 1e8 });
  const { stdout } = await run.catch((error: { stdout?: string; message: string }) => {
    // It leaves with 1 when one of them differs, and says which.
    if (error.stdout) return { stdout: error.stdout };
    throw error;
  });
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

async function expectSame(flavour: 'numpy' | 'torch', chosen = cases): Promise<void> {
  const at = join(folder, flavour);
  const written = writeCases(at, flavour, chosen);
  const results = await compared(at);
  expect(results.filter(({ isSame }) => !isSame)).toEqual([]);
  expect(results.length).toBe(written.size);
}

const inNumpy = test.skipIf(!hasNumpy); // no package of npm brings NumPy, and Saddle plays without it
const inTorch = test.skipIf(!hasTorch); // hundreds of megabytes that no package of npm brings
const inPython = test.skipIf(!canImport('ast')); // `ast` comes with every Python: there is none at all

describe('exported scripts', () => {
  inNumpy(
    `in NumPy pass the points of the engine, for every entry of every kind and every word of its settings${hasNumpy ? '' : ` (skipped: ${PYTHON} has no numpy)`}`,
    () => expectSame('numpy'),
    120_000,
  );

  /** Those in which PyTorch differs from NumPy the most: losses, second derivatives, what is held, foresights. */
  const forTorch = cases.filter(
    ({ name, experiment }) =>
      experiment.game.kind === 'images' ||
      / (on|of a) gan$|^(history|loss|penalty|network|game|regularisation|consensus)/.test(name),
  );
  inTorch(
    `in PyTorch pass them too${hasTorch ? '' : ` (skipped: ${PYTHON} has no torch)`}`,
    () => expectSame('torch', forTorch),
    600_000,
  );

  /** What Python says of a script in a folder of its own: its output, or its last words. */
  function alone(name: string, text: string, ...beside: readonly (readonly [string, Uint8Array])[]): string {
    const at = mkdtempSync(join(folder, 'alone-'));
    writeFileSync(join(at, name), text);
    for (const [file, content] of beside) writeFileSync(join(at, file), content);
    try {
      return execFileSync(PYTHON, [join(at, name), '--steps', '1', '--no-plot'], {
        encoding: 'utf8',
        stdio: 'pipe',
      });
    } catch (error) {
      return (error as { stderr: string }).stderr;
    }
  }

  const withPictures = (kind: string) =>
    withPairs(schema, preset('digits'), [
      ['game.dataset', kind],
      ['game.batchSize', '16'],
    ]).values;

  inNumpy(
    'of the preset of digits run alone, from an empty folder',
    () => {
      const experiment = preset('digits');
      const { name, text } = pythonFile(experiment, 1, { flavour: 'numpy', files: filesOf(experiment) });
      expect(name).toBe('saddle-digits-0-numpy.py');
      expect(alone(name, text)).toMatch(
        /^step 0: L_G [\d.]+, L_D [\d.]+\nat the end: length of the point [\d.]+\n$/,
      );
      if (!hasTorch) return;
      const torch = pythonFile(experiment, 1, { files: filesOf(experiment) });
      expect(alone(torch.name, torch.text)).toMatch(/^step 0: L_G [\d.]+, L_D [\d.]+\nat the end: /);
    },
    60_000,
  );

  inNumpy(
    'of larger sets say which file is missing or damaged, where it is to be had, and its checksum',
    () => {
      const site = 'https://page.test/saddle/data/';
      const { text } = pythonScript(withPictures('quickdraw28'), { flavour: 'numpy', site });
      const file = readFileSync(new URL('../../public/data/quickdraw28.bin', import.meta.url));
      const { checksum } = storedSets.find(({ name }) => name === 'quickdraw28')!;
      const get = `Put it beside this script, from ${site}quickdraw28.bin, or public/data/quickdraw28.bin in the source of Saddle; what it unpacks to has SHA-256 ${checksum}.\n`;
      expect(alone('run.py', text)).toBe(`The pictures are not there: quickdraw28.bin is missing. ${get}`);
      const damaged = (content: Uint8Array) => alone('run.py', text, ['quickdraw28.bin', content]);
      for (const content of [file.subarray(0, 1000), Buffer.from('pictures'), gzipSync('other pictures')])
        expect(damaged(content)).toMatch(
          /quickdraw28\.bin is damaged, or another file of that name\. Put it/,
        );
      expect(damaged(file)).toContain('step 0: L_G ');
      // Who exports without the page is told of the source alone.
      expect(pythonScript(withPictures('quickdraw28')).text).toContain(
        'the folder data of the site on which the run was played, or public/data/quickdraw28.bin',
      );
    },
    60_000,
  );

  inPython('of every preset are Python, in PyTorch too, where nothing may have run them', () => {
    const at = join(folder, 'python');
    mkdirSync(at);
    for (const { name, experiment } of presets) {
      const { values } = parse(schema, experiment);
      const { text, problems } = pythonScript(values, { flavour: 'torch' });
      expect(problems, name).toEqual([]);
      expect(text).not.toMatch(/\b(NaN|undefined|Infinity)\b|\[object/);
      writeFileSync(join(at, `${name}.py`), text);
    }
    const read =
      'import ast, pathlib, sys; [ast.parse(p.read_text("utf-8")) for p in pathlib.Path(sys.argv[1]).glob("*.py")]';
    execFileSync(PYTHON, ['-c', read, at]);
  });
});

describe('what a script says', () => {
  const bilinear = experimentOf({ game: { kind: 'bilinear' }, scheme: 'extragradient', ...descent(0.1) });

  test('a gradient of an analytic game is its formula', () => {
    const { text, flavour } = pythonScript(bilinear);
    expect(flavour).toBe('numpy');
    expect(text).toContain('def generator_gradient(theta, phi):');
    expect(text).toContain('    return game.strength * phi\n');
    expect(text).not.toContain('next_batch');
    expect(text).not.toContain('threefry');
  });

  test('a GAN is written for PyTorch, with its networks as functions and its losses as in papers', () => {
    const { text, flavour } = pythonScript(defaults(schema));
    expect(flavour).toBe('torch');
    expect(text).toContain('def generate(z, g):');
    expect(text).toContain('hidden1 = torch.relu(z @ g.layer1_weight + g.layer1_bias)');
    expect(text).toContain('    return softplus(-s_fake).mean()\n');
  });

  test('only what the experiment uses is in it', () => {
    const { text } = pythonScript(experimentOf({ game: smallGan, ...descent(0.1) }));
    for (const word of ['Adam', 'gmres', 'project', 'clipped', 'average', 'moons', 'chance', 'look_back'])
      expect(text).not.toContain(word);
  });

  test('its settings stand at the top, and only those that it reads', () => {
    const { text } = pythonScript(bilinear, { steps: 77 });
    expect(text).toContain('STEPS = 77\n');
    expect(text).toContain('scheme = Settings(extrapolation=1)  # extragradient\n');
    expect(text).toContain('generator = Settings(learning_rate=0.1)  # sgd\n');
  });

  test('what it cannot replay of a run it says', () => {
    const changes = [{ step: 30, experiment: { ...bilinear, scheme: { kind: 'simultaneous' as const } } }];
    const alone = [{ step: 4, steps: 2, player: 'generator' as const }];
    const { text, notes } = pythonScript(bilinear, { changes, alone });
    expect(notes).toEqual([
      'At step 30 the run changed scheme; this script does not, and goes on as before.',
    ]);
    expect(text).toContain('ALONE = [\n    (4, 2, "generator"),\n]');
    for (const note of notes) expect(text.replace(/\s+/g, ' ')).toContain(note);
  });

  test('it says what it computes in, and what the run was computed in', () => {
    const gan = experimentOf({ game: smallGan, ...descent(0.1) });
    const said = (precision?: 'float32' | 'float64') => pythonScript(gan, { precision });
    expect(said('float64').text).toContain('PRECISION = torch.float64  # as the run;');
    expect(said('float64').notes).toEqual([]);
    const { text, notes } = said('float32');
    expect(text).not.toContain('as the run');
    expect(text).toContain('# the run was in float32: equal at first, then rounding grows;');
    expect(notes).toEqual([expect.stringMatching(/computed in float32 .* their rounding grows/)]);
    expect(text.replace(/\s+/g, ' ')).toContain(`NOTE. ${notes[0]}`);
    expect(said().text).not.toContain('as the run');
  });

  test('a file has the name of its preset, its seed, and what it computes with', () => {
    const { values } = parse(schema, presets[1].experiment);
    expect(pythonFile(values, 10).name).toBe('saddle-bilinear-0-numpy.py');
    expect(pythonFile({ ...values, seed: 7 }, 10).name).toBe('saddle-bilinear-7-numpy.py');
    expect(pythonFile(values, 10, { flavour: 'torch' }).name).toBe('saddle-bilinear-0-pytorch.py');
    expect(pythonFile(defaults(schema), 10).name).toMatch(/-pytorch\.py$/);
  });

  test('every entry of every part has its text, and no text stands for an entry that is gone', () => {
    for (const [part, known] of Object.entries(texts)) {
      const setting = schema.fields[part as keyof typeof schema.fields];
      const names = setting.type === 'choice' ? setting.entries.map(({ name }) => name as string) : [];
      expect(Object.keys(known).sort(), part).toEqual(names.filter((name) => name !== 'none').sort());
    }
    expect(Object.keys(datasetTexts).sort()).toEqual(datasets.map(({ name }) => name as string).sort());
    const sets = imageSets.map(({ name }) => name as string).filter((name) => name !== 'own');
    expect(Object.keys(pictureSets).sort()).toEqual(sets.sort());
  });

  test('a GAN on many pictures names the file that it is trained on, and reads it', () => {
    const experiment = experimentOf({ game: { ...smallImages, dataset: 'mnist14' } });
    expect(filesOf(experiment)).toEqual({});
    const { text } = pythonScript(experiment, { site: 'https://page.test/data/' });
    expect(text).toContain('and beside it mnist14.bin from public/data of Saddle');
    expect(text).toContain('PICTURES, LABELS = unpacked(load(\n    "mnist14.bin",');
    expect(text).toContain('https://page.test/data/mnist14.bin');
  });

  test('a GAN on few pictures holds them, behind all that is to be read, with their source and licence', () => {
    const experiment = experimentOf({ game: { ...smallImages, dataset: 'digits8' } });
    const { text } = pythonScript(experiment, { files: filesOf(experiment) });
    expect(text).not.toMatch(/digits8\.bin|Path|hashlib/);
    const behind = text.slice(text.indexOf('def main():'));
    expect(behind).toContain('PICTURES, LABELS = unpacked(gzip.decompress(base64.b64decode("""\n');
    expect(behind.replaceAll('\n# ', ' ')).toMatch(/Alpaydin and Kaynak 1998.*CC BY 4\.0/);
    expect(text.length).toBeLessThan(80_000);
  });

  test('pictures that are nowhere but in a browser are refused in a sentence', () => {
    const { text, problems } = pythonScript(experimentOf({ game: { ...smallImages, dataset: 'own' } }));
    expect(text).toBe('');
    expect(problems).toEqual([
      'There is no Python script for this run: your own pictures are kept in a browser alone, where Python does not find them.',
    ]);
  });

  test('filters of a network are filters of PyTorch, on the same parameters', () => {
    const network = { kind: 'convolutional', channels: 2 };
    const game = { ...smallImages, generatorNetwork: network, discriminatorNetwork: network };
    const { text } = pythonScript(experimentOf({ game }));
    expect(text).toMatch(/layer2_weight=w_g\[\d+:\d+\]\.reshape\(4, 4, 2, 4\)/);
    expect(text).toContain('conv2d_transposed(hidden1, g.layer2_weight, (4, 4), (2, 2), (1, 1))');
    expect(text).toContain('torch.nn.functional.conv_transpose2d(');
  });

  test('what has no text is refused in a sentence, not written wrongly', () => {
    const unknown = { ...bilinear, scheme: { kind: 'unheardOf' } } as unknown as typeof bilinear;
    expect(pythonScript(unknown)).toMatchObject({
      text: '',
      problems: [
        'There is no Python script for this run: the scheme unheardOf has not been written down in Python.',
      ],
    });
  });

  test('every initialiser has its text', () => {
    expect(Object.keys(initialiserTexts).sort()).toEqual(initialisers.map(({ name }) => name).sort());
  });
});
