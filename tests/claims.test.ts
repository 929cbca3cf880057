/**
 * What Saddle says of its methods and games, held to closed forms. A summary that claims a number or a
 * direction has a row here.
 */
import { describe, expect, test } from 'vitest';
import { periodOf, stabilityOf } from '../src/analysis/stability.ts';
import { adjustments } from '../src/catalog/adjustments/index.ts';
import type { Experiment } from '../src/catalog/experiment.ts';
import { he } from '../src/catalog/initialisers/he.ts';
import type { Loss, Place } from '../src/catalog/kinds.ts';
import { lookaheads } from '../src/catalog/lookaheads/index.ts';
import { losses } from '../src/catalog/losses/index.ts';
import { minimax } from '../src/catalog/losses/minimax.ts';
import { nonSaturating } from '../src/catalog/losses/nonSaturating.ts';
import { presets } from '../src/catalog/presets/index.ts';
import { adam } from '../src/catalog/rules/adam.ts';
import { rules } from '../src/catalog/rules/index.ts';
import { rmsprop } from '../src/catalog/rules/rmsprop.ts';
import { schemes } from '../src/catalog/schemes/index.ts';
import { reference } from '../src/compute/reference/reference.ts';
import { openSession } from '../src/engine/session.ts';
import { build, grad } from '../src/expr/index.ts';
import type { Complex } from '../src/math/complex.ts';
import { eigenvalues } from '../src/math/eigenvalues.ts';
import type { Memory } from '../src/math/memory.ts';
import { stream } from '../src/math/random.ts';
import { norm } from '../src/math/vector.ts';
import { defaults } from '../src/settings/index.ts';
import { descent, experimentOf, lossesOf, play, sceneOf, smallGan } from './catalog/given.ts';
import { leading, radius, updateMatrix } from './probing.ts';

type Differences = Readonly<Record<string, unknown>>;
const SPECTRAL = 1e-9;
const allLosses = losses as readonly unknown[] as readonly Loss[];

const both = (rule: Differences) => ({ generator: rule, discriminator: rule });
const momentum = (learningRate: number, beta: number, nesterov = false) =>
  both({ kind: 'momentum', learningRate, momentum: beta, nesterov });
const rotation = (a = 1) => ({ kind: 'bilinear', strength: a });
const linear = (s: number, a: number) => ({ kind: 'quadratic', attraction: s, rotation: a });
const sim = { kind: 'simultaneous' };
const alternating = { kind: 'alternating', first: 'generator' };
const extragradient = { kind: 'extragradient' };
const optimistic = { kind: 'optimistic' };

