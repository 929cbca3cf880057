/**
 * What Saddle says of the parts of its optimizers, held to closed forms and published numbers: adjustments,
 * wrappers, clippings, rules, schedules, foresights, and the schemes of matrix games.
 */
import { describe, expect, test } from 'vitest';
import { consensus } from '../src/catalog/adjustments/consensus.ts';
import type { Experiment } from '../src/catalog/experiment.ts';
import type { Place, Rule } from '../src/catalog/kinds.ts';
import { adagrad } from '../src/catalog/rules/adagrad.ts';
import { adam } from '../src/catalog/rules/adam.ts';
import { graft } from '../src/catalog/rules/graft.ts';
import { rules } from '../src/catalog/rules/index.ts';
import { normalized } from '../src/catalog/rules/normalized.ts';
import { optimisticAdam } from '../src/catalog/rules/optimisticAdam.ts';
import { radam } from '../src/catalog/rules/radam.ts';
import { cosine } from '../src/catalog/schedules/cosine.ts';
import { exponential } from '../src/catalog/schedules/exponential.ts';
import { inversePower } from '../src/catalog/schedules/inversePower.ts';
import { reference } from '../src/compute/reference/reference.ts';
import { openSession } from '../src/engine/session.ts';
import { judgedPoint } from '../src/engine/step.ts';
import { type Complex, modulus, divide as over, plus, power, times } from '../src/math/complex.ts';
import { eigenvalues } from '../src/math/eigenvalues.ts';
import { antisymmetricPart, identity, multiply, solve, transpose } from '../src/math/matrix.ts';
import type { Memory } from '../src/math/memory.ts';
import { largestRoot, type Polynomial, polynomial } from '../src/math/polynomial.ts';
import { stream } from '../src/math/random.ts';
import { norm, type Vector } from '../src/math/vector.ts';
import { defaults } from '../src/settings/index.ts';
import { descent, experimentOf, play, sceneOf, smallGan } from './catalog/given.ts';
import { radius } from './probing.ts';

type Differences = Readonly<Record<string, unknown>>;
const SPECTRAL = 1e-9;

const both = (rule: Differences) => ({ generator: rule, discriminator: rule });
const rotation = { kind: 'bilinear' };
const linear = (s: number, a: number) => ({ kind: 'quadratic', attraction: s, rotation: a });
const alternating = { kind: 'alternating', first: 'generator' };
const withConsensus = (weight: number, variant = 'full') => ({
  adjustment: { kind: 'consensus', variant, control: { kind: 'fixed', weight } },
});
const withSga = (weight: number) => ({ adjustment: { kind: 'sga', weight, align: false } });
const withNewton = (settings: Differences) => ({ adjustment: { kind: 'newton', ...settings } });
const withLookahead = (steps: number, fraction = 0.5) => ({
  lookahead: { kind: 'lookahead', steps, fraction },
});
const extragradientAhead = (steps: number, fraction = 0.5) => ({
  scheme: 'extragradient',
  ...withLookahead(steps, fraction),
});
const unrolled = (steps: number, rate: number, through = true) => ({
  foresight: { kind: 'unrolled', steps, rate, through },
});

const by = (factor: number, [re, im]: Complex): Complex => [factor * re, factor * im];
/** The larger root of z^2 - trace z + determinant. */
const ofMatrix = (trace: number, determinant: number) => largestRoot(polynomial(determinant, -trace, 1));

describe('the radius of one step on linear games is that of its closed form', () => {
  interface Form {
    readonly name: string;
    readonly differences: (eta: number) => Differences;
    /** The radius by s, a and eta; `steps` steps together. */
    readonly closed: (s: number, a: number, eta: number) => number;
    readonly steps?: number;
    /** Where the closed form holds for pure rotations only. */
    readonly rotationsOnly?: boolean;
  }
  const descentOf = (s: number, a: number, eta: number): Complex => [1 - eta * s, eta * a];
  const extragradientOf = (s: number, a: number, eta: number): Complex => {
    const scaled = by(eta, [s, -a]);
    return plus(plus([1, 0], by(-1, scaled)), times(scaled, scaled));
  };
  const forms: Form[] = [
    ...[0.5, 1, 10].flatMap((g): Form[] => [
      {
        name: `consensus ${g}`,
        differences: () => withConsensus(g),
        closed: (s, a, eta) => modulus([1 - eta * s - eta * g * (s * s + a * a), eta * a]),
      },
      {
        name: `two-batch consensus ${g}, where there are no batches`,
        differences: () => withConsensus(g, 'twoBatches'),
        closed: (s, a, eta) => modulus([1 - eta * s - eta * g * (s * s + a * a), eta * a]),
      },
      {
        name: `symplectic adjustment ${g}`,
        differences: () => withSga(g),
        closed: (s, a, eta) => modulus([1 - eta * s - eta * g * a * a, eta * a - eta * g * a * s]),
      },
      ...['discriminator', 'smoothing', 'generator'].map(
        (variant): Form => ({
          name: `consensus ${g}, ${variant}`,
          differences: () => withConsensus(g, variant),
          closed: (_s, a, eta) => ofMatrix(2 - eta * g * a * a, 1 - eta * g * a * a + eta * eta * a * a),
          rotationsOnly: true,
        }),
      ),
    ]),
    ...[0.1, 0.5].map(
      (weight): Form => ({
        name: `locally stable regulariser ${weight}`,
        differences: () => ({ adjustment: { kind: 'locallyStable', weight } }),
        closed: (_s, a, eta) =>
          ofMatrix(2 - 2 * eta * weight * a * a, 1 - 2 * eta * weight * a * a + eta * eta * a * a),
        rotationsOnly: true,
      }),
    ),
    ...[0.5, 2].map(
      (damping): Form => ({
        name: `damped Newton ${damping}`,
        differences: () => withNewton({ damping }),
        closed: (s, a, eta) =>
          modulus(plus([1, 0], by(-eta, over([s, -a], [1 + damping * s, -damping * a])))),
      }),
    ),
    ...[1, 2, 3, 4].map(
      (order): Form => ({
        name: `Neumann series of ${order}`,
        differences: (eta) => withNewton({ family: 'neumann', damping: eta, order }),
        closed: (s, a, eta) => {
          const lambda: Complex = [s, -a];
          let series: Complex = [0, 0];
          for (let m = 0; m < order; m++) series = plus(series, power(by(-eta, lambda), m));
          return modulus(plus([1, 0], by(-eta, times(lambda, series))));
        },
      }),
    ),
    ...(
      [
        [5, 0.5],
        [6, 0.5],
        [10, 0.8],
        [20, 0.3],
      ] as const
    ).flatMap(([k, fraction]): Form[] =>
      (
        [
          ['simultaneous', descentOf],
          ['extragradient', extragradientOf],
        ] as const
      ).map(([scheme, mu]) => ({
        name: `lookahead ${k}, ${fraction} over ${scheme}`,
        differences: () => ({ scheme, ...withLookahead(k, fraction) }),
        closed: (s, a, eta) => modulus(plus([1 - fraction, 0], by(fraction, power(mu(s, a, eta), k)))),
        steps: k,
      })),
    ),
    // The best d = c F for J d = F: c = Re λ / |λ|²; two dimensions hold the Newton step itself.
    {
      name: 'the Newton step as well as one product can tell',
      differences: () => withNewton({ family: 'krylov', order: 1 }),
      closed: (s, a, eta) => modulus(plus([1, 0], by((-eta * s) / (s * s + a * a), [s, -a]))),
    },
    {
      name: 'the Newton step, which two products tell whole',
      differences: () => withNewton({ family: 'krylov', order: 2 }),
      closed: (_s, _a, eta) => 1 - eta,
    },
    {
      name: 'nested lookahead 4 and 12, 0.5',
      differences: () => ({ lookahead: { kind: 'nested', steps: 4, slowSteps: 12, fraction: 0.5 } }),
      closed: (s, a, eta) => {
        const inner = plus([0.5, 0], by(0.5, power(descentOf(s, a, eta), 4)));
        return modulus(plus([0.5, 0], by(0.5, power(inner, 3))));
      },
      steps: 12,
    },
    ...(
      [
        [1, 0.1],
        [5, 0.2],
        [6, 0.3],
      ] as const
    ).flatMap(([steps, rate]): Form[] =>
      [true, false].map((through) => ({
        name: `unrolled ${steps} at ${rate}, ${through ? 'differentiated through' : 'stopped'}`,
        differences: () => unrolled(steps, rate, through),
        closed: (_s, a, eta) => {
          const c = (through ? 2 : 1) * steps * rate * a * a;
          return ofMatrix(2 - eta * c, 1 - eta * c + eta * eta * a * a);
        },
        rotationsOnly: true,
      })),
    ),
    {
      name: 'the linear form of competitive descent: the symplectic adjustment of weight eta',
      differences: () => ({ scheme: { kind: 'competitive', linear: true } }),
      closed: (_s, a, eta) => modulus([1 - eta * eta * a * a, eta * a]),
      rotationsOnly: true,
    },
    {
      name: 'optimistic steps of lag two',
      differences: () => ({ scheme: { kind: 'optimistic', lag: 'two' } }),
      closed: (s, a, eta) => largestRoot(lagTwo(s, a, eta)),
    },
    {
      name: 'the augmented Lagrangian',
      differences: () => ({
        adjustment: { kind: 'consensus', control: { kind: 'multiplier', weight: 1, gain: 0.1 } },
      }),
      // (z - 1) w = -eta (lambda + g |lambda|^2) w - eta conj(lambda) y, (z - 1) y = rho lambda w.
      closed: (s, a, eta) => {
        const square = s * s + a * a;
        const pull: Complex = [1 - eta * s - eta * square, eta * a];
        return largestRoot(polynomial(plus(pull, [eta * 0.1 * square, 0]), by(-1, plus(pull, [1, 0])), 1));
      },
    },
  ];
  function lagTwo(s: number, a: number, eta: number): Polynomial {
    const lambda = by(eta, [s, -a]);
    return polynomial(by(-1, lambda), 0, plus([-1, 0], by(2, lambda)), 1);
  }

  test.each(forms.map((form) => [form.name, form] as const))('%s', (_, form) => {
    for (const [s, a, eta] of [
      [0, 1, 0.1],
      [0, 1, 0.3],
      [0, 2, 0.2],
      [0.3, 1, 0.2],
      [1, 0.5, 0.4],
    ]) {
      if (form.rotationsOnly && s !== 0) continue;
      const differences = { game: linear(s, a), ...descent(eta), ...form.differences(eta) };
      expect(Math.abs(radius(differences, form.steps) - form.closed(s, a, eta))).toBeLessThan(SPECTRAL);
    }
  });
});

