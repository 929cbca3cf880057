/** The losses against plain formulas, one number at a time, and against what is known at equilibrium. */
import { describe, expect, test } from 'vitest';
import type { Loss } from '../../src/catalog/kinds.ts';
import { losses } from '../../src/catalog/losses/index.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { build, grad } from '../../src/expr/index.ts';
import { stream } from '../../src/math/random.ts';
import { parse } from '../../src/settings/index.ts';
import { experimentOf, lossesOf, play, sceneOf, smallGan } from './given.ts';

type Settings = { kind: string } & Record<string, unknown>;
const lossOf = (name: string) => losses.find((entry) => entry.name === name) as unknown as Loss;
const levelOf = (settings: Settings) => lossOf(settings.kind).level?.(settings) ?? 0;
function settingsOf(name: string, differences: Record<string, unknown> = {}): Settings {
  const { values, problems } = parse(lossOf(name).settings, differences);
  expect(problems).toEqual([]);
  return { kind: name, ...values };
}

/** [L_G, L_D] for given scores, and the gradients of L_G by the generated scores and of L_D by all. */
function measured(settings: Settings, real: ArrayLike<number>, fake: ArrayLike<number>) {
  const r = build.input('r', [real.length]);
  const f = build.input('f', [fake.length]);
  const [generator, discriminator] = lossesOf(lossOf(settings.kind), settings, { real: r, fake: f });
  const [ascent] = grad(generator, [f]);
  const [byReal, byFake] = grad(discriminator, [r, f]);
  return reference
    .compile({ generator, discriminator, ascent, byReal, byFake })
    .run({ r: Float64Array.from(real), f: Float64Array.from(fake) });
}

const random = (purpose: string, count = 7) => [
  ...stream(3, purpose)
    .normals(new Float64Array(count))
    .map((x) => 2 * x),
];
const REAL = random('real');
const FAKE = random('fake');
const sp = (t: number) => Math.log1p(Math.exp(t));
const mean = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0) / xs.length;
const over = (xs: readonly number[], f: (x: number) => number) => mean(xs.map(f));
const relu = (t: number) => Math.max(0, t);

const crossEntropy = over(REAL, (s) => sp(-s)) + over(FAKE, sp);
const smoothed = over(REAL, (s) => 0.9 * sp(-s) + 0.1 * sp(s)) + over(FAKE, sp);
const realAbove = REAL.map((s) => s - mean(FAKE));
const fakeAbove = FAKE.map((s) => s - mean(REAL));

/** Output activation and conjugate of each divergence, as Nowozin et al. 2016 print them, and f itself. */
const divergences: Record<
  string,
  { g: (v: number) => number; conjugate: (t: number) => number; f: (u: number) => number }
> = {
  kl: { g: (v) => v, conjugate: (t) => Math.exp(t - 1), f: (u) => u * Math.log(u) },
  reverseKl: { g: (v) => -Math.exp(-v), conjugate: (t) => -1 - Math.log(-t), f: (u) => -Math.log(u) },
  pearson: { g: (v) => v, conjugate: (t) => t ** 2 / 4 + t, f: (u) => (u - 1) ** 2 },
  hellinger: {
    g: (v) => 1 - Math.exp(-v),
    conjugate: (t) => t / (1 - t),
    f: (u) => (Math.sqrt(u) - 1) ** 2,
  },
  jensenShannon: {
    g: (v) => Math.LN2 - sp(-v),
    conjugate: (t) => -Math.log(2 - Math.exp(t)),
    f: (u) => -(u + 1) * Math.log((1 + u) / 2) + u * Math.log(u),
  },
  gan: {
    g: (v) => -sp(-v),
    conjugate: (t) => -Math.log(1 - Math.exp(t)),
    f: (u) => u * Math.log(u) - (u + 1) * Math.log(u + 1),
  },
  totalVariation: { g: (v) => Math.tanh(v) / 2, conjugate: (t) => t, f: (u) => Math.abs(u - 1) / 2 },
};

