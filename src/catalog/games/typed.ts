/** A game of one's own: one formula for a zero-sum game, or two. */
import { group, number, text } from '../../settings/index.ts';
import { defineGame } from '../kinds.ts';
import { hasLate, late } from '../late.ts';
import { coordinates, startSetting } from './plane.ts';

/** Numbers that are always there, used or not: links have named them from the beginning. */
const always = ['a', 'b', 'c', 'd'] as const;

/** Far enough for any game that a plane can show. */
const LARGEST = 1000;

const parameter = (name: string, standard: number) =>
  number({
    label: name,
    summary: `What the name ${name} stands for in the formulas.`,
    default: standard,
    min: -LARGEST,
    max: LARGEST,
    reach: 10,
  });

/** What is wrong with a formula, if anything is; before the code that reads formulas is there, only ours are asked about. */
const mistakeIn = (formula: string, mayBeEmpty: boolean) =>
  hasLate() ? late().sentenceOf(formula, mayBeEmpty) : undefined;

const LANGUAGE =
  'a formula in x and y (or θ and φ) and names of your own, with + − * / ^ and functions such as exp, log, sin, tanh';

export const typed = defineGame({
  name: 'typed',
  label: 'A game of your own',
  summary:
    'Two formulas: what the first player minimises and what the second does. One alone is a zero-sum game.',
  source: 'typed by hand; differentiated exactly',
  formula: 'L_G = f(x, y),  L_D = g(x, y) or −f(x, y)',
  isLate: true,
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
    start: startSetting([1, 1], 'x, y'),
  }),
  named: {
    each: parameter('a name', 1),
    in: ({ first, second }) =>
      late()
        .numbersUsed(first as string, second as string)
        .filter(({ name }) => !isAlways(name)),
  },
  write(stage, { first, second, start }) {
    const { theta, phi } = coordinates(stage, start);
    return {
      losses: late().lossesOf({ first, second }, theta, phi, (name) => stage.dial(name)),
      equilibria: [],
      picture: { kind: 'plane', extent: 2 },
    };
  },
});

const isAlways = (name: string) => always.some((each) => each === name);
