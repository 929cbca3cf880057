/** Prints expressions as lines of Python: common parts get names, the rest is written where it is used. */
import { type Expr, inOrder, type Shape, sameShape, uniformValue } from '../expr/index.ts';
import { type Flavour, numberText, snake, tupleText } from './words.ts';

export interface Wording {
  readonly flavour: Flavour;
  /** What is known by name already: parameters, draws, calls of functions. */
  readonly names: ReadonlyMap<Expr, string>;
  /** What a node is to be called when it is computed. */
  readonly hints?: ReadonlyMap<Expr, string>;
  /** Plain numbers of Python, not arrays: dials and the clock. */
  readonly isNumber: (node: Expr) => boolean;
  /** The name of a constant that is more than one number. */
  readonly constant: (node: Expr) => string;
  /** Names that new ones must not hide. */
  readonly taken: ReadonlySet<string>;
  /** Says the shape of what gets a name beside it. */
  readonly tellShapes?: boolean;
}

export interface Printed {
  /** Assignments, in order. */
  readonly lines: readonly string[];
  /** The outputs, as expressions. */
  readonly results: readonly string[];
}

/** A piece of text and how strongly its outermost operation binds. */
interface Text {
  readonly text: string;
  readonly binds: number;
}

const ATOM = 5;
const SIGN = 4;
const PRODUCT = 3;
const SUM = 2;
const COMPARISON = 1;

/** Longer texts get a name, so that lines stay readable. */
const LONG = 64;

/** No line is to be wider, what stands before its text not counted. */
const WIDEST = 86;
/** Shorter parts stay where they are. */
const WORTH_A_NAME = 16;

const atom = (text: string): Text => ({ text, binds: ATOM });
const within = ({ text, binds }: Text, least: number): string => (binds >= least ? text : `(${text})`);
const list = (value: unknown) => value as readonly number[];