const cases: readonly [Settings, generator: number, discriminator: number][] = [
  [settingsOf('minimax'), -over(FAKE, sp), crossEntropy],
  [settingsOf('nonSaturating'), over(FAKE, (s) => sp(-s)), crossEntropy],
  [settingsOf('nonSaturating', { realLabel: 0.9 }), over(FAKE, (s) => sp(-s)), smoothed],
  [settingsOf('logOdds'), -mean(FAKE), crossEntropy],
  [settingsOf('totalVariation'), -over(FAKE, Math.tanh), over(FAKE, Math.tanh) - over(REAL, Math.tanh)],
  [settingsOf('wasserstein'), -mean(FAKE), mean(FAKE) - mean(REAL)],
  [
    settingsOf('leastSquares'),
    over(FAKE, (s) => (s - 1) ** 2) / 2,
    over(REAL, (s) => (s - 1) ** 2) / 2 + over(FAKE, (s) => s ** 2) / 2,
  ],
  [
    settingsOf('leastSquares', { fakeLabel: -1, realLabel: 1, generatorLabel: 0 }),
    over(FAKE, (s) => s ** 2) / 2,
    over(REAL, (s) => (s - 1) ** 2) / 2 + over(FAKE, (s) => (s + 1) ** 2) / 2,
  ],
  [settingsOf('hinge'), -mean(FAKE), over(REAL, (s) => relu(1 - s)) + over(FAKE, (s) => relu(1 + s))],
  [
    settingsOf('relativistic'),
    mean(REAL.map((s, i) => sp(-(FAKE[i] - s)))),
    mean(REAL.map((s, i) => sp(-(s - FAKE[i])))),
  ],
  [
    settingsOf('relativistic', { average: true }),
    over(fakeAbove, (s) => sp(-s)) + over(realAbove, sp),
    over(realAbove, (s) => sp(-s)) + over(fakeAbove, sp),
  ],
  // On scores alone: the mean score is the only feature.
  [settingsOf('featureMatching'), (mean(REAL) - mean(FAKE)) ** 2, crossEntropy],
  [settingsOf('featureMatching', { norm: 'absolute' }), Math.abs(mean(REAL) - mean(FAKE)), crossEntropy],
  // Scores are negative errors; the balance k is 0 at first.
  [settingsOf('began'), -mean(FAKE), -mean(REAL)],
  ...Object.entries(divergences).flatMap(([divergence, { g, conjugate }]) =>
    ['saturating', 'nonSaturating'].map((generator): [Settings, number, number] => {
      const bound = over(FAKE, (s) => conjugate(g(s)));
      return [
        settingsOf('fGan', { divergence, generator }),
        generator === 'saturating' ? -bound : -over(FAKE, g),
        bound - over(REAL, g),
      ];
    }),
  ),
];
const named = cases.map(([settings, ...rest]) => [JSON.stringify(settings), settings, ...rest] as const);

test.each(named)('%s is its formula', (_, settings, generator, discriminator) => {
  const found = measured(settings, REAL, FAKE);
  // A dozen operations on numbers of size 1, beside those of the test: some units of 1e-16.
  expect(Math.abs(found.generator[0] - generator)).toBeLessThan(1e-13 * (1 + Math.abs(generator)));
  expect(Math.abs(found.discriminator[0] - discriminator)).toBeLessThan(
    1e-13 * (1 + Math.abs(discriminator)),
  );
});

test.each(named)('%s has the slopes of its values, by central differences', (_, settings) => {
  const step = 1e-5;
  const found = measured(settings, REAL, FAKE);
  const slope = (of: 'generator' | 'discriminator', moves: 'real' | 'fake', i: number) => {
    const [ahead, behind] = [step, -step].map((by) => {
      const [real, fake] = [REAL, FAKE].map((scores, side) =>
        scores.map((score, j) => (j === i && side === Number(moves === 'fake') ? score + by : score)),
      );
      return measured(settings, real, fake)[of][0];
    });
    return (ahead - behind) / (2 * step);
  };
  const size = 1 + Math.max(...[...found.ascent, ...found.byReal, ...found.byFake].map(Math.abs));
  for (const i of REAL.keys()) {
    // Truncation and rounding of about 1e-10 each, times slopes of that size.
    expect(Math.abs(slope('generator', 'fake', i) - found.ascent[i])).toBeLessThan(1e-9 * size);
    expect(Math.abs(slope('discriminator', 'real', i) - found.byReal[i])).toBeLessThan(1e-9 * size);
    expect(Math.abs(slope('discriminator', 'fake', i) - found.byFake[i])).toBeLessThan(1e-9 * size);
  }
});

