/** The parts of a step as they are when they are watched. */
import type { StepObserver } from '../analysis/stepRecord.ts';
import type { Turn } from '../catalog/kinds.ts';
import type { Field } from '../math/field.ts';
import type { Vector } from '../math/vector.ts';

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