describe('the acceptance table of radii on the rotation', () => {
  test.each<[string, Differences, number, number, number?]>([
    ['extrapolation from the past', { scheme: 'pastExtragradient' }, 0.994936153, 0.9486832981],
    ['optimistic, lag two', { scheme: { kind: 'optimistic', lag: 'two' } }, 0.9843497348, 0.8558259729],
    ['prediction', { scheme: 'prediction' }, 0.9949874371, 0.9539392014],
    ['consensus 1', withConsensus(1), 0.9055385138, 0.7615773106],
    ['symplectic adjustment 1', withSga(1), 0.9055385138, 0.7615773106],
    ['consensus 10', withConsensus(10), 0.1, 2.0223748416],
    ['consensus 1 for the discriminator', withConsensus(1, 'discriminator'), 0.9539392014, 0.8888194417],
    ['consensus 1, smoothing', withConsensus(1, 'smoothing'), 0.9539392014, 0.8888194417],
    [
      'locally stable regulariser 0.5',
      { adjustment: { kind: 'locallyStable', weight: 0.5 } },
      0.9539392014,
      0.8888194417,
    ],
    ['competitive', { scheme: 'competitive' }, 0.9950371902, 0.9578262852],
    ['proximal point', { scheme: 'proximal' }, 0.9950371902, 0.9578262852],
    ['lookahead 5', withLookahead(5), 0.9813269142, 0.8395867964, 5],
    ['lookahead 6', withLookahead(6), 0.9701183112, 0.7447553476, 6],
    [
      'lookahead 5 over extragradient',
      { scheme: 'extragradient', ...withLookahead(5) },
      0.9566060768,
      0.6359344174,
      5,
    ],
    ['unrolled once at 0.1', unrolled(1, 0.1), 0.9949874371, 1.0148891565],
    ['unrolled five times at 0.2', unrolled(5, 0.2), 0.9, 0.7],
    ['damped Newton 0.5', withNewton({ damping: 0.5 }), 0.9633275663, 0.9121403401],
    ['damped Newton 2', withNewton({ damping: 2 }), 0.9602083107, 0.8820430828],
    ['consensus 0.5', withConsensus(0.5), 0.9552486587, 0.9013878189],
    ['consensus 0.5 for the discriminator', withConsensus(0.5, 'discriminator'), 0.9797958971, 0.9695359715],
    ['lookahead 10, 0.8', withLookahead(10, 0.8), 0.964163422, 1.0370086047, 10],
    ['lookahead 20, 0.3', withLookahead(20, 0.3), 0.6399603664, 1.3740255996, 20],
    ['lookahead 6 over extragradient', extragradientAhead(6), 0.9407139155, 0.5203040013, 6],
    ['lookahead 10, 0.8 over extragradient', extragradientAhead(10, 0.8), 0.8844087339, 0.3221414331, 10],
    ['lookahead 20, 0.3 over extragradient', extragradientAhead(20, 0.3), 0.6331840639, 0.8272526695, 20],
  ])('%s', (_, differences, slow, fast, steps) => {
    for (const [rate, expected] of [
      [0.1, slow],
      [0.3, fast],
    ]) {
      const found = radius({ game: rotation, ...descent(rate), ...differences }, steps);
      expect(Math.abs(found - expected)).toBeLessThan(SPECTRAL);
    }
  });

  test.each([
    [1, 1.0049875621, 1.0440306509],
    [2, 0.9950376877, 0.9581753493],
    [3, 0.9949376865, 0.9500678923],
    [4, 0.9950371903, 0.9578291132],
  ])('a Neumann series of %i terms, damped by the rate', (order, slow, fast) => {
    for (const [rate, expected] of [
      [0.1, slow],
      [0.3, fast],
    ]) {
      const family = withNewton({ family: 'neumann', damping: rate, order });
      const found = radius({ game: rotation, ...descent(rate), ...family });
      expect(Math.abs(found - expected)).toBeLessThan(SPECTRAL);
    }
  });
});

describe('on random quadratic games, whose J is not normal, one step has the radius of its operator', () => {
  type Matrix = Float64Array;
  interface Parts {
    readonly n: number;
    readonly J: Matrix;
    /** J with only the blocks of these names: P Q over R S. */
    only(...blocks: ('P' | 'Q' | 'R' | 'S')[]): Matrix;
  }
  const add = (a: Matrix, scale: number, b: Matrix) => a.map((value, i) => value + scale * b[i]);
  /** The inverse of a matrix times another. */
  function divided(a: Matrix, b: Matrix, n: number): Matrix {
    const out = new Float64Array(n * n);
    for (let j = 0; j < n; j++) {
      const column = solve(
        a,
        n,
        Float64Array.from({ length: n }, (_, i) => b[i * n + j]),
      );
      for (let i = 0; i < n; i++) out[i * n + j] = column[i];
    }
    return out;
  }
  const ETA = 0.1;
  const step = (n: number, bent: Matrix) => add(identity(n), -ETA, bent);
  const times = (n: number, ...factors: Matrix[]) => factors.reduce((a, b) => multiply(a, b, n));

  const operators: readonly [name: string, Differences, (parts: Parts) => Matrix, steps?: number][] = [
    ['simultaneous', {}, ({ n, J }) => step(n, J)],
    [
      'alternating, generator first',
      { scheme: alternating },
      ({ n, only }) => times(n, step(n, only('R', 'S')), step(n, only('P', 'Q'))),
    ],
    [
      'alternating, discriminator first',
      { scheme: { kind: 'alternating', first: 'discriminator' } },
      ({ n, only }) => times(n, step(n, only('P', 'Q')), step(n, only('R', 'S'))),
    ],
    ['extragradient', { scheme: 'extragradient' }, ({ n, J }) => step(n, add(J, -ETA, multiply(J, J, n)))],
    [
      'proximal point',
      { scheme: 'proximal' },
      ({ n, J }) => divided(add(identity(n), ETA, J), identity(n), n),
    ],
    [
      'competitive',
      { scheme: { kind: 'competitive', tolerance: 1e-14 } },
      ({ n, J, only }) => step(n, divided(add(identity(n), ETA, only('Q', 'R')), J, n)),
    ],
    ['consensus 2', withConsensus(2), ({ n, J }) => step(n, add(J, 2, times(n, transpose(J, n), J)))],
    [
      'consensus 2 for the discriminator',
      withConsensus(2, 'discriminator'),
      ({ n, J, only }) => step(n, add(J, 2, times(n, transpose(only('Q', 'S'), n), J))),
    ],
    [
      'consensus 2 for the generator',
      withConsensus(2, 'generator'),
      ({ n, J, only }) => step(n, add(J, 2, times(n, transpose(only('P', 'R'), n), J))),
    ],
    [
      'consensus 2, smoothing',
      withConsensus(2, 'smoothing'),
      ({ n, J, only }) => step(n, add(J, 2, times(n, transpose(only('Q'), n), only('P', 'Q')))),
    ],
    [
      'locally stable regulariser 0.5',
      { adjustment: { kind: 'locallyStable', weight: 0.5 } },
      ({ n, J, only }) => step(n, add(J, 1, times(n, transpose(only('R'), n), only('R', 'S')))),
    ],
    [
      'symplectic adjustment 2',
      withSga(2),
      ({ n, J }) => step(n, add(J, 2, times(n, transpose(antisymmetricPart(J, n), n), J))),
    ],
    [
      'damped Newton 2',
      withNewton({ damping: 2 }),
      ({ n, J }) => step(n, divided(add(identity(n), 2, J), J, n)),
    ],
    [
      'lookahead 3 of 0.8',
      withLookahead(3, 0.8),
      ({ n, J }) => add(identity(n), 0.8, add(times(n, step(n, J), step(n, J), step(n, J)), -1, identity(n))),
      3,
    ],
  ];

  test.each(operators)('%s', (_, differences, operator, steps) => {
    for (const instance of [1, 2]) {
      const game = { kind: 'randomQuadratic', dimension: 3, least: 0.2, most: 2, rotation: 2, instance };
      const { size, split, ...scene } = sceneOf(experimentOf({ game }));
      const J = new Float64Array(size * size);
      for (let j = 0; j < size; j++) {
        const unit = new Float64Array(size);
        unit[j] = 1;
        scene
          .field(0, 0, 0)
          .jvp(new Float64Array(size), unit)
          .forEach((value, i) => {
            J[i * size + j] = value;
          });
      }
      const only: Parts['only'] = (...blocks) =>
        J.map((value, at) => {
          const isLow = Math.floor(at / size) >= split;
          const isRight = at % size >= split;
          return blocks.some((name) => name === 'PQRS'[2 * Number(isLow) + Number(isRight)]) ? value : 0;
        });
      const { re, im } = eigenvalues(operator({ n: size, J, only }), size);
      const expected = Math.max(...re.map((value, i) => Math.hypot(value, im[i])));
      const found = radius({ game, ...descent(ETA), ...differences }, steps);
      expect(Math.abs(found - expected)).toBeLessThan(SPECTRAL);
    }
  });
});

