/** What is known of a game before anything is computed: its picture, its equilibria, its formula. */
import type { Experiment } from '../catalog/experiment.ts';
import { games } from '../catalog/games/index.ts';
import { coordinateNamesIn } from '../catalog/games/plane.ts';
import type { Equilibrium, Game, Model } from '../catalog/kinds.ts';
import { writeGame } from '../catalog/stage.ts';

/** A mode counts as found when it receives at least this share of all samples, as the probe counts. */
export const FOUND_SHARE = 0.01;
/**
 * The one matrix game of three actions is rock, paper, scissors: whatever is paid for winning, nobody gains by
 * leaving the middle of the triangle (`tests/app/facts.test.ts`).
 */
export const MIDDLE = 1 / 3;

export interface Facts {
  readonly picture: Model['picture'];
  readonly equilibria: readonly Equilibrium[];
  readonly lossesAtEquilibrium: Model['lossesAtEquilibrium'];
  /** One name for each entry of the point. */
  readonly names: readonly string[];
  /** Parameters of each player. */
  readonly sizes: { readonly generator: number; readonly discriminator: number };
}

/** What the coordinates of a game in the plane are called: as formulas of one's own call them, else θ and φ. */
export const coordinateNames = (game: Experiment['game']): ReturnType<typeof coordinateNamesIn> =>
  game.kind === 'typed' ? coordinateNamesIn(`${game.first} ${game.second}`) : ['θ', 'φ'];

/** By the settings of the game: unchanged settings are the same object, so nothing is written down twice. */
const known = new WeakMap<Experiment['game'], Facts>();
/** Some by what the settings say: read once more, from a link or a file, the same ones are another object. */
const newest = new Map<string, Facts>();
const MOST_NEWEST = 20;

/** Writes the game down, as the engine does, but compiles and computes nothing. */
export function factsOf(settings: Experiment['game']): Facts {
  let facts = known.get(settings);
  if (!facts) {
    const said = JSON.stringify(settings);
    facts = newest.get(said) ?? write(settings);
    newest.set(said, facts);
    const [oldest] = newest.keys();
    if (newest.size > MOST_NEWEST) newest.delete(oldest);
    known.set(settings, facts);
  }
  return facts;
}

function write(settings: Experiment['game']): Facts {
  const game = games.find((entry) => entry.name === settings.kind) as Game;
  const { model, split, size, parameters } = writeGame(game, settings);
  let names: readonly string[] | undefined; // a network has thousands, and few are asked for them
  return {
    picture: model.picture,
    equilibria: model.equilibria,
    lossesAtEquilibrium: model.lossesAtEquilibrium,
    get names() {
      names ??= parameters.flatMap(({ name, shape }) => namesOf(name, shape));
      return names;
    },
    sizes: { generator: split, discriminator: size - split },
  };
}

/** `weight` for a single number, `weight 1`, `weight 2`, ... for several. */
function namesOf(name: string, shape: readonly number[]): string[] {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return Array.from({ length: size }, (_, i) => (size === 1 ? name : `${name} ${i + 1}`));
}
