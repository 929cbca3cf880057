/** The games: derivatives against finite differences, equilibria, spectra and limit cycles against what is known. */
import { describe, expect, test } from 'vitest';
import '../loaded.ts';
import { games } from '../../src/catalog/games/index.ts';
import type { SimplexPicture } from '../../src/catalog/kinds.ts';
import { eigenvalues } from '../../src/math/eigenvalues.ts';
import { stream } from '../../src/math/random.ts';
import { norm } from '../../src/math/vector.ts';
import { expectClose, expectDerivatives } from './differences.ts';
import { descent, experimentOf, play, sceneOf, smallGan, smallImages } from './given.ts';

type GameSettings = { kind: string } & Record<string, unknown>;

/** J at a point, row-major, on all of the data where there is a finite set of them. */
function jacobian(game: GameSettings, point: ArrayLike<number>): Float64Array {
  const scene = sceneOf(experimentOf({ game }));
  const field = scene.wholeField?.() ?? scene.field(0, 0, 0);
  const { size } = scene;
  const J = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const unit = new Float64Array(size);
    unit[j] = 1;
    const column = field.jvp(Float64Array.from(point), unit);
    for (let i = 0; i < size; i++) J[i * size + j] = column[i];
  }
  return J;
}

/** Eigenvalues as [re, im], by real and then imaginary part, to ten digits. */
function spectrum(game: GameSettings, point: ArrayLike<number>): [number, number][] {
  const { re, im } = eigenvalues(jacobian(game, point), point.length);
  return sorted(Array.from(re, (value, i) => [value, im[i]]));
}
const sorted = (values: [number, number][]) => {
  const key = (x: number) => Math.round(x * 1e6) / 1e6 + 0;
  return values.sort((a, b) => key(a[0]) - key(b[0]) || key(a[1]) - key(b[1]));
};

function expectSpectrum(
  game: GameSettings,
  point: ArrayLike<number>,
  expected: readonly (readonly [number, number])[],
  digits = 6,
): void {
  const found = spectrum(game, point);
  const wanted = sorted(expected.map(([re, im]) => [re, im]));
  expect(found.length).toBe(wanted.length);
  found.forEach(([re, im], i) => {
    expect(re, JSON.stringify(found)).toBeCloseTo(wanted[i][0], digits);
    expect(im, JSON.stringify(found)).toBeCloseTo(wanted[i][1], digits);
  });
}
const pair = (re: number, im: number): [number, number][] => [
  [re, im],
  [re, -im],
];

/** Points of a game away from its special ones. */
const somewhere = (size: number) =>
  stream(8, 'somewhere')
    .normals(new Float64Array(size))
    .map((x) => 0.7 * x + 0.1);

const variants: readonly GameSettings[] = [
  ...games
    .filter(
      ({ name }) =>
        name !== 'gan' && name !== 'images' && name !== 'domains' && name !== 'stochasticBilinear',
    )
    .map(({ name }) => ({ kind: name })),
  smallGan,
  smallImages,
  { ...smallGan, regularisation: { instanceNoise: 0.2, annealing: 10, weightDecay: 0.1 } },
  { kind: 'domains', count: 12, batchSize: 4, hidden: 4 },
  { kind: 'domains', count: 12, batchSize: 4, hidden: 4, fadeIn: 10, scaleDiscriminator: false },
  { kind: 'stochasticBilinear', dimension: 4, batchSize: 2 },
  { kind: 'stochasticBilinear', dimension: 4, batchSize: 3, reduction: 'averaged' },
  { kind: 'marketCycle', variant: 'zeroSum' },
  { kind: 'dirac', instanceNoise: 0.7 },
  { kind: 'dirac', loss: 'nonSaturating', penalty: { kind: 'zeroCentred', weight: 0.3 } },
  { kind: 'gaussianGan', loss: 'nonSaturating', mean: 1, deviation: 0.5 },
  { kind: 'gaussianGan', loss: 'relativistic' },
  { kind: 'rockPaperScissors', payoff: 'wins' },
  { kind: 'rockPaperScissors', payoff: 'ownWins' },
  { kind: 'rockPaperScissors', parameters: 'direct' },
  { kind: 'quadratic', whose: 'discriminator' },
  { kind: 'quadratic', whose: 'generator', attraction: -1 },
  { kind: 'shiftedBilinear', singularValues: [2], shift: 0 },
  { kind: 'shiftedBilinear', singularValues: [3, 1, 0.5, 0.01], shift: 2, instance: 4 },
  { kind: 'covariance', deviations: [2, 1, 0.5], instance: 3 },
  { kind: 'linearDomains', cue: -2, shift: 0.5, lambda: 3, cost: 0.2 },
  { kind: 'randomQuadratic', dimension: 3, least: 0.2, most: 2, rotation: 3 },
];

test.each(variants.map((game) => [JSON.stringify(game), game] as const))(
  '%s: F is the gradient of the losses, and the products are its derivatives',
  (_, game) => {
    const { size } = sceneOf(experimentOf({ game }));
    expectDerivatives(game, { at: game.kind === 'gan' ? undefined : somewhere(size) });
  },
);

test('under mirror descent, players follow the payoffs: F is each action’s worth to the other, negated', () => {
  const scene = sceneOf(experimentOf({ game: { kind: 'rockPaperScissors', parameters: 'mirror' } }));
  const point = Float64Array.of(
    Math.log(0.5),
    Math.log(0.3),
    Math.log(0.2),
    Math.log(0.1),
    Math.log(0.2),
    Math.log(0.7),
  );
  const [p, q] = [
    [0.5, 0.3, 0.2],
    [0.1, 0.2, 0.7],
  ];
  const found = scene.field(0, 0, 0).at(point);
  // M q and -M' p for rock, paper, scissors.
  const first = [q[2] - q[1], q[0] - q[2], q[1] - q[0]];
  const second = [p[2] - p[1], p[0] - p[2], p[1] - p[0]];
  expectClose(
    found.map((x) => -x),
    [...first, ...second],
    14,
  );
});

