/** What a game, a dataset, a loss, a network, an initialiser, a rule and a scheme must say of themselves. */
import type { Expr, Shape } from '../expr/index.ts';
import type { Field, Player } from '../math/field.ts';
import type { Memory } from '../math/memory.ts';
import type { Stream } from '../math/random.ts';
import type { Vector } from '../math/vector.ts';
import type { Entry, Group, Values } from '../settings/index.ts';

/** Everything to choose is an entry with its source: the paper and equation that it implements. */
export interface Sourced<N extends string = string, G extends Group = Group> extends Entry {
  readonly name: N;
  readonly settings: G;
  readonly source: string;
}

/** Opens the random stream of a purpose (data, latent, noise, ...) for one reading: the same in every lane. */
export type Streams = (purpose: string) => Stream;

/** Fills `out` (row-major values of `shape`) with a parameter's first values. */
export type Initial = (stream: Stream, shape: Shape, out: Float64Array) => void;

/** One named block of one player's parameters, and where it lies in the point. */
export interface Parameter {
  readonly player: Player;
  readonly name: string;
  readonly shape: Shape;
  /** Index of its first value in the joint point. */
  readonly offset: number;
  readonly initial: Initial;
}

/** A random input of a game, drawn anew for each reading of the field. */
export interface Draw {
  readonly name: string;
  readonly shape: Shape;
  fill(streams: Streams, out: Float64Array): void;
}

/** What a game is written with: parameters, batches and settings, as expressions. */
export interface Stage {
  /** A block of a player's parameters, as an expression of the given shape. */
  parameter(player: Player, name: string, shape: Shape, initial: Initial): Expr;
  /** A random input, drawn for each reading. */
  draw(name: string, shape: Shape, fill: Draw['fill']): Expr;
  /** A number of the game's settings (dotted path below `game`) as a scalar input: moving it recompiles nothing. */
  dial(path: string): Expr;
}

/** A point at which neither player wants to move, if it is known. */
export interface Equilibrium {
  readonly point: readonly number[];
  readonly label: string;
}

/** What a game with two parameters is drawn as: its plane. */
export interface PlanePicture {
  readonly kind: 'plane';
  /** Half the width of the plane that is worth seeing at first. */
  readonly extent: number;
}

/** What a game of samples in the plane is drawn as: real points, generated points, the discriminator's view. */
export interface SamplesPicture {
  readonly kind: 'samples';
  /** Half the width of the plane in which the data lie. */
  readonly extent: number;
  readonly latentSize: number;
  /** Latent points of shape [count, latentSize] -> positions [count, 2]. */
  generate(latent: Expr): Expr;
  /** Positions [count, 2] -> logits [count]; high means real. */
  score(positions: Expr): Expr;
  fillReal(streams: Streams, count: number, out: Float64Array): void;
  fillLatent(streams: Streams, out: Float64Array): void;
  readonly modes?: Modes;
}

/** Where a mixture's components lie: what mode coverage is counted against. */
export interface Modes {
  /** Centres [count, 2], row-major. */
  readonly centres: Float64Array;
  /** Standard deviation of each component, the same along both axes. */
  readonly spread: number;
}

/** A game, written down: both losses as expressions, and what is known about it. */
export interface Model {
  /** [L_G, L_D], scalars that each player minimises. */
  readonly losses: readonly [generator: Expr, discriminator: Expr];
  readonly equilibria: readonly Equilibrium[];
  /** The losses at equilibrium, where they are known. */
  readonly lossesAtEquilibrium?: readonly [generator: number, discriminator: number];
  readonly picture: PlanePicture | SamplesPicture;
}

export interface Game<N extends string = string, G extends Group = Group> extends Sourced<N, G> {
  /** What is played, as a formula for people. */
  readonly formula: string;
  write(stage: Stage, settings: Values<G>): Model;
}

export interface Dataset<N extends string = string, G extends Group = Group> extends Sourced<N, G> {
  /** Half the width of the plane in which the data lie. */
  extent(settings: Values<G>): number;
  /** `count` samples [count, 2], row-major. */
  fill(streams: Streams, count: number, settings: Values<G>, out: Float64Array): void;
  modes?(settings: Values<G>): Modes;
}

