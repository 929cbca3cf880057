/** Holds `inspect` to its promise: every number can be recomputed from the output alone. */
import { expect, test } from 'vitest';
import { call, inspected, type Json, output } from './call.ts';

const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i], 0);

test('the bilinear game at (1, 1): its field is (1, -1) and its Jacobian turns by a quarter', async () => {
  const { field, losses, point, direction, split, size, step, parameters, batch } =
    await inspected('bilinear --direction 7');
  expect({ split, size, step, batch }).toEqual({ split: 1, size: 2, step: 0, batch: {} });
  expect(point).toEqual({ generator: [1], discriminator: [1], joint: [1, 1] });
  expect(losses).toEqual({ generator: 1, discriminator: -1 });
  expect(field).toEqual({ generator: [1], discriminator: [-1], joint: [1, -1] });
  const [d1, d2] = direction.d;
  expect(direction).toEqual({ seed: 7, d: [d1, d2], Jd: [d2, -d1], JTd: [-d2, d1] });
  expect(parameters).toEqual([
    { player: 'generator', name: 'theta', shape: [], offset: 0, size: 1 },
    { player: 'discriminator', name: 'phi', shape: [], offset: 1, size: 1 },
  ]);
});

test('without --direction there is none; the seed of a direction names it', async () => {
  expect(await inspected('bilinear')).not.toHaveProperty('direction');
  const of = async (seed: number) => (await inspected(`bilinear --direction ${seed}`)).direction.d;
  expect(await of(1)).toEqual(await of(1));
  expect(await of(1)).not.toEqual(await of(2));
});

test('the same moment prints the same bytes, on one line', async () => {
  const line = 'inspect ring --steps 3 --direction 5';
  const first = await output(line);
  expect(first.indexOf('\n')).toBe(first.length - 1);
  expect(await output(line)).toBe(first);
});

test('the parameters tile the joint point without a gap, the generator first', async () => {
  const { parameters, size, split, point } = await inspected('ring');
  let at = 0;
  for (const { player, shape, offset, size: count } of parameters) {
    expect(offset).toBe(at);
    expect(player).toBe(offset < split ? 'generator' : 'discriminator');
    expect(count).toBe(shape.reduce((a: number, b: number) => a * b, 1));
    at += count;
  }
  expect(at).toBe(size);
  expect(point.joint).toEqual([...point.generator, ...point.discriminator]);
  expect(point.generator.length).toBe(split);
});

test('every choice of the experiment that has a formula is told, and every word picked', async () => {
  const { formulas, conventions } = await inspected('ring --set scheme=optimistic');
  expect(Object.keys(formulas)).toEqual(
    expect.arrayContaining(['game', 'game.loss', 'scheme', 'generator', 'game.generatorNetwork.activation']),
  );
  expect(Object.values(conventions).every((sentence) => /^\S.*\.$/.test(sentence as string))).toBe(true);
});

/** Rows times a parameter's matrix plus its bias, hidden layers through tanh: plain loops over the output. */
function network(output: Json, player: string, joint: number[], rows: number[][]): number[][] {
  const own = output.parameters.filter((parameter: Json) => parameter.player === player);
  const layers = own.length / 2;
  let signal = rows;
  for (let layer = 1; layer <= layers; layer++) {
    const weight = own.find(({ name }: Json) => name === `layer${layer}.weight`);
    const bias = own.find(({ name }: Json) => name === `layer${layer}.bias`);
    const [inputs, outputs] = weight.shape;
    signal = signal.map((row) =>
      Array.from({ length: outputs }, (_, to) => {
        let sum = joint[bias.offset + to];
        for (let from = 0; from < inputs; from++)
          sum += row[from] * joint[weight.offset + from * outputs + to];
        return layer < layers ? Math.tanh(sum) : sum;
      }),
    );
  }
  return signal;
}

function rowsOf({ shape: [count, width], values }: Json): number[][] {
  return Array.from({ length: count }, (_, i) => values.slice(i * width, (i + 1) * width));
}