test('every loss has a formula above', () => {
  expect(new Set(cases.map(([{ kind }]) => kind))).toEqual(new Set(losses.map(({ name }) => name)));
});

test.each(named)('%s is zero-sum in the generated scores if it says so', (_, settings) => {
  const found = measured(settings, REAL, FAKE);
  const opposed = found.ascent.every((slope, i) => Math.abs(slope + found.byFake[i]) < 1e-15);
  if (lossOf(settings.kind).zeroSum) expect(opposed).toBe(true);
  else if (settings.generator === 'nonSaturating' && settings.divergence !== 'totalVariation') {
    expect(opposed).toBe(false);
  }
  // The saturating f-GAN is zero-sum too; the flag speaks for the whole loss.
  if (settings.generator === 'saturating') expect(opposed).toBe(true);
});

describe('at equilibrium', () => {
  test.each(named)(
    '%s: one score for all is stationary for the discriminator and costs what is stated',
    (_, settings) => {
      const stated = lossOf(settings.kind).atEquilibrium(settings);
      if (!stated) return;
      const level = levelOf(settings);
      const scores = new Array(5).fill(level);
      const found = measured(settings, scores, scores);
      expect(found.generator[0]).toBeCloseTo(stated[0], 14);
      expect(found.discriminator[0]).toBeCloseTo(stated[1], 14);
      // The same sample is as often real as generated: its score has the sum of both slopes.
      for (const [i, slope] of found.byReal.entries()) expect(slope + found.byFake[i]).toBeCloseTo(0, 15);
    },
  );

  test('smoothed labels move the level and the losses of every cross-entropy', () => {
    for (const name of ['minimax', 'nonSaturating', 'logOdds', 'featureMatching']) {
      const settings = settingsOf(name, { realLabel: 0.8 });
      const scores = [levelOf(settings), levelOf(settings)];
      const found = measured(settings, scores, scores);
      const [generator, discriminator] = lossOf(name).atEquilibrium(settings) as readonly [number, number];
      expect(levelOf(settings)).toBeCloseTo(Math.log(0.4 / 0.6), 14);
      expect(found.generator[0]).toBeCloseTo(generator, 14);
      expect(found.discriminator[0]).toBeCloseTo(discriminator, 14);
      expect(found.byReal[0] + found.byFake[0]).toBeCloseTo(0, 15);
    }
  });

  test('critics whose level is free state nothing', () => {
    for (const settings of [
      settingsOf('wasserstein'),
      settingsOf('totalVariation'),
      settingsOf('fGan', { divergence: 'totalVariation' }),
    ]) {
      expect(lossOf(settings.kind).atEquilibrium(settings)).toBeUndefined();
    }
  });

  test('of a GAN, they are not stated where something else is in the losses', () => {
    const stated = (differences: object) =>
      sceneOf(experimentOf({ game: { ...smallGan, ...differences } })).model.lossesAtEquilibrium;
    expect(stated({})).toEqual([Math.LN2, 2 * Math.LN2]);
    expect(stated({ penalty: 'zeroCentred' })).toBeUndefined();
    expect(stated({ regularisation: { weightDecay: 0.1 } })).toBeUndefined();
    expect(stated({ regularisation: { historicalAveraging: true } })).toBeUndefined();
    expect(stated({ regularisation: { instanceNoise: 0.1, packing: 2 } })).toEqual([Math.LN2, 2 * Math.LN2]);
  });
});

