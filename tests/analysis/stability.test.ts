/** Regions, maps and facts of stability, held to published bounds and to steps that were really taken. */
import { describe, expect, test } from 'vitest';
import { finish } from '../../src/analysis/probe.ts';
import { rateFacts } from '../../src/analysis/rates.ts';
import { periodOf, type Radius, stabilityOf } from '../../src/analysis/stability.ts';
import { mapPaths, stabilityMap } from '../../src/analysis/stabilityMap.ts';
import { probedRadius, stabilityRegion } from '../../src/analysis/stabilityRegion.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { momentOf } from '../../src/engine/frame.ts';
import { openSession } from '../../src/engine/session.ts';
import { type Complex, plus, times } from '../../src/math/complex.ts';
import { largestRoot, polynomial } from '../../src/math/polynomial.ts';
import { stream } from '../../src/math/random.ts';
import { defaults } from '../../src/settings/index.ts';
import { descent, experimentOf } from '../catalog/given.ts';
import { radius } from '../probing.ts';

type Differences = Readonly<Record<string, unknown>>;
const SPECTRAL = 1e-9;
const both = (rule: Differences) => ({ generator: rule, discriminator: rule });
const momentum = (beta: number, nesterov = false) =>
  both({ kind: 'momentum', learningRate: 0.1, momentum: beta, nesterov });

function stable(differences: Differences) {
  const stability = stabilityOf(experimentOf({ game: 'quadratic', ...descent(0.1), ...differences }));
  if (stability.radius === undefined) throw new Error(stability.why);
  return stability;
}
const why = (differences: Differences) => {
  const stability = stabilityOf(experimentOf({ game: 'quadratic', ...descent(0.1), ...differences }));
  return stability.radius === undefined ? stability.why : undefined;
};
const facts = (radius: Radius, re: number, im: number, rate = 0.1) =>
  rateFacts(radius, Float64Array.of(re, re), Float64Array.of(im, -im), rate);

describe('the radius as a function of rate times eigenvalue', () => {
  /** Of z^2 + b z + c with complex b and c; of z + b where c is left out. */
  const root = (b: Complex, c?: Complex) => largestRoot(c ? polynomial(c, b, 1) : polynomial(b, 1));
  const minus = ([re, im]: Complex): Complex => [-re, -im];
  const beta = 0.4;
  test.each<[string, Differences, (x: Complex) => number]>([
    ['simultaneous: z = 1 - x', {}, (x) => root(plus([-1, 0], x))],
    [
      'heavy ball: z^2 - (1 + beta - x) z + beta',
      momentum(beta),
      (x) => root(plus([-1 - beta, 0], x), [beta, 0]),
    ],
    [
      'Nesterov: z^2 - (1 + beta)(1 - x) z + beta (1 - x)',
      momentum(beta, true),
      ([re, im]) => root([-(1 + beta) * (1 - re), (1 + beta) * im], [beta * (1 - re), -beta * im]),
    ],
    [
      'extragradient: z = 1 - x + x^2',
      { scheme: 'extragradient' },
      (x) => root(plus(plus([-1, 0], x), minus(times(x, x)))),
    ],
    [
      'optimistic: z^2 - (1 - 2 x) z - x',
      { scheme: 'optimistic' },
      ([re, im]) => root([-1 + 2 * re, 2 * im], [-re, -im]),
    ],
    [
      'from the past: the same',
      { scheme: 'pastExtragradient' },
      ([re, im]) => root([-1 + 2 * re, 2 * im], [-re, -im]),
    ],
    ['proximal: 1 / |1 + x|', { scheme: 'proximal' }, ([re, im]) => 1 / Math.hypot(1 + re, im)],
  ])('%s', (_, differences, published) => {
    const { radius, everyJacobian } = stable(differences);
    expect(everyJacobian).toBe(true);
    const draw = stream(1, `test.${_}`);
    for (let i = 0; i < 20; i++) {
      const [re, im] = draw.normals(new Float64Array(2));
      expect(Math.abs(radius(re, im, 1) - published([re, -im]))).toBeLessThan(SPECTRAL);
      expect(Math.abs(radius(re, -im, 1) - radius(re, im, 1))).toBeLessThan(SPECTRAL);
    }
  });

  test('counts rate and eigenvalue apart where the field is bent, and the rates of both players', () => {
    const { radius: bent, everyJacobian } = stable({
      adjustment: { kind: 'consensus', control: { kind: 'fixed', weight: 2 } },
    });
    expect(everyJacobian).toBe(false);
    expect(bent(0, 3, 0.1)).toBeCloseTo(Math.hypot(1 - 0.1 * 2 * 9, 0.3), 14);
    expect(stable(descent(0.1, 0.4))).toMatchObject({ rate: 0.1, ratio: 4 });
    expect(why({ ...descent(0.1, 0.4), scheme: 'alternating' })).toMatch('rates differ');
  });

  test('with lookahead is that of one step, on average', () => {
    const lookahead = { kind: 'lookahead', steps: 6, fraction: 0.5 };
    // Chavdarova et al. 2021: 1 - alpha + alpha mu^k; on the rotation at rate 0.3, 0.7447553476 in six steps.
    expect(stable({ lookahead }).radius(0, 1, 0.3) ** 6).toBeCloseTo(0.7447553476, 9);
    expect(
      periodOf(experimentOf({ game: 'quadratic', lookahead: { kind: 'nested', steps: 4, slowSteps: 6 } })),
    ).toBe(12);
  });

  test('is told of linear methods only, and says why of others', () => {
    expect(why(both({ kind: 'adam' }))).toMatch('Adam is not linear');
    expect(why({ scheme: 'svre' })).toMatch('no linear step');
    expect(why({ generator: { kind: 'momentum', learningRate: 0.1 } })).toMatch('different rules');
    expect(why(descent(0))).toMatch('does not learn');
    expect(why({ averaging: { kind: 'uniform', restart: 0.1 } })).toMatch('at random');
    expect(why({ averaging: 'uniform', clipping: 'byNorm', constraint: 'box' })).toBe(undefined);
    expect(why({ ...momentum(0.3), lookahead: 'lookahead' })).toMatch('memory');
    // The same rule in other words.
    expect(why({ generator: { kind: 'momentum', learningRate: 0.1, momentum: 0 } })).toBe(undefined);
  });
});

