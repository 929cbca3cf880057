/** Holds `run` to its lines, its numbers and its endings. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { call, inspected, linesOf, output, runLines } from './call.ts';

const radius = ([theta, phi]: readonly number[]) => Math.hypot(theta, phi);
const folder = mkdtempSync(join(tmpdir(), 'saddle-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Results of a hundred steps of rounding at 1e-16 each. */
const ROUNDING = 1e-12;

test('prints step 0, every K steps and the last step, each with the lane and the readings, then a summary', async () => {
  const { readings, summary } = await runLines('bilinear --steps 10 --every 4 --watch point,losses');
  expect(readings.map(({ step, lane }) => [step, lane])).toEqual([
    [0, 0],
    [4, 0],
    [8, 0],
    [10, 0],
  ]);
  expect(readings[0].readings).toEqual({ point: [1, 1], losses: { generator: 1, discriminator: -1 } });
  expect(Object.keys(summary)).toEqual([
    'outcome',
    'steps',
    'seconds',
    'stepsPerSecond',
    'gradientEvaluations',
    'jacobianProducts',
    'device',
    'precision',
    'experiment',
  ]);
  expect(summary).toMatchObject({
    outcome: 'finished',
    steps: 10,
    device: 'reference',
    precision: 'float64',
  });
  expect(summary.stepsPerSecond).toBeCloseTo(10 / summary.seconds, 6);
});

test('without options it takes 1000 steps and reads the losses at the first and the last', async () => {
  const { readings, summary } = await runLines('bilinear');
  expect(readings.map(({ step }) => step)).toEqual([0, 1000]);
  expect(Object.keys(readings[0].readings)).toEqual(['losses']);
  expect(summary.steps).toBe(1000);
});

test('no steps are a run, too: one line of readings', async () => {
  const { readings, summary } = await runLines('bilinear --steps 0');
  expect(readings.map(({ step }) => step)).toEqual([0]);
  expect(summary).toMatchObject({ outcome: 'finished', steps: 0, stepsPerSecond: null });
});

test('an interval longer than the run leaves the first and the last step', async () => {
  const { readings } = await runLines('bilinear --steps 3 --every 100');
  expect(readings.map(({ step }) => step)).toEqual([0, 3]);
});

test('simultaneous descent on bilinear spirals out by sqrt(1 + rate^2) in every step', async () => {
  const { readings } = await runLines('bilinear --steps 100 --watch point');
  expect(Math.abs(radius(readings[1].readings.point) / (Math.SQRT2 * 1.0049875621 ** 100) - 1)).toBeLessThan(
    1e-8,
  );
  const exact = Math.SQRT2 * Math.sqrt(1.01) ** 100;
  expect(Math.abs(radius(readings[1].readings.point) - exact)).toBeLessThan(1e-9);
});

test('extragradient on bilinear shrinks by sqrt(1 - rate^2 + rate^4) in every step', async () => {
  const { readings, summary } = await runLines(
    'bilinear --set scheme=extragradient --steps 100 --watch point,distance',
  );
  const exact = Math.SQRT2 * Math.sqrt(1 - 0.1 ** 2 + 0.1 ** 4) ** 100;
  expect(Math.abs(radius(readings[1].readings.point) - exact)).toBeLessThan(ROUNDING);
  expect(Math.abs(readings[1].readings.distance - exact)).toBeLessThan(ROUNDING);
  expect(summary.gradientEvaluations).toBe(200);
});

test('optimistic descent on bilinear shrinks by the larger root of z^2 - (1 + 2 i rate) z + i rate', async () => {
  // With c = theta + i phi the field is -i c, so c' = c + 2 i rate c - i rate c_before.
  const rate = 0.1;
  const { readings } = await runLines(
    'bilinear --set scheme=optimistic --steps 200 --every 100 --watch point',
  );
  const measured = radius(readings[2].readings.point) / radius(readings[1].readings.point);
  // Discriminant (1 + 2 i rate)^2 - 4 i rate = 1 - 4 rate^2, real: z = (1 + sqrt(1 - 4 rate^2)) / 2 + i rate.
  const root = Math.hypot((1 + Math.sqrt(1 - 4 * rate * rate)) / 2, rate);
  expect(Math.abs(measured - root ** 100)).toBeLessThan(1e-9);
});

