/** The learning rates of an optimizer, which a named method replaces and a person may want to keep. */
import { type Experiment, experiment as schema } from '../catalog/experiment.ts';
import { type Player, players } from '../math/field.ts';
import { get, set } from '../settings/index.ts';
import { changeLane, laneOf, type Store } from './store.ts';

export type Rates = Readonly<Partial<Record<Player, number>>>;

const pathOf = (player: Player) => `${player}.learningRate`;

/** Of rules that have one. */
export function ratesOf(experiment: Experiment): Rates {
  const rates: Partial<Record<Player, number>> = {};
  for (const player of players) {
    if ('learningRate' in experiment[player]) rates[player] = get(experiment, pathOf(player)) as number;
  }
  return rates;
}

/** The players whose rate became another one. */
export const replacedIn = (before: Rates, after: Rates): readonly Player[] =>
  players.filter(
    (player) =>
      before[player] !== undefined && after[player] !== undefined && before[player] !== after[player],
  );

/** The selected lane plays with these rates, where its rules have any; all else stays. */
export function keepRates(store: Store, rates: Rates): void {
  const { lanes, selected } = store.getState();
  const now = laneOf({ lanes }, selected).experiment;
  const experiment = replacedIn(rates, ratesOf(now)).reduce(
    (changed, player) => set(schema, changed, pathOf(player), rates[player]),
    now,
  );
  changeLane(store, selected, { experiment });
}
