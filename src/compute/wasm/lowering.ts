/** From expressions to a plan: which values are stored, which are computed where they are read, and in which kernels. */
import { build, type Expr, inOrder, type Shape, sizeOf, uniformValue } from '../../expr/index.ts';
import { inputShapes, planOf } from '../plan.ts';
import { elementwise } from './lanes.ts';
import {
  type Buffer,
  type Kernel,
  type Leaves,
  type Plan,
  type Sink,
  TILE_COLUMNS,
  TILE_ROWS,
  type View,
} from './plan.ts';
import { rewrite } from './rewrite.ts';

/** Cheap operations that may be computed again at each reader, at most. */
const CHEAP_ENOUGH = 3;

/** Values from memory that one expression may read, and expressions in one kernel. */
const BROADEST = 32;
const MOST_ITEMS = 16;
/** Multiplications from which on the operands of a product are copied into the order in which it reads them. */
const LARGE_PRODUCT = 1e6;

/** One part of a copy: elements of `shape` from where they are read to where they go. */
interface Piece {
  readonly shape: Shape;
  readonly start: number;
  readonly strides: readonly number[];
  readonly offset: number;
  readonly to: readonly number[];
}

const list = (value: unknown) => value as readonly number[];

function rowMajor(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

/** How a value is read from the stored value that it is a view of; strides and offset in elements. */
interface Reading {
  readonly of: Expr;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** The reading of a node that only moves values, given that of its input; undefined if no strides can say it. */
function moved(node: Expr, from: Reading): Reading | undefined {
  const source = node.inputs[0].shape;
  const { of, offset, strides } = from;
  switch (node.operation.name) {
    case 'transpose':
      return { of, offset, strides: list(node.attributes.order).map((axis) => strides[axis]) };
    case 'slice': {
      const begin = list(node.attributes.begin);
      return { of, offset: begin.reduce((sum, index, axis) => sum + index * strides[axis], offset), strides };
    }
    case 'broadcastTo': {
      const lead = node.shape.length - source.length;
      return {
        of,
        offset,
        strides: node.shape.map((_, axis) =>
          axis < lead || source[axis - lead] === 1 ? 0 : strides[axis - lead],
        ),
      };
    }
    case 'reshape': {
      const reshaped = reshapedStrides(source, strides, node.shape);
      return reshaped && { of, offset, strides: reshaped };
    }
    default:
      return undefined;
  }
}

/** Strides of the same elements under another shape, if there are any. */
function reshapedStrides(from: Shape, strides: readonly number[], to: Shape): number[] | undefined {
  // Join the source's axes that run as one, then split them into the target's.
  const joined: { extent: number; stride: number }[] = [];
  from.forEach((extent, axis) => {
    if (extent === 1) return;
    const outer = joined.at(-1);
    if (outer && outer.stride === strides[axis] * extent) {
      joined[joined.length - 1] = { extent: outer.extent * extent, stride: strides[axis] };
    } else joined.push({ extent, stride: strides[axis] });
  });
  const result = new Array<number>(to.length).fill(0);
  let axis = to.length - 1;
  for (let at = joined.length - 1; at >= 0; at--) {
    let { extent, stride } = joined[at];
    while (extent > 1) {
      while (axis >= 0 && to[axis] === 1) axis--;
      if (axis < 0 || extent % to[axis] !== 0) return undefined;
      result[axis] = stride;
      stride *= to[axis];
      extent /= to[axis];
      axis--;
    }
  }
  return result;
}

const movesValues = new Set(['transpose', 'slice', 'broadcastTo', 'reshape']);
/** Operations that are not elementwise. */
const ownKernels = new Set([...movesValues, 'input', 'constant', 'matmul', 'sum', 'max', 'concat', 'pad']);
const isElementwise = (node: Expr) => node.operation.name in elementwise;
const isSource = (node: Expr) => node.inputs.length === 0;

/** Which values are kept in memory, and how every other one is read from those. */
class Storage {
  readonly readings = new Map<Expr, Reading>();
  private readonly cost = new Map<Expr, number>();
  /** How many values from memory the expression of a node reads, at most. */
  private readonly breadth = new Map<Expr, number>();

  constructor(order: readonly Expr[], sinksAtOutput: ReadonlySet<Expr>) {
    for (const { operation } of order) {
      if (!(operation.name in elementwise) && !ownKernels.has(operation.name)) {
        throw new Error(`wasm: no code is known for the operation ${operation.name}`);
      }
    }
    const readers = new Map<Expr, Expr[]>();
    for (const node of order) {
      for (const input of node.inputs) {
        const known = readers.get(input);
        if (known) known.push(node);
        else readers.set(input, [node]);
      }
    }
    for (const node of order) {
      if (movesValues.has(node.operation.name)) {
        const from = this.readings.get(node.inputs[0]);
        const reading = from && moved(node, from);
        this.readings.set(node, reading ?? this.ownReading(node));
        continue;
      }
      if (!isElementwise(node) || this.mustBeStored(node, readers.get(node) ?? [], sinksAtOutput.has(node))) {
        this.readings.set(node, this.ownReading(node));
      }
    }
  }

  private ownReading(node: Expr): Reading {
    return { of: node, offset: 0, strides: rowMajor(node.shape) };
  }

  private mustBeStored(node: Expr, readers: readonly Expr[], isOutput: boolean): boolean {
    const own = elementwise[node.operation.name].cheap ? 1 : 100;
    const cost = node.inputs.reduce(
      (sum, input) => sum + (this.readings.has(input) ? 0 : (this.cost.get(input) ?? 0)),
      own,
    );
    this.cost.set(node, cost);
    const breadth = node.inputs.reduce((sum, input) => sum + (this.breadth.get(input) ?? 1), 0);
    if (breadth > BROADEST) return true;
    this.breadth.set(node, breadth);
    for (const reader of readers) {
      const { name } = reader.operation;
      const readsInPlace =
        (name in elementwise && sameExtents(reader.shape, node.shape)) || name === 'sum' || name === 'max';
      const writesInPlace = name === 'concat' || name === 'pad';
      if (!readsInPlace && !writesInPlace) return true;
    }
    return readers.length + (isOutput ? 1 : 0) > 1 && cost > CHEAP_ENOUGH;
  }

  isStored(node: Expr): boolean {
    return this.readings.get(node)?.of === node;
  }
}

const sameExtents = (a: Shape, b: Shape) => a.length === b.length && a.every((extent, i) => extent === b[i]);

/** One value to be computed; several of one shape may share a kernel. */
interface Item {
  readonly kind: 'loop' | 'reduction' | 'product';
  /** What is computed: for a loop its expression, else the reducing or multiplying node. */
  readonly value: Expr;
  readonly shape: Shape;
  /** Stored values and views that the expression reads. */
  readonly leaves: readonly Expr[];
  /** Where it goes: the buffer of a stored node (part of it, for concat and pad) or a result. */
  readonly stores?: Expr;
  readonly to?:
    | { node: Expr; offset: number; strides: readonly number[] }
    | { result: Buffer; offset: number };
  readonly after: Item[];
}

interface Group {
  readonly items: Item[];
  readonly before: Set<Group>;
}

/** The plan of a program, and the inputs that it asks for. */
export function planFor(outputs: Readonly<Record<string, Expr>>) {
  const source = planOf(outputs);
  const names = [...source.results.keys()];
  const best = rewrite([...source.results.values()]);
  return { plan: lower(new Map(names.map((name, at) => [name, best[at]]))), inputs: inputShapes(source) };
}

function lower(outputs: ReadonlyMap<string, Expr>): Plan {
  const roots = [...outputs.values()];
  const order = inOrder(roots);
  const readCount = new Map<Expr, number>();
  for (const node of order)
    for (const input of node.inputs) readCount.set(input, (readCount.get(input) ?? 0) + 1);
  for (const root of roots) readCount.set(root, (readCount.get(root) ?? 0) + 1);

  // Results: a flat concatenation that nobody else reads is written part by part.
  const results: { name: string; buffer: Buffer; size: number }[] = [];
  const resultParts: { value: Expr; result: Buffer; offset: number }[] = [];
  const dissolved = new Set<Expr>();
  for (const [name, root] of outputs) {
    const buffer: Buffer = { bytes: 8 * sizeOf(root.shape), lasting: true, address: 0 };
    results.push({ name, buffer, size: sizeOf(root.shape) });
    const take = (node: Expr, offset: number, isReadElsewhere: boolean) => {
      const isShared = isReadElsewhere || (readCount.get(node) as number) > 1;
      if (node.operation.name === 'reshape') take(node.inputs[0], offset, isShared);
      else if (node.operation.name === 'concat' && node.attributes.axis === 0 && !isShared) {
        dissolved.add(node);
        let at = offset;
        for (const part of node.inputs) {
          take(part, at, false);
          at += sizeOf(part.shape);
        }
      } else if (sizeOf(node.shape) > 0) resultParts.push({ value: node, result: buffer, offset });
    };
    take(root, 0, false);
  }
  const needed = inOrder([...resultParts.map((part) => part.value)]).filter((node) => !dissolved.has(node));
  const storage = new Storage(needed, new Set(resultParts.map((part) => part.value)));
  const { readings } = storage;

  // Items, in an order in which each comes after what it reads.
  const items: Item[] = [];
  const leavesOf = (...values: readonly Expr[]): Expr[] => {
    const found = new Set<Expr>();
    const visit = (node: Expr) => {
      if (uniformValue(node) !== undefined) return;
      if (readings.has(node)) found.add(node);
      else node.inputs.forEach(visit);
    };
    values.forEach(visit);
    return [...found];
  };
  const add = (item: Omit<Item, 'after'>, after: Item[] = []) => {
    const whole = { ...item, after };
    if (sizeOf(item.shape) > 0) items.push(whole);
    return whole;
  };
  const writersOf = new Map<Expr, Item[]>();
  for (const node of needed) {
    if (!storage.isStored(node) || isSource(node)) continue;
    const { name } = node.operation;
    const own = { node, offset: 0, strides: rowMajor(node.shape) };
    if (name === 'matmul' || name === 'sum' || name === 'max') {
      const kind = name === 'matmul' ? 'product' : 'reduction';
      const leaves = name === 'matmul' ? [...node.inputs] : leavesOf(node.inputs[0]);
      writersOf.set(node, [add({ kind, value: node, shape: node.shape, leaves, stores: node, to: own })]);
    } else if (name === 'concat') {
      const along = node.attributes.axis as number;
      let at = 0;
      const writers: Item[] = [];
      for (const part of node.inputs) {
        const to = { node, offset: at * own.strides[along], strides: own.strides };
        writers.push(add({ kind: 'loop', value: part, shape: part.shape, leaves: leavesOf(part), to }));
        at += part.shape[along];
      }
      writersOf.set(node, writers);
    } else if (name === 'pad') {
      const begin = list(node.attributes.begin);
      const offset = begin.reduce((sum, index, axis) => sum + index * own.strides[axis], 0);
      const [part] = node.inputs;
      const clear = add({ kind: 'loop', value: build.constant(0), shape: node.shape, leaves: [], to: own });
      const to = { node, offset, strides: own.strides };
      const copy = add({ kind: 'loop', value: part, shape: part.shape, leaves: leavesOf(part), to }, [clear]);
      writersOf.set(node, [clear, copy]);
    } else if (movesValues.has(name)) {
      // A reshape that no strides can say: the elements in their order, written one after the other.
      const [from] = node.inputs;
      const to = { ...own, strides: rowMajor(from.shape) };
      writersOf.set(node, [add({ kind: 'loop', value: from, shape: from.shape, leaves: [from], to })]);
    } else {
      const leaves = leavesOf(...node.inputs);
      writersOf.set(node, [
        add({ kind: 'loop', value: node, shape: node.shape, leaves, stores: node, to: own }),
      ]);
    }
  }
  for (const { value, result, offset } of resultParts) {
    add({ kind: 'loop', value, shape: value.shape, leaves: leavesOf(value), to: { result, offset } });
  }

  // Groups: a loop joins the kernel that makes what it reads, or one that reads the same.
  const groupOf = new Map<Item, Group>();
  const groups: Group[] = [];
  const baseOf = (leaf: Expr) => (readings.get(leaf) as Reading).of;
  const dependencies = (item: Item): Set<Group> => {
    const found = new Set<Group>();
    const need = (writer: Item) => {
      const group = groupOf.get(writer);
      if (group) found.add(group);
    };
    for (const leaf of item.leaves) for (const writer of writersOf.get(baseOf(leaf)) ?? []) need(writer);
    item.after.forEach(need);
    return found;
  };
  const reaches = (from: Group, target: Group): boolean => {
    const seen = new Set<Group>();
    const visit = (group: Group): boolean => {
      if (group === target) return true;
      if (seen.has(group)) return false;
      seen.add(group);
      for (const before of group.before) if (visit(before)) return true;
      return false;
    };
    return visit(from);
  };
  const readersOf = new Map<Expr, Group[]>(); // stored value -> loops that read it
  for (const item of items) {
    const needs = dependencies(item);
    const mayJoin = (group: Group): boolean => {
      const [head] = group.items;
      if (head.kind === 'reduction' || group.items.length >= MOST_ITEMS) return false;
      if (!sameExtents(head.shape, item.shape)) return false;
      // What the group computes must be read element by element.
      for (const leaf of item.leaves) {
        const writers = writersOf.get(baseOf(leaf)) ?? [];
        if (!writers.some((writer) => groupOf.get(writer) === group)) continue;
        if (baseOf(leaf) !== leaf || !sameExtents(leaf.shape, item.shape) || writers.length > 1) return false;
        if (!writers[0].stores) return false;
      }
      if (item.after.some((other) => groupOf.get(other) === group)) return false;
      for (const need of needs) if (need !== group && reaches(need, group)) return false;
      return true;
    };
    let joined: Group | undefined;
    if (item.kind === 'loop') {
      const candidates = [...needs].sort(
        (a, b) => Number(b.items[0].kind === 'product') - Number(a.items[0].kind === 'product'),
      );
      for (const leaf of item.leaves)
        for (const group of readersOf.get(baseOf(leaf)) ?? []) candidates.push(group);
      joined = candidates.find(mayJoin);
    }
    const group = joined ?? { items: [], before: new Set<Group>() };
    if (!joined) groups.push(group);
    group.items.push(item);
    for (const need of needs) if (need !== group) group.before.add(need);
    groupOf.set(item, group);
    if (group.items[0].kind === 'loop') {
      for (const leaf of item.leaves) {
        const known = readersOf.get(baseOf(leaf));
        if (known) known.push(group);
        else readersOf.set(baseOf(leaf), [group]);
      }
    }
  }

  // Which stored values are read outside of the kernel that makes them.
  const readOutside = new Set<Expr>();
  for (const item of items) {
    for (const leaf of item.leaves) {
      const base = baseOf(leaf);
      const writers = writersOf.get(base) ?? [];
      if (item.kind !== 'loop' || writers.some((writer) => groupOf.get(writer) !== groupOf.get(item))) {
        readOutside.add(base);
      }
    }
  }

  // Kernels, in an order in which each comes after those it needs.
  const buffers = new Map<Expr, Buffer>();
  const bufferOf = (node: Expr): Buffer => {
    const known = buffers.get(node);
    if (known) return known;
    const lasting = isSource(node);
    const buffer: Buffer = { bytes: 4 * sizeOf(node.shape), lasting, address: 0 };
    buffers.set(node, buffer);
    return buffer;
  };
  const constants: { values: Float64Array; count: number; buffer: Buffer }[] = [];
  const constantBuffers = new Map<Expr, Buffer>();
  const view = (node: Expr): View => {
    const reading = readings.get(node) as Reading;
    if (reading.of.values && !constantBuffers.has(reading.of)) {
      const buffer = bufferOf(reading.of);
      constantBuffers.set(reading.of, buffer);
      constants.push({ values: reading.of.values, count: sizeOf(reading.of.shape), buffer });
    }
    return { buffer: bufferOf(reading.of), offset: reading.offset, strides: reading.strides };
  };
  /** A leaf as elements of a larger shape. */
  const spread = (node: Expr, shape: Shape): View => {
    const { buffer, offset, strides } = view(node);
    const lead = shape.length - node.shape.length;
    return {
      buffer,
      offset,
      strides: shape.map((_, axis) =>
        axis < lead || node.shape[axis - lead] === 1 ? 0 : strides[axis - lead],
      ),
    };
  };
  const sinkOf = (item: Item): Sink | undefined => {
    const to = item.to as NonNullable<Item['to']>;
    if ('result' in to) {
      const at: View = { buffer: to.result, offset: to.offset, strides: rowMajor(item.shape) };
      return { value: item.value, to: at, precision: 'float64' };
    }
    if (item.stores && !readOutside.has(item.stores)) return undefined;
    const at: View = { buffer: bufferOf(to.node), offset: to.offset, strides: to.strides };
    return { value: item.value, to: at, precision: 'float32' };
  };
  const kernels: Kernel[] = [];
  /** Copies of matrices in the order in which products read them, each made once for all its readers. */
  const copies = new Map<string, View>();
  const copied = (node: Expr, from: View, about: string, bytes: number, pieces: readonly Piece[]): View => {
    const key = `${(readings.get(node) as Reading).of.id} ${from.offset} ${from.strides} ${about}`;
    const known = copies.get(key);
    if (known) return known;
    const buffer: Buffer = { bytes, lasting: false, address: 0 };
    for (const { shape, start, strides, offset, to } of pieces) {
      if (sizeOf(shape) === 0) continue;
      const leaf: View = { buffer: from.buffer, offset: from.offset + start, strides };
      const sink: Sink = { value: node, to: { buffer, offset, strides: to }, precision: 'float32' };
      kernels.push({ kind: 'loop', shape, leaves: new Map([[node, leaf]]), sinks: [sink] });
    }
    const whole: View = { buffer, offset: 0, strides: pieces[0].to };
    copies.set(key, whole);
    return whole;
  };
  /** A matrix in rows whose elements lie side by side. */
  const inRows = (node: Expr, from: View, [rows, columns]: Shape): View => {
    if (from.strides[1] === 1 || columns === 1) return from;
    const piece = { shape: [rows, columns], start: 0, strides: from.strides, offset: 0, to: [columns, 1] };
    return copied(node, from, `rows ${columns}`, 4 * rows * columns, [piece]);
  };
  /** A matrix in panels of `width` columns; the last one as wide as it must be. */
  const inPanels = (node: Expr, from: View, [rows, columns]: Shape, width: number): View => {
    const [down, across] = from.strides;
    const whole = Math.floor(columns / width);
    const after = columns % width;
    const last = Math.ceil(after / 4) * 4;
    return copied(node, from, `panels ${width} ${columns}`, 4 * rows * (whole * width + last), [
      {
        shape: [whole, rows, width],
        start: 0,
        strides: [width * across, down, across],
        offset: 0,
        to: [rows * width, width, 1],
      },
      {
        shape: [rows, after],
        start: whole * width * across,
        strides: [down, across],
        offset: whole * width * rows,
        to: [last, 1],
      },
    ]);
  };
  const flipped = (from: View): View => ({ ...from, strides: [...from.strides].reverse() });
  const productOf = (product: Expr, leaves: Leaves, sinks: readonly Sink[]): Kernel => {
    const [left, right] = product.inputs;
    const { transposeA, transposeB } = product.attributes;
    const a = transposeA ? flipped(view(left)) : view(left);
    const b = transposeB ? flipped(view(right)) : view(right);
    const [rows, columns] = product.shape;
    const inner = left.shape[transposeA ? 0 : 1];
    const about = { product, leaves, sinks };
    if (columns < 4 && rows >= 4 && a.strides[0] === 1) {
      // (A B)' = B' A': long rows instead of short ones.
      return {
        ...about,
        kind: 'product',
        rows: columns,
        inner,
        columns: rows,
        a: flipped(b),
        b: flipped(a),
        aInPanels: false,
        bInPanels: false,
        leaves: new Map([...leaves].map(([leaf, from]) => [leaf, flipped(from)])),
        sinks: sinks.map((sink) => ({ ...sink, to: flipped(sink.to) })),
      };
    }
    if (columns <= 2 && inner >= 4 && a.strides[1] === 1) {
      const byColumns = flipped(inRows(right, flipped(b), [columns, inner]));
      return { ...about, kind: 'dots', rows, inner, columns, a, b: byColumns };
    }
    const isLarge = rows >= 4 * TILE_ROWS && rows * inner * columns >= LARGE_PRODUCT;
    const aInPanels = isLarge && a.strides[1] !== 1;
    const bInPanels = isLarge;
    return {
      ...about,
      kind: 'product',
      rows,
      inner,
      columns,
      a: aInPanels ? inPanels(left, flipped(a), [inner, rows], TILE_ROWS) : a,
      b: bInPanels ? inPanels(right, b, [inner, columns], TILE_COLUMNS) : inRows(right, b, [inner, columns]),
      aInPanels,
      bInPanels,
    };
  };
  const emit = (group: Group) => {
    const [head] = group.items;
    const sinks = group.items.map(sinkOf).filter((sink) => sink !== undefined);
    if (head.kind === 'reduction') {
      const [from] = head.value.inputs;
      const leaves: Leaves = new Map(head.leaves.map((leaf) => [leaf, spread(leaf, from.shape)]));
      kernels.push({
        kind: 'reduction',
        operation: head.value.operation.name as 'sum' | 'max',
        shape: from.shape,
        axes: list(head.value.attributes.axes),
        value: from,
        leaves,
        to: view(head.value),
      });
      return;
    }
    const within = new Set(group.items.flatMap((item) => item.stores ?? []));
    const leaves = new Map<Expr, View>();
    for (const item of group.items) {
      if (item.kind === 'product') continue;
      for (const leaf of item.leaves) if (!within.has(leaf)) leaves.set(leaf, spread(leaf, item.shape));
    }
    if (head.kind === 'loop') {
      kernels.push({ kind: 'loop', shape: head.shape, leaves, sinks });
      return;
    }
    kernels.push(productOf(head.value, leaves, sinks));
  };
  const done = new Set<Group>();
  const schedule = (group: Group) => {
    if (done.has(group)) return;
    done.add(group);
    group.before.forEach(schedule);
    emit(group);
  };
  groups.forEach(schedule);

  const inputs = needed
    .filter((node) => node.operation.name === 'input')
    .map((node) => ({ name: node.attributes.name as string, shape: node.shape, staged: bufferOf(node) }));
  return { kernels, inputs, constants, results };
}
