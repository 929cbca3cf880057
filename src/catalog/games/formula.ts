/**
 * Formulas as people type them, read into trees, and trees into expressions: a small grammar, no evaluation of code.
 *
 *   sum     = product { (+ | -) product }
 *   product = signed { (* | /) signed | a number, name or bracket right after one (an implied product) }
 *   signed  = (+ | -) signed | power
 *   power   = value [ (^ | **) signed ]                to the right: 2^3^2 = 2^9, -x^2 = -(x^2)
 *   value   = number | name | function ( sum ) | ( sum )
 */
import { build, type Expr } from '../../expr/index.ts';

/** The functions that a formula may use, of one value. */
export const functions: Readonly<Record<string, (x: Expr) => Expr>> = {
  exp: build.exp,
  log: build.log,
  ln: build.log,
  sqrt: build.sqrt,
  sin: build.sin,
  cos: build.cos,
  tanh: build.tanh,
  sigmoid: build.sigmoid,
  softplus: build.softplus,
  relu: build.relu,
  abs: build.abs,
};

export const constants: Readonly<Record<string, number>> = { pi: Math.PI, π: Math.PI, e: Math.E };

/** A formula as it was read. `at` is where in the text a part was found, 0-based. */
export type Tree =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  /** `isCalled`: a bracket follows at once, as if it were a function. */
  | { readonly kind: 'name'; readonly name: string; readonly at: number; readonly isCalled: boolean }
  | { readonly kind: 'call'; readonly name: string; readonly of: Tree; readonly at: number }
  | { readonly kind: 'minus'; readonly of: Tree; readonly at: number }
  | {
      readonly kind: 'two';
      readonly sign: Sign;
      readonly left: Tree;
      readonly right: Tree;
      readonly at: number;
    };

export type Sign = '+' | '-' | '*' | '/' | '^';

/** Deeper brackets than anybody types: a bound, so that no text can exhaust the stack. */
const DEEPEST = 60;
/** The largest whole power that is written out as products. */
const LARGEST_POWER = 64;

/** What is wrong with a formula, and where (0-based). */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

function tokensOf(formula: string): Token[] {
  const tokens: Token[] = [];
  const pattern =
    /\s*(?:(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)|([a-zA-Zα-ω]\w*)|(\*\*|[-+*/^()−·×÷]))/giuy;
  let at = 0;
  while (formula.slice(at).trim() !== '') {
    pattern.lastIndex = at;
    const match = pattern.exec(formula);
    if (!match) {
      const where = at + formula.slice(at).search(/\S/);
      throw new FormulaError(
        `"${String.fromCodePoint(formula.codePointAt(where) as number)}" cannot be read`,
        where,
      );
    }
    const [whole, number, name, sign] = match;
    const start = at + whole.search(/\S/);
    if (number !== undefined) tokens.push({ kind: 'number', text: number, at: start });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, at: start });
    else tokens.push({ kind: 'sign', text: PLAIN_SIGNS[sign] ?? sign, at: start });
    at = pattern.lastIndex;
  }
  tokens.push({ kind: 'end', text: 'the end', at: formula.length });
  return tokens;
}

/** Typeset signs and what they mean. */
const PLAIN_SIGNS: Readonly<Record<string, string>> = { '**': '^', '−': '-', '·': '*', '×': '*', '÷': '/' };

