/** How products read their operands: in place, in rows, or copied into panels as wide as a tile. */
import { build, type Expr, type Shape, sizeOf } from '../../expr/index.ts';
import {
  type AnyProduct,
  type Buffer,
  type Kernel,
  type Leaves,
  type Sink,
  TILE_COLUMNS,
  TILE_ROWS,
  type View,
} from './plan.ts';
import { rowMajor } from './readings.ts';

/** Multiplications from which on a product's operands are copied into panels; smaller ones lie in the cache. */
const LARGE_PRODUCT = 1e6;

/** What a block of a product may read of pictures: a part of the second cache of any machine. */
const BLOCK_BYTES = 1 << 17;

const isLargeProduct = ({ rows, inner, columns }: AnyProduct) =>
  sizeOf(rows) >= 4 * TILE_ROWS && sizeOf(rows) * sizeOf(inner) * columns >= LARGE_PRODUCT;

/** The most of `count` pictures that fit into a block, so many that no block has fewer. */
function togetherOf(count: number, bytes: number): number {
  let together = Math.max(1, Math.min(count, Math.floor(BLOCK_BYTES / bytes)));
  while (count % together !== 0) together--;
  return together;
}

/** Columns in panels, with those that fill up the last one to whole vectors. */
const panelsWidth = (columns: number, width: number) =>
  Math.floor(columns / width) * width + 4 * Math.ceil((columns % width) / 4);

/** Part of a copy: elements of `shape`, how they are read and how they are written. */
interface Piece {
  readonly shape: Shape;
  readonly from: View;
  readonly offset: number;
  readonly strides: readonly number[];
}

const flipped = (view: View): View => ({ ...view, strides: [...view.strides].reverse() });

export class Operands {
  private readonly copies = new Map<string, View>();
  private readonly identities = new Map<Buffer, number>();
  private readonly emit: (kernel: Kernel) => void;

  /** `emit` takes the kernels that make copies, before the product that reads them. */
  constructor(emit: (kernel: Kernel) => void) {
    this.emit = emit;
  }

  /** The kernel of a product of views a and b, which are read as if they had not been transposed. */
  kernel(product: Expr, left: View, right: View, leaves: Leaves, sinks: readonly Sink[]): Kernel {
    const { transposeA, transposeB } = product.attributes;
    const a = transposeA ? flipped(left) : left;
    const b = transposeB ? flipped(right) : right;
    const [rows, columns] = product.shape;
    const inner = product.inputs[0].shape[transposeA ? 0 : 1];
    const about = { product, rows: [rows], inner: [inner], columns, leaves, sinks };
    if (columns < 4 && rows >= 4 && a.strides[0] === 1) {
      // (A B)' = B' A': long rows instead of short ones.
      return {
        ...about,
        kind: 'product',
        rows: [columns],
        columns: rows,
        a: flipped(b),
        b: flipped(a),
        aInPanels: false,
        bInPanels: false,
        leaves: new Map([...leaves].map(([leaf, view]) => [leaf, flipped(view)])),
        sinks: sinks.map((sink) => ({ ...sink, to: flipped(sink.to) })),
      };
    }
    if (columns <= 2 && inner >= 4 && a.strides[1] === 1) {
      return { ...about, kind: 'dots', a, b: flipped(this.inRows(flipped(b), [columns, inner])) };
    }
    const isLarge = rows >= 4 * TILE_ROWS && rows * inner * columns >= LARGE_PRODUCT;
    const aInPanels = isLarge && a.strides[1] !== 1;
    return {
      ...about,
      kind: 'product',
      a: aInPanels ? this.inPanels(flipped(a), [inner, rows], TILE_ROWS) : a,
      b: isLarge ? this.inPanels(b, [inner, columns], TILE_COLUMNS) : this.inRows(b, [inner, columns]),
      aInPanels,
      bInPanels: isLarge,
    };
  }

  /** The kernel of a product whose rows are windows of pictures: [count, rows, columns] of them. */
  windows(whole: AnyProduct): Kernel {
    const { rows, inner, columns, a, b, leaves, sinks } = whole;
    const shape = [...inner, columns];
    const last = inner.length - 1;
    if (columns <= 2 && inner[last] >= 4 && a.strides[rows.length + last] === 1) {
      const { strides, ...place } = b;
      const turned = { ...place, strides: [strides[last + 1], ...strides.slice(0, last + 1)] };
      const lines = this.inRows(turned, [columns, ...inner]);
      const [column, ...along] = lines.strides;
      return { ...whole, kind: 'dots', b: { ...lines, strides: [...along, column] } };
    }
    const isLarge = isLargeProduct(whole);
    // Every panel of columns reads the pictures again: a few at a time, which the cache holds.
    const together = columns > TILE_COLUMNS ? togetherOf(rows[0], 4 * a.strides[0]) : rows[0];
    const views = [...leaves.values(), ...sinks.map((sink) => sink.to)];
    return {
      ...whole,
      kind: 'product',
      rows: [together, ...rows.slice(1)],
      b: isLarge ? this.inPanels(b, shape, TILE_COLUMNS) : this.inRows(b, shape),
      aInPanels: false,
      bInPanels: isLarge,
      blocks: {
        extent: rows[0] / together,
        strides: [a.strides[0], 0, ...views.map((view) => view.strides[0])].map((by) => by * together),
      },
    };
  }

