/** What lowering decides: buffers, how values are read from them, and the kernels that run one after the other. */
import type { Expr, Shape } from '../../expr/index.ts';

/** A piece of the linear memory. Its address is given by the memory plan. */
export interface Buffer {
  readonly bytes: number;
  /** Kept from before the first run to the end: inputs, results and constants. */
  readonly lasting: boolean;
  address: number;
}

/** Values of some shape within a buffer; strides and offset in elements, 0 where repeated. */
export interface View {
  readonly buffer: Buffer;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** Where a kernel writes the value of an expression, row by row of the kernel's shape. */
export interface Sink {
  readonly value: Expr;
  readonly to: View;
  /** Results leave as float64, everything else stays float32. */
  readonly precision: 'float32' | 'float64';
}

/** Which views the leaves of a kernel's expressions are. */
export type Leaves = ReadonlyMap<Expr, View>;

/** The tile of a product that is held in registers, and with it the width of panels. */
export const TILE_ROWS = 4;
export const TILE_COLUMNS = 8;

/** Elementwise expressions over one shape. */
export interface LoopKernel {
  readonly kind: 'loop';
  readonly shape: Shape;
  readonly leaves: Leaves;
  readonly sinks: readonly Sink[];
}

/** Elements of one view written to another. */
export interface CopyKernel {
  readonly kind: 'copy';
  readonly shape: Shape;
  readonly from: View;
  readonly to: View;
}

/** The sum or maximum of an expression along axes. */
export interface ReductionKernel {
  readonly kind: 'reduction';
  readonly operation: 'sum' | 'max';
  readonly shape: Shape;
  readonly axes: readonly number[];
  readonly value: Expr;
  readonly leaves: Leaves;
  /** Row-major over the axes that are left. */
  readonly to: View;
}

/**
 * A product [rows, inner] [inner, columns] and the elementwise expressions of it that are kept. Rows and what is
 * summed over may run along several axes each: so the windows of a picture are the rows of a matrix that nobody
 * has to make.
 */
export interface AnyProduct {
  /** Extents of their axes, outermost first. */
  readonly rows: Shape;
  readonly inner: Shape;
  readonly columns: number;
  /** Strides over [...rows, ...inner] and [...inner, columns]; those of inner axes may be negative. */
  readonly a: View;
  readonly b: View;
  /** The node that stands for the product in the sinks' expressions. */
  readonly product: Expr;
  /** Strides of these and of sinks over [...rows, columns]. */
  readonly leaves: Leaves;
  readonly sinks: readonly Sink[];
}

/** A loop around a product, and how far each of its views, a, b, leaves and sinks, is moved in each turn. */
export interface Blocks {
  readonly extent: number;
  readonly strides: readonly number[];
}

/** A product by tiles. */
export interface ProductKernel extends AnyProduct {
  readonly kind: 'product';
  /**
   * Whether each is a copy in panels as wide as a tile, one after the other: of a [inner, 4] for every four
   * rows, of b [inner, 8] for every eight columns (the last one [inner, 4] if four are enough).
   */
  readonly aInPanels: boolean;
  readonly bInPanels: boolean;
  /** The parts that are computed one after the other, each small enough for the cache. */
  readonly blocks?: Blocks;
  /** Adds to what its one sink, the product itself, already holds. */
  readonly accumulates?: boolean;
}

/** A product with one or two columns; the strides of both operands along the last inner axis are 1. */
export interface DotsKernel extends AnyProduct {
  readonly kind: 'dots';
}

export type Kernel = LoopKernel | CopyKernel | ReductionKernel | ProductKernel | DotsKernel;

/** Everything that a program runs, before it is written down as code. */
export interface Plan {
  readonly kernels: readonly Kernel[];
  readonly inputs: readonly { name: string; shape: Shape; staged: Buffer }[];
  readonly constants: readonly { values: Float64Array; count: number; buffer: Buffer }[];
  readonly results: readonly { name: string; buffer: Buffer; size: number }[];
}
