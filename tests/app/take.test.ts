/** What is taken away as files: tables that read back, checkpoints that numpy loads and runs go on from, SVG. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadNamed } from '../../src/app/named.ts';
import { openRecord } from '../../src/app/record.ts';
import { newLane } from '../../src/app/store.ts';
import { readCheckpoint, writeCheckpoint } from '../../src/app/take/checkpointFile.ts';
import { csv } from '../../src/app/take/csv.ts';
import { readNpy, writeNpy } from '../../src/app/take/npy.ts';
import { wideTable } from '../../src/app/take/series.ts';
import { openSvg, type Ruler } from '../../src/app/take/svg.ts';
import { crc32, readZip, writeZip } from '../../src/app/take/zip.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { applyMethod, methods } from '../../src/catalog/methods/index.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { openSession } from '../../src/engine/session.ts';
import type { Frame } from '../../src/worker/protocol.ts';
import { experimentOf, smallGan } from '../catalog/given.ts';

await loadNamed();

const told = { device: 'auto', names: ['θ', 'φ'], split: 1, link: 'https://example.org/#preset=bilinear' };

/** Bit by bit: NaN is NaN, and -0 is not 0. */
const bits = (values: Float64Array) => [
  ...new BigUint64Array(values.buffer, values.byteOffset, values.length),
];

test('a table is text that says what is missing by nothing, and quotes what would be read as something else', () => {
  const rows = [
    [1, 'Simultaneous, Adam', 0.1 + 0.2, undefined],
    [2, 'say "no" # 1', Number.NaN, Number.NEGATIVE_INFINITY],
  ];
  expect(csv({ columns: ['lane', 'method', 'a', 'b'], rows }, ['of a\nrun'])).toBe(
    '# of a run\nlane,method,a,b\n' +
      '1,"Simultaneous, Adam",0.30000000000000004,\n' +
      '2,"say ""no"" # 1",NaN,-Infinity\n',
  );
});

/** A frame of a game of two parameters after so many steps. */
const frameAt = (step: number, losses: readonly number[], readings: object) =>
  ({
    run: 0,
    step,
    begin: 0,
    furthest: step,
    forks: 0,
    evaluations: 2 * step,
    products: 0,
    seconds: step / 8,
    outcome: { kind: 'running' },
    alone: [],
    device: 'reference',
    losses: {
      step: Float64Array.from(losses, (_, i) => step - losses.length + i),
      generator: Float64Array.from(losses),
      discriminator: Float64Array.from(losses, (loss) => -loss),
    },
    path: new Float64Array(0),
    readings,
    working: {},
  }) as unknown as Frame;

test('the wide table has a row for each lane and step, and a column for everything that was read', () => {
  const runs = [0, 1].map((id) => {
    const record = openRecord();
    record.add(frameAt(2, [5, 6], { dualityGap: { gap: 7 } }), 0);
    record.add(
      frameAt(3, [8], id === 1 ? { gradientNorms: { generator: 1, discriminator: 2, joint: 3 } } : {}),
      0,
    );
    return { lane: newLane(id, id, experimentOf({ game: 'bilinear' })), name: `lane ${id}`, record };
  });
  const { columns, rows } = wideTable(runs);
  const at = (name: string) => columns.indexOf(name);
  const table = [...rows];
  expect(columns.slice(0, 6)).toEqual([
    'lane',
    'method',
    'step',
    'evaluations',
    'seconds',
    'losses.generator',
  ]);
  expect(table.map((row) => [row[0], row[at('step')], row[at('losses.generator')]])).toEqual([
    [1, 0, 5],
    [1, 1, 6],
    [1, 2, 8],
    [2, 0, 5],
    [2, 1, 6],
    [2, 2, 8],
    [2, 3, undefined],
  ]);
  expect(table.map((row) => row[at('dualityGap.gap')])).toEqual(
    [undefined, undefined, 7, undefined, undefined, 7, undefined].map((value) => value),
  );
  expect(table[6].slice(at('gradientNorms.generator'))).toEqual([1, 2, 3]);
  expect(table.map((row) => row[at('evaluations')])).toEqual([0, 2, 4, 0, 2, 4, 6]);
  expect(table.map((row) => row[at('method')])).toEqual(table.map((row) => `lane ${Number(row[0]) - 1}`));
  expect(new Set(table.map((row) => row.length))).toEqual(new Set([columns.length]));
  // One panel's series: no other columns, no rows that would be blank.
  const part = wideTable(runs, ['gradientNorms']);
  expect([...part.rows].map((row) => row[2])).toEqual([3]);
});