describe('consensus', () => {
  const at = (eta: number, weight: number, variant = 'full') =>
    radius({ game: rotation, ...descent(eta), ...withConsensus(weight, variant) });

  test('is stable on a rotation below the rate 2 γ / (1 + γ^2), and best at half of it: 1 / sqrt(1 + γ^2)', () => {
    for (const g of [0.5, 1, 10]) {
      const edge = (2 * g) / (1 + g * g);
      expect(at(edge * 0.999, g)).toBeLessThan(1);
      expect(at(edge, g)).toBeCloseTo(1, 12);
      expect(at(edge * 1.001, g)).toBeGreaterThan(1);
      expect(at(edge / 2, g)).toBeCloseTo(1 / Math.sqrt(1 + g * g), 12);
      for (const other of [0.4, 0.6]) expect(at(edge * other, g)).toBeGreaterThan(at(edge / 2, g));
    }
  });

  test('paid by the discriminator alone is stable below the rate γ', () => {
    for (const variant of ['discriminator', 'smoothing']) {
      expect(at(0.99, 1, variant)).toBeLessThan(1);
      expect(at(1.01, 1, variant)).toBeGreaterThan(1);
    }
  });

  test('steps further along steep directions, where damped Newton steps less far', () => {
    for (const slope of [0.5, 2, 5]) {
      const step = (differences: Differences) =>
        1 - play({ game: linear(slope, 0), ...descent(0.01), ...differences }, 1).point[0];
      const turned = 1 + 0.1 * slope;
      expect(step(withConsensus(0.1))).toBeCloseTo(0.01 * slope * turned, 12);
      expect(step(withNewton({ damping: 0.1 }))).toBeCloseTo((0.01 * slope) / turned, 12);
      const series = withNewton({ family: 'neumann', damping: 0.1, order: 2 });
      expect(step(series)).toBeCloseTo(0.01 * slope * (2 - turned), 12);
    }
  });

  test('with dual ascent raises γ until ½‖F‖² meets its target, then lets it fall', () => {
    const control = { kind: 'dual', target: 1e-3, gain: 0.05 };
    const seen: [number, number][] = [];
    play(
      { game: rotation, ...descent(0.1), adjustment: { kind: 'consensus', control } },
      2000,
      ({ point, step, memory }) => {
        if ([50, 200, 2000].includes(step)) seen.push([norm(point), memory.adjustment.weight as number]);
      },
    );
    for (const [i, [length, weight]] of [
      [0.074428868223, 0.786307404629],
      [8.664356644895e-7, 0.779788874227],
      [6.297055783295e-62, 0.689788874227],
    ].entries()) {
      expect(seen[i][0] / length).toBeCloseTo(1, 9);
      expect(seen[i][1]).toBeCloseTo(weight, 11);
    }
    // By ρ τ a step.
    expect(seen[1][1] - seen[2][1]).toBeCloseTo(1800 * 0.05 * 1e-3, 9);
  });

  test('with dual ascent keeps γ between 0 and its bound', () => {
    const weightAfter = (control: Differences) => {
      const adjustment = { kind: 'consensus', control: { kind: 'dual', ...control } };
      return play({ game: rotation, ...descent(0.01), adjustment }, 3).memory.adjustment.weight;
    };
    expect(weightAfter({ target: 1e-3, gain: 10, most: 2 })).toBe(2);
    expect(weightAfter({ target: 100, gain: 10, most: 2 })).toBe(0);
  });

  test('steered by its spectrum changes γ by a factor of e at most, and looks as seldom as it is told', () => {
    // Where γ is 0 a rotation has an infinite ratio, and little is left of it in the first looks.
    const seen: number[] = [];
    const control = { kind: 'spectrum', first: 1e-6, target: 1, gain: 10, every: 3 };
    play(
      { game: rotation, ...descent(0.01), adjustment: { kind: 'consensus', control } },
      7,
      ({ memory }) => void seen.push(Math.log(memory.adjustment.weight as number) - Math.log(1e-6)),
    );
    expect(seen).toEqual([1, 1, 1, 2, 2, 2, 3].map((power) => expect.closeTo(power, 9)));
  });

  test.each([
    [1, 0.1, 0.9757289432],
    [10, 0.1, 0.9900036367],
    [0, 0.1, 1.0130055972],
    [1, 1, 1.0108122683],
  ])('with a multiplier, weight %d and gain %d, has the radius %d', (weight, gain, expected) => {
    const control = { kind: 'multiplier', weight, gain };
    const found = radius({ game: rotation, ...descent(0.1), adjustment: { kind: 'consensus', control } });
    expect(Math.abs(found - expected)).toBeLessThan(SPECTRAL);
  });

  test('steered by its spectrum settles at γ = 1 / (a ψ), where a rotation has the target ratio ψ', () => {
    // J + γ J'J of a rotation has the eigenvalues γ a^2 ± i a.
    for (const [a, target] of [
      [1, 1],
      [2, 0.5],
    ]) {
      const control = { kind: 'spectrum', target, every: 2 };
      const { memory } = play(
        {
          game: { ...rotation, strength: a },
          ...descent(0.05),
          adjustment: { kind: 'consensus', control },
        },
        600,
      );
      expect(memory.adjustment.weight).toBeCloseTo(1 / (a * target), 6);
    }
  });

  test('reads ½‖F‖² with the noise of its batch, .38 for .13, and of two batches without it', () => {
    // F = (.3, -.2) and unit noise in each entry, batches of 8: E‖F‖² = .13 + 2 / 8 (Huszár 2017, inFERENCe).
    const count = 50_000;
    const noise = stream(0, 'test.noise').normals(new Float64Array(4 * count));
    const target = 1e-3;
    const store = Array.from({ length: 3 }, () => new Float64Array(2));
    const readings = (variant: 'full' | 'twoBatches') => {
      let total = 0;
      for (let k = 0; k < count; k++) {
        const fieldOf = (batch: number) => {
          const read = (_w: Float64Array, out: Float64Array) => {
            for (const i of [0, 1]) out[i] = [0.3, -0.2][i] + noise[4 * k + 2 * batch + i] / Math.sqrt(8);
            return out;
          };
          const vjp = (_w: Float64Array, _v: Float64Array, out: Float64Array) => out.fill(0);
          return { at: read, vjp, withTransposed: (w: Float64Array, out: Float64Array) => void read(w, out) };
        };
        const memory = { weight: 10, wait: new Float64Array(0), multiplier: new Float64Array(0) };
        const look = {
          field: fieldOf(0),
          other: () => fieldOf(1),
          point: new Float64Array(2),
          settings: { control: { kind: 'dual', target, gain: 1, most: 100 }, variant },
          split: 1,
          scratch: (i: number) => store[i],
          memory,
        };
        consensus.at(look as never, new Float64Array(2));
        total += 2 * (memory.weight - 10 + target);
      }
      return total / count;
    };
    // Variances of ‖F₁‖² and F₁·F₂: 4 / 64 + 4 (.13 / 8), 2 / 64 + 2 (.13 / 8); five standard errors.
    expect(Math.abs(readings('full') - 0.38)).toBeLessThan(5 * Math.sqrt(0.1275 / count));
    expect(Math.abs(readings('twoBatches') - 0.13)).toBeLessThan(5 * Math.sqrt(0.06375 / count));
  });

  test('on one batch also shrinks the noise of the gradient; on two batches it does not', () => {
    // F = (1 + xi) w with xi of variance 1 / 8: E[J'F] = (1 + 1 / 8) w on one batch, w on two.
    const noise = stream(0, 'test.bias').normals(new Float64Array(80_000));
    const point = Float64Array.of(0.3, -0.2);
    const fieldOf = (factor: number) => {
      const times = (v: Float64Array, out: Float64Array) => {
        for (const i of [0, 1]) out[i] = factor * v[i];
        return out;
      };
      return {
        at: times,
        vjp: (_w: Float64Array, v: Float64Array, out: Float64Array) => times(v, out),
        withTransposed(w: Float64Array, out: Float64Array, product: Float64Array) {
          times(times(w, out), product);
        },
      };
    };
    const store: Float64Array[] = [];
    const mean = (variant: 'full' | 'twoBatches') => {
      let total = 0;
      for (let k = 0; k < noise.length; k += 2) {
        const [first, second] = [1 + noise[k] / Math.sqrt(8), 1 + noise[k + 1] / Math.sqrt(8)];
        const out = new Float64Array(2);
        const settings = { control: { kind: 'fixed' as const, weight: 1 }, variant };
        const scratch = (i: number) => {
          store[i] ??= new Float64Array(2);
          return store[i];
        };
        const look = { field: fieldOf(first), point, settings, split: 1, scratch };
        consensus.at(
          { ...look, memory: { weight: 0, multiplier: point }, other: () => fieldOf(second) } as never,
          out,
        );
        total += (out[0] - first * point[0]) / point[0];
      }
      return total / (noise.length / 2);
    };
    expect(Math.abs(mean('full') - 1.125)).toBeLessThan(0.02);
    expect(Math.abs(mean('twoBatches') - 1)).toBeLessThan(0.02);
  });
});

