/** Points of rest: every known one is found, each is what its closed form says, and nothing is told that is not so. */
import { describe, expect, test } from 'vitest';
import { equilibria, type RestKind } from '../../src/analysis/equilibria.ts';
import { finish } from '../../src/analysis/probe.ts';
import { examples } from '../../src/catalog/games/examples.ts';
import { games } from '../../src/catalog/games/index.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { momentOf } from '../../src/engine/frame.ts';
import { openSession } from '../../src/engine/session.ts';
import { experimentOf } from '../catalog/given.ts';

type Differences = Readonly<Record<string, unknown>>;

const sgd = { kind: 'sgd', learningRate: 0.1 };
const descent = { scheme: 'simultaneous', generator: sgd, discriminator: sgd };

function found(game: Differences, optimizer: Differences = descent) {
  const session = openSession(experimentOf({ ...optimizer, game }), reference);
  return finish(equilibria.work(momentOf(session), { extent: 0 }));
}
const typed = (first: string, second = '', more = {}) => ({ kind: 'typed', first, second, ...more });
const places = ({ points }: ReturnType<typeof found>) => points.map(({ at }) => [...at]);

const isPlane = (name: string) => {
  const { model } = openSession(experimentOf({ game: name }), reference).scene;
  return model.picture.kind === 'plane';
};
const planes = games.map(({ name }) => name).filter((name) => !/gan|domains/i.test(name) && isPlane(name));

test.each(planes)('of %s every known point is found, and at each of those the field is zero', (name) => {
  const reading = found({ kind: name });
  const session = openSession(experimentOf({ game: name }), reference);
  for (const { point } of session.scene.model.equilibria) {
    const away = places(reading).map(([x, y]) => Math.hypot(x - point[0], y - point[1]));
    expect(Math.min(...away)).toBeLessThan(1e-7);
  }
  for (const { fieldNorm } of reading.points) expect(fieldNorm).toBeLessThan(1e-9);
});

describe('closed forms', () => {
  const rows: [string, Differences, [x: number, y: number, kind: RestKind, nash: string][]][] = [
    ['bilinear', { kind: 'bilinear' }, [[0, 0, 'centre', 'weak']]],
    ['a Dirac-GAN', { kind: 'dirac' }, [[0, 0, 'centre', 'weak']]],
    // J = [[0, 1/2], [-1/2, γ]]: real eigenvalues from γ = 1 on.
    [
      'a Dirac-GAN with a penalty',
      typed('softplus(-x y)', 'softplus(x y) + γ y^2/2', { gamma: 0.3 }),
      [[0, 0, 'stable focus', 'weak']],
    ],
    [
      'a Dirac-GAN with a strong one',
      typed('softplus(-x y)', 'softplus(x y) + γ y^2/2', { gamma: 1.5 }),
      [[0, 0, 'stable node', 'weak']],
    ],
    ['forsaken', { kind: 'forsaken' }, [[0.0780266687, 0.4119338514, 'stable focus', 'no']]],
    ['a quadratic game', { kind: 'quadratic' }, [[0, 0, 'stable focus', 'strict']]],
    [
      'two conventions',
      typed('x^4/4 - x y', 'y^4/4 - x y'),
      [
        [-1, -1, 'stable node', 'strict'],
        [0, 0, 'saddle', 'weak'],
        [1, 1, 'stable node', 'strict'],
      ],
    ],
    ['a game that only pushes away', typed('-x^2', '-y^2 '), [[0, 0, 'unstable node', 'no']]],
    ['a limit cycle', typed('x y - x^2/4 + x^4/4', '-x y - y^2/4 + y^4/4'), [[0, 0, 'unstable focus', 'no']]],
    ['a monkey saddle', typed('x^3 - 3x y^2'), [[0, 0, 'degenerate', 'no']]],
    ['a flat bottom', typed('x^4', 'y^4'), [[0, 0, 'degenerate', 'weak']]],
  ];
  test.each(rows)('%s', (_, game, expected) => {
    const { points, curves, more, everywhere } = found(game);
    expect(points.map(({ kind, nash }) => [kind, nash])).toEqual(expected.map(([, , ...rest]) => rest));
    for (const [i, [x, y]] of expected.entries()) {
      // A zero of third order is known to the third root of what is zero.
      const isFlat = expected[i][2] === 'degenerate';
      expect(Math.hypot(points[i].at[0] - x, points[i].at[1] - y)).toBeLessThan(isFlat ? 1e-3 : 1e-8);
    }
    expect([curves.length, more, everywhere]).toEqual([0, false, false]);
  });

  test('eigenvalues, curvatures and the optimizer’s own radius are those of the linear game', () => {
    // F = (x + 2y, y - x): J = [[1, 2], [-1, 1]], eigenvalues 1 ± i √2; a step of 0.1 has radius √(0.9² + 0.02).
    const [point] = found(typed('x^2/2 + p x y', 'y^2/2 - q x y', { p: 2, q: 1 })).points;
    expect([...point.jacobian]).toEqual([1, 2, -1, 1]);
    expect([...point.re]).toEqual([1, 1]);
    expect(point.im[0]).toBeCloseTo(Math.SQRT2, 12);
    expect([...point.curvatures]).toEqual([1, 1]);
    expect(point.radius).toBeCloseTo(Math.sqrt(0.81 + 0.02), 9);
    expect(point.attracts).toBe(true);
  });

  test('the optimizer counts: what descent leaves, extragradient is drawn to', () => {
    expect(found({ kind: 'bilinear' }).points[0].attracts).toBe(false);
    const [point] = found({ kind: 'bilinear' }, { ...descent, scheme: 'extragradient' }).points;
    // |1 - ih + (ih)²|² = 1 - h² + h⁴ at h = 0.1
    expect(point.radius).toBeCloseTo(Math.sqrt(1 - 0.01 + 0.0001), 9);
    expect(point.attracts).toBe(true);
  });

  test('minimax points are told in zero-sum games: where the second player answers last', () => {
    // V = -x²/2 + 2xy - y²/2: max over y is -x²/2 + 2x²: lowest at 0, though x alone would leave.
    const minimax = found(typed('-x^2/2 + 2x y - y^2/2'));
    expect(minimax.zeroSum).toBe(true);
    expect(minimax.points.map(({ nash, minimax: is }) => [nash, is])).toEqual([['no', true]]);
    expect(found(typed('-x^2 + x y - y^2/2')).points[0].minimax).toBe(false);
    expect(found(typed('x y')).points[0].minimax).toBeNull();
    expect(found(typed('x^2', 'y^2')).zeroSum).toBe(false);
    expect(found(typed('x^2', 'y^2')).points[0].minimax).toBeNull();
  });

  test('sines have their grid of points, centres and saddles in turn', () => {
    const { points } = found(typed('sin(x) sin(y)'));
    const inside = points.filter(({ at }) => Math.abs(at[0]) < 5 && Math.abs(at[1]) < 5);
    // Centres at multiples of π, saddles half way: 9 and 16 within 5.
    expect(inside.filter(({ kind }) => kind === 'centre')).toHaveLength(9);
    expect(inside.filter(({ kind }) => kind === 'saddle')).toHaveLength(16);
    expect(inside).toHaveLength(25);
  });
});

