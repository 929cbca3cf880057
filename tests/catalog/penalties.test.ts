/** The penalties: closed forms on discriminators whose slope is known, derivatives against finite differences. */
import { describe, expect, test } from 'vitest';
import type { Penalty, Stage } from '../../src/catalog/kinds.ts';
import { penalties } from '../../src/catalog/penalties/index.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { build, type Expr } from '../../src/expr/index.ts';
import { stream } from '../../src/math/random.ts';
import { get, parse } from '../../src/settings/index.ts';
import { expectDerivatives } from './differences.ts';
import { experimentOf, sceneOf, smallGan } from './given.ts';

const COUNT = 400;
const REAL = stream(1, 'real').normals(new Float64Array(2 * COUNT));
const FAKE = stream(1, 'fake')
  .normals(new Float64Array(2 * COUNT))
  .map((x) => 2 * x + 1);

/** What a penalty adds to L_D for a discriminator `score`; also what it drew. */
function penaltyOf(name: string, differences: object, score: (x: Expr) => Expr, seed = 7) {
  const penalty = penalties.find((entry) => entry.name === name) as unknown as Penalty;
  const { values, problems } = parse(penalty.settings, differences);
  expect(problems).toEqual([]);
  const draws: Record<string, Float64Array> = {};
  const stage = {
    dial: (path: string) => build.constant(get({ penalty: values }, path) as number),
    draw(purpose: string, shape: readonly number[], fill: (streams: unknown, out: Float64Array) => void) {
      draws[purpose] = new Float64Array(shape.reduce((product, extent) => product * extent, 1));
      fill((of: string) => stream(seed, of), draws[purpose]);
      return build.constant(draws[purpose], shape);
    },
  } as unknown as Stage;
  const real = build.input('real', [COUNT, 2]);
  const fake = build.input('fake', [COUNT, 2]);
  const term = penalty.write({ real, fake, score }, values as never, stage);
  return { value: reference.compile({ term }).run({ real: REAL, fake: FAKE }).term[0], draws };
}

/** D(x) = 3 x - 4 y + 1: a slope of length 5 everywhere. */
const linear = (x: Expr) =>
  build.reshape(build.add(build.matmul(x, build.constant([3, -4], [2, 1])), build.constant(1)), [x.shape[0]]);
/** D(x) = |x|^2 / 2: the slope is x. */
const bowl = (x: Expr) => build.scale(build.sum(build.square(x), [1]), 0.5);
const flat = (x: Expr) => build.scale(linear(x), 0);

const meanOf = (count: number, f: (i: number) => number) => {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += f(i);
  return sum / count;
};
const squaredLength = (of: Float64Array, i: number) => of[2 * i] ** 2 + of[2 * i + 1] ** 2;

describe('R1 and R2', () => {
  test('are half the weight times the mean squared slope', () => {
    for (const where of ['real', 'fake']) {
      expect(penaltyOf('zeroCentred', { weight: 3, where }, linear).value).toBeCloseTo(1.5 * 25, 12);
    }
    expect(penaltyOf('zeroCentred', { weight: 3, where: 'both' }, linear).value).toBeCloseTo(3 * 25, 12);
  });

  test('look at the samples that they say', () => {
    const onReal = meanOf(COUNT, (i) => squaredLength(REAL, i));
    const onFake = meanOf(COUNT, (i) => squaredLength(FAKE, i));
    const value = (where: string) => penaltyOf('zeroCentred', { weight: 2, where }, bowl).value;
    expect(value('real')).toBeCloseTo(onReal, 10);
    expect(value('fake')).toBeCloseTo(onFake, 10);
    expect(value('both')).toBeCloseTo(onReal + onFake, 10);
  });

  test('on the Dirac-GAN, R1 and R2 are γ φ² / 2 and nothing for the generator', () => {
    for (const where of ['real', 'fake', 'both']) {
      const game = { kind: 'dirac', penalty: { kind: 'zeroCentred', weight: 0.3, where } };
      const plain = sceneOf(experimentOf({ game: { kind: 'dirac' } })).field(0, 0, 0);
      const field = sceneOf(experimentOf({ game })).field(0, 0, 0);
      const point = Float64Array.of(0.8, -1.7);
      const times = where === 'both' ? 2 : 1;
      expect(field.at(point)[0]).toBe(plain.at(point)[0]);
      expect(field.at(point)[1] - plain.at(point)[1]).toBeCloseTo(times * 0.3 * -1.7, 14);
      expect(field.losses(point)[1] - plain.losses(point)[1]).toBeCloseTo((times * 0.3 * 1.7 ** 2) / 2, 14);
    }
  });
});