describe('the f-GAN family', () => {
  test.each(Object.entries(divergences))(
    '%s: the conjugate is the largest u t - f(u), and the activation reaches only where it is finite',
    (_, { g, conjugate, f }) => {
      for (const v of [-1.5, -0.4, 0.2, 0.9]) {
        const t = g(v);
        let best = Number.NEGATIVE_INFINITY;
        // A fine grid in ln u: the maximum is missed by about half its curvature times (1e-3)^2.
        for (let i = -12_000; i <= 12_000; i++) {
          const u = Math.exp(i / 1000);
          best = Math.max(best, u * t - f(u));
        }
        expect(Math.abs(best - conjugate(t))).toBeLessThan(1e-4);
      }
    },
  );

  test('its GAN row is the minimax loss', () => {
    const row = measured(settingsOf('fGan', { divergence: 'gan' }), REAL, FAKE);
    const minimax = measured(settingsOf('minimax'), REAL, FAKE);
    expect(Math.abs(row.generator[0] - minimax.generator[0])).toBeLessThan(1e-12);
    expect(Math.abs(row.discriminator[0] - minimax.discriminator[0])).toBeLessThan(1e-12);
    const alternative = settingsOf('fGan', { divergence: 'gan', generator: 'nonSaturating' });
    expect(measured(alternative, REAL, FAKE).generator[0]).toBeCloseTo(
      measured(settingsOf('nonSaturating'), REAL, FAKE).generator[0],
      12,
    );
  });

  test.each(Object.keys(divergences))('%s stays finite for scores of 700 and -700 where f* does', (name) => {
    const found = measured(settingsOf('fGan', { divergence: name }), [300, -300], [300, -300]);
    expect([...found.generator, ...found.discriminator].every(Number.isFinite)).toBe(true);
  });
});

test('saturating and not: where the discriminator is sure, one slope fades and the other is 1; at 0 both are ½', () => {
  const slope = (name: string, score: number) => measured(settingsOf(name), [0], [score]).ascent[0];
  expect(slope('minimax', 0)).toBe(-0.5);
  expect(slope('nonSaturating', 0)).toBe(-0.5);
  expect(slope('minimax', -20)).toBeCloseTo(-Math.exp(-20), 12);
  expect(slope('nonSaturating', -20)).toBeCloseTo(-1, 8);
  expect(slope('logOdds', -20)).toBe(-1);
});

test('feature matching compares the means of the last hidden layer', () => {
  const real = build.constant([1, 2, 3, 4, 5, 6], [3, 2]);
  const fake = build.constant([0, 1, 1, 1, 2, 7], [3, 2]);
  const zero = build.constant(0, [3]);
  const distance = (norm: string) => {
    const settings = settingsOf('featureMatching', { norm });
    const [generator] = lossesOf(lossOf('featureMatching'), settings, {
      real: zero,
      fake: zero,
      features: { real, fake },
    });
    return reference.compile({ generator }).run({}).generator[0];
  };
  // Means (3, 4) and (1, 3).
  expect(distance('squared')).toBeCloseTo(5, 14);
  expect(distance('absolute')).toBeCloseTo(1.5, 14);
});

test('BEGAN’s balance follows k + λ (γ ℓ(real) − ℓ(fake)) within [0, 1], and weighs the generated samples', () => {
  const gain = 0.7;
  const game = { ...smallGan, loss: { kind: 'began', gain, diversity: 1.5 } };
  const experiment = experimentOf({ game });
  const scene = sceneOf(experiment);
  const seen: number[] = [];
  let expected = 0;
  play({ game }, 6, (state) => {
    const { balance } = state.states as Record<string, Float64Array>;
    // Read on the batch of the step, at the point after it, with the old balance.
    scene.keepStates({ balance: Float64Array.of(0) });
    const field = scene.field(experiment.seed, state.step - 1, 0);
    const [onFake, onReal] = field.losses(state.point);
    expected = Math.min(1, Math.max(0, expected + gain * (1.5 * onReal - onFake)));
    expect(balance[0]).toBeCloseTo(expected, 12);
    seen.push(balance[0]);
    scene.keepStates({ balance: Float64Array.of(0.3) });
    expect(field.losses(state.point)[1]).toBeCloseTo(onReal - 0.3 * onFake, 13);
  });
  expect(Math.max(...seen)).toBeGreaterThan(0);
});