describe('what a method can do with the eigenvalues 0.2 ± i', () => {
  test.each<[string, Differences, number, number, number]>([
    ['simultaneous: below 2 Re / |lambda|^2', {}, 0.4 / 1.04, 0.9806, 0.2 / 1.04],
    ['extragradient', { scheme: 'extragradient' }, 1.262, 0.5758, 0.875],
    // Where both roots are as long, with the product -eta lambda.
    ['optimistic', { scheme: 'optimistic' }, 0.607, Math.SQRT1_2, 0.5 / Math.hypot(0.2, 1)],
  ])('%s', (_, differences, largest, bestRadius, bestRate) => {
    const { radius } = stable(differences);
    const found = facts(radius, 0.2, 1);
    expect(found.stable).toBe('below');
    expect(found.rateTimesLargest).toBeCloseTo(0.1 * Math.hypot(0.2, 1), 14);
    expect(Math.abs((found.largestStableRate as number) - largest)).toBeLessThan(6e-4);
    expect(Math.abs((found.bestRate as number) - bestRate)).toBeLessThan(6e-4);
    expect(found.bestRadius).toBeCloseTo(bestRadius, 4);
  });

  test('and on rotations: never, below 1, below 1 / sqrt 3, at every rate', () => {
    const at = (differences: Differences) => facts(stable(differences).radius, 0, 2);
    expect(at({}).stable).toBe('never');
    expect(at({ scheme: 'alternating' }).stable).toBe('never'); // it neither comes nor goes
    expect(at({ scheme: 'extragradient' }).largestStableRate).toBeCloseTo(1 / 2, 9);
    expect(at({ scheme: 'extragradient' }).bestRadius).toBeCloseTo(Math.sqrt(3) / 2, 9);
    expect(at({ scheme: 'optimistic' }).largestStableRate).toBeCloseTo(1 / Math.sqrt(3) / 2, 9);
    expect(at({ scheme: 'proximal' })).toMatchObject({ stable: 'always', largestStableRate: null });
  });

  test('counts the worst eigenvalue, and none that is 0', () => {
    const { radius } = stable({});
    const found = rateFacts(radius, Float64Array.of(1, 10, 0), new Float64Array(3), 0.1);
    expect(found.largestStableRate).toBeCloseTo(2 / 10, 9);
    // Best where 1 - eta = 10 eta - 1.
    expect(found.bestRate).toBeCloseTo(2 / 11, 9);
    expect(rateFacts(radius, new Float64Array(2), new Float64Array(2), 0.1).stable).toBe('never');
  });
});

