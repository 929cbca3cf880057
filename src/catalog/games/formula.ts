/**
 * Formulas as people type them, read into expressions: a small grammar, no evaluation of code.
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

const constants: Readonly<Record<string, number>> = { pi: Math.PI, π: Math.PI, e: Math.E };

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

/**
 * The expression that a formula means; `names` are the variables and parameters that it may use, scalars.
 * Throws a FormulaError that says what is wrong.
 */
export function readFormula(formula: string, names: Readonly<Record<string, Expr>>): Expr {
  const tokens = tokensOf(formula);
  let next = 0;
  let depth = 0;
  const peek = () => tokens[next];
  const isSign = (...signs: string[]) => peek().kind === 'sign' && signs.includes(peek().text);

  function sum(): Expr {
    let total = product();
    while (isSign('+', '-')) {
      const sign = tokens[next++].text;
      const term = product();
      total = sign === '+' ? build.add(total, term) : build.sub(total, term);
    }
    return total;
  }

  function product(): Expr {
    let total = signed();
    for (;;) {
      if (isSign('*', '/')) {
        const sign = tokens[next++].text;
        const factor = signed();
        total = sign === '*' ? build.mul(total, factor) : build.div(total, factor);
      } else if (peek().kind === 'number' || peek().kind === 'name' || isSign('(')) {
        total = build.mul(total, power());
      } else return total;
    }
  }

  function signed(): Expr {
    if (++depth > DEEPEST) throw new FormulaError('it is nested too deeply', peek().at);
    try {
      if (isSign('-')) {
        next += 1;
        return build.neg(signed());
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

  function power(): Expr {
    const base = value();
    if (!isSign('^')) return base;
    const { at } = tokens[next++];
    return raised(base, signed(), at);
  }

  function value(): Expr {
    const token = tokens[next++];
    if (token.kind === 'number') {
      const number = Number(token.text);
      if (!Number.isFinite(number)) throw new FormulaError(`${token.text} is too large`, token.at);
      return build.constant(number);
    }
    if (token.kind === 'name') {
      const { text } = token;
      if (Object.hasOwn(functions, text)) {
        if (!isSign('(')) throw new FormulaError(`${text} needs its value in brackets`, token.at);
        return functions[text](bracket());
      }
      if (Object.hasOwn(names, text)) return names[text];
      if (Object.hasOwn(constants, text)) return build.constant(constants[text]);
      const known = [...Object.keys(names), ...Object.keys(functions), ...Object.keys(constants)];
      throw new FormulaError(`${text} is unknown; there are ${known.join(', ')}`, token.at);
    }
    if (token.kind === 'sign' && token.text === '(') {
      next -= 1;
      return bracket();
    }
    throw new FormulaError(`a value is missing before ${token.text}`, token.at);
  }

  function bracket(): Expr {
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