test('the checksum is the one of the standard', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

test('arrays read back as they were written, bit for bit', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noDefaultInfinity: false }), { maxLength: 80 }), (values) => {
      const vector = Float64Array.from(values);
      expect(bits(readNpy(writeNpy(vector), 'x') as Float64Array)).toEqual(bits(vector));
    }),
  );
  const odd = Float64Array.of(Number.NaN, -0, Number.POSITIVE_INFINITY, Number.MIN_VALUE, Number.MAX_VALUE);
  expect(bits(readNpy(writeNpy(odd), 'x') as Float64Array)).toEqual(bits(odd));
  for (const value of [-0, 7, 'θ and 𝔽', '', ['a', 'longer', ''], []])
    expect(readNpy(writeNpy(value), 'x')).toEqual(value);
});

test.each(methods.map(({ name }) => name))(
  'a run of %s that was taken away goes on bit for bit',
  async (name) => {
    const experiment = applyMethod(experimentOf({ game: smallGan }), name);
    const session = openSession(experiment, reference);
    session.advance(3);
    const taken = session.checkpoint();
    const read = await readCheckpoint(writeCheckpoint(taken, told));
    expect(read).toEqual({ ...taken, device: 'auto' });
    const other = openSession(experimentOf({ game: 'bilinear' }), reference);
    other.restore(read);
    session.advance(3);
    other.advance(3);
    expect(other.state).toEqual(session.state);
    expect(bits(other.state.point)).toEqual(bits(session.state.point));
  },
);

test('a checkpoint holds what was done in its run, and one of an older page is as if nothing were known', async () => {
  const from = (step: number, learningRate: number) => ({
    step,
    experiment: experimentOf({ game: 'bilinear', generator: { kind: 'sgd', learningRate } }),
  });
  const settings = [from(0, 0.1), from(3, 0.2)] as const;
  const alone = [{ step: 1, steps: 2, player: 'generator' }] as const;
  const session = openSession(settings[0].experiment, reference);
  session.follow({ settings, alone });
  session.advance(5);
  const checkpoint = session.checkpoint();
  const past = { step: 5, settings, alone };
  expect((await readCheckpoint(writeCheckpoint({ ...checkpoint, past }, told))).past).toEqual(past);
  expect((await readCheckpoint(writeCheckpoint(checkpoint, told))).past).toBeUndefined();
  // Of another run, it is none of this one.
  const other = { ...past, settings: [from(0, 0.7)] };
  const read = await readCheckpoint(writeCheckpoint({ ...checkpoint, past: other }, told));
  expect(read.past).toBeUndefined();
  expect(read.state).toEqual(checkpoint.state);
});

function taken() {
  const session = openSession(experimentOf({ game: 'bilinear', scheme: 'extragradient' }), reference);
  session.advance(5);
  return session.checkpoint();
}