describe('every known equilibrium', () => {
  const known = [...variants, { kind: 'linearWgan', target: [1, -2, 3] }].map((game) => {
    const { equilibria } = sceneOf(experimentOf({ game })).model;
    return [JSON.stringify(game), game as GameSettings, equilibria] as const;
  });

  test.each(known.filter(([, , equilibria]) => equilibria.length > 0))(
    '%s: has a field of zero on all of the data',
    (_, game, equilibria) => {
      const settings = game.kind === 'twoTimescale' ? { ...game, noise: 0 } : game;
      const scene = sceneOf(experimentOf({ game: settings }));
      const field = scene.wholeField?.() ?? scene.field(0, 0, 0);
      for (const { point } of equilibria) {
        // Sums of some 40 to 1700 weighted terms where there is a quadrature.
        expect(norm(field.at(Float64Array.from(point)))).toBeLessThan(1e-13);
        const stated = scene.model.lossesAtEquilibrium;
        if (!stated) continue;
        expectClose(field.losses(Float64Array.from(point)), stated, 12);
      }
    },
  );

  test('is known of all games but those that are trained, typed, or have as many as there are shifts or turns', () => {
    const without = games.filter(({ name }) => {
      const { model } = sceneOf(experimentOf({ game: name }));
      return model.equilibria.length === 0;
    });
    expect(without.map(({ name }) => name)).toEqual([
      'gan',
      'images',
      'domains',
      'covariance',
      'rockPaperScissors',
      'typed',
    ]);
  });

  test('of the Gaussian GAN is at the level of the loss, whichever it is', () => {
    for (const loss of [
      { kind: 'leastSquares' },
      { kind: 'leastSquares', fakeLabel: -1, realLabel: 3 },
      { kind: 'nonSaturating', realLabel: 0.9 },
      { kind: 'hinge' },
      { kind: 'relativistic' },
      { kind: 'relativistic', average: true },
      { kind: 'featureMatching' },
      ...['kl', 'reverseKl', 'pearson', 'hellinger', 'jensenShannon', 'gan', 'totalVariation'].map(
        (divergence) => ({ kind: 'fGan', divergence }),
      ),
    ]) {
      const game = { kind: 'gaussianGan', mean: 0.5, deviation: 0.8, loss };
      const scene = sceneOf(experimentOf({ game }));
      const [{ point }] = scene.model.equilibria;
      const [, discriminator] = [scene.split, scene.field(0, 0, 0).at(Float64Array.from(point))];
      expect(norm(discriminator), JSON.stringify(loss)).toBeLessThan(1e-12);
    }
  });
});

