/**
 * The functions with which authors write networks of pictures. Apart from `build.ts`, because a page that shows no
 * pictures need not load them.
 */
import { broadcast, reshape, scale, sum } from './build.ts';
import { apply, type Expr, type Shape } from './expr.ts';
import * as convolution from './ops/convolution.ts';
import { ShapeError } from './shape.ts';

/** How filters lie over pictures: see `placed` in ops/convolution.ts. The stride is the same down and across. */
export interface Lying {
  readonly stride?: number;
  readonly padding?: convolution.Padding;
}

/** Pictures [count, height, width, C] through filters [kh, kw, C, D], not turned round: [count, rows, columns, D]. */
export function conv2d(x: Expr, filters: Expr, { stride = 1, padding = 'same' }: Lying = {}): Expr {
  const [size, filter] = [x.shape.slice(1, 3), filters.shape.slice(0, 2)];
  const { responses, ...laid } = convolution.placed('conv2d', [x, filters], size, filter, stride, padding);
  return apply(convolution.conv2d, [x, filters], { ...laid, size: responses });
}

/**
 * The transpose of `conv2d` on pictures of extents `size` [height, width]: responses [count, rows, columns, D]
 * through filters [kh, kw, C, D] -> [count, height, width, C].
 */
export function conv2dTransposed(
  y: Expr,
  filters: Expr,
  size: Shape,
  { stride = 1, padding = 'same' }: Lying = {},
): Expr {
  const filter = filters.shape.slice(0, 2);
  const laid = convolution.placed('conv2dTransposed', [y, filters], size, filter, stride, padding);
  convolution.checkResponses('conv2dTransposed', [y, filters], y, size, laid.responses);
  return apply(convolution.conv2dTransposed, [y, filters], { stride: laid.stride, pad: laid.pad, size });
}

/**
 * How filters of extents `size` [kh, kw] share in responses: pictures [count, height, width, C] and responses
 * [count, rows, columns, D] -> [kh, kw, C, D]. With the responses' cotangent, the gradient of `conv2d` by its filters.
 */
export function conv2dFilter(
  x: Expr,
  y: Expr,
  size: Shape,
  { stride = 1, padding = 'same' }: Lying = {},
): Expr {
  const pictures = x.shape.slice(1, 3);
  const laid = convolution.placed('conv2dFilter', [x, y], pictures, size, stride, padding);
  convolution.checkResponses('conv2dFilter', [x, y], y, pictures, laid.responses);
  return apply(convolution.conv2dFilter, [x, y], { stride: laid.stride, pad: laid.pad, size });
}

/** Every pixel of pictures [count, height, width, C] twice down and twice across. */
export function upsample(x: Expr): Expr {
  const [count, height, width, channels] = pictureShape('upsample', x);
  // In few axes, as devices have it: across first, then whole rows.
  const pixels = broadcast(reshape(x, [count * height * width, 1, channels]), [
    count * height * width,
    2,
    channels,
  ]);
  const row = 2 * width * channels;
  const rows = broadcast(reshape(pixels, [count * height, 1, row]), [count * height, 2, row]);
  return reshape(rows, [count, 2 * height, 2 * width, channels]);
}

/** The means of squares of two by two pixels of pictures [count, height, width, C], whose extents are even. */
export function averagePool(x: Expr): Expr {
  const [count, height, width, channels] = pictureShape('averagePool', x);
  if (height % 2 !== 0 || width % 2 !== 0) throw new ShapeError('averagePool', [x.shape], 'even extents');
  const rows = sum(reshape(x, [(count * height) / 2, 2, width * channels]), [1]);
  const pixels = sum(reshape(rows, [(count * height * width) / 4, 2, channels]), [1]);
  return reshape(scale(pixels, 1 / 4), [count, height / 2, width / 2, channels]);
}

function pictureShape(name: string, { shape }: Expr): Shape {
  if (shape.length !== 4) throw new ShapeError(name, [shape], 'pictures [count, height, width, channels]');
  return shape;
}