describe('the spectral radius of one step, read off from the update, is that of the formulas of its parts', () => {
  const linearRules: Differences[] = [
    { kind: 'sgd' },
    ...[-0.5, 0.5, 0.9].flatMap((momentum) =>
      [false, true].map((nesterov) => ({ kind: 'momentum', momentum, nesterov })),
    ),
  ];
  const linearSchemes: Differences[] = [
    sim,
    alternating,
    { kind: 'alternating', first: 'discriminator' },
    extragradient,
    { kind: 'extragradient', extrapolation: 0.5, sameBatch: true },
    { kind: 'extragradient', extrapolation: 0.7, moments: 'separate' },
    optimistic,
    { kind: 'optimistic', lag: 'two' },
    { kind: 'pastExtragradient' },
    { kind: 'prediction' },
    { kind: 'prediction', alsoDiscriminator: true },
    { kind: 'competitive', tolerance: 1e-14 },
    { kind: 'competitive', linear: true },
    { kind: 'proximal' },
  ];
  const bends: Differences[] = [
    { kind: 'none' },
    { kind: 'consensus', control: { kind: 'fixed', weight: 0.7 } },
    { kind: 'consensus', variant: 'twoBatches', control: { kind: 'fixed', weight: 0.3 } },
    { kind: 'sga', weight: 0.6 },
    { kind: 'newton', damping: 0.8 },
    { kind: 'newton', family: 'neumann', damping: 0.4, order: 3 },
    { kind: 'smoothOut', amplitude: 0 },
  ];
  const returns: Differences[] = [
    { kind: 'none' },
    { kind: 'lookahead', steps: 3, fraction: 0.4 },
    { kind: 'nested', steps: 2, slowSteps: 4, fraction: 0.6 },
  ];

  test('which are declared by every part that is linear', () => {
    const names = (list: readonly { kind?: unknown }[]) => [...new Set(list.map(({ kind }) => kind))].sort();
    const declared = (list: readonly { name: string }[], field: string) =>
      list.flatMap((entry) => (entry.name === 'none' || field in entry ? [entry.name] : [])).sort();
    expect(names(linearSchemes)).toEqual(declared(schemes, 'characteristic'));
    expect(names(linearRules)).toEqual(declared(rules, 'filter'));
    expect(rules.filter((rule) => rule.linear !== 'filter' in rule)).toEqual([]);
    expect(names(bends)).toEqual(declared(adjustments, 'eigenvalue'));
    expect(names(returns)).toEqual(declared(lookaheads, 'eigenvalue'));
  });

  const cases = linearSchemes.flatMap((scheme) =>
    linearRules.map(
      (rule) => [Object.values(scheme).join(' '), Object.values(rule).join(' '), scheme, rule] as const,
    ),
  );
  test.each(cases)(
    '%s, %s, however its field is bent and its way gone back',
    (_name, _rule, scheme, rule) => {
      const draw = stream(0, `test.${JSON.stringify([scheme, rule])}`);
      for (const adjustment of bends) {
        for (const lookahead of returns) {
          // Of both signs; moderate, as an overflow of the sixth power tells nothing.
          const [s, a, share] = draw.uniforms(new Float64Array(3));
          const game = linear(1.2 * s - 0.4, 2 * a);
          const eta = 0.05 + 0.5 * share;
          const differences = {
            game,
            scheme,
            adjustment,
            lookahead,
            ...both({ ...rule, learningRate: eta }),
          };
          const experiment = experimentOf(differences);
          const stability = stabilityOf(experiment);
          if (stability.radius === undefined) {
            const isPlain = adjustment.kind === 'none' && lookahead.kind === 'none';
            expect(isPlain, stability.why).toBe(false);
            expect(stability.linear).toBe(true);
            continue;
          }
          const period = periodOf(experiment);
          const expected = stability.radius(game.attraction, game.rotation, eta);
          const found = radius(differences, period) ** (1 / period);
          expect(Math.abs(found - expected), JSON.stringify(differences)).toBeLessThan(
            SPECTRAL * Math.max(1, expected),
          );
        }
      }
    },
  );

  test('with a rate for each player, simultaneous descent grows by sqrt(1 + eta_G eta_D a^2)', () => {
    const differences = { game: rotation(2), scheme: sim, ...descent(0.05, 0.3) };
    expect(Math.abs(radius(differences) - Math.sqrt(1 + 0.05 * 0.3 * 4))).toBeLessThan(SPECTRAL);
  });
});

describe('the acceptance table of one-step radii on the rotation', () => {
  test.each<[string, Differences, (rate: number) => Differences, number, number]>([
    ['simultaneous', sim, descent, 1.0049875621, 1.0440306509],
    ['alternating', alternating, descent, 1, 1],
    ['extragradient', extragradient, descent, 0.9950376877, 0.9581753493],
    ['optimistic', optimistic, descent, 0.994936153, 0.9486832981],
    ['alternating, momentum -0.5', alternating, (rate) => momentum(rate, -0.5), 0.9985177891, 0.9866090553],
    ['simultaneous, momentum -0.5', sim, (rate) => momentum(rate, -0.5), 1.0007430334, 1.0068566378],
    ['simultaneous, momentum 0.9', sim, (rate) => momentum(rate, 0.9), 1.1982862322, 1.4214477192],
    ['simultaneous, momentum 0.5', sim, (rate) => momentum(rate, 0.5), 1.0456873922, 1.2063440147],
    ['alternating, momentum 0.5', alternating, (rate) => momentum(rate, 0.5), 1.0322965071, 1.1533256872],
    ['alternating, momentum 0.9', alternating, (rate) => momentum(rate, 0.9), 1.1921415639, 1.3985641938],
    ['simultaneous, Nesterov -0.5', sim, (rate) => momentum(rate, -0.5, true), 1.0029535056, 1.0259332661],
    ['simultaneous, Nesterov 0.5', sim, (rate) => momentum(rate, 0.5, true), 1.0339599452, 1.186818593],
    ['simultaneous, Nesterov 0.9', sim, (rate) => momentum(rate, 0.9, true), 1.1975096959, 1.4544623831],
  ])('%s', (_, scheme, rule, slow, fast) => {
    for (const [rate, expected] of [
      [0.1, slow],
      [0.3, fast],
    ]) {
      expect(Math.abs(radius({ game: rotation(), scheme, ...rule(rate) }) - expected)).toBeLessThan(SPECTRAL);
    }
  });
});