describe('spectra at the equilibrium', () => {
  const at = (game: GameSettings, which = 0) => sceneOf(experimentOf({ game })).model.equilibria[which].point;

  test.each<[GameSettings, [number, number][]]>([
    [{ kind: 'bilinear', strength: 3 }, pair(0, 3)],
    [{ kind: 'quadratic', attraction: 0.2, rotation: 1 }, pair(0.2, 1)],
    [{ kind: 'forsaken' }, pair(0.044746, 0.908028)],
    [{ kind: 'almostBilinear', epsilon: 0.1 }, pair(-0.05, Math.sqrt(1 - 0.0025))],
    [{ kind: 'marketCycle' }, pair(-1, 1)],
    [{ kind: 'marketCycle', variant: 'zeroSum' }, pair(-1, 1)],
    [{ kind: 'variance', deviation: 1.3 }, pair(0, 2.6)],
    [{ kind: 'linearWgan' }, [...pair(0, 1), ...pair(0, 1)]],
    [{ kind: 'gaussianGan' }, [...pair(0.25, 0.433013), ...pair(0.5, 0.5), [1, 0]]],
    [{ kind: 'gaussianGan', loss: 'nonSaturating' }, [...pair(0.25, 0.433013), ...pair(0.5, 0.5), [1, 0]]],
    [{ kind: 'matchingPennies' }, pair(0, 0.25)],
    [{ kind: 'shiftedBilinear' }, [...pair(0, 1), ...pair(0, 0.5), ...pair(0, 0.25)]],
    [{ kind: 'covariance', deviations: [1.3] }, pair(0, 2.6)],
    // λ = 1 of the cause; (1 + c ± √((1 − c)² − 4λm²)) / 2 of cue and critic.
    [{ kind: 'linearDomains' }, [[1, 0], ...pair(1, 2)]],
    [{ kind: 'linearDomains', lambda: 4, shift: 0.5 }, [[1, 0], ...pair(1, 1)]],
    [
      { kind: 'linearDomains', lambda: 0, cost: 3 },
      [
        [1, 0],
        [1, 0],
        [3, 0],
      ],
    ],
  ])('%o', (game, expected) => {
    expectSpectrum(game, at(game), expected);
  });

  test.each(['generator', 'discriminator'])('attraction of the %s alone: (s ± √(s² − 4a²)) / 2', (whose) => {
    const game = (attraction: number) => ({ kind: 'quadratic', attraction, rotation: 1, whose });
    expectSpectrum(game(0.6), [0, 0], pair(0.3, Math.sqrt(4 - 0.36) / 2));
    expectSpectrum(
      game(2.5),
      [0, 0],
      [
        [2, 0],
        [0.5, 0],
      ],
    );
    // The critical pull s = 2a: a double eigenvalue, found to the root of the rounding.
    expectSpectrum(
      game(2),
      [0, 0],
      [
        [1, 0],
        [1, 0],
      ],
    );
    const own = whose === 'generator' ? [0.6, 1, -1, 0] : [0, 1, -1, 0.6];
    expect([...jacobian(game(0.6), [0, 0])]).toEqual(own);
  });

  test('the forms of the competitive study: α xy, α (x² − y²), and α (y² − x²), which is to be left', () => {
    for (const alpha of [1, 3, 6]) {
      expectSpectrum({ kind: 'bilinear', strength: alpha }, [0, 0], pair(0, alpha));
    }
    for (const attraction of [2, -2]) {
      const J = jacobian({ kind: 'quadratic', attraction, rotation: 0 }, [0, 0]).map((x) => x + 0);
      expect([...J]).toEqual([attraction, 0, 0, attraction]);
    }
  });

  test.each([[[2, 1]], [[1.5, 1, 0.5]]])(
    'a covariance of deviations %j: ±i √(2(sᵢ² + sⱼ²)), the others 0',
    (s) => {
      const game = { kind: 'covariance', deviations: s, instance: 2 };
      const n = s.length;
      const scene = sceneOf(experimentOf({ game }));
      // With V = 0, the critic sees Σ itself; its root by Cholesky is an equilibrium with W = 0.
      const sigma = scene
        .field(0, 0, 0)
        .at(new Float64Array(2 * n * n))
        .slice(n * n)
        .map((x) => -x);
      const point = new Float64Array(2 * n * n);
      for (let i = 0; i < n; i++)
        for (let j = 0; j <= i; j++) {
          let left = sigma[i * n + j];
          for (let k = 0; k < j; k++) left -= point[i * n + k] * point[j * n + k];
          point[i * n + j] = i === j ? Math.sqrt(left) : left / point[j * n + j];
        }
      expect(norm(scene.field(0, 0, 0).at(point))).toBeLessThan(1e-13);
      const J = jacobian(game, point);
      const size = 2 * s.length ** 2;
      const { re, im } = eigenvalues(J, size);
      const wanted = s.flatMap((a, i) => s.slice(i).map((b) => Math.sqrt(2 * (a * a + b * b))));
      const zeros = new Array<number>(size - 2 * wanted.length).fill(0);
      // The roots turned by any angle, and antisymmetric critics, which see nothing.
      expectClose(
        [...im].sort((a, b) => a - b),
        [...wanted.map((w) => -w), ...zeros, ...wanted].sort((a, b) => a - b),
        6,
      );
      expectClose([...re], new Array<number>(size).fill(0), 8);
    },
  );

  test('two time scales: exactly diag(200, 2), at both of the variance game: ±2 s i', () => {
    expect([...jacobian({ kind: 'twoTimescale' }, [0, 0])].map((x) => x + 0)).toEqual([200, 0, 0, 2]);
    expectSpectrum({ kind: 'variance' }, at({ kind: 'variance' }, 1), pair(0, 2));
  });

  test('rock, paper, scissors in logits: ±i√3/9 twice and 0 twice; by wins ±i/9; for its own wins unstable', () => {
    const middle = new Float64Array(6);
    const zero: [number, number][] = [
      [0, 0],
      [0, 0],
    ];
    const rotation = Math.sqrt(3) / 9;
    expect(rotation).toBeCloseTo(0.1924500897, 10);
    expectSpectrum(
      { kind: 'rockPaperScissors' },
      middle,
      [...pair(0, rotation), ...pair(0, rotation), ...zero],
      8,
    );
    expectSpectrum(
      { kind: 'rockPaperScissors', payoff: 'wins' },
      middle,
      [...pair(0, 1 / 9), ...pair(0, 1 / 9), ...zero],
      8,
    );
    expectSpectrum(
      { kind: 'rockPaperScissors', payoff: 'ownWins' },
      middle,
      [...pair(1 / 18, Math.sqrt(3) / 18), ...pair(-1 / 18, Math.sqrt(3) / 18), ...zero],
      8,
    );
  });

  test.each([1, 2, 5])('a random quadratic game of dimension %i has the spectrum that was asked for', (n) => {
    const game = { kind: 'randomQuadratic', dimension: n, least: 0.3, most: 2, rotation: 1.5 };
    const J = jacobian(game, new Float64Array(2 * n));
    const block = (row: number, column: number) =>
      Float64Array.from({ length: n * n }, (_, k) => J[(row + Math.floor(k / n)) * 2 * n + column + (k % n)]);
    const levels = (from: number, to: number) =>
      Array.from({ length: n }, (_, i) => to - ((to - from) * i) / Math.max(1, n - 1)).sort((a, b) => a - b);
    for (const of of [block(0, 0), block(n, n)]) {
      const { re } = eigenvalues(of, n);
      expectClose(re.slice().sort(), levels(0.3, 2), 10);
    }
    const B = block(0, n);
    const C = block(n, 0);
    const gram = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        expect(C[j * n + i]).toBeCloseTo(-B[i * n + j], 12);
        for (let k = 0; k < n; k++) gram[i * n + j] += B[i * n + k] * B[j * n + k];
      }
    const singular = eigenvalues(gram, n).re.map((x) => Math.sqrt(Math.max(0, x)));
    expectClose(singular.sort(), n === 1 ? [1.5] : levels(0, 1.5), 6);
  });

  test('stochastic bilinear: ±i for every dimension on all terms added up, ±i/n on their mean', () => {
    for (const [reduction, omega] of [
      ['summed', 1],
      ['averaged', 1 / 5],
    ] as const) {
      const game = { kind: 'stochasticBilinear', dimension: 5, batchSize: 5, reduction };
      expectSpectrum(game, at(game), Array.from({ length: 5 }, () => pair(0, omega)).flat());
    }
  });
});

