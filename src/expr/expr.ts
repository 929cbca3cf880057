/**
 * Expressions: immutable nodes with a static shape, shared when equal, from which losses, networks,
 * penalties and analytic games are built, differentiated and compiled.
 *
 * A node is made by `apply(operation, inputs, attributes)`. Each operation says its shape rule, its
 * derivative rule and its plain float64 evaluation in one file of `ops/`; nothing else about it is
 * written anywhere but in the devices that run it faster.
 */
import { checkExtents, type Shape, sizeOf } from './shape.ts';

export type { Shape } from './shape.ts';

export type AttributeValue = number | string | boolean | readonly number[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

export interface Expr {
  readonly id: number;
  readonly operation: Operation;
  readonly inputs: readonly Expr[];
  readonly attributes: Attributes;
  readonly shape: Shape;
  /** The values of a constant, row-major; undefined for everything else. */
  readonly values?: Float64Array;
}

/** Writes the value of a node, row-major, given those of its inputs. Made once per compiled node. */
export type Kernel = (inputs: readonly Float64Array[], out: Float64Array) => void;

/** The functions of `build.ts`, handed to the rules so that operations need not import each other. */
export type Build = typeof import('./build.ts');

export interface Operation {
  readonly name: string;
  /** The shape of the result; throws a `ShapeError` that says what was expected. */
  shape(inputs: readonly Shape[], attributes: Attributes): Shape;
  /**
   * The cotangent of each input, given that of the node (same shape as the node): the vector-Jacobian
   * product, linear in `cotangent`. null means that no change of that input changes the node.
   */
  derive(node: Expr, cotangent: Expr, build: Build): readonly (Expr | null)[];
  /** float64 evaluation by plain loops. */
  kernel(node: Expr): Kernel;
  /**
   * The value of a node that need not be made, such as x + 0. Runs before a node is made. It may look at
   * constants and shapes but not at what an input was made of: a derivative by that input is still to come.
   */
  shortcut?(inputs: readonly Expr[], attributes: Attributes, shape: Shape, build: Build): Expr | undefined;
  /** A cheaper expression with the same value, such as a - b for a + (-b). Runs in `simplify`. */
  simplify?(node: Expr, build: Build): Expr | undefined;
  /** Of sums over windows: how they fall into products of matrices, for devices that are fast at those. */
  readonly asProducts?: AsProducts;
}

/** Where values lie, in elements, and how far apart along each axis. */
export interface Strided {
  readonly offset: number;
  readonly strides: readonly number[];
}

/** A product of matrices whose rows, and what is summed over, run along several axes each. */
export interface StridedProduct {
  /** Extents of these axes, outermost first. */
  readonly rows: Shape;
  readonly inner: Shape;
  readonly columns: number;
  /** The first operand over [...rows, ...inner], the second over [...inner, columns]. */
  readonly a: Strided;
  readonly b: Strided;
  /** Of the result's second and third axis, every `stride`-th place from `offset` on; without it, all. */
  readonly part?: { readonly offset: readonly number[]; readonly stride: readonly number[] };
}

export interface AsProducts {
  /** The node, of these inputs, with the first of them padded as far as windows reach; undefined where none needs it. */
  padded(node: Expr, inputs: readonly Expr[], build: Build): Expr | undefined;
  /** The products of a padded node, given how its operands lie. */
  products(node: Expr, operands: readonly [Strided, Strided]): readonly StridedProduct[];
}

let nextId = 0;
let builder: Build | undefined;

/** `build.ts` introduces itself here once, so that shortcuts can make nodes. */
export function introduce(build: Build): void {
  builder = build;
}

function make(
  operation: Operation,
  inputs: readonly Expr[],
  attributes: Attributes,
  shape: Shape,
  values?: Float64Array,
): Expr {
  const own = Object.entries(attributes).map(([name, value]) => [
    name,
    typeof value === 'object' ? Object.freeze([...value]) : value,
  ]);
  return Object.freeze({
    id: nextId++,
    operation,
    inputs: Object.freeze([...inputs]),
    attributes: Object.freeze(Object.fromEntries(own)),
    shape: Object.freeze([...shape]),
    values,
  });
}

/** A node with no inputs; every call makes a new one. */
export function source(
  operation: Operation,
  shape: Shape,
  attributes: Attributes,
  values?: Float64Array,
): Expr {
  checkExtents(operation.name, shape);
  return make(operation, [], attributes, shape, values);
}

/**
 * Equal nodes are shared through their youngest input that is not a constant: it lists who reads it. The
 * list lives and dies with that input, so no table outlives the expressions that use it.
 */
const readers = new WeakMap<Expr, Map<string, Expr>>();

/** The node `operation(inputs)`, or its shortcut; the same object for the same arguments. */
export function apply(operation: Operation, inputs: readonly Expr[], attributes: Attributes = {}): Expr {
  const shape = operation.shape(
    inputs.map((input) => input.shape),
    attributes,
  );
  checkExtents(operation.name, shape);
  if (sizeOf(shape) === 0) return constantNode(new Float64Array(0), shape);
  const youngest = inputs.reduce<Expr | undefined>(
    (best, input) => (input.values || (best && best.id > input.id) ? best : input),
    undefined,
  );
  if (!youngest) return foldConstants(operation, inputs, attributes, shape);
  const shorter = operation.shortcut?.(inputs, attributes, shape, builder as Build);
  if (shorter) return shorter;
  let shared = readers.get(youngest);
  if (!shared) {
    shared = new Map();
    readers.set(youngest, shared);
  }
  const key = keyOf(operation, inputs, attributes);
  const known = shared.get(key);
  if (known) return known;
  const node = make(operation, inputs, attributes, shape);
  shared.set(key, node);
  return node;
}

/** A constant with the given row-major values. A single value stands for a constant of that value throughout. */
export function constantNode(values: Float64Array, shape: Shape): Expr {
  return source(constantOperation, shape, {}, values);
}

export const constantOperation: Operation = {
  name: 'constant',
  shape: () => [],
  derive: () => [],
  kernel: (node) => {
    const values = node.values as Float64Array;
    return (_, out) => {
      if (values.length === 1) out.fill(values[0]);
      else out.set(values);
    };
  },
};

/** The one value of a constant whose entries are all equal, else undefined. */
export function uniformValue(node: Expr): number | undefined {
  return node.values?.length === 1 ? node.values[0] : undefined;
}

function foldConstants(
  operation: Operation,
  inputs: readonly Expr[],
  attributes: Attributes,
  shape: Shape,
): Expr {
  const node: Expr = { id: -1, operation, inputs, attributes, shape };
  const out = new Float64Array(sizeOf(shape));
  const given = inputs.map((input) => {
    const full = new Float64Array(sizeOf(input.shape));
    constantOperation.kernel(input)([], full);
    return full;
  });
  operation.kernel(node)(given, out);
  const first = out[0];
  return constantNode(out.every((value) => Object.is(value, first)) ? out.slice(0, 1) : out, shape);
}

function keyOf(operation: Operation, inputs: readonly Expr[], attributes: Attributes): string {
  let key = operation.name;
  for (const input of inputs) {
    const uniform = uniformValue(input);
    if (uniform === undefined) key += ` ${input.id}`;
    else key += ` =${Object.is(uniform, -0) ? '-0' : uniform}:${input.shape.join('x')}`;
  }
  for (const name in attributes) key += ` ${name}:${String(attributes[name])}`;
  return key;
}

/**
 * All nodes that the outputs need, each once, inputs before those who read them. Nodes that `stop` holds
 * for are left out, with everything that only they need.
 */
export function inOrder(outputs: readonly Expr[], stop: (node: Expr) => boolean = () => false): Expr[] {
  const order: Expr[] = [];
  const seen = new Set<Expr>();
  const stack: { node: Expr; next: number }[] = [];
  const enter = (node: Expr) => {
    if (seen.has(node) || stop(node)) return;
    seen.add(node);
    stack.push({ node, next: 0 });
  };
  for (const output of outputs) {
    enter(output);
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      if (top.next < top.node.inputs.length) {
        enter(top.node.inputs[top.next++]);
      } else {
        order.push(top.node);
        stack.pop();
      }
    }
  }
  return order;
}
