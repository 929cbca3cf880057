/** From the plane of numbers to the pixels of a picture, both axes in the same measure. */

export interface Frame2D {
  readonly width: number;
  readonly height: number;
  /** Pixels per unit. */
  readonly scale: number;
  x(value: number): number;
  y(value: number): number;
  /** The numbers under a pixel. */
  at(x: number, y: number): readonly [number, number];
}

/** Beyond this, canvases lose their way: whatever is further lies outside of every picture anyway. */
const FAR = 1e5;
const near = (pixel: number) => Math.max(-FAR, Math.min(FAR, pixel));

/** The origin in the middle; `extent` is half of the shorter side. */
export function centred(width: number, height: number, extent: number): Frame2D {
  const scale = Math.min(width, height) / (2 * extent);
  return {
    width,
    height,
    scale,
    x: (value) => near(width / 2 + scale * value),
    y: (value) => near(height / 2 - scale * value),
    at: (x, y) => [(x - width / 2) / scale, (height / 2 - y) / scale],
  };
}
