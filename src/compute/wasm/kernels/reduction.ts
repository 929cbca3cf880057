/** Sums and maxima of an expression along axes, four or more partial results at a time. */
import { type Local, v128 } from '../emitter.ts';
import type { ReductionKernel } from '../plan.ts';
import { Frame } from './frame.ts';
import { type Axis, axesOf, store } from './nest.ts';

/** Partial results held in registers: enough that one addition need not wait for the one before. */
const PARTIAL = 4;

export function writeReduction(kernel: ReductionKernel, relaxed: boolean): Frame {
  const frame = new Frame({ leaves: kernel.leaves, sinks: [], reduced: kernel }, relaxed);
  const { code, pointers, views, firstSink: out } = frame;
  const isReduced = (axis: number) => kernel.axes.includes(axis);
  const start = () => code.f32(kernel.operation === 'sum' ? 0 : Number.NEGATIVE_INFINITY);
  const combine = () => code.op(kernel.operation === 'sum' ? 'f32x4.add' : 'f32x4.max');

  // The strides of each view along every axis of the shape; the result has none along those that go.
  let kept = 0;
  const strides = views.map((view, at) =>
    kernel.shape.map((_, axis) => {
      if (at < out) return view.strides[axis];
      return isReduced(axis) ? 0 : view.strides[kept++];
    }),
  );
  const part = (wanted: boolean): Axis[] => {
    const chosen = kernel.shape.map((_, axis) => axis).filter((axis) => isReduced(axis) === wanted);
    return axesOf(
      chosen.map((axis) => kernel.shape[axis]),
      strides.map((each) => chosen.map((axis) => each[axis])),
    );
  };
  const keptAxes = part(false);
  const reducedAxes = part(true);
  const last = kernel.shape.findLastIndex((extent) => extent !== 1);

  const push = ({ strides: along }: Axis, vector: number) => {
    frame.push(kernel.value, (view) => ({ stride: along[view], offset: 4 * vector * along[view] }));
  };
  const into = (partial: Local, value: () => void) => {
    code.get(partial);
    value();
    combine();
    code.set(partial);
  };

  if (last < 0 || isReduced(last)) {
    // Along rows: lanes and registers are partial results of one value.
    const inner = reducedAxes.pop() ?? { extent: 1, strides: views.map(() => 0) };
    const whole = Math.floor(inner.extent / 4);
    const turns = Math.floor(whole / PARTIAL);
    const vectorsAfter = whole - turns * PARTIAL;
    const lanesAfter = inner.extent % 4;
    pointers.loop(keptAxes, () => {
      const partials = Array.from({ length: PARTIAL }, () => code.local(v128));
      for (const partial of partials) start().set(partial);
      pointers.loop(reducedAxes, () => {
        code.repeat(turns, () => {
          partials.forEach((partial, vector) => {
            into(partial, () => push(inner, vector));
          });
          pointers.advance(inner.strides, 4 * PARTIAL);
        });
        for (let vector = 0; vector < vectorsAfter; vector++) {
          into(partials[vector], () => push(inner, vector));
        }
        if (lanesAfter > 0) {
          // What lies beyond the end is not read as a value.
          into(partials[vectorsAfter], () => {
            push(inner, vectorsAfter);
            start();
            code.words(-1, lanesAfter > 1 ? -1 : 0, lanesAfter > 2 ? -1 : 0, 0).op('v128.bitselect');
          });
        }
        pointers.advance(inner.strides, -turns * 4 * PARTIAL);
      });
      const [a, b, c, d] = partials;
      code.get(a).get(b);
      combine();
      code.get(c).get(d);
      combine();
      combine();
      code.set(a).get(a).get(a).get(a).shuffle(2, 3, 2, 3);
      combine();
      code.tee(a).get(a).get(a).shuffle(1, 1, 1, 1);
      combine();
      code.set(b);
      code.get(b);
      store(code, out, 1, 0, 1);
      code.release(...partials);
    });
    return frame;
  }

  // Down columns: each lane is a value of its own.
  const inner = keptAxes.pop() as Axis;
  const block = (vectors: number, lanes: number) => {
    const partials = Array.from({ length: vectors }, () => code.local(v128));
    for (const partial of partials) start().set(partial);
    pointers.loop(reducedAxes, () => {
      partials.forEach((partial, vector) => {
        into(partial, () => push(inner, vector));
      });
    });
    partials.forEach((partial, vector) => {
      code.get(partial);
      const isLast = vector === vectors - 1;
      store(code, out, inner.strides[out], 4 * vector * inner.strides[out], isLast ? lanes : 4);
    });
    code.release(...partials);
  };
  const blocks = Math.floor(inner.extent / (4 * PARTIAL));
  const after = inner.extent - blocks * 4 * PARTIAL;
  pointers.loop(keptAxes, () => {
    code.repeat(blocks, () => {
      block(PARTIAL, 4);
      pointers.advance(inner.strides, 4 * PARTIAL);
    });
    if (after > 0) block(Math.ceil(after / 4), after % 4 || 4);
    pointers.advance(inner.strides, -blocks * 4 * PARTIAL);
  });
  return frame;
}
