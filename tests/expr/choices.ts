/** Decisions from which tests make shapes, values and expressions. */
import { type Shape, sizeOf } from '../../src/expr/index.ts';

/** A list of decisions. When it has run out, every further decision is 0. */
export class Choices {
  /** As many as a random expression needs. */
  static readonly count = 120;
  /** A decision is a whole number below this. */
  static readonly limit = 2 ** 20;

  private next = 0;
  private readonly numbers: readonly number[];
  constructor(numbers: readonly number[]) {
    this.numbers = numbers;
  }

  /** A whole number in [0, count). */
  below(count: number): number {
    return (this.numbers[this.next++] ?? 0) % count;
  }

  from<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }

  /** A shape of at most `rank` axes with extents from 1 to 3. */
  shape(rank: number): Shape {
    return Array.from({ length: this.below(rank + 1) }, () => 1 + this.below(3));
  }

  /** Axes of a shape: each with chance one half. */
  axes(shape: Shape): number[] {
    return shape.flatMap((_, axis) => (this.below(2) === 0 ? [axis] : []));
  }

  /** All axes of a shape, in some order. */
  order(shape: Shape): number[] {
    const rest = shape.map((_, axis) => axis);
    return shape.map(() => rest.splice(this.below(rest.length), 1)[0]);
  }

  /** Numbers in (-1, 1), one for each element of a shape: Marsaglia's xorshift from one decision. */
  values(shape: Shape): Float64Array {
    let state = 0x9e3779b9 ^ this.below(Choices.limit);
    return Float64Array.from({ length: sizeOf(shape) }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state / 2 ** 31;
    });
  }

  /** -1 or 1 for each element of a shape. */
  signs(shape: Shape): Float64Array {
    return this.values(shape).map((value) => (value < 0 ? -1 : 1));
  }
}