test('alternating descent on bilinear keeps theta^2 + rate theta phi + phi^2', async () => {
  const { readings, summary } = await runLines(
    'bilinear --set scheme=alternating --steps 1000 --every 50 --watch point',
  );
  for (const {
    readings: {
      point: [theta, phi],
    },
  } of readings) {
    expect(Math.abs(theta * theta + 0.1 * theta * phi + phi * phi - 2.1)).toBeLessThan(1e-11);
  }
  expect(summary.gradientEvaluations).toBe(1000); // two halves a step
});

test('settings given with --set hold: rules, their numbers, the start and the seed', async () => {
  const { readings, summary } = await runLines(
    'bilinear --set generator=adam --set generator.learningRate=0.01 --set seed=3 --set game.start=1,0.5 --steps 1 --watch point',
  );
  expect(summary.experiment).toMatchObject({
    seed: 3,
    game: { start: [1, 0.5] },
    generator: { kind: 'adam', learningRate: 0.01 },
    discriminator: { kind: 'sgd', learningRate: 0.1 },
  });
  // Adam's first step has the length of its rate.
  expect(readings[0].readings.point).toEqual([1, 0.5]);
  expect(readings[1].readings.point[0]).toBeCloseTo(0.99, 8);
  expect(readings[1].readings.point[1]).toBeCloseTo(0.6, 12);
});

test('the same run prints the same bytes, but for the two timings of the summary', async () => {
  const line = 'run ring --steps 30 --every 7 --watch losses,point,modes,gradientNorms,samples';
  const [first, second] = [await output(line), await output(line)].map((text) =>
    text.replace(/"seconds":[^,]*,"stepsPerSecond":[^,]*,/, ''),
  );
  expect(first).not.toContain('econds');
  expect(second).toBe(first);
});

test('the seed names the run', async () => {
  const of = async (seed: number) => (await runLines(`ring --set seed=${seed} --steps 3`)).readings;
  expect(await of(1)).not.toEqual(await of(2));
});

test('how often a run is read does not change it', async () => {
  const last = async (every: number) =>
    (await runLines(`ring --steps 12 --every ${every} --watch point`)).readings.at(-1);
  expect(await last(1)).toEqual(await last(12));
});

test('the last line of a run is what inspect shows at that step', async () => {
  const { readings } = await runLines('ring --steps 5 --watch point,losses,gradientNorms');
  const { point, losses, field, step } = await inspected('ring --steps 5');
  expect(readings[1].step).toBe(step);
  expect(readings[1].readings.point).toEqual(point.joint);
  expect(readings[1].readings.losses).toEqual(losses);
  expect(readings[1].readings.gradientNorms.joint).toBeCloseTo(Math.hypot(...field.joint), 12);
});

test('the experiment in the summary is a file that plays the same run', async () => {
  const { readings, summary } = await runLines('dirac --set scheme=optimistic --steps 9 --watch point');
  const file = join(folder, 'again.json');
  writeFileSync(file, JSON.stringify(summary.experiment));
  expect((await runLines('--steps 9 --watch point', [file])).readings).toEqual(readings);
});

test('a run that overflows is an outcome: diverged, with the step and the player, after the last finite point', async () => {
  const { readings, summary } = await runLines(
    'bilinear --set generator.learningRate=10 --set discriminator.learningRate=10 --steps 1000 --every 100 --watch point,losses',
  );
  // The radius grows by sqrt(101) a step from sqrt(2); the largest double is 1.8e308.
  const steps = Math.log(Number.MAX_VALUE / Math.SQRT2) / Math.log(Math.sqrt(101));
  expect(summary.outcome).toBe('diverged');
  expect(Math.abs(summary.step - steps)).toBeLessThan(3);
  expect(summary.steps).toBe(summary.step - 1);
  expect(['generator', 'discriminator']).toContain(summary.player);
  expect(readings.map(({ step }) => step)).toEqual([0, 100, 200, 300, summary.step - 1]);
  expect(readings.at(-1).readings.point.every(Number.isFinite)).toBe(true);
  // The losses at that point have overflowed: null is what JSON has for it.
  expect(readings.at(-1).readings.losses).toEqual({ generator: null, discriminator: null });
});