/** Logits of one batch, shape [batch]; high means real. */
export interface Scores {
  readonly real: Expr;
  readonly fake: Expr;
}

export interface Loss<N extends string = string, G extends Group = Group> extends Sourced<N, G> {
  readonly formula: string;
  /** L_G + L_D does not depend on the generated samples: what one player wins by them, the other loses. */
  readonly zeroSum: boolean;
  /** [L_G, L_D], scalars. */
  write(scores: Scores, settings: Values<G>): readonly [generator: Expr, discriminator: Expr];
  /** [L_G, L_D] when the generator has the data's distribution and the discriminator knows nothing. */
  readonly atEquilibrium: readonly [generator: number, discriminator: number];
}

/** A function from [batch, inputs] to [batch, outputs] with its parameters on the stage. */
export interface Network<N extends string = string, G extends Group = Group> extends Sourced<N, G> {
  write(
    stage: Stage,
    player: Player,
    inputs: number,
    outputs: number,
    settings: Values<G>,
  ): (x: Expr) => Expr;
}

export interface Initialiser<N extends string = string, G extends Group = Group> extends Sourced<N, G> {
  /** First values of a weight matrix [inputs, outputs]. */
  fill(stream: Stream, inputs: number, outputs: number, settings: Values<G>, out: Float64Array): void;
}

/** Turns one player's gradient into a change of that player's parameters. */
export interface Rule<N extends string = string, G extends Group = Group, M extends Memory = Memory>
  extends Sourced<N, G> {
  readonly formula: string;
  /** Linear in gradient and memory: its spectral radius can be read off by probing. */
  readonly linear: boolean;
  /** The memory before the first step, for `size` parameters. */
  init(size: number, settings: Values<G>): M;
  /**
   * Writes into `change` what is to be added to the parameters, and brings `memory` up to date in place
   * (a step makes no garbage; whoever needs the old memory copies it first).
   */
  update(gradient: Vector, memory: M, settings: Values<G>, change: Vector): void;
}

/** What a scheme has at hand for one step. It moves `point` and `memory` in place. */
export interface Turn<S = Record<string, unknown>, M extends Memory = Memory> {
  readonly point: Vector;
  readonly memory: M;
  readonly settings: S;
  readonly split: number;
  /** The field on the next batch. Keep it to read the same batch again; it is good until the step ends. */
  field(): Field;
  /**
   * What the players' rules make of a gradient: the change to be added to the point, written into `out`
   * and returned. Their memories move on. With `player`, only that half is read and written.
   */
  change(gradient: Vector, out: Vector, player?: Player): Vector;
  /** The i-th working vector of the point's size; its contents are free at the start of a step. */
  scratch(i: number): Vector;
}

/** Decides where and in which order the players read the field. */
export interface Scheme<N extends string = string, G extends Group = Group, M extends Memory = Memory>
  extends Sourced<N, G> {
  readonly formula: string;
  init(size: number, split: number): M;
  step(turn: Turn<Values<G>, M>): void;
}

/** A named experiment: what differs from the defaults, in the form of an experiment file. */
export interface Preset {
  readonly name: string;
  readonly label: string;
  readonly summary: string;
  readonly source: string;
  readonly experiment: Readonly<Record<string, unknown>>;
}

// Each of these only fixes the types of an entry: its settings and memory are known inside its functions.
export const defineGame = <const N extends string, G extends Group>(entry: Game<N, G>) => entry;
export const defineDataset = <const N extends string, G extends Group>(entry: Dataset<N, G>) => entry;
export const defineLoss = <const N extends string, G extends Group>(entry: Loss<N, G>) => entry;
export const defineNetwork = <const N extends string, G extends Group>(entry: Network<N, G>) => entry;
export const defineInitialiser = <const N extends string, G extends Group>(entry: Initialiser<N, G>) => entry;
export const defineRule = <const N extends string, G extends Group, M extends Memory>(entry: Rule<N, G, M>) =>
  entry;
export const defineScheme = <const N extends string, G extends Group, M extends Memory>(
  entry: Scheme<N, G, M>,
) => entry;
