/** A square grid of cells in the colour of the data, painted on a canvas of as many pixels. */
import { channelsOf } from '../draw/palette.ts';

/** `opacityOf` a cell is in [0, 1]; cells are counted row by row from the lower left, as datasets count them. */
export function paintCells(
  canvas: HTMLCanvasElement | null,
  side: number,
  opacityOf: (cell: number) => number,
): void {
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return;
  const ink = channelsOf(getComputedStyle(canvas).getPropertyValue('--discriminator').trim());
  const image = context.createImageData(side, side);
  for (let cell = 0; cell < side * side; cell++) {
    const row = side - 1 - Math.floor(cell / side);
    image.data.set([...ink, 255 * opacityOf(cell)], 4 * (row * side + (cell % side)));
  }
  context.putImageData(image, 0, 0);
}