describe('the Dirac-GAN', () => {
  const R1 = (weight: number) => ({ kind: 'zeroCentred', weight });
  const rotating = pair(0, 0.5);

  test.each<[string, Record<string, unknown>, [number, number][]]>([
    ['saturating', { loss: 'minimax' }, rotating],
    ['non-saturating', { loss: 'nonSaturating' }, rotating],
    ['WGAN', { loss: 'wasserstein' }, pair(0, 1)],
    ['hinge', { loss: 'hinge' }, pair(0, 1)],
    [
      'least squares (−1, 1, 1)',
      { loss: { kind: 'leastSquares', fakeLabel: -1, realLabel: 1, generatorLabel: 1 } },
      pair(0, 1),
    ],
    ['least squares (0, 1, 1)', { loss: 'leastSquares' }, pair(0, 0)],
    [
      'least squares (−1, 1, 0)',
      { loss: { kind: 'leastSquares', fakeLabel: -1, realLabel: 1, generatorLabel: 0 } },
      pair(0, 0),
    ],
    ['R1 of γ = 0.3', { penalty: R1(0.3) }, pair(0.15, Math.sqrt(0.25 - 0.0225))],
    ['R1 of γ = 0.5', { penalty: R1(0.5) }, pair(0.25, 0.433013)],
    ['R1 of γ = 0.3, non-saturating', { penalty: R1(0.3), loss: 'nonSaturating' }, pair(0.15, 0.47697)],
    ['instance noise 0.1', { instanceNoise: 0.1 }, pair(0.0025, 0.499994)],
    [
      'R1 of γ = 2',
      { penalty: R1(2) },
      [
        [1 + Math.sqrt(0.75), 0],
        [1 - Math.sqrt(0.75), 0],
      ],
    ],
    [
      'R2 of γ = 0.3',
      { penalty: { kind: 'zeroCentred', weight: 0.3, where: 'fake' } },
      pair(0.15, Math.sqrt(0.25 - 0.0225)),
    ],
    ['instance noise 0.7', { instanceNoise: 0.7 }, pair(0.49 / 4, Math.sqrt(0.25 - 0.49 ** 2 / 16))],
    ['instance noise 1', { instanceNoise: 1, loss: 'nonSaturating' }, pair(0.25, Math.sqrt(0.25 - 1 / 16))],
  ])('%s', (_, differences, expected) => {
    // A double root is found to the root of the rounding.
    expectSpectrum({ kind: 'dirac', ...differences }, [0, 0], expected, 6);
  });

  test('critical R1, γ = 1: a double eigenvalue ½', () => {
    expectSpectrum(
      { kind: 'dirac', penalty: R1(1) },
      [0, 0],
      [
        [0.5, 0],
        [0.5, 0],
      ],
    );
  });

  /** The field that plain steps follow under these parts of an optimizer, by the change that a step of rate 1 is. */
  const followed = (point: readonly number[], more: object) =>
    play({ game: { kind: 'dirac', start: point }, ...descent(1), ...more }, 1).point.map(
      (value, i) => point[i] - value,
    );
  const consensus = (weight: number) => ({
    adjustment: { kind: 'consensus', control: { kind: 'fixed', weight } },
  });
  const locallyStable = (weight: number) => ({ adjustment: { kind: 'locallyStable', weight } });

  test.each<[string, object, [number, number][]]>([
    ...[0.3, 0.5, 1, 2].map((weight): [string, object, [number, number][]] => [
      `consensus ${weight}: γ/4 ± i/2`,
      consensus(weight),
      pair(weight / 4, 0.5),
    ]),
    // λ² − (η/2) λ + ¼ = 0.
    ['the locally stable regulariser 0.1', locallyStable(0.1), pair(0.025, 0.499375)],
    ['the locally stable regulariser 0.5', locallyStable(0.5), pair(0.125, 0.484123)],
    ['the locally stable regulariser 1', locallyStable(1), pair(0.25, 0.433013)],
  ])('under %s', (_, more, expected) => {
    const h = 1e-4;
    const column = (direction: readonly number[]) => {
      const [ahead, behind] = [h, -h].map((by) =>
        followed(
          direction.map((x) => by * x),
          more,
        ),
      );
      return ahead.map((value, i) => (value - behind[i]) / (2 * h));
    };
    const [first, second] = [column([1, 0]), column([0, 1])];
    const { re, im } = eigenvalues(Float64Array.of(first[0], second[0], first[1], second[1]), 2);
    expectClose(re, [expected[0][0], expected[0][0]], 6);
    expectClose(im.map(Math.abs), [expected[0][1], expected[0][1]], 6);
  });

  test('the gradient of ½‖F‖² is exact, where the authors’ notebook has half of one term', () => {
    // Its points (1, 1) and (½, −2), with φ = −ψ.
    for (const [point, expected] of [
      [
        [1, -1],
        [-0.0334247, 0.0334247],
      ],
      [
        [0.5, 2],
        [1.48896947, 1.37432983],
      ],
    ]) {
      const plain = followed(point, {});
      expectClose(
        followed(point, consensus(1)).map((value, i) => value - plain[i]),
        expected,
        7,
      );
    }
  });

  test.each([
    [1, 0.15, 0.477],
    [2, 0.3, 0.6403],
    [5, 0.75, 0.8292],
    [10, 1.5, 0.5],
  ])('with R1 of 0.3 and a discriminator %i times as fast: eigenvalues %d ± %d i', (ratio, re, im) => {
    // Two time-scale updates (Heusel et al. 2017): those of diag(1, r) J.
    const J = jacobian({ kind: 'dirac', penalty: R1(0.3) }, [0, 0]);
    const found = eigenvalues(
      J.map((value, at) => (at < 2 ? value : ratio * value)),
      2,
    );
    expectClose(found.re, [re, re], 4);
    expectClose(found.im.map(Math.abs), [im, im], 4);
  });

  test('with R1 of γ < 1, simultaneous steps are stable below a rate of 4 γ', () => {
    for (const weight of [0.3, 0.5]) {
      const [[re, im]] = spectrum({ kind: 'dirac', penalty: R1(weight) }, [0, 0]);
      expect((2 * re) / (re * re + im * im)).toBeCloseTo(4 * weight, 12);
    }
  });

  /** 500 steps of rate 0.2 from (1, -1), as in the authors' notebook; the generator first where in turn. */
  function radius(differences: Record<string, unknown>, scheme: 'sim' | 'alt1' | 'alt5', more = {}): number {
    const { point } = play(
      {
        game: { kind: 'dirac', start: [1, -1], ...differences },
        ...descent(0.2),
        ...(scheme !== 'sim' && {
          scheme: {
            kind: 'alternating',
            first: 'generator',
            discriminatorSteps: scheme === 'alt5' ? 5 : 1,
          },
        }),
        ...more,
      },
      500,
    );
    return norm(point);
  }
  const clipped = { constraint: { kind: 'box', bound: 1, whose: 'discriminator' } };
  // The notebook's penalty is (λ/2)(|ψ| - g0)^2.
  const gradientPenalty = {
    penalty: { kind: 'gradientPenalty', weight: 0.35, target: 1 },
    loss: 'wasserstein',
  };

  test.each<[string, Record<string, unknown>, number[], object?]>([
    ['saturating', { loss: 'minimax' }, [3.096949, 1.421019, 1.845274]],
    ['non-saturating', { loss: 'nonSaturating' }, [0.640207, 0.283923, 0.138877]],
    ['WGAN clipped at 1', { loss: 'wasserstein' }, [1.002152, 1.024119, 0.916885], clipped],
    ['WGAN-GP', gradientPenalty, [1.801793, 1.221067, 0.716301]],
    ['least squares (0, 1, 1)', { loss: 'leastSquares', start: [1, 1] }, [1.317946, 1.303681, 1.068518]],
    [
      'least squares (−1, 1, 0)',
      {
        loss: { kind: 'leastSquares', fakeLabel: -1, realLabel: 1, generatorLabel: 0 },
        start: [1, 1],
      },
      [1.185996, 1.124097, 1.750183],
    ],
  ])('%s ends where the notebook does: sim, alternating, five steps a turn', (_, game, radii, more) => {
    const found = (['sim', 'alt1', 'alt5'] as const).map((scheme) => radius(game, scheme, more));
    expectClose(found, radii, 6);
  });

  test('consensus of weight 1 converges, but five such steps a turn overshoot into where all is flat', () => {
    expect(radius({}, 'sim', consensus(1))).toBeLessThan(1e-6);
    expect(radius({}, 'alt1', consensus(1))).toBeLessThan(1e-6);
    expect(radius({}, 'alt5', consensus(1))).toBeCloseTo(10.968739, 6);
  });

  test('R1 and instance noise converge', () => {
    for (const scheme of ['sim', 'alt1', 'alt5'] as const) {
      expect(radius({ penalty: R1(0.3) }, scheme)).toBeLessThan(3e-6);
      expect(radius({ penalty: R1(1) }, scheme)).toBeLessThan(3e-6);
      expect(radius({ penalty: R1(0.3), loss: 'nonSaturating' }, scheme)).toBeLessThan(3e-6);
    }
    expect(radius({ instanceNoise: 0.7 }, 'sim')).toBeCloseTo(5.730552e-5, 10);
  });

  test('a simultaneous step multiplies the squared radius by 1 + h² σ²', () => {
    let before = [1, -1];
    play({ game: 'dirac', ...descent(0.2) }, 5, ({ point }) => {
      const sigma = 1 / (1 + Math.exp(-before[0] * before[1]));
      const ratio = norm(point) ** 2 / (before[0] ** 2 + before[1] ** 2);
      expect(ratio).toBeCloseTo(1 + 0.04 * sigma ** 2, 13);
      before = [...point];
    });
  });
});