test('what bends a field costs the readings and products of its formula', () => {
  const cost = (adjustment: Differences, scheme = 'simultaneous') => {
    const { evaluations, products } = play({ game: smallGan, scheme, adjustment, ...descent(0.01) }, 3);
    return [evaluations / 3, products / 3];
  };
  const consensusOf = (control: object, more: object = {}) => ({ kind: 'consensus', control, ...more });
  const fixed = { kind: 'fixed', weight: 1 };
  expect(cost({ kind: 'none' })).toEqual([1, 0]);
  for (const variant of ['full', 'discriminator', 'smoothing', 'generator'])
    expect(cost(consensusOf(fixed, { variant })), variant).toEqual([1, 1]);
  expect(cost(consensusOf(fixed, { variant: 'twoBatches' }))).toEqual([2, 2]);
  expect(cost(consensusOf({ kind: 'dual' }))).toEqual([1, 1]);
  expect(cost(consensusOf({ kind: 'multiplier' }))).toEqual([1, 1]);
  // Two products for each dimension of the look at the spectrum, of which there is one here.
  expect(cost(consensusOf({ kind: 'spectrum', dimensions: 6 }))).toEqual([1, 1 + (2 * 6) / 3]);
  expect(cost({ kind: 'sga' })).toEqual([1, 2]);
  expect(cost({ kind: 'locallyStable' })).toEqual([1, 1]);
  expect(cost({ kind: 'newton', family: 'neumann', order: 4 })).toEqual([1, 3]);
  expect(cost({ kind: 'newton', family: 'krylov', order: 4 })).toEqual([1, 4]);
  expect(cost({ kind: 'smoothOut', count: 5 })).toEqual([5, 0]);
  // What is bent is bent at each reading; one player's reading bends the whole.
  expect(cost(consensusOf(fixed), 'extragradient')).toEqual([2, 2]);
  expect(cost(consensusOf(fixed), 'alternating')).toEqual([2, 2]);
});

test('ExtraAdam with a large ε and no momentum is extragradient, its moments shared or separate', () => {
  const [eta, epsilon] = [0.3, 1e9];
  const rule = { kind: 'adam', ...defaults(adam.settings), learningRate: eta * epsilon, beta1: 0, epsilon };
  for (const moments of ['shared', 'separate']) {
    const plain = experimentOf({ game: rotation, scheme: { kind: 'extragradient', moments } });
    const session = openSession({ ...plain, ...both(rule) } as Experiment, reference);
    session.advance(40);
    const expected = Math.SQRT2 * Math.sqrt(1 - eta ** 2 + eta ** 4) ** 40;
    expect(norm(session.state.point)).toBeCloseTo(expected, 7);
  }
});

test('SmoothOut on a linear game is the plain step on average, and within η a of it always', () => {
  const [eta, amplitude] = [0.1, 0.5];
  const total = [0, 0];
  const runs = 2000;
  for (let seed = 0; seed < runs; seed++) {
    const adjustment = { kind: 'smoothOut', amplitude };
    const { point } = play({ seed, game: rotation, ...descent(eta), adjustment }, 1);
    for (const [i, plain] of [1 - eta, 1 + eta].entries()) {
      expect(Math.abs(point[i] - plain)).toBeLessThanOrEqual(eta * amplitude);
      total[i] += (point[i] - plain) / runs;
    }
  }
  for (const bias of total) expect(Math.abs(bias)).toBeLessThan((5 * eta * amplitude) / Math.sqrt(3 * runs));
});

test('a reversed gradient of strength λ on a rotation has the radius √(1 + η² λ a²)', () => {
  for (const lambda of [0.5, 1, 6]) {
    // The generator descends −λ L_D, the discriminator L_D = −a x y.
    const game = { kind: 'typed', first: 'a*b*x*y', second: '-a*x*y', a: 1.5, b: lambda };
    const expected = Math.sqrt(1 + 0.01 * lambda * 1.5 ** 2);
    expect(Math.abs(radius({ game, ...descent(0.1) }) - expected)).toBeLessThan(SPECTRAL);
  }
});

describe('the symplectic adjustment', () => {
  test('aligns its sign: with stable points, against unstable ones, with rotations', () => {
    for (const [s, sign] of [
      [0.3, 1],
      [-0.3, -1],
      [0, 1],
    ]) {
      const start = [1, 0.5];
      const step = (align: boolean) =>
        play(
          { game: { ...linear(s, 1), start }, ...descent(1), adjustment: { kind: 'sga', weight: 1, align } },
          1,
        ).point;
      const plain = play({ game: { ...linear(s, 1), start }, ...descent(1) }, 1).point;
      for (const i of [0, 1]) {
        expect(step(true)[i] - plain[i]).toBeCloseTo(sign * (step(false)[i] - plain[i]), 12);
      }
    }
  });

  test('turns its sign where <F, J′F> <A′F, J′F> / d falls below -0.1', () => {
    // On J = s I + a K at the radius r: s a² (s² + a²)² r⁴ / 2.
    const [s, a] = [-0.3, 1];
    const edge = (0.2 / (-s * a * a * (s * s + a * a) ** 2)) ** 0.25;
    const isTurned = (r: number) => {
      const game = { ...linear(s, a), start: [r, 0] };
      const step = (adjustment: Differences) => play({ game, ...descent(1), ...adjustment }, 1).point;
      const [plain, aligned] = [step({}), step({ adjustment: { kind: 'sga', weight: 1, align: true } })];
      return Math.sign(aligned[0] - plain[0]) !== Math.sign(step(withSga(1))[0] - plain[0]);
    };
    expect([0.999, 1.001].map((part) => isTurned(part * edge))).toEqual([false, true]);
  });

  test('leaves pure descent alone, unlike consensus', () => {
    const game = linear(0.7, 0);
    const plain = play({ game, ...descent(0.1) }, 5).point;
    expect(play({ game, ...descent(0.1), ...withSga(1) }, 5).point).toEqual(plain);
    expect(play({ game, ...descent(0.1), ...withConsensus(1) }, 5).point).not.toEqual(plain);
  });
});

test('the published comparison with competitive descent: lengths after 50 steps at α = 1, 3, 6', () => {
  // As printed: to six digits, the long ones to three.
  const methods: [Differences, number, number, number][] = [
    [{ scheme: 'simultaneous' }, 1.88503, 1541.55, 3.42e9],
    [{ scheme: { kind: 'competitive', linear: true } }, 0.265672, 1.01417e-3, 1.51e5],
    [withSga(1), 4.59418e-5, Math.SQRT1_2, 7.4e39],
    [withConsensus(1), 4.59418e-5, Math.SQRT1_2, 7.4e39],
    [{ scheme: { kind: 'optimistic', first: 'zero' } }, 0.260102, 18.3221, 2.4e18],
    [{ scheme: 'competitive' }, 0.265248, 3.24349e-4, 1.4613e-10],
  ];
  for (const [method, ...expected] of methods) {
    [1, 3, 6].forEach((strength, i) => {
      const game = { kind: 'bilinear', strength, start: [0.5, 0.5] };
      const { point } = play({ game, ...descent(0.2), ...method }, 50);
      const unit = (expected[i] > 1e5 ? 0.1 : 1e-5) * 10 ** Math.floor(Math.log10(expected[i]));
      expect(Math.abs(norm(point) - expected[i])).toBeLessThan(0.51 * unit);
    });
  }
});

test('competitive descent with a rate for each player is the Nash point of the local game', () => {
  // On V = a theta phi: d_theta = -eta_G a (phi + d_phi), d_phi = eta_D a (theta + d_theta).
  const [a, etaG, etaD] = [2, 0.3, 0.05];
  const { point } = play(
    {
      game: { kind: 'bilinear', strength: a, start: [1, -2] },
      scheme: 'competitive',
      ...descent(etaG, etaD),
    },
    1,
  );
  expect(point[0] - 1).toBeCloseTo(-etaG * a * point[1], 12);
  expect(point[1] + 2).toBeCloseTo(etaD * a * point[0], 12);
});

test('competitive descent pays one reading, and two products for each iteration', () => {
  const cost = (settings: Differences) => {
    const scheme = { kind: 'competitive', ...settings };
    const { evaluations, products } = play({ game: smallGan, scheme, ...descent(0.1) }, 1);
    return [evaluations, products];
  };
  expect(cost({ iterations: 3, tolerance: 1e-14 })).toEqual([1, 6]);
  expect(cost({ linear: true })).toEqual([1, 2]);
});

