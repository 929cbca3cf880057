/** How products read their operands: in place, in rows, or copied into panels as wide as a tile. */
import { type Expr, type Shape, sizeOf } from '../../expr/index.ts';
import {
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
    const about = { product, rows, inner, columns, leaves, sinks };
    if (columns < 4 && rows >= 4 && a.strides[0] === 1) {
      // (A B)' = B' A': long rows instead of short ones.
      return {
        ...about,
        kind: 'product',
        rows: columns,
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

  /** A matrix in rows whose elements lie side by side. */
  private inRows(from: View, shape: Shape): View {
    if (from.strides[1] === 1 || shape[1] === 1) return from;
    return this.copy(from, `rows ${shape}`, sizeOf(shape), [
      { shape, from, offset: 0, strides: rowMajor(shape) },
    ]);
  }

  /** A matrix in panels of `width` columns, one after the other; the last one as wide as it must be. */
  private inPanels(from: View, [rows, columns]: Shape, width: number): View {
    const [down, across] = from.strides;
    const panels = Math.floor(columns / width);
    const after = columns % width;
    const last = Math.ceil(after / 4) * 4;
    const end = panels * width;
    return this.copy(from, `panels ${width} of ${rows} ${columns}`, rows * (end + last), [
      {
        shape: [panels, rows, width],
        from: { ...from, strides: [width * across, down, across] },
        offset: 0,
        strides: rowMajor([panels, rows, width]),
      },
      {
        shape: [rows, after],
        from: { ...from, offset: from.offset + end * across },
        offset: end * rows,
        strides: [last, 1],
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