describe('the stability region', () => {
  const read = (differences: Differences, settings: Differences = {}) => {
    const session = openSession(experimentOf(differences), reference);
    const values = { ...defaults(stabilityRegion.settings), resolution: 9, ...settings };
    return finish(stabilityRegion.work(momentOf(session), values));
  };
  const game = { kind: 'quadratic', attraction: 0.2, rotation: 1 };

  test('is the radius on its grid, in the plane in which the game’s eigenvalues times the rate lie', () => {
    const reading = read(
      { game, ...descent(0.5), scheme: 'extragradient' },
      { centre: [0.5, 0.25], extent: 1 },
    );
    expect(reading).toMatchObject({ at: 'equilibrium', how: 'formula', rate: 0.5, ratio: 1, note: '' });
    const { radius } = stable({ scheme: 'extragradient' });
    for (let row = 0; row < 9; row++) {
      for (let column = 0; column < 9; column++) {
        const expected = radius(0.5 + (column / 4 - 1), 0.25 + (row / 4 - 1), 1);
        expect(reading.radius[9 * row + column]).toBeCloseTo(expected, 12);
      }
    }
    expect([...reading.eigenvalues.re]).toEqual([0.1, 0.1]);
    expect([...reading.eigenvalues.im].map(Math.abs)).toEqual([0.5, 0.5]);
    // Each eigenvalue has its own modulus, not that of a point of the grid.
    for (const modulus of reading.moduli) expect(modulus).toBeCloseTo(radius(0.2, 1, 0.5), 12);
    expect(reading.moduli.length).toBe(2);
    expect(reading.facts?.largestStableRate).toBeCloseTo(1.2617, 4);
  });

  test('has an upper half that mirrors the lower one', () => {
    const { radius } = read({ game, ...descent(0.1), scheme: 'optimistic' });
    for (let row = 0; row < 9; row++)
      expect(radius.slice(9 * row, 9 * row + 9)).toEqual(radius.slice(9 * (8 - row), 9 * (8 - row) + 9));
  });

  test('where the rates differ has the eigenvalues of the Jacobian with its rows times the rates', () => {
    const { eigenvalues } = read({ game: { kind: 'bilinear' }, ...descent(0.1, 0.4) });
    expect([...eigenvalues.im].map(Math.abs)).toEqual([0.2, 0.2]);
  });

  test.each<[string, Differences]>([
    ['lookahead over momentum', { ...momentum(-0.3), lookahead: { kind: 'lookahead', steps: 4 } }],
    ['more steps of one player', { scheme: { kind: 'alternating', discriminatorSteps: 3 } }],
    [
      'a penalty for one player',
      { adjustment: { kind: 'consensus', variant: 'discriminator', control: { kind: 'fixed', weight: 1 } } },
    ],
    ['different rules', { generator: { kind: 'momentum', learningRate: 0.1, momentum: -0.5 } }],
  ])('without a formula is read off from steps: %s', (_, differences) => {
    const all = { ...descent(0.1), ...differences };
    const reading = read({ game, ...all });
    expect(reading.how).toBe('probing');
    expect(reading.note).toMatch('read off from steps');
    const period = periodOf(experimentOf({ game, ...all }));
    // The grid's middle is at 1, its last row at 1 + 1.5 i: attraction and rotation times the rate of 0.1.
    const steep = { kind: 'quadratic', attraction: 0, rotation: 5 };
    expect(reading.radius.every(Number.isFinite)).toBe(true);
    const { rate } = reading;
    const own = openSession(experimentOf({ game: steep, ...all }), reference).soFar();
    const probed = probedRadius(
      own.elsewhere(experimentOf({ game: steep, ...all })),
      experimentOf({ game, ...all }),
    );
    expect(probed(0, 5, rate)).toBeCloseTo(radius({ game: steep, ...all }, period) ** (1 / period), 9);
  });

  test('agrees with its formula when read off from steps', () => {
    for (const scheme of ['simultaneous', 'extragradient', 'optimistic', 'prediction']) {
      const experiment = experimentOf({ game, scheme, ...momentum(-0.4) });
      const steps = openSession(experiment, reference).soFar().elsewhere(experiment);
      const probed = probedRadius(steps, experiment);
      const draw = stream(2, `test.${scheme}`);
      for (let i = 0; i < 20; i++) {
        const [re, im] = draw.normals(new Float64Array(2));
        expect(
          Math.abs(probed(re, im, 0.3) - stable({ scheme, ...momentum(-0.4) }).radius(re, im, 0.3)),
        ).toBeLessThan(SPECTRAL);
      }
    }
  });

  test('of a method that is not linear says why there is none, and shows the eigenvalues all the same', () => {
    const reading = read({ game, ...both({ kind: 'adam', learningRate: 0.1 }) });
    expect(reading).toMatchObject({ how: 'none', facts: null });
    expect(reading.note).toMatch('not linear');
    expect([...reading.eigenvalues.re]).toEqual([expect.closeTo(0.02, 14), expect.closeTo(0.02, 14)]);
  });
});