describe('optimistic steps', () => {
  test('of lag two are stable below 0.35267 and best, 0.82205, at 0.28867; small rates pay three times', () => {
    const at = (eta: number, lag = 'two') =>
      radius({ game: rotation, scheme: { kind: 'optimistic', lag }, ...descent(eta) });
    expect(at(0.3526)).toBeLessThan(1);
    expect(at(0.3528)).toBeGreaterThan(1);
    expect(at(0.28867)).toBeCloseTo(0.82205, 5);
    expect(at(0.01)).toBeCloseTo(0.9998499387, 9);
    expect(at(0.05)).toBeCloseTo(0.9962111532, 9);
    expect(at(0.35267)).toBeLessThan(1);
    expect(at(0.35268)).toBeGreaterThan(1);
    for (const eta of [0.27, 0.31]) expect(at(eta)).toBeGreaterThan(at(0.28867));
    expect((1 - at(0.01)) / (1 - at(0.01, 'one'))).toBeCloseTo(3, 1);
  });

  test('that begin with the first point twice do not move in the first step, then as from there', () => {
    const scheme = { kind: 'optimistic', first: 'twice' };
    const still = play({ game: rotation, scheme, ...descent(0.1) }, 1).point;
    expect([...still]).toEqual([1, 1]);
    expect([...play({ game: rotation, scheme, ...descent(0.1) }, 2).point]).toEqual([0.9, 1.1]);
  });
});

test('prediction is sqrt(1 - η² a²), dies out at once at η a = 1, and is stable to 2 / sqrt 3', () => {
  const at = (eta: number) => radius({ game: rotation, scheme: 'prediction', ...descent(eta) });
  for (const eta of [0.1, 0.5, 0.9]) expect(at(eta)).toBeCloseTo(Math.sqrt(1 - eta * eta), 9);
  expect(norm(play({ game: rotation, scheme: 'prediction', ...descent(1) }, 2).point)).toBeLessThan(1e-15);
  expect(at(1.154)).toBeLessThan(1);
  expect(at(1.156)).toBeGreaterThan(1);
});

describe('alternating at a pace', () => {
  const moves = (pace: Differences, steps = 1, game: Differences = smallGan) => {
    const { memory } = play({ game, ...descent(0.01), scheme: { kind: 'alternating', pace } }, steps);
    return [memory.scheme.generatorMoves, memory.scheme.discriminatorMoves];
  };

  test('by accuracy moves only the player who is behind', () => {
    const experiment = experimentOf({ game: smallGan });
    const scene = sceneOf(experiment);
    const told = scene.field(0, 0, 0).accuracy?.(scene.initialPoint(0)) as number;
    expect(told * 24).toBeCloseTo(Math.round(told * 24), 9); // of 12 samples of each kind
    expect(moves({ kind: 'byAccuracy', low: told + 0.01, high: 1 })).toEqual([0, 1]);
    expect(moves({ kind: 'byAccuracy', low: 0, high: told - 0.01 })).toEqual([1, 0]);
    expect(moves({ kind: 'byAccuracy', low: told, high: told })).toEqual([1, 1]);
    expect(moves({ kind: 'byAccuracy', low: 1, high: 1 }, 1, rotation)).toEqual([1, 1]);
  });

  test('by losses goes on above a threshold, as long as it may', () => {
    const bounds = { kind: 'byLosses', most: 7 };
    expect(moves({ ...bounds, generatorLoss: 100, discriminatorLoss: -100 })).toEqual([1, 7]);
    expect(moves({ ...bounds, generatorLoss: -100, discriminatorLoss: 100 })).toEqual([7, 1]);
  });

  test('of WGAN moves the critic 100 times in each of the first 25 steps and in every 500th', () => {
    const seen: unknown[] = [];
    const scheme = { kind: 'alternating', discriminatorSteps: 5, pace: 'wgan' };
    play({ game: rotation, ...descent(1e-4), scheme }, 502, ({ memory, step }) => {
      if ([1, 25, 26, 500, 501, 502].includes(step)) seen.push(memory.scheme.discriminatorMoves);
    });
    expect(seen).toEqual([100, 100, 5, 5, 100, 5]);
  });

  test('by gradient norms moves the discriminator as many times as the generator’s gradient is longer', () => {
    const game = { ...rotation, start: [1, 5] };
    expect(moves({ kind: 'byNorms' }, 1, game)).toEqual([1, 1]);
    expect(moves({ kind: 'byNorms' }, 2, game)).toEqual([1, 5]);
    expect(moves({ kind: 'byNorms', most: 3 }, 2, game)).toEqual([1, 3]);
    expect(moves({ kind: 'byNorms' }, 2, { ...rotation, start: [5, 1] })).toEqual([1, 1]);
  });
});

describe('lookahead', () => {
  const at = (eta: number, k: number, fraction: number, scheme = 'simultaneous') =>
    radius({ game: rotation, scheme, ...descent(eta), ...withLookahead(k, fraction) }, k);

  test('of two steps contracts only for α < 2 / (4 + η²): half of the way back is not enough', () => {
    for (const eta of [0.1, 0.3]) {
      const edge = 2 / (4 + eta * eta);
      expect(at(eta, 2, edge - 1e-3)).toBeLessThan(1);
      expect(at(eta, 2, edge + 1e-3)).toBeGreaterThan(1);
      expect(at(eta, 2, 0.5)).toBeCloseTo(Math.sqrt(1 + eta ** 4 / 4), 12);
      for (const fraction of [0.1, 0.5, 1]) expect(at(eta, 1, fraction)).toBeGreaterThan(1);
    }
    expect(at(0.1, 3, 0.5)).toBeLessThan(1);
  });

  test('contracts while α < 2 (1 - Re μᵏ) / |1 - μᵏ|²', () => {
    for (const [eta, k] of [
      [0.1, 6],
      [0.3, 6],
      [0.3, 10],
    ]) {
      const mu = power([1, eta], k);
      const edge = (2 * (1 - mu[0])) / modulus([1 - mu[0], mu[1]]) ** 2;
      if (edge < 1) expect(at(eta, k, edge + 1e-3)).toBeGreaterThan(1);
      expect(at(eta, k, Math.min(1, edge) - 1e-3)).toBeLessThan(1);
    }
  });

  test.each([
    [
      0.1,
      [1.000012, 0.996281, 0.981327, 0.970118, 0.900861, 0.762248, 0.573183, 0.114585, 0.466205, 1.160769],
    ],
    [
      0.3,
      [1.001012, 0.968895, 0.839587, 0.744755, 0.303758, 0.917553, 1.647681, 1.466971, 3.134709, 6.755142],
    ],
  ])(
    'at the rate %d, half of the way, has these radii after 2, 3, 5, 6, 10, 15, 20, 30, 40, 60 steps',
    (eta, radii) => {
      for (const [i, k] of [2, 3, 5, 6, 10, 15, 20, 30, 40, 60].entries()) {
        expect(Math.abs(at(eta, k, 0.5) - radii[i])).toBeLessThan(5.1e-7);
      }
    },
  );

  test('is fastest for a rate of 0.1 at 31 steps and 0.46, for 0.3 at 11 steps and 0.38', () => {
    for (const [eta, steps, fraction, expected] of [
      [0.1, 31, 0.46, 0.891177025396],
      [0.3, 11, 0.38, 0.747600772307],
    ]) {
      const best = at(eta, steps, fraction) ** (1 / steps);
      expect(Math.abs(best - expected)).toBeLessThan(SPECTRAL);
      for (const k of [steps - 1, steps, steps + 1]) {
        for (const alpha of [fraction - 0.02, fraction, fraction + 0.02]) {
          if (k !== steps || alpha !== fraction) expect(at(eta, k, alpha) ** (1 / k)).toBeGreaterThan(best);
        }
      }
    }
  });

  test('has the rates of the table', () => {
    expect(at(0.3, 6, 0.5) ** (1 / 6)).toBeCloseTo(0.95207, 6);
    expect(at(0.3, 6, 0.4) ** (1 / 6)).toBeCloseTo(0.946707, 6);
    expect(at(0.3, 6, 0.8) ** (1 / 6)).toBeCloseTo(1.003273, 6); // it diverges
    expect(at(0.1, 5, 0.5) ** (1 / 5)).toBeCloseTo(0.99624, 5);
    expect(at(0.3, 6, 0.5, 'extragradient') ** (1 / 6)).toBeCloseTo(0.896829, 6);
  });

  test('whose slow point begins at the first sync does nothing there, and goes back to it at the second', () => {
    const plain: number[][] = [];
    const seen: number[][] = [];
    const lookahead = { kind: 'lookahead', steps: 3, slowStart: 'firstSync' };
    play({ game: rotation, ...descent(0.1) }, 6, ({ point }) => plain.push([...point]));
    play({ game: rotation, ...descent(0.1), lookahead }, 6, ({ point }) => seen.push([...point]));
    expect(seen.slice(0, 5)).toEqual(plain.slice(0, 5));
    for (const i of [0, 1]) expect(seen[5][i]).toBeCloseTo((plain[2][i] + plain[5][i]) / 2, 14);
  });
});

