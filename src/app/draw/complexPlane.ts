/** The complex plane: eigenvalues as marks over the region in which a method is stable, axes in one measure. */
import { contours, scaleLinear } from 'd3';
import { short } from '../format.ts';
import { type Palette, strokeOf } from './palette.ts';

/** Numbers in the plane that are drawn alike. */
export interface Marks {
  readonly re: ArrayLike<number>;
  readonly im: ArrayLike<number>;
  readonly colour: string;
  readonly shape: 'circle' | 'square' | 'cross';
  /** From 0 to 1; older ones are fainter. */
  readonly alpha?: number;
  /** Half their width in pixels of a laptop. */
  readonly size?: number;
}

/** Spectral radii over a rectangle: [row of the imaginary part upwards, column of the real part]. */
export interface Region {
  readonly radius: Float64Array;
  readonly columns: number;
  readonly rows: number;
  readonly real: readonly [least: number, most: number];
  readonly imaginary: readonly [least: number, most: number];
}

/** What is seen: the real part in the middle, and half of the width in numbers. */
export interface Window2D {
  readonly centre: number;
  readonly halfWidth: number;
  /** Of the picture that it was made for. */
  readonly aspect: number;
}

/** The picture that a window is for, in pixels; `room` is kept free about each mark, so that none is cut. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly room: number;
}

/** Half the width of a mark of eigenvalues that one may point at, in pixels of a laptop. */
export const MARK = 4.5;
/** Its rim is drawn about it. */
const RIM = 1.5;
/** The room of a mark that wide. */
export const roomOf = ({ textSize }: Pick<Palette, 'textSize'>, size = MARK): number =>
  ((size + RIM) * textSize) / 16;

/** Free space about the outermost eigenvalues. */
const MARGIN = 1.15;
/** A window is never narrower: beyond it the digits of the numbers end. */
const LEAST_HALF_WIDTH = 1e-12;
/** What is seen about nothing but zeros. */
const ABOUT_ZERO = 1;
/** A window that is more than so many times too wide is narrowed. */
const SLACK = 4;
/** Of a picture that is hardly larger than a mark, this share is left to numbers. */
const LEAST_SHARE = 0.2;

/**
 * The window that shows all marks whole: the one before, as long as it does and the picture has the same shape, so
 * that it does not shiver with every reading.
 */
export function windowFor(
  all: readonly Pick<Marks, 're' | 'im'>[],
  { width, height, room }: Sheet,
  before: Window2D | undefined,
): Window2D {
  const aspect = width / height;
  let least = 0;
  let most = 0;
  let highest = 0;
  for (const { re, im } of all) {
    for (let i = 0; i < re.length; i++) {
      if (!Number.isFinite(re[i]) || !Number.isFinite(im[i])) continue;
      least = Math.min(least, re[i]);
      most = Math.max(most, re[i]);
      highest = Math.max(highest, Math.abs(im[i]));
    }
  }
  // Of half the width and half the height, what the middles of marks may take.
  const across = Math.max(LEAST_SHARE, 1 - (2 * room) / width);
  const up = Math.max(LEAST_SHARE, 1 - (2 * room) / height);
  const reach = Math.max((most - least) / 2 / across, (highest * aspect) / up);
  const needed = reach > 0 ? Math.max(LEAST_HALF_WIDTH, reach) : ABOUT_ZERO;
  const shows =
    before?.aspect === aspect &&
    least >= before.centre - before.halfWidth * across &&
    most <= before.centre + before.halfWidth * across &&
    highest * aspect <= before.halfWidth * up &&
    before.halfWidth <= SLACK * MARGIN * needed;
  return shows ? before : { centre: (least + most) / 2, halfWidth: 1.3 * MARGIN * needed, aspect };
}

/** Whether there is a number to be drawn: axes without one would be those of nothing. */
export const hasNumbers = (all: readonly Pick<Marks, 're' | 'im'>[]): boolean =>
  all.some(({ re, im }) =>
    Array.from(re).some((value, i) => Number.isFinite(value) && Number.isFinite(im[i])),
  );

/** Where a number of the plane lies in a picture, in pixels. */
export function placesOn(view: Window2D, { width, height }: Pick<Sheet, 'width' | 'height'>) {
  const scale = width / (2 * view.halfWidth);
  return {
    scale,
    x: (re: number) => width / 2 + (re - view.centre) * scale,
    y: (im: number) => height / 2 - im * scale,
  };
}

export function drawComplexPlane(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  {
    marks,
    region,
    view,
    circle,
  }: {
    readonly marks: readonly Marks[];
    readonly region?: Region;
    readonly view: Window2D;
    /** A circle about the origin, of this radius. */
    readonly circle?: number;
  },
  palette: Palette,
): void {
  const em = palette.textSize;
  const { scale, x, y } = placesOn(view, { width, height });
  if (region) drawRegion(context, region, x, y, palette);
  drawAxes(context, width, height, view, x, y, palette);
  if (circle !== undefined) {
    context.beginPath();
    context.arc(x(0), y(0), circle * scale, 0, 2 * Math.PI);
    context.strokeStyle = palette.ink;
    context.lineWidth = 1.3 * strokeOf(palette);
    context.stroke();
  }
  for (const group of marks) drawMarks(context, group, x, y, em / 16, palette);
  nameAxes(context, width, x, y, palette);
}

type Axis = (value: number) => number;