test('what is no checkpoint is answered by a sentence, whatever has become of the file', async () => {
  const whole = writeCheckpoint(taken(), told);
  const says = async (bytes: Uint8Array<ArrayBuffer>) =>
    readCheckpoint(bytes).then(
      () => 'read',
      (error: Error) => error.message,
    );
  expect(await says(new TextEncoder().encode('hello, this is a text and no zip file at all'))).toContain(
    'no zip file',
  );
  expect(await says(whole.slice(0, whole.length / 2))).toContain('no zip file');
  expect(await says(new Uint8Array(0))).toContain('no zip file');
  const members = await readZip(whole);
  const without = (name: string) => writeZip(members.filter((member) => member.name !== `${name}.npy`));
  expect(await says(without('experiment'))).toContain('should hold experiment');
  expect(await says(without('state/point'))).toContain('should hold state/point');
  const withOther = (name: string, value: Parameters<typeof writeNpy>[0]) =>
    writeZip(members.map((one) => (one.name === `${name}.npy` ? { ...one, bytes: writeNpy(value) } : one)));
  expect(await says(withOther('format', 99))).toContain('format 99');
  expect(await says(withOther('experiment', '{"seed": "many"}'))).toContain('seed should be');
  expect(await says(withOther('experiment', 'not JSON'))).toContain('JSON');
  expect(await says(withOther('state/step', 1.5))).toContain('state/step should be a whole number');
  expect(await says(withOther('state/point', 'text'))).toContain('state/point');
  // Any byte that is another one is noticed here or where the run goes on, or does not matter.
  const unharmed = await readCheckpoint(whole);
  let noticed = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = whole.slice();
      changed[at] ^= by;
      const said = await says(changed);
      if (said === 'read') {
        const read = await readCheckpoint(changed);
        // A member that goes by another name is missed where a run is to go on.
        if (!isDeepStrictEqual(read, unharmed))
          expect(() => openSession(read.experiment, reference).restore(read)).toThrow('does not fit');
      } else {
        expect(said).toMatch(/^.+\.$/s);
        noticed += 1;
      }
    }),
    { numRuns: 300 },
  );
  expect(noticed).toBeGreaterThan(100);
});

