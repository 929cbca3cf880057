/** The typed game: its grammar, its exact derivatives, and what it answers to text that is no formula. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { FormulaError, functions, parseFormula, readFormula } from '../../src/catalog/games/formula.ts';
import { slopesOf } from '../../src/catalog/games/slopes.ts';
import { mistakeIn } from '../../src/catalog/games/typedCode.ts';
import { writeFormula } from '../../src/catalog/games/writing.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { openSession } from '../../src/engine/session.ts';
import { build, grad } from '../../src/expr/index.ts';
import { fromQuery, parse, set, toQuery, walk } from '../../src/settings/index.ts';
import { cpuSeconds } from '../cpu.ts';
import { expectDerivatives } from './differences.ts';
import { experimentOf, play, sceneOf } from './given.ts';

const x = build.input('x');
const y = build.input('y');
const names = { x, y, θ: x, φ: y, a: build.input('a') };

/** Value and both slopes of a formula at x = 1.3, y = 0.7, a = 2. */
function evaluated(formula: string): { value: number; slopes: [number, number] } {
  const value = readFormula(formula, names);
  const [byX, byY] = grad(value, [x, y]);
  const results = reference
    .compile({ value, byX, byY })
    .run({ x: Float64Array.of(1.3), y: Float64Array.of(0.7), a: Float64Array.of(2) });
  return { value: results.value[0], slopes: [results.byX[0], results.byY[0]] };
}
const X = 1.3;
const Y = 0.7;

describe('the grammar', () => {
  test.each<[string, number]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['8 - 3 - 2', 3],
    ['8 / 4 / 2', 1],
    ['2^3^2', 512],
    ['2 ** 3', 8],
    ['-2^2', -4],
    ['(-2)^2', 4],
    ['2^-1', 0.5],
    ['2 - -3', 5],
    ['--3', 3],
    ['-+3', -3],
    ['2x', 2 * X],
    ['2x^2y', 2 * X ** 2 * Y],
    ['x y', X * Y],
    ['2(x + 1)(y - 1)', 2 * (X + 1) * (Y - 1)],
    ['x/2y', (X / 2) * Y], // from left to right, as typed
    ['2 exp(x) y', 2 * Math.exp(X) * Y],
    ['3 2', 6],
    ['1.5e2 + .5 + 2.', 152.5],
    ['2e', 2 * Math.E],
    ['2e-3', 0.002],
    ['pi + π + e', 2 * Math.PI + Math.E],
    ['θφ', X * Y],
    ['θ·φ × 2 ÷ 4 − 1', (X * Y) / 2 - 1],
    ['a x', 2 * X],
    ['x^0.5', Math.sqrt(X)],
    ['x^-2', X ** -2],
    ['x^y', X ** Y],
    ['2^x', 2 ** X],
    ['x^1.5', X ** 1.5],
    ['abs(-x) + relu(-y) + sqrt(y)', X + Math.sqrt(Y)],
    ['log(x) + ln(y)', Math.log(X) + Math.log(Y)],
    ['sin(x) cos(y) tanh(x) sigmoid(y)', (Math.sin(X) * Math.cos(Y) * Math.tanh(X)) / (1 + Math.exp(-Y))],
    ['softplus(x)', Math.log1p(Math.exp(X))],
    ['x^0 + 0^0', 2],
  ])('%s', (formula, value) => {
    expect(evaluated(formula).value).toBeCloseTo(value, 12);
  });

  test('whole powers keep negative bases', () => {
    const value = readFormula('x^3 + x^-2 + x^(1 + 1)', { x });
    const found = reference.compile({ value }).run({ x: Float64Array.of(-2) }).value[0];
    expect(found).toBeCloseTo(-8 + 0.25 + 4, 14);
  });

  test.each<[string, string, number]>([
    ['x +', 'a value is missing before the end', 3],
    ['* x', 'a value is missing before *', 0],
    ['x * / y', 'a value is missing before /', 4],
    ['(x + 1', 'a bracket is not closed', 0],
    ['x + 1)', ') does not fit here', 5],
    ['()', 'a value is missing before )', 1],
    ['sin x', 'sin needs its value in brackets', 0],
    ['2 sin', 'sin needs its value in brackets', 2],
    ['x $ y', '"$" cannot be read', 2],
    ['x + 😀', '"😀" cannot be read', 4],
    ['x²', '"²" cannot be read', 1],
    ['x^100', 'a whole power may be at most 64', 1],
    ['1e999', '1e999 is too large', 0],
    [`${'('.repeat(100)}x`, 'it is nested too deeply', 60],
    [`${'-'.repeat(100)}x`, 'it is nested too deeply', 60],
    ['xy', 'xy is unknown', 0],
    ['x + constructor', 'constructor is unknown', 4],
    ['__proto__', '"_" cannot be read', 0],
    ['toString(x)', 'toString is unknown', 0],
    ['', 'a value is missing before the end', 0],
  ])('%s is answered with what and where', (formula, message, at) => {
    let found: unknown;
    try {
      readFormula(formula, names);
    } catch (error) {
      found = error;
    }
    expect(found).toBeInstanceOf(FormulaError);
    expect((found as FormulaError).message).toContain(message);
    expect((found as FormulaError).at).toBe(at);
  });

  test('an unknown name is answered with those that there are', () => {
    expect(() => readFormula('foo', names)).toThrow(
      `foo is unknown; there are x, y, θ, φ, a, ${Object.keys(functions).join(', ')}, pi, π, e`,
    );
  });
});