const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const mean = (all: number[]) => all.reduce((sum, x) => sum + x, 0) / all.length;

/** Both losses of a GAN, from nothing but an inspection. */
function lossesOf(output: Json, joint: number[]): [generator: number, discriminator: number] {
  const score = (rows: number[][]) => network(output, 'discriminator', joint, rows).map(([logit]) => logit);
  const real = score(rowsOf(output.batch.real));
  const fake = score(network(output, 'generator', joint, rowsOf(output.batch.latent)));
  const discriminator = mean(real.map((s) => softplus(-s))) + mean(fake.map(softplus));
  const saturates = output.experiment.game.loss.kind === 'minimax';
  return [saturates ? -mean(fake.map(softplus)) : mean(fake.map((s) => softplus(-s))), discriminator];
}

const smooth = ['generator', 'discriminator']
  .map((player) => `--set game.${player}Network.activation=tanh`)
  .join(' ');

test.each(['nonSaturating', 'minimax'])(
  'a ring GAN with the %s loss can be recomputed from its inspection',
  async (loss) => {
    const output = await inspected(`ring ${smooth} --set game.loss=${loss} --steps 4 --direction 3`);
    const { point, losses, field, split, size, direction } = output;
    const again = lossesOf(output, point.joint);
    // Sums of 128 terms, in another order.
    expect(Math.abs(again[0] - losses.generator)).toBeLessThan(1e-13);
    expect(Math.abs(again[1] - losses.discriminator)).toBeLessThan(1e-13);

    // Central differences: error h^2 f''' / 6 + 1e-16 / h, both about 1e-10.
    const h = 1e-5;
    const moved = (at: number, by: number) =>
      point.joint.map((x: number, i: number) => (i === at ? x + by : x));
    for (const [owner, from, to] of [
      [0, 0, split],
      [1, split, size],
    ] as const) {
      for (const share of [0, 0.1, 0.35, 0.6, 0.85, 0.999]) {
        const at = from + Math.floor(share * (to - from));
        const slope =
          (lossesOf(output, moved(at, h))[owner] - lossesOf(output, moved(at, -h))[owner]) / (2 * h);
        expect(Math.abs(slope - field.joint[at])).toBeLessThan(1e-8);
      }
    }
    expect(field.joint).toEqual([...field.generator, ...field.discriminator]);

    // <u, J d> = <J' u, d>, with another direction u at the same point.
    const other = (await inspected(`ring ${smooth} --set game.loss=${loss} --steps 4 --direction 4`))
      .direction;
    const [left, right] = [dot(other.d, direction.Jd), dot(other.JTd, direction.d)];
    expect(Math.abs(left - right)).toBeLessThan(1e-11 * (1 + Math.abs(left)));
  },
);

test('J d is what the field does along d: two inspections of the Dirac-GAN beside the start', async () => {
  const { direction } = await inspected('dirac --direction 2');
  const h = 1e-5;
  const at = async (sign: number) => {
    const start = [1, -1].map((x, i) => x + sign * h * direction.d[i]).join(',');
    return (await inspected('dirac', ['--set', `game.start=${start}`])).field.joint;
  };
  const [plus, minus] = [await at(1), await at(-1)];
  for (const i of [0, 1]) expect((plus[i] - minus[i]) / (2 * h)).toBeCloseTo(direction.Jd[i], 8);
});

test('the memories are those of the moment: one step of momentum can be recomputed', async () => {
  const line = 'bilinear --set generator=momentum --set generator.momentum=-0.5';
  const [before, after] = [await inspected(`${line} --steps 3`), await inspected(`${line} --steps 4`)];
  const velocity = -0.5 * before.memory.generator.velocity[0] + before.field.generator[0];
  expect(after.memory.generator.velocity[0]).toBeCloseTo(velocity, 14);
  expect(after.point.generator[0]).toBeCloseTo(before.point.generator[0] - 0.1 * velocity, 14);
});