test('names of members cannot reach what is not theirs', async () => {
  const members = await readZip(writeCheckpoint(taken(), told));
  const bytes = writeZip([
    ...members,
    { name: 'state/__proto__/polluted.npy', bytes: writeNpy(1) },
    { name: 'state/constructor/prototype/polluted.npy', bytes: writeNpy(1) },
  ]);
  await readCheckpoint(bytes);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

/** NumPy, where this machine has it. */
const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;

const inNumpy = test.skipIf(!hasNumpy); // no package of npm brings NumPy, and Saddle plays without it

inNumpy('numpy loads a checkpoint to the bit, and what it saves, compressed too, is read again', async () => {
  const checkpoint = taken();
  checkpoint.state.memory.generator.odd = Float64Array.of(Number.NaN, -0, 1 / 3, 5e-324);
  const folder = mkdtempSync(join(tmpdir(), 'saddle-'));
  try {
    const [file, again] = [join(folder, 'taken.npz'), join(folder, 'again.npz')];
    writeFileSync(file, writeCheckpoint(checkpoint, told));
    const script = `
import json, sys, numpy
with numpy.load(sys.argv[1]) as taken:
    values = {name: taken[name] for name in taken.files}
numpy.savez_compressed(sys.argv[2], **values)
print(json.dumps({
    'seed': json.loads(str(values['experiment']))['seed'],
    'step': int(values['state/step']),
    'names': list(map(str, values['names'])),
    'bits': {name: [str(bits) for bits in value.view(numpy.uint64)]
             for name, value in values.items() if value.dtype == numpy.float64 and value.ndim == 1},
}))`;
    const { stdout, stderr } = spawnSync('python3', ['-c', script, file, again], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const loaded = JSON.parse(stdout);
    expect(loaded).toMatchObject({ seed: checkpoint.experiment.seed, step: 5, names: ['θ', 'φ'] });
    const { point, memory } = checkpoint.state;
    expect(loaded.bits['state/point']).toEqual(bits(point).map(String));
    expect(loaded.bits['state/memory/generator/odd']).toEqual(
      bits(memory.generator.odd as Float64Array).map(String),
    );
    const { device, ...read } = await readCheckpoint(new Uint8Array(readFileSync(again)));
    expect(device).toBe('auto');
    expect(read).toEqual(checkpoint);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Every letter is as wide as half its size, and sits on its line. */
const ruler = {
  font: '',
  fillStyle: '',
  textAlign: 'left',
  textBaseline: 'alphabetic',
  measureText: (text: string) => ({
    width: 5 * text.length,
    actualBoundingBoxAscent: ruler.textBaseline === 'top' ? 0 : 7,
  }),
} as unknown as Ruler & { textBaseline: string };

/** Whether tags open and close as XML wants it; no entity but the five. */
function isWellFormed(text: string): boolean {
  const open: string[] = [];
  for (const [, end, name, alone] of text
    .replace(/^<\?xml.*?\?>/, '')
    .matchAll(/<(\/?)([\w:]+)(?:\s[\w:-]+="[^"<]*")*\s*(\/?)>/g)) {
    if (alone) continue;
    if (!end) open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0 && !/&(?!(amp|lt|gt|quot);)/.test(text);
}

test('what is painted on the SVG context is there as shapes and text, where and as it was painted', () => {
  const svg = openSvg(100, 50, ruler);
  const { context } = svg;
  context.fillStyle = '#c2410c';
  context.globalAlpha = 0.5;
  context.beginPath();
  context.arc(10, 20, 3, 0, 2 * Math.PI);
  context.fill();
  context.save();
  context.beginPath();
  context.rect(0, 0, 40, 40);
  context.clip();
  context.translate(5, 5);
  context.beginPath();
  context.moveTo(0, 0);
  context.lineTo(Number.NaN, 3);
  context.lineTo(1 / 3, 10);
  context.setLineDash([5, 4]);
  context.lineWidth = 2;
  context.stroke();
  context.restore();
  context.font = '600 12px "A & B", serif';
  context.textAlign = 'right';
  context.textBaseline = 'top';
  context.fillText('θ < 1 & "φ"', 90, 10, 20);
  const text = svg.text('a <title>', 'words');
  expect(isWellFormed(text)).toBe(true);
  expect(text).toContain('<circle cx="10" cy="20" r="3" fill="#c2410c" fill-opacity="0.5"/>');
  expect(text).toContain('<g clip-path="url(#clip1)">\n<path d="M5 5L5.33 15"');
  expect(text).toContain('stroke-width="2" stroke-dasharray="5 4"/>');
  expect(text).toContain(
    'x="90" y="17" font-family="&quot;A &amp; B&quot;, serif" font-size="12" font-weight="600"',
  );
  expect(text).toContain('text-anchor="end" textLength="20" lengthAdjust="spacingAndGlyphs"');
  expect(text).toContain('>θ &lt; 1 &amp; &quot;φ&quot;</text>');
  expect(text).not.toMatch(/NaN|Infinity|undefined/);
  expect([...svg.missed]).toEqual([]);
});

test('the SVG context notes what it cannot do, and goes on', () => {
  const svg = openSvg(10, 10, ruler);
  svg.context.rotate(1);
  svg.context.shadowBlur = 3;
  svg.context.fillRect(10, 10, -4, -4);
  (svg.context.drawImage as (...given: unknown[]) => void)({ width: 1, height: 1 }, 0, 0, 1);
  expect([...svg.missed]).toEqual(['rotate', 'shadowBlur', 'drawImage with 3 numbers']);
  expect(svg.text('', '')).toContain('<rect x="6" y="6" width="4" height="4"');
});

test('a checkpoint holds the settings of its schema, so that a later page knows what has changed', async () => {
  const { experiment } = await readCheckpoint(writeCheckpoint(taken(), told));
  expect(Object.keys(experiment).sort()).toEqual(Object.keys(schema.fields).sort());
});
