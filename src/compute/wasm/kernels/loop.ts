/** Elementwise expressions over one shape, as one pass over memory. */
import { build, type Expr, uniformValue } from '../../../expr/index.ts';
import type { Code } from '../emitter.ts';
import { readsWithin, Trees } from '../lanes.ts';
import type { CopyKernel, LoopKernel, View } from '../plan.ts';
import { axesOf, codeFor, load, Pointers, store, storeWide } from './nest.ts';

/** Vectors handled in one turn of the innermost loop. */
const UNROLL = 2;

export function writeLoop(kernel: LoopKernel, relaxed: boolean): { code: Code; views: readonly View[] } {
  const leaves = [...kernel.leaves.keys()];
  const views = [...kernel.leaves.values(), ...kernel.sinks.map((sink) => sink.to)];
  const bytes = [
    ...leaves.map(() => 4),
    ...kernel.sinks.map((sink) => (sink.precision === 'float64' ? 8 : 4)),
  ];
  const code = codeFor(views, relaxed);
  const pointers = new Pointers(code, views, bytes);
  const axes = axesOf(
    kernel.shape,
    views.map((view) => view.strides),
  );
  const inner = axes.pop() ?? { extent: 1, strides: views.map(() => 0) };
  const isLeaf = (node: Expr) => kernel.leaves.has(node) || uniformValue(node) !== undefined;
  const reads = readsWithin(
    kernel.sinks.map((sink) => sink.value),
    isLeaf,
  );

  const place = (vector: number, lanes: number) => {
    const trees = new Trees(code, reads, (node) => {
      const view = leaves.indexOf(node);
      if (view < 0) return false;
      load(code, view, inner.strides[view], 4 * vector * inner.strides[view]);
      return true;
    });
    kernel.sinks.forEach((sink, at) => {
      const view = leaves.length + at;
      trees.push(sink.value);
      const write = sink.precision === 'float64' ? storeWide : store;
      write(code, view, inner.strides[view], 4 * vector * inner.strides[view], lanes);
    });
    trees.close();
  };

  const whole = Math.floor(inner.extent / 4);
  const turns = Math.floor(whole / UNROLL);
  const vectorsAfter = whole - turns * UNROLL;
  const lanesAfter = inner.extent % 4;
  pointers.loop(axes, () => {
    code.repeat(turns, () => {
      for (let vector = 0; vector < UNROLL; vector++) place(vector, 4);
      pointers.advance(inner.strides, 4 * UNROLL);
    });
    for (let vector = 0; vector < vectorsAfter; vector++) place(vector, 4);
    if (lanesAfter > 0) place(vectorsAfter, lanesAfter);
    pointers.advance(inner.strides, -turns * 4 * UNROLL);
  });
  return { code, views };
}

/** Stands for what is copied. */
const original = build.input('original');

export function writeCopy({ shape, from, to }: CopyKernel): { code: Code; views: readonly View[] } {
  const sinks = [{ value: original, to, precision: 'float32' }] as const;
  return writeLoop({ kind: 'loop', shape, leaves: new Map([[original, from]]), sinks }, false);
}
