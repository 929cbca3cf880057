/** Where the run of a checkpoint goes on: beside the lanes of a race, in the place of one of them, or of all. */
import { experiment as schema } from '../../catalog/experiment.ts';
import { isSame } from '../../settings/index.ts';
import type { Checkpoint } from '../../worker/protocol.ts';
import { freeColour, laneOf, MOST_LANES, newLane, nextId, type PageState, type SetState } from '../store.ts';

const places = ['beside', 'lane', 'alone'] as const;
export type Place = (typeof places)[number];

/** All lanes of a race play the same game with the same seed. */
export const isOfRace = ({ experiment: { game, seed } }: Checkpoint, { experiment }: PageState): boolean =>
  isSame(schema, { ...experiment, game, seed }, experiment);

export function fitting(checkpoint: Checkpoint, state: PageState): readonly Place[] {
  if (!isOfRace(checkpoint, state)) return ['alone'];
  return places.filter((place) => place !== 'beside' || state.lanes.length < MOST_LANES);
}

/** The lanes with this run among them; `from` makes them go on from there. */
export function placed(
  from: Checkpoint,
  place: Place,
  device: string,
): (state: PageState) => Partial<SetState> {
  return (state) => {
    const { lanes, selected } = state;
    const { experiment } = from;
    const own = {
      ...laneOf(state, selected),
      experiment,
      from,
      isMuted: false,
      copy: undefined,
      refusal: undefined,
      lost: undefined,
    };
    if (place === 'alone') return { lanes: [own], solo: undefined, device };
    if (place === 'lane')
      return { lanes: lanes.map((lane) => (lane.id === selected ? own : lane)), solo: undefined };
    const beside = { ...newLane(nextId(lanes), freeColour(lanes), experiment), from };
    const at = lanes.findIndex(({ id }) => id === selected) + 1;
    return {
      lanes: [...lanes.slice(0, at), beside, ...lanes.slice(at)],
      selected: beside.id,
      solo: undefined,
    };
  };
}