describe('what is no point', () => {
  test('a circle of equilibria is one closed curve, and its middle a point', () => {
    const both = '(x^2 + y^2 - r^2)^2/4';
    const { curves, points } = found(typed(both, both, { r: 1.5 }));
    expect(points.map(({ kind }) => kind)).toEqual(['unstable node']);
    expect(curves).toHaveLength(1);
    const [curve] = curves;
    for (let i = 0; i < curve.length; i += 2) expect(Math.hypot(curve[i], curve[i + 1])).toBeCloseTo(1.5, 9);
    expect([...curve.slice(0, 2)]).toEqual([...curve.slice(-2)]);
    let around = 0;
    for (let i = 2; i < curve.length; i += 2)
      around += Math.hypot(curve[i] - curve[i - 2], curve[i + 1] - curve[i - 1]);
    expect(around).toBeCloseTo(2 * Math.PI * 1.5, 2);
  });

  test('a line of equilibria is one curve as far as was searched', () => {
    const { curves, points, reach } = found(typed('x^2'));
    expect(points).toEqual([]);
    expect(curves).toHaveLength(1);
    const ys = [...curves[0]].filter((_, i) => i % 2 === 1);
    expect(Math.max(...ys)).toBeGreaterThan(0.98 * reach);
    expect(Math.min(...ys)).toBeLessThan(-0.98 * reach);
  });

  test('a game that is nothing rests everywhere', () => {
    const { everywhere, points, curves } = found(typed('0'));
    expect([everywhere, points, curves]).toEqual([true, [], []]);
  });

  test.each(['sigmoid(x) y + x', 'exp(-x)*y + y', 'y/x', 'exp(x) + y', 'tanh(x) - y^2', 'x - y'])(
    '%s has none, though its field may fade away',
    (first) => {
      const { points, curves, everywhere } = found(typed(first));
      expect([points, curves, everywhere]).toEqual([[], [], false]);
    },
  );

  test('the hollows of a field’s length are none: exp(-x²-y²) rests in the middle alone', () => {
    expect(places(found(typed('exp(-x^2 - y^2)')))).toEqual([[0, 0]]);
  });

  test('poles and overflow are lived through', () => {
    for (const first of ['exp(exp(3*x*y))', '1/(x^2+y^2)', 'log(x) y', 'x^64*y^64', 'sqrt(x)+y', '1e300*x*y'])
      expect(() => found(typed(first))).not.toThrow();
  });
});

test('the same game has the same reading, bit for bit, whatever ran before', () => {
  const game = typed('sin(3x) y + cos(x y)', 'y^2 - x^3 y');
  expect(found(game)).toEqual(found(game));
});

test('it works in pieces', () => {
  const session = openSession(experimentOf({ game: typed('sin(5x)*sin(5y)') }), reference);
  const work = equilibria.work(momentOf(session), { extent: 0 });
  let [pieces, last] = [0, 0];
  for (let piece = work.next(); !piece.done; piece = work.next()) {
    expect(piece.value).toBeGreaterThanOrEqual(last - 1e-12);
    last = piece.value;
    pieces += 1;
  }
  expect(pieces).toBeGreaterThan(10);
  expect(last).toBeLessThanOrEqual(1);
});

test('what each example says is there', () => {
  const kindsOf = (label: string) => {
    const { first, second, numbers } = examples.find((each) => each.label === label)!;
    const { points, curves } = found(typed(first, second, numbers));
    return [...points.map(({ kind }) => kind), ...curves.map(() => 'curve')];
  };
  expect(kindsOf('Rotation')).toEqual(['centre']);
  expect(kindsOf('Dirac-GAN with a penalty')).toEqual(['stable focus']);
  expect(kindsOf('Two quadratics')).toEqual(['stable focus']);
  expect(kindsOf('Limit cycle')).toEqual(['unstable focus']);
  expect(kindsOf('Forsaken')).toEqual(['stable focus']);
  expect(kindsOf('Which side of the road')).toEqual(['stable node', 'saddle', 'stable node']);
  expect(kindsOf('Monkey saddle')).toEqual(['degenerate']);
  expect(new Set(kindsOf('Egg crate'))).toEqual(new Set(['centre', 'saddle']));
  expect(kindsOf('A circle of equilibria')).toEqual(['unstable node', 'curve']);
});
