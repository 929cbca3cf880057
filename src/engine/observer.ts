/** Whoever watches a step while it is taken, and the parts of a step as they are when they are watched. */
import type { Turn } from '../catalog/kinds.ts';
import type { Field, Player } from '../math/field.ts';
import type { Vector } from '../math/vector.ts';
import type { State } from './step.ts';

/** Is told what a step does, while it does it. The vectors are the step's own: they change again. */
export interface StepObserver {
  begins(state: State, rates: readonly [generator: number, discriminator: number]): void;
  /** The field was read, on the draw of that number (-1: on all of the data); `isBent` by the adjustment. */
  reads(draw: number, at: Vector, value: Vector, player: Player | undefined, isBent: boolean): void;
  /** The Jacobian, or its transpose, was multiplied by a direction. */
  multiplies(draw: number, at: Vector, direction: Vector, value: Vector, transposed: boolean): void;
  /** The rules are about to be asked: the gradient is as it was before it is clipped. */
  asks(gradient: Vector, player: Player | undefined): void;
  /** What the rules made of a gradient. */
  answers(gradient: Vector, change: Vector, player: Player | undefined): void;
  /** A point is about to be moved, was moved, and was brought back to the constraint. */
  leaves(point: Vector): void;
  moves(point: Vector, change: Vector, scale: number, player: Player | undefined): void;
  keeps(point: Vector, player: Player | undefined): void;
  schemeEnds(): void;
  /** A wrapper has acted; `average` is the point that it keeps beside the run, if it does. */
  wraps(part: 'lookahead' | 'averaging', average: Vector | undefined): void;
}

/** The field of a draw, each reading and each product told. */
export function watchField(field: Field, draw: number, observer: StepObserver): Field {
  const tellProduct = (transposed: boolean) => {
    const multiply = transposed ? field.vjp : field.jvp;
    return (point: Vector, direction: Vector, out?: Vector) => {
      const product = multiply(point, direction, out);
      observer.multiplies(draw, point, direction, product, transposed);
      return product;
    };
  };
  return {
    ...field,
    at(point, out, player) {
      const value = field.at(point, out, player);
      observer.reads(draw, point, value, player, false);
      return value;
    },
    withTransposed(point, out, product) {
      field.withTransposed(point, out, product);
      observer.reads(draw, point, out, undefined, false);
      observer.multiplies(draw, point, out, product, true);
    },
    jvp: tellProduct(false),
    vjp: tellProduct(true),
  };
}

/** The same field as an adjustment bends it. */
export const watchBent = (field: Field, draw: number, observer: StepObserver): Field => ({
  ...field,
  at(point, out, player) {
    const value = field.at(point, out, player);
    observer.reads(draw, point, value, player, true);
    return value;
  },
});

/** What rules make of gradients, told. */
export const watchChange =
  (change: Turn['change'], observer: StepObserver): Turn['change'] =>
  (gradient, out, player, memories) => {
    observer.asks(gradient, player);
    change(gradient, out, player, memories);
    observer.answers(gradient, out, player);
    return out;
  };