test('gradient reversal on the linear domains unlearns the cue: κ without it, κ c / (c + λ m²) with it', () => {
  for (const [lambda, expected] of [
    [0, 1],
    [1, 1 / 5],
    [6, 1 / 25],
  ]) {
    const { point } = play({ game: { kind: 'linearDomains', lambda }, ...descent(0.05) }, 2000);
    expectClose([...point], [1, expected, 2 * expected], 12);
  }
});

describe('limit cycles', () => {
  const equilibrium = sceneOf(experimentOf({ game: 'forsaken' })).model.equilibria[0].point;
  const away = (point: ArrayLike<number>) => Math.hypot(point[0] - equilibrium[0], point[1] - equilibrium[1]);
  const schemes: Record<string, object> = {
    simultaneous: {},
    alternating: { scheme: 'alternating' },
    extragradient: { scheme: 'extragradient' },
    optimistic: { scheme: 'optimistic' },
  };

  test('forsaken: its equilibrium', () => {
    expectClose(equilibrium, [0.0780266687, 0.4119338514], 10);
  });

  /** Where ẇ = ∓F leads from a point until a time, by Runge and Kutta's steps; `see` is shown those after another. */
  function flow(
    game: GameSettings,
    start: readonly number[],
    [from, until]: readonly [number, number],
    see: (time: number, point: Float64Array) => void,
    sign = -1,
    h = 0.01,
  ): void {
    const field = sceneOf(experimentOf({ game })).field(0, 0, 0);
    const along = (w: Float64Array, k: Float64Array, by: number) => w.map((x, i) => x + by * k[i]);
    const pull = (w: Float64Array) => field.at(w).map((x) => sign * x);
    let w = Float64Array.from(start);
    for (let step = 1; step * h <= until; step++) {
      const a = pull(w);
      const b = pull(along(w, a, h / 2));
      const c = pull(along(w, b, h / 2));
      const d = pull(along(w, c, h));
      w = w.map((x, i) => x + (h / 6) * (a[i] + 2 * b[i] + 2 * c[i] + d[i]));
      if (step * h > from) see(step * h, w);
    }
  }
  /** Least and largest of a measure along a flow. */
  function range(measure: (point: ArrayLike<number>) => number, ...path: [...Parameters<typeof flow>]) {
    const seen: number[] = [];
    const [game, start, times, , sign, h] = path;
    flow(game, start, times, (_, point) => void seen.push(measure(point)), sign, h);
    return [Math.min(...seen), Math.max(...seen)];
  }
  const unseen = () => {};

  test('forsaken: the flow ends on a cycle 0.923 to 1.917 away, a turn in 7.548', () => {
    const crossings: number[] = [];
    let last: [time: number, x: number] = [0, Number.NaN];
    const distances: number[] = [];
    flow({ kind: 'forsaken' }, [0.5, 0.5], [200, 300], (time, point) => {
      const x = point[0] - equilibrium[0];
      if (last[1] <= 0 && x > 0) crossings.push(last[0] + ((time - last[0]) * last[1]) / (last[1] - x));
      last = [time, x];
      distances.push(away(point));
    });
    const turns = crossings.length - 1;
    expect((crossings[turns] - crossings[0]) / turns).toBeCloseTo(7.548, 3);
    expectClose([Math.min(...distances), Math.max(...distances)], [0.92258, 1.91721], 4);
  });

  test('forsaken: between them an unstable cycle, 0.121 to 0.299 away, which the flow backwards finds', () => {
    const near = [equilibrium[0] + 0.02, equilibrium[1]];
    const [, end] = range(away, { kind: 'forsaken' }, near, [200, 300], unseen);
    expect(end).toBeLessThan(4e-6);
    expectClose(range(away, { kind: 'forsaken' }, near, [300, 400], unseen, 1), [0.12098, 0.29889], 4);
  });

  const inTurn = { scheme: { kind: 'alternating', first: 'generator' } };
  test.each<[string, object, number, number, number]>([
    ['simultaneous', {}, 0.9676, 0.9353, 0.0016],
    ['alternating', inTurn, 1.4317, 1.362, 0],
    ['extragradient', { scheme: 'extragradient' }, 1.5422, 1.7046, 0],
    ['optimistic', { scheme: 'optimistic' }, 1.5948, 1.7615, 0],
  ])('forsaken, %s: how far 4,000 steps of 0.05 end from it', (_, more, ...expected) => {
    const found = [
      [0.5, 0.5],
      [1, 1],
      [0.1, 0.5],
    ].map((start) =>
      away(play({ game: { kind: 'forsaken', start }, ...descent(0.05), ...more }, 4000).point),
    );
    expectClose(found, expected, 4);
  });

  test.each(Object.entries(schemes))('forsaken, %s: from (½, ½) it ends on the outer cycle', (_, more) => {
    const seen: number[] = [];
    play({ game: 'forsaken', ...descent(0.05), ...more }, 4000, ({ point, step }) => {
      if (step > 3500) seen.push(away(point)); // three turns of 7.5 / 0.05 steps
    });
    // The flow's cycle is 0.923 to 1.917 away; steps of 0.05 widen or narrow it a little.
    expect(Math.min(...seen)).toBeGreaterThan(0.8);
    expect(Math.max(...seen)).toBeLessThan(2.1);
    expect(Math.max(...seen)).toBeGreaterThan(1.7);
  });

  test('forsaken: consensus of γ = 1 reaches the equilibrium', () => {
    const adjustment = { kind: 'consensus', control: { kind: 'fixed', weight: 1 } };
    for (const start of [
      [0.5, 0.5],
      [1, 1],
      [0.1, 0.5],
    ]) {
      const { point } = play({ game: { kind: 'forsaken', start }, ...descent(0.05), adjustment }, 4000);
      expect(away(point)).toBeLessThan(1e-6);
    }
  });

  test.each(Object.entries(schemes))('forsaken, %s: from (0.1, 0.5) it nears the equilibrium', (_, more) => {
    const game = { kind: 'forsaken', start: [0.1, 0.5] };
    expect(away(play({ game, ...descent(0.05), ...more }, 4000).point)).toBeLessThan(0.01);
  });

  test('almost bilinear: extragradient steps longer than ε make the unstable origin stable, shorter ones do not', () => {
    const end = (epsilon: number, more: object, steps: number) =>
      norm(
        play({ game: { kind: 'almostBilinear', epsilon, start: [0.3, 0] }, ...descent(0.05), ...more }, steps)
          .point,
      );
    expect(end(0.01, { scheme: 'extragradient' }, 20_000) / 6.50320454e-10).toBeCloseTo(1, 6);
    expect(end(0.1, { scheme: 'extragradient' }, 2000)).toBeCloseTo(0.8066489974, 9);
    // Simultaneous steps widen the cycle to about √(4 (1 + η/ε) / 3) = 2.83.
    expect(end(0.01, {}, 20_000)).toBeCloseTo(2.87758061, 7);
    expect(end(0.1, {}, 2000)).toBeCloseTo(1.384115684, 9);
  });

  test('almost bilinear: the flow ends near the radius 2/√3', () => {
    const game = (epsilon: number) => ({ kind: 'almostBilinear', epsilon });
    const radii = (of: ArrayLike<number>) => Math.hypot(of[0], of[1]);
    const wide = range(radii, game(0.1), [0.3, 0], [500, 600], unseen, -1, 0.02);
    expectClose(wide, [1.142606, 1.167622], 5);
    const narrow = range(radii, game(0.01), [0.3, 0], [5000, 6000], unseen, -1, 0.05);
    expectClose(narrow, [1.153455, 1.155955], 5);
    expect((narrow[0] + narrow[1]) / 2).toBeCloseTo(2 / Math.sqrt(3), 5);
  });

  test('no way to settle: the flow cycles 1.0695 to 1.2483 from the origin', () => {
    const radii = (of: ArrayLike<number>) => Math.hypot(of[0], of[1]);
    const game = { kind: 'marketCycle', variant: 'zeroSum' };
    expectClose(range(radii, game, [0.5, 0.5], [60, 100], unseen), [1.069539, 1.248317], 5);
  });

  test.each<[string, object, number]>([
    ['simultaneous', {}, 1.25315988],
    ['alternating', inTurn, 1.15595008],
    ['extragradient', { scheme: 'extragradient' }, 1.2269801],
    ['optimistic', { scheme: 'optimistic' }, 1.22682839],
  ])('no way to settle, %s: where 20,000 steps of 0.02 end', (_, more, expected) => {
    const game = { kind: 'marketCycle', variant: 'zeroSum', start: [0.5, 0.5] };
    expect(norm(play({ game, ...descent(0.02), ...more }, 20_000).point)).toBeCloseTo(expected, 7);
  });

  test.each(Object.entries(schemes))('no way to settle, %s: it keeps cycling in [1.06, 1.26]', (_, more) => {
    const seen: number[] = [];
    play(
      { game: { kind: 'marketCycle', variant: 'zeroSum' }, ...descent(0.002), ...more },
      20_000,
      ({ point, step }) => {
        if (step > 15_000) seen.push(norm(point));
      },
    );
    // The flow's cycle is 1.0695 to 1.2483 from the origin.
    expect(Math.min(...seen)).toBeGreaterThan(1.06);
    expect(Math.max(...seen)).toBeLessThan(1.26);
  });

  test('the market game: the origin, a maximum for both, is left for good', () => {
    const seen: number[] = [];
    play({ game: { kind: 'marketCycle', start: [0.05, 0] }, ...descent(0.01) }, 5000, ({ point, step }) => {
      if (step > 3000) seen.push(norm(point));
    });
    expect(Math.min(...seen)).toBeGreaterThan(0.5);
    expect(Math.max(...seen)).toBeLessThan(2);
  });
});