describe('simultaneous descent', () => {
  test('spirals outwards on a rotation at every rate', () => {
    for (const rate of [1e-3, 0.01, 0.1, 0.5, 1, 3, 10]) {
      expect(radius({ game: rotation(), scheme: sim, ...descent(rate) })).toBeGreaterThan(1);
    }
  });

  test('is sqrt(1 + eta^2 a^2)^t as far out after t steps', () => {
    play({ game: rotation(2), scheme: sim, ...descent(0.05) }, 300, ({ point, step }) => {
      expect(norm(point) / (Math.SQRT2 * 1.01 ** (step / 2))).toBeCloseTo(1, 12);
    });
  });

  test('with attraction s converges below the rate 2 s / (s^2 + a^2), and not above', () => {
    for (const [s, a] of [
      [0.2, 1],
      [0.2, 2],
      [1, 0.5],
      [0.01, 1],
    ]) {
      const limit = (2 * s) / (s * s + a * a);
      const at = (rate: number) => radius({ game: linear(s, a), scheme: sim, ...descent(rate) });
      expect(at(limit * 0.999)).toBeLessThan(1);
      expect(at(limit)).toBeCloseTo(1, 12);
      expect(at(limit * 1.001)).toBeGreaterThan(1);
    }
    expect((2 * 0.2) / (0.2 * 0.2 + 1)).toBeCloseTo(0.3846, 4);
    expect(radius({ game: linear(0.2, 1), scheme: sim, ...descent(0.2 / 1.04) })).toBeCloseTo(0.9806, 4);
  });

  test('is repelled by the origin when attraction is below 0', () => {
    for (const rate of [0.01, 0.1, 1]) {
      expect(radius({ game: linear(-0.2, 1), scheme: sim, ...descent(rate) })).toBeGreaterThan(1);
    }
  });
});

describe('alternating descent', () => {
  test('circles for ever on a rotation, neither in nor out, while the rate times |lambda| is below 2', () => {
    const at = (rate: number) => radius({ game: rotation(), scheme: alternating, ...descent(rate) });
    for (const rate of [0.01, 0.1, 0.5, 1, 1.9, 1.99]) expect(at(rate)).toBeCloseTo(1, 10);
    expect(at(2.01)).toBeGreaterThan(1.1);
  });

  test.each([
    ['generator', -1],
    ['discriminator', 1],
  ])('keeps an ellipse over 1,000 steps, %s first', (first, sign) => {
    const eta = 0.1;
    const invariant = ([theta, phi]: Float64Array) => theta * theta + phi * phi + sign * eta * theta * phi;
    const begin = invariant(Float64Array.of(1, 1));
    play({ game: rotation(), scheme: { kind: 'alternating', first }, ...descent(eta) }, 1000, ({ point }) => {
      expect(Math.abs(invariant(point) - begin)).toBeLessThan(1e-12);
    });
  });

  test('turns by 2 asin(eta a / 2) a step', () => {
    for (const eta of [0.1, 0.5, 1.5]) {
      const { angle } = leading({ game: rotation(), scheme: alternating, ...descent(eta) });
      expect(angle).toBeCloseTo(2 * Math.asin(eta / 2), 10);
    }
  });

  test('with k steps of a player is, on a rotation, one step at k times the rate', () => {
    for (const first of ['generator', 'discriminator']) {
      for (const k of [2, 5]) {
        const scheme = { kind: 'alternating', first };
        const many = [
          { ...scheme, discriminatorSteps: k },
          { ...scheme, generatorSteps: k },
        ];
        const rates = [descent(0.1, k * 0.1), descent(k * 0.1, 0.1)];
        for (const [i, each] of many.entries()) {
          const repeated = updateMatrix({ game: rotation(), scheme: each, ...descent(0.1) }).matrix;
          const once = updateMatrix({ game: rotation(), scheme, ...rates[i] }).matrix;
          for (let entry = 0; entry < 4; entry++) expect(repeated[entry]).toBeCloseTo(once[entry], 14);
        }
      }
    }
  });

  test('pays nothing for rotation: |1 - eta s| while eta^2 a^2 < 4 (1 - eta s)', () => {
    for (const [s, a, eta] of [
      [0.2, 1, 0.5],
      [0.3, 2, 0.4],
      [1, 0.5, 0.4],
    ]) {
      const at = radius({ game: linear(s, a), scheme: alternating, ...descent(eta) });
      expect(Math.abs(at - Math.abs(1 - eta * s))).toBeLessThan(SPECTRAL);
    }
  });
});

