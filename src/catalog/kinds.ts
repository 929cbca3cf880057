/** What a game, a dataset, a loss, a network, an initialiser, a rule and a scheme must say of themselves. */
import type { Expr, Shape } from '../expr/index.ts';
import type { Complex } from '../math/complex.ts';
import type { Field, Player } from '../math/field.ts';
import type { Memory } from '../math/memory.ts';
import type { Polynomial } from '../math/polynomial.ts';
import type { Stream } from '../math/random.ts';
import type { Vector } from '../math/vector.ts';
import type { Entry, Group, Values } from '../settings/index.ts';

/** What some entries take for granted of the rest of an experiment; `sense.ts` says what each means. */
export type Need =
  | 'probabilities'
  | 'reconstruction'
  | 'features'
  | 'accuracy'
  | 'finiteData'
  | 'bothLearn'
  | 'boundedSlope';

/** Everything to choose is an entry with its source: the paper and equation that it implements. */
export interface Sourced<N extends string = string, G extends Group = Group> extends Entry {
  readonly name: N;
  readonly settings: G;
  readonly source: string;
  /** Without these it plays, but has no meaning. */
  readonly needs?: readonly Need[];
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
  /** For finite sums: the values that stand for all of the data at once. */
  fillWhole?(out: Float64Array): void;
  /** How many batches all of the data are; 1 unless said. */
  readonly batches?: number;
}

/** What a game is written with: parameters, batches and settings, as expressions. */
export interface Stage {
  /** A block of a player's parameters, as an expression of the given shape. */
  parameter(player: Player, name: string, shape: Shape, initial: Initial): Expr;
  /** A random input, drawn for each reading. */
  draw(
    name: string,
    shape: Shape,
    fill: Draw['fill'],
    fillWhole?: Draw['fillWhole'],
    batches?: Draw['batches'],
  ): Expr;
  /** A number of the game's settings (dotted path below `game`) as a scalar input: moving it recompiles nothing. */
  dial(path: string): Expr;
  /** The number of steps taken, as a scalar input: for what is annealed. */
  clock(): Expr;
  /** Something the game itself remembers from step to step; `follow` says how it goes on. */
  state(name: string, shape: Shape, initial: Initial): Expr;
  /** After each step, the state takes this value, read on the step's last batch at the new point. */
  follow(state: Expr, next: Expr): void;
}

