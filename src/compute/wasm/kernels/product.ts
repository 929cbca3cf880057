/**
 * Products of matrices, a tile of registers at a time, with what is computed of each tile before it is stored.
 *
 * With two vectors of B, four spread values of A and eight sums, a tile of 4 rows and 8 columns fills the
 * sixteen vector registers. One step of the inner dimension is one turn of a loop on purpose: compilers move
 * all loads of a longer stretch to its front and run out of registers (measured: half the speed).
 */
import { i32, v128 } from '../emitter.ts';
import { type ProductKernel, TILE_COLUMNS, TILE_ROWS } from '../plan.ts';
import { Frame } from './frame.ts';

export function writeProduct(kernel: ProductKernel, relaxed: boolean): Frame {
  const { rows, inner, columns, aInPanels, bInPanels } = kernel;
  const frame = new Frame({ ...kernel, operands: [kernel.a, kernel.b] }, relaxed);
  const { code, pointers, views } = frame;
  const [aRow, aInner] = aInPanels ? [1, TILE_ROWS] : kernel.a.strides;
  // How each view moves from one row, and from one column, of the product to the next.
  const nextRow = aInPanels ? inner : aRow;
  const nextColumn = bInPanels ? inner : 1;
  const rowStrides = views.map((view, at) => (at === 0 ? nextRow : at === 1 ? 0 : view.strides[0]));
  const columnStrides = views.map((view, at) => (at === 0 ? 0 : at === 1 ? nextColumn : view.strides[1]));

  const tile = (tileRows: number, vectors: number, lanes: number) => {
    const bInner = bInPanels ? 4 * vectors : kernel.b.strides[0];
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
    if (inner === 0) for (const sum of sums) code.word(0).set(sum);
    else {
      read();
      sums.forEach((sum, at) => {
        factors(at).op('f32x4.mul').set(sum);
      });
    }
    code.repeat(inner - 1, () => {
      code.advance(a, 4 * aInner).advance(b, 4 * bInner);
      read();
      sums.forEach((sum, at) => {
        factors(at)
          .multiplyAdd(() => code.get(sum))
          .set(sum);
      });
    });
    code.release(...spread, ...row);
    sums.forEach((sum, at) => {
      const vector = at % vectors;
      const row = Math.floor(at / vectors);
      const place = (view: number) => {
        const [along, across] = views[view].strides;
        return { stride: across, offset: row * along + 4 * vector * across };
      };
      frame.write(place, vector === vectors - 1 ? lanes : 4, sum);
    });
    code.release(a, b, ...sums);
  };

  /** All rows of `vectors` vectors of columns, the last of which has `lanes` columns. */
  const panel = (vectors: number, lanes: number) => {
    const tiles = Math.floor(rows / TILE_ROWS);
    code.repeat(tiles, () => {
      tile(TILE_ROWS, vectors, lanes);
      pointers.advance(rowStrides, TILE_ROWS);
    });
    if (rows % TILE_ROWS > 0) tile(rows % TILE_ROWS, vectors, lanes);
    pointers.advance(rowStrides, -tiles * TILE_ROWS);
  };

  // Of one or two rows, more columns at a time: fewer sums than that would wait for one another.
  const width = rows <= 2 && !bInPanels ? 2 * TILE_COLUMNS : TILE_COLUMNS;
  code.repeat(Math.floor(columns / width), () => {
    panel(width / 4, 4);
    pointers.advance(columnStrides, width);
  });
  const after = columns % width;
  if (after > 0) panel(Math.ceil(after / 4), after % 4 || 4);
  return frame;
}
