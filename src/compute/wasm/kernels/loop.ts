/** Elementwise expressions over one shape, as one pass over memory. */
import { build } from '../../../expr/index.ts';
import type { CopyKernel, LoopKernel } from '../plan.ts';
import { Frame } from './frame.ts';
import { axesOf } from './nest.ts';

/** Vectors handled in one turn of the innermost loop. */
const UNROLL = 2;

export function writeLoop(kernel: LoopKernel, relaxed: boolean): Frame {
  const frame = new Frame(kernel, relaxed);
  const { code, pointers, views } = frame;
  const axes = axesOf(
    kernel.shape,
    views.map((view) => view.strides),
  );
  const inner = axes.pop() ?? { extent: 1, strides: views.map(() => 0) };
  const write = (vector: number, lanes: number) => {
    frame.write((view) => ({ stride: inner.strides[view], offset: 4 * vector * inner.strides[view] }), lanes);
  };

  const whole = Math.floor(inner.extent / 4);
  const turns = Math.floor(whole / UNROLL);
  const vectorsAfter = whole - turns * UNROLL;
  const lanesAfter = inner.extent % 4;
  pointers.loop(axes, () => {
    code.repeat(turns, () => {
      for (let vector = 0; vector < UNROLL; vector++) write(vector, 4);
      pointers.advance(inner.strides, 4 * UNROLL);
    });
    for (let vector = 0; vector < vectorsAfter; vector++) write(vector, 4);
    if (lanesAfter > 0) write(vectorsAfter, lanesAfter);
    pointers.advance(inner.strides, -turns * 4 * UNROLL);
  });
  return frame;
}

/** Stands for what is copied. */
const original = build.input('original');

export function writeCopy({ shape, from, to }: CopyKernel): Frame {
  const sinks = [{ value: original, to, precision: 'float32' }] as const;
  return writeLoop({ kind: 'loop', shape, leaves: new Map([[original, from]]), sinks }, false);
}
