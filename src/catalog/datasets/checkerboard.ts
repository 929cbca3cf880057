/** Every other square of a board. */
import { group, integer } from '../../settings/index.ts';
import { defineDataset } from '../kinds.ts';

export const checkerboard = defineDataset({
  name: 'checkerboard',
  label: 'Checkerboard',
  summary: 'Uniform on every other square: sharp edges and corners that touch.',
  source: 'Grathwohl et al. 2019 (arXiv:1810.01367), section 5.1',
  settings: group({
    side: integer({
      label: 'side',
      summary: 'Squares along a side.',
      default: 4,
      min: 2,
      max: 12,
    }),
  }),
  extent: () => 1.3,
  fill(streams, count, { side }, out) {
    streams('data.place').uniforms(out);
    const chosen = streams('data.mode').integers(new Int32Array(count), Math.ceil((side * side) / 2));
    for (let i = 0; i < count; i++) {
      // Dark squares, row by row: those of row r begin at column r mod 2 when counted in pairs of rows.
      let square = 2 * chosen[i];
      const row = Math.floor(square / side);
      if (side % 2 === 0 && row % 2 === 1) square += 1;
      const column = square % side;
      out[2 * i] = Math.fround((2 * (column + out[2 * i])) / side - 1);
      out[2 * i + 1] = Math.fround((2 * (row + out[2 * i + 1])) / side - 1);
    }
  },
});