/** Lines that compute the outputs, and what to call the outputs. */
export function printed(outputs: readonly Expr[], wording: Wording): Printed {
  const { names, hints, flavour } = wording;
  const isTorch = flavour === 'torch';
  const module = isTorch ? 'torch' : 'np';
  const order = inOrder(outputs);
  const needed = neededOf(outputs, names);
  const uses = new Map<Expr, number>();
  for (const node of order) {
    if (!needed.has(node) || names.has(node)) continue;
    for (const input of node.inputs) uses.set(input, (uses.get(input) ?? 0) + 1);
  }
  for (const output of outputs) uses.set(output, (uses.get(output) ?? 0) + 1);

  const numbers = new Set<Expr>();
  for (const node of order) {
    const isLeaf = node.inputs.length === 0;
    const isOne = isLeaf
      ? wording.isNumber(node) || (node.shape.length === 0 && uniformValue(node) !== undefined)
      : node.shape.length === 0 && node.inputs.every((input) => numbers.has(input)) && !names.has(node);
    if (isOne) numbers.add(node);
  }

  /** A part that only this reader needs and that has no name: its text can become part of the reader's. */
  const isOwn = (node: Expr) =>
    uses.get(node) === 1 && !names.has(node) && !hints?.has(node) && !node.values && node.inputs.length > 0;
  const is = (node: Expr, name: string) => node.operation.name === name && isOwn(node);

  /** Idioms: what is absorbed by its reader, and the operands that the text is made of. */
  interface Idiom {
    readonly absorbed: readonly Expr[];
    write(): Text;
  }
  function idiomOf(node: Expr): Idiom | undefined {
    const [a, b] = node.inputs;
    const { name } = node.operation;
    if (name === 'mul' && is(a, 'sum') && uniformValue(b) !== undefined && b.shape.length === 0) {
      const x = a.inputs[0];
      const axes = list(a.attributes.axes);
      const count = axes.reduce((product, axis) => product * x.shape[axis], 1);
      if (uniformValue(b) !== 1 / count) return undefined;
      return { absorbed: [a], write: () => reduced('mean', x, axes) };
    }
    if (name === 'sum' && a.shape.length === 1 && is(a, 'mul')) {
      const [x, y] = a.inputs;
      if (x.shape.length !== 1 || y.shape.length !== 1 || x.values?.length === 1 || y.values?.length === 1)
        return undefined;
      return { absorbed: [a], write: () => binary(x, '@', y, PRODUCT) };
    }
    if (name === 'reshape' && is(a, 'matmul') && node.shape.length === 1) {
      const [left, right] = a.inputs;
      const { transposeA, transposeB } = a.attributes;
      const column = vectorOf(right);
      if (column && !transposeB && right.shape[1] === 1) {
        const matrix = () => (transposeA ? `${within(of(left), ATOM)}.T` : within(of(left), PRODUCT));
        return {
          absorbed: isOwn(right) ? [a, right] : [a],
          write: () => ({ text: `${matrix()} @ ${within(of(column), SIGN)}`, binds: PRODUCT }),
        };
      }
      const row = vectorOf(left);
      if (row && !transposeA && left.shape[0] === 1) {
        const matrix = () => (transposeB ? `${within(of(right), ATOM)}.T` : within(of(right), SIGN));
        return {
          absorbed: isOwn(left) ? [a, left] : [a],
          write: () => ({ text: `${within(of(row), PRODUCT)} @ ${matrix()}`, binds: PRODUCT }),
        };
      }
    }
    if (name === 'mul' && [a, b].some((each) => is(each, 'step') && !numbers.has(each))) {
      const [sign, x] = is(a, 'step') ? [a, b] : [b, a];
      if (uniformValue(x) !== undefined || is(x, 'step')) return undefined;
      const condition = () => `(${within(of(sign.inputs[0]), COMPARISON + 1)} > 0)`;
      return {
        absorbed: [sign],
        write: () => ({ text: `${within(of(x), PRODUCT)} * ${condition()}`, binds: PRODUCT }),
      };
    }
    if (name === 'reshape' && node.shape.length === 0 && is(a, 'slice')) {
      return {
        absorbed: [a],
        write: () => atom(`${within(of(a.inputs[0]), ATOM)}[${list(a.attributes.begin).join(', ')}]`),
      };
    }
    return undefined;
  }
  /** The vector that a matrix of one row or column is. */
  const vectorOf = (node: Expr): Expr | undefined =>
    node.operation.name === 'reshape' && node.inputs[0].shape.length === 1 && !names.has(node)
      ? node.inputs[0]
      : undefined;

  const idioms = new Map<Expr, Idiom>();
  const absorbed = new Set<Expr>();
  // The outermost first: the mean of a square is no inner product.
  for (const node of [...order].reverse()) {
    if (!needed.has(node) || names.has(node) || absorbed.has(node)) continue;
    const idiom = idiomOf(node);
    if (!idiom) continue;
    idioms.set(node, idiom);
    for (const each of idiom.absorbed) absorbed.add(each);
  }

  const texts = new Map<Expr, Text>();
  const lines: string[] = [];
  const used = new Set([...wording.taken, ...[...names.values()].map((name) => name.split('.')[0])]);

  function of(node: Expr): Text {
    const known = texts.get(node);
    if (!known) throw new Error(`the script has no text for ${node.operation.name}`);
    return known;
  }

  function binary(a: Expr, sign: string, b: Expr, binds: number): Text {
    // The right operand keeps its brackets: a + (b + c) is rounded otherwise than (a + b) + c.
    const left = asOperand(a, b);
    const right = asOperand(b, a);
    return { text: `${within(left, binds)} ${sign} ${within(right, binds + 1)}`, binds };
  }

  /** A plain number that was only given a shape needs none beside an array. */
  function asOperand(node: Expr, other: Expr): Text {
    const isShaped = node.operation.name === 'reshape' || node.operation.name === 'broadcastTo';
    const fits = sameShape(broadcast(node.shape, other.shape), other.shape);
    return isShaped && isOwn(node) && numbers.has(node.inputs[0]) && !numbers.has(other) && fits
      ? of(node.inputs[0])
      : of(node);
  }

  function call(name: string, ...operands: readonly (Expr | string)[]): Text {
    const texted = operands.map((each) => (typeof each === 'string' ? each : of(each).text));
    return atom(`${name}(${texted.join(', ')})`);
  }

  function reduced(how: 'sum' | 'mean' | 'max', x: Expr, axes: readonly number[]): Text {
    const all = axes.length === x.shape.length;
    const axis = axes.length === 1 ? String(axes[0]) : tupleText(axes);
    const word = isTorch && how === 'max' ? 'amax' : how;
    return atom(`${within(of(x), ATOM)}.${word}(${all ? '' : `${isTorch ? 'dim' : 'axis'}=${axis}`})`);
  }

  function rangeText(begin: readonly number[], size: readonly number[], whole: readonly number[]): string {
    return begin
      .map((from, axis) =>
        from === 0 && size[axis] === whole[axis]
          ? ':'
          : `${from === 0 ? '' : from}:${from + size[axis] === whole[axis] ? '' : from + size[axis]}`,
      )
      .join(', ');
  }

  function constantText(node: Expr): Text {
    const value = uniformValue(node);
    if (value === undefined) return atom(wording.constant(node));
    if (node.shape.length > 0) {
      const text = numberText(value);
      // An array of whole numbers would be of another type.
      return call(`${module}.full`, tupleText(node.shape), /^-?\d+$/.test(text) ? `${text}.0` : text);
    }
    const text = shareText(value);
    return { text, binds: text.includes(' / ') ? PRODUCT : text.startsWith('-') ? SIGN : ATOM };
  }

  /** Functions of a plain number. */
  function onNumber(node: Expr): Text | undefined {
    const [x, y] = node.inputs;
    switch (node.operation.name) {
      case 'exp':
      case 'log':
      case 'sqrt':
      case 'tanh':
      case 'sin':
      case 'cos':
        return call(`math.${node.operation.name}`, x);
      case 'relu':
        return call('max', x, '0');
      case 'maximum':
        return call('max', x, y);
      case 'minimum':
        return call('min', x, y);
      case 'abs':
        return call('abs', x);
      case 'stopGradient':
        return of(x);
      case 'sigmoid':
      case 'softplus':
      case 'step':
      case 'sign':
      case 'greater':
        return write(node, isTorch ? (each) => `torch.tensor(${of(each).text})` : undefined);
      default:
        return undefined;
    }
  }

  function write(node: Expr, operand?: (node: Expr) => string): Text {
    const [a, b] = node.inputs;
    const { attributes, shape } = node;
    const one = operand ? operand(a) : a && texts.has(a) ? of(a).text : '';
    const base = () => within(of(a), ATOM);
    switch (node.operation.name) {
      case 'neg': {
        const inner = of(a);
        // (-a) b is -(a b), bit for bit.
        if (inner.binds >= PRODUCT && !inner.text.startsWith('-'))
          return { text: `-${inner.text}`, binds: Math.min(inner.binds, SIGN) };
        return { text: `-(${inner.text})`, binds: SIGN };
      }
      case 'exp':
      case 'log':
      case 'sqrt':
      case 'tanh':
      case 'sin':
      case 'cos':
      case 'abs':
      case 'sign':
        return atom(`${module}.${node.operation.name}(${one})`);
      case 'relu':
        return isTorch ? atom(`torch.relu(${one})`) : atom(`np.maximum(${one}, 0)`);
      case 'sigmoid':
      case 'softplus':
        return atom(
          isTorch && node.operation.name === 'sigmoid'
            ? `torch.sigmoid(${one})`
            : `${node.operation.name}(${one})`,
        );
      case 'step':
        return { text: `1.0 * (${operand ? one : within(of(a), COMPARISON + 1)} > 0)`, binds: PRODUCT };
      case 'greater':
        return {
          text: `1.0 * (${within(of(a), COMPARISON + 1)} > ${within(of(b), COMPARISON + 1)})`,
          binds: PRODUCT,
        };
      case 'stopGradient':
        return isTorch ? atom(`${base()}.detach()`) : of(a);
      case 'add':
        // Sums do not mind either: what is computed stands before what is only added.
        return names.has(a) && !names.has(b) && !b.values && !numbers.has(b)
          ? binary(b, '+', a, SUM)
          : binary(a, '+', b, SUM);
      case 'sub':
        return binary(a, '-', b, SUM);
      case 'mul':
        // Numbers stand first: products do not mind.
        return uniformValue(b) !== undefined || (numbers.has(b) && !numbers.has(a))
          ? binary(b, '*', a, PRODUCT)
          : binary(a, '*', b, PRODUCT);
      case 'div':
        return binary(a, '/', b, PRODUCT);
      case 'maximum':
      case 'minimum':
        return isTorch ? call(node.operation.name, a, b) : call(`np.${node.operation.name}`, a, b);
      case 'reshape':
        if (numbers.has(a)) return call(`${module}.full`, tupleText(shape), a);
        if (shape.length === 0) return atom(`${base()}[${a.shape.map(() => 0).join(', ')}]`);
        if (shape.length === 1 && a.shape.length > 0) return atom(`${base()}.reshape(-1)`);
        if (a.shape.length === 1 && shape.length === 2 && shape[1] === 1) return atom(`${base()}[:, None]`);
        if (a.shape.length === 1 && shape.length === 2 && shape[0] === 1) return atom(`${base()}[None, :]`);
        return atom(`${base()}.reshape(${shape.join(', ')})`);
      case 'transpose': {
        const order = list(attributes.order);
        if (order.length === 2) return atom(`${base()}.T`);
        return atom(`${base()}.${isTorch ? 'permute' : 'transpose'}(${order.join(', ')})`);
      }
      case 'broadcastTo':
        if (numbers.has(a)) return call(`${module}.full`, tupleText(shape), a);
        return call(`${module}.broadcast_to`, a, tupleText(shape));
      case 'slice':
        return atom(`${base()}[${rangeText(list(attributes.begin), shape, a.shape)}]`);
      case 'pad': {
        const begin = list(attributes.begin);
        const around = begin.map((from, axis) => [from, shape[axis] - from - a.shape[axis]]);
        if (isTorch) return call('pad', a, `[${[...around].reverse().flat().join(', ')}]`);
        return call('np.pad', a, tupleOfPairs(around));
      }
      case 'concat': {
        const axis = attributes.axis as number;
        const parts = `[${node.inputs.map((part) => of(part).text).join(', ')}]`;
        const along = axis === 0 ? [] : [`${isTorch ? 'dim' : 'axis'}=${axis}`];
        return call(isTorch ? 'torch.cat' : 'np.concatenate', parts, ...along);
      }
      case 'sum':
      case 'max':
        return reduced(node.operation.name, a, list(attributes.axes));
      case 'matmul': {
        const left = attributes.transposeA ? `${base()}.T` : within(of(a), PRODUCT);
        const right = attributes.transposeB ? `${within(of(b), ATOM)}.T` : within(of(b), SIGN);
        return { text: `${left} @ ${right}`, binds: PRODUCT };
      }
      case 'conv2d':
      case 'conv2dTransposed':
      case 'conv2dFilter': {
        const { stride, pad, size } = attributes;
        const lies = [list(size), list(stride), list(pad)].map(tupleText);
        return call(snake(node.operation.name), a, b, ...lies);
      }
      case 'constant':
        return constantText(node);
      case 'call detach':
        return numbers.has(a) ? of(a) : atom(`${base()}.detach()`);
      case 'call softmax':
      case 'call log_softmax':
        return call(node.operation.name.slice(5), a);
      case 'call generate':
        return call('generate', a, 'g');
      case 'call score':
      case 'call slope':
        return call(node.operation.name.slice(5), a, 'd');
      default:
        throw new Error(`the script cannot write the operation ${node.operation.name} in Python yet`);
    }
  }

  /** Short enough to be repeated. */
  const isCheap = (node: Expr, { text }: Text) =>
    text.length <= 22 &&
    /^-?[\w.]+(\[[\d:, ]+\])?(\.T|\.reshape\(.*\))?$/.test(text) &&
    node.inputs.length <= 1;

  function nameFor(node: Expr): string {
    const wanted = hints?.get(node) ?? (node.shape.length === 2 ? 'a' : node.shape.length === 0 ? 's' : 'v');
    const isGeneric = !hints?.has(node);
    let name = isGeneric ? `${wanted}1` : snake(wanted);
    for (let count = 2; used.has(name); count++)
      name = isGeneric ? `${wanted}${count}` : `${snake(wanted)}_${count}`;
    used.add(name);
    return name;
  }

  function giveName(node: Expr, { text }: Text): void {
    const own = nameFor(node);
    const shape = wording.tellShapes && node.shape.length > 0 ? `  # [${node.shape.join(', ')}]` : '';
    lines.push(`${own} = ${text}${shape}`);
    texts.set(node, atom(own));
  }

  /** Of what a text was made, the longest part that has no name yet; undefined where none is worth one. */
  function longestPart(node: Expr): Expr | undefined {
    const found: Expr[] = [];
    const visit = (inputs: readonly Expr[]) => {
      for (const input of inputs) {
        if (absorbed.has(input)) visit(input.inputs);
        else if (isOwn(input) && of(input).text.length > WORTH_A_NAME) found.push(input);
      }
    };
    visit(node.inputs);
    return found.sort((a, b) => of(b).text.length - of(a).text.length)[0];
  }

  for (const node of order) {
    if (!needed.has(node) || absorbed.has(node)) continue;
    const name = names.get(node);
    if (name !== undefined) {
      const isPlain = /^[\w.]+(\(.*\))?(\[[^\]]*\])?$/.test(name);
      texts.set(node, isPlain ? atom(name) : { text: name, binds: PRODUCT });
      if ((uses.get(node) ?? 0) <= 1 || !name.includes('(')) continue;
      // A call that is read twice is made once.
      const own = nameFor(node);
      lines.push(`${own} = ${name}`);
      texts.set(node, atom(own));
      continue;
    }
    const compose = () =>
      idioms.get(node)?.write() ?? (numbers.has(node) ? onNumber(node) : undefined) ?? write(node);
    let text = compose();
    for (let part = longestPart(node); text.text.length > WIDEST && part; part = longestPart(node)) {
      giveName(part, of(part));
      text = compose();
    }
    const repeats = (uses.get(node) ?? 0) > 1 && !isCheap(node, text) && node.inputs.length > 0;
    const isOutputOnly = outputs.includes(node) && uses.get(node) === 1;
    const isLong = text.text.length > LONG && !isOutputOnly && node.inputs.length > 0;
    if (repeats || isLong || (hints?.has(node) && !isOutputOnly && !isCheap(node, text))) {
      giveName(node, text);
    } else texts.set(node, text);
  }
  return { lines, results: outputs.map((output) => of(output).text) };
}