/** Something a game remembers from step to step: a running weight, a power iteration, an average. */
export interface GameState {
  readonly name: string;
  readonly shape: Shape;
  readonly initial: Initial;
  readonly next: Expr;
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

/** What a matrix game of three actions a player is drawn as: both mixed strategies in the triangle. */
export interface SimplexPicture {
  readonly kind: 'simplex';
  readonly actions: readonly [string, string, string];
  /** Both players' probabilities, [2, 3]. */
  readonly strategies: Expr;
  /** What each action would win its player against the other's strategy, [2, 3]. */
  readonly worths: Expr;
}

/** What domain adaptation is drawn as: labelled source points, target points, and where the classifier decides. */
export interface DomainsPicture {
  readonly kind: 'domains';
  readonly extent: number;
  /** Positions [count, 2] and labels [count], 0 or 1, of both sets. */
  readonly source: { readonly positions: Float64Array; readonly labels: Float64Array };
  readonly target: { readonly positions: Float64Array; readonly labels: Float64Array };
  /** Positions [count, 2] -> logits [count] of label 1. */
  classify(positions: Expr): Expr;
  /** Positions [count, 2] -> logits [count] of being from the source. */
  score(positions: Expr): Expr;
}

/** What a game without a picture of its own is drawn as: its parameters over time. */
export interface ParametersPicture {
  readonly kind: 'parameters';
}

/** What a game of samples in the plane is drawn as: real points, generated points, the discriminator's view. */
export interface SamplesPicture {
  readonly kind: 'samples';
  /** Half the width of the plane in which the data lie. */
  readonly extent: number;
  readonly latentSize: number;
  /** Coordinates of a position. */
  readonly dimension: 1 | 2;
  /** Latent points of shape [count, latentSize] -> positions [count, dimension]. */
  generate(latent: Expr): Expr;
  /** The generated samples of a batch [batch, dimension]: the expression of which the losses are made. */
  readonly fake: Expr;
  /** Positions [count, dimension] -> logits [count]; high means real. */
  score(positions: Expr): Expr;
  fillReal(streams: Streams, count: number, out: Float64Array): void;
  fillLatent(streams: Streams, out: Float64Array): void;
  readonly modes?: Modes;
}

/** What a game of pictures is drawn as: real and generated pictures beside each other. */
export interface ImagesPicture extends ImageSize {
  readonly kind: 'images';
  readonly classes: readonly string[];
  readonly latentSize: number;
  /** Latent points of shape [count, latentSize] -> pictures [count, side side channels], values in [-1, 1]. */
  generate(latent: Expr): Expr;
  /** The generated pictures of a batch: the expression of which the losses are made. */
  readonly fake: Expr;
  /** Pictures [count, side side channels] -> logits [count]; high means real. */
  score(pictures: Expr): Expr;
  fillReal(streams: Streams, count: number, out: Float64Array, labels?: Float64Array): void;
  /** The pictures that are drawn from, where they are so many and no more. Throws where their file is not there. */
  stored?(): StoredPictures;
  /** What tells its classes apart, if anything does: the file of a classifier, or a rule. */
  readonly classifier?: string;
  recognise?(pictures: Float64Array, count: number): Int32Array;
  fillLatent(streams: Streams, out: Float64Array): void;
}

/** Where a mixture's components lie: what mode coverage is counted against. */
export interface Modes {
  /** Centres [count, dimension], row-major. */
  readonly centres: Float64Array;
  /** Standard deviation of each component, the same along both axes. */
  readonly spread: number;
  /** Each component's share of all samples; all have the same where there are none. */
  readonly shares?: Float64Array;
}

/** A game, written down: both losses as expressions, and what is known about it. */
export interface Model {
  /** [L_G, L_D], scalars that each player minimises. */
  readonly losses: readonly [generator: Expr, discriminator: Expr];
  /** What is added to both losses for the parameters themselves, given the joint point and its split. */
  regularisers?(point: Expr, split: number): readonly [generator: Expr, discriminator: Expr];
  readonly equilibria: readonly Equilibrium[];
  /** The losses at equilibrium, where they are known. */
  readonly lossesAtEquilibrium?: readonly [generator: number, discriminator: number];
  /**
   * Where a parameter descends by something else than its owner's gradient (mirror descent, a reversed
   * gradient): that direction, by the parameter's expression.
   */
  readonly directions?: ReadonlyMap<Expr, Expr>;
  /** The share of samples that the discriminator tells apart, ½(P[s_real > 0] + P[s_fake < 0]), a scalar. */
  readonly accuracy?: Expr;
  readonly picture:
    | PlanePicture
    | SamplesPicture
    | ImagesPicture
    | SimplexPicture
    | DomainsPicture
    | ParametersPicture;
  /** The player who does not learn, if one is held fixed. */
  readonly frozen?: Player;
}

export interface Game<N extends string = string, G extends Group = Group> extends Sourced<N, G> {
  /** What is played, as a formula for people. */
  readonly formula: string;
  /**
   * Settings, with all below them, that nothing but the draws and the picture's data read: other values of them
   * are other inputs of the same programs, as long as the draws keep their shapes.
   */
  readonly data?: readonly string[];
  /** Which needs of other entries it meets with these settings; none unless said. */
  offers?(settings: Values<G>): readonly Need[];
  /** Files of `public/data` that it is played with; none unless said. */
  files?(settings: Values<G>): readonly string[];
  /** Its code has to be loaded before it is written down, or its settings are read: see `late.ts`. */
  readonly isLate?: true;
  write(stage: Stage, settings: Values<G>): Model;
}

export interface Dataset<N extends string = string, G extends Group = Group> extends Sourced<N, G> {
  /** Coordinates of a sample: 2 unless said otherwise. */
  readonly dimension?: 1 | 2;
  /** Half the width of the plane (or line) in which the data lie. */
  extent(settings: Values<G>): number;
  /** `count` samples [count, dimension], row-major. */
  fill(streams: Streams, count: number, settings: Values<G>, out: Float64Array): void;
  modes?(settings: Values<G>): Modes;
}

/** Logits of one batch, shape [batch]; high means real. */
export interface Scores {
  readonly real: Expr;
  readonly fake: Expr;
  /** The expectation over the batch of something with one value for each sample. */
  mean(perSample: Expr): Expr;
  /** The discriminator's last hidden layer [batch, width], for the losses that compare it. */
  readonly features?: { readonly real: Expr; readonly fake: Expr };
}

/** Pictures that are there, one by one. */
export interface StoredPictures {
  readonly count: number;
  /** Picture `i` [side side channels], values in [-1, 1], into `out` from `at` on. */
  copy(i: number, out: Float64Array, at: number): void;
}

/** A set of small pictures, all of one size. */
export interface ImageSet<N extends string = string, G extends Group = Group> extends Sourced<N, G> {
  readonly licence?: string;
  size(settings: Values<G>): ImageSize;
  /** What can be told apart in it, by label; empty where nothing is known of that. */
  classes(settings: Values<G>): readonly string[];
  /** Files of `public/data` that have to be there before anything is drawn; none unless said. */
  files?(settings: Values<G>): readonly string[];
  /** The file, one of those, of the classifier that tells its classes apart; each channel is looked at by itself. */
  classifier?(settings: Values<G>): string;
  /** Where a rule tells its classes apart instead: the class of each of `count` pictures. */
  recognise?(pictures: Float64Array, count: number, settings: Values<G>): Int32Array;
  /**
   * `count` pictures [count, side, side, channels], row-major, values in [-1, 1], black to white; and the class of
   * each into `labels` [count], where it is asked for. Throws where a file is not there.
   */
  fill(streams: Streams, count: number, settings: Values<G>, out: Float64Array, labels?: Float64Array): void;
  /** All that `fill` draws from, where it draws from so many and makes none. Throws where a file is not there. */
  stored?(settings: Values<G>): StoredPictures;
}

/** The size of a picture: pixels along each side, and values of a pixel. */
export interface ImageSize {
  readonly side: number;
  readonly channels: 1 | 3;
}

export interface Loss<N extends string = string, G extends Group = Group> extends Sourced<N, G> {
  readonly formula: string;
  /** L_G + L_D does not depend on the generated samples: what one player wins by them, the other loses. */
  readonly zeroSum: boolean;
  /**
   * What the discriminator puts out: a logit, or a reconstruction of its input, whose negative mean absolute
   * error is then its score.
   */
  readonly judges?: 'logit' | 'reconstruction';
  /** [L_G, L_D], scalars. Dials of the loss have paths below `loss`. */
  write(scores: Scores, settings: Values<G>, stage: Stage): readonly [generator: Expr, discriminator: Expr];
  /**
   * [L_G, L_D] when the generator has the data's distribution and the discriminator knows nothing; undefined
   * where that is no fixed number.
   */
  atEquilibrium(settings: Values<G>): readonly [generator: number, discriminator: number] | undefined;
  /** The score that such a discriminator gives every sample: best for it, or the middle of what is; 0 unless said. */
  level?(settings: Values<G>): number;
}

/** What a penalty can ask of the two players. */
export interface Judged {
  /** Positions [batch, 2]. */
  readonly real: Expr;
  readonly fake: Expr;
  /** Positions [batch, 2] -> logits [batch]. */
  score(positions: Expr): Expr;
}

/** A term of the discriminator's loss that keeps its slope in bounds. */
export interface Penalty<N extends string = string, G extends Group = Group> extends Sourced<N, G> {
  readonly formula: string;
  /** A scalar to be added to L_D. Dials of the penalty have paths below `penalty`. */
  write(judged: Judged, settings: Values<G>, stage: Stage): Expr;
}

/** What a network makes of its input. */
export interface Signal {
  /** [batch, outputs] */
  readonly output: Expr;
  /** Its last hidden layer, [batch, width]; the input where there is none. */
  readonly features: Expr;
}

/** The pictures that a network reads or draws: rows of side * side * channels pixels, channels innermost. */
export interface Pictures {
  readonly side: number;
  readonly channels: number;
  /**
   * Where: it reads them, draws them (in [-1, 1]), or both: then it rebuilds what it reads. It may read several side
   * by side, all pixels of one after those of the other, as packing has it.
   */
  readonly at: 'input' | 'output' | 'both';
}

/** A function from [batch, inputs] to [batch, outputs] with its parameters on the stage. */
export interface Network<N extends string = string, G extends Group = Group> extends Sourced<N, G> {
  write(
    stage: Stage,
    player: Player,
    inputs: number,
    outputs: number,
    settings: Values<G>,
    /** In games of pictures; undefined where samples are points. */
    pictures?: Pictures,
  ): (x: Expr) => Signal;
}

/** How many terms each sum of a layer takes up, and in how many sums each of its inputs is a term. */
export interface Fans {
  readonly inputs: number;
  readonly outputs: number;
}

export interface Initialiser<N extends string = string, G extends Group = Group> extends Sourced<N, G> {
  /** First values of a weight matrix [inputs, outputs]; its fans are those unless a convolution says others. */
  fill(
    stream: Stream,
    inputs: number,
    outputs: number,
    settings: Values<G>,
    out: Float64Array,
    fans?: Fans,
  ): void;
}

/** Turns one player's gradient into a change of that player's parameters. */
export interface Rule<N extends string = string, G extends Group = Group, M extends Memory = Memory>
  extends Sourced<N, G> {
  readonly formula: string;
  /** Linear in gradient and memory: its spectral radius can be read off by probing. */
  readonly linear: boolean;
  /** What a linear rule makes of its gradients. */
  filter?(settings: Values<G>): Filter;
  /** The learning rate, where it is not the setting of that name. */
  rate?(settings: Values<G>): number;
  /** The memory before the first step, for a player of `size` parameters. */
  init(size: number, settings: Values<G>): M;
  /**
   * Writes into `change` what is to be added to the parameters, and brings `memory` up to date in place
   * (a step makes no garbage; whoever needs the old memory copies it first). `at` is where the player
   * stands and how its parameters fall into layers, for the rules that ask.
   */
  update(gradient: Vector, memory: M, settings: Values<G>, change: Vector, at: Place): void;
}

/**
 * A linear rule, told by its one memory: u <- memory u + g, and the change is -rate (now g + past u), with the u
 * of before.
 */
export interface Filter {
  readonly memory: number;
  readonly now: number;
  readonly past: number;
}

/**
 * A linear method on one eigenvalue s ± i a of the game's Jacobian. The point is w = theta + i phi, for which
 * the game J = s I + a [[0, 1], [-1, 0]] is multiplication by s - i a; every normal J falls apart into such.
 */
export interface Mode {
  /** Rate times eigenvalue of the adjusted field. */
  readonly pull: Complex;
  /** Rate times eigenvalue of the game itself, whose products some schemes read; `pull` itself where nothing bends it. */
  readonly game: Complex;
  readonly filter: Filter;
  /** The rule as a function of z, the shift by one step: changes are -rate n(z) / d(z) times gradients. */
  readonly n: Polynomial;
  readonly d: Polynomial;
}

/** Where a player stands when its rule is asked for a change. */
export interface Place {
  /** The player's parameters. Not to be written to. */
  readonly point: Vector;
  /** Where each layer ends in the player's vector, ascending; weights and bias of a layer are one. */
  readonly layerEnds: readonly number[];
}

/** The memories of both players' rules. */
export type RuleMemories = { generator: Memory; discriminator: Memory };

/** What a scheme has at hand for one step. It moves `point` and `memory` in place. */
export interface Turn<S = Record<string, unknown>, M extends Memory = Memory> {
  readonly point: Vector;
  readonly memory: M;
  readonly settings: S;
  readonly split: number;
  /** Steps taken before this one. */
  readonly step: number;
  /**
   * The field on the next batch, with the run's adjustment: `at` is adjusted, the products are those of the
   * game itself. Keep it to read the same batch again; it is good until the step ends.
   */
  field(): Field;
  /** The field on all of the game's data, adjusted alike, where it has a finite set of them; else undefined. */
  readonly wholeField: (() => Field) | undefined;
  /** A player's learning rate in this step, its schedule counted in. */
  rate(player: Player): number;
  /**
   * What the players' rules make of a gradient: the change to be added to the point, written into `out`
   * and returned. Their memories move on; `memories` stands in for the run's own. With `player`, only that
   * half is read and written.
   */
  change(gradient: Vector, out: Vector, player?: Player, memories?: RuleMemories): Vector;
  /** Adds `scale` times a change to a point, one half if asked, and keeps to the constraint. */
  move(point: Vector, change: Vector, scale?: number, player?: Player): void;
  /** The i-th working vector of the point's size; its contents are free at the start of a step. */
  scratch(i: number): Vector;
  /** A uniform number in [0, 1), the i-th of this step; the same in every lane. */
  chance(i: number): number;
}

/** Decides where and in which order the players read the field. */
export interface Scheme<N extends string = string, G extends Group = Group, M extends Memory = Memory>
  extends Sourced<N, G> {
  readonly formula: string;
  /** False where the players answer by themselves: rules, rates and clipping then count for nothing. */
  readonly usesRules?: false;
  /** True where each player moves by itself, after the other: their gradients are never joint. */
  readonly inTurns?: true;
  /** The memory before the first step; `rules` makes memories for both players' rules. */
  init(size: number, split: number, settings: Values<G>, rules: () => RuleMemories): M;
  step(turn: Turn<Values<G>, M>): void;
  /**
   * The polynomial in z whose roots are the eigenvalues of one step, point and memories together, on one
   * eigenvalue of the game. Undefined with settings for which none is written down.
   */
  characteristic?(mode: Mode, settings: Values<G>): Polynomial | undefined;
  /** True where that is so for normal Jacobians only: it tells the players' parts of one apart. */
  readonly normalOnly?: true;
  /** Steps after which it does alike again; 1 unless said. */
  period?(settings: Values<G>): number;
  /** Its code has to be loaded before the first step: see `late.ts`. */
  readonly isLate?: true;
}

/** What an adjustment has at hand for one reading of the field. */
export interface Look<S = Record<string, unknown>, M extends Memory = Memory> {
  /** The game's field on this reading's batch. */
  readonly field: Field;
  readonly point: Vector;
  readonly memory: M;
  readonly settings: S;
  readonly split: number;
  rate(player: Player): number;
  /** The game's field on another batch. */
  other(): Field;
  /** The i-th working vector, not shared with the scheme. */
  scratch(i: number): Vector;
  /** A stream of random numbers of this reading. */
  streams: Streams;
}

/** Bends the field that the players follow: regularised, rotated, preconditioned. */
export interface Adjustment<N extends string = string, G extends Group = Group, M extends Memory = Memory>
  extends Sourced<N, G> {
  readonly formula: string;
  init(size: number, split: number, settings: Values<G>): M;
  /** Writes the adjusted field at `look.point` into `out`. */
  at(look: Look<Values<G>, M>, out: Vector): void;
  /** What it makes of an eigenvalue s - i a of a normal Jacobian; undefined with settings that keep it no number. */
  eigenvalue?(lambda: Complex, settings: Values<G>): Complex | undefined;
  /** True where that is so for normal Jacobians only: it reads the transposed one. */
  readonly normalOnly?: true;
  /** Its code has to be loaded before the field is read: see `late.ts`. */
  readonly isLate?: true;
}

/** Shortens a gradient before the rules see it. */
export interface Clipping<N extends string = string, G extends Group = Group> extends Sourced<N, G> {
  readonly formula: string;
  /** In place, on one player's gradient, or on the joint one where `joint` says so and both halves are read. */
  clip(gradient: Vector, settings: Values<G>): void;
  joint(settings: Values<G>): boolean;
}

/** What a foresight is given of a game that has been written down. */
export interface Written {
  readonly model: Model;
  readonly parameters: readonly Parameter[];
  /** The parameters as expressions, in the order of `parameters`. */
  readonly parts: readonly Expr[];
}

/** Changes the game: a player descends its loss against the other as it will be. */
export interface Foresight<N extends string = string, G extends Group = Group> extends Sourced<N, G> {
  readonly formula: string;
  /**
   * [L_G, L_D] as the players descend them, and the directions of the parameters that follow something else;
   * `dial(path)` is a number of these settings as a scalar input.
   */
  foresee(
    game: Written,
    settings: Values<G>,
    dial: (path: string) => Expr,
  ): Pick<Model, 'losses' | 'directions'>;
  /**
   * The discriminator's steps that are foreseen in one reading of the generator's half, a gradient each, and whether
   * the generator's gradient goes back through them.
   */
  ahead(settings: Values<G>): { readonly steps: number; readonly through: boolean };
  /** Its code has to be loaded before the game is written: see `late.ts`. */
  readonly isLate?: true;
}

/** Where the point may be: what it is brought back to after every move. */
export interface Constraint<N extends string = string, G extends Group = Group> extends Sourced<N, G> {
  readonly formula: string;
  /** Projects in place; with `player`, only that half moved. */
  project(point: Vector, split: number, settings: Values<G>, player?: Player): void;
}

/** The learning rates over time. */
export interface Schedule<N extends string = string, G extends Group = Group> extends Sourced<N, G> {
  readonly formula: string;
  /** What both learning rates are multiplied by in step t = 0, 1, ... */
  factor(step: number, settings: Values<G>): number;
}

/** What a wrapper has at hand after a step. */
export interface After<S = Record<string, unknown>, M extends Memory = Memory> {
  /** The point after the step, to be moved in place. */
  readonly point: Vector;
  readonly memory: M;
  readonly settings: S;
  /** Steps taken, this one included. */
  readonly step: number;
  /** A uniform number in [0, 1), the i-th of this step; the same in every lane. */
  chance(i: number): number;
}

/** Acts on the whole run after each step: goes back, averages, restarts. */
export interface Wrapper<N extends string = string, G extends Group = Group, M extends Memory = Memory>
  extends Sourced<N, G> {
  readonly formula: string;
  /** The memory before the first step, at the run's first point. */
  init(point: Vector, settings: Values<G>): M;
  after(after: After<Values<G>, M>): void;
  /** Steps after which it does alike again; 1 unless said. */
  period?(settings: Values<G>): number;
  /** What it makes, over a period, of an eigenvalue of a step without memory; undefined where that is no number. */
  eigenvalue?(step: Complex, settings: Values<G>): Complex | undefined;
  /** The point at which the run is to be judged, where that is not the point itself. */
  judged?(memory: M, settings: Values<G>): Vector;
}

/** A named experiment: what differs from the defaults, in the form of an experiment file. */
export interface Preset {
  readonly name: string;
  readonly label: string;
  readonly summary: string;
  readonly source: string;
  /** A step of it takes long on one core: a tenth of a second or more when compiled, or seconds on the reference. */
  readonly heavy?: boolean;
  readonly experiment: Readonly<Record<string, unknown>>;
}

/** Several optimizers on one game, from the same point and with the same draws. */
export interface Race extends Omit<Preset, 'heavy'> {
  /** The first lane, as an experiment file has it. */
  readonly experiment: Readonly<Record<string, unknown>>;
  /** What each further lane has that the first one has not, by path; choices before their settings. */
  readonly lanes: readonly Readonly<Record<string, string | number>>[];
}

/** A named optimizer of the literature: what it chooses, the rest of the optimizer being plain. */
export interface Method {
  readonly name: string;
  readonly label: string;
  readonly summary: string;
  readonly source: string;
  /** Parts of an optimizer, by their names in an experiment file; no part of a game. */
  readonly optimizer: Readonly<Record<string, unknown>>;
}

// Each of these only fixes the types of an entry: its settings and memory are known inside its functions.
export const defineGame = <const N extends string, G extends Group>(entry: Game<N, G>) => entry;
export const defineDataset = <const N extends string, G extends Group>(entry: Dataset<N, G>) => entry;
export const defineImageSet = <const N extends string, G extends Group>(entry: ImageSet<N, G>) => entry;
export const defineLoss = <const N extends string, G extends Group>(entry: Loss<N, G>) => entry;
export const definePenalty = <const N extends string, G extends Group>(entry: Penalty<N, G>) => entry;
export const defineNetwork = <const N extends string, G extends Group>(entry: Network<N, G>) => entry;
export const defineInitialiser = <const N extends string, G extends Group>(entry: Initialiser<N, G>) => entry;
export const defineRule = <const N extends string, G extends Group, M extends Memory>(entry: Rule<N, G, M>) =>
  entry;
export const defineScheme = <const N extends string, G extends Group, M extends Memory>(
  entry: Scheme<N, G, M>,
) => entry;
export const defineAdjustment = <const N extends string, G extends Group, M extends Memory>(
  entry: Adjustment<N, G, M>,
) => entry;
export const defineForesight = <const N extends string, G extends Group>(entry: Foresight<N, G>) => entry;
export const defineClipping = <const N extends string, G extends Group>(entry: Clipping<N, G>) => entry;
export const defineConstraint = <const N extends string, G extends Group>(entry: Constraint<N, G>) => entry;
export const defineSchedule = <const N extends string, G extends Group>(entry: Schedule<N, G>) => entry;
export const defineWrapper = <const N extends string, G extends Group, M extends Memory>(
  entry: Wrapper<N, G, M>,
) => entry;
