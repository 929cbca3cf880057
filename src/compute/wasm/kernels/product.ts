/**
 * Products of matrices, a tile of registers at a time, with what is computed of each tile before it is stored.
 *
 * With two vectors of B, four spread values of A and eight sums, a tile of 4 rows and 8 columns fills the
 * sixteen vector registers. One step of the inner dimension is one turn of a loop on purpose: compilers move
 * all loads of a longer stretch to its front and run out of registers (measured: half the speed).
 */
import { i32, v128 } from '../emitter.ts';
import { type ProductKernel, TILE_COLUMNS, TILE_ROWS } from '../plan.ts';
import { rowMajor } from '../readings.ts';
import { Frame } from './frame.ts';
import { type Axis, axesOf } from './nest.ts';

/** Steps below which a loop of its own costs more than its turns: processors guess wrong where it ends. */
const SHORT_RUN = 16;

export function writeProduct(kernel: ProductKernel, relaxed: boolean): Frame {
  const { rows, columns, aInPanels, bInPanels, accumulates } = kernel;
  const frame = new Frame({ ...kernel, operands: [kernel.a, kernel.b] }, relaxed);
  const { code, pointers, views, firstSink } = frame;
  const terms = kernel.inner.reduce((product, extent) => product * extent, 1);
  // How each view moves from one row, and from one column, of the product to the next.
  const alongRows = views.map((view, at) => {
    if (at === 1) return rows.map(() => 0);
    return at === 0 && aInPanels ? [terms] : view.strides.slice(0, rows.length);
  });
  const rowAxes = axesOf(rows, alongRows);
  const tiled = rowAxes.pop() ?? { extent: 1, strides: views.map(() => 0) };
  const columnStrides = views.map((view, at) => {
    if (at > 1) return view.strides[rows.length];
    return at === 0 ? 0 : bInPanels ? terms : 1;
  });
  const aRow = aInPanels ? 1 : tiled.strides[0];

  const tile = (tileRows: number, vectors: number, lanes: number) => {
    const aInner = aInPanels ? [TILE_ROWS] : kernel.a.strides.slice(rows.length);
    const bInner = bInPanels
      ? rowMajor(kernel.inner).map((stride) => 4 * vectors * stride)
      : kernel.b.strides.slice(0, -1);
    const summed = axesOf(kernel.inner, [aInner, bInner]);
    const sums = Array.from({ length: tileRows * vectors }, () => code.local(v128));
    const a = code.local(i32);
    const b = code.local(i32);
    const spread = Array.from({ length: tileRows }, () => code.local(v128));
    const row = Array.from({ length: vectors }, () => code.local(v128));
    code.get(0).set(a).get(1).set(b);
    const read = () => {
      spread.forEach((value, at) => {
        const offset = 4 * at * aRow;
        code.get(a).memory('v128.load32_splat', offset).set(value);
      });
      row.forEach((vector, at) => {
        code
          .get(b)
          .memory('v128.load', 16 * at)
          .set(vector);
      });
    };
    const factors = (at: number) => code.get(spread[Math.floor(at / vectors)]).get(row[at % vectors]);
    const step = () => {
      read();
      sums.forEach((sum, at) => {
        factors(at)
          .multiplyAdd(() => code.get(sum))
          .set(sum);
      });
    };
    /** Where the vectors of the tile lie in a view: rows apart, then columns. */
    const placeOf = (at: number) => (view: number) => {
      const [along, across] = [tiled.strides[view], columnStrides[view]];
      return { stride: across, offset: Math.floor(at / vectors) * along + 4 * (at % vectors) * across };
    };
    /** Steps along two axes in one loop, its jumps made without a branch. */
    const asOne = (outer: Axis, run: Axis) => {
      const [left, ends] = [code.local(i32), code.local(i32)];
      code.i32(run.extent).set(left);
      code.repeat(outer.extent * run.extent, () => {
        step();
        // All bits where the run ends, else none.
        code.i32(0).get(left).i32(1).op('i32.sub').tee(left).op('i32.eqz', 'i32.sub').set(ends);
        code.get(left).get(ends).i32(run.extent).op('i32.and', 'i32.add').set(left);
        [a, b].forEach((pointer, at) => {
          const jump = outer.strides[at] - run.extent * run.strides[at];
          code.advance(pointer, 4 * run.strides[at]);
          if (jump !== 0)
            code
              .get(pointer)
              .get(ends)
              .i32(4 * jump)
              .op('i32.and', 'i32.add')
              .set(pointer);
        });
      });
      code.release(left, ends);
    };
    /** Steps along all axes; the pointers end beyond the last one, and are taken back by the axis around it. */
    const steps = ([axis, ...within]: readonly Axis[]) => {
      if (within.length === 1 && within[0].extent < SHORT_RUN) {
        asOne(axis, within[0]);
        return;
      }
      const done = within.length === 0 ? [0, 0] : within[0].strides.map((by) => by * within[0].extent);
      code.repeat(axis.extent, () => {
        if (within.length === 0) step();
        else steps(within);
        code.advance(a, 4 * (axis.strides[0] - done[0])).advance(b, 4 * (axis.strides[1] - done[1]));
      });
    };
    if (accumulates) {
      sums.forEach((sum, at) => {
        frame.load(firstSink, placeOf(at));
        code.set(sum);
      });
    } else if (terms > 0 && summed.length <= 1) {
      read();
      sums.forEach((sum, at) => {
        factors(at).op('f32x4.mul').set(sum);
      });
    } else for (const sum of sums) code.word(0).set(sum);
    if (terms > 0 && (accumulates || summed.length > 1)) {
      steps(summed.length > 0 ? summed : [{ extent: 1, strides: [0, 0] }]);
    } else if (terms > 1) {
      const [{ strides }] = summed;
      code.repeat(terms - 1, () => {
        code.advance(a, 4 * strides[0]).advance(b, 4 * strides[1]);
        step();
      });
    }
    code.release(...spread, ...row);
    sums.forEach((sum, at) => {
      frame.write(placeOf(at), at % vectors === vectors - 1 ? lanes : 4, sum);
    });
    code.release(a, b, ...sums);
  };

  /** All rows of `vectors` vectors of columns, the last of which has `lanes` columns. */
  const panel = (vectors: number, lanes: number) => {
    const tiles = Math.floor(tiled.extent / TILE_ROWS);
    const rest = tiled.extent % TILE_ROWS;
    pointers.loop(rowAxes, () => {
      code.repeat(tiles, () => {
        tile(TILE_ROWS, vectors, lanes);
        pointers.advance(tiled.strides, TILE_ROWS);
      });
      if (rest > 0) tile(rest, vectors, lanes);
      pointers.advance(tiled.strides, -tiles * TILE_ROWS);
    });
  };

  // Of one or two rows, more columns at a time: fewer sums than that would wait for one another.
  const isFlat = rowAxes.length === 0 && tiled.extent <= 2 && !bInPanels;
  const width = isFlat ? 2 * TILE_COLUMNS : TILE_COLUMNS;
  const panels = Math.floor(columns / width);
  const after = columns % width;
  pointers.loop(kernel.blocks ? [kernel.blocks] : [], () => {
    code.repeat(panels, () => {
      panel(width / 4, 4);
      pointers.advance(columnStrides, width);
    });
    if (after > 0) panel(Math.ceil(after / 4), after % 4 || 4);
    if (kernel.blocks) pointers.advance(columnStrides, -panels * width);
  });
  return frame;
}
