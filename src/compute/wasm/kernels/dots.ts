/**
 * Products with one or two columns, as inner products: four rows at a time, four elements of each at once,
 * so that no lane is wasted on columns that are not there.
 */
import { i32, type Local, v128 } from '../emitter.ts';
import type { DotsKernel } from '../plan.ts';
import { Frame } from './frame.ts';
import { load } from './nest.ts';

const ROWS = 4;

export function writeDots(kernel: DotsKernel, relaxed: boolean): Frame {
  const { rows, inner, columns } = kernel;
  const frame = new Frame({ ...kernel, operands: [kernel.a, kernel.b] }, relaxed);
  const { code, pointers, views } = frame;
  const [aRow] = kernel.a.strides;
  const bColumn = kernel.b.strides[1];

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
        load(code, a, 1, row * aRow);
        code.set(vector);
      });
      right.forEach((vector, column) => {
        load(code, b, 1, column * bColumn);
        code.set(vector);
      });
    };
    for (const partial of partials) code.word(0).set(partial);
    code.get(0).set(a).get(1).set(b);
    code.repeat(Math.floor(inner / 4), () => {
      read();
      code.advance(a, 16).advance(b, 16);
      partials.forEach((partial, at) => {
        code.get(left[at % ROWS]).get(right[Math.floor(at / ROWS)]);
        code.multiplyAdd(() => code.get(partial)).set(partial);
      });
    });
    const after = inner % 4;
    if (after > 0) {
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
    }
    for (let column = 0; column < columns; column++) {
      const sums = partials[column * ROWS];
      acrossLanes(partials.slice(column * ROWS, (column + 1) * ROWS));
      code.set(sums);
      // A vector of one column of the product runs down the rows.
      const place = (view: number) => {
        const [along, across] = views[view].strides;
        return { stride: along, offset: column * across };
      };
      frame.write(place, lanes, sums);
    }
    code.release(a, b, ...partials, ...left, ...right);
  };

  const rowStrides = views.map((view, at) => (at === 1 ? 0 : view.strides[0]));
  code.repeat(Math.floor(rows / ROWS), () => {
    block(ROWS);
    pointers.advance(rowStrides, ROWS);
  });
  if (rows % ROWS > 0) block(rows % ROWS);
  return frame;
}