/** The shape that both are repeated to. */
const broadcast = (a: Shape, b: Shape): Shape =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, i) =>
    Math.max(a.at(-1 - i) ?? 1, b.at(-1 - i) ?? 1),
  ).reverse();

const tupleOfPairs = (pairs: readonly (readonly number[])[]): string =>
  `(${pairs.map(([before, after]) => `(${before}, ${after})`).join(', ')}${pairs.length === 1 ? ',' : ''})`;

/** Numbers with so many characters are looked at again: 1 / 128 says more than 0.0078125. */
const LONG_NUMBER = 7;

/** A number, or the fraction 1 / n that it is. */
function shareText(value: number): string {
  const text = numberText(value);
  const whole = Math.round(1 / value);
  if (text.length < LONG_NUMBER || Math.abs(whole) < 2 || 1 / whole !== value) return text;
  return `${whole < 0 ? '-' : ''}1 / ${Math.abs(whole)}`;
}

/** What has to be written: nothing below what has a name. */
function neededOf(outputs: readonly Expr[], names: ReadonlyMap<Expr, string>): Set<Expr> {
  const needed = new Set<Expr>();
  const stack = [...outputs];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (needed.has(node)) continue;
    needed.add(node);
    if (!names.has(node)) stack.push(...node.inputs);
  }
  return needed;
}