/** A random formula as text, and the same by plain functions; smooth and moderate on the square of the test. */
interface Drawn {
  readonly text: string;
  readonly f: (x: number, y: number) => number;
}
const { formula: drawnFormula } = fc.letrec<{ formula: Drawn }>((tie) => ({
  formula: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Drawn>({ text: 'x', f: (a) => a }, { text: 'y', f: (_, b) => b }),
    fc.integer({ min: 0, max: 30 }).map((n): Drawn => ({ text: `${n / 10}`, f: () => n / 10 })),
    fc
      .tuple(tie('formula'), tie('formula'), fc.constantFrom('+', '-', '*', ' '))
      .map(([a, b, sign]): Drawn => {
        const f = {
          '+': (p: number, q: number) => p + q,
          '-': (p: number, q: number) => p - q,
          '*': (p: number, q: number) => p * q,
          ' ': (p: number, q: number) => p * q,
        }[sign] as (p: number, q: number) => number;
        return { text: `(${a.text})${sign}(${b.text})`, f: (p, q) => f(a.f(p, q), b.f(p, q)) };
      }),
    fc
      .tuple(tie('formula'), fc.integer({ min: 0, max: 4 }))
      .map(([a, n]): Drawn => ({ text: `tanh(${a.text})^${n}`, f: (p, q) => Math.tanh(a.f(p, q)) ** n })),
    fc
      .tuple(tie('formula'))
      .map(([a]): Drawn => ({ text: `-sin(${a.text})`, f: (p, q) => -Math.sin(a.f(p, q)) })),
    fc.tuple(tie('formula')).map(
      ([a]): Drawn => ({
        text: `exp(cos(${a.text}))/2`,
        f: (p, q) => Math.exp(Math.cos(a.f(p, q))) / 2,
      }),
    ),
    fc.tuple(tie('formula')).map(
      ([a]): Drawn => ({
        text: `log(1+softplus(${a.text}))`,
        f: (p, q) => Math.log(1 + Math.log1p(Math.exp(-Math.abs(a.f(p, q)))) + Math.max(0, a.f(p, q))),
      }),
    ),
  ),
}));

test('random formulas have the value of plain evaluation, and its slopes', () => {
  fc.assert(
    fc.property(drawnFormula, ({ text, f }) => {
      const { value, slopes } = evaluated(text);
      const plain = f(X, Y);
      fc.pre(Number.isFinite(plain) && Math.abs(plain) < 1e6);
      expect(Math.abs(value - plain)).toBeLessThan(1e-11 * (1 + Math.abs(plain)));
      const h = 1e-4;
      const differences = [
        (8 * (f(X + h, Y) - f(X - h, Y)) - (f(X + 2 * h, Y) - f(X - 2 * h, Y))) / (12 * h),
        (8 * (f(X, Y + h) - f(X, Y - h)) - (f(X, Y + 2 * h) - f(X, Y - 2 * h))) / (12 * h),
      ];
      for (const [i, difference] of differences.entries()) {
        // Steep compositions (sin of thousands) leave the reach of differences.
        if (Math.abs(difference) > 50) continue;
        expect(Math.abs(slopes[i] - difference)).toBeLessThan(1e-5 * (1 + Math.abs(plain)));
      }
    }),
    { numRuns: 300, seed: 5 },
  );
});