describe('extragradient', () => {
  test('converges on rotations while the rate times |lambda| is below 1, and not above', () => {
    for (const a of [0.5, 1, 4]) {
      const at = (product: number) =>
        radius({ game: rotation(a), scheme: extragradient, ...descent(product / a) });
      for (const rate of [0.05, 0.5, 0.9, 0.999]) expect(at(rate)).toBeLessThan(1);
      expect(at(1)).toBeCloseTo(1, 12);
      expect(at(1.001)).toBeGreaterThan(1);
      expect(at(Math.SQRT1_2)).toBeCloseTo(Math.sqrt(3) / 2, 9); // the best
    }
  });

  test('with attraction 0.2 is stable to a rate of 1.262 and best at 0.875', () => {
    const at = (rate: number) => radius({ game: linear(0.2, 1), scheme: extragradient, ...descent(rate) });
    expect(at(1.26)).toBeLessThan(1);
    expect(at(1.264)).toBeGreaterThan(1);
    expect(at(0.875)).toBeCloseTo(0.5758, 4);
    for (const rate of [0.8, 0.95]) expect(at(rate)).toBeGreaterThan(at(0.875));
  });

  test('with Adam uses one memory, which both readings move on', () => {
    const { memory } = play(
      { game: rotation(), scheme: extragradient, ...both({ kind: 'adam', beta1: 0.5 }) },
      3,
    );
    expect(memory.generator.meanWeight).toBe(0.5 ** 6);
  });
});

describe('the optimistic scheme', () => {
  test('converges on rotations while the rate times |lambda| is below 1 / sqrt 3, and not above', () => {
    for (const a of [0.5, 1, 4]) {
      const at = (product: number) =>
        radius({ game: rotation(a), scheme: optimistic, ...descent(product / a) });
      for (const rate of [0.05, 0.3, 0.57, 1 / Math.sqrt(3) - 1e-4]) expect(at(rate)).toBeLessThan(1);
      expect(at(1 / Math.sqrt(3))).toBeCloseTo(1, 9);
      expect(at(1 / Math.sqrt(3) + 1e-4)).toBeGreaterThan(1);
      expect(at(0.3)).toBeCloseTo(Math.sqrt((1 + Math.sqrt(1 - 4 * 0.09)) / 2), 9);
      expect(at(0.5)).toBeCloseTo(Math.SQRT1_2, 7); // the best: a double root, so half of the digits
    }
  });

  test('with attraction 0.2 is stable to a rate of about 0.607 and best at about 0.490', () => {
    const at = (rate: number) => radius({ game: linear(0.2, 1), scheme: optimistic, ...descent(rate) });
    expect(at(0.605)).toBeLessThan(1);
    expect(at(0.609)).toBeGreaterThan(1);
    expect(at(0.48985)).toBeCloseTo(0.7076, 4);
    for (const rate of [0.48, 0.5]) expect(at(rate)).toBeGreaterThan(at(0.48985));
  });

  test('takes one reading a step; its first is a plain one, or of twice the length', () => {
    const first = (convention: string) =>
      play({ game: rotation(), scheme: { kind: 'optimistic', first: convention }, ...descent(0.1) }, 1);
    expect(first('same').evaluations).toBe(1);
    expect([...first('same').point]).toEqual([1 - 0.1, 1 + 0.1]);
    expect([...first('zero').point]).toEqual([1 - 0.2, 1 + 0.2]);
  });
});

describe('momentum', () => {
  test('turns simultaneous descent outwards for every beta, by 1 + eta^2 a^2 (1 + beta) / 2 (1 - beta)^3', () => {
    for (const beta of [-0.9, -0.5, 0, 0.5, 0.9]) {
      const eta = 3e-4;
      const growth = radius({ game: rotation(), scheme: sim, ...momentum(eta, beta) }) - 1;
      expect(growth).toBeGreaterThan(0);
      expect(growth / ((eta * eta * (1 + beta)) / (2 * (1 - beta) ** 3))).toBeCloseTo(1, 1);
    }
    const at = (beta: number) => radius({ game: rotation(), scheme: sim, ...momentum(0.1, beta) });
    expect(at(0.5)).toBeCloseTo(1.0456874, 7);
  });

  test('speeds up the rotation when positive and brakes it when negative: eta a / (1 - beta) a step', () => {
    for (const beta of [-0.9, -0.5, 0, 0.5, 0.9]) {
      const { angle } = leading({ game: rotation(), scheme: sim, ...momentum(1e-4, beta) });
      expect(angle / (1e-4 / (1 - beta))).toBeCloseTo(1, 2);
    }
  });

  test('of -1/2 makes alternating descent converge, best of all beta, by 4/27 eta^2 a^2 a step', () => {
    const at = (beta: number) => radius({ game: rotation(), scheme: alternating, ...momentum(0.05, beta) });
    expect(at(-0.5)).toBeCloseTo(0.99962958, 8);
    expect(1 - at(-0.5)).toBeCloseTo((4 / 27) * 0.05 ** 2, 7);
    for (const beta of [-0.9, -0.7, -0.6, -0.55, -0.45, -0.4, -0.3, -0.1]) {
      expect(at(beta)).toBeGreaterThan(at(-0.5));
      expect(at(beta)).toBeLessThan(1);
    }
    expect(at(0.1)).toBeGreaterThan(1);
    for (const [beta, expected] of [
      [-0.9, 0.9996720035],
      [-0.5, 0.9996295839],
      [-0.25, 0.9996798976],
      [0.25, 1.001473511],
    ]) {
      expect(Math.abs(at(beta) - expected)).toBeLessThan(SPECTRAL);
      expect(at(beta)).toBeCloseTo(1 + (beta * 0.05 ** 2) / (1 - beta) ** 3, 4);
    }
  });

  test('of Nesterov is the look-ahead form, seen from the point ahead', () => {
    const [eta, beta] = [0.1, 0.7];
    let w = [1, 1];
    let last = w;
    play({ game: rotation(), scheme: sim, ...momentum(eta, beta, true) }, 50, ({ point }) => {
      const ahead = w.map((value, i) => value + beta * (value - last[i]));
      last = w;
      w = [ahead[0] - eta * ahead[1], ahead[1] + eta * ahead[0]];
      for (const i of [0, 1]) expect(point[i]).toBeCloseTo(w[i] + beta * (w[i] - last[i]), 12);
    });
    const at = (b: number) => radius({ game: rotation(), scheme: sim, ...momentum(0.1, b, true) });
    expect(at(-0.5)).toBeCloseTo(1.0029535, 7);
    for (const b of [-0.9, 0, 0.9]) expect(at(b)).toBeGreaterThan(1);
  });
});

