/** Writes a game down: collects its parameters, draws and dials while the game builds its losses. */
import { build, type Expr, type Shape, sizeOf } from '../expr/index.ts';
import type { Player } from '../math/field.ts';
import { get } from '../settings/index.ts';
import type { Draw, Game, GameState, Initial, Model, Parameter, Stage } from './kinds.ts';

/** A game as its own expressions of one joint point, with everything needed to play it. */
export interface Script {
  readonly model: Model;
  /** The generator's parameters first, each player's in the order in which they were declared. */
  readonly parameters: readonly Parameter[];
  /** Number of parameters of both players, and of the generator alone. */
  readonly size: number;
  readonly split: number;
  readonly draws: readonly Draw[];
  /** Dotted paths below `game` of the numbers that are scalar inputs. */
  readonly dials: readonly string[];
  /** What the game remembers from step to step; inputs named by `stateName`. */
  readonly states: readonly GameState[];
  /** The joint point, shape [size], and its parts, one expression for each parameter. */
  readonly point: Expr;
  readonly parts: readonly Expr[];
}

/** The name of a dial, of the clock and of a state among a program's inputs. */
export const dialName = (path: string) => `game.${path}`;
export const clockName = 'step';
export const stateName = (name: string) => `state.${name}`;

/**
 * Writes down a game. Twice: where the discriminator's parameters lie is known only when all of the
 * generator's are.
 */
export function writeGame(game: Game, settings: Record<string, unknown>): Script {
  const draft = writeOnce(game, settings, 0, 0);
  return writeOnce(game, settings, draft.split, draft.size);
}

/** The draws, the picture and the equilibria of a game, for who knows the rest: half as long as writing it down. */
export const draftGame = (game: Game, settings: Record<string, unknown>): Pick<Script, 'draws' | 'model'> =>
  writeOnce(game, settings, 0, 0);

function writeOnce(game: Game, settings: Record<string, unknown>, split: number, size: number): Script {
  const isDraft = size === 0;
  const point = build.input('point', [size]);
  const declared: { parameter: Parameter; part: Expr }[] = [];
  const draws: Draw[] = [];
  const dials = new Map<string, Expr>();
  const next = { generator: 0, discriminator: split };
  const states = new Map<Expr, { name: string; shape: Shape; initial: Initial; next?: Expr }>();
  let clock: Expr | undefined;

  const stage: Stage = {
    parameter(player: Player, name, shape, initial) {
      if (declared.some(({ parameter }) => parameter.player === player && parameter.name === name)) {
        throw new Error(`game ${game.name}: the ${player} has two parameters named ${name}`);
      }
      const offset = next[player];
      next[player] += sizeOf(shape);
      const part = isDraft
        ? build.input(`${player}.${name}`, shape)
        : build.reshape(build.slice(point, [offset], [sizeOf(shape)]), shape);
      declared.push({ parameter: { player, name, shape, offset, initial }, part });
      return part;
    },
    draw(name, shape, fill, fillWhole, batches) {
      draws.push({ name, shape, fill, fillWhole, batches });
      return build.input(name, shape);
    },
    dial(path) {
      if (typeof get(settings, path) !== 'number') {
        throw new Error(`game ${game.name}: "${path}" is no number to make a dial of`);
      }
      const known = dials.get(path) ?? build.input(dialName(path));
      dials.set(path, known);
      return known;
    },
    clock() {
      clock ??= build.input(clockName);
      return clock;
    },
    state(name, shape, initial) {
      const state = build.input(stateName(name), shape);
      states.set(state, { name, shape, initial });
      return state;
    },
    follow(state, value) {
      const known = states.get(state);
      if (!known) throw new Error(`game ${game.name}: only a state can follow`);
      known.next = value;
    },
  };

  const model = game.write(stage, settings as never);
  // In the draft both players' offsets begin at 0; its order does not matter.
  const ordered = declared.sort((a, b) => a.parameter.offset - b.parameter.offset);
  const joined = build.concat(
    ordered.map(({ part, parameter }) => build.reshape(part, [sizeOf(parameter.shape)])),
  );
  const pulls = isDraft ? undefined : model.regularisers?.(joined, split);
  return {
    model: pulls
      ? {
          ...model,
          losses: [build.add(model.losses[0], pulls[0]), build.add(model.losses[1], pulls[1])],
        }
      : model,
    parameters: ordered.map(({ parameter }) => parameter),
    parts: ordered.map(({ part }) => part),
    split: next.generator,
    size: next.generator + next.discriminator - split,
    draws,
    dials: [...dials.keys()],
    states: [...states].map(([state, { next: value, ...known }]) => ({ ...known, next: value ?? state })),
    point,
  };
}