describe('WGAN-GP', () => {
  test('is the weight times the squared distance of the slope from its target, on either side or one', () => {
    const value = (differences: object) => penaltyOf('gradientPenalty', differences, linear).value;
    expect(value({})).toBeCloseTo(10 * 16, 9);
    expect(value({ weight: 0.1, target: 7 })).toBeCloseTo(0.1 * 4, 12);
    expect(value({ weight: 0.1, target: 7, sides: 'one' })).toBe(0);
    expect(value({ weight: 0.1, target: 3, sides: 'one' })).toBeCloseTo(0.1 * 4, 12);
  });

  test('looks between a real and a generated sample, anywhere alike', () => {
    const { value, draws } = penaltyOf('gradientPenalty', { weight: 1, target: 0 }, bowl);
    const { mix } = draws;
    const between = (i: number, axis: number) =>
      mix[i] * REAL[2 * i + axis] + (1 - mix[i]) * FAKE[2 * i + axis];
    expect(value).toBeCloseTo(
      meanOf(COUNT, (i) => between(i, 0) ** 2 + between(i, 1) ** 2),
      9,
    );
    expect(mix.length).toBe(COUNT);
    // The mean of 400 uniforms, within five deviations.
    expect(Math.abs(meanOf(COUNT, (i) => mix[i]) - 0.5)).toBeLessThan(5 / Math.sqrt(12 * COUNT));
  });

  test('is finite, with finite derivatives, where the discriminator is flat', () => {
    expect(penaltyOf('gradientPenalty', {}, flat).value).toBeCloseTo(10, 4);
    const game = { ...smallGan, penalty: 'gradientPenalty' };
    const scene = sceneOf(experimentOf({ game }));
    const point = new Float64Array(scene.size);
    expect(scene.field(0, 0, 0).at(point).every(Number.isFinite)).toBe(true);
  });
});

describe('DRAGAN', () => {
  /** The standard deviation of all numbers of the batch. */
  const centre = meanOf(2 * COUNT, (i) => REAL[i]);
  const deviation = Math.sqrt(meanOf(2 * COUNT, (i) => (REAL[i] - centre) ** 2));

  test.each(['notebook', 'symmetric'])(
    'in the form %s, steps by a share of the batch’s deviation',
    (form) => {
      const { value, draws } = penaltyOf('dragan', { form, weight: 1, target: 2, reach: 0.7 }, bowl);
      const { perturbation, share } = draws;
      const length = (i: number) =>
        Math.hypot(
          ...[0, 1].map(
            (axis) => REAL[2 * i + axis] + 0.7 * deviation * share[i] * perturbation[2 * i + axis],
          ),
        );
      expect(value).toBeCloseTo(
        meanOf(COUNT, (i) => (length(i) - 2) ** 2),
        9,
      );
      expect(share.every((x) => x >= 0 && x < 1)).toBe(true);
      const least = Math.min(...perturbation);
      expect(least).toBeLessThan(form === 'symmetric' ? -0.95 : 0.05);
      expect(least).toBeGreaterThanOrEqual(form === 'symmetric' ? -1 : 0);
      expect(Math.max(...perturbation)).toBeGreaterThan(0.95);
    },
  );

  test('in the paper’s form, steps by normals of variance c', () => {
    const { value, draws } = penaltyOf('dragan', { form: 'paper', weight: 2, target: 1, reach: 9 }, bowl);
    const { perturbation } = draws;
    const length = (i: number) =>
      Math.hypot(REAL[2 * i] + 3 * perturbation[2 * i], REAL[2 * i + 1] + 3 * perturbation[2 * i + 1]);
    expect(value).toBeCloseTo(2 * meanOf(COUNT, (i) => (length(i) - 1) ** 2), 8);
  });

  test('in the form of the slides, only a squared slope above k counts, and not squared again', () => {
    const value = (target: number) =>
      penaltyOf('dragan', { form: 'slides', weight: 2, target }, linear).value;
    const [most] = [10];
    expect(value(most)).toBeCloseTo(2 * (25 - most), 11);
    expect(value(1)).toBeCloseTo(2 * 24, 11);
    expect(penaltyOf('dragan', { form: 'slides', weight: 2, target: 1 }, flat).value).toBe(0);
  });

  test('on a line, every form with a root sees the same slope', () => {
    for (const form of ['notebook', 'symmetric', 'paper']) {
      expect(penaltyOf('dragan', { form, weight: 10 }, linear).value).toBeCloseTo(160, 9);
    }
  });
});

const forms: readonly [string, object][] = [
  ['zeroCentred', { where: 'real' }],
  ['zeroCentred', { where: 'fake' }],
  ['zeroCentred', { where: 'both' }],
  ['gradientPenalty', {}],
  ['gradientPenalty', { sides: 'one', target: 0.05 }],
  ['dragan', { form: 'notebook' }],
  ['dragan', { form: 'symmetric' }],
  ['dragan', { form: 'paper' }],
  ['dragan', { form: 'slides', target: 0.01 }],
];

test.each(forms)('%s %o: the field is the gradient, and its products are its derivatives', (kind, rest) => {
  expectDerivatives({ ...smallGan, penalty: { kind, weight: 2, ...rest } });
});

test.each(forms)('%s %o is paid by the discriminator alone', (kind, rest) => {
  const game = { ...smallGan, penalty: { kind, weight: 2, ...rest } };
  const plain = sceneOf(experimentOf({ game: smallGan }));
  const scene = sceneOf(experimentOf({ game }));
  const point = scene.initialPoint(0);
  const with_ = scene.field(0, 0, 0);
  const without = plain.field(0, 0, 0);
  expect(with_.losses(point)[0]).toBe(without.losses(point)[0]);
  expect(with_.losses(point)[1]).toBeGreaterThan(without.losses(point)[1]);
  expect(with_.at(point).slice(0, scene.split)).toEqual(without.at(point).slice(0, scene.split));
});
