/** Asks what is to become of a checkpoint that was brought to a race: the race goes on until somebody answers. */
import { useState, useSyncExternalStore } from 'react';
import { usePage, usePageState } from '../context.ts';
import { LaneMark } from '../LaneMark.tsx';
import { laneOf } from '../store.ts';
import { checkpointOfferOf, type Offered } from './offered.ts';
import { fitting, isOfRace, type Place, placed } from './placing.ts';
import { takeStrings } from './strings.ts';

const say = takeStrings.offer;

export function CheckpointOffer() {
  const offer = checkpointOfferOf(usePage());
  const offered = useSyncExternalStore(offer.subscribe, () => offer.current);
  return offered ? <Ask key={offered.name} offered={offered} /> : null;
}

function Ask({ offered: { name, checkpoint, device } }: { offered: Offered }) {
  const page = usePage();
  const offer = checkpointOfferOf(page);
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);
  const lanes = usePageState((state) => state.lanes);
  const selected = usePageState((state) => state.selected);
  const lane = laneOf({ lanes }, selected);
  const state = page.store.getState();
  const { step } = checkpoint.state;

  async function go(place: Place): Promise<void> {
    setBusy(true);
    try {
      // Beside others, on what they are computed on.
      const on = place === 'alone' ? device : page.store.getState().device;
      await page.goOnFrom(checkpoint, on, placed(checkpoint, place, device));
      offer.set(undefined);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  }
  const words: Record<Place, React.ReactNode> = {
    beside: say.beside,
    lane: (
      <>
        {say.lane} <LaneMark colour={lane.colour} /> {page.nameOf(lane)}
      </>
    ),
    alone: say.alone,
  };

  return (
    <section className="notice" role="alert" aria-label={say.title(name, step)}>
      <p>
        <strong>{say.title(name, step)}</strong> {isOfRace(checkpoint, state) ? say.race : say.other}{' '}
        {problem}
      </p>
      <div className="notice-ways">
        {fitting(checkpoint, state).map((place) => (
          <button key={place} type="button" disabled={isBusy} onClick={() => void go(place)}>
            {words[place]}
          </button>
        ))}
        <button type="button" className="quiet" disabled={isBusy} onClick={() => offer.set(undefined)}>
          {say.leave}
        </button>
      </div>
    </section>
  );
}