/** Reads a formula without asking what its names mean. Throws a FormulaError that says what is wrong. */
export function parseFormula(formula: string): Tree {
  const tokens = tokensOf(formula);
  let next = 0;
  let depth = 0;
  const peek = () => tokens[next];
  const isSign = (...signs: string[]) => peek().kind === 'sign' && signs.includes(peek().text);
  const two = (sign: Sign, left: Tree, right: Tree, at: number): Tree => ({
    kind: 'two',
    sign,
    left,
    right,
    at,
  });

  function sum(): Tree {
    let total = product();
    while (isSign('+', '-')) {
      const { text, at } = tokens[next++];
      total = two(text as Sign, total, product(), at);
    }
    return total;
  }

  function product(): Tree {
    let total = signed();
    for (;;) {
      const { kind, text, at } = peek();
      if (isSign('*', '/')) {
        next += 1;
        total = two(text as Sign, total, signed(), at);
      } else if (kind === 'number' || kind === 'name' || isSign('(')) {
        total = two('*', total, power(), at);
      } else return total;
    }
  }

  function signed(): Tree {
    if (++depth > DEEPEST) throw new FormulaError('it is nested too deeply', peek().at);
    try {
      const { at } = peek();
      if (isSign('-')) {
        next += 1;
        return { kind: 'minus', of: signed(), at };
      }
      if (isSign('+')) {
        next += 1;
        return signed();
      }
      return power();
    } finally {
      depth -= 1;
    }
  }

  function power(): Tree {
    const base = value();
    if (!isSign('^')) return base;
    const { at } = tokens[next++];
    return two('^', base, signed(), at);
  }

  function value(): Tree {
    const { kind, text, at } = tokens[next++];
    if (kind === 'number') {
      const number = Number(text);
      if (!Number.isFinite(number)) throw new FormulaError(`${text} is too large`, at);
      return { kind: 'number', value: number, at };
    }
    if (kind === 'name') {
      if (Object.hasOwn(functions, text)) {
        if (!isSign('(')) throw new FormulaError(`${text} needs its value in brackets`, at);
        return { kind: 'call', name: text, of: bracket(), at };
      }
      return { kind: 'name', name: text, at, isCalled: isSign('(') && peek().at === at + text.length };
    }
    if (kind === 'sign' && text === '(') {
      next -= 1;
      return bracket();
    }
    throw new FormulaError(`a value is missing before ${text}`, at);
  }

  function bracket(): Tree {
    const open = tokens[next++];
    const inner = sum();
    if (!isSign(')')) throw new FormulaError('a bracket is not closed', open.at);
    next += 1;
    return inner;
  }

  const whole = sum();
  if (peek().kind !== 'end') throw new FormulaError(`${peek().text} does not fit here`, peek().at);
  return whole;
}

/** The names of a formula that are no constants, in the order in which they come, each time that they do. */
export function namesIn(tree: Tree): Extract<Tree, { kind: 'name' }>[] {
  switch (tree.kind) {
    case 'number':
      return [];
    case 'name':
      return Object.hasOwn(constants, tree.name) ? [] : [tree];
    case 'two':
      return [...namesIn(tree.left), ...namesIn(tree.right)];
    default:
      return namesIn(tree.of);
  }
}

/**
 * The expression that a formula means; `names` are the variables and parameters that it may use, scalars.
 * Throws a FormulaError that says what is wrong.
 */
export function meaningOf(tree: Tree, names: Readonly<Record<string, Expr>>): Expr {
  switch (tree.kind) {
    case 'number':
      return build.constant(tree.value);
    case 'name': {
      const { name, at } = tree;
      if (Object.hasOwn(names, name)) return names[name];
      if (Object.hasOwn(constants, name)) return build.constant(constants[name]);
      const known = [...Object.keys(names), ...Object.keys(functions), ...Object.keys(constants)];
      throw new FormulaError(`${name} is unknown; there are ${known.join(', ')}`, at);
    }
    case 'call':
      return functions[tree.name](meaningOf(tree.of, names));
    case 'minus':
      return build.neg(meaningOf(tree.of, names));
    case 'two': {
      const left = meaningOf(tree.left, names);
      const right = meaningOf(tree.right, names);
      return tree.sign === '^' ? raised(left, right, tree.at) : operations[tree.sign](left, right);
    }
  }
}

const operations = { '+': build.add, '-': build.sub, '*': build.mul, '/': build.div } as const;

/** The expression that a text means: `meaningOf` what `parseFormula` reads. */
export const readFormula = (formula: string, names: Readonly<Record<string, Expr>>): Expr =>
  meaningOf(parseFormula(formula), names);

/** base^exponent: whole powers as products, any other through the logarithm (of a positive base). */
function raised(base: Expr, exponent: Expr, at: number): Expr {
  const fixed = exponent.values?.length === 1 ? exponent.values[0] : undefined;
  if (fixed === undefined) return build.exp(build.mul(exponent, build.log(base)));
  if (fixed === 0.5) return build.sqrt(base);
  if (!Number.isInteger(fixed)) return build.exp(build.mul(exponent, build.log(base)));
  const size = Math.abs(fixed);
  if (size > LARGEST_POWER) throw new FormulaError(`a whole power may be at most ${LARGEST_POWER}`, at);
  const positive = wholePower(base, size);
  return fixed < 0 ? build.div(build.constant(1), positive) : positive;
}

function wholePower(base: Expr, power: number): Expr {
  if (power === 0) return build.constant(1);
  if (power === 1) return base;
  const half = wholePower(base, Math.floor(power / 2));
  const even = build.mul(half, half);
  return power % 2 === 0 ? even : build.mul(even, base);
}
