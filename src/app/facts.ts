/** What is known of a game before anything is computed: its picture, its equilibria, its formula. */
import type { Experiment } from '../catalog/experiment.ts';
import { games } from '../catalog/games/index.ts';
import type { Equilibrium, Game, Model } from '../catalog/kinds.ts';
import { writeGame } from '../catalog/stage.ts';

export interface Facts {
  readonly picture: Model['picture'];
  readonly equilibria: readonly Equilibrium[];
  readonly lossesAtEquilibrium: Model['lossesAtEquilibrium'];
  /** Parameters of each player. */
  readonly sizes: { readonly generator: number; readonly discriminator: number };
}

/** By the settings of the game: unchanged settings are the same object, so nothing is written down twice. */
const known = new WeakMap<Experiment['game'], Facts>();

/** Writes the game down, as the engine does, but compiles and computes nothing. */
export function factsOf(settings: Experiment['game']): Facts {
  let facts = known.get(settings);
  if (!facts) {
    const game = games.find((entry) => entry.name === settings.kind) as Game;
    const { model, split, size } = writeGame(game, settings);
    facts = {
      picture: model.picture,
      equilibria: model.equilibria,
      lossesAtEquilibrium: model.lossesAtEquilibrium,
      sizes: { generator: split, discriminator: size - split },
    };
    known.set(settings, facts);
  }
  return facts;
}