describe('RMSProp and Adam', () => {
  const adamRule = (beta1: number) =>
    both({ kind: 'adam', learningRate: 0.01, beta1, beta2: 0.999, epsilon: 1e-8 });
  const adamOfEpsilonOne = (beta1: number) =>
    both({ kind: 'adam', learningRate: 0.1, beta1, beta2: 0.999, epsilon: 1 });

  test.each<[string, Differences, Differences, [number, number, number]]>([
    [
      'RMSProp ends on a cycle of the size of its rate',
      sim,
      both({ kind: 'rmsprop', learningRate: 0.01, decay: 0.9, epsilon: 1e-8 }),
      [1.6658, 0.0883, 0.0876],
    ],
    ['Adam, beta1 0.9', sim, adamRule(0.9), [1.6824, 1.9578, 3.3955]],
    ['Adam, beta1 0.5', sim, adamRule(0.5), [1.5628, 1.0524, 1.3885]],
    ['Adam, beta1 0', sim, adamRule(0), [1.5454, 0.9286, 0.9072]],
    ['alternating Adam, beta1 0', alternating, adamRule(0), [1.5371, 0.8808, 0.5968]],
    ['alternating Adam, beta1 -0.5', alternating, adamRule(-0.5), [1.531, 0.852, 0.3371]],
    ['Adam of rate 0.1, epsilon 1, beta1 0.9', sim, adamOfEpsilonOne(0.9), [3.4433, 18.2596, 33.1355]],
    ['Adam of rate 0.1, epsilon 1, beta1 0', sim, adamOfEpsilonOne(0), [1.3623, 2.7688, 6.405]],
  ])('%s: radii on the rotation after 100, 1,000 and 5,000 steps', (_, scheme, rule, expected) => {
    const radii: number[] = [];
    play({ game: rotation(), scheme, ...rule }, 5000, ({ point, step }) => {
      if ([100, 1000, 5000].includes(step)) radii.push(norm(point));
    });
    for (const [i, value] of expected.entries()) expect(Math.abs(radii[i] - value)).toBeLessThan(5.1e-5);
  });

  /** What a rule does with these gradients, one after the other. */
  function changes<S extends Record<string, unknown>>(
    rule: {
      init(size: number, s: S): Memory;
      update(g: Float64Array, m: never, s: S, c: Float64Array, at: Place): void;
    },
    settings: S,
    gradients: readonly number[][],
  ): Float64Array[] {
    const memory = rule.init(gradients[0].length, settings);
    return gradients.map((gradient) => {
      const change = new Float64Array(gradient.length);
      rule.update(Float64Array.from(gradient), memory as never, settings, change, {
        point: new Float64Array(gradient.length),
        layerEnds: [gradient.length],
      });
      return change;
    });
  }
  const gradients = Array.from({ length: 40 }, (_, i) => [
    ...stream(0, 'test', i).normals(new Float64Array(3)),
  ]);

  test('move all coordinates at about the rate, whatever the size of the gradient', () => {
    const steady = Array.from({ length: 200 }, () => [1e-3, -1, 1e3]);
    const settings = { ...defaults(adam.settings), learningRate: 0.1 };
    for (const change of changes(adam, settings, steady)) {
      for (const [i, sign] of [-1, 1, -1].entries()) expect(change[i]).toBeCloseTo(sign * 0.1, 5);
    }
    const last = changes(rmsprop, { ...defaults(rmsprop.settings), learningRate: 0.1 }, steady)[199];
    for (const [i, sign] of [-1, 1, -1].entries()) expect(last[i]).toBeCloseTo(sign * 0.1, 5);
  });

  test('RMSProp: where epsilon is added and what the mean square begins with decide the first step', () => {
    const first = (differences: Partial<ReturnType<typeof defaults<typeof rmsprop.settings>>>) =>
      -changes(rmsprop, { ...defaults(rmsprop.settings), learningRate: 1, ...differences }, [[1e-3]])[0][0];
    const inside = { epsilonInside: 'inside', epsilon: 1e-10 } as const;
    expect(first({ ...inside, initialSquare: 1 })).toBeCloseTo(1.05409249477e-3, 14); // TensorFlow 1
    expect(first(inside)).toBeCloseTo(3.1606977062, 10); // tfjs, there with epsilon 1e-7
    expect(first({ epsilonInside: 'outside', decay: 0.99 })).toBeCloseTo(9.99900009999, 10); // PyTorch
  });

  test('Adam with epsilon to infinity is descent at rate eta / epsilon, with error of order 1 / epsilon', () => {
    for (const [epsilon, deviation, digits] of [
      [1, 0.6054138602, 9],
      [1e2, 0.0323503469538, 12],
      [1e4, 3.385976545642e-4, 12],
      [1e6, 3.3875946785e-6, 13],
    ]) {
      const rule = {
        ...defaults(adam.settings),
        kind: 'adam' as const,
        learningRate: 0.1 * epsilon,
        beta1: 0,
        epsilon,
      };
      // Beyond what the settings allow: the limit is of the formula, not of the slider.
      const experiment: Experiment = {
        ...experimentOf({ game: rotation() }),
        generator: rule,
        discriminator: rule,
      };
      const session = openSession(experiment, reference);
      let largest = 0;
      for (let step = 1; step <= 200; step++) {
        session.advance(1);
        const expected = Math.SQRT2 * 1.01 ** (step / 2);
        largest = Math.max(largest, Math.abs(norm(session.state.point) / expected - 1));
      }
      expect(largest).toBeCloseTo(deviation, digits);
    }
  });

  test('Adam with a large epsilon is descent along the mean gradient, freed of its bias', () => {
    const [beta1, epsilon] = [0.9, 1e9];
    const settings = { ...defaults(adam.settings), learningRate: epsilon, beta1, epsilon };
    let mean = 0;
    for (const [t, change] of changes(adam, settings, gradients).entries()) {
      mean = beta1 * mean + (1 - beta1) * gradients[t][0];
      expect(change[0]).toBeCloseTo(-mean / (1 - beta1 ** (t + 1)), 7);
    }
  });

  test('Adam’s two conventions are the same for epsilon = epsilon-hat / sqrt(1 - beta2^t)', () => {
    const settings = {
      ...defaults(adam.settings),
      learningRate: 0.1,
      epsilonMode: 'hat' as const,
      epsilon: 0.3,
    };
    const hat = changes(adam, settings, gradients);
    for (let t = 1; t <= gradients.length; t++) {
      const epsilon = 0.3 / Math.sqrt(1 - settings.beta2 ** t);
      const standard = changes(
        adam,
        { ...settings, epsilonMode: 'standard', epsilon },
        gradients.slice(0, t),
      );
      for (const i of [0, 1, 2]) expect(standard[t - 1][i] / hat[t - 1][i]).toBeCloseTo(1, 12);
    }
  });

  test('Adam with a large epsilon-hat warms up by sqrt(1 - beta2^t): 0.032 at first, 0.795 in step 1,000', () => {
    const steady = Array.from({ length: 1000 }, () => [1]);
    const settings = { ...defaults(adam.settings), learningRate: 1e9, beta2: 0.999, epsilon: 1e9 };
    const hat = changes(adam, { ...settings, epsilonMode: 'hat' as const }, steady);
    const standard = changes(adam, settings, steady);
    for (const [t, expected] of [
      [1, 0.032],
      [1000, 0.795],
    ]) {
      expect(hat[t - 1][0] / standard[t - 1][0]).toBeCloseTo(expected, 3);
      expect(hat[t - 1][0] / standard[t - 1][0]).toBeCloseTo(Math.sqrt(1 - 0.999 ** t), 7);
    }
  });

  test('Adam without the correction of its scale begins 1 / sqrt(1 - beta2) as fast', () => {
    const settings = { ...defaults(adam.settings), learningRate: 0.1, biasCorrectSquare: false };
    expect(changes(adam, settings, [[2]])[0][0]).toBeCloseTo(-0.1 / Math.sqrt(0.001), 6);
  });
});