describe('averages', () => {
  const cycle = { game: rotation, scheme: alternating, ...descent(0.1) };

  test('the moving average of a cycle of angle ω a step is (1 - β) / |1 - β e^(-i ω)| as large', () => {
    const beta = 0.999;
    const omega = 2 * Math.asin(0.05);
    const averaging = { kind: 'ema', decay: beta };
    const experiment = experimentOf({ ...cycle, averaging });
    const state = play({ ...cycle, averaging }, 20_000);
    const size = ([theta, phi]: Float64Array) => Math.sqrt(theta * theta + phi * phi - 0.1 * theta * phi);
    const expected = (1 - beta) / modulus([1 - beta * Math.cos(omega), beta * Math.sin(omega)]);
    expect(expected).toBeCloseTo(0.01000450304, 10);
    expect(size(judgedPoint(state, experiment)) / size(state.point)).toBeCloseTo(expected, 8);
  });

  test('the moving average of a cycle, begun at its first point, forgets it', () => {
    const averaging = { kind: 'ema', decay: 0.999 };
    const experiment = experimentOf({ ...cycle, averaging });
    for (const [t, expected] of [
      [200, 1.1703478583],
      [2000, 0.1799554018],
      [20_000, 0.013519723],
    ]) {
      expect(norm(judgedPoint(play({ ...cycle, averaging }, t), experiment))).toBeCloseTo(expected, 9);
    }
  });

  test('a moving average that warms up begins with β = (1 + t) / (10 + t), as long as that is less', () => {
    const averaging = { kind: 'ema', decay: 0.4, warmUp: true };
    let expected = 1;
    play({ ...cycle, averaging }, 8, ({ point, memory, step }) => {
      const beta = Math.min(0.4, (1 + step) / (10 + step)); // 2 / 11, 3 / 12, ... and from step 5 on the decay
      expected = beta * expected + (1 - beta) * point[0];
      expect((memory.averaging.average as Float64Array)[0]).toBeCloseTo(expected, 14);
    });
  });

  test('the uniform average of a cycle falls like 1 / t', () => {
    const averaging = { kind: 'uniform' };
    const experiment = experimentOf({ ...cycle, averaging });
    for (const [t, expected] of [
      [200, 0.0761420685],
      [2000, 0.0065888308],
      [20_000, 0.0013245942],
    ]) {
      const average = judgedPoint(play({ ...cycle, averaging }, t), experiment);
      // The table leaves the first point, (1, 1), out.
      const later = average.map((value) => ((t + 1) * value - 1) / t);
      expect(norm(later)).toBeCloseTo(expected, 9);
      expect(norm(average) * t).toBeLessThan(30);
    }
  });

  test('is that of all points passed, the first included; a restart goes to it', () => {
    const points: number[] = [1];
    const state = play({ ...cycle, averaging: { kind: 'uniform' } }, 10, ({ point }) =>
      points.push(point[0]),
    );
    const { average } = state.memory.averaging as { average: Float64Array };
    expect(average[0]).toBeCloseTo(points.reduce((sum, value) => sum + value, 0) / 11, 14);
    const restarted = play({ ...cycle, averaging: { kind: 'uniform', restart: 1 } }, 1).point;
    const moved = play(cycle, 1).point;
    for (const i of [0, 1]) expect(restarted[i]).toBeCloseTo((1 + moved[i]) / 2, 14);
    // The next one is of the points from there on: half way once more.
    const again = play({ ...cycle, averaging: { kind: 'uniform', restart: 1 } }, 2).point;
    const onward = play({ ...cycle, game: { ...rotation, start: [...restarted] } }, 1).point;
    for (const i of [0, 1]) expect(again[i]).toBeCloseTo((restarted[i] + onward[i]) / 2, 14);
  });
});

test('an average is of the points at which lookahead has left the run', () => {
  const parts = { ...withLookahead(1, 0.25), averaging: 'uniform' };
  const { point, memory } = play({ game: rotation, ...descent(0.1), ...parts }, 1);
  expect([...point]).toEqual([1 - 0.25 * 0.1, 1 + 0.25 * 0.1].map((value) => expect.closeTo(value, 14)));
  const { average } = memory.averaging as { average: Float64Array };
  for (const i of [0, 1]) expect(average[i]).toBeCloseTo((1 + point[i]) / 2, 14);
});

test('an average restarts by a chance of its own, whatever the scheme left to chance', () => {
  const game = { kind: 'stochasticBilinear', dimension: 3 };
  const parts = { scheme: { kind: 'svre', epoch: 2 }, averaging: { kind: 'uniform', restart: 0.5 } };
  const counts = { snapshots: 0, restarts: 0, both: 0 };
  let before = '';
  play({ game, ...descent(0.01), ...parts }, 400, ({ memory }) => {
    const snapshot = String((memory.scheme as { snapshot: Float64Array }).snapshot);
    const [isNew, isAnew] = [snapshot !== before, memory.averaging.points === 1];
    before = snapshot;
    counts.snapshots += Number(isNew);
    counts.restarts += Number(isAnew);
    counts.both += Number(isNew && isAnew);
  });
  // Halves of 400, and a quarter: within five deviations.
  expect(Math.abs(counts.snapshots - 200)).toBeLessThan(5 * 10);
  expect(Math.abs(counts.restarts - 200)).toBeLessThan(5 * 10);
  expect(Math.abs(counts.both - 100)).toBeLessThan(5 * Math.sqrt(75));
});

describe('clipping', () => {
  const start = [0.9, 0.8];

  test('by the joint norm makes a rotation grow by exactly η² c² a step in r²', () => {
    const clipping = { kind: 'byNorm', whose: 'joint', bound: 1 };
    const { point } = play({ game: rotation, ...descent(0.1), clipping }, 500);
    expect(norm(point) ** 2).toBeCloseTo(7, 10);
  });

  test('by a short joint norm is normalised: r² = 2 + t η² c²', () => {
    const clipping = { kind: 'byNorm', whose: 'joint', bound: 0.01 };
    for (const t of [1, 100, 10_000]) {
      const { point } = play({ game: rotation, ...descent(1), clipping }, t);
      expect(norm(point) ** 2).toBeCloseTo(2 + t * 1e-4, 11);
    }
  });

  test('by value ends where the table says', () => {
    const clipping = { kind: 'byValue', bound: 0.5 };
    const { point } = play({ game: { ...rotation, start }, ...descent(0.1), clipping }, 500);
    expect(point[0]).toBeCloseTo(0.2, 12);
    expect(point[1]).toBeCloseTo(2.025, 12);
  });

  test('by the joint norm clips a player that moves alone by its own', () => {
    for (const whose of ['each', 'joint']) {
      const clipping = { kind: 'byNorm', whose, bound: 0.25 };
      const { point } = play({ game: rotation, scheme: alternating, ...descent(1), clipping }, 1);
      expect([...point]).toEqual([0.75, 1.25]);
    }
  });

  test('by the largest entry of both together keeps the joint direction', () => {
    const ends = ['joint', 'each'].map((whose) => {
      const clipping = { kind: 'byLargest', whose, bound: 0.5 };
      return [...play({ game: { ...rotation, start: [2, 1] }, ...descent(1), clipping }, 1).point];
    });
    expect(ends).toEqual([
      [1.75, 1.5],
      [1.5, 1.5],
    ]);
  });

  test('by norm and by the largest entry keep the direction, by value does not', () => {
    const game = { kind: 'linearWgan', target: [3, 40], startGenerator: 0, startCritic: 1 };
    const critic = (clipping: Differences) => {
      const { point } = play({ game, ...descent(1), clipping }, 1);
      return [point[2] - 1, point[3] - 1];
    };
    const [byNorm, byLargest, byValue] = ['byNorm', 'byLargest', 'byValue'].map((kind) =>
      critic({ kind, bound: 1 }),
    );
    expect(byNorm[0] / byNorm[1]).toBeCloseTo(3 / 40, 12);
    expect(Math.hypot(...byNorm)).toBeCloseTo(1, 12);
    expect(byLargest[0]).toBeCloseTo(3 / 40, 12);
    expect(byLargest[1]).toBeCloseTo(1, 12);
    expect(byValue).toEqual([1, 1]);
  });
});

