/** The left column: what is played, with all its settings. */
import { useSyncExternalStore } from 'react';
import { experiment as schema } from '../catalog/experiment.ts';
import { presetOf, raceOf } from './address.ts';
import { usePage, usePageState } from './context.ts';
import { OneSetting, OwnPictures } from './controls/Setting.tsx';
import { offerOf } from './ownPictures/offer.ts';
import { strings } from './strings.ts';
import './styles/settings.css';

export function Game() {
  const game = usePageState((state) => state.experiment.game);
  return (
    <section className="column game" aria-labelledby="game-title">
      <h2 id="game-title">{strings.columns.game}</h2>
      <Offered />
      <PresetWords />
      <OneSetting setting={schema.fields.game} value={game} path="game" />
    </section>
  );
}

/** Pictures that were dropped on another game; that of pictures shows them below its choice of pictures. */
function Offered() {
  const offer = offerOf(usePage());
  const stage = useSyncExternalStore(offer.subscribe, () => offer.state.stage);
  const isElsewhere = usePageState(({ experiment }) => experiment.game.kind !== 'images');
  return isElsewhere && stage !== 'none' && stage !== 'used' && <OwnPictures />;
}

/** What the preset or the race that is played shows, and where it is from. */
function PresetWords() {
  const played = usePageState(({ experiment, lanes }) => raceOf(lanes) ?? presetOf(experiment));
  if (!played) return null;
  return (
    <div className="preset-words">
      <h3>{played.label}</h3>
      <p className="summary">{played.summary}</p>
      <p className="source">{played.source}</p>
    </div>
  );
}