describe('the Dirac-GAN', () => {
  const h = 0.2;
  const dirac = (loss: string) => ({ kind: 'dirac', loss: { kind: loss }, start: [1, -1] });
  const five = { ...alternating, discriminatorSteps: 5 };

  test.each<[string, Differences, number]>([
    ['minimax', sim, 3.096949],
    ['minimax', alternating, 1.421019],
    ['minimax', five, 1.845274],
    ['nonSaturating', sim, 0.640207],
    ['nonSaturating', alternating, 0.283923],
    ['nonSaturating', five, 0.138877],
  ])(
    'with the loss %s, under %o, is at the radius of the table after 500 steps',
    (loss, scheme, expected) => {
      const { point } = play({ game: dirac(loss), scheme, ...descent(h) }, 500);
      expect(Math.abs(norm(point) - expected)).toBeLessThan(5.1e-7);
    },
  );

  test('has at its equilibrium a field that only rotates: eigenvalues ± i / 2 for both losses of the paper', () => {
    for (const { name } of [minimax, nonSaturating]) {
      const field = sceneOf(experimentOf({ game: dirac(name) })).field(0, 0, 0);
      const origin = new Float64Array(2);
      const columns = [Float64Array.of(1, 0), Float64Array.of(0, 1)].map((unit) => field.jvp(origin, unit));
      expect([...columns[0]].map((value) => value + 0)).toEqual([0, 0.5]);
      expect([...columns[1]].map((value) => value + 0)).toEqual([-0.5, 0]);
    }
  });

  test('grows by exactly 1 + h^2 sigma^2 in r^2 under simultaneous descent on the minimax loss', () => {
    let before = Float64Array.of(1, -1);
    play({ game: dirac('minimax'), scheme: sim, ...descent(h) }, 200, ({ point }) => {
      const sigma = 1 / (1 + Math.exp(-before[0] * before[1]));
      expect(norm(point) ** 2 / norm(before) ** 2).toBeCloseTo(1 + h * h * sigma * sigma, 13);
      before = point.slice();
    });
  });
});

