/** A game of one's own: one formula for a zero-sum game, or two. */
import { build } from '../../expr/index.ts';
import { group, number, text } from '../../settings/index.ts';
import { defineGame } from '../kinds.ts';
import { FormulaError, readFormula } from './formula.ts';
import { coordinates, startSetting, zeroSum } from './plane.ts';

/** The names that formulas may use for numbers that can be moved. */
const parameters = ['a', 'b', 'c', 'd'] as const;

const parameter = (name: string, standard: number) =>
  number({
    label: name,
    summary: `What the name ${name} stands for in the formulas.`,
    default: standard,
    min: -10,
    max: 10,
  });

/** Both players under each of their names. */
const nameBoth = <T>(first: T, second: T) => ({
  x: first,
  y: second,
  θ: first,
  φ: second,
  theta: first,
  phi: second,
});

/** What is wrong with a formula, in a few words; an empty one is fine where it may be left out. */
function mistakeIn(formula: string, mayBeEmpty: boolean): string | undefined {
  if (formula.trim() === '') return mayBeEmpty ? undefined : 'it is empty';
  const stand = build.input('any');
  const names = { ...nameBoth(stand, stand), ...Object.fromEntries(parameters.map((name) => [name, stand])) };
  try {
    readFormula(formula, names);
    return undefined;
  } catch (error) {
    if (error instanceof FormulaError) return `${error.message}, at character ${error.at + 1}`;
    throw error;
  }
}

const LANGUAGE =
  'a formula in x and y (or θ and φ), a, b, c, d, with + − * / ^ and functions such as exp, log, sin, tanh';

export const typed = defineGame({
  name: 'typed',
  label: 'A game of your own',
  summary:
    'Two formulas: what the first player minimises and what the second does. One alone is a zero-sum game.',
  source: 'typed by hand; differentiated exactly',
  formula: 'L_G = f(x, y),  L_D = g(x, y) or −f(x, y)',
  settings: group({
    first: text({
      label: 'f(x, y)',
      summary: 'What the first player, who moves x, minimises.',
      default: 'a*x*y + b*(x^2 - y^2)/2',
      expected: LANGUAGE,
      mistake: (formula) => mistakeIn(formula, false),
    }),
    second: text({
      label: 'g(x, y)',
      summary: 'What the second player, who moves y, minimises; left empty, it is −f.',
      default: '',
      expected: `${LANGUAGE}, or nothing`,
      mistake: (formula) => mistakeIn(formula, true),
    }),
    a: parameter('a', 1),
    b: parameter('b', 0),
    c: parameter('c', 0),
    d: parameter('d', 0),
    start: startSetting([1, 1]),
  }),
  write(stage, { first, second, start }) {
    const { theta, phi } = coordinates(stage, start);
    const names = {
      ...nameBoth(theta, phi),
      ...Object.fromEntries(parameters.map((name) => [name, stage.dial(name)])),
    };
    const f = readFormula(first, names);
    return {
      losses: second.trim() === '' ? zeroSum(f) : [f, readFormula(second, names)],
      equilibria: [],
      picture: { kind: 'plane', extent: 2 },
    };
  },
});