test('two time scales: without noise, rates of 0.01 are caught in a two-cycle at |θ| = 0.4682; smaller ones settle', () => {
  const game = { kind: 'twoTimescale', noise: 0 };
  const seen: number[] = [];
  play({ game, ...descent(0.01) }, 5000, ({ point, step }) => {
    if (step > 4990) seen.push(Math.abs(point[0]));
  });
  for (const theta of seen) expect(theta).toBeCloseTo(0.4682, 4);
  expect(norm(play({ game, ...descent(0.001) }, 5000).point)).toBeLessThan(1e-3);
  expect(norm(play({ game, ...descent(1e-4, 0.01) }, 5000).point)).toBeLessThan(1e-6);
});

test.each([
  [0.01, 0.01, 0.468205838426, 0],
  [0.001, 0.001, 0, -1.796299391607e-5],
  [1e-4, 0.01, 0, 0],
  [0.01, 1e-4, 5.469649262761e-4, -0.145904011844],
])('two time scales, in turn, without noise: rates of %d and %d end at (%d, %d)', (first, second, ...end) => {
  // Rates and start of the code of Heusel et al. 2017 (arXiv:1706.08500).
  const game = { kind: 'twoTimescale', noise: 0 };
  const scheme = { kind: 'alternating', first: 'generator' };
  expectClose(play({ game, scheme, ...descent(first, second) }, 5000).point, end, 11);
});

