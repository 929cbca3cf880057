/** What a program has to compute: one item for each value that is stored, or part of one, or of a result. */
import { build, type Expr, inOrder, type Shape, sizeOf } from '../../expr/index.ts';
import { isConvolution } from './convolution.ts';
import type { Buffer } from './plan.ts';
import { moves, rowMajor } from './readings.ts';
import { Storage } from './storage.ts';

export interface Item {
  readonly kind: 'loop' | 'reduction' | 'product';
  /** What is computed: for a loop its expression, else the reducing or multiplying node. */
  readonly value: Expr;
  readonly shape: Shape;
  /** What is read from memory. */
  readonly leaves: readonly Expr[];
  /** The node whose whole value this is, element by element. */
  readonly stores?: Expr;
  /** The place of its elements among those of a stored node or of a result. */
  readonly to: { readonly node: Expr } | { readonly result: Buffer };
  readonly offset: number;
  readonly strides: readonly number[];
}

export interface Items {
  readonly storage: Storage;
  readonly inputs: readonly Expr[];
  /** Each after those that write what it reads. */
  readonly list: readonly Item[];
  writersOf(node: Expr): readonly Item[];
  readonly results: readonly { name: string; buffer: Buffer; size: number }[];
}

/** Part of a result: the elements of `value`, one after the other. */
interface ResultPart {
  readonly value: Expr;
  readonly result: Buffer;
  readonly offset: number;
}

export function itemsOf(outputs: ReadonlyMap<string, Expr>): Items {
  const { results, parts, dissolved } = resultsOf(outputs);
  const needed = inOrder(parts.map((part) => part.value)).filter((node) => !dissolved.has(node));
  const storage = new Storage(needed, new Set(parts.map((part) => part.value)));
  const list: Item[] = [];
  const writers = new Map<Expr, Item[]>();
  const add = (item: Item) => {
    if (sizeOf(item.shape) === 0) return;
    list.push(item);
    if ('node' in item.to) {
      const known = writers.get(item.to.node);
      if (known) known.push(item);
      else writers.set(item.to.node, [item]);
    }
  };
  /** Elements of `value` somewhere among those of a stored node. */
  const part = (value: Expr, node: Expr, offset: number, shape = value.shape) => {
    const strides = rowMajor(node.shape);
    add({ kind: 'loop', value, shape, leaves: storage.leavesOf(value), to: { node }, offset, strides });
  };

  for (const node of needed) {
    if (!storage.isStored(node) || node.inputs.length === 0) continue;
    const { name } = node.operation;
    const strides = rowMajor(node.shape);
    const whole = { value: node, shape: node.shape, stores: node, to: { node }, offset: 0, strides };
    if (name === 'matmul' || isConvolution(node))
      add({ ...whole, kind: 'product', leaves: [...new Set(node.inputs)] });
    else if (name === 'sum' || name === 'max') {
      add({ ...whole, kind: 'reduction', leaves: storage.leavesOf(node.inputs[0]) });
    } else if (name === 'concat') {
      const along = node.attributes.axis as number;
      let at = 0;
      for (const input of node.inputs) {
        part(input, node, at * strides[along]);
        at += input.shape[along];
      }
    } else if (name === 'pad') {
      const begin = node.attributes.begin as readonly number[];
      const [value] = node.inputs;
      const offsetOf = (place: readonly number[]) =>
        place.reduce((sum, index, axis) => sum + index * strides[axis], 0);
      // What lies before and after along each axis, in the range of the value along those that come first.
      begin.forEach((before, axis) => {
        const inside = before + value.shape[axis];
        for (const [from, to] of [
          [0, before],
          [inside, node.shape[axis]],
        ]) {
          const place = begin.map((index, at) => (at < axis ? index : at === axis ? from : 0));
          const extents = node.shape.map((extent, at) =>
            at < axis ? value.shape[at] : at === axis ? to - from : extent,
          );
          part(build.constant(0), node, offsetOf(place), extents);
        }
      });
      part(value, node, offsetOf(begin));
    } else if (moves.has(name)) {
      // A reshape that no strides can say: the elements in their order, one after the other.
      const [value] = node.inputs;
      const { shape } = value;
      add({ kind: 'loop', value, shape, leaves: [value], to: { node }, offset: 0, strides: rowMajor(shape) });
    } else add({ ...whole, kind: 'loop', leaves: storage.leavesOf(...node.inputs) });
  }
  for (const { value, result, offset } of parts) {
    const { shape } = value;
    const leaves = storage.leavesOf(value);
    add({ kind: 'loop', value, shape, leaves, to: { result }, offset, strides: rowMajor(shape) });
  }
  return {
    storage,
    inputs: needed.filter((node) => node.operation.name === 'input'),
    list,
    writersOf: (node) => writers.get(node) ?? [],
    results,
  };
}

/** The results and their parts: a concatenation that nobody else reads is written part by part. */
function resultsOf(outputs: ReadonlyMap<string, Expr>) {
  const roots = [...outputs.values()];
  const reads = new Map<Expr, number>();
  const count = (node: Expr) => reads.set(node, (reads.get(node) ?? 0) + 1);
  for (const node of inOrder(roots)) node.inputs.forEach(count);
  roots.forEach(count);

  const parts: ResultPart[] = [];
  const dissolved = new Set<Expr>();
  const take = (value: Expr, result: Buffer, offset: number, isReadElsewhere: boolean) => {
    const isShared = isReadElsewhere || (reads.get(value) as number) > 1;
    const { name } = value.operation;
    if (name === 'reshape') take(value.inputs[0], result, offset, isShared);
    else if (name === 'concat' && value.attributes.axis === 0 && !isShared) {
      dissolved.add(value);
      let at = offset;
      for (const part of value.inputs) {
        take(part, result, at, false);
        at += sizeOf(part.shape);
      }
    } else if (sizeOf(value.shape) > 0) parts.push({ value, result, offset });
  };
  const results = [...outputs].map(([name, root]) => {
    const size = sizeOf(root.shape);
    const buffer: Buffer = { bytes: 8 * size, lasting: true, address: 0 };
    take(root, buffer, 0, false);
    return { name, buffer, size };
  });
  return { results, parts, dissolved };
}