describe('games', () => {
  test.each<[string, Differences, Complex]>([
    ['bilinear', rotation(3), [0, 3]],
    ['quadratic', linear(0.2, 1), [0.2, 1]],
    ['quadratic', linear(-1, 2), [-1, 2]],
  ])('%s has the eigenvalues that its settings say', (_, game, [s, a]) => {
    const field = sceneOf(experimentOf({ game })).field(0, 0, 0);
    const point = Float64Array.of(0.3, -2);
    const columns = [Float64Array.of(1, 0), Float64Array.of(0, 1)].map((unit) => field.jvp(point, unit));
    const { re, im } = eigenvalues(
      Float64Array.of(columns[0][0], columns[1][0], columns[0][1], columns[1][1]),
      2,
    );
    for (const i of [0, 1]) {
      expect(re[i]).toBeCloseTo(s, 14);
      expect(Math.abs(im[i])).toBeCloseTo(a, 14);
    }
  });
});

describe('losses', () => {
  test('at equilibrium are 2 ln 2 for the discriminator, ln 2 and - ln 2 for the generator', () => {
    expect(nonSaturating.atEquilibrium(defaults(nonSaturating.settings))).toEqual([
      Math.log(2),
      2 * Math.log(2),
    ]);
    expect(minimax.atEquilibrium(defaults(minimax.settings))).toEqual([-Math.log(2), 2 * Math.log(2)]);
  });

  test('are at those values when a GAN’s discriminator knows nothing', () => {
    for (const { name, settings, judges, atEquilibrium } of allLosses) {
      const values = atEquilibrium(defaults(settings));
      // Those whose discriminator then gives every sample the logit 0.
      const elsewhere = ['leastSquares', 'fGan', 'featureMatching'].includes(name);
      if (!values || judges === 'reconstruction' || elsewhere) continue;
      const scene = sceneOf(experimentOf({ game: { ...smallGan, loss: { kind: name } } }));
      const point = scene.initialPoint(0).fill(0, scene.split);
      const met = scene.field(0, 0, 0).losses(point);
      for (const i of [0, 1]) expect(met[i], name).toBeCloseTo(values[i], 14);
    }
  });

  test('minimax fades for a generator that is found out, non-saturating stays strong', () => {
    const fake = build.input('fake', [1]);
    const scores = { real: build.constant(0, [1]), fake };
    const push = (loss: typeof minimax | typeof nonSaturating, logit: number) => {
      const program = reference.compile({
        push: grad(lossesOf(loss as Loss, defaults(loss.settings), scores)[0], [fake])[0],
      });
      return program.run({ fake: Float64Array.of(logit) }).push[0];
    };
    for (const logit of [-10, -2, 0, 3]) {
      expect(push(minimax, logit)).toBeCloseTo(-1 / (1 + Math.exp(-logit)), 14);
      expect(push(nonSaturating, logit)).toBeCloseTo(-1 / (1 + Math.exp(logit)), 14);
    }
  });
});

