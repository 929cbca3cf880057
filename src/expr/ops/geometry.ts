/** How pictures, filters and responses of a convolution lie over each other: what devices ask of its nodes. */
import type { Expr } from '../expr.ts';
import type { Shape } from '../shape.ts';

const list = (value: unknown) => value as readonly number[];

/** The shapes of x, w and y, and how they lie over each other. */
export interface Geometry {
  readonly x: Shape;
  readonly w: Shape;
  readonly y: Shape;
  /** Down and across. */
  readonly stride: readonly number[];
  readonly pad: readonly number[];
}

type Role = 'x' | 'w' | 'y';

/** The geometry of a node of the family. */
export function geometryOf({ operation, inputs, shape, attributes }: Expr): Geometry {
  const [first, second] = operandsOf[operation.name];
  const shapes = {
    [first]: inputs[0].shape,
    [second]: inputs[1].shape,
    [resultOf[operation.name]]: shape,
  } as Record<Role, Shape>;
  return { ...shapes, stride: list(attributes.stride), pad: list(attributes.pad) };
}

export const operandsOf: Readonly<Record<string, readonly [Role, Role]>> = {
  conv2d: ['x', 'w'],
  conv2dTransposed: ['y', 'w'],
  conv2dFilter: ['x', 'y'],
};
const resultOf: Readonly<Record<string, Role>> = { conv2d: 'y', conv2dTransposed: 'x', conv2dFilter: 'w' };