/** Stable ground is tinted, the deeper the faster; its edge is a line. */
function drawRegion(
  context: CanvasRenderingContext2D,
  { radius, columns, rows, real, imaginary }: Region,
  x: Axis,
  y: Axis,
  palette: Palette,
): void {
  const small = document.createElement('canvas');
  small.width = columns;
  small.height = rows;
  const ground = small.getContext('2d') as CanvasRenderingContext2D;
  const image = ground.createImageData(columns, rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = radius[row * columns + column];
      const at = 4 * ((rows - 1 - row) * columns + column);
      image.data[at] = palette.real[0];
      image.data[at + 1] = palette.real[1];
      image.data[at + 2] = palette.real[2];
      // NaN is not stable.
      image.data[at + 3] = value < 1 ? 70 + 150 * (1 - value) : 0;
    }
  }
  ground.putImageData(image, 0, 0);
  const stepX = (real[1] - real[0]) / (columns - 1);
  const stepY = (imaginary[1] - imaginary[0]) / (rows - 1);
  const left = x(real[0] - stepX / 2);
  const top = y(imaginary[1] + stepY / 2);
  context.imageSmoothingEnabled = true;
  context.drawImage(small, left, top, x(real[1] + stepX / 2) - left, y(imaginary[0] - stepY / 2) - top);

  const edge = contours()
    .size([columns, rows])
    .contour(
      Array.from(radius, (value) => 1 - value),
      0,
    );
  context.beginPath();
  for (const ring of edge.coordinates.flat()) {
    let isDown = false;
    for (const [i, j] of ring) {
      const isFrame = i <= 0.5 || j <= 0.5 || i >= columns - 0.5 || j >= rows - 0.5;
      const at = [x(real[0] + (i - 0.5) * stepX), y(imaginary[0] + (j - 0.5) * stepY)] as const;
      if (isDown && !isFrame) context.lineTo(...at);
      else context.moveTo(...at);
      isDown = !isFrame;
    }
  }
  context.strokeStyle = palette.discriminator;
  context.lineWidth = 1.5 * strokeOf(palette);
  context.stroke();
}

function drawAxes(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { centre, halfWidth }: Window2D,
  x: Axis,
  y: Axis,
  palette: Palette,
): void {
  const em = palette.textSize;
  context.font = `${0.68 * em}px ${palette.sans}`;
  context.lineWidth = 1;
  const wanted = Math.max(2, width / (5 * em));
  const across = scaleLinear([centre - halfWidth, centre + halfWidth], [0, 1]).ticks(wanted);
  const halfHeight = (halfWidth * height) / width;
  const up = scaleLinear([-halfHeight, halfHeight], [0, 1]).ticks(Math.max(2, height / (3.2 * em)));
  const line = (fromX: number, fromY: number, toX: number, toY: number, isZero: boolean) => {
    context.strokeStyle = isZero ? palette.muted : palette.line;
    context.globalAlpha = isZero ? 0.8 : 0.55;
    context.beginPath();
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
    context.stroke();
    context.globalAlpha = 1;
  };
  context.textBaseline = 'bottom';
  context.textAlign = 'center';
  for (const tick of across) {
    const at = Math.round(x(tick)) + 0.5;
    line(at, 0, at, height, tick === 0);
    if (at < 1.2 * em || at > width - 2.4 * em) continue;
    context.fillStyle = palette.muted;
    context.fillText(short(tick), at, height - 0.2 * em);
  }
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  for (const tick of up) {
    const at = Math.round(y(tick)) + 0.5;
    line(0, at, width, at, tick === 0);
    if (tick === 0 || at < em || at > height - 1.6 * em) continue;
    context.fillStyle = palette.muted;
    context.fillText(`${short(tick)} i`, 0.3 * em, at);
  }
}

/** On a rim of the page, over the marks. */
function nameAxes(
  context: CanvasRenderingContext2D,
  width: number,
  x: Axis,
  y: Axis,
  palette: Palette,
): void {
  const em = palette.textSize;
  const label = (text: string, atX: number, atY: number) => {
    context.strokeText(text, atX, atY);
    context.fillText(text, atX, atY);
  };
  context.font = `${0.68 * em}px ${palette.sans}`;
  context.strokeStyle = palette.page;
  context.lineWidth = 0.19 * em;
  context.lineJoin = 'round';
  context.fillStyle = palette.muted;
  context.textAlign = 'right';
  context.textBaseline = 'bottom';
  label('Re', width - 0.3 * em, y(0) - 0.15 * em);
  context.textBaseline = 'top';
  context.textAlign = 'left';
  label('Im', x(0) + 0.3 * em, 0.2 * em);
}

function drawMarks(
  context: CanvasRenderingContext2D,
  { re, im, colour, shape, alpha = 1, size = 3.2 }: Marks,
  x: Axis,
  y: Axis,
  unit: number,
  palette: Palette,
): void {
  const half = size * unit;
  context.globalAlpha = alpha;
  context.fillStyle = colour;
  context.strokeStyle = shape === 'cross' ? colour : palette.page;
  context.lineWidth = (shape === 'cross' ? 1.8 : 0.8) * unit;
  for (let i = 0; i < re.length; i++) {
    const [atX, atY] = [x(re[i]), y(im[i])];
    if (!Number.isFinite(atX) || !Number.isFinite(atY)) continue;
    context.beginPath();
    if (shape === 'circle') context.arc(atX, atY, half, 0, 2 * Math.PI);
    else if (shape === 'square') context.rect(atX - half, atY - half, 2 * half, 2 * half);
    else {
      context.moveTo(atX - half, atY - half);
      context.lineTo(atX + half, atY + half);
      context.moveTo(atX + half, atY - half);
      context.lineTo(atX - half, atY + half);
    }
    if (shape !== 'cross') context.fill();
    context.stroke();
  }
  context.globalAlpha = 1;
}
