/** What the names in a typed formula stand for: the players' coordinates, or numbers of one's own. */
import { FormulaError, functions, namesIn, type Tree } from './formula.ts';

/** A number that a formula calls for: the word of its setting, and how it is written. */
export interface FormulaName {
  readonly name: string;
  readonly label: string;
}

/** Both players under each of their names. */
export const nameBoth = <T>(first: T, second: T) => ({
  x: first,
  y: second,
  θ: first,
  φ: second,
  theta: first,
  phi: second,
});
const coordinates = nameBoth('x', 'y');

const GREEK =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho final sigma tau upsilon phi chi psi omega'.split(
    ' ',
  );
/** The small letters stand in this order from alpha on, the capitals likewise. */
const [SMALL_ALPHA, CAPITAL_ALPHA] = ['α'.charCodeAt(0), 'Α'.charCodeAt(0)];
const LONGEST_NAME = 20;
/** In one formula: as many as can be moved by hand. */
const MOST_NAMES = 16;
/** Words up to so many letters with an x or y among them are products that lack their signs. */
const SHORT = 3;

/** The plain word of a Greek letter; undefined for every other character. */
function wordOf(letter: string): string | undefined {
  const code = letter.charCodeAt(0);
  const small = GREEK[code - SMALL_ALPHA];
  if (small !== undefined) return small;
  const capital = GREEK[code - CAPITAL_ALPHA];
  return capital && capital[0].toUpperCase() + capital.slice(1);
}

/** `α1` is alpha1: the words of settings are plain letters, digits and underscores. */
const plainName = (name: string): string => (wordOf(name[0]) ?? name[0]) + name.slice(1);

/** `alpha_1` is written α_1. */
export function labelOf(name: string): string {
  const [, letters, rest] = /^([a-zA-Z]*)(.*)$/.exec(name) as unknown as [string, string, string];
  const at = GREEK.indexOf(letters.toLowerCase());
  if (at < 0 || letters === 'final') return name;
  const isCapital = letters[0] !== letters[0].toLowerCase();
  if (isCapital && letters.slice(1) !== letters.slice(1).toLowerCase()) return name;
  return String.fromCharCode((isCapital ? CAPITAL_ALPHA : SMALL_ALPHA) + at) + rest;
}

/**
 * The numbers that formulas call for by name, each once, in their order. Throws a FormulaError for a name that is
 * more likely a slip: `xy` for a product, `sinx` for a function's value, `cosh(x)` for a function that is none.
 * `taken` are words that mean something else where the numbers are kept.
 */
export function numbersIn(trees: readonly Tree[], taken: readonly string[]): FormulaName[] {
  const found = new Map<string, FormulaName>();
  for (const tree of trees) {
    const own = new Set<string>();
    for (const { name: text, at, isCalled } of namesIn(tree)) {
      if (Object.hasOwn(coordinates, text)) continue;
      const mistake = slipIn(text, isCalled, taken);
      if (mistake) throw new FormulaError(mistake, at);
      const name = plainName(text);
      found.set(name, { name, label: labelOf(name) });
      if (own.add(name).size > MOST_NAMES)
        throw new FormulaError(`at most ${MOST_NAMES} names can be used`, at);
    }
  }
  return [...found.values()];
}

/** What is wrong with a name for a number, in a few words. */
function slipIn(name: string, isCalled: boolean, taken: readonly string[]): string | undefined {
  const letters = [...name];
  if (isCalled && letters.length > 1) {
    return `${name} is no function; there are ${Object.keys(functions).join(', ')}`;
  }
  const called = Object.keys(functions).find(
    (each) => name.startsWith(each) && /^[xyθφ]+$/.test(name.slice(each.length)),
  );
  if (called) {
    return `${name} is read as one name; a function’s value goes in brackets, as in ${called}(${name.slice(called.length)})`;
  }
  const isOfCoordinates = letters.every((letter) => Object.hasOwn(coordinates, letter));
  const isShort = letters.length <= SHORT && /[xy]/.test(name);
  const isMixed = wordOf(name[0]) !== undefined && /[a-zA-Z]/.test(name.slice(1));
  if (letters.length > 1 && (isOfCoordinates || isShort || isMixed)) {
    return `${name} is read as one name; a product is written ${letters.join(' ')} or ${letters.join('*')}`;
  }
  if (letters.length > LONGEST_NAME) return `a name has at most ${LONGEST_NAME} letters`;
  const plain = plainName(name);
  if (plain.startsWith('final') && wordOf(name[0])) return `${name} is no name for a number`;
  if (taken.includes(plain) || plain in Object.prototype || Object.hasOwn(coordinates, plain)) {
    return `${name} means something else here; another name is free`;
  }
  return undefined;
}