describe('initialisers', () => {
  test('He’s keeps the size of signals through relu, layer after layer', () => {
    const width = 300;
    let signal = stream(0, 'test.signal').normals(new Float64Array(width));
    const begin = norm(signal);
    for (let layer = 0; layer < 6; layer++) {
      const weights = new Float64Array(width * width);
      he.fill(stream(0, 'test.he', layer), width, width, { gain: 1 }, weights);
      const next = new Float64Array(width);
      for (let i = 0; i < width; i++) {
        for (let j = 0; j < width; j++) next[j] += signal[i] * weights[i * width + j];
      }
      signal = next.map((value) => Math.max(0, value));
    }
    // After each layer the square deviates by about sqrt(5 / width) of itself.
    expect(Math.abs((norm(signal) / begin) ** 2 - 1)).toBeLessThan(3 * Math.sqrt((6 * 5) / width));
  });
});

describe('presets', () => {
  const preset = (name: string) => presets.find((each) => each.name === name)?.experiment as Differences;

  test.each(['bilinear', 'dirac'])('%s: every step leads further out', (name) => {
    let before = 0;
    play(preset(name), 1000, ({ point }) => {
      expect(norm(point)).toBeGreaterThan(before);
      before = norm(point);
    });
  });

  /** The distance to the nearest equilibrium, or the length of the field where none is known, after `steps`. */
  const away = (name: string, steps: number, changes: Differences = {}) => {
    const differences = { ...preset(name), ...changes };
    const scene = sceneOf(experimentOf(differences));
    const { point } = play(differences, steps);
    const { equilibria } = scene.model;
    if (equilibria.length === 0) return norm(scene.field(0, 0, 0).at(point));
    return Math.min(...equilibria.map((each) => norm(point.map((value, i) => value - each.point[i]))));
  };

  test.each([
    ['variance', 4000, 1e-6],
    ['covariance', 20_000, 1e-6],
    ['gaussianGan', 4000, 1e-9],
    ['pennies', 10_000, 1e-6],
    ['linearDomains', 1000, 1e-9],
    ['strongBilinear', 200, 1e-9],
  ])('%s arrives', (name, steps, within) => {
    expect(away(name, steps)).toBeLessThan(within);
  });

  test.each(['variance', 'covariance', 'pennies'])('%s does not by plain simultaneous descent', (name) => {
    let least = Number.POSITIVE_INFINITY;
    for (const steps of [300, 600, 900, 1200])
      least = Math.min(least, away(name, steps, { scheme: 'simultaneous' }));
    expect(least).toBeGreaterThan(0.1);
  });

  test('strongBilinear does by the proximal point as well, and by nothing else that is compared there', () => {
    expect(away('strongBilinear', 200, { scheme: 'proximal' })).toBeLessThan(1e-9);
    for (const scheme of ['simultaneous', 'alternating', 'extragradient', 'optimistic']) {
      expect(away('strongBilinear', 200, { scheme }), scheme).toBeGreaterThan(0.5);
    }
    const consensus = { kind: 'consensus', control: { kind: 'fixed', weight: 1 } };
    for (const adjustment of [consensus, { kind: 'sga' }]) {
      const changes = { scheme: 'simultaneous', adjustment };
      expect(away('strongBilinear', 50, changes), adjustment.kind).toBeGreaterThan(0.5);
    }
  });

  test.each([
    ['almostBilinear', 0.7, 0.95],
    ['marketCycle', 1, 1.6],
  ])('%s ends on a cycle', (name, least, most) => {
    for (let steps = 8000; steps < 8200; steps += 20) {
      expect(away(name, steps)).toBeGreaterThan(least);
      expect(away(name, steps)).toBeLessThan(most);
    }
  });

  test('quadratic converges below a rate of 0.3846 and spirals out above', () => {
    expect(radius({ ...preset('quadratic'), ...descent(0.3846) })).toBeLessThan(1);
    expect(radius({ ...preset('quadratic'), ...descent(0.3847) })).toBeGreaterThan(1);
    expect(norm(play(preset('quadratic'), 2000).point)).toBeLessThan(1e-6);
  });
});
