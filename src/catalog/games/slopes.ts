/** What each player of a typed game feels, as formulas: exact derivatives, like terms and factors put together. */
import { build, type Expr, grad } from '../../expr/index.ts';
import type { Sign, Tree } from './formula.ts';
import { coordinateNamesIn } from './plane.ts';
import { lossesOf } from './typedCode.ts';
import { writeFormula } from './writing.ts';

/** A number times powers; each power by its base as it is written. */
interface Term {
  readonly factor: number;
  readonly powers: ReadonlyMap<string, { readonly base: Tree; readonly exponent: number }>;
}
type Sum = readonly Term[];

/** Longer derivatives tell nobody anything. */
const LONGEST = 240;

/**
 * The derivative of the first player's loss by what that player moves, and the second's; undefined where one is too
 * long to be read. Both formulas must be readable.
 */
export function slopesOf(game: {
  readonly first: string;
  readonly second: string;
}): readonly [Tree | undefined, Tree | undefined] {
  const [x, y] = coordinateNamesIn(`${game.first} ${game.second}`).map((name) => build.input(name));
  const numbers = new Map<string, Expr>();
  const number = (name: string) => {
    const known = numbers.get(name) ?? build.input(name);
    numbers.set(name, known);
    return known;
  };
  const [f, g] = lossesOf(game, x, y, number);
  return [written(grad(f, [x])[0]), written(grad(g, [y])[0])];
}

function written(slope: Expr): Tree | undefined {
  try {
    const tree = treeOf(sumOf(slope, new Map()));
    return writeFormula(tree).length > LONGEST ? undefined : tree;
  } catch (error) {
    if (error instanceof TooLong) return undefined;
    throw error;
  }
}

class TooLong extends Error {}

const one: Term = { factor: 1, powers: new Map() };
const name = (text: string): Tree => ({ kind: 'name', name: text, at: 0, isCalled: false });
const call = (text: string, of: Sum): Tree => ({ kind: 'call', name: text, of: treeOf(of), at: 0 });

function power(base: Tree, exponent: number): Sum {
  const key = writeFormula(base);
  if (key.length > LONGEST) throw new TooLong();
  return [{ factor: 1, powers: new Map([[key, { base, exponent }]]) }];
}

function sumOf(expr: Expr, known: Map<Expr, Sum>): Sum {
  const found = known.get(expr) ?? collect(expr, (input) => sumOf(input, known));
  known.set(expr, found);
  if (found.length > LONGEST) throw new TooLong();
  return found;
}

function collect(expr: Expr, of: (input: Expr) => Sum): Sum {
  const { operation, inputs, values, attributes } = expr;
  if (values) return values[0] === 0 ? [] : [{ ...one, factor: values[0] }];
  const [a, b] = inputs;
  switch (operation.name) {
    case 'input':
      return power(name(String(attributes.name)), 1);
    case 'add':
      return added(of(a), of(b));
    case 'sub':
      return added(of(a), scaled(of(b), -1));
    case 'neg':
      return scaled(of(a), -1);
    case 'mul':
      return multiplied(of(a), of(b), 1);
    case 'div':
      return multiplied(of(a), of(b), -1);
    case 'sqrt':
      return power(treeOf(of(a)), 0.5);
    case 'exp':
      return exponential(of(a));
    default:
      return power(call(operation.name, of(a)), 1);
  }
}

function added(a: Sum, b: Sum): Sum {
  const terms = new Map<string, Term>();
  for (const term of [...a, ...b]) {
    const key = [...term.powers]
      .map(([base, { exponent }]) => `${base}^${exponent}`)
      .sort()
      .join('*');
    const before = terms.get(key);
    terms.set(key, before ? { ...before, factor: before.factor + term.factor } : term);
  }
  return [...terms.values()].filter(({ factor }) => factor !== 0);
}

const scaled = (sum: Sum, by: number): Sum => sum.map((term) => ({ ...term, factor: by * term.factor }));

/** a b, or a / b where `sign` is -1. A sum as a factor stays together, unless the other is a mere number. */
function multiplied(a: Sum, b: Sum, sign: 1 | -1): Sum {
  if (a.length === 0) return a;
  if (b.length === 0 && sign === 1) return b;
  const isNumber = (sum: Sum) => sum.length === 1 && sum[0].powers.size === 0;
  if (isNumber(b)) return scaled(a, b[0].factor ** sign);
  if (isNumber(a) && sign === 1) return scaled(b, a[0].factor);
  const [left] = a.length === 1 ? a : power(treeOf(a), 1);
  const [right] = b.length === 1 ? b : power(treeOf(b), 1);
  const powers = new Map(left.powers);
  for (const [key, { base, exponent }] of right.powers) {
    const total = (powers.get(key)?.exponent ?? 0) + sign * exponent;
    if (total === 0) powers.delete(key);
    else powers.set(key, { base, exponent: total });
  }
  return [{ factor: left.factor * right.factor ** sign, powers }];
}

/** e^sum; powers are written as e^(exponent log base), and read back here. */
function exponential(sum: Sum): Sum {
  if (sum.length === 1) {
    const [{ factor, powers }] = sum;
    const [only] = powers.values();
    if (powers.size === 1 && only.exponent === 1 && only.base.kind === 'call' && only.base.name === 'log')
      return power(only.base.of, factor);
  }
  return power(call('exp', sum), 1);
}

const two = (sign: Sign, left: Tree, right: Tree): Tree => ({ kind: 'two', sign, left, right, at: 0 });
/** Twelve digits: sums of decimals come out as they are meant. */
const numberOf = (value: number): Tree => ({ kind: 'number', value: Number(value.toPrecision(12)), at: 0 });

function treeOf(sum: Sum): Tree {
  if (sum.length === 0) return numberOf(0);
  // One that is added goes before those that are taken away.
  const terms = [...sum].sort((a, b) => Math.sign(b.factor) - Math.sign(a.factor));
  const [first, ...rest] = terms;
  const start = termOf(first);
  let tree: Tree = first.factor < 0 ? { kind: 'minus', of: start, at: 0 } : start;
  for (const term of rest) tree = two(term.factor < 0 ? '-' : '+', tree, termOf(term));
  return tree;
}

/** A term without its sign. */
function termOf({ factor, powers }: Term): Tree {
  const size = numberOf(Math.abs(factor));
  const above: Tree[] = [];
  const below: Tree[] = [];
  for (const { base, exponent } of powers.values()) {
    const size = Math.abs(exponent);
    const isRoot = size === 0.5;
    const raised = isRoot
      ? ({ kind: 'call', name: 'sqrt', of: base, at: 0 } as const)
      : size === 1
        ? base
        : two('^', base, numberOf(size));
    (exponent > 0 ? above : below).push(raised);
  }
  const product = (factors: readonly Tree[]) => factors.reduce((left, right) => two('*', left, right));
  if ((size as { value: number }).value !== 1 || above.length === 0) above.unshift(size);
  return below.length === 0 ? product(above) : two('/', product(above), product(below));
}