describe('rules', () => {
  const place = (size: number): Place => ({ point: new Float64Array(size), layerEnds: [size] });
  /** The changes that a rule makes of these gradients, one after the other. */
  function changes<S extends object, M extends Memory>(
    rule: {
      init(size: number, settings: S): M;
      update(gradient: Vector, memory: M, settings: S, change: Vector, at: Place): void;
    },
    settings: S,
    gradients: readonly number[][],
    at = place(gradients[0].length),
  ): number[][] {
    const memory = rule.init(gradients[0].length, settings);
    return gradients.map((gradient) => {
      const change = new Float64Array(gradient.length);
      rule.update(Float64Array.from(gradient), memory, settings, change, at);
      return [...change];
    });
  }
  const gradients = Array.from({ length: 30 }, (_, i) => [
    ...stream(0, 'test.rules', i).normals(new Float64Array(4)),
  ]);

  test('AMSGrad: radii on the rotation after 100, 1,000 and 5,000 steps', () => {
    const rule = { kind: 'adam', learningRate: 0.01, beta1: 0.9, amsgrad: true };
    const radii: number[] = [];
    play({ game: rotation, ...both(rule) }, 5000, ({ point, step }) => {
      if ([100, 1000, 5000].includes(step)) radii.push(norm(point));
    });
    for (const [i, value] of [1.6822, 1.9843, 3.9925].entries()) {
      expect(Math.abs(radii[i] - value)).toBeLessThan(5.1e-5);
    }
  });

  test('RAdam is plain momentum at first, then rectified by the factors of its source', () => {
    const steady = Array.from({ length: 1000 }, () => [1]);
    const settings = { ...defaults(radam.settings), learningRate: 1, beta1: 0.9, epsilon: 0 };
    const found = changes(radam, settings, steady).map(([change]) => -change);
    for (const t of [1, 2, 3, 4]) expect(found[t - 1]).toBeCloseTo(1, 12);
    for (const [t, factor] of [
      [5, 0.01731150316],
      [6, 0.0258211128],
      [10, 0.04899801345],
      [100, 0.21533543654],
      [1000, 0.64532565234],
    ]) {
      expect(found[t - 1]).toBeCloseTo(factor, 9);
    }
    const later = changes(radam, { ...settings, threshold: 'five' }, steady.slice(0, 6));
    expect(later[4][0]).toBeCloseTo(-1, 12);
    expect(later[5][0]).toBeCloseTo(-0.0258211, 7);
  });

  test('optimistic Adam in the form of optax passes the distances of its documentation', () => {
    const rule = {
      kind: 'optimisticAdam',
      learningRate: 0.01,
      beta1: 0.9,
      variant: 'optax',
      optimism: 100,
      nesterov: true,
    };
    const seen: number[] = [];
    play({ game: { ...rotation, start: [1, 2] }, ...both(rule) }, 1024, ({ point, step }) => {
      if ([1, 4, 16, 64, 256, 1024].includes(step)) seen.push(norm(point));
    });
    // In float32 the fifth is 0.796.
    for (const [i, value] of [2.243, 2.195, 2.161, 2.055, 0.795, 0.001].entries()) {
      expect(Math.abs(seen[i] - value)).toBeLessThan(6e-4);
    }
  });

  test('optimistic Adam with large ε and no moments is the optimistic scheme, of either lag', () => {
    const epsilon = 1e9;
    for (const [variant, lag] of [
      ['lag1', 'one'],
      ['lag2', 'two'],
    ]) {
      const settings = {
        ...defaults(optimisticAdam.settings),
        learningRate: 0.1 * epsilon,
        variant: variant as 'lag1' | 'lag2',
        beta1: 0,
        beta2: 0,
        epsilon,
      };
      const own = changes(optimisticAdam, settings, [[1], [2], [4], [-3]]).map(([change]) => change);
      const g = [1, 2, 4, -3];
      const back = lag === 'one' ? 1 : 2;
      g.forEach((value, t) => {
        expect(own[t]).toBeCloseTo(-0.2 * value + 0.1 * (g[t - back] ?? 0), 7);
      });
    }
  });

  test('AdamW takes its rate’s share of the weights besides', () => {
    const point = Float64Array.of(1, -2, 3, 0.5);
    const settings = { ...defaults(adam.settings), learningRate: 0.1 };
    const at = { ...place(4), point };
    const plain = changes(adam, settings, gradients, at);
    const decayed = changes(adam, { ...settings, weightDecay: 0.2 }, gradients, at);
    decayed.forEach((change, t) => {
      change.forEach((value, i) => {
        expect(value - plain[t][i]).toBeCloseTo(-0.1 * 0.2 * point[i], 14);
      });
    });
  });

  test('AdaGrad under a steady gradient takes steps of η / √t, whatever its size', () => {
    const settings = { ...defaults(adagrad.settings), learningRate: 0.1, epsilon: 0 };
    const steady = Array.from({ length: 100 }, () => [1e-3, -1, 1e3]);
    for (const [t, change] of changes(adagrad, settings, steady).entries()) {
      for (const [i, sign] of [-1, 1, -1].entries()) {
        expect(change[i]).toBeCloseTo((sign * 0.1) / Math.sqrt(t + 1), 12);
      }
    }
    // In general by the root of the sum of squares, epsilon outside it.
    const squares = new Float64Array(4);
    const bent = changes(adagrad, { ...settings, epsilon: 0.3 }, gradients);
    gradients.forEach((gradient, t) => {
      gradient.forEach((g, i) => {
        squares[i] += g * g;
        expect(bent[t][i]).toBeCloseTo((-0.1 * g) / (Math.sqrt(squares[i]) + 0.3), 14);
      });
    });
  });

  test('AdamW with a large ε on a rotation is descent with a decay λ: |1 − η λ − i η|', () => {
    // Beyond what the settings allow: the limit is of the formula, not of the slider.
    const [eta, decay, epsilon] = [0.1, 0.1, 1e9];
    const rule = {
      ...defaults(adam.settings),
      kind: 'adam' as const,
      learningRate: eta * epsilon,
      beta1: 0,
      epsilon,
      weightDecay: decay / epsilon,
    };
    const session = openSession(
      { ...experimentOf({ game: rotation }), ...both(rule) } as Experiment,
      reference,
    );
    session.advance(50);
    expect(norm(session.state.point) / Math.SQRT2).toBeCloseTo(Math.hypot(1 - eta * decay, eta) ** 50, 7);
  });

  test('normalised SGD of scalar players is sign descent: it grows like sqrt t, and alternating stays bounded', () => {
    const game = { ...rotation, start: [1.03, 0.47] };
    const sizes = (scheme: unknown) => {
      const found: number[] = [];
      const rule = { kind: 'normalized', learningRate: 0.1 };
      play({ game, scheme, ...both(rule) }, 10_000, ({ point, step }) => {
        if ([100, 1000, 10_000].includes(step)) found.push(Math.abs(point[0]) + Math.abs(point[1]));
      });
      return found;
    };
    for (const [scheme, expected] of [
      ['simultaneous', [2.04, 4.7, 14.16]],
      [alternating, [1.36, 1.44, 1.44]],
    ] as const) {
      for (const [i, value] of sizes(scheme).entries()) expect(value).toBeCloseTo(expected[i], 9);
    }
  });

  test('normalised SGD of long vectors: alternating keeps its distance, simultaneous drifts out', () => {
    const game = { kind: 'shiftedBilinear', singularValues: Array(50).fill(1), shift: 0 };
    const drift = (scheme: unknown) => {
      const rule = { kind: 'normalized', learningRate: 0.05 };
      const differences = { game, scheme, ...both(rule) };
      const begin = norm(sceneOf(experimentOf(differences)).initialPoint(0));
      return norm(play(differences, 5000).point) - begin;
    };
    // A rerun elsewhere, from another point of length 10.097: to 11.264 and 10.082.
    expect(Math.abs(drift(alternating))).toBeLessThan(0.1);
    expect(drift('simultaneous')).toBeGreaterThan(1);
    expect(drift('simultaneous')).toBeLessThan(1.4);
  });

  test('normalised SGD moves both players by the rate, whatever their gradients', () => {
    const rule = { kind: 'normalized', learningRate: 0.1 };
    const experiment = experimentOf({ game: smallGan, ...both(rule) });
    const scene = sceneOf(experiment);
    const begin = scene.initialPoint(0);
    const { point } = play({ game: smallGan, ...both(rule) }, 1);
    const moved = point.map((value, i) => value - begin[i]);
    expect(norm(moved.subarray(0, scene.split))).toBeCloseTo(0.1, 8);
    expect(norm(moved.subarray(scene.split))).toBeCloseTo(0.1, 8);
  });

  test('a rule grafted on itself is itself', () => {
    for (const rule of (rules as readonly unknown[] as readonly Rule[]).filter(
      ({ name }) => name !== 'graft',
    )) {
      const own = { kind: rule.name, ...defaults(rule.settings), learningRate: 0.1 };
      for (const whose of ['global', 'layerwise']) {
        const grafted = changes<Record<string, unknown>, Memory>(
          graft as unknown as Rule,
          { magnitude: own, direction: own, whose },
          gradients,
        );
        changes<Record<string, unknown>, Memory>(rule, own, gradients).forEach((change, t) => {
          change.forEach((value, i) => {
            expect(grafted[t][i], rule.name).toBeCloseTo(value, 14);
          });
        });
      }
    }
  });

  test('AdaLR with an Adam step of constant length is normalised SGD; with one layer, layer-wise is global', () => {
    // Adam's first step has the length eta sqrt(n), whatever the gradient.
    const magnitude = { kind: 'adam' as const, ...defaults(adam.settings), learningRate: 0.1, epsilon: 0 };
    const direction = { kind: 'sgd' as const, learningRate: 3 };
    const first = gradients.slice(0, 1);
    const [adaLr] = changes(graft, { magnitude, direction, whose: 'global' as const }, first);
    const [same] = changes(graft, { magnitude, direction, whose: 'layerwise' as const }, first);
    const [plain] = changes(normalized, { learningRate: 0.2, whose: 'global' as const }, first);
    expect(same).toEqual(adaLr);
    plain.forEach((value, i) => {
      expect(adaLr[i]).toBeCloseTo(value, 10);
    });
    const layers = { ...place(4), layerEnds: [1, 4] };
    const [apart] = changes(normalized, { learningRate: 0.2, whose: 'layerwise' as const }, first, layers);
    expect(Math.abs(apart[0])).toBeCloseTo(0.2, 10);
    expect(Math.hypot(apart[1], apart[2], apart[3])).toBeCloseTo(0.2, 10);
  });
});

