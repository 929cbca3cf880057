/**
 * Convolutions as products: the windows of a picture are rows of a matrix that is read where the picture lies, by
 * strides, and never written down (im2col without the columns).
 *
 * So that no window reaches beyond the edge, pictures are padded first. The transpose falls into phases, one for
 * each pixel of a stride: the pixels of a phase meet the same part of the filter, so each is a convolution of
 * its own, and nothing is multiplied by the zeros that a stride would put between responses.
 */
import type { AsProducts, Build, Expr, Strided, StridedProduct } from '../expr.ts';
import { type Geometry, geometryOf } from './geometry.ts';

/** Pixels a + stride u of one axis, u below `pixels`: weights r + stride m, m below `weights`, meet responses u + first - m. */
interface Phase {
  readonly pixel: number;
  readonly pixels: number;
  readonly weight: number;
  readonly weights: number;
  readonly first: number;
}

function phasesOf({ x, w, stride, pad }: Geometry, axis: 0 | 1): Phase[] {
  const [extent, reach, step, lead] = [x[1 + axis], w[axis], stride[axis], pad[axis]];
  return Array.from({ length: Math.min(step, extent) }, (_, pixel) => {
    const weight = (pixel + lead) % step;
    return {
      pixel,
      pixels: Math.ceil((extent - pixel) / step),
      weight,
      weights: Math.max(0, Math.ceil((reach - weight) / step)),
      first: (pixel + lead - weight) / step,
    };
  });
}

/** The node with its picture or responses padded as far as its windows reach; undefined where they need none. */
function padded(node: Expr, inputs: readonly Expr[], build: Build): Expr | undefined {
  const { name } = node.operation;
  const geometry = geometryOf(node);
  const { x, w, y, stride, pad } = geometry;
  const [first, second] = inputs;
  const grown = (before: readonly number[], extents: readonly number[]) => {
    const [count, , , channels] = first.shape;
    return build.pad(first, [0, ...before, 0], [count, ...extents, channels]);
  };
  let picture: Expr;
  let leads: readonly number[];
  if (name === 'conv2dTransposed') {
    const ends = ([0, 1] as const).map((axis) => {
      const phases = phasesOf(geometry, axis).filter(({ weights }) => weights > 0);
      const before = Math.max(0, ...phases.map((phase) => phase.weights - 1 - phase.first));
      const last = Math.max(...phases.map((phase) => phase.pixels - 1 + phase.first));
      return { before, extent: before + Math.max(y[1 + axis], last + 1) };
    });
    picture = grown(
      ends.map(({ before }) => before),
      ends.map(({ extent }) => extent),
    );
    leads = ends.map(({ before }, axis) => pad[axis] + stride[axis] * before);
  } else {
    const extents = [0, 1].map((axis) =>
      Math.max(pad[axis] + x[1 + axis], (y[1 + axis] - 1) * stride[axis] + w[axis]),
    );
    picture = grown(pad, extents);
    leads = [0, 0];
  }
  if (picture === first) return undefined;
  return build.apply(node.operation, [picture, second], { ...node.attributes, pad: leads });
}

const productOf: Readonly<
  Record<string, (geometry: Geometry, operands: readonly [Strided, Strided]) => StridedProduct[]>
> = {
  conv2d({ w, y, stride: [down, across] }, [pictures, filters]) {
    const [count, rows, columns, channels] = pictures.strides;
    return [
      {
        rows: y.slice(0, 3),
        inner: w.slice(0, 3),
        columns: w[3],
        a: {
          offset: pictures.offset,
          strides: [count, down * rows, across * columns, rows, columns, channels],
        },
        b: filters,
      },
    ];
  },
  conv2dTransposed(geometry, [responses, filters]) {
    const { x, w, stride } = geometry;
    const [count, rows, columns, channels] = responses.strides;
    const [down, across, inputs, outputs] = filters.strides;
    return phasesOf(geometry, 0).flatMap((vertical) =>
      phasesOf(geometry, 1).map(
        (horizontal): StridedProduct => ({
          rows: [x[0], vertical.pixels, horizontal.pixels],
          inner: [vertical.weights, horizontal.weights, w[3]],
          columns: w[2],
          a: {
            offset: responses.offset + vertical.first * rows + horizontal.first * columns,
            strides: [count, rows, columns, -rows, -columns, channels],
          },
          b: {
            offset: filters.offset + vertical.weight * down + horizontal.weight * across,
            strides: [stride[0] * down, stride[1] * across, outputs, inputs],
          },
          part: { offset: [vertical.pixel, horizontal.pixel], stride },
        }),
      ),
    );
  },
  conv2dFilter({ w, y, stride: [down, across] }, [pictures, responses]) {
    const [count, rows, columns, channels] = pictures.strides;
    return [
      {
        rows: w.slice(0, 3),
        inner: y.slice(0, 3),
        columns: w[3],
        a: {
          offset: pictures.offset,
          strides: [rows, columns, channels, count, down * rows, across * columns],
        },
        b: responses,
      },
    ];
  },
};

export const windows: AsProducts = {
  padded,
  products: (node, operands) => productOf[node.operation.name](geometryOf(node), operands),
};
