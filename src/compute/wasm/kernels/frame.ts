/** What all kernels are made of: a function with a pointer for each view, and the expressions computed at its places. */
import { type Expr, uniformValue } from '../../../expr/index.ts';
import { Code, i32, type Local, type ValueType } from '../emitter.ts';
import { readsWithin, Trees } from '../lanes.ts';
import type { Leaves, Sink, View } from '../plan.ts';
import { load, Pointers, store, storeWide } from './nest.ts';

interface Parts {
  /** Views that the kernel reads by itself: its first pointers. Then come those of leaves and of sinks. */
  readonly operands?: readonly View[];
  readonly leaves: Leaves;
  readonly sinks: readonly Sink[];
  /** The node whose values the kernel itself makes, in a register. */
  readonly product?: Expr;
  /** An expression that is not stored, and where what becomes of it is. */
  readonly reduced?: { readonly value: Expr; readonly to: View };
}

/** Where four values lie that are handled at once, from a view's pointer on: elements between them, and to the first. */
export type Place = (view: number) => { readonly stride: number; readonly offset: number };

export class Frame {
  readonly code: Code;
  readonly views: readonly View[];
  readonly pointers: Pointers;
  private readonly parts: Parts;
  private readonly leaves: readonly Expr[];
  private readonly firstLeaf: number;
  private readonly reads: ReadonlyMap<Expr, number>;

  constructor(parts: Parts, relaxed: boolean) {
    const { operands = [], leaves, sinks, product, reduced } = parts;
    const results = [...sinks.map((sink) => sink.to), ...(reduced ? [reduced.to] : [])];
    this.parts = parts;
    this.views = [...operands, ...leaves.values(), ...results];
    this.leaves = [...leaves.keys()];
    this.firstLeaf = operands.length;
    const parameters = this.views.map((): ValueType => i32);
    this.code = new Code(parameters, relaxed);
    const wide = new Set(sinks.filter((sink) => sink.precision === 'float64').map((sink) => sink.to));
    const bytes = this.views.map((view) => (wide.has(view) ? 8 : 4));
    this.pointers = new Pointers(this.code, bytes);
    const values = [...sinks.map((sink) => sink.value), ...(reduced ? [reduced.value] : [])];
    const isLeaf = (node: Expr) => leaves.has(node) || node === product || uniformValue(node) !== undefined;
    this.reads = readsWithin(values, isLeaf);
  }

  /** Which view is the first that is written. */
  get firstSink(): number {
    return this.firstLeaf + this.leaves.length;
  }

  private trees(place: Place, made?: Local): Trees {
    return new Trees(this.code, this.reads, (node) => {
      if (made !== undefined && node === this.parts.product) {
        this.code.get(made);
        return true;
      }
      const leaf = this.leaves.indexOf(node);
      if (leaf < 0) return false;
      const view = this.firstLeaf + leaf;
      const { stride, offset } = place(view);
      load(this.code, view, stride, offset);
      return true;
    });
  }

  /** Puts the value of an expression on the stack. */
  push(value: Expr, place: Place): void {
    const trees = this.trees(place);
    trees.push(value);
    trees.close();
  }

  /** Puts four values of a view on the stack. */
  load(view: number, place: Place): void {
    const { stride, offset } = place(view);
    load(this.code, view, stride, offset);
  }

  /** Computes every sink at one place and writes its first `lanes` values; `made` holds the product's. */
  write(place: Place, lanes: number, made?: Local): void {
    const trees = this.trees(place, made);
    this.parts.sinks.forEach(({ value, precision }, at) => {
      const view = this.firstSink + at;
      const { stride, offset } = place(view);
      trees.push(value);
      (precision === 'float64' ? storeWide : store)(this.code, view, stride, offset, lanes);
    });
    trees.close();
  }
}