describe('what a game remembers or counts', () => {
  test('instance noise fades linearly; a duration of 0 is for ever, also when a slider comes back to it', () => {
    const at = (annealing: number, step: number, turnedTo = annealing) => {
      const of = (duration: number) =>
        experimentOf({ game: { ...smallGan, regularisation: { instanceNoise: 0.5, annealing: duration } } });
      const scene = sceneOf(of(annealing));
      if (turnedTo !== annealing) scene.turnDials(of(turnedTo));
      return scene.field(0, step, 0).losses(scene.initialPoint(0));
    };
    expect(at(0, 1000)).toEqual(at(100, 1000, 0));
    expect(at(100, 25)).toEqual(at(0, 25, 100));
    // Half way, half the noise; afterwards none.
    const quiet = (noise: number, step: number) => {
      const scene = sceneOf(
        experimentOf({ game: { ...smallGan, regularisation: { instanceNoise: noise } } }),
      );
      return scene.field(0, step, 0).losses(scene.initialPoint(0));
    };
    expectClose(at(100, 50), quiet(0.25, 50), 13);
    expect(at(100, 100)).toEqual(quiet(0, 100));
    expect(at(100, 5000)).toEqual(quiet(0, 5000));
  });

  test('historical averaging pulls towards the running mean of the past, by 2 c (w − mean)', () => {
    const history = 0.3;
    const game = { ...smallGan, regularisation: { historicalAveraging: true, history } };
    const pulled = sceneOf(experimentOf({ game }));
    const free = sceneOf(experimentOf({ game: smallGan }));
    const sum = new Float64Array(free.size);
    let count = 0;
    play({ game, ...descent(0.1) }, 5, ({ point, states, step }) => {
      count += 1;
      point.forEach((value, i) => {
        sum[i] += value;
      });
      const mean = sum.map((value) => value / count);
      expectClose(states.past, mean, 14);
      expect(states['past.steps'][0]).toBe(count);
      pulled.keepStates(states);
      const bent = pulled.field(0, step, 0).at(point);
      const plain = free.field(0, step, 0).at(point);
      const pull = bent.map((value, i) => value - plain[i]);
      expectClose(
        pull,
        point.map((value, i) => 2 * history * (value - mean[i])),
        12,
      );
    });
  });

  test('before its first step there is no past to be pulled to', () => {
    const game = { ...smallGan, regularisation: { historicalAveraging: true, history: 5 } };
    const pulled = sceneOf(experimentOf({ game }));
    const point = pulled.initialPoint(0);
    expect(pulled.field(0, 0, 0).at(point)).toEqual(
      sceneOf(experimentOf({ game: smallGan }))
        .field(0, 0, 0)
        .at(point),
    );
  });

  test('weight decay adds d w to the field of each', () => {
    const game = { ...smallGan, regularisation: { weightDecay: 0.2 } };
    const decayed = sceneOf(experimentOf({ game }));
    const point = decayed.initialPoint(0);
    const plain = sceneOf(experimentOf({ game: smallGan }))
      .field(0, 0, 0)
      .at(point);
    const decay = decayed
      .field(0, 0, 0)
      .at(point)
      .map((value, i) => value - plain[i]);
    expectClose(
      decay,
      point.map((value) => 0.2 * value),
      13,
    );
  });

  test.each(['generator', 'discriminator'] as const)(
    'a frozen %s stands still while the other learns',
    (frozen) => {
      const { point } = play({ game: { ...smallGan, frozen }, ...descent(0.1) }, 5);
      const scene = sceneOf(experimentOf({ game: smallGan }));
      const first = scene.initialPoint(0);
      const halves = [
        [0, scene.split],
        [scene.split, scene.size],
      ];
      const moved = halves.map(([from, to]) =>
        norm(point.slice(from, to).map((x, i) => x - first[from + i])),
      );
      expect(moved[frozen === 'generator' ? 0 : 1]).toBe(0);
      expect(moved[frozen === 'generator' ? 1 : 0]).toBeGreaterThan(0.001);
    },
  );
});