describe('the stability map', () => {
  const session = (differences: Differences) => openSession(experimentOf(differences), reference);
  const read = (of: ReturnType<typeof session>, settings: Differences) =>
    finish(
      stabilityMap.work(momentOf(of), {
        ...defaults(stabilityMap.settings),
        rates: 5,
        values: 4,
        ...settings,
      }),
    );

  test('has the radius of each rate and value, as formulas say', () => {
    const game = { kind: 'quadratic', attraction: 0.2, rotation: 1 };
    const consensus = (weight: number) => ({
      adjustment: { kind: 'consensus', control: { kind: 'fixed', weight } },
    });
    const { rates, values, radius, at, path } = read(session({ game, ...descent(0.1), ...consensus(1) }), {
      path: 'adjustment.control.weight',
    });
    expect([at, path, rates.length, values.length]).toEqual([
      'equilibrium',
      'adjustment.control.weight',
      5,
      4,
    ]);
    expect([...rates].map((rate) => Math.log2(rate / 0.1))).toEqual(
      [-5, -2.5, 0, 2.5, 5].map((power) => expect.closeTo(power, 12)),
    );
    values.forEach((value, i) => {
      const expected = stable(consensus(value)).radius;
      rates.forEach((rate, j) => {
        expect(radius[5 * i + j] / expected(0.2, 1, rate)).toBeCloseTo(1, 9);
      });
    });
  });

  test('of a method and a game without other numbers is over both players’ rates', () => {
    const of = session({ game: { kind: 'typed', first: 'x*y' }, ...descent(0.1) });
    const { path, paths, rates, values, radius } = read(of, {});
    expect([path, paths]).toEqual(['discriminator.learningRate', ['discriminator.learningRate']]);
    expect([rates.length, values.length]).toEqual([5, 4]);
    // [1, -a; b, 1] has the eigenvalues 1 ± i √(ab).
    values.forEach((b, i) => {
      rates.forEach((a, j) => {
        expect(radius[5 * i + j]).toBeCloseTo(Math.sqrt(1 + a * b), 9);
      });
    });
    expect(new Set(values).size).toBe(4);
  });

  test('turns dials of the game, and turns them back', () => {
    const of = session({ game: { kind: 'bilinear', strength: 2 }, ...descent(0.1) });
    of.advance(3);
    const before = of.checkpoint();
    const { values, rates, radius } = read(of, { path: 'game.strength', valueRange: [1, 4] });
    expect([...values]).toEqual([0, 1, 2, 3].map((i) => expect.closeTo(4 ** (i / 3), 12)));
    values.forEach((a, i) => {
      rates.forEach((rate, j) => {
        expect(radius[5 * i + j]).toBeCloseTo(Math.hypot(1, a * rate), 9);
      });
    });
    expect(of.checkpoint()).toEqual(before);
    const witness = session({ game: { kind: 'bilinear', strength: 2 }, ...descent(0.1) });
    witness.advance(10);
    of.advance(7);
    expect(of.state).toEqual(witness.state);
  });

  test('is of one step, whatever the period', () => {
    const of = session({ game: 'bilinear', ...descent(0.3), lookahead: { kind: 'lookahead', steps: 6 } });
    const { values, radius } = read(of, {
      path: 'lookahead.steps',
      valueRange: [5, 6],
      rateRange: [0.1, 0.3],
      rates: 2,
    });
    expect([...values]).toEqual([5, 6]);
    const table = [0.9813269142, 0.8395867964, 0.9701183112, 0.7447553476];
    table.forEach((expected, i) => {
      expect(radius[i] ** values[i >> 1]).toBeCloseTo(expected, 9);
    });
  });

  test('offers the numbers that may change, the optimizer’s first, and refuses others in words', () => {
    const of = session({ game: 'bilinear', ...momentum(0.5) });
    expect(mapPaths(of.experiment, of.scene)).toEqual([
      'generator.momentum',
      'discriminator.momentum',
      'game.strength',
      'discriminator.learningRate',
    ]);
    expect(read(of, { path: '' }).path).toBe('generator.momentum');
    expect(read(of, { path: 'seed' })).toMatchObject({
      at: 'nowhere',
      note: expect.stringContaining('choose generator'),
    });
  });

  test('where no equilibrium is known looks where the run is, and says so', () => {
    const of = session({ game: 'covariance', ...descent(0.01), scheme: 'extragradient' });
    expect(read(of, { path: '' }).at).toBe('point');
    expect(read(session({ game: 'bilinear', ...descent(0.1) }), { where: 'point' }).at).toBe('point');
  });

  test('comes in pieces', () => {
    const of = session({ game: 'bilinear', ...momentum(0.5), scheme: 'extragradient' });
    const work = stabilityMap.work(momentOf(of), {
      ...defaults(stabilityMap.settings),
      rates: 32,
      values: 32,
    });
    const first = work.next();
    expect(first.done).toBe(false);
    of.advance(10); // training goes on meanwhile
    expect(finish(work).radius.every(Number.isFinite)).toBe(true);
  });
});
