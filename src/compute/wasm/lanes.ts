/** Elementwise expressions as vector code: what each operation becomes, and trees of them. */
import { type Expr, uniformValue } from '../../expr/index.ts';
import * as elementary from './elementary.ts';
import { type Code, type Local, v128 } from './emitter.ts';

type Emit = (code: Code, push: readonly (() => void)[]) => void;

const unary =
  (emit: (code: Code) => void): Emit =>
  (code, [x]) => {
    x();
    emit(code);
  };
const binary =
  (instruction: 'f32x4.add' | 'f32x4.sub' | 'f32x4.mul' | 'f32x4.div' | 'f32x4.max' | 'f32x4.min'): Emit =>
  (code, [a, b]) => {
    a();
    b();
    code.op(instruction);
  };
/** Of x, kept in a local while `emit` reads it more than once. */
const named = (emit: (code: Code, x: Local) => void): Emit =>
  unary((code) => {
    const x = code.local(v128);
    code.set(x);
    emit(code, x);
    code.release(x);
  });

/** 'cheap' operations may be computed again where they are read, rather than stored. */
interface Elementwise {
  readonly cheap: boolean;
  readonly emit: Emit;
}
const cheap = (emit: Emit): Elementwise => ({ cheap: true, emit });
const dear = (emit: Emit): Elementwise => ({ cheap: false, emit });

/** Every operation that maps element to element, by its name in `expr`. */
export const elementwise: Readonly<Record<string, Elementwise>> = {
  neg: cheap(unary((code) => code.op('f32x4.neg'))),
  abs: cheap(unary((code) => code.op('f32x4.abs'))),
  add: cheap(binary('f32x4.add')),
  sub: cheap(binary('f32x4.sub')),
  mul: cheap(binary('f32x4.mul')),
  div: dear(binary('f32x4.div')),
  maximum: cheap(binary('f32x4.max')),
  minimum: cheap(binary('f32x4.min')),
  greater: cheap((code, [a, b]) => {
    a();
    b();
    code.op('f32x4.gt').f32(1).op('v128.and');
  }),
  // x without its bits where x <= 0: NaN is not.
  relu: cheap(named((code, x) => code.get(x).get(x).f32(0).op('f32x4.le', 'v128.andnot'))),
  // 1 where x > 0; a mask of all bits is a NaN.
  step: cheap(
    named((code, x) =>
      code.get(x).f32(0).op('f32x4.gt').f32(1).op('v128.and').get(x).get(x).op('f32x4.ne', 'v128.or'),
    ),
  ),
  sign: cheap(
    named((code, x) => {
      code.get(x).f32(0).op('f32x4.gt').f32(1).op('v128.and');
      code.get(x).f32(0).op('f32x4.lt').f32(-1).op('v128.and', 'v128.or');
      code.get(x).get(x).op('f32x4.ne', 'v128.or');
    }),
  ),
  sqrt: dear(unary((code) => code.op('f32x4.sqrt'))),
  exp: dear(unary(elementary.exp)),
  log: dear(unary(elementary.log)),
  tanh: dear(unary(elementary.tanh)),
  sigmoid: dear(unary(elementary.sigmoid)),
  softplus: dear(unary(elementary.softplus)),
  sin: dear(unary(elementary.sin)),
  cos: dear(unary(elementary.cos)),
};

/** How often each node is read by the trees of these roots, counting a root once for itself. */
export function readsWithin(roots: readonly Expr[], isLeaf: (node: Expr) => boolean): Map<Expr, number> {
  const reads = new Map<Expr, number>();
  const visit = (node: Expr) => {
    const known = reads.get(node) ?? 0;
    reads.set(node, known + 1);
    if (known === 0 && !isLeaf(node)) node.inputs.forEach(visit);
  };
  roots.forEach(visit);
  return reads;
}

/** Emits the values of trees at one place of a kernel; what is read twice is computed once. */
export class Trees {
  private readonly held = new Map<Expr, Local>();
  private readonly code: Code;
  private readonly reads: ReadonlyMap<Expr, number>;
  private readonly pushLeaf: (node: Expr) => boolean;

  /** `pushLeaf` puts the value of a leaf on the stack and answers true; false for what is no leaf here. */
  constructor(code: Code, reads: ReadonlyMap<Expr, number>, pushLeaf: (node: Expr) => boolean) {
    this.code = code;
    this.reads = reads;
    this.pushLeaf = pushLeaf;
  }

  push(node: Expr): void {
    const { code } = this;
    const held = this.held.get(node);
    if (held !== undefined) {
      code.get(held);
      return;
    }
    const uniform = uniformValue(node);
    if (uniform !== undefined) {
      code.f32(uniform);
      return;
    }
    if (!this.pushLeaf(node)) {
      const { emit } = elementwise[node.operation.name];
      emit(
        code,
        node.inputs.map((input) => () => this.push(input)),
      );
    }
    if ((this.reads.get(node) ?? 0) > 1) {
      const local = code.local(v128);
      code.tee(local);
      this.held.set(node, local);
    }
  }

  /** Gives back the locals: the next place computes anew. */
  close(): void {
    this.code.release(...this.held.values());
    this.held.clear();
  }
}
