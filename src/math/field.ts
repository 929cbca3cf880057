/**
 * What a game is to everyone else: a vector field over the joint point of both players.
 *
 * Descent convention throughout: a step is `point - rate * field`. The point lists the generator's
 * parameters first (the min player, theta), then the discriminator's (the max player, phi).
 */
import type { Vector } from './vector.ts';

export type Player = 'generator' | 'discriminator';
export const players: readonly Player[] = ['generator', 'discriminator'];

export interface Field {
  /** Number of parameters of both players together. */
  readonly size: number;
  /** [0, split) belongs to the generator, [split, size) to the discriminator. */
  readonly split: number;
  /**
   * F(w) = (grad of L_G by theta, grad of L_D by phi), written into `out` (length `size`) and returned.
   * With `player`, only that player's half is computed and written.
   */
  at(point: Vector, out?: Vector, player?: Player): Vector;
  /** F(w) into `out` and J(w)' F(w) into `product` at once: the gradient of ||F||^2 / 2. */
  withTransposed(point: Vector, out: Vector, product: Vector): void;
  /** [L_G, L_D] at the point. */
  losses(point: Vector): readonly [generator: number, discriminator: number];
  /** The share of samples that the discriminator tells apart, for the games that have such. */
  accuracy?(point: Vector): number;
  /** J(w) d, written into `out` and returned; J[i][j] = dF_i / dw_j. */
  jvp(point: Vector, direction: Vector, out?: Vector): Vector;
  /**
   * Where several products at once cost less than one after the other: J(w) d for `count` directions, written into
   * as many vectors.
   */
  readonly together?: {
    readonly count: number;
    products(point: Vector, directions: readonly Vector[], outs: readonly Vector[]): void;
  };
  /** J(w)' d, written into `out` and returned. */
  vjp(point: Vector, direction: Vector, out?: Vector): Vector;
}

/** The part of a joint vector that belongs to one player, as a view on the same storage. */
export function half(vector: Vector, split: number, player: Player): Vector {
  return player === 'generator' ? vector.subarray(0, split) : vector.subarray(split);
}
