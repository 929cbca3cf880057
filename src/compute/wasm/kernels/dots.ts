/**
 * Products with one or two columns, as inner products: four rows at a time, four elements of each at once,
 * so that no lane is wasted on columns that are not there.
 */
import { i32, type Local, v128 } from '../emitter.ts';
import type { DotsKernel } from '../plan.ts';
import { Frame } from './frame.ts';
import { type Axis, axesOf, load } from './nest.ts';

const ROWS = 4;

export function writeDots(kernel: DotsKernel, relaxed: boolean): Frame {
  const { rows, inner, columns } = kernel;
  const frame = new Frame({ ...kernel, operands: [kernel.a, kernel.b] }, relaxed);
  const { code, pointers, views } = frame;
  const alongRows = views.map((view, at) =>
    at === 1 ? rows.map(() => 0) : view.strides.slice(0, rows.length),
  );
  const rowAxes = axesOf(rows, alongRows);
  const tiled = rowAxes.pop() ?? { extent: 1, strides: views.map(() => 0) };
  const summed = axesOf(inner, [kernel.a.strides.slice(rows.length), kernel.b.strides.slice(0, -1)]);
  const innermost = summed.pop() ?? { extent: 1, strides: [1, 1] };
  const bColumn = kernel.b.strides[inner.length];

  /** The sums of the lanes of four vectors, as one vector. */
  const acrossLanes = (of: readonly Local[]) => {
    const [first, second] = [code.local(v128), code.local(v128)];
    [first, second].forEach((pair, at) => {
      const [x, y] = of.slice(2 * at);
      code.get(x).get(y).shuffle(0, 4, 1, 5).get(x).get(y).shuffle(2, 6, 3, 7).op('f32x4.add').set(pair);
    });
    code.get(first).get(second).shuffle(0, 1, 4, 5).get(first).get(second).shuffle(2, 3, 6, 7);
    code.op('f32x4.add').release(first, second);
  };

  const block = (lanes: number) => {
    const partials = Array.from({ length: columns * ROWS }, () => code.local(v128));
    const left = Array.from({ length: ROWS }, () => code.local(v128));
    const right = Array.from({ length: columns }, () => code.local(v128));
    const [a, b] = [code.local(i32), code.local(i32)];
    const read = () => {
      left.forEach((vector, row) => {
        load(code, a, 1, row * tiled.strides[0]);
        code.set(vector);
      });
      right.forEach((vector, column) => {
        load(code, b, 1, column * bColumn);
        code.set(vector);
      });
    };
    const vectors = Math.floor(innermost.extent / 4);
    const along = () => {
      code.repeat(vectors, () => {
        read();
        code.advance(a, 16).advance(b, 16);
        partials.forEach((partial, at) => {
          code.get(left[at % ROWS]).get(right[Math.floor(at / ROWS)]);
          code.multiplyAdd(() => code.get(partial)).set(partial);
        });
      });
      const after = innermost.extent % 4;
      if (after === 0) return;
      read();
      partials.forEach((partial, at) => {
        // What lies beyond the end is not read as a value.
        code
          .get(left[at % ROWS])
          .get(right[Math.floor(at / ROWS)])
          .op('f32x4.mul');
        code.words(-1, after > 1 ? -1 : 0, after > 2 ? -1 : 0, 0).op('v128.and');
        code.get(partial).op('f32x4.add').set(partial);
      });
    };
    /** Along the other axes; the pointers end where the innermost axis left them, but for whole turns. */
    const around = ([axis, ...within]: readonly Axis[]) => {
      if (!axis) {
        along();
        return;
      }
      const done = within.length > 0 ? within[0].strides.map((by) => by * within[0].extent) : undefined;
      code.repeat(axis.extent, () => {
        around(within);
        const [fromA, fromB] = done ?? [4 * vectors, 4 * vectors];
        code.advance(a, 4 * (axis.strides[0] - fromA)).advance(b, 4 * (axis.strides[1] - fromB));
      });
    };
    for (const partial of partials) code.word(0).set(partial);
    code.get(0).set(a).get(1).set(b);
    around(summed);
    for (let column = 0; column < columns; column++) {
      const sums = partials[column * ROWS];
      acrossLanes(partials.slice(column * ROWS, (column + 1) * ROWS));
      code.set(sums);
      // A vector of one column of the product runs down the rows.
      const place = (view: number) => ({
        stride: tiled.strides[view],
        offset: column * views[view].strides[rows.length],
      });
      frame.write(place, lanes, sums);
    }
    code.release(a, b, ...partials, ...left, ...right);
  };

  const tiles = Math.floor(tiled.extent / ROWS);
  pointers.loop(rowAxes, () => {
    code.repeat(tiles, () => {
      block(ROWS);
      pointers.advance(tiled.strides, ROWS);
    });
    if (tiled.extent % ROWS > 0) block(tiled.extent % ROWS);
    pointers.advance(tiled.strides, -tiles * ROWS);
  });
  return frame;
}
