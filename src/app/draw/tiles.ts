/** Small pictures as tiles: each pixel a square of its value, laid out in rows. */
import { type Palette, strokeOf } from './palette.ts';

/** Pictures of one size: values in [-1, 1], [count, side, side, channels]. */
export interface Tiles {
  readonly values: Float64Array;
  readonly side: number;
  readonly channels: number;
}

export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Of a tile, and from one to the next, in CSS pixels. */
  readonly tile: number;
  readonly pitch: number;
  readonly left: number;
  readonly top: number;
}

/** Between two tiles, as a share of a tile's side. */
const GAP = 0.12;
/** Of the bar of a score, in the gap under each tile, as a share of its side. */
const BAR = 0.08;

/** The largest square tiles of which `count` fit into a rectangle, centred. */
export function gridFor(count: number, width: number, height: number): Grid {
  let best: Grid | undefined;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const pitch = Math.min(width / columns, height / rows);
    if (best && pitch <= best.pitch) continue;
    const tile = pitch / (1 + GAP);
    best = {
      columns,
      rows,
      tile,
      pitch,
      left: (width - columns * pitch + pitch - tile) / 2,
      top: (height - rows * pitch + pitch - tile) / 2,
    };
  }
  return best as Grid;
}

/** Which tile lies under a place; undefined beside all. */
export function tileAt({ columns, rows, pitch, left, top }: Grid, x: number, y: number): number | undefined {
  const [column, row] = [Math.floor((x - left) / pitch), Math.floor((y - top) / pitch)];
  return column >= 0 && column < columns && row >= 0 && row < rows ? row * columns + column : undefined;
}

/** Draws pictures as tiles; keeps the small canvas that they are painted on. */
export function openTiles() {
  const canvas = document.createElement('canvas');
  const small = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  let painted: Float64Array | undefined;
  let place = { columns: 0, rows: 0 };

  function paint({ values, side, channels }: Tiles, count: number, columns: number, rows: number): void {
    if (painted === values && place.columns === columns && place.rows === rows) return;
    painted = values;
    place = { columns, rows };
    canvas.width = columns * side;
    canvas.height = rows * side;
    const image = small.createImageData(canvas.width, canvas.height);
    const { data } = image;
    for (let i = 0; i < count; i++) {
      const [left, top] = [(i % columns) * side, Math.floor(i / columns) * side];
      for (let y = 0; y < side; y++) {
        for (let x = 0; x < side; x++) {
          const to = 4 * ((top + y) * canvas.width + left + x);
          const from = ((i * side + y) * side + x) * channels;
          for (let channel = 0; channel < 3; channel++) {
            data[to + channel] = 127.5 * (1 + values[from + (channels === 3 ? channel : 0)]);
          }
          data[to + 3] = 255;
        }
      }
    }
    small.putImageData(image, 0, 0);
  }

  return {
    draw(context: CanvasRenderingContext2D, tiles: Tiles, count: number, grid: Grid): void {
      const { columns, rows, tile, pitch, left, top } = grid;
      paint(tiles, count, columns, rows);
      context.save();
      context.imageSmoothingEnabled = false;
      const { side } = tiles;
      for (let i = 0; i < count; i++) {
        const [column, row] = [i % columns, Math.floor(i / columns)];
        context.drawImage(
          canvas,
          column * side,
          row * side,
          side,
          side,
          left + column * pitch,
          top + row * pitch,
          tile,
          tile,
        );
      }
      context.restore();
    },
  };
}

/** Under each tile a bar from its middle: to the left as far as the discriminator says fake, to the right for real. */
export function drawScores(
  context: CanvasRenderingContext2D,
  logits: Float64Array,
  { columns, tile, pitch, left, top }: Grid,
  palette: Palette,
): void {
  logits.forEach((logit, i) => {
    const [x, y] = [left + (i % columns) * pitch, top + Math.floor(i / columns) * pitch];
    const above = y + tile * (1 + (GAP - BAR) / 2);
    const lean = Math.tanh((logit || 0) / 2); // 2 sigmoid(logit) - 1
    const length = (tile / 2) * Math.sqrt(Math.abs(lean)); // scores under a penalty are small, and seen all the same
    context.fillStyle = palette.line;
    context.fillRect(x, above + (tile * BAR) / 3, tile, (tile * BAR) / 3);
    context.fillStyle = lean < 0 ? palette.generator : palette.discriminator;
    context.fillRect(x + tile / 2 - (lean < 0 ? length : 0), above, length, tile * BAR);
  });
}

/** A frame round one tile, with a letter in its corner. */
export function frameTile(
  context: CanvasRenderingContext2D,
  at: number,
  letter: string,
  { columns, tile, pitch, left, top }: Grid,
  palette: Palette,
): void {
  const [x, y] = [left + (at % columns) * pitch, top + Math.floor(at / columns) * pitch];
  const stroke = 2 * strokeOf(palette);
  context.strokeStyle = palette.lane;
  context.lineWidth = stroke;
  context.strokeRect(x - stroke / 2, y - stroke / 2, tile + stroke, tile + stroke);
  const size = 0.75 * palette.textSize;
  context.fillStyle = palette.lane;
  context.fillRect(x - stroke, y - stroke, 1.1 * size, 1.2 * size);
  context.fillStyle = palette.paper;
  context.font = `600 ${0.85 * size}px ${palette.sans}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(letter, x - stroke + 0.55 * size, y - stroke + 0.62 * size);
}
