/** How the formulas of a typed game are read. */
import { build, type Expr } from '../../expr/index.ts';
import { FormulaError, meaningOf, parseFormula, type Tree } from './formula.ts';
import { type FormulaName, nameBoth, numbersIn } from './naming.ts';
import { zeroSum } from './plane.ts';

/** Words of this game's own settings. */
const taken = ['kind', 'first', 'second', 'start'];

/** What is wrong with a formula, in a few words, and where; an empty one is fine where it may be left out. */
export function mistakeIn(
  formula: string,
  mayBeEmpty: boolean,
): { readonly message: string; readonly at: number } | undefined {
  if (formula.trim() === '') return mayBeEmpty ? undefined : { message: 'it is empty', at: 0 };
  try {
    const tree = parseFormula(formula);
    const stand = build.input('any');
    meaningOf(
      tree,
      writtenNames(stand, stand, [tree], () => stand),
    );
    return undefined;
  } catch (error) {
    if (error instanceof FormulaError) return { message: error.message, at: error.at };
    throw error;
  }
}

export function sentenceOf(formula: string, mayBeEmpty: boolean): string | undefined {
  const mistake = mistakeIn(formula, mayBeEmpty);
  if (!mistake || formula.trim() === '') return mistake?.message;
  return `${mistake.message}, at character ${mistake.at + 1}`;
}

/** What each name in these formulas stands for, as it is written there. */
function writtenNames<T>(theta: T, phi: T, trees: readonly Tree[], value: (name: string) => T) {
  const numbers = numbersIn(trees, taken).flatMap(({ name, label }) => {
    const each = value(name);
    return [
      [name, each],
      [label, each],
    ] as const;
  });
  return { ...nameBoth(theta, phi), ...Object.fromEntries(numbers) };
}

/** Both formulas as they were read; g is undefined where it is −f. Throws a FormulaError. */
function treesOf(first: string, second: string): readonly [f: Tree] | readonly [f: Tree, g: Tree] {
  const f = parseFormula(first);
  return second.trim() === '' ? [f] : [f, parseFormula(second)];
}

/** The numbers that a typed game's formulas call for, as they are written; none where one cannot be read. */
export function numbersUsed(first: string, second: string): readonly FormulaName[] {
  try {
    return numbersIn(treesOf(first, second), taken);
  } catch (error) {
    if (error instanceof FormulaError) return [];
    throw error;
  }
}

/** What both players of a typed game minimise; `value` gives the expression of a number by its name. */
export function lossesOf(
  { first, second }: { readonly first: string; readonly second: string },
  theta: Expr,
  phi: Expr,
  value: (name: string) => Expr,
): readonly [Expr, Expr] {
  const [f, g] = treesOf(first, second);
  const names = writtenNames(theta, phi, g ? [f, g] : [f], value);
  return g ? [meaningOf(f, names), meaningOf(g, names)] : zeroSum(meaningOf(f, names));
}