describe('rock, paper, scissors', () => {
  const game = (parameters: string, more = {}) => ({ kind: 'rockPaperScissors', parameters, ...more });
  /** How much both players could gain together: 0 at the equilibrium only. */
  function gapOf(both: ArrayLike<number>): number {
    const [p, q] = [Array.from(both).slice(0, 3), Array.from(both).slice(3)];
    const worth = [q[2] - q[1], q[0] - q[2], q[1] - q[0]];
    const cost = [p[1] - p[2], p[2] - p[0], p[0] - p[1]];
    return Math.max(...worth) - Math.min(...cost);
  }
  /** The strategies after each of the steps, both players' in one vector. */
  function strategies(experiment: Record<string, unknown>, steps: number): Float64Array[] {
    const scene = sceneOf(experimentOf(experiment));
    const picture = scene.model.picture as SimplexPicture;
    const read = scene.program('strategies', () => ({ both: picture.strategies }));
    const seen: Float64Array[] = [];
    play(experiment, steps, ({ point }) => seen.push(read.run(point).both.slice()));
    return seen;
  }
  const gap = (experiment: Record<string, unknown>, steps: number) =>
    gapOf(strategies(experiment, steps)[steps - 1]);

  const inLogits = { game: game('softmax'), ...descent(1) };
  const inWeights = { game: game('mirror'), ...descent(0.1) };
  const lookahead = { kind: 'lookahead', steps: 15, fraction: 0.5 };
  const inTurn = { kind: 'alternating', first: 'generator' };
  test.each<[string, Record<string, unknown>, number, number]>([
    ['simultaneous', inLogits, 1.763, 0.08533],
    ['alternating', { ...inLogits, scheme: inTurn }, 0.03489, 1.622e-4],
    ['extragradient', { ...inLogits, scheme: 'extragradient' }, 0, 5.788e-5],
    ['optimistic', { ...inLogits, scheme: 'optimistic' }, 0, 5.954e-5],
    ['lookahead', { ...inLogits, lookahead }, 0, 1.384e-4],
    ['multiplicative weights', inWeights, 0.7713, 0.01015],
    ['optimistic weights', { ...inWeights, scheme: 'optimistic' }, 0.001622, 2.083e-4],
  ])('%s: the gap of the last of 2,000 steps, and of their average', (_, experiment, last, average) => {
    const seen = strategies(experiment, 2000);
    const mean = seen[0].map((_, i) => seen.reduce((sum, both) => sum + both[i], 0) / seen.length);
    const [lastFound, averageFound] = [gapOf(seen[1999]), gapOf(mean)];
    if (last === 0) expect(lastFound).toBeLessThan(1e-14);
    else expect(Math.abs(lastFound / last - 1)).toBeLessThan(5e-4);
    expect(Math.abs(averageFound / average - 1)).toBeLessThan(5e-4);
  });

  test('multiplicative weights, projected descent and projected extragradient are where the rerun is', () => {
    const direct = { game: game('direct'), ...descent(0.05), constraint: 'simplex' };
    const end = (experiment: Record<string, unknown>) => strategies(experiment, 2000)[1999];
    expectClose(end(inWeights), [0.248762, 0.633931, 0.117307, 0.666282, 0.053548, 0.28017], 6);
    expectClose(end(direct), [0.377734, 0.024707, 0.597559, 0.286768, 0.671761, 0.041471], 6);
    expectClose(
      end({ ...direct, scheme: 'extragradient' }),
      [0.333329, 0.333335, 0.333335, 0.333333, 0.333321, 0.333346],
      6,
    );
  });

  test('against (.36, .32, .32) paper is best: it earns .04', () => {
    const start = { startFirst: [0.36, 0.32, 0.32], startSecond: [1, 0, 0] };
    const cards = { game: game('direct', start) };
    const field = sceneOf(experimentOf(cards)).field(0, 0, 0);
    expectClose(field.at(Float64Array.of(0.36, 0.32, 0.32, 1, 0, 0)).subarray(3), [0, -0.04, 0.04], 14);
    expectClose(play({ ...cards, scheme: 'bestResponse' }, 1).point.subarray(3), [0, 1, 0], 15);
  });

  test.each<[string, number, number, Record<string, unknown>, number]>([
    ['multiplicative weights spiral out', 0.7713, 0.771, { game: game('mirror'), ...descent(0.1) }, 3],
    [
      'optimistic ones come in',
      0.00162,
      0.00162,
      { game: game('mirror'), ...descent(0.1), scheme: 'optimistic' },
      5,
    ],
    [
      'projected descent ends at the border',
      0.9578,
      0.958,
      { game: game('direct'), ...descent(0.05), constraint: 'simplex' },
      3,
    ],
    [
      'projected extragradient comes in',
      3.16e-5,
      3.2e-5,
      { game: game('direct'), ...descent(0.05), constraint: 'simplex', scheme: 'extragradient' },
      6,
    ],
    ['softmax logits spiral out', 1.763, 1.76, { game: game('softmax'), ...descent(1) }, 2],
    [
      'in turn they stay',
      0.0349,
      0.035,
      { game: game('softmax'), ...descent(1), scheme: { kind: 'alternating', first: 'generator' } },
      3,
    ],
  ])('%s: a gap of %f after 2000 steps', (_, __, expected, experiment, digits) => {
    expect(gap(experiment, 2000)).toBeCloseTo(expected, digits);
  });

  test('softmax logits by extragradient: the equilibrium, to the last digits', () => {
    expect(gap({ game: game('softmax'), ...descent(1), scheme: 'extragradient' }, 2000)).toBeLessThan(1e-14);
  });

  test('fictitious play: a gap of 0.0053 after 100,000 rounds', () => {
    const start = { startFirst: [1, 0, 0], startSecond: [0, 1, 0] };
    expect(gap({ game: game('direct', start), scheme: 'fictitiousPlay' }, 100_000)).toBeCloseTo(0.0053, 4);
  }, 30_000);
});