  /** The kernels of a product that sums over responses, [count, rows, columns] of them. */
  gathered(whole: AnyProduct): Kernel[] {
    const { rows, inner, columns, a, b, product, sinks } = whole;
    const [count, ...places] = inner;
    const isLarge = isLargeProduct(whole);
    // Every tile reads its part of all pictures: of a few at a time, which the cache holds.
    const bytes = 4 * (a.strides[rows.length] + sizeOf(places) * columns);
    const together = isLarge ? togetherOf(count, bytes) : count;
    const blocks = count / together;
    const block = [together, ...places];
    const [along, ...rest] = b.strides;
    const split = { ...b, strides: [together * along, along, ...rest] };
    const arranged = isLarge
      ? this.inPanels(split, [...block, columns], TILE_COLUMNS, blocks)
      : this.inRows(b, [...inner, columns]);
    const kernel: Kernel = {
      ...whole,
      kind: 'product',
      inner: block,
      b: arranged,
      aInPanels: false,
      bInPanels: isLarge,
    };
    if (blocks === 1) return [kernel];
    const strides = [together * a.strides[rows.length], sizeOf(block) * panelsWidth(columns, TILE_COLUMNS)];
    const zeros = sinks.map((sink): Sink => ({ ...sink, value: build.constant(0) }));
    return [
      { kind: 'loop', shape: product.shape, leaves: new Map(), sinks: zeros },
      {
        ...kernel,
        accumulates: true,
        blocks: { extent: blocks, strides: [...strides, ...sinks.map(() => 0)] },
      },
    ];
  }

  /** A matrix in rows whose elements lie side by side; its rows may run along several axes. */
  private inRows(from: View, shape: Shape): View {
    const last = shape.length - 1;
    if (from.strides[last] === 1 || shape[last] === 1) return from;
    return this.copy(from, `rows ${shape}`, sizeOf(shape), [
      { shape, from, offset: 0, strides: rowMajor(shape) },
    ]);
  }

  /**
   * A matrix in panels of `width` columns, one after the other; the last one as wide as it must be. Its rows may run
   * along several axes; with `blocks`, there is one more before them, of matrices one after the other.
   */
  private inPanels(from: View, shape: Shape, width: number, blocks?: number): View {
    const rows = shape.slice(0, -1);
    const columns = shape[shape.length - 1];
    const count = sizeOf(rows);
    const outer = blocks === undefined ? [] : [blocks];
    const before = from.strides.slice(0, outer.length);
    const down = from.strides.slice(outer.length, -1);
    const across = from.strides[from.strides.length - 1];
    const panels = Math.floor(columns / width);
    const after = columns % width;
    const end = panels * width;
    const whole = count * panelsWidth(columns, width);
    const apart = outer.map(() => whole);
    const last = panelsWidth(after, width);
    return this.copy(from, `panels ${width} of ${outer} ${shape}`, (blocks ?? 1) * whole, [
      {
        shape: [...outer, panels, ...rows, width],
        from: { ...from, strides: [...before, width * across, ...down, across] },
        offset: 0,
        strides: [...apart, ...rowMajor([panels, ...rows, width])],
      },
      {
        shape: [...outer, ...rows, after],
        from: { ...from, offset: from.offset + end * across },
        offset: end * count,
        strides: [...apart, ...rowMajor([...rows, last])],
      },
    ]);
  }

  /** A copy, made once for all its readers. */
  private copy(from: View, arrangement: string, floats: number, pieces: readonly Piece[]): View {
    const source = this.identities.get(from.buffer) ?? this.identities.size;
    this.identities.set(from.buffer, source);
    const key = `${source} ${from.offset} ${from.strides} ${arrangement}`;
    const known = this.copies.get(key);
    if (known) return known;
    const buffer: Buffer = { bytes: 4 * floats, lasting: false, address: 0 };
    for (const { shape, from: read, offset, strides } of pieces) {
      if (sizeOf(shape) === 0) continue;
      this.emit({ kind: 'copy', shape, from: read, to: { buffer, offset, strides } });
    }
    const copy: View = { buffer, offset: 0, strides: pieces[0].strides };
    this.copies.set(key, copy);
    return copy;
  }
}