test('a divergence says its cause in the summary, and notices are those of the end', async () => {
  const line =
    'bilinear --set scheme=extragradient --set generator.learningRate=2 --set discriminator.learningRate=2';
  const { summary } = await runLines(`${line} --steps 2000`);
  expect(summary.notices).toHaveLength(1);
  expect(summary.notices[0].sentence).toMatch(
    /^Diverged at step \d+: rate × largest eigenvalue is 2, the limit is 1\.$/,
  );
  expect(summary.notices[0].figures.step).toBe(summary.step);
  const told = await runLines('bilinear --steps 300 --every 100 --watch notices');
  expect(told.readings[0].readings.notices).toEqual([]);
  expect(told.readings.at(-1).readings.notices[0]).toMatchObject({ watcher: 'cycling' });
  expect(told.summary.notices).toEqual(told.readings.at(-1).readings.notices);
});

test('what is not a number is null', async () => {
  const { readings } = await runLines('ring --steps 0 --watch modes');
  expect(readings[0].readings.modes).toMatchObject({
    captured: 0,
    reverseKL: null,
    histogram: Array(8).fill(0),
  });
});

test('--watch takes a list, may be repeated, and reads each probe once', async () => {
  const { readings } = await runLines('bilinear --steps 0 --watch point,losses --watch distance,point');
  expect(Object.keys(readings[0].readings)).toEqual(['point', 'losses', 'distance']);
});

test('--out takes the lines instead of standard output', async () => {
  const file = join(folder, 'lines.jsonl');
  expect(await output('run bilinear --steps 4 --every 2', ['--out', file])).toBe('');
  const { readings, summary } = linesOf(readFileSync(file, 'utf8'));
  expect(readings.map(({ step }) => step)).toEqual([0, 2, 4]);
  expect(summary.outcome).toBe('finished');
});

test('a stop ends the run after the step, with its readings and a summary', async () => {
  let asked = 0;
  const { code, out } = await call('run bilinear --steps 4000000000 --every 10', [], {
    stopped: () => (++asked > 5 ? 130 : undefined),
  });
  const { readings, summary } = linesOf(out);
  expect(code).toBe(130);
  expect(summary.outcome).toBe('stopped');
  expect(readings.at(-1).step).toBe(summary.steps);
  expect(summary.steps).toBeLessThan(1000);
});

test('progress is shown on a terminal only, and its line is empty before anything is printed', async () => {
  const line = 'run bilinear --steps 100000';
  expect((await call(line)).err).toBe('');
  const { err } = await call(line, [], { showsProgress: true });
  const clear = '\r\u001b[K';
  expect(err.split(clear)[1]).toMatch(/^step \d+ of 100000, \d+ steps per second$/);
  expect(err.endsWith(clear)).toBe(true);
});

test('another device plays the same run to its own rounding', async () => {
  const of = async (device: string) => runLines(`bilinear --steps 20 --watch point --device ${device}`);
  const [exact, rounded] = [await of('reference'), await of('tfjs-cpu')];
  expect(rounded.summary).toMatchObject({ device: 'tfjs-cpu', precision: 'float32' });
  for (const i of [0, 1]) {
    // 20 steps, each rounding a field of size 2 to 24 bits, times the rate.
    const bound = 20 * 0.1 * 2 * 2 ** -24;
    expect(
      Math.abs(rounded.readings[1].readings.point[i] - exact.readings[1].readings.point[i]),
    ).toBeLessThan(bound);
  }
});

test('long readings are finished before the run goes on, with the settings that --probe gives', async () => {
  const line = 'bilinear --steps 20 --every 10 --watch spectrum,losses,leadingSpectrum';
  const { readings } = await runLines(`${line} --probe spectrum.matrix=consensus --probe spectrum.weight=2`);
  expect(readings.map(({ step }) => step)).toEqual([0, 10, 20]);
  for (const { step, readings: read } of readings) {
    expect(Object.keys(read)).toEqual(['spectrum', 'losses', 'leadingSpectrum']);
    expect(read.spectrum).toMatchObject({ step, matrix: 'consensus', re: [2, 2], im: [1, -1] });
    expect(read.leadingSpectrum).toMatchObject({ step, matrix: 'jacobian', converged: 2 });
  }
});

test('names of presets and methods may be spelled with dashes and in any case', async () => {
  const of = async (line: string) => (await runLines(line)).summary.experiment;
  expect(await of('Rps-Optimistic --steps 1')).toEqual(await of('rpsOptimistic --steps 1'));
  expect((await of('ring --method extra-adam --steps 0')).scheme.kind).toBe('extragradient');
});
