/** The anatomy of one step: everything that a step did, in order, as it was measured while it did it. */
import type { Player } from '../math/field.ts';
import type { Vector } from '../math/vector.ts';

/**
 * - `reading`: the game's field at `from` is `vector`.
 * - `adjusted`: the field as the players follow it there, bent by the adjustment.
 * - `product`: the Jacobian at `from`, or with `transposed` its transpose, times `of` is `vector`.
 * - `clipped`: the gradient `of` is shortened to `vector`.
 * - `change`: the rules make the change `vector` of the gradient `of`.
 * - `trial`: a point that is only tried goes from `from` to `to`, by `scale` times `vector`.
 * - `move`: the run's own point does.
 * - `constraint`: a point is brought back from `from` to `to`.
 * - `answer`: the scheme itself puts the run's point from `from` to `to`, without the rules.
 * - `lookahead`: the run's point goes part of the way back.
 * - `average`: the average of the points passed is now `to`.
 * - `restart`: the run's point goes to the average.
 */
export const eventKinds = [
  'reading',
  'adjusted',
  'product',
  'clipped',
  'change',
  'trial',
  'move',
  'constraint',
  'answer',
  'lookahead',
  'average',
  'restart',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** One thing that a step did. Vectors are joint; of one player's, the other half is zero. Null: there is none. */
export interface StepEvent {
  readonly kind: EventKind;
  /** Whose half was read, changed or moved. */
  readonly player: Player | 'both';
  readonly from: Vector | null;
  readonly to: Vector | null;
  readonly of: Vector | null;
  readonly vector: Vector | null;
  /** Of moves; 1 elsewhere. */
  readonly scale: number;
  /** Which of the step's draws was read, from 0; -1: all of the data at once, or nothing is read. */
  readonly draw: number;
  /** Of products: by the transposed Jacobian. */
  readonly transposed: boolean;
  /** Like events in a row that are told as one: products, of which the last one is told. */
  readonly times: number;
}

export interface StepRecord {
  /** Steps taken before this one. */
  readonly step: number;
  /** The point before the step, and after it. */
  readonly from: Vector;
  readonly to: Vector;
  /** Both players' learning rates in this step, the schedule counted in. */
  readonly rates: readonly [generator: number, discriminator: number];
  readonly events: readonly StepEvent[];
}

/** Is told what a step does, while it does it. The vectors are the step's own: they change again. */
export interface StepObserver {
  begins(
    state: { readonly step: number; readonly point: Vector },
    rates: readonly [generator: number, discriminator: number],
  ): void;
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
