/** Which values are kept in memory, and which are computed again wherever they are read. */
import { type Expr, sameShape, uniformValue } from '../../expr/index.ts';
import { elementwise } from './lanes.ts';
import { itself, moved, moves, type Reading } from './readings.ts';

/** Cheap operations that may be computed again by each reader, at most. */
const CHEAP_ENOUGH = 3;
/** What an operation counts that is not cheap, and the most that one expression may count. */
const DEAR = 100;
const MOST_WORK = 20 * DEAR;
/** Values from memory that one expression may read, at most. */
const BROADEST = 32;

/** Operations with a kernel of their own, or none at all. */
const others: ReadonlySet<string> = new Set([
  ...['input', 'constant', 'sum', 'max', 'concat', 'pad'],
  ...['matmul', 'conv2d', 'conv2dTransposed', 'conv2dFilter'],
]);

export class Storage {
  private readonly readings = new Map<Expr, Reading>();
  /** Work and breadth of the expression of each value that is not stored. */
  private readonly inline = new Map<Expr, { work: number; breadth: number }>();

  /** For nodes in an order in which inputs come first; `results` are those whose values leave the program. */
  constructor(order: readonly Expr[], results: ReadonlySet<Expr>) {
    const readers = new Map<Expr, Expr[]>(order.map((node) => [node, []]));
    for (const node of order) for (const input of node.inputs) readers.get(input)?.push(node);
    for (const node of order) {
      const { name } = node.operation;
      if (moves.has(name)) {
        const from = this.readings.get(node.inputs[0]);
        this.readings.set(node, (from && moved(node, from)) ?? itself(node));
      } else if (name in elementwise) {
        const isStored = this.isWorthStoring(node, readers.get(node) as Expr[], results.has(node));
        if (isStored) this.readings.set(node, itself(node));
      } else if (others.has(name)) {
        this.readings.set(node, itself(node));
      } else throw new Error(`wasm: no code is known for the operation ${name}`);
    }
  }

  private isWorthStoring(node: Expr, readers: readonly Expr[], isResult: boolean): boolean {
    let work = elementwise[node.operation.name].cheap ? 1 : DEAR;
    let breadth = 0;
    for (const input of node.inputs) {
      work += this.inline.get(input)?.work ?? 0;
      breadth += this.inline.get(input)?.breadth ?? 1;
    }
    if (breadth > BROADEST || work > MOST_WORK || !readers.every((reader) => readsInPlace(reader, node))) {
      return true;
    }
    if (readers.length + (isResult ? 1 : 0) > 1 && work > CHEAP_ENOUGH) return true;
    this.inline.set(node, { work, breadth });
    return false;
  }

  isStored(node: Expr): boolean {
    return this.readings.get(node)?.of === node;
  }
  /** The reading of a leaf. */
  reading(leaf: Expr): Reading {
    return this.readings.get(leaf) as Reading;
  }
  /** The stored value that a leaf is read from. */
  baseOf(leaf: Expr): Expr {
    return this.reading(leaf).of;
  }
  /** What expressions of these values read from memory: stored values, and those that move their elements. */
  leavesOf(...values: readonly Expr[]): Expr[] {
    const found = new Set<Expr>();
    const visit = (node: Expr) => {
      if (uniformValue(node) !== undefined) return;
      if (this.readings.has(node)) found.add(node);
      else node.inputs.forEach(visit);
    };
    values.forEach(visit);
    return [...found];
  }
}

/** Whether a reader takes its input element by element, at the input's own shape. */
function readsInPlace(reader: Expr, input: Expr): boolean {
  const { name } = reader.operation;
  if (name in elementwise) return sameShape(reader.shape, input.shape);
  return name === 'sum' || name === 'max' || name === 'concat' || name === 'pad';
}