describe('schedules', () => {
  test('cosine, exponential and the inverse power of DANN', () => {
    const settings = { steps: 1000, last: 0.1 };
    for (const t of [0, 250, 500, 750, 1000, 5000]) {
      const progress = Math.min(1, t / 1000);
      expect(cosine.factor(t, settings)).toBeCloseTo(0.1 + 0.45 * (1 + Math.cos(Math.PI * progress)), 12);
      expect(exponential.factor(t, { factor: 0.5, steps: 1000 })).toBeCloseTo(0.5 ** (t / 1000), 12);
      const dann = 0.01 * inversePower.factor(t, { alpha: 10, beta: 0.75, steps: 1000 });
      expect(dann).toBeCloseTo(0.01 / (1 + (10 * t) / 1000) ** 0.75, 14);
    }
    for (const [p, expected] of [
      [0, 0.01],
      [0.1, 0.00594604],
      [0.5, 0.00260847],
      [1, 0.0016556],
    ]) {
      expect(0.01 * inversePower.factor(1000 * p, { alpha: 10, beta: 0.75, steps: 1000 })).toBeCloseTo(
        expected,
        8,
      );
    }
  });

  test('scale the change, not the gradient: momentum keeps its velocity', () => {
    const rule = { kind: 'momentum', learningRate: 0.1, momentum: 0.9 };
    const schedule = { kind: 'warmUp', steps: 4 };
    const { memory, point } = play({ game: rotation, ...both(rule), schedule }, 1);
    expect([...(memory.generator.velocity as Float64Array)]).toEqual([1]);
    expect(point[0]).toBeCloseTo(1 - 0.1 / 4, 15);
  });
});

test('schedules scale the rates of implicit steps, too: one of half the rate is one at half the rate', () => {
  for (const scheme of ['proximal', 'competitive']) {
    const half = play({ game: rotation, scheme, ...descent(0.4), schedule: { kind: 'warmUp', steps: 2 } }, 1);
    const plain = play({ game: rotation, scheme, ...descent(0.2) }, 1);
    for (const i of [0, 1]) expect(half.point[i], scheme).toBeCloseTo(plain.point[i], 12);
  }
});

describe('unrolling', () => {
  test('is stable on a rotation while η < 2 c and 4 η c < 4 + η², c = K η_u', () => {
    const at = (eta: number, rate: number) =>
      radius({ game: rotation, ...descent(eta), ...unrolled(1, rate) });
    expect(at(0.3, 0.149)).toBeGreaterThan(1);
    expect(at(0.3, 0.151)).toBeLessThan(1);
    const edge = (4 + 0.09) / (4 * 0.3);
    expect(at(0.3, edge - 0.01)).toBeLessThan(1);
    expect(at(0.3, edge + 0.01)).toBeGreaterThan(1);
  });

  test('stopped, at the rate and depth of the lookahead paper, has its radius 0.741620', () => {
    expect(radius({ game: rotation, ...descent(0.3), ...unrolled(6, 0.3, false) })).toBeCloseTo(0.74162, 6);
  });

  test('of both players, stopped, would be consensus of weight K η_u on a rotation: 0.549181 there', () => {
    expect(radius({ game: rotation, ...descent(0.3), ...withConsensus(6 * 0.3) })).toBeCloseTo(0.549181, 6);
  });

  test('with Adam foresees a first step of its rate', () => {
    const rule = { kind: 'adam' };
    const foresight = { kind: 'unrolled', steps: 1, rate: 0.25, rule, through: false };
    const { point } = play({ game: { ...rotation, start: [2, 3] }, foresight, ...descent(1) }, 1);
    expect(point[0]).toBeCloseTo(2 - 3.25, 7);
    expect(point[1]).toBe(5);
  });

  test.each([
    ['through, sgd', { through: true, rule: 'sgd' }],
    ['stopped, sgd', { through: false, rule: 'sgd' }],
    ['through, adam', { through: true, rule: 'adam' }],
    ['stopped, adam', { through: false, rule: 'adam' }],
  ])('(%s) has as J d the change of its field along d', (_, settings) => {
    const foresight = { kind: 'unrolled', steps: 3, rate: 0.1, ...settings };
    const scene = sceneOf(experimentOf({ game: smallGan, foresight }));
    const field = scene.field(0, 0, 0);
    const point = scene.initialPoint(0);
    const direction = stream(0, 'test.direction').normals(new Float64Array(scene.size));
    const h = 1e-5;
    const along = (by: number) => field.at(point.map((value, i) => value + by * direction[i]));
    const [after, before] = [along(h), along(-h)];
    const product = field.jvp(point, direction);
    const apart = product.map((value, i) => value - (after[i] - before[i]) / (2 * h));
    expect(norm(apart)).toBeLessThan(1e-5 * norm(product));
  });
});

describe('matrix games', () => {
  /** How much both players together could gain: max M q + max -M'p, M the payoff to the first. */
  const gap = (strategies: ArrayLike<number>) => {
    const [r, p, s, x, y, z] = Array.from(strategies);
    return Math.max(z - y, x - z, y - x) + Math.max(s - p, r - s, p - r);
  };
  const softmax = (logits: readonly number[]) => {
    const weights = logits.map(Math.exp);
    const total = weights.reduce((sum, value) => sum + value, 0);
    return weights.map((value) => value / total);
  };
  const strategiesOf = (point: Float64Array) => [
    ...softmax([...point.subarray(0, 3)]),
    ...softmax([...point.subarray(3)]),
  ];
  const game = (parameters: string, start?: Differences) => ({
    kind: 'rockPaperScissors',
    parameters,
    ...start,
  });

  test('multiplicative weights spiral out and converge on average; optimistic ones converge', () => {
    const total = new Float64Array(6);
    const mirror = { game: game('mirror'), ...descent(0.1) };
    const add = (point: Float64Array) => {
      for (const [i, value] of strategiesOf(point).entries()) total[i] += value / 2000;
    };
    add(sceneOf(experimentOf(mirror)).initialPoint(0)); // the first point counts, the last does not
    play(mirror, 1999, (state) => add(state.point));
    const { point } = play(mirror, 2000);
    expect(gap(strategiesOf(point))).toBeCloseTo(0.771, 3);
    expect(gap(total)).toBeCloseTo(0.0102, 4);
    const optimistic = play({ ...mirror, scheme: 'optimistic' }, 2000).point;
    expect(gap(strategiesOf(optimistic))).toBeCloseTo(0.00162, 5);
  });

  test('projected descent ends up circling along the border, projected extragradient in the middle', () => {
    const projected = { game: game('direct'), constraint: 'simplex', ...descent(0.05) };
    expect(gap(play(projected, 2000).point)).toBeCloseTo(0.958, 3);
    const { point } = play({ ...projected, scheme: 'extragradient' }, 2000);
    expect(gap(point)).toBeCloseTo(3.2e-5, 6);
  });

  const pure = game('direct', { startFirst: [1, 0, 0], startSecond: [0, 1, 0] });

  test('best responses cycle for ever', () => {
    const plays: string[] = [];
    play({ game: pure, scheme: 'bestResponse' }, 12, ({ point }) => {
      plays.push(`${'RPS'[point.indexOf(1)]}${'RPS'[point.indexOf(1, 3) - 3]}`);
    });
    expect(plays.slice(6)).toEqual(plays.slice(0, 6));
    expect(new Set(plays).size).toBe(6);
  });

  test('fictitious play converges on average', () => {
    const { point } = play({ game: pure, scheme: 'fictitiousPlay' }, 100_000);
    const shares = [0.334427, 0.332327, 0.333247, 0.331267, 0.335357, 0.333377];
    for (const [i, value] of shares.entries()) expect(point[i]).toBeCloseTo(value, 6);
    expect(gap(point)).toBeCloseTo(0.0052699473, 9);
  });
});

describe('variance-reduced extragradient on a noisy rotation', () => {
  const far = (restart: number) => {
    const game = { kind: 'stochasticBilinear', dimension: 20 };
    const differences = {
      game,
      scheme: { kind: 'svre', epoch: 20 },
      averaging: { kind: 'uniform', restart },
      ...descent(0.5),
    };
    const [{ point: centre }] = sceneOf(experimentOf(differences)).model.equilibria;
    return norm(play(differences, 10_000).point.map((value, i) => value - centre[i]));
  };

  test('does not converge by itself, and does with restarts of the average', () => {
    expect(far(0)).toBeGreaterThan(10);
    expect(far(0.005)).toBeLessThan(1e-6);
  });

  test('bends its snapshot like its readings: without noise it is the plain adjusted step', () => {
    const game = { kind: 'stochasticBilinear', dimension: 6, batchSize: 6, reduction: 'averaged' };
    const experiment = { game, ...descent(0.1), ...withConsensus(0.5) };
    const reduced = play({ ...experiment, scheme: { kind: 'svre', extrapolate: false } }, 4).point;
    const plain = play(experiment, 4).point;
    reduced.forEach((value, i) => {
      expect(value).toBeCloseTo(plain[i], 13);
    });
  });

  test('takes all of the noise out where it began', () => {
    const game = { kind: 'stochasticBilinear', dimension: 6 };
    const experiment = experimentOf({ game, scheme: { kind: 'svre', extrapolate: false }, ...descent(0.1) });
    const scene = sceneOf(experiment);
    const begin = scene.initialPoint(0);
    const full = scene.wholeField?.().at(begin) as Float64Array;
    const { point } = play({ game, scheme: { kind: 'svre', extrapolate: false }, ...descent(0.1) }, 1);
    for (let i = 0; i < begin.length; i++) expect(point[i]).toBeCloseTo(begin[i] - 0.1 * full[i], 14);
  });
});