test('vectors longer than one text are printed whole', async () => {
  const hidden = '--set game.generatorNetwork.hidden=140,140';
  const { point, field, split, size } = await inspected(`ring ${hidden}`);
  expect(split).toBeGreaterThan(16_384);
  for (const { generator, discriminator, joint } of [point, field]) {
    expect([generator.length, discriminator.length]).toEqual([split, size - split]);
    expect([...generator, ...discriminator]).toEqual(joint);
    expect(joint.every(Number.isFinite)).toBe(true);
  }
});

test('a run that diverges on the way is inspected at its last finite point', async () => {
  const { outcome, divergedAt, step, point } = await inspected(
    'bilinear --set generator.learningRate=10 --set discriminator.learningRate=10 --steps 1000',
  );
  expect(outcome).toBe('diverged');
  expect(step).toBe(divergedAt.step - 1);
  expect(point.joint.every(Number.isFinite)).toBe(true);
});

test('--spectrum adds all eigenvalues of J, in full or the outermost in four orders', async () => {
  const { spectrum, conventions } = await inspected('quadratic --spectrum --set game.start=0,0');
  expect(conventions.spectrum).toMatch(/zeroBelow/);
  expect(spectrum).toMatchObject({ step: 0, matrix: 'jacobian', size: 2, re: [0.2, 0.2], im: [1, -1] });
  expect(spectrum).toMatchObject({ shareRotational: 1, isStationary: true, isLocallyStable: true });
  const { leading } = (await inspected('quadratic --spectrum --leading 1')).spectrum;
  expect(Object.keys(leading)).toEqual(['magnitude', 'largestReal', 'smallestReal', 'largestImaginary']);
  for (const each of Object.values<Json>(leading)) {
    expect(each.converged).toBe(2); // a pair stays together
    expect(each.im.map(Math.abs)).toEqual([expect.closeTo(1, 14), expect.closeTo(1, 14)]);
  }
  expect(await inspected('quadratic')).not.toHaveProperty('spectrum');
});

test('--equilibria adds all points of rest of a game of two parameters, and nothing of others', async () => {
  const { equilibria, conventions } = await inspected('quadratic --equilibria');
  expect(conventions.equilibria).toMatch(/field.joint is zero/);
  expect(equilibria).toMatchObject({ zeroSum: true, everywhere: false, curves: [] });
  expect(equilibria.points).toMatchObject([
    { at: [0, 0], kind: 'stable focus', nash: 'strict', minimax: true },
  ]);
  expect((await inspected('ring --equilibria')).equilibria).toBeNull();
  expect(await inspected('quadratic')).not.toHaveProperty('equilibria');
});

test('--spectrum is of the matrix that --probe names, at the point and on the batch that are printed', async () => {
  const sets =
    '--set game.batchSize=8 --set game.generatorNetwork.hidden=4 --set game.discriminatorNetwork.hidden=4';
  const { spectrum, split, step } = await inspected(
    `ring ${sets} --steps 2 --spectrum --probe spectrum.matrix=generator`,
  );
  expect([spectrum.size, spectrum.matrix, spectrum.step]).toEqual([split, 'generator', step]);
  expect(spectrum.im.every((part: number) => part === 0)).toBe(true);
});

test('a spectrum of too many rows says so; the leading part is there for any size', async () => {
  const wide = 'ring --set game.generatorNetwork.hidden=60,60 --set game.batchSize=4';
  const { spectrum, size } = await inspected(`${wide} --spectrum`);
  expect(spectrum.tooLarge).toBe(`${size} rows are too many to find all eigenvalues: at most 2500 are read.`);
  const { leading } = (await inspected(`${wide} --spectrum --leading 2`)).spectrum;
  expect(leading.magnitude.converged).toBeGreaterThanOrEqual(2);
});

test('a signal ends a spectrum between its pieces, and progress is told on a terminal only', async () => {
  let asked = 0;
  const line = 'inspect ring --spectrum';
  const answer = await call(line, [], {
    showsProgress: true,
    stopped: () => (asked++ > 3 ? 130 : undefined),
  });
  expect([answer.code, answer.out]).toEqual([130, '']);
  expect(answer.err).toMatch(/spectrum: \d+ %/);
});