test('what is written out again reads back with the same value and slopes', () => {
  fc.assert(
    fc.property(drawnFormula, ({ text }) => {
      const again = writeFormula(parseFormula(text));
      expect(writeFormula(parseFormula(again))).toBe(again);
      expect(evaluated(again)).toEqual(evaluated(text));
    }),
    { numRuns: 300, seed: 6 },
  );
  for (const text of [
    '-x^2',
    '(-x)^2',
    '2^3^2',
    '(2^3)^2',
    '1-(2-3)',
    '1/(2/3)',
    '-(x*y)',
    'x^-y',
    '2--3',
    'x*-y',
  ])
    expect(evaluated(writeFormula(parseFormula(text)))).toEqual(evaluated(text));
});

describe('what each player feels, written out', () => {
  test.each<[string, string, string, string]>([
    ['a*x*y + b*(x^2 - y^2)/2', '', 'a*y + b*x', 'b*y - a*x'],
    ['x^3 - 3x*y^2', '', '3*x^2 - 3*y^2', '6*y*x'],
    ['sin(x) y', 'y^2 x', 'y*cos(x)', '2*x*y'],
    ['y/x', 'exp(2y)', '-(y/x^2)', '2*exp(2*y)'],
    ['7', 'k', '0', '0'],
  ])('%s, %s', (first, second, byFirst, bySecond) => {
    const found = slopesOf({ first, second }).map((tree) => tree && sorted(writeFormula(tree)));
    expect(found).toEqual([sorted(byFirst), sorted(bySecond)]);
  });
  /** The order of factors and terms is nobody's promise: terms with their signs, and in each its factors. */
  const sorted = (text: string) =>
    [...text.replaceAll(' ', '').matchAll(/([+-]?)((?:\([^()]*\)|[^+\-()])+)/g)]
      .map(([, sign, term]) => `${sign || '+'}${term.split('*').sort().join('*')}`)
      .sort();

  test('has the value of the exact derivative', () => {
    fc.assert(
      fc.property(drawnFormula, ({ text }) => {
        const [slope] = slopesOf({ first: text, second: '' });
        fc.pre(slope !== undefined);
        const { value } = evaluated(writeFormula(slope!));
        const { slopes } = evaluated(text);
        fc.pre(Number.isFinite(slopes[0]) && Math.abs(slopes[0]) < 1e6);
        // Constants are written with twelve digits.
        expect(Math.abs(value - slopes[0])).toBeLessThan(1e-8 * (1 + Math.abs(slopes[0])));
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});

test('10,000 spoilt formulas are read or answered, and nothing else, in no time', () => {
  const alphabet = [
    ...'xyab()+-*/^.,;$# \t\n0189eEπθφ·×−²_"\'`{}[]\\',
    '**',
    'exp',
    'sin(',
    '\ud800',
    '😀',
    '__proto__',
    '1e9',
    '((((',
    '^^',
    '--',
  ];
  const starts = [
    'a*x*y + b*(x^2 - y^2)/2',
    '2x^2y - sin(x)/3 + exp(-y^2)',
    'x^64^2',
    '',
    'tanh(sigmoid(x) y)^3',
  ];
  const edits = fc.array(
    fc.record({ at: fc.nat(), cut: fc.nat({ max: 4 }), paste: fc.constantFrom(...alphabet) }),
    { minLength: 1, maxLength: 12 },
  );
  const before = cpuSeconds();
  let read = 0;
  fc.assert(
    fc.property(fc.constantFrom(...starts), edits, (start, list) => {
      let formula = start;
      for (const { at, cut, paste } of list) {
        const place = at % (formula.length + 1);
        formula = formula.slice(0, place) + paste + formula.slice(place + cut);
      }
      try {
        readFormula(formula, names);
        read += 1;
      } catch (error) {
        if (!(error instanceof FormulaError)) throw error;
        expect(error.at).toBeGreaterThanOrEqual(0);
        expect(error.at).toBeLessThanOrEqual(formula.length);
      }
    }),
    { numRuns: 10_000, seed: 4 },
  );
  expect(read).toBeGreaterThan(100);
  expect(cpuSeconds() - before).toBeLessThan(15); // about one second
}, 30_000);

test('the longest and deepest formulas that settings let through are read, differentiated and run at once', () => {
  const before = cpuSeconds();
  for (const formula of [
    `${'('.repeat(50)}x${')^64'.repeat(50)}`,
    `${'(x+y)'.repeat(99)}`,
    `${'sin('.repeat(50)}x${')'.repeat(50)}`,
    `${'x^64'.repeat(120)}`,
    `x${'+x'.repeat(240)}`,
  ]) {
    expect(formula.length).toBeLessThanOrEqual(500);
    const scene = sceneOf(experimentOf({ game: { kind: 'typed', first: formula } }));
    const field = scene.field(0, 0, 0);
    const point = Float64Array.of(0.01, 0.02);
    field.at(point);
    field.jvp(point, point);
  }
  expect(cpuSeconds() - before).toBeLessThan(10);
}, 20_000);

describe('as a game', () => {
  const typed = (first: string, second = '', more = {}) => ({
    game: { kind: 'typed', first, second, start: [0.7, 0.3], ...more },
  });

  test('one formula is a zero-sum game, two are what each player minimises', () => {
    const field = (experiment: object) => {
      const scene = sceneOf(experimentOf(experiment as Record<string, unknown>));
      const at = Float64Array.of(0.7, 0.3);
      return [...scene.field(0, 0, 0).at(at), ...scene.field(0, 0, 0).losses(at)];
    };
    expect(field(typed('x^2 y'))).toEqual([2 * 0.7 * 0.3, -(0.7 ** 2), 0.7 * 0.7 * 0.3, -(0.7 * 0.7 * 0.3)]);
    expect(field(typed('x y', 'y^2'))).toEqual([0.3, 0.6, 0.7 * 0.3, 0.3 * 0.3]);
  });

  test('the field is the gradient, and its products are its derivatives', () => {
    const { game } = typed('2x^2y - sin(x)/3 + e^(-y^2) + a x y', 'x^y + b*tanh(x y)', { b: 2 });
    expectDerivatives(game, { at: [0.7, 0.3] });
  });

  test('any name is a number: a setting that is there as long as it is used', () => {
    const first = 'rate*x*y + α x^2 + β_1 y - λ3';
    const { values, problems } = parse(schema, typed(first, 'k y^2', { rate: 3, alpha: 0.5, lambda3: -2 }));
    expect(problems).toEqual([]);
    expect(values.game).toMatchObject({ rate: 3, alpha: 0.5, beta_1: 1, lambda3: -2, k: 1 });
    const paths = walk(schema, values).map(({ path }) => path);
    for (const name of ['rate', 'alpha', 'beta_1', 'lambda3', 'k']) expect(paths).toContain(`game.${name}`);
    const link = toQuery(schema, values);
    expect(link).toContain('game.alpha=0.5');
    expect(link).not.toContain('game.k=');
    expect(fromQuery(schema, link)).toEqual({ values, problems: [] });
    const shorter = set(schema, values, 'game.first', 'x y');
    expect(walk(schema, shorter).map(({ path }) => path)).not.toContain('game.rate');
    expect(toQuery(schema, shorter)).not.toContain('rate');
    // Typed again, it is what it was.
    const again = set(schema, shorter, 'game.first', 'rate x y');
    expect(again.game).toMatchObject({ rate: 3 });
    expect(toQuery(schema, again)).toContain('game.rate=3');
    const other = parse(schema, typed('x y', '', { rate: 3 })).problems;
    expect(other.map(({ path }) => path)).toEqual(['game.rate']);
  });

  test('links from before there were names read as they did', () => {
    const old = 'game=typed&game.first=a*x*y%2Bc*x&game.a=2&game.b=1&game.c=-0.5&game.d=10';
    const { values, problems } = fromQuery(schema, old);
    expect(problems).toEqual([]);
    expect(values.game).toMatchObject({ a: 2, b: 1, c: -0.5, d: 10, first: 'a*x*y+c*x' });
  });

  test.each<[string, string, number]>([
    ['xy', 'xy is read as one name; a product is written x y or x*y', 1],
    ['1 + ax', 'ax is read as one name; a product is written a x or a*x', 5],
    ['sinx', 'as in sin(x)', 1],
    ['tanhxy', 'as in tanh(xy)', 1],
    ['x cosh(y)', 'cosh is no function; there are exp', 3],
    ['θx', 'a product is written θ x or θ*x', 1],
    ['x + kind', 'kind means something else here', 5],
    ['x first', 'first means something else here', 3],
    ['constructor x', 'constructor means something else here', 1],
    [`${'n'.repeat(21)} x`, 'at most 20 letters', 1],
    ['ABCDEFGHIJKLMNOPQ'.split('').join('+'), 'at most 16 names', 33],
  ])('%s is more likely a slip than a name', (formula, message, at) => {
    const [problem] = parse(schema, typed(formula)).problems;
    expect(problem.message).toContain(`at character ${at})`);
    expect(mistakeIn(formula, false)).toMatchObject({
      message: expect.stringContaining(message),
      at: at - 1,
    });
  });

  test('names that are turned are dials: no other scene, and the field follows', () => {
    const of = (more: object) => experimentOf(typed('rate x y + α x^2', '', more)).game;
    const scene = sceneOf(experimentOf(typed('rate x y + α x^2')));
    expect(scene.dials).toEqual(['game.rate', 'game.alpha']);
    const read = () => scene.field(0, 0, 0).at(Float64Array.of(2, 3))[0];
    expect(read()).toBe(3 + 4);
    scene.turnDials({ game: of({ rate: 4, alpha: 0.5 }) });
    expect(read()).toBe(12 + 2);
    const session = openSession(experimentOf(typed('k x y')), reference);
    const { scene: first } = session;
    session.change(experimentOf(typed('k x y', '', { k: 3 })));
    expect(session.scene).toBe(first);
    session.change(experimentOf(typed('k x y + l x', '', { k: 3 })));
    expect(session.scene).not.toBe(first);
  });

  test('the numbers a to d are dials: they turn without another scene', () => {
    const of = (a: number) => experimentOf(typed('a x y', '', { a })).game;
    const scene = sceneOf(experimentOf(typed('a x y')));
    const read = () => scene.field(0, 0, 0).at(Float64Array.of(2, 3))[0];
    expect(read()).toBe(3);
    scene.turnDials({ game: of(4) });
    expect(read()).toBe(12);
  });

  test('plays as its like among the games does', () => {
    const descent = { kind: 'sgd', learningRate: 0.1 };
    const rules = { generator: descent, discriminator: descent };
    const own = play({ game: { kind: 'typed', first: 'x y', start: [1, 1] }, ...rules }, 50).point;
    expect(own).toEqual(play({ game: 'bilinear', ...rules }, 50).point);
  });

  test('problems name the formula, the place and what is accepted; the default is played', () => {
    const { values, problems } = parse(schema, typed('x + ', 'sin y'));
    expect(values.game).toMatchObject({ first: 'a*x*y + b*(x^2 - y^2)/2', second: '' });
    expect(problems.map(({ path }) => path)).toEqual(['game.first', 'game.second']);
    expect(problems[0].message).toContain('a value is missing before the end, at character 5');
    expect(problems[0].message).toContain('a formula in x and y');
    expect(problems[1].message).toContain('sin needs its value in brackets, at character 1');
    expect(parse(schema, typed('')).problems[0].message).toContain('it is empty');
  });

  test('goes through a link unchanged, whatever its characters', () => {
    for (const first of ['x*y + a^2', 'θ·φ − 2x y', '(x+y)^2 - 3/4', 'pi*e+x', '2e+3 x', 'x  +  y']) {
      const { values, problems } = parse(schema, typed(first, '-x y'));
      expect(problems).toEqual([]);
      const link = toQuery(schema, values);
      expect(fromQuery(schema, link)).toEqual({ values, problems: [] });
    }
  });

  test('a formula without a value at the start diverges in words instead of throwing', () => {
    const { point } = play({ ...typed('log(x) y', '', { start: [0.5, 1] }) }, 1);
    expect(point.every(Number.isFinite)).toBe(true);
    const scene = sceneOf(experimentOf(typed('log(x) + 1/x')));
    expect(scene.field(0, 0, 0).at(Float64Array.of(-1, 0))[0]).not.toBe(0);
  });
});
